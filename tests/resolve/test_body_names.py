"""One body under several names."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mithaq.resolve.names import body_keys, compare_body_names

NAMES = st.text(alphabet=st.sampled_from("ابتثجحخدرزسعلمنهويةأبcdehGHlo'-éà. \u064b"), max_size=24)


def test_a_name_told_shorter_contradicts_nothing() -> None:
    found = compare_body_names("هيئة الواحات الرقمية", "هيئة الواحات")
    assert (found.contradiction, found.shared) == (0.0, 1.0)
    assert set(body_keys("هيئة الواحات الرقمية")) & set(body_keys("هيئة الواحات"))


@given(NAMES, NAMES)
def test_it_does_not_matter_which_name_comes_first(a: str, b: str) -> None:
    assert compare_body_names(a, b) == compare_body_names(b, a)


@given(NAMES)
def test_a_name_is_the_same_as_itself(name: str) -> None:
    assert compare_body_names(name, name).same == 1.0
    assert body_keys(name, "ar", "MA") == body_keys(name, "ar", "MA")


def test_a_word_told_twice_is_paired_with_itself() -> None:
    twice = [key for key in body_keys("هيئة الاتصالات للاتصالات") if "+" in key and len(set(key.lstrip("~").split("+"))) == 1]
    assert twice, body_keys("هيئة الاتصالات للاتصالات")
