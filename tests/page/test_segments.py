"""Segments of a page: headlines of other stories behind the article are no part of it."""

from __future__ import annotations

from mithaq.lexicon import load_lexicon
from mithaq.page import read_capture

ARTICLE = """Two ports join their registers

The port of Tornau and the port of Selmark joined their cargo registers on Monday, the harbour office said.

The registers hold the papers of four thousand ships, and clerks of both towns will read them from May.

Clerks of Selmark trained for six weeks on the registers in Tornau, where the first papers were read in March.

The harbour office plans to bring the papers of smaller towns into the registers before the winter begins.
"""
HEADLINES = """
Skaters of Vellin win third cup in a row

Bakers ask for cheaper flour before the feast

Will the old theatre open its doors again?

Snow closes four roads in the northern valleys ...

Choir of Orsk sings for the first time abroad
"""


def body(text: str) -> str:
    document = read_capture(text.encode(), path="page.txt", lexicon=load_lexicon())
    return "\n".join(text[s.start : s.end] for s in document.segments if s.kind == "body")


def test_headlines_of_other_stories_below_the_article_are_no_part_of_it() -> None:
    read = body(ARTICLE + HEADLINES)
    assert "smaller towns" in read
    assert not any(word in read for word in ("Skaters", "Bakers", "theatre", "Snow", "Choir"))


def test_what_an_article_lists_at_its_end_in_its_own_words_stays() -> None:
    points = (
        "the papers of all ships of both towns that the clerks of the harbour office read in the registers since March",
        "the registers of cargo that the clerks of Tornau and of Selmark joined and will read from May in both towns",
        "the six weeks of training on the registers that clerks of Selmark had in Tornau, where the first papers were read",
        "the clerks of smaller towns whose papers the harbour office plans to bring into the registers before winter",
    )
    read = body("\n\n".join([ARTICLE.rstrip(), *points]))
    assert all(point in read for point in points[:3])


def test_a_caption_that_ends_in_a_full_stop_is_no_headline() -> None:
    text = "Clerks of Selmark and Tornau at the harbour office.\n\n" + ARTICLE.split("\n\n", 1)[1]
    assert read_capture(text.encode(), path="page.txt", lexicon=load_lexicon()).title is None
