"""What a place is called in the reader's language: «نواكشوط» is Nouakchott; words that only name the country again are none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from mithaq.lexicon.match import load_lexicon
from mithaq.model.vocabulary import Language
from mithaq.text.fold import fold_text

_TOWNS = ("place.city", "place.region")
_COUNTRIES = ("place.country", "place.self")


class _Town(NamedTuple):
    country: str | None
    names: dict[str, str]


def call_place(words: str, country: str | None, lang: Language) -> str | None:
    """Return the name of a printed place in a language, as printed where the gazetteers do not know it, or know several so called.

    None where the words only name the *country* (its code) again: «المملكة», "Mauritania".
    """
    asked = fold_text(words)
    if country and country in _countries().get(asked, ()):
        return None
    towns = [town for town in _towns().get(asked, ()) if country is None or town.country in (None, country)]
    return towns[0].names.get(lang, words) if len(towns) == 1 else words


@cache
def _towns() -> Mapping[str, list[_Town]]:
    """Return the towns and regions of the gazetteers by their folded names in any language."""
    known: dict[str, _Town] = {}
    called: defaultdict[str, dict[str, _Town]] = defaultdict(dict)
    for kind in _TOWNS:
        for entry in load_lexicon().of_kind(kind):
            town = known.setdefault(entry.attributes["id"], _Town(entry.attributes.get("country"), {}))
            town.names.setdefault(entry.lang, entry.word)
            for form in entry.forms:
                called[fold_text(form)][entry.attributes["id"]] = town
    return {name: list(towns.values()) for name, towns in called.items()}


@cache
def _countries() -> Mapping[str, frozenset[str]]:
    """Return the codes of the countries that some folded words name."""
    called: defaultdict[str, set[str]] = defaultdict(set)
    for kind in _COUNTRIES:
        for entry in load_lexicon().of_kind(kind):
            codes = (entry.attributes.get("code") or entry.attributes.get("countries") or "").split()
            for form in entry.forms:
                called[fold_text(form)].update(codes)
    return {name: frozenset(codes) for name, codes in called.items()}
