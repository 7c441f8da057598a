"""Write pages: a document with all its rows, its capture, its place among copies and versions, in one transaction; and decisions on it."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from msgspec.structs import replace as replace_fields

from mithaq.errors import ConflictError, EvidenceError
from mithaq.model import Document
from mithaq.model.fact import LOST, list_facts, split_key
from mithaq.model.judgement import Judgement
from mithaq.store.added import find_words_again
from mithaq.store.connected import Run, UnfitError
from mithaq.store.copies import Copies, sketch_of
from mithaq.store.decisions import Judgements, join_quotes, quotes_of
from mithaq.store.entities import PAIR_VERBS, Entities
from mithaq.store.judged import Decision, Found, Kept, apply_judgements, find_again, share_decisions
from mithaq.store.rows import COLUMNS, DOCUMENT_COLUMNS, Row, document_row, fact_rows, pack_document, unpack_document
from mithaq.store.search import index_texts
from mithaq.store.store import Capture, MadeBy, Outcome
from mithaq.store.versions import choose_version

# What a page's address or sidecar may tell of its source: the reading that knows more of it wins.
_SOURCE = ("url", "outlet", "agency", "section", "title", "published", "retrieved", "rights")


_UNFIT = (OverflowError, UnicodeEncodeError, UnfitError)  # what a value is told by that cannot be kept
_FOUND_AGAIN = "found again by its words in a new reading"


def _write_into(table: str, columns: tuple[str, ...]) -> str:
    names = ", ".join(f'"{name}"' for name in columns)
    return f"INSERT INTO {table} ({names}) VALUES ({', '.join('?' * len(columns))})"


_WRITE_FACTS = {table: _write_into(table, columns) for table, columns in COLUMNS.items()}
_WRITE_DOCUMENT = (
    f"{_write_into('documents', DOCUMENT_COLUMNS)} ON CONFLICT (id) DO UPDATE SET "
    + ", ".join(f"{name} = excluded.{name}" for name in DOCUMENT_COLUMNS[1:])
)


class Prepared(msgspec.Struct, frozen=True, kw_only=True):
    """A document made ready to be written: all that takes time is done, so that many processes can prepare what one writes."""

    id: str
    relevant: bool
    private: bool
    known: tuple[str | None, ...]
    row: Row
    facts: dict[str, list[Row]]
    packed: bytes
    index: tuple[str, str]
    sketch: bytes | None
    made_by: MadeBy
    draft: bytes | None = None


def prepare(document: Document, made_by: MadeBy, draft: bytes | None = None) -> Prepared:
    """Make a document ready to be written; *draft* is what it reports, as :meth:`Workbench.draft` gives it back."""
    return Prepared(
        id=document.id,
        relevant=document.relevant,
        private=document.private,
        known=tuple(getattr(document, name) for name in _SOURCE),
        row=document_row(document),
        facts=fact_rows(document),
        packed=pack_document(document),
        index=index_texts(document),
        sketch=sketch_of(document),
        made_by=made_by,
        draft=draft,
    )


class Writing(Judgements, Copies, Entities):
    """The part of the store that writes documents."""

    def put(self, document: Document, capture: Capture, made_by: MadeBy, *, replace: bool = False) -> Outcome:
        """Keep a document, its rows and its capture; see the protocol."""
        return self.put_prepared(prepare(document, made_by), capture, replace=replace)

    def put_prepared(self, prepared: Prepared, capture: Capture, *, replace: bool = False) -> Outcome:
        """Keep a document that another process may have prepared."""
        try:
            with self._transaction() as run:
                return self._put(run, prepared, capture, replace)
        except _UNFIT as error:
            raise EvidenceError(f"document {prepared.id[:12]} holds a value that no database can keep: {error}") from error

    def put_many(self, pages: Sequence[tuple[Prepared, Capture]]) -> list[Outcome | EvidenceError]:
        """Keep several documents in one transaction, which costs half as much; return what became of each, in their order."""
        try:
            with self._transaction() as run:
                return [self._put(run, prepared, capture, replace=False) for prepared, capture in pages]
        except _UNFIT:
            # One of them cannot be kept: the others are, each by itself.
            return [self._put_alone(prepared, capture) for prepared, capture in pages]

    def _put_alone(self, prepared: Prepared, capture: Capture) -> Outcome | EvidenceError:
        try:
            return self.put_prepared(prepared, capture)
        except EvidenceError as error:
            return error

    def renew(self, before: str, prepared: Prepared, capture: Capture) -> Found:
        """Put a new reading of a capture in the place of the document *before*, and lead people's decisions to where their facts stand now.

        A decision whose fact has moved is kept once more under its new place, and names the one that it replaces. When the text itself came
        out otherwise, the old document goes with its layers as soon as no capture gives it any more.
        """
        active = self.standing_about(before)
        try:
            with self._transaction() as run:
                others = "SELECT 1 FROM captures WHERE source = ? AND (hash, sidecar) <> (?, ?)"
                stays = prepared.id != before and run(others, (before, capture.hash, capture.sidecar)).fetchone() is not None
                found = self._lead(run, before, active, prepared, stays) if active else Found({}, ())
                if prepared.id != before:
                    prepared = self._lead_privacy(run, before, prepared)
                self._put(run, prepared, capture, True)
                if prepared.id != before and not stays:
                    self._forget(run, before)
        except _UNFIT as error:
            raise EvidenceError(f"document {prepared.id[:12]} holds a value that no database can keep: {error}") from error
        return found

    def _lead(self, run: Run, before: str, active: list[Kept], prepared: Prepared, stays: bool) -> Found:
        """Keep judgements once more under the names that their facts have in a new reading; where the old one *stays*, for both.

        What a decision says of two namings follows either of them.
        """
        document = unpack_document(prepared.packed, prepared.id)
        mine = {key: quote for kept in active for key, quote in quotes_of(kept.judgement) if key.startswith(f"{before}/")}
        added = {kept.judgement.subject for kept in active if kept.judgement.verb == "add"}
        found = find_again({key: quote for key, quote in mine.items() if key not in added}, document)
        again = find_words_again({key: mine[key] for key in added}, document)
        gone = tuple(key for key in sorted(added) if not key.startswith(f"{document.id}/") and key not in again)
        found = Found(found.moved | again, (*found.lost, *gone))
        quotes = {fact.key: fact.evidence.quote for fact in list_facts(document)} | {again[key]: mine[key] for key in again}

        def follow(key: str, quote: str) -> tuple[str, str]:
            target = found.moved.get(key)
            if target:
                return target, quotes[target]
            if key in found.lost and not key.startswith(document.id):
                # The text came out otherwise, and without the fact: the decision waits with the new text for a reading that finds it.
                _, kind, start, end = split_key(key)
                return f"{document.id}/{kind}/{start}-{end}{LOST}", quote
            return key, quote

        for kept in active:
            j, number = kept.judgement, None if stays else kept.number
            ends = quotes_of(j)
            led = [follow(*end) for end in ends]
            if led == ends:
                continue
            why = j.why
            if any(key in found.moved for key, _ in ends) and _FOUND_AGAIN not in why:
                why = "; ".join(filter(None, (why, _FOUND_AGAIN)))
            other = led[1][0] if len(led) > 1 else None
            self._judge(run, replace_fields(j, subject=led[0][0], other=other, quote=join_quotes(led), replaces=number, why=why))
            for key, _ in led:
                self._unsettle(run, key.partition("/")[0])
        return found

    def _lead_privacy(self, run: Run, before: str, prepared: Prepared) -> Prepared:
        """Keep a page whose text came out otherwise for those for whom it was."""
        if _decided(run, "source = ?", (prepared.id,)) is None:
            rows = run('SELECT private, "by", at, why FROM privacy WHERE source = ? ORDER BY n', (before,)).fetchall()
            for private, by, at, why in rows:
                self._note_privacy(run, prepared.id, bool(private), by, at, why)
        return replace_fields(prepared, private=True) if _is_private(run, before) else prepared

    def judge(self, judgement: Judgement, seen: int | None = None) -> int:
        """Keep a judgement for good, and show its document as judged from now on, in one transaction; return its number.

        *seen* is the number of the last judgement about the same that its maker knew of, 0 for none; raises ConflictError when somebody
        has decided since, and keeps nothing.
        """
        with self._transaction() as run:
            last = self._last_about(run, judgement.subject, judgement.other)
            if seen is not None and last != seen:
                raise ConflictError(last)
            number = self._judge(run, judgement)
            told = judgement
            if judgement.verb == "undo":
                told = self._judgement(run, judgement.replaces) or judgement
            if told.other is None and told.verb not in PAIR_VERBS:
                self._show_all(run, judgement.subject.partition("/")[0])
            else:
                for key in filter(None, (told.subject, told.other)):
                    self._unsettle(run, key.partition("/")[0])
        return number

    def last_about(self, subject: str, other: str | None = None) -> int:
        """Return the number of the last judgement about a fact, or about two; 0 when nobody judged."""
        return self._last_about(self._connection.execute, subject, other)

    def _last_about(self, run: Run, subject: str, other: str | None) -> int:
        # What takes a decision about two back names but one of them; of two, it is found by what it takes back.
        row = run(
            "SELECT max(j.n) FROM judgements j LEFT JOIN judgements b ON b.n = j.replaces "
            "WHERE j.subject = ?1 AND (?2 IS NULL OR j.other = ?2 OR (j.verb = 'undo' AND b.other = ?2))",
            (subject, other),
        ).fetchone()
        return int(row[0] or 0)

    def decisions_for(self, document: Document) -> dict[str, Decision]:
        """Return what people decided about a document's facts, also where they did so on a page that has the same article."""
        others = [d for member in self.same_article(document.id) if member != document.id for d in self.decisions(member).values()]
        return share_decisions(document, self.decisions(document.id), others)

    def _put(self, run: Run, prepared: Prepared, capture: Capture, replace: bool) -> Outcome:
        outcome = self._outcome(run, prepared, replace)
        was_private = _is_private(run, prepared.id)
        private = self._is_to_be_private(run, prepared, capture)
        known = dict(zip(_SOURCE, prepared.known, strict=True))
        if outcome != "duplicate":
            self._write_row(run, prepared.row)
            run(
                "INSERT OR REPLACE INTO layers VALUES (?, ?, ?, ?)",
                (prepared.id, prepared.made_by.code, prepared.made_by.knowledge, prepared.packed),
            )
            fresh = outcome == "new"
            self._write_facts(run, prepared.id, prepared.facts, fresh=fresh)
            self._write_index(run, prepared.id, prepared.index, fresh=fresh)
            self._write_draft(run, prepared.id, prepared.draft)
            # A private page is never the witness of a public one, nor its copy: others would miss the one for the other.
            self._link(run, prepared.id, None if private else prepared.sketch)
            if outcome == "updated":
                self._elect_again(run, prepared.id)
            if run("SELECT 1 FROM judgements LIMIT 1").fetchone():
                # Its own decisions may hold for pages that it now repeats, and theirs for it.
                self._show_all(run, prepared.id)
        run(
            "INSERT INTO captures VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (hash, sidecar) DO UPDATE SET source = excluded.source",
            (
                capture.hash, capture.sidecar, prepared.id, capture.path, known["url"], known["outlet"], known["retrieved"],
                capture.file, capture.added,
            ),
        )  # fmt: skip
        if private and not was_private:
            self._make_private(run, prepared.id)
        # The page at this path was read: what was set aside of it before is of no interest any more.
        run("DELETE FROM quarantine WHERE hash = ? OR (path = ? AND path <> '-')", (capture.hash, capture.path))
        run("DELETE FROM gated WHERE hash = ? AND sidecar = ?", (capture.hash, capture.sidecar))
        address = run("SELECT address FROM documents WHERE id = ?", (prepared.id,)).fetchone()[0]
        if address and choose_version(run, address):
            self._elect_again(run, prepared.id)
        return outcome

    def _is_to_be_private(self, run: Run, prepared: Prepared, capture: Capture) -> bool:
        """Say whether a page is for analysts alone: as people decided, also about another version of its address, else as it is marked.

        Once private a page stays so until somebody decides otherwise. One that was opened and is brought in anew, marked, is private again.
        """
        marked = prepared.private or _is_private(run, prepared.id)
        decided = _decided(run, "source = ?", (prepared.id,))
        if decided is None:
            address = prepared.row[DOCUMENT_COLUMNS.index("address")]
            told = _decided(run, "source IN (SELECT id FROM documents WHERE address = ? AND id <> ?)", (address, prepared.id))
            if told is None or (marked and not told[0]):
                return marked
            # A new version of an address is for whom its last one is.
            self._note_privacy(run, prepared.id, *told)
            return bool(told[0])
        if not decided[0] and prepared.private and not _has_capture(run, capture):
            self._note_privacy(run, prepared.id, True, "", capture.added, "")
            return True
        return bool(decided[0])

    def _note_privacy(self, run: Run, source: str, private: bool, by: str, at: str, why: str) -> None:
        run('INSERT INTO privacy (source, private, "by", at, why) VALUES (?, ?, ?, ?, ?)', (source, int(private), by, at, why))

    def _make_private(self, run: Run, source: str) -> None:
        """Keep a page for analysts alone, from now on and whatever a later reading says."""
        self._unlink(run, source)
        run("DELETE FROM bands WHERE source = ?", (source,))
        run("DELETE FROM sketches WHERE source = ?", (source,))
        run("UPDATE documents SET private = 1 WHERE id = ?", (source,))

    def _outcome(self, run: Run, prepared: Prepared, replace: bool) -> Outcome:
        known = run(f"SELECT {', '.join(_SOURCE)} FROM documents WHERE id = ?", (prepared.id,)).fetchone()
        if known is None:
            return "new"
        more = sum(value is not None for value in prepared.known) > sum(value is not None for value in known)
        return "updated" if replace or more else "duplicate"

    def _show_all(self, run: Run, source: str) -> None:
        """Write the rows of a document, and of all that have its article, as people judged them."""
        for member in self.same_article(source):
            packed = run("SELECT document FROM layers WHERE source = ?", (member,)).fetchone()[0]
            self._show(run, unpack_document(packed, member))

    def _show(self, run: Run, document: Document) -> None:
        """Write the rows of a document as people judged it; its layers stay as the machine read them."""
        shown = apply_judgements(document, self.decisions_for(document))
        self._write_row(run, document_row(shown))
        self._write_facts(run, shown.id, fact_rows(shown))
        self._write_draft(run, shown.id, None)
        self._elect_again(run, shown.id)

    def _write_row(self, run: Run, row: Row) -> None:
        run(_WRITE_DOCUMENT, row)

    def _write_facts(self, run: Run, source: str, facts: dict[str, list[Row]], *, fresh: bool = False) -> None:
        """Write the rows of a document in the place of the old ones; a *fresh* one has none."""
        if fresh:
            self._unsettle(run, source)
        else:
            self._clear_facts(run, source)
        for table, rows in facts.items():
            if rows:
                self._connection.executemany(_WRITE_FACTS[table], rows)

    def _write_draft(self, run: Run, source: str, draft: bytes | None) -> None:
        """Keep what a page reports until happenings are made; without it the page is read again then."""
        if draft is None:
            run("DELETE FROM drafts WHERE source = ?", (source,))
        else:
            run("INSERT OR REPLACE INTO drafts VALUES (?, ?)", (source, draft))

    def _clear_facts(self, run: Run, source: str) -> None:
        self._unsettle(run, source)
        for table in ("participants", *(name for name in COLUMNS if name != "participants")):
            run(f"DELETE FROM {table} WHERE source = ?", (source,))

    def _write_index(self, run: Run, source: str, index: tuple[str, str], *, fresh: bool) -> None:
        number = run("SELECT n FROM documents WHERE id = ?", (source,)).fetchone()[0]
        if not fresh:
            run("DELETE FROM search WHERE rowid = ?", (number,))
        run("INSERT INTO search (rowid, title, body) VALUES (?, ?, ?)", (number, *index))

    def _forget(self, run: Run, source: str) -> None:
        """Take out a document that no capture gives any more; judgements of its facts stay, as orphans."""
        self._unlink(run, source)
        self._clear_facts(run, source)
        number, address = run("SELECT n, address FROM documents WHERE id = ?", (source,)).fetchone()
        run("DELETE FROM search WHERE rowid = ?", (number,))
        run("DELETE FROM layers WHERE source = ?", (source,))
        run("DELETE FROM privacy WHERE source = ?", (source,))
        run("DELETE FROM documents WHERE id = ?", (source,))
        if address:
            choose_version(run, address)


def _is_private(run: Run, source: str) -> bool:
    row = run("SELECT private FROM documents WHERE id = ?", (source,)).fetchone()
    return bool(row and row[0])


def _decided(run: Run, where: str, values: tuple[object, ...]) -> tuple[bool, str, str, str] | None:
    """Return the last decision (private, by, at, why) about whom a page is for; None when nobody decided."""
    row = run(f'SELECT private, "by", at, why FROM privacy WHERE {where} ORDER BY n DESC LIMIT 1', values).fetchone()
    return None if row is None else (bool(row[0]), row[1], row[2], row[3])


def _has_capture(run: Run, capture: Capture) -> bool:
    return run("SELECT 1 FROM captures WHERE hash = ? AND sidecar = ?", (capture.hash, capture.sidecar)).fetchone() is not None
