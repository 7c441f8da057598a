"""Which country or organisation a person means: «عُمان», "Côte d’Ivoire", "oman", "MA" or "ITU" give the code of the record."""

from __future__ import annotations

from difflib import get_close_matches
from functools import cache

from mithaq.errors import QuestionError
from mithaq.lexicon import Lexicon
from mithaq.model.vocabulary import LANGUAGES
from mithaq.text.fold import fold_text

# Entries of these kinds name a side when they carry a code.
_KINDS = ("place.country", "body.known")


@cache
def _territories() -> dict[str, str]:
    """Return the codes of countries by their folded names in our three languages."""
    from babel import Locale  # imported here: whoever only reads pages asks for no country by name

    names: dict[str, str] = {}
    for lang in LANGUAGES:
        for code, name in Locale.parse(lang).territories.items():
            if len(code) == 2 and code.isalpha() and code not in ("ZZ", "XA", "XB"):
                names.setdefault(fold_text(str(name)), code)
    return names


def read_code(words: str) -> str | None:
    """Return the country code that *words* are, in capitals; None when they are no ISO 3166-1 code."""
    code = words.strip().upper()
    return code if code in _territories().values() else None


def read_side(words: str, lexicon: Lexicon) -> str:
    """Return the code of the country or organisation that *words* name, in any of the three languages.

    Raises QuestionError, with the nearest names, when nothing is called so.
    """
    known = read_code(words)
    if known:
        return known
    names = dict(_territories())
    codes: dict[str, str] = {}
    for kind in _KINDS:
        for entry in lexicon.of_kind(kind):
            code = entry.attributes.get("code")
            if code:
                codes[code.casefold()] = code
                for form in entry.forms:
                    names.setdefault(fold_text(form), code)
    asked = fold_text(words)
    found = codes.get(words.strip().casefold()) or names.get(asked)
    if found:
        return found
    near = get_close_matches(asked, names, n=3, cutoff=0.75)
    hint = f"did you mean {', '.join(f'{name} ({names[name]})' for name in near)}?" if near else "give its name, or its ISO code such as MA"
    raise QuestionError(f"no country or organisation is called {words!r}; {hint}", "wrong.no_side", value=words)
