"""Learn from our own annotated pages which country somebody stands for when no word beside the name says it (``annotate.page_sides``)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from msgspec.structs import replace

from mithaq.annotate.bodies import find_bodies
from mithaq.annotate.country_signs import NOBODY, Signs, likeliest
from mithaq.annotate.people import find_candidates
from mithaq.annotate.side_signs import with_name
from mithaq.evaluate import learn_names
from mithaq.evaluate.choice import Choice, fit_choice
from mithaq.evaluate.gold import GoldPage
from mithaq.evaluate.learning import Learned, Learner, Reader, leave_out, names_of, page_story
from mithaq.lexicon.weighing import Scales
from mithaq.text.likeness import likeness

PENALTY = 8.0  # little changes in cross-validation over stories from 1 to 8
THRESHOLD = 0.5  # below, what rules say stands
FOLDS = 8
NAME = 0.86  # how alike two names must be spelt to be one
TINY = 0.005  # smaller weights are not written
ABOUT = "Conditional logistic regression over the countries of a page, learned from the people of annotated pages (train and dev)."


class Case(NamedTuple):
    """Somebody or something whose country the page as a whole tells: the story of the page, the signs, and the right country (or none)."""

    story: str
    choice: Choice


def known_as(gold: Sequence[Mapping[str, Any]], names: Sequence[str]) -> dict[str, Mapping[str, Any]]:
    """Return which of the gold's things each name is, the most alike first, each thing taken once."""
    scored = sorted(((-likeness(one["name"], name, NAME), a, b) for a, one in enumerate(gold) for b, name in enumerate(names)))
    found: dict[str, Mapping[str, Any]] = {}
    taken: set[int] = set()
    for score, a, b in scored:
        if score < 0 and a not in taken and names[b] not in found:
            taken.add(a)
            found[names[b]] = gold[a]
    return found


def to_case(page: GoldPage, signs: Mapping[str, Signs], gold: Mapping[str, Any] | None) -> Iterator[Case]:
    """Yield the case of a thing that the gold knows and whose country is one of those that the page names."""
    right = str(gold.get("country") or NOBODY) if gold is not None else ""
    if right in signs:
        yield Case(page_story(page), Choice(signs, right))


def read_cases(reader: Reader, pages: Sequence[GoldPage]) -> list[Case]:
    """Return the people of *pages* whose country no words beside the name say; names are judged by those of other stories."""
    regions = learn_names.by_story(learn_names.read_bearers(reader, pages), map(page_story, pages))
    cases: list[Case] = []
    for page in pages:
        document = replace(reader.layers(page), people=())
        document = replace(document, bodies=find_bodies(document, reader.lexicon))
        candidates = find_candidates(document)
        known = known_as(page.gold["people"], [name for name, _ in candidates])
        for name, signs in candidates:
            counts = regions[page_story(page)]
            cases += to_case(page, with_name(signs, counts.fits(counts.weigh(name), signs)), known.get(name))
    return cases


def learn_choice(cases: Sequence[Case], about: str = ABOUT, names: Sequence[str] = (), threshold: float = THRESHOLD) -> Scales:
    """Return the weights that make the right countries of *cases* likeliest; *names* are the pages learned from."""
    weights = fit_choice([case.choice for case in cases], PENALTY)
    kept = {name: round(weight, 3) for name, weight in weights.items() if abs(weight) >= TINY}
    return Scales(about, 0.0, threshold, kept, tuple(names))


def share_right(cases: Sequence[Case], folds: int = FOLDS) -> tuple[int, int]:
    """Return how many cases are right with weights learned from other stories, and of how many."""
    right = 0
    for learned_from, held in leave_out(list(cases), lambda case: case.story, folds):
        scales = learn_choice(learned_from)
        for case in held:
            best = likeliest(case.choice.signs, scales)
            right += best is not None and best[0] == case.choice.right
    return right, len(cases)


def learn(reader: Reader, pages: Sequence[GoldPage]) -> Learned:
    """Return the weights of *pages*."""
    cases = read_cases(reader, pages)
    scales = learn_choice(cases, ABOUT, names_of(pages))
    return Learned(scales, len(cases), len(scales.weights))


def measure(reader: Reader, pages: Sequence[GoldPage]) -> Iterator[str]:
    """Yield how many people not learned from get their country."""
    right, asked = share_right(read_cases(reader, pages))
    yield f"countries that only the page tells: {right} of {asked} right"


LEARNER = Learner("sides", learn, measure)
