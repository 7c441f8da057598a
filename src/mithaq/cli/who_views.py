"""How people, bodies and programmes look in a terminal: the list of them, and all that is known of one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from mithaq.export.messages import Messages
from mithaq.portrait import Deed, Office, Portrait, group_names

_HEAD, _SOFT = "bold", "bright_black"
_MOST_NAMES = 12  # in one language


def print_entities(console: Console, rows: Sequence[Mapping[str, Any]], messages: Messages) -> None:
    """Print entities as a table: sort, names, side and number of pages."""
    table = Table(box=None, header_style=_HEAD, pad_edge=False, padding=(0, 2, 0, 0))
    heads = ("field.kind", "who.names", "field.country", "who.pages")
    for head in ("id", *(messages.text(key) for key in heads)):
        table.add_column(head, overflow="fold")
    for row in rows:
        side = messages.side(row["country"]) if row["country"] else ""
        cells = (row["id"], messages.text("who." + row["kind"]), " ".join(row["names"].split()), side, messages.number(row["pages"]))
        table.add_row(*(Text(cell) for cell in cells))
    console.print(table)


def print_portrait(console: Console, portrait: Portrait, messages: Messages) -> None:
    """Print all that is known of one entity, under a head for each sort of it."""
    e = portrait.entity
    console.print(Text(e.name, style=_HEAD))
    side = messages.side(e.country) if e.country else None
    console.print(Text(" · ".join(filter(None, (messages.text("who." + e.kind), side, e.id))), style=_SOFT))
    for lang, names in group_names(e).items():
        console.print(f"  {lang}: {' · '.join(names[:_MOST_NAMES])}")
    lines: list[tuple[str, list[str]]] = [
        ("who.offices", [_office_line(office, messages) for office in portrait.offices]),
        ("field.people", [" · ".join(filter(None, (name, role, one))) for one, name, role in portrait.people]),
        ("who.events", [_deed_line(deed, ("event_types", "stages"), messages) for deed in portrait.events]),
        ("who.statements", [_deed_line(deed, ("statement_kinds",), messages) for deed in portrait.statements]),
        ("who.named", [f"{m.document[:12]}  {m.path or ''}  {_one_line(m.evidence.quote)}" for m in portrait.mentions]),
    ]
    for key, some in lines:
        if some:
            console.print(Text(f"{messages.text(key)} ({messages.number(len(some))})", style=_HEAD))
            for line in some:
                console.print(f"  {line}", soft_wrap=True)


def _office_line(office: Office, messages: Messages) -> str:
    days = [messages.date(day) for day in dict.fromkeys(filter(None, (office.first, office.last)))]
    period = messages.text("span", first=days[0], last=days[1]) if len(days) > 1 else (days or [messages.text("who.undated")])[0]
    side = f" ({messages.side(office.country)})" if office.country else ""
    line = f"{period}  {_one_line(office.roles[0])}{side}, {messages.count('who.on_pages', office.pages)}"
    if office.successor:
        line += messages.text("who.then", name=office.successor[1], id=office.successor[0])
    return line


def _deed_line(deed: Deed, vocabularies: Sequence[str], messages: Messages) -> str:
    codes = zip(vocabularies, deed.kind.split(", "), strict=False)
    kind = messages.text("comma").join(messages.term(vocabulary, code) for vocabulary, code in codes)
    day = messages.date(deed.date) if deed.date else messages.text("who.undated")
    return f"{day}  {kind}: {_one_line(deed.quote)}"


def _one_line(words: str) -> str:
    return " ".join(words.split())
