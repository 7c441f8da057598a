"""The whole step of resolution: from what pages name to people, bodies and programmes of the world.

Documents whose namings have changed wait as "unresolved". Each naming gets a profile; a new profile is compared with those that share a key
with it; then the groups around every changed profile are made again. All of it depends on the documents kept and on people's decisions
alone, not on the order in which they came, and every part is one transaction: whatever is killed goes on where it was.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import cache

import msgspec

from mithaq.model.world import KIND_OF, Entity, EntityKind, EntityName, Naming, Profile, Question, Resolved, naming_key
from mithaq.resolve.compare import LETTERS, best_names, compare_profiles, is_surname, keys_of, odds_above, say_reasons
from mithaq.resolve.context import Surroundings
from mithaq.resolve.gazetteer import known_body
from mithaq.resolve.groups import Edge, Graph, Groups, make_groups
from mithaq.resolve.meanings import PROPER, read_meaning
from mithaq.resolve.names import NameFeatures, are_about_others, compare_body_names, compare_person_names
from mithaq.resolve.score import load_model, odds_of, probability, to_odds
from mithaq.store.entities import Bond, Desk, Member, Resolving
from mithaq.text.characters import strip_marks
from mithaq.text.fold import fold_text

Progress = Callable[[int, int, str], None]

PAGES_AT_ONCE = 500
_PROFILES_AT_ONCE = 4000
_ID_DIGITS = 12
_MOST_NAMES = 60  # of one entity that are kept to be shown
_APART = ("different", "split")
_MOST_FROM_AROUND = 2.5  # odds: more than this no surroundings can say for two being one
_OTHER = 0.25  # of a name that stands against another surname
_FULL = 2  # words of a name that is more than a surname


def resolve(store: Resolving, progress: Progress | None = None) -> Resolved:
    """Bring who is who up to date; *progress* is called with (done, all, what). Nothing happens when it is already."""
    documents, waiting = 0, store.stale()
    while taken := absorb_some(store):
        documents += taken
        if progress:
            progress(min(documents, waiting), max(documents, waiting), "pages")
    entities = 0
    while True:
        with store.resolving() as desk:
            made = regroup(desk)
        if made is None:
            return Resolved(documents, entities)
        entities += made
        if progress:
            progress(entities, entities, "entities")


def absorb_some(store: Resolving) -> int:
    """Take in what some documents name now, in one transaction; return how many they were, 0 when none waits any more.

    While other processes read pages, the one that writes has time for this: what is left for the end is to group what was compared.
    """
    with store.resolving() as desk:
        sources = desk.unresolved(PAGES_AT_ONCE)
        if sources:
            absorb(desk, sources)
    return len(sources)


def absorb(desk: Desk, sources: list[str]) -> None:
    """Take in what documents name now: profiles, keys, and the pairs that each new profile makes."""
    bonds = desk.bonds()
    judged = {key for bond in bonds for key in (bond.subject, bond.other) if key}
    before = desk.profiles_of(sources)
    profiles: dict[int, Profile] = {}
    rows = []
    for naming, profile in _profiles(desk.read_namings(sources), judged):
        number = profile_number(profile)
        profiles[number] = profile
        rows.append((naming.document, naming.list, naming.item, naming.start, naming.end, number))
    desk.replace_namings(sources, rows)
    desk.drop_members(sources)
    known = desk.known_profiles(profiles)
    # Names that begin alike one after the other: they meet the same others, and what was worked out for the one is at hand for the next.
    for number in sorted(set(profiles) - known, key=lambda new: (profiles[new].kind, _last_words(profiles[new]), new)):
        _compare_new(desk, number, profiles[number])
    touched = set(sources)
    ends = {key for bond in bonds if touched & {_page(bond.subject), _page(bond.other)} for key in (bond.subject, bond.other) if key}
    desk.mark({*before, *profiles, *desk.locate(ends).values()})
    desk.drop_unused(before - set(profiles))
    desk.settle(sources)


def _last_words(profile: Profile) -> tuple[str, ...]:
    """Return the names of a profile with their last words first: those of one family stand together."""
    return tuple(" ".join(reversed(name.split())) for name in profile.names)


def _page(key: str) -> str:
    return key.partition("/")[0]


def _profiles(namings: Iterable[Naming], judged: set[str]) -> Iterable[tuple[Naming, Profile]]:
    """Yield each naming with its profile; of two of one page that say the same the second stands for itself."""
    seen: set[tuple[str, Profile]] = set()
    for naming in namings:
        profile = make_profile(naming, alone=naming.key in judged)
        if (naming.document, profile) in seen:
            profile = make_profile(naming, alone=True)
        seen.add((naming.document, profile))
        yield naming, profile


def make_profile(naming: Naming, *, alone: bool = False) -> Profile:
    """Return what a naming says, in comparable form.

    One that is judged (*alone*), or says too little for others to mean the same by it, has a profile of its own.
    """
    names = tuple(dict.fromkeys(" ".join(strip_marks(name).split()) for name in naming.names))
    kept = tuple(name for name in names if not _is_part(name, names))
    guessed = naming.country is not None and (naming.guessed or (naming.kind != "person" and not _names_country(naming)))
    known = _known(naming, sure=not guessed) if naming.kind == "body" else None
    sure = (naming.country and not guessed) or known
    profile = Profile(
        kind=naming.kind,
        names=(kept or names)[:_MOST_NAMES],
        country=naming.country,
        guessed=guessed and not known,
        role=fold_text(naming.role) if naming.role else None,
        body=fold_text(naming.body) if naming.body else None,
        body_kind=naming.body_kind,
        code=naming.code,
        known=known,
        part_of=fold_text(naming.part_of) if naming.part_of else None,
        sides=() if sure else naming.sides,
    )
    if alone or _says_little(profile):
        return msgspec.structs.replace(profile, scope=naming.key)
    return profile


def _is_part(name: str, names: tuple[str, ...]) -> bool:
    """Say whether a name only repeats words of another of the same page: «السغروشني» beside «أمل السغروشني»."""
    words = set(fold_text(name).split())
    return any(words < set(fold_text(other).split()) for other in names)


def _names_country(naming: Naming) -> bool:
    """Say whether the name itself tells the country («هيئة الحكومة الرقمية السعودية»)."""
    return any(naming.country in read_meaning(name).countries for name in naming.names)


def _known(naming: Naming, *, sure: bool) -> str | None:
    return next((known for name in naming.names if (known := known_body(name, naming.country, sure=sure))), None)


def _says_little(profile: Profile) -> bool:
    if profile.kind != "person":
        return False
    words = max(len(name.split()) for name in profile.names)
    told = bool(profile.role or profile.body)
    return not (words > _FULL or (words == _FULL and (told or profile.country)) or (told and profile.country))


def profile_number(profile: Profile) -> int:
    """Return the number of a profile: a hash of all it says, as a signed integer of 64 bits."""
    return int.from_bytes(hashlib.blake2b(msgspec.json.encode(profile), digest_size=8).digest(), "big", signed=True)


@cache
def least_odds(kind: EntityKind) -> float:
    """Return the odds below which no surroundings can make two profiles worth a question."""
    weights = load_model().kinds[kind]
    # Only people are known by a mere surname.
    prefixes = ("", "surname ") if kind == "person" else ("",)
    gains = (sum(max(0.0, weights.weights.get(prefix + name, 0.0)) for name in ("met", "near")) for prefix in prefixes)
    return to_odds(weights.ask) - min(_MOST_FROM_AROUND, max(gains))


def _compare_new(desk: Desk, number: int, profile: Profile) -> None:
    keys = keys_of(profile)
    others = desk.load_profiles(sorted(desk.sharing(keys.sought)))
    desk.add_profile(number, profile, keys.kept)
    least = least_odds(profile.kind)
    pairs = []
    for other, theirs in others.items():
        if worth_comparing(profile, theirs):
            odds = odds_above(profile, theirs, least)
            if odds is not None:
                pairs.append((min(number, other), max(number, other), odds))
    desk.add_pairs(sorted(pairs))


def worth_comparing(a: Profile, b: Profile) -> bool:
    """Say whether two profiles that share a key may be one at all: a surname on one page says nothing of the same surname on another."""
    if a.kind != "person" and _hold_apart(a, b) and not (a.scope or b.scope):
        return False
    return not (a.kind == "person" and is_surname(a) and is_surname(b) and not (a.role and b.role))


def _homes(profile: Profile) -> frozenset[str]:
    """Return the countries of which a profile may be, none when that tells nothing.

    What bears a name of its own is taken for what it is wherever it is named; a ministry of communications is one of its page's countries.
    """
    if profile.country and not profile.guessed:
        return frozenset((profile.country,))
    if profile.kind == "person" or profile.known or not all(_is_plain(name) for name in profile.names):
        return frozenset()
    return frozenset((*profile.sides, *filter(None, (profile.country,))))


def _hold_apart(a: Profile, b: Profile) -> bool:
    """Say whether two profiles cannot be of one country."""
    ours, theirs = _homes(a), _homes(b)
    return bool(ours) and bool(theirs) and ours.isdisjoint(theirs)


def _is_plain(name: str) -> bool:
    """Say whether all words of a name are such as many names are made of."""
    return all(unit.sort != PROPER for unit in read_meaning(name).units)


def regroup(desk: Desk) -> int | None:
    """Make the groups around some changed profiles again; return how many there are, None when nothing has changed."""
    seeds = desk.unclustered(_PROFILES_AT_ONCE)
    if not seeds:
        return None
    bonds = desk.bonds()
    places = desk.locate({key for bond in bonds for key in (bond.subject, bond.other) if key})
    bound = [(places[b.subject], places[b.other]) for b in bonds if b.verb == "same" and b.subject in places and b.other in places]
    numbers, pairs = _neighbourhood(desk, seeds, bound)
    profiles = desk.load_profiles(sorted(numbers))
    namings: defaultdict[int, list[Member]] = defaultdict(list)
    keys: dict[Member, str] = {}
    for number, source, name, item, start, end in desk.namings_of(sorted(numbers)):
        namings[number].append((source, name, item))
        keys[source, name, item] = naming_key(source, KIND_OF[name], start, end)
    pages = {number: frozenset(member[0] for member in members) for number, members in namings.items()}
    world = _World(desk, profiles, namings, keys, pages)
    made = 0
    for kind in ("person", "body", "programme"):
        mine = sorted(number for number in numbers if number in profiles and profiles[number].kind == kind)
        if mine:
            made += world.write(kind, mine, [p for p in pairs if p[0] in profiles and profiles[p[0]].kind == kind], bonds, places)
    desk.clustered(sorted(numbers))
    return made


def _gain(kind: EntityKind, signs: Mapping[str, float]) -> float:
    """Return what the surroundings of two profiles add to the odds that they are one."""
    return min(odds_of(kind, signs) - odds_of(kind, {}), _MOST_FROM_AROUND)


def _neighbourhood(
    desk: Desk, seeds: Iterable[int], bound: Iterable[tuple[int, int]]
) -> tuple[set[int], list[tuple[int, int, float]]]:
    """Return all profiles that pairs or decisions connect with the seeds, and these pairs."""
    tied: defaultdict[int, set[int]] = defaultdict(set)
    for a, b in bound:
        tied[a].add(b)
        tied[b].add(a)
    numbers, frontier = set(seeds), set(seeds)
    pairs: set[tuple[int, int, float]] = set()
    while frontier:
        found = desk.pairs_of(sorted(frontier))
        pairs.update(found)
        reached = {end for a, b, _ in found for end in (a, b)} | {other for number in frontier for other in tied.get(number, ())}
        frontier = reached - numbers
        numbers |= frontier
    return numbers, sorted(pairs)


class _World:
    """Profiles that are grouped together, with all that stands around them."""

    def __init__(
        self,
        desk: Desk,
        profiles: Mapping[int, Profile],
        namings: Mapping[int, list[Member]],
        keys: Mapping[Member, str],
        pages: Mapping[int, frozenset[str]],
    ) -> None:
        self._desk = desk
        self._profiles = profiles
        self._namings = namings
        self._keys = keys
        self._pages = pages
        self._clashes: dict[tuple[tuple[str, ...], tuple[str, ...]], bool] = {}

    def write(
        self, kind: EntityKind, numbers: list[int], pairs: list[tuple[int, int, float]], bonds: list[Bond], places: Mapping[str, int]
    ) -> int:
        """Group profiles of one kind and keep what comes out; return the number of groups."""
        weights = load_model().kinds[kind]
        mine = set(numbers)
        graph = Graph(
            edges=self._edges(kind, pairs),
            same=[(places[b.subject], places[b.other]) for b in bonds if b.verb == "same" and self._here(b, places, mine)],
            apart=frozenset(
                (places[b.subject], places[b.other]) for b in bonds if b.verb in _APART and b.other and self._here(b, places, mine)
            ),
            alone=frozenset(places[b.subject] for b in bonds if b.verb == "split" and not b.other and places.get(b.subject) in mine),
            pages=self._pages,
            words={number: max(len(name.split()) for name in self._profiles[number].names) for number in numbers},
            countries={number: homes for number in numbers if (homes := _homes(self._profiles[number]))},
            clash=self._clash,
            twice=self._twice,
        )
        groups = make_groups(numbers, graph, to_odds(weights.same), to_odds(weights.ask))
        self._keep(kind, groups)
        return len(groups.groups)

    def _here(self, bond: Bond, places: Mapping[str, int], mine: set[int]) -> bool:
        return places.get(bond.subject) in mine and places.get(bond.other) in mine

    def _edges(self, kind: EntityKind, pairs: list[tuple[int, int, float]]) -> list[Edge]:
        """Return the pairs with what their surroundings add where that can make a difference."""
        weights = load_model().kinds[kind]
        sure = to_odds(weights.same)
        surnames = {number for pair in pairs for number in pair[:2] if is_surname(self._profiles[number])}
        abroad = {(a, b) for a, b, _ in pairs if kind == "person" and _hold_apart(self._profiles[a], self._profiles[b])}
        asked = [(a, b) for a, b, odds in pairs if odds < sure or (a, b) in abroad]
        around = Surroundings(self._desk, self._pages, asked, surnames)
        edges = []
        for a, b, odds in pairs:
            signs = around.signs(a, b) if odds < sure or (a, b) in abroad else {}
            more = _gain(kind, signs) if odds < sure else 0.0
            edges.append(Edge(a, b, odds + more, (a, b) in abroad and "met" in signs))
        self._around = around
        return edges

    def _clash(self, a: int, b: int) -> bool:
        """Say whether the names of two exclude that they are one: other given names, other ordinals, other countries inside."""
        one, two = self._profiles[a], self._profiles[b]
        if one.names == two.names:
            return False
        names = min(one.names, two.names), max(one.names, two.names)
        known = self._clashes.get(names)
        if known is None:
            known = self._clashes[names] = _excludes(one, two)
        return known

    def _twice(self, a: int, b: int) -> bool:
        """Say whether a page that names both may mean one by them: its full name and its acronym, or two scripts."""
        if a == b:
            return True
        one, two = self._profiles[a], self._profiles[b]
        names = best_names(one, two)
        if one.kind == "person":
            # In one script a reader of pages would have seen that they are one.
            return bool(names.across) and names.covered == 1.0 and not (one.role and two.role)
        return bool(names.same or names.acronym > 0 or names.known > 0 or (one.known and one.known == two.known))

    def _keep(self, kind: EntityKind, groups: Groups) -> None:
        """Write the groups of one kind as entities, in the place of those that stood there."""
        desk, rows = self._desk, []
        members = [member for group in groups.groups for number in group for member in self._namings.get(number, ())]
        old = {entity for entity, _ in desk.entities_at(members).values()}
        printed = desk.names_of(members)
        entities: list[Entity] = []
        entity_of: dict[int, str] = {}
        for group in groups.groups:
            held = sorted(member for number in group for member in self._namings.get(number, ()))
            if not held:
                continue
            entity = self._entity(kind, group, held, printed)
            entities.append(entity)
            for number in group:
                entity_of[number] = entity.id
                sure = probability(groups.odds[number]) if number in groups.odds else 1.0
                rows += [(*member, entity.id, sure) for member in self._namings.get(number, ())]
        desk.drop_entities(sorted(entity.id for entity in entities))
        desk.put_entities(entities)
        desk.put_members(rows)
        # One that falls apart may have members in other batches: its row stays as long as any of them is there.
        desk.drop_empty(sorted(old))
        desk.put_questions(self._question(kind, edge, entity_of) for edge in groups.asked)
        desk.put_conflicts(((min(x, y), max(x, y), entity_of[a]) for a, b in groups.refused for x, y in [(self._key(a), self._key(b))]))

    def _entity(self, kind: EntityKind, group: list[int], held: list[Member], printed: Mapping[Member, tuple[str, str | None]]) -> Entity:
        counts = Counter(printed[member] for member in held if member in printed)
        ranked = sorted(counts.items(), key=lambda one: (-one[1], one[0][0], one[0][1] or ""))
        names = tuple(EntityName(name, lang, pages) for (name, lang), pages in ranked[:_MOST_NAMES])
        homes = Counter[str]()
        for number in group:
            country = self._profiles[number].country
            if country:
                homes[country] += len(self._namings[number])
        country = min(homes, key=lambda code: (-homes[code], code)) if homes else None
        # Two may be named by the same words; their places in the list of the page tell them apart.
        first = min((self._keys[member], member[2]) for member in held)
        digest = hashlib.sha256("#".join(map(str, first)).encode()).hexdigest()[:_ID_DIGITS]
        return Entity(id=f"{LETTERS[kind]}{digest}", kind=kind, names=names, country=country)

    def _question(self, kind: EntityKind, edge: Edge, entity_of: Mapping[int, str]) -> Question:
        a, b = sorted((edge.a, edge.b), key=self._key)
        signs = compare_profiles(self._profiles[a], self._profiles[b]) | self._around.signs(edge.a, edge.b)
        return Question(
            a=self._key(a), b=self._key(b), first=entity_of[a], second=entity_of[b], probability=round(probability(edge.odds), 4),
            reasons=say_reasons(kind, signs, load_model().kinds[kind].weights),
        )  # fmt: skip

    def _key(self, number: int) -> str:
        return min(self._keys[member] for member in self._namings[number])


def _excludes(one: Profile, two: Profile) -> bool:
    compare = compare_person_names if one.kind == "person" else compare_body_names
    found = [compare(x, y) for x in one.names for y in two.names]
    if one.kind == "person":
        return all(f.number < 0 or (f.first < 0 and f.contradiction > 0) or f.likeness == 0 or _other_family(f) for f in found)
    if all(f.country < 0 or f.known < 0 for f in found):
        return True
    if any(f.same or f.acronym > 0 or f.known > 0 for f in found):
        return False
    # A commission and a ministry of one field are two where a page tells whose one is; across scripts a translator chose the word.
    heads = [f.first for f in found if f.first and not f.across]
    told = any(profile.country and not profile.guessed for profile in (one, two))
    # A summit on one thing is not the one on another.
    other = one.kind == "programme" and all(are_about_others(x, y) for x in one.names for y in two.names)
    return other or (told and bool(heads) and max(heads) < 0)


def _other_family(names: NameFeatures) -> bool:
    """Say whether two names in one script end in different surnames: «لاندري مابيالا نغوما», «لاندري مابيالا كاسونغو»."""
    return not names.across and names.last < 0 and names.contradiction >= _OTHER
