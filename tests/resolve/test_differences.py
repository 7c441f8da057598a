"""Whom only some reports name: who they are counts, not how they are spelt."""

from __future__ import annotations

from mithaq.model import Evidence
from mithaq.model.happening import Report, Teller, Telling
from mithaq.resolve.differences import find_differences


def telling(number: int, known: dict[str, str], *people: str) -> Telling:
    words = Evidence(0, 3, "Met")
    report = Report(list="events", item=0, key=f"d{number}/event/0-3", type="meeting", evidence=words, people=people, known=known)
    return Telling(Teller(document=f"d{number}"), report)


def named_by_some(*tellings: Telling) -> dict[str, tuple[str, ...]]:
    return {v.value: v.documents for d in find_differences(tellings) if d.field == "people_named" for v in d.values}


def test_one_entity_in_two_spellings_is_named_by_all() -> None:
    first = telling(1, {"Amal El Fassi": "p1"}, "Amal El Fassi")
    assert named_by_some(first, telling(2, {"Her Excellency the Minister": "p1"}, "Her Excellency the Minister")) == {}


def test_namesakes_are_two() -> None:
    found = named_by_some(telling(1, {"Karim Bennani": "p1"}, "Karim Bennani"), telling(2, {"Karim Benani": "p2"}, "Karim Benani"))
    assert found == {"Karim Bennani": ("d1",), "Karim Benani": ("d2",)}


def test_where_nobody_knows_who_they_are_the_spelling_decides() -> None:
    assert named_by_some(telling(1, {}, "Karim Bennani"), telling(2, {"Karim Benani": "p2"}, "Karim Benani")) == {}
