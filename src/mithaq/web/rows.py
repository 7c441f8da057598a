"""Answers as rows for programs and spreadsheets: the same for the API and for the files that the pages give."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from mithaq.answers.entity import Profile
from mithaq.answers.ledger import Ledger
from mithaq.answers.sources import PROTECTED, Source
from mithaq.export.happenings import event_row, thread_row
from mithaq.model.happening import Happening, Status, Thread
from mithaq.store.search import Hit

_INNER = frozenset({"page", "folded", "address", "notice", "current", "canonical"})  # columns that mean something only inside
_FLAGS = ("relevant", "invented", "digital", "partial")


def plain_row(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row of the store without what only the database needs, topics as a list; of a protected page without its words (law 5)."""
    told = {name: value for name, value in row.items() if name not in _INNER}
    if isinstance(told.get("topics"), str):
        told["topics"] = told["topics"].split()
    if told.get("rights") == PROTECTED and "quote" in told:
        told["quote"] = ""
    return told | {name: bool(told[name]) for name in _FLAGS if name in told}


def hit_row(hit: Hit) -> dict[str, Any]:
    """Return a page that a search found; of a protected page none of its running text (law 5)."""
    told = {**msgspec.to_builtins(hit), "snippet": hit.snippet.quote, "start": hit.snippet.start}
    return told | {"snippet": "", "marks": []} if hit.rights == PROTECTED else told


def happening_row(happening: Happening) -> dict[str, Any]:
    """Return a happening in one line: the addresses of its reports joined."""
    told = event_row(happening)
    told["documents"] = [source["document"] for source in told["documents"]]
    told["differences"] = [difference["field"] for difference in told["differences"]]
    return told


def matter_row(thread: Thread, status: Status) -> dict[str, Any]:
    """Return a matter in one line: how it stands, and the events that are its steps."""
    told = thread_row(thread, status.searched, status.searched_until)
    return {**told, **told["status"], "steps": [step["event"] for step in told["steps"]]} | {"status": told["status"]["schedule"]}


def balance_rows(ledger: Ledger) -> list[dict[str, Any]]:
    """Return needs and offers by topic."""
    return [{"topic": balance.topic, "needs": balance.needs, "offers": balance.offers} for balance in ledger.balances]


def mention_rows(found: Profile, pages: Mapping[str, Source]) -> list[dict[str, Any]]:
    """Return where pages name an entity."""
    rows = []
    for mention in found.mentions:
        page, proof = pages[mention.proof.document], mention.proof
        rows.append({
            "document": proof.document, "outlet": page.outlet, "published": page.published, "url": page.url, "start": proof.start,
            "end": proof.end, "quote": "" if page.rights == PROTECTED else proof.quote, "probability": mention.probability,
        })  # fmt: skip
    return rows
