"""How alike two reports on two pages are: each sign that speaks for or against their being of one happening, and what all say together.

The table :data:`SIGNS` holds them all, each with what we hold of it before any page is read; ``knowledge/models/happenings.json`` with
what the stories of the corpus taught (``mithaq.evaluate.learn_happenings``).
"""

from __future__ import annotations

from typing import NamedTuple

from mithaq.lexicon.weighing import Sign, ask_signs, likelihood, load_scales
from mithaq.model.happening import COMMITMENT, ReportKey, Teller, Telling
from mithaq.resolve.ready import Side
from mithaq.text.fold import fold_text
from mithaq.text.likeness import share_in_common
from mithaq.text.moments import days_between
from mithaq.text.skeleton import same_place_names

# What two have in common at the outset, and how much each sign changes that, in log-odds.
SCALES = "happenings"
BIAS = -3.2
# Reports further apart than this are never of one happening, whatever else they share.
SLACK = 10
_OWN_WORDS = 0.3  # share of words in common from which on two promises may be one
_NEAR, _FAR = 3, 30  # days between two pages that tell the same news, and beyond which they hardly do


class Two(NamedTuple):
    """Two reports: the days between what they tell of and between their pages, and how much they have in common."""

    a: Side
    b: Side
    gap: int | None  # None when a page does not date its report
    apart: int | None  # None when a page does not say when it was published
    people: float  # how many of the people who took part both name, up to two: 0, a half, one
    bodies: bool
    programmes: bool
    figures: float  # how many figures of the sentence both give, up to two: 0, a half, one
    topics: bool
    words: float  # share of the shorter sentence's words that the other has too; 0 between two languages
    rare: float  # how many uncommon words of the sentence both have, in any script, up to three: 0 to 1
    parties: bool
    stage: bool
    place: bool


def _look_at(a: Side, b: Side) -> Two:
    return Two(
        a=a,
        b=b,
        gap=_gap(a, b),
        apart=days_between(a.published, b.published) if a.published and b.published else None,
        people=min(2, a.people.count_in(b.people)) / 2,
        bodies=not a.who.isdisjoint(b.who) or a.bodies.count_in(b.bodies) > 0,
        programmes=not a.things.isdisjoint(b.things) or a.programmes.count_in(b.programmes) > 0,
        figures=_figures_of(a, b),
        topics=not a.topics.isdisjoint(b.topics),
        words=_words_of(a, b),
        rare=_rare_of(a, b),
        parties=a.report.sides == b.report.sides and len(a.report.sides) > 1,
        stage=a.stage == b.stage,
        place=same_place_names(a.report.place, b.report.place),
    )


def may_be_one(a: Telling, b: Telling) -> bool:
    """Say whether two reports are worth comparing: see :func:`worth_comparing`."""
    return worth_comparing(Side(a), Side(b))


def worth_comparing(a: Side, b: Side) -> bool:
    """Say whether two reports may be one: of two pages, one type, no sides that exclude each other, dates not far apart."""
    if a.document == b.document or a.report.type != b.report.type:
        return False
    mine, theirs = a.sides, b.sides
    if bool(mine) != bool(theirs) or (mine and len(mine & theirs) < min(2, len(mine), len(theirs))):
        return False
    if _foretold(a, b) or _foretold(b, a):
        return False
    if a.when is not None and b.when is not None and days_between(a.when, b.when) > SLACK:
        return False
    return a.report.type != COMMITMENT or _one_promise(a, b)


def _one_promise(a: Side, b: Side) -> bool:
    """Say whether two promises have anything of their own in common: two sides promise each other many things."""
    return _gap(a, b) == 0 or bool(_figures_of(a, b)) or _words_of(a, b) >= _OWN_WORDS or _rare_of(a, b) >= _OWN_WORDS


def _foretold(plan: Side, deed: Side) -> bool:
    """Say whether one report is of what was still to come, on a page published before the day of which the other one tells as done.

    A plan and what came of it are two happenings. A page of a later day that seems to speak of a plan may have been misread.
    """
    return plan.plan is not None and deed.deed is not None and plan.plan < deed.deed


def probability(a: Side, b: Side) -> float:
    """Return how likely two reports are of one happening, 0 to 1; the same whichever comes first."""
    first, second = (a, b) if _place(a) <= _place(b) else (b, a)
    return likelihood(ask_signs(SIGNS, _look_at(first, second)), load_scales(SCALES))


def _place(side: Side) -> ReportKey:
    return side.document, side.report.list, side.report.item


def read_signs(a: Telling, b: Telling) -> dict[str, float]:
    """Return every sign that holds for two reports, with its strength (0 to 1)."""
    return ask_signs(SIGNS, _look_at(Side(a), Side(b)))


def _gap(a: Side, b: Side) -> int | None:
    """Return the days between two known moments; None when a page does not date its report."""
    if a.when is None or b.when is None or not (a.when.known and b.when.known):
        return None
    return days_between(a.when, b.when)


def _figures_of(a: Side, b: Side) -> float:
    return min(2, len(a.figures & b.figures)) / 2


def _words_of(a: Side, b: Side) -> float:
    return share_in_common(a.words, b.words) if a.teller.lang == b.teller.lang else 0.0


def _rare_of(a: Side, b: Side) -> float:
    return min(3, len(a.rare & b.rare)) / 3


def _both_exact(two: Two) -> bool:
    return two.a.when is not None and two.b.when is not None and two.a.when.exact and two.b.when.exact


def _same_day(two: Two) -> bool:
    return two.gap == 0 and _both_exact(two)


def _same_time(two: Two) -> bool:
    return two.gap == 0 and not _both_exact(two)


def _day_between(two: Two) -> bool:
    return two.gap == 1


def _days_between(two: Two) -> bool:
    return two.gap is not None and two.gap > 1


def _one_undated(two: Two) -> bool:
    return (two.a.when is None or not two.a.when.known) != (two.b.when is None or not two.b.when.known)


def _published_together(two: Two) -> bool:
    return two.apart is not None and two.apart <= _NEAR


def _published_apart(two: Two) -> bool:
    """Pages of other months tell the same news only where both date what they tell."""
    return two.apart is not None and two.apart > _FAR and two.gap is None


def _looks_back(two: Two) -> bool:
    """One page tells the news, another one recalls it months later, and both date it."""
    return two.apart is not None and two.apart > _FAR and two.gap is not None


def _same_stage(two: Two) -> bool:
    return two.stage


def _planned_and_done(two: Two) -> bool:
    return (two.a.stage == "planned") != (two.b.stage == "planned")


def _other_stage(two: Two) -> bool:
    return not two.stage and not _planned_and_done(two) and None not in (two.a.report.stage, two.b.report.stage)


def _same_parties(two: Two) -> bool:
    return two.parties


def _same_day_and_sides(two: Two) -> bool:
    return two.parties and two.stage and _same_day(two)


def _other_parties(two: Two) -> bool:
    mine, theirs = two.a.sides, two.b.sides
    return not mine <= theirs and not theirs <= mine


def _same_place(two: Two) -> bool:
    return two.place


def _same_country(two: Two) -> bool:
    a, b = two.a.report.place_country, two.b.report.place_country
    return a is not None and a == b and not two.place


def _other_country(two: Two) -> bool:
    a, b = two.a.report.place_country, two.b.report.place_country
    return a is not None and b is not None and a != b


def _people(two: Two) -> float:
    return two.people


def _other_people(two: Two) -> bool:
    return bool(two.a.report.people and two.b.report.people) and not two.people


def _bodies(two: Two) -> bool:
    return two.bodies


def _other_bodies(two: Two) -> bool:
    return bool(two.a.report.bodies and two.b.report.bodies) and not two.bodies


def _programmes(two: Two) -> bool:
    return two.programmes


def _other_programmes(two: Two) -> bool:
    return bool(two.a.report.programmes and two.b.report.programmes) and not two.programmes


def _figures(two: Two) -> float:
    return two.figures


def _other_figures(two: Two) -> bool:
    return bool(two.a.report.figures and two.b.report.figures) and not two.figures


def _same_amount(two: Two) -> bool:
    return two.a.report.amount is not None and two.a.report.amount == two.b.report.amount


def _other_amount(two: Two) -> bool:
    a, b = two.a.report.amount, two.b.report.amount
    return a is not None and b is not None and a.currency == b.currency and a.value != b.value


def _topics(two: Two) -> bool:
    return two.topics


def _other_topics(two: Two) -> bool:
    return bool(two.a.report.topics and two.b.report.topics) and not two.topics


def _another_matter(two: Two) -> bool:
    """Two things signed on one day: other topics, other people or bodies, and nothing that both name."""
    if not _other_topics(two) or not (_other_people(two) or _other_bodies(two)):
        return False
    return not (two.people or two.bodies or two.programmes or two.figures)


def _words(two: Two) -> float:
    return two.words


def _other_words(two: Two) -> bool:
    return two.a.teller.lang == two.b.teller.lang and two.words < 0.2


def _rare(two: Two) -> float:
    return two.rare


def _pages_rare(two: Two) -> float:
    """Return the share of uncommon words of the shorter page that the other has too, in any script."""
    return share_in_common(two.a.page_rare, two.b.page_rare)


def _same_sentence(two: Two) -> bool:
    mine, theirs = two.a.report.evidence.quote, two.b.report.evidence.quote
    return mine == theirs or fold_text(mine) == fold_text(theirs)


def _copies(two: Two) -> bool:
    return are_copies(two.a.teller, two.b.teller)


def are_copies(a: Teller, b: Teller) -> bool:
    """Say whether two pages have one article."""
    return (a.copy_of or a.document) == (b.copy_of or b.document)


def _pages_names(two: Two) -> float:
    """Return how many people and programmes the two pages as a whole have in common, up to three: 0 to 1."""
    return min(3, two.a.page_names.count_in(two.b.page_names)) / 3


def _pages_figures(two: Two) -> float:
    """Return how many figures the two pages as a whole have in common, up to three: 0 to 1."""
    return min(3, len(two.a.page_figures & two.b.page_figures)) / 3


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
