"""``mithaq judge``: decide about one fact in one command, without a terminal; and what it shares with ``mithaq review``."""

from __future__ import annotations

import getpass
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mithaq.cli.console import complain, emit, screen
from mithaq.cli.options import WORKSPACE, Workspace
from mithaq.errors import QuestionError

if TYPE_CHECKING:
    from mithaq.answers.doubts import Doubt
    from mithaq.workspace import Workspace as OpenWorkspace

BY = typer.Option("--by", envvar="MITHAQ_BY", help="Your name; it stands beside each decision. Default: that of your account.")
_PLAIN = ("accept", "reject", "unsure", "undo")


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command("judge")(judge)


def judge(
    fact: Annotated[str, typer.Argument(help="Name of a fact, as 'mithaq review' shows it.", metavar="FACT")],
    decision: Annotated[
        list[str], typer.Argument(help="accept, reject, unsure, undo; or FIELD=VALUE to correct, several at once.", metavar="DECISION...")
    ],
    by: Annotated[str | None, BY] = None,
    reason: Annotated[str, typer.Option("--reason", help="Why; it is kept with the decision.")] = "",
    workspace: Workspace = WORKSPACE,
) -> int:
    """Decide about one fact, without being asked.

    "mithaq review --json" lists facts in doubt with their names. A decision is kept at once and for good; a
    later one overrides it, undo takes the last one back.

    \b
    mithaq judge fd653859-1a2b3c reject --reason "two other countries" --by Amal
    mithaq judge fd653859-1a2b3c stage=held date=2026-09-17
    mithaq judge fd653859-1a2b3c undo
    """
    from mithaq.model.fact import short_key
    from mithaq.workspace import open_workspace

    if not (len(decision) == 1 and decision[0] in _PLAIN) and not all("=" in part for part in decision):
        raise QuestionError(f"{' '.join(decision)!r} is no decision; write {', '.join(_PLAIN)}, or FIELD=VALUE to correct")
    with open_workspace(workspace, create=False) as opened:
        found, name = opened.fact(fact), read_name(by)
        if decision == ["undo"]:
            taken = opened.undo(found.key, name, reason)
            told = f"taken back: {taken.verb} by {taken.by}, {taken.at[:10]}"
        elif decision[0] in _PLAIN:
            opened.judge(found, decision[0], name, why=reason)  # type: ignore[arg-type]  # one of the verbs
            told = f"{decision[0]} by {name}"
        else:
            typed = [(field.strip(), value) for field, _, value in (part.partition("=") for part in decision)]
            changes = opened.correct(found, typed, name, why=reason)
            told = f"corrected by {name}: " + ", ".join(f"{field} is {value or '—'}" for field, value in changes)
    screen().print(f"{short_key(found.key)} {told}", soft_wrap=True)
    return 0


def read_name(by: str | None) -> str:
    """Return who decides: the name given, else that of the account."""
    try:
        name = (by or getpass.getuser()).strip()
    except (OSError, KeyError):
        name = ""
    if not name:
        raise QuestionError("nobody knows who you are; give your name with --by, it stands beside each decision")
    return name


def fields_of(fact: Any) -> list[tuple[str, str]]:
    """Return what the fact says, as a person would type it; "—" where it says nothing."""
    from mithaq.model.fact import CORRECTABLE, show_value

    shown = [(name, show_value(getattr(fact.value, name)) or "—") for name in CORRECTABLE[fact.layer]]
    if fact.layer == "page":
        said = f"{'yes' if fact.value.relevant else 'no'}, {fact.value.relevance:.2f}: {fact.value.relevance_why}"
        return [("the machine says", said), *shown]
    name = getattr(fact.value, "name", None)
    return [("name", name), *shown] if name and "name" not in CORRECTABLE[fact.layer] else shown


def encode_doubt(doubt: Doubt) -> bytes:
    """Return a fact in doubt as one line of JSON."""
    import msgspec

    from mithaq.model.fact import CORRECTABLE, short_key, show_value

    d, fact, proof = doubt.document, doubt.fact, doubt.proof
    said = {name: show_value(getattr(fact.value, name)) or None for name in CORRECTABLE[fact.layer]}
    row = {
        "fact": short_key(fact.key), "key": fact.key, "layer": fact.layer, "kind": fact.kind, "worth": doubt.worth, "doubt": doubt.score,
        "reasons": doubt.reasons, "said": said, "name": getattr(fact.value, "name", None), "quote": proof.quote,
        "sentence": proof.sentence, "start": proof.start, "end": proof.end, "title": d.title, "outlet": d.outlet,
        "published": d.published, "path": d.path, "url": d.url, "before": doubt.before,
    }  # fmt: skip
    return msgspec.json.encode(row) + b"\n"


def list_orphans(opened: OpenWorkspace) -> int:
    """Print the decisions whose facts are not found any more."""
    from mithaq.answers.doubts import find_orphans

    found = find_orphans(opened.store)
    for kept in found:
        j = kept.judgement
        change = f" {j.field}={j.value}" if j.field else ""
        emit(f"{j.at[:10]}\t{j.by}\t{j.verb}{change}\t{j.subject[:12]}/{j.subject.partition('/')[2]}\t{' '.join(j.quote.split())}\n")
    number = "1 decision on a fact that is" if len(found) == 1 else f"{len(found)} decisions on facts that are"
    complain(f"{number} not found any more; they are kept, and count again when a reading finds the facts")
    return 0
