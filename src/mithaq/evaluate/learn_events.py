"""Learn from our own annotated pages which tellings are happenings: the weights that ``annotate.events`` reads.

A logistic regression over signs, fitted by AdaGrad steps with an L2 penalty; no chance in it, so the same pages give the same weights.
They are put together with those that an earlier corpus taught, whose errors differ (docs/decisions, 0016).
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from mithaq.annotate.events import find_candidates
from mithaq.errors import InputError
from mithaq.evaluate.gold import GoldPage, read_json
from mithaq.evaluate.learning import Learned, Learner, Reader, learned_scales, leave_out, page_story
from mithaq.lexicon.weighing import Scales, likelihood_of
from mithaq.model import Event
from mithaq.text.fold import fold_text

Example = tuple[frozenset[str], bool]

PENALTY = 4.0  # chosen by cross-validation over stories
AROUND_PENALTY = 8.0  # with the signs of what stands around, likewise
WORDED = ("act:", "noun:")
LEXICAL = 4.0  # single words are held back this much more: of most a small corpus has seen but a few
THRESHOLD = 0.37  # as with the weights before; stories not learned from hardly tell it from .31 or .39
BEFORE = Path("corpus") / "events_before.json"  # by simpler signs, from 86 pages
FOLDS = 6
SEEN = 3  # a sign seen less often teaches nothing
ROUNDS = 150
STEP = 0.15
TINY = 0.02  # smaller weights are not written
WORDS = 0.4  # share of a gold quote's words that must stand in the evidence
SIDES = 0.0  # share of the parties in common: whether a happening is one does not hang on who took part
ABOUT = "Logistic regression over the signs of tellings, learned from the annotated pages of the corpus (train and dev)."


class Page(NamedTuple):
    """One page: its name, its story, its possible happenings."""

    name: str
    story: str
    examples: list[Example]


def read_pages(reader: Reader, pages: Sequence[GoldPage]) -> list[Page]:
    """Return the candidates of each page as their signs and whether the gold knows them."""
    return [Page(page.name, page_story(page), list(_read_examples(reader, page))) for page in pages]


def _read_examples(reader: Reader, page: GoldPage) -> Iterator[Example]:
    candidates = find_candidates(reader.names(page))
    known = match_events(page.gold["events"], [event for event, _ in candidates])
    return ((signs, index in known) for index, (_, signs) in enumerate(candidates))


def match_events(gold: Sequence[dict[str, Any]], events: Sequence[Event]) -> frozenset[int]:
    """Return which events the gold knows."""
    return frozenset(match_pairs(gold, events))


def match_pairs(gold: Sequence[dict[str, Any]], events: Sequence[Event]) -> dict[int, int]:
    """Return which gold event each known event is, as indexes; each gold event is taken once, the most alike first."""
    scored = [(_likeness(g, e), i, j) for i, g in enumerate(gold) for j, e in enumerate(events)]
    taken: set[int] = set()
    known: dict[int, int] = {}
    for score, i, j in sorted(scored, key=lambda s: (-s[0], s[1], s[2])):
        if score > 0 and i not in taken and j not in known:
            taken.add(i)
            known[j] = i
    return known


def _likeness(gold: dict[str, Any], event: Event) -> float:
    if gold["type"] != event.type:
        return 0.0
    wanted, got = set(gold.get("parties") or ()), set(event.parties)
    overlap = len(wanted & got) / len(wanted | got) if wanted | got else 1.0
    words, told = set(fold_text(gold["quote"]).split()), set(fold_text(event.evidence.quote).split())
    near = len(words & told) / len(words) if words else 0.0
    if overlap < SIDES or near < WORDS:
        return 0.0
    return overlap + near + (0.2 if (gold.get("date") or None) == event.date else 0.0)


def learn_weights(examples: Sequence[Example], penalty: float = PENALTY) -> Scales:
    """Return the weights that best tell right examples from wrong ones; *penalty* keeps them small."""
    counts = Counter(sign for signs, _ in examples for sign in signs)
    rows = [(sorted(s for s in signs if counts[s] >= SEEN), known) for signs, known in examples]
    weights: dict[str, float] = {sign: 0.0 for sign, count in sorted(counts.items()) if count >= SEEN}
    squares = dict.fromkeys(weights, 1e-6)
    bias, bias_square = 0.0, 1e-6
    for _ in range(ROUNDS):
        slopes, bias_slope = _slopes(rows, weights, bias)
        for sign in weights:
            slope = slopes[sign] + penalty * (LEXICAL if sign.startswith(WORDED) else 1) * weights[sign]
            squares[sign] += slope * slope
            weights[sign] -= STEP * slope / math.sqrt(squares[sign])
        bias_square += bias_slope * bias_slope
        bias -= STEP * bias_slope / math.sqrt(bias_square)
    kept = {sign: round(weight, 3) for sign, weight in weights.items() if abs(weight) >= TINY}
    return Scales(about=ABOUT, bias=round(bias, 3), threshold=THRESHOLD, weights=kept)


def _slopes(rows: Sequence[tuple[list[str], bool]], weights: dict[str, float], bias: float) -> tuple[dict[str, float], float]:
    slopes: dict[str, float] = defaultdict(float)
    total = 0.0
    judge = Scales(about="", bias=bias, threshold=THRESHOLD, weights=weights)
    for signs, known in rows:
        error = likelihood_of(signs, judge) - known
        total += error
        for sign in signs:
            slopes[sign] += error
    return slopes, total


def learn_from(pages: Sequence[Page], before: Scales) -> Scales:
    """Return the mean of what was held *before* and of what *pages* teach."""
    now = learn_weights([example for page in pages for example in page.examples], AROUND_PENALTY)
    means = {sign: (before.weights.get(sign, 0.0) + now.weights.get(sign, 0.0)) / 2 for sign in sorted({*before.weights, *now.weights})}
    weights = {sign: round(weight, 3) for sign, weight in means.items() if abs(weight) >= TINY}
    return Scales(about=ABOUT, bias=round((before.bias + now.bias) / 2, 3), threshold=THRESHOLD, weights=weights)


def read_before(root: Path) -> Scales:
    """Return the weights that an earlier corpus taught; raises InputError when their file is missing or of another form."""
    try:
        return msgspec.convert(read_json(root / BEFORE), Scales)
    except msgspec.ValidationError as error:
        raise InputError(f"{root / BEFORE}: {error}; take the file from the repository again") from error


def by_story(pages: Sequence[Page], before: Scales, folds: int = FOLDS) -> Iterator[tuple[Page, Scales]]:
    """Yield each page with weights learned from other stories and from what was held before."""
    for known, held in leave_out(list(pages), lambda page: page.story, folds):
        scales = learn_from(known, before)
        yield from ((page, scales) for page in held)


def learn(reader: Reader, pages: Sequence[GoldPage]) -> Learned:
    """Return the weights of *pages*."""
    known = read_pages(reader, pages)
    return learned_scales(learn_from(known, read_before(reader.root)), pages, sum(len(page.examples) for page in known))


LEARNER = Learner("events", learn)
