"""The known places are many enough for real news: every state with its nationality, its capital, and the cities that pages name."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import cache
from typing import Any

import pytest
from babel import Locale

from mithaq.lexicon import Entry, load_lexicon
from mithaq.lexicon.load import packaged_knowledge, read_yaml
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


def entries() -> tuple[Entry, ...]:
    return load_lexicon().entries


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


INTERNATIONAL = (
    "organisations.yml",
    "united_nations.yml",
    "world_organisations.yml",
    "african_organisations.yml",
    "arab_and_islamic_organisations.yml",
    "aid_agencies.yml",
)


def bodies_by_full_name() -> list[dict[str, Any]]:
    return [body for name in INTERNATIONAL for body in blocks(name) if not body["id"].endswith("-acronym")]


def test_at_least_250_international_bodies_each_in_three_languages() -> None:
    bodies = [body for body in bodies_by_full_name() if "country" not in body]  # national aid agencies come on top
    assert len({body["id"] for body in bodies}) == len(bodies) >= 250
    assert [body["id"] for body in bodies if not all(body.get(lang, {}).get("name") for lang in LANGUAGES)] == []
    assert [body["id"] for body in bodies if body["body_kind"] == "io" and "code" not in body] == []


def test_acronyms_belong_to_a_body_with_a_full_name() -> None:
    full = {body["id"]: body for body in bodies_by_full_name()}
    acronyms = [body for name in INTERNATIONAL for body in blocks(name) if body["id"].endswith("-acronym")]
    assert len(acronyms) >= 150
    for acronym in acronyms:
        body = full[acronym["id"].removesuffix("-acronym")]
        assert acronym["case"] == "exact"
        assert [acronym.get(key) for key in ("code", "country", "body_kind")] == [body.get(key) for key in ("code", "country", "body_kind")]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_examples_of_international_bodies_are_sentences_of_many_kinds(lang: str) -> None:
    frames = {body[lang]["example"].replace(body[lang]["name"], "…") for body in bodies_by_full_name()}
    assert len(frames) >= 40


ORGANS = [
    ("ar", "وقعت الوكالة الجامعية للفرنكوفونية اتفاقا", "AUF"),
    ("ar", "شاركت الأونروا في اللقاء", "UNRWA"),
    ("ar", "اجتمع مجلس الوزراء العرب للاتصالات والمعلومات في القاهرة", "LAS"),
    ("ar", "دعم من المؤسسة الدولية الإسلامية لتمويل التجارة", "IsDB"),
    ("fr", "La Commission de la CEMAC a publié un avis.", "CEMAC"),
    ("fr", "Le Bureau de développement des télécommunications forme des agents.", "ITU"),
    ("en", "The East African Communications Organisation met in Kigali.", "EACO"),
    ("en", "A note by OHCHR was read out.", "UN"),
]


@pytest.mark.parametrize(("lang", "text", "code"), ORGANS)
def test_organs_lead_to_the_code_of_their_organisation(lang: str, text: str, code: str) -> None:
    matches = load_lexicon().find(split_tokens(text), lang, text)
    assert code in {match.attributes.get("code") for match in matches if match.kind == "body.known"}


SEAS = [
    ("ar", "خليج غينيا", "GN"),
    ("ar", "بحيرة تشاد", "TD"),
    ("fr", "golfe de Guinée", "GN"),
    ("fr", "delta du Niger", "NE"),
    ("en", "Gulf of Oman", "OM"),
    ("en", "New Mexico", "MX"),
]


@pytest.mark.parametrize(("lang", "text", "code"), SEAS)
def test_a_sea_or_river_hides_the_country_in_its_name(lang: str, text: str, code: str) -> None:
    tokens = split_tokens(text)
    found = load_lexicon().find(tokens, lang, text)
    assert any(match.kind == "place.region" and match.last - match.first == len(tokens) for match in found)
    assert any(match.attributes.get("code") == code and match.last - match.first < len(tokens) for match in found)
