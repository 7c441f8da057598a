"""Laws of all exports: nothing goes missing in silence, and no words of a protected page leave."""

from __future__ import annotations

import io
import json
from html import unescape
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from export.sent_pages import TERMS, every_document, pack
from mithaq.export.exchange import Export
from mithaq.export.formats import FORMATS, write_export
from mithaq.export.losses import FIELDS, PROTECTED, Loss, LossReport, Tally, shown_words
from mithaq.export.parcel import Parcel

SHORTEST = 5  # words in a row that are more than a name, an office or a title


def law_holds(made: Export, parcel: Parcel) -> None:
    """Every fact is either written or left behind with a reason, layer by layer."""
    report = made.losses
    whole = {layer: sum(one.count for one in report.lost if one.layer == layer and one.field is None) for layer in FIELDS}
    assert {layer: report.written.get(layer, 0) + whole[layer] for layer in FIELDS if report.given.get(layer)} == report.given
    assert report.given.get("events", 0) == len(parcel.events)
    assert report.given.get("pages", 0) == len(parcel.pages)
    assert all(one.count > 0 and one.reason for one in report.lost)


@pytest.mark.parametrize("name", FORMATS)
def test_every_fact_is_written_or_told_to_be_left_behind(name: str, demo_parcel: Parcel) -> None:
    law_holds(write_export(demo_parcel, name, TERMS), demo_parcel)


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_pages_give_the_same_file(name: str, parcel: Parcel) -> None:
    assert write_export(parcel, name, TERMS) == write_export(parcel, name, TERMS)


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sets(st.integers(0, 4)))
def test_the_law_holds_for_any_pages(tmp_path_factory: pytest.TempPathFactory, chosen: set[int]) -> None:
    documents = every_document()
    parcel = pack(tmp_path_factory.mktemp("any"), *(documents[number] for number in sorted(chosen)), resolve=False)
    for name in FORMATS:
        made = write_export(parcel, name, TERMS)
        law_holds(made, parcel)
        assert bool(made.data) == any(made.losses.written.get(layer) for layer in FIELDS)


def text_of(data: bytes) -> str:
    """Return what stands in a file, in an archive or workbook what stands in its parts."""
    if not data.startswith(b"PK"):
        return data.decode()
    with ZipFile(io.BytesIO(data)) as archive:
        return "\n".join(unescape(archive.read(name).decode("utf-8-sig")) for name in archive.namelist())


def runs_of(text: str) -> set[str]:
    words = text.split()
    return {" ".join(words[n : n + SHORTEST]) for n in range(len(words) - SHORTEST + 1)}


@pytest.mark.parametrize("name", FORMATS)
def test_no_words_of_a_protected_page_leave(name: str, closed: Parcel) -> None:
    (page,) = closed.pages
    made = write_export(closed, name, TERMS)
    body = page.text.removeprefix(page.title or "")
    told = " ".join(text_of(made.data).split())
    assert [run for run in runs_of(body) if run in told] == []
    assert not made.data or page.url in text_of(made.data)


@pytest.mark.parametrize("name", ["ftm", "plover", "annotations", "atom", "jsonld", "xlsx", "csv"])
def test_what_a_protected_page_holds_back_is_counted(name: str, closed: Parcel) -> None:
    lost = write_export(closed, name, TERMS).losses.lost
    assert ("events", "quote", PROTECTED) in {(one.layer, one.field, one.reason) for one in lost}


def test_long_facts_of_a_protected_page_are_cut(closed: Parcel) -> None:
    (page,) = closed.pages
    words = "one two three four five six seven eight nine"
    assert shown_words(page, words) == "one two three four five six seven eight …"
    assert shown_words(page, "one two") == "one two"
    assert shown_words(every_document()[0], words) == words


def test_words_of_other_pages_do_leave(parcel: Parcel) -> None:
    quote = next(event for event in parcel.events if event.type == "project").reports[0].event.evidence.quote
    for name in ("ftm", "plover", "iati", "annotations", "atom", "jsonld"):
        assert quote in write_export(parcel, name, TERMS).data.decode(), name


def test_the_report_is_told_in_words_and_as_json(parcel: Parcel) -> None:
    report = write_export(parcel, "plover", TERMS).losses
    assert report.lines()[0].startswith("plover: 3 events, 3 statements, 4 people, 2 bodies written")
    assert "  left behind: 1 of 1 figures: no event type for a figure" in report.lines()
    assert any(line.startswith("  not carried of events: ") and "amount (1): no field for money" in line for line in report.lines())
    read = json.loads(report.encode())
    assert {"layer": "figures", "field": None, "reason": "no event type for a figure", "count": 1} in read["lost"]
    assert read["given"]["figures"] == 1 and "figures" not in read["written"]


def test_a_tally_counts_fields_that_the_text_states(parcel: Parcel) -> None:
    event = next(event for event in parcel.events if event.type == "project")
    tally = Tally("made", parcel, {"events": ("parties", "people", "bodies", "date", "quote")}, {("events", "amount"): "no money"})
    tally.carry("events", event, but={"date": "only years"})
    tally.drop("events", "too many", len(parcel.events) - 1)
    found = tally.report()
    assert Loss("events", "amount", "no money", 1) in found.lost
    assert Loss("events", "date", "only years", 1) in found.lost
    assert {one.field for one in found.lost if one.layer == "events"}.isdisjoint({"parties", "groups", "date_end"})
    assert (found.written, found.given["events"]) == ({"events": 1}, len(parcel.events))


def test_an_empty_report_says_nothing_was_written(tmp_path: Path) -> None:
    report = LossReport(format="ftm", given={}, written={}, lost=())
    assert report.lines() == ["ftm: nothing written"]
