"""Choose among the sets of sides that may be the parties of a happening, by learned weights. No stage; used by ``events``.

The rules of ``parties`` propose one set; others come from every two sides that may have taken part, from one side more or fewer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, combinations

from mithaq.annotate.actors import is_organisation
from mithaq.annotate.parties import Sides
from mithaq.annotate.party_signs import Asked, Named, candidates, read_named, read_party_signs
from mithaq.lexicon.weighing import Scales, add_up

Option = tuple[frozenset[str], Mapping[str, float]]

_FEW = 3  # sides between whom there is a choice; a list that the rules read is taken as it is, and no longer one is made
_LARGE = 9  # sides, the most that are put together to pairs
_MOST = 4
_PAIR = 2


def choose_parties(asked: Asked, scales: Scales) -> tuple[str, ...]:
    """Return the parties of a happening, sorted."""
    options = read_options(asked)
    return tuple(sorted(choose(options, scales))) if options else tuple(asked.guess)


def choose(options: Sequence[Option], scales: Scales) -> frozenset[str]:
    """Return the set that the weights speak for most, that of the rules unless they speak clearly more for another."""
    totals = [add_up(signs, scales) for _, signs in options]
    top = max(totals)
    return options[totals.index(top) if top >= totals[0] + scales.threshold else 0][0]


def read_options(asked: Asked) -> list[Option]:
    """Return the sets of sides that may be the parties, that of the rules first, each with its signs; none where there is no choice."""
    named = read_named(asked)
    codes = candidates(asked, named)
    if len(codes) < _FEW or asked.settled or not 0 < len(asked.guess) <= _FEW:
        return []
    signs = {code: read_party_signs(asked, named, code) for code in codes}
    ruled, there = frozenset(asked.guess), frozenset(named.codes)
    # Who acts in the clause itself took part, if the rules say so: nobody is only left out, and of three nobody is exchanged.
    proposed = (o for o in dict.fromkeys(_sets(asked, named, codes)) if len(o) <= _FEW and not o < ruled <= there)
    options = [o for o in proposed if o <= ruled or len(ruled) <= _PAIR]
    paired = _pair_signs(asked.sides, asked.best.trigger.sentence, codes) if any(len(o) == _PAIR for o in options) else {}
    found: list[Option] = []
    for option in options:
        of_each = chain.from_iterable([signs[code] for code in option])
        found.append((option, Counter(chain(of_each, _set_signs(asked, named, option), paired.get(option, ())))))
    return found


def _sets(asked: Asked, named: Named, codes: list[str]) -> Iterator[frozenset[str]]:
    guess, there = frozenset(asked.guess), frozenset(named.codes)
    yield guess
    if there:
        yield there
    yield from (frozenset([code]) for code in guess)
    yield from (frozenset(pair) for pair in combinations(codes[:_LARGE], _PAIR))
    for code in codes[:_LARGE]:
        if code not in guess:
            yield guess | {code}
        if len(there) > _PAIR and code not in there:
            yield there | {code}


def _set_signs(asked: Asked, named: Named, option: frozenset[str]) -> Iterator[str]:
    """Yield what speaks for a set as a whole: that the rules say it, how many it joins, whom of those named it leaves out."""
    kind, there = asked.kind, frozenset(named.codes)
    size = f"size{min(len(option), _MOST)}"
    yield "as ruled" if option == frozenset(asked.guess) else "otherwise"
    yield from (size, f"{size}:{kind}", f"{size}:guess{min(len(asked.guess), _MOST)}", f"{size}:named{min(len(there), _MOST)}")
    if option == there:
        yield from ("all named", f"all named:{kind}", f"all named:{size}")
    yield f"left{min(len(there - option), 3)}"
    lenders = f"organisations{min(sum(map(is_organisation, option)), 2)}:{size}"
    yield from (lenders, f"{lenders}:{kind}")


def _pair_signs(sides: Sides, sentence: int, codes: list[str]) -> dict[frozenset[str], list[str]]:
    """Return for every two sides how often the page names them together, and whether it did so last."""
    last: set[str] = set()
    for back in range(sentence, -1, -1):
        last = {str(a.code) for a in sides.acting(back) if a.code}
        if len(last) > 1:
            break
    most = {code: max((sides.together(code, other) for other in codes if other != code), default=0) for code in codes}
    found: dict[frozenset[str], list[str]] = {}
    for a, b in combinations(codes, _PAIR):
        count = sides.together(a, b)
        signs = [f"together{min(count, _MOST)}", *_closest(count, (most[a], most[b]))]
        if {a, b} <= last:
            signs.append("last pair" if len(last) == _PAIR else "last list")
        found[frozenset((a, b))] = signs
    return found


def _closest(count: int, most: Iterable[int]) -> list[str]:
    return ["closest" for top in most if count and count == top]
