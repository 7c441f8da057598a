"""Documents as a perfect reader would make them: the annotated pages of the corpus turned into Documents."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from mithaq.model import (
    Body,
    Document,
    Event,
    Evidence,
    Indicator,
    Pair,
    Person,
    Programme,
    Segment,
    Statement,
    hash_text,
)
from mithaq.model.vocabulary import BODY_KINDS


def read_gold_page(path: Path) -> Document:
    """Return the Document that the gold beside *path* (a ``.txt`` file) describes."""
    text = path.read_text("utf-8")
    gold = json.loads(path.with_suffix(".json").read_text("utf-8"))
    sidecar = path.with_name(path.stem + ".meta.json")
    meta = json.loads(sidecar.read_text("utf-8")) if sidecar.exists() else {}
    digital = tuple(gold["topics"])
    return Document(
        id=hash_text(text),
        text=text,
        path=path.name,
        url=meta.get("url"),
        lang=gold["lang"],
        outlet=gold.get("outlet"),
        title=gold.get("title"),
        published=gold.get("published"),
        published_basis="metadata" if gold.get("published") else None,
        invented=bool(meta.get("invented")),
        segments=(Segment(0, len(text), "body"),),
        people=tuple(
            Person(
                name=p["name"],
                names=(p["name"],),
                mentions=_mentions(text, p["name"]),
                country=p.get("country"),
                role=p.get("role"),
                role_evidence=_find(text, p.get("role")),
                body=p.get("org"),
            )
            for p in gold["people"]
            if _find(text, p["name"])
        ),
        bodies=tuple(
            Body(
                name=b["name"],
                names=(b["name"],),
                mentions=_mentions(text, b["name"]),
                kind=b["kind"] if b["kind"] in BODY_KINDS else "other",
                country=b.get("country"),
            )
            for b in gold["orgs"]
            if _find(text, b["name"])
        ),
        programmes=tuple(
            Programme(name=name, mentions=_mentions(text, name)) for name in gold["programmes"] if _find(text, name)
        ),
        events=tuple(_event(text, e, digital) for e in gold["events"] if _find(text, e["quote"])),
        statements=tuple(
            Statement(
                kind=s["kind"],
                evidence=_required(text, s["quote"]),
                speaker=s.get("speaker"),
                country=s.get("country"),
                toward=s.get("toward"),
                due=s.get("due"),
                topics=digital[:1],
            )
            for s in gold["statements"]
            if _find(text, s["quote"])
        ),
        indicators=tuple(
            Indicator(
                name=i["name"],
                value=float(i["value"]),
                unit=i["unit"] or "count",
                evidence=_required(text, i["quote"]),
                publisher=i.get("publisher"),
                country=i.get("country"),
                year=i.get("year"),
            )
            for i in gold["indicators"]
            if _find(text, i["quote"])
        ),
        topics=digital,
        pairs=tuple(Pair(*sorted(pair), _pair_words(text, gold)) for pair in gold["pairs"]),
        relevant=gold["relevant"],
    )

def _event(text: str, e: dict[str, Any], topics: tuple[Any, ...]) -> Event:
    return Event(
        type=e["type"],
        evidence=_required(text, e["quote"]),
        stage=e.get("stage"),
        parties=tuple(sorted(e["parties"])),
        people=tuple(e["people"]),
        place=e.get("place"),
        place_country=e.get("place_country"),
        date=e.get("date"),
        topics=topics[:2],
        digital=True,
    )

def _pair_words(text: str, gold: dict[str, Any]) -> Evidence:
    quotes = [e["quote"] for e in gold["events"]] + [gold.get("title"), text.strip()[:40]]
    return next(found for quote in quotes if (found := _find(text, quote)))

def _find(text: str, words: str | None) -> Evidence | None:
    start = text.find(words) if words else -1
    return Evidence(start, start + len(words), words) if words and start >= 0 else None

def _required(text: str, words: str) -> Evidence:
    found = _find(text, words)
    assert found is not None, f"{words!r} does not stand in its page"
    return found

def _mentions(text: str, words: str) -> tuple[Evidence, ...]:
    found, start = [], text.find(words)
    while start >= 0:
        found.append(Evidence(start, start + len(words), words))
        start = text.find(words, start + len(words))
    return tuple(found)

def read_gold_folder(folder: Path) -> tuple[Document, ...]:
    """Return the Documents of all annotated pages of a folder, in name order."""
    return tuple(read_gold_page(path) for path in sorted(folder.glob("*.txt")) if path.with_suffix(".json").exists())

