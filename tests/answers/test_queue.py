"""The line of questions: whoever goes from one to the next meets each once, also those that are worth the same."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mithaq.answers.queue import Asked, after, place_in_line, read_worth, write_worth

_NAMES = st.sampled_from(["a/statements/1-2", "b/statements/1-2", "c/statements/1-2"])
# Few values, so that many are worth the same, and such as no rounding leaves in their place.
_WORTHS = st.sampled_from([0.0, 0.1 + 0.2, 0.3, 1 / 3, 0.333333, 0.3333334, 1e-7, 12345.678901])


@st.composite
def questions(draw: st.DrawFn) -> list[Asked]:
    named = draw(st.sets(st.tuples(_NAMES, st.one_of(st.none(), _NAMES)), max_size=9))
    made = [
        Asked(what="statements", key=key, other=other, layer="statements", worth=draw(_WORTHS), score=draw(_WORTHS), quote="x")
        for key, other in sorted(named, key=str)
    ]
    return sorted(made, key=place_in_line)


@given(questions())
def test_each_question_is_met_once(line: list[Asked]) -> None:
    met: list[Asked] = []
    waiting = line
    while waiting:
        met.append(waiting[0])
        worth = read_worth(write_worth(met[-1]))
        assert worth == (met[-1].worth, met[-1].score)
        waiting = after(line, worth, met[-1].key, met[-1].other or "")
    assert met == line


@given(questions(), st.integers(0, 8))
def test_a_question_that_was_decided_keeps_its_place_for_those_who_come_after(line: list[Asked], number: int) -> None:
    if number < len(line):
        one, left = line[number], line[:number] + line[number + 1 :]
        assert after(left, (one.worth, one.score), one.key, one.other or "") == line[number + 1 :]


def test_what_is_no_place_is_none() -> None:
    assert [read_worth(words) for words in ("", "1", "~", "x~1", "nan~1", "1~inf", "1~2~3")] == [None] * 7
