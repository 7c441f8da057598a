"""Follow a matter over time: happenings and promises of the same thing become the steps of one thread.

Happenings are grouped by how likely every two of them are of one matter. A plan or promise that nothing follows is a thread by itself: it
is open. What comes out depends on the happenings alone, not on the order of their arrival.
"""

from __future__ import annotations

import hashlib
import math
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from mithaq.follow.outcomes import find_outcome
from mithaq.follow.signs import (
    SCALES,
    day_of,
    exclude,
    is_loose,
    is_open,
    may_be_linked,
    name_one_programme,
    order,
    probability,
    share_sides,
)
from mithaq.lexicon.weighing import Scales, load_scales, odds
from mithaq.model.happening import COMMITMENT, Happening, Step, Thread
from mithaq.store.happenings import Workbench
from mithaq.store.search import split_words

# A promise and what came of it are linked at least so surely.
_SURE = 0.5
_ID_DIGITS = 12
_LONGEST_SUBJECT = 160  # characters
# A title tells of a happening when so many of its words stand in its sentence.
_IN_TITLE = 2
# What a thread is about rather than where people met.
_MATTERS = ("agreement", "project", "funding", "training")

# Of so many linked happenings every two are compared; of more, only those that are linked count.
_MOST_COMPARED = 400

Links = Mapping[tuple[str, str], float]
# Puts together what is probably one: (ids, likelihood of pairs, pairs that are to stay apart, from which mean likelihood on) to groups.
Group = Callable[[Sequence[str], Links, Iterable[tuple[str, str]], float], Iterable[Sequence[str]]]


def update_threads(bench: Workbench, changed: Collection[str], group: Group) -> None:
    """Make threads anew as far as happenings have changed; *changed* are the ids of those that are new, changed or gone.

    *group* puts together what is probably one.
    """
    if not changed:
        return
    touched = set(changed) | bench.forget_happenings(sorted(changed))
    known = {happening.id: happening for happening in bench.happenings(changed)}
    for happening in known.values():
        bench.put_happening_keys(happening.id, keys_of(happening))
    for happening in sorted(known.values(), key=lambda h: h.id):
        near = bench.happenings_under(keys_asked(happening))
        # One by one: a difference of sets would go through all that are known each time.
        known |= {other.id: other for other in bench.happenings([key for key in near if key not in known])}
        # Two that have both changed are compared once.
        bench.link_happenings(compare(happening, (known[other] for other in near if other not in changed or other > happening.id)))
    reached, links = bench.linked_happenings(touched)
    bench.drop_threads(reached)
    known |= {other.id: other for other in bench.happenings(reached - known.keys())}
    for thread in make_threads([known[key] for key in sorted(reached) if key in known], links, group):
        bench.put_thread(thread)


def keys_of(happening: Happening) -> list[str]:
    """Return the keys under which a happening stands: its pairs of sides."""
    sides = sorted(happening.sides)
    if len(sides) < 2:
        return [f"{side}!" for side in sides]
    return [*(f"{a}-{b}" for a, b in combinations(sides, 2)), *(f"{side}+" for side in sides)]


def keys_asked(happening: Happening) -> list[str]:
    """Return the keys under which a happening looks for others."""
    sides = sorted(happening.sides)
    if len(sides) < 2:
        return [f"{side}{mark}" for side in sides for mark in "!+"]
    return [*(f"{a}-{b}" for a, b in combinations(sides, 2)), *(f"{side}!" for side in sides)]


def compare(happening: Happening, others: Iterable[Happening], scales: Scales | None = None) -> dict[tuple[str, str], float]:
    """Return with which other happenings one is probably of one matter, by the packaged weights or others."""
    found, scales = {}, scales or load_scales(SCALES)
    for other in others:
        if may_be_linked(happening, other):
            likely = probability(happening, other, scales)
            if likely >= scales.threshold:
                found[min(happening.id, other.id), max(happening.id, other.id)] = likely
    return found


def make_threads(happenings: Iterable[Happening], links: Links, group: Group, scales: Scales | None = None) -> list[Thread]:
    """Return the threads of happenings that are linked, each happening in one at the most; by the packaged weights or others."""
    scales = scales or load_scales(SCALES)
    known = {happening.id: happening for happening in happenings}
    pairs = dict(links)
    for together in _linked(known, links):
        if len(together) <= _MOST_COMPARED:
            pairs |= _every_pair([known[key] for key in together], scales)
    apart = [(a, b) for a, b in pairs if exclude(known[a], known[b])] + list(_other_sides(known, links))
    groups = [sorted((known[key] for key in keys), key=order) for keys in _group_in_turn(known, pairs, apart, group, scales.threshold)]
    threads = [_thread(steps, pairs) for steps in groups if len(steps) > 1 or is_open(steps[0])]
    return sorted(threads, key=lambda thread: thread.id)


def _group_in_turn(
    known: Mapping[str, Happening], pairs: Links, apart: Sequence[tuple[str, str]], group: Group, threshold: float
) -> list[list[str]]:
    """Group what was agreed and done first; each promise and meeting then joins the matter that it fits best, or its own kind.

    Where people meet they speak of several matters, and what a page promises is often about all of them: neither may join two matters.
    """
    firm, loose = (sorted(key for key, happening in known.items() if is_loose(happening) == wanted) for wanted in (False, True))
    groups = [list(keys) for keys in group(firm, pairs, apart, threshold)]
    home = {key: number for number, keys in enumerate(groups) for key in keys}
    said: dict[str, dict[int, list[float]]] = {key: {} for key in loose}
    for (a, b), likely in sorted(pairs.items()):
        for one, other in ((a, b), (b, a)):
            if one in said and other in home:
                said[one].setdefault(home[other], []).append(odds(likely))
    kept_out = {(one, home[other]) for pair in apart for one, other in (pair, pair[::-1]) if other in home}
    own = {key: {home[deed] for deed in firm if _is_its_deed(known[key], known[deed], pairs)} for key in loose}
    left = []
    for key in loose:
        told_of = said[key].items()
        fits = [(number in own[key], math.fsum(told) / len(told), -number) for number, told in told_of if (key, number) not in kept_out]
        named, best, number = max(fits, default=(False, -math.inf, 0))
        if named or best >= odds(threshold):
            groups[-number].append(key)
        else:
            left.append(key)
    return groups + [list(keys) for keys in group(left, pairs, apart, threshold)]


def _is_its_deed(promised: Happening, deed: Happening, links: Links) -> bool:
    """Say whether what was done bears the name of the programme that a promise names: it goes there, whatever else its page is about."""
    named = promised.type == COMMITMENT and name_one_programme(promised, deed)
    return named and not is_open(deed) and _may_come_of(deed, promised, links)


def _linked(known: Iterable[str], links: Links) -> list[list[str]]:
    """Return the happenings that are linked, directly or by others, in groups."""
    home = {key: [key] for key in known}
    for a, b in sorted(links):
        if a in home and b in home and home[a] is not home[b]:
            small, large = sorted((home[a], home[b]), key=len)
            large += small
            home |= dict.fromkeys(small, large)
    return list({id(together): together for together in home.values()}.values())


def _every_pair(together: Sequence[Happening], scales: Scales) -> dict[tuple[str, str], float]:
    """Return how likely every two happenings are of one matter, also those that hardly are: these keep groups apart."""
    pairs = (pair for pair in combinations(together, 2) if share_sides(*pair) or may_be_linked(*pair))
    return {(min(a.id, b.id), max(a.id, b.id)): probability(a, b, scales) for a, b in pairs}


def _other_sides(known: Mapping[str, Happening], links: Links) -> Iterator[tuple[str, str]]:
    """Yield the linked happenings between other sides: what one side alone promised does not make them one matter.

    Of very many that are linked none are told: two that are linked themselves have two sides in common, and all pairs would be millions.
    """
    for together in _linked(known, links):
        if len(together) > _MOST_COMPARED:
            continue
        paired = [known[key] for key in together if len(known[key].sides) > 1]
        for a, b in combinations(paired, 2):
            if len(set(a.sides) & set(b.sides)) < 2:
                yield a.id, b.id


def _thread(steps: list[Happening], links: Links) -> Thread:
    first = steps[0].first
    digits = hashlib.sha256(f"{first.document} {first.list} {first.item}".encode()).hexdigest()[:_ID_DIGITS]
    return Thread(
        id=f"t{digits}",
        subject=_subject(steps),
        steps=tuple(_step(happening, steps, links) for happening in steps),
        parties=tuple(sorted({side for happening in steps for side in happening.parties or happening.sides})),
        people=tuple(dict.fromkeys(name for happening in steps for name in happening.people)),
        bodies=tuple(dict.fromkeys(name for happening in steps for name in happening.bodies)),
        topics=tuple(dict.fromkeys(topic for happening in steps for topic in happening.topics)),
    )


def _subject(steps: list[Happening]) -> str:
    """Return what a thread is about: the programme that most of its steps name, else what an agreement, a project or money is for.

    That is said by the title of its page, or by its own words where the title is of another matter of the same page.
    """
    programmes = Counter(name for happening in steps for name in happening.programmes)
    if programmes:
        return max(programmes, key=lambda name: programmes[name])
    telling = next((happening for happening in steps if happening.type in _MATTERS), steps[0])
    words = " ".join((telling.deliverable or _title_of(telling) or telling.first.evidence.quote).split())
    return words if len(words) <= _LONGEST_SUBJECT else f"{words[:_LONGEST_SUBJECT].rsplit(' ', 1)[0]} …"


def _title_of(telling: Happening) -> str | None:
    """Return the title of the first page that tells of a happening; None where it says nothing of what is told."""
    title, lang = telling.first.title, telling.first.lang or ""
    if not title:
        return None
    # The words of a happening are known without names of people and places: two matters of one pair share those of their countries.
    shared = {word.stem for word in split_words(title, "fr" if lang == "fr" else None)}.intersection(telling.terms.get(lang, ()))
    return title if len(shared) >= _IN_TITLE else None


def _step(happening: Happening, steps: list[Happening], links: Links) -> Step:
    later = [other for other in steps if _may_come_of(other, happening, links)] if is_open(happening) else []
    return Step(
        happening=happening.id,
        type=happening.type,
        sources=happening.sources,
        witnesses=len(happening.witnesses),
        stage=happening.stage,
        date=happening.date,
        due=happening.due,
        published=happening.published,
        deliverable=happening.deliverable,
        outcome=find_outcome(happening, later),
    )


def _may_come_of(deed: Happening, promised: Happening, links: Links) -> bool:
    """Say whether a happening may be what came of a plan or promise: done after it was told, told by another page, and linked to it."""
    if deed.id == promised.id or links.get((min(promised.id, deed.id), max(promised.id, deed.id)), 0.0) < _SURE:
        return False
    told = {source.document for source in promised.sources}
    if all(source.document in told for source in deed.sources):
        return False
    first, done = day_of(promised), day_of(deed)
    if first is None or done is None:
        return not is_open(deed)  # a plan that puts another one off was told after it
    return done > first
