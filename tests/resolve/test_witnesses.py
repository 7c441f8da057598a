"""Who repeats another is no further witness."""

from __future__ import annotations

from typing import Any

import pytest

from mithaq.model.happening import Teller
from mithaq.resolve.witnesses import group_witnesses, is_one_witness

NAMES = ("Sandrine Mbourou", "Nader Khatib", "Rashid Odeibat")
ARABIC = ("ساندرين مبورو", "نادر الخطيب", "رشيد عديبات")
FIGURES = (30.0, 12.0, 850.0, 7.0)


def teller(document: str, **fields: Any) -> Teller:
    return Teller(document=document, **fields)


@pytest.mark.parametrize(
    ("mine", "theirs", "one"),
    [
        ({}, {}, False),
        ({"outlet": "a.example"}, {"outlet": "a.example"}, True),
        ({"outlet": "a.example"}, {"outlet": "b.example"}, False),
        ({"outlet": "a.example", "agency": "MAP"}, {"outlet": "b.example", "agency": "MAP"}, True),
        ({"outlet": "MAP"}, {"outlet": "b.example", "agency": "MAP"}, True),
        ({"copy_of": "b"}, {}, True),
        ({"copy_of": "c"}, {"copy_of": "c"}, True),
    ],
)
def test_copies_outlets_and_agencies(mine: dict[str, Any], theirs: dict[str, Any], one: bool) -> None:
    assert is_one_witness(teller("a", **mine), teller("b", **theirs)) is one


def test_a_translation_keeps_figures_and_names_in_their_order() -> None:
    french = teller("a", lang="fr", names=NAMES, figures=FIGURES, sentences=6)
    arabic = teller("b", lang="ar", names=ARABIC, figures=FIGURES, sentences=6)
    assert is_one_witness(french, arabic)
    assert is_one_witness(arabic, french)
    assert not is_one_witness(french, teller("b", lang="ar", names=ARABIC[::-1], figures=FIGURES[::-1], sentences=6))
    assert not is_one_witness(french, teller("b", lang="ar", names=ARABIC, figures=FIGURES, sentences=14))
    assert not is_one_witness(french, teller("b", lang="fr", names=NAMES, figures=FIGURES, sentences=6)), "copies tell that in one language"
    assert not is_one_witness(teller("a", lang="fr", names=NAMES[:1]), teller("b", lang="ar", names=ARABIC[:1])), "too little to tell"


def test_who_is_one_with_another_is_one_with_its_copies() -> None:
    pages = [teller("a", outlet="x.example"), teller("b", copy_of="a", outlet="y.example"), teller("c", outlet="y.example"), teller("d")]
    assert group_witnesses(pages) == (("a", "b", "c"), ("d",))
    assert group_witnesses(reversed(pages)) == (("a", "b", "c"), ("d",))
