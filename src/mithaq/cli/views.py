"""How answers look in a terminal: headings, lines with their quote beneath, sources at the end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from rich.console import Console
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from mithaq.export.facts import HEADS, list_facts, list_rejected
from mithaq.export.messages import Messages
from mithaq.export.outline import Entry, Section, describe_source, fold_sources, lead_of, outline_dossier

if TYPE_CHECKING:
    from mithaq.answers.dossier import Dossier
    from mithaq.model import Document
    from mithaq.store.search import Hit

_HEAD, _QUOTE, _SOFT, _NOTICE, _NUMBER = "bold", "italic", "dim", "bold red", "cyan"
# One blank for each line end, so that the places of marks stay right.
_SAME_LINE = str.maketrans("\n\r\t\u2028\u2029", "     ")
# Sections whose lines stand in full elsewhere in the dossier, or need no quote.
_WITHOUT_QUOTES = ("glance", "gaps")


def print_page(console: Console, document: Document, messages: Messages) -> None:
    """Print one page's facts, each with its quote."""
    console.print(Rule(Text(document.title or messages.text("source.untitled"), style=_HEAD), align="left"))
    about = (
        document.path,
        document.outlet or messages.text("source.no_outlet"),
        messages.text("source.agency", name=document.agency) if document.agency else None,
        messages.date(document.published) if document.published else messages.text("source.undated"),
        messages.text("comma").join(sorted({messages.pair((p.a, p.b)) for p in document.pairs})),
        messages.text("comma").join(messages.term("topics", topic) for topic in document.topics),
    )
    console.print(Text(" · ".join(part for part in about if part), style=_SOFT))
    console.print(Text(messages.text("page.relevant" if document.relevant else "page.not_relevant"), style=_SOFT))
    notices = (
        ("page.invented", document.invented),
        ("source.private", document.private),
        ("source.protected", document.rights == "protected"),
        ("source.partial", document.partial),
        ("source.withdrawn", document.withdrawn),
    )
    for notice, applies in notices:
        if applies:
            console.print(Text(messages.text(notice), style=_NOTICE))
    if document.copy_of:
        console.print(Text(messages.text("page.copy_of", id=document.copy_of[:12]), style=_NOTICE))
    facts = list_facts(document, messages)
    for layer, name in HEADS.items():
        listed = [fact for fact in facts if fact.layer == layer]
        if listed:
            console.print()
            console.print(Text(messages.text(f"head.{name}"), style=_HEAD))
        for fact in listed:
            line = Text(fact.head, style=_HEAD, end="")
            for label, value in fact.fields:
                line.append(f" · {label}: ", style=f"not bold {_SOFT}")
                line.append(value, style="not bold")
            quote = Text(messages.quote(fact.quote), style=_QUOTE) if fact.quote != fact.head else None
            _print_numbered(console, fact.number, line, quote)
    if not facts:
        console.print(Text(messages.text("page.no_facts")))
    _print_decided(console, list_rejected(document, messages), messages)
    console.print()


def _print_decided(console: Console, decided: Sequence[tuple[str, str]], messages: Messages) -> None:
    """Print what people rejected, and what they decided about the page as a whole."""
    if decided:
        console.print()
        console.print(Text(messages.text("judged.head"), style=_HEAD))
    for words, told in decided:
        console.print(Padding(Text(messages.quote(words), style=_QUOTE), (0, 0, 0, 2), expand=False))
        console.print(Padding(Text(told, style=_SOFT), (0, 0, 0, 4), expand=False))


def print_dossier(console: Console, dossier: Dossier, messages: Messages) -> None:
    """Print a whole dossier: sections, lines with their quote and source numbers, the sources."""
    console.print(Rule(Text(f"{messages.text('dossier.kicker')}{messages.text('comma')}{messages.pair(dossier.pair)}", style=_HEAD)))
    console.print(Text(lead_of(dossier, messages)))
    if dossier.glance.invented_pages:
        console.print(Text(messages.text("dossier.invented"), style=_NOTICE))
    for section in outline_dossier(dossier, messages) if dossier.sources else ():
        _print_section(console, section, messages)
    if dossier.sources:
        console.print()
        console.print(Rule(Text(messages.text("section.sources"), style=_HEAD), align="left"))
    for source, copies in fold_sources(dossier.sources):
        line = Text.assemble(source.title or messages.text("source.untitled"), (f" · {describe_source(source, messages)}", _SOFT))
        below = [source.url or source.path or ""]
        if copies:
            below.append(messages.count("source.copies", len(copies)))
            below += (f"  {copy.number} · {describe_source(copy, messages)} · {copy.url or copy.path or ''}" for copy in copies)
        _print_numbered(console, source.number, line, Text("\n".join(below), style=_SOFT))


def _print_numbered(console: Console, number: int, line: Text, below: Text | None) -> None:
    """Print a line after its number, and what belongs to it below, both set in from the number."""
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(justify="right", width=3, style=_NUMBER)
    grid.add_column()
    grid.add_row(str(number), line)
    if below:
        grid.add_row("", below)
    console.print(grid)


def _print_section(console: Console, section: Section, messages: Messages) -> None:
    console.print()
    console.print(Rule(Text(section.title, style=_HEAD), align="left"))
    if section.note:
        console.print(Text(section.note, style=_SOFT))
    for group in section.groups:
        if group.title:
            console.print(Text(group.title, style="bold underline"))
        for entry in group.entries:
            _print_entry(console, entry, messages, quoted=section.name not in _WITHOUT_QUOTES)
        if not group.entries and group.empty:
            console.print(Padding(Text(group.empty, style=_SOFT), (0, 0, 0, 2), expand=False))


def _print_entry(console: Console, entry: Entry, messages: Messages, *, quoted: bool) -> None:
    line = Text.assemble((entry.head, _HEAD))
    if entry.details:
        line.append(" · " + " · ".join(entry.details), style=_SOFT)
    if entry.proofs:
        numbers = ", ".join(str(proof.source) for proof in entry.proofs)
        line.append(f" [{numbers}]", style=_NUMBER)
    console.print(Padding(line, (0, 0, 0, 2), expand=False))
    quote = entry.quote or (entry.proofs[0].quote if entry.proofs else "")
    if quoted and quote and quote != entry.head:
        console.print(Padding(Text(messages.quote(quote), style=_QUOTE), (0, 0, 0, 4), expand=False))


# Columns that hold codes, and the closed lists of which these are; columns that hold sides.
_VOCABULARIES = {"type": ("event_types",), "stage": ("stages",), "kind": ("statement_kinds", "body_kinds")}
_SIDES = ("a", "b", "country", "parties", "place_country")


def print_rows(
    console: Console, rows: Sequence[Mapping[str, object]], columns: Sequence[str], messages: Messages | None = None
) -> None:
    """Print a list as a table of some of its columns; with *messages* heads, codes and sides are said in their language."""
    table = Table(box=None, header_style=_HEAD, pad_edge=False, padding=(0, 2, 0, 0))
    for column in columns:
        head = messages.column(column) if messages else column.replace("_", " ")
        table.add_column(head, overflow="fold", ratio=3 if column in ("quote", "title") else None)
    for row in rows:
        table.add_row(*(Text(_said(column, row.get(column), messages)) for column in columns))
    console.print(table)


def _said(column: str, value: object, messages: Messages | None) -> str:
    """Return a cell in the reader's language; what is no code stays as it is."""
    if messages is None or value in (None, "", []):
        return _cell(value)
    if column in _VOCABULARIES:
        return messages.term_of(_VOCABULARIES[column], str(value))
    if column in _SIDES:
        codes = value if isinstance(value, list | tuple) else (value,)
        return messages.sides(str(code) for code in codes)
    return _cell(value)


def print_hits(console: Console, hits: Sequence[Hit], messages: Messages) -> None:
    """Print search results: title, source, and the words found in their place."""
    for number, hit in enumerate(hits, start=1):
        about = (hit.outlet or messages.text("source.no_outlet"), messages.date(hit.published) if hit.published else "", hit.id[:12])
        head = Text.assemble((hit.title or messages.text("source.untitled"), _HEAD))
        head.append(" · " + " · ".join(part for part in about if part), style=_SOFT)
        if hit.invented:
            head.append(f" · {messages.text('dossier.invented_mark')}", style=_NOTICE)
        snippet = Text(hit.snippet.quote.translate(_SAME_LINE))
        for mark in hit.marks:
            snippet.stylize("bold yellow", mark.start - hit.snippet.start, mark.end - hit.snippet.start)
        _print_numbered(console, number, head, snippet)


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return ", ".join(str(item) for item in value)
    return _one_line(str(value))


def _one_line(text: str) -> str:
    return " ".join(text.split())
