"""Which countries have a ministry or agency for a field by that very name: only Egypt's is of «الاتصالات وتكنولوجيا المعلومات»."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cache

from mithaq.lexicon.match import load_lexicon
from mithaq.text.fields import field_of
from mithaq.text.tokens import words_of

_KIND = "body.known"
_SORT = "public_body"
_NARROW = 2  # words that tell a field: "communications" alone is everybody's


def countries_of_field(words: Iterable[str]) -> frozenset[str]:
    """Return the countries whose ministry or agency has these words behind its first one, none when they tell too little.

    >>> sorted(countries_of_field(["الاتصالات", "وتكنولوجيا", "المعلومات"]))
    ['EG']
    """
    field = field_of(words)
    return _fields().get(field, frozenset()) if len(field) >= _NARROW else frozenset()


@cache
def _fields() -> dict[frozenset[str], frozenset[str]]:
    """Return the countries by the fields of the public bodies that the gazetteers list."""
    found: defaultdict[frozenset[str], set[str]] = defaultdict(set)
    for entry in load_lexicon().of_kind(_KIND):
        country = entry.attributes.get("country")
        if country and entry.attributes.get("body_kind") == _SORT:
            for form in entry.forms:
                found[field_of(words_of(form)[1:])].add(country)
    return {field: frozenset(countries) for field, countries in found.items()}
