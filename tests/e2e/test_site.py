"""The served site in a real browser: every page fits, reads well by day and by night, obeys the keyboard, and nothing hostile runs."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn

from e2e.browser import CHROMIUM, Browser
from e2e.test_pages import TOO_WIDE
from made_documents import make_document, quote
from mithaq.export.public import pack_public
from mithaq.ingest import DATABASE
from mithaq.model import Person
from mithaq.model.vocabulary import Language
from mithaq.store import Capture, MadeBy, open_store
from mithaq.web.app import make_app
from mithaq.web.publishing import publish
from mithaq.web.serve import listen
from mithaq.workspace import open_workspace

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine; install it to see the pages as a reader does")

PLACES = ("/", "/search?q=%D8%AA%D8%B9%D8%A7%D9%88%D9%86", "/timeline", "/pairs", "/threads", "/ledger?country=MR", "/figures", "/people",
          "/sources", "/quarantine", "/about", "/add", "/country/MR", "/pair/JO/MR", "/api",
          "/graph", "/graph?around=side-JO&who=sides", "/graph/side-JO/side-MR", "/map?country=MR", "/saved")  # fmt: skip
# Every visible text against the first opaque ground beneath it (WCAG 2.2, 1.4.3): four and a half to one, three for large text.
UNREADABLE = """(() => {
  const rgb = c => (c.match(/[\\d.]+/g) || [0, 0, 0, 0]).map(Number);
  const f = v => (v /= 255) <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4;
  const light = ([r, g, b]) => .2126 * f(r) + .7152 * f(g) + .0722 * f(b);
  const up = e => e ? [e, ...up(e.parentElement)] : [];
  const ground = e => up(e).map(x => rgb(getComputedStyle(x).backgroundColor)).find(c => (c[3] ?? 1) === 1) || [255, 255, 255];
  const dim = e => up(e).reduce((o, x) => o * getComputedStyle(x).opacity, 1);
  const wrong = new Set(), walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const e = walk.currentNode.parentElement;
    if (!walk.currentNode.data.trim() || !e.checkVisibility() || e.closest('svg, script, option, .skip, .hidden, dialog')) continue;
    const s = getComputedStyle(e), under = ground(e), o = dim(e), size = parseFloat(s.fontSize);
    const ink = rgb(s.color).slice(0, 3).map((v, i) => v * o + under[i] * (1 - o));
    const [a, b] = [light(ink), light(under)].sort((x, y) => y - x);
    const least = size >= 24 || (size >= 18.66 && s.fontWeight >= 700) ? 3 : 4.5;
    if ((a + .05) / (b + .05) < least) wrong.add(e.className + ': ' + e.textContent.slice(0, 40));
  }
  return [...wrong].slice(0, 8) })()"""
NAMELESS = """[...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')]
  .filter(e => e.checkVisibility() && !(e.textContent.trim() || e.getAttribute('aria-label') || e.labels?.length || e.title))
  .map(e => e.outerHTML.slice(0, 90))"""
SELECT = """(() => {
  const text = document.querySelector('[data-text]'), walk = document.createTreeWalker(text, NodeFilter.SHOW_TEXT), words = 'WORDS';
  while (walk.nextNode() && !walk.currentNode.data.includes(words));
  const node = walk.currentNode, at = node.data.indexOf(words), range = document.createRange();
  range.setStart(node, at); range.setEnd(node, at + words.length);
  getSelection().removeAllRanges(); getSelection().addRange(range) })()"""
# Where pages stand that have no address of their own until something was read.
FOUND = (
    ("/threads", r"/thread/t\w+"), ("/timeline", r"/event/h\w+"), ("/people", r"/entity/p\w+"), ("/search?country=JO", r"/document/\w+"),
)


def served(root: Path) -> Iterator[str]:
    """Serve a workspace for as long as a test needs it."""
    listening = listen("127.0.0.1", 0)
    server = uvicorn.Server(uvicorn.Config(make_app(root), log_level="error", lifespan="on"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.should_exit = True
    thread.join()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with Browser() as running:
        yield running


@pytest.fixture(scope="module")
def base(demo_workspace: Path) -> Iterator[str]:
    yield from served(demo_workspace)


def some(browser: Browser, base: str, place: str, pattern: str) -> str:
    browser.open(base + place)
    return str(re.findall(pattern, browser.run("document.documentElement.outerHTML"))[0])


@pytest.mark.slow
@pytest.mark.parametrize(("lang", "width", "dark"), [("ar", 360, False), ("fr", 1280, True), ("ar", 1280, False), ("en", 360, True)])
def test_every_page_fits_and_can_be_read(browser: Browser, base: str, lang: Language, width: int, dark: bool) -> None:
    places = [*PLACES, *(some(browser, base, place, pattern) for place, pattern in FOUND)]
    wrong = []
    for place in places:
        browser.open(f"{base}{place}{'&' if '?' in place else '?'}lang={lang}", width, dark=dark)
        assert browser.run("getComputedStyle(document.body).direction") == ("rtl" if lang == "ar" else "ltr")
        browser.run("document.querySelectorAll('main details').forEach(d => d.open = true)")
        if browser.run("document.documentElement.scrollWidth") > width:
            wrong.append((place, "too wide", browser.run(TOO_WIDE)[:3]))
        wrong += [(place, what, told) for what, told in (("console", browser.messages), ("pale", browser.run(UNREADABLE))) if told]
        wrong += [(place, "nameless", told) for told in browser.run(NAMELESS)]
    assert wrong == []


def test_on_a_phone_the_graph_is_whole_its_sides_are_named_and_the_row_of_parts_shows_where_one_is(browser: Browser, base: str) -> None:
    browser.open(f"{base}/graph?lang=ar", 390)
    assert browser.run("(e => e.scrollWidth <= e.clientWidth + 1)(document.querySelector('.graph .scroll'))")
    label = "getComputedStyle(document.querySelector('.node.side text'))"
    wide = "document.querySelector('.graph svg').getBoundingClientRect().width / 1000"
    assert browser.run(f"parseFloat({label}.fontSize) * {wide}") > 9  # pixels on the screen
    assert browser.run("getComputedStyle(document.querySelector('.node.person text')).display") == "none"
    row = "document.querySelector('.menu ul').getBoundingClientRect()"
    here = "document.querySelector('.menu [aria-current]').getBoundingClientRect()"
    assert browser.run(f"{here}.left >= {row}.left && {here}.right <= {row}.right")


def test_the_keyboard_alone_is_enough(browser: Browser, base: str) -> None:
    browser.open(f"{base}/?lang=en")
    browser.press("/", 191, "/")
    assert browser.run("document.activeElement.id") == "q"
    browser.run("document.activeElement.blur()")
    browser.press("j", 74, "j")
    first = browser.run("document.activeElement.textContent")
    browser.press("j", 74, "j")
    browser.press("k", 75, "k")
    assert first and browser.run("document.activeElement.textContent") == first
    browser.press("?", 191, "?")
    assert browser.run("document.getElementById('keys').open") is True
    browser.press("Escape", 27)
    assert browser.run("document.getElementById('keys').open") is False
    browser.press("g", 71, "g")
    browser.press("l", 76, "l")
    for _ in range(100):
        if browser.run("location.pathname") == "/ledger":
            break
        time.sleep(0.05)
    assert browser.run("location.pathname") == "/ledger"


def open_with_keys(browser: Browser, address: str) -> None:
    """Open a page and wait until its script listens to the keyboard: on a busy machine that may be later than the page."""
    browser.open(address)
    until = time.monotonic() + 10
    listens = f"location.href === {address!r} && document.querySelector('[data-keys]')?.hidden === false"
    while not browser.run(listens) and time.monotonic() < until:
        time.sleep(0.05)


def test_keys_of_one_letter_can_be_switched_off(browser: Browser, base: str) -> None:
    open_with_keys(browser, f"{base}/?lang=en")
    browser.press("?", 191, "?")
    browser.run("document.querySelector('[data-keys] input').click()")
    browser.press("Escape", 27)
    assert browser.run("document.getElementById('keys').open") is False
    for _ in range(2):  # at once, and on the next page
        browser.press("/", 191, "/")
        assert browser.run("document.activeElement.id") != "q"
        open_with_keys(browser, f"{base}/threads?lang=en")
    browser.run("document.querySelector('[data-help]').click()")
    assert browser.run("document.getElementById('keys').open") is True
    browser.run("document.querySelector('[data-keys] input').click()")
    browser.press("Escape", 27)
    assert browser.run("document.getElementById('keys').open") is False
    browser.press("/", 191, "/")
    assert browser.run("document.activeElement.id") == "q"


def test_text_and_facts_show_each_other(browser: Browser, base: str) -> None:
    place = some(browser, base, "/search?country=JO", r"/document/\w+")
    browser.open(f"{base}{place}?lang=ar")
    browser.run("document.querySelector('[data-facts]').focus()")
    lit = browser.run("[...document.querySelectorAll('.facts .lit')].map(e => e.dataset.fact).sort().join(' ')")
    assert lit == browser.run("document.querySelector('[data-facts]').dataset.facts.split(' ').sort().join(' ')") != ""
    browser.run("document.querySelector('[data-fact] .number').focus()")
    assert browser.run("document.querySelectorAll('.text .lit').length") > 0
    over = "[...document.querySelectorAll('[data-facts]')].find(e => e.dataset.facts.includes(' '))"
    hashes = [browser.run(f"({over}.click(), location.hash)") for _ in range(3)]
    assert len(set(hashes)) > 1 and all(h.startswith("#fact-") for h in hashes)


def test_the_graph_obeys_the_arrows_and_lights_what_is_joined(browser: Browser, base: str) -> None:
    browser.open(f"{base}/graph?lang=ar")
    browser.run("document.querySelector('[data-node=side-JO]').focus()")
    lit = browser.run("[...document.querySelectorAll('.edge.lit')].map(e => e.dataset.ends)")
    assert lit and all("side-JO" in ends.split() for ends in lit)
    browser.press("ArrowLeft", 37)
    there = browser.run("document.activeElement.dataset.node")
    assert there and there != "side-JO" and browser.messages == []
    browser.run("document.activeElement.blur()")
    assert browser.run("document.querySelectorAll('.edge.lit, .edge.dim, .node.dim').length") == 0


def test_a_published_site_is_read_and_searched_from_the_disk(browser: Browser, demo_workspace: Path, tmp_path: Path) -> None:
    with open_store(demo_workspace / DATABASE, create=False) as store:
        publish(*pack_public(store), tmp_path / "site")
    start = (tmp_path / "site" / "ar" / "index.html").as_uri()
    wrong = []
    for place, width in (("", 1280), ("", 360), ("/../pair/JO-MR.html", 360), ("/../events.html", 1280), ("/../about.html", 360)):
        browser.open(f"{start.removesuffix('/index.html')}/{place.removeprefix('/../') or 'index.html'}", width, dark=width < 600)
        wrong += [(place, "too wide")] if browser.run("document.documentElement.scrollWidth") > width else []
        wrong += [(place, what, told) for what, told in (("console", browser.messages), ("pale", browser.run(UNREADABLE))) if told]
    assert wrong == []
    for asked in ("\u062a\u0639\u0627\u0648\u0646", "\u0627\u0644\u062a\u064e\u0651\u0639\u0627\u0648\u0646", "CABLE"):
        browser.open(f"{start.removesuffix('index.html')}search.html?q={asked}")
        found = browser.run("document.querySelectorAll('[data-found] li').length")
        assert found and browser.run("document.querySelectorAll('[data-found] mark').length") >= found and browser.messages == []
    place = browser.run("document.querySelector('[data-found] a').href")
    browser.open(place)
    assert browser.run("document.querySelector('h1').textContent")
    browser.open(f"{start.removesuffix('index.html')}search.html?q=<img src=x onerror=window.ran=1>")
    assert browser.run("window.ran") is None and browser.run("document.querySelectorAll('main img').length") == 0


@pytest.fixture(scope="module")
def trap(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A site of one page that tries to run, with letters outside the first plane and marks that turn the rest of the line."""
    root = tmp_path_factory.mktemp("trap") / "workspace"
    words = "<img src=x onerror=\"window.ran=1\"><script>window.ran=1</script>\u202e😀 مُحَمَّد 97.5%"
    document = make_document(words, f"{words} need", furniture=words)
    person = Person(name=words, mentions=(quote(document.text, "😀"),), country="MA", role=words, why=words)
    document = make_document(words, f"{words} need", furniture=words, people=(person,), outlet=words, relevant=True, lang="ar")
    open_workspace(root).close()
    with open_store(root / DATABASE) as store:
        store.put(document, Capture(hash="1", file="f", added="now"), MadeBy("1", "2"))
    for base in served(root):
        yield f"{base}/document/{document.id}"


def test_selected_words_are_counted_in_code_points_and_nothing_runs(browser: Browser, trap: str) -> None:
    browser.open(f"{trap}?lang=en")
    browser.run(SELECT.replace("WORDS", "مُحَمَّد"))
    time.sleep(0.2)
    start, end = map(int, re.findall(r"at=(\d+)-(\d+)", browser.run("document.querySelector('.picked a').getAttribute('href')"))[0])
    text = browser.run("document.querySelector('[data-text]').textContent")
    assert text[start:end] == "مُحَمَّد"
    browser.open(f"{trap}?at={start}-{end}&lang=en#here")
    assert browser.run("[...document.querySelectorAll('.is-here')].map(e => e.textContent).join('')") == "مُحَمَّد"
    assert browser.run("window.ran") is None and browser.run("document.querySelectorAll('main img, main script').length") == 0
    assert browser.messages == []
