"""When two pages tell the same event."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from drawn_documents import drawn_documents
from made_documents import make_document, quote
from mithaq.answers.tellings import Telling, group_tellings, is_same_event
from mithaq.model import Document, Event


def tell(words: str, published: str | None = "2024-03-04", **fields: Any) -> Telling:
    page = make_document("t", words, published=published)
    event = Event(**({"type": "meeting", "stage": "held", "parties": ("DJ", "OM"), "evidence": quote(page.text, words)} | fields))
    return Telling(page, event)


def test_the_same_day_and_parties_are_one_event() -> None:
    assert is_same_event(tell("أ ب", date="2024-03-03"), tell("ج د", date="2024-03-03"))


def test_another_day_stage_place_or_third_party_are_two() -> None:
    one = tell("أ ب", date="2024-03-03", place_country="OM")
    for other in (
        tell("ج", date="2024-03-04"),
        tell("ج", date="2024-03-03", stage="planned"),
        tell("ج", date="2024-03-03", place_country="DJ"),
        tell("ج", date="2024-03-03", parties=("DJ", "FR")),
        tell("ج", date="2024-03-03", type="visit"),
    ):
        assert not is_same_event(one, other)


def test_without_a_day_common_people_and_near_publication_bind() -> None:
    one = tell("أ", "2024-03-04", people=("سالم الحارثي",))
    assert is_same_event(one, tell("ب", "2024-03-05", people=("سالم الحارثي",)))
    assert not is_same_event(one, tell("ب", "2024-06-05", people=("سالم الحارثي",)))
    assert not is_same_event(one, tell("ب", None, people=("سالم الحارثي",)))
    assert not is_same_event(one, tell("ب", "2024-03-05", people=("حواء عثمان",)))


def test_a_month_is_the_day_within_it_where_stage_and_parties_agree() -> None:
    assert is_same_event(tell("أ", date="2024-03-03"), tell("ب", date="2024-03"))
    assert not is_same_event(tell("أ", date="2024-03-03"), tell("ب", date="2024"))
    assert not is_same_event(tell("أ", date="2024-03-03", stage=None), tell("ب", date="2024-03"))


@given(st.lists(drawn_documents(), max_size=4))
def test_groups_hold_every_telling_once_and_no_page_twice(documents: list[Document]) -> None:
    tellings = [Telling(d, e) for d in {d.id: d for d in documents}.values() for e in d.events]
    groups = group_tellings(tellings)
    assert sorted(map(str, tellings)) == sorted(str(t) for g in groups for t in g)
    assert all(len({t.document.id for t in g}) == len(g) for g in groups)
