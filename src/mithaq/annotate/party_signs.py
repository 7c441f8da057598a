"""What tells that a side took part in a happening rather than being only mentioned beside it. No stage; used by ``party_choice``.

Asked of every side that the telling sentences or the page as a whole bring in, with what the rules of ``parties`` make of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from mithaq.annotate.actors import Actor, is_organisation
from mithaq.annotate.parties import Sides, clause_of
from mithaq.annotate.tellings import Telling
from mithaq.text.tense import says_to

_LEADING = 5  # sides of the page that are asked about though no telling sentence names them
_MOST = 4
_BACK = 6  # sentences
_NEXT = 2  # tokens between a word such as "with" and whom it brings in
_STEPS = (2, 6, 15, 30)  # tokens between a side and the words of the happening
_SHARES = (0.25, 0.5, 0.8)  # of the votes of the page's leading side
_LINKS = ("with", "destination", "side", "witness", "locative")


class Asked(NamedTuple):
    """A happening whose parties are asked for: its tellings, the one that says most, what the rules say, and who acted just before.

    ``settled``: nothing is left to choose, for its words tell one act with each of several counterparts.
    """

    sides: Sides
    tellings: Sequence[Telling]
    best: Telling
    guess: Sequence[str]
    before: Sequence[str]
    settled: bool = False

    @property
    def kind(self) -> str:
        """Return the type of the happening."""
        return self.best.trigger.type


class Named(NamedTuple):
    """The mentions of sides in the sentence that tells most, those of its clause, and the sides that act there."""

    here: Sequence[Actor]
    clause: Sequence[Actor]
    codes: Sequence[str]


def read_named(asked: Asked) -> Named:
    """Return who is named in the sentence that tells most."""
    trigger = asked.best.trigger
    low, high = clause_of(asked.sides.scene, trigger)
    here = [a for a in asked.sides.in_sentence(trigger.sentence) if a.code]
    clause = [a for a in here if low <= a.first < high]
    return Named(here, clause, list(dict.fromkeys(str(a.code) for a in clause if _acts(a))))


def candidates(asked: Asked, named: Named) -> list[str]:
    """Return the sides that may have taken part: those the rules take, those of the page, those the telling sentences name."""
    codes = dict.fromkeys([*asked.guess, *asked.sides.principal[:_LEADING], *(str(a.code) for a in named.here)])
    for telling in asked.tellings:
        codes |= dict.fromkeys(str(a.code) for a in asked.sides.acting(telling.trigger.sentence) if a.code)
    return list(codes)


def read_party_signs(asked: Asked, named: Named, code: str) -> frozenset[str]:
    """Return the signs that a side took part, each for a side that the rules take ("in") or leave out ("out")."""
    found = {*_standing(asked, code), *_mention(asked, named, code), *_recent(asked, code), *_company(asked, named, code)}
    rule = "in" if code in asked.guess else "out"
    return frozenset({rule, f"{rule}:{asked.kind}", *(f"{rule}:{sign}" for sign in found)})


def _acts(actor: Actor) -> bool:
    return not actor.located and not actor.aside


def _standing(asked: Asked, code: str) -> Iterator[str]:
    """Yield how a side stands in the page: how strong it is, whether titles and other tellings name it, whether it is the scene."""
    sides, best = asked.sides, asked.best
    rank = sides.principal.index(code) if code in sides.principal else _MOST
    yield f"rank{min(rank, _MOST)}"
    share = sides.votes.get(code, 0.0) / max(sides.votes.values(), default=1.0)
    yield f"share{sum(share >= step for step in _SHARES)}"
    if is_organisation(code):
        yield from ("organisation", f"organisation:{asked.kind}")
    if best.place is not None and best.place.country == code:
        yield from ("scene", f"scene:{asked.kind}")
    titles = (t for t in asked.tellings if "title" in t.signs)
    if any(a.code == code and _acts(a) for t in titles for a in sides.in_sentence(t.trigger.sentence)):
        yield "title"
    others = [t for t in asked.tellings if t is not best]
    if others:
        told = sum(any(a.code == code for a in sides.acting(t.trigger.sentence)) for t in others)
        yield "told:all" if told == len(others) else "told:some" if told else "told:none"


def _mention(asked: Asked, named: Named, code: str) -> Iterator[str]:
    """Yield how the sentence that tells most speaks of a side: where, as what, behind which word."""
    scene, best = asked.sides.scene, asked.best
    inside = [a for a in named.clause if a.code == code]
    own = inside or [a for a in named.here if a.code == code]
    if not own:
        back = best.trigger.sentence - 1
        yield "before" if back >= 0 and any(a.code == code for a in asked.sides.acting(back)) else "elsewhere"
        return
    acting = [a for a in own if _acts(a)]
    yield ("clause" if inside else "sentence") + ("" if acting else ":passive")
    actor = min(acting or own, key=lambda a: _gap(best, a))
    gap = sum(_gap(best, actor) > step for step in _STEPS)
    order = "left" if actor.last <= best.trigger.first else "right" if actor.first >= best.trigger.last else "between"
    yield from (f"kind:{actor.kind}", f"kind:{actor.kind}:{asked.kind}", f"gap{gap}", f"{order}:{gap}", f"mentions{min(len(own), 3)}")
    if actor.aside:
        yield "aside"
    if actor.located:
        yield "located"
    if acting and acting[0] is next(filter(_acts, named.clause), None):
        yield "subject"
    if says_to(scene.prefixes.get(scene.tokens[actor.first].start, "")):
        yield "to"
    yield from (name for name in _LINKS if scene.cue_before(name, actor.first, _NEXT))


def _recent(asked: Asked, code: str) -> Iterator[str]:
    """Yield how long ago the page spoke of a side, and whether the happening told before this one was one of its own."""
    scene, at = asked.sides.scene, asked.best.trigger.sentence
    found = (back for back in range(at, max(-1, at - _BACK), -1) if any(a.code == code for a in asked.sides.acting(back)))
    where = next(found, None)
    yield "ago:long" if where is None else f"ago{at - where}"
    if where is not None and scene.sentences[where].paragraph == scene.sentences[at].paragraph:
        yield "paragraph"
    if asked.before:
        yield "goes on" if code in asked.before else "turns"


def _company(asked: Asked, named: Named, code: str) -> Iterator[str]:
    """Yield who else is there: how many sides the clause names and the rules take."""
    there = f"{'named' if code in named.codes else 'unnamed'}:{min(len(named.codes), _MOST)}"
    guess = f"guess{min(len(asked.guess), _MOST)}"
    yield from (there, guess, f"{guess}:{asked.kind}", f"{there}:{guess}")


def _gap(best: Telling, actor: Actor) -> int:
    return max(0, actor.first - best.trigger.last, best.trigger.first - actor.last)
