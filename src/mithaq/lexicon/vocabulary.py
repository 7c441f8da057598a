"""The closed lists of the record with their labels and definitions in three languages, read from ``knowledge/vocabularies``."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources.abc import Traversable
from pathlib import Path
from types import MappingProxyType
from typing import Any

import msgspec

from mithaq.errors import KnowledgeError
from mithaq.lexicon.load import packaged_knowledge, read_yaml
from mithaq.model.vocabulary import LANGUAGES

_OF_THE_TERM = frozenset({"code", "id", "kind", "note", "__line__", *LANGUAGES})


class Term(msgspec.Struct, frozen=True, kw_only=True):
    """One code of a closed list. ``labels`` and ``definitions`` are keyed by language (a definition may be missing);
    ``attributes`` hold whatever else the file says (``wsis: C5 C6``)."""

    code: str
    labels: Mapping[str, str]
    definitions: Mapping[str, str]
    attributes: Mapping[str, str]


@cache
def read_vocabulary(name: str) -> Mapping[str, Term]:
    """Return the terms of ``knowledge/vocabularies/<name>.yml`` by code, in file order.

    Raises KnowledgeError when there is no such list, when a term lacks its code or a label, or when a code stands twice.
    """
    source = packaged_knowledge() / "vocabularies" / f"{name}.yml"
    if not source.is_file():
        raise KnowledgeError(f"{source}: there is no vocabulary {name!r}; the known ones are {', '.join(vocabulary_names())}")
    return MappingProxyType(read_terms(source))


def read_terms(source: Traversable | Path) -> dict[str, Term]:
    """Return the terms of one vocabulary file by code; raises KnowledgeError as :func:`read_vocabulary` does."""
    content = read_yaml(source)
    terms: dict[str, Term] = {}
    for block in content.get("terms") or content.get("entries") or []:
        term = _read_term(block, f"{source}:{block['__line__']}")
        if term.code in terms:
            raise KnowledgeError(f"{source}:{block['__line__']}: the code {term.code!r} stands twice; keep one of them")
        terms[term.code] = term
    return terms


@cache
def vocabulary_names() -> tuple[str, ...]:
    """Return the names of all closed lists, sorted."""
    folder = packaged_knowledge() / "vocabularies"
    return tuple(sorted(file.name[: -len(".yml")] for file in folder.iterdir() if file.name.endswith(".yml")))


def label(name: str, code: str, lang: str) -> str:
    """Return what a reader of *lang* calls the *code* of the vocabulary *name*: ``label("stages", "signed", "fr")`` gives "Signé".

    Raises KnowledgeError for a code outside the list and for a language that mithaq does not speak.
    """
    term = read_vocabulary(name).get(code)
    if term is None:
        known = ", ".join(read_vocabulary(name))
        raise KnowledgeError(f"vocabularies/{name}.yml: there is no code {code!r}; add it there or use one of {known}")
    if lang not in term.labels:
        raise KnowledgeError(f"vocabularies/{name}.yml: {code!r} has no label in {lang!r}; the languages are {', '.join(LANGUAGES)}")
    return term.labels[lang]


def _read_term(block: dict[str, Any], where: str) -> Term:
    code = block.get("code")
    if not code:
        raise KnowledgeError(f"{where}: a term needs 'code:'")
    words: dict[str, dict[str, str]] = {lang: block.get(lang) or {} for lang in LANGUAGES}
    labels: dict[str, str] = {lang: named.get("label") or named.get("name") or "" for lang, named in words.items()}
    missing = [lang for lang, text in labels.items() if not text]
    if missing:
        raise KnowledgeError(f"{where}: {code!r} has no label in {', '.join(missing)}; add 'label:' there")
    return Term(
        code=code,
        labels=MappingProxyType(labels),
        definitions=MappingProxyType({lang: named["definition"] for lang, named in words.items() if named.get("definition")}),
        attributes=MappingProxyType({k: v for k, v in block.items() if k not in _OF_THE_TERM and isinstance(v, str)}),
    )
