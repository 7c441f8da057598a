"""``mithaq backup``, ``restore`` and ``prune``: keep a workspace safe, and let go what is no evidence."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mithaq.cli.console import complain, emit, progress, screen
from mithaq.cli.main import NOTHING
from mithaq.cli.options import WORKSPACE, Workspace

File = Annotated[Path, typer.Argument(help="The backup: one file.", metavar="FILE")]
Json = Annotated[bool, typer.Option("--json", help="One JSON object, for programs.")]


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    for command in (backup, restore, prune):
        app.command(command.__name__)(command)


def backup(
    file: File,
    check: Annotated[bool, typer.Option("--check", help="Write nothing: read this backup from end to end, and say what it holds.")] = False,
    json: Json = False,
    workspace: Workspace = WORKSPACE,
) -> int:
    """Write the whole workspace into one file, while others use it.

    The database as of one moment, every capture it names, and your own knowledge; secrets of alerts stay out.
    The file is read back before it appears. Exit code 1 when captures were missing.

    \b
    mithaq backup /safe/gulf-2026-06-01.mithaq
    mithaq backup /safe/gulf-2026-06-01.mithaq --check
    """
    import msgspec

    from mithaq.backup import back_up, verify
    from mithaq.workspace import open_workspace

    if check:
        manifest = verify(file)
    else:
        with open_workspace(workspace, create=False) as opened, progress("backing up") as advance:
            manifest = back_up(opened.root, opened.store, file, advance)
    if json:
        emit(msgspec.json.encode({**msgspec.to_builtins(manifest), "files": len(manifest.files)}) + b"\n")
    else:
        size = sum(kept.size for kept in manifest.files.values()) / 1e6
        counts = manifest.counts
        told = f"{counts['documents']} pages, {counts['judgements']} decisions, {len(manifest.files)} files, {size:.1f} MB"
        screen().print(f"{'checked' if check else 'written and read back'}: {file} ({told}, of {manifest.made[:16]} UTC)", soft_wrap=True)
    if manifest.missing:
        complain(f"{len(manifest.missing)} captures were missing or damaged, {manifest.missing[0]} first; 'mithaq doctor' says more")
    return NOTHING if manifest.missing else 0


def restore(file: File, workspace: Workspace = WORKSPACE) -> None:
    """Make a workspace of a backup.

    Everything in it is proven first; a folder that holds anything is never overwritten. A backup of an older
    mithaq is brought up to date when the workspace is opened.

    \b
    mithaq restore /safe/gulf-2026-06-01.mithaq --workspace gulf-again
    """
    from mithaq.backup import restore as put_back

    manifest = put_back(file, workspace)
    screen().print(f"{manifest.counts['documents']} pages of {manifest.made[:16]} UTC are in {workspace}", soft_wrap=True)


def prune(
    apply: Annotated[bool, typer.Option("--apply", help="Delete; without it only tell what would go.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Also when the clock is more than a year ahead of the newest page.")] = False,
    json: Json = False,
    workspace: Workspace = WORKSPACE,
) -> int:
    """Let go what is no evidence and is old enough.

    The rules stand in retention.toml in the workspace: for how many days pages that the gate held back
    (gated), pages that could not be read (quarantine), news that alerts have delivered (told) and the record
    of what the collector asked for (requests) are kept. Documents, facts, captures and people's decisions
    never go by age.

    \b
    mithaq prune
    mithaq prune --apply
    """
    import msgspec

    from mithaq.ingest import now
    from mithaq.retention import prune as let_go
    from mithaq.retention import read_rules
    from mithaq.workspace import open_workspace

    with open_workspace(workspace, create=False) as opened:
        found = let_go(opened.root, opened.store, read_rules(opened.root), now(), apply=apply, force=force)
    if json:
        emit(msgspec.json.encode(found) + b"\n")
    elif not found:
        complain("there are no rules; write retention.toml into the workspace ('mithaq prune --help')")
    else:
        told = ", ".join(f"{n} {name}" for name, n in found.items())
        screen().print(f"{'deleted' if apply else 'would go'}: {told}")
    return 0 if found else NOTHING
