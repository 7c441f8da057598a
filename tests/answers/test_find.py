"""Lists hold what was asked for, one row a fact, every row with its words, its sentence and its page."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from made_documents import arabic_document, english_document, french_document
from mithaq.answers.find import COLUMNS, LISTS, Question, find_rows, is_within
from mithaq.errors import QuestionError
from mithaq.model import Document, Event, Person, Statement

DOCUMENTS = (english_document(), french_document(), arabic_document())


def test_every_list_has_its_columns_in_order_and_every_fact_its_words() -> None:
    texts = {document.id: document.text for document in DOCUMENTS}
    for what in LISTS:
        rows = find_rows(DOCUMENTS, what)
        assert rows, what
        for row in rows:
            assert tuple(row) == COLUMNS[what]
            if "quote" in row:
                assert texts[str(row["source"])][int(str(row["start"])) : int(str(row["end"]))] == row["quote"]
                assert str(row["quote"]) in str(row["sentence"])


@pytest.mark.parametrize(
    ("what", "question", "count"),
    [
        ("documents", Question(), 3),
        ("documents", Question(pair=("OM", "DJ")), 2),
        ("documents", Question(country="RW"), 1),
        ("documents", Question(since="2024-03-05"), 1),
        ("documents", Question(topic="cybersecurity"), 1),
        ("events", Question(kind="meeting"), 2),
        ("events", Question(kind="agreement"), 1),
        ("events", Question(country="EE"), 1),
        ("events", Question(since="2024-03-03"), 2),
        ("events", Question(since="2024-03-04"), 1),
        ("events", Question(until="2023"), 0),
        ("events", Question(topic="digital_identity_trust"), 1),
        ("statements", Question(kind="need"), 1),
        ("statements", Question(pair=("DJ", "OM")), 2),
        ("statements", Question(pair=("DJ", "OM"), country="OM"), 1),
        ("statements", Question(pair=("EE", "RW")), 0),
        ("people", Question(country="OM"), 2),
        ("people", Question(pair=("EE", "RW")), 0),
        ("bodies", Question(kind="io"), 1),
        ("bodies", Question(kind="company"), 0),
        ("bodies", Question(country="ITU"), 1),
        ("programmes", Question(pair=("DJ", "OM")), 1),
        ("indicators", Question(country="OM"), 1),
        ("indicators", Question(country="DJ"), 0),
        ("pairs", Question(), 2),
        ("pairs", Question(country="EE"), 1),
        ("pairs", Question(pair=("OM", "DJ")), 1),
    ],
)
def test_questions_narrow_lists(what: str, question: Question, count: int) -> None:
    assert len(find_rows(DOCUMENTS, what, question)) == count


def test_a_person_of_several_pages_is_one_row() -> None:
    again = english_document(
        text="", published="2024-06-01", people=tuple(replace(p, role="وزير النقل") for p in arabic_document().people[:1])
    )
    again = replace(again, text=arabic_document().text + " ", id="later")
    (row,) = [row for row in find_rows((arabic_document(), again), "people") if row["name"] == "سالم الحارثي"]
    assert (row["pages"], row["first"], row["last"]) == (2, "2024-03-04", "2024-06-01")
    assert row["role"] == "وزير النقل"
    assert row["roles"] == ["وزير النقل", "وزير الاتصالات العماني"]
    assert row["source"] == "later"


def test_namesakes_of_two_sides_are_two_rows() -> None:
    person = arabic_document().people[0]
    other = arabic_document(people=(Person(name=person.name, mentions=person.mentions, country="KW"),))
    rows = find_rows((arabic_document(), replace(other, id="other")), "people", Question(country=None))
    assert sorted(str(row["country"]) for row in rows if row["name"] == person.name) == ["KW", "OM"]


def test_events_stand_in_order_of_time_and_those_without_a_date_last() -> None:
    assert [row["date"] for row in find_rows(DOCUMENTS, "events")] == ["2024-03", "2024-03-03", None]


def test_a_pair_counts_its_pages_and_events() -> None:
    row = find_rows(DOCUMENTS, "pairs")[0]
    assert (row["a"], row["b"], row["pages"], row["events"], row["first"], row["last"]) == ("DJ", "OM", 2, 2, "2024-03-04", "2024-03-05")


def test_a_protected_page_gives_its_quotes_and_no_more() -> None:
    (row,) = find_rows((arabic_document(rights="protected"),), "statements", Question(kind="need"))
    assert row["sentence"] == row["quote"]


def test_what_concerns_no_side_goes_with_the_only_pair_of_its_page() -> None:
    document = arabic_document()
    aim = Statement(kind="intent", evidence=document.statements[0].evidence)
    page = replace(document, statements=(aim,))
    assert len(find_rows((page,), "statements", Question(pair=("DJ", "OM")))) == 1
    second = replace(page, pairs=(*page.pairs, replace(page.pairs[0], a="DJ", b="KE")))
    assert find_rows((second,), "statements", Question(pair=("DJ", "OM"))) == []


def test_an_event_of_one_side_with_a_third_is_not_of_the_pair() -> None:
    document = arabic_document()
    third = Event(type="visit", parties=("KE", "OM"), evidence=document.events[0].evidence)
    page: Document = replace(document, events=(*document.events, third))
    assert [row["type"] for row in find_rows((page,), "events", Question(pair=("DJ", "OM")))] == ["meeting"]


@pytest.mark.parametrize(
    ("what", "fields", "message"),
    [
        ("songs", {}, "no list of 'songs'; there are people"),
        ("people", {"kind": "minister"}, "people have no kinds"),
        ("events", {"kind": "dance"}, "no kind 'dance' of events; there are meeting"),
        ("events", {"topic": "sport"}, "no topic 'sport'"),
        ("events", {"since": "yesterday"}, "'yesterday' is not a date"),
        ("events", {"pair": ("MA", "MA")}, "two different sides"),
    ],
)
def test_questions_that_cannot_be_answered_say_what_can(what: str, fields: dict[str, Any], message: str) -> None:
    with pytest.raises(QuestionError, match=message):
        find_rows(DOCUMENTS, what, Question(**fields))


@pytest.mark.parametrize(
    ("day", "since", "until", "within"),
    [
        ("2024-03-04", None, None, True),
        (None, None, None, True),
        (None, "2024", None, False),
        ("2024-03-04", "2024-03-04", "2024-03-04", True),
        ("2024-03-04", "2024-03-05", None, False),
        ("2024-03-04", None, "2024-03", True),
        ("2024-03-04", None, "2024-02", False),
        ("2024-03", "2024-03-20", None, True),
        ("2024-03", None, "2024-03-01", True),
        ("2024", "2024-12-31", None, True),
        ("2024", "2025", None, False),
        ("2024", None, "2023-12-31", False),
    ],
)
def test_dates_known_in_part_may_be_any_of_their_days(day: str | None, since: str | None, until: str | None, within: bool) -> None:
    assert is_within(day, since, until) is within
