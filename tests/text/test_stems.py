"""Families of words meet at one stem, strangers do not, in each of the three languages."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from drawn_documents import patiently
from mithaq.text.arabic import glued_forms, stem_arabic
from mithaq.text.characters import strip_marks
from mithaq.text.english import stem_english
from mithaq.text.fold import fold_letters
from mithaq.text.french import stem_french

ARABIC_FAMILIES = [
    "تعاون التعاون وتعاونهما للتعاون والتعاون تعاونًا بالتعاون",
    "اتفاقية الاتفاقيات اتفاق واتفاقيات باتفاقهما",
    "إلكترونية الإلكتروني والإلكترونيات الالكترونية وإلكتروني",
    "وزارة الوزارة ووزارة وزارات وزارتها والوزارات",
    "شركة شركات شركاتهم الشركة للشركات وشركاتها",
    "عُمان العمانية عماني وعمان",
    "لبنان اللبناني لبنانية ولبنان",
    "رقمي الرقمية ورقمي",
    "وثائق الوثائق والوثائق",
    "وقع وقعت وقّع",
    "روسيا الروسية روسي",
]


@pytest.mark.parametrize("family", ARABIC_FAMILIES)
def test_a_search_for_any_bare_member_finds_the_whole_family(family: str) -> None:
    words = family.split()
    asked = glued_forms(stem_arabic(words[0]))
    assert {stem_arabic(word) for word in words} <= asked
    assert len({stem_arabic(word) for word in words if not word.startswith(("و", "ب"))} | {stem_arabic(words[0])}) == 1


def test_arabic_strangers_stay_apart() -> None:
    strangers = ["وزارة", "زيارة", "برنامج", "اتفاق", "تفاهم", "تعاون", "قطر", "وقع", "لبنان", "بيان"]
    assert len({stem_arabic(word) for word in strangers}) == len(strangers)


def test_a_search_asks_for_glued_forms() -> None:
    assert stem_arabic("بقطر") in glued_forms(stem_arabic("قطر"))
    assert stem_arabic("وقطر") in glued_forms(stem_arabic("قطر"))
    assert stem_arabic("وبتعاون") in glued_forms(stem_arabic("تعاون"))
    assert glued_forms("سل") == {"سل"}


@patiently
@example("ووو")
@example("وووو")
@given(st.text(alphabet="ابتثجحخدذرزسشصضطظعغفقكلمنهويةىأإآؤئء\u064b\u0651ـ", max_size=14))
def test_an_arabic_stem_is_its_own_stem_and_not_shorter_than_three(word: str) -> None:
    stem = stem_arabic(word)
    assert stem_arabic(stem) == stem
    assert len(stem) >= min(3, len(strip_marks(word)))


@pytest.mark.parametrize(
    "family",
    [
        "accord accords",
        "signé signée signés signer",
        "numérique numériques",
        "tunisien tunisienne",
        "gouvernementaux gouvernementale",
        "réseau réseaux",
        "français française françaises",
    ],
)
def test_a_french_family_meets(family: str) -> None:
    assert len({stem_french(word) for word in family.split()}) == 1


@pytest.mark.parametrize(
    "family",
    [
        "agreement agreements", "strategy strategies", "program programme programmes", "sign signs signed signing",
        "launch launches launched", "agree agrees agreed", "MoU MoUs", "plan planned planning", "city cities", "status status",
    ],
)  # fmt: skip
def test_an_english_family_meets(family: str) -> None:
    assert len({stem_english(word) for word in family.split()}) == 1


def test_latin_strangers_stay_apart() -> None:
    assert len({stem_french(word) for word in ("accord", "projet", "pays", "signer", "numérique")}) == 5
    assert len({stem_english(word) for word in ("agreement", "project", "sign", "status", "state")}) == 5


@patiently
@given(st.text(max_size=20))
def test_stemmers_take_any_text(word: str) -> None:
    assert bool(stem_french(word)) == bool(fold_letters(word))
    assert bool(stem_english(word)) == bool(fold_letters(word))


@patiently
@given(st.from_regex(r"[a-zéèêç]{1,12}", fullmatch=True))
def test_case_and_accents_change_no_stem(word: str) -> None:
    bare = word.translate(str.maketrans("éèêç", "eeec"))
    assert stem_french(word.upper()) == stem_french(bare)
    assert stem_english(word.upper()) == stem_english(bare)


def test_a_letter_held_down_breaks_nothing() -> None:
    assert stem_arabic("و" * 5000 + "تعاون") == stem_arabic("تعاون")
