"""The words of the served pages: none missing in any language, none idle, plurals as each language counts."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest
from babel import Locale
from starlette.testclient import TestClient

import mithaq
from mithaq.errors import QuestionError
from mithaq.export.messages import load_catalogue
from mithaq.model.vocabulary import LANGUAGES, Language
from mithaq.web.front import MEASURED
from mithaq.web.show import PLACES
from mithaq.web.speech import load_words, read_accepted, speech

WEB = Path(mithaq.__file__).parent / "web"
_CALL = re.compile(r"""\b(?:text|template|count|t|tn)\(\s*f?['"]([a-z_]+\.[a-z_.]*)['"{]""")
_PASSED = re.compile(r"""'((?:label|empty|list|[a-z]+)\.[a-z_.]+)'""")


def names_in(message: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(message) if name}


def forms_of(message: str | dict[str, str]) -> list[str]:
    return [message] if isinstance(message, str) else list(message.values())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_message_is_there_with_the_same_names(lang: Language) -> None:
    english, other = load_words("en"), load_words(lang)
    assert list(other) == list(english)
    for key, message in other.items():
        wanted = set.union(*(names_in(form) for form in forms_of(english[key])))
        assert all(names_in(form) <= wanted and wanted - names_in(form) <= {"n"} for form in forms_of(message)), key
        assert all(form.strip() for form in forms_of(message)), key


@pytest.mark.parametrize("lang", LANGUAGES)
def test_plurals_have_every_form_and_no_message_hides_one_of_the_files(lang: Language) -> None:
    tags = {*Locale.parse(lang).plural_form.tags, "other"} - ({"many"} if lang == "fr" else set())
    for key, message in load_words(lang).items():
        if isinstance(message, dict):
            assert tags <= set(message), key
    assert not set(load_words(lang)) & set(load_catalogue(lang))


def test_templates_ask_only_for_messages_that_exist_and_none_is_idle() -> None:
    sources = [*WEB.glob("*.py"), *WEB.glob("templates/*")]
    text = "\n".join(source.read_text("utf-8") for source in sources)
    asked = set(_CALL.findall(text))
    ours, all_known = set(load_words("en")), set(load_words("en")) | set(load_catalogue("en"))
    assert {key for key in asked if not key.endswith((".", "_"))} <= all_known
    passed = set(_PASSED.findall(text))
    families = tuple(key for key in asked if key.endswith((".", "_")))
    assert {key for key in ours - asked - passed if not key.startswith(families)} == set()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_messages_made_of_names_exist(lang: Language) -> None:
    words = load_words(lang)
    assert {f"place.{name}" for name, _, _ in PLACES} <= set(words)
    assert {f"measured.{name}" for name in MEASURED} <= set(words)
    assert speech(lang).text("language.name")


def test_keys_of_the_keyboard_lead_to_one_place_each() -> None:
    keys = [key for _, _, key in PLACES]
    assert len(set(keys)) == len(keys) and not {"g", "j", "k"} & set(keys)


@pytest.mark.parametrize(
    ("header", "lang"),
    [
        ("", "en"), ("fr", "fr"), ("de", "en"), ("ar-MA,ar;q=0.9,fr;q=0.8", "ar"), ("fr;q=0.2, en;q=0.7", "en"), ("AR", "ar"),
        (";;;,,q=", "en"),
    ],
)
def test_what_a_browser_likes_best(header: str, lang: Language) -> None:
    assert read_accepted(header) == lang


@pytest.mark.parametrize(
    ("place", "told"),
    [
        ("/search?q=%21%21", ("لا كلمة للبحث عنها", "Il n’y a aucun mot à chercher")),
        ("/timeline?since=gestern", ("ليس تاريخًا", "n’est pas une date")),
        ("/people?page=0", ("ليس عددًا من 1", "n’est pas un nombre de 1")),
        ("/timeline?country=Qwertzuiop", ("لا بلد ولا منظمة باسم", "Aucun pays ni aucune organisation")),
    ],
)
def test_what_is_wrong_is_said_in_the_language_of_the_page(site: TestClient, place: str, told: tuple[str, str]) -> None:
    for lang, words in zip(("ar", "fr"), told, strict=True):
        text = site.get(f"{place}&lang={lang}").text
        site.cookies.clear()  # which would keep the language for whoever asks next
        assert words in text and not re.search(r"there is no|is not a|is called", text)


def test_an_error_without_a_message_keeps_its_own_words() -> None:
    assert speech("fr").explain(QuestionError("nothing like it")) == "nothing like it"
    assert speech("ar").explain(QuestionError("x", "wrong.date", value="abc")).startswith("\u200f\u2068abc\u2069 ")
