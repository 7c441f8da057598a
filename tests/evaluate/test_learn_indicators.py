"""Learning which numbers are cited figures: matching with gold by value, then by words."""

from __future__ import annotations

from mithaq.evaluate.learn_indicators import match_indicators
from mithaq.model import Evidence, Indicator


def _indicator(value: float, quote: str) -> Indicator:
    return Indicator(name=quote, value=value, unit="count", evidence=Evidence(0, len(quote), quote))


def test_gold_takes_the_number_of_its_value_whose_words_are_most_alike() -> None:
    gold = [{"value": 40, "quote": "forty engineers trained in Amman"}]
    found = [_indicator(40, "forty laptops"), _indicator(40, "forty engineers trained"), _indicator(4, "forty engineers trained in Amman")]
    assert match_indicators(gold, found) == {1}


def test_one_gold_figure_is_taken_once() -> None:
    gold = [{"value": 0.5, "quote": "half a point"}]
    assert match_indicators(gold, [_indicator(0.5, "half a point"), _indicator(0.5, "half a point")]) == {0}
