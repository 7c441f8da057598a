"""What one page only infers of a person's side, another page may state: the pages of an answer agree before it is drawn up.

Nothing stored is changed; a page by itself keeps what it says.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from msgspec.structs import replace

from mithaq.answers.merge import merge_by_name, name_keys
from mithaq.model import Document, Person, Statement
from mithaq.text.skeleton import sounds_alike


class _Named(NamedTuple):
    page: int
    person: Person


def agree_on_sides(documents: Sequence[Document]) -> tuple[Document, ...]:
    """Return the documents with each person on the side that the pages state most often.

    Only sides that a page inferred give way, and only to sides that other pages state; the statements of these people follow them.
    People are one when their names are the same words or sound alike (see ``merge``).
    """
    named = [_Named(page, person) for page, document in enumerate(documents) for person in document.people]
    groups = merge_by_name(named, _keys, lambda _: "", lambda a, b: sounds_alike(a.person.name, b.person.name))
    moved: dict[int, dict[str, str]] = {}
    for group in groups:
        stated = Counter(n.person.country for n in group if n.person.country and n.person.country_basis == "stated")
        if not stated:
            continue
        side = stated.most_common(1)[0][0]
        for page, person in group:
            if side and person.country != side and person.country_basis != "stated":
                moved.setdefault(page, {})[person.name] = side
    return tuple(_moved(document, moved[page]) if page in moved else document for page, document in enumerate(documents))


def _keys(named: _Named) -> frozenset[str]:
    return name_keys(named.person.name, named.person.names)


def _moved(document: Document, sides: dict[str, str]) -> Document:
    people = tuple(replace(p, country=sides[p.name], country_basis="inferred") if p.name in sides else p for p in document.people)
    statements = tuple(_follow(s, sides) for s in document.statements)
    return replace(document, people=people, statements=statements)


def _follow(statement: Statement, sides: dict[str, str]) -> Statement:
    """Move a statement with its speaker; what was said toward the speaker's own side was said toward the other."""
    side = sides.get(statement.speaker or "")
    if side is None:
        return statement
    toward = statement.country if statement.toward == side else statement.toward
    return replace(statement, country=side, toward=toward)
