"""The same answers for programs: JSON or CSV under /api/v1, in stretches that a cursor joins, with the words behind every fact."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Annotated, Any, Literal

import msgspec
from fastapi import APIRouter, Depends, Query
from fastapi.dependencies.models import Dependant
from starlette.requests import Request
from starlette.responses import Response

from mithaq.answers.claims import list_claims
from mithaq.answers.entity import look_up
from mithaq.answers.ledger import build_ledger
from mithaq.errors import QuestionError
from mithaq.export.record import write_record
from mithaq.export.tables import write_csv
from mithaq.follow.status import is_waiting
from mithaq.lexicon.vocabulary import read_vocabulary, vocabulary_names
from mithaq.model.vocabulary import Language
from mithaq.store import Narrow
from mithaq.store.search import read_query
from mithaq.text.characters import western_digits
from mithaq.web.asking import MissingError, check_code, find_one, read_place
from mithaq.web.readers import Desk
from mithaq.web.reading import open_document
from mithaq.web.rows import balance_rows, happening_row, hit_row, matter_row, plain_row
from mithaq.web.show import address, site_of
from mithaq.web.sides import gather
from mithaq.web.world import watch


async def _refuse_unknown(request: Request) -> None:
    """Raise QuestionError for a parameter that an answer does not know: a filter that is dropped in silence gives a wrong answer."""
    known = _parameters(request.scope["route"].dependant)
    unknown = [name for name in request.query_params if name not in known | {"lang"}]
    if unknown:
        told = f"it knows {', '.join(sorted(known))}" if known else "it knows none"
        raise QuestionError(f"this answer has no parameter {unknown[0]!r}; {told}")


def _parameters(asked: Dependant) -> set[str]:
    """Return the names of the parameters that an answer, or what it depends on, declares."""
    return {field.alias for field in asked.query_params}.union(*map(_parameters, asked.dependencies))


api = APIRouter(prefix="/api/v1", dependencies=[Depends(_refuse_unknown)])

MOST = 200  # rows in one answer
_MOST_OFFSET = 100_000
LISTS = ("documents", "statements", "events", "indicators", "people", "bodies", "programmes")

Format = Annotated[Literal["json", "csv"], Query(description="json, or csv for a spreadsheet (then the cursor is in the Link header)")]
Limit = Annotated[int, Query(ge=1, le=MOST, description="at most so many rows")]
After = Annotated[str | None, Query(max_length=80, description="the cursor `next` of the answer before", examples=["2026-10-14~17~3"])]
Offset = Annotated[str | None, Query(max_length=8, description="the cursor `next` of the answer before", examples=["50"])]
Country = Annotated[str | None, Query(max_length=80, description="a side, by code or name", examples=["MA", "Oman"])]
Topic = Annotated[str | None, Query(max_length=40, examples=["cybersecurity"])]
PROBLEM = {
    "description": "The question is wrong, or there is no such thing",
    "content": {
        "application/problem+json": {
            "example": {"type": "about:blank", "title": "Bad Request", "status": 400, "detail": "'2x' is not a date; write YYYY"}
        }
    },
}


_SAID = {
    "source": "9f2c…", "n": 3, "kind": "need", "speaker": "Amal Example", "country": "DJ", "toward": "OM", "topics": ["cybersecurity"],
    "start": 410, "end": 452, "quote": "Djibouti needs people who know networks", "outlet": "example.org", "published": "2026-01-20",
}  # fmt: skip
_HIT = {"id": "9f2c…", "score": 4.2, "title": "Example page", "snippet": "…", "marks": [{"start": 410, "end": 415, "quote": "needs"}]}
_EXAMPLES: dict[str, Any] = {
    "lists": {"items": [_SAID], "next": "2026-01-20~17~3"},
    "search": {"items": [_HIT], "total": 1, "next": None},
    "document": {"schema_version": 1, "id": "9f2c…", "title": "Example page", "events": [], "statements": [_SAID]},
    "pairs": {"items": [{"a": "DJ", "b": "OM", "pages": 4, "first": "2024-12-29", "last": "2026-01-20"}], "next": None},
    "dossier": {"pair": ["DJ", "OM"], "glance": {"pages": 4, "topics": [["cybersecurity", 2]]}, "timeline": [], "sources": []},
    "timeline": {"items": [{"id": "h35c950", "type": "meeting", "date": "2026-01-20", "parties": ["DJ", "OM"]}], "next": None},
    "ledger": {"balances": [{"topic": "cybersecurity", "needs": 3, "offers": 2}], "exchanges": []},
    "claims": {"name": "Example index", "listing": {"lines": [], "sources": [], "after": None}, "conflicts": []},
    "sources": {"items": [{"outlet": "example.org", "pages": 12, "relevant": 7, "seen": "2026-01-20T08:00:00+00:00"}], "next": None},
    "quarantine": {"items": [{"path": "a.txt", "reason": "the file is empty", "at": "2026-01-20T08:00:00+00:00"}], "next": None},
    "counts": {"documents": 20, "statements": 140, "quarantine": 1},
    "vocabulary": {"need": {"en": "Need", "fr": "Besoin"}},
    "entity": {"entity": {"id": "p3fa9c1d02b7e", "kind": "person", "names": [{"name": "Amal Example", "lang": "en", "pages": 2}]}},
    "happening": {"id": "h35c950", "type": "meeting", "date": "2026-01-20", "sources": [], "differences": []},
    "threads": {"items": [{"thread": {"id": "t055a4", "subject": "…"}, "status": {"schedule": "open", "due": "2026-12"}}], "next": None},
    "thread": {"id": "t055a4", "subject": "…", "steps": []},
}


def _narrow(
    request: Request,
    country: Country = None,
    topic: Topic = None,
    kind: Annotated[str | None, Query(max_length=40, description="kind of statement or body, type of event", examples=["need"])] = None,
    language: Annotated[Language | None, Query(alias="in", description="language of the page")] = None,
    outlet: Annotated[str | None, Query(max_length=400, description="empty: pages that name none")] = None,
    since: Annotated[str | None, Query(max_length=10, examples=["2024-06"])] = None,
    until: Annotated[str | None, Query(max_length=10, examples=["2025"])] = None,
    everything: Annotated[bool, Query(alias="all", description="also pages that are not on digital cooperation")] = False,
) -> Narrow:
    side = read_place(request, country) if country else None
    return Narrow(
        country=side, topic=topic, kind=kind, lang=language, outlet=outlet, since=_western(since), until=_western(until),
        relevant=not everything,
    )  # fmt: skip


def _western(date: str | None) -> str | None:
    return western_digits(date) if date else date


def _narrow_matter(request: Request, country: Country = None, topic: Topic = None) -> Narrow:
    return Narrow(country=read_place(request, country) if country else None, topic=topic, relevant=True)


def _narrow_side(request: Request, country: Country = None) -> Narrow:
    return Narrow(country=read_place(request, country) if country else None, relevant=True)


Asked = Annotated[Narrow, Depends(_narrow)]
AskedMatter = Annotated[Narrow, Depends(_narrow_matter)]  # for answers that know no other filter
AskedSide = Annotated[Narrow, Depends(_narrow_side)]


async def give(
    request: Request,
    question: Callable[[Desk], Any],
    *,
    after: Callable[[Any], str | None] | None = None,
    rows: Callable[[Any], list[dict[str, Any]]] | None = None,
) -> Response:
    """Answer with JSON, or CSV when the address asks for it; what has not changed is not sent again.

    *rows* makes lines of an answer whose items are not lines already.
    """
    as_csv = request.query_params.get("format") == "csv"

    def answer(desk: Desk) -> tuple[bytes, str | None]:
        value = question(desk)
        onward = after(value) if after else None
        if as_csv:
            return write_csv(rows(value) if rows else [dict(row) for row in value["items"]]), onward
        return msgspec.json.encode(value), onward

    body, onward = await site_of(request).readers.ask(answer)
    fingerprint = f'"{hashlib.sha256(body).hexdigest()[:24]}"'
    headers = {"etag": fingerprint, "cache-control": "private, no-cache"}
    if onward:
        headers["link"] = f'<{address(request, after=onward)}>; rel="next"'
    if fingerprint in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(body, media_type="text/csv; charset=utf-8" if as_csv else "application/json", headers=headers)


def _offset(after: str | None) -> int:
    """Return a cursor that counts rows; raises QuestionError when it is none."""
    if after is None:
        return 0
    if not (after.isascii() and after.isdigit() and int(after) <= _MOST_OFFSET):
        raise QuestionError(f"{after!r} is no cursor; take the one that the last answer gave, or leave it out")
    return int(after)


def _next(value: Any) -> str | None:
    return str(value["next"]) if value["next"] else None


_TABLES = frozenset({"lists", "search", "pairs", "timeline", "threads", "ledger", "sources", "quarantine"})


def shown(what: str) -> dict[int | str, dict[str, Any]]:
    """Return how an answer is described: by an example, and as a table where it comes as one, too."""
    table = {"text/csv": {"schema": {"type": "string"}}} if what in _TABLES else {}
    return {200: {"content": {"application/json": {"example": _EXAMPLES[what]}, **table}}, 400: PROBLEM, 404: PROBLEM}


@api.get("/lists/{what}", summary="A list, the newest page first", responses=shown("lists"))
async def rows_of_a_list(
    request: Request, what: str, asked: Asked, limit: Limit = 50, after: After = None, format: Format = "json"
) -> Response:
    """Documents, statements, events, indicators, people, bodies or programmes, each row with its words and their place in its page."""
    if what not in LISTS:
        raise MissingError(f"there is no list of {what!r}; there are {', '.join(LISTS)}")

    def question(desk: Desk) -> dict[str, Any]:
        stretch = desk.store.browse(what, asked, limit=limit, after=after)
        return {"items": [plain_row(row) for row in stretch.rows], "next": stretch.after}

    return await give(request, question, after=_next)


@api.get("/search", summary="Pages in which words stand", responses=shown("search"))
async def search(
    request: Request,
    asked: Asked,
    q: Annotated[str, Query(min_length=1, max_length=400, description='words, and "phrases in quotes"', examples=["submarine cable"])],
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
    after: Offset = None,
    format: Format = "json",
) -> Response:
    """The best first; ``marks`` are the words that were asked for, by their place in the page."""
    offset = _offset(after)

    def question(desk: Desk) -> dict[str, Any]:
        hits = desk.store.search_in(q, asked, limit=limit, offset=offset)
        total = desk.store.count_found(read_query(q), asked)
        items = [hit_row(hit) for hit in hits]
        return {"items": items, "total": total, "next": str(offset + limit) if total > offset + limit else None}

    return await give(request, question, after=_next)


@api.get("/documents/{key}", summary="The record of one page", responses=shown("document"))
async def document(request: Request, key: str) -> Response:
    """As ``mithaq show --format jsonl`` prints it; the beginning of the id is enough."""
    return await give(request, lambda desk: write_record(open_document(desk, key)))


@api.get("/pairs", summary="Pairs, most pages first", responses=shown("pairs"))
async def pairs(
    request: Request,
    asked: Asked,
    limit: Limit = 50,
    after: Offset = None,
    format: Format = "json",
) -> Response:
    """Who works with whom; the cursor is a number of rows."""
    offset = _offset(after)

    def question(desk: Desk) -> dict[str, Any]:
        rows = desk.store.tally_pairs(asked, limit=limit + 1, offset=offset)
        return {"items": rows[:limit], "next": str(offset + limit) if len(rows) > limit else None}

    return await give(request, question, after=_next)


@api.get("/pairs/{a}/{b}", summary="The dossier of two sides", responses=shown("dossier"))
async def dossier(request: Request, a: str, b: str) -> Response:
    """Everything that the pages show of two sides, every line with its proofs."""
    first, second = sorted((check_code(a), check_code(b)))
    return await give(request, lambda desk: gather(desk, (first, second)))


@api.get("/timeline", summary="Happenings, the latest first", responses=shown("timeline"))
async def timeline(
    request: Request, asked: Asked, limit: Limit = 60, after: After = None, undated: bool = False, format: Format = "json"
) -> Response:
    """Each once however many pages tell it, with all reports, witnesses and differences; *undated* those whose day no page gives."""

    def question(desk: Desk) -> dict[str, Any]:
        found, onward = desk.store.browse_happenings(asked, limit=limit, after=after, undated=undated)
        return {"items": found, "next": onward}

    return await give(request, question, after=_next, rows=lambda value: [happening_row(h) for h in value["items"]])


@api.get("/happenings/{key}", summary="One happening or promise", responses=shown("happening"))
async def happening(request: Request, key: str) -> Response:
    """All its reports; the beginning of the id is enough."""
    return await give(request, lambda desk: find_one(lambda: desk.store.happening(key)))


@api.get("/threads", summary="Matters followed over time", responses=shown("threads"))
async def threads(
    request: Request,
    asked: AskedMatter,
    limit: Limit = 50,
    after: Offset = None,
    waiting: Annotated[bool, Query(alias="open")] = False,
    format: Format = "json",
) -> Response:
    """What waits first, by when it is due; each with how it stands."""
    offset = _offset(after)

    def question(desk: Desk) -> dict[str, Any]:
        every = [w for w in watch(desk) if not waiting or is_waiting(w.status)]
        every = [w for w in every if asked.country in (None, *w.thread.parties) and asked.topic in (None, *w.thread.topics)]
        return {"items": every[offset : offset + limit], "next": str(offset + limit) if len(every) > offset + limit else None}

    return await give(request, question, after=_next, rows=lambda value: [matter_row(w.thread, w.status) for w in value["items"]])


@api.get("/threads/{key}", summary="One matter step by step", responses=shown("thread"))
async def thread(request: Request, key: str) -> Response:
    """Its steps in order, and what came of each promise."""
    return await give(request, lambda desk: find_one(lambda: desk.store.thread(key)))


@api.get("/entities/{key}", summary="A person, body or programme", responses=shown("entity"))
async def entity(request: Request, key: str, after: Offset = None) -> Response:
    """Names, offices over time, what it took part in and said, where pages name it."""
    offset = _offset(after)
    return await give(request, lambda desk: find_one(lambda: look_up(desk.store, key, offset=offset)))


@api.get("/ledger", summary="Needs beside offers", responses=shown("ledger"))
async def ledger(request: Request, asked: AskedMatter, format: Format = "json") -> Response:
    """By topic; for a country or a topic with the statements. As CSV the balance of each topic."""
    return await give(request, lambda desk: build_ledger(desk.store, country=asked.country, topic=asked.topic), rows=balance_rows)


@api.get("/figures/{name}", summary="The claims of a cited figure", responses=shown("claims"))
async def claims(request: Request, name: str, asked: AskedSide) -> Response:
    """Every value that pages give for it, and those that contradict each other."""
    return await give(request, lambda desk: list_claims(desk.store, name, asked.country))


@api.get("/sources", summary="Outlets", responses=shown("sources"))
async def sources(request: Request, format: Format = "json") -> Response:
    """Who published the pages, how many are on our subject, when each was last seen."""
    return await give(request, lambda desk: {"items": desk.store.outlets(), "next": None})


@api.get("/quarantine", summary="Pages that could not be read", responses=shown("quarantine"))
async def quarantine(request: Request, format: Format = "json") -> Response:
    """Each with its reason."""
    names = ("path", "reason", "at", "hash")
    return await give(request, lambda desk: {"items": [{n: r[n] for n in names} for r in desk.store.rows("quarantine")], "next": None})


@api.get("/counts", summary="How much there is", responses=shown("counts"))
async def counts(request: Request) -> Response:
    """Rows of every table, pages for us, pages that a later version replaced or that were withdrawn."""
    return await give(request, lambda desk: desk.store.counts())


@api.get("/vocabularies/{name}", summary="A closed list with its labels", responses=shown("vocabulary"))
async def vocabulary(request: Request, name: str) -> Response:
    """Codes with their labels in Arabic, French and English."""
    if name not in vocabulary_names():
        raise MissingError(f"there is no vocabulary {name!r}; there are {', '.join(vocabulary_names())}")
    return await give(request, lambda _desk: {code: dict(entry.labels) for code, entry in read_vocabulary(name).items()})
