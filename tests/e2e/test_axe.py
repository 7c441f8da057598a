"""WCAG 2.2 AA as axe-core checks it, on every kind of page: right to left by day, left to right by night and on a phone.

axe-core is the test environment's own (PyPI: axe-core-python, in the extra "test"); nothing of it is in this repository, or in the wheel.
"""

from __future__ import annotations

import importlib.util
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from e2e.browser import CHROMIUM, Browser
from e2e.test_site import FOUND, PLACES, served, some
from mithaq.model.vocabulary import Language

FOUND_AXE = importlib.util.find_spec("axe_core_python")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine; install it to see the pages as a reader does"),
    pytest.mark.skipif(FOUND_AXE is None, reason="no axe-core here; 'pip install axe-core-python' brings it"),
]
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
_RUN = f"""axe.run(document, {{runOnly: {json.dumps(_RULES)}, resultTypes: ['violations']}}).then(found => found.violations
  .filter(v => ['serious', 'critical'].includes(v.impact))
  .map(v => v.id + ': ' + v.nodes.slice(0, 3).map(n => n.html.slice(0, 90)).join(' | ')))"""
DEEDS = ("/review", "/review/disputes", "/notes", "/moderation", "/log", "/login", "/saved", "/brief")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with Browser() as running:
        yield running


@pytest.fixture(scope="module")
def base(demo_workspace: Path) -> Iterator[str]:
    yield from served(demo_workspace)


@pytest.fixture(scope="module")
def axe() -> str:
    assert FOUND_AXE is not None and FOUND_AXE.origin
    return (Path(FOUND_AXE.origin).parent / "axe.min.js").read_text("utf-8")


@pytest.mark.parametrize(("part", "lang", "width", "dark"), [(0, "ar", 1280, False), (1, "fr", 390, True)])
def test_axe_finds_nothing_serious(browser: Browser, base: str, axe: str, part: int, lang: Language, width: int, dark: bool) -> None:
    found = [some(browser, base, place, pattern) for place, pattern in FOUND]
    fact = some(browser, base, "/review", r"/review/fact/[0-9a-f-]+")
    two = some(browser, base, "/review?what=same_event", r"/review/two/[0-9a-f-]+/[0-9a-f-]+")
    entity = next(place for place in found if "/entity/" in place)
    document = next(place for place in found if "/document/" in place)
    places = [*PLACES, *DEEDS, *found, fact, two, f"/review{entity}", f"{document}/add?at=0-9&as=events", f"/comments?on={entity}"]
    wrong = {}
    for place in places[part::2]:
        browser.open(f"{base}{place}{'&' if '?' in place else '?'}lang={lang}", width, dark=dark)
        # What is folded away is looked at, too: axe takes folded words for words that lie over others.
        browser.run("document.querySelectorAll('details').forEach(d => d.open = true)")
        browser.run(axe + ";0")
        told = browser.run(_RUN)
        if told:
            wrong[re.sub(r"[0-9a-f]{12,}", "…", place)] = told
    assert wrong == {}
