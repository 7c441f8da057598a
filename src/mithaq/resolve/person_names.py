"""Are two names one person's? Which words of them fit together, and which stand against each other: features and keys, no verdict.

Pages leave out middle names, turn "SURNAME Given" around, join «عبد الله» to «عبدالله», shorten given names to initials, write ordinals in
letters or figures, and misspell. Two words written as one are tried as one; particles («بن», "Ould", "El") count for nothing alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from mithaq.lexicon.wordlist import is_given_name
from mithaq.model.kept import keep_words
from mithaq.resolve.name_features import NameFeatures
from mithaq.resolve.spellings import LEAST_TOLD, word_likeness
from mithaq.text.characters import has_arabic
from mithaq.text.name_words import NameWord, NameWords, is_article, split_name, without_ending
from mithaq.text.sound_keys import sound_keys

# Words less alike than this are no partners.
LEAST_ALIKE = LEAST_TOLD
# What an initial is worth beside a word that begins so.
_INITIAL = 0.6
# Two words are taken as one only where they fit well together.
_LEAST_JOINED = 0.7
# The article as it is spoken, without its alef, and what a name is worth that has it beside one that has the written one, or none.
_ARTICLE_HEARD, _SPOKEN = re.compile("ل(?!ا).{3}"), 0.95
_LONGER = 1.8  # a word so many times longer is no other spelling of two words together
# Names that many share tell half as much.
_COMMON = 0.5
_SILENT = "-"  # the start of a word without consonants, in a key
_KEY_WORDS = 4  # words of a name of which pairs make keys
_START = 2  # sounds
_SHORT = 3  # letters of a word that others may write together with its neighbour


class _Unit(NamedTuple):
    """A word of a name, or two that stand side by side taken as one: places ``first:last`` among the words, and its letters."""

    first: int
    last: int
    letters: str
    initial: bool


class _Partners(NamedTuple):
    a: _Unit
    b: _Unit
    likeness: float


def person_keys(name: str) -> tuple[str, ...]:
    """Return the keys of a personal name, sorted: two spellings of one name share at least one.

    For every two words one key of how the one sounds and the other begins, so that a middle name may be missing, words may be turned
    around, and one of them be misspelt further on; one for each word that may be a surname, by which a mere surname finds its bearer; one
    for a given name with an ordinal («محمد السادس»).
    """
    split = split_name(name)
    heard = [(word, ways) for at, word in enumerate(split.words) if word.kind == "word" and (ways := _ways(split.words, at))]
    if len(heard) > _KEY_WORDS:
        heard = [*heard[: _KEY_WORDS - 1], heard[-1]]
    words = [ways for _, ways in heard]
    # «يحيى», «هيا»: a word without a consonant that counts has no sound to look under, but stands beside one that has.
    silent = any(word.kind == "word" and not sound_keys(word.form) for word in split.words)
    starts = [sorted({way[:_START] for way in ways}) for ways in words]
    keys = {f"{way}+{start}" for i, ways in enumerate(words) for j in range(len(words)) if i != j for way in ways for start in starts[j]}
    keys |= {f"{way}+{_SILENT}" for ways in words if silent for way in ways}
    if split.number:
        keys |= {f"{way}#{split.number}" for ways in words[:1] for way in ways}
    else:
        last = len(heard) - 1
        keys |= {f"={way}" for at, (word, ways) in enumerate(heard) if at == last or (at and not _is_given(word.form)) for way in ways}
    return tuple(sorted(keys))


def _ways(words: tuple[NameWord, ...], at: int) -> tuple[str, ...]:
    """Return how a word sounds alone and, where others may write them as one, with the short word or the particle before it.

    «بن علي» and "Benali", "Mei Lin" and "Meilin"; an article makes no difference.
    """
    alone = sound_keys(words[at].form)
    if _ARTICLE_HEARD.match(words[at].form):
        alone = tuple(dict.fromkeys((*alone, *sound_keys(words[at].form[1:]))))
    if at == 0 or words[at - 1].kind == "initial" or is_article(words[at - 1]):
        return alone
    short = min(len(words[at - 1].form), len(words[at].form)) <= _SHORT
    if words[at - 1].kind != "particle" and not (at > 1 and short):
        return alone
    return tuple(dict.fromkeys((*alone, *sound_keys(words[at - 1].joined + words[at].joined)[:1])))


def compare_person_names(a: str, b: str) -> NameFeatures:
    """Return what two personal names, honorifics already cut off, have in common; the same whichever comes first."""
    a, b = sorted((a, b))
    return _compare(split_name(a), split_name(b))


def _compare(x: NameWords, y: NameWords) -> NameFeatures:
    partners = _align(x.words, y.words)
    counted_x, counted_y = _weights(x.words), _weights(y.words)
    found_x = sum(counted_x[i] for p in partners for i in range(p.a.first, p.a.last))
    found_y = sum(counted_y[i] for p in partners for i in range(p.b.first, p.b.last))
    total_x, total_y = sum(counted_x), sum(counted_y)
    if not total_x or not total_y:
        return NameFeatures()
    letters = sum(_size(p) for p in partners)
    shares = sorted(((found_x / total_x, total_x), (found_y / total_y, total_y)), key=lambda one: one[1])
    left_x, left_y = total_x - found_x, total_y - found_y
    places = [(p.a.first, p.b.first) for p in sorted(partners)]
    return NameFeatures(
        same=float(_bare(x) == _bare(y)),
        likeness=sum(p.likeness * _size(p) for p in partners) / letters if letters else 0.0,
        shared=shares[0][0],
        covered=shares[1][0],
        first=_end_agrees(x.words, y.words, partners, 0),
        last=_end_agrees(x.words, y.words, partners, -1),
        contradiction=min(left_x, left_y) / min(total_x, total_y),
        swapped=float(any(after[1] < before[1] for before, after in pairwise(places))),
        initials=sum(p.a.initial or p.b.initial for p in partners) / len(partners) if partners else 0.0,
        number=(1.0 if x.number == y.number else -1.0) if x.number and y.number else 0.0,
        across=float(_arabic(x) != _arabic(y)),
        words=float(min(_counted(x), _counted(y))),
        evidence=sum(_size(p) * (_COMMON if _shared_by_many(x, y, p) else 1.0) * p.likeness for p in partners),
    )


def _align(a: tuple[NameWord, ...], b: tuple[NameWord, ...]) -> list[_Partners]:
    """Return which words fit together, each used once: the best pair first, then the best of what is left."""
    theirs = list(_units(b))
    pairs = [_Partners(x, y, fits) for x in _units(a) for y in theirs if (fits := _fits(x, y)) >= LEAST_ALIKE]
    pairs.sort(key=lambda p: (-(p.likeness**2) * min(len(p.a.letters), len(p.b.letters)), p.a.first, p.b.first, p.a.last, p.b.last))
    chosen: list[_Partners] = []
    for pair in pairs:
        if not any(_overlap(pair.a, other.a) or _overlap(pair.b, other.b) for other in chosen):
            chosen.append(pair)
    return chosen


def _units(words: tuple[NameWord, ...]) -> Iterator[_Unit]:
    """Yield each word that counts, and each two neighbours as one word unless both are initials."""
    for at, word in enumerate(words):
        if word.kind != "particle":
            yield _Unit(at, at + 1, word.form, word.kind == "initial")
        if at + 1 < len(words) and "initial" not in (word.kind, words[at + 1].kind):
            following = words[at + 1]
            if following.kind == "word":
                yield _Unit(at, at + 2, word.joined + following.joined, False)


def _fits(x: _Unit, y: _Unit) -> float:
    double = (x.last - x.first > 1) + (y.last - y.first > 1)
    lengths = sorted((len(x.letters), len(y.letters)))
    if double == 2 or (double and lengths[1] > _LONGER * lengths[0]):
        return 0.0
    if x.initial or y.initial:
        return _INITIAL if not double and _same_initial(x, y) else 0.0
    fits = _alike(x.letters, y.letters)
    return fits if not double or fits >= _LEAST_JOINED else 0.0


def _alike(a: str, b: str) -> float:
    """Return how well two words fit.

    «لقويري» and «لمين» bear the article as it is spoken in the Maghreb: «القويري», «الأمين»; "Zeinebou" and "Fatimetou" the ending that
    Mauritania and Senegal keep, and others leave out: "Zeinab", «فاطمة».
    """
    (heard_a, bare_a), (heard_b, bare_b) = _less(a), _less(b)
    if not (heard_a or bare_a or heard_b or bare_b):
        return word_likeness(a, b)
    spoken = [(heard, y) for heard, y in ((heard_a, b), (heard_b, a)) if heard and y[0] not in "لl"]
    spoken += [(bare, y) for bare, y, other in ((bare_a, b, bare_b), (bare_b, a, bare_a)) if bare and other is None]
    return max(word_likeness(a, b), *(_SPOKEN * word_likeness(x, y) for x, y in spoken)) if spoken else word_likeness(a, b)


@keep_words
def _less(word: str) -> tuple[str | None, str | None]:
    """Return a word without the article as it is spoken, and without the ending that many leave out; None where it has neither."""
    return (word[1:] if _ARTICLE_HEARD.match(word) else None), without_ending(word)


def _same_initial(x: _Unit, y: _Unit) -> bool:
    if x.letters[0] == y.letters[0]:
        return True
    return has_arabic(x.letters[0]) != has_arabic(y.letters[0]) and word_likeness(x.letters[0], y.letters[0]) > LEAST_ALIKE


def _size(pair: _Partners) -> float:
    return (len(pair.a.letters) + len(pair.b.letters)) / 2


def _overlap(x: _Unit, y: _Unit) -> bool:
    return x.first < y.last and y.first < x.last


def _weights(words: tuple[NameWord, ...]) -> list[float]:
    """Return what each word counts: its letters, a particle nothing, an initial like a short word."""
    return [0.0 if word.kind == "particle" else max(2.0, float(len(word.form))) for word in words]


def _end_agrees(a: tuple[NameWord, ...], b: tuple[NameWord, ...], partners: list[_Partners], end: int) -> float:
    """Say how the given names (*end* 0) or surnames (-1) agree: 1 fully, -1 when each has another, 0 when one name is a single word."""
    x, y = _end(a, end), _end(b, end)
    of_x = next((p for p in partners if p.a.first <= x < p.a.last), None)
    of_y = next((p for p in partners if p.b.first <= y < p.b.last), None)
    if of_x is not None and of_x is of_y:
        return of_x.likeness
    if of_x is None and of_y is None:
        return -1.0
    return 0.0


def _end(words: tuple[NameWord, ...], end: int) -> int:
    counted = [at for at, word in enumerate(words) if word.kind != "particle"]
    return counted[end] if counted else 0


def _bare(name: NameWords) -> tuple[int, str]:
    return name.number, "".join(word.form for word in name.words if word.kind != "particle").replace("ى", "ي")


def _counted(name: NameWords) -> int:
    return sum(word.kind != "particle" for word in name.words)


def _arabic(name: NameWords) -> bool:
    return any(has_arabic(word.form) for word in name.words)


def _shared_by_many(x: NameWords, y: NameWords, pair: _Partners) -> bool:
    """Say whether the word is a given name that lists hold: «محمد» proves less than «السغروشني»."""
    return _is_given(pair.a.letters) or _is_given(pair.b.letters)


@keep_words
def _is_given(word: str) -> bool:
    return is_given_name(word, "ar" if has_arabic(word) else "fr")
