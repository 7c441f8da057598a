"""Marks and invisible controls are known as such; digits of three systems read the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mithaq.text.characters import has_arabic, is_decoration, split_scripts, strip_marks, western_digits


@pytest.mark.parametrize(("text", "bare"), [("مُحَمَّد", "محمد"), ("الاتـــصالات", "الاتصالات"), ("a\u200fb\u00ad", "ab"), ("été", "été")])
def test_marks_go_and_letters_stay(text: str, bare: str) -> None:
    assert strip_marks(text) == bare


@pytest.mark.parametrize(("text", "western"), [("٩٧٫٥", "97.5"), ("۱۲۳", "123"), ("٤٬٥٠٠", "4,500"), ("2026", "2026")])
def test_digits_read_the_same(text: str, western: str) -> None:
    assert western_digits(text) == western


def test_scripts_are_counted_letter_by_letter() -> None:
    assert split_scripts("وقّع ITU 2026 é") == (["وق", "ع"], ["ITU", "é"])
    assert has_arabic("ITU و")
    assert not has_arabic("ITU ،")


@given(st.text(max_size=60))
def test_stripping_leaves_no_mark_and_only_takes_marks(text: str) -> None:
    bare = strip_marks(text)
    assert not any(is_decoration(c) for c in bare)
    assert bare == "".join(c for c in text if not is_decoration(c))


@given(st.text(max_size=60))
def test_digits_keep_the_length_of_the_text(text: str) -> None:
    assert len(western_digits(text)) == len(text)
