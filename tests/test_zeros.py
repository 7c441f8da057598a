"""A zero in a page, in what is known of it, or in what somebody types, is kept by every database in the same way."""

from __future__ import annotations

from pathlib import Path

import pytest

from mithaq.collect.sources import Page
from mithaq.model.fact import list_facts
from mithaq.workspace import open_workspace

pytestmark = pytest.mark.usefixtures("database")
LINES = (
    "Djibouti\0needs engineers in Oman\n\nThe minister of Djibouti, Salma Haddadin, said on 3 June 2025 that her country needs twenty "
    "engi\0neers for the data centre that it plans with Oman.\n"
)
MARKUP = (
    '<html><head><script type="application/ld+json">{"headline": "Oman and Djibouti sign\\u0000 on cables"}</script></head><body><article>'
    "<p>The minister of Djibouti, Salma Haddadin, said on 3 June 2025 that her country needs&#0; twenty \0engineers.</p>"
    "</article></body></html>"
)


def test_pages_with_zeros_are_read_and_their_quotes_stand(tmp_path: Path) -> None:
    pages = [Page("a.txt", LINES.encode(), b'{"outlet": "Po\\u0000st"}'), Page("b.html", MARKUP.encode(), None)]
    pages.append(Page("c.txt", b"Title\nx", b'{"a": \0'))
    with open_workspace(tmp_path / "w") as workspace:
        done = workspace.take_in(pages)
        assert (done.new, [page.path for page in done.quarantined]) == (2, ["c.txt"])
        a, b = (workspace.store.document(path) for path in ("a.txt", "b.html"))
        assert "\0" not in a.text + b.text and a.text == LINES.replace("\0", "\ufffd") and "lost_letters" in a.notes
        assert a.outlet == "Po\ufffdst" and (b.title or "").startswith("Oman and Djibouti sign")
        facts = [*list_facts(a), *list_facts(b)]
        assert facts and workspace.store.search("twenty") and workspace.store.check() == []
        for document in (a, b):
            for fact in list_facts(document):
                assert document.text[fact.evidence.start : fact.evidence.end] == fact.evidence.quote
        assert workspace.take_in(pages[:2]).duplicate == 2
