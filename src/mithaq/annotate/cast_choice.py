"""Decide by learned weights who of a page took part in a happening; the rules of ``cast`` propose. No stage; used by ``events``."""

from __future__ import annotations

from collections.abc import Sequence

from mithaq.annotate.cast import Cast, only_tells, part_of, usual_role
from mithaq.annotate.cast_signs import Question, read_people, read_person_signs
from mithaq.annotate.parties import Sides
from mithaq.annotate.tellings import Telling
from mithaq.lexicon.weighing import Scales, likelihood_of
from mithaq.model import Part
from mithaq.model.kept import keep_last

_KEPT = 0.2  # whom the rules take stays down to this likelihood: they see what signs do not say, a list or a table of talks


def read_people_signs(sides: Sides, tellings: Sequence[Telling], best: Telling, cast: Cast) -> dict[str, frozenset[str]]:
    """Return for everybody on the page what speaks for having taken part, in the order of the text."""
    asked = Question(sides, tellings, best, cast.people)
    telling = {a.name for a in sides.in_sentence(best.trigger.sentence) if a.kind == "person" and only_tells(sides, best, a)}
    return {person.name: read_person_signs(asked, person, person.name in telling) for person in _people_of(sides)}


def takes(signs: frozenset[str], scales: Scales, *, ruled: bool) -> bool:
    """Say whether somebody with these signs took part."""
    return likelihood_of(signs, scales) >= (_KEPT if ruled else scales.threshold)


def choose_people(sides: Sides, tellings: Sequence[Telling], best: Telling, cast: Cast, scales: Scales) -> Cast:
    """Return the cast with the people who more likely than not took part; whom the rules took and weights do not is only named."""
    signs = read_people_signs(sides, tellings, best, cast)
    taken = [name for name, own in signs.items() if takes(own, scales, ruled=name in cast.people)]
    if taken == list(cast.people):
        return cast
    mentions = {person.name: person.mentions for person in _people_of(sides)}
    roles = {role.name: role for role in cast.roles}
    parts: dict[str, Part] = {}
    for name in taken:
        known = roles.get(name)
        own = known if known is not None and name in cast.people else None
        parts[name] = own or part_of(sides, mentions[name][0], usual_role(sides, best, mentions[name][0]))
    left = [part_of(sides, mentions[name][0], "mentioned") for name in cast.people if name not in parts]
    others = [role for role in cast.roles if role.name not in cast.people and role.name not in parts]
    return Cast(tuple(parts), cast.bodies, (*parts.values(), *others, *left))


_people_of = keep_last(read_people)
