"""How alike two names are: marks, articles and small words set aside, look-alikes kept apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mithaq.text.likeness import comparable, likeness, same_name, share_in_common, stands_in

NAMES = st.lists(st.sampled_from(["سلمى", "الورغي", "بن", "محمّد", "Koumaglo", "Afi", "de", "ministère", "2030"]), max_size=4).map(" ".join)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("أحمد بن عليّ", "احمد علي"),
        ("الوكالة الوطنية", "وكالة وطنية"),
        ("Agence de l’État", "agence etat"),
        ("Liliane Koumba", "LILIANE KOUMBA"),
        ("سلمى الورغي", "سلمى بنت صالح الورغي"),
        ("Sekou Tamboura", "Sékou Tambura"),
    ],
)
def test_the_same_name(a: str, b: str) -> None:
    assert same_name(a, b)


@pytest.mark.parametrize(("a", "b"), [("أحمد علي", "سعاد محمود"), ("وزارة العدل", None), ("", "x"), ("Amadou", "Aminata")])
def test_other_names(a: str | None, b: str | None) -> None:
    assert not same_name(a, b)


def test_look_alikes_are_no_candidates() -> None:
    assert likeness("وزارة العدل", "وزارة العمل", 0.5) == 0.0
    assert likeness("صالح الورغي", "سلمى صالح الورغي", 0.5) == 0.0  # the father inside the daughter's name
    assert likeness("سلمى الورغي", "سلمى صالح الورغي", 0.5) > 0.0
    assert likeness("سلمى الورغي", "سلمي الورغى", 0.5) == 3.0
    assert likeness("!", "Afi", 0.0) == 0.0


def test_small_words_alone_are_kept() -> None:
    assert comparable("de la") == ("de", "la")
    assert comparable("…") == ()


@given(NAMES, NAMES)
def test_likeness_and_sameness_agree(a: str, b: str) -> None:
    if a and b and likeness(a, b, 0.86) > 0:
        assert same_name(a, b)


@given(NAMES)
def test_a_name_is_like_itself(name: str) -> None:
    assert same_name(name, name) == bool(name)
    assert likeness(name, name, 0.86) == 3.0


@pytest.mark.parametrize(
    ("name", "text", "stands"),
    [
        ("المنتدى", "مدير للمنتدى", True),
        ("اللجنة", "عضو للجنة", True),
        ("المنتدى", "في المنتدى الرقمي", True),
        ("تونس", "وبتونس", True),
        ("الرئيس", "الصفحة الرئيسية", False),
        ("Agence", "Agences", False),
        ("Agence", "l’Agence.", True),
    ],
)
def test_a_name_stands_in_a_text_as_a_whole_word(name: str, text: str, stands: bool) -> None:
    assert stands_in(name, text) is stands


def test_the_share_in_common_is_that_of_the_smaller_side() -> None:
    assert share_in_common(("a", "b"), ("b", "c", "d")) == 0.5 == share_in_common(("b", "c", "d"), ("a", "b"))
    assert share_in_common(("a", "a"), ("a",)) == 1.0
    assert share_in_common((), ("a",)) == 0.0
