"""Which body of the gazetteers a name is: «الاتحاد الدولي للاتصالات», "ITU" and "Union internationale des télécommunications" are one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from mithaq.lexicon import load_lexicon
from mithaq.text.fold import fold_text

_SHORT_NAME = "-acronym"  # the block of a body's acronyms stands beside its own, so called


class Known(NamedTuple):
    """A body of the gazetteers: its country, and whether other countries have one of the same name."""

    country: str | None
    shared: bool


def known_body(name: str, country: str | None, *, sure: bool) -> str | None:
    """Return the id of the body that has this name in the gazetteers, of the one of this country where several share it.

    *sure*: the country is said beside the name, not guessed from the page. None when no body has the name, or when nothing tells which.
    """
    found = _bodies().get(fold_text(name), {})
    alone = [known for known, body in found.items() if not body.shared and not (sure and country and body.country not in (None, country))]
    if len(found) == 1 and alone:
        return alone[0]
    there = [known for known, body in found.items() if sure and country and body.country == country]
    return there[0] if len(there) == 1 else None


@cache
def _bodies() -> Mapping[str, Mapping[str, Known]]:
    """Return the known bodies by their folded names, each by its id."""
    found: defaultdict[str, dict[str, Known]] = defaultdict(dict)
    for entry in load_lexicon().of_kind("body.known"):
        known = entry.attributes.get("id", "").removesuffix(_SHORT_NAME)
        if known:
            body = Known(entry.attributes.get("country"), "ambiguous" in entry.attributes)
            for form in entry.forms:
                found[fold_text(form)][known] = body
    return found
