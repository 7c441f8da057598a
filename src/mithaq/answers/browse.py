"""Long lists a stretch at a time: statements, events and cited figures, each line with its sentence and its page.

>>> listing = list_statements(store, Narrow(kind="commitment", country="MA"))
>>> listing.lines[0].proofs[0].quote, listing.after
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Generic, TypeVar

import msgspec
from msgspec.structs import replace

from mithaq.answers.gather import claim_lines, statement_line
from mithaq.answers.known import know
from mithaq.answers.lines import EventLine, FigureLine, StatementLine
from mithaq.answers.merge import group_equal
from mithaq.answers.sources import Proof, Source, Sources
from mithaq.answers.tellings import Telling
from mithaq.answers.timeline import event_lines
from mithaq.model import Document, Event, Indicator, Statement
from mithaq.store.browse import Narrow, Stretch
from mithaq.store.store import Store
from mithaq.text.fold import fold_text

Line = TypeVar("Line", EventLine, StatementLine, FigureLine)
Fact = TypeVar("Fact", Event, Statement, Indicator)


class Listing(msgspec.Struct, Generic[Line], frozen=True):
    """Some lines of a list; ``after`` asks for the next ones, None at the end; ``sources`` are numbered as in the proofs."""

    lines: tuple[Line, ...]
    sources: tuple[Source, ...]
    after: str | None = None

    def source_of(self, proof: Proof) -> Source:
        """Return the page that *proof* is cut out of."""
        return self.sources[proof.source - 1]


def list_statements(
    store: Store, narrow: Narrow, *, limit: int = 25, after: str | None = None, prefix: str = "statement"
) -> Listing[StatementLine]:
    """Return statements by publication, the newest first; the same words of the same kind on several pages make one line.

    Keys begin with *prefix*, for screens that show several lists.
    """
    stretch = store.browse("statements", narrow, limit=limit, after=after)
    found, sources = _facts(store, stretch, lambda d: d.statements)
    groups = group_equal(found, lambda f: (f[1].kind, fold_text(f[1].evidence.quote)))
    numbered = enumerate((statement_line(number, group, sources) for number, group in enumerate(groups, start=1)), start=1)
    lines = tuple(replace(line, key=f"{prefix}-{number}") for number, line in numbered)
    return Listing(lines, sources.list, stretch.after)


def list_figures(store: Store, narrow: Narrow, *, limit: int = 25, after: str | None = None) -> Listing[FigureLine]:
    """Return cited figures by publication, the newest first; the same claim on several pages makes one line."""
    stretch = store.browse("indicators", narrow, limit=limit, after=after)
    found, sources = _facts(store, stretch, lambda d: d.indicators)
    return Listing(claim_lines(found, sources), sources.list, stretch.after)


def list_reported_events(store: Store, narrow: Narrow, *, limit: int = 25, after: str | None = None) -> Listing[EventLine]:
    """Return events, dated or not, by the publication of their pages, the newest first; reports of one event make one line."""
    stretch = store.browse("events", narrow, limit=limit, after=after)
    found, sources = _facts(store, stretch, lambda d: d.events)
    known = know(store, sources.documents)
    lines = event_lines((Telling(document, event, known.happening(document, event)) for document, event in found), sources)
    order = {document.id: place for place, (document, _) in reversed(list(enumerate(found)))}
    lines = tuple(sorted(lines, key=lambda line: min(order[proof.document] for proof in line.proofs)))
    return Listing(lines, sources.list, stretch.after)


def _facts(store: Store, stretch: Stretch, list_of: Callable[[Document], Sequence[Fact]]) -> tuple[list[tuple[Document, Fact]], Sources]:
    """Return the facts of some rows with their pages; each page is loaded once."""
    documents = load_documents(store, (str(row["source"]) for row in stretch.rows))
    found = []
    for row in stretch.rows:
        document = documents[str(row["source"])]
        listed = list_of(document)
        place = int(row["n"] or 0)
        # A page read anew between the two questions may have fewer facts than its rows said.
        if place < len(listed):
            found.append((document, listed[place]))
    return found, Sources(documents.values())


def load_documents(store: Store, ids: Iterable[str]) -> dict[str, Document]:
    """Return documents by id, each loaded once."""
    return {id: store.document(id) for id in dict.fromkeys(ids)}
