"""What is remembered of words stays bounded, never changes an answer, and can be let go."""

from __future__ import annotations

import gc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mithaq.model import kept
from mithaq.model.kept import collector_aside, forget_words, keep_last, keep_words


def test_a_word_is_worked_out_once_until_all_are_forgotten() -> None:
    asked: list[str] = []

    def shout(word: str) -> str:
        asked.append(word)
        return word.upper()

    remembered = keep_words(shout)
    assert [remembered("gabon"), remembered("gabon"), remembered("oman")] == ["GABON", "GABON", "OMAN"]
    assert asked == ["gabon", "oman"]
    forget_words()
    assert remembered("gabon") == "GABON"
    assert asked == ["gabon", "oman", "gabon"]


def test_equal_words_are_one_object_in_every_table() -> None:
    first, second = keep_words(lambda word: (word,)), keep_words(lambda word: word[:-1])
    asked = ["".join(("cab", "le")), "".join(("cab", "le")), "".join(("cab", "les"))]
    assert first(asked[0])[0] is first(asked[1])[0]
    table, other = first.__self__, second.__self__  # type: ignore[attr-defined]  # the dictionaries whose look-ups these are
    assert second(asked[1]) == "cabl"
    assert next(iter(table)) is next(iter(other))
    assert second(asked[2]) is next(iter(table))


@given(words=st.lists(st.sampled_from([f"word{n}" for n in range(30)])))
def test_however_many_words_come_the_answers_are_right_and_few_are_kept(words: list[str]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kept, "WORDS_KEPT", 9)
        remembered = keep_words(str.title)
        assert [remembered(word) for word in words] == [word.title() for word in words]
        table = remembered.__self__  # type: ignore[attr-defined]  # the dictionary whose lookup this is
        assert len(table) + len(table._before) <= 9


def test_the_collector_works_again_whatever_happens_and_stays_away_where_it_was() -> None:
    assert gc.isenabled()
    with pytest.raises(ValueError, match="broken"), collector_aside():
        assert not gc.isenabled()
        raise ValueError("broken")
    assert gc.isenabled()
    gc.disable()
    try:
        with collector_aside():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_the_last_answer_is_given_again_for_the_very_same_object_alone() -> None:
    asked: list[tuple[int, ...]] = []

    def total(numbers: tuple[int, ...]) -> int:
        asked.append(numbers)
        return sum(numbers)

    remembered = keep_last(total)
    one, equal = tuple(range(3)), tuple(range(3))
    assert [remembered(one), remembered(one), remembered(equal)] == [3, 3, 3]
    assert len(asked) == 2
