"""``mithaq lexicon``: look at the words that mithaq knows, check them, add your own."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mithaq.cli.console import complain, emit, screen
from mithaq.cli.main import NOTHING
from mithaq.cli.options import WORKSPACE, Lang, Workspace
from mithaq.errors import QuestionError

HELP = "Look at the words that mithaq knows, check them, add your own."
_KNOWLEDGE = "knowledge"


def make_app() -> typer.Typer:
    """Return the group of commands ``mithaq lexicon``."""
    app = typer.Typer(
        help=HELP,
        no_args_is_help=True,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
    )
    app.command("check")(check)
    app.command("list")(list_words)
    app.command("add")(add)
    return app


def check(
    folder: Annotated[
        Path | None, typer.Argument(help="A knowledge folder; without it the packaged one and the workspace's own.", metavar="[FOLDER]")
    ] = None,
    workspace: Workspace = WORKSPACE,
) -> int:
    """Check knowledge files, word by word.

    Every word must stand in its own example, be spelt cleanly, and collide with no other.

    \b
    mithaq lexicon check
    mithaq lexicon check my-workspace/knowledge
    """
    from mithaq.lexicon.check import check_knowledge
    from mithaq.lexicon.load import packaged_knowledge, read_entries

    own = workspace / _KNOWLEDGE
    if folder is not None and not folder.is_dir():
        raise QuestionError(f"{folder} is not a folder; name one that holds lexicons/ or gazetteers/")
    roots = [folder] if folder else [packaged_knowledge(), *([own] if own.is_dir() else [])]
    words, problems = 0, 0
    for root in roots:
        entries = read_entries(root)
        words += len(entries)
        for problem in check_knowledge(root, entries):
            problems += 1
            complain(str(problem))
    screen().print(f"{words} entries checked, {problems} to put right" if problems else f"{words} entries checked, all well")
    return NOTHING if problems else 0


def list_words(
    kind: Annotated[str | None, typer.Argument(help="A kind, such as statement.need; without it all kinds.", metavar="[KIND]")] = None,
    page_lang: Annotated[Lang | None, typer.Option("--page-lang", help="Only words of this language.")] = None,
    workspace: Workspace = WORKSPACE,
) -> int:
    """List the words of a kind, or all kinds.

    \b
    mithaq lexicon list
    mithaq lexicon list statement.need --page-lang ar
    """
    from collections import Counter

    from mithaq.lexicon import load_lexicon
    from mithaq.lexicon.load import read_entries

    own = workspace / _KNOWLEDGE
    known = (*load_lexicon().entries, *(read_entries(own) if own.is_dir() else ()))
    lang = page_lang.value if page_lang else None
    wanted = [entry for entry in known if lang in (None, entry.lang)]
    if kind is None:
        counts = Counter(entry.kind for entry in wanted)
        emit("".join(f"{name}\t{n}\n" for name, n in sorted(counts.items())))
        return 0
    entries = [entry for entry in wanted if entry.kind == kind or entry.kind.startswith(f"{kind}.")]
    if not entries:
        complain(f"no word of kind {kind!r}; 'mithaq lexicon list' shows the kinds")
        return NOTHING
    emit("".join(f"{entry.lang}\t{entry.kind}\t{', '.join(entry.forms)}\t{entry.example or ''}\n" for entry in entries))
    return 0


def add(
    word: Annotated[str, typer.Argument(help="The word or phrase.", metavar="WORD")],
    kind: Annotated[str, typer.Option("--kind", "-k", help="What it means, such as statement.need.")],
    page_lang: Annotated[Lang, typer.Option("--page-lang", help="Its language.")],
    example: Annotated[str, typer.Option("--example", "-e", help="A short sentence in which it stands.")],
    also: Annotated[list[str] | None, typer.Option("--also", "-a", help="Another form; may be given several times.")] = None,
    counterexample: Annotated[str | None, typer.Option("--not", help="A sentence in which it must not be found.")] = None,
    attributes: Annotated[list[str] | None, typer.Option("--set", help="Anything else the entry says, as name=value.")] = None,
    workspace: Workspace = WORKSPACE,
) -> None:
    """Add a word to the workspace, after checking it.

    \b
    mithaq lexicon add يفتقر --kind statement.need --page-lang ar --example "يفتقر القطاع إلى مهندسين"
    """
    from mithaq.lexicon.write import add_entry
    from mithaq.workspace import open_workspace

    named = dict(_split(item) for item in attributes or ())
    with open_workspace(workspace) as opened:
        file = add_entry(
            opened.root / _KNOWLEDGE,
            kind=kind,
            lang=page_lang.value,
            word=word,
            example=example,
            also=also or (),
            counterexample=counterexample,
            attributes=named,
        )
    screen().print(f"added to {file}; pages read from now on are read with it", soft_wrap=True)


def _split(item: str) -> tuple[str, str]:
    name, equals, value = item.partition("=")
    if not equals or not name.strip():
        raise QuestionError(f"{item!r} is not name=value; write for example --set type=meeting")
    return name.strip(), value.strip()
