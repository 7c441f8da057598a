"""How fast names are found in fresh pages, beside spaCy's PhraseMatcher with the same names in the same run.

    python -m venv /tmp/spacy && /tmp/spacy/bin/pip install . spacy && /tmp/spacy/bin/python bench/match.py

spaCy is no part of mithaq: it is needed for this comparison alone, best in an environment of its own as above.

Both get the names of the gazetteers (places, nationalities, organisations, agencies and outlets) in every form that the lexicon knows, one
matcher a language, and every page of the corpus once, after the pages of the demonstration to warm up: no page is read twice by either.
Each cuts the text into words in its own way. Two figures a tool: from the text to the matches, which is what a program needs, and the
search alone, words cut before. PhraseMatcher compares words letter by letter, its quickest setting; mithaq also finds names behind glued
particles and in other spellings.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import mithaq
from mithaq.lexicon import Lexicon, load_lexicon
from mithaq.text.language import find_language
from mithaq.text.tokens import split_tokens

NAMES = ("place.", "body.known", "outlet.")
SIZE = 5 * 1024  # bytes of UTF-8
GOAL = 1.0  # times as fast as the peer
INSTALL = "python -m venv /tmp/spacy && /tmp/spacy/bin/pip install . spacy"


class Page(NamedTuple):
    """A page and its language."""

    text: str
    lang: str


class Tool(NamedTuple):
    """A way to find names: cut a page into words, find the names among them."""

    name: str
    cut: Callable[[Page], Any]
    find: Callable[[Page, Any], int]


class Taken(NamedTuple):
    """Seconds that cutting and searching took, and how many names were found."""

    cutting: float
    searching: float
    found: int


def read_pages(folder: Path) -> list[Page]:
    """Return the pages of a folder whose language is known."""
    texts = [file.read_text("utf-8") for file in sorted(folder.glob("*.txt"))]
    return [Page(text, lang) for text in texts if (lang := find_language(text)) is not None]


def our_tool(names: Lexicon) -> Tool:
    """Return mithaq's own matching of the names."""

    def find(page: Page, tokens: Any) -> int:
        return len(names.find(tokens, page.lang, page.text))

    return Tool("mithaq", lambda page: split_tokens(page.text), find)


def peer_tool(names: Lexicon, langs: Sequence[str]) -> Tool:
    """Return spaCy's PhraseMatcher with the same names, one a language; raises ImportError where spaCy is not installed."""
    import spacy
    from spacy.matcher import PhraseMatcher

    blank = {lang: spacy.blank(lang) for lang in langs}
    matchers = {lang: PhraseMatcher(blank[lang].vocab) for lang in langs}
    for lang in langs:
        forms = sorted({form for entry in names.entries if entry.lang == lang for form in entry.forms})
        matchers[lang].add("name", [blank[lang].make_doc(form) for form in forms])

    def cut(page: Page) -> Any:
        return blank[page.lang].make_doc(page.text)

    return Tool(f"spaCy {spacy.__version__}", cut, lambda page, doc: len(matchers[page.lang](doc)))


def measure(tool: Tool, pages: Sequence[Page]) -> Taken:
    """Return what one pass over the pages takes, in seconds of processor time."""
    began = time.process_time()
    cut = [tool.cut(page) for page in pages]
    between = time.process_time()
    found = sum(tool.find(page, words) for page, words in zip(pages, cut, strict=True))
    return Taken(between - began, time.process_time() - between, found)


def main() -> int:
    """Measure, print, and fail below the goal; leave with 2 where the peer is not installed."""
    root = Path(__file__).resolve().parents[1]
    warm, fresh = read_pages(Path(mithaq.__file__).parent / "knowledge" / "demo"), read_pages(root / "corpus" / "pages")
    langs = sorted({page.lang for page in (*warm, *fresh)})
    names = Lexicon(entry for entry in load_lexicon().entries if entry.kind.startswith(NAMES))
    try:
        tools = (our_tool(names), peer_tool(names, langs))
    except ImportError:
        print(f"spaCy is not installed here, and only this comparison needs it:\n    {INSTALL}", file=sys.stderr)
        return 2
    count = sum(len(entry.forms) for entry in names.entries)
    size = sum(len(page.text.encode()) for page in fresh) / SIZE
    print(f"{count} forms of names in {len(langs)} languages; {len(fresh)} fresh pages, {size:.0f} times 5 KB; one core")
    rates = []
    for tool in tools:
        measure(tool, warm)
        taken = measure(tool, fresh)
        rates.append(size / (taken.cutting + taken.searching))
        alone = size / taken.searching
        print(f"{tool.name:12} text to names {rates[-1]:6.0f} pages/s   search alone {alone:6.0f} pages/s   {taken.found} found")
    ratio = rates[0] / rates[1]
    print(f"mithaq is {ratio:.2f} times as fast as the peer from text to names (goal: {GOAL})")
    return 0 if ratio >= GOAL else 1


if __name__ == "__main__":
    sys.exit(main())
