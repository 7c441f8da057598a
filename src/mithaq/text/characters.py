"""Letters and marks: which characters a reader sees as one letter, which are only decoration or direction."""

import re
from itertools import islice

# Vowel signs, Koranic marks, dagger alef, stretching line.
ARABIC_MARKS = "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640"
# Joiners and direction controls: they change how text is drawn, never what it says.
INVISIBLE = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
ARABIC_LETTERS = "\u0620-\u063f\u0641-\u064a\u066e\u066f\u0671-\u06d3\u06d5\u06ee\u06ef\u06fa-\u06ff"
DIGITS = "0-9\u0660-\u0669\u06f0-\u06f9"
LATIN_LETTERS = "A-Za-z\u00aa\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff"

_DECORATION = re.compile(f"[{ARABIC_MARKS}{INVISIBLE}]+")
_ARABIC = re.compile(f"[{ARABIC_LETTERS}]+")
_LETTER = re.compile(f"[{ARABIC_LETTERS}{LATIN_LETTERS}]")
_LATIN = re.compile(f"[{LATIN_LETTERS}]+")
_OTHER_DIGITS = re.compile("[٠-٩۰-۹٫٬]")
_WESTERN_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹٫٬", "01234567890123456789.,")


def strip_marks(text: str) -> str:
    """Remove vowel signs, stretching lines and invisible controls: «مُحَمَّد» gives «محمد»."""
    return _DECORATION.sub("", text)


def is_decoration(character: str) -> bool:
    """Say whether a character is a mark or control that carries no letter."""
    return _DECORATION.match(character) is not None


def western_digits(text: str) -> str:
    """Give Arabic-Indic and Persian digits their Western form: «٩٧٫٥» gives «97.5»."""
    return text if text.isascii() or not _OTHER_DIGITS.search(text) else text.translate(_WESTERN_DIGITS)


def has_letters(text: str, least: int) -> bool:
    """Say whether at least so many Arabic and Latin letters stand in *text*; stops reading as soon as it knows."""
    return least <= 0 or next(islice(_LETTER.finditer(text), least - 1, None), None) is not None


def split_scripts(text: str) -> tuple[list[str], list[str]]:
    """Return the runs of Arabic letters and the runs of Latin letters in *text*."""
    return _ARABIC.findall(text), _LATIN.findall(text)


def has_arabic(text: str) -> bool:
    """Say whether any Arabic letter stands in *text*."""
    return _ARABIC.search(text) is not None
