"""What a store must do, whatever database lies under it; and the small things that go in and out of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Literal, Protocol

import msgspec

from mithaq.errors import EvidenceError, QuestionError
from mithaq.model import Document
from mithaq.model.judgement import Judgement
from mithaq.model.vocabulary import Language
from mithaq.store.aging import AgingStore
from mithaq.store.alerts import AlertBook

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from mithaq.model.happening import Happening, ReportKey, Thread
    from mithaq.model.reference import ReferenceTable, ReferenceValue
    from mithaq.model.world import Entity, EntityKind, Mentioned, Question
    from mithaq.store.archives import Mark
    from mithaq.store.browse import Measure, Narrow, Row, Stretch, Tally
    from mithaq.store.browse_world import HappeningCount, Head, Meeting
    from mithaq.store.entities import Bond, Desk
    from mithaq.store.erasing import Erased
    from mithaq.store.gated import Gated
    from mithaq.store.happenings import Workbench
    from mithaq.store.judged import Decision, Found, Kept
    from mithaq.store.privacy import PrivacyDecision, Turned
    from mithaq.store.saved import Saved
    from mithaq.store.schedule import Schedule
    from mithaq.store.search import Hit, Term
    from mithaq.store.upkeep import Counts, Held
    from mithaq.store.writing import Prepared

Outcome = Literal["new", "duplicate", "updated"]
Cell = str | int | float | None

_DATE = re.compile(r"[0-9]{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?)?")


class Capture(msgspec.Struct, frozen=True, kw_only=True):
    """What was fetched: ``hash`` is the SHA-256 of the bytes, ``file`` where they lie in the workspace, ``added`` a time (ISO 8601, UTC).

    ``sidecar`` is the text of the page's ``meta.json``, empty when it has none.
    """

    hash: str
    file: str
    added: str
    path: str | None = None
    sidecar: str = ""


class MadeBy(msgspec.Struct, frozen=True):
    """The versions of code and knowledge that made a document's layers."""

    code: str
    knowledge: str


class Quarantined(msgspec.Struct, frozen=True):
    """A page that could not be read, and why; ``hash`` and ``file`` are empty when not even its bytes could be had.

    ``sidecar`` is what was known of it, as in :class:`Capture`.
    """

    path: str
    reason: str
    hash: str = ""
    file: str = ""
    at: str = ""
    sidecar: str = ""


class Filter(msgspec.Struct, frozen=True, kw_only=True):
    """Which documents are wanted. Dates are YYYY, YYYY-MM or YYYY-MM-DD and bound the day of publication, ends included.

    A document without a known date is left out when a date is asked for; one dated only to the month or year stays when it may be meant.
    Of several versions of one address only the current one is wanted, unless *every_version* is asked for.
    Raises QuestionError when a date is written otherwise or the pair is not one of two sides.
    """

    pair: tuple[str, str] | None = None
    country: str | None = None
    lang: Language | None = None
    since: str | None = None
    until: str | None = None
    relevant: bool = False
    every_version: bool = False

    def __post_init__(self) -> None:
        for name, value in (("since", self.since), ("until", self.until)):
            check_date(name, value)
        if self.pair is not None and self.pair[0] == self.pair[1]:
            raise QuestionError(f"a pair needs two different sides, not {self.pair[0]} twice")


def check_date(name: str, value: str | None) -> None:
    """Raise QuestionError unless *value* is None or a date as YYYY, YYYY-MM or YYYY-MM-DD."""
    if value is not None and not _DATE.fullmatch(value):
        raise QuestionError(f"{name} {value!r} is not a date; write YYYY, YYYY-MM or YYYY-MM-DD", "wrong.date", value=value)


class Store(AlertBook, AgingStore, Protocol):
    """What a store must do. Every method raises StoreError when the database cannot be read or written."""

    def put(self, document: Document, capture: Capture, made_by: MadeBy, *, replace: bool = False) -> Outcome:
        """Keep a document, its rows and its capture in one transaction.

        A known document is a "duplicate"; it is "updated" when *replace* is asked for or when the new reading knows more of its source.
        """

    def put_prepared(self, prepared: Prepared, capture: Capture, *, replace: bool = False) -> Outcome:
        """Keep a document that another process made ready; as :meth:`put` does."""

    def put_many(self, pages: Sequence[tuple[Prepared, Capture]]) -> list[Outcome | EvidenceError]:
        """Keep several documents in one transaction; return what became of each, an EvidenceError for one that no database can keep."""

    def renew(self, before: str, prepared: Prepared, capture: Capture) -> Found:
        """Put a new reading of a capture in the place of an old document; people's decisions follow their facts."""

    def erase(self, document_id: str, *, by: str, why: str, at: str) -> Erased:
        """Erase a document with all versions of its address; nothing stays but hashes and the reason."""

    def keep_private(self, document_id: str, private: bool, *, by: str, why: str, at: str) -> Turned:
        """Keep all versions of a page's address for analysts alone, or open them to readers, whatever sidecars and later readings say.

        News of alerts that rest on a page which is private from now on go. The decision stays, and counts until the next one, or until
        the page is brought in anew, marked as private.
        """

    def withheld(self) -> int:
        """Return a number that changes whenever a page is opened, kept private, or erased: what was told before may be told no more."""

    def privacy_of(self, document_id: str) -> list[PrivacyDecision]:
        """Return what was decided about whom a page is for, the last first."""

    def is_erased(self, digest: str) -> bool:
        """Say whether bytes, a text or an address of this hash were erased."""

    def scrub(self) -> None:
        """Take out of the files of the database what was deleted before."""

    def has(self, document_id: str) -> bool:
        """Say whether the document with this full id is kept."""

    def has_capture(self, capture_hash: str, sidecar: str = "") -> bool:
        """Say whether exactly these bytes with exactly this sidecar were read before."""

    def fetched_last(self, url: str) -> str | None:
        """Return the hash of the capture that is the latest of an address, None when it has none or was withdrawn since."""

    def knows_address(self, url: str) -> bool:
        """Say whether a page of this address is kept, withdrawn or not."""

    def schedule(self) -> Schedule:
        """Give what a collector must remember: whom to ask and when, what was found and asked for."""

    def alone(self, what: str) -> AbstractContextManager[bool]:
        """Say whether nobody else does some work ("collecting", "alerts") with this store, and keep others from it meanwhile."""

    def withdraw(self, url: str, at: str) -> int:
        """Mark all versions of an address as withdrawn since a time (ISO 8601, UTC); return how many there are."""

    def hold_back(self, pages: Iterable[Gated]) -> int:
        """Keep pages that the gate did not let through, all in one transaction; return how many were not known yet."""

    def is_gated(self, capture_hash: str, sidecar: str = "") -> bool:
        """Say whether exactly these bytes with exactly this sidecar were held back before."""

    def gated(self) -> Iterator[Gated]:
        """Yield all pages held back, the likeliest first."""

    def stream(self, wanted: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, list[tuple[Cell, ...]]]]:
        """Yield (table, rows) of the columns *wanted* of each table, in a fixed order; nothing written meanwhile shows."""

    def reached(self, mark: Mark) -> Mark:
        """Return how far the archive of a mark was read, the beginning when never, in another form, or otherwise."""

    def reach(self, mark: Mark) -> None:
        """Keep how far an archive was read; all pages before that place must be kept by now."""

    def let_through(self, page: Gated) -> None:
        """Take a page out of those held back."""

    def documents(self, wanted: Filter = Filter()) -> Iterator[Document]:  # noqa: B008  (frozen)
        """Yield the wanted documents as people judged them, by date of publication, those without one last."""

    def reading(self, document_id: str) -> Document:
        """Return a document as the machine read it, whatever people judged."""

    def document(self, key: str) -> Document:
        """Return the one document with this id, beginning of an id (four characters or more), or path; else raise QuestionError."""

    def search(self, query: str, *, limit: int = 20, lang: Language | None = None) -> list[Hit]:
        """Return the documents in which all words and "phrases in quotes" of the query stand, best first; current versions only."""

    def search_in(self, query: str, narrow: Narrow, *, limit: int = 20, offset: int = 0) -> list[Hit]:
        """Return hits as :meth:`search` does, narrowed, a stretch at a time."""

    def count_found(self, terms: Sequence[Term], narrow: Narrow, *, most: int = 10_000) -> int:
        """Return on how many pages the words stand, counted no further than *most*."""

    def browse(self, what: str, narrow: Narrow, *, limit: int = 25, after: str | None = None) -> Stretch:
        """Return a stretch of "documents" or of a list of facts, by publication, the newest first, undated pages last."""

    def count(self, what: str, narrow: Narrow, *, most: int = 10_000) -> int:
        """Return how many rows a list has, counted no further than *most*."""

    def tally_found(self, terms: Sequence[Term], narrow: Narrow, *, limit: int = 60) -> dict[Measure, list[Tally]]:
        """Return how many pages with some words there are of each country, topic, year, language and outlet, in one pass."""

    def tally(self, by: Measure, narrow: Narrow, *, terms: Sequence[Term] = (), limit: int = 500) -> list[Tally]:
        """Return how many pages there are of each language, outlet, country, topic, year or month."""

    def tally_pairs(self, narrow: Narrow, *, limit: int = 20, offset: int = 0) -> list[Row]:
        """Return pairs with their number of pages and first and last publication, most pages first."""

    def tally_topics(self, kinds: Sequence[str], narrow: Narrow) -> dict[str, dict[str, int]]:
        """Return for each topic how many statements there are of each of some kinds."""

    def tally_sides(self, kind: str, narrow: Narrow, *, toward: bool = False) -> dict[tuple[str, str], int]:
        """Return how many statements of a kind there are by (topic, side): the side that speaks, or, with *toward*, the one addressed."""

    def browse_happenings(
        self, narrow: Narrow, *, limit: int = 50, after: str | None = None, undated: bool = False
    ) -> tuple[list[Happening], str | None]:
        """Return happenings (no promises) of which a wanted page tells, the latest first, and the cursor of the next ones."""

    def count_happenings(self, narrow: Narrow) -> HappeningCount:
        """Return how many happenings :meth:`browse_happenings` lists, with a date and without."""

    def meetings(self, narrow: Narrow) -> list[Meeting]:
        """Return all happenings that :meth:`browse_happenings` lists, as far as they tell who met whom."""

    def heads(self) -> dict[str, Head]:
        """Return kind, name and country of all entities, by id."""

    def tally_entities(self, what: str, narrow: Narrow, *, limit: int = 50, offset: int = 0) -> list[Row]:
        """Return people, bodies or programmes, each once with its number of pages, most first."""

    def homes_on(self, sources: Sequence[str]) -> dict[ReportKey, str]:
        """Return the entity of every naming, and the happening of every report, on some pages."""

    def pages_of_entity(self, entity: str, kind: EntityKind, *, limit: int = 40, offset: int = 0) -> list[tuple[str, int, float]]:
        """Return (document, item, probability) of an entity's namings, the newest page first; copies are left out."""

    def count_pages_of_entity(self, entity: str) -> Row:
        """Return on how many pages an entity stands, and when the first and the last of them were published."""

    def tally_figures(self, narrow: Narrow, *, compared: bool = False, limit: int = 40, offset: int = 0) -> list[Row]:
        """Return the names of cited figures, how often each is cited and for how many countries, most cited first."""

    def outlets(self) -> list[Row]:
        """Return every outlet with its pages, how many are for us, their facts, and when it was last seen and published."""

    def latest(self, limit: int = 10) -> list[Row]:
        """Return the pages that came in last, those not for us left out."""

    def versions(self, document_id: str) -> list[Row]:
        """Return all versions of a page's address, the one fetched last first; none where there is but one."""

    def withdrawn_since(self, document_id: str) -> str | None:
        """Return when it was seen that a page's site has it no longer, None while it has."""

    def state(self) -> int:
        """Return a number that changes whenever another connection has changed the database."""

    def saved(self) -> list[Saved]:
        """Return the questions that readers keep, by name."""

    def saved_search(self, number: int) -> Saved:
        """Return one of them; raises QuestionError when there is none."""

    def save_search(self, name: str, place: str, at: str) -> int:
        """Keep a question by the address of its state, or give it a new name; return its number."""

    def rename_search(self, number: int, name: str) -> None:
        """Give a saved search another name."""

    def see_search(self, number: int) -> None:
        """Note that somebody has seen all that a saved search finds now."""

    def drop_search(self, number: int) -> None:
        """Delete a saved search."""

    def reference_tables(self) -> list[ReferenceTable]:
        """Return all reference tables in the order in which they were added, those that were removed too."""

    def reference_values(self) -> list[ReferenceValue]:
        """Return the values of all reference tables that stand, by table and line."""

    def add_reference(self, table: ReferenceTable, values: Sequence[ReferenceValue]) -> None:
        """Keep a reference table; raises QuestionError when one of its name is there."""

    def remove_reference(self, name: str, by: str, at: str) -> int:
        """Take a reference table out of use; return how many values it had. Raises QuestionError when none of that name stands."""

    def rows(self, table: str, filters: Mapping[str, Cell] | None = None) -> list[dict[str, Cell]]:
        """Return the rows of a table whose columns have these values; each fact row has ``source``, ``start``, ``end`` and ``quote``."""

    def quarantine(self, page: Quarantined) -> None:
        """Keep the reason why a page could not be read."""

    def release(self, capture_hash: str, path: str) -> None:
        """Take a page out of quarantine."""

    def last_about(self, subject: str, other: str | None = None) -> int:
        """Return the number of the last judgement about a fact, or about two; 0 when nobody judged."""

    def judge(self, judgement: Judgement, seen: int | None = None) -> int:
        """Keep a judgement for good, and show its document as judged from now on; return its number."""

    def judgements(self, document_id: str | None = None) -> list[Kept]:
        """Return all judgements in the order in which they were made; with a document id those of its facts alone."""

    def standing(self, document_id: str) -> list[Kept]:
        """Return the judgements of a document's facts that no later one replaces or takes back, in the order in which they were made."""

    def decisions(self, document_id: str) -> dict[str, Decision]:
        """Return what stands of people's decisions on each fact of a document, by the fact's key."""

    def decisions_for(self, document: Document) -> dict[str, Decision]:
        """Return what people decided about a document's facts, also where they did so on a page that has the same article."""

    def same_article(self, document_id: str) -> list[str]:
        """Return the ids of all pages with the article of this one, itself among them; none when it is not kept."""

    def copies(self) -> dict[str, str]:
        """Return the witness of every page that is a copy, by the copy's id."""

    def workbench(self) -> AbstractContextManager[Workbench]:
        """Give what happenings and threads are put together with; what is written is kept as a whole, or not at all."""

    def unlinked(self) -> int:
        """Return how many documents have changed since happenings and threads were made."""

    def happenings(self) -> Iterator[Happening]:
        """Yield all happenings and promises, by date, those without one last."""

    def happening(self, key: str) -> Happening:
        """Return the one happening with this id or beginning of an id; raises QuestionError otherwise."""

    def happenings_of(self, ids: Iterable[str]) -> dict[str, Happening]:
        """Return happenings by their ids."""

    def happening_conflicts(self) -> list[tuple[str, str, str]]:
        """Return (a, b, happening): reports that one decision binds and others hold apart, and the happening of the first."""

    def happening_of(self, source: str, list_name: str, item: int) -> str | None:
        """Return the id of the happening that a report tells, None while it is not known."""

    def report_questions(self, least: float, most: float) -> list[Question]:
        """Return pairs of happenings that may be one with a likelihood in these bounds, by their likeliest two reports."""

    def threads(self) -> Iterator[Thread]:
        """Yield all threads, by id."""

    def thread(self, key: str) -> Thread:
        """Return the one thread with this id or beginning of an id; raises QuestionError otherwise."""

    def threads_of(self, happening: str) -> list[str]:
        """Return the ids of the threads in which a happening is a step."""

    def searched(self) -> tuple[int, str | None]:
        """Return how many sources there are, and the last day of which their pages tell."""

    def arrived(self, since: str) -> set[str]:
        """Return the documents that were first kept on a day or later."""

    def captures_of_documents(self, unless: MadeBy | None = None) -> list[Held]:
        """Return every document with the capture that gave it; with *unless* only those whose layers are of other versions."""

    def all_captures(self) -> Iterator[tuple[str, str]]:
        """Yield (path, file) of every capture, and of every page in quarantine whose bytes are kept."""

    def captures_to_move(self) -> list[str]:
        """Return the files of captures that still have the form of an older version."""

    def captures_moved(self, files: Sequence[tuple[str, str]]) -> None:
        """Keep where captures lie now, by where they lay before."""

    def check(self) -> list[str]:
        """Return what does not fit together inside the database, in words; nothing when all is well."""

    def schema_version(self) -> int:
        """Return the version of the database's tables: the number of the last migration that ran."""

    def statistics(self) -> list[Counts]:
        """Return how much there is of everything."""

    def counts(self, only: Sequence[str] = ()) -> dict[str, int]:
        """Return how many rows each table has, and how many documents are relevant, superseded by a later version, or withdrawn.

        With *only* of those tables alone: on a large store each of them takes its time.
        """

    def judgement(self, number: int) -> Judgement:
        """Return the judgement with this number; raises StoreError when there is none."""

    def resolving(self) -> AbstractContextManager[Desk]:
        """Give what the step that finds out who is who reads and writes, all of it in one transaction."""

    def stale(self) -> int:
        """Return how much waits to be resolved; 0 when who is who is up to date."""

    def entities(self, kind: EntityKind | None = None) -> list[Entity]:
        """Return all entities of a kind, by kind, name and id."""

    def entity(self, entity_id: str) -> Entity | None:
        """Return the entity with this id, None when there is none."""

    def find_entity(self, name: str) -> Entity:
        """Return the one entity with this id, beginning of an id, or name; raises QuestionError when none or several have."""

    def namings_called(self, name: str) -> list[tuple[str, str, int]]:
        """Return (document, list, item) of all namings of an entity, by its id, the beginning of its id, or a name; sorted."""

    def entity_of(self, source: str, list_name: str, item: int) -> str | None:
        """Return the id of the entity to which a naming belongs, None while it is not resolved."""

    def naming_entity(self, key: str) -> str | None:
        """Return the id of the entity of a naming by the naming's key."""

    def members(self, entity_id: str) -> list[tuple[str, str, int, float]]:
        """Return (source, list, item, probability) of every naming of an entity, sorted."""

    def mentions_of(self, entity_id: str) -> list[Mentioned]:
        """Return every place where an entity is named, by page and place."""

    def questions(self) -> list[Question]:
        """Return the pairs that a person should decide, the most doubtful first."""

    def conflicts(self) -> list[tuple[str, str, str]]:
        """Return (a, b, entity): namings that decisions bind and hold apart, and an entity in which one of them stands."""

    def bonds(self) -> list[Bond]:
        """Return the decisions about pairs of namings that stand, in the order in which they were made."""

    def bond(self, subject: str, other: str) -> Bond | None:
        """Return the decision about two namings (their keys in order) that stands."""

    def close(self) -> None:
        """Close the database."""
