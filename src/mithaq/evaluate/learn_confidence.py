"""Measure how often what is found is right, by how sure its model was or by the rule that found it: the tables of ``lexicon.certainty``.

Everything is judged on stories that its model has not learned from. Curves only rise: neighbours that would fall are put together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from mithaq.evaluate.gold import GoldPage
from mithaq.evaluate.guesses import LEARNED, find_names
from mithaq.evaluate.learning import Guess, Learned, Learner, Reader, leave_out, names_of
from mithaq.lexicon.certainty import Certainty, Knot, read_curve, rule_of

BLOCKS = 8  # groups of equally many guesses, from which a curve is drawn
SEEN = 20  # a rule seen less often has the share of all rules of its layer
ABOUT = "Share that is right by likelihood (learned layers) and by rule (the others), on stories not learned from (train and dev)."


def draw_curve(guesses: Sequence[Guess]) -> tuple[Knot, ...]:
    """Return the rising curve of shares by likelihood; raises ValueError without guesses."""
    if not guesses:
        raise ValueError("no guesses to draw a curve from")
    ranked = sorted(guesses, key=lambda guess: guess.chance)
    size = max(1, -(-len(ranked) // BLOCKS))
    blocks: list[list[Guess]] = [[]]
    for guess in ranked:
        # What is equally likely stays together.
        if len(blocks[-1]) >= size and blocks[-1][-1].chance < guess.chance:
            blocks.append([])
        blocks[-1].append(guess)
    merged: list[tuple[float, float, int]] = []
    for block in blocks:
        merged.append((sum(g.chance for g in block), (sum(g.right for g in block) + 0.5), len(block)))
        while len(merged) > 1 and merged[-2][1] / (merged[-2][2] + 1) >= merged[-1][1] / (merged[-1][2] + 1):
            (a, b, c), (d, e, f) = merged[-2:]
            merged[-2:] = [(a + d, b + e - 0.5, c + f)]
    return tuple((round(chance / count, 3), round(right / (count + 1), 3)) for chance, right, count in merged)


def share_by_rule(found: Sequence[tuple[str, bool]]) -> dict[str, float]:
    """Return how often each rule is right, and under "" how often any is; rules seen rarely are left out."""
    rules: defaultdict[str, list[bool]] = defaultdict(list)
    for why, right in found:
        rules[rule_of(why)].append(right)
        rules[""].append(right)
    kept = {rule: rights for rule, rights in sorted(rules.items()) if not rule or len(rights) >= SEEN}
    return {rule: round((sum(rights) + 1) / (len(rights) + 2), 3) for rule, rights in kept.items()}


def learn(reader: Reader, pages: Sequence[GoldPage]) -> Learned:
    """Return the tables of *pages*."""
    guesses = {layer: list(guess(reader, pages)) for layer, guess in LEARNED.items()}
    found: defaultdict[str, list[tuple[str, bool]]] = defaultdict(list)
    for layer, why, right, _ in find_names(reader, pages):
        found[layer].append((why, right))
    curves = {layer: draw_curve(ones) for layer, ones in guesses.items()}
    rules = {layer: share_by_rule(ones) for layer, ones in found.items()}
    counted = sum(map(len, guesses.values())) + sum(map(len, found.values()))
    return Learned(Certainty(ABOUT, curves, rules, names_of(pages)), counted, sum(map(len, (*curves.values(), *rules.values()))))


def cross_rate(guesses: Sequence[Guess], least: float = 0.0, folds: int = 5) -> list[Guess]:
    """Return each guess of at least that likelihood with the confidence that a curve drawn from other pages gives it."""
    rated: list[Guess] = []
    for known, held in leave_out(list(guesses), lambda guess: guess.page, folds):
        curve = draw_curve(known)
        rated += [guess._replace(chance=read_curve(curve, guess.chance)) for guess in held if guess.chance >= least]
    return rated


def cross_rate_rules(found: Sequence[tuple[str, bool, str]], folds: int = 5) -> list[Guess]:
    """Return what rules found (why, right, story), each with the confidence that shares of other stories give it."""
    rated: list[Guess] = []
    for known, held in leave_out(list(found), lambda one: one[2], folds):
        shares = share_by_rule([(why, right) for why, right, _ in known])
        rated += [Guess(shares.get(rule_of(why), shares[""]), right, story) for why, right, story in held]
    return rated


def calibration_error(guesses: Sequence[Guess], tenths: int = 10) -> float:
    """Return the mean distance between confidence and share of right ones, each tenth by how many it holds."""
    rows: defaultdict[int, list[Guess]] = defaultdict(list)
    for guess in guesses:
        rows[min(tenths - 1, int(guess.chance * tenths))].append(guess)
    return sum(abs(sum(g.chance for g in row) - sum(g.right for g in row)) for row in rows.values()) / max(1, len(guesses))


def measure(reader: Reader, pages: Sequence[GoldPage]) -> Iterator[str]:
    """Yield the calibration error of each learned layer, before and after."""
    for layer, guess in LEARNED.items():
        guesses = list(guess(reader, pages))
        yield f"{layer}: error {calibration_error(guesses):.3f}, rated {calibration_error(cross_rate(guesses)):.3f}"


LEARNER = Learner("confidence", learn, measure)
