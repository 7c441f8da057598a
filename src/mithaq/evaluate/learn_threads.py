"""Learn how much each sign tells that two happenings are steps of one matter, and how well that does on stories it was not learned from.

python -m mithaq.evaluate.learn_threads            # learns, and writes the weights
python -m mithaq.evaluate.learn_threads --check    # leaves out each story in turn, and prints how right its links are

Two sides often have several matters at a time, but most stories tell of one. So stories are also told as though they were between the same
sides, without their people and bodies: what they say of each other is what two matters between two sides have in common.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations, product
from pathlib import Path
from typing import NamedTuple

import msgspec

from mithaq.evaluate.figures import Tally
from mithaq.evaluate.gold import read_split
from mithaq.evaluate.identity import Label, match_happenings, score_threads
from mithaq.evaluate.learn_happenings import ABOUT, Known, find_all, held, learn, write_scales
from mithaq.evaluate.logistic import Row
from mithaq.evaluate.world import Promise, Split, Story, read_stories
from mithaq.export.happenings import event_row, thread_row
from mithaq.follow import signs as matters
from mithaq.follow.link import compare, keys_asked, keys_of, make_threads
from mithaq.lexicon.rarity import Rarity
from mithaq.lexicon.weighing import Scales
from mithaq.model.happening import COMMITMENT, Happening, Thread
from mithaq.resolve.grouping import group_apart
from mithaq.resolve.meanings import subjects_of

MODELS = Path("src/mithaq/knowledge/models")
# Chosen by leaving out stories in turn: groups of happenings are joined from so mean a likelihood on; pairs of two stories, told as though
# between the same sides, count together as much as this share of the pairs that are one.
THREADS_FROM, STRANGERS = 0.35, 0.2
# Each story is told beside the ones that stand so far after it.
LEARNED_BESIDE, CHECKED_BESIDE = (2,), (5, 9)
_SPLITS: tuple[Split, ...] = ("train", "dev")


class Told(NamedTuple):
    """A story, what mithaq found in it, and which happening of the gold each find is."""

    story: Story
    happenings: tuple[Happening, ...]
    matched: Mapping[Label, Label]

    @property
    def sides(self) -> tuple[str, ...]:
        """The two sides that most of its happenings are between; none when no happening is between two."""
        counted = Counter(happening.sides for happening in self.happenings if len(happening.sides) == 2)
        return max(sorted(counted), key=lambda sides: counted[sides], default=())


def tell_stories(stories: Sequence[Story], known: Known) -> list[Told]:
    """Return each story with what was found in it."""
    matched = match_happenings(stories, [event_row(happening) for happening in known.happenings if happening.type != COMMITMENT])
    home = {page: story.folder.name for story in stories for page in story.pages}
    found: defaultdict[str, list[Happening]] = defaultdict(list)
    for happening in known.happenings:
        found[home[Path(happening.first.path or "").stem]].append(happening)
    told = []
    for story in stories:
        own: dict[Label, Label] = {label: row for label, row in matched.items() if isinstance(label, tuple) and label[0] in story.pages}
        told.append(Told(story, tuple(found[story.folder.name]), own))
    return told


def matter_rows(told: Told) -> Iterator[Row]:
    """Yield every two happenings of a story that are compared and whose gold is known, with whether they are of one thread."""
    by_id = {happening.id: happening for happening in told.happenings}
    event_of = {str(row): str(label[1]) for label, row in sorted(told.matched.items(), key=str) if isinstance(label, tuple)}
    world = told.story.world
    threads = {row: {t.id for t in world.threads if any(s.event == event for s in t.steps)} for row, event in event_of.items()}
    for thread in world.threads:
        for promise in thread.commitments:
            threads |= {h.id: {thread.id} for h in told.happenings if is_promise(h, promise)}
    for a, b in combinations(sorted(threads), 2):
        if event_of.get(a, a) != event_of.get(b, b) and matters.may_be_linked(by_id[a], by_id[b]):
            yield Row(_signs(by_id[a], by_id[b]), bool(threads[a] & threads[b]))


def is_promise(happening: Happening, promise: Promise) -> bool:
    """Say whether a happening is the promise of the gold: on its page, in the same words or some of them."""
    if happening.type != COMMITMENT:
        return False
    wanted = set(promise.quote.split())
    return any(
        Path(source.path or "").stem == promise.page and 2 * len(wanted & set(source.evidence.quote.split())) >= len(wanted)
        for source in happening.sources
    )


def _signs(a: Happening, b: Happening) -> dict[str, float]:
    return matters.read_signs(*matters.in_order(a, b))


def told_together(one: Told, other: Told) -> tuple[tuple[Happening, ...], tuple[Happening, ...]]:
    """Return the happenings of two stories as though both were between the sides of the first, with one body and no people."""
    as_now = {side: side for side in one.sides}
    as_there = dict(zip(other.sides, one.sides, strict=True))
    body = next((happening.bodies[:1] for happening in one.happenings if happening.bodies), ())
    return tuple(_retold(h, as_now, body) for h in one.happenings), tuple(_retold(h, as_there, body) for h in other.happenings)


def _retold(happening: Happening, names: Mapping[str, str], body: tuple[str, ...]) -> Happening:
    sides, parties = (tuple(sorted({names.get(side, side) for side in some})) for some in (happening.sides, happening.parties))
    bodies = body if happening.bodies else ()
    return msgspec.structs.replace(happening, sides=sides, parties=parties, people=(), who=(), bodies=bodies, place=None)


def pairs_of(told: Sequence[Told], distances: Sequence[int]) -> Iterator[tuple[Told, Told]]:
    """Yield each story between two sides with those that stand so far after it."""
    paired = [one for one in told if one.sides]
    for distance in distances:
        yield from ((one, paired[(n + distance) % len(paired)]) for n, one in enumerate(paired))


def stranger_rows(one: Told, other: Told) -> list[Row]:
    """Return every two happenings of two stories that would be compared if these were between the same sides."""
    found, others = told_together(one, other)
    named = {row for told in (one, other) for row in told.matched.values()}
    pairs = ((a, b) for a, b in product(found, others) if a.id in named and b.id in named)
    return [Row(_signs(a, b), holds=False) for a, b in pairs if matters.may_be_linked(a, b)]


class Teacher:
    """Learns from stories, any of them left out."""

    def __init__(self, told: Sequence[Told]) -> None:
        self._told = told
        self._own = {one.story.folder.name: list(matter_rows(one)) for one in told}
        self._strangers = [
            ({one.story.folder.name, other.story.folder.name}, stranger_rows(one, other)) for one, other in pairs_of(told, LEARNED_BESIDE)
        ]

    def learn(self, but: str = "") -> Scales:
        """Return the weights that all stories teach but the one of this name."""
        stories = [one.story for one in self._told if one.story.folder.name != but]
        rows = [row for story in stories for row in self._own[story.folder.name]]
        strangers = [row for names, some in self._strangers if but not in names for row in some]
        share = STRANGERS * sum(row.holds for row in rows) / max(1, len(strangers))
        weighed = [row._replace(share=share) for row in strangers]
        before = held(matters.SIGNS, matters.BIAS)
        return learn(rows, before, THREADS_FROM, ABOUT.format("happenings"), stories, strangers=weighed)


def follow(happenings: Sequence[Happening], scales: Scales) -> list[Thread]:
    """Return the threads of happenings by some weights, as ``follow.link`` makes them."""
    under: defaultdict[str, list[Happening]] = defaultdict(list)
    for happening in happenings:
        for key in keys_of(happening):
            under[key].append(happening)
    links: dict[tuple[str, str], float] = {}
    for happening in happenings:
        links |= compare(happening, {other.id: other for key in keys_asked(happening) for other in under[key]}.values(), scales)
    return make_threads(happenings, links, group_apart, scales)


def check(told: Sequence[Told], teach: Callable[[str], Scales]) -> dict[str, Tally]:
    """Return how right links are in stories that were left out of learning: of each by itself, and of each told beside another."""
    scales = {one.story.folder.name: teach(one.story.folder.name) for one in told}
    alone = [_score((one,), one.happenings, scales[one.story.folder.name]) for one in told]
    beside = []
    for one, other in pairs_of(told, CHECKED_BESIDE):
        found, others = told_together(one, other)
        beside.append(_score((one, other), (*found, *others), scales[one.story.folder.name]))
    return {"alone": sum(alone, Tally()), "beside another between the same sides": sum(beside, Tally())}


def _score(told: Sequence[Told], happenings: Sequence[Happening], scales: Scales) -> Tally:
    matched = {label: row for one in told for label, row in one.matched.items()}
    rows = [thread_row(thread, 0, None) for thread in follow(happenings, scales)]
    return score_threads([one.story for one in told], rows, matched)


def count_rarity(root: Path) -> Rarity:
    """Return on how many pages of the corpus each code is meant; only pages that models may learn from are read."""
    counts: Counter[str] = Counter()
    pages = [page for split in _SPLITS for page in read_split(root, split)]
    for page in pages:
        lines = page.path.read_text("utf-8", errors="replace").splitlines()
        counts.update(frozenset[str]().union(*map(subjects_of, lines)))
    about = "On how many pages of the corpus each code of vocabularies/subject_words.yml and name_words.yml is meant."
    return Rarity(about, len(pages), dict(sorted(counts.items())), tuple(sorted(page.name for page in pages)))


def main(arguments: Sequence[str] | None = None) -> int:
    """Learn from the checkout's stories and write the weights into its knowledge folder, or check them."""
    parser = argparse.ArgumentParser(description="Learn what tells that happenings are of one matter.")
    parser.add_argument("root", type=Path, nargs="?", default=Path(), help="root of a checkout (default: here)")
    parser.add_argument("--check", action="store_true", help="leave out each story in turn, and print how right its links are")
    asked = parser.parse_args(arguments)
    root: Path = asked.root
    if not asked.check:
        rarity = count_rarity(root)
        (root / MODELS / "rarity.json").write_bytes(msgspec.json.format(msgspec.json.encode(rarity), indent=1) + b"\n")
    stories = read_stories(root, *_SPLITS)
    told = tell_stories(stories, find_all(stories))
    teacher = Teacher(told)
    if asked.check:
        for name, tally in check(told, teacher.learn).items():
            print(f"{name}: F1 {tally.f1 or 0:.3f}  precision {tally.precision or 0:.3f}  recall {tally.recall or 0:.3f}")
        return 0
    scales = teacher.learn()
    write_scales(root / MODELS / "threads.json", scales)
    print(f"{len(scales.weights)} weights from {len(stories)} stories: {root / MODELS / 'threads.json'}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
