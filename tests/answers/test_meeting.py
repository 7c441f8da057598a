"""What is gathered before a meeting: nothing later than its day, both ways apart, every line with its words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from mithaq.answers.lines import FigureLine, StatementLine
from mithaq.answers.meeting import Guest, Meeting, find_doubts, find_guest, find_host, is_answered, prepare_meeting
from mithaq.errors import QuestionError
from mithaq.follow.status import schedule_of
from mithaq.workspace import Workspace, open_workspace


@pytest.fixture(scope="module")
def opened(demo_workspace: Path) -> Iterator[Workspace]:
    with open_workspace(demo_workspace, create=False) as workspace:
        yield workspace


def meet(opened: Workspace, name: str, host: str | None, on: str) -> Meeting:
    return prepare_meeting(opened.store, find_guest(opened.store, opened.lexicon, name), host, on, schedule_of)


@pytest.mark.parametrize(("name", "host"), [("Jordan", "MR"), ("هديل القضاة", "MR"), ("هديل القضاة", None), ("Oman", "DJ"), ("Oman", None)])
def test_every_line_has_words_that_stand_in_its_page(opened: Workspace, name: str, host: str | None) -> None:
    meeting = meet(opened, name, host, "2026-12-01")
    lines = (
        *meeting.people, *meeting.said, *meeting.promises, *meeting.needs, *meeting.offers, *meeting.happenings, *meeting.doubts,
        *meeting.questions,
    )  # fmt: skip
    assert lines
    proofs = [proof for line in lines for proof in line.proofs] + [office.proof for office in meeting.offices]
    assert all(line.proofs for line in lines)
    for proof in proofs:
        assert opened.store.document(proof.document).text[proof.start : proof.end] == proof.quote
        assert proof.document in meeting.sources


def test_nothing_later_than_the_day_is_known(opened: Workspace) -> None:
    meeting = meet(opened, "Jordan", "MR", "2026-01-31")
    assert meeting.sources and meeting.until == "2026-01-31"
    assert all(source.published is None or source.published <= "2026-01-31" for source in meeting.sources.values())
    assert meet(opened, "Jordan", "MR", "2026-01").sources == meeting.sources
    later = meet(opened, "Jordan", "MR", "2026")
    assert len(later.sources) > len(meeting.sources) and len(later.promises) > len(meeting.promises)


def test_a_promise_is_late_only_when_its_day_is_over(opened: Workspace) -> None:
    def schedule(on: str) -> str:
        return next(p.schedule for p in meet(opened, "Jordan", "MR", on).promises if p.due == "2026-05-04" and p.by == "JO")

    assert schedule("2026-04-15") == "open" and schedule("2026-06-01") == "overdue"


def test_promises_of_both_sides_are_told_apart(opened: Workspace) -> None:
    meeting = meet(opened, "Jordan", "MR", "2026-06-01")
    assert {promise.by for promise in meeting.promises} >= {"JO", "MR"}
    asked = {question.ask: question for question in meeting.questions}
    assert getattr(asked["ready"].about, "by", None) == "MR" and getattr(asked["overdue"].about, "by", None) != "MR"
    turned = meet(opened, "Mauritania", "JO", "2026-06-01")
    ours, theirs = ({q.about.proofs for q in one.questions if q.ask == "ready"} for one in (meeting, turned))
    assert ours and theirs and ours.isdisjoint(theirs)


def test_one_sentence_is_asked_about_once(opened: Workspace) -> None:
    meeting = meet(opened, "Jordan", "MR", "2026-06-01")
    said = [(p.document, p.start) for promise in meeting.promises if isinstance(promise.line, StatementLine) for p in promise.proofs]
    planned = [p for promise in meeting.promises if not isinstance(promise.line, StatementLine) for p in promise.proofs]
    assert not [p for p in planned if any(p.document == d and p.start <= start < p.end for d, start in said)]


def test_what_the_one_met_said_comes_before_what_their_side_said(opened: Workspace) -> None:
    meeting = meet(opened, "هديل القضاة", "MR", "2026-06-01")
    names = {name.name for name in meeting.guest.entity.names} if meeting.guest.entity else set()
    assert meeting.said and {line.speaker for line in meeting.said} <= names
    assert meeting.offices and meeting.guest.side == "JO" and not meeting.people
    days = [line.said_on or "" for line in meet(opened, "Jordan", "MR", "2026-06-01").said]
    assert days == sorted(days, reverse=True)


def test_nobody_of_that_name(opened: Workspace) -> None:
    with pytest.raises(QuestionError, match="called"):
        find_guest(opened.store, opened.lexicon, "Nobody Whatsoever")
    with pytest.raises(QuestionError, match="two different sides"):
        prepare_meeting(opened.store, Guest("OM"), "OM", "2026-06-01", schedule_of)
    with pytest.raises(QuestionError, match="is not a date"):
        prepare_meeting(opened.store, Guest("OM"), "DJ", "next week", schedule_of)
    empty = prepare_meeting(opened.store, Guest("IS"), "FI", "2026-06-01", schedule_of)
    assert not empty.sources and not empty.questions


def test_our_side_may_be_named_by_one_of_its_bodies(opened: Workspace) -> None:
    bodies = [entity for entity in opened.store.entities("body") if entity.country]
    assert find_host(opened.store, opened.lexicon, bodies[0].id) == bodies[0].country
    assert find_host(opened.store, opened.lexicon, "Mauritanie") == "MR"
    nowhere = next(entity for kind in ("person", "body", "programme") for entity in opened.store.entities(kind) if entity.country is None)
    with pytest.raises(QuestionError, match="for which side"):
        find_host(opened.store, opened.lexicon, nowhere.id)


def statement(**fields: object) -> StatementLine:
    line = StatementLine(key="s", kind="need", proofs=(), country="MR", topics=("cybersecurity",), said_on="2026-01-10")
    return replace(line, **fields)  # type: ignore[arg-type]  # the fields are those of the structure


def test_a_need_is_answered_by_another_side_on_its_topic_and_not_before() -> None:
    need = statement()
    assert is_answered(need, [statement(kind="offer", country="JO", said_on="2026-01-10")])
    assert not is_answered(need, [statement(kind="offer", country="MR", said_on="2026-02-10")])
    assert not is_answered(need, [statement(kind="offer", country="JO", said_on="2026-01-09")])
    assert not is_answered(need, [statement(kind="offer", country="JO", topics=("e-government",))])


def test_figures_are_doubted_for_their_gravest_fault_only() -> None:
    def figure(key: str, value: float, **fields: object) -> FigureLine:
        line = FigureLine(key=key, name="Readiness", value=value, unit="%", proofs=(), country="OM", year=2024, publisher="An institute")
        return replace(line, **fields)  # type: ignore[arg-type]  # the fields are those of the structure

    lines = [figure("a", 70), figure("b", 80), figure("c", 140, name="Share"), figure("d", 50, name="Use", year=None, publisher=None)]
    lines += [figure("e", 3, name="Cable", unit="USD", year=None), figure("f", 9, name="Fine")]
    doubts = [(doubt.why, [line.key for line in doubt.lines]) for doubt in find_doubts(lines)]
    assert doubts == [("conflict", ["a", "b"]), ("impossible", ["c"]), ("no_year", ["d"])]
