"""Choose who says a thing among all who may, by learned weights; the rules of ``speakers`` propose one. No stage; used by ``statements``.

In "the director said that the Omani side had offered two experts" the offer is that of the Omani side: whoever wants, offers, promises or
judges speaks, wherever he stands. Options are who the rules say, who spoke last, everybody named in the sentence, and nobody.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from mithaq.annotate.cuts import Clause
from mithaq.annotate.speakers import Speakers
from mithaq.annotate.view import View
from mithaq.annotate.wordings import Speaker
from mithaq.lexicon.weighing import Scales, add_each
from mithaq.model import Sentence
from mithaq.text.language import function_words
from mithaq.text.tense import is_future

Option = tuple[Speaker | None, frozenset[str]]

NOBODY = "nobody"
_MOST = 4  # named in a clause, or in its sentence before it
_RECENT = 3  # people named before the sentence
_STEPS = (0, 2, 6)  # tokens between the begin of a clause and a name in it
_NEAR = 3  # tokens before a verb within which its subject ends
_SIDES = frozenset({"side", "collective", "country", "body"})
_CUES = ("statement", "speech.verb")


class Said(NamedTuple):
    """A statement whose speaker is asked for: its clause, sentence and kind, who speaks by the rules, and who spoke before."""

    view: View
    speakers: Speakers
    clause: Clause
    sentence: Sentence
    kind: str
    quoted: bool
    ruled: Speaker | None
    before: Speaker | None


def choose(options: Sequence[Option], scales: Scales) -> int:
    """Return which option the weights speak for most, the first unless they speak clearly more for another."""
    totals = [add_each(signs, scales) for _, signs in options]
    top = max(totals)
    return totals.index(top) if top >= totals[0] + scales.threshold else 0


def read_options(said: Said) -> list[Option]:
    """Return who may speak, whom the rules say first, nobody among them, each with the signs for it."""
    found: dict[str | None, Speaker | None] = {said.ruled.name if said.ruled else None: said.ruled}
    if _is_settled(said):
        return [(said.ruled, frozenset())]
    # Where the rules hear the narrator or an organisation, only somebody named beside the clause may speak instead.
    person = said.ruled is not None and said.ruled.kind in ("person", "epithet")
    recent = said.speakers.people_before(said.sentence.first, _RECENT) if person else []
    for speaker in (said.before if said.ruled else None, *_named(said), *recent):
        if speaker is not None:
            found.setdefault(speaker.name, speaker)
    found.setdefault(None, None)
    ranks = {speaker.name: rank for rank, speaker in enumerate(recent)}
    return [(speaker, frozenset(_signs(said, speaker, ranks))) for speaker in found.values()]


def _is_settled(said: Said) -> bool:
    """Say whether the verb leaves no choice: it says itself that nobody speaks («يُشار إلى أن»), or a side of its own is its subject."""
    act, ruled = said.clause.act, said.ruled
    if act is None:
        return False
    side = ruled is not None and ruled.kind in _SIDES and said.clause.head_first <= ruled.first < said.clause.head_last
    return side or act.attributes.get("speaker") == "none"


def _named(said: Said) -> Iterator[Speaker]:
    clause, sentence = said.clause, said.sentence
    inside = said.speakers.named_in(clause.first, clause.last)
    before = said.speakers.named_in(sentence.first, clause.first)
    yield from inside[:_MOST]
    yield from before[-_MOST:]


def _signs(said: Said, speaker: Speaker | None, ranks: Mapping[str, int]) -> Iterator[str]:
    """Yield what speaks for somebody, or for nobody, as the speaker."""
    ruled = said.ruled.kind if said.ruled else NOBODY
    place = said.clause.place
    if speaker is None:
        yield from (NOBODY, f"{NOBODY}:{place}", f"{NOBODY}:{said.kind}", f"{NOBODY}:{place}:{said.kind}", f"{NOBODY}:not {ruled}")
        yield f"{NOBODY}:quoted:{said.quoted}"
        return
    kind = "joint" if speaker.kind == "country" and speaker.country is None else speaker.kind
    own = (kind, *_standing(said, speaker))
    rule = "ruled" if said.ruled is not None and speaker.name == said.ruled.name else "other"
    yield from (rule, f"{rule}:{place}", f"{rule}:{said.kind}", f"{rule}:{kind}", f"{rule}:quoted:{said.quoted}")
    if rule == "other":
        yield f"{kind} not {ruled}"
    recent = f"recent{ranks[speaker.name]}" if speaker.name in ranks else "not recent"
    yield from (f"{rule}:{recent}", f"{rule}:{recent}:{place}")
    if said.before is not None and speaker.name == said.before.name:
        yield from ("before", f"before:{place}", f"before:{rule}")
    for sign in own:
        yield from (f"{rule}:{sign}", f"{sign}:{said.kind}", f"{sign}:{kind}", f"{sign}:{place}")


def _standing(said: Said, speaker: Speaker) -> Iterator[str]:
    """Yield where somebody stands to the clause, and what stands around the name."""
    view, clause, sentence = said.view, said.clause, said.sentence
    if clause.first <= speaker.first < clause.last:
        gap = speaker.first - clause.first
        yield f"inside{sum(gap > step for step in _STEPS)}"
        if not said.speakers.named_in(clause.first, speaker.first):
            yield "first inside"
        yield from _cues(view, speaker, "inside")
    elif clause.head_first <= speaker.first < clause.head_last:
        yield "head"
        yield "head:before" if clause.act and speaker.last <= clause.act.first else "head:after"
    elif sentence.first <= speaker.first < clause.first:
        yield "sentence"
        if not said.speakers.named_in(speaker.last, clause.first):
            yield "next before"
        yield from _cues(view, speaker, "sentence")
    elif clause.last <= speaker.first < sentence.last:
        yield "behind"
    else:
        yield "elsewhere"
    if said.speakers.is_governed(speaker.first):
        yield "governed"
    before = view.tokens[speaker.first - 1].key if speaker.first else ""
    if before in function_words(view.lang):
        yield f"after {before}"


def _cues(view: View, speaker: Speaker, where: str) -> Iterator[str]:
    """Yield the word of wanting, offering, saying beside a name: "Oman offered", «أبدت عُمان استعدادها»."""
    left, right = speaker.first - 1, speaker.last
    if (cue := view.over(left, *_CUES)) is not None:
        yield f"{where} behind {cue.kind}"
    ahead = view.between_tokens(right, right + _NEAR, *_CUES)
    if ahead:
        yield f"{where} before {ahead[0].kind}"
    if right < len(view.tokens) and is_future(view.tokens[right].form, view.lang):
        yield f"{where} before future"
    if view.is_comma(right):
        yield f"{where} before comma"
