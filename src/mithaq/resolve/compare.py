"""What speaks for and against two namings being one person, body or programme: one table of features, each a number and its words."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from typing import NamedTuple

import msgspec

from mithaq.model.kept import keep_words
from mithaq.model.world import EntityKind, Profile
from mithaq.resolve.name_features import NameFeatures
from mithaq.resolve.names import SHARED, body_keys, compare_body_names, compare_person_names, person_keys
from mithaq.resolve.score import BIAS, load_model, odds_of

_EVIDENCE = 16.0  # letters in common from which on more of them prove nothing more
_PAIRS_KEPT = 20_000  # pairs of names whose comparison is remembered: the same names meet again and again
_NAMES = 4  # of one profile that are compared with those of another
_SHORT = 2  # words of a name below which it is a mere surname
_SLACK = 1e-6  # odds, for what is lost in rounding


class Sides(NamedTuple):
    """Two profiles and what their best fitting names have in common."""

    a: Profile
    b: Profile
    names: NameFeatures


class Feature(NamedTuple):
    """One thing to look at: its name in the table of weights, how much of it there is (0 to 1), and how a person is told of it."""

    name: str
    value: Callable[[Sides], float]
    words: str


def _name(field: str) -> Callable[[Sides], float]:
    return lambda s: float(getattr(s.names, field))


def _plus(field: str) -> Callable[[Sides], float]:
    return lambda s: max(0.0, float(getattr(s.names, field)))


def _minus(field: str) -> Callable[[Sides], float]:
    return lambda s: max(0.0, -float(getattr(s.names, field)))


def _same(field: str) -> Callable[[Sides], float]:
    def value(s: Sides) -> float:
        a, b = getattr(s.a, field), getattr(s.b, field)
        return float(a is not None and a == b)

    return value


def _other(field: str) -> Callable[[Sides], float]:
    def value(s: Sides) -> float:
        a, b = getattr(s.a, field), getattr(s.b, field)
        return float(a is not None and b is not None and a != b)

    return value


def _like(field: str) -> Callable[[Sides], float]:
    """How alike two roles or the bodies behind two people are, by the words that say what they are about."""

    def value(s: Sides) -> float:
        a, b = getattr(s.a, field), getattr(s.b, field)
        return likeness_of_words(a, b) if a and b else 0.0

    return value


def _unlike(field: str) -> Callable[[Sides], float]:
    def value(s: Sides) -> float:
        a, b = getattr(s.a, field), getattr(s.b, field)
        return 1.0 - likeness_of_words(a, b) if a and b else 0.0

    return value


def _guessed(s: Sides) -> bool:
    return s.a.guessed or s.b.guessed


def _around(profile: Profile) -> set[str]:
    """Return the countries of which a profile may be: its own, else those of its pages."""
    if profile.country and not profile.guessed:
        return {profile.country}
    return {*profile.sides, *filter(None, (profile.country,))}


def _sides(*, meet: bool) -> Callable[[Sides], float]:
    def value(s: Sides) -> float:
        a, b = _around(s.a), _around(s.b)
        sure = s.a.country and s.b.country and not _guessed(s)
        return float(not sure and bool(a) and bool(b) and a.isdisjoint(b) != meet)

    return value


def likeness_of_words(a: str, b: str) -> float:
    """Return how alike two offices or bodies are by their words, 0 to 1."""
    a, b = sorted((a, b))
    return 1.0 if a == b else _likeness(f"{a}\n{b}")


@keep_words
def _likeness(pair: str) -> float:
    found = compare_body_names(*pair.split("\n"))
    return max(0.0, found.likeness * (found.shared + found.covered) / 2 * (1 - found.contradiction))


# How keys of the last word of a name begin (``person_keys``), and those of bearers, mere surnames and surnames in office.
_SURNAME, BEARER, BARE, _IN_OFFICE = "=", "f", "s", "o"
_NOWHERE = "?"
# By which keys and ids of a kind begin.
LETTERS: dict[EntityKind, str] = {"person": "p", "body": "b", "programme": "g"}
_COMMON: tuple[Feature, ...] = (
    Feature("same name", _name("same"), "the same name"),
    Feature("likeness", _name("likeness"), "names written alike"),
    Feature("shared", _name("shared"), "all words of the shorter name stand in the longer one"),
    Feature("covered", _name("covered"), "hardly a word of the longer name is missing"),
    Feature("contradiction", _name("contradiction"), "words of the names that do not fit together"),
    Feature("evidence", lambda s: min(1.0, s.names.evidence / _EVIDENCE), "many letters in common"),
    Feature("across", _name("across"), "written in two scripts"),
    Feature("same country", _same("country"), "the same country"),
    Feature("other country", lambda s: 0.0 if _guessed(s) else _other("country")(s), "different countries"),
    Feature("other country, guessed", lambda s: _other("country")(s) if _guessed(s) else 0.0, "perhaps different countries"),
    Feature("sides meet", _sides(meet=True), "a country in common on their pages"),
    Feature("sides differ", _sides(meet=False), "no country in common on their pages"),
)
# Of names that say what sort of thing they name, and what it is about: "agency" and "cybersecurity".
_HEADED: tuple[Feature, ...] = (
    Feature("head", _plus("first"), "the same sort of thing"),
    Feature("other head", _minus("first"), "another sort of thing"),
    Feature("about", _plus("last"), "about the same matters"),
    Feature("other matter", _minus("last"), "about other matters"),
    Feature("acronym", _plus("acronym"), "one is the acronym of the other"),
    Feature("country in the name", _plus("country"), "the same country in the name"),
    Feature("other country in the name", _minus("country"), "another country in the name"),
)
# Features that the names alone decide.
_OF_NAMES = frozenset((
    "same name", "likeness", "shared", "covered", "contradiction", "evidence", "across", "head", "other head", "about", "other matter",
    "acronym", "other acronym", "country in the name", "other country in the name", "given names", "other given name", "surnames",
    "other surname", "same number", "other number", "initials", "surname only", "swapped",
))  # fmt: skip
_BESIDE_KNOWN = frozenset(("known", "other country", "other code", "other country in the name"))
FEATURES: dict[EntityKind, tuple[Feature, ...]] = {
    "person": (
        *_COMMON,
        Feature("given names", _plus("first"), "the given names agree"),
        Feature("other given name", _minus("first"), "the given names differ"),
        Feature("surnames", _plus("last"), "the surnames agree"),
        Feature("other surname", _minus("last"), "the surnames differ"),
        Feature("same number", _plus("number"), "the same ordinal"),
        Feature("other number", _minus("number"), "another ordinal"),
        Feature("initials", _name("initials"), "one gives only initials"),
        Feature("surname only", lambda s: float(s.names.words < _SHORT), "one is a mere surname"),
        Feature("surname, role", lambda s: _like("role")(s) if s.names.words < _SHORT else 0.0, "a mere surname, in alike offices"),
        Feature("swapped", _name("swapped"), "the words stand in another order"),
        Feature("role", _like("role"), "alike offices"),
        Feature("other role", _unlike("role"), "other offices"),
        Feature("body", _like("body"), "the same body behind both"),
    ),
    "body": (
        *_COMMON,
        *_HEADED,
        Feature("other acronym", _minus("acronym"), "other acronyms"),
        Feature("known", lambda s: max(_same("known")(s), _plus("known")(s)), "names of one body in the gazetteer"),
        Feature("other known", lambda s: max(_other("known")(s), _minus("known")(s)), "names of two bodies in the gazetteer"),
        Feature("same code", _same("code"), "the same organisation"),
        Feature("other code", _other("code"), "different organisations"),
        Feature("other kind", _other("body_kind"), "bodies of different kinds"),
    ),
    "programme": (*_COMMON, *_HEADED),
}


def compare_profiles(a: Profile, b: Profile) -> dict[str, float]:
    """Return what speaks for and against two profiles of one kind being one, by name of feature; what is nothing is left out.

    The same whichever comes first.
    """
    sides = Sides(a, b, best_names(a, b))
    signs = {feature.name: value for feature in FEATURES[a.kind] if (value := feature.value(sides))}
    # What a gazetteer calls one body is one whatever its names look like.
    return {name: value for name, value in signs.items() if name in _BESIDE_KNOWN} if "known" in signs else signs


class NamesSay(NamedTuple):
    """What is said of two profiles by their names alone: what these have in common, and what each feature of it weighs."""

    names: NameFeatures
    weighed: tuple[float, ...]


@lru_cache(maxsize=_PAIRS_KEPT)
def _names_say(kind: EntityKind, ours: tuple[str, ...], theirs: tuple[str, ...]) -> NamesSay:
    names = _best_names(kind == "person", ours, theirs)
    nobody = Sides(Profile(kind=kind, names=ours), Profile(kind=kind, names=theirs), names)
    weights = load_model().kinds[kind].weights
    return NamesSay(names, tuple(weights.get(f.name, 0.0) * f.value(nobody) for f in FEATURES[kind] if f.name in _OF_NAMES))


@cache
def _most_beside(kind: EntityKind) -> float:
    """Return the odds that all features beside the names can add."""
    weights = load_model().kinds[kind].weights
    return math.fsum(max(0.0, weights.get(feature.name, 0.0)) for feature in FEATURES[kind] if feature.name not in _OF_NAMES)


@cache
def _weighed_beside(kind: EntityKind) -> tuple[tuple[float, Callable[[Sides], float]], ...]:
    """Return the features beside the names that weigh anything, each with its weight."""
    weights = load_model().kinds[kind].weights
    beside = ((weights.get(feature.name, 0.0), feature.value) for feature in FEATURES[kind] if feature.name not in _OF_NAMES)
    return tuple((weight, value) for weight, value in beside if weight)


def odds_above(a: Profile, b: Profile, least: float) -> float | None:
    """Return the odds that two profiles are one, None where they are below *least*.

    The same as those of all features (:func:`compare_profiles`), found sooner: what the names say is remembered, and where it says too
    little for anything else to make up for it, nothing else is asked.
    """
    kind = a.kind
    names, weighed = _names_say(kind, *sorted((a.names[:_NAMES], b.names[:_NAMES])))
    weights = load_model().kinds[kind].weights
    if not (a.known or b.known or names.known):
        if weights[BIAS] + math.fsum(weighed) + _most_beside(kind) < least - _SLACK:
            return None
        sides = Sides(a, b, names)
        beside = [weight * value(sides) for weight, value in _weighed_beside(kind)]
        odds = weights[BIAS] + math.fsum((*weighed, *beside))
    else:
        odds = odds_of(kind, compare_profiles(a, b))
    return odds if odds >= least else None


def best_names(a: Profile, b: Profile) -> NameFeatures:
    """Return what the two names that fit best have in common."""
    return _best_names(a.kind == "person", *sorted((a.names[:_NAMES], b.names[:_NAMES])))


@lru_cache(maxsize=_PAIRS_KEPT)
def _best_names(people: bool, ours: tuple[str, ...], theirs: tuple[str, ...]) -> NameFeatures:
    compare = compare_person_names if people else compare_body_names
    return max((compare(x, y) for x in ours for y in theirs), key=_fit)


def _fit(names: NameFeatures) -> tuple[float, ...]:
    told = names.same + names.known + names.acronym
    return (told + names.likeness * (names.shared + names.covered) - names.contradiction, names.evidence, *msgspec.structs.astuple(names))


def say_reasons(kind: EntityKind, signs: dict[str, float], weights: dict[str, float]) -> tuple[str, ...]:
    """Return in words what weighs most for and against, the heaviest first."""
    told = {feature.name: feature.words for feature in FEATURES[kind]} | CONTEXT_WORDS
    heavy = sorted(((abs(weights.get(name, 0.0) * value), name) for name, value in signs.items()), reverse=True)
    return tuple(("for: " if weights.get(name, 0.0) > 0 else "against: ") + told.get(name, name) for weight, name in heavy[:5] if weight)


CONTEXT_WORDS = {"met": "named together with the same others", "near": "named at the same time"}
CONTEXT_WORDS |= {f"surname {name}": words for name, words in CONTEXT_WORDS.items()}


class Keys(NamedTuple):
    """Under which keys a profile is kept, and under which it looks for those that may be the same; each sorted."""

    kept: tuple[str, ...]
    sought: tuple[str, ...]


def keys_of(profile: Profile) -> Keys:
    """Return the keys of a profile.

    Full names meet by two of their words; a mere surname looks for full names of its country that end so, and is found by them. Two mere
    surnames meet where an office stands with both. Bodies meet by a word of their own, or by what their words mean, this within a country.
    Whoever finds another is found by it, so that the order of pages tells nothing.
    """
    letter = LETTERS[profile.kind]
    if profile.kind != "person":
        found = {key for name in profile.names for key in body_keys(name)} | ({f"known:{profile.known}"} if profile.known else set())
        own = {f"{letter}:{key}" for key in found if not key.startswith(SHARED)}
        kept, sought = _shared_keys(profile, letter, (key for key in found if key.startswith(SHARED)))
        return Keys(tuple(sorted(own | kept)), tuple(sorted(own | sought)))
    every = {key for name in profile.names for key in person_keys(name)}
    strong = {f"{letter}:{key}" for key in every if not key.startswith(_SURNAME)}
    last = {key.removeprefix(_SURNAME) for key in every if key.startswith(_SURNAME)}
    ours, theirs = (BEARER, BARE) if not is_surname(profile) else (BARE, BEARER)
    kept, sought = (_at_home(profile, f"{letter}{sort}", last) for sort in (ours, theirs))
    alike = _at_home(profile, f"{letter}{_IN_OFFICE}", last) if is_surname(profile) and profile.role else set[str]()
    return Keys(tuple(sorted(strong | kept | alike)), tuple(sorted(strong | sought | alike)))


def _shared_keys(profile: Profile, letter: str, shared: Iterable[str]) -> tuple[set[str], set[str]]:
    """Return under which keys of what many names have in common a profile stands, and under which it looks.

    Every state has an agency for cybersecurity: those that may be of other countries do not meet. What has no country meets them all.
    """
    keys = tuple(shared)
    homes = set[str]() if profile.scope else _around(profile)
    everywhere, nowhere = ({f"{letter}{where}:{key}" for key in keys} for where in ("", _NOWHERE))
    if not homes:
        return everywhere | nowhere, everywhere | nowhere
    here = {f"{letter}{home}:{key}" for key in keys for home in homes}
    return everywhere | here, nowhere | here


def _at_home(profile: Profile, letters: str, keys: Iterable[str]) -> set[str]:
    """Return keys for each country of which a profile may be; one without any stands with its like."""
    homes = sorted(_around(profile)) or [_NOWHERE]
    return {f"{letters}:{home}:{key}" for key in keys for home in homes}


def is_surname(profile: Profile) -> bool:
    """Say whether of a person only a single word is known."""
    return profile.kind == "person" and max(len(name.split()) for name in profile.names) < _SHORT
