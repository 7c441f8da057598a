"""Who stands where in a page, and for which side: people, bodies, nationalities, countries and what refers back to them. No stage."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import msgspec
from msgspec.structs import replace

from mithaq.annotate.scene import Scene
from mithaq.model import Match
from mithaq.model.kept import keep_last
from mithaq.text.shapes import is_and
from mithaq.text.tense import says_and, says_in, says_to

# How much a mention says that its side takes part in what the page tells.
_WEIGHTS = {"person": 2.0, "body": 2.0, "country": 2.0, "nation": 1.0, "capital": 1.0, "city": 0.5}
_COUNTRY = 2  # letters
_UNIONS = frozenset({"EU", "UN"})
_OFFICE = 7  # tokens from the word for an office to the first country where it is held
_SEAT = 2  # tokens between a body and the country where it sits
# Words that bring in a side which takes no part, and how many tokens they reach.
_ASIDES = (("patron", 12), ("source", 6), ("negated", 3), ("frame", 10), ("aside", 8), ("conflict", 5))
_AT_WAR = 2  # tokens between a side and the war it wages: "Russia's full-scale invasion"
_PLACES = frozenset({"country", "city", "capital"})
_COMMAS = frozenset({",", "،"})
_GATHERINGS = frozenset({"event", "meeting"})
_WHOSE = 3  # tokens between a summit and the organisation whose it is
_TONGUES = 8  # tokens from "languages" to the last one of a list
_SHORT = 3  # letters of the words that join it: «هي», "and"
_DATELINE = 5  # tokens before the country of a dateline
_SLIGHT = 0.08  # a side with a smaller share of the leading side's votes is only mentioned


class Actor(msgspec.Struct, frozen=True, gc=False):
    """A mention of a side: tokens ``first:last``, its code (None when unknown), the name of the person or body it stands for.

    ``located`` marks a country or city that is only where something happens; ``aside`` one that a patron's name, a source or
    a comparison brings in.
    """

    first: int
    last: int
    code: str | None
    name: str | None
    kind: str
    located: bool
    aside: bool


def is_organisation(code: str) -> bool:
    """Say whether a code is that of an international organisation: longer than a country's, but for the unions."""
    return len(code) > _COUNTRY or code in _UNIONS


@keep_last
def find_actors(scene: Scene) -> tuple[Actor, ...]:
    """Return the actors of a page in the order of the text, those inside longer ones left out."""
    found = _named(scene) + _nations(scene) + _places(scene)
    rank = {"person": 0, "body": 1, "country": 2, "nation": 3, "capital": 4, "city": 4}
    found.sort(key=lambda a: (a.first, -(a.last - a.first), rank[a.kind]))
    kept: list[Actor] = []
    for actor in found:
        if scene.sentence_at(actor.first) < 0:
            continue
        if kept and actor.first < kept[-1].last:
            continue
        if _is_aside(scene, actor) or _names_gathering(scene, actor):
            actor = replace(actor, aside=True)
        kept.append(replace(actor, located=True) if _in_dateline(scene, actor) else actor)
    return tuple(_in_office(scene, _located_together(scene, _seated(scene, kept))))


def _located_together(scene: Scene, actors: list[Actor]) -> list[Actor]:
    """Take a place as only a place when "and" joins it to one: "carriers in Saudi Arabia and Jordan", «في الجزائر والمغرب»."""
    placed = list(actors)
    for index in range(1, len(placed)):
        before, place = placed[index - 1], placed[index]
        if before.located and not place.located and place.kind in _PLACES and before.kind in _PLACES and _is_joined(scene, before, place):
            placed[index] = replace(place, located=True)
    return placed


def _in_office(scene: Scene, actors: list[Actor]) -> list[Actor]:
    """Take countries where offices are held as sides: «وزراء الاتصالات في كل من السعودية وتركيا», "ministers in Peru and Chile"."""
    placed, index = list(actors), 0
    while index < len(placed):
        end = index + 1
        while end < len(placed) and placed[end].kind == "country" and _is_joined(scene, placed[end - 1], placed[end]):
            end += 1
        if end - index > 1 and placed[index].kind == "country" and placed[index].located and _follows_office(scene, placed[index].first):
            placed[index:end] = [replace(place, located=False) for place in placed[index:end]]
        index = end
    return placed


def _follows_office(scene: Scene, first: int) -> bool:
    """Say whether the word for an office leads up to "in" before a token without a break."""
    for index in range(first - 1, max(-1, first - _OFFICE), -1):
        if scene.is_mark(index):
            return False
        if index in scene.offices:
            return True
    return False


def _is_joined(scene: Scene, before: Actor, place: Actor) -> bool:
    between = scene.tokens[before.last : place.first]
    if not between:
        return says_and(scene.prefixes.get(scene.tokens[place.first].start, ""))
    return len(between) == 1 and (is_and(between[0].key) or between[0].form in _COMMAS)


def _seated(scene: Scene, actors: list[Actor]) -> list[Actor]:
    """Give a body the country that stands right behind it: «وزارة الاتصالات في جمهورية تشاد» is Chad's ministry, and no scene."""
    placed = list(actors)
    for index in range(1, len(placed)):
        body, place = placed[index - 1], placed[index]
        if _sits_in(scene, body, place):
            placed[index - 1], placed[index] = replace(body, code=place.code), replace(place, located=False)
    return placed


def _sits_in(scene: Scene, body: Actor, place: Actor) -> bool:
    if body.kind != "body" or place.kind != "country" or not place.located or (body.code is not None and is_organisation(body.code)):
        return False
    return place.first - body.last <= _SEAT and not any(scene.is_mark(i) for i in range(body.last, place.first))


def _named(scene: Scene) -> list[Actor]:
    document = scene.document
    sides: dict[str, tuple[str | None, str]] = {}
    actors: list[Actor] = []
    for body in document.bodies:
        sides[body.name] = (body.code or body.country, "body")
        actors += [_actor(scene, e.start, e.end, body.code or body.country, body.name, "body") for e in body.mentions]
    for person in document.people:
        code = person.country or _code_of_body(scene, person.body)
        sides[person.name] = (code, "person")
        actors += [_actor(scene, e.start, e.end, code, person.name, "person") for e in person.mentions]
    for reference in document.coreferences:
        side = sides.get(reference.name)
        if side:
            actors.append(_actor(scene, reference.evidence.start, reference.evidence.end, side[0], reference.name, side[1]))
    return actors


def _code_of_body(scene: Scene, name: str | None) -> str | None:
    """Return the code of an international organisation that a person without country serves."""
    return next((b.code for b in scene.document.bodies if name and (b.name == name or name in b.names)), None)


def _actor(scene: Scene, start: int, end: int, code: str | None, name: str | None, kind: str, located: bool = False) -> Actor:
    return Actor(scene.token_at(start), scene.token_at(end - 1) + 1, code, name, kind, located, False)


def _nations(scene: Scene) -> list[Actor]:
    spans: dict[tuple[int, int], dict[str, bool]] = {}
    votes: Counter[str] = Counter()
    coins = _coins(scene)
    wide = [(m.first, m.last) for m in scene.place_words if m.kind == "place.region" and m.last - m.first > 1]
    for match in scene.place_words:
        if match.kind not in ("place.nationality", "place.country"):
            continue
        if any(first <= match.first and match.last <= last for first, last in (*wide, *coins)):
            continue  # neither the Indian Ocean nor the Malaysian ringgit is the country
        if match.kind == "place.nationality" and _is_language(scene, match):
            continue
        code = match.attributes.get("code")
        if not code or len(code) != 2:  # regions and peoples («عربي») are no sides
            continue
        if match.kind == "place.nationality":
            spans.setdefault((match.first, match.last), {})[code] = not match.attributes.get("ambiguous")
        else:
            votes[code] += 1
    actors = []
    for (first, last), codes in spans.items():
        code = max(sorted(codes), key=lambda c: (votes[c], codes[c]))
        actors.append(Actor(first, last, code, None, "nation", _tells_where(scene, first, last), False))
    return actors


def _tells_where(scene: Scene, first: int, last: int) -> bool:
    """Say whether a nationality only tells in whose town something happens: "the Saudi capital", «بمدينة برن السويسرية»."""
    if scene.document.lang == "en":
        return any(c.first == last for c in scene.cues("town", scene.sentence_at(first)))
    return scene.cue_before("town", first, 1)


def _coins(scene: Scene) -> list[tuple[int, int]]:
    """Return the tokens of currencies of more than one word: "US dollars", «دولار أمريكي»."""
    return [(m.first, m.last) for m in scene.money_words if m.last - m.first > 1]


def _is_language(scene: Scene, match: Match) -> bool:
    """Say whether a nationality is a language in which something is said or taught: "in Portuguese and English", «بالفرنسية»."""
    if says_in(match.prefix) or _follows_tongue(scene, match.first):
        return True
    ends = scene.is_mark(match.last) or is_and(scene.tokens[match.last].key) if match.last < len(scene.tokens) else True
    return ends and scene.document.lang != "ar" and scene.cue_before("locative", match.first, 0)


def _follows_tongue(scene: Scene, first: int) -> bool:
    """Say whether only other languages part a nationality from "languages": «بثلاث لغات هي العربية والإنجليزية والفرنسية»."""
    tongues = scene.cues("tongue", scene.sentence_at(first), None, first)
    if not tongues or first - tongues[-1].last > _TONGUES:
        return False
    named = {i for m in scene.place_words for i in range(m.first, m.last)} if first > tongues[-1].last else set[int]()
    return all(i in named or scene.is_mark(i) or len(scene.tokens[i].key) <= _SHORT for i in range(tongues[-1].last, first))


def _in_dateline(scene: Scene, actor: Actor) -> bool:
    """Say whether a country stands behind the town in which a report was written: «دبي، الإمارات العربية المتحدة (CNN) – »."""
    sentence = scene.sentences[scene.sentence_at(actor.first)]
    before = range(sentence.first, actor.first)
    if actor.kind != "country" or not 1 <= len(before) <= _DATELINE or sentence.kind == "title" or actor.last >= len(scene.tokens):
        return False
    towns = {i for m in scene.place_words if m.kind == "place.city" for i in range(m.first, m.last)}
    placed = all(i in towns or scene.is_mark(i) for i in before)
    return placed and scene.is_mark(before[-1]) and scene.is_mark(actor.last)


def _places(scene: Scene) -> list[Actor]:
    actors = []
    coins = _coins(scene)
    capitals = frozenset(m.first for m in scene.place_words if m.attributes.get("capital"))
    for place in scene.document.places:
        if place.country is None or place.kind == "region":
            continue
        first = scene.token_at(place.evidence.start)
        if any(begin <= first < end for begin, end in coins):
            continue  # "US$"
        located = is_located(scene, first, scene.prefixes.get(place.evidence.start, ""), place.kind)
        last = scene.token_at(place.evidence.end - 1) + 1
        kind = "country" if place.kind == "country" else "city"
        if kind == "city" and not located and _is_government(scene, capitals, first, last):
            kind = "capital"
        actors.append(Actor(first, last, place.country, None, kind, located, False))
    return actors


def _is_government(scene: Scene, capitals: frozenset[int], first: int, last: int) -> bool:
    """Say whether a capital stands for its government ("Kigali will train", «بين الرباط ومدريد»): no goal of a journey, no dateline."""
    if first not in capitals or scene.cue_before("destination", first, 1) or says_to(scene.prefixes.get(scene.tokens[first].start, "")):
        return False
    if any(n.attributes["type"] == "agreement" and 0 <= first - n.last <= 1 for n in scene.of("event.noun", scene.sentence_at(first))):
        return False  # "the Malabo Convention": its name, no government
    sentence = scene.sentences[scene.sentence_at(first)]
    opens = first == sentence.first or "\n" in scene.text[scene.tokens[first - 1].end : scene.tokens[first].start]
    return not (opens and last < len(scene.tokens) and scene.is_mark(last))


def is_located(scene: Scene, first: int, prefix: str, kind: str) -> bool:
    """Say whether a place is introduced by "in" or "at", glued or apart.

    Before a town two words may stand between: «في العاصمة العمانية مسقط».
    """
    if says_in(prefix) or scene.cue_before("locative", first, 0):
        return True
    reach = 2 if kind == "city" else 1
    for between in range(1, reach + 1):
        if first - between < 0 or scene.is_mark(first - between):
            return False
        if scene.cue_before("locative", first - between, 0):
            return not scene.has_cue("both", first - between, first) and not scene.has_cue("with", first - between, first)
    return False


def _is_aside(scene: Scene, actor: Actor) -> bool:
    """Say whether a patron's, source's or comparison's words lead up to this mention without a break."""
    sentence = scene.sentence_at(actor.first)
    names = scene.cue_names(sentence)
    for name, reach in _ASIDES:
        for cue in () if name not in names else scene.cues(name, sentence):
            if 0 <= actor.first - cue.last <= reach and not any(scene.is_mark(i) for i in range(cue.last, actor.first)):
                return True
            if name == "conflict" and 0 <= cue.first - actor.last <= _AT_WAR and not scene.is_mark(cue.first - 1):
                return True
    return False


def _names_gathering(scene: Scene, actor: Actor) -> bool:
    """Say whether an organisation only tells whose summit or forum it is: «القمة المقبلة للاتحاد الإفريقي», "the African Union summit"."""
    if actor.kind != "body" or actor.code is None or not is_organisation(actor.code):
        return False
    for noun in scene.of("event.noun", scene.sentence_at(actor.first)):
        if noun.attributes["type"] not in _GATHERINGS or noun.attributes.get("alone") or noun.attributes.get("given"):
            continue
        own = noun.attributes["type"] == "event" and -1 <= noun.first - actor.last < 1
        if own or (0 <= actor.first - noun.last <= _WHOSE and not scene.has_cue("with", noun.last, actor.first)):
            return True
    return False


def vote_sides(scene: Scene, actors: tuple[Actor, ...]) -> dict[str, float]:
    """Return how strongly each code takes part in what the page tells; title and lead count more."""
    votes: dict[str, float] = {}
    leads = {id(s) for s in scene.body[:2]}
    for actor in actors:
        if actor.code is None or actor.aside:
            continue
        weight = _WEIGHTS[actor.kind] * (0.3 if actor.located else 1.0)
        sentence = scene.sentences[scene.sentence_at(actor.first)]
        place = 2.0 if sentence.kind == "title" else 1.5 if id(sentence) in leads else 1.0
        votes[actor.code] = votes.get(actor.code, 0.0) + weight * place
    return votes


def principal_sides(votes: Mapping[str, float]) -> tuple[str, ...]:
    """Return the sides that the page is about, strongest first, without those hardly mentioned."""
    if not votes:
        return ()
    ranked = sorted(votes.items(), key=lambda item: (-item[1], item[0]))
    firm = [code for code, weight in ranked if weight >= _SLIGHT * ranked[0][1]]
    # With one side firm, the next one is its counterpart even when it is named only once.
    return tuple(firm if len(firm) > 1 else [code for code, weight in ranked[:2] if weight >= 1])
