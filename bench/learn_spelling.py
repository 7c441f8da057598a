"""Learn how the press writes foreign names in Arabic letters, from the names in our own gazetteers.

    python bench/learn_spelling.py [--write]

Every place, country and company that has a name in both scripts shows how letters answer to letters. The cheapest alignment of each is
taken, the ways are counted, what is rare becomes dear, and again. Prints how many names agree; with --write the model file is renewed.
"""

from __future__ import annotations

import argparse
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import msgspec

from mithaq.lexicon.load import read_entries
from mithaq.text.transliteration import Spelling, align_spellings, first_guess, plain_arabic, plain_latin, spelling_distance

ROOT = Path(__file__).resolve().parents[1]
MODEL = ROOT / "src" / "mithaq" / "knowledge" / "models" / "spelling.json"
KINDS = ("place.city", "place.country", "place.region", "body.known")
SCALE = 0.4  # of a cost, to a unit of -log(share)
DEAREST = 2.0
BELIEVED = (1.5, 0.6, 0.6)  # a nearer pair than this, round by round, teaches; a translated name is no spelling
SEEN = 5  # a letter for a letter that nobody thought of is believed from so often on
SEEN_OFTEN = 30  # a Latin group seen less often keeps half of the first guess
_BLANK = re.compile(r"[\s\-’']+")


def read_pairs() -> list[tuple[str, str]]:
    """Return the words of names that stand in the gazetteers in both scripts, each pair once, in order."""
    names: dict[tuple[str, str], dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for entry in read_entries(ROOT / "src" / "mithaq" / "knowledge"):
        if entry.kind.startswith(KINDS):
            names[entry.path, entry.attributes.get("id", entry.word)]["ar" if entry.lang == "ar" else "latin"] += entry.forms
    found = {pair for both in names.values() for latin in both["latin"] for arabic in both["ar"] for pair in split_pair(latin, arabic)}
    return sorted(pair for pair in found if len(pair[0]) > 2 and len(pair[1]) > 1)


def split_pair(latin: str, arabic: str) -> Iterator[tuple[str, str]]:
    """Yield word for word when there are as many, else the whole names."""
    words, letters = _BLANK.split(latin), _BLANK.split(arabic)
    if len(words) != len(letters):
        words, letters = ["".join(words)], ["".join(letters)]
    for word, other in zip(words, letters, strict=True):
        yield plain_latin(word), plain_arabic(other if word.lower().startswith(("al", "el")) else other.removeprefix("ال"))


def learn(pairs: list[tuple[str, str]]) -> tuple[Spelling, int]:
    """Return the costs learned, and how many pairs taught in the last round."""
    spelling, taught = first_guess(), 0
    for limit in BELIEVED:
        steps: Counter[tuple[str, str]] = Counter()
        believed = [pair for pair in pairs if spelling_distance(*pair, spelling) < limit]
        for pair in believed:
            steps.update((step.latin, step.arabic) for step in align_spellings(*pair, spelling))
        spelling, taught = estimate(steps), len(believed)
    return spelling, taught


def estimate(steps: Counter[tuple[str, str]]) -> Spelling:
    """Return what each way costs after *steps* were counted: rarer than a group's usual way is dearer."""
    guess = first_guess()
    totals: Counter[str] = Counter()
    for (latin, _), times in steps.items():
        totals[latin] += times
    written = {}
    for latin, ways in sorted(guess.written.items()):
        most = max((steps[latin, arabic] for arabic in ways), default=0)
        learned = {arabic: price(steps[latin, arabic] + 0.3, most + 1) for arabic in ways}
        few = totals[latin] < SEEN_OFTEN
        written[latin] = {a: rounded((learned[a] + guess.written[latin][a]) / 2 if few else learned[a]) for a in sorted(ways)}
    for (latin, arabic), times in sorted(steps.items()):
        if len(latin) == len(arabic) == 1 and times >= SEEN and arabic not in written.setdefault(latin, {}):
            written[latin][arabic] = rounded(price(times, totals[latin]))
    return Spelling(written, left_out(steps, 0, guess.latin_left_out), left_out(steps, 1, guess.arabic_left_out))


def left_out(steps: Counter[tuple[str, str]], side: int, guess: dict[str, float]) -> dict[str, float]:
    """Return what it costs to leave a letter of one side out."""
    seen: Counter[str] = Counter()
    for step, times in steps.items():
        for letter in step[side]:
            seen[letter] += times
    alone = {letter: steps[(letter, "") if side == 0 else ("", letter)] for letter in seen}
    learned = {letter: price(alone[letter] + 0.3, seen[letter] + 1) for letter in sorted(seen)}
    return {letter: rounded(cost) for letter, cost in learned.items()}


def price(times: float, of: float) -> float:
    return min(DEAREST, SCALE * max(0.0, -math.log(times / of)))


def rounded(cost: float) -> float:
    return round(cost, 3)


def main() -> int:
    """Learn, tell, and write when asked to."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--write", action="store_true", help=f"renew {MODEL.name}")
    options = parser.parse_args()
    pairs = read_pairs()
    spelling, taught = learn(pairs)
    print(f"{len(pairs)} pairs of words from the gazetteers, {taught} of them spellings of one another")
    if options.write:
        about = "What each way to write Latin letters in Arabic costs, learned by bench/learn_spelling.py from our own gazetteers."
        MODEL.write_bytes(msgspec.json.format(msgspec.json.encode({"about": about, **msgspec.to_builtins(spelling)}), indent=1) + b"\n")
        print(f"written: {MODEL.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
