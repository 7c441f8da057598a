"""Plain lists of words, one a line: words that are common (so no names), given names.

They carry no meaning of their own and therefore no examples; lines that begin with # are remarks.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

from mithaq.lexicon.cache import made_once
from mithaq.lexicon.load import packaged_knowledge
from mithaq.model.kept import keep_words
from mithaq.text.clitics import cut_endings
from mithaq.text.fold import fold_letters, fold_word

# Words that name no person: everyday words, and firms and lands of which the press writes every day.
_NO_PERSONS = {"common": ("common", "things")}


@cache
def read_wordlist(lang: str, name: str) -> frozenset[str]:
    """Return the keys (``fold_word``) of ``knowledge/wordlists/<lang>/<name>.txt``, empty when there is no such list.

    ``common`` holds with the everyday words also those of ``things.txt``; ``everyday`` is ``common.txt`` alone.
    """
    if name == "everyday":
        return _read_keys(lang, "common")
    return frozenset().union(*(_read_keys(lang, part) for part in _NO_PERSONS.get(name, (name,))))


@cache
def _read_keys(lang: str, name: str) -> frozenset[str]:
    return _folded_lines(lang, name, fold_word)


def _folded_lines(lang: str, name: str, fold: Callable[[str], str]) -> frozenset[str]:
    """Return the words of a list, folded; empty when there is no such list."""
    file = packaged_knowledge() / "wordlists" / lang / f"{name}.txt"
    if not file.is_file():
        return frozenset()

    def read() -> frozenset[str]:
        lines = file.read_text("utf-8").splitlines()
        return frozenset(fold(line.strip()) for line in lines if line.strip() and not line.startswith("#"))

    return made_once(f"{fold.__name__}-{file}", [file], frozenset[str], read) if isinstance(file, Path) else read()


@keep_words
def is_common_arabic(key: str) -> bool:
    """Say whether a word key is an everyday Arabic word in some inflection («بمشاريعهما», «الرقمية»), so hardly a name."""
    words = read_wordlist("ar", "common")
    if key in words:
        return True
    return any(stem in words for stem in cut_endings(key))


def is_given_name(form: str, lang: str) -> bool:
    """Say whether a word stands in the list of given names of a language (article kept: «الحسن» is one, «حسن» another), or two joined."""
    return _given_names(lang)(form)


@cache
def _given_names(lang: str) -> Callable[[str], bool]:
    known = _folded_lines(lang, "given_names", fold_letters)
    return keep_words(lambda form: fold_letters(form) in known or ("-" in form and all(fold_letters(p) in known for p in form.split("-"))))
