"""Everything that is known of one person, body or programme: names, offices over time with who came after, what they did and said."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

import msgspec

from mithaq.lexicon.relations import is_relation
from mithaq.model.world import LIST_OF, Entity, Mentioned
from mithaq.resolve.compare import likeness_of_words
from mithaq.store import Store
from mithaq.store.store import Cell
from mithaq.text.fold import fold_text

_ALIKE = 0.75  # two wordings of one office: «وزير الاقتصاد الرقمي», "ministre de l'Économie numérique"
_WHAT = {"person": "person", "body": "body"}  # of whom participants tell
Row = dict[str, Cell]


class Office(msgspec.Struct, frozen=True, kw_only=True):
    """An office as pages tell of it: its wordings, the commonest first, and the first and last day of a page that gives it.

    ``successor`` is the entity that holds the same office later, by id and name; ``document`` and ``quote`` are the first page and words.
    """

    roles: tuple[str, ...]
    country: str | None
    body: str | None
    first: str | None
    last: str | None
    pages: int
    document: str
    quote: str
    successor: tuple[str, str] | None = None


class Deed(msgspec.Struct, frozen=True, kw_only=True):
    """Something that was done or said: its day as far as known, its kind ("agreement, signed", "need"), words and page."""

    date: str | None
    kind: str
    quote: str
    document: str
    path: str | None
    start: int
    end: int


class Portrait(msgspec.Struct, frozen=True, kw_only=True):
    """An entity with all that pages tell of it; ``people`` are those named as people of a body, with their offices."""

    entity: Entity
    offices: tuple[Office, ...] = ()
    people: tuple[tuple[str, str, str], ...] = ()
    events: tuple[Deed, ...] = ()
    statements: tuple[Deed, ...] = ()
    mentions: tuple[Mentioned, ...] = ()


def paint(store: Store, name: str) -> Portrait:
    """Return all that is known of the one entity with this id or name; raises QuestionError when there is none, or more than one."""
    entity = store.find_entity(name)
    # What a page no longer names has no row; until the workspace is resolved again, it is still a member.
    facts = [fact for source, _, item, _ in store.members(entity.id) for fact in _fact(store, source, LIST_OF[entity.kind], item)]
    pages = {source: _page(store, source) for source in (str(fact["source"]) for fact in facts)}
    return Portrait(
        entity=entity,
        offices=tuple(_offices(store, entity, facts, pages)) if entity.kind == "person" else (),
        people=tuple(_people(store, entity, pages)) if entity.kind == "body" else (),
        events=tuple(_events(store, entity, facts, pages)),
        statements=tuple(_statements(store, facts, pages)),
        mentions=tuple(store.mentions_of(entity.id)),
    )


def _fact(store: Store, source: str, listed: str, item: int) -> list[Row]:
    return store.rows(listed, {"source": source, "n": item})


def _page(store: Store, source: str) -> Row:
    return store.rows("documents", {"id": source})[0]


def _offices(store: Store, entity: Entity, facts: Iterable[Row], pages: dict[str, Row]) -> Iterator[Office]:
    groups: list[list[Row]] = []
    held = (f for f in facts if f["role"] and not is_relation(str(f["role"])))
    for fact in sorted(held, key=lambda f: (_day(pages, f), str(f["source"]))):
        home = next((g for g in groups if _same_office(g[0], fact)), None)
        if home is None:
            groups.append([fact])
        else:
            home.append(fact)
    for group in groups:
        days = sorted(str(day) for fact in group if (day := pages[str(fact["source"])]["published"]))
        wordings = [str(fact["role"]) for fact in group]
        first = group[0]
        yield Office(
            roles=tuple(sorted(set(wordings), key=lambda role: (-wordings.count(role), role))),
            country=_text(next((fact["country"] for fact in group if fact["country"]), None)),
            body=_text(next((fact["body"] for fact in group if fact["body"]), None)),
            first=days[0] if days else None, last=days[-1] if days else None, pages=len({str(f["source"]) for f in group}),
            document=str(first["source"]), quote=str(first["quote"]),
            successor=_successor(store, entity, first, days[-1]) if days else None,
        )  # fmt: skip


def _same_office(a: Row, b: Row) -> bool:
    if a["country"] and b["country"] and a["country"] != b["country"]:
        return False
    return likeness_of_words(fold_text(str(a["role"])), fold_text(str(b["role"]))) >= _ALIKE


def _successor(store: Store, entity: Entity, office: Row, last: str) -> tuple[str, str] | None:
    """Return who holds the same office of the same country on the first page after the last one that gives it to this person."""
    if not office["country"]:
        return None
    later = []
    for fact in store.rows("people", {"country": office["country"]}):
        if fact["role"] and _same_office(office, fact):
            day = _page(store, str(fact["source"]))["published"]
            other = store.entity_of(str(fact["source"]), "people", int(str(fact["n"])))
            if other and other != entity.id and day and str(day) > last:
                later.append((str(day), other))
    found = store.entity(min(later)[1]) if later else None
    return (found.id, found.name) if found else None


def _people(store: Store, entity: Entity, pages: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    """Yield (entity, name, office) of those whom pages name as people of a body."""
    names = {fold_text(name.name) for name in entity.names}
    seen = set()
    for source in sorted(pages):
        for person in store.rows("people", {"source": source}):
            if person["body"] and fold_text(str(person["body"])) in names:
                found = store.entity_of(source, "people", int(str(person["n"])))
                if found and found not in seen:
                    seen.add(found)
                    yield found, str(person["name"]), str(person["role"] or "")


def _events(store: Store, entity: Entity, facts: Iterable[Row], pages: dict[str, Row]) -> Iterator[Deed]:
    if entity.kind not in _WHAT:
        return
    found = []
    for fact in facts:
        source = str(fact["source"])
        mine = {"source": source, "what": _WHAT[entity.kind], "name": fact["name"]}
        numbers = {row["event"] for row in store.rows("participants", mine)}
        for event in store.rows("events", {"source": source}):
            if event["n"] in numbers:
                kind = ", ".join(filter(None, (str(event["type"]), _text(event["stage"]))))
                found.append(_deed(event, pages[source], kind, _text(event["date"])))
    yield from sorted(set(found), key=_when)


def _statements(store: Store, facts: Iterable[Row], pages: dict[str, Row]) -> Iterator[Deed]:
    found = []
    for fact in facts:
        source = str(fact["source"])
        names = {str(fact["name"]), *str(fact.get("names") or "").split("\n")}
        said = (row for row in store.rows("statements", {"source": source}) if row["speaker"] in names)
        found += [_deed(row, pages[source], str(row["kind"]), _text(pages[source]["published"])) for row in said]
    yield from sorted(set(found), key=_when)


def _deed(row: Row, page: Row, kind: str, day: str | None) -> Deed:
    return Deed(
        date=day, kind=kind, quote=str(row["quote"]), document=str(row["source"]), path=_text(page["path"]),
        start=int(str(row["start"])), end=int(str(row["end"])),
    )  # fmt: skip


def _when(deed: Deed) -> tuple[bool, str, str, int]:
    return (deed.date is None, deed.date or "", deed.document, deed.start)


def _day(pages: dict[str, Row], fact: Row) -> str:
    return str(pages[str(fact["source"])]["published"] or "9999")


def _text(value: Cell) -> str | None:
    return None if value is None else str(value)


def group_names(entity: Entity) -> dict[str, list[str]]:
    """Return the names of an entity by language, the commonest first; "other" for pages in none of ours."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for name in entity.names:
        if name.name not in found[name.lang or "other"]:
            found[name.lang or "other"].append(name.name)
    return dict(found)
