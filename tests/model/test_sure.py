"""Only what is sure enough is kept of a page; what was never rated stays."""

from __future__ import annotations

from msgspec.structs import replace

from mithaq.model import Document, Evidence, Statement
from mithaq.model.sure import is_surely_ours, keep_all_sure, keep_sure

TEXT = "The agency needs engineers. The agency offers rooms."
PAGE = Document(
    id="x",
    text=TEXT,
    topics=("cybersecurity", "infrastructure"),
    topic_confidence=(0.9, 0.4),
    statements=(
        Statement(kind="need", evidence=Evidence.of(TEXT, 0, 26), confidence=0.9),
        Statement(kind="offer", evidence=Evidence.of(TEXT, 28, 51), confidence=0.5),
    ),
)


def test_facts_and_topics_below_are_left_out() -> None:
    kept = keep_sure(PAGE, 0.8)
    assert [s.kind for s in kept.statements] == ["need"]
    assert (kept.topics, kept.topic_confidence) == (("cybersecurity",), (0.9,))
    assert keep_sure(PAGE, 0.0) is PAGE


def test_what_was_never_rated_stays() -> None:
    old = replace(PAGE, topic_confidence=(), statements=tuple(replace(s, confidence=None) for s in PAGE.statements))
    assert next(keep_all_sure([old], 0.99)) == old


def test_a_page_is_surely_ours_when_it_is_for_us_and_that_is_sure() -> None:
    page = Document(id="1", text="x", relevant=True, relevance_confidence=0.7)
    assert is_surely_ours(page, 0.7) and not is_surely_ours(page, 0.71)
    assert is_surely_ours(replace(page, relevance_confidence=None), 0.9)
    assert not is_surely_ours(replace(page, relevant=False), 0.1)
