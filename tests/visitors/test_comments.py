"""What readers write waits for a moderator, keeps its whole history, and becomes work when it corrects."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from mithaq.errors import QuestionError
from mithaq.visitors import Comments, VisitorsFile
from mithaq.visitors.comments import LONGEST

PLACE = "/event/h0123456789ab"


@pytest.fixture
def comments(tmp_path: Path) -> Iterator[Comments]:
    file = VisitorsFile(tmp_path)
    yield Comments(file)
    file.close()


def send(comments: Comments, words: str = "well said", sort: str = "comment", author: str = "Nour") -> int:
    return comments.send(sort, PLACE, "Meeting", words, author=author, account="", lang="ar")  # type: ignore[arg-type]  # the test


def test_nothing_is_shown_before_a_moderator_let_it_through(comments: Comments) -> None:
    number = send(comments)
    assert comments.shown(PLACE) == [] and [one.n for one in comments.waiting()] == [number]
    assert comments.move(number, "approved", "Amal").state == "approved"
    assert [one.words for one in comments.shown(PLACE)] == ["well said"] and comments.shown("/event/h1") == []
    comments.move(number, "reported", "a reader", "rude")
    assert comments.shown(PLACE) == [] and [one.n for one in comments.waiting("reported")] == [number]
    comments.move(number, "rejected", "Badr", "an insult")
    assert comments.waiting() == []
    assert [(state, by, why) for state, by, _, why in comments.history(number)] == [
        ("pending", "Nour", ""), ("approved", "Amal", ""), ("reported", "a reader", "rude"), ("rejected", "Badr", "an insult"),
    ]  # fmt: skip


def test_a_correction_is_never_shown_and_becomes_a_task_until_it_is_settled(comments: Comments) -> None:
    number = send(comments, "the date is wrong", "correction")
    assert comments.tasks() == []
    comments.move(number, "approved", "Amal")
    assert comments.shown(PLACE) == [] and [(one.n, one.record) for one in comments.tasks()] == [(number, "Meeting")]
    comments.move(number, "settled", "Badr", "mended")
    assert comments.tasks() == []


@pytest.mark.parametrize(
    ("words", "sort", "author", "told"),
    [(" ", "comment", "Nour", "write your words"), ("x", "comment", " ", "a name"), ("x" * (LONGEST + 1), "comment", "Nour", "too many"),
     ("x", "comment", "n" * 81, "too many"), ("x", "advert", "Nour", "neither")],
)  # fmt: skip
def test_what_is_no_comment_is_refused(comments: Comments, words: str, sort: str, author: str, told: str) -> None:
    with pytest.raises(QuestionError, match=told):
        send(comments, words, sort, author)
    assert comments.waiting() == []


def test_a_rejection_needs_a_reason_and_a_move_a_comment(comments: Comments) -> None:
    number = send(comments)
    for move, told in (
        (lambda: comments.move(number, "rejected", "Amal", " "), "say why"),
        (lambda: comments.move(99, "approved", "Amal"), "no comment 99"),
        (lambda: comments.move(number, "burnt", "Amal"), "no state"),  # type: ignore[arg-type]  # the test
    ):
        with pytest.raises(QuestionError, match=told):
            move()
    assert comments.one(99) is None
