"""What two profiles say of each other, and where they look for each other."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mithaq.model.world import EntityKind, Profile
from mithaq.resolve.compare import Keys, compare_profiles, keys_of, odds_above
from mithaq.resolve.score import odds_of

PEOPLE = ("أمل السغروشني", "Amal Seghrouchni", "Seghrouchni", "Karim Bennani", "كريم البناني", "M. Bennani", "محمد السادس")
BODIES = ("وزارة الاتصالات", "Ministry of Communications", "ITU", "Digital Agency of Sahlia", "Agence du numérique", "Marsa Cloud")
SIDES = st.lists(st.sampled_from(("MA", "OM", "FR")), max_size=2, unique=True).map(lambda sides: tuple(sorted(sides)))
MAYBE = st.sampled_from((None, "MA", "OM"))


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Profile, Profile]:
    kind: EntityKind = draw(st.sampled_from(("person", "body", "programme")))
    names = st.lists(st.sampled_from(PEOPLE if kind == "person" else BODIES), min_size=1, max_size=2, unique=True).map(tuple)
    said = st.sampled_from((None, "minister of digital economy", "وزير الاقتصاد الرقمي", "director"))
    one, other = (
        Profile(
            kind=kind, names=draw(names), country=draw(MAYBE), guessed=draw(st.booleans()), sides=draw(SIDES),
            role=draw(said) if kind == "person" else None, known=draw(st.sampled_from((None, "itu", "anid"))) if kind == "body" else None,
        )
        for _ in range(2)
    )  # fmt: skip
    return one, other


@given(pairs(), st.floats(-6, 6))
def test_odds_found_sooner_are_those_of_all_features(both: tuple[Profile, Profile], least: float) -> None:
    odds = odds_of(both[0].kind, compare_profiles(*both))
    found = odds_above(*both, least)
    assert found == odds_above(*both[::-1], least)
    if found is None:
        assert odds < least
    else:
        assert found == pytest.approx(odds, abs=1e-9) and found >= least


@given(pairs())
def test_whoever_looks_finds_the_other(both: tuple[Profile, Profile]) -> None:
    one, other = (keys_of(profile) for profile in both)
    assert bool(set(one.sought) & set(other.kept)) == bool(set(other.sought) & set(one.kept))


def test_a_mere_surname_looks_for_its_bearers_in_the_countries_of_its_page() -> None:
    bearer = Profile(kind="person", names=("Amal Seghrouchni",), country="MA")
    for sides, met in ((("MA", "OM"), True), (("FR", "OM"), False), ((), False)):
        surname = Profile(kind="person", names=("السغروشني",), sides=sides)
        assert bool(set(keys_of(surname).sought) & set(keys_of(bearer).kept)) is met


def test_an_arabic_t_before_z_is_heard_both_ways() -> None:
    one, other = (Profile(kind="person", names=(name,)) for name in ("Moataz Abu Aqel", "معتز أبو عقل"))
    assert set(keys_of(one).sought) & set(keys_of(other).kept)


def test_bodies_made_of_common_words_meet_within_a_country_alone() -> None:
    def keys(name: str, *sides: str, country: str | None = None) -> Keys:
        return keys_of(Profile(kind="body", names=(name,), country=country, guessed=country is None, sides=sides))

    ours, theirs = keys("Cybersecurity Agency", "JO"), keys("وكالة الأمن السيبراني", "QA", "RW")
    assert not set(ours.sought) & set(theirs.kept)
    # One whose country nobody knows meets both, and so does one that shares a country.
    for third in (keys("Cybersecurity Agency"), keys("Agence de cybersécurité", "QA", "JO")):
        assert set(third.sought) & set(ours.kept) and set(ours.sought) & set(third.kept)
        assert set(third.sought) & set(theirs.kept) and set(theirs.sought) & set(third.kept)
    # A word of its own meets it anywhere.
    assert set(keys("Tamrazit Cloud", "JO").sought) & set(keys("شركة تمرازيت كلاود", "FR").kept)
