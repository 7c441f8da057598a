"""National bodies and companies: how many are known, in which languages, and that names made of ordinary words are not taken for them."""

from __future__ import annotations

from collections import defaultdict
from functools import cache

import pytest

from mithaq.lexicon import Lexicon, load_lexicon
from mithaq.text.tokens import split_tokens

LATIN = ("fr", "en")
ARAB_STATES = {
    "AE", "BH", "DJ", "DZ", "EG", "IQ", "JO", "KM", "KW", "LB", "LY",
    "MA", "MR", "OM", "PS", "QA", "SA", "SD", "SO", "SY", "TN", "YE",
}  # fmt: skip


@cache
def lexicon() -> Lexicon:
    return load_lexicon()


@cache
def known() -> dict[tuple[str, str], set[str]]:
    """Return the languages in which every known body has a name, by its sort and id; acronyms count with the name they shorten."""
    languages: dict[tuple[str, str], set[str]] = defaultdict(set)
    for entry in lexicon().of_kind("body.known"):
        given = entry.attributes
        if "code" not in given and "id" in given and ("country" in given or "ambiguous" not in given):
            name = given["id"].removesuffix("-acronym").removesuffix("-latin")
            languages[given["body_kind"], name].add(entry.lang)
    return languages


@pytest.mark.parametrize(("kind", "least"), [("public_body", 400), ("company", 300), ("association", 8)])
def test_the_bodies_of_the_field_are_known_in_arabic_and_a_latin_language(kind: str, least: int) -> None:
    complete = [name for (sort, name), langs in known().items() if sort == kind and "ar" in langs and not langs.isdisjoint(LATIN)]
    assert len(complete) >= least


def test_hardly_a_body_lacks_a_language() -> None:
    lacking = [name for (_, name), langs in known().items() if "ar" not in langs or langs.isdisjoint(LATIN)]
    assert set(lacking) <= {"zain-alone", "visa-alone"}  # their full names have all three


def test_national_bodies_come_from_many_countries() -> None:
    bodies = [e.attributes for e in lexicon().of_kind("body.known") if e.attributes["body_kind"] == "public_body"]
    countries = {given["country"] for given in bodies if "country" in given}
    assert len(countries) >= 90
    assert countries >= ARAB_STATES


EXAMPLES = [("ar", 80), ("fr", 80), ("en", 80)]


@pytest.mark.parametrize(("lang", "least"), EXAMPLES)
def test_the_examples_are_not_all_one_sentence(lang: str, least: int) -> None:
    frames = set()
    for entry in lexicon().of_kind("body.known", lang):
        if entry.example and entry.forms[0] in entry.example:
            frames.add(entry.example.replace(entry.forms[0], ""))
    assert len(frames) >= least


ORDINARY = [
    ("ar", "ارتفعت الصادرات السعودية إلى أفريقيا"),
    ("ar", "هذه شركة معلوماتية صغيرة وأنا أعمل فيها"),
    ("ar", "دخلت سلعها السوق المفتوح"),
    ("ar", "تنمو مراكز البيانات الأفريقية بسرعة"),
    ("en", "They want to scale AI across the schools."),
    ("en", "A rack centre stands in the red hat of the tower."),
    ("en", "Saudi exports rose and Oman broadband got cheaper."),
    ("en", "New space communication technologies reach the office of communications."),
    ("fr", "La vague de jeunes pousses vend de l'orange."),
]


@pytest.mark.parametrize(("lang", "text"), ORDINARY)
def test_ordinary_words_name_no_body(lang: str, text: str) -> None:
    assert [m.word for m in lexicon().find(split_tokens(text), lang, text) if m.kind == "body.known"] == []


NAMED = [
    ("ar", "وقّعت وزارة التحول الرقمي وعصرنة الإدارة الاتفاق", "MR"),
    ("ar", "زار الوفد هيئة تنظيم الاتصالات الهندية", "IN"),
    ("ar", "بحث مع اتصالات مصر وسلام السعودية", "EG"),
    ("fr", "Le MTDPCE et la CNIL échangent des experts.", "BF"),
    ("fr", "Un accord lie Sofrecom au ministère de l’Économie numérique et de la Transformation digitale.", "FR"),
    ("en", "Nigeria's NASRDA met the Rwanda Space Agency.", "RW"),
]


@pytest.mark.parametrize(("lang", "text", "country"), NAMED)
def test_names_tell_their_country(lang: str, text: str, country: str) -> None:
    matches = lexicon().find(split_tokens(text), lang, text)
    assert country in {m.attributes.get("country") for m in matches if m.kind == "body.known"}
