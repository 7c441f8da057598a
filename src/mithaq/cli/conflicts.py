"""``mithaq conflicts``: decisions that contradict each other, by whom and when, with the words of both."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from mithaq.cli.console import complain, emit, screen
from mithaq.cli.main import NOTHING
from mithaq.cli.options import WORKSPACE, Output, Speak, Workspace, choose_language
from mithaq.cli.who import CardFormat, warn_when_stale

if TYPE_CHECKING:
    from mithaq.answers.contradictions import Contradiction, Decided, Decision
    from mithaq.export.messages import Messages

_SCREEN = ("pair", "decision", "by", "when", "one", "other", "why")


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command("conflicts")(conflicts)


def conflicts(
    format: Annotated[CardFormat, typer.Option("--format", "-f", help="table for people, jsonl for programs.")] = CardFormat.table,
    output: Output = None,
    workspace: Workspace = WORKSPACE,
    lang: Speak = None,
) -> int:
    """List decisions that contradict each other: A is B, B is C, and A is not C.

    These are decisions about people, bodies and programmes, and about events and commitments. What holds
    two apart stands, and one decision that two are one has no effect. Each such pair is listed with all
    decisions that bear on it: by whom, when, why, and the words of both pages. Take back the one that is wrong.

    \b
    mithaq conflicts
    mithaq conflicts --format jsonl
    mithaq same fd653859-1a2b3c 0c7e41aa-9f8e7d --undo --by Amal
    """
    from mithaq.answers.contradictions import find_contradictions
    from mithaq.workspace import open_workspace

    with open_workspace(workspace, create=False) as opened:
        warn_when_stale(opened)
        found = find_contradictions(opened.store)
    if format is CardFormat.jsonl:
        import msgspec

        emit(b"".join(msgspec.json.encode(one) + b"\n" for one in found), output)
        return 0 if found else NOTHING
    if not found:
        complain("no decisions contradict each other")
        return NOTHING
    from mithaq.cli.views import print_rows
    from mithaq.export.messages import Messages

    console, messages = screen(), Messages(choose_language(lang))
    with console.capture() as captured:
        print_rows(console, [row for number, one in enumerate(found, 1) for row in _rows(number, one, messages)], _SCREEN, messages)
    emit(captured.get(), output)
    return 0


def _rows(number: int, found: Contradiction, messages: Messages) -> list[dict[str, object]]:
    """Return the decisions on one pair, a row each; the one that has no effect is marked."""
    mine = {fact.key for fact in found.facts}

    def decision(d: Decision) -> str:
        verb = messages.text(f"verb.{d.verb}") if d.verb in ("same", "different", "split") else d.verb
        return messages.text("verb.idle", verb=verb) if d.verb == "same" and {f.key for f in d.facts} == mine else verb

    return [
        {
            "pair": number, "decision": decision(d),
            "by": d.by, "when": d.at[:10], "one": _words(d.facts[0]), "other": _words(d.facts[1]) if len(d.facts) > 1 else "", "why": d.why,
        }
        for d in found.decisions
    ]  # fmt: skip


def _words(fact: Decided) -> str:
    return f"{fact.quote} ({fact.path or fact.document[:12]}, {fact.fact})"
