"""Find words that stand twice or mean two things: the same entry typed again, a town that is also an axe (فاس).

Used by ``check``; the large word lists of ``knowledge/wordlists`` say what is everyday speech.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path

from mithaq.lexicon.entry import Entry
from mithaq.lexicon.match import load_lexicon
from mithaq.lexicon.wordlist import read_wordlist
from mithaq.text.tokens import keys_of

_NAMES = ("place", "body.known", "money")
# Names of one word that a reader would take for an everyday word; nationalities, regions and coins are such words by nature.
_RARE_WORDS = ("place.country", "place.city", "body.known")
# Kinds of everyday words: whoever bears such a name must be told from them.
_EVERYDAY = ("epithet", "event.act", "event.noun", "event.verb", "honorific", "role.", "speech.", "statement.", "time.")
_SHARED_BY_NATURE = ("ambiguous", "same_as_country")

Collision = tuple[Entry, str, str]


def find_collisions(entries: Sequence[Entry]) -> Iterator[Collision]:
    """Yield (entry, form, complaint in plain words) for every form that stands twice or means something else to us or to the press."""
    yield from _find_duplicates(entries)
    shared = tuple(_find_shared(entries))
    yield from shared
    told = {(id(entry), form) for entry, form, _ in shared}
    yield from (found for found in _find_everyday(entries) if (id(found[0]), found[1]) not in told)
    yield from _find_unknown_models(entries)


def _find_duplicates(entries: Sequence[Entry]) -> Iterator[Collision]:
    """Two entries of one kind may share a form only when they say different things of it; two names only when one is marked."""
    seen: dict[tuple[str, str, str], list[Entry]] = defaultdict(list)
    for entry in entries:
        for form in entry.forms:
            there = seen[entry.kind, entry.lang, form if _is_exact(entry) else _key(form)]
            for other in there:
                if other is not entry and (complaint := _collide(entry, other)):
                    yield entry, form, complaint
                    break
            there.append(entry)


def _find_shared(entries: Sequence[Entry]) -> Iterator[Collision]:
    """A name of one word must not be a word that means something else to us, here or in the packaged files: a month, a title."""
    own, packaged = _everyday_words(entries), _packaged_everyday_words()
    for entry in entries:
        if _is_name(entry, _NAMES) and not _is_exact(entry) and not _is_marked(entry):
            for form in entry.forms:
                if " " in form:
                    continue
                asked = (entry.lang, _key(form))
                other = own.get(asked) or packaged.get(asked)
                if other:
                    yield entry, form, f"is also an everyday word ({other.kind}); mark the name with 'ambiguous: \"yes\"'"


def _everyday_words(entries: Iterable[Entry]) -> dict[tuple[str, str], Entry]:
    """Return the everyday words among some entries by language and key, of several alike the first."""
    everyday: dict[tuple[str, str], Entry] = {}
    for entry in entries:
        if entry.kind.startswith(_EVERYDAY):
            for form in entry.forms:
                everyday.setdefault((entry.lang, _key(form)), entry)
    return everyday


@cache
def _packaged_everyday_words() -> dict[tuple[str, str], Entry]:
    return _everyday_words(load_lexicon().entries)


def _find_everyday(entries: Sequence[Entry]) -> Iterator[Collision]:
    """A name of one word must not be one that the press uses every day, unless the entry says how the two are told apart."""
    for entry in entries:
        if not _is_name(entry, _RARE_WORDS) or _is_exact(entry) or _is_marked(entry) or _tells_apart(entry):
            continue
        common = read_wordlist(entry.lang, "everyday")
        for form in entry.forms:
            if " " not in form and _key(form) in common:
                yield (
                    entry,
                    form,
                    "is also a word of everyday speech; tell the two apart with 'article: exact', 'case: exact' or 'clitics: none' and a "
                    "sentence under 'not:', or say 'everyday: \"yes\"' when such news nearly always means the name",
                )


def _find_unknown_models(entries: Sequence[Entry]) -> Iterator[Collision]:
    """``like:`` names a commoner word of the same kind whose learned weight counts for this one."""
    borrowing = [entry for entry in entries if "like" in entry.attributes]
    if not borrowing:
        return
    models = {(e.kind, e.lang, e.word) for e in (*load_lexicon().entries, *entries) if "like" not in e.attributes}
    for entry in borrowing:
        like = entry.attributes["like"]
        if (entry.kind, entry.lang, like) not in models:
            yield entry, entry.word, f"'like: {like}' names no word of this kind; use the word of an entry that has no 'like:' itself"


def _key(form: str) -> str:
    return " ".join(keys_of(form))


def _is_name(entry: Entry, kinds: tuple[str, ...]) -> bool:
    return any(entry.kind == kind or entry.kind.startswith(kind + ".") for kind in kinds)


def _is_exact(entry: Entry) -> bool:
    return "exact" in (entry.attributes.get("case"), entry.attributes.get("article"))


def _is_marked(entry: Entry) -> bool:
    return any(mark in entry.attributes for mark in _SHARED_BY_NATURE)


def _tells_apart(entry: Entry) -> bool:
    return bool(entry.counterexample) or "everyday" in entry.attributes or entry.attributes.get("clitics") == "none"


def _collide(entry: Entry, other: Entry) -> str | None:
    place = f"{Path(other.path).name}:{other.line}"
    if _meaning(entry) == _meaning(other):
        return f"stands already at {place} with the same meaning; delete one of the two"
    if _is_name(entry, _NAMES) and not _is_marked(entry) and not _is_marked(other):
        return f"is also a name of {other.word!r} at {place}; mark one of the two with 'ambiguous: \"yes\"'"
    return None


def _meaning(entry: Entry) -> dict[str, str]:
    return {key: value for key, value in entry.attributes.items() if key not in ("id", "like")}
