"""How rightly pages are put together: who is who, which reports tell one happening, what follows from what, which pages are copies.

Measured on what mithaq lists for other programs (``entities``, ``events``, ``threads`` as JSON lines) against connected stories whose
gold is known. Clusters are scored by B-cubed (Bagga and Baldwin 1998) over what was found; how much was found stands beside it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

import msgspec

from mithaq.evaluate.figures import Share, Tally
from mithaq.evaluate.world import Happening, Kind, Story
from mithaq.model.happening import COMMITMENT
from mithaq.text.likeness import likeness

Json = Mapping[str, Any]
Label = Hashable

_ALIKE = 0.8  # of a name in the gold and one that was read, on one page
_KINDS: tuple[Kind, ...] = ("person", "body", "programme")


class Clusters(msgspec.Struct, frozen=True):
    """B-cubed precision and recall of a clustering, over how many things, and how many of the gold's things were found at all."""

    precision: float
    recall: float
    items: int
    found: Share

    @property
    def f1(self) -> float | None:
        """The harmonic mean; None when nothing was found."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if self.items and total else None


def score_clusters(gold: Mapping[Label, Label], got: Mapping[Label, Label]) -> Clusters:
    """Return B-cubed of the things in both mappings; each maps a thing to its cluster.

    >>> score_clusters({1: "a", 2: "a", 3: "b"}, {1: "x", 2: "x", 3: "x"}).precision
    0.5555555555555556
    """
    items = sorted(gold.keys() & got.keys(), key=repr)
    wanted, made = _members(gold, items), _members(got, items)
    precision = recall = 0.0
    for item in items:
        a, b = wanted[gold[item]], made[got[item]]
        both = len(a & b)
        precision += both / len(b)
        recall += both / len(a)
    n = len(items)
    return Clusters(precision / n if n else 0.0, recall / n if n else 0.0, n, Share(n, len(gold)))


def _members(labels: Mapping[Label, Label], items: Iterable[Label]) -> dict[Label, set[Label]]:
    members: dict[Label, set[Label]] = defaultdict(set)
    for item in items:
        members[labels[item]].add(item)
    return members


def score_entities(stories: Sequence[Story], rows: Iterable[Json]) -> dict[Kind, Clusters]:
    """Score the lines of ``mithaq entities``: a thing is one person, body or programme on one page.

    A gold thing of a page is found when an entity of its kind has a mention there whose words are like one of its names.
    """
    gold: dict[Kind, dict[Label, Label]] = {kind: {} for kind in _KINDS}
    got: dict[Kind, dict[Label, Label]] = {kind: {} for kind in _KINDS}
    named = _named_on(rows)
    for story in stories:
        for thing in story.world.entities:
            for page in sorted({m.page for m in thing.mentions}):
                gold[thing.kind][page, thing.id] = thing.id
                names = [m.name for m in thing.mentions if m.page == page]
                entity = _likest(names, named.get((thing.kind, page), {}))
                if entity is not None:
                    got[thing.kind][page, thing.id] = entity
    return {kind: score_clusters(gold[kind], got[kind]) for kind in _KINDS}


def _named_on(rows: Iterable[Json]) -> dict[tuple[str, str], dict[str, list[str]]]:
    """Return for each kind and page the words by which each entity is named there."""
    named: dict[tuple[str, str], dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        for mention in row["mentions"]:
            named[row["kind"], Path(mention["path"]).stem][row["id"]].append(mention["quote"])
    return named


def _likest(names: Sequence[str], entities: Mapping[str, Sequence[str]]) -> str | None:
    scored = [(max(likeness(name, words, _ALIKE) for name in names for words in mentions), entity) for entity, mentions in entities.items()]
    best = max(scored, default=(0.0, ""), key=lambda s: (s[0], s[1]))
    return best[1] if best[0] > 0 else None


def score_happenings(stories: Sequence[Story], rows: Sequence[Json]) -> Clusters:
    """Score the lines of ``mithaq events``: a thing is one gold happening on one page that tells it.

    A page's report is matched to the gold by type, parties and date, each once, the best first.
    """
    gold: dict[Label, Label] = {(page, event.id): event.id for story in stories for event in story.world.events for page in event.pages}
    return score_clusters(gold, match_happenings(stories, rows))


def match_happenings(stories: Sequence[Story], rows: Sequence[Json]) -> dict[Label, Label]:
    """Return for each gold happening on a page the id of the event that mithaq lists for it there."""
    told: dict[str, list[Json]] = defaultdict(list)
    for row in rows:
        for path in {Path(document["path"]).stem for document in row["documents"]}:
            told[path].append(row)
    matched: dict[Label, Label] = {}
    for story in stories:
        for page in story.pages:
            wanted = [event for event in story.world.events if page in event.pages]
            scored = [(_fits(event, row), event.id, str(row["id"])) for event in wanted for row in told[page]]
            taken: set[str] = set()
            for score, event_id, row_id in sorted(scored, key=lambda s: (-s[0], s[1], s[2])):
                if score > 0 and (page, event_id) not in matched and row_id not in taken:
                    matched[page, event_id] = row_id
                    taken.add(row_id)
    return matched


def _fits(event: Happening, row: Json) -> float:
    if event.type != row["type"]:
        return 0.0
    wanted, got = set(event.parties), set(row["parties"])
    overlap = len(wanted & got) / len(wanted | got) if wanted | got else 1.0
    if overlap < 0.5:
        return 0.0
    day = (row.get("date") or "")[: len(event.date or "")]
    stage = 0.3 if (event.stage or None) == (row.get("stage") or None) else 0.0
    return overlap + stage + (0.5 if event.date and day == event.date else 0.0)


def score_threads(stories: Sequence[Story], rows: Iterable[Json], matched: Mapping[Label, Label]) -> Tally:
    """Count links: two happenings of one thread. Gold happenings count when mithaq lists them (*matched*, see match_happenings)."""
    ids: dict[str, set[Label]] = defaultdict(set)
    for (_, event_id), row_id in ((key, value) for key, value in matched.items() if isinstance(key, tuple)):
        ids[event_id].add(row_id)
    wanted: set[frozenset[str]] = set()
    for story in stories:
        for thread in story.world.threads:
            steps = sorted({step.event for step in thread.steps if ids.get(step.event)})
            wanted |= {frozenset(pair) for pair in combinations(steps, 2)}
    home: dict[Label, set[str]] = defaultdict(set)
    for row in rows:
        for step in row["steps"]:
            home[step["event"]].add(str(row["id"]))
    threads_of = {event_id: {thread for row_id in rows_ for thread in home.get(row_id, ())} for event_id, rows_ in ids.items()}
    made = {frozenset((a, b)) for a, b in combinations(sorted(threads_of), 2) if threads_of[a] & threads_of[b]}
    right = len(wanted & made)
    return Tally(right, len(made) - right, len(wanted) - right)


def score_outcomes(stories: Sequence[Story], rows: Iterable[Json], matched: Mapping[Label, Label]) -> Tally:
    """Count what came of promises: right when the happening named is the one of the gold, missed when it is one that mithaq lists.

    A promise is the promise, else the plan, that stands in most of its words. What came of it counts when mithaq lists it (*matched*).
    """
    ids: dict[str, set[Label]] = defaultdict(set)
    for (_, event_id), row_id in ((key, value) for key, value in matched.items() if isinstance(key, tuple)):
        ids[event_id].add(row_id)
    told: dict[str, list[tuple[int, int, Json]]] = defaultdict(list)
    for step in (step for row in rows for step in row["steps"] if step["type"] == COMMITMENT or step["stage"] == "planned"):
        for page in step["documents"]:
            told[Path(page["path"]).stem].append((page["evidence"]["start"], page["evidence"]["end"], step))
    found = Tally()
    for story in stories:
        for promise in (promise for thread in story.world.threads for promise in thread.commitments):
            start = story.pages[promise.page].find(promise.quote)
            named = _named_outcome(told[promise.page], start, start + len(promise.quote))
            wanted = ids.get(promise.outcome_event or "", set())
            right = named is not None and named in wanted
            found += Tally(int(right), int(named is not None and not right), int(bool(wanted) and not right))
    return found


def _named_outcome(told: Iterable[tuple[int, int, Json]], start: int, end: int) -> Label | None:
    """Return the happening that is said to have come of the promise between two characters; None when none is, or none stands there."""
    near = [
        (step["type"] == COMMITMENT, (min(last, end) - max(first, start)) / max(end - start, last - first), number, step)
        for number, (first, last, step) in enumerate(told)
        if first < end and start < last
    ]
    best = max(near, key=lambda found: found[:3], default=None)
    outcome = best[3]["outcome"] if best else None
    return outcome["event"] if outcome else None


def score_copies(stories: Sequence[Story], groups: Iterable[Iterable[str]]) -> Tally:
    """Count pairs of pages that repeat one article (wire copies; translations are told apart): *groups* are those found, by path."""
    wanted: set[frozenset[str]] = set()
    for story in stories:
        translated = {frozenset(pair) for pair in story.world.translations}
        linked = [set(pair) for pair in story.world.copies if frozenset(pair) not in translated]
        wanted |= {frozenset(pair) for group in _joined(linked) for pair in combinations(sorted(group), 2)}
    made = {frozenset(pair) for group in groups for pair in combinations(sorted({Path(path).stem for path in group}), 2)}
    right = len(wanted & made)
    return Tally(right, len(made) - right, len(wanted) - right)


def _joined(groups: Iterable[set[str]]) -> list[set[str]]:
    """Return the groups, those that share a member made one."""
    joined: list[set[str]] = []
    for group in groups:
        apart = [other for other in joined if not other & group]
        joined = [*apart, group.union(*(other for other in joined if other & group))]
    return joined
