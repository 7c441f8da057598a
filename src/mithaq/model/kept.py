"""Keep what was worked out of the page last read: its stages ask for the same tables one after the other."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from operator import attrgetter, is_
from typing import Any, TypeVar, cast
from weakref import WeakValueDictionary

# Of how many word forms what was worked out is remembered: the words of news come again from page to page, and so many cover all but
# the rarest; more would cost memory without end (``bench/memory.py``).
WORDS_KEPT = 30_000

_Asked = TypeVar("_Asked")
_Answer = TypeVar("_Answer")


@contextmanager
def collector_aside() -> Iterator[None]:
    """Put Python's collector of cycles aside while something large is made that stays: it would walk through all of it again and again."""
    was_at_work = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_at_work:
            gc.enable()


class _Words(dict[str, _Answer]):
    """What was worked out of words: when two thirds of ``WORDS_KEPT`` are at hand, those met first since the last time stay in reserve,
    for what is met again soonest is met most often, and whatever nobody asks for again goes."""

    __slots__ = ("__weakref__", "_before", "_work")

    def __init__(self, work: Callable[[str], _Answer]) -> None:
        super().__init__()
        self._work = work
        self._before: dict[str, _Answer] = {}
        _EVERY[id(self)] = self

    def forget(self) -> None:
        """Let all answers go."""
        self._before = {}
        self.clear()

    def __missing__(self, word: str) -> _Answer:
        if len(self) >= WORDS_KEPT // 3 * 2:
            self._before = dict(islice(self.items(), WORDS_KEPT // 3))
            self.clear()
        before = self._before
        if word in before:
            answer = self[word] = before[word]
            return answer
        # What is kept is one object wherever it is kept: dozens of tables remember the same words.
        word = _SHARED[word]
        answer = self[word] = self._work(word)
        if isinstance(answer, str):
            answer = self[word] = cast(_Answer, _SHARED[answer])
        return answer


class _Shared(dict[str, str]):
    """One object for equal words, of those met since the table was full."""

    __slots__ = ()

    def __missing__(self, word: str) -> str:
        if len(self) >= WORDS_KEPT:
            self.clear()
        self[word] = word
        return word


_SHARED = _Shared()
_EVERY: WeakValueDictionary[int, _Words[Any]] = WeakValueDictionary()


def forget_words() -> None:
    """Let go of all that :func:`keep_words` remembers, when many pages have been read and other work follows: some 100 MB."""
    for words in list(_EVERY.values()):
        words.forget()
    _SHARED.clear()


def keep_words(work: Callable[[str], _Answer]) -> Callable[[str], _Answer]:
    """Return *work* that remembers what it answered to the last ``WORDS_KEPT`` words: like ``lru_cache``, twice as fast.

    Answers must be frozen. A known word is looked up by the dictionary itself, without a call into Python: stages ask of every word.
    """
    return _Words(work).__getitem__


def keep_last(work: Callable[[_Asked], _Answer]) -> Callable[[_Asked], _Answer]:
    """Return *work* that gives its last answer again when it is asked of the very same object.

    The object must be frozen, and nobody may change the answer. What is kept is read once and replaced whole, so that threads never
    see another page's answer.
    """
    kept: tuple[_Asked, _Answer] | None = None

    def ask(asked: _Asked) -> _Answer:
        nonlocal kept
        known = kept
        if known is not None and known[0] is asked:
            return known[1]
        answer = work(asked)
        kept = (asked, answer)
        return answer

    return ask


def keep_while_same(*layers: str) -> Callable[[Callable[[_Asked], _Answer]], Callable[[_Asked], _Answer]]:
    """Return a decorator like :func:`keep_last` for work that looks at some *layers* alone of what it is asked of, two or more.

    The answer stays while each of them is the very same object, however often the document was replaced around them.
    """
    look = attrgetter(*layers)

    def decorate(work: Callable[[_Asked], _Answer]) -> Callable[[_Asked], _Answer]:
        kept: tuple[tuple[object, ...], _Answer] | None = None

        def ask(asked: _Asked) -> _Answer:
            nonlocal kept
            known, seen = kept, look(asked)
            if known is not None and all(map(is_, known[0], seen)):
                return known[1]
            answer = work(asked)
            kept = (seen, answer)
            return answer

        return ask

    return decorate
