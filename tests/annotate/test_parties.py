"""Whose happening it is: the sets of sides among which is chosen, and what the choice keeps to."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from event_pages import only, read
from mithaq.annotate.events import find_choices
from mithaq.annotate.parties import read_sides
from mithaq.annotate.party_choice import choose
from mithaq.annotate.scene import read_scene
from mithaq.lexicon.weighing import Scales

SIGNS = st.dictionaries(st.sampled_from(["as ruled", "otherwise", "in", "out"]), st.integers(1, 3).map(float), max_size=4)
SETS = st.frozensets(st.sampled_from(["MA", "SN", "ITU", "FR"]), min_size=1, max_size=3)
OPTIONS = st.lists(st.tuples(SETS, SIGNS), min_size=1, max_size=6)


@given(OPTIONS)
def test_without_weights_the_rules_decide(options: list[tuple[frozenset[str], dict[str, float]]]) -> None:
    assert choose(options, Scales(about="", bias=0.0, threshold=0.5, weights={})) == options[0][0]


@given(OPTIONS, st.floats(0, 3), st.floats(-2, 2))
def test_another_set_is_chosen_only_when_clearly_better(
    options: list[tuple[frozenset[str], dict[str, float]]], margin: float, weight: float
) -> None:
    weights = {"otherwise": weight, "in": 1.0, "out": -1.0}
    chosen = choose(options, Scales(about="", bias=0.0, threshold=margin, weights=weights))
    totals = [sum(weights.get(name, 0.0) * value for name, value in signs.items()) for _, signs in options]
    best = max(total for total, (parties, _) in zip(totals, options, strict=True) if parties == chosen)
    assert chosen == options[0][0] or best >= totals[0] + margin - 1e-9


def test_two_sides_leave_nothing_to_choose() -> None:
    document = read("en", "Ghana and Togo sign a pact", "Ghana and Togo signed an agreement on postal services in Accra on 4 May 2024.")
    assert all(not options for _, options in find_choices(document))


def test_the_set_of_the_rules_comes_first_and_each_set_once() -> None:
    document = read(
        "en",
        "Ghana, Togo and Benin talk",
        "Ghana and Togo signed an agreement on postal services in Accra on 4 May 2024. Benin and Mali looked on. "
        "Benin later launched a data centre with Mali, and Ghana held talks with Benin in Lomé on 6 May 2024.",
    )
    choices = [(event, options) for event, options in find_choices(document) if options]
    assert choices
    for event, options in choices:
        assert options[0][0] == frozenset(event.parties)
        assert max(Counter(parties for parties, _ in options).values()) == 1
        assert all(len(parties) <= 3 for parties, _ in options)


def test_talks_with_other_people_are_other_talks() -> None:
    document = read(
        "en",
        "Togo's minister in Accra",
        "The Ghanaian minister Kofi Mensah met the Togolese minister Afi Amegan in Accra on 4 May 2024. "
        "The Togolese minister Afi Amegan also met the Ghanaian regulator Esi Boateng on the same day.",
        people={"Kofi Mensah": "GH", "Afi Amegan": "TG", "Esi Boateng": "GH"},
    )
    met = [set(e.people) for e in document.events if e.type == "meeting"]
    assert {"Kofi Mensah", "Afi Amegan"} in met
    assert {"Afi Amegan", "Esi Boateng"} in met


def test_people_counted_by_nationality_are_trained() -> None:
    document = read("fr", "Lomé forme des Béninois", "Le Togo a formé 45 Béninois à la cybersécurité en mai 2024.")
    assert set(only(document, "training").parties) == {"BJ", "TG"}


@pytest.mark.parametrize(
    ("lang", "title", "body", "people", "others"),
    [
        (
            "ar",
            "لقاءات في الرياض",
            "أجرى الوزير التونسي كريم الجزيري، على هامش المنتدى، سلسلة لقاءات ثنائية جمعته بوزراء الاتصالات "
            "في كل من السعودية والإمارات وتركيا.",
            {"كريم الجزيري": "TN"},
            {"SA", "AE", "TR"},
        ),
        (
            "ar",
            "لقاءات على الهامش",
            "التقى الوزير التونسي كريم الجزيري في جنيف يوم 4 ماي 2024، على هامش المنتدى، بنظرائه الجزائري أحمد بن زايد، "
            "والليبي سالم الورفلي، وبحث معهما الربط الرقمي.",
            {"كريم الجزيري": "TN", "أحمد بن زايد": "DZ", "سالم الورفلي": "LY"},
            {"DZ", "LY"},
        ),
    ],
)
def test_who_meets_several_meets_each_of_them(lang: str, title: str, body: str, people: dict[str, str], others: set[str]) -> None:
    document = read(lang, title, body, people=people)
    assert {e.parties for e in document.events if e.type == "meeting"} == {tuple(sorted(("TN", other))) for other in others}


def test_names_in_the_order_of_their_countries_act_together() -> None:
    document = read(
        "en",
        "Three sign data pact",
        "The ministers of ICT of Egypt, Jordan and Iraq, Amr Selim, Sami Khatib and Hiyam Rikabi respectively, signed a memorandum "
        "on data in Baghdad on 4 May 2024.",
        people={"Amr Selim": "EG", "Sami Khatib": "JO", "Hiyam Rikabi": "IQ"},
    )
    assert set(only(document, "agreement").parties) == {"EG", "IQ", "JO"}


def test_towns_and_countries_where_something_is_are_no_sides_unless_offices_are_held_there() -> None:
    body = "The agency signed an agreement with ministers in Peru and Chile on 4 May 2024. It has shops in Cuba and Mexico."
    scene = read_scene(read("en", "Accord", body))
    located = {a.code: a.located for a in read_sides(scene).actors}
    assert located == {"PE": False, "CL": False, "CU": True, "MX": True}
