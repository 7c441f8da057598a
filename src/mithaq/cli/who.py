"""``mithaq resolve``, ``entities``, ``entity``, ``same``, ``different``, ``split``: who is who across pages, and decisions about it."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from mithaq.cli.console import complain, emit, progress, screen
from mithaq.cli.judge import BY, read_name
from mithaq.cli.main import NOTHING
from mithaq.cli.options import WORKSPACE, Format, Output, Speak, TableFormat, Workspace, choose_language
from mithaq.errors import QuestionError

if TYPE_CHECKING:
    from mithaq.model.fact import Fact
    from mithaq.model.world import Entity
    from mithaq.store import Store
    from mithaq.workspace import Workspace as OpenWorkspace

_SCREEN = ("id", "kind", "names", "country", "pages")
_SHOWN = 4  # names of one entity in a table
_MOST_FACTS, _QUOTED = 20, 60  # facts to choose from, and characters of each
Reason = Annotated[str, typer.Option("--reason", help="Why; it is kept with the decision.")]
Undo = Annotated[bool, typer.Option("--undo", help="Take back what was decided last about the two.")]
One = Annotated[str, typer.Argument(help="A name, the id of an entity, or the name of a fact.", metavar="A")]
Other = Annotated[str, typer.Argument(help="Another one.", metavar="B")]


class CardFormat(StrEnum):
    """Forms of what is known of one entity."""

    table = "table"
    jsonl = "jsonl"


class EntityChoice(StrEnum):
    """Sorts of entities."""

    person = "person"
    body = "body"
    programme = "programme"


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    for command in (resolve, entities, entity, same, different, split):
        app.command(command.__name__)(command)


def resolve(workspace: Workspace = WORKSPACE) -> None:
    """Find out who is who across all pages, which reports are of one happening, and what came of it.

    'mithaq ingest', 'reread' and decisions do so at their end; after a run that was killed this goes on
    where it stopped. Nothing but what has changed is looked at again.

    \b
    mithaq resolve
    """
    from mithaq.workspace import open_workspace

    with open_workspace(workspace, create=False) as opened, progress("resolving") as advance:
        done = opened.resolve(advance)
    made = f"{_count(done.entities, 'entity', 'entities')} and {_count(done.happenings, 'happening')} made again"
    screen().print(f"{_count(done.documents, 'page')} looked at, {made}")


def entities(
    kind: Annotated[EntityChoice | None, typer.Option("--kind", "-k", help="Only these.")] = None,
    format: Format = TableFormat.table,
    output: Output = None,
    workspace: Workspace = WORKSPACE,
    lang: Speak = None,
) -> int:
    """List the people, bodies and programmes of all pages, each once, with all its names and mentions.

    \b
    mithaq entities --kind person
    mithaq entities --format jsonl -o entities.jsonl
    """
    from mithaq.workspace import open_workspace

    with open_workspace(workspace, create=False) as opened:
        warn_when_stale(opened)
        found = opened.store.entities(kind.value if kind else None)
        if format is TableFormat.jsonl:
            emit(b"".join(encode_entity(opened.store, entity) for entity in found), output)
            return 0 if found else NOTHING
        rows = [_row(opened.store, entity) for entity in found]
    if not rows:
        complain("there is nobody yet; ingest pages first")
        return NOTHING
    if format is TableFormat.table:
        from mithaq.cli.who_views import print_entities
        from mithaq.export.messages import Messages

        console = screen()
        with console.capture() as captured:
            print_entities(console, rows, Messages(choose_language(lang)))
        emit(captured.get(), output)
        return 0
    from mithaq.export.tables import write_table

    data = write_table(rows, format.value, lang=choose_language(lang), title="entities", columns=_SCREEN)
    emit(data, output, binary=format is TableFormat.xlsx)
    return 0


def entity(
    name: Annotated[str, typer.Argument(help="Any of its names, or its id.", metavar="NAME|ID")],
    format: Annotated[CardFormat, typer.Option("--format", "-f", help="table for people, jsonl for programs.")] = CardFormat.table,
    output: Output = None,
    workspace: Workspace = WORKSPACE,
    lang: Speak = None,
) -> None:
    """Show what all pages tell of one person, body or programme.

    Its names in every script, offices with the first and last day on which a page gives them and who came
    after, events, statements, and every page with its words.

    \b
    mithaq entity "سلمى الهاشمي"
    mithaq entity "سلمى الهاشمي" --lang ar
    mithaq entity p3fa9c1d02b7e --format jsonl
    """
    from mithaq.portrait import paint
    from mithaq.workspace import open_workspace

    with open_workspace(workspace, create=False) as opened:
        warn_when_stale(opened)
        portrait = paint(opened.store, name)
    if format is CardFormat.jsonl:
        import msgspec

        emit(msgspec.json.encode(portrait) + b"\n", output)
        return
    from mithaq.cli.who_views import print_portrait
    from mithaq.export.messages import Messages

    console = screen()
    with console.capture() as captured:
        print_portrait(console, portrait, Messages(choose_language(lang)))
    emit(captured.get(), output)


def same(
    one: One, other: Other, by: Annotated[str | None, BY] = None, reason: Reason = "", undo: Undo = False, workspace: Workspace = WORKSPACE
) -> int:
    """Decide that two people, bodies or programmes are one, or that two reports tell of one happening.

    The decision is kept at once and for good, and outlives every new reading; a later one about the two
    overrides it, --undo takes it back.

    \b
    mithaq same "Salma Al-Hashimi" "سلمى الهاشمي" --reason "same photograph" --by Amal
    mithaq same p3fa9c1d02b7e p77aa01bc23de --undo
    mithaq same h0a1b2c3d4e5f h5f4e3d2c1b0a
    """
    return _bind(one, other, "same", by, reason, undo, workspace)


def different(
    one: One, other: Other, by: Annotated[str | None, BY] = None, reason: Reason = "", undo: Undo = False, workspace: Workspace = WORKSPACE
) -> int:
    """Decide that two people, bodies or programmes are not one, or that two reports tell of two happenings.

    What several pages take for one is parted fact by fact: with names alone, the facts are listed to choose from.

    \b
    mithaq different p3fa9c1d02b7e p77aa01bc23de --reason "father and son" --by Amal
    mithaq different fd653859-1a2b3c 0c7e41aa-9f8e7d --reason "two memoranda"
    """
    return _bind(one, other, "different", by, reason, undo, workspace)


def split(
    fact: Annotated[str, typer.Argument(help="The name of a fact: one person, body or programme on one page.", metavar="FACT")],
    by: Annotated[str | None, BY] = None,
    reason: Reason = "",
    workspace: Workspace = WORKSPACE,
) -> int:
    """Decide that somebody on a page is none of those for whom they were taken.

    'mithaq judge FACT undo' takes it back.

    \b
    mithaq split fd653859-1a2b3c --reason "a namesake" --by Amal
    """
    from mithaq.model.fact import short_key
    from mithaq.workspace import open_workspace

    with open_workspace(workspace, create=False) as opened:
        found, name = opened.fact(fact), read_name(by)
        opened.split(found, name, why=reason)
    screen().print(f"{short_key(found.key)} {found.value.name} stands alone, by {name}")  # type: ignore[union-attr]  # it has a name
    return 0


def _bind(
    one: str, other: str, verb: Literal["same", "different"], by: str | None, reason: str, undo: bool, workspace: Path
) -> int:
    from mithaq.workspace import open_workspace

    with open_workspace(workspace, create=False) as opened:
        ones, others, name = opened.namings(one), opened.namings(other), read_name(by)
        a, b = ones[0], others[0]
        if verb == "different" and not undo and (len(ones) > 1 or len(others) > 1) and opened.are_one(ones, others):
            raise QuestionError(_say_which(opened.store, ones, others))
        if undo:
            taken = opened.unbind(ones, others, name, reason)
            bound, told = (taken.subject, taken.other or ""), f"taken back: {taken.verb} by {taken.by}, {taken.at[:10]}"
        else:
            opened.bind(a, verb, b, name, why=reason)
            bound, told = (a.key, b.key), f"{verb} by {name}"
        named = " and ".join(_name_page(opened.store, key) for key in bound)
        conflicts = opened.store.conflicts()
    screen().print(f"{named}: {told}", soft_wrap=True)
    if conflicts:
        number = _count(len(conflicts), "decision")
        complain(f"{number} that two are one cannot stand beside others that hold them apart; 'mithaq conflicts' lists them")
    return 0


def _name_page(store: Store, key: str) -> str:
    """Return a fact's name with the page on which it stands."""
    from mithaq.model.fact import short_key

    source = key.partition("/")[0]
    paths = [row["path"] for row in store.rows("documents", {"id": source})]
    return f"{short_key(key)} ({paths[0] if paths and paths[0] else source[:12]})"


def _say_which(store: Store, ones: list[Fact], others: list[Fact]) -> str:
    """Say why what several pages tell of one cannot be parted by its names, and which facts there are to choose from."""
    facts = list({fact.key: fact for fact in (*ones, *others)}.values())
    shown = [f"{_name_page(store, fact.key)} {' '.join(fact.evidence.quote.split())[:_QUOTED]}" for fact in facts[:_MOST_FACTS]]
    more = [f"and {len(facts) - _MOST_FACTS} more"] if len(facts) > _MOST_FACTS else []
    return (
        f"these are {len(facts)} namings or reports of one, on several pages; a decision parts two of them, so name two facts: "
        + "; ".join([*shown, *more])
    )


def warn_when_stale(opened: OpenWorkspace) -> None:
    """Say on stderr that who is who is not up to date."""
    if opened.store.stale() or opened.store.unlinked():
        complain("this workspace is not up to date; run 'mithaq resolve' first")


def encode_entity(store: Store, entity: Entity) -> bytes:
    """Return an entity with all its mentions as one line of JSON."""
    import msgspec

    mentions = [
        {"document": m.document, "path": m.path, "start": m.evidence.start, "end": m.evidence.end, "quote": m.evidence.quote}
        for m in store.mentions_of(entity.id)
    ]
    names = [{"name": n.name, "lang": n.lang} for n in entity.names]
    row = {"id": entity.id, "kind": entity.kind, "names": names, "country": entity.country, "mentions": mentions}
    return msgspec.json.encode(row) + b"\n"


def _row(store: Store, entity: Entity) -> dict[str, Any]:
    names = list(dict.fromkeys(name.name for name in entity.names))
    return {
        "id": entity.id, "kind": entity.kind, "names": " · ".join(names[:_SHOWN]), "country": entity.country,
        "pages": store.count_pages_of_entity(entity.id)["pages"],
    }  # fmt: skip


def _count(number: int, one: str, more: str = "") -> str:
    return f"1 {one}" if number == 1 else f"{number} {more or one + 's'}"
