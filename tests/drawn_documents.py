"""Documents drawn at random by Hypothesis: any text, any facts that rest on it."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from mithaq.model import (
    Amount,
    Body,
    Document,
    Event,
    Evidence,
    Group,
    Indicator,
    Pair,
    Part,
    Person,
    Place,
    Programme,
    Segment,
    Statement,
    hash_text,
)
from mithaq.model.vocabulary import BODY_KINDS, EVENT_TYPES, PART_ROLES, STAGES, STATEMENT_KINDS, TOPICS
from mithaq.text.tokens import split_tokens

# A machine that many share is sometimes slow: no property fails for that.
patiently = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

LETTERS = st.characters(exclude_categories=("Cs",)) | st.sampled_from("ابتعاونمذكرةلصيغ éà\u064b\u200f\u2028\n\0\"'=«»😀")
NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
CODES = st.sampled_from(["MA", "OM", "DJ", "ITU"])
DATES = st.sampled_from([None, "2024", "2024-03", "2024-03-04"])
WORDS = st.text(LETTERS, max_size=12)
NAMES = st.text(st.characters(categories=("L", "N")), min_size=1, max_size=12)


@st.composite
def drawn_documents(draw: Any) -> Document:
    """Draw a document all of whose text is one body segment."""
    text = draw(st.text(LETTERS, min_size=1, max_size=60))
    starts = st.integers(0, len(text) - 1)
    evidence = starts.flatmap(lambda a: st.integers(a + 1, len(text)).map(lambda b: Evidence(a, b, text[a:b])))
    mentions = st.lists(evidence, min_size=1, max_size=3).map(tuple)
    topics = st.lists(st.sampled_from(TOPICS), max_size=2).map(tuple)
    amounts = st.none() | st.builds(Amount, NUMBERS, st.sampled_from(["USD", "MAD"]))
    maybe = st.none() | WORDS

    def some(strategy: Any) -> Any:
        return draw(st.lists(strategy, max_size=3).map(tuple))

    groups = st.builds(Group, words=WORDS, evidence=evidence, size=st.none() | NUMBERS, country=st.none() | CODES)
    parts = st.builds(Part, NAMES, st.sampled_from(PART_ROLES), evidence)
    return Document(
        id=hash_text(text),
        text=text,
        path=draw(maybe),
        lang=draw(st.sampled_from([None, "ar", "fr", "en"])),
        title=draw(maybe),
        outlet=draw(maybe),
        published=draw(DATES),
        segments=(Segment(0, len(text), "body"),),
        tokens=split_tokens(text),
        people=some(st.builds(Person, name=NAMES, mentions=mentions, country=st.none() | CODES, role=maybe)),
        bodies=some(st.builds(Body, name=NAMES, mentions=mentions, kind=st.sampled_from(BODY_KINDS))),
        programmes=some(st.builds(Programme, name=NAMES, mentions=mentions, part_of=maybe)),
        places=some(st.builds(Place, name=NAMES, kind=st.just("city"), country=st.none() | CODES, evidence=evidence)),
        events=some(
            st.builds(
                Event,
                type=st.sampled_from(EVENT_TYPES),
                evidence=evidence,
                stage=st.none() | st.sampled_from(STAGES),
                parties=st.lists(CODES, max_size=3).map(tuple),
                people=st.lists(NAMES, max_size=2).map(tuple),
                roles=st.lists(parts, max_size=2).map(tuple),
                groups=st.lists(groups, max_size=2).map(tuple),
                date=DATES,
                date_text=maybe,
                amount=amounts,
                topics=topics,
            )
        ),
        statements=some(
            st.builds(Statement, kind=st.sampled_from(STATEMENT_KINDS), evidence=evidence, speaker=maybe, amount=amounts, topics=topics)
        ),
        indicators=some(st.builds(Indicator, name=WORDS, value=NUMBERS, unit=WORDS, evidence=evidence, group=maybe)),
        topics=draw(topics),
        pairs=some(st.builds(Pair, CODES, CODES, evidence)),
        relevant=draw(st.booleans()),
    )
