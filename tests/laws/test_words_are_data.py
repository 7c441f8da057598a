"""Law 8: words are data. No Arabic word and no list of French words in code; letters and their folding (``text/``) are the exception."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from laws.source import PACKAGE, modules, name_of, spoken_strings

# Two letters in a row: a single letter, or a range of letters in a pattern, is no word.
ARABIC_WORD = re.compile("[\u0621-\u064a\u0671-\u06d3]{2}")
FRENCH_LETTER = re.compile("[a-z]*[àâçéèêëîïôûùœ][a-zàâçéèêëîïôûùœ]*", re.IGNORECASE)
FRENCH = """
le la les un une des du de au aux et ou dans sur sous avec pour par entre vers chez sans lors ce cette ces son sa ses leur est sont
ministre pays accord entretien directeur entreprise projet besoin lundi mardi mercredi jeudi vendredi samedi dimanche
janvier mars avril mai juin juillet septembre octobre novembre
"""
FRENCH_WORDS = frozenset(FRENCH.split())
ELSEWHERE = [path for path in modules() if path.parent != PACKAGE / "text"]


@pytest.mark.parametrize("path", ELSEWHERE, ids=name_of)
def test_no_arabic_or_french_words_in_code(path: Path) -> None:
    assert words_in_code(path.read_text("utf-8")) == []


def words_in_code(source: str) -> list[str]:
    """Return the words of a language that stand in a module's strings, each with its line."""
    tree = ast.parse(source)
    found = [
        f"line {s.lineno}: {s.value!r}" for s in spoken_strings(tree) if ARABIC_WORD.search(s.value) or FRENCH_LETTER.search(s.value)
    ]
    for node in ast.walk(tree):
        if isinstance(node, ast.List | ast.Tuple | ast.Set):
            words = {item.value for item in node.elts if isinstance(item, ast.Constant) and isinstance(item.value, str)}
            if len(words & FRENCH_WORDS) >= 3:
                found.append(f"line {node.lineno}: {sorted(words)!r}")
    phrases = (string for string in spoken_strings(tree) if len(set(string.value.split()) & FRENCH_WORDS) >= 3)
    return found + [f"line {phrase.lineno}: {phrase.value!r}" for phrase in phrases]


WITH_WORDS = (
    'CUES = ("وقّع", "أعلن")',
    'MONTHS = ["janvier", "mars", "avril"]',
    'WORDS = "le la les du".split()',
    'x = {"société": 1}',
    'f("besoin de l’été")',
)
WITHOUT_WORDS = ('"""Reads «وقّع»."""', "x = 1  # «وقّع»", 'LETTERS = "[\\u0621-\\u064a]"', 'KINDS = ("title", "body", "mention")')


@pytest.mark.parametrize("source", WITH_WORDS)
def test_the_walk_finds_words(source: str) -> None:
    assert words_in_code(source)


@pytest.mark.parametrize("source", WITHOUT_WORDS)
def test_the_walk_passes_over_docstrings_comments_and_letters(source: str) -> None:
    assert words_in_code(source) == []
