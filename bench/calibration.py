"""Does a confidence of .8 mean that four in five are right? Reliability of every layer, on stories that were not learned from.

    python bench/calibration.py [--svg FILE]

Learns each model from the train and dev pages of the corpus with one group of stories left out at a time, and asks it about these; the
curve that turns likelihoods into confidences is drawn from other pages than those it is judged on. Prints for each layer the calibration
error (mean distance between what was said and the share that is right, tenth by tenth) of the bare likelihoods and of the confidences,
over what a reader is shown. With --svg the reliability diagram is drawn.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from mithaq.evaluate.gold import read_split
from mithaq.evaluate.guesses import LEARNED, find_names
from mithaq.evaluate.learn_confidence import calibration_error, cross_rate, cross_rate_rules
from mithaq.evaluate.learning import Guess, Reader
from mithaq.lexicon.weighing import load_scales

ROOT = Path(__file__).resolve().parents[1]
BINS = 10
GOAL = 0.05
_COLOURS = {
    "events": "#1b6ca8", "statements": "#b3541e", "indicators": "#3c7a3f", "topics": "#7a3c78", "relevance": "#444444",
    "people": "#0a7d7d", "bodies": "#9a7b0a", "programmes": "#7d0a3c", "pairs": "#5555cc",
}  # fmt: skip


def bins_of(guesses: Sequence[Guess]) -> list[tuple[float, float, int]]:
    """Return (mean confidence, share of right ones, how many) of each tenth that holds any."""
    tenths: list[list[Guess]] = [[] for _ in range(BINS)]
    for guess in guesses:
        tenths[min(BINS - 1, int(guess.chance * BINS))].append(guess)
    return [(sum(c for c, _, _ in tenth) / len(tenth), sum(r for _, r, _ in tenth) / len(tenth), len(tenth)) for tenth in tenths if tenth]


def draw(bins: dict[str, list[tuple[float, float, int]]]) -> str:
    """Return the reliability diagram: what was said across, what was right upwards, the dotted line where both are the same."""
    side, edge = 320, 44
    box = f"0 0 {side + 2 * edge + 90} {side + 2 * edge}"
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" font-family="sans-serif" font-size="12">',
        f'<rect x="{edge}" y="{edge}" width="{side}" height="{side}" fill="none" stroke="#999"/>',
        f'<line x1="{edge}" y1="{edge + side}" x2="{edge + side}" y2="{edge}" stroke="#999" stroke-dasharray="3 3"/>',
        f'<text x="{edge + side / 2}" y="{2 * edge + side - 8}" text-anchor="middle">confidence</text>',
        f'<text x="14" y="{edge + side / 2}" text-anchor="middle" transform="rotate(-90 14 {edge + side / 2})">share that is right</text>',
    ]
    for n, (layer, points) in enumerate(bins.items()):
        path = " ".join(f"{edge + chance * side:.1f},{edge + side - right * side:.1f}" for chance, right, _ in points)
        lines.append(f'<polyline points="{path}" fill="none" stroke="{_COLOURS[layer]}" stroke-width="2"/>')
        lines.append(f'<text x="{edge + side + 8}" y="{edge + 14 + 18 * n}" fill="{_COLOURS[layer]}">{layer}</text>')
    return "\n".join((*lines, "</svg>", ""))


def main() -> int:
    """Measure, print, draw; 0 when every layer reaches the goal over what is shown."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--svg", type=Path)
    asked = parser.parse_args()
    reader, pages = Reader(ROOT), read_split(ROOT, "train", "dev")
    every, errors = {}, []
    for layer, guess in LEARNED.items():
        guesses = list(guess(reader, pages))
        least = 0.0 if layer in ("statements", "pairs") else load_scales(layer).threshold
        raw = [one for one in guesses if one.chance >= least]
        every[layer] = cross_rate(guesses, least)
        print(f"{layer:11} error {calibration_error(raw):.3f}, rated {calibration_error(every[layer]):.3f} over {len(raw)} shown")
    found = list(find_names(reader, pages))
    for layer in dict.fromkeys(one[0] for one in found):
        every[layer] = cross_rate_rules([(why, right, story) for name, why, right, story in found if name == layer])
        print(f"{layer:11} rated {calibration_error(every[layer]):.3f} over {len(every[layer])} found")
    for layer, rated in every.items():
        errors.append(calibration_error(rated))
        print(f"{layer:11} " + "  ".join(f"{chance:.2f}:{right:.2f}({count})" for chance, right, count in bins_of(rated)))
    if asked.svg:
        asked.svg.write_text(draw({layer: bins_of(rated) for layer, rated in every.items()}), "utf-8")
    return 0 if max(errors) < GOAL else 1


if __name__ == "__main__":
    raise SystemExit(main())
