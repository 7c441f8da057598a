"""Signs of a clause: what its words mean in any language, which times it names, what stands around it."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from mithaq.annotate.kinds import features_of
from mithaq.annotate.statements import find_candidates
from mithaq.model import Evidence, Time
from staged_documents import matched_document


def signs(lang: str, text: str, published: str | None = None, times: dict[str, str] | None = None) -> list[set[str]]:
    """Return the signs of the clauses of a page on which *times* (words, value) are known."""
    document = replace(
        matched_document(text, lang),
        published=published,
        times=tuple(
            Time(value=value, basis="explicit", evidence=Evidence.of(text, text.index(words), text.index(words) + len(words)))
            for words, value in (times or {}).items()
        ),
    )
    view, candidates = find_candidates(document)
    return [features_of(view, candidate) for candidate in candidates]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("ar", "وقالت المديرة إن المركز فقد نصف أجهزته في الحريق."),
        ("fr", "La directrice a indiqué que le centre a perdu la moitié de ses appareils."),
        ("en", "The director said that the centre lost half of its devices in the fire."),
    ],
)
def test_what_is_lost_is_lost_in_every_language(lang: str, text: str) -> None:
    found = set().union(*signs(lang, text))
    assert {"sense:loss", "sense:say+loss", "opens sense:loss"} <= found


def test_a_sense_far_from_the_opening_does_not_open() -> None:
    found = set().union(*signs("en", "The director said that the old centre near the river lost devices."))
    assert "sense:loss" in found
    assert "opens sense:loss" not in found


@pytest.mark.parametrize(("published", "lies"), [("2026-05-02", "ahead"), ("2027-09-01", "behind"), ("2027-03-01", "now"), (None, "known")])
def test_a_time_lies_ahead_behind_or_within_the_known(published: str | None, lies: str) -> None:
    text = "The director said that the centre would open in March 2027."
    found = set().union(*signs("en", text, published, {"March 2027": "2027-03"}))
    assert {"time:explicit", f"time:{lies}"} <= found


def test_marks_and_words_around_a_clause_are_told() -> None:
    (found,) = signs("en", "The director said that the centre is open.")
    assert {"before:word", "behind:.", "verbplace:said:after", "p:en:that"} <= found
