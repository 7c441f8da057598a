"""What speaks for two sides dealing with each other: who is named with whom, in which events, and how much the page speaks of each."""

from __future__ import annotations

import pytest

from event_pages import read
from mithaq.annotate.pair_signs import Dealings
from mithaq.annotate.pairs import KEPT, find_dealings
from mithaq.annotate.parties import read_sides
from mithaq.annotate.scene import read_scene
from mithaq.lexicon.weighing import load_scales
from mithaq.model import Document


def _page() -> Document:
    return read(
        "en",
        "Kenya and Rwanda sign data pact",
        "Kenya and Rwanda signed an agreement on data protection in Nairobi on Monday. "
        "Estonia has long done so. A delegation from Uganda will visit Kenya next month.",
    )


def _signs(document: Document) -> dict[tuple[str, str], dict[str, float]]:
    return {pair: signs for pair, _, signs in find_dealings(document)}


def test_an_event_of_two_in_title_and_lead_speaks_for_them() -> None:
    signs = _signs(_page())["KE", "RW"]
    assert {"event", "event of 2", "agreement", "together title", "together lead", "alone together", "breath"} <= set(signs)
    assert "another of weak" not in signs and signs["best of weak"] == 1


def test_a_side_only_spoken_of_has_no_event() -> None:
    signs = _signs(_page())
    assert "weak in no event" in signs["EE", "KE"] and "together" not in signs["EE", "KE"]
    assert signs["KE", "RW"]["weak log"] > signs["EE", "KE"]["weak log"]


def test_two_that_nothing_joins_are_not_asked_about() -> None:
    document = _page()
    hub = max(read_sides(read_scene(document)).votes.items(), key=lambda item: item[1])[0]
    assert hub == "KE"
    assert ("EE", "UG") not in _signs(document)


def test_what_rules_make_is_known_as_such() -> None:
    document = _page()
    scene = read_scene(document)
    ruled = Dealings(document, scene, read_sides(scene), frozenset({("KE", "RW")}))
    assert "ruled" in ruled.signs_of(("KE", "RW")) and "ruled" not in ruled.signs_of(("EE", "KE"))


def test_the_sentence_that_shows_a_pair_names_both_else_the_rarer() -> None:
    document = _page()
    scene = read_scene(document)
    dealings = Dealings(document, scene, read_sides(scene), frozenset())
    shown = dealings.shown(("EE", "KE"))
    assert shown is not None and "Estonia" in document.text[shown.start : shown.end]
    assert dealings.shown(("JP", "KE")) is None


@pytest.mark.parametrize("page", [_page()])
def test_pairs_say_how_sure_they_are_and_why(page: Document) -> None:
    assert {(p.a, p.b) for p in page.pairs} == {("KE", "RW"), ("KE", "UG")}
    for pair in page.pairs:
        assert pair.confidence is not None and 0 < pair.confidence <= 1
        assert "weak" in pair.why or "event" in pair.why or "together" in pair.why
    assert load_scales("pairs").threshold > KEPT
