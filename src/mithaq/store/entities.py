"""Who is who, as kept in the store: what must be resolved again, what namings share, which are one entity, what a person should decide."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from operator import itemgetter
from typing import Any, Protocol

import msgspec

from mithaq.errors import QuestionError
from mithaq.model.fact import LOST, split_key
from mithaq.model.span import Evidence
from mithaq.model.world import LIST_OF, Entity, EntityKind, EntityList, EntityName, Mentioned, Naming, Profile, Question
from mithaq.store.connected import Connected, Connection, Row, Run, plainly
from mithaq.text.fold import fold_text

_AT_ONCE = 900  # values of one question to the database
PAIR_VERBS = ("same", "different", "split")
_LISTS: tuple[EntityList, ...] = ("people", "bodies", "programmes")
_OWN: dict[EntityList, str] = {
    "people": "f.names, f.country, f.country_basis = 'inferred', f.role, f.body, NULL, NULL, NULL",
    "bodies": "f.names, f.country, 0, NULL, NULL, f.kind, f.code, NULL",
    "programmes": "'', f.country, 0, NULL, NULL, NULL, NULL, f.part_of",
}

Member = tuple[str, str, int]  # source, list, item
_PLACE = itemgetter(0, 1)  # of a naming: its page and its item there


class Bond(msgspec.Struct, frozen=True):
    """A standing decision about two namings, by their keys; ``other`` is empty where one naming stands alone (split)."""

    number: int
    verb: str
    subject: str
    other: str


class Desk:
    """What the step of resolution reads and writes, inside one transaction."""

    def __init__(self, run: Run, connection: Connection) -> None:
        self._run = run
        self._connection = connection

    def unresolved(self, limit: int) -> list[str]:
        """Return documents whose namings have changed, in a fixed order."""
        return [row[0] for row in self._run("SELECT source FROM unresolved ORDER BY source LIMIT ?", (limit,))]

    def read_namings(self, sources: Sequence[str]) -> list[Naming]:
        """Return what these documents name, as people judged them."""
        found: list[Naming] = []
        sides: defaultdict[str, list[str]] = defaultdict(list)
        for source, code in sorted(tuple(row) for row in self._in("SELECT source, code FROM sides WHERE source IN", sources)):
            sides[source].append(code)
        for name in _LISTS:
            sql = (
                f"SELECT f.source, f.n, f.start, f.end, f.name, d.lang, d.published, {_OWN[name]} FROM {name} f "
                "JOIN documents d ON d.id = f.source WHERE f.source IN"
            )
            for source, item, start, end, printed, lang, published, names, *own in sorted(self._in(sql, sources), key=_PLACE):
                country, guessed, role, body, body_kind, code, part_of = own
                found.append(
                    Naming(
                        document=source, list=name, item=item, start=start, end=end, lang=lang, published=published,
                        names=tuple(dict.fromkeys((printed, *filter(None, names.split("\n"))))),
                        country=country, guessed=bool(guessed), role=role, body=body, body_kind=body_kind, code=code, part_of=part_of,
                        sides=tuple(sides[source]),
                    )
                )  # fmt: skip
        return found

    def profiles_of(self, sources: Sequence[str]) -> set[int]:
        """Return the profiles under which these documents' namings stood until now."""
        return {row[0] for row in self._in("SELECT profile FROM namings WHERE source IN", sources)}

    def replace_namings(self, sources: Sequence[str], rows: Iterable[tuple[str, str, int, int, int, int]]) -> None:
        """Put the namings of documents in the place of the old ones: (source, list, item, start, end, profile)."""
        self._in("DELETE FROM namings WHERE source IN", sources)
        self._connection.executemany("INSERT INTO namings VALUES (?, ?, ?, ?, ?, ?)", rows)

    def drop_members(self, sources: Sequence[str]) -> None:
        """Forget to which entities namings belong that are there no longer, and entities without any other."""
        gone = (
            "FROM entity_members WHERE NOT EXISTS (SELECT 1 FROM namings n WHERE n.source = entity_members.source AND "
            "n.list = entity_members.list AND n.item = entity_members.item) AND source IN"
        )
        left = {row[0] for row in self._in(f"SELECT entity {gone}", sources)}
        self._in(f"DELETE {gone}", sources)
        self.drop_empty(left)

    def known_profiles(self, ids: Collection[int]) -> set[int]:
        """Return which of these profiles are kept."""
        return {row[0] for row in self._in("SELECT id FROM profiles WHERE id IN", ids)}

    def add_profile(self, number: int, profile: Profile, keys: Iterable[str]) -> None:
        """Keep a new profile under its keys."""
        self._run("INSERT INTO profiles VALUES (?, ?, ?)", (number, profile.kind, msgspec.json.encode(profile).decode()))
        self._connection.executemany("INSERT OR IGNORE INTO naming_keys VALUES (?, ?)", [(key, number) for key in keys])

    def sharing(self, keys: Iterable[str]) -> set[int]:
        """Return the profiles that have one of these keys."""
        return {row[0] for row in self._in("SELECT profile FROM naming_keys WHERE key IN", keys)}

    def add_pairs(self, pairs: Iterable[tuple[int, int, float]]) -> None:
        """Keep pairs of profiles (a < b) that may be one."""
        self._connection.executemany("INSERT OR REPLACE INTO naming_pairs VALUES (?, ?, ?)", pairs)

    def drop_unused(self, profiles: Collection[int]) -> None:
        """Forget those of these profiles that no naming has any more; their neighbours are to be clustered again."""
        used = {row[0] for row in self._in("SELECT DISTINCT profile FROM namings WHERE profile IN", profiles)}
        gone = [number for number in profiles if number not in used]
        self.mark(other for a, b, _ in self.pairs_of(gone) for other in (a, b))
        for table, column in (("naming_pairs", "a"), ("naming_pairs", "b"), ("naming_keys", "profile"), ("profiles", "id")):
            self._in(f"DELETE FROM {table} WHERE {column} IN", gone)
        self._in("DELETE FROM unclustered WHERE profile IN", gone)

    def mark(self, profiles: Iterable[int]) -> None:
        """Note that the surroundings of profiles have changed."""
        self._connection.executemany("INSERT OR IGNORE INTO unclustered VALUES (?)", [(number,) for number in profiles])

    def settle(self, sources: Sequence[str]) -> None:
        """Note that these documents' namings are up to date."""
        self._in("DELETE FROM unresolved WHERE source IN", sources)

    def unclustered(self, limit: int) -> list[int]:
        """Return profiles whose entities are to be made again, in a fixed order."""
        return [row[0] for row in self._run("SELECT profile FROM unclustered ORDER BY profile LIMIT ?", (limit,))]

    def locate(self, keys: Iterable[str]) -> dict[str, int]:
        """Return the profiles of namings by the namings' keys; those that no reading finds any more are left out."""
        found = {}
        for key in sorted(keys):
            place = read_key(key)
            row = place and self._run(
                "SELECT profile FROM namings WHERE source = ? AND list = ? AND start = ? AND end = ? ORDER BY item", place
            ).fetchone()
            if row:
                found[key] = int(row[0])
        return found

    def clustered(self, profiles: Collection[int]) -> None:
        """Note that the entities of these profiles are up to date."""
        self._in("DELETE FROM unclustered WHERE profile IN", profiles)

    def load_profiles(self, ids: Collection[int]) -> dict[int, Profile]:
        """Return profiles by their number."""
        rows = self._in("SELECT id, data FROM profiles WHERE id IN", ids)
        return {row[0]: _PROFILE.decode(row[1]) for row in sorted(rows, key=itemgetter(0))}

    def pairs_of(self, profiles: Collection[int]) -> list[tuple[int, int, float]]:
        """Return all pairs in which one of these profiles stands, each once, sorted."""
        rows = {tuple(row) for column in "ab" for row in self._in(f"SELECT a, b, odds FROM naming_pairs WHERE {column} IN", profiles)}
        return sorted(rows)

    def namings_of(self, profiles: Collection[int]) -> list[tuple[int, str, EntityList, int, int, int]]:
        """Return (profile, source, list, item, start, end) of every naming of these profiles."""
        sql = "SELECT profile, source, list, item, start, end FROM namings WHERE profile IN"
        return sorted(tuple(row) for row in self._in(sql, profiles))

    def names_of(self, members: Iterable[Member]) -> dict[Member, tuple[str, str | None]]:
        """Return the name and language of namings as their pages print them."""
        lists: defaultdict[str, set[str]] = defaultdict(set)
        wanted = set(members)
        for source, name, _ in wanted:
            lists[name].add(source)
        found: dict[Member, tuple[str, str | None]] = {}
        for name, sources in lists.items():
            sql = f"SELECT f.source, f.n, f.name, d.lang FROM {name} f JOIN documents d ON d.id = f.source WHERE f.source IN"
            for source, item, printed, lang in self._in(sql, sorted(sources)):
                if (source, name, item) in wanted:
                    found[source, name, item] = (printed, lang)
        return found

    def peers_of(self, sources: Collection[str]) -> dict[str, set[int]]:
        """Return the profiles that stand on each of these pages."""
        found: defaultdict[str, set[int]] = defaultdict(set)
        for source, profile in self._in("SELECT source, profile FROM namings WHERE source IN", sources):
            found[source].add(profile)
        return found

    def keys_of(self, profiles: Collection[int]) -> dict[int, set[str]]:
        """Return the keys of profiles."""
        found: defaultdict[int, set[str]] = defaultdict(set)
        for key, profile in self._in("SELECT key, profile FROM naming_keys WHERE profile IN", profiles):
            found[profile].add(key)
        return found

    def published(self, sources: Collection[str]) -> dict[str, str]:
        """Return the dates of publication of documents that have one."""
        rows = self._in("SELECT id, published FROM documents WHERE published IS NOT NULL AND id IN", sources)
        return {row[0]: row[1] for row in rows}

    def entities_at(self, members: Iterable[Member]) -> dict[Member, tuple[str, float]]:
        """Return the entity of each of these namings until now, and how sure it was."""
        wanted = set(members)
        rows = self._in(
            "SELECT source, list, item, entity, probability FROM entity_members WHERE source IN", sorted({m[0] for m in wanted})
        )
        return {(row[0], row[1], row[2]): (row[3], row[4]) for row in rows if (row[0], row[1], row[2]) in wanted}

    def put_members(self, rows: Iterable[tuple[str, str, int, str, float]]) -> None:
        """Keep (source, list, item, entity, probability) of namings."""
        self._connection.executemany("INSERT OR REPLACE INTO entity_members VALUES (?, ?, ?, ?, ?)", rows)

    def drop_entities(self, ids: Collection[str]) -> None:
        """Forget entities with their questions and conflicts; who belonged to them is written anew."""
        for table, column in (
            ("entities", "id"), ("entity_questions", "first"), ("entity_questions", "second"), ("entity_conflicts", "entity"),
        ):  # fmt: skip
            self._in(f"DELETE FROM {table} WHERE {column} IN", ids)

    def drop_empty(self, ids: Collection[str]) -> None:
        """Forget those of these entities to which no naming belongs any more."""
        used = {row[0] for row in self._in("SELECT DISTINCT entity FROM entity_members WHERE entity IN", ids)}
        self.drop_entities([one for one in ids if one not in used])

    def put_entities(self, entities: Iterable[Entity]) -> None:
        """Keep entities."""
        rows = [(e.id, e.kind, e.name, e.names[0].lang, e.country, msgspec.json.encode(e.names).decode()) for e in entities]
        self._connection.executemany("INSERT OR REPLACE INTO entities VALUES (?, ?, ?, ?, ?, ?)", rows)

    def put_questions(self, questions: Iterable[Question]) -> None:
        """Keep pairs that a person should decide."""
        rows = [(q.a, q.b, q.first, q.second, q.probability, "\n".join(q.reasons)) for q in questions]
        self._connection.executemany("INSERT OR REPLACE INTO entity_questions VALUES (?, ?, ?, ?, ?, ?)", rows)

    def put_conflicts(self, conflicts: Iterable[tuple[str, str, str]]) -> None:
        """Keep pairs of namings (a, b, entity) that decisions both bind and hold apart."""
        self._connection.executemany("INSERT OR REPLACE INTO entity_conflicts VALUES (?, ?, ?)", conflicts)

    def bonds(self) -> list[Bond]:
        """Return the decisions about pairs that stand."""
        return standing_bonds(self._run)

    def _in(self, sql: str, values: Iterable[Any]) -> list[Any]:
        """Ask with a list of values, however many there are."""
        wanted, found = list(values), []
        for at in range(0, len(wanted), _AT_ONCE):
            part = wanted[at : at + _AT_ONCE]
            found += self._run(f"{sql} ({', '.join('?' * len(part))})", part).fetchall()
        return found


_PROFILE = msgspec.json.Decoder(Profile)
_NAMES = msgspec.json.Decoder(tuple[EntityName, ...])


def standing_bonds(run: Run) -> list[Bond]:
    """Return the decisions about pairs of namings that no later one replaces or takes back, in the order in which they were made."""
    rows = run(
        "SELECT n, verb, subject, coalesce(other, '') FROM judgements j "
        "WHERE (verb IN (?, ?, ?) OR (verb = 'unsure' AND other IS NOT NULL)) "
        "AND NOT EXISTS (SELECT 1 FROM judgements later WHERE later.replaces = j.n) ORDER BY n",
        PAIR_VERBS,
    )
    return [Bond(*row) for row in rows]


def read_key(key: str) -> tuple[str, str, int, int] | None:
    """Return (document, list, start, end) of a naming's key; None when it is lost, or the key of another fact."""
    document, kind, start, end = split_key(key)
    if key.endswith(LOST) or kind not in LIST_OF:
        return None
    return document, LIST_OF[kind], start, end


class Resolving(Protocol):
    """What the step of resolution needs of a store."""

    def resolving(self) -> AbstractContextManager[Desk]:
        """Give what the step reads and writes, all of it in one transaction."""

    def stale(self) -> int:
        """Return how much waits to be resolved; 0 when who is who is up to date."""


class Entities(Connected):
    """The part of the store that knows who is who."""

    @contextmanager
    def resolving(self) -> Iterator[Desk]:
        """Give what the step of resolution reads and writes, all of it in one transaction."""
        with self._transaction() as run:
            yield Desk(run, self._connection)

    def stale(self) -> int:
        """Return how many documents wait to be resolved; 0 when who is who is up to date."""
        unclustered = "SELECT CASE WHEN count(*) > 0 THEN 1 ELSE 0 END FROM unclustered"
        (waiting,) = self._all(f"SELECT (SELECT count(*) FROM unresolved) + ({unclustered})")[0]
        return int(waiting)

    def entities(self, kind: EntityKind | None = None) -> list[Entity]:
        """Return all entities of a kind, by kind, name and id."""
        sql = "SELECT id, kind, name, country, data FROM entities WHERE ?1 IS NULL OR kind = ?1 ORDER BY kind, name, id"
        rows = self._all(sql, (kind,))
        return [self._to_entity(row) for row in rows]

    def entity(self, entity_id: str) -> Entity | None:
        """Return the entity with this id, None when there is none."""
        row = self._one("SELECT id, kind, name, country, data FROM entities WHERE id = ?", (entity_id,))
        return self._to_entity(row) if row else None

    def _to_entity(self, row: Row) -> Entity:
        if row["data"] is not None:
            return Entity(id=row["id"], kind=row["kind"], country=row["country"], names=_NAMES.decode(row["data"]))
        # Private pages name it, too, and must not be told of: only what public ones say.
        table = LIST_OF[row["kind"]]
        told = self._all(
            f"SELECT t.name, {'t.name' if table == 'programmes' else 't.names'} AS names, t.country FROM entity_members e "
            f"JOIN documents d ON d.id = e.source JOIN {table} t ON t.source = e.source AND t.n = e.item WHERE e.entity = ? AND e.list = ? "
            "ORDER BY e.source, e.item",
            (row["id"], table),
        )
        public = dict.fromkeys(name for one in told for name in (one["name"], *one["names"].split("\n")) if name)
        countries = {one["country"] for one in told if one["country"]}
        left = tuple(EntityName(name, None) for name in sorted(public, key=lambda name: name != row["name"]))
        return Entity(id=row["id"], kind=row["kind"], country=countries.pop() if len(countries) == 1 else None, names=left)

    def entity_of(self, source: str, list_name: str, item: int) -> str | None:
        """Return the id of the entity to which a naming belongs, None while it is not resolved."""
        row = self._one("SELECT entity FROM entity_members WHERE source = ? AND list = ? AND item = ?", (source, list_name, item))
        return row[0] if row else None

    def members(self, entity_id: str) -> list[tuple[str, str, int, float]]:
        """Return (source, list, item, probability) of every naming of an entity, sorted."""
        sql = "SELECT source, list, item, probability FROM entity_members WHERE entity = ? ORDER BY source, list, item"
        return [tuple(row) for row in self._all(sql, (entity_id,))]

    def mentions_of(self, entity_id: str) -> list[Mentioned]:
        """Return every place where an entity is named, by page and place."""
        rows = self._all(
            "SELECT m.source, d.path, m.start, m.end, m.quote FROM entity_members e "
            "JOIN mentions m ON m.source = e.source AND m.list = e.list AND m.item = e.item JOIN documents d ON d.id = e.source "
            "WHERE e.entity = ? ORDER BY d.published IS NULL, d.published, m.source, m.start",
            (entity_id,),
        )
        return [Mentioned(document=row[0], path=row[1], evidence=Evidence(row[2], row[3], row[4])) for row in rows]

    def questions(self) -> list[Question]:
        """Return the pairs that a person should decide, the most doubtful first."""
        rows = self._all("SELECT a, b, first, second, probability, reasons FROM entity_questions ORDER BY abs(probability - 0.5), a, b")
        return [
            Question(a=row[0], b=row[1], first=row[2], second=row[3], probability=row[4], reasons=tuple(filter(None, row[5].split("\n"))))
            for row in rows
        ]

    def conflicts(self) -> list[tuple[str, str, str]]:
        """Return (a, b, entity): namings held apart by one decision and bound by others, and the entity where they meet."""
        return [tuple(row) for row in self._all("SELECT a, b, entity FROM entity_conflicts ORDER BY a, b")]

    def bonds(self) -> list[Bond]:
        """Return the decisions about pairs of namings that stand, in the order in which they were made."""
        with plainly(self.path):
            return standing_bonds(self._connection.execute)

    def naming_entity(self, key: str) -> str | None:
        """Return the entity of a naming by the naming's key."""
        place = read_key(key)
        row = place and self._one(
            "SELECT e.entity FROM namings n JOIN entity_members e ON e.source = n.source AND e.list = n.list AND e.item = n.item "
            "WHERE n.source = ? AND n.list = ? AND n.start = ? AND n.end = ? ORDER BY n.item",
            place,
        )
        return row[0] if row else None

    def bond(self, subject: str, other: str) -> Bond | None:
        """Return the decision about two namings (their keys in order) that stands, the last one when there are several."""
        found = [bond for bond in self.bonds() if (bond.subject, bond.other) == (subject, other)]
        return found[-1] if found else None

    def find_entity(self, name: str) -> Entity:
        """Return the one entity with this id, the beginning of an id, or any of its names; raises QuestionError when none or several have.

        Names count whatever their case, marks and articles; an entity that has the name on more pages than all others is meant.
        """
        found = self.entity(name)
        if found is not None:
            return found
        rows = self._all("SELECT id FROM entities WHERE length(?1) >= 4 AND substr(id, 1, length(?1)) = ?1", (name,))
        asked = fold_text(name)
        join = "JOIN entity_members e ON e.source = f.source AND e.item = f.n AND e.list ="
        sql = " UNION ".join(f"SELECT e.entity, count(*) FROM {x} f {join} '{x}' WHERE f.folded = ?1 GROUP BY 1" for x in _LISTS)
        rows = rows or sorted(self._all(sql, (asked,)), key=lambda row: (-row[1], row[0]))
        if not rows or not asked:
            words = f"no person, body or programme is called {name!r}; 'mithaq entities' lists them all"
            raise QuestionError(words, "wrong.nobody", value=name)
        if len(rows) > 1 and (len(rows[0]) == 1 or rows[0][1] == rows[1][1]):
            told = (f"{e.id} ({e.name}, {e.kind}{', ' + e.country if e.country else ''})" for row in rows[:5] if (e := self.entity(row[0])))
            raise QuestionError(f"{name!r} means several: {'; '.join(told)}; write the id")
        only = self.entity(rows[0][0])
        assert only is not None
        return only

    def namings_called(self, name: str) -> list[tuple[str, str, int]]:
        """Return (document, list, item) of all namings of an entity, by its id, the beginning of its id, or a name; sorted.

        With a name only the namings that have it. Raises QuestionError as :meth:`find_entity` does.
        """
        entity = self.find_entity(name)
        every = [(source, listed, item) for source, listed, item, _ in self.members(entity.id)]
        asked, table = fold_text(name), LIST_OF[entity.kind]
        rows = self._all(f"SELECT source, n FROM {table} WHERE folded = ?", (asked,))
        called = {(row[0], table, row[1]) for row in rows}
        return [one for one in every if one in called] or every

    def _unsettle(self, run: Run, source: str) -> None:
        """Note that the namings of a document have changed; part of the transaction that changes them."""
        run("INSERT OR IGNORE INTO unresolved VALUES (?)", (source,))
