"""Made documents for tests of resolution: pages that name people, bodies and programmes, in any order."""

from __future__ import annotations

from typing import Any, NamedTuple

from made_documents import make_document, quote
from mithaq.model import Body, Document, Person, Programme
from mithaq.store import Capture, MadeBy, SqlStore

MADE_BY = MadeBy("test", "words")


class Who(NamedTuple):
    """Somebody or something that a page names."""

    name: str
    country: str | None = None
    role: str | None = None
    sort: str = "person"
    code: str | None = None


def page(number: int | str, *named: Who, lang: str = "ar", published: str | None = None, **fields: Any) -> Document:
    """Return a page whose article names these, each in a sentence of its own."""
    body = " ".join(f"{who.role or ''} {who.name}." for who in named) or "…"
    bare = make_document(f"Page {number}", body)

    def facts(sort: str, make: Any) -> tuple[Any, ...]:
        return tuple(make(who, (quote(bare.text, who.name),)) for who in named if who.sort == sort)

    def person(who: Who, mentions: Any) -> Person:
        return Person(name=who.name, mentions=mentions, country=who.country, role=who.role)

    def organisation(who: Who, mentions: Any) -> Body:
        return Body(name=who.name, mentions=mentions, country=who.country, kind="public_body", code=who.code)

    def programme(who: Who, mentions: Any) -> Programme:
        return Programme(name=who.name, mentions=mentions, country=who.country)

    return make_document(
        f"Page {number}", body, path=f"pages/{number}.txt", lang=lang, published=published, people=facts("person", person),
        bodies=facts("body", organisation), programmes=facts("programme", programme), **fields,
    )  # fmt: skip


def put(store: SqlStore, *documents: Document) -> None:
    """Keep documents."""
    for document in documents:
        capture = Capture(hash=f"of-{document.id}", file="captures/aa/x.gz", added="2024-03-05T10:00:00+00:00", path=document.path)
        store.put(document, capture, MADE_BY, replace=True)


def groups(store: SqlStore) -> set[frozenset[str]]:
    """Return the names that entities hold, one set an entity, each name with its page."""
    paths = {row["id"]: row["path"] for row in store.rows("documents")}
    found = []
    for entity in store.entities():
        names = (f"{paths[m.document]}: {m.evidence.quote}" for m in store.mentions_of(entity.id))
        found.append(frozenset(names))
    assert len(set(found)) == len(found)
    return set(found)


def derived(store: SqlStore) -> list[str]:
    """Return everything that resolution wrote."""
    tables = ("unresolved", "namings", "profiles", "naming_keys", "naming_pairs", "unclustered", "entities", "entity_members")
    tables += ("entity_questions", "entity_conflicts")
    with store.resolving() as desk:
        return [line for table in tables for line in sorted(f"{table}: {tuple(row)}" for row in desk._run(f"SELECT * FROM {table}"))]
