"""Under which sounds to look for a word of a name, so that its other spellings stand there too: «السغروشني», "Seghrouchni".

Coarser than a comparison, which comes after: what spellings confuse has one sound, vowels have none. Where a letter may be heard in two
ways («ch», "w", "j", a French last consonant) the word has several keys.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice, product

from mithaq.model.kept import keep_words
from mithaq.text.characters import has_arabic
from mithaq.text.transliteration import plain_arabic, plain_latin

_SOUNDS = {"b": "bpfvبپفڤ", "d": "dtتثطدذض", "k": "kqcgxكقخغجگکچ", "s": "szšžسصزشظ", "r": "rر", "l": "lل", "m": "mم", "n": "nن"}
_SOUND = {letter: sound for sound, letters in _SOUNDS.items() for letter in letters}
# Groups of Latin letters and the ways they are heard, the longest first.
_HEARD = {
    "tsch": ("s",), "dzh": ("k",), "tch": ("s",), "sch": ("s", "sk"), "sh": ("s",), "sz": ("s",), "cz": ("s",), "zz": ("s",), "tz": ("s",),
    "ts": ("s",), "ć": ("s",), "č": ("s",), "ç": ("s",), "ch": ("s", "k"), "ce": ("s", "k"), "ci": ("s", "k"), "cy": ("s", "k"),
    "kh": ("k",), "gh": ("k",), "gn": ("n", "kn"), "ph": ("b",), "th": ("d",), "dh": ("d", "s"), "dj": ("k",), "ck": ("k",), "x": ("ks",),
    "j": ("k", ""), "w": ("", "b"), "ill": ("l", ""),
}  # fmt: skip
_HEARD |= {"تش": ("s",), "تس": ("s", "ds"), "تز": ("s", "ds"), "دج": ("k",), "ث": ("d", "s"), "ذ": ("d", "s"), "ظ": ("s", "d")}
_STEP = re.compile("|".join(sorted(_HEARD, key=len, reverse=True)) + r"|[^\W\d_]")
# A last consonant that French does not speak: «فاليه», "Vallet".
_SILENT = re.compile("(?<=[aeiouy])[tdsxzr]$")
# An article written as part of the word: "Alaboud", «العبود».
_ARTICLE = re.compile("[ae]l(?=.{4,})")
_MOST, _TRIED = 4, 32
_KEPT_LETTERS = str.maketrans({"ć": "č", "ç": "č"})


@keep_words
def sound_keys(word: str) -> tuple[str, ...]:
    """Return under which sounds a word may stand, the likeliest first, at most four; () when it has no consonant that counts.

    >>> sound_keys("السغروشني"), sound_keys("Seghrouchni")
    (('skrsn',), ('skrsn', 'skrkn'))
    """
    ways = _arabic(word) if has_arabic(word) else _latin(word)
    return tuple(dict.fromkeys(key for key in ways if key))[:_MOST]


def _arabic(word: str) -> list[str]:
    letters = plain_arabic(word)
    if len(letters) > 3 and word.startswith("ال"):  # the alef of «إلهام» bears a hamza: no article
        letters = letters.removeprefix("ال")
    return _ways(_heard(letters))


def _latin(word: str) -> list[str]:
    letters = plain_latin(word.lower().translate(_KEPT_LETTERS))
    heard = _heard(letters)
    ways = _ways(heard)
    if _SILENT.search(letters):
        ways.insert(1, _once(way[0] for way in heard[:-1]))
    if _ARTICLE.match(letters):
        ways.insert(1, _once(way[0] for way in heard[2:]))
    return ways


def _heard(letters: str) -> list[tuple[str, ...]]:
    return [_HEARD.get(step) or (_SOUND.get(step, ""),) for step in _STEP.findall(letters)]


def _ways(heard: list[tuple[str, ...]]) -> list[str]:
    """Return all ways to hear a word, those with the fewest unusual sounds first."""
    if all(len(ways) == 1 for ways in heard):
        return [_once(ways[0] for ways in heard)]
    choices = islice(product(*(enumerate(ways) for ways in heard)), _TRIED)
    return [_once(sound for _, sound in way) for way in sorted(choices, key=lambda way: sum(at for at, _ in way))]


def _once(sounds: Iterable[str]) -> str:
    """Return the sounds in a row, one that is repeated once."""
    row: list[str] = []
    for group in sounds:
        for sound in group:
            if not row or row[-1] != sound:
                row.append(sound)
    return "".join(row)
