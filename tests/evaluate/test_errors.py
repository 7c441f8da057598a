"""The list of mistakes: each has its cause and its place, and the page that shows them is inert."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from mithaq.evaluate.errors import count_causes, list_errors, write_errors
from mithaq.evaluate.gold import GoldPage
from mithaq.evaluate.score import score_pages

TEXT = "Kenya and Jordan signed a memorandum in Amman on Sunday.\nSara Holt said the agency lacked auditors."
SIGNED = "signed a memorandum in Amman"
LACKED = "the agency lacked auditors"


def at(quote: str) -> dict[str, Any]:
    start = TEXT.index(quote)
    return {"start": start, "end": start + len(quote), "quote": quote}


def gold(**layers: Any) -> GoldPage:
    return GoldPage(path=Path("set/one.txt"), text=TEXT, gold={"lang": "en", "relevant": True, "title": None, **layers}, meta={})


def causes(page: GoldPage, record: dict[str, Any]) -> list[tuple[str, str]]:
    body = {"segments": [{"kind": "body", "start": 0, "end": len(TEXT)}], "relevant": True}
    return [(e.layer, e.cause) for e in list_errors([page], {page.key: body | record})]


def test_what_is_right_is_no_mistake() -> None:
    page = gold(people=[{"name": "Sara Holt", "country": "NZ"}], pairs=[["JO", "KE"]], topics=["space"])
    record = {"people": [{"name": "Sara Holt", "country": "NZ"}], "pairs": [["KE", "JO"]], "topics": ["space"]}
    assert causes(page, record) == []


def test_fields_that_differ_have_a_cause_each() -> None:
    wanted = {
        "type": "agreement",
        "stage": "signed",
        "parties": ["JO", "KE"],
        "date": "2026-03-01",
        "quote": SIGNED,
        "people": ["Sara Holt"],
    }
    found = {"type": "agreement", "stage": "planned", "parties": ["JO", "KE", "NZ"], "date": None, "evidence": at(SIGNED)}
    assert causes(gold(events=[wanted]), {"events": [found]}) == [
        ("events", "parties differ"),
        ("events", "date differs"),
        ("events", "stage differs"),
        ("events", "people differ"),
    ]


def test_a_miss_and_an_invention_at_one_place_are_one_mistake() -> None:
    page = gold(people=[{"name": "Sara Holt"}], events=[{"type": "agreement", "parties": ["JO", "KE"], "quote": SIGNED}])
    record = {"people": [{"name": "Sara"}], "events": [{"type": "meeting", "parties": ["JO", "KE"], "evidence": at(SIGNED)}]}
    assert causes(page, record) == [("people", "name too short"), ("events", "another type")]


def test_a_miss_tells_whether_the_place_was_read_as_furniture() -> None:
    page = gold(statements=[{"kind": "need", "quote": LACKED}])
    assert causes(page, {}) == [("statements", "missed")]
    assert causes(page, {"segments": [{"kind": "body", "start": 0, "end": 20}]}) == [("statements", "missed: read as furniture")]
    assert ("statements", "missed: the page was left out") in causes(page, {"relevant": False})


def test_a_page_that_nobody_read_is_one_mistake() -> None:
    assert [(e.layer, e.cause) for e in list_errors([gold()], {})] == [("page", "not answered")]


def test_mistakes_are_as_many_as_the_score_says() -> None:
    page = gold(
        people=[{"name": "Sara Holt"}, {"name": "Omar Tell"}], statements=[{"kind": "need", "quote": LACKED}], topics=["space", "research"]
    )
    record = {
        "segments": [{"kind": "body", "start": 0, "end": len(TEXT)}],
        "relevant": True,
        "people": [{"name": "Lina Ray"}],
        "topics": ["space"],
    }
    result = score_pages([page], {page.key: record})
    counts = count_causes(list_errors([page], {page.key: record}))
    for layer, name in (("people", "people"), ("statements", "statements (span)"), ("topics", "topics")):
        tally = result.f1[name]
        assert counts[layer]["missed"] == tally.fn and counts[layer]["invented"] == tally.fp


def test_the_page_shows_the_words_in_their_place_and_runs_nothing() -> None:
    page = gold(statements=[{"kind": "need", "quote": LACKED}], programmes=["<script>alert(1)</script>"])
    html = write_errors(list_errors([page], {page.key: {"relevant": True}}), 1, "a <b>set</b>")
    assert f"<mark>{LACKED}</mark>" in html and "Sara Holt said " in html
    assert "<script" not in html and "<b>set" not in html and "&lt;script&gt;" in html
