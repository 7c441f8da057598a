"""Learn by how much each sign speaks for or against two namings being one, from the connected stories of the corpus.

python -m mithaq.evaluate.learn_identity --write
"""

from __future__ import annotations

import argparse
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

from mithaq.evaluate.logistic import BIAS, Row, fit
from mithaq.evaluate.who import ROOT, fill_store, place_things
from mithaq.evaluate.world import Story, read_stories
from mithaq.lexicon import load_lexicon
from mithaq.model import Document
from mithaq.model.world import KIND_OF, EntityKind, Profile
from mithaq.resolve.compare import compare_profiles, is_surname, keys_of
from mithaq.resolve.context import Surroundings
from mithaq.resolve.entities import worth_comparing
from mithaq.resolve.score import load_model
from mithaq.store import SqlStore, open_store
from mithaq.store.entities import Desk

MODEL = Path(__file__).parents[1] / "knowledge" / "models" / "identity.json"
_HELD, _HELD_GIVEN = 1.0, 0.01  # how hard a sign is held at what people gave, and their judgement as a whole at nothing
_ENOUGH = 400  # pairs; from fewer less is learned
_GIVEN = "given"  # the sign that says what people's own weights make of a pair
_DIGITS = 3
# What people gave before anything was learned: where the stories say little, weights stay near these.
_COMMON = {
    "likeness": 1.0, "shared": 1.5, "contradiction": -4.0, "across": 0.0, "sides meet": 1.0, "sides differ": -3.0,
    "surname met": 3.0, "surname near": 0.5,
}
FIRST: dict[EntityKind, dict[str, float]] = {
    "person": {
        "bias": -4.0, "same name": 3.0, "covered": 2.0, "evidence": 2.0, "same country": 1.5, "other country": -5.0,
        "other country, guessed": -1.0, "given names": 1.5, "other given name": -4.0, "surnames": 1.0, "other surname": -3.0,
        "same number": 1.0, "other number": -6.0, "initials": -1.0, "surname only": -1.0, "swapped": -0.5, "role": 1.5,
        "other role": -0.5, "body": 1.0, "met": 2.5, "near": 0.5,
    },
    "body": {
        "bias": -4.5, "same name": 4.0, "covered": 3.0, "evidence": 1.5, "same country": 1.5, "other country": -7.0, "head": 0.5,
        "other head": -2.0, "about": 1.0, "other matter": -2.0, "acronym": 4.0, "other acronym": -3.0, "country in the name": 0.5,
        "other country in the name": -6.0, "known": 9.0, "other known": -6.0, "same code": 0.5, "other code": -6.0, "other kind": -0.5,
        "met": 0.8, "near": 0.2, "other country, guessed": -0.5,
    },
    "programme": {
        "bias": -4.5, "same name": 4.0, "covered": 3.0, "evidence": 1.5, "same country": 1.0, "other country": -2.0, "head": 0.5,
        "other head": -1.5, "about": 1.0, "other matter": -2.0, "acronym": 4.0, "country in the name": 0.5,
        "other country in the name": -5.0, "met": 1.5, "near": 0.3, "other country, guessed": -0.5,
    },
}  # fmt: skip


def label_profiles(desk: Desk, stories: Iterable[Story], pages: Mapping[str, Document]) -> dict[int, str]:
    """Return which entity of the gold each profile is; those that stand for several, or for none, are left out."""
    placed = {where: thing.id for thing, _, _, where in place_things(stories, pages) if where}
    found: defaultdict[int, set[str]] = defaultdict(set)
    sources = sorted({document.id for document in pages.values()})
    for profile, source, listed, item, *_ in desk.namings_of(desk.profiles_of(sources)):
        if (source, listed, item) in placed:
            found[profile].add(placed[source, listed, item])
    return {profile: entities.pop() for profile, entities in found.items() if len(entities) == 1}


def make_rows(desk: Desk, labels: Mapping[int, str]) -> dict[EntityKind, list[Row]]:
    """Return what speaks for and against every pair of labelled profiles that share a key, by kind."""
    profiles = desk.load_profiles(sorted(labels))
    kept: defaultdict[str, list[int]] = defaultdict(list)
    for number, keys in desk.keys_of(profiles).items():
        for key in keys:
            kept[key].append(number)
    found = {(min(a, b), max(a, b)) for a in profiles for key in keys_of(profiles[a]).sought for b in kept.get(key, ()) if a != b}
    pairs = sorted(pair for pair in found if worth_comparing(profiles[pair[0]], profiles[pair[1]]))
    around = Surroundings(desk, _pages_of(desk, profiles), pairs, {n for n, profile in profiles.items() if is_surname(profile)})
    rows: dict[EntityKind, list[Row]] = {kind: [] for kind in KIND_OF.values()}
    for a, b in pairs:
        signs = compare_profiles(profiles[a], profiles[b]) | around.signs(a, b)
        rows[profiles[a].kind].append(Row(signs, labels[a] == labels[b]))
    return rows


def _pages_of(desk: Desk, profiles: Mapping[int, Profile]) -> dict[int, frozenset[str]]:
    found: defaultdict[int, set[str]] = defaultdict(set)
    for number, source, *_ in desk.namings_of(sorted(profiles)):
        found[number].add(source)
    return {number: frozenset(sources) for number, sources in found.items()}


def learn(store: SqlStore, stories: Iterable[Story], pages: Mapping[str, Document]) -> dict[EntityKind, dict[str, float]]:
    """Return the weights by kind that make the gold likeliest, held near those that people gave where it says little."""
    with store.resolving() as desk:
        rows = make_rows(desk, label_profiles(desk, stories, pages))
    learned = {}
    for kind, some in rows.items():
        first = {**_COMMON, **FIRST[kind]}
        told = [row._replace(signs={**row.signs, _GIVEN: first[BIAS] + weigh(first, row.signs)}) for row in some]
        held = {sign: _HELD * max(1.0, _ENOUGH / len(told)) for row in told for sign in row.signs} | {_GIVEN: _HELD_GIVEN}
        fitted = fit(told, held.__getitem__)
        share = fitted.pop(_GIVEN)
        weights = {name: round(fitted.get(name, 0.0) + share * first.get(name, 0.0), _DIGITS) for name in fitted.keys() | first.keys()}
        learned[kind] = {name: weights[name] for name in (BIAS, *sorted(weights.keys() - {BIAS}))}
        print(f"{kind}: {len(some)} pairs, {sum(row.holds for row in some)} of them one; what people gave counts {share:.2f}")
    return learned


def weigh(weights: Mapping[str, float], signs: Mapping[str, float]) -> float:
    """Return what signs weigh together."""
    return sum(weights.get(name, 0.0) * value for name, value in signs.items())


def main() -> int:
    """Learn from the stories of train, print the weights, and with ``--write`` put them into the package."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    stories = read_stories(ROOT, "train")
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "world.sqlite") as store:
        pages = fill_store(store, stories, load_lexicon())
        learned = learn(store, stories, pages)
    model = load_model()
    kinds = {kind: msgspec.structs.replace(model.kinds[kind], weights=weights) for kind, weights in learned.items()}
    new = msgspec.structs.replace(model, learned_from=sorted(story.folder.name for story in stories), kinds=kinds)
    encoded = msgspec.json.format(msgspec.json.encode(new), indent=1)
    if asked.write:
        MODEL.write_bytes(encoded + b"\n")
    else:
        print(encoded.decode())
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
