"""The known places are many enough for real news: every state with its nationality, its capital, and the cities that pages name."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import cache
from typing import Any

import pytest
from babel import Locale

from mithaq.lexicon import Entry, load_lexicon
from mithaq.lexicon.load import packaged_knowledge, read_entries, read_yaml
from mithaq.text.tokens import split_tokens

LANGUAGES = ("ar", "fr", "en")
# The 193 members of the United Nations, its two observer states, and those whose news such pages carry besides.
STATES = re.findall(
    "[A-Z]{2}",
    """
AD AE AF AG AL AM AO AR AT AU AZ BA BB BD BE BF BG BH BI BJ BN BO BR BS BT BW BY BZ CA CD CF CG CH CI CL CM CN CO CR CU CV CY CZ DE DJ DK
DM DO DZ EC EE EG ER ES ET FI FJ FM FR GA GB GD GE GH GM GN GQ GR GT GW GY HN HR HT HU ID IE IL IN IQ IR IS IT JM JO JP KE KG KH KI KM KN
KP KR KW KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MG MH MK ML MM MN MR MT MU MV MW MX MY MZ NA NE NG NI NL NO NP NR NZ OM PA PE PG
PH PK PL PT PW PY QA RO RS RU RW SA SB SC SD SE SG SI SK SL SM SN SO SR SS ST SV SY SZ TD TG TH TJ TL TM TN TO TR TT TV TZ UA UG US UY UZ
VA VC VE VN VU WS YE ZA ZM ZW PS TW XK HK MO
""",
)


@cache
def entries() -> tuple[Entry, ...]:
    return tuple(read_entries(packaged_knowledge()))


@cache
def blocks(name: str) -> tuple[dict[str, Any], ...]:
    return tuple(read_yaml(packaged_knowledge() / "gazetteers" / name)["entries"])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_state_has_a_name_and_a_nationality(lang: str) -> None:
    assert len(STATES) == 199
    said = {(e.kind, e.attributes.get("code")) for e in entries() if e.lang == lang}
    assert [code for code in STATES if ("place.country", code) not in said] == []
    assert [code for code in STATES if ("place.nationality", code) not in said] == []


def test_arabic_nationalities_have_both_genders_and_a_plural() -> None:
    forms: dict[str, set[str]] = defaultdict(set)
    for entry in entries():
        if entry.lang == "ar" and entry.kind == "place.nationality":
            forms[entry.attributes["code"]].update(entry.forms)
    endings = {"masculine": "ي", "feminine": "ية", "plural": ("ون", "ين", "ات")}
    missing = [(code, name) for code in STATES for name, end in endings.items() if not any(word.endswith(end) for word in forms[code])]
    assert missing == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_state_is_found_by_the_name_that_the_reference_data_give_it(lang: str) -> None:
    lexicon, unknown = load_lexicon(), []
    for code in STATES:
        name = Locale(lang).territories[code]
        found = lexicon.find(split_tokens(name), lang, name)
        if code not in {match.attributes.get("code") for match in found if match.kind in ("place.country", "place.nationality")}:
            unknown.append((code, name))
    assert unknown == []


def test_at_least_800_cities_each_in_three_languages() -> None:
    cities = blocks("cities.yml")
    assert len({city["id"] for city in cities}) == len(cities) >= 800
    assert [city["id"] for city in cities if not all(city.get(lang, {}).get("name") for lang in LANGUAGES)] == []


def test_cities_lie_all_over_the_regions_that_the_news_is_about() -> None:
    lying = Counter(city["country"] for city in blocks("cities.yml"))
    for code in ("MA", "DZ", "TN", "EG", "SA", "OM"):
        assert lying[code] >= 25
    for code in ("LY", "MR", "SD", "JO", "IQ", "SY", "PS", "YE", "SN", "CI", "CM", "GA", "NG", "KE", "ET", "CN", "FR", "DE", "US", "IN"):
        assert lying[code] >= 7, code


@pytest.mark.parametrize("lang", LANGUAGES)
def test_examples_of_cities_are_sentences_of_many_kinds(lang: str) -> None:
    frames = {re.sub(re.escape(city[lang]["name"]), "…", city[lang]["example"]) for city in blocks("cities.yml")}
    assert len(frames) >= 40
