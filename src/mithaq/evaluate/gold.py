"""Annotated pages: read them, and check that an annotation says only what its page says.

A page is ``NAME.txt`` (the text as captured), ``NAME.json`` (its gold) and, where something is known from outside, ``NAME.meta.json``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

import msgspec

from mithaq.errors import InputError
from mithaq.evaluate.closed import check_closed
from mithaq.text.likeness import stands_in

OWN_TEXT = "own text on invented events and people; not news"
REQUIRED = (
    "id", "lang", "outlet", "text_origin", "relevant", "title", "published", "pairs", "people", "orgs", "events", "statements",
    "programmes", "indicators", "topics", "groups", "body", "furniture", "coref",
)  # fmt: skip
EMPTY_WHEN_NOT_RELEVANT = ("statements", "programmes", "indicators", "topics")


class GoldPage(msgspec.Struct, frozen=True, dict=True):
    """One annotated page: where its text lies, the text, the gold as plain data, and what the sidecar says ({} without one)."""

    path: Path
    text: str
    gold: dict[str, Any]
    meta: dict[str, Any]

    @property
    def name(self) -> str:
        """The page's name, without ending."""
        return self.path.stem

    @property
    def key(self) -> tuple[str, str]:
        """The folder and the name: what a record of this page is known by."""
        return self.path.resolve().parent.name, self.path.stem

    @cached_property
    def article(self) -> frozenset[int]:
        """The offsets of the article's characters: the body without the furniture lines inside."""
        start, end = self.gold["body"]
        lines = frozenset(self.gold.get("furniture") or [])
        waste = (m for m in re.finditer(r"[^\n]+", self.text) if m.group().strip() in lines)
        return frozenset(range(start, end)).difference(*(range(*m.span()) for m in waste))

    @cached_property
    def title_characters(self) -> frozenset[int]:
        """The offsets of every copy of the title."""
        title = self.gold.get("title")
        copies = re.finditer(re.escape(title), self.text) if title else ()
        return frozenset(i for copy in copies for i in range(*copy.span()))


def read_gold(folder: Path, texts: Path | None = None) -> tuple[GoldPage, ...]:
    """Return the annotated pages of a folder in name order; files that are no gold are passed over.

    *texts* is the folder of the pages and their sidecars when they do not lie beside the annotations. Raises InputError when a folder does
    not exist or a file in it cannot be read as gold.
    """
    for needed in (folder, texts or folder):
        if not needed.is_dir():
            raise InputError(f"{needed}: no such folder; give one that holds NAME.txt beside NAME.json")
    pages = (_read_page(file, texts or folder) for file in sorted(folder.glob("*.json")))
    return tuple(page for page in pages if page)


def _read_page(file: Path, texts: Path) -> GoldPage | None:
    text = texts / f"{file.stem}.txt"
    if not text.is_file():
        return None
    gold = read_json(file)
    if not isinstance(gold, dict) or "events" not in gold:
        return None
    sidecar = text.with_suffix(".meta.json")
    meta = read_json(sidecar) if sidecar.is_file() else {}
    return GoldPage(path=text, text=text.read_text("utf-8"), gold=gold, meta=meta)


def read_split(root: Path, *names: str) -> tuple[GoldPage, ...]:
    """Return the pages of our own corpus that ``corpus/splits.json`` names for *names* (train, dev, test, press), by the checkout's root.

    Learn from train and dev alone: the others tell how a page is read that nobody has seen.
    """
    splits = read_splits(root)
    wanted = frozenset(page for name in names for page in splits[name])
    own = (*read_gold(root / "corpus" / "pages"), *read_gold(root / "src" / "mithaq" / "knowledge" / "demo"))
    return tuple(page for page in own if page.name in wanted)


def read_splits(root: Path) -> dict[str, list[str]]:
    """Return the names of the pages of each split; one that the file does not name has none."""
    splits = read_json(root / "corpus" / "splits.json")
    return {name: splits.get(name, []) for name in ("train", "dev", "test", "press")}


def read_json(file: Path) -> Any:
    """Return what a JSON file holds; raises InputError naming the file when it is not there or no JSON."""
    try:
        return msgspec.json.decode(file.read_bytes())
    except FileNotFoundError as error:
        raise InputError(f"{file}: no such file; is this the root of a checkout?") from error
    except msgspec.DecodeError as error:
        raise InputError(f"{file}: not valid JSON ({error}); mend the file or take it out of the folder") from error


def check_gold(folder: Path, texts: Path | None = None) -> tuple[str, ...]:
    """Return what is wrong with the gold of a folder, a line a fault; () when every page is sound. *texts*: as for ``read_gold``."""
    return tuple(f"{page.name}: {fault}" for page in read_gold(folder, texts) for fault in _faults(page))


def check_invented(folder: Path) -> tuple[str, ...]:
    """Return the pages of a folder of our own that do not say that they are invented, a line a fault."""
    faults = []
    for page in read_gold(folder):
        if page.gold.get("text_origin") != OWN_TEXT:
            faults.append(f"{page.name}: 'text_origin' does not say {OWN_TEXT!r}")
        if page.meta.get("invented") is not True:
            faults.append(f"{page.name}: its .meta.json does not say 'invented: true'")
    return tuple(faults)


def _faults(page: GoldPage) -> Iterator[str]:
    missing = [key for key in REQUIRED if key not in page.gold]
    if missing:
        yield f"the gold lacks {', '.join(missing)}"
        return
    if page.gold["id"] != page.name:
        yield f"its id is {page.gold['id']!r}"
    yield from check_closed(page.gold)
    yield from _check_place_of_body(page)
    yield from _check_names(page)
    yield from _check_quotes(page)
    yield from _check_relevance(page)


def _check_place_of_body(page: GoldPage) -> Iterator[str]:
    """The body begins and ends with article text, the title stands on the page, and each furniture line is one."""
    start, end = page.gold["body"]
    body = page.text[start:end]
    if not 0 <= start < end <= len(page.text) or body != body.strip():
        yield f"body {start}:{end} does not run from the first to the last character of the article"
    title = page.gold["title"]
    if title and title not in page.text:
        yield f"the title does not stand in the text: {title!r}"
    lines = {line.strip() for line in page.text.split("\n")}
    for line in page.gold["furniture"]:
        if line not in lines and not _on_a_long_line(page.text, line):
            yield f"this furniture is no line of the page: {line!r}"


def _on_a_long_line(text: str, piece: str) -> bool:
    """Say whether *piece* stands on a page that was captured on a few very long lines, where furniture is part of a line."""
    return piece in text and max(map(len, text.split("\n"))) > 1000


def _check_names(page: GoldPage) -> Iterator[str]:
    """Every name, role and epithet stands in the text; who took part is one of the people."""
    for what, name in _names(page.gold):
        if not stands_in(name, page.text):
            yield f"this {what} does not stand in the text: {name!r}"
    known = {person["name"] for person in page.gold["people"]}
    for event in page.gold["events"]:
        for name in event["people"]:
            if name not in known:
                yield f"took part in an event, but is not among the people: {name!r}"


def _names(gold: dict[str, Any]) -> Iterator[tuple[str, str]]:
    fields = (
        ("people", "name"), ("people", "role"), ("people", "org"), ("orgs", "name"), ("events", "place"), ("statements", "speaker"),
        ("groups", "words"),
    )  # fmt: skip
    for layer, field in fields:
        yield from ((f"{field} in {layer}", item[field]) for item in gold[layer] if item[field])
    yield from (("programme", name) for name in gold["programmes"])
    for layer in ("coref", "coref_orgs"):
        yield from (("epithet", epithet) for epithet, _ in gold.get(layer, []))


def _check_quotes(page: GoldPage) -> Iterator[str]:
    """Every quote stands word for word in the body, the title or a caption, never on furniture alone."""
    captions = frozenset(i for start, end in page.gold.get("captions", []) for i in range(start, end))
    support = page.article | page.title_characters | captions
    for layer in ("events", "statements", "indicators"):
        for item in page.gold[layer]:
            places = [range(m.start(), m.start() + len(item["quote"])) for m in re.finditer(re.escape(item["quote"]), page.text)]
            if not places:
                yield f"this quote in {layer} does not stand in the text: {item['quote']!r}"
            elif not any(support.issuperset(place) for place in places):
                yield f"this quote in {layer} stands on furniture: {item['quote']!r}"


def _check_relevance(page: GoldPage) -> Iterator[str]:
    if page.gold["relevant"]:
        return
    for layer in EMPTY_WHEN_NOT_RELEVANT:
        if page.gold[layer]:
            yield f"the page is not relevant, so {layer} should be empty"
