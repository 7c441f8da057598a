"""A person, body or programme across pages: every name, every office with its time, what it took part in and what it said."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from mithaq.answers.browse import Listing, load_documents
from mithaq.answers.gather import statement_line
from mithaq.answers.known import know
from mithaq.answers.lines import EventLine, StatementLine
from mithaq.answers.merge import group_equal
from mithaq.answers.sources import Proof, Source, Sources
from mithaq.answers.tellings import Telling
from mithaq.answers.timeline import event_lines
from mithaq.errors import QuestionError
from mithaq.lexicon.relations import is_relation
from mithaq.model import Body, Document, Person, Programme
from mithaq.model.fact import FactLayer
from mithaq.model.world import LIST_OF, Entity, Question
from mithaq.store.store import Store
from mithaq.text.fold import fold_text

Named = Person | Body | Programme


class Held(msgspec.Struct, frozen=True, kw_only=True):
    """An office as printed, from when to when pages give it, and the words of the last page that does."""

    role: str
    body: str | None
    first: str | None
    last: str | None
    pages: int
    proof: Proof


class Mention(msgspec.Struct, frozen=True):
    """Where a page first names the entity, and how sure it is that it is meant."""

    proof: Proof
    probability: float


class Profile(msgspec.Struct, frozen=True, kw_only=True):
    """Everything on one entity, out of its newest pages; ``pages`` counts all of them. ``questions`` ask whether others are the same."""

    entity: Entity
    pages: int
    first: str | None
    last: str | None
    offices: tuple[Held, ...]
    mentions: tuple[Mention, ...]
    events: tuple[EventLine, ...]
    statements: tuple[StatementLine, ...]
    part_of: tuple[str, ...]
    questions: tuple[Question, ...]
    sources: tuple[Source, ...]
    more: bool = False

    @property
    def listing(self) -> Listing[EventLine]:
        """Return the sources as those of a list, for who cites them."""
        return Listing(self.events, self.sources)


def look_up(store: Store, key: str, *, limit: int = 40, offset: int = 0) -> Profile:
    """Return an entity by its id, with what *limit* of its pages say; raises QuestionError when there is none."""
    entity = store.entity(key)
    if entity is None:
        raise QuestionError(f"there is no person, body or programme {key!r}; 'mithaq entities' shows their ids")
    counted = store.count_pages_of_entity(entity.id)
    rows = store.pages_of_entity(entity.id, entity.kind, limit=limit + 1, offset=offset)
    documents = load_documents(store, (source for source, _, _ in rows[:limit]))
    layer: FactLayer = LIST_OF[entity.kind]
    found: list[tuple[Document, Named, float]] = []
    for source, item, probability in rows[:limit]:
        listed: Sequence[Named] = getattr(documents[source], layer)
        if item < len(listed):
            found.append((documents[source], listed[item], probability))
    sources = Sources(documents.values())
    known = know(store, sources.documents)
    told = ((d, e) for d, named, _ in found for e in d.events if _takes_part(named, (*e.people, *e.bodies)))
    events = event_lines((Telling(d, e, known.happening(d, e)) for d, e in told), sources)
    said = [(d, s) for d, named, _ in found for s in d.statements if _takes_part(named, (s.speaker or "", s.on_behalf_of or ""))]
    groups = group_equal(said, lambda f: (f[1].kind, fold_text(f[1].evidence.quote)))
    return Profile(
        entity=entity,
        pages=int(counted["pages"] or 0),
        first=str(counted["first"]) if counted["first"] else None,
        last=str(counted["last"]) if counted["last"] else None,
        offices=offices_of([(d, named) for d, named, _ in found], sources),
        mentions=tuple(Mention(sources.proof(d, named.mentions[0], layer), probability) for d, named, probability in found),
        events=tuple(sorted(events, key=lambda line: line.date or "", reverse=True)),
        statements=tuple(statement_line(number, group, sources) for number, group in enumerate(groups, start=1)),
        part_of=tuple(dict.fromkeys(n.part_of for _, n, _ in found if isinstance(n, Programme) and n.part_of)),
        questions=tuple(q for q in store.questions() if entity.id in (q.first, q.second)),
        sources=sources.list,
        more=len(rows) > limit,
    )


def _takes_part(named: Named, names: Sequence[str]) -> bool:
    """Say whether one of some names is this one's on its page."""
    own = {named.name, *(() if isinstance(named, Programme) else named.names)}
    return bool(own.intersection(names))


def offices_of(found: Sequence[tuple[Document, Named]], sources: Sources) -> tuple[Held, ...]:
    """Return the offices that pages give a person, the one last printed first."""
    held = [(d, n) for d, n in found if isinstance(n, Person) and n.role and not is_relation(n.role)]
    offices = []
    for group in group_equal(held, lambda f: fold_text(f[1].role or "")):
        dates = sorted(d.published for d, _ in group if d.published)
        document, person = group[0]
        offices.append(
            Held(
                role=person.role or "",
                body=next((p.body for _, p in group if p.body), None),
                first=dates[0] if dates else None,
                last=dates[-1] if dates else None,
                pages=len({d.id for d, _ in group}),
                proof=sources.proof(document, person.role_evidence or person.mentions[0], "people"),
            )
        )
    return tuple(sorted(offices, key=lambda o: (o.last or "", o.pages), reverse=True))
