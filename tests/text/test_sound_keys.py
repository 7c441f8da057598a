"""The sounds under which words of names are looked up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mithaq.text.sound_keys import sound_keys


@pytest.mark.parametrize(
    ("latin", "arabic"),
    [
        ("Seghrouchni", "السغروشني"),
        ("Vallet", "فاليه"),
        ("Schillaci", "سكيلاتشي"),
        ("Ousmane", "عثمان"),
        ("Jansen", "يانسن"),
        ("Alaboud", "العبود"),
        ("Dziri", "دزيري"),
    ],
)
def test_two_spellings_share_a_sound(latin: str, arabic: str) -> None:
    assert set(sound_keys(latin)) & set(sound_keys(arabic))


def test_vowels_alone_have_no_sound() -> None:
    assert sound_keys("Aya") == sound_keys("آية") == ()


@given(st.text(max_size=30))
def test_the_sounds_are_few_and_different(word: str) -> None:
    keys = sound_keys(word)
    assert len(keys) == len(set(keys)) <= 4
    assert all(keys)
