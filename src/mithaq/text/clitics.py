"""Small words glued to Arabic words, and those written apart before brackets and Latin letters."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mithaq.model.kept import keep_words
from mithaq.text.characters import is_decoration
from mithaq.text.fold import fold_letters

# Endings that an Arabic noun, adjective or verb takes, the longest first.
_ENDINGS = (
    "تهما", "اتها", "اتهم", "اتنا", "يتها", "ياته", "ياتها", "ائها", "هما", "كما", "تها", "تهم", "تنا", "اتي", "ائه", "تين", "يات",
    "ات", "ان", "ين", "ون", "وا", "تا", "ها", "هم", "هن", "نا", "كم", "ته", "يه", "تي", "يا", "ه", "ت", "ا", "ي",
)  # fmt: skip
# What is left after clitics and article is a word of two letters or more, after «وك» and the like of four: «وكالات» has none.
_ARTICLE = re.compile(r"ال|[وف]?لل(?=..)|[وفبك]ال(?=..)|[وف][بك]ال(?=....)")
# The clitic of «للبنك»: "to the"; the article's own alef is gone.
TO_THE = "لل"
# The article's alef bears no hamza: «ألمانية», «إلكترونية» and «آل» begin with a letter of their own.
_HAMZA = ("أ", "إ", "آ")
_PREPOSITIONS = frozenset({"على", "الى", "عن"})
_BEFORE_NOUNS = _PREPOSITIONS | {"في", "من", "مع"}
# After these a stem of three letters is enough; «كونان» is not «كون» in the dual.
_SAFE_ENDINGS = frozenset({"ها", "هم", "هما", "ه", "ات", "ين", "ون", "نا", "ت", "وا", "يه", "ي"})
_FILIATIONS = frozenset({"بن", "ابن", "بنت", "ولد", "منت"})
_MOORISH = frozenset({"ولد", "منت"})
_SECOND_HALVES = frozenset({"الدين", "الله", "الاسلام"})
_PRESENT = frozenset("تيسن")
_TO_OR_IN = frozenset({"ل", "في", "ب", "ال"})


@keep_words
def has_article(form: str) -> bool:
    """Say whether an Arabic word carries the article, clitics before it or not: «الوزارة», «وبالوزارة», «للوزارة».

    «وكالة» and «ألمانية» have none.
    """
    return form[:1] not in _HAMZA and _ARTICLE.match(fold_letters(form)) is not None


def has_plain_article(form: str) -> bool:
    """Say whether the article stands first in a word, so that it may agree with the noun before: «الرقمية», not «بالرقمية»."""
    return form[:1] not in _HAMZA and fold_letters(form)[:2] == "ال"


def has_madda(form: str) -> bool:
    """Say whether a word begins with a long alef of its own, as few everyday words do: «آنا», «آسيا»."""
    return form[:1] == "آ"


def is_filiation(form: str) -> bool:
    """Say whether a word says whose child somebody is: «بن», «ولد», «منت»."""
    return fold_letters(form) in _FILIATIONS


def is_moorish_filiation(form: str) -> bool:
    """Say whether a word says whose child somebody is in Mauritania: «ولد», «منت»."""
    return fold_letters(form) in _MOORISH


def is_adverb(form: str) -> bool:
    """Say whether a word without article ends as adverbs do: «مؤخرا», «أيضًا»."""
    return fold_letters(form).endswith("ا") and not has_article(form)


def is_before_noun(form: str) -> bool:
    """Say whether a word is a preposition, behind which no verb stands: «في رد مقتضب», «من كشف الهجمات»."""
    return fold_letters(form) in _BEFORE_NOUNS


@keep_words
def gives_reason(form: str) -> bool:
    """Say whether a word behind a comma opens a reason: «فالمواطن لا تعنيه الوثائق»."""
    return form.startswith("فال") and len(form) > 5


def is_servant(form: str) -> bool:
    """Say whether a word is the «عبد» of names such as «عبد الرزاق»."""
    return fold_letters(form) == "عبد"


def completes_first_name(form: str) -> bool:
    """Say whether a word is the second half of first names such as «صلاح الدين» and «فتح الله»."""
    return fold_letters(form) in _SECOND_HALVES


def is_detached_particle(form: str) -> bool:
    """Say whether a word is a particle written apart, as in «الكاتب العام ل ( س )» or «بـ SITA»."""
    return fold_letters(form) in _TO_OR_IN


def is_and_apart(form: str) -> bool:
    """Say whether a word is «و» written apart from the word it joins, as many papers of the Maghreb do."""
    return form == "و"


def joins(form: str) -> bool:
    """Say whether a word begins with «و» or «ف», so may join another word to what stands before."""
    return form[:1] in ("و", "ف") and len(form) > 2


def and_length(form: str) -> int:
    """Return how many characters the first letter of a word takes with its vowel signs: where «و» can be cut off."""
    length = min(1, len(form))
    while length < len(form) and is_decoration(form[length]):
        length += 1
    return length


def is_present(form: str) -> bool:
    """Say whether a word without article may be a verb of now or of what is to come: «تعكف», «سيستكمل»."""
    return form[:1] in _PRESENT and not has_article(form)


def begins_with_to(form: str) -> bool:
    """Say whether a word begins with «ل» or «و», as the noun in «لتنمية المشاريع» does."""
    return form[:1] in ("ل", "و") and len(form) > 3


def refers_back(form: str) -> bool:
    """Say whether a word joined by «و» ends in the pronoun of what stands before, so is no part of its name: «وخطتها», «ورؤيتهما»."""
    return joins(form) and fold_letters(form).endswith(("ها", "هما", "هم"))


def begins_with_to_the(form: str) -> bool:
    """Say whether a word begins with «لل», after «و» or «ف» too, so is no name: «للبنى», «وللبترول»."""
    letters = fold_letters(form)
    return letters[:2] == TO_THE or (letters[:1] in ("و", "ف") and letters[1:3] == TO_THE)


def has_particle_before_article(form: str) -> bool:
    """Say whether «ب», «ك» or «ف» stands before the article: «بالاقتصاد», «وبالاقتصاد»."""
    letters = fold_letters(form)
    bare = letters[1:] if letters[:1] == "و" else letters
    return bare[:1] in ("ب", "ك", "ف") and bare[1:3] == "ال"


def has_and_before_article(form: str) -> bool:
    """Say whether «و» stands before the article: «والاتصالات»."""
    return fold_letters(form)[:3] == "وال"


def restore_article(form: str, word: str = "") -> str:
    """Give «للبنك» or «وللبنك» the form of the name in it: «البنك»; *word* is its first word where that is known: «للجنة» has «لجنة»."""
    at = form.find(TO_THE)
    swallowed = 1 if word.startswith("ل") else 2
    return "ال" + form[at + swallowed :] if at >= 0 else form


def cut_endings(key: str) -> list[str]:
    """Return what a word key may be an inflection of: one ending cut, bare and with «ه» or «ي» restored; stems of three letters or more."""
    stems = []
    for ending in _ENDINGS:
        shortest = 3 if ending in _SAFE_ENDINGS else 4
        if key.endswith(ending) and len(key) - len(ending) >= shortest:
            stem = key[: -len(ending)]
            stems += [stem, stem + "ه", stem + "ي"]
    return stems


def is_relative_adjective(key: str) -> bool:
    """Say whether a word key has the ending of a relative adjective: «رقمي», «رقمية»."""
    return len(key) > 3 and key.endswith(("ي", "يه"))


def repeats_particle(form: str, earlier: Sequence[str]) -> bool:
    """Say whether «وعلى» or «وب…» takes up the «على» or «ب…» of *earlier* words, so begins a second object of the same verb."""
    if not joins(form):
        return False
    rest = form[1:]
    if rest[:1] == "ب":
        return len(rest) > 3 and any(word[:1] == "ب" and len(word) > 3 for word in earlier)
    return fold_letters(rest) in _PREPOSITIONS and fold_letters(rest) in {fold_letters(word) for word in earlier}


def has_particle(form: str, particle: str) -> bool:
    """Say whether a word begins with a glued particle («بجودة» with «ب») or is that particle written apart («بـ»)."""
    letters = fold_letters(form)
    return letters == particle or (letters.startswith(particle) and len(letters) > 3)


def is_preposition_glued(prefix: str) -> bool:
    """Say whether the clitics before a word end in a preposition («بمالي», «ولمالي»), not in "and" alone."""
    return prefix[-1:] in ("ب", "ل", "ك")


def ends_feminine(form: str) -> bool:
    """Say whether an Arabic noun without article ends in the feminine «ة» («حكومة»)."""
    return form.endswith("ة") and not has_article(form)


def disagrees(noun: str, adjective: str) -> bool:
    """Say whether a relative adjective in the masculine cannot describe a noun in «ة»: «المنظمة الإلكتروني»."""
    return noun.endswith("ة") and adjective.endswith("ي") and has_plain_article(adjective)
