"""The words of speech and of happenings are of working size in each language, and every borrowed weight names a real word."""

from __future__ import annotations

from functools import cache

import pytest

from mithaq.lexicon import Entry, load_lexicon
from mithaq.lexicon.load import packaged_knowledge, read_entries

LANGUAGES = ("ar", "fr", "en")
KINDS_OF_SPEECH = ("need", "offer", "intent", "commitment", "achievement", "appraisal", "refusal")


@cache
def entries() -> tuple[Entry, ...]:
    return tuple(read_entries(packaged_knowledge()))


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
            assert models, f"{entry.path}:{entry.line}: no {like!r}"
            assert all("like" not in e.attributes for e in models), f"{entry.path}:{entry.line}: {like!r} borrows itself"


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
    from mithaq.text.tokens import split_tokens

    found = [m for m in load_lexicon().find(split_tokens(text), lang, text) if m.kind == "speech.verb"]
    assert (word, implies) in [(m.word, m.attributes.get("implies")) for m in found]
