"""The HTML files in a real browser: nothing overflows, everything opens by keyboard, both directions, light and dark."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path

import pytest

from e2e.browser import CHROMIUM, Browser
from mithaq.answers.dossier import build_dossier
from mithaq.export.briefing import write_html
from mithaq.export.reading import write_pages
from mithaq.model import Document
from mithaq.model.vocabulary import LANGUAGES, Language

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine; install it to see the pages as a reader does")

TOO_WIDE = "[...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1 || " \
    "e.getBoundingClientRect().left < -1).filter(e => !e.closest('.skip')).map(e => e.className + ':' + e.textContent.slice(0, 60))"
CONTRAST = """(() => { const light = c => { const [r, g, b] = c.match(/[\\d.]+/g).map(Number).map(v => { v /= 255;
  return v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4 }); return .2126 * r + .7152 * g + .0722 * b };
  const paper = light(getComputedStyle(document.body).backgroundColor);
  return Math.min(...['.note', '.who', '.lead', 'h1', '.needs h3', '.offers h3', 'nav a', '.notice'].map(s => {
    const e = document.querySelector(s); if (!e) return 21; const ink = light(getComputedStyle(e).color);
    return (Math.max(ink, paper) + .05) / (Math.min(ink, paper) + .05) })) })()"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with Browser() as running:
        yield running


@pytest.fixture(scope="module")
def dossiers(gold_documents: tuple[Document, ...], tmp_path_factory: pytest.TempPathFactory) -> dict[Language, Path]:
    folder = tmp_path_factory.mktemp("dossiers")
    dossier = build_dossier(gold_documents, ("JO", "MR"))
    files = {lang: folder / f"{lang}.html" for lang in LANGUAGES}
    for lang, file in files.items():
        file.write_text(write_html(dossier, lang), "utf-8")
    return files


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("width", [360, 820, 1280])
def test_nothing_overflows_and_nothing_complains(browser: Browser, dossiers: dict[Language, Path], lang: Language, width: int) -> None:
    browser.open(dossiers[lang], width)
    assert browser.messages == []
    assert browser.run("getComputedStyle(document.body).direction") == ("rtl" if lang == "ar" else "ltr")
    assert browser.run("document.documentElement.scrollWidth") <= width
    browser.run("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert browser.run(TOO_WIDE) == []
    assert browser.run("document.fonts.check('16px \"Mithaq Naskh\"', 'ميثاق') && document.fonts.size") == 2


def test_a_line_opens_by_keyboard_and_shows_its_sentence(browser: Browser, dossiers: dict[Language, Path]) -> None:
    browser.open(dossiers["ar"])
    browser.run("document.querySelector('.timeline summary').focus()")
    assert browser.run("document.activeElement.parentElement.open") is False
    browser.press("Enter", 13, "\r")
    assert browser.run("document.activeElement.parentElement.open") is True
    assert browser.run("document.activeElement.parentElement.querySelector('mark').getBoundingClientRect().height") > 0
    browser.press("Tab", 9)
    assert browser.run("document.activeElement.getAttribute('href')").startswith("#source-")


@pytest.mark.parametrize("dark", [False, True])
def test_everything_can_be_read_by_day_and_by_night(browser: Browser, dossiers: dict[Language, Path], dark: bool) -> None:
    browser.open(dossiers["en"], dark=dark)
    assert browser.run(CONTRAST) >= 4.5


def test_printed_pages_are_numbered_and_whole(browser: Browser, dossiers: dict[Language, Path]) -> None:
    browser.open(dossiers["ar"])
    pdf = base64.b64decode(browser.call("Page.printToPDF", preferCSSPageSize=True)["data"])
    assert pdf.startswith(b"%PDF") and 3 <= pdf.count(b"/Type /Page\n") <= 40
    browser.call("Emulation.setEmulatedMedia", media="print")
    assert browser.run("getComputedStyle(document.querySelector('nav')).display") == "none"
    assert browser.run("getComputedStyle(document.querySelector('.line')).breakInside") == "avoid"


@pytest.mark.parametrize("width", [360, 1280])
def test_the_marked_page_fits_and_links_lead_both_ways(
    browser: Browser, gold_documents: tuple[Document, ...], tmp_path: Path, width: int
) -> None:
    file = tmp_path / "page.html"
    file.write_text(write_pages(gold_documents[-2:], "fr"), "utf-8")
    browser.open(file, width)
    assert browser.messages == [] and browser.run("document.documentElement.scrollWidth") <= width
    assert browser.run(TOO_WIDE) == []
    browser.run("document.querySelector('.facts .number').click()")
    assert browser.run("document.querySelector(':target').classList.contains('anchor')")
