"""Learn how the press writes names in the letters of another script, from our own gazetteers and our list of well-known names.

    python bench/learn_spelling.py [--write]

It starts from the ways that ``text/transliteration.py`` names. Each pair of names that these hold to be one, and for each the nearest of
twenty strangers, are aligned; what the cheapest ways cost is shifted so that pairs lie below the threshold and strangers above, again and
again. Every fifth name is kept apart to tell how well it went. With --write the model file is renewed, from all names.
"""

from __future__ import annotations

import argparse
import math
import random
import re
import zlib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec
from rapidfuzz.distance import Levenshtein

from mithaq.lexicon.load import read_entries
from mithaq.text.skeleton import name_skeleton
from mithaq.text.transliteration import LENGTH, Speller, Spelling, first_guess, plain_arabic, plain_latin

ROOT = Path(__file__).resolve().parents[1]
KNOWLEDGE = ROOT / "src" / "mithaq" / "knowledge"
MODEL = KNOWLEDGE / "models" / "spelling.json"
NAMES = KNOWLEDGE / "wordlists" / "names" / "spellings.txt"
KINDS = ("place.city", "place.country", "place.region", "body.known")
BELIEVED = 0.75  # a nearer pair than this, by the first guess, teaches; a translated name is no spelling
DRAWN = 20  # strangers of which the nearest is held against a pair
ROUNDS, RATE, STEEP = 8, 0.08, 9.0  # how often, how far costs are shifted at most, how sharp the threshold is
KEPT = 0.004  # how strongly costs are drawn back to the first guess
FEW = 25  # errors from which on the way is shifted by the full rate
DEAREST = 2.5
_BLANK = re.compile(r"[\s\-’']+")

Pair = tuple[str, str]


def read_pairs() -> list[Pair]:
    """Return the words of names that stand in the gazetteers and in the list of names in both scripts, each pair once, in order."""
    names: dict[tuple[str, str], dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for entry in read_entries(KNOWLEDGE):
        if entry.kind.startswith(KINDS):
            names[entry.path, entry.attributes.get("id", entry.word)]["ar" if entry.lang == "ar" else "latin"] += entry.forms
    for line in NAMES.read_text("utf-8").splitlines():
        latin, equals, arabic = line.partition("=")
        if equals and not line.startswith("#"):
            names["names", line] = {"latin": latin.split(","), "ar": arabic.split(",")}
    found = {pair for both in names.values() for latin in both["latin"] for arabic in both["ar"] for pair in split_pair(latin, arabic)}
    return sorted(pair for pair in found if len(pair[0]) > 1 and len(pair[1]) > 1)


def split_pair(latin: str, arabic: str) -> Iterator[Pair]:
    """Yield word for word when there are as many, else the whole names."""
    words, letters = _BLANK.split(latin.strip()), _BLANK.split(arabic.strip())
    if len(words) != len(letters):
        words, letters = ["".join(words)], ["".join(letters)]
    for word, other in zip(words, letters, strict=True):
        yield plain_latin(word), plain_arabic(other)


def held_back(pair: Pair) -> bool:
    """Say whether a pair is kept apart to measure: one of five, by its Arabic word, so that variants stay together."""
    return zlib.crc32(pair[1].encode()) % 5 == 0


class Case(NamedTuple):
    """Two words and whether they are one name."""

    latin: str
    arabic: str
    one: bool


def hard_cases(pairs: list[Pair], all_pairs: list[Pair], seed: int) -> list[Case]:
    """Return the pairs, and for each its Latin word beside the nearest of some strangers that begin with the same consonant."""
    chance, right = random.Random(seed), set(all_pairs)
    bones = {word: "".join(name_skeleton(word)) for pair in all_pairs for word in pair}
    by_first: dict[str, list[str]] = defaultdict(list)
    for arabic in sorted({arabic for _, arabic in all_pairs}):
        by_first[bones[arabic][:1]].append(arabic)
    cases = []
    for latin, arabic in pairs:
        others = [word for word in by_first[bones[latin][:1]] if word != arabic and (latin, word) not in right]
        drawn = chance.sample(others, min(DRAWN, len(others)))
        cases.append(Case(latin, arabic, True))
        if drawn:
            near = min(drawn, key=lambda word: (Levenshtein.distance(bones[latin], bones[word]), abs(len(word) - len(arabic))))
            cases.append(Case(latin, near, False))
    return cases


def learn(pairs: list[Pair], all_pairs: list[Pair]) -> Spelling:
    """Return costs under which pairs and strangers are told apart best: a logistic regression on the ways taken, round by round."""
    guess = first_guess()
    start = {(a, b): cost for a, ways in guess.written.items() for b, cost in ways.items()}
    costs, threshold = dict(start), guess.threshold
    for turn in range(ROUNDS):
        speller = Speller(Spelling(as_table(costs), threshold))
        slope: dict[Pair, float] = defaultdict(float)
        drift = 0.0
        cases = hard_cases(pairs, all_pairs, turn)
        for latin, arabic, one in cases:
            likely = 1 / (1 + math.exp(STEEP * (speller.distance(latin, arabic) - threshold)))
            error = (1.0 if one else 0.0) - likely  # above 0: they should lie nearer
            drift += error / len(cases)
            for step in speller.align(latin, arabic):
                slope[step.latin, step.arabic] += error * STEEP / max(len(latin), len(arabic)) ** LENGTH
        for way in sorted(slope.keys() & costs.keys()):
            pull = max(-1.0, min(1.0, slope[way] / FEW)) * RATE / (1 + turn / 5)
            costs[way] = min(DEAREST, max(0.0, costs[way] - pull - KEPT * (costs[way] - start[way])))
        threshold += 0.02 * drift
    return Spelling(as_table(costs), threshold)


def as_table(costs: dict[Pair, float]) -> dict[str, dict[str, float]]:
    """Return costs as the model keeps them: by Latin letters, then by Arabic ones."""
    written: dict[str, dict[str, float]] = {}
    for (latin, arabic), cost in sorted(costs.items()):
        written.setdefault(latin, {})[arabic] = round(cost, 3)
    return written


def measure(spelling: Spelling, pairs: list[Pair], all_pairs: list[Pair]) -> tuple[float, float]:
    """Return the share of pairs found at a precision of .95 and the threshold that does it."""
    speller = Speller(spelling)
    cases = sorted((speller.distance(latin, arabic), not one) for latin, arabic, one in hard_cases(pairs, all_pairs, ROUNDS))
    right = wrong = 0
    best = (0.0, 0.0)
    for distance, stranger in cases:
        wrong += stranger
        right += not stranger
        if right / (right + wrong) >= 0.95:
            best = max(best, (right / len(pairs), distance))
    return best


def main() -> int:
    """Learn, tell, and write when asked to."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--write", action="store_true", help=f"renew {MODEL.name}")
    options = parser.parse_args()
    every, guess = read_pairs(), Speller(first_guess())
    pairs = [pair for pair in every if guess.distance(*pair) < BELIEVED]
    apart = [pair for pair in pairs if held_back(pair)]
    print(f"{len(every)} pairs of words, {len(pairs)} of them spellings of one another, {len(apart)} of those kept apart")
    learned = learn([pair for pair in pairs if not held_back(pair)], every)
    for name, spelling in (("first guess", first_guess()), ("learned", learned)):
        recall, threshold = measure(spelling, apart, every)
        print(f"{name}: recall {recall:.3f} at precision .95 on those kept apart, threshold {threshold:.2f}")
    if options.write:
        spelling = learn(pairs, every)
        threshold = measure(spelling, pairs, every)[1]
        about = "What each way to write Latin letters in Arabic costs, learned by bench/learn_spelling.py."
        sources = ["gazetteers", NAMES.relative_to(KNOWLEDGE).as_posix()]
        model = {"about": about, "learned_from": sources, "threshold": round(threshold, 3), "written": spelling.written}
        MODEL.write_bytes(msgspec.json.format(msgspec.json.encode(model), indent=1) + b"\n")
        print(f"written: {MODEL.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
