"""Add a word to a knowledge folder, after the same checks that every word passes."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from mithaq.errors import KnowledgeError
from mithaq.lexicon.check import check_knowledge
from mithaq.lexicon.load import RESERVED, read_entries, read_yaml
from mithaq.lexicon.match import load_lexicon
from mithaq.model.vocabulary import Language

_OF_GAZETTEERS = ("place.country", "place.city", "place.region", "place.nationality", "body.known", "money.")
_ABOUT = "Words added with mithaq lexicon add."


def add_entry(
    root: Path,
    *,
    kind: str,
    lang: Language,
    word: str,
    example: str,
    also: Sequence[str] = (),
    counterexample: str | None = None,
    attributes: Mapping[str, str] | None = None,
) -> Path:
    """Write one entry into ``lexicons/<lang>/<kind>.yml`` below *root* and return that file.

    Raises KnowledgeError, and writes nothing, when the kind is unknown, the word is there already, or the entry does not pass the check.
    """
    packaged = load_lexicon().entries
    known = (*packaged, *read_entries(root)) if root.is_dir() else packaged
    kinds = sorted({entry.kind for entry in packaged})
    if kind not in kinds:
        raise KnowledgeError(f"there is no kind of word {kind!r}; there are {', '.join(kinds)}")
    if not word.strip():
        raise KnowledgeError("the word is empty; give the word or phrase as it stands in texts")
    if kind.startswith(_OF_GAZETTEERS):
        raise KnowledgeError(f"{kind!r} is a kind of name: write it into gazetteers/*.yml of the workspace, in its three languages")
    reserved = sorted(set(attributes or {}) & RESERVED)
    if reserved:
        raise KnowledgeError(f"{reserved[0]!r} is no attribute that --set may give; there is an option or a place of its own for it")
    there = next((e for e in known if e.kind == kind and e.lang == lang and word in e.forms), None)
    if there:
        raise KnowledgeError(f"{word!r} is known already, {Path(there.path).name}:{there.line}")
    block = _write_block(word, example, also, counterexample, attributes or {})
    file = root / "lexicons" / lang / f"{kind.replace('.', '_')}.yml"
    content = file.read_text("utf-8") if file.exists() else f"kind: {kind}\nabout: {_ABOUT}\nentries:\n"
    content = f"{content.rstrip()}\n{block}"
    _check(content, lang, file.name, word)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(content, "utf-8")
    read_yaml(file)
    return file


def _write_block(
    word: str, example: str, also: Sequence[str], counterexample: str | None, attributes: Mapping[str, str]
) -> str:
    lines = [f"  - word: {_quoted(word)}"]
    if also:
        lines.append(f"    also: [{', '.join(_quoted(form) for form in also)}]")
    lines.extend(f"    {name}: {_quoted(value)}" for name, value in attributes.items())
    lines.append(f"    example: {_quoted(example)}")
    if counterexample:
        lines.append(f"    not: {_quoted(counterexample)}")
    return "\n".join(lines) + "\n"


def _check(content: str, lang: Language, name: str, word: str) -> None:
    """Read the file as it would be, in a folder of its own, and raise KnowledgeError with what is wrong with the new word."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        file = root / "lexicons" / lang / name
        file.parent.mkdir(parents=True)
        file.write_text(content, "utf-8")
        entries = read_entries(root)
        line = entries[-1].line
        problems = [problem for problem in check_knowledge(root, entries) if problem.line == line]
    if problems:
        raise KnowledgeError("; ".join(f"{problem.word!r}: {problem.message}" for problem in problems))


def _quoted(text: str) -> str:
    """Return *text* as YAML reads it back whatever it holds: a JSON string is one."""
    return msgspec.json.encode(text).decode()
