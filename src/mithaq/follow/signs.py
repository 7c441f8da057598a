"""What speaks for two happenings being steps of one matter: an agreement and its approval, a promise and what came of it.

The table :data:`SIGNS` holds them all, each with what we hold of it before any page was read; ``knowledge/models/threads.json`` with what
the stories of the corpus taught (``mithaq.evaluate.learn_threads``).
"""

from __future__ import annotations

from typing import NamedTuple

from mithaq.lexicon.rarity import rare_share, weigh
from mithaq.lexicon.weighing import Scales, Sign, ask_signs, likelihood, load_scales
from mithaq.model.happening import COMMITMENT, Happening
from mithaq.text.likeness import share_in_common
from mithaq.text.moments import Moment, days_between, ordinal, read_moment
from mithaq.text.skeleton import count_common_names, same_place_names

# What two have in common at the outset, and how much each sign changes that, in log-odds.
SCALES = "threads"
BIAS = -3.4
# Steps of one matter follow each other within so many days.
LONGEST = 1100
# How far a matter has come at each stage.
RANKS = {
    "planned": 0, "signed": 1, "approved": 2, "in_force": 3, "launched": 4, "held": 4, "running": 5, "completed": 6,
}  # fmt: skip
GATHERINGS = ("meeting", "visit", "event")
STOPPED = ("suspended", "cancelled")
_ALIKE = 0.5  # of what two sentences mean
_TELLING = 6.0  # what a text says, as log-odds of a page at hand, from which on it tells what it is about
_NEAR, _QUARTER, _MONTHS, _YEAR = 31, 92, 183, 366
LAST = "9999"  # after all dates
_TO_THE_MONTH = len("2024-01")


class Two(NamedTuple):
    """Two happenings, the earlier one first."""

    early: Happening
    late: Happening


def day_of(happening: Happening) -> int | None:
    """Return the day by which happenings are put in order: of a plan or promise when it was first told, else when it took place."""
    told = happening.published or happening.date
    known = told if is_open(happening) else happening.date or told
    return ordinal(known) if known else None


def is_open(happening: Happening) -> bool:
    """Say whether a happening is to come: a plan or a promise."""
    return happening.type == COMMITMENT or happening.stage == "planned"


def is_loose(happening: Happening) -> bool:
    """Say whether a happening is one by which matters meet rather than one of their steps: a promise, a meeting, a visit, a gathering."""
    return happening.type == COMMITMENT or happening.type in GATHERINGS


def may_be_linked(a: Happening, b: Happening) -> bool:
    """Say whether two happenings are worth comparing: sides in common, and anything else beyond them."""
    mine, theirs = set(a.sides), set(b.sides)
    if a.id == b.id or not mine or not theirs or len(mine & theirs) < min(2, len(mine), len(theirs)):
        return False
    one, other = day_of(a), day_of(b)
    if one is not None and other is not None and abs(one - other) > LONGEST:
        return False
    return bool(set(a.topics) & set(b.topics) or set(a.figures) & set(b.figures) or _documents(a) & _documents(b)) or any(
        ask(Two(a, b)) for ask in (_programmes, _bodies, _people, _words, _about_names)
    ) or max(_about(Two(a, b)), _about_rare(Two(a, b))) >= _ALIKE


def share_sides(a: Happening, b: Happening) -> bool:
    """Say whether two happenings are between the same two sides, whatever else they have in common."""
    return a.id != b.id and len(set(a.sides) & set(b.sides)) > 1


def probability(a: Happening, b: Happening, scales: Scales | None = None) -> float:
    """Return how likely two happenings are steps of one matter (0 to 1), by the packaged weights or others, whichever comes first."""
    return likelihood(read_signs(*in_order(a, b)), scales or load_scales(SCALES))


def in_order(a: Happening, b: Happening) -> Two:
    """Return two happenings, the earlier one first; a plan before what came of it."""
    first, second = sorted((a, b), key=order)
    return Two(first, second)


def order(happening: Happening) -> tuple[bool, int, int, str, str]:
    """Return by what the steps of a thread are sorted: time, then how far the matter has come, then when it is due, then the id."""
    day = day_of(happening)
    # What one page says is to come stands in the order in which it is due.
    return day is None, day or 0, RANKS.get(happening.stage or "", 4), (happening.date or LAST) if is_open(happening) else "", happening.id


def read_signs(early: Happening, late: Happening) -> dict[str, float]:
    """Return every sign that holds for two happenings, with its strength (0 to 1)."""
    return ask_signs(SIGNS, Two(early, late))


def _documents(happening: Happening) -> set[str]:
    return {source.document for source in happening.sources}


def _same_type(two: Two) -> bool:
    return two.early.type == two.late.type


def _promise(two: Two) -> bool:
    return COMMITMENT in (two.early.type, two.late.type)


def _fulfils(two: Two) -> bool:
    return is_open(two.early) and not is_open(two.late) and (_promise(two) or _same_type(two))


def _next_stage(two: Two) -> bool:
    early, late = RANKS.get(two.early.stage or ""), RANKS.get(two.late.stage or "")
    return _same_type(two) and early is not None and late is not None and 0 < early < late


def _stopped(two: Two) -> bool:
    return _same_type(two) and two.late.stage in STOPPED


def _both_done(two: Two) -> bool:
    return _same_type(two) and not is_open(two.early) and not is_open(two.late) and two.early.stage == two.late.stage


def _visit(two: Two) -> bool:
    return any(happening.type == "visit" for happening in two)


def _gathering(two: Two) -> bool:
    """A gathering is seldom a step of anything, unless both name the same programme."""
    return any(happening.type == "event" for happening in two) and not _about_names(two)


def _meeting_later(two: Two) -> bool:
    return two.late.type == "meeting"


def exclude(a: Happening, b: Happening) -> bool:
    """Say whether two happenings cannot be steps of one matter: two memoranda signed by the same sides within three months.

    Nor are two accords of which one page tells as of two, dated or not («كما وقعا مذكرة ثانية»), unless it recalls the one for the other.
    """
    two = in_order(a, b)
    apart = _twice(two) or (a.type == b.type == "agreement" and _told_beside(two))
    return a.sides == b.sides and apart and not _told_alike(a, b)


def _told_alike(a: Happening, b: Happening) -> bool:
    """Say whether two acts of one day may be one that pages tell in other words."""
    return a.date == b.date and rare_share(a.subjects, b.subjects) >= _ALIKE


def _twice(two: Two) -> bool:
    """The same act once more: on another day, or on the same day about another thing."""
    if not _both_done(two) or two.early.type in GATHERINGS or two.early.stage is None:
        return False
    early, late = _exact_day(two.early), _exact_day(two.late)
    return early is not None and late is not None and days_between(early, late) <= _QUARTER


def _told_beside(two: Two) -> bool:
    """The same act, told of twice on one page as of what is new: a first and a second memorandum."""
    acts = _both_done(two) and two.early.type not in GATHERINGS
    return acts and _one_page(two) and not _one_sentence(two) and not _recalled(two)


def _recalled(two: Two) -> bool:
    """Say whether a page that tells of the later happening recalls the earlier one, over for more than a month when it was published."""
    early = read_moment(two.early.date, two.early.date_end, None, ahead=False)
    if early is None or is_open(two.early) or len(two.early.date or "") < _TO_THE_MONTH:
        return False
    later = {source.document for source in two.late.sources}
    days = (ordinal(source.published) for source in two.early.sources if source.document in later and source.published)
    return any(day is not None and day - early.last > _NEAR for day in days)


def _exact_day(happening: Happening) -> Moment | None:
    moment = read_moment(happening.date, None, None, ahead=False)
    return moment if moment and moment.exact else None


def _programmes(two: Two) -> bool:
    return name_one_programme(two.early, two.late)


def name_one_programme(a: Happening, b: Happening) -> bool:
    """Say whether two happenings name one programme, whatever each page calls it («خيمة», "Khaima")."""
    return not set(a.things).isdisjoint(b.things) or count_common_names(a.programmes, b.programmes) > 0


def _other_programmes(two: Two) -> bool:
    return bool(two.early.programmes and two.late.programmes) and not _programmes(two)


def _bodies(two: Two) -> bool:
    return bool(set(two.early.who) & set(two.late.who)) or count_common_names(two.early.bodies, two.late.bodies) > 0


def _other_bodies(two: Two) -> bool:
    return bool(two.early.bodies and two.late.bodies) and not _bodies(two)


def _people(two: Two) -> bool:
    return count_common_names(two.early.people, two.late.people) > 0


def _figures(two: Two) -> float:
    """Return how many figures both have, up to two: 0, a half, one."""
    return min(2, len(set(two.early.figures) & set(two.late.figures))) / 2


def _topics(two: Two) -> bool:
    return bool(set(two.early.topics) & set(two.late.topics))


def _other_topics(two: Two) -> bool:
    return bool(two.early.topics and two.late.topics) and not _topics(two)


def _words(two: Two) -> float:
    """Return the share of words that both have, in the language in which they share most."""
    return max((share_in_common(mine, two.late.terms.get(lang, ())) for lang, mine in two.early.terms.items()), default=0.0)


def _pages_rare(two: Two) -> float:
    """Return the share of uncommon words of the one's pages that those of the other have too, in any script; 0 on one page."""
    return 0.0 if _one_page(two) else share_in_common(two.early.page_rare, two.late.page_rare)


def _meanings(two: Two) -> float:
    """Return how much both sentences mean the same, in any languages, rare things counting more: 0 to 1."""
    return rare_share(two.early.subjects, two.late.subjects)


def _pages_meanings(two: Two) -> float:
    """Return how much the pages of both mean the same, in any languages, rare things counting more: 0 to 1; 0 on one page."""
    return 0.0 if _one_page(two) else rare_share(two.early.page_subjects, two.late.page_subjects)


def _about(two: Two) -> float:
    """Return how much the parts of the pages that tell of both mean the same, in any languages, rare things counting more: 0 to 1."""
    return rare_share(two.early.about, two.late.about)


def _other_about(two: Two) -> float:
    """Return how little of what both are about is the same, where both say enough of it."""
    early, late = two.early.about, two.late.about
    return 1 - rare_share(early, late) if weigh(early) >= _TELLING and weigh(late) >= _TELLING else 0.0


def _about_rare(two: Two) -> float:
    """Return how many uncommon words both have where they are told, in any script, up to four: 0 to 1; 0 on one page."""
    return 0.0 if _one_page(two) else min(4, len(set(two.early.about_rare) & set(two.late.about_rare))) / 4


def _about_names(two: Two) -> bool:
    """Say whether a programme is named where both are told."""
    early, late = two
    return not set(early.about_things).isdisjoint(late.about_things) or count_common_names(early.about_names, late.about_names) > 0


def _appointment(two: Two) -> bool:
    return any(happening.type == "appointment" for happening in two)


def _same_parties(two: Two) -> bool:
    return two.early.sides == two.late.sides


def _same_place(two: Two) -> bool:
    return same_place_names(two.early.place, two.late.place)


def _one_page(two: Two) -> bool:
    return bool(_documents(two.early) & _documents(two.late))


def _one_sentence(two: Two) -> bool:
    return any(
        a.document == b.document and a.evidence.start < b.evidence.end and b.evidence.start < a.evidence.end
        for a in two.early.sources
        for b in two.late.sources
    )


def _planned_for(two: Two) -> Moment | None:
    return read_moment(two.early.date or two.early.due, two.early.date_end, None, ahead=True) if is_open(two.early) else None


def _took_place(two: Two) -> Moment | None:
    return read_moment(two.late.date or two.late.published, None, None, ahead=False)


def _as_planned(two: Two) -> bool:
    planned, took = _planned_for(two), _took_place(two)
    return planned is not None and took is not None and days_between(planned, took) <= _NEAR


def _not_as_planned(two: Two) -> bool:
    planned, took = _planned_for(two), _took_place(two)
    return planned is not None and took is not None and days_between(planned, took) > _MONTHS


def _gap(two: Two) -> int | None:
    early, late = day_of(two.early), day_of(two.late)
    return None if early is None or late is None else late - early


def _later(two: Two) -> bool:
    gap = _gap(two)
    return gap is not None and gap > _YEAR


SIGNS: tuple[Sign[Two], ...] = (
    Sign("promise", _promise, 0.3),
    Sign("fulfils", _fulfils, 1.6),
    Sign("next stage", _next_stage, 1.4),
    Sign("stopped", _stopped, 1.2),
    Sign("both done", _both_done, -1.2),
    Sign("visit", _visit, -2.0),
    Sign("gathering", _gathering, -1.5),
    Sign("meeting later", _meeting_later, -2.0),
    Sign("twice", _twice, -2.0),
    Sign("programmes", _programmes, 1.8),
    Sign("other programmes", _other_programmes, -1.0),
    Sign("other bodies", _other_bodies, -0.6),
    Sign("people", _people, 0.4),
    Sign("figures", _figures, 1.4),
    Sign("topics", _topics, 1.2),
    Sign("other topics", _other_topics, -1.2),
    Sign("words", _words, 2.0),
    Sign("rare words of the pages", _pages_rare, 2.0),
    Sign("meanings", _meanings, 2.0),
    Sign("meanings of the pages", _pages_meanings, 1.0),
    Sign("about", _about, 2.0),
    Sign("about something else", _other_about, -1.0),
    Sign("uncommon words about both", _about_rare, 1.5),
    Sign("a programme about both", _about_names, 1.0),
    Sign("appointment", _appointment, -3.0),
    Sign("same parties", _same_parties, 0.6),
    Sign("same place", _same_place, 0.4),
    Sign("one page", _one_page, 1.6),
    Sign("one sentence", _one_sentence, 1.4),
    Sign("as planned", _as_planned, 1.0),
    Sign("not as planned", _not_as_planned, -0.6),
    Sign("later", _later, -0.8),
)
