"""What is glued to Arabic words is seen, and what only looks like it is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mithaq.text.clitics import (
    and_length,
    begins_with_to,
    cut_endings,
    gives_reason,
    has_and_before_article,
    has_article,
    has_particle_before_article,
    is_before_noun,
    is_detached_particle,
    is_filiation,
    is_relative_adjective,
    is_servant,
    joins,
    repeats_particle,
    restore_article,
)

ARABIC = st.text("ابتثجحخدرزسشصضطعغفقكلمنهويةىءأإ\u064b\u0651\u0640", min_size=1, max_size=12)


@pytest.mark.parametrize(
    "form", ["الوزارة", "والوزارة", "بالوزارة", "وبالوزارة", "للوزارة", "وللوزارة", "كالوزارة", "والحد", "الإدارة", "وَالوَزارة"]
)
def test_the_article_is_seen_after_clitics(form: str) -> None:
    assert has_article(form)


@pytest.mark.parametrize("form", ["وكالة", "وكالات", "وزارة", "والد", "فعال", "بلال", "كامل", "لجنة", "ألمانية", "إلكترونية"])
def test_words_that_hold_the_letters_of_the_article_have_none(form: str) -> None:
    assert not has_article(form)


@pytest.mark.parametrize(("form", "bare"), [("للبنك", "البنك"), ("وللبنك", "البنك"), ("بنك", "بنك")])
def test_a_swallowed_article_comes_back(form: str, bare: str) -> None:
    assert restore_article(form) == bare


def test_an_article_swallowed_before_lam_comes_back_before_it() -> None:
    assert restore_article("للجنة الاقتصادية", "لجنة") == restore_article("وللجنة الاقتصادية", "لجنة") == "اللجنة الاقتصادية"


def test_particles_are_told_from_words() -> None:
    assert is_detached_particle("ل") and is_detached_particle("بـ") and not is_detached_particle("لم")
    assert has_particle_before_article("وبالاقتصاد") and not has_particle_before_article("والاقتصاد")
    assert has_and_before_article("والاقتصاد") and not has_and_before_article("وبالاقتصاد")
    assert begins_with_to("لتنمية") and not begins_with_to("تنمية")
    assert joins("وهدى") and not joins("هدى") and not joins("و")


def test_words_of_names() -> None:
    assert all(map(is_filiation, ["بن", "ولد", "منت", "بِن"])) and not is_filiation("بين")
    assert is_servant("عبد") and not is_servant("عبيد")
    assert is_relative_adjective("رقميه") and not is_relative_adjective("نمو")


@pytest.mark.parametrize(("key", "stem"), [("مشاريعهما", "مشاريع"), ("وزاراتها", "وزار"), ("مدرسته", "مدرس")])
def test_endings_are_cut(key: str, stem: str) -> None:
    assert stem in cut_endings(key)


def test_a_second_object_of_one_verb_repeats_its_particle() -> None:
    assert repeats_particle("وعلى", ["على", "المذكرة"])
    assert repeats_particle("وبالمشروع", ["بالتعاون"])
    assert not repeats_particle("وعلى", ["في", "المذكرة"])
    assert not repeats_particle("على", ["على"])


@given(ARABIC)
def test_stems_are_beginnings_of_their_words(key: str) -> None:
    for stem in cut_endings(key):
        assert len(stem) >= 3
        assert key.startswith((stem, stem[:-1]))


@given(ARABIC)
def test_a_joining_letter_takes_its_vowels_with_it(form: str) -> None:
    cut = form[and_length(form) :]
    assert 1 <= and_length(form) <= len(form)
    assert not cut or cut[0] not in "\u064b\u0651\u0640"


def test_a_preposition_stands_before_a_noun_and_fa_with_the_article_gives_a_reason() -> None:
    assert is_before_noun("من") and is_before_noun("إلى") and not is_before_noun("إن")
    assert gives_reason("فالمدينة") and not gives_reason("فالح") and not gives_reason("المدينة")
