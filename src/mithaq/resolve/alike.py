"""How alike two reports on two pages are: each sign that speaks for or against their being of one happening, and what all say together.

The table :data:`SIGNS` holds them all, each with what we hold of it before any page is read; ``knowledge/models/happenings.json`` with
what the stories of the corpus taught (``mithaq.evaluate.learn_happenings``).
"""

from __future__ import annotations

from typing import NamedTuple

from mithaq.lexicon.weighing import Sign, ask_signs, likelihood, load_scales
from mithaq.model.happening import COMMITMENT, Teller, Telling
from mithaq.text.fold import fold_text
from mithaq.text.likeness import share_in_common
from mithaq.text.moments import Moment, days_between, ordinal, read_moment
from mithaq.text.skeleton import count_common_names, same_place_names

# What two have in common at the outset, and how much each sign changes that, in log-odds.
SCALES = "happenings"
BIAS = -3.2
# Reports further apart than this are never of one happening, whatever else they share.
SLACK = 10
_PLANS = ("planned",)
_DONE = ("held", "running", "completed", "launched", None)
_OWN_WORDS = 0.3  # share of words in common from which on two promises may be one
_NEAR, _FAR = 3, 30  # days between two pages that tell the same news, and beyond which they hardly do


class Two(NamedTuple):
    """Two reports, and when each says that its happening took place."""

    a: Telling
    b: Telling
    when_a: Moment | None
    when_b: Moment | None


def may_be_one(a: Telling, b: Telling) -> bool:
    """Say whether two reports are worth comparing: of two pages, one type, no sides that exclude each other, dates not far apart."""
    if a.teller.document == b.teller.document or a.report.type != b.report.type:
        return False
    mine, theirs = set(a.report.sides), set(b.report.sides)
    if bool(mine) != bool(theirs) or (mine and len(mine & theirs) < min(2, len(mine), len(theirs))):
        return False
    if _foretold(a, b) or _foretold(b, a):
        return False
    when_a, when_b = moment_of(a), moment_of(b)
    if when_a is not None and when_b is not None and days_between(when_a, when_b) > SLACK:
        return False
    return a.report.type != COMMITMENT or _one_promise(Two(a, b, when_a, when_b))


def _one_promise(two: Two) -> bool:
    """Say whether two promises have anything of their own in common: two sides promise each other many things."""
    return _gap(two) == 0 or bool(_figures(two)) or _words(two) >= _OWN_WORDS or _rare(two) >= _OWN_WORDS


def _foretold(plan: Telling, deed: Telling) -> bool:
    """Say whether one report is of what was still to come, on a page published before the day of which the other one tells as done.

    A plan and what came of it are two happenings. A page of a later day that seems to speak of a plan may have been misread.
    """
    if plan.report.type == COMMITMENT or plan.report.stage not in _PLANS or deed.report.stage in _PLANS or not plan.teller.published:
        return False
    done = read_moment(deed.report.date, None, deed.teller.published, ahead=False)
    return done is not None and ordinal(plan.teller.published) < (done.first if done.known else done.last)


def moment_of(telling: Telling) -> Moment | None:
    """Return when a report's happening takes place."""
    report = telling.report
    ahead = report.stage in _PLANS or report.type == COMMITMENT
    return read_moment(report.date, report.date_end, telling.teller.published, ahead=ahead)


def probability(a: Telling, b: Telling) -> float:
    """Return how likely two reports are of one happening, 0 to 1; the same whichever comes first."""
    first, second = sorted((a, b), key=lambda t: t.key)
    return likelihood(read_signs(first, second), load_scales(SCALES))


def read_signs(a: Telling, b: Telling) -> dict[str, float]:
    """Return every sign that holds for two reports, with its strength (0 to 1)."""
    return ask_signs(SIGNS, Two(a, b, moment_of(a), moment_of(b)))


def _gap(two: Two) -> int | None:
    """Return the days between two known moments; None when a page does not date its report."""
    if two.when_a is None or two.when_b is None or not (two.when_a.known and two.when_b.known):
        return None
    return days_between(two.when_a, two.when_b)


def _both_exact(two: Two) -> bool:
    return two.when_a is not None and two.when_b is not None and two.when_a.exact and two.when_b.exact


def _same_day(two: Two) -> bool:
    return _both_exact(two) and _gap(two) == 0


def _same_time(two: Two) -> bool:
    return not _both_exact(two) and _gap(two) == 0


def _day_between(two: Two) -> bool:
    return _gap(two) == 1


def _days_between(two: Two) -> bool:
    gap = _gap(two)
    return gap is not None and gap > 1


def _one_undated(two: Two) -> bool:
    return (two.when_a is None or not two.when_a.known) != (two.when_b is None or not two.when_b.known)


def _apart(two: Two) -> int | None:
    """Return the days between the publication of two pages; None when one does not say."""
    a, b = two.a.teller.published, two.b.teller.published
    one, other = read_moment(a, None, None, ahead=False), read_moment(b, None, None, ahead=False)
    return days_between(one, other) if one and other else None


def _dated(two: Two) -> bool:
    return _gap(two) is not None


def _published_together(two: Two) -> bool:
    apart = _apart(two)
    return apart is not None and apart <= _NEAR


def _published_apart(two: Two) -> bool:
    """Pages of other months tell the same news only where both date what they tell."""
    apart = _apart(two)
    return apart is not None and apart > _FAR and not _dated(two)


def _looks_back(two: Two) -> bool:
    """One page tells the news, another one recalls it months later, and both date it."""
    apart = _apart(two)
    return apart is not None and apart > _FAR and _dated(two)


def _stage(telling: Telling) -> str:
    stage = telling.report.stage
    return "done" if stage in _DONE else str(stage)


def _same_stage(two: Two) -> bool:
    return _stage(two.a) == _stage(two.b)


def _planned_and_done(two: Two) -> bool:
    return (_stage(two.a) == "planned") != (_stage(two.b) == "planned")


def _other_stage(two: Two) -> bool:
    return not _same_stage(two) and not _planned_and_done(two) and None not in (two.a.report.stage, two.b.report.stage)


def _same_parties(two: Two) -> bool:
    return two.a.report.sides == two.b.report.sides and len(two.a.report.sides) > 1


def _same_day_and_sides(two: Two) -> bool:
    return _same_day(two) and _same_parties(two) and _same_stage(two)


def _other_parties(two: Two) -> bool:
    mine, theirs = set(two.a.report.sides), set(two.b.report.sides)
    return not mine <= theirs and not theirs <= mine


def _same_place(two: Two) -> bool:
    return same_place_names(two.a.report.place, two.b.report.place)


def _same_country(two: Two) -> bool:
    a, b = two.a.report.place_country, two.b.report.place_country
    return a is not None and a == b and not _same_place(two)


def _other_country(two: Two) -> bool:
    a, b = two.a.report.place_country, two.b.report.place_country
    return a is not None and b is not None and a != b


def _people(two: Two) -> float:
    """Return how many of the people who took part both name, up to two: 0, a half, one."""
    return min(2, count_common_names(two.a.report.people, two.b.report.people)) / 2


def _other_people(two: Two) -> bool:
    return bool(two.a.report.people and two.b.report.people) and not _people(two)


def _bodies(two: Two) -> bool:
    return bool(set(two.a.report.who) & set(two.b.report.who)) or count_common_names(two.a.report.bodies, two.b.report.bodies) > 0


def _other_bodies(two: Two) -> bool:
    return bool(two.a.report.bodies and two.b.report.bodies) and not _bodies(two)


def _programmes(two: Two) -> bool:
    return count_common_names(two.a.report.programmes, two.b.report.programmes) > 0


def _other_programmes(two: Two) -> bool:
    return bool(two.a.report.programmes and two.b.report.programmes) and not _programmes(two)


def _figures(two: Two) -> float:
    """Return how many figures of the sentence both give, up to two: 0, a half, one."""
    return min(2, len(set(two.a.report.figures) & set(two.b.report.figures))) / 2


def _other_figures(two: Two) -> bool:
    return bool(two.a.report.figures and two.b.report.figures) and not _figures(two)


def _same_amount(two: Two) -> bool:
    return two.a.report.amount is not None and two.a.report.amount == two.b.report.amount


def _other_amount(two: Two) -> bool:
    a, b = two.a.report.amount, two.b.report.amount
    return a is not None and b is not None and a.currency == b.currency and a.value != b.value


def _topics(two: Two) -> bool:
    return bool(set(two.a.report.topics) & set(two.b.report.topics))


def _other_topics(two: Two) -> bool:
    return bool(two.a.report.topics and two.b.report.topics) and not _topics(two)


def _another_matter(two: Two) -> bool:
    """Two things signed on one day: other topics, other people or bodies, and nothing that both name."""
    if not _other_topics(two) or not (_other_people(two) or _other_bodies(two)):
        return False
    return not (_people(two) or _bodies(two) or _programmes(two) or _figures(two))


def _words(two: Two) -> float:
    """Return the share of the shorter sentence's words that the other has too; 0 between two languages."""
    if two.a.teller.lang != two.b.teller.lang:
        return 0.0
    return share_in_common(two.a.report.words, two.b.report.words)


def _other_words(two: Two) -> bool:
    return two.a.teller.lang == two.b.teller.lang and _words(two) < 0.2


def _rare(two: Two) -> float:
    """Return how many uncommon words of the sentence both have, in any script, up to three: 0 to 1."""
    return min(3, len(set(two.a.report.rare) & set(two.b.report.rare))) / 3


def _pages_rare(two: Two) -> float:
    """Return the share of uncommon words of the shorter page that the other has too, in any script."""
    return share_in_common(two.a.teller.rare, two.b.teller.rare)


def _same_sentence(two: Two) -> bool:
    return fold_text(two.a.report.evidence.quote) == fold_text(two.b.report.evidence.quote)


def _copies(two: Two) -> bool:
    return are_copies(two.a.teller, two.b.teller)


def are_copies(a: Teller, b: Teller) -> bool:
    """Say whether two pages have one article."""
    return (a.copy_of or a.document) == (b.copy_of or b.document)


def _pages_names(two: Two) -> float:
    """Return how many people and programmes the two pages as a whole have in common, up to three: 0 to 1."""
    return min(3, count_common_names(two.a.teller.names, two.b.teller.names)) / 3


def _pages_figures(two: Two) -> float:
    """Return how many figures the two pages as a whole have in common, up to three: 0 to 1."""
    return min(3, len(set(two.a.teller.figures) & set(two.b.teller.figures))) / 3


SIGNS: tuple[Sign[Two], ...] = (
    Sign("same day", _same_day, 2.4),
    Sign("same time", _same_time, 1.2),
    Sign("a day between", _day_between, 0.3),
    Sign("days between", _days_between, -2.5),
    Sign("one undated", _one_undated, 0.3),
    Sign("published together", _published_together, 1.0),
    Sign("published far apart", _published_apart, -1.2),
    Sign("looks back", _looks_back, 0.3),
    Sign("same day and sides", _same_day_and_sides, 0.6),
    Sign("same stage", _same_stage, 0.5),
    Sign("planned and done", _planned_and_done, -4.0),
    Sign("other stage", _other_stage, -3.0),
    Sign("same parties", _same_parties, 0.8),
    Sign("other parties", _other_parties, -1.0),
    Sign("same place", _same_place, 1.0),
    Sign("same country", _same_country, 0.5),
    Sign("other country", _other_country, -1.8),
    Sign("people", _people, 2.2),
    Sign("other people", _other_people, -1.2),
    Sign("bodies", _bodies, 1.2),
    Sign("other bodies", _other_bodies, -0.5),
    Sign("programmes", _programmes, 1.4),
    Sign("other programmes", _other_programmes, -0.8),
    Sign("figures", _figures, 1.6),
    Sign("other figures", _other_figures, -0.3),
    Sign("same amount", _same_amount, 1.5),
    Sign("other amount", _other_amount, -0.8),
    Sign("topics", _topics, 0.7),
    Sign("other topics", _other_topics, -0.8),
    Sign("another matter", _another_matter, -2.5),
    Sign("words", _words, 1.6),
    Sign("other words", _other_words, -0.8),
    Sign("rare words", _rare, 1.5),
    Sign("rare words of the pages", _pages_rare, 1.5),
    Sign("same sentence", _same_sentence, 4.0),
    Sign("copies", _copies, 3.0),
    Sign("names of the pages", _pages_names, 1.8),
    Sign("figures of the pages", _pages_figures, 1.5),
)
