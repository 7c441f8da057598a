"""What the form of a word tells: French adjectives by their endings, capitals, connectors inside names."""

from __future__ import annotations

import re

# No «-ent», «-ant», «-ie» or «-is» at large: those are as often verbs («soutiennent», «regroupant», «publie»).
_FRENCH_ADJECTIVE = re.compile(
    r"(?:al|ale|aux|ales|ique|iques|if|ive|ifs|ives|aire|aires|iel|ielle|iels|ielles|ien|ienne|iens|iennes|ier|ière|iers|ières|"
    r"ère|ères|ain|aine|ains|aines|ais|aise|aises|ois|oise|oises|able|ables|uel|uelle|uels|uelles|ieur|ieure|ieurs|ieures|é|ée|és|ées|"
    r"eux|euse|euses|ine|ins|ines|ndant|ndante|ndants|ndantes|manent|manente|manents|manentes|étent|étente|ligent|ligente|ligents|"
    r"phone|phones|public|publics|libre|mixte|jeune|majeur|majeure|mineur|mineure)$",
    re.IGNORECASE,
)
_FRENCH_CONNECTORS = frozenset({"de", "du", "des", "d'", "l'", "la", "le", "les", "pour", "aux", "au", "à"})
_ARTICLES = {"fr": frozenset({"le", "la", "l'", "du", "au"}), "en": frozenset({"the", "a", "an"})}
_INDEFINITE = frozenset({"un", "une", "a", "an"})
_DEFINITE = frozenset({"the", "le", "la", "l'", "du", "au"})
_AND = frozenset({"et", "and"})
_POSSESSIVE = frozenset({"its", "sa", "son", "ses", "leur"})
_WHOSE = frozenset({"whose"})
_SEATED = frozenset({"based", "headquartered", "registered", "listed"})
_COMPLEMENT = frozenset({"of", "for", "general", "de", "du", "des", "d'"})
_FRENCH_OF = frozenset({"de", "du", "des", "d'"})
_PLACE = frozenset({"à", "au", "aux"})
_JOINED_ARTICLE = re.compile(r"(?:al|el|ad|an|ar|as|ash|at|az)[-‑][A-Z]")
_PREPOSITIONS = frozenset({
    "about", "across", "after", "against", "alongside", "amid", "among", "around", "as", "before", "behind", "beside", "besides",
    "between", "beyond", "during", "following", "from", "in", "including", "inside", "into", "like", "near", "outside", "over",
    "per", "since", "than", "through", "throughout", "to", "towards", "under", "until", "upon", "via", "when", "where", "while",
    "with", "within", "without",
})  # fmt: skip
_ENGLISH_CONNECTORS = frozenset({"of", "for", "the", "and", "&", "on"})


def is_french_adjective(word: str) -> bool:
    """Say whether a French word has the ending of an adjective or participle: «numérique», «nationale», «chargée»."""
    return len(word) > 3 and _FRENCH_ADJECTIVE.search(word) is not None


def is_connector(word: str, lang: str) -> bool:
    """Say whether a small word may stand inside the name of an organisation: "of", "de la", "pour"."""
    bare = word.lower().replace("’", "'")
    return bare in (_FRENCH_CONNECTORS if lang == "fr" else _ENGLISH_CONNECTORS)


def is_preposition(word: str) -> bool:
    """Say whether an English word joins what stands before it to what follows, and so stands in no title: "during", "between"."""
    return word in _PREPOSITIONS


def is_article(word: str, lang: str) -> bool:
    """Say whether a word is an article, or holds one as «du» and «au» do."""
    return word.lower().replace("’", "'") in _ARTICLES.get(lang, frozenset())


def is_indefinite(word: str) -> bool:
    """Say whether a word is an indefinite article: what follows is any of its sort."""
    return word.lower() in _INDEFINITE


def is_definite(word: str) -> bool:
    """Say whether a word is a definite article, or holds one as «du» and «au» do."""
    return word.lower().replace("’", "'") in _DEFINITE


def is_possessive(word: str) -> bool:
    """Say whether a word says that what follows belongs to something named before: "its director", «sa représentante»."""
    return word.lower() in _POSSESSIVE


def is_whose(word: str) -> bool:
    """Say whether a word joins an office to the organisation named right before: "the bank, whose vice-president"."""
    return word.lower() in _WHOSE


def is_seated(word: str) -> bool:
    """Say whether a word behind a place and a hyphen tells where a firm sits: "Lagos-based", "Delaware-registered"."""
    return word.lower() in _SEATED


def is_and(word: str) -> bool:
    """Say whether a French or English word says "and"."""
    return word.lower() in _AND


def opens_complement(word: str) -> bool:
    """Say whether a word after an office goes on with it: "minister of", «ministre des», "secretary general"."""
    return word.lower().replace("’", "'") in _COMPLEMENT


def is_of(word: str) -> bool:
    """Say whether an English or French word says "of"."""
    return word == "of" or is_french_of(word)


def is_french_of(word: str) -> bool:
    """Say whether a French word says "of": «de», «du», «des», «d'»."""
    return word.lower().replace("’", "'") in _FRENCH_OF


def is_french_place_word(word: str) -> bool:
    """Say whether a French word says where: «à», «au», «aux»."""
    return word.lower() in _PLACE


def is_genitive(word: str) -> bool:
    """Say whether a token is the English «'s», whichever apostrophe it has."""
    return word in ("'s", "’s")


def is_capitalised(word: str) -> bool:
    """Say whether a Latin word begins with a capital letter."""
    return word[:1].isupper()


def has_joined_article(word: str) -> bool:
    """Say whether a word is a name with the Arabic article in small letters before it: "al-Harthi", «el-Khatib»."""
    return _JOINED_ARTICLE.match(word) is not None


def is_camel_case(word: str) -> bool:
    """Say whether a word begins small and has a capital right after, as names of services do: "eVisa", "mHealth"."""
    return len(word) > 3 and word[0].islower() and word[1].isupper() and word[2].islower()


def is_shouted(word: str) -> bool:
    """Say whether a word of three letters or more is written in capitals only."""
    return len(word) > 2 and word.isupper()
