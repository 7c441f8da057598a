"""A cited figure agrees with a reference, differs by so much, or is in no table."""

from __future__ import annotations

from typing import Any

import pytest

from mithaq.answers.lines import FigureLine
from mithaq.answers.reference import References, agrees, contradictions
from mithaq.model.reference import ReferenceValue


def reference(value: float, *, year: int = 2024, unit: str = "points", table: str = "t", line: int = 2, **more: Any) -> ReferenceValue:
    names = more.pop("names", ("Sahel Readiness Index", "SRI", "مؤشر الساحل للجاهزية"))
    return ReferenceValue(
        table=table, line=line, names=names, edition=str(year), year=year, country="GA", value=value, unit=unit, source="Sahel Institute"
    )


def claim(value: float, name: str = "Sahel readiness index", **more: Any) -> FigureLine:
    return FigureLine(**{"key": "k", "name": name, "value": value, "unit": "points", "proofs": (), "country": "GA", "year": 2024, **more})


TABLE = References([reference(97.52), reference(80.0, year=2020), reference(3, unit="rank")])


def test_a_claim_agrees_as_exactly_as_it_is_printed() -> None:
    for value, verdict in ((97.5, "agrees"), (98.0, "agrees"), (97.52, "agrees"), (97.6, "differs"), (97.77, "differs")):
        checked = TABLE.check(claim(value))
        assert checked is not None
        assert (value, checked.verdict) == (value, verdict)


def test_a_difference_is_the_claim_less_the_reference() -> None:
    checked = TABLE.check(claim(97.0, comparator="~"))
    assert checked is not None and checked.verdict == "agrees"
    checked = TABLE.check(claim(90.5))
    assert checked is not None
    assert (checked.by, checked.value, checked.edition, checked.source, checked.table) == (-7.02, 97.52, "2024", "Sahel Institute", "t")


def test_a_rank_is_that_rank() -> None:
    ranks = [TABLE.check(claim(value, "SRI rank of Gabon", unit="rank")) for value in (3, 4)]
    assert [checked and checked.verdict for checked in ranks] == ["agrees", "differs"]


@pytest.mark.parametrize(
    "other",
    [
        {"country": "MA"}, {"country": None}, {"year": 2019}, {"unit": "%"}, {"name": "Another Index"}, {"name": "Index"},
        {"group": "Africa"},
    ],
)  # fmt: skip
def test_what_no_table_tells_is_unknown(other: dict[str, Any]) -> None:
    checked = TABLE.check(claim(97.5, **other))
    assert checked is not None
    assert (checked.verdict, checked.value) == ("unknown", None)


def test_a_claim_without_a_year_is_held_against_all_editions_and_told_the_newest() -> None:
    agreeing, differing = TABLE.check(claim(80.0, year=None)), TABLE.check(claim(70.0, year=None))
    assert agreeing is not None and differing is not None
    assert (agreeing.verdict, agreeing.edition) == ("agrees", "2020")
    assert (differing.verdict, differing.edition) == ("differs", "2024")


def test_names_meet_in_another_language_and_with_words_around_them() -> None:
    for name in ("مؤشر الساحل للجاهزية", "SRI 2024", "Sahel Readiness Index of the Sahel Institute"):
        checked = TABLE.check(claim(97.5, name))
        assert checked is not None
        assert checked.verdict == "agrees", name


def test_at_least_and_at_most_hold_on_their_side() -> None:
    assert agrees(claim(40, comparator=">="), 41) and not agrees(claim(40, comparator=">="), 39)
    assert agrees(claim(40, comparator="<="), 39) and not agrees(claim(40, comparator="<="), 41)


def test_tables_that_contradict_each_other_are_told() -> None:
    values = [reference(97.5), reference(97.7, table="u", line=5), reference(3, unit="rank"), reference(3, unit="rank", table="u")]
    [(one, other)] = contradictions(values)
    assert (one.table, other.table) == ("t", "u")
    checked = References(values).check(claim(97.7))
    assert checked is not None
    assert (checked.verdict, checked.disputed) == ("agrees", True)


def test_without_tables_nothing_is_said() -> None:
    assert References([]).check(claim(1.0)) is None
