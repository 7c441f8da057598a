"""Find the people and companies that take part unnamed: «حوالي عشرة مهندسين شباب», "120 Kenyan civil servants". Used by ``events``."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from mithaq.annotate.actors import Actor
from mithaq.annotate.scene import Hit, Scene, sentences_of
from mithaq.annotate.sums import Figures, read_figures
from mithaq.model import Evidence, Group
from mithaq.text.numbers import Number

_AHEAD = 2  # words that may stand between number and noun: "120 young engineers"
_EARLIER = 25
_AFTER = 4  # words after the noun among which its nationality stands


def read_groups(scene: Scene, actors: tuple[Actor, ...]) -> tuple[Group, ...]:
    """Return the counted or nationality-marked groups of a page, in the order of the text, each once."""
    figures = read_figures(scene)
    named = [a for a in actors if a.kind in ("person", "body")]
    groups: list[Group] = []
    for index, sentence in sentences_of(scene):
        last = sentence.first
        for noun in scene.of("event.people", index):
            if noun.first < last or any(a.first <= noun.first < a.last for a in named):
                continue
            found = _group(scene, index, noun, actors, figures)
            if found is None:
                continue
            if found.words not in {g.words for g in groups}:
                groups.append(found)
            last = scene.token_at(found.evidence.end - 1) + 1
    return tuple(groups)


def _group(scene: Scene, index: int, noun: Hit, actors: tuple[Actor, ...], figures: Figures) -> Group | None:
    number = _number(figures.numbers(index), noun)
    noun = _widen(scene, index, noun)
    end, nation = _nation_after(scene, index, noun, actors)
    before = _nation_before(noun, actors) if scene.document.lang == "en" else None
    if number is None and nation is None and before is None:
        return None
    spoken_of = nation or before or _nation_earlier(scene, index, noun, actors)
    first = min([noun.first, *([number.first] if number else []), *([before.first] if before else [])])
    approx = [h for h in scene.cues("about", index) if h.last == first]
    first = approx[0].first if approx else first
    code = spoken_of.code if spoken_of else None
    evidence = Evidence.of(scene.text, _start(scene, noun, first), scene.tokens[end - 1].end)
    return Group(words=evidence.quote, evidence=evidence, size=number.value if number else None, approximate=bool(approx), country=code)


def _widen(scene: Scene, index: int, noun: Hit) -> Hit:
    """Take in words for people that follow at once: «مهندسين شباب أصحاب شركات»."""
    for other in scene.of("event.people", index):
        if 0 <= other.first - noun.last <= 1 and not scene.is_mark(noun.last) and not other.prefix:
            noun = replace(noun, last=other.last)
    return noun


def _start(scene: Scene, noun: Hit, first: int) -> int:
    """Return where the group's words begin, clitics glued before the noun left out."""
    return scene.tokens[first].start + (len(noun.prefix) if first == noun.first else 0)


def _number(numbers: Sequence[Number], noun: Hit) -> Number | None:
    return next((n for n in numbers if 0 <= noun.first - n.last <= _AHEAD and n.value >= 2), None)


def _nation_after(scene: Scene, index: int, noun: Hit, actors: tuple[Actor, ...]) -> tuple[int, Actor | None]:
    """Return the token after the group's last word and the side that the words after the noun name."""
    limit = min(scene.sentences[index].last, noun.last + _AFTER)
    for actor in actors:
        if noun.last <= actor.first < limit and actor.kind in ("nation", "body"):
            if any(scene.is_mark(i) for i in range(noun.last, actor.first)):
                break
            return (actor.last, actor) if actor.kind == "nation" or actor.first - noun.last <= 2 else (noun.last, None)
    return noun.last, None


def _nation_before(noun: Hit, actors: tuple[Actor, ...]) -> Actor | None:
    return next((a for a in actors if a.kind in ("nation", "country") and 0 <= noun.first - a.last <= _AHEAD), None)


def _nation_earlier(scene: Scene, index: int, noun: Hit, actors: tuple[Actor, ...]) -> Actor | None:
    """Return the side of the delegation that the sentence speaks of before: «الوفد المغربي، الذي يضم حوالي عشرة مهندسين»."""
    first = scene.sentences[index].first
    earlier = [a for a in actors if first <= a.first and a.last <= noun.first and noun.first - a.last <= _EARLIER]
    own = [a for a in earlier if a.kind == "nation" and any(a.first - h.last == 0 for h in scene.of("event.people", index))]
    return own[-1] if own else None
