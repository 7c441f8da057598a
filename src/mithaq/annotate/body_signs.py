"""What speaks for an organisation being of one of the page's countries, as named numbers. No stage; used by ``body_countries``."""

from __future__ import annotations

from collections import Counter

from mithaq.annotate.country_signs import NOBODY, Signs, portraits_of, read_near
from mithaq.annotate.view import View
from mithaq.lexicon.portfolios import countries_of_field
from mithaq.model import Body

# What tells ministries from firms: a page's own ministries are named without nationality, its own firms less often.
_BY_KIND = frozenset(("marking", "marked", "marked twice", "towns", "home", "share", "adjectives", "outlet", "rank 0", "rank 1"))
_KINDS = frozenset(("public_body", "company"))


def read_body_signs(view: View, body: Body) -> dict[str, Signs]:
    """Return the signs of each country, and of none, for an organisation whose country neither its name nor the words beside it say."""
    kind = body.kind if body.kind in _KINDS else "other"
    tokens = view.between(body.mentions[0].start, body.mentions[0].end)
    near = read_near(view, tokens.start, tokens.stop)
    officers = {p.country for p in view.document.people if p.country and p.body == body.name}
    beside = _people_beside(view, tokens.start)
    alike = {b.country for b in view.document.bodies if b.country_basis == "stated" and b.kind == body.kind}
    beside_it = _stated_beside(view, body, tokens)
    fields = countries_of_field([view.tokens[i].form for i in tokens[1:]]) & set(portraits_of(view).of) if kind == "public_body" else set()
    found = {NOBODY: _signs_of_nobody(body, kind, bool(officers))}
    for code, page in portraits_of(view).of.items():
        signs = {f"page {name}": value for name, value in page.items()}
        signs |= {f"{kind}: page {name}": value for name, value in page.items() if name in _BY_KIND}
        signs |= {f"near {name}": value for name, value in near.get(code, {}).items()}
        signs |= {f"{kind}: near {name}": value for name, value in near.get(code, {}).items()}
        told = {"ruled": code == body.country, "like bodies of it": code in alike, "another of it beside": code in beside_it}
        signs |= {f"{who}{name}": float(holds) for name, holds in told.items() for who in ("", f"{kind}: ")}
        signs |= {
            "officer": float(code in officers),
            "only officers": float(officers == {code}),
            "people beside": beside[code] / (beside.total() or 1),
            "all people beside": float(set(beside) == {code}),
            "field of it": float(code in fields),
            "field of it alone": float({code} == fields),
        }
        found[code] = {name: value for name, value in signs.items() if value}
    return found


def _stated_beside(view: View, body: Body, tokens: range) -> set[str | None]:
    """Return the countries stated of other bodies of the same kind in the sentence: ministries that sign with each other are of two."""
    sentence = view.sentence_of(tokens.start)
    if sentence is None:
        return set()
    others = [b for b in view.document.bodies if b.country_basis == "stated" and b.kind == body.kind and b is not body]
    return {b.country for b in others if any(sentence.start <= e.start < sentence.end for e in b.mentions)}


def _people_beside(view: View, first: int) -> Counter[str]:
    """Count the countries of the people named in the sentence of a token."""
    sentence = view.sentence_of(first)
    if sentence is None:
        return Counter()
    people = [p for p in view.document.people if any(sentence.start <= e.start < sentence.end for e in p.mentions)]
    return Counter(p.country for p in people if p.country)


def _signs_of_nobody(body: Body, kind: str, officers: bool) -> Signs:
    names = ["nobody", f"nobody {kind}", f"nobody of kind {body.kind}"]
    names += [name for name, holds in (("nobody ruled", body.country is None), ("nobody officers", officers)) if holds]
    return dict.fromkeys(names, 1.0)
