"""Are two words, one in Latin and one in Arabic letters, one name? Counted on a public list, beside a consonant skeleton and nomenklatura.

    python bench/names.py LIST.tsv [OTHER.tsv ...]      (a Latin word, a tab, its Arabic spelling; words of names)
    python -m pip install nomenklatura                  # for the peer's line; mithaq does not need it

The first list is what is asked; the others only tell which spellings are right as well. For every pair there is one hard negative: the
Latin word beside the Arabic one, of twenty drawn among the pairs whose names begin with the same consonant, whose consonants are nearest.
For each way the threshold is the one that finds most at a precision of at least .95.
"""

from __future__ import annotations

import random
import sys
import time
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
from rapidfuzz.distance import Levenshtein

from mithaq.text.skeleton import name_skeleton
from mithaq.text.sound_keys import sound_keys
from mithaq.text.transliteration import Speller, Spelling

MODEL = Path(__file__).resolve().parents[1] / "src" / "mithaq" / "knowledge" / "models" / "spelling.json"
PRECISION = 0.95
DRAWN = 20
PEER_PAIRS = 2000  # the peer is slower: it is asked about so many of each sort

Pair = tuple[str, str]


def read_list(path: str) -> list[Pair]:
    """Return the pairs of a list."""
    lines = Path(path).read_text("utf-8").splitlines()
    return [(parts[0], parts[1]) for line in lines if len(parts := line.split("\t")) >= 2]


def hard_negatives(pairs: Sequence[Pair], right: set[Pair], seed: int = 1) -> list[Pair]:
    """Return for each pair its Latin word beside an Arabic word that is not known to be its spelling, but is near it."""
    chance = random.Random(seed)
    by_first: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for _, arabic in pairs:
        bones = "".join(name_skeleton(arabic))
        by_first[bones[:1]].append((bones, arabic))
    found = []
    for latin, arabic in pairs:
        bones = "".join(name_skeleton(latin))
        others = [one for one in by_first[bones[:1]] if one[1] != arabic and (latin, one[1]) not in right]
        drawn = chance.sample(others, min(DRAWN, len(others)))
        if drawn:
            found.append((latin, min(drawn, key=lambda one: (Levenshtein.distance(bones, one[0]), abs(len(one[1]) - len(arabic))))[1]))
    return found


def ways() -> Iterator[tuple[str, Callable[[str, str], float], int | None]]:
    """Yield each way to tell: its name, a distance between two words, and how many pairs it is asked about (None: all)."""
    speller = Speller(msgspec.json.decode(MODEL.read_bytes(), type=Spelling))
    yield "mithaq, learned spellings", speller.distance, None
    yield "same consonants", lambda a, b: 0.0 if name_skeleton(a) == name_skeleton(b) else 1.0, None
    try:
        peer = logic_v2()
    except ImportError:
        print("nomenklatura is not here: its line is left out", file=sys.stderr)
    else:
        yield "nomenklatura logic-v2", peer, PEER_PAIRS


def logic_v2() -> Callable[[str, str], float]:
    """Return 1 less the likeness of two people so named by nomenklatura's matcher."""
    from followthemoney import model
    from nomenklatura.matching import LogicV2
    from nomenklatura.matching.types import ScoringConfig

    def person(name: str) -> Any:
        return model.get_proxy({"id": name, "schema": "Person", "properties": {"name": [name]}})

    settings = ScoringConfig.defaults()
    return lambda a, b: 1.0 - LogicV2.compare(person(a), person(b), settings).score


def most_found(right: Sequence[float], wrong: Sequence[float]) -> tuple[float, float, float]:
    """Return (recall, precision, threshold) of the threshold that finds most at the precision asked for."""
    right, wrong = sorted(right), sorted(wrong)
    best = (0.0, 1.0, 0.0)
    for threshold in sorted({round(d, 3) for d in right}):
        found, false = bisect_right(right, threshold), bisect_right(wrong, threshold)
        if found and found / (found + false) >= PRECISION:
            best = max(best, (found / len(right), found / (found + false), threshold))
    return best


def tell_blocking(pairs: Sequence[Pair]) -> str:
    """Say how many of the pairs meet under a key of how they sound, how many keys a word has, and how many words stand under a key."""
    met, keys = 0, 0
    words: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for latin, arabic in pairs:
        sounds = set(sound_keys(latin)), set(sound_keys(arabic))
        met += not sounds[0].isdisjoint(sounds[1])
        keys += len(sounds[0]) + len(sounds[1])
        for side in (0, 1):
            for sound in sounds[side]:
                words[sound][side] += 1
    candidates = sum(here * there for here, there in words.values()) / len(pairs)
    return f"recall {met / len(pairs):.3f}, {keys / 2 / len(pairs):.2f} keys a word, {candidates:.0f} candidates for a word"


def main() -> int:
    """Measure and print."""
    if len(sys.argv) < 2:
        print(__doc__, file=sys.stderr)
        return 2
    pairs = read_list(sys.argv[1])
    negatives = hard_negatives(pairs, {pair for path in sys.argv[1:] for pair in read_list(path)})
    print(f"{len(pairs)} pairs, {len(negatives)} hard negatives")
    for name, distance, most in ways():
        began = time.process_time()
        right, wrong = ([distance(*pair) for pair in some[:most]] for some in (pairs, negatives))
        taken = (time.process_time() - began) / (len(right) + len(wrong))
        recall, precision, threshold = most_found(right, wrong)
        told = f"recall {recall:.3f} at precision {precision:.3f}, threshold {threshold:.2f}"
        if not recall:
            equal, false = right.count(0.0), wrong.count(0.0)
            told = f"recall {equal / len(right):.3f} at precision {equal / (equal + false):.3f}, at no threshold {PRECISION}"
        print(f"{name:<28} {told}, {taken * 1e6:.0f} µs a pair")
    print(f"{'sounds to look under':<28} {tell_blocking(pairs)}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
