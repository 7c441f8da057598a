"""Which body of the gazetteers a name is: «الاتحاد الدولي للاتصالات», "ITU" and "Union internationale des télécommunications" are one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cache

from mithaq.lexicon import load_lexicon
from mithaq.text.fold import fold_text

_SHORT_NAME = "-acronym"  # the block of a body's acronyms stands beside its own, so called


def known_body(name: str, country: str | None) -> str | None:
    """Return the id of the body that has this name in the gazetteers, of the one of this country where several share it.

    None when no body has it, or when several have and the country tells them not apart.
    """
    found = _bodies().get(fold_text(name), {})
    if len(found) == 1:
        ((known, home),) = found.items()
        return known if not (country and home and country != home) else None
    there = [known for known, home in found.items() if country and home == country]
    return there[0] if len(there) == 1 else None


@cache
def _bodies() -> Mapping[str, Mapping[str, str | None]]:
    """Return the ids and countries of known bodies by their folded names."""
    found: defaultdict[str, dict[str, str | None]] = defaultdict(dict)
    for entry in load_lexicon().of_kind("body.known"):
        known = entry.attributes.get("id", "").removesuffix(_SHORT_NAME)
        if known:
            for form in entry.forms:
                found[fold_text(form)][known] = entry.attributes.get("country")
    return found
