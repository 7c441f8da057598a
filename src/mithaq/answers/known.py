"""Who is who, and which reports tell of one happening, among the pages of an answer, as the workspace has compared them.

>>> known = know(store, documents)
>>> known.one(page, "people", 0), known.names["يحيى ولد سيدي المختار"][0].name
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

import msgspec

from mithaq.model import Document, Event
from mithaq.model.happening import ReportKey
from mithaq.model.world import EntityName
from mithaq.store.store import Store

_LISTS = ("people", "bodies", "programmes")


class Known(msgspec.Struct, frozen=True):
    """``homes``: naming or report to the id of its entity or happening. ``names``: a printed name to all names of the one that it means.

    A printed name that means two is left out. Both are empty where nothing has compared the pages: then the plain rules of answers decide.
    """

    homes: Mapping[ReportKey, str] = {}
    names: Mapping[str, tuple[EntityName, ...]] = {}

    def one(self, document: Document, listed: str, item: int) -> str | None:
        """Return the id of what a page names or tells, None where that is not known."""
        return self.homes.get((document.id, listed, item))

    def happening(self, document: Document, event: Event) -> str | None:
        """Return the id of the happening that an event of a page tells."""
        return next((self.one(document, "events", n) for n, one in enumerate(document.events) if one is event), None)


UNKNOWN = Known()
Knower = Callable[[Sequence[Document]], Known]


def know_nothing(_documents: Sequence[Document]) -> Known:
    """Return that nothing has compared some pages."""
    return UNKNOWN


def know(store: Store, documents: Sequence[Document]) -> Known:
    """Return what the workspace knows of the names and events on these pages."""
    homes = store.homes_on([document.id for document in documents])
    meant: dict[str, str | None] = {}
    for entity, name in _named(documents, homes):
        meant[name] = entity if meant.get(name, entity) == entity else None
    names = {entity: known.names for entity in sorted(set(filter(None, meant.values()))) if (known := store.entity(entity))}
    return Known(homes, {name: names[entity] for name, entity in meant.items() if entity in names})


def _named(documents: Iterable[Document], members: Mapping[ReportKey, str]) -> Iterator[tuple[str, str]]:
    """Yield every name printed on pages, with the id of the entity that it means there."""
    for document in documents:
        for listed in _LISTS:
            for item, named in enumerate(getattr(document, listed)):
                entity = members.get((document.id, listed, item))
                if entity is not None:
                    yield from ((entity, name) for name in dict.fromkeys((named.name, *getattr(named, "names", ()))))
