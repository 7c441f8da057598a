"""Sentences end where a reader would end them, however lines are broken, and nothing between them is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mithaq.text.sentences import split_sentences


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("وقع الوزير. غادر الوفد.", ["وقع الوزير.", "غادر الوفد."]),
        ("هل وقع؟ نعم!", ["هل وقع؟", "نعم!"]),
        ("Il a dit : « Oui. » Puis il partit.", ["Il a dit : « Oui.", "» Puis il partit."]),
        ('She said "yes." Then she left.', ['She said "yes."', "Then she left."]),
        ("بلغ 97.5 في المئة. شكرا", ["بلغ 97.5 في المئة.", "شكرا"]),
        ("Title\n\nBody here.", ["Title", "Body here."]),
        ("انتظر… ثم وقع", ["انتظر…", "ثم وقع"]),
    ],
)
def test_marks_and_blank_lines_end_sentences(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "M. Diallo a signé.", "Mme. Sow et Dr. Ba sont là.", "The U.S. side agreed.", "استقبل د. سعيد الوفد.", "حضر أ.د. سعيد اللقاء.",
        "The minister, dr. Hala Nour, met engr. Sule Bello.", "Shared systems (viz. Wasl) were shown.", "S.E.M. Ba a reçu le Lt. Col. Sy.",
    ],
)  # fmt: skip
def test_short_words_with_a_stop_end_no_sentence(text: str) -> None:
    assert sentences(text) == [text]


def test_a_wrapped_line_goes_on_and_a_short_one_does_not() -> None:
    wrapped = "وقعت الوكالة اتفاقية لتكوين المهندسين في مجال أمن\nالشبكات والأنظمة."
    assert sentences(wrapped) == [wrapped]
    assert sentences("قراءة أخرى\nوقعت الوكالة اتفاقية.") == ["قراءة أخرى", "وقعت الوكالة اتفاقية."]


def test_a_list_is_not_run_together() -> None:
    text = "تتضمن المذكرة ثلاثة محاور كبرى تهم القطاع الرقمي كله\n- التكوين\n- البحث"
    assert len(sentences(text)) == 3


def test_only_the_stretch_asked_for_is_split() -> None:
    text = "One. Two. Three."
    assert [text[a:b] for a, b in split_sentences(text, 5, 9)] == ["Two."]
    assert split_sentences(text, 4, 5) == []


TEXTS = st.text('ابتو عدM.D؟!…\n\n"») abcde12-•', max_size=200)


@given(TEXTS, st.integers(0, 200), st.integers(0, 200))
def test_sentences_lie_in_order_and_lose_nothing_but_white_space(text: str, a: int, b: int) -> None:
    start, end = sorted((min(a, len(text)), min(b, len(text))))
    position = start
    for first, last in split_sentences(text, start, end):
        assert position <= first < last <= end
        assert text[position:first].strip() == ""
        assert text[first:last] == text[first:last].strip()
        position = last
    assert text[position:end].strip() == ""
