"""Lists as a screen shows them: one stretch after the other, newest first, narrowed and counted, without reading whole pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import msgspec

from mithaq.errors import QuestionError
from mithaq.model.vocabulary import TOPICS, Language
from mithaq.store.connected import Connected, plainly
from mithaq.store.rows import COLUMNS
from mithaq.store.search import Term
from mithaq.store.store import Cell, check_date
from mithaq.text.fold import fold_text

Measure = Literal["lang", "outlet", "country", "topic", "year", "month"]
Row = dict[str, Cell]

FACTS = ("events", "statements", "indicators", "people", "bodies", "programmes")
NAMED = ("people", "bodies", "programmes")
_HEAD = "d.title, d.path, d.lang, d.outlet, d.published, d.url, d.invented, d.rights, d.private"
_KINDS = {"events": "type", "statements": "kind", "bodies": "kind"}
MOST_RANKED = 1000  # pages: as many as a reader can page through
MOST_COUNTED = 5_000  # pages on which words stand
MOST_TALLIED = 1_000  # of them, by country, topic, year, language and outlet
_LARGEST = 2**63 - 1  # what the database holds as a number
_ENDS_AFTER = "~"


class Narrow(msgspec.Struct, frozen=True, kw_only=True):
    """What a list is narrowed to; everything left out is not asked. Only current pages count, and of copies only their witness.

    ``country`` is a party of an event, the side of a statement, a person or a figure, and any side of a page; ``others`` leaves out
    one side, ``toward`` is whom a statement addresses. Dates bound the publication, ends included; ``outlet`` "" are pages without one;
    ``newer`` are pages that came in after the one of that number.
    Raises QuestionError when a date or a topic is none.
    """

    pair: tuple[str, str] | None = None
    country: str | None = None
    others: str | None = None
    toward: str | None = None
    lang: Language | None = None
    outlet: str | None = None
    topic: str | None = None
    kind: str | None = None
    name: str | None = None
    since: str | None = None
    until: str | None = None
    newer: int | None = None
    relevant: bool = False

    def __post_init__(self) -> None:
        check_date("since", self.since)
        check_date("until", self.until)
        if self.topic is not None and self.topic not in TOPICS:
            raise QuestionError(f"there is no topic {self.topic!r}; there are {', '.join(TOPICS)}")


class Stretch(msgspec.Struct, frozen=True):
    """Some rows of a list; ``after`` asks for the next ones, None at its end."""

    rows: tuple[Row, ...]
    after: str | None = None


class Tally(msgspec.Struct, frozen=True):
    """How many pages have a value; None: the pages do not say."""

    value: str | None
    n: int


class Browsing(Connected):
    """The part of the store that shows long lists."""

    def browse(self, what: str, narrow: Narrow, *, limit: int = 25, after: str | None = None) -> Stretch:
        """Return a stretch of "documents" or of one of :data:`FACTS`, by publication, the newest first, undated pages last."""
        where, values = conditions(what, narrow)
        if after is not None:
            published, number, place = _read_cursor(after)
            clauses = ["d.n < :n" if what == "documents" else "(d.n < :n OR (d.n = :n AND t.n > :place))"]
            if published:
                clauses = [f"(d.published < :published OR (d.published = :published AND {clauses[0]}) OR d.published IS NULL)"]
            else:
                clauses.append("d.published IS NULL")
            where = " AND ".join((where, *clauses))
            values |= {"published": published, "n": number, "place": place}
        if what == "documents":
            columns, joined, order = "d.*, d.n AS page", "documents d", "d.published DESC, d.n DESC"
        else:
            # From page to page in the order that is asked for, so that a stretch ends the search: sorting all facts would take longer.
            columns = f"t.*, {_HEAD}, d.n AS page"
            joined = f"documents d CROSS JOIN {what} t INDEXED BY sqlite_autoindex_{what}_1 ON t.source = d.id"
            order = "d.published DESC, d.n DESC, t.n"
        rows = [dict(row) for row in self._all(f"SELECT {columns} FROM {joined} WHERE {where} ORDER BY {order} LIMIT {limit + 1}", values)]
        if len(rows) <= limit:
            return Stretch(tuple(rows))
        last = rows[limit - 1]
        return Stretch(tuple(rows[:limit]), _ENDS_AFTER.join(str(last[name] or "") for name in ("published", "page", "n")))

    def count(self, what: str, narrow: Narrow, *, most: int = 10_000) -> int:
        """Return how many rows a list has, counted no further than *most*."""
        where, values = conditions(what, narrow)
        joined = "documents d" if what == "documents" else f"{what} t JOIN documents d ON d.id = t.source"
        return int(self._all(f"SELECT count(*) FROM (SELECT 1 FROM {joined} WHERE {where} LIMIT {most}) AS counted", values)[0][0])

    def count_found(self, terms: Sequence[Term], narrow: Narrow, *, most: int = MOST_COUNTED) -> int:
        """Return on how many pages the words stand, counted no further than *most*."""
        where, values = conditions("documents", narrow)
        found_in, _ = self._connection.found(terms, values)
        sql = f"SELECT 1 FROM {found_in} JOIN documents d ON d.n = search.rowid WHERE {self._connection.matches} AND {where} LIMIT {most}"
        return int(self._all(f"SELECT count(*) FROM ({sql}) AS counted", values)[0][0])

    def find_ids(self, terms: Sequence[Term], narrow: Narrow, *, limit: int = 20, offset: int = 0) -> list[tuple[str, float]]:
        """Return (id, rank) of the pages on which the words stand, best first: the lower the rank, the better.

        Where more than :data:`MOST_RANKED` pages have them, those that came in last are ranked: among so many the words tell little.
        """
        where, values = conditions("documents", narrow)
        joined = f"JOIN documents d ON d.n = search.rowid WHERE {self._connection.matches} AND {where}"
        found_in, _ = self._connection.found(terms, values)
        latest = f"{joined} ORDER BY search.rowid DESC LIMIT 1 OFFSET {MOST_RANKED - 1}"
        last = self._one(f"SELECT search.rowid FROM {found_in} {latest}", values)
        values["oldest"] = last[0] if last else 0
        found_in, rank = self._connection.found(terms, values, ranked=True)
        found = self._all(
            f"SELECT d.id, {rank} AS rank FROM {found_in} {joined} AND search.rowid >= :oldest "
            f"ORDER BY rank, d.published DESC, d.id LIMIT {limit} OFFSET {offset}",
            values,
        )
        return [(row[0], row[1]) for row in found]

    def tally_found(self, terms: Sequence[Term], narrow: Narrow, *, limit: int = 60) -> dict[Measure, list[Tally]]:
        """Return what :meth:`tally` does for pages on which words stand, by all measures but the month, in one pass.

        Where more than :data:`MOST_TALLIED` pages have the words, those that came in last are counted.
        """
        where, values = conditions("documents", narrow)
        found_in, _ = self._connection.found(terms, values)
        found = self._all(
            "WITH f AS MATERIALIZED (SELECT d.id, d.lang, d.outlet, substr(d.published, 1, 4) AS year "
            f"FROM {found_in} JOIN documents d ON d.n = search.rowid WHERE {self._connection.matches} AND {where} "
            f"ORDER BY search.rowid DESC LIMIT {MOST_TALLIED}) "
            "SELECT 'lang', lang, count(*) FROM f GROUP BY 2 UNION ALL SELECT 'outlet', outlet, count(*) FROM f GROUP BY 2 "
            "UNION ALL SELECT 'year', year, count(*) FROM f GROUP BY 2 "
            "UNION ALL SELECT 'country', s.code, count(*) FROM f CROSS JOIN sides s ON s.source = f.id GROUP BY 2 "
            "UNION ALL SELECT 'topic', o.topic, count(*) FROM f CROSS JOIN topics o ON o.source = f.id GROUP BY 2",
            values,
        )
        tallies: dict[Measure, list[Tally]] = {measure: [] for measure in ("country", "topic", "year", "lang", "outlet")}
        for measure, value, n in found:
            tallies[measure].append(Tally(value, n))
        for measure, listed in tallies.items():
            if measure == "year":
                listed.sort(key=lambda tally: tally.value or "", reverse=True)
            else:
                listed.sort(key=lambda tally: (-tally.n, tally.value or ""))
        return {measure: listed[:limit] for measure, listed in tallies.items()}

    def tally(self, by: Measure, narrow: Narrow, *, terms: Sequence[Term] = (), limit: int = 500) -> list[Tally]:
        """Return how many pages there are of each language, outlet, country, topic, year or month, most first; times latest first."""
        where, values = conditions("documents", narrow)
        joined = "documents d"
        if terms:
            found_in, _ = self._connection.found(terms, values)
            joined += f" JOIN {found_in} ON search.rowid = d.n"
            where = f"{self._connection.matches} AND {where}"
        what = {"lang": "d.lang", "outlet": "d.outlet", "year": "substr(d.published, 1, 4)", "month": "substr(d.published, 1, 7)"}.get(by)
        if by == "country":
            what, joined = "s.code", f"{joined} JOIN sides s ON s.source = d.id"
        elif by == "topic":
            what, joined = "o.topic", f"{joined} JOIN topics o ON o.source = d.id"
        if by == "month":
            where += " AND length(d.published) >= 7"
        order = "1 DESC" if by in ("year", "month") else "2 DESC, 1 NULLS FIRST"
        found = self._all(f"SELECT {what}, count(*) FROM {joined} WHERE {where} GROUP BY 1 ORDER BY {order} LIMIT {limit}", values)
        return [Tally(row[0], row[1]) for row in found]

    def tally_pairs(self, narrow: Narrow, *, limit: int = 20, offset: int = 0) -> list[Row]:
        """Return pairs with their number of pages and first and last publication, most pages first."""
        where, values = conditions("documents", msgspec.structs.replace(narrow, country=None))
        sides = " AND :country IN (p.a, p.b)" if narrow.country else ""
        values["country"] = narrow.country
        found = self._all(
            "SELECT p.a, p.b, count(DISTINCT d.id) AS pages, min(d.published) AS first, max(d.published) AS last "
            f"FROM pairs p JOIN documents d ON d.id = p.source WHERE {where}{sides} GROUP BY p.a, p.b "
            f"ORDER BY pages DESC, last DESC, p.a, p.b LIMIT {limit} OFFSET {offset}",
            values,
        )
        return [dict(row) for row in found]

    def tally_topics(self, kinds: Sequence[str], narrow: Narrow) -> dict[str, dict[str, int]]:
        """Return for each topic how many statements there are of each of some kinds."""
        counts: dict[str, dict[str, int]] = {}
        for kind in kinds:
            where, values = conditions("statements", msgspec.structs.replace(narrow, kind=kind))
            sql = f"SELECT t.topics, count(*) FROM statements t JOIN documents d ON d.id = t.source WHERE {where} GROUP BY 1"
            for topics, n in self._all(sql, values):
                for topic in str(topics).split():
                    known = counts.setdefault(topic, dict.fromkeys(kinds, 0))
                    known[kind] += n
        return counts

    def tally_sides(self, kind: str, narrow: Narrow, *, toward: bool = False) -> dict[tuple[str, str], int]:
        """Return how many statements of a kind there are by (topic, side): the side that speaks, or, with *toward*, the one addressed."""
        side = "toward" if toward else "country"
        where, values = conditions("statements", msgspec.structs.replace(narrow, kind=kind))
        sql = f"SELECT t.topics, t.{side}, count(*) FROM statements t JOIN documents d ON d.id = t.source "
        counts: dict[tuple[str, str], int] = {}
        for topics, code, n in self._all(f"{sql}WHERE {where} AND t.{side} IS NOT NULL GROUP BY 1, 2", values):
            for topic in str(topics).split():
                counts[topic, code] = counts.get((topic, code), 0) + n
        return counts

    def tally_figures(self, narrow: Narrow, *, compared: bool = False, limit: int = 40, offset: int = 0) -> list[Row]:
        """Return the names of cited figures, how often each is cited and for how many countries, most cited first.

        With *compared* only those that can be held against others: cited several times, or with a publisher, a rank or a score.
        """
        where, values = conditions("indicators", narrow)
        only = "HAVING count(*) > 1 OR count(t.publisher) > 0 OR min(t.unit) IN ('rank', 'points') " if compared else ""
        found = self._all(
            "SELECT t.name, count(*) AS claims, count(DISTINCT t.country) AS countries FROM indicators t JOIN documents d "
            f"ON d.id = t.source WHERE {where} GROUP BY t.name {only}ORDER BY claims DESC, t.name LIMIT {limit} OFFSET {offset}",
            values,
        )
        return [dict(row) for row in found]

    def outlets(self) -> list[Row]:
        """Return every outlet with its pages, how many are for us, how many facts they give, and when it was last seen and published."""
        facts = " UNION ALL ".join(f"SELECT source FROM {table}" for table in ("events", "statements", "indicators"))
        found = self._all(
            "SELECT d.outlet, count(*) AS pages, sum(d.relevant) AS relevant, count(d.copy_of) AS copies, "
            "count(d.withdrawn) AS withdrawn, min(d.published) AS first, max(d.published) AS last, "
            "max(c.seen) AS seen, coalesce(sum(f.n), 0) AS facts FROM documents d "
            f"LEFT JOIN (SELECT source, count(*) AS n FROM ({facts}) every_fact GROUP BY source) f ON f.source = d.id "
            "LEFT JOIN (SELECT source, max(coalesce(retrieved, added)) AS seen FROM captures GROUP BY source) c ON c.source = d.id "
            "WHERE d.current = 1 GROUP BY d.outlet ORDER BY pages DESC, d.outlet NULLS FIRST"
        )
        return [dict(row) for row in found]

    def latest(self, limit: int = 10) -> list[Row]:
        """Return the pages that came in last, those not for us left out."""
        found = self._all(
            "SELECT d.*, (SELECT max(c.added) FROM captures c WHERE c.source = d.id) AS added FROM documents d "
            f"WHERE d.current = 1 AND d.relevant = 1 AND d.copy_of IS NULL ORDER BY d.n DESC LIMIT {limit}"
        )
        return [dict(row) for row in found]

    def versions(self, document_id: str) -> list[Row]:
        """Return all versions of a page's address, the one fetched last first; none for a page without an address, or with one version.

        Each tells its id, title, whether it is ``current``, when it was ``withdrawn``, and when it was fetched last (``seen``).
        """
        found = self._all(
            "SELECT d.id, d.title, d.lang, d.current, d.withdrawn, d.published, max(coalesce(c.retrieved, c.added)) AS seen "
            "FROM documents d LEFT JOIN captures c ON c.source = d.id WHERE d.notice = 0 AND d.address IS NOT NULL "
            "AND d.address = (SELECT address FROM documents WHERE id = ?) "
            "GROUP BY d.n, d.id, d.title, d.lang, d.current, d.withdrawn, d.published ORDER BY d.current DESC, seen DESC, d.n DESC",
            (document_id,),
        )
        return [dict(row) for row in found] if len(found) > 1 else []

    def withdrawn_since(self, document_id: str) -> str | None:
        """Return when it was seen that a page's site has it no longer, None while it has."""
        row = self._one("SELECT withdrawn FROM documents WHERE id = ?", (document_id,))
        return row[0] if row else None

    def state(self) -> int:
        """Return a number that changes whenever another connection has changed the database."""
        with plainly(self.path):
            return self._connection.state()


def _read_cursor(after: str) -> tuple[str, int, int]:
    parts = after.split(_ENDS_AFTER)
    try:
        published, number, place = parts
        check_date("cursor", published or None)
        key = int(number), int(place or 0)
        if max(map(abs, key)) > _LARGEST:
            raise ValueError("no row has such a number")
        return published, *key
    except ValueError as error:
        raise QuestionError(f"{after!r} is no cursor; take the one that the last answer gave, or leave it out") from error


def conditions(what: str, narrow: Narrow) -> tuple[str, dict[str, Cell]]:
    """Return the WHERE clause of a list: ``d`` is the page, ``t`` the row of a fact."""
    if what != "documents" and what not in FACTS:
        raise QuestionError(f"there is no list of {what!r}; there are documents, {', '.join(FACTS)}")
    # Nearly all pages are no copies: an index on that would lead away from the one on the day (the plus forbids it).
    clauses, values = ["d.current = 1", "+d.copy_of IS NULL"], dict[str, Cell]()
    if narrow.relevant:
        clauses.append("d.relevant = 1")
    _narrow_pages(narrow, clauses, values)
    if narrow.country and what == "documents":
        # The country of a fact is a side of its page anyhow.
        clauses.append("EXISTS (SELECT 1 FROM sides s WHERE s.source = d.id AND s.code = :country)")
    if what != "documents":
        _narrow_facts(what, narrow, clauses, values)
    if narrow.topic:
        values["topic"] = narrow.topic
        own = "topics" in COLUMNS.get(what, ())
        clauses.append(
            "(' ' || t.topics || ' ') LIKE ('% ' || :topic || ' %')"
            if own
            else "EXISTS (SELECT 1 FROM topics o WHERE o.source = d.id AND o.topic = :topic)"
        )
    values["country"] = narrow.country
    return " AND ".join(clauses), values


def _narrow_pages(narrow: Narrow, clauses: list[str], values: dict[str, Cell]) -> None:
    if narrow.pair:
        values["a"], values["b"] = sorted(narrow.pair)
        clauses.append("EXISTS (SELECT 1 FROM pairs p WHERE p.source = d.id AND p.a = :a AND p.b = :b)")
    if narrow.lang:
        values["lang"] = narrow.lang
        clauses.append("d.lang = :lang")
    if narrow.outlet is not None:
        values["outlet"] = narrow.outlet or None
        clauses.append("d.outlet IS :outlet")
    if narrow.newer is not None:
        values["newer"] = narrow.newer
        clauses.append("d.n > :newer")
    if narrow.since:
        values["since"] = narrow.since
        clauses.append("d.published || substr('-99-99', 1 + max(0, length(d.published) - 4)) >= :since")
    if narrow.until:
        values["until"] = f"{narrow.until}-99-99"
        clauses.append("d.published <= :until")


def _narrow_facts(what: str, narrow: Narrow, clauses: list[str], values: dict[str, Cell]) -> None:
    if narrow.country and what == "events":
        party = "SELECT 1 FROM participants q WHERE q.source = t.source AND q.event = t.n AND q.what = 'party' AND q.name = :country"
        clauses.append(f"EXISTS ({party})")
    elif narrow.country:
        clauses.append(":country IN (t.country, t.code)" if what == "bodies" else "t.country = :country")
    if narrow.others and what != "events":
        values["others"] = narrow.others
        clauses.append("t.country IS NOT NULL AND t.country <> :others")
    if narrow.toward and what == "statements":
        values["toward"] = narrow.toward
        clauses.append("t.toward = :toward")
    if narrow.kind and what in _KINDS:
        values["kind"] = narrow.kind
        clauses.append(f"t.{_KINDS[what]} = :kind")
    if narrow.name and what == "indicators":
        values["name"] = narrow.name
        clauses.append("t.name = :name")
    elif narrow.name and what in NAMED:
        values["name"] = fold_text(narrow.name)
        clauses.append("instr(t.folded, :name) > 0")
