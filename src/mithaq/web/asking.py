"""What an address asks for: filters, stretches of lists and sides, read out of its parameters and checked."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Annotated, Any, TypeVar

from fastapi import Path
from starlette.requests import Request

from mithaq.answers.browse import Listing
from mithaq.answers.sides import read_code, read_side
from mithaq.answers.sources import Proof, Source
from mithaq.errors import QuestionError
from mithaq.export.messages import Messages
from mithaq.ingest import KNOWLEDGE
from mithaq.lexicon import load_lexicon
from mithaq.store.browse import Narrow, Row
from mithaq.store.store import Store
from mithaq.text.characters import western_digits
from mithaq.web.show import site_of
from mithaq.web.speech import as_language

_CODE = re.compile(r"[A-Z][A-Za-z-]{1,11}")
_PLACE = re.compile(r"([0-9]{1,8})-([0-9]{1,8})")
_MOST_PAGES = 10**12
_MOST_DIGITS = 15
# A number of something that is kept, as part of an address; the database counts no further.
Numbered = Annotated[int, Path(ge=1, le=2**53)]
_YEAR = re.compile(r"[0-9]{4}")


Found = TypeVar("Found")


class MissingError(Exception):
    """There is no such page, country or list; becomes a page that says so."""


def said(request: Request, name: str) -> str | None:
    """Return a parameter of the address, None when it is left out or empty."""
    return request.query_params.get(name, "").strip() or None


def _said_date(request: Request, name: str) -> str | None:
    words = said(request, name)
    return western_digits(words) if words else None


def read_narrow(request: Request, **fixed: Any) -> Narrow:
    """Return what the address narrows a list to: country, topic, kind, in (language), outlet, year, since, until, newer, all."""
    year = _said_date(request, "year")
    if year is not None and not _YEAR.fullmatch(year):
        raise QuestionError(f"{year!r} is not a year; write for example 2024", "wrong.year", value=year)
    country = said(request, "country")
    asked: dict[str, Any] = {
        "country": read_place(request, country) if country else None,
        "topic": said(request, "topic"),
        "kind": said(request, "kind"),
        "lang": as_language(said(request, "in")),
        "outlet": request.query_params.get("outlet"),
        "since": year or _said_date(request, "since"),
        "until": year or _said_date(request, "until"),
        "others": said(request, "others"),
        "toward": said(request, "toward"),
        "newer": read_number(request, "newer", _MOST_PAGES) if said(request, "newer") else None,
        "relevant": said(request, "all") is None,
    }
    return Narrow(**(asked | fixed))


def read_place(request: Request, words: str) -> str:
    """Return the code of the country or organisation that a reader typed or an address holds; raises QuestionError for none."""
    if _CODE.fullmatch(words) and words != words.title():  # "MA", "AfDB"; "Oman" is a name
        return words
    return read_code(words) or read_side(words, load_lexicon(site_of(request).root / KNOWLEDGE))


def check_code(code: str) -> str:
    """Return a code out of an address; raises MissingError when none can be written so."""
    if not _CODE.fullmatch(code):
        raise MissingError(f"{code!r} is no code of a country or organisation")
    return code


def check_pair(a: str, b: str) -> tuple[str, str]:
    """Return two codes out of an address, sorted; raises QuestionError when both are the same side, MissingError as check_code."""
    first, second = sorted((check_code(a), check_code(b)))
    if first == second:
        raise QuestionError(f"a pair needs two different sides, and both are {first}")
    return first, second


def find_one(look: Callable[[], Found]) -> Found:
    """Return what is looked up by its id; raises MissingError when there is none."""
    try:
        return look()
    except QuestionError as error:
        raise MissingError(str(error)) from error


def read_number(request: Request, name: str, most: int = 10_000) -> int:
    """Return a parameter that counts from 1; 1 when it is left out. Raises QuestionError when it is no such number."""
    words = said(request, name) or "1"
    # Longer than any number that is meant: nothing is made of thousands of digits.
    if not (words.isascii() and words.isdigit() and len(words) <= _MOST_DIGITS and 1 <= int(words) <= most):
        raise QuestionError(f"{name} {words!r} is not a number from 1 to {most}", "wrong.no_number", value=words, most=most)
    return int(words)


def read_at(request: Request) -> tuple[int, int] | None:
    """Return the stretch of a text that the address asks for ("at=10-42"), None when it asks for none."""
    match = _PLACE.fullmatch(said(request, "at") or "")
    if not match or int(match[1]) >= int(match[2]):
        return None
    return int(match[1]), int(match[2])


def cite(*listings: Listing[Any] | Iterable[Source]) -> Mapping[str, Any]:
    """Return ``source_of`` for templates that show lines of several lists: the page that a proof is cut out of."""
    known = {s.document: s for listing in listings for s in (listing.sources if isinstance(listing, Listing) else listing)}

    def source_of(proof: Proof) -> Source:
        return known[proof.document]

    return {"source_of": source_of}


def name_rows(store: Store, rows: Iterable[Row], messages: Messages) -> list[Row]:
    """Return rows of people, bodies or programmes, each by the name that a reader of this language knows it by."""
    named = []
    for row in rows:
        known = store.entity(str(row["entity"])) if row["entity"] else None
        named.append({**row, "name": messages.called(known.names)} if known else row)
    return named
