"""Measure records against annotated pages: what was found, what was invented, what was missed, layer by layer.

All figures are micro-averaged over the pages. A thing found counts once, best match first; a quote must be verbatim.

>>> print(evaluate_folder(Path("corpus/pages")).table())
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from mithaq.errors import InputError
from mithaq.evaluate.figures import Result, Share, Tally, share_of
from mithaq.evaluate.gold import GoldPage, read_gold
from mithaq.text.likeness import comparable, likeness, same_name

Json = Mapping[str, Any]
# A record is known by the folder and the name of the page it was read from, so that "001" of two folders are two pages.
Key = tuple[str, str]
Item = TypeVar("Item")
Match = Callable[[Item, Item], float]
Pairs = list[tuple[Item, Item]]

# How alike two names must be spelt to be one, by what they name.
NAME, TITLE, PROGRAMME, PLACE, SPEAKER = 0.86, 0.9, 0.8, 0.8, 0.75


def evaluate_folder(
    gold_dir: Path, predictions: Path | None = None, *, ids: Iterable[str] | None = None, lang: str | None = None
) -> Result:
    """Score a gold folder; without *predictions* (a file of JSON lines) the pages are read here and now.

    *ids* keeps only these pages, *lang* only those in this language. Raises InputError when the folder holds no gold.
    """
    pages = find_pages(gold_dir, ids=ids, lang=lang)
    records = read_predictions(predictions) if predictions else read_pages(pages)
    return score_pages(pages, records)


def find_pages(gold_dir: Path, *, ids: Iterable[str] | None = None, lang: str | None = None) -> tuple[GoldPage, ...]:
    """Return the annotated pages of a folder, those named in *ids* and written in *lang*; raises InputError when there is none."""
    pages = choose_pages(read_gold(gold_dir), ids, lang)
    if not pages:
        raise InputError(f"{gold_dir}: no annotated page here (NAME.txt beside its NAME.json); give a folder such as corpus/pages")
    return pages


def score(gold_dir: Path, records: Mapping[Key, Json], ids: Iterable[str] | None = None, lang: str | None = None) -> Result:
    """Score *records*, by (folder, page), against the gold of a folder; a page without a record counts as not answered."""
    return score_pages(choose_pages(read_gold(gold_dir), ids, lang), records)


def score_pages(pages: Iterable[GoldPage], records: Mapping[Key, Json]) -> Result:
    """Add up the figures of all pages."""
    return sum((score_page(page, records.get(page.key, {})) for page in pages), Result())


def choose_pages(pages: Sequence[GoldPage], ids: Iterable[str] | None, lang: str | None) -> tuple[GoldPage, ...]:
    """Return the pages named in *ids* (all when it is empty) and written in *lang*."""
    wanted = frozenset(ids or ())
    return tuple(p for p in pages if (not wanted or p.name in wanted) and (not lang or p.gold.get("lang") == lang))


def read_predictions(path: Path) -> dict[Key, Json]:
    """Return the records of a file of JSON lines as ``mithaq read --format jsonl`` prints it; the last one of a page wins."""
    records: dict[Key, Json] = {}
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            record = msgspec.json.decode(line, type=dict[str, Any])
            records[key_of(record["path"])] = record
        except (msgspec.DecodeError, KeyError) as error:
            raise InputError(f"{path}:{number}: not a record with its 'path' ({error}); make it by mithaq read --format jsonl") from error
    return records


def read_pages(pages: Iterable[GoldPage]) -> dict[Key, Json]:
    """Read every page as it stands, sidecar included, and return the records."""
    from mithaq.export.record import write_record
    from mithaq.pipeline import read_page

    return {page.key: write_record(read_page(page.path)) for page in pages}


def key_of(path: str | Path) -> Key:
    """Return the folder and the name, without ending, of the page at *path*."""
    file = Path(path)
    return file.resolve().parent.name, file.stem


def read_ids(path: Path) -> frozenset[str]:
    """Return the page names in a file, separated by white space."""
    return frozenset(path.read_text("utf-8").split())


def score_page(page: GoldPage, record: Json) -> Result:
    """Return the figures of one page: *record* is {} when nobody read it."""
    gold = page.gold
    parts = (
        _page_figures(page, record),
        _body_figures(page, record),
        _people_figures(_items(gold, "people"), _items(record, "people")),
        _bodies_figures(_items(gold, "orgs") or _items(gold, "bodies"), _items(record, "bodies")),
        _event_figures(_items(gold, "events"), _items(record, "events")),
        _statement_figures(_items(gold, "statements"), _items(record, "statements")),
        _indicator_figures(_items(gold, "indicators"), _items(record, "indicators")),
        Result(
            f1={
                "relevant": _tally([1] * bool(gold.get("relevant")), [1] * bool(record.get("relevant")), _equal),
                "pairs": _tally(_items(gold, "pairs"), _items(record, "pairs"), lambda a, b: float(set(a) == set(b))),
                "programmes": _tally(_names(gold), _names(record), lambda a, b: float(same_name(a, b, ratio=PROGRAMME))),
                "topics": _tally(_items(gold, "topics"), _items(record, "topics"), _equal),
            }
        ),
    )
    return sum(parts, Result(documents=1))


def _page_figures(page: GoldPage, record: Json) -> Result:
    gold = page.gold
    shares = {
        "answered": share_of([bool(record)]),
        "evidence verbatim": share_of(page.text[s["start"] : s["end"]] == s["quote"] for s in _all_evidence(record)),
        "facts with evidence": share_of(bool(evidence) for evidence in _fact_evidence(record)),
        "language": share_of([gold.get("lang") == record.get("lang")]),
        "published": share_of([_same(gold, record, "published")]),
    }
    if gold.get("title"):
        shares["title"] = share_of([same_name(gold["title"], record.get("title"), ratio=TITLE)])
    return Result(share=_asked(shares))


def _body_figures(page: GoldPage, record: Json) -> Result:
    """Compare character by character which part of the page is the article, and whether facts rest on it or on the title."""
    if "body" not in page.gold:
        return Result()
    article = page.article
    found = {i for s in _items(record, "segments") if s["kind"] == "body" for i in range(s["start"], s["end"])}
    support = article | page.title_characters
    resting = share_of(bool(e) and support.issuperset(range(e["start"], e["end"])) for e in _fact_evidence(record))
    tally = Tally(len(article & found), len(found - article), len(article - found))
    return Result(f1={"body characters": tally}, share=_asked({"evidence outside furniture": resting}))


def _people_figures(gold: list[Json], got: list[Json]) -> Result:
    tally, pairs = _count(distinct_names(gold), distinct_names(got), name_match)
    roles = [(set(comparable(a["role"])), set(comparable(b.get("role") or ""))) for a, b in pairs if a.get("role")]
    shares = {
        "people: country": share_of(_same(a, b, "country") for a, b in pairs),
        "people: role": share_of(len(x & y) / len(x | y) >= 0.5 if x | y else False for x, y in roles),
    }
    return Result(f1={"people": tally}, share=_asked(shares))


def _bodies_figures(gold: list[Json], got: list[Json]) -> Result:
    tally, pairs = _count(distinct_names(gold), distinct_names(got), name_match)
    shares = {
        "bodies: kind": share_of(a.get("kind") == b.get("kind") for a, b in pairs),
        "bodies: country": share_of(a["country"] == b.get("country") for a, b in pairs if a.get("country")),
    }
    return Result(f1={"bodies": tally}, share=_asked(shares))


def _event_figures(gold: list[Json], got: list[Json]) -> Result:
    tally, pairs = _count(gold, got, event_match)
    exact = sum(_parties(a) == _parties(b) for a, b in pairs)
    people = [(a.get("people") or [], b.get("people") or []) for a, b in pairs]
    shares = {
        "events: date": share_of(_same(a, b, "date") for a, b in pairs),
        "events: place": share_of(
            same_name(a.get("place"), b.get("place"), ratio=PLACE) for a, b in pairs if a.get("place") or b.get("place")
        ),
        "events: stage": share_of(a["stage"] == b.get("stage") for a, b in pairs if a.get("stage") and a.get("type") == "agreement"),
        "events: people exact": share_of(_same_people(wanted, named) for wanted, named in people if wanted or named),
    }
    return Result(f1={"events": tally, "events (exact parties)": _narrowed(gold, got, exact)}, share=_asked(shares))


def _statement_figures(gold: list[Json], got: list[Json]) -> Result:
    tally, pairs = _count(gold, got, statement_match)
    right = sum(a.get("kind") == b.get("kind") for a, b in pairs)
    speakers = [(a.get("speaker"), b.get("speaker")) for a, b in pairs if a.get("speaker") or b.get("speaker")]
    shares = {"statements: speaker": share_of(same_name(a, b, ratio=SPEAKER) for a, b in speakers)}
    return Result(
        f1={"statements (span)": tally, "statements (span and kind)": _narrowed(gold, got, right)},
        share=_asked(shares),
    )


def _indicator_figures(gold: list[Json], got: list[Json]) -> Result:
    tally, pairs = _count(gold, got, value_match)
    shares = {
        "indicators: unit": share_of(a.get("unit") == b.get("unit") for a, b in pairs if a.get("unit") or b.get("unit")),
        "indicators: country": share_of(a["country"] == b.get("country") for a, b in pairs if a.get("country")),
    }
    return Result(f1={"indicators": tally}, share=_asked(shares))


def pair_up(gold: Sequence[Item], got: Sequence[Item], match: Match[Item]) -> Pairs[Item]:
    """Match each gold item to at most one found item, best first, earlier ones first among equals."""
    scored = ((match(g, p), i, j) for i, g in enumerate(gold) for j, p in enumerate(got))
    best = sorted((s for s in scored if s[0] > 0), key=lambda s: (-s[0], s[1], s[2]))
    taken_gold: set[int] = set()
    taken_got: set[int] = set()
    pairs: Pairs[Item] = []
    for _, i, j in best:
        if i not in taken_gold and j not in taken_got:
            taken_gold.add(i)
            taken_got.add(j)
            pairs.append((gold[i], got[j]))
    return pairs


def _count(gold: Sequence[Item], got: Sequence[Item], match: Match[Item]) -> tuple[Tally, Pairs[Item]]:
    pairs = pair_up(gold, got, match)
    return _narrowed(gold, got, len(pairs)), pairs


def _tally(gold: Sequence[Any], got: Sequence[Any], match: Match[Any]) -> Tally:
    return _count(gold, got, match)[0]


def _narrowed(gold: Sequence[Any], got: Sequence[Any], right: int) -> Tally:
    return Tally(right, len(got) - right, len(gold) - right)


def _equal(a: object, b: object) -> float:
    return float(a == b)


def name_match(a: Json, b: Json) -> float:
    """How alike two names are, 0 when they are not one."""
    return likeness(a["name"], b["name"], NAME)


def event_match(g: Json, p: Json) -> float:
    """Same type and at least half of the parties; then the date and the words decide between candidates."""
    if g.get("type") != p.get("type"):
        return 0.0
    a, b = _parties(g), _parties(p)
    overlap = len(a & b) / len(a | b) if a | b else 1.0
    if overlap < 0.5:
        return 0.0
    words_g, words_p = set(comparable(g.get("quote") or "")), set(comparable(_quote(p)))
    near = len(words_g & words_p) / len(words_g) if words_g else 0.0
    return 0.1 + overlap + (0.2 if _same(g, p, "date") else 0) + near


def statement_match(g: Json, p: Json) -> float:
    """Half of the gold clause must be there, and not a page for a clause; the same kind is the better match."""
    a, b = set(comparable(g.get("quote") or "")), set(comparable(_quote(p)))
    both = len(a & b)
    if not a or not b or both < len(a) / 2 or both < len(b) / 3:
        return 0.0
    return both / (len(a) + len(b) - both) + float(g.get("kind") == p.get("kind"))


def value_match(g: Json, p: Json) -> float:
    """The same value, whatever its name; the name decides between candidates."""
    try:
        wanted, found = float(g["value"]), float(p["value"])
    except (KeyError, TypeError, ValueError):
        return 0.0
    if abs(wanted - found) > 1e-6 * max(1.0, abs(wanted)):
        return 0.0
    return 1 + SequenceMatcher(None, comparable(g.get("name") or ""), comparable(p.get("name") or "")).ratio()


def _same_people(wanted: Sequence[str], named: Sequence[str]) -> bool:
    found = sum(any(same_name(w, x) for x in named) for w in wanted)
    return found == len(wanted) == len(named)


def _items(node: Json, key: str) -> list[Any]:
    return node.get(key) or []


def _names(node: Json) -> list[str | None]:
    return [item if isinstance(item, str) else item.get("name") for item in _items(node, "programmes")]


def _parties(event: Json) -> frozenset[str]:
    return frozenset(_items(event, "parties"))


def _same(a: Json, b: Json, key: str) -> bool:
    return (a.get(key) or None) == (b.get(key) or None)


def distinct_names(items: Iterable[Json]) -> list[Json]:
    """Return the items that have a name, one for each name."""
    kept: dict[tuple[str, ...], Json] = {}
    for item in items:
        if item.get("name"):
            kept.setdefault(comparable(item["name"]), item)
    return list(kept.values())


def _fact_evidence(record: Json) -> list[Json]:
    """Return the evidence of every event, statement and indicator, {} where there is none."""
    facts = [fact for key in ("events", "statements", "indicators") for fact in _items(record, key)]
    return [fact.get("evidence") or {} for fact in facts]


def _quote(item: Json) -> str:
    """Gold has a quote; a record has evidence, and without it no quote."""
    return (item.get("evidence") or {}).get("quote") or item.get("quote") or ""


def _all_evidence(node: Any) -> Iterator[Json]:
    """Yield every evidence anywhere in a record."""
    if isinstance(node, dict):
        if node.keys() >= {"start", "end", "quote"}:
            yield node
        for value in node.values():
            yield from _all_evidence(value)
    elif isinstance(node, list | tuple):
        for value in node:
            yield from _all_evidence(value)


def _asked(shares: Mapping[str, Share]) -> dict[str, Share]:
    """Return the shares that were asked at all: a question nobody put has no figure."""
    return {name: share for name, share in shares.items() if share.asked}
