"""Learn from our own annotated pages who of a page's people took part in a happening: the weights that ``annotate.cast_choice`` reads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from mithaq.annotate.cast_choice import takes
from mithaq.annotate.events import find_people_signs
from mithaq.evaluate.gold import GoldPage
from mithaq.evaluate.learn_events import match_pairs
from mithaq.evaluate.learning import Reader, learner_of, leave_out, page_story
from mithaq.evaluate.logistic import BIAS, Row, fit_many
from mithaq.lexicon.weighing import Scales
from mithaq.model import Event
from mithaq.text.likeness import same_name

PENALTY = 8.0  # chosen by cross-validation over stories
THRESHOLD = 0.48  # about as good by cross-validation as .35 to .5; the one with which no measured set of pages fell
SEEN = 6  # a sign seen less often teaches nothing
TINY = 0.02  # smaller weights are not written
FOLDS = 5
ABOUT = "Logistic regression over the signs of the people of a page, learned from the happenings of annotated pages (train and dev)."


class Example(NamedTuple):
    """Somebody on the page of a happening that the gold knows: the signs, what rules and gold say, the happening, the story."""

    signs: frozenset[str]
    ruled: bool
    took_part: bool
    happening: tuple[str, int]
    story: str


def read_examples(reader: Reader, pages: Sequence[GoldPage]) -> list[Example]:
    """Return everybody on *pages*, once for each happening that the gold knows."""
    examples: list[Example] = []
    for page in pages:
        found = find_people_signs(reader.names(page))
        gold = page.gold["events"]
        for index, known in sorted(match_pairs(gold, [event for event, _ in found]).items()):
            event, people = found[index]
            examples += [_example(page, index, event, name, signs, gold[known]) for name, signs in people.items()]
    return examples


def _example(page: GoldPage, index: int, event: Event, name: str, signs: frozenset[str], gold: dict[str, Any]) -> Example:
    wanted = gold.get("people") or ()
    return Example(signs, name in event.people, any(same_name(w, name) for w in wanted), (page.name, index), page_story(page))


def learn_weights(examples: Sequence[Example], penalty: float = PENALTY) -> Scales:
    """Return the weights that best tell who took part; *penalty* keeps them small."""
    counts = Counter(sign for example in examples for sign in example.signs)
    rows = [Row(dict.fromkeys([s for s in sorted(e.signs) if counts[s] >= SEEN], 1.0), e.took_part) for e in examples]
    weights = fit_many(rows, lambda _: penalty)
    bias = round(weights.pop(BIAS), 3)
    kept = {sign: round(weight, 3) for sign, weight in weights.items() if abs(weight) >= TINY}
    return Scales(about=ABOUT, bias=bias, threshold=THRESHOLD, weights=kept)


def measure(reader: Reader, pages: Sequence[GoldPage]) -> Iterator[str]:
    """Yield how right the people of happenings are on stories not learned from, beside what the rules alone say."""
    examples = read_examples(reader, pages)
    ruled, chosen = Counter[str](), Counter[str]()
    for taught, held in leave_out(examples, lambda example: example.story, FOLDS):
        scales = learn_weights(taught)
        for example in held:
            ruled[_verdict(example.ruled, example.took_part)] += 1
            chosen[_verdict(takes(example.signs, scales, ruled=example.ruled), example.took_part)] += 1
    yield f"people of happenings: F1 {_f1(ruled):.3f} by the rules, {_f1(chosen):.3f} by what was learned from other stories"


def _verdict(said: bool, true: bool) -> str:
    return "right" if said and true else "false" if said else "missed" if true else "rest"


def _f1(counts: Counter[str]) -> float:
    return 2 * counts["right"] / max(1, 2 * counts["right"] + counts["false"] + counts["missed"])


LEARNER = learner_of("cast", read_examples, learn_weights, measure)
