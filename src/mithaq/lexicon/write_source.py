"""Write the file of a source, after the same checks that every source passes."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from mithaq.errors import KnowledgeError
from mithaq.lexicon.check_sources import WORLD, check_sources
from mithaq.lexicon.sources import CHANNELS, FOLDER, Channel, host_of
from mithaq.model.vocabulary import LANGUAGES


def add_source(
    root: Path,
    *,
    address: str,
    type: str,
    country: str | None,
    languages: Sequence[str],
    names: Mapping[str, str],
    channels: Sequence[Channel],
    replace: bool = False,
) -> Path:
    """Write ``sources/<cc>/<id>.yml`` below *root* and return that file; its id is made from the host of *address*.

    *names* are by language; where one is missing, another stands in. Raises KnowledgeError, and writes nothing, when there is such a file
    already (unless it may be *replaced*) or when it does not pass the check.
    """
    host = host_of(address)
    name = next((names[lang] for lang in LANGUAGES if names.get(lang)), host)
    file = root / FOLDER / (country or WORLD).lower() / f"{_id_of(host)}.yml"
    if file.exists() and not replace:
        raise KnowledgeError(f"{file}: this source is there already; edit the file, or add --replace to write it anew")
    lines = [f"# {name}, {host}", "kind: source", f"type: {type}", *([f'country: "{country}"'] if country else []), f"domain: {host}"]
    lines.append(f"languages: [{', '.join(languages)}]")
    for lang in LANGUAGES:
        lines += [f"{lang}:", f"  name: {_quoted(names.get(lang) or name)}"]
    for heading, kind in CHANNELS.items():
        mine = [channel for channel in channels if channel.kind == kind]
        lines += [f"{heading}:"] if mine else []
        for channel in mine:
            lines.append(f"  - address: {_quoted(channel.address)}")
            lines += [f"    language: {channel.language}"] if channel.language else []
            lines.append(f"    verified: {'true' if channel.verified else 'false'}")
    lines += ["healthy:", "  least_words: 40", "  titled: yes", f"example: {_quoted(address)}"]
    content = "\n".join(lines) + "\n"
    _check(content, file)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(content, "utf-8")
    return file


def _id_of(host: str) -> str:
    """Return the name of a file for a host: "hespress" of hespress.com, "example-org" where the host has more parts."""
    parts = host.split(".")
    return re.sub(r"[^a-z0-9]+", "-", parts[0] if len(parts) == 2 else ".".join(parts[:-1]) or host).strip("-")


def _check(content: str, file: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        draft = Path(folder) / FOLDER / file.parent.name / file.name
        draft.parent.mkdir(parents=True)
        draft.write_text(content, "utf-8")
        problems = check_sources(Path(folder))
    if problems:
        raise KnowledgeError("; ".join(f"{problem.word!r}: {problem.message}" for problem in problems))


def _quoted(text: str) -> str:
    """Return *text* as YAML reads it back whatever it holds: a JSON string is one."""
    return msgspec.json.encode(text).decode()
