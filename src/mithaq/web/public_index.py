"""The search of a published site: one script that holds names, quotes and titles as far as they may leave, and where each stands."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from mithaq.web.public_pages import Shelf, entity_path, event_path, page_path, said_path

# A script and no JSON: a page that is read from a disk may load scripts beside it, but no data.
_OPENING, _CLOSING = b"window.mithaqIndex = ", b";\n"


def write_index(shelf: Shelf) -> bytes:
    """Return the index: rows of (address within a language, kind, words, day)."""
    # "</" could end a script, U+2028 a line of one.
    rows = msgspec.json.encode(list(_rows(shelf))).decode().replace("</", "<\\/").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return _OPENING + rows.encode() + _CLOSING


def _rows(shelf: Shelf) -> Iterator[tuple[str, str, str, str]]:
    for entity in shelf.parcel.entities.values():
        yield entity_path(entity.id), entity.kind, " · ".join((entity.name, *entity.others)), ""
    for event in shelf.parcel.events:
        quotes = [telling.quote for telling in shelf.tell_event(event) if telling.quote]
        named = [e.name for id in (*event.people, *event.bodies) if (e := shelf.parcel.entities.get(id))]
        yield event_path(event.id), event.type, " · ".join((*quotes[:1], *named, *event.parties)), event.date or ""
    for said in shelf.parcel.statements:
        told = shelf.tell(said)
        words = " · ".join(filter(None, (told[0].quote, said.statement.speaker)))
        yield said_path(said), said.statement.kind, words, told[0].published or ""
    for page in shelf.pages:
        yield page_path(page.id), "page", " · ".join(filter(None, (page.title, page.outlet))), page.published or ""
