"""Which part of a page tells of which happening."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mithaq.model.span import Sentence
from mithaq.resolve.passages import passages_of

# Ten characters each: a title, two sentences of one event, two of another.
PAGE = tuple(Sentence(n * 10, n * 10 + 9, 0, 0, "title" if n == 0 else "body", 0, 0) for n in range(5))


@pytest.mark.parametrize(
    ("reports", "passages"),
    [
        ([(12, 18), (31, 38)], [((0, 9), (10, 19), (20, 29)), ((30, 39), (40, 49))]),  # title to the first, what follows to each
        ([(10, 14), (15, 19)], [((0, 9), (10, 14), (20, 29), (30, 39), (40, 49)), ((0, 9), (15, 19), (20, 29), (30, 39), (40, 49))]),
        ([(10, 19), (12, 16)], [((0, 9), (10, 19), (20, 29), (30, 39), (40, 49))] * 2),  # in the same words: the sentence is of both
        ([], []),
    ],
)
def test_each_event_has_its_part_of_the_page(
    reports: list[tuple[int, int]], passages: list[tuple[tuple[int, int], ...]]
) -> None:
    assert passages_of(PAGE, reports) == passages


def test_a_story_does_not_go_on_in_the_next() -> None:
    page = (*PAGE[:2], *(Sentence(s.start, s.end, 0, 0, s.kind, 0, 1) for s in PAGE[2:]))
    assert passages_of(page, [(12, 18)]) == [((0, 9), (10, 19))]


def test_what_stands_far_behind_is_no_more_about_it() -> None:
    page = tuple(Sentence(n * 10, n * 10 + 9, 0, 0, "body", 0, 0) for n in range(9))
    assert passages_of(page, [(0, 9)])[0][-1] == (40, 49)


@given(st.lists(st.tuples(st.integers(0, 49), st.integers(1, 20)).map(lambda s: (s[0], s[0] + s[1])), max_size=6))
def test_its_own_words_are_always_part_of_it(reports: list[tuple[int, int]]) -> None:
    for (start, end), stretches in zip(reports, passages_of(PAGE, reports), strict=True):
        assert any(first <= start and end <= last for first, last in stretches)
        assert all(a[1] < b[0] for a, b in pairwise(stretches))
