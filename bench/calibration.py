"""Does a likelihood of .8 mean that four in five are right? Reliability of every learned layer, on stories that were not learned from.

    python bench/calibration.py [--svg FILE]

Learns each model from the train and dev pages of the corpus with one group of stories left out at a time, and asks it about these. Prints
for each layer what falls into each tenth of likelihood, how much of it is right, and the expected calibration error: the mean distance
between likelihood and share of right ones, over what is shown to a reader (from the packaged threshold on) and over all candidates. With
--svg the reliability diagram is drawn.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path

from mithaq.annotate.kinds import LABELS, read_weights, weigh
from mithaq.evaluate import learn_events, learn_indicators, learn_relevance, learn_statements, learn_topics
from mithaq.evaluate.gold import GoldPage, read_split
from mithaq.evaluate.learning import Reader, leave_out, page_story
from mithaq.lexicon.weighing import likelihood, likelihood_of, load_scales

ROOT = Path(__file__).resolve().parents[1]
FOLDS = 8
BINS = 10
GOAL = 0.05
Guess = tuple[float, bool]
_COLOURS = {"events": "#1b6ca8", "statements": "#b3541e", "indicators": "#3c7a3f", "topics": "#7a3c78", "relevance": "#444444"}


def guess_events(reader: Reader, pages: Sequence[GoldPage]) -> Iterator[Guess]:
    read = [(page_story(page), learn_events.read_examples(reader, [page])) for page in pages]
    for known, held in leave_out(read, lambda one: one[0], FOLDS):
        judge = learn_events.learn_weights([example for _, examples in known for example in examples])
        yield from ((likelihood_of(signs, judge), right) for _, examples in held for signs, right in examples)


def guess_indicators(reader: Reader, pages: Sequence[GoldPage]) -> Iterator[Guess]:
    read = [(page_story(page), learn_indicators.read_examples(reader, [page])) for page in pages if page.gold["relevant"]]
    for known, held in leave_out(read, lambda one: one[0], FOLDS):
        judge = learn_events.learn_weights([e for _, examples in known for e in examples], penalty=learn_indicators.PENALTY)
        yield from ((likelihood_of(signs, judge), right) for _, examples in held for signs, right in examples)


def guess_statements(reader: Reader, pages: Sequence[GoldPage]) -> Iterator[Guess]:
    """Yield how likely the kind that a clause would be given is, and whether it is its kind."""
    sentences = list(learn_statements.read_sentences(reader.root, reader.lexicon))
    for page, weights in learn_statements.by_story(learn_statements.read_pages(reader, pages), sentences, FOLDS):
        for _, signs, label in page.clauses:
            likely = weigh(signs, weights)
            best = max(range(1, len(LABELS)), key=lambda kind: likely[kind])
            if 1 - likely[0] >= read_weights().threshold:
                yield likely[best], best == label


def guess_topics(reader: Reader, pages: Sequence[GoldPage]) -> Iterator[Guess]:
    for page, scales in learn_topics.by_story(learn_topics.read_pages(reader, pages), FOLDS):
        yield from ((likelihood(signs, scales), topic in page.gold) for topic, signs in page.signs.items())


def guess_relevance(reader: Reader, pages: Sequence[GoldPage]) -> Iterator[Guess]:
    examples = learn_relevance.read_examples(reader, pages, ())
    for example, scales in learn_relevance.by_story(examples, FOLDS):
        yield likelihood(example.signs, scales), example.relevant


LAYERS = {
    "events": guess_events, "statements": guess_statements, "indicators": guess_indicators, "topics": guess_topics,
    "relevance": guess_relevance,
}  # fmt: skip


def bins_of(guesses: Sequence[Guess]) -> list[tuple[float, float, int]]:
    """Return (mean likelihood, share of right ones, how many) of each tenth that holds any."""
    tenths: list[list[Guess]] = [[] for _ in range(BINS)]
    for chance, right in guesses:
        tenths[min(BINS - 1, int(chance * BINS))].append((chance, right))
    return [(sum(c for c, _ in tenth) / len(tenth), sum(r for _, r in tenth) / len(tenth), len(tenth)) for tenth in tenths if tenth]


def calibration_error(guesses: Sequence[Guess]) -> float:
    """Return the mean distance between likelihood and share of right ones, each tenth by how many it holds."""
    return sum(abs(chance - right) * count for chance, right, count in bins_of(guesses)) / max(1, len(guesses))


def draw(bins: dict[str, list[tuple[float, float, int]]]) -> str:
    """Return the reliability diagram: what was said across, what was right upwards, the dotted line where both are the same."""
    side, edge = 320, 44
    box = f"0 0 {side + 2 * edge + 90} {side + 2 * edge}"
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" font-family="sans-serif" font-size="12">',
        f'<rect x="{edge}" y="{edge}" width="{side}" height="{side}" fill="none" stroke="#999"/>',
        f'<line x1="{edge}" y1="{edge + side}" x2="{edge + side}" y2="{edge}" stroke="#999" stroke-dasharray="3 3"/>',
        f'<text x="{edge + side / 2}" y="{2 * edge + side - 8}" text-anchor="middle">likelihood</text>',
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
    for layer, guess in LAYERS.items():
        guesses = list(guess(reader, pages))
        least = 0.0 if layer == "statements" else load_scales(layer).threshold
        shown = [one for one in guesses if one[0] >= least]
        every[layer] = bins_of(guesses)
        errors.append(calibration_error(shown))
        print(f"{layer:11} error {errors[-1]:.3f} over {len(shown)} shown, {calibration_error(guesses):.3f} over {len(guesses)} candidates")
        print("            " + "  ".join(f"{chance:.2f}:{right:.2f}({count})" for chance, right, count in every[layer]))
    if asked.svg:
        asked.svg.write_text(draw(every), "utf-8")
    return 0 if max(errors) < GOAL else 1


if __name__ == "__main__":
    raise SystemExit(main())
