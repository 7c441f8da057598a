"""Reasons in three languages: every reason that reading a page can give is known by its kind."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import mithaq
from mithaq.model.vocabulary import LANGUAGES, Language
from mithaq.web import adding
from mithaq.web.reasons import KINDS, kind_of, tell_reason
from mithaq.web.speech import speech

ROOT = Path(mithaq.__file__).parent


def printed(node: ast.expr) -> str:
    """Return the words of a message; what is filled in is "this"."""
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "7" for part in node.values)
    return str(node.value) if isinstance(node, ast.Constant) else ""


def reasons() -> list[str]:
    found = []
    for path in (*ROOT.glob("page/*.py"), *ROOT.glob("collect/f*.py")):
        calls = [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)]
        found += [printed(call.args[0]) for call in calls if getattr(call.func, "id", "") in ("InputError", "GoneError") and call.args]
    return [words for words in found if words]


def test_every_reason_is_known() -> None:
    told = reasons()
    assert len(told) > 25
    assert [words for words in told if kind_of(words) is None] == []
    assert kind_of(adding._UNCLEAR) == "several"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_kind_has_words(lang: Language) -> None:
    assert all(speech(lang).text(f"reason.{kind}") for kind in KINDS)
    assert tell_reason("the page is empty; capture it again", speech(lang)) != "" == tell_reason("something new", speech(lang))


@pytest.mark.parametrize(
    ("reason", "kind"),
    [
        ("the page is empty; capture it again", "empty"),
        ("https://a.example/x: there is no such page (404); check the address, or look for the page in a web archive", "gone"),
        ("this is a PDF, not a page; save its text", "not_a_page"),
        ("3,000,000 characters of HTML are no news page (at most 2,000,000); save the article", "too_large"),
        ("KeyError: 'x' (a fault of mithaq: please report it with this page)", "fault"),
    ],
)
def test_reasons_are_told_by_kind(reason: str, kind: str) -> None:
    assert kind_of(reason) == kind
