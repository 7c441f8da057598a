"""Learn the weights of the gate from our own annotated pages, and the threshold at which it loses next to nothing.

    python bench/learn_gate.py [--write]

Learns from the pages of ``corpus/splits.json`` that are not for testing. Most pages of a feed are about something else altogether, and such
pages are hardly worth annotating; so each page for us also teaches what its like would be without its subject: the same page with its
digital words taken out, with a single one left, and with nobody else in it, all not for us. Its opening alone (title and lead) is
still for us: pages are cut short. A logistic regression by AdaGrad with an L2 penalty; no chance in it. The threshold is set by
leaving out one story at a time: as high as it can be with no page for us lost, less a margin.
"""

from __future__ import annotations

import argparse
import math
import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from mithaq.collect.gate import Gate, GateModel, Sign
from mithaq.evaluate.gold import GoldPage, read_split
from mithaq.lexicon import load_lexicon

ROOT = Path(__file__).resolve().parents[1]
MODEL = ROOT / "src" / "mithaq" / "knowledge" / "models" / "gate.json"
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
RECALL = 0.98  # of the pages for us, each judged while its story is left out
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
        counts, story = gate.count_signs(page.text), re.sub(r"-\d+$", "", page.name)
        if not page.gold["relevant"]:
            examples.append(Example(counts, False, 1.0, story))
            continue
        start, end = page.gold["body"]
        opening = f"{page.gold['title'] or ''}\n{' '.join(page.text[start:end].split()[:OPENING])}"
        examples += [Example(counts, True, 2.0, story), Example(gate.count_signs(opening), True, 0.5, story), *variants(counts, story)]
    return examples


def learn(examples: Sequence[Example]) -> tuple[float, dict[str, float]]:
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


def main() -> int:
    """Learn, print how each page for us fares while its story is left out, and write the model where asked."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--write", action="store_true", help="write the weights into the knowledge folder")
    wanted = parser.parse_args()
    pages = read_split(ROOT, "train", "dev")
    gate = Gate(load_lexicon(), GateModel(ABOUT, 0.0, 0.0, {}))
    examples = read_examples(pages, gate)
    left_out = []
    for story in sorted({e.story for e in examples}):
        bias, weights = learn([e for e in examples if e.story != story])
        left_out += [(odds(e.counts, bias, weights), story) for e in examples if e.story == story and e.ours and e.share > 1]
    lowest = sorted(left_out)
    threshold = 1 / (1 + math.exp(MARGIN - lowest[int((1 - RECALL) * len(lowest))][0]))
    bias, weights = learn(examples)
    signs = {name: Sign(round(weights[name], 3), most, words) for name, (most, words) in SIGNS.items() if weights[name] >= TINY}
    model = GateModel(ABOUT, round(bias, 3), round(threshold, 4), signs, tuple(sorted(page.name for page in pages)))
    print(f"{len(pages)} pages, {len(examples)} examples; least likely of those for us:")
    print("\n".join(f"  {story} {likely:+.1f}" for likely, story in lowest[:5]))
    for name, sign in signs.items():
        print(f"{name:10} {sign.weight:+.2f}  up to {sign.most:g} {sign.words}")
    print(f"bias {model.bias:+.2f}, threshold {model.threshold}")
    made = replace(gate.model, bias=model.bias, threshold=model.threshold, signs=model.signs)
    gate.model = made
    for ours in (True, False):
        verdicts = [gate.judge(page.text).passed for page in pages if page.gold["relevant"] is ours]
        print(f"{'for us' if ours else 'not for us'}: {sum(verdicts)} of {len(verdicts)} pass")
    if wanted.write:
        MODEL.write_bytes(msgspec.json.format(msgspec.json.encode(model), indent=1) + b"\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
