"""Every entry of every knowledge file proves itself: its example matches, its counterexample does not, its codes are known."""

from __future__ import annotations

import pytest

from mithaq.lexicon import Entry, Lexicon, load_lexicon
from mithaq.lexicon.check import check_knowledge
from mithaq.lexicon.load import packaged_knowledge
from mithaq.text.tokens import split_tokens


def entries() -> tuple[Entry, ...]:
    return load_lexicon().entries


def lexicon() -> Lexicon:
    return load_lexicon()


def test_every_entry_proves_itself_and_the_vocabularies_are_in_order() -> None:
    # One test: what is checked takes seconds, and every process that runs tests would do it again.
    assert [str(problem) for problem in check_knowledge(packaged_knowledge(), entries())] == []


@pytest.mark.parametrize("lang", ["ar", "fr", "en"])
def test_every_name_is_found_where_it_stands_alone(lang: str) -> None:
    missing = []
    for entry in entries():
        if entry.lang != lang or not entry.kind.startswith(("place.", "body.known", "money.")):
            continue
        for form in entry.forms:
            found = lexicon().find(split_tokens(form), lang, form)
            if not any(match.attributes is entry.attributes for match in found):
                missing.append((entry.path, entry.line, form))
    assert missing == []


NATIONALITIES = [
    ("ar", "مغربي", "MA"),
    ("ar", "المغاربة", "MA"),
    ("ar", "للعمانيين", "OM"),
    ("ar", "والغابونية", "GA"),
    ("ar", "كوريا الجنوبية", "KR"),
    ("ar", "النيجرية", "NE"),
    ("ar", "جنوب سودانية", "SS"),
    ("fr", "ivoiriennes", "CI"),
    ("fr", "l'équato-guinéenne", "GQ"),
    ("fr", "congolais", "CD"),
    ("en", "Emirati", "AE"),
    ("en", "Nigerien", "NE"),
]


@pytest.mark.parametrize(("lang", "text", "code"), NATIONALITIES)
def test_nationalities_lead_to_their_country(lang: str, text: str, code: str) -> None:
    matches = lexicon().find(split_tokens(text), lang, text)
    assert code in {m.attributes.get("code") for m in matches if m.kind in ("place.nationality", "place.country")}


NO_COUNTRY = [
    ("ar", "وزارة المالية", "ML"),
    ("ar", "الدعم المالي", "ML"),
    ("ar", "مدرسة للبنات و غاز البوتان", "BT"),
    ("ar", "مؤسسة مغرب الغد", "MA"),
    ("en", "they asked us", "US"),
    ("fr", "la vanne d'eau", "AE"),
]


@pytest.mark.parametrize(("lang", "text", "code"), NO_COUNTRY)
def test_everyday_words_are_no_countries(lang: str, text: str, code: str) -> None:
    matches = lexicon().find(split_tokens(text), lang, text)
    assert code not in {m.attributes.get("code") or m.attributes.get("country") for m in matches if m.kind.startswith("place.")}


def test_every_capital_lies_in_its_country() -> None:
    cities = {e.attributes["id"]: e.attributes for e in entries() if e.kind == "place.city"}
    countries = {e.attributes["code"]: e.attributes for e in entries() if e.kind == "place.country" and "capital" in e.attributes}
    assert len(countries) >= 190
    for code, country in countries.items():
        assert cities[country["capital"]]["country"] == code
        assert cities[country["capital"]].get("capital") == "yes"
