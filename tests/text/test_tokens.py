"""Tokens are the text's own characters at the text's own places, in three languages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mithaq.text.tokens import split_tokens


def forms(text: str) -> list[str]:
    return [token.form for token in split_tokens(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("وقّع المغرب، وعُمان.", ["وقّع", "المغرب", "،", "وعُمان", "."]),
        ("l’accord d'Égypte", ["l’", "accord", "d'", "Égypte"]),
        ("jusqu'au 3,2 %", ["jusqu'", "au", "3,2", "%"]),
        ("Kenya’s U.S. MoU", ["Kenya", "’s", "U.S.", "MoU"]),
        ("e& AT&T co-op", ["e", "&", "AT&T", "co-op"]),
        ("97,5 و٩٧٫٥ و4.500.000", ["97,5", "و", "٩٧٫٥", "و", "4.500.000"]),
        ("l'OIF", ["l'", "OIF"]),
        ("(AMDIE)", ["(", "AMDIE", ")"]),
    ],
)
def test_words_numbers_and_marks(text: str, expected: list[str]) -> None:
    assert forms(text) == expected


@pytest.mark.parametrize(("text", "kind"), [("الغابون", "word"), ("Rabat", "word"), ("٢٠٢٦", "number"), ("2,5", "number"), ("«", "mark")])
def test_each_token_knows_what_it_is(text: str, kind: str) -> None:
    (token,) = split_tokens(text)
    assert (token.kind, token.form, token.start, token.end) == (kind, text, 0, len(text))


def test_keys_are_comparable_and_marks_stand_for_themselves() -> None:
    assert [token.key for token in split_tokens("المذكّرة، ÉTAT")] == ["مذكره", "،", "etat"]


def test_a_part_of_a_text_keeps_the_offsets_of_the_whole() -> None:
    text = "Rabat et Mascate"
    assert [(t.form, t.start) for t in split_tokens(text, 6)] == [("et", 6), ("Mascate", 9)]
    assert [(t.form, t.start) for t in split_tokens(text, 0, 8)] == [("Rabat", 0), ("et", 6)]


LETTERS = st.text("ابتالمغربوعدةىإأًّـ abcéœÀUSD.,،؛'’\"-–&%$€()0123٤٥٫٬\n\t\u200f\u00a0«»/#", max_size=80)


@given(st.one_of(LETTERS, st.text(max_size=40)))
def test_tokens_are_verbatim_and_never_overlap(text: str) -> None:
    tokens = split_tokens(text)
    end = 0
    for token in tokens:
        assert token.start >= end
        assert token.end > token.start
        assert text[token.start : token.end] == token.form
        end = token.end


@given(LETTERS)
def test_every_visible_character_lies_in_a_token(text: str) -> None:
    covered = {i for token in split_tokens(text) for i in range(token.start, token.end)}
    left = [c for i, c in enumerate(text) if i not in covered and not c.isspace() and c not in "\u200f\u0640\u064b\u0651"]
    assert left == []


@given(LETTERS, st.integers(0, 80), st.integers(0, 80))
def test_tokens_stay_within_the_stretch_asked_for(text: str, a: int, b: int) -> None:
    start, end = sorted((min(a, len(text)), min(b, len(text))))
    assert all(start <= token.start and token.end <= end for token in split_tokens(text, start, end))


def test_invisible_characters_make_no_token_of_their_own() -> None:
    assert forms("\u200fالمغرب\u200f و\u200eعمان") == ["المغرب\u200f", "و\u200eعمان"]
    assert forms("\ufeffRabat \u200b") == ["Rabat"]
