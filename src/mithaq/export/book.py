"""Everything as tables for people: one Excel workbook with a sheet for each layer, or the same tables as CSV files in one archive.

Each row has its words, the page that told it first, and how many pages tell it; the last sheet says what the tables leave behind.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from mithaq.export.exchange import Export, Terms
from mithaq.export.losses import FIELDS, Tally, shown_quote, shown_words
from mithaq.export.parcel import Parcel, SentEntity, SentEvent, SentFigure, SentStatement, SentThread
from mithaq.export.sheets import write_book
from mithaq.export.tables import write_csv
from mithaq.model import Amount, Body, Document, Evidence, Person, Programme

Row = dict[str, Any]
_PAGE = ("quote", "outlet", "published", "title", "url", "document", "path", "start", "end", "pages", "invented")
# The columns of each table, in order.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "events": (
        "id", "type", "stage", "date", "date_end", "date_basis", "date_text", "parties", "people", "bodies", "roles", "place",
        "place_country", "groups", "modality", "amount", "currency", "topics", "digital", "differs", "thread", *_PAGE,
    ),
    "statements": (
        "id", "kind", "speaker", "country", "on_behalf_of", "toward", "reported", "deliverable", "due", "amount", "currency", "topics",
        "thread", *_PAGE,
    ),
    "figures": ("id", "name", "publisher", "comparator", "value", "unit", "country", "year", "group", "claimant", *_PAGE),
    "people": ("id", "name", "other names", "country", "roles", "bodies", "pages", "first", "last"),
    "bodies": ("id", "name", "other names", "kind", "country", "code", "pages", "first", "last"),
    "programmes": ("id", "name", "other names", "country", "part_of", "pages", "first", "last"),
    "threads": (
        "id", "subject", "parties", "people", "bodies", "topics", "steps", "official", "evidence", "schedule", "due", "searched_until",
    ),
    "pages": (
        "id", "title", "url", "path", "outlet", "agency", "section", "published", "retrieved", "lang", "rights", "topics", "pairs",
        "copy_of", "invented",
    ),
    "left behind": ("layer", "field", "reason", "count"),
}  # fmt: skip

_WITHOUT_WHY = {layer: tuple(field for field in fields if field != "why") for layer, fields in FIELDS.items()}
_NAMES = {"language of names", "mentions"}
CARRIED = {
    **{layer: _WITHOUT_WHY[layer] for layer in ("events", "statements", "figures", "threads")},
    **{layer: tuple(f for f in FIELDS[layer] if f not in _NAMES) for layer in ("people", "bodies", "programmes")},
    "pages": tuple(field for field in COLUMNS["pages"] if field in FIELDS["pages"]),
}
REASONS = {
    (layer, field): "a row is one thing; 'mithaq entities --format jsonl' lists every mention"
    for layer in ("people", "bodies", "programmes")
    for field in _NAMES
}


def write_xlsx(parcel: Parcel, terms: Terms) -> Export:
    """Return an Excel workbook, right to left when the labels are Arabic. Raises QuestionError for more rows than a sheet holds."""
    tables, made = _tables(parcel, "xlsx")
    data = write_book({name: (rows, COLUMNS[name]) for name, rows in tables.items()}, lang=terms.lang)
    return Export(data if parcel.pages else b"", made)


def write_csv_archive(parcel: Parcel, terms: Terms) -> Export:
    """Return a ZIP archive with one CSV file for each table; the same tables give the same bytes."""
    tables, made = _tables(parcel, "csv")
    buffer = io.BytesIO()
    with ZipFile(buffer, "w") as archive:
        for name, rows in tables.items():
            entry = ZipInfo(f"{name.replace(' ', '-')}.csv")
            entry.compress_type = ZIP_DEFLATED
            archive.writestr(entry, write_csv(rows, columns=COLUMNS[name]))
    return Export(buffer.getvalue() if parcel.pages else b"", made)


def _tables(parcel: Parcel, name: str) -> tuple[dict[str, list[Row]], Any]:
    tally = Tally(name, parcel, CARRIED, REASONS)
    makers: dict[str, tuple[Iterable[Any], Callable[[Any], Row]]] = {
        "events": (parcel.events, lambda event: _event(event, parcel)),
        "statements": (parcel.statements, _statement),
        "figures": (parcel.figures, _figure),
        "people": (parcel.of_kind("person"), _person),
        "bodies": (parcel.of_kind("body"), _body),
        "programmes": (parcel.of_kind("programme"), _programme),
        "threads": (parcel.threads, _thread),
        "pages": (parcel.pages, _page),
    }
    tables: dict[str, list[Row]] = {}
    for layer, (facts, make) in makers.items():
        tables[layer] = []
        for fact in facts:
            tally.carry(layer, fact)
            tables[layer].append(make(fact))
    report = tally.report()
    lost = [{"layer": x.layer, "field": x.field, "reason": x.reason, "count": x.count} for x in report.lost]
    return {**tables, "left behind": lost}, report


def _told_by(page: Document, evidence: Evidence, pages: int) -> Row:
    """Return the columns that say where a row comes from: its words as far as they may leave, and the page that told it first."""
    row = {name: getattr(page, name) for name in ("outlet", "published", "title", "url", "path", "invented")}
    return {**row, "quote": shown_quote(page, evidence), "document": page.id, "start": evidence.start, "end": evidence.end, "pages": pages}


def _money(amount: Amount | None) -> Row:
    return {"amount": amount.value if amount else None, "currency": amount.currency if amount else None}


def _fields(fact: object, names: Iterable[str], page: Document | None = None) -> Row:
    """Return those fields of a fact that are columns; of a *page* that is protected no more than a few words of each."""
    found = {name: _plain(getattr(fact, name)) for name in names if hasattr(fact, name)}
    return {name: shown_words(page, value) if page and isinstance(value, str) else value for name, value in found.items()}


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _event(event: SentEvent, parcel: Parcel) -> Row:
    def names(ids: Iterable[str]) -> list[str]:
        return [parcel.entities[one].name for one in ids]

    first = event.reports[0]
    roles = [f"{parcel.entities[took.entity].name}: {took.role}" for took in event.roles]
    return {
        **_fields(event, COLUMNS["events"], first.page),
        "people": names(event.people),
        "bodies": names(event.bodies),
        "roles": roles,
        "groups": [shown_words(first.page, group.words) for group in event.groups],
        **_told_by(first.page, first.event.evidence, len(event.reports)),
        **_money(event.amount),
    }


def _statement(said: SentStatement) -> Row:
    row = _fields(said.statement, COLUMNS["statements"], said.page)
    told = _told_by(said.page, said.statement.evidence, len(said.reports))
    return {**row, "id": said.id, "thread": said.thread, **told, **_money(said.statement.amount)}


def _figure(cited: SentFigure) -> Row:
    row = _fields(cited.figure, COLUMNS["figures"], cited.page)
    return {**row, "id": cited.id, **_told_by(cited.page, cited.figure.evidence, len(cited.reports))}


def _entity(entity: SentEntity) -> Row:
    days = sorted(page.published for page in entity.pages if page.published)
    return {
        "id": entity.id,
        "name": entity.name,
        "other names": list(entity.others),
        "country": entity.country,
        "pages": len({page.id for page in entity.pages}),
        "first": days[0] if days else None,
        "last": days[-1] if days else None,
    }


def _person(entity: SentEntity) -> Row:
    bodies = dict.fromkeys(naming.body for naming in entity.namings if isinstance(naming, Person) and naming.body)
    return {**_entity(entity), "roles": list(entity.roles), "bodies": list(bodies)}


def _body(entity: SentEntity) -> Row:
    kind = entity.body_kind if any(isinstance(naming, Body) for naming in entity.namings) else None
    return {**_entity(entity), "kind": kind, "code": entity.code}


def _programme(entity: SentEntity) -> Row:
    larger = dict.fromkeys(naming.part_of for naming in entity.namings if isinstance(naming, Programme) and naming.part_of)
    return {**_entity(entity), "part_of": list(larger)}


def _thread(sent: SentThread) -> Row:
    """Return a matter with its steps in one cell ("2025-02-13 agreement signed"), and how it stands on three axes."""
    steps = [" ".join(filter(None, (step.date, step.type, step.stage))) for step in sent.thread.steps]
    return {**_fields(sent.thread, COLUMNS["threads"]), **_fields(sent.status, COLUMNS["threads"]), "subject": sent.subject, "steps": steps}


def _page(page: Document) -> Row:
    return {**_fields(page, COLUMNS["pages"]), "pairs": [f"{a}-{b}" for a, b in sorted({(pair.a, pair.b) for pair in page.pairs})]}
