"""Learn from our own annotated pages in which country an organisation is at home when no word says it (``annotate.body_countries``)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from mithaq.annotate.bodies import find_bodies
from mithaq.annotate.body_countries import find_open
from mithaq.evaluate.gold import GoldPage
from mithaq.evaluate.learn_sides import Case, known_as, learn_choice, share_right, to_case
from mithaq.evaluate.learning import Learned, Learner, Reader, names_of

THRESHOLD = 0.8  # cross-validation likes 0.5 best; below 0.8, ministries of short pages that rules know lose their country
ABOUT = "Conditional logistic regression over the countries of a page, learned from the organisations of annotated pages (train and dev)."


def read_cases(reader: Reader, pages: Sequence[GoldPage]) -> list[Case]:
    """Return the organisations of *pages* whose country neither name nor words beside it say."""
    cases: list[Case] = []
    for page in pages:
        read = reader.layers(page)
        document = replace(read, bodies=find_bodies(replace(read, people=()), reader.lexicon))
        candidates = find_open(document)
        gold = page.gold.get("orgs") or page.gold.get("bodies") or []
        known = known_as(gold, [body.name for body, _ in candidates])
        for body, signs in candidates:
            cases += to_case(page, signs, known.get(body.name))
    return cases


def learn(reader: Reader, pages: Sequence[GoldPage]) -> Learned:
    """Return the weights of *pages*."""
    cases = read_cases(reader, pages)
    scales = learn_choice(cases, ABOUT, names_of(pages), THRESHOLD)
    return Learned(scales, len(cases), len(scales.weights))


def measure(reader: Reader, pages: Sequence[GoldPage]) -> Iterator[str]:
    """Yield how many organisations not learned from get their country."""
    right, asked = share_right(read_cases(reader, pages))
    yield f"countries that only the page tells: {right} of {asked} right"


LEARNER = Learner("seats", learn, measure)
