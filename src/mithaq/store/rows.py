"""A document as rows of tables, every fact with its words, and back again from its stored layers."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from functools import cache

import msgspec

from mithaq.errors import StoreError
from mithaq.model import Amount, Body, Document, Event, Evidence, Person, Programme
from mithaq.store.address import document_address
from mithaq.store.search import Article
from mithaq.store.store import Cell
from mithaq.text.fold import fold_text

Row = tuple[Cell, ...]

# The columns of each table that hold what a document says, in the order in which the functions below give them.
COLUMNS: dict[str, tuple[str, ...]] = {
    "sides": ("source", "code"),
    "pairs": ("source", "n", "a", "b", "why", "start", "end", "quote"),
    "people": ("source", "n", "name", "folded", "names", "country", "country_basis", "role", "body", "why", "start", "end", "quote"),
    "bodies": ("source", "n", "name", "folded", "names", "kind", "country", "code", "why", "start", "end", "quote"),
    "programmes": ("source", "n", "name", "folded", "country", "part_of", "why", "start", "end", "quote"),
    "mentions": ("source", "list", "item", "n", "start", "end", "quote"),
    "places": ("source", "n", "name", "kind", "country", "why", "start", "end", "quote"),
    "events": (
        "source", "n", "type", "stage", "date", "date_end", "date_basis", "date_text", "place", "place_country", "modality", "amount",
        "currency", "topics", "digital", "why", "start", "end", "quote",
    ),
    "participants": ("source", "event", "n", "what", "name", "role", "size", "country", "start", "end", "quote"),
    "statements": (
        "source", "n", "kind", "speaker", "country", "on_behalf_of", "toward", "reported", "deliverable", "due", "amount", "currency",
        "topics", "why", "start", "end", "quote",
    ),
    "indicators": (
        "source", "n", "name", "publisher", "value", "unit", "comparator", "country", "year", "group", "claimant", "why", "start", "end",
        "quote",
    ),
    "topics": ("source", "topic"),
}  # fmt: skip


# The columns of table "documents" that a reading fills.
DOCUMENT_COLUMNS = (
    "id", "path", "url", "lang", "outlet", "agency", "section", "title", "published", "published_basis", "retrieved", "rights", "invented",
    "relevant", "relevance", "canonical", "notes", "partial", "notice", "address",
)  # fmt: skip

# The first field behind those of an article. Inside a string of JSON a backslash stands before each quotation mark: this stands in none.
_BEHIND_ARTICLE = b',"stories":'
_PIECE = 16 * 1024  # bytes


@cache
def _decoder() -> msgspec.json.Decoder[Document]:
    return msgspec.json.Decoder(Document)


@cache
def _article_decoder() -> msgspec.json.Decoder[Article]:
    return msgspec.json.Decoder(Article)


def pack_document(document: Document) -> bytes:
    """Return the whole document as compressed JSON."""
    return zlib.compress(msgspec.json.encode(document), 3)


def unpack_article(data: bytes, document_id: str) -> Article:
    """Return the article of :func:`pack_document`; as :func:`unpack_document` does, but many times as fast.

    Text and segments stand first: only as much is unpacked as they take.
    """
    try:
        return _article_decoder().decode(_beginning(data))
    except (zlib.error, msgspec.MsgspecError) as error:
        raise StoreError(f"the layers of document {document_id[:12]} cannot be read ({error}); ingest its page again") from error


def _beginning(data: bytes) -> bytes:
    """Return packed JSON as far as the fields of an article go, as JSON of its own."""
    unpacker = zlib.decompressobj()
    head = bytearray(unpacker.decompress(data, _PIECE))
    seen = 0
    while (at := head.find(_BEHIND_ARTICLE, seen)) < 0 and not unpacker.eof:
        seen = max(0, len(head) - len(_BEHIND_ARTICLE))
        piece = unpacker.decompress(unpacker.unconsumed_tail, _PIECE)
        if not piece and not unpacker.unconsumed_tail:
            raise zlib.error("the data break off")
        head += piece
    return bytes(head) if at < 0 else bytes(head[:at]) + b"}"


def unpack_document(data: bytes, document_id: str) -> Document:
    """Return the document of :func:`pack_document`; raises StoreError naming the document when its layers cannot be read."""
    try:
        return _decoder().decode(zlib.decompress(data))
    except (zlib.error, msgspec.MsgspecError) as error:
        raise StoreError(f"the layers of document {document_id[:12]} cannot be read ({error}); ingest its page again") from error


def document_row(document: Document) -> Row:
    """Return the row of table ``documents``, without its number."""
    d = document
    return (
        d.id, d.path, d.url, d.lang, d.outlet, d.agency, d.section, d.title, d.published, d.published_basis, d.retrieved, d.rights,
        int(d.invented), int(d.relevant), d.relevance, d.canonical, " ".join(d.notes), int(d.partial), int("taken_down" in d.notes),
        document_address(d),
    )  # fmt: skip


def fact_rows(document: Document) -> dict[str, list[Row]]:
    """Return the rows of every table of :data:`COLUMNS`; a fact's place in its list of the document is its ``n``."""
    d, source = document, document.id
    return {
        "sides": [(source, code) for code in sorted(sides_of(d))],
        "pairs": [(source, n, p.a, p.b, p.why, *_words(p.evidence)) for n, p in enumerate(d.pairs)],
        "people": [
            (
                source, n, p.name, fold_text(p.name), "\n".join(p.names), p.country, p.country_basis, p.role, p.body, p.why,
                *_words(p.mentions[0]),
            )
            for n, p in enumerate(d.people)
        ],
        "bodies": [
            (source, n, b.name, fold_text(b.name), "\n".join(b.names), b.kind, b.country, b.code, b.why, *_words(b.mentions[0]))
            for n, b in enumerate(d.bodies)
        ],
        "programmes": [
            (source, n, p.name, fold_text(p.name), p.country, p.part_of, p.why, *_words(p.mentions[0])) for n, p in enumerate(d.programmes)
        ],
        "mentions": [
            *_mentions(source, "people", d.people), *_mentions(source, "bodies", d.bodies), *_mentions(source, "programmes", d.programmes),
        ],
        "places": [(source, n, p.name, p.kind, p.country, p.why, *_words(p.evidence)) for n, p in enumerate(d.places)],
        "events": [_event_row(source, n, event) for n, event in enumerate(d.events)],
        "participants": [row for n, event in enumerate(d.events) for row in _participants(source, n, event)],
        "statements": [
            (
                source, n, s.kind, s.speaker, s.country, s.on_behalf_of, s.toward, s.reported, s.deliverable, s.due, *_money(s.amount),
                " ".join(s.topics), s.why, *_words(s.evidence),
            )
            for n, s in enumerate(d.statements)
        ],
        "indicators": [
            (
                source, n, i.name, i.publisher, i.value, i.unit, i.comparator, i.country, i.year, i.group, i.claimant, i.why,
                *_words(i.evidence),
            )
            for n, i in enumerate(d.indicators)
        ],
        "topics": [(source, topic) for topic in sorted(set(d.topics))],
    }  # fmt: skip


def sides_of(document: Document) -> set[str]:
    """Return the codes of all countries and organisations that play a part: places merely mentioned do not."""
    d = document
    sides = {side for pair in d.pairs for side in (pair.a, pair.b)}
    sides.update(party for event in d.events for party in event.parties)
    for facts in (d.people, d.bodies, d.programmes, d.statements, d.indicators):
        sides.update(fact.country for fact in facts if fact.country)
    sides.update(body.code for body in d.bodies if body.code)
    return sides


def _words(evidence: Evidence) -> tuple[int, int, str]:
    return evidence.start, evidence.end, evidence.quote


def _money(amount: Amount | None) -> tuple[float | None, str | None]:
    return (amount.value, amount.currency) if amount else (None, None)


def _mentions(source: str, name: str, entities: Sequence[Person | Body | Programme]) -> Iterator[Row]:
    for item, entity in enumerate(entities):
        for n, mention in enumerate(entity.mentions):
            yield source, name, item, n, *_words(mention)


def _event_row(source: str, n: int, event: Event) -> Row:
    e = event
    return (
        source, n, e.type, e.stage, e.date, e.date_end, e.date_basis, e.date_text, e.place, e.place_country, e.modality, *_money(e.amount),
        " ".join(e.topics), int(e.digital), e.why, *_words(e.evidence),
    )  # fmt: skip


def _participants(source: str, number: int, event: Event) -> Iterator[Row]:
    """Parties, people and bodies rest on the event's own words; roles and groups on theirs."""
    rows: list[tuple[str, str, str | None, float | None, str | None, Evidence]] = [
        ("party", party, None, None, party, event.evidence) for party in event.parties
    ]
    for what, names in (("person", event.people), ("body", event.bodies)):
        for name in names:
            parts = [part for part in event.roles if part.name == name]
            rows.extend((what, name, part.role, None, None, part.evidence) for part in parts)
            if not parts:
                rows.append((what, name, None, None, None, event.evidence))
    named = {*event.people, *event.bodies}
    rows.extend(("other", part.name, part.role, None, None, part.evidence) for part in event.roles if part.name not in named)
    rows.extend(("group", group.words, None, group.size, group.country, group.evidence) for group in event.groups)
    for n, (what, name, role, size, country, evidence) in enumerate(rows):
        yield source, number, n, what, name, role, size, country, *_words(evidence)
