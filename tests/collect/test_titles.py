"""Headlines that are surely not for us are passed over; whatever speaks of digital matters or of agreements is not."""

from __future__ import annotations

import pytest

from mithaq.collect.titles import load_title_gate
from mithaq.lexicon import load_lexicon

GATE = load_title_gate(load_lexicon())


@pytest.mark.parametrize(
    ("title", "tags"),
    [("نتائج مباريات الدوري اليوم", ()), ("La météo de demain", ()), ("Late goal decides the final", ("Football",)), ("برجك اليوم", ())],
)
def test_matches_stars_and_weather_are_passed_over(title: str, tags: tuple[str, ...]) -> None:
    reason = GATE.reason_against(title, tags)
    assert reason is not None and "headline" in reason


@pytest.mark.parametrize(
    ("title", "tags"),
    [
        ("وزير الرياضة يوقع مذكرة تفاهم مع نظيره", ()), ("الرياضات الإلكترونية والتحول الرقمي", ()), ("Le ministre reçoit son invité", ()),
        ("Cybersecurity of the football federation", ("Sport",)), ("Visite d'une délégation", ("Actualités",)), ("", ()),
    ],
)  # fmt: skip
def test_whatever_may_be_for_us_is_asked_for(title: str, tags: tuple[str, ...]) -> None:
    assert GATE.reason_against(title, tags) is None
