"""Whose public body is meant by a name that a gazetteer knows: other countries may have one of that name. No stage; used by ``bodies``."""

from __future__ import annotations

from collections import defaultdict

from mithaq.annotate.body_countries import PLACES
from mithaq.annotate.view import View, country_of
from mithaq.lexicon.outlets import agency_country, outlet_country
from mithaq.model import Match


class Homes:
    """Whether the country in which a gazetteer knows a public body is the one meant: another may have a body of that name."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._known: defaultdict[tuple[int, int], set[str]] = defaultdict(set)
        for match in view.document.matches_of("body.known"):
            self._known[match.first, match.last].add(match.attributes.get("country", ""))
        told = {code for m in view.document.matches_of(*PLACES) if (code := country_of(view, m))}
        homes = (outlet_country(view.document.url, view.document.outlet), agency_country(view.document.agency))
        self._told = told | {home for home in homes if home}

    def only_one(self, match: Match) -> str | None:
        """Return the only country that the page speaks of among several that have a public body of this name."""
        known = self._known[match.first, match.last]
        here = known & self._told
        return here.pop() if len(known) > 1 and len(here) == 1 and match.attributes.get("body_kind") == "public_body" else None

    def doubt(self, match: Match) -> bool:
        """Say whether several countries have a public body of this name, or the page names others than the one known to have it."""
        if match.attributes.get("body_kind") != "public_body":
            return False
        if len(self._known[match.first, match.last]) > 1:
            return True
        plain = self._view.at(match.first, "body.head") is not None
        return plain and len(self._told) > 1 and match.attributes.get("country") not in self._told
