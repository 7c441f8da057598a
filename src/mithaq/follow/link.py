"""Follow a matter over time: happenings and promises of the same thing become the steps of one thread.

Each happening follows the earlier one that it most probably continues; those so joined are a thread. A plan or promise that nothing
follows is a thread by itself: it is open. What comes out depends on the happenings alone, not on the order of their arrival.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping
from itertools import combinations

from mithaq.follow.outcomes import find_outcome
from mithaq.follow.signs import day_of, in_order, is_open, may_be_linked, order, probability
from mithaq.model.happening import Happening, Step, Thread
from mithaq.store.happenings import Workbench

# Happenings below are not held to be of one matter.
LEAST = 0.5
_ID_DIGITS = 12
_LONGEST_SUBJECT = 160  # characters
# What a thread is about rather than where people met.
_MATTERS = ("agreement", "project", "funding", "training")

Links = Mapping[tuple[str, str], float]


def update_threads(bench: Workbench, changed: Collection[str]) -> None:
    """Make threads anew as far as happenings have changed; *changed* are the ids of those that are new, changed or gone."""
    if not changed:
        return
    touched = set(changed) | bench.forget_happenings(sorted(changed))
    known = {happening.id: happening for happening in bench.happenings(changed)}
    for happening in known.values():
        bench.put_happening_keys(happening.id, keys_of(happening))
    for happening in sorted(known.values(), key=lambda h: h.id):
        near = bench.happenings_under(keys_asked(happening))
        known |= {other.id: other for other in bench.happenings(near - known.keys())}
        bench.link_happenings(compare(happening, (known[other] for other in near)))
    reached, links = bench.linked_happenings(touched)
    bench.drop_threads(reached)
    known |= {other.id: other for other in bench.happenings(reached - known.keys())}
    for thread in make_threads([known[key] for key in sorted(reached) if key in known], links):
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


def compare(happening: Happening, others: Iterable[Happening]) -> dict[tuple[str, str], float]:
    """Return with which other happenings one is probably of one matter."""
    found = {}
    for other in others:
        if may_be_linked(happening, other):
            likely = probability(happening, other)
            if likely >= LEAST:
                found[min(happening.id, other.id), max(happening.id, other.id)] = likely
    return found


def make_threads(happenings: Iterable[Happening], links: Links) -> list[Thread]:
    """Return the threads of happenings that are linked, each happening in one at the most."""
    known = {happening.id: happening for happening in happenings}
    home = {key: key for key in known}
    for key, before in sorted(_continued(known, links).items()):
        one, other = sorted((home[key], home[before]))
        if one != other:
            home = {member: one if head == other else head for member, head in home.items()}
    groups: dict[str, list[Happening]] = {}
    for key, head in home.items():
        groups.setdefault(head, []).append(known[key])
    threads = [_thread(sorted(group, key=order), links) for group in groups.values() if len(group) > 1 or is_open(group[0])]
    return sorted(threads, key=lambda thread: thread.id)


def _continued(known: Mapping[str, Happening], links: Links) -> dict[str, str]:
    """Return for each happening the earlier one that it most probably continues."""
    best: dict[str, tuple[float, str]] = {}
    for (a, b), likely in links.items():
        if a in known and b in known:
            two = in_order(known[a], known[b])
            best[two.late.id] = max(best.get(two.late.id, (0.0, "")), (likely, two.early.id))
    return {late: early for late, (_, early) in best.items()}


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
    """Return what a thread is about: a programme named in it, else the first words about an agreement, a project or money."""
    programme = next((name for happening in steps for name in happening.programmes), None)
    if programme:
        return programme
    telling = next((happening for happening in steps if happening.type in _MATTERS), steps[0])
    words = " ".join((telling.deliverable or telling.first.evidence.quote).split())
    return words if len(words) <= _LONGEST_SUBJECT else f"{words[:_LONGEST_SUBJECT].rsplit(' ', 1)[0]} …"


def _step(happening: Happening, steps: list[Happening], links: Links) -> Step:
    after = [other for other in steps if not is_open(other) and links.get((min(happening.id, other.id), max(happening.id, other.id)))]
    later = [other for other in after if (day_of(other) or 0) >= (day_of(happening) or 0)]
    return Step(
        happening=happening.id,
        type=happening.type,
        sources=happening.sources,
        witnesses=len(happening.witnesses),
        stage=happening.stage,
        date=happening.date,
        published=happening.published,
        deliverable=happening.deliverable,
        outcome=find_outcome(happening, later) if is_open(happening) else None,
    )
