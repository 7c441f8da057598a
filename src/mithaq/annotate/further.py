"""Find the words that stand for one more accord of those told together: "the second, on health data", «أما الثانية». No stage.

A page that tells of two memoranda names the first and calls the other one "the second": without its noun it would be lost.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from mithaq.annotate.scene import Hit, Scene
from mithaq.text.tense import has_article, says_and

FURTHER = "event.turn"
_BACK = 3  # sentences between the accords that are told together and the second of them


def find_further(scene: Scene, index: int, nouns: Sequence[Hit], accord: int) -> list[Hit]:
    """Return the words of a sentence that stand for a further accord; *accord* is the sentence that told of one last, -1 when none did."""
    turns = scene.of(FURTHER, index)
    if not turns or accord < 0 or index - accord > _BACK:
        return []
    taken = {i for noun in nouns for i in range(noun.first - 1, noun.last + 1)}
    free = (turn for turn in turns if taken.isdisjoint(range(turn.first, turn.last)))
    return [_as_accord(turn) for turn in free if _stands_alone(scene, turn) and not _is_named(scene, index, turn)]


def _as_accord(turn: Hit) -> Hit:
    """Return a word with what is known of the accord for which it stands."""
    return replace(turn, attributes=turn.attributes | {"like": turn.attributes["stands"]})


def _stands_alone(scene: Scene, turn: Hit) -> bool:
    """Say whether a word has no noun of its own: "the second was" has none, "the second round" and «المرحلة الثانية» have one."""
    if turn.attributes.get("whole"):
        return True
    if scene.document.lang == "ar":
        return _is_subject(scene, turn)
    after = turn.last
    if after >= len(scene.tokens) or scene.is_mark(after):
        return True
    return scene.tokens[after].key in turn.attributes.get("before", "").split()


def _is_subject(scene: Scene, turn: Hit) -> bool:
    """Say whether an Arabic word with the article follows no noun with the article and no preposition: «ووقع الثانية», «والثانية»."""
    if not has_article(scene.tokens[turn.first].form) or (turn.prefix and not says_and(turn.prefix)):
        return False
    before = scene.tokens[turn.first - 1].form if turn.first else ""
    return not has_article(before) and before not in turn.attributes.get("notafter", "").split()


def _is_named(scene: Scene, index: int, turn: Hit) -> bool:
    """Say whether a word is part of a date or a name: «كانون الثاني», «محمد الثاني»."""
    times = any(first < turn.last and turn.first < last for first, last, _ in scene.times.get(index, ()))
    people = (e for p in scene.document.people for e in p.mentions)
    return times or turn.first in scene.named or any(e.start < turn.end and turn.start < e.end for e in people)
