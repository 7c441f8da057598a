"""Signs of what stands around a telling: the same for the same page, and all named as such."""

from __future__ import annotations

import pytest

from event_pages import read
from mithaq.annotate.around import AROUND
from mithaq.annotate.events import find_candidates


def around(lang: str, body: str, kind: str) -> set[str]:
    (signs,) = [s for e, s in find_candidates(read(lang, "Kenya, Ghana", body)) if e.type == kind]
    return {sign.removeprefix(AROUND) for sign in signs if sign.startswith(AROUND)}


@pytest.mark.parametrize(
    ("lang", "body", "wanted"),
    [
        ("en", "Kenya and Ghana signed an accord in Accra.", {"sides2", "behind country", "leading2", "noun plain latin"}),
        ("fr", "Le Kenya et le Ghana ont signé un accord.", {"sides2", "part3", "long0"}),
        ("ar", "وقعت كينيا وغانا الاتفاقية.", {"noun marked ar", "part2", "agreement:sides2"}),
    ],
)
def test_sides_near_and_the_form_of_the_word_are_told(lang: str, body: str, wanted: set[str]) -> None:
    assert wanted <= around(lang, body, "agreement")


def test_who_speaks_before_a_telling_is_told() -> None:
    said = around("en", "The minister said that Kenya and Ghana signed an accord.", "agreement")
    assert {"said before", "that before"} <= said
    assert not {"said before", "said behind", "that before"} & around("en", "Kenya and Ghana signed an accord.", "agreement")
