"""Say in which language a text is written: Arabic, French, English, or none of them.

Arabic script is told by its letters, and by letters that Arabic does not have (Persian, Urdu); Latin script by its smallest words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from mithaq.model.vocabulary import Language
from mithaq.text.characters import split_scripts
from mithaq.text.fold import fold_word

WORDS_LOOKED_AT = 20_000  # characters in which function words are counted
_NOT_ARABIC = re.compile("[\u067e\u0686\u0698\u06a9\u06af\u06cc\u06d2\u0679\u0688\u0691\u06ba\u06be\u06c1\u06c7\u06d0\u06d5]")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_FRENCH = _words(
    """
    le la les des du un une et est sont dans pour par sur avec qui que au aux ce cette ces son sa ses leur leurs plus ne pas ont
    été dont entre ainsi il elle ils nous vous se à selon lors afin
    """
)
_ENGLISH = _words(
    """
    the of and to in is are was were for on with by that which at from as it its this these has have had be been will their
    between an not he she they we who said after also
    """
)
_OTHER_LATIN = _words(
    """
    el los las del y en con por para una como su der die das und ist von mit den dem ein eine il lo gli di che per nel della
    delle o os do da em não com um uma het een van voor niet ve bir bu ile için olan yang dan di untuk dengan
    """
)
_ARABIC = _words(
    """
    في من على إلى الى عن مع أن إن التي الذي الذين هذا هذه ذلك تلك بين خلال بعد قبل كما وقد قد كان كانت وكان حيث ما لا لم لن هو هي
    أو ثم حتى عند لدى ضمن أي كل بعض غير دون حول منذ عبر أمام تحت فوق وهو وهي وفي ومن وعلى وأن وإن ولم ولا اللذين اللتين بأن لأن
    إذ إذا لكن بل أيضا كذلك إضافة
    """
)
_FUNCTION_WORDS: dict[str, frozenset[str]] = {
    "ar": frozenset(fold_word(word) for word in _ARABIC),
    "fr": frozenset(fold_word(word) for word in _FRENCH | {"l", "d", "qu", "n", "s", "de", "en", "ou", "où", "a"}),
    "en": frozenset(fold_word(word) for word in _ENGLISH | {"a", "or", "but", "if"}),
}


def function_words(lang: str | None) -> frozenset[str]:
    """Return the keys of the smallest words of a language (prepositions, pronouns, articles), empty for an unknown one."""
    return _FUNCTION_WORDS.get(lang or "", frozenset())


# Small words that bind a noun to the noun before it: "lycées de la région", "ministry of the economy".
_NOUN_LINKS = {"fr": frozenset({"de", "d", "du", "des", "la", "le", "les", "l", "en"}), "en": frozenset({"of", "the", "s"})}


def noun_links(lang: str | None) -> frozenset[str]:
    """Return the keys of the smallest words that may stand inside the name of a thing; Arabic needs none."""
    return _NOUN_LINKS.get(lang or "", frozenset())


# Where the things that a number counts end ("guichets | sont ouverts"), and what names nothing by itself ("les quatre derniers").
_COUNT_ENDS = {
    "ar": _words(
        "منهم منها منهن منهما بينهم بينها بينهن مقابل بعدما لمدة بحلول سنة متم خلال ونحو وحوالي يعملون يعملن تعمل يعمل كانوا سنويا أسبوعيا"
    ),
    "fr": _words("contre depuis dès avant après étaient avaient avait ont sont seront sera étant y dont vivent travaillent fonctionnent"),
    "en": _words("since due would could can may live work give gives able more than while until during every have has had do did were was"),
}
_COUNT_RESTS = {
    "ar": _words("آخرين أخرى آخر الآخرين"),
    "fr": _words("derniers dernières premiers premières autres suivants suivantes restants restantes"),
    "en": _words("others other more missing remaining last first"),
}


@cache
def count_ends(lang: str | None) -> frozenset[str]:
    """Return the keys of words at which the name of what a number counts ends."""
    return frozenset(fold_word(word) for word in _COUNT_ENDS.get(lang or "", ()))


@cache
def count_rests(lang: str | None) -> frozenset[str]:
    """Return the keys of words that say which of the things counted are meant, but not what they are: "the other four"."""
    return frozenset(fold_word(word) for word in _COUNT_RESTS.get(lang or "", ()))


def find_language(text: str) -> Language | None:
    """Return "ar", "fr" or "en" when most of *text* is written in it, None otherwise.

    >>> find_language("Le ministre a reçu une délégation de la Banque mondiale.")
    'fr'
    """
    arabic_runs, latin_runs = split_scripts(text)
    arabic = sum(map(len, arabic_runs))
    if arabic >= sum(map(len, latin_runs)):
        if not arabic:
            return None
        return None if len(_NOT_ARABIC.findall(text)) > 0.04 * arabic else "ar"
    words = list(map(str.lower, latin_runs))
    french = sum(map(_FRENCH.__contains__, words))
    english = sum(map(_ENGLISH.__contains__, words))
    other = sum(map(_OTHER_LATIN.__contains__, words))
    best = max(french, english)
    if best < max(1, 0.06 * len(words)) or other > best:
        # A title of a few words may hold no small word at all: accents speak for French.
        return None
    return "fr" if french > english else "en"


def count_ascii_words(words: Iterable[bytes]) -> int:
    """Return how many of some words are function words that are written in ASCII, in any case."""
    return sum(map(_small_ascii().__contains__, map(bytes.lower, words)))


@cache
def _small_ascii() -> frozenset[bytes]:
    return frozenset(word.encode() for word in _ARABIC | _FRENCH | _ENGLISH if word.isascii())


def count_small_words(text: str) -> int:
    """Return how many function words of Arabic, French or English stand in *text*: a wrongly decoded page holds next to none."""
    words = re.findall(r"[^\W\d_]+", text[:WORDS_LOOKED_AT].lower())
    return sum(map((_ARABIC | _FRENCH | _ENGLISH).__contains__, words))
