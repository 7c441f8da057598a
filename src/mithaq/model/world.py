"""Who is who across pages: a naming on one page, what namings that say the same share, an entity, and a pair that a person must decide."""

from __future__ import annotations

from typing import Literal

import msgspec

from mithaq.model.span import Evidence

EntityKind = Literal["person", "body", "programme"]
EntityList = Literal["people", "bodies", "programmes"]
KIND_OF: dict[EntityList, EntityKind] = {"people": "person", "bodies": "body", "programmes": "programme"}
LIST_OF: dict[EntityKind, EntityList] = {kind: name for name, kind in KIND_OF.items()}


class Naming(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A person, body or programme as one page names it: ``item`` counts within ``list`` of ``document``.

    ``start`` and ``end`` are those of its first mention. ``names`` are all that the page gives it, the fullest first; ``guessed`` says that
    its country comes from the page as a whole, not from words beside the name. ``sides`` are the countries and organisations of the page.
    """

    document: str
    list: EntityList
    item: int
    start: int
    end: int
    names: tuple[str, ...]
    lang: str | None = None
    country: str | None = None
    guessed: bool = False
    role: str | None = None
    body: str | None = None
    body_kind: str | None = None
    code: str | None = None
    part_of: str | None = None
    published: str | None = None
    sides: tuple[str, ...] = ()

    @property
    def kind(self) -> EntityKind:
        """What sort of thing is named."""
        return KIND_OF[self.list]

    @property
    def key(self) -> str:
        """The name by which people's decisions find it (:func:`mithaq.model.fact.fact_key`)."""
        return naming_key(self.document, self.kind, self.start, self.end)


def naming_key(document: str, kind: EntityKind, start: int, end: int) -> str:
    """Return the key of a naming, that of its fact (:func:`mithaq.model.fact.fact_key`)."""
    return f"{document}/{kind}/{start}-{end}"


class Profile(msgspec.Struct, frozen=True, kw_only=True, gc=False, omit_defaults=True):
    """What namings that say the same share, in comparable form.

    ``sides`` are those of the page where the country is not known for sure; ``scope`` is the one naming that stands for itself alone.
    """

    kind: EntityKind
    names: tuple[str, ...]
    country: str | None = None
    guessed: bool = False
    role: str | None = None
    body: str | None = None
    body_kind: str | None = None
    code: str | None = None
    known: str | None = None
    part_of: str | None = None
    sides: tuple[str, ...] = ()
    scope: str = ""


class EntityName(msgspec.Struct, frozen=True, gc=False, order=True):
    """One name of an entity, in which language pages print it, and on how many."""

    name: str
    lang: str | None
    pages: int = 1


class Entity(msgspec.Struct, frozen=True, kw_only=True):
    """A person, body or programme of the world: its names, the commonest first, and its country as far as pages agree on it."""

    id: str
    kind: EntityKind
    names: tuple[EntityName, ...]
    country: str | None = None

    @property
    def name(self) -> str:
        """The name to show."""
        return self.names[0].name


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """Two namings that may be one, by their keys, the entities they stand in, how likely it is, and what speaks for it."""

    a: str
    b: str
    first: str
    second: str
    probability: float
    reasons: tuple[str, ...]


class Resolved(msgspec.Struct, frozen=True):
    """What bringing pages together has done: documents looked at anew, entities made again, happenings that are new, changed or gone."""

    documents: int = 0
    entities: int = 0
    happenings: int = 0


class Mentioned(msgspec.Struct, frozen=True, kw_only=True):
    """Where an entity is named: page, the path as ingested, and the words."""

    document: str
    path: str | None
    evidence: Evidence
