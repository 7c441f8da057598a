"""The words of speech and of happenings are of working size in each language, and every borrowed weight names a real word."""

from __future__ import annotations

import pytest

from mithaq.lexicon import Entry, load_lexicon
from mithaq.lexicon.vocabulary import read_vocabulary
from mithaq.text.tokens import split_tokens

LANGUAGES = ("ar", "fr", "en")
TRIGGERS = ("event.noun", "event.act", "event.verb", "event.thing")
KINDS_OF_SPEECH = ("need", "offer", "intent", "commitment", "achievement", "appraisal", "refusal")


def entries() -> tuple[Entry, ...]:
    return load_lexicon().entries


def lemmas(kind: str, lang: str) -> list[Entry]:
    """Return the entries of a kind, one a lemma: participles belong to their verb."""
    return [e for e in entries() if e.kind == kind and e.lang == lang and e.attributes.get("form") != "participle"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_250_verbs_of_speech_are_known(lang: str) -> None:
    assert len(lemmas("speech.verb", lang)) >= 250


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS_OF_SPEECH)
def test_verbs_of_speech_tell_every_kind_of_statement(lang: str, kind: str) -> None:
    assert sum(e.attributes.get("implies") == kind for e in lemmas("speech.verb", lang)) >= 5


@pytest.mark.parametrize(("lang", "least"), [("ar", 200), ("fr", 120), ("en", 120)])
def test_triggers_of_happenings_are_of_working_size(lang: str, least: int) -> None:
    triggers = [e for kind in TRIGGERS for e in lemmas(kind, lang) if e.attributes.get("tense") != "future"]
    assert len({(e.kind, e.word) for e in triggers}) >= least


@pytest.mark.parametrize("lang", LANGUAGES)
def test_triggers_tell_every_type_and_stage(lang: str) -> None:
    triggers = [e for kind in TRIGGERS for e in lemmas(kind, lang)]
    types = {t for e in triggers for t in (e.attributes.get("type") or e.attributes.get("of", "")).split()}
    stages = {e.attributes.get("stage") for e in triggers} - {None}
    assert types >= set(read_vocabulary("event_types"))
    assert stages >= set(read_vocabulary("stages")), set(read_vocabulary("stages")) - stages


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kind", ["speech.verb", "event.noun", "event.act", "event.verb", "event.thing"])
def test_no_lemma_stands_twice(lang: str, kind: str) -> None:
    words = [e.word for e in lemmas(kind, lang) if not {"needs", "implies", "case", "of"} & e.attributes.keys()]
    assert sorted(w for w in set(words) if words.count(w) > 1) == []


def test_a_weight_is_borrowed_from_a_word_of_the_same_kind_and_meaning() -> None:
    for entry in entries():
        like = entry.attributes.get("like")
        if like:
            models = [e for e in entries() if e.kind == entry.kind and e.lang == entry.lang and e.word == like]
            assert any("like" not in e.attributes for e in models), f"{entry.path}:{entry.line}: no {like!r} with a weight of its own"


PHRASES = [
    ("ar", "شدد الوزير على أن الجودة أساس", "شدد", None),
    ("ar", "تقدم بالشكر إلى الفريق", "تقدم بالشكر", "appraisal"),
    ("ar", "أخذت على عاتقها تجهيز القاعة", "أخذ على عاتقه", "commitment"),
    ("ar", "دقت ناقوس الخطر بشأن الكابلات", "دق ناقوس الخطر", None),
    ("fr", "Elle s’est félicitée de ce choix", "s'est félicité", "appraisal"),
    ("fr", "Le bureau a fait savoir que le site ouvre", "a fait savoir", None),
    ("fr", "Les deux ports se mettent d'accord", "se sont mis d'accord", "commitment"),
    ("en", "She called on the banks to lend", "called on", "intent"),
    ("en", "The envoy voiced hope for a start", "voiced", None),
    ("en", "The club turns down the offer", "turned down", "refusal"),
]


@pytest.mark.parametrize(("lang", "text", "word", "implies"), PHRASES)
def test_phrasal_verbs_are_found_with_what_they_imply(lang: str, text: str, word: str, implies: str | None) -> None:
    found = [m for m in load_lexicon().find(split_tokens(text), lang, text) if m.kind == "speech.verb"]
    assert (word, implies) in [(m.word, m.attributes.get("implies")) for m in found]


STAGES = [
    ("ar", "وقع بالأحرف الأولى على النص", "event.act", "signed"),
    ("ar", "تعثرت المفاوضات أمس", "event.act", "suspended"),
    ("ar", "دخل القرار حيز التنفيذ", "event.act", "in_force"),
    ("fr", "Le texte est entériné", "event.act", "approved"),
    ("fr", "Le maire a donné le coup d'envoi du stage", "event.act", "launched"),
    ("fr", "Le voyage est ajourné", "event.act", "planned"),
    ("en", "The board signed off on the text", "event.act", "approved"),
    ("en", "The talks broke down", "event.act", "suspended"),
    ("en", "The permit was rescinded", "event.act", "cancelled"),
]


@pytest.mark.parametrize(("lang", "text", "kind", "stage"), STAGES)
def test_rarer_words_tell_the_stage(lang: str, text: str, kind: str, stage: str) -> None:
    found = [m for m in load_lexicon().find(split_tokens(text), lang, text) if m.kind == kind]
    assert stage in [m.attributes.get("stage") for m in found]


def test_every_kind_of_word_is_there_in_each_language() -> None:
    # what Arabic needs because its names bear no capitals
    only_arabic = {"body.generic", "body.link", "body.site", "body.tail", "clause.word", "office.stop", "side.throne"}
    kinds = {lang: {e.kind for e in entries() if e.lang == lang and "/lexicons/" in e.path} for lang in LANGUAGES}
    assert kinds["ar"] - kinds["fr"] <= only_arabic
    assert kinds["ar"] - kinds["en"] <= only_arabic


def test_groups_of_countries_are_the_same_in_each_language() -> None:
    groups = {lang: {e.attributes["group"] for e in entries() if e.kind == "indicator.group" and e.lang == lang} for lang in LANGUAGES}
    assert groups["ar"] == groups["fr"] == groups["en"] == set(read_vocabulary("country_groups"))
