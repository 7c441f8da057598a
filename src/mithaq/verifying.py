"""Prove that every quote still stands in the page as it was fetched: read each capture anew, and look for each quote in it.

What a page says is kept twice: as bytes in the captures, as text with its facts in the database. Here the one is held against the other, so
that nobody has to believe either.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import msgspec

from mithaq.errors import EvidenceError, MithaqError
from mithaq.export.record import check_record
from mithaq.model import Document
from mithaq.model.fact import list_facts
from mithaq.page.article import text_of_capture
from mithaq.pipeline import decode_page
from mithaq.store import Capture, Store
from mithaq.store.captures import read_capture_file

Progress = Callable[[int, int, str], None]
_TAGS = re.compile(r"<(script|style)\b.*?</\1\s*>|<!--.*?-->|<[^<>]*>", re.IGNORECASE | re.DOTALL)
_BLANKS = re.compile(r"\s+")


class Missing(msgspec.Struct, frozen=True):
    """A quote that cannot be proved: the page by name and id, the words ("" when all of the page is meant), and why."""

    page: str
    document: str
    quote: str
    why: str


class Verified(msgspec.Struct, frozen=True, kw_only=True):
    """What was found: ``quotes`` that were looked for, of them ``elsewhere`` stand in the capture, but no longer at the same place of its
    text, for pages are taken apart otherwise today; ``missing`` do not stand in it.
    """

    pages: int = 0
    captures: int = 0
    quotes: int = 0
    elsewhere: int = 0
    missing: tuple[Missing, ...] = ()


def verify(root: Path, store: Store, wanted: Iterable[str] = (), progress: Progress | None = None) -> Verified:
    """Hold all pages, or those *wanted* (ids, beginnings of ids, paths), against their captures.

    *progress* is called with (pages done, all, name). Raises QuestionError for a page that is not kept; nothing is changed.
    """
    chosen = {store.document(key).id for key in wanted}
    held = [one for one in store.captures_of_documents() if not chosen or one.document in chosen]
    quotes = elsewhere = 0
    missing: list[Missing] = []
    captures: set[str] = set()
    for number, one in enumerate(held, start=1):
        name = one.capture.path or one.document[:12]
        captures.add(one.capture.file)
        checked, moved, lost = _verify_page(root, store, one.document, one.capture, name)
        quotes, elsewhere = quotes + checked, elsewhere + moved
        missing += lost
        if progress:
            progress(number, len(held), name)
    found = {one.document for one in held}
    lost_pages = chosen - found if chosen else {str(row["id"]) for row in store.rows("documents")} - found
    missing += [Missing(page[:12], page, "", "no capture of this page is kept") for page in sorted(lost_pages)]
    return Verified(pages=len(held) + len(lost_pages), captures=len(captures), quotes=quotes, elsewhere=elsewhere, missing=tuple(missing))


def _verify_page(root: Path, store: Store, document_id: str, capture: Capture, name: str) -> tuple[int, int, list[Missing]]:
    """Return how many quotes of a page there are, how many stand elsewhere in its capture, and those that do not stand in it."""
    try:
        document = store.reading(document_id)
        check_record(document)
        data = read_capture_file(root, capture.file)
    except (EvidenceError, MithaqError) as error:
        return 0, 0, [Missing(name, document_id, "", str(error))]
    quotes = list(dict.fromkeys(_quotes_of(document)))
    try:
        text = text_of_capture(data, path=name, sidecar=capture.sidecar.encode() or None)
    except MithaqError:
        text = ""  # today's reader refuses the page; what it says can be looked for all the same
    if text == document.text:
        return len(quotes), 0, []
    raw = _plain(decode_page(data, name))
    lost = [quote for quote in quotes if quote not in text and _plain(quote) not in raw]
    why = "these words do not stand in the page as it was fetched"
    return len(quotes), len(quotes) - len(lost), [Missing(name, document_id, quote, why) for quote in lost]


def _quotes_of(document: Document) -> Iterator[str]:
    """Yield the words of every fact, and of every mention of a person, body or programme."""
    yield from (fact.evidence.quote for fact in list_facts(document))
    for entities in (document.people, document.bodies, document.programmes):
        yield from (mention.quote for entity in entities for mention in entity.mentions)
    yield from (pair.evidence.quote for pair in document.pairs)


def _plain(text: str) -> str:
    """Return text without tags, every run of white space one blank: in this form lines may be broken otherwise."""
    return _BLANKS.sub(" ", html.unescape(_TAGS.sub(" ", text))).strip()
