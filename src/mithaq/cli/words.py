"""``mithaq lexicon``: look at the words that mithaq knows, check them, add your own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mithaq.cli.console import complain, emit, screen
from mithaq.cli.main import NOTHING
from mithaq.cli.options import WORKSPACE, Lang, Workspace
from mithaq.errors import QuestionError

if TYPE_CHECKING:
    from mithaq.lexicon.entry import Entry

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
    roots = [folder] if folder else [packaged_knowledge(), packaged_knowledge() / "collecting", *([own] if own.is_dir() else [])]
    words, problems = 0, 0
    for root in roots:
        entries = read_entries(root)
        words += len(entries)
        for problem in check_knowledge(root, entries):
            problems += 1
            complain(str(problem))
    verdict = f"{problems} to put right" if problems else "all well"
    screen().print(f"{words} entries checked, {verdict}", soft_wrap=True)
    return NOTHING if problems else 0


def list_words(
    kind: Annotated[str | None, typer.Argument(help="A kind, such as statement.need; without it all kinds.", metavar="[KIND]")] = None,
    page_lang: Annotated[Lang | None, typer.Option("--page-lang", help="Only words of this language.")] = None,
    word: Annotated[str | None, typer.Option("--word", help="Only what is known of this word or phrase, in any form.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="The same as JSON.")] = False,
    workspace: Workspace = WORKSPACE,
) -> int:
    """List the words of a kind, or all kinds, or what is known of one word.

    \b
    mithaq lexicon list
    mithaq lexicon list statement.need --page-lang ar
    mithaq lexicon list --word "وقعت مذكرة" --page-lang ar
    """
    from collections import Counter

    lang = page_lang.value if page_lang else None
    wanted = [entry for entry in _known_words(workspace) if lang in (None, entry.lang)]
    if kind is None and word is None:
        counts = dict(sorted(Counter(entry.kind for entry in wanted).items()))
        emit(_as_json(counts) if as_json else "".join(f"{name}\t{n}\n" for name, n in counts.items()))
        return 0
    if kind is not None:
        wanted = [entry for entry in wanted if entry.kind == kind or entry.kind.startswith(f"{kind}.")]
    found = wanted if word is None else _standing_in(word, wanted)
    if not found:
        what = f"nothing is known of {word!r}" if word is not None and wanted else f"no word of kind {kind!r}"
        complain(f"{what}; 'mithaq lexicon list' shows the kinds, 'mithaq lexicon add --help' how to add a word")
        return NOTHING
    if as_json:
        emit(_as_json([_row(entry) for entry in found]))
    else:
        emit("".join(f"{entry.lang}\t{entry.kind}\t{', '.join(entry.forms)}\t{entry.example or ''}\n" for entry in found))
    return 0


def _known_words(workspace: Path) -> list[Entry]:
    """Return the packaged words and those of the workspace."""
    from mithaq.lexicon import load_lexicon
    from mithaq.lexicon.load import read_entries

    own = workspace / _KNOWLEDGE
    return [*load_lexicon().entries, *(read_entries(own) if own.is_dir() else ())]


def _standing_in(text: str, entries: list[Entry]) -> list[Entry]:
    """Return the entries that are found in *text*, as pages are read: any form, clitics cut off."""
    from mithaq.lexicon.match import Lexicon, packaged_keys
    from mithaq.text.fold import clitic_keys
    from mithaq.text.tokens import keys_of, split_tokens

    tokens = split_tokens(text)
    # What is found at a word depends on the entries that may begin with it, and on no others.
    begins = {key for token in tokens for key in clitic_keys(token.form)}
    cut = {lang: packaged_keys(lang) for lang in {entry.lang for entry in entries}}
    may_stand = [e for e in entries if any(not begins.isdisjoint((cut[e.lang].get(f) or keys_of(f))[:1]) for f in e.forms)]
    lexicon = Lexicon(may_stand)
    found = {id(match.attributes) for lang in sorted({e.lang for e in entries}) for match in lexicon.find(tokens, lang, text)}
    return [entry for entry in entries if id(entry.attributes) in found]


def _row(entry: Entry) -> dict[str, object]:
    place = {"file": Path(entry.path).name, "line": entry.line}
    said = {"example": entry.example, "not": entry.counterexample, "attributes": entry.attributes}
    return {"lang": entry.lang, "kind": entry.kind, "word": entry.word, "forms": list(entry.forms), **said, **place}


def _as_json(content: object) -> bytes:
    import msgspec

    return msgspec.json.format(msgspec.json.encode(content), indent=1) + b"\n"


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

    It goes into the workspace's knowledge/ folder; what does not pass the check is not written. Towns, countries and bodies stand
    in gazetteers, with their names in three languages: see docs/how-to/add-a-word.md.

    \b
    mithaq lexicon add "topait là" --kind speech.verb --page-lang fr --example "Le maire topait là" --set form=finite
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
