"""Where happenings and threads are put together: their tables, inside one transaction that is kept as a whole or not at all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, NamedTuple

import msgspec

from mithaq.errors import QuestionError
from mithaq.model.happening import Gone, Happening, ReportKey, Thread, Told
from mithaq.model.world import Question
from mithaq.store.connected import Connected, Run

_AT_A_TIME = 400  # values of one question
_MEMBERS = " UNION ALL ".join(
    f"SELECT m.list, f.name, m.entity FROM entity_members m JOIN {name} f ON f.source = m.source AND f.n = m.item "
    f"WHERE m.source = ?1 AND m.list = '{name}'"
    for name in ("people", "bodies", "programmes")
)
_BY_KEY = "ORDER BY 1, 2, 3, 4, 5, 6"
_EITHER = "SELECT a, b, probability FROM happening_links WHERE {} = ?1"


class Standing(NamedTuple):
    """How a document stands among the others: why it stands no more, None when it does, and whose copy it is."""

    gone: Gone | None = None
    copy_of: str | None = None


class Workbench:
    """Reads and writes what is derived of documents; every method belongs to the transaction that made it."""

    def __init__(self, run: Run, run_many: Run) -> None:
        self._run = run
        self._run_many = run_many

    # Reports

    def stale(self) -> list[str]:
        """Return the documents that have changed since happenings were made, sorted."""
        return [row[0] for row in self._run("SELECT source FROM unlinked ORDER BY 1")]

    def members(self, source: str) -> dict[tuple[str, str], set[str]]:
        """Return the entities of the people, bodies and programmes that a document names, by list and name."""
        found: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        for row in self._run(_MEMBERS, (source,)):
            found[row[0], row[1]].add(row[2])
        return found

    def standing(self, source: str) -> Standing:
        """Return how a document stands among the others; one that is not there stands."""
        sql = "SELECT withdrawn IS NOT NULL, current = 1 OR notice = 1, copy_of FROM documents WHERE id = ?"
        row = self._run(sql, (source,)).fetchone()
        gone: Gone | None = "withdrawn" if row and row[0] else "older" if row and not row[1] else None
        return Standing(gone, row[2] if row else None)

    def draft(self, source: str) -> Told | None:
        """Return what a document reports as it was read, None where that must be read again: people decided on it, or it is of long ago."""
        row = self._run("SELECT data FROM drafts WHERE source = ?", (source,)).fetchone()
        try:
            return msgspec.json.decode(row[0], type=Told) if row else None
        except msgspec.DecodeError:
            return None  # kept by another version of mithaq

    def bonds(self) -> list[tuple[str, str, str]]:
        """Return what stands of people's decisions on pairs of facts: ("same" or "different", key, key of the other)."""
        rows = self._run(
            "SELECT verb, subject, other FROM judgements j WHERE verb IN ('same', 'different') AND other IS NOT NULL "
            "AND NOT EXISTS (SELECT 1 FROM judgements later WHERE later.replaces = j.n) ORDER BY n"
        )
        return [(row[0], row[1], row[2]) for row in rows]

    def forget(self, sources: Collection[str]) -> set[ReportKey]:
        """Take out the reports of documents with their keys and links; return the reports that were linked to them, or of one happening."""
        touched: set[ReportKey] = set()
        together = (
            "SELECT source, list, item FROM happening_members WHERE happening IN (SELECT happening FROM happening_members WHERE source = ?)"
        )
        for source in sources:
            if not self._run("SELECT 1 FROM told WHERE source = ?", (source,)).fetchone():
                continue  # nothing of it was ever compared
            touched.update(self._keys(together, (source,)))
            for mine, theirs in (("a", "b"), ("b", "a")):
                wanted = f"SELECT {theirs}_source, {theirs}_list, {theirs}_item FROM report_links WHERE {mine}_source = ?"
                touched.update(self._keys(wanted, (source,)))
                self._run(f"DELETE FROM report_links WHERE {mine}_source = ?", (source,))
            self._run("DELETE FROM report_keys WHERE source = ?", (source,))
            self._run("DELETE FROM told WHERE source = ?", (source,))
        return touched

    def put_told(self, told: Told, keys: Mapping[ReportKey, Iterable[str]]) -> None:
        """Keep what a document reports, and under which keys its reports stand."""
        self._run("INSERT OR REPLACE INTO told VALUES (?, ?)", (told.teller.document, msgspec.json.encode(told)))
        rows = [(key, *report) for report, words in keys.items() for key in words]
        self._run_many("INSERT OR IGNORE INTO report_keys VALUES (?, ?, ?, ?)", rows)

    def told(self, sources: Iterable[str]) -> Iterator[Told]:
        """Yield what documents report."""
        for row in self._each("SELECT data FROM told WHERE source IN", sources):
            yield msgspec.json.decode(row[0], type=Told)

    def under(self, keys: Iterable[str]) -> set[ReportKey]:
        """Return the reports that stand under any of some keys."""
        return {(row[0], row[1], row[2]) for row in self._each("SELECT source, list, item FROM report_keys WHERE key IN", keys)}

    def link_reports(self, links: Mapping[tuple[ReportKey, ReportKey], float]) -> None:
        """Keep how likely pairs of reports are of one happening, the lesser one first."""
        rows = [(*a, *b, probability) for (a, b), probability in links.items()]
        self._run_many("INSERT OR REPLACE INTO report_links VALUES (?, ?, ?, ?, ?, ?, ?)", rows)

    def linked_reports(self, start: Iterable[ReportKey]) -> tuple[set[ReportKey], dict[tuple[ReportKey, ReportKey], float]]:
        """Return all reports that are linked to some, directly or by others, and the links among them."""
        reached, links = set(start), dict[tuple[ReportKey, ReportKey], float]()
        waiting = sorted(reached)
        while waiting:
            here = waiting.pop()
            for mine in ("a", "b"):
                rows = self._run(f"SELECT * FROM report_links WHERE ({mine}_source, {mine}_list, {mine}_item) = (?, ?, ?) {_BY_KEY}", here)
                for row in rows.fetchall():
                    a, b = (row[0], row[1], row[2]), (row[3], row[4], row[5])
                    links[a, b] = row[6]
                    there = b if mine == "a" else a
                    if there not in reached:
                        reached.add(there)
                        waiting.append(there)
        return reached, links

    # Happenings

    def happening_ids(self, reports: Iterable[ReportKey]) -> set[str]:
        """Return the happenings that reports belong to."""
        wanted = "SELECT happening FROM happening_members WHERE (source, list, item) = (?, ?, ?)"
        return {row[0] for report in reports for row in self._run(wanted, report)}

    def happenings(self, ids: Iterable[str]) -> list[Happening]:
        """Return happenings by id, those that are there."""
        return [msgspec.json.decode(row[0], type=Happening) for row in self._each("SELECT data FROM happenings WHERE id IN", ids)]

    def drop_happenings(self, ids: Iterable[str]) -> None:
        """Take out happenings."""
        for happening in ids:
            self._run("DELETE FROM happenings WHERE id = ?", (happening,))
            self._run("DELETE FROM happening_members WHERE happening = ?", (happening,))

    def put_happening(self, happening: Happening) -> None:
        """Keep a happening and whose reports it is made of."""
        h = happening
        self._run("INSERT INTO happenings VALUES (?, ?, ?, ?, ?)", (h.id, h.type, h.stage, h.date, msgspec.json.encode(h)))
        rows = [(source.document, source.list, source.item, h.id) for source in h.sources]
        self._run_many("INSERT INTO happening_members VALUES (?, ?, ?, ?)", rows)

    def put_conflicts(self, standing: Collection[tuple[str, str]], found: Mapping[tuple[str, str], str]) -> None:
        """Keep decisions to be one that others contradict, each with a happening; of the old ones those stay that are still *standing*."""
        for row in self._run("SELECT a, b FROM happening_conflicts").fetchall():
            if (row[0], row[1]) not in standing:
                self._run("DELETE FROM happening_conflicts WHERE a = ? AND b = ?", (row[0], row[1]))
        for (a, b), happening in found.items():
            self._run("INSERT OR REPLACE INTO happening_conflicts VALUES (?, ?, ?)", (a, b, happening))

    def known(self, reports: Iterable[ReportKey]) -> set[ReportKey]:
        """Return those of some reports that are there."""
        wanted = "SELECT 1 FROM report_keys WHERE (source, list, item) = (?, ?, ?) LIMIT 1"
        return {report for report in reports if self._run(wanted, report).fetchone()}

    def done(self, sources: Iterable[str]) -> None:
        """Say that the happenings of documents are up to date."""
        rows = [(source,) for source in sources]
        self._run_many("DELETE FROM unlinked WHERE source = ?", rows)
        self._run_many("DELETE FROM drafts WHERE source = ?", rows)

    # Threads

    def forget_happenings(self, ids: Iterable[str]) -> set[str]:
        """Take out the keys and links of happenings; return those that were linked to them."""
        touched: set[str] = set()
        for happening in ids:
            rows = self._run(f"{_EITHER.format('a')} UNION {_EITHER.format('b')}", (happening,))
            touched.update(other for row in rows for other in row[:2])
            self._run("DELETE FROM happening_links WHERE a = ?1", (happening,))
            self._run("DELETE FROM happening_links WHERE b = ?1", (happening,))
            self._run("DELETE FROM happening_keys WHERE happening = ?", (happening,))
        return touched

    def put_happening_keys(self, happening: str, keys: Iterable[str]) -> None:
        """Keep under which keys a happening stands."""
        self._run_many("INSERT OR IGNORE INTO happening_keys VALUES (?, ?)", [(key, happening) for key in keys])

    def happenings_under(self, keys: Iterable[str]) -> set[str]:
        """Return the happenings that stand under any of some keys."""
        return {row[0] for row in self._each("SELECT happening FROM happening_keys WHERE key IN", keys)}

    def link_happenings(self, links: Mapping[tuple[str, str], float]) -> None:
        """Keep how likely pairs of happenings are of one matter, the lesser id first."""
        rows = [(a, b, probability) for (a, b), probability in links.items()]
        self._run_many("INSERT OR REPLACE INTO happening_links VALUES (?, ?, ?)", rows)

    def linked_happenings(self, start: Iterable[str]) -> tuple[set[str], dict[tuple[str, str], float]]:
        """Return all happenings that are linked to some, directly or by others, and the links among them."""
        reached, links = set(start), dict[tuple[str, str], float]()
        waiting = sorted(reached)
        while waiting:
            here = waiting.pop()
            rows = self._run(f"{_EITHER.format('a')} UNION {_EITHER.format('b')} ORDER BY 1, 2", (here,))
            for a, b, probability in rows.fetchall():
                links[a, b] = probability
                for there in (a, b):
                    if there not in reached:
                        reached.add(there)
                        waiting.append(there)
        return reached, links

    def drop_threads(self, happenings: Iterable[str]) -> None:
        """Take out the threads of which any of some happenings is a step."""
        for row in list(self._each("SELECT DISTINCT thread FROM thread_steps WHERE happening IN", happenings)):
            self._run("DELETE FROM threads WHERE id = ?", (row[0],))
            self._run("DELETE FROM thread_steps WHERE thread = ?", (row[0],))

    def put_thread(self, thread: Thread) -> None:
        """Keep a thread and its steps."""
        self._run("INSERT INTO threads VALUES (?, ?, ?)", (thread.id, thread.subject, msgspec.json.encode(thread)))
        rows = [(thread.id, number, step.happening) for number, step in enumerate(thread.steps)]
        self._run_many("INSERT INTO thread_steps VALUES (?, ?, ?)", rows)

    def _keys(self, sql: str, values: Any) -> Iterator[ReportKey]:
        yield from ((row[0], row[1], row[2]) for row in self._run(sql, values).fetchall())

    def _each(self, sql: str, values: Iterable[str]) -> Iterator[Any]:
        wanted = sorted(set(values))
        for at in range(0, len(wanted), _AT_A_TIME):
            part = wanted[at : at + _AT_A_TIME]
            yield from self._run(f"{sql} ({', '.join('?' * len(part))}) ORDER BY 1", part).fetchall()


class Happenings(Connected):
    """The part of the store that keeps happenings and threads, and answers with them."""

    @contextmanager
    def workbench(self) -> Iterator[Workbench]:
        """Give what happenings and threads are put together with; what is written is kept as a whole, or not at all."""
        with self._transaction() as run:
            yield Workbench(run, self._connection.executemany)

    def unlinked(self) -> int:
        """Return how many documents have changed since happenings and threads were made."""
        return int(self._all("SELECT count(*) FROM unlinked")[0][0])

    def happenings(self) -> Iterator[Happening]:
        """Yield all happenings and promises, by date, those without one last."""
        for row in self._all("SELECT data FROM happenings ORDER BY date IS NULL, date, id"):
            yield msgspec.json.decode(row[0], type=Happening)

    def happening(self, key: str) -> Happening:
        """Return the one happening with this id or beginning of an id; raises QuestionError otherwise."""
        return msgspec.json.decode(self._pick("happenings", "event", key), type=Happening)

    def happenings_of(self, ids: Iterable[str]) -> dict[str, Happening]:
        """Return happenings by their ids."""
        found = {}
        for key in sorted(set(ids)):
            row = self._one("SELECT data FROM happenings WHERE id = ?", (key,))
            if row:
                found[key] = msgspec.json.decode(row[0], type=Happening)
        return found

    def happening_conflicts(self) -> list[tuple[str, str, str]]:
        """Return (a, b, happening): reports that one decision binds and others hold apart, and the happening of the first."""
        return [(row[0], row[1], row[2]) for row in self._all("SELECT a, b, happening FROM happening_conflicts ORDER BY a, b")]

    def happening_of(self, source: str, list_name: str, item: int) -> str | None:
        """Return the id of the happening that a report tells, None while it is not known."""
        sql = "SELECT happening FROM happening_members WHERE source = ? AND list = ? AND item = ?"
        row = self._one(sql, (source, list_name, item))
        return row[0] if row else None

    def report_questions(self, least: float, most: float) -> list[Question]:
        """Return pairs of happenings that may be one, by their likeliest two reports, the most doubtful first."""
        sql = (
            "SELECT first, second, likely, a_source, a_list, a_item, b_source, b_list, b_item FROM ("
            "SELECT a.happening AS first, b.happening AS second, l.probability AS likely, l.a_source, l.a_list, l.a_item, "
            "l.b_source, l.b_list, l.b_item, row_number() OVER ("
            "PARTITION BY min(a.happening, b.happening), max(a.happening, b.happening) ORDER BY l.probability DESC, "
            "l.a_source, l.a_list, l.a_item, l.b_source, l.b_list, l.b_item) AS place FROM report_links l "
            "JOIN happening_members a ON a.source = l.a_source AND a.list = l.a_list AND a.item = l.a_item "
            "JOIN happening_members b ON b.source = l.b_source AND b.list = l.b_list AND b.item = l.b_item "
            "WHERE a.happening <> b.happening) AS ranked "
            "WHERE place = 1 AND likely >= ? AND likely <= ? ORDER BY abs(likely - 0.5), 1, 2"
        )
        rows = self._all(sql, (least, most))
        known = self.happenings_of(id for row in rows for id in (row["first"], row["second"]))
        questions = []
        for row in rows:
            ends = [_fact_of(known.get(row[0]), tuple(row)[3:6]), _fact_of(known.get(row[1]), tuple(row)[6:9])]
            if all(ends):
                questions.append(
                    Question(a=ends[0] or "", b=ends[1] or "", first=row[0], second=row[1], probability=row[2], reasons=())
                )
        return questions

    def threads(self) -> Iterator[Thread]:
        """Yield all threads, by id."""
        for row in self._all("SELECT data FROM threads ORDER BY id"):
            yield msgspec.json.decode(row[0], type=Thread)

    def thread(self, key: str) -> Thread:
        """Return the one thread with this id or beginning of an id; raises QuestionError otherwise."""
        return msgspec.json.decode(self._pick("threads", "thread", key), type=Thread)

    def threads_of(self, happening: str) -> list[str]:
        """Return the ids of the threads in which a happening is a step."""
        return [row[0] for row in self._all("SELECT DISTINCT thread FROM thread_steps WHERE happening = ? ORDER BY 1", (happening,))]

    def searched(self) -> tuple[int, str | None]:
        """Return how many sources there are, and the last day of which their pages tell: none after the day when the last one came."""
        row = self._all(
            "SELECT count(DISTINCT coalesce(outlet, agency, id)), "
            "max(min(coalesce(published, substr(retrieved, 1, 10)), (SELECT substr(max(added), 1, 10) FROM captures))) "
            "FROM documents WHERE current = 1 AND notice = 0"
        )[0]
        return int(row[0]), row[1]

    def arrived(self, since: str) -> set[str]:
        """Return the documents that were first kept on a day or later."""
        return {row[0] for row in self._all("SELECT source FROM captures GROUP BY source HAVING min(added) >= ?", (since,))}

    def _pick(self, table: str, what: str, key: str) -> bytes:
        found = self._all(f"SELECT id, data FROM {table} WHERE substr(id, 1, length(?1)) = ?1 ORDER BY id LIMIT 3", (key.lower(),))
        if len(found) == 1 or (found and found[0][0] == key.lower()):
            return bytes(found[0][1])
        if found:
            raise QuestionError(f"{key!r} means several {what}s ({', '.join(row[0] for row in found)}); write more of the id")
        raise QuestionError(f"there is no {what} {key!r}; 'mithaq {what}s' shows their ids")


def _fact_of(happening: Happening | None, report: tuple[Any, ...]) -> str | None:
    """Return the name of the fact that a report of a happening is, for people's decisions."""
    sources = happening.sources if happening else ()
    return next((source.fact for source in sources if (source.document, source.list, source.item) == report), None) or None
