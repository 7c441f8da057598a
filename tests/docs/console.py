"""Commands shown in the documents: ``console`` blocks with ``$ `` lines, and the files a reader is told to save."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_SAVE = re.compile(r"[Ss]ave (?:it|this|them) as `([\w./-]+)`[^\n]*\n+\Z")


class Command(NamedTuple):
    """A command as typed, continuation lines joined, and the lines that the document shows below it."""

    line: int
    typed: str
    expected: tuple[str, ...]


class Script(NamedTuple):
    """What a document asks its reader to do: files to save (name, content) and commands to type, in order."""

    files: tuple[tuple[str, str], ...]
    commands: tuple[Command, ...]


def read_script(document: Path) -> Script:
    """Return the files and commands of a Markdown document."""
    text = document.read_text("utf-8")
    files, commands = [], []
    for fence in _FENCE.finditer(text):
        kind, content = fence.groups()
        saved = _SAVE.search(text[: fence.start()])
        if saved:
            files.append((saved.group(1), content))
        elif kind == "console":
            commands += _commands(content, text[: fence.start()].count("\n") + 2)
    return Script(tuple(files), tuple(commands))


def _commands(block: str, first_line: int) -> list[Command]:
    found: list[Command] = []
    for number, line in enumerate(block.splitlines(), start=first_line):
        if line.startswith("$ "):
            found.append(Command(number, line[2:], ()))
        elif found:
            found[-1] = found[-1]._replace(expected=(*found[-1].expected, line))
    return found


def missing_lines(expected: tuple[str, ...], output: str) -> list[str]:
    """Return the expected lines that do not stand in *output* in this order; … stands for anything, white space for any white space."""
    rest, missing = " ".join(output.split()), []
    for line in expected:
        pieces = [re.escape(" ".join(piece.split())) for piece in line.split("…")]
        pattern = r".*?".join(pieces)
        if not line.strip(" …"):
            continue
        found = re.search(pattern, rest)
        if found:
            rest = rest[found.end() :]
        else:
            missing.append(line)
    return missing
