"""Bring the tellings of one happening together, from title to background, and keep different happenings apart. No stage."""

from __future__ import annotations

from mithaq.annotate.further import FURTHER
from mithaq.annotate.tellings import Telling
from mithaq.model import Match

_SINGLE = frozenset({"planned", "approved", "in_force", "suspended", "cancelled"})  # stages that are happenings of their own
_ROLL = 8  # sides
_NEVER = 12  # sides: so many are counted up, they do not act
_TITLE = frozenset({"title"})
_COUNTED = frozenset({"training", "funding", "project"})


def merge_tellings(tellings: list[Telling]) -> list[list[Telling]]:
    """Return the tellings grouped by happening, groups in the order of their first telling."""
    groups: list[list[Telling]] = []
    for telling in tellings:
        home = next((g for g in reversed(groups) if all(_same(known, telling) for known in g)), None)
        if home is None:
            groups.append([telling])
        else:
            home.append(telling)
    return [group for group in groups if not all(map(_is_roll, group))]


def _is_roll(telling: Telling) -> bool:
    """Say whether a telling only lists where people come from: «فاز فيها 21 شخصا من أميركا وبريطانيا …».

    Of a shorter list the telling has no noun, or no act.
    """
    trigger, sides = telling.trigger, len(telling.parties)
    return sides > _NEVER or (sides > _ROLL and (trigger.act is None or trigger.noun is None))


def _same(a: Telling, b: Telling) -> bool:
    """Say whether two tellings may tell one happening; *b* comes later in the text."""
    if a.trigger.type != b.trigger.type or not _parties_agree(a.parties, b.parties) or _is_further(a, b):
        return False
    if a.trigger.sentence == b.trigger.sentence and a.stage == b.stage == "planned" and (a.trigger.puts_off or b.trigger.puts_off):
        return True  # what is put off, and the day for which it was planned
    if _is_of_old(a, b):
        return False
    if not _stages_agree(a, b) or not _dates_agree(a.date, b.date) or (_is_past(a) != _is_past(b) and not b.definite):
        return False
    if a.trigger.sentence == b.trigger.sentence and a.trigger.act is b.trigger.act and a.trigger.act is not None:
        return True
    if _by_others(a, b):
        return False
    if b.definite or b.trigger.noun is None:
        return True
    if "more:near" in b.signs or ("more:after" in b.signs and a.trigger.sentence != b.trigger.sentence):
        return False
    if a.trigger.type in _COUNTED and a.number and b.number and a.number != b.number:
        return False
    return _places_agree(a, b)


def _is_of_old(a: Telling, b: Telling) -> bool:
    """Say whether one was long before the page, and the other is its news, told without a day.

    An accord of old is named with the day on which it was signed, another one whose words do not point back is another one.
    """
    if b.long_ago and a.date is None and "early" in a.signs:
        return True
    if a.trigger.type != "agreement" or a.definite or b.definite or a.long_ago == b.long_ago:
        return False
    return (a if b.long_ago else b).date is None and _tells_signing(a) and _tells_signing(b)


def _is_further(a: Telling, b: Telling) -> bool:
    """Say whether *b* tells one more accord than *a* («أما الثانية …»), or when one was signed that *a* renews."""
    if b.trigger.noun is not None and b.trigger.noun.kind == FURTHER:
        return a.trigger.noun is not b.trigger.noun
    one, other = a.trigger, b.trigger
    told_twice = one.noun is not None and one.noun is other.noun and one.stage == other.stage == "signed"
    return told_twice and one.act is not None and other.act is not None and _renews(one.act) != _renews(other.act)


def _renews(act: Match) -> bool:
    return "again" in act.attributes


def _by_others(a: Telling, b: Telling) -> bool:
    """Say whether two talks or accords are told each with somebody whom the other has not: "met the minister … was also received by …".

    Of accords these are bodies: «وقعت الشركة اتفاقية مع A … وأبرمت مع B عقدا».
    """
    if a.trigger.sentence == b.trigger.sentence or b.definite or a.signs & _TITLE or b.signs & _TITLE:
        return False
    if a.trigger.type == "agreement":
        return a.stage == b.stage == "signed" and _tells_signing(a) and _tells_signing(b) and _differ(a.bodies, b.bodies)
    return a.trigger.type == "meeting" and _differ(a.people, b.people)


def _tells_signing(telling: Telling) -> bool:
    return telling.trigger.noun is not None and telling.trigger.act is not None


def _differ(a: frozenset[str], b: frozenset[str]) -> bool:
    """Say whether each names one whom the other has not, and one of them more than one."""
    return bool(a - b) and bool(b - a) and max(len(a), len(b)) > 1


def _is_past(telling: Telling) -> bool:
    """Say whether a telling looks back: "the two had signed a first accord in 2019"."""
    return "background" in telling.signs and telling.date is not None and "title" not in telling.signs


def _parties_agree(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    return set(a) <= set(b) or set(b) <= set(a)


def _stages_agree(a: Telling, b: Telling) -> bool:
    if a.stage == b.stage or a.stage is None or b.stage is None:
        return True
    return a.stage not in _SINGLE and b.stage not in _SINGLE


def _dates_agree(a: str | None, b: str | None) -> bool:
    return a is None or b is None or a.startswith(b) or b.startswith(a)


def _places_agree(a: Telling, b: Telling) -> bool:
    here, there = a.beside, b.beside
    if here is None or there is None:
        return True
    if here.kind != there.kind:
        return here.country == there.country
    return here.name == there.name or (here.country == there.country and a.trigger.type != "visit")
