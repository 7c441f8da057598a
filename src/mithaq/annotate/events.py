"""Find what happened between the sides: meetings, visits, agreements, projects, training, money, with parties, people, place and date."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple
from typing import cast as typed

from msgspec.structs import replace

from mithaq.annotate.actors import find_actors
from mithaq.annotate.cast import find_cast
from mithaq.annotate.cast_choice import choose_people, read_people_signs
from mithaq.annotate.circumstances import When
from mithaq.annotate.groups import read_groups
from mithaq.annotate.judging import signs_of
from mithaq.annotate.merging import merge_tellings
from mithaq.annotate.pairs import read_pairs
from mithaq.annotate.parties import Sides, read_sides
from mithaq.annotate.party_choice import Option, choose_parties, read_options
from mithaq.annotate.party_signs import Asked
from mithaq.annotate.scene import Scene, read_scene
from mithaq.annotate.sums import Figures, read_figures
from mithaq.annotate.tellings import Telling, find_tellings
from mithaq.annotate.themes import topics_of
from mithaq.lexicon import Lexicon
from mithaq.lexicon.certainty import confidence
from mithaq.lexicon.weighing import Scales, likelihood_of, load_scales, weightiest
from mithaq.model import Amount, Document, Event, Evidence, Group, Pair
from mithaq.model.vocabulary import EventType, Modality, Stage

_LONG = 420  # characters: evidence of a longer sentence is cut to the clause
_MARGIN = 14  # tokens kept on both sides of the trigger when a sentence is cut


def find_events(document: Document, lexicon: Lexicon) -> tuple[Event, ...]:
    """Return one event for each happening that the page tells, in the order of the text.

    Needs the layers times, places, people, bodies, coreferences and groups. What is denied, only wished for, or a mere frame
    («على هامش المنتدى») is no event; a side that is only mentioned is no party.
    """
    judge, choice, seats = load_scales("events"), load_scales("parties"), load_scales("cast")
    found = [(happening, signs, likelihood_of(signs, judge)) for happening, signs in _happenings_in(document)]
    # A deed with several counterparts is told once: what it is with one of them it is with all.
    surest: dict[int, float] = {}
    for happening, _, chance in found:
        surest[id(happening.best.trigger)] = max(chance, surest.get(id(happening.best.trigger), 0.0))
    events = []
    for happening, signs, chance in found:
        if (surest[id(happening.best.trigger)] if happening.one_of_several else chance) >= judge.threshold:
            event = _to_event(_between(happening, choose_parties(_asked(happening), choice)), document.groups, seats)
            why = f"{event.why} ({chance:.2f}: {weightiest(signs, judge)})"
            events.append(replace(event, why=why, confidence=confidence("events", chance)))
    return tuple(sorted(_each_once(events), key=lambda e: (e.evidence.start, e.evidence.end, e.type)))


def _each_once(events: list[Event]) -> Iterable[Event]:
    """Return events without those found twice in the same words, by two words for one deed; the surer one stays."""
    surest: dict[tuple[object, ...], Event] = {}
    for event in sorted(events, key=lambda e: e.confidence or 0):
        told = (event.type, event.stage, event.parties, event.date, event.date_end, event.place, event.amount, event.evidence)
        surest[told] = event
    return surest.values()


def find_candidates(document: Document) -> list[tuple[Event, frozenset[str]]]:
    """Return everything that could be an event, with the signs by which it is judged; the judge itself is learned from these."""
    return [(_to_event(happening, document.groups), signs) for happening, signs in _happenings_in(document)]


def find_choices(document: Document) -> list[tuple[Event, list[Option]]]:
    """Return everything that could be an event with the parties that the rules give, and the sets of sides among which it is chosen."""
    found = _happenings_in(document)
    return [(_to_event(happening, document.groups), read_options(_asked(happening))) for happening, _ in found]


def find_people_signs(document: Document) -> list[tuple[Event, dict[str, frozenset[str]]]]:
    """Return everything that could be an event, with its parties and the people that the rules give, and what speaks for each of all."""
    choice = load_scales("parties")
    found = [_between(happening, choose_parties(_asked(happening), choice)) for happening, _ in _happenings_in(document)]
    return [(_to_event(h, document.groups), read_people_signs(h.sides, h.tellings, h.best, find_cast(h.sides, h.tellings))) for h in found]


class _Happening(NamedTuple):
    """What may have happened: all its tellings, the one that says most, the parties of what is told before it.

    ``one_of_several``: its words tell the same act with other counterparts too, each a happening of its own.
    """

    sides: Sides
    figures: Figures
    tellings: list[Telling]
    best: Telling
    before: tuple[str, ...]
    one_of_several: bool


def _happenings_in(document: Document) -> list[tuple[_Happening, frozenset[str]]]:
    """Return all possible happenings of a page, in the order of the text, with the signs by which they are judged."""
    scene = read_scene(document)
    sides = read_sides(scene)
    figures = read_figures(scene)
    groups = merge_tellings(find_tellings(scene, sides, figures))
    best = [max(group, key=_fullness) for group in groups]
    order = sorted(range(len(groups)), key=lambda i: (best[i].trigger.sentence, best[i].trigger.first))
    before = {i: _parties(groups[back], best[back]) for back, i in pairwise(order)}
    told = Counter(id(telling.trigger) for group in groups for telling in group)
    found = [_Happening(sides, figures, g, best[i], before.get(i, ()), told[id(best[i].trigger)] > 1) for i, g in enumerate(groups)]
    return [(happening, signs_of(happening.tellings, happening.best, best[:i])) for i, happening in enumerate(found)]


def _asked(happening: _Happening) -> Asked:
    """Return the question who the parties are, with the answer of the rules."""
    guess = _parties(happening.tellings, happening.best)
    return Asked(happening.sides, happening.tellings, happening.best, guess, happening.before, happening.one_of_several)


def _between(happening: _Happening, parties: tuple[str, ...]) -> _Happening:
    """Return a happening with other parties in every telling."""
    tellings = [telling._replace(parties=parties) for telling in happening.tellings]
    return happening._replace(tellings=tellings, best=tellings[happening.tellings.index(happening.best)])


def find_groups(document: Document, lexicon: Lexicon) -> tuple[Group, ...]:
    """Return the unnamed groups that take part: counted people or companies, delegations of a nationality."""
    scene = read_scene(document)
    return read_groups(scene, find_actors(scene))


def find_pairs(document: Document, lexicon: Lexicon) -> tuple[Pair, ...]:
    """Return the pairs of sides that interact, from the events of the document, else from words that say so."""
    return read_pairs(document)


def _to_event(happening: _Happening, groups: tuple[Group, ...], seats: Scales | None = None) -> Event:
    """Return a happening as an event; *seats* are the weights by which its people are chosen, without them the rules alone say."""
    sides, figures, tellings, best = happening[:4]
    scene = sides.scene
    when = _when(tellings, best)
    place = best.place or next((t.place for t in tellings if t.place), None) or best.home
    who = find_cast(sides, tellings)
    if seats is not None:
        who = choose_people(sides, tellings, best, who, seats)
    evidence = _evidence(scene, best)
    topics = topics_of(scene.document, evidence.start, evidence.end)
    return Event(
        type=typed(EventType, best.trigger.type),
        stage=typed("Stage | None", best.stage),
        evidence=evidence,
        parties=_parties(tellings, best),
        people=who.people,
        bodies=who.bodies,
        roles=who.roles,
        place=place.name if place else None,
        place_country=place.country if place else None,
        date=when.time.value if when.time and not when.due else None,
        date_end=when.time.end if when.time and not when.due else None,
        date_basis=when.time.basis if when.time else None,
        date_text=when.time.evidence.quote if when.time else None,
        groups=tuple(g for g in groups if evidence.start <= g.evidence.start and g.evidence.end <= evidence.end),
        modality=_modality(scene, best),
        amount=_amount(figures, best),
        topics=topics,
        digital=bool(topics),
        why=best.trigger.words,
    )


def _fullness(telling: Telling) -> int:
    """Say how much a telling says: a clause of the body with trigger, object, both sides, date and place says most."""
    trigger, signs = telling.trigger, telling.signs
    return (
        2 * (trigger.noun is not None and trigger.act is not None)
        + 3 * ("body" in signs)
        + 2 * (telling.when.time is not None)
        + 2 * bool(signs & {"codes2", "codes3"})
        + ("place" in signs)
        - 2 * telling.definite
    )


def _when(tellings: list[Telling], best: Telling) -> When:
    """Return the time that the fullest telling gives, else the most exact of the others."""
    if best.when.time:
        return best.when
    dated = [t.when for t in tellings if t.when.time]
    return max(dated, key=lambda w: (not w.due, len((w.time.value if w.time else None) or ""))) if dated else best.when


def _parties(tellings: list[Telling], best: Telling) -> tuple[str, ...]:
    """Return the parties that most tellings give, two or more before one, on a tie those of the fullest telling."""
    votes = Counter(t.parties for t in tellings)
    return max(sorted(votes), key=lambda p: (len(p) > 1, votes[p], p == best.parties, -len(p)))


def _evidence(scene: Scene, best: Telling) -> Evidence:
    """Return the sentence that tells the happening; of a very long one the clause around the trigger."""
    sentence = scene.sentences[best.trigger.sentence]
    if sentence.end - sentence.start <= _LONG:
        return Evidence.of(scene.text, sentence.start, sentence.end)
    first, last = max(sentence.first, best.trigger.first - _MARGIN), min(sentence.last, best.trigger.last + _MARGIN * 2)
    while first > sentence.first and not scene.is_mark(first - 1):
        first -= 1
    while last < sentence.last and not scene.is_mark(last):
        last += 1
    return Evidence.of(scene.text, scene.tokens[first].start, scene.tokens[last - 1].end)


def _modality(scene: Scene, best: Telling) -> Modality | None:
    if scene.cues("triangular", best.trigger.sentence):
        return "triangular"
    return "south-south" if scene.cues("south", best.trigger.sentence) else None


def _amount(figures: Figures, best: Telling) -> Amount | None:
    """Return the sum nearest to a funding's words."""
    if best.trigger.type != "funding":
        return None
    sums = [s for s in figures.sums(best.trigger.sentence) if s.amount]
    return min(sums, key=lambda s: abs(s.first - best.trigger.first)).amount if sums else None


__all__ = ["find_events", "find_groups", "find_pairs"]
