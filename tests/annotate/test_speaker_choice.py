"""Who speaks among all who may: options with their signs, and the choice among them."""

from __future__ import annotations

import re

from msgspec.structs import replace

from mithaq.annotate.speaker_choice import choose
from mithaq.annotate.statements import find_speakers
from mithaq.lexicon.weighing import Scales, add_each
from mithaq.model import Evidence, Person
from staged_documents import matched_document

TEXT = "Sara Holt met Ravi Menon in Apia. Holt said the exchange needs forty engineers from Samoa."


def read(text: str, *names: str) -> list[tuple[str | None, list[str | None]]]:
    """Return the speaker of each statement and all who might have been."""
    people = tuple(
        Person(name=n, mentions=tuple(Evidence.of(text, m.start(), m.end()) for m in re.finditer(re.escape(n), text))) for n in names
    )
    found = find_speakers(replace(matched_document(text, "en"), people=people))
    return [(said.speaker, [speaker.name if speaker else None for speaker, _ in options]) for said, options in found]


def test_everybody_named_beside_a_clause_may_speak_and_nobody() -> None:
    ((speaker, options),) = read(TEXT, "Sara Holt", "Ravi Menon")
    assert speaker in options
    assert {"Sara Holt", "Ravi Menon", "Samoa", None} <= set(options)


def test_a_side_that_is_the_subject_of_the_verb_leaves_no_choice() -> None:
    text = "Sara Holt left early. The Samoan side asked for thirty engineers to run the exchange."
    ((speaker, options),) = read(text, "Sara Holt")
    assert speaker == "Samoan side" and options == ["Samoan side"]


def test_each_option_has_signs_of_its_own_and_those_of_the_rules_come_first() -> None:
    text = TEXT
    people = (Person(name="Sara Holt", mentions=(Evidence.of(text, 0, 9),)),)
    ((_, options),) = find_speakers(replace(matched_document(text, "en"), people=people))
    assert any(sign.startswith("ruled") for sign in options[0][1]) or options[0][0] is None
    assert len({signs for _, signs in options}) == len(options)


def test_the_rules_stand_unless_weights_speak_clearly_for_another() -> None:
    options = [(None, frozenset({"plain"})), (None, frozenset({"strong"}))]
    assert choose(options, Scales("", 0.0, 0.5, {"strong": 0.4})) == 0
    assert choose(options, Scales("", 0.0, 0.5, {"strong": 0.6})) == 1


def test_the_order_in_which_signs_stand_tells_nothing() -> None:
    weights = {f"sign{n}": 0.1 * (-1) ** n + 1e-9 * n for n in range(40)}
    forward, backward = list(weights), list(reversed(weights))
    scales = Scales("", 0.0, 0.0, weights)
    assert add_each(forward, scales) == add_each(backward, scales)
