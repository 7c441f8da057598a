"""What all learning shares: which pages teach, stories that are never split, and the form of model files."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluate.reference import ROOT
from mithaq.errors import InputError
from mithaq.evaluate.gold import read_split
from mithaq.evaluate.learning import PLAN, Plan, Reader, choose_pages, encode_model, leave_out, read_plans, story_of


def test_pages_of_a_plan_are_those_of_its_splits_without_those_left_out() -> None:
    every = {page.name for page in choose_pages(ROOT, Plan(splits=("train", "dev")))}
    fewer = {page.name for page in choose_pages(ROOT, Plan(splits=("train", "dev"), but=("jo-mr-*",)))}
    assert every - fewer == {name for name in every if name.startswith("jo-mr-")} != set()


def test_the_test_split_teaches_nothing() -> None:
    with pytest.raises(InputError, match="train and dev alone"):
        choose_pages(ROOT, Plan(splits=("train", "test")))


def test_a_pattern_that_fits_no_page_is_named() -> None:
    with pytest.raises(InputError, match=r"'zz-\*' fits no page"):
        choose_pages(ROOT, Plan(splits=("dev",), but=("zz-*",)))


def test_a_plan_of_another_form_is_named(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / PLAN).write_text(json.dumps({"events": {"split": ["train"]}}), "utf-8")
    with pytest.raises(InputError, match=r"models\.json.*split"):
        read_plans(tmp_path)


@given(st.lists(st.sampled_from(("", "a-01", "jo-mr-01", "jo-mr-02", "b", "c")), max_size=12), st.integers(1, 8))
def test_no_story_is_learned_from_while_it_is_judged(names: list[str], folds: int) -> None:
    judged: list[str] = []
    for learned_from, held in leave_out(names, story_of, folds):
        assert not {story_of(n) for n in learned_from} & {story_of(n) for n in held}
        judged += held
    assert sorted(judged) == sorted(name for name in names if name)


@given(st.dictionaries(st.text(), st.dictionaries(st.text(), st.floats(allow_nan=False, allow_infinity=False) | st.lists(st.integers()))))
def test_model_files_give_back_what_was_written(model: dict[str, dict[str, float | list[int]]]) -> None:
    assert msgspec.json.decode(encode_model(model)) == json.loads(json.dumps(model))


def test_learning_sees_a_page_as_reading_does_before_its_happenings_are_read() -> None:
    reader = Reader(ROOT)
    page = read_split(ROOT, "dev")[0]
    before, after = reader.names(page), reader.layers(page)
    assert (before.events, before.pairs, before.statements) == ((), (), ())
    assert after.events and [p.name for p in before.people] == [p.name for p in after.people]
    reader.forget()
    assert reader.names(page) is not before
