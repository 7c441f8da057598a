"""Learn from our own annotated pages the weights of the gate, and the threshold at which it loses next to nothing.

Most pages of a feed are about something else altogether, and such pages are hardly worth annotating; so each page for us also teaches what
its like would be without its subject: the same page with its digital words taken out, with a single one left, and with nobody else in it,
all not for us. Its opening alone (title and lead) is still for us: pages are cut short. A logistic regression by AdaGrad with an L2
penalty; no chance in it. The threshold is set by leaving stories out: as high as it can be with next to no page for us lost, less a margin.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from mithaq.collect.gate import Gate, GateModel, Sign
from mithaq.evaluate.gold import GoldPage
from mithaq.evaluate.learning import Learned, Learner, Reader, leave_out, names_of, page_story

ABOUT = "Logistic regression over what the gate counts in a page, learned from the annotated pages of the corpus (train and dev)."
SIGNS = {
    "telling": (4, "telling words of digital matters"),
    "often": (5, "doublings of such words"),
    "beside": (5, "doublings of such words beside two sides, half as much beside one"),
    "wide": (3, "wide words of digital matters"),
    "acts": (2, "words of agreements and counterparts"),
}
DIGITAL = ("telling", "often", "beside")
PENALTY = 1.0
ROUNDS = 400
STEP = 0.2
TINY = 0.02  # smaller weights are not written
OPENING = 60  # words
FOLDS = 24
RECALL = 0.98  # of the pages for us, each judged by weights that have not seen its story
MARGIN = 0.3  # of the log-odds, below the least likely of those

Counts = dict[str, float]


class Example(NamedTuple):
    """What is counted in a page or its variant, whether it is for us, how much it counts, of which story."""

    counts: Counts
    ours: bool
    share: float
    story: str


def variants(counts: Counts, story: str) -> list[Example]:
    """Return what a page for us would be without its subject: all of them not for us."""
    bare = {name: 0.0 if name in DIGITAL else count for name, count in counts.items()}
    plain = bare | {"wide": 0.0}
    stray = {"often": 1.0, "beside": float(counts["beside"] > 0)}
    alone = counts | {"sides": min(1.0, counts.get("sides", 0.0)), "acts": 0.0, "beside": min(counts["beside"], counts["often"] / 2)}
    return [Example(made, False, share, story) for made, share in ((bare, 1.0), (plain, 4.0), (plain | stray, 2.0), (alone, 0.5))]


def read_examples(pages: Sequence[GoldPage], gate: Gate) -> list[Example]:
    """Return all pages and their variants."""
    examples: list[Example] = []
    for page in pages:
        counts, story = gate.count_signs(page.text), page_story(page)
        if not page.gold["relevant"]:
            examples.append(Example(counts, False, 1.0, story))
            continue
        start, end = page.gold["body"]
        opening = f"{page.gold['title'] or ''}\n{' '.join(page.text[start:end].split()[:OPENING])}"
        examples += [Example(counts, True, 2.0, story), Example(gate.count_signs(opening), True, 0.5, story), *variants(counts, story)]
    return examples


def learn_weights(examples: Sequence[Example]) -> tuple[float, dict[str, float]]:
    """Return the bias and the weight of each sign."""
    weights, squares = dict.fromkeys(SIGNS, 0.0), dict.fromkeys(SIGNS, 1e-6)
    bias, bias_square = 0.0, 1e-6
    rows = [([min(e.counts.get(name, 0.0), SIGNS[name][0]) for name in SIGNS], e.ours, e.share) for e in examples]
    for _ in range(ROUNDS):
        slopes, bias_slope = [0.0] * len(SIGNS), 0.0
        for row, ours, share in rows:
            total = bias + sum(w * v for w, v in zip(weights.values(), row, strict=True))
            error = (1 / (1 + math.exp(-total)) - ours) * share
            bias_slope += error
            slopes = [s + error * v for s, v in zip(slopes, row, strict=True)]
        for name, slope in zip(SIGNS, slopes, strict=True):
            slope += PENALTY * weights[name]
            squares[name] += slope * slope
            # No sign speaks against a page: few annotated pages are not for us, and those were chosen for being hard.
            weights[name] = max(0.0, weights[name] - STEP * slope / math.sqrt(squares[name]))
        bias_square += bias_slope * bias_slope
        bias -= STEP * bias_slope / math.sqrt(bias_square)
    return bias, weights


def odds(counts: Counts, bias: float, weights: dict[str, float]) -> float:
    """Return the log-odds that a page is for us."""
    return bias + sum(weight * min(counts.get(name, 0.0), SIGNS[name][0]) for name, weight in weights.items())


def judge_unseen(examples: Sequence[Example], folds: int = FOLDS) -> list[tuple[float, str]]:
    """Return (log-odds, story) of each whole page for us, judged by weights that have not seen its story, the least likely first."""
    judged = []
    for learned_from, held in leave_out(examples, lambda example: example.story, folds):
        bias, weights = learn_weights(learned_from)
        judged += [(odds(e.counts, bias, weights), e.story) for e in held if e.ours and e.share > 1]
    return sorted(judged)


def learn(reader: Reader, pages: Sequence[GoldPage]) -> Learned:
    """Return the weights of *pages* and the threshold."""
    examples = read_examples(pages, Gate(reader.lexicon, GateModel(ABOUT, 0.0, 0.0, {})))
    judged = judge_unseen(examples)
    threshold = 1 / (1 + math.exp(MARGIN - judged[int((1 - RECALL) * len(judged))][0]))
    bias, weights = learn_weights(examples)
    signs = {name: Sign(round(weights[name], 3), most, words) for name, (most, words) in SIGNS.items() if weights[name] >= TINY}
    model = GateModel(ABOUT, round(bias, 3), round(threshold, 4), signs, names_of(pages))
    return Learned(model, len(examples), len(signs))


def measure(reader: Reader, pages: Sequence[GoldPage]) -> Iterator[str]:
    """Yield the pages for us that come nearest to being lost while their stories are left out, and what the learned gate lets pass."""
    for likely, story in judge_unseen(read_examples(pages, Gate(reader.lexicon, GateModel(ABOUT, 0.0, 0.0, {}))))[:5]:
        yield f"{story}: log-odds {likely:+.1f}"
    gate = Gate(reader.lexicon, learn(reader, pages).model)
    for ours in (True, False):
        verdicts = [gate.judge(page.text).passed for page in pages if page.gold["relevant"] is ours]
        yield f"{'for us' if ours else 'not for us'}: {sum(verdicts)} of {len(verdicts)} pass"


LEARNER = Learner("gate", learn, measure)
