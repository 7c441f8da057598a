"""What the form of a word tells about future, place and definiteness."""

import pytest

from mithaq.text.tense import has_article, is_future, says_in, says_to


@pytest.mark.parametrize(
    ("form", "lang", "expected"),
    [
        ("سيوقع", "ar", True),
        ("وستستضيف", "ar", True),
        ("ستة", "ar", False),
        ("سنة", "ar", False),
        ("ouvrira", "fr", True),
        ("financerait", "fr", True),
        ("Sahara", "fr", False),
        ("caméra", "fr", False),
        ("signed", "en", False),
    ],
)
def test_future_forms(form: str, lang: str, expected: bool) -> None:
    assert is_future(form, lang) is expected


def test_clitics_of_place_and_goal() -> None:
    assert says_in("ب") and says_in("وب") and not says_in("ل")
    assert says_to("ل") and says_to("لل") and not says_to("ب")


@pytest.mark.parametrize(
    ("form", "expected"),
    [("الاتفاقية", True), ("وبالاتفاقية", True), ("للاتفاقية", True), ("اتفاقية", False), ("بعثة", False)],
)
def test_article(form: str, expected: bool) -> None:
    assert has_article(form) is expected
