"""Review in a real browser, by keyboard alone; words chosen in a page of emoji, ligatures and turning marks become exactly those words."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from e2e.browser import CHROMIUM, Browser
from e2e.test_site import NAMELESS, UNREADABLE, served
from made_documents import make_document, quote
from mithaq.ingest import DATABASE
from mithaq.model import Statement
from mithaq.model.vocabulary import Language
from mithaq.store import Capture, MadeBy, open_store
from mithaq.workspace import open_workspace

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine; install it to see the pages as a reader does")

# Letters outside the first plane, marks that turn the line, a ligature of one code point, letters with marks, blanks of every sort.
WORDS = "\u202e😀👩\u200d💻 مُحَمَّد ﷺ\u00a0ﻻ 97.5%\nقالت"
# Chooses words wherever they stand, across the stretches into which facts cut the text.
CHOOSE = """(() => {
  const text = document.querySelector('[data-text]'), walk = document.createTreeWalker(text, NodeFilter.SHOW_TEXT), words = 'WORDS';
  const start = text.textContent.indexOf(words), range = document.createRange();
  let at = 0;
  while (walk.nextNode()) {
    const node = walk.currentNode, from = start - at, to = start + words.length - at;
    if (from >= 0 && from < node.length) range.setStart(node, from);
    if (to > 0 && to <= node.length) range.setEnd(node, to);
    at += node.length;
  }
  getSelection().removeAllRanges(); getSelection().addRange(range) })()"""
BODY = f"{WORDS} <script>window.ran=1</script> إن جيبوتي تحتاج إلى كابلات.\nnext line"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with Browser() as running:
        yield running


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "workspace"
    open_workspace(root).close()
    with open_store(root / DATABASE) as store:
        for number in (1, 2):
            text = make_document(f"صفحة {number} 😀", BODY).text
            need = Statement(kind="need", evidence=quote(text, "تحتاج إلى كابلات"), why="rule 0.52")
            told = {"lang": "ar", "path": f"{number}.txt", "relevant": True, "relevance": 1.0}
            document = make_document(f"صفحة {number} 😀", BODY, statements=(need,), **told)
            store.put(document, Capture(hash=str(number), file="f", added="2026-01-01T00:00:00+00:00"), MadeBy("1", "2"))
    return root


@pytest.fixture
def base(root: Path) -> Iterator[str]:
    yield from served(root)


def settle(browser: Browser, change: str, said: str) -> None:
    """Do something that leads to another page, and wait until a script of it says so."""
    browser.run(f"window.waits = 1; {change}") if change else None
    until = time.monotonic() + 10
    listens = "!window.waits && document.readyState === 'complete' && document.querySelector('[data-keys]')?.hidden === false"
    while time.monotonic() < until:
        try:
            if browser.run(f"{listens} && !!({said})"):
                return
        except AssertionError:  # between two pages there is none to ask
            pass
        time.sleep(0.05)
    raise AssertionError(f"never: {said}; at {browser.run('location.href')}")


def press(browser: Browser, key: str, said: str) -> None:
    browser.run("window.waits = 1")
    browser.press(key, ord(key.upper()), key)
    settle(browser, "", said)


@pytest.mark.parametrize(("lang", "width"), [("ar", 1280), ("fr", 390)])
def test_a_sitting_by_keyboard_alone(browser: Browser, base: str, root: Path, lang: Language, width: int) -> None:
    browser.open(f"{base}/review?what=statements&lang={lang}", width, dark=lang == "fr")
    press(browser, "s", "location.pathname.startsWith('/review/fact/')")
    assert browser.run("document.documentElement.scrollWidth") <= width
    assert browser.run(UNREADABLE) == [] and browser.run(NAMELESS) == []
    here = "document.querySelector('.in-view .is-here').getBoundingClientRect()"
    frame = "document.querySelector('.in-view').getBoundingClientRect()"
    assert browser.run(f"{here}.top >= {frame}.top && {here}.bottom <= {frame}.bottom")
    first = browser.run("location.pathname")
    browser.press("w", 87, "w")
    assert browser.run("document.activeElement.name") == "why"
    for letter in "sure":
        browser.press(letter, ord(letter.upper()), letter)
    browser.press("Escape", 27)
    press(browser, "a", f"document.querySelector('.led') && location.pathname !== {first!r}")
    second = browser.run("location.pathname")
    press(browser, "r", "location.pathname === '/review'")
    with open_store(root / DATABASE) as store:
        assert [(k.judgement.verb, k.judgement.why) for k in store.judgements()] == [("accept", "sure"), ("reject", "")]
    browser.open(f"{base}{second}?lang={lang}&said=2", width)
    press(browser, "z", "document.querySelector('.led')")
    browser.press("c", 67, "c")
    assert browser.run("document.activeElement.name") == "f-kind"
    assert browser.messages == []


def test_chosen_words_become_a_fact_of_exactly_these_words(browser: Browser, base: str, root: Path) -> None:
    with open_store(root / DATABASE) as store:
        document = next(iter(store.documents()))
    browser.open(f"{base}/document/{document.id}/add?lang=ar&as=statements")
    assert browser.run("document.querySelector('[data-text]').textContent") == document.text
    for words in ("مُحَمَّد ﷺ\u00a0ﻻ", "👩\u200d💻 مُ", "97.5%\nقالت", "<script>window.ran=1</script> إن"):
        browser.open(f"{base}/document/{document.id}/add?lang=ar&as=statements")
        written = words.replace("\n", "\\n")
        browser.run(CHOOSE.replace("WORDS", written))
        time.sleep(0.2)
        press(browser, "m", "document.querySelector('[name=quote]')")
        start, end = map(int, re.findall(r"at=(\d+)-(\d+)", browser.run("location.search"))[0])
        assert document.text[start:end] == words
        browser.run("document.querySelector('[name=f-kind]').value = 'offer'")
        settle(browser, "document.querySelector('[value=add]').click()", "location.pathname.startsWith('/review/fact/')")
    with open_store(root / DATABASE) as store:
        found = [s.evidence.quote for s in store.document(document.id).statements if s.kind == "offer"]
    assert sorted(found) == sorted(["مُحَمَّد ﷺ\u00a0ﻻ", "👩\u200d💻 مُ", "97.5%\nقالت", "<script>window.ran=1</script> إن"])
    assert browser.run("window.ran") is None and browser.messages == []
