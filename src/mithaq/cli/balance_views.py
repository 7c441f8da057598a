"""How the ledger and the figures look in a terminal: each topic or figure with the words of the pages below it."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from mithaq.answers.claims import Claim, Figure
from mithaq.answers.ledger import Match, Said
from mithaq.answers.reference import Verdict
from mithaq.export.messages import Messages

_HEAD, _QUOTE, _SOFT = "bold", "italic", "dim"
_MARKS: dict[Verdict, str] = {"agrees": "✓", "differs": "✗", "unknown": "?"}
_STYLES: dict[Verdict, str] = {"agrees": "green", "differs": "bold red", "unknown": _SOFT}


def print_ledger(console: Console, found: Sequence[Match], messages: Messages) -> None:
    """Print needs beside offers: a head for each country and topic, and who said what."""
    for match in found:
        console.print(Text(f"{messages.side(match.country)} · {messages.term('topics', match.topic)}", style=_HEAD))
        needs, offers = messages.text("ledger.needs"), messages.text("ledger.offers")
        for head, total, every in ((needs, match.needed, match.needs), (offers, match.offered, match.offers)):
            console.print(Padding(Text(f"{head} ({messages.number(total)})"), (0, 0, 0, 2), expand=False))
            for said in every:
                _print_said(console, said, messages)
        console.print()


def _print_said(console: Console, said: Said, messages: Messages) -> None:
    line = said.line
    sides = " → ".join(messages.side(code) for code in (line.country, line.toward) if code)
    _print_words(console, said.proof.quote, (sides, line.speaker, said.source.outlet), said.source.published, said.source.path, messages)


def print_figures(console: Console, found: Sequence[Figure], messages: Messages) -> None:
    """Print figures: a head for each name, country and year, and each claim with its words."""
    for figure in found:
        about = (figure.name, messages.side(figure.country) if figure.country else None, str(figure.year) if figure.year else None)
        head = Text(" · ".join(" ".join(part.split()) for part in about if part), style=_HEAD)
        if figure.conflict:
            head.append(f"  ≠ {messages.text('figures.conflict')}", style="bold red")
        console.print(head)
        for claim in figure.claims:
            _print_claim(console, claim, messages)
        console.print()


def _print_claim(console: Console, claim: Claim, messages: Messages) -> None:
    value = Text(messages.figure(claim.line))
    group = messages.countries(claim.line.group)
    if group:
        value.append(f" ({group})")
    if claim.impossible:
        value.append(f"  ! {messages.text('figures.impossible')}", style="bold red")
    if claim.checked:
        mark, style = _MARKS[claim.checked.verdict], _STYLES[claim.checked.verdict]
        value.append(f"  {mark} {messages.checked(claim.line, claim.checked)}", style=style)
    console.print(Padding(value, (0, 0, 0, 2), expand=False))
    _print_words(console, claim.evidence.quote, (claim.claimant, claim.line.publisher, claim.outlet), claim.published, claim.path, messages)


def _print_words(
    console: Console, quote: str, told: Sequence[str | None], published: str | None, path: str | None, messages: Messages
) -> None:
    console.print(Padding(Text(messages.quote(quote), style=_QUOTE), (0, 0, 0, 4), expand=False))
    parts = (*told, messages.date(published) if published else None, path)
    console.print(Padding(Text(" · ".join(" ".join(part.split()) for part in parts if part), style=_SOFT), (0, 0, 0, 6), expand=False))
