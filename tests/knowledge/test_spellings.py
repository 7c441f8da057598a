"""The list of well-known names from which spellings are learned: every line has both scripts, and no name stands there twice."""

from __future__ import annotations

import re
from collections import Counter

from mithaq.lexicon.load import packaged_knowledge

LINES = (packaged_knowledge() / "wordlists" / "names" / "spellings.txt").read_text("utf-8").splitlines()
LATIN = re.compile("[A-Za-zÀ-žİıƏəȘ-ț' ,-]+")
ARABIC = re.compile("[\u0621-\u064a ,]+")
NAMES = [line for line in LINES if line and not line.startswith("#")]


def test_every_line_has_latin_names_and_arabic_ones() -> None:
    wrong = []
    for line in NAMES:
        latin, _, arabic = line.partition(" = ")
        if not LATIN.fullmatch(latin) or not ARABIC.fullmatch(arabic):
            wrong.append(line)
    assert wrong == []


def test_no_line_stands_twice() -> None:
    assert [line for line, times in Counter(NAMES).items() if times > 1] == []


def test_there_are_enough_to_learn_from() -> None:
    assert len(NAMES) >= 1500
