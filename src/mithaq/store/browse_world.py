"""Who is who and what happened, as a screen shows it: happenings a stretch at a time, names as entities, the pages of one entity."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from mithaq.errors import QuestionError
from mithaq.model.happening import COMMITMENT, Happening, ReportKey
from mithaq.model.world import LIST_OF, EntityKind
from mithaq.store.browse import Narrow, Row, conditions
from mithaq.store.connected import Connected
from mithaq.store.store import Cell, check_date

_CURSOR = "~"
_AT_A_TIME = 500  # values in one question
_HOMES = (
    "SELECT source, list, item, entity FROM entity_members WHERE source IN ({})",
    "SELECT source, list, item, happening FROM happening_members WHERE source IN ({})",
)
# What a list of entities shows beside each.
_BESIDE = {
    "people": "max(t.role) AS role, max(t.body) AS body",
    "bodies": "max(t.kind) AS kind",
    "programmes": "max(t.part_of) AS part_of",
}


class HappeningCount(msgspec.Struct, frozen=True, kw_only=True):
    """How many happenings there are, with a date and without."""

    dated: int
    undated: int

    @property
    def all(self) -> int:
        """Their sum."""
        return self.dated + self.undated


class Meeting(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A happening as far as it tells who met whom: ``parties`` are codes, ``who`` the ids of entities that took part."""

    id: str
    type: str
    parties: tuple[str, ...] = ()
    who: tuple[str, ...] = ()
    date: str | None = None
    topics: tuple[str, ...] = ()


class Head(msgspec.Struct, frozen=True, gc=False):
    """An entity as a list names it."""

    kind: str
    name: str
    country: str | None


class BrowsingWorld(Connected):
    """The part of the store that shows happenings and entities."""

    def meetings(self, narrow: Narrow) -> list[Meeting]:
        """Return all happenings that :meth:`browse_happenings` lists, dated or not, as far as they tell who met whom; by id."""
        where, values = _of_happenings(narrow)
        rows = self._all(f"SELECT h.data FROM happenings h WHERE {where} ORDER BY h.id", values)
        return [msgspec.json.decode(row[0], type=Meeting) for row in rows]

    def heads(self) -> dict[str, Head]:
        """Return kind, name and country of all entities, by id."""
        return {row[0]: Head(row[1], row[2], row[3]) for row in self._all("SELECT id, kind, name, country FROM entities")}

    def homes_on(self, sources: Sequence[str]) -> dict[ReportKey, str]:
        """Return the entity of every naming, and the happening of every report, on some pages."""
        parts = [tuple(sources[at : at + _AT_A_TIME]) for at in range(0, len(sources), _AT_A_TIME)]
        asked = [(sql.format(", ".join("?" * len(part))), part) for sql in _HOMES for part in parts]
        return {(row[0], row[1], row[2]): row[3] for sql, part in asked for row in self._all(sql, part)}

    def browse_happenings(
        self, narrow: Narrow, *, limit: int = 50, after: str | None = None, undated: bool = False
    ) -> tuple[list[Happening], str | None]:
        """Return happenings (no promises) of which a wanted page tells, the latest first, and the cursor of the next ones.

        With *undated* those without a date, by id. ``since`` and ``until`` bound the day of the happening.
        """
        where, values = _of_happenings(narrow)
        clauses = [where, "h.date IS NULL" if undated else "h.date IS NOT NULL"]
        if after is not None:
            date, joint, last = after.partition(_CURSOR)
            check_date("cursor", date or None)
            if not joint:
                raise QuestionError(f"{after!r} is no cursor; take the one that the last answer gave, or leave it out")
            clauses.append("h.id > :after" if undated else "(h.date < :date OR (h.date = :date AND h.id > :after))")
            values |= {"date": date, "after": last}
        order = "h.id" if undated else "h.date DESC, h.id"
        sql = f"SELECT h.id, h.date, h.data FROM happenings h WHERE {' AND '.join(clauses)} ORDER BY {order} LIMIT {limit + 1}"
        rows = self._all(sql, values)
        cursor = f"{rows[limit - 1][1] or ''}{_CURSOR}{rows[limit - 1][0]}" if len(rows) > limit else None
        return [msgspec.json.decode(row[2], type=Happening) for row in rows[:limit]], cursor

    def count_happenings(self, narrow: Narrow) -> HappeningCount:
        """Return how many happenings :meth:`browse_happenings` lists, with a date and without."""
        where, values = _of_happenings(narrow)
        row = self._all(f"SELECT count(h.date), count(*) FROM happenings h WHERE {where}", values)[0]
        return HappeningCount(dated=row[0], undated=row[1] - row[0])

    def tally_entities(self, what: str, narrow: Narrow, *, limit: int = 50, offset: int = 0) -> list[Row]:
        """Return people, bodies or programmes, each once with its number of pages, most first; ``name`` narrows to words in any name.

        Names on pages that are not compared yet stand by themselves, without an ``entity``.
        """
        if what not in _BESIDE:
            raise QuestionError(f"{what} have no names; there are {', '.join(_BESIDE)}")
        where, values = conditions(what, narrow)
        side = "coalesce(t.code, t.country)" if what == "bodies" else "t.country"
        found = self._all(
            "SELECT max(e.entity) AS entity, coalesce(max(n.name), max(t.name)) AS name, "
            f"coalesce(max(n.country), max({side})) AS country, {_BESIDE[what]}, "
            "count(DISTINCT d.id) AS pages, max(d.published) AS last "
            f"FROM {what} t JOIN documents d ON d.id = t.source "
            f"LEFT JOIN entity_members e ON e.source = t.source AND e.list = '{what}' AND e.item = t.n "
            f"LEFT JOIN entities n ON n.id = e.entity WHERE {where} "
            f"GROUP BY coalesce(e.entity, t.folded) ORDER BY pages DESC, last DESC, name LIMIT {limit} OFFSET {offset}",
            values,
        )
        return [dict(row) for row in found]

    def pages_of_entity(self, entity: str, kind: EntityKind, *, limit: int = 40, offset: int = 0) -> list[tuple[str, int, float]]:
        """Return (document, item, probability) of an entity's namings, the newest page first; copies are left out."""
        found = self._all(
            "SELECT e.source, e.item, e.probability FROM entity_members e JOIN documents d ON d.id = e.source "
            "WHERE e.entity = ? AND e.list = ? AND d.current = 1 AND d.copy_of IS NULL "
            f"ORDER BY d.published DESC, d.n DESC, e.item LIMIT {limit} OFFSET {offset}",
            (entity, LIST_OF[kind]),
        )
        return [(row[0], row[1], row[2]) for row in found]

    def count_pages_of_entity(self, entity: str) -> Row:
        """Return on how many pages an entity stands, and when the first and the last of them were published."""
        row = self._all(
            "SELECT count(DISTINCT d.id) AS pages, min(d.published) AS first, max(d.published) AS last FROM entity_members e "
            "JOIN documents d ON d.id = e.source WHERE e.entity = ? AND d.current = 1 AND d.copy_of IS NULL",
            (entity,),
        )[0]
        told: dict[str, Cell] = dict(row)
        return told


def _of_happenings(narrow: Narrow) -> tuple[str, dict[str, Cell]]:
    """Return the condition under which a happening ``h`` is wanted, and its values: a wanted page tells of it."""
    where, values = conditions("events", msgspec.structs.replace(narrow, since=None, until=None))
    told = (
        "SELECT 1 FROM happening_members m JOIN documents d ON d.id = m.source JOIN events t ON t.source = m.source AND t.n = m.item "
        f"WHERE m.happening = h.id AND m.list = 'events' AND {where}"
    )
    clauses = ["h.type <> :commitment", f"EXISTS ({told})"]
    if narrow.since:
        clauses.append("h.date || substr('-99-99', 1 + max(0, length(h.date) - 4)) >= :first")
    if narrow.until:
        clauses.append("h.date <= :last")
    values |= {"commitment": COMMITMENT, "first": narrow.since, "last": f"{narrow.until}-99-99" if narrow.until else None}
    return " AND ".join(clauses), values
