"""What a form of the review asks for, and what came back with it: fields with their choices, who decides, why, what they had seen."""

from __future__ import annotations

import getpass
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any
from urllib.parse import unquote, urlencode

import msgspec
from starlette.datastructures import FormData
from starlette.requests import Request

from mithaq.answers.sides import read_code
from mithaq.errors import QuestionError
from mithaq.lexicon.vocabulary import read_vocabulary
from mithaq.model.added import NEEDED
from mithaq.model.fact import CODES, CORRECTABLE, FactLayer, show_value
from mithaq.model.vocabulary import Language
from mithaq.web.entry import visitor_of
from mithaq.web.forms import own_form, typed
from mithaq.web.speech import speech

BY_COOKIE = "mithaq_by"
_LONGEST = 400  # characters of a field, a reason or a name
_DIGITS = 16  # of the number of a judgement, at most
_MORE_PARTIES = 2  # empty places beside those that are known
_LEAST_PARTIES = 2
# Fields with a closed list: the vocabulary that labels it.
_LISTS: dict[tuple[FactLayer, str], str] = {
    ("events", "type"): "event_types",
    ("events", "stage"): "stages",
    ("statements", "kind"): "statement_kinds",
    ("indicators", "comparator"): "comparators",
    ("bodies", "kind"): "body_kinds",
}
_DATES = frozenset({"date", "date_end", "due", "published"})


class Field(msgspec.Struct, frozen=True, kw_only=True):
    """One field of a form: ``sort`` says how it is asked for (choice, sides, parties, date, number, text); ``values`` what it holds now."""

    name: str
    sort: str
    values: tuple[str, ...]
    choices: tuple[tuple[str, str], ...] = ()
    needed: bool = False


def fields_of(layer: FactLayer, value: object, lang: Language, typed: Mapping[str, str] | None = None) -> tuple[Field, ...]:
    """Return the fields by which a fact of a layer is corrected or added; *typed* stands instead of what the fact says."""
    return tuple(_field(layer, name, (typed or {}).get(name, show_value(getattr(value, name, None))), lang) for name in CORRECTABLE[layer])


def _field(layer: FactLayer, name: str, now: str, lang: Language) -> Field:
    needed = name in NEEDED.get(layer, ())
    vocabulary = _LISTS.get((layer, name))
    if vocabulary:
        terms = tuple((code, entry.labels[lang]) for code, entry in read_vocabulary(vocabulary).items())
        return Field(name=name, sort="choice", values=(now,), choices=terms, needed=needed)
    if name == "parties":
        known = tuple(filter(None, now.replace(",", " ").split()))
        empty = max(_MORE_PARTIES, _LEAST_PARTIES - len(known))
        return Field(name=name, sort="parties", values=(*known, *("",) * empty), choices=list_sides(lang))
    if name in CODES:
        return Field(name=name, sort="side", values=(now,), choices=list_sides(lang))
    return Field(name=name, sort="date" if name in _DATES else "text", values=(now,), needed=needed)


@cache
def list_sides(lang: Language) -> tuple[tuple[str, str], ...]:
    """Return (code, name) of all countries and organisations, by name as the language orders letters."""
    messages = speech(lang)
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    countries = {code for a in letters for b in letters if (code := read_code(a + b)) and messages.side(code) != code}
    every = {code: messages.side(code) for code in (*sorted(countries), *read_vocabulary("organisations"))}
    return tuple(sorted(every.items(), key=lambda item: item[1].casefold()))


class Sent(msgspec.Struct, frozen=True):
    """What a form brought: the verb, the fields as typed, who decides and why, and the last judgement that they had seen."""

    verb: str
    fields: dict[str, str]
    by: str
    why: str
    seen: int | None
    form: Mapping[str, str]


async def read_sent(request: Request, layer: FactLayer | None = None) -> Sent:
    """Return what a form brought; raises HTTPException 403 for one that is none of ours, QuestionError for what no field holds."""
    async with own_form(request, fields=60) as sent:
        plain = typed(sent)
        fields = _read_fields(sent, layer) if layer else {}
        named = plain.get("by", "")
    # A quote may be as long as a page; nothing else is.
    check_length({name: value for name, value in {**fields, **plain}.items() if name not in ("quote", "back")})
    seen = plain.get("seen", "")
    return Sent(
        plain.get("verb", ""), fields, who_decides(request, named), " ".join(plain.get("why", "").split()),
        int(seen) if seen.isascii() and seen.isdigit() and len(seen) < _DIGITS else None, plain,
    )  # fmt: skip


def check_length(fields: Mapping[str, str]) -> None:
    """Raise QuestionError for a field that is longer than any answer."""
    if any(len(value) > _LONGEST for value in fields.values()):
        raise QuestionError(f"more than {_LONGEST} characters are no answer; write it shorter", "wrong.long", most=_LONGEST)


def _read_fields(sent: FormData, layer: FactLayer) -> dict[str, str]:
    """Return the fields of a layer that a form holds; those with several places (parties) joined by commas."""
    found = {}
    for name in CORRECTABLE[layer]:
        values = [value.replace("\0", "").strip() for value in sent.getlist(f"f-{name}") if isinstance(value, str)]
        if values:
            found[name] = " ".join(filter(None, values)) if name == "parties" else values[0]
    return found


def who_decides(request: Request, named: str = "") -> str:
    """Return by which name a decision is kept: that of the account; without accounts the one that was typed, else that of the last time,
    else that of this machine's user.
    """
    visitor = visitor_of(request)
    if visitor.name:
        return visitor.name
    name = " ".join((named or unquote(request.cookies.get(BY_COOKIE, ""))).split())[:80]
    if not name:
        try:
            name = getpass.getuser()
        except (OSError, KeyError):
            name = ""
    if not name:
        raise QuestionError("nobody knows who you are; type your name, it stands beside each decision", "wrong.no_name")
    return name


def name_known(request: Request) -> str:
    """Return by which name a decision would be kept; nothing when nobody knows."""
    try:
        return who_decides(request)
    except QuestionError:
        return ""


def back_to(path: str, parameters: Iterable[tuple[str, Any]]) -> str:
    """Return an address of ours with those parameters that say something."""
    said = urlencode([(name, str(value)) for name, value in parameters if value not in (None, "")])
    return f"{path}?{said}" if said else path
