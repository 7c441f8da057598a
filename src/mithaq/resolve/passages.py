"""Which part of a page tells of which happening: a page on one matter often recalls another, and names its subject a sentence later."""

from __future__ import annotations

from collections.abc import Sequence

from mithaq.model.span import Sentence

Stretch = tuple[int, int]  # characters, end exclusive
# Sentences after one that tells of a happening that are taken to go on about it.
_GOES_ON = 4


def passages_of(sentences: Sequence[Sentence], reports: Sequence[Stretch]) -> list[tuple[Stretch, ...]]:
    """Return for the words of each event the stretches of its page that tell of it, in order; *sentences* are those of the page.

    A sentence in which one event stands is its own; of a sentence with several each has its own words. A sentence without any goes on about
    what was told before it, and a title or lead without any begins what is told first.
    """
    owned: list[list[Stretch]] = [[stretch] for stretch in reports]
    waiting: list[Sentence] = []
    current: list[int] = []
    since, story = 0, -1
    for sentence in sentences:
        if sentence.story != story:
            waiting, current, story = [], [], sentence.story
        told = [n for n, (start, end) in enumerate(reports) if start < sentence.end and sentence.start < end]
        if told:
            current, since = told, 0
            taken = [(s.start, s.end) for s in waiting] if waiting else []
            waiting = []
            if _one_stretch([reports[n] for n in told]):
                taken.append((sentence.start, sentence.end))
            for n in told:
                owned[n] += taken
        elif not current:
            waiting.append(sentence)
        elif since < _GOES_ON:
            since += 1
            for n in current:
                owned[n].append((sentence.start, sentence.end))
    return [_joined(stretches) for stretches in owned]


def _one_stretch(told: Sequence[Stretch]) -> bool:
    """Say whether events stand in the same words, so that the whole sentence tells of each."""
    return max(start for start, _ in told) < min(end for _, end in told)


def _joined(stretches: Sequence[Stretch]) -> tuple[Stretch, ...]:
    """Return stretches in order, those that touch made one."""
    joined: list[Stretch] = []
    for start, end in sorted(stretches):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)
