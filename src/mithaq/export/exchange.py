"""What all formats of other worlds share: who exports and in which language, names of things on the web, the title of an event."""

from __future__ import annotations

from datetime import date

import msgspec

from mithaq.export.briefing import safe_url
from mithaq.export.losses import LossReport
from mithaq.export.messages import Messages
from mithaq.export.parcel import SentEvent
from mithaq.model import Document
from mithaq.model.vocabulary import Language

# One export says of itself which program wrote it; its pages may be invented, and then must say so.
INVENTED = "invented"


class Reporter(msgspec.Struct, frozen=True, kw_only=True):
    """Who publishes an export: an identifier of the format's own kind, a name, and the kind of organisation (an IATI code)."""

    ref: str
    name: str
    kind: str = "90"


class Terms(msgspec.Struct, frozen=True, kw_only=True):
    """How an export is written: the language of titles and labels, and who publishes it where the format asks for that."""

    lang: Language = "en"
    reporter: Reporter | None = None


class Export(msgspec.Struct, frozen=True):
    """A file ready to be written, and what it could not carry."""

    data: bytes
    losses: LossReport


def urn(kind: str, name: str) -> str:
    """Return the name of one of our things outside this workspace: ``urn:mithaq:event:e0c1...``."""
    return f"urn:mithaq:{kind}:{name}"


def page_iri(page: Document) -> str:
    """Return the address of a page; where it has none that leads to the web, its name made of the hash of its text."""
    return safe_url(page.url) or urn("page", page.id)


def event_title(event: SentEvent, messages: Messages) -> str:
    """Return what a list of events shows: kind, stage, sides and day, in the words of one language."""
    stage = messages.term("stages", event.stage) if event.stage else ""
    day = messages.date(event.date) if event.date else ""
    parts = (messages.term("event_types", event.type), stage, messages.sides(event.parties), day)
    return " · ".join(part for part in parts if part)


def is_invented(event: SentEvent) -> bool:
    """Say whether every page that tells an event is invented, to show or test something."""
    return all(report.page.invented for report in event.reports)


def is_day(day: str | None) -> bool:
    """Say whether a date is a full day that exists."""
    try:
        return day is not None and date.fromisoformat(day).isoformat() == day
    except ValueError:
        return False


def clean_xml(words: str) -> str:
    """Return words without the control characters that XML forbids."""
    return "".join(c for c in words if c in "\t\n\r" or (c >= " " and not "\ud800" <= c <= "\udfff" and c not in "\ufffe\uffff"))
