"""What may leave for everybody to read: which pages, and of the facts that several pages tell only what those pages tell.

A fact that also rests on a page that may not leave is told as the others tell it, or not at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any, cast

from mithaq.answers.sources import may_publish
from mithaq.export.parcel import Parcel, Wanted, pack_parcel
from mithaq.model import Document
from mithaq.model.happening import Happening, Source, Thread
from mithaq.model.world import Entity
from mithaq.store import Filter, Store


def pack_public(store: Store, *, everything: bool = False) -> tuple[Parcel, int]:
    """Return what may be published, and how many pages may not; *everything* takes also pages that are on other matters."""
    view = _View(store)
    return pack_parcel(cast(Store, view), Wanted(everything=everything)), len(view.hidden)


class _View:
    """A store as the public may see it: of entities, happenings and threads that rest on a hidden page only what the others tell."""

    def __init__(self, store: Store) -> None:
        self._store = store

    @cached_property
    def hidden(self) -> frozenset[str]:
        """Return the pages that may not leave."""
        return frozenset(d.id for d in self._store.documents(Filter(every_version=True)) if not may_publish(d))

    def documents(self, wanted: Filter) -> Iterator[Document]:
        """Yield the wanted documents that may leave."""
        return (d for d in self._store.documents(wanted) if d.id not in self.hidden)

    def entity(self, entity_id: str) -> Entity | None:
        """Return an entity; None when a hidden page names it, so that its names come from the other pages."""
        found = self._store.entity(entity_id)
        if found is None or not self.hidden:
            return found
        named = self._store.namings_called(found.id)
        return None if any(document in self.hidden for document, _, _ in named) else found

    def happenings_of(self, ids: Iterable[str]) -> dict[str, Happening]:
        """Return those of some happenings that no hidden page tells of."""
        return {id: h for id, h in self._store.happenings_of(ids).items() if self._is_open(h.sources)}

    def threads_of(self, happening: str) -> list[str]:
        """Return the threads of a happening of which no hidden page tells a step."""
        return [key for key in self._store.threads_of(happening) if self._is_clear(self._store.thread(key))]

    def _is_clear(self, thread: Thread) -> bool:
        return all(self._is_open(step.sources) for step in thread.steps)

    def _is_open(self, sources: Iterable[Source]) -> bool:
        return not self.hidden or all(source.document not in self.hidden for source in sources)

    def __getattr__(self, name: str) -> Any:
        # Everything else is asked by the ids of pages that are open already.
        if name not in _ASKED:
            raise AttributeError(name)
        return getattr(self._store, name)


_ASKED = frozenset({"entity_of", "happening_of", "thread", "searched", "document"})
