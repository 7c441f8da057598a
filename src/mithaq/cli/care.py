"""``mithaq reread``, ``stats`` and ``doctor``: look after a workspace."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from mithaq.cli.console import complain, emit, progress, screen, stop_gently
from mithaq.cli.main import NOTHING, STOPPED
from mithaq.cli.options import WORKSPACE, Jobs, Output, Workspace

if TYPE_CHECKING:
    from mithaq.workspace import Reread

Json = Annotated[bool, typer.Option("--json", help="One JSON object a line, for programs.")]
_GRADES = {"well": ("ok", "green"), "note": ("note", "yellow"), "wrong": ("WRONG", "bold red")}


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.command("reread")(reread)
    app.command("stats")(stats)
    app.command("doctor")(doctor)
    app.command("verify")(verify)
    app.command("erase")(erase)


def reread(
    pages: Annotated[list[str] | None, typer.Argument(help="Ids or paths; default: all that are out of date.", metavar="[PAGE...]")] = None,
    everything: Annotated[bool, typer.Option("--all", help="All pages, also those that are up to date.")] = False,
    gated: Annotated[bool, typer.Option("--gated", help="Instead the pages that the gate held back unread.")] = False,
    jobs: Jobs = 1,
    json: Json = False,
    workspace: Workspace = WORKSPACE,
) -> int:
    """Read kept pages once more, after mithaq or its words have changed.

    Pages are read out of their captures; what changed is told. What people decided about their facts stays:
    each decision follows its fact; a fact that is not found again is told, and 'mithaq review --orphans'
    lists it.

    \b
    mithaq reread
    mithaq reread --all --jobs 4
    mithaq reread --gated
    """
    from mithaq.workspace import open_workspace

    with open_workspace(workspace, create=False) as opened, stop_gently() as stop, progress("reading again") as advance:
        done = opened.reread(pages or (), advance, every=everything, gated=gated, jobs=jobs, stop=stop)
    if json:
        import msgspec

        emit(msgspec.json.encode(done) + b"\n")
    else:
        _print_reread(done, "gated" if gated else "named" if pages else "stale")
    for page, reason in done.failed:
        complain(f"{page}: {reason.removeprefix(f'{page}: ')}")
    if done.stopped:
        complain("stopped; the same command goes on from there")
        return STOPPED
    return NOTHING if done.failed else 0


def _print_reread(done: Reread, asked: str) -> None:
    """Say what became of pages read once more."""
    pages = "1 page" if done.read == 1 else f"{done.read} pages"
    if asked == "gated":
        told = f"{pages} of the gate read: {done.relevant} on digital cooperation"
    elif done.read or asked == "named":
        told = f"{pages} read again: {done.relevant} on digital cooperation, {len(done.changed)} changed"
    else:
        told = "all pages are up to date; --all reads them nonetheless"
    parts = [told]
    if done.moved:
        parts.append(f"{done.moved} judged facts found again in another place")
    if done.lost:
        parts.append(f"{len(done.lost)} judged facts not found again ('mithaq review --orphans')")
    if done.failed:
        parts.append(f"{len(done.failed)} could not be read, and stay as they were")
    console = screen()
    console.print("; ".join(parts))
    for page, change in done.changed:
        kinds = (("new", change.gained), ("gone", change.gone), ("altered", change.altered))
        told = "; ".join(f"{what}: {', '.join(f'{n} {layer}' for layer, n in sorted(counts.items()))}" for what, counts in kinds if counts)
        console.print(f"  {page}: {told}", soft_wrap=True)


def stats(
    json: Json = False,
    output: Output = None,
    workspace: Workspace = WORKSPACE,
) -> None:
    """Count what the workspace holds.

    Pages by language, outlet and month; facts by layer, kind, language and outlet; what waits; what people
    judged.

    \b
    mithaq stats
    mithaq stats --json
    """
    from mithaq.workspace import open_workspace

    with open_workspace(workspace, create=False) as opened:
        counts = opened.store.statistics()
    if json:
        import msgspec

        emit(b"".join(msgspec.json.encode(count) + b"\n" for count in counts), output)
        return
    from rich.table import Table

    console = screen()
    table = Table.grid(padding=(0, 2, 0, 0))
    group = ""
    for count in counts:
        if count.group != group:
            group = count.group
            table.add_row("", "")
            table.add_row("", group, style="bold cyan")
        table.add_row(str(count.n).rjust(7), count.name)
    if output is None:
        console.print(table)
        return
    with console.capture() as captured:
        console.print(table)
    emit(captured.get(), output)


def doctor(json: Json = False, workspace: Workspace = WORKSPACE) -> int:
    """Look the workspace over, and say what to do.

    Are program, fonts and your own words in order, is the database sound, is every capture there, does every
    quote stand in its page, what is out of date, what may go by age, is there room on the disk. Nothing is
    changed; exit code 1 when something is wrong.

    \b
    mithaq doctor
    mithaq doctor --json
    """
    from rich.text import Text

    from mithaq.doctor import examine_program, unusable
    from mithaq.errors import StoreError
    from mithaq.store.place import is_there
    from mithaq.workspace import open_workspace

    try:
        with open_workspace(workspace, create=False) as opened, progress("looking") as advance:
            findings = opened.doctor(advance)
    except StoreError as error:
        if not is_there(workspace):
            raise  # nothing is there to be looked over
        findings = [*examine_program(workspace), unusable(error)]
    wrong = sum(finding.grade == "wrong" for finding in findings)
    if json:
        import msgspec

        emit(b"".join(msgspec.json.encode(finding) + b"\n" for finding in findings))
        return NOTHING if wrong else 0
    console = screen()
    for finding in findings:
        grade, style = _GRADES[finding.grade]
        console.print(Text.assemble((f"{grade:6}", style), (f"{finding.what}: ", "bold"), finding.says), soft_wrap=True)
        if finding.step:
            console.print(Text(f"        next: {finding.step}"), soft_wrap=True)
    console.print("all well" if not wrong else f"{wrong} to put right", style="bold")
    return NOTHING if wrong else 0


def verify(
    pages: Annotated[list[str] | None, typer.Argument(help="Ids or paths; default: all pages.", metavar="[PAGE...]")] = None,
    json: Json = False,
    workspace: Workspace = WORKSPACE,
) -> int:
    """Prove that every quote still stands in the page as it was fetched.

    Each capture is read anew and held against its hash; each quote is looked for in it. Nothing is changed;
    exit code 1 when a quote, or a capture, is missing.

    \b
    mithaq verify
    mithaq verify 3fa9c1
    """
    from mithaq.verifying import verify as prove
    from mithaq.workspace import open_workspace

    with open_workspace(workspace, create=False) as opened, progress("verifying") as advance:
        found = prove(opened.root, opened.store, pages or (), advance)
    if json:
        import msgspec

        emit(msgspec.json.encode(found) + b"\n")
        return NOTHING if found.missing else 0
    for one in found.missing:
        complain(f"{one.page}: {one.quote!r}: {one.why}" if one.quote else f"{one.page}: {one.why.removeprefix(f'{one.page}: ')}")
    told = f"{found.quotes} quotes of {found.pages} pages looked for in {found.captures} captures: "
    told += f"{len(found.missing)} missing" if found.missing else "all stand there"
    if found.elsewhere:
        told += f" ({found.elsewhere} of them in pages that are taken apart otherwise today; 'mithaq reread' brings them up to date)"
    screen().print(told, soft_wrap=True)
    return NOTHING if found.missing else 0


def erase(
    page: Annotated[str, typer.Argument(help="Id of a page (its beginning will do), its path or address.", metavar="PAGE")],
    why: Annotated[str, typer.Option("--why", help="The reason; it is kept.")],
    by: Annotated[str, typer.Option("--by", envvar="MITHAQ_USER", help="Who erases it.")],
    workspace: Workspace = WORKSPACE,
) -> None:
    """Erase a page for good: text, facts, index, captures, all versions of its address, decisions on it.

    News of alerts and comments of readers that rest on it go, too, and what was set aside under its address.
    Nothing stays but hashes, by which it is never taken in again, and the reason. What other pages tell
    stays, also when they print the same article. Backups, exports and sites made before still hold the page.

    \b
    mithaq erase 3fa9c1 --why "asked for by the person named" --by Amal
    """
    from mithaq.erasing import erase_page
    from mithaq.workspace import open_workspace

    with open_workspace(workspace, create=False) as opened:
        done, others = erase_page(opened, page, by=by, why=why)
    versions = "1 page" if len(done.documents) == 1 else f"{len(done.documents)} versions of a page"
    if not done.documents:
        screen().print("it was erased before; what was left of it is gone now")
        return
    written = f", {done.comments} comments of readers" if done.comments else ""
    screen().print(f"erased: {versions}, {len(done.files)} captures, {done.judgements} decisions{written}", soft_wrap=True)
    for other in others:
        complain(f"the same article stands on {other}; erase that page, too, if it is meant")
