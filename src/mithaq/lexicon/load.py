"""Read knowledge files (YAML) into entries. Every scalar is the text typed: NO stays "NO", 1:30 stays "1:30".

Two shapes of file:

* lexicon: ``knowledge/lexicons/<lang>/*.yml`` with ``kind``, ``about`` and ``entries`` of ``word``, ``also``, ``example``, ``not``
  and any further attribute;
* gazetteer: ``knowledge/gazetteers/*.yml`` with ``kind`` and ``entries`` that carry their names in three blocks ``ar``, ``fr``, ``en``,
  each with ``name``, ``also``, ``adjective`` (forms of the nationality, kind ``place.nationality``), ``example``, ``not`` and
  attributes of that language's name alone (``ambiguous``, ``article``); a block may hold only ``adjective``.

* source: ``knowledge/sources/<cc>/<id>.yml`` (see ``lexicon/sources.py``); one with ``agency:`` gives its names as ``outlet.agency``,
  for pages credit it by them.

A file or an entry may say ``kind``; an entry's own wins.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import yaml

from mithaq.errors import KnowledgeError
from mithaq.lexicon.entry import Entry
from mithaq.model.vocabulary import LANGUAGES

Form = TypeVar("Form")

_Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_OF_THE_ENTRY = {"word", "also", "example", "not", "means", "about", "note", "kind", "entries", "name", "adjective", "__line__"}
_SOURCE, _AGENCY = "source", "outlet.agency"
RESERVED = _OF_THE_ENTRY | set(LANGUAGES)


class _LineLoader(_Loader):  # type: ignore[misc]  # the C loader has no stubs
    """A loader that keeps scalars as text and remembers on which line each block stands."""


def _mapping_with_line(loader: Any, node: yaml.MappingNode) -> dict[str, Any]:
    mapping: dict[str, Any] = loader.construct_mapping(node, deep=True)
    mapping["__line__"] = node.start_mark.line + 1
    return mapping


_LineLoader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping_with_line)


def read_yaml(source: Traversable | Path) -> dict[str, Any]:
    """Return the top mapping of a knowledge file; raises KnowledgeError naming file and line when it cannot be read."""
    try:
        content = yaml.load(source.read_text("utf-8"), Loader=_LineLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        complaint = getattr(error, "problem", error)
        raise KnowledgeError(f"{source}:{line}: this is not valid YAML ({complaint}); check indents and quotes") from error
    except UnicodeDecodeError as error:
        raise KnowledgeError(f"{source}: not UTF-8 text; save the file as UTF-8") from error
    if not isinstance(content, dict):
        raise KnowledgeError(f"{source}:1: expected a block that begins with 'kind:'")
    return content


def find_files(root: Traversable | Path) -> Iterator[tuple[str, Traversable | Path]]:
    """Yield (language or "", file) for every lexicon and gazetteer (and the disputed places) below a knowledge folder, in a fixed order."""
    lexicons, gazetteers = root / "lexicons", root / "gazetteers"
    for lang in LANGUAGES:
        folder = lexicons / lang
        if folder.is_dir():
            for file in sorted(folder.iterdir(), key=lambda f: f.name):
                if file.name.endswith(".yml"):
                    yield lang, file
    if gazetteers.is_dir():
        for file in sorted(gazetteers.iterdir(), key=lambda f: f.name):
            if file.name.endswith(".yml"):
                yield "", file
    yield from (("", file) for file in find_source_files(root))
    disputed = root / "vocabularies" / "disputed.yml"  # a closed list whose names must also be found in texts
    if disputed.is_file():
        yield "", disputed


def find_source_files(root: Traversable | Path) -> Iterator[Traversable | Path]:
    """Yield the files of single sources, ``sources/<cc>/*.yml``, below a knowledge folder, in a fixed order."""
    folder = root / "sources"
    for land in sorted((f for f in folder.iterdir() if f.is_dir()), key=lambda f: f.name) if folder.is_dir() else ():
        yield from sorted((f for f in land.iterdir() if f.name.endswith(".yml")), key=lambda f: f.name)


def packaged_knowledge() -> Traversable:
    """Return the knowledge folder that ships with mithaq."""
    return files("mithaq") / "knowledge"


def read_model(name: str, form: type[Form], again: str) -> Form:
    """Return a packaged model; raises KnowledgeError, with *again* how it is learned anew, when its file is not of the expected form."""
    file = packaged_knowledge() / "models" / f"{name}.json"
    try:
        return msgspec.json.decode(file.read_bytes(), type=form)
    except msgspec.DecodeError as error:
        raise KnowledgeError(f"{file}: {error}; {again}") from error


def read_entries(root: Traversable | Path) -> list[Entry]:
    """Return all entries of a knowledge folder; raises KnowledgeError at the first entry that has no form."""
    entries: list[Entry] = []
    for lang, file in find_files(root):
        content = read_yaml(file)
        if content.get("kind") == _SOURCE:
            entries.extend(_agency_entries(content, file))
        for block in content.get("entries") or []:
            if not isinstance(block, dict):
                raise KnowledgeError(f"{file}: an entry is not a block of 'word: …' lines: {block!r}")
            merged = {"kind": content.get("kind", ""), **block}
            entries.extend(_lexicon_entry(merged, lang, file) if lang else _gazetteer_entries(merged, file))
    return entries


def _agency_entries(block: dict[str, Any], file: Traversable | Path) -> Iterator[Entry]:
    """Yield the names by which pages credit a source that is a news agency."""
    if block.get("agency"):
        said = {"kind": _AGENCY, "code": block["agency"]} | ({"country": block["country"]} if block.get("country") else {})
        names: dict[str, Any] = {lang: block[lang] for lang in LANGUAGES if block.get(lang)}
        yield from _gazetteer_entries({**names, **said, "__line__": block["__line__"]}, file)


def _lexicon_entry(block: dict[str, Any], lang: str, file: Traversable | Path) -> Iterator[Entry]:
    word = block.get("word")
    if not word or not block["kind"]:
        raise KnowledgeError(f"{file}:{block['__line__']}: an entry needs 'word:' and its file or itself a 'kind:'")
    yield Entry(
        kind=block["kind"],
        lang=lang,
        word=word,
        forms=(word, *_words(block.get("also"), file, block["__line__"])),
        attributes=_attributes(block),
        example=block.get("example"),
        counterexample=block.get("not"),
        path=str(file),
        line=block["__line__"],
    )


def _gazetteer_entries(block: dict[str, Any], file: Traversable | Path) -> Iterator[Entry]:
    line = block["__line__"]
    for lang in LANGUAGES:
        names = block.get(lang)
        if not names:
            continue
        if not isinstance(names, dict) or not (names.get("name") or names.get("adjective")):
            raise KnowledgeError(f"{file}:{line}: the block '{lang}:' needs 'name:' (or, for a nationality alone, 'adjective:')")
        yield from _names_of_one_language(block, lang, names, file)


def _names_of_one_language(block: dict[str, Any], lang: str, names: dict[str, Any], file: Traversable | Path) -> Iterator[Entry]:
    """Yield the name and the nationality; what the language block says of itself (``article: exact``) is said of the name.

    A nationality without a name of its own takes those attributes, the example and the counterexample.
    """
    line, name = names["__line__"], names.get("name")
    shared, own = _attributes(block), _attributes(names)

    def entry(kind: str, forms: tuple[str, ...], attributes: dict[str, str], proven: bool) -> Entry:
        example, counterexample = (names.get("example"), names.get("not")) if proven else (None, None)
        return Entry(
            kind=kind,
            lang=lang,
            word=forms[0],
            forms=forms,
            attributes=attributes,
            example=example,
            counterexample=counterexample,
            path=str(file),
            line=line,
        )

    if name:
        yield entry(block["kind"], (name, *_words(names.get("also"), file, line)), shared | own, True)
    adjectives = _words(names.get("adjective"), file, line)
    if adjectives:
        yield entry("place.nationality", adjectives, shared if name else shared | own, not name)


def _words(value: Any, file: Traversable | Path, line: int) -> tuple[str, ...]:
    if not value:
        return ()
    if isinstance(value, str) or not all(isinstance(item, str) for item in value):
        raise KnowledgeError(f"{file}:{line}: expected a list such as [one form, another form], not {value!r}")
    return tuple(value)


def _attributes(block: dict[str, Any]) -> dict[str, str]:
    return {key: value for key, value in block.items() if key not in RESERVED and isinstance(value, str)}
