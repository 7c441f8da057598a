"""Say how sure what rules found is: people, bodies, programmes. No stage; the last thing done to a page's facts."""

from __future__ import annotations

from msgspec.structs import replace

from mithaq.lexicon.certainty import rule_confidence
from mithaq.model import Document


def rate_names(document: Document) -> Document:
    """Return *document* with the confidence of people, bodies and programmes, by the rule that found each."""
    return replace(
        document,
        people=tuple(replace(one, confidence=rule_confidence("people", one.why)) for one in document.people),
        bodies=tuple(replace(one, confidence=rule_confidence("bodies", one.why)) for one in document.bodies),
        programmes=tuple(replace(one, confidence=rule_confidence("programmes", one.why)) for one in document.programmes),
    )
