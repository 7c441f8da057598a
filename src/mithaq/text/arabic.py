"""Bring Arabic words to a light stem, so that a search for «تعاون» finds «التعاون» and «وتعاونهما» too.

Only for searching, never for display or for telling names apart. Endings and the article are taken off again and again until nothing
changes, so that all members of a word's family end at the same stem («إلكترونية», «الإلكتروني» and «والإلكترونيات» meet). A single
«ب», «ل», «ك» or «ف» before a word may be its own first letter («برنامج»), so it stays on; a search asks for it with :func:`glued_forms`.
"""

from __future__ import annotations

from mithaq.model.kept import keep_words
from mithaq.text.fold import fold_letters

# (letters, how many must be left), in the order in which they are tried.
_ARTICLES = (("وبال", 3), ("وكال", 3), ("فبال", 3), ("وال", 3), ("بال", 3), ("كال", 3), ("فال", 3), ("ولل", 3), ("لل", 3), ("ال", 3))
_ENDINGS = (
    ("هما", 3), ("ها", 3), ("هم", 4), ("كم", 4), ("ات", 3), ("ون", 4), ("ين", 4), ("ان", 4), ("ا", 4), ("ه", 3), ("ي", 3), ("ت", 3),
)  # fmt: skip
_CLITICS = ("ب", "ل", "ك", "ف", "و", "وب", "ول", "وك")


@keep_words
def stem_arabic(word: str) -> str:
    """Return the light stem of an Arabic word, at least three letters when the word has them.

    >>> {stem_arabic(word) for word in ("تعاون", "التعاون", "وتعاونهما", "للتعاون")}
    {'تعاون'}
    """
    return _stem(fold_letters(word))


def glued_forms(stem: str) -> frozenset[str]:
    """Return *stem* and, from three letters on, the stems of its forms with a glued «ب», «ل», «ك», «ف», «و»: what a search asks for.

    >>> stem_arabic("وبقطر") in glued_forms(stem_arabic("قطر"))
    True
    """
    if len(stem) < 3:
        return frozenset((stem,))
    glued = [clitic + stem for clitic in _CLITICS]
    return frozenset((stem, *glued, *map(_stem, glued)))


def _stem(word: str) -> str:
    if word.startswith("وووو"):
        word = "ووو" + word.lstrip("و")  # a letter held down: no word of the language begins with three
    stem, before = word, ""
    while stem != before:
        before = stem
        stem = _without_ending(_without_article(stem))
    if word.startswith("و"):
        # «وتعاونهما» is "and" with a word of four letters or more; «وزارة» and «وقعت» leave too little to be so.
        rest = _stem(word[1:])
        return rest if len(rest) >= 4 else stem
    return _stem(stem) if stem.startswith("و") else stem


def _without_article(word: str) -> str:
    for article, left in _ARTICLES:
        if word.startswith(article) and len(word) - len(article) >= left:
            return word[len(article) :]
    return word


def _without_ending(word: str) -> str:
    for ending, left in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= left:
            return word[: -len(ending)]
    return word
