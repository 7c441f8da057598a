"""Which sides took part in a happening: those its clause names, completed from the page when only one of them is named. No stage."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

from mithaq.annotate.actors import Actor, find_actors, is_organisation, principal_sides, vote_sides
from mithaq.annotate.scene import Scene
from mithaq.annotate.triggers import Trigger
from mithaq.model import Place, Token
from mithaq.model.kept import keep_last
from mithaq.text.tense import says_to
from mithaq.text.tokens import marks_of

_LENT = frozenset({"funding", "agreement"})
_DOMESTIC = frozenset({"appointment"})  # acts of one side alone
_CLOSE = 15  # tokens: a side hardly named elsewhere counts when it stands so near
_REACH = 30
_GOAL = 6  # tokens between a visit and where it goes, and between two such goals
_OPENING = 3  # sentences
_BREAKS = frozenset({";", "؛"})
_DOMINANT = 1.8  # a side so much stronger than the next is the one with which all others deal
_BETWEEN = 5  # tokens between a happening's noun and "between"
_LIST = 4  # tokens between the names of an enumeration: "for Kenya, for Uganda and for Rwanda"
_PAIR = 2  # sides
_MANY = 3  # sides that make a group: two are a pair
_MOST = 8  # a longer list tells where, not who with whom
_OWN = frozenset({"person", "body", "nation"})
_STRONG = ("person", "body", "country", "nation", "capital")


class Sides:
    """What a page tells about its sides: how strong each is, who is named with whom, and who acts in each sentence."""

    def __init__(self, scene: Scene, actors: tuple[Actor, ...]) -> None:
        self.scene = scene
        self.actors = actors
        self.votes = vote_sides(scene, actors)
        self.principal = principal_sides(self.votes)
        self._together: Counter[tuple[str, str]] = Counter()
        self._here: dict[int, list[Actor]] = {}
        self._acting: dict[int, list[Actor]] = {}
        for actor in actors:
            self._here.setdefault(scene.sentence_at(actor.first), []).append(actor)
        for sentence in self._here:
            codes = sorted({a.code for a in self.acting(sentence) if a.code})
            for pair in combinations(codes, 2):
                self._together[pair] += 2 if scene.sentences[sentence].kind == "title" else 1
        self.group = self._find_group()

    def listed(self, sentence: int, low: int = 0, high: int | None = None) -> list[str]:
        """Return the three countries or more that tokens ``low:high`` of a sentence enumerate: «من العراق والأردن ولبنان»."""
        best: list[str] = []
        run: list[Actor] = []
        for actor in self._here.get(sentence, ()):
            if actor.kind != "country" or actor.code is None or actor.aside or not low <= actor.first < (high or len(self.scene.tokens)):
                continue
            if run and actor.first - run[-1].last > _LIST:
                run = []
            run.append(actor)
            codes = list(dict.fromkeys(str(a.code) for a in run))
            best = codes if len(codes) > len(best) else best
        return best if _MANY <= len(best) <= _MOST else []

    def _find_group(self) -> tuple[str, ...]:
        """Return the countries that act together in the page: the longest list of title and lead, else of a later sentence."""
        scene = self.scene
        lead = {scene.sentence_at(s.first) for s in scene.body[:_OPENING]}
        lists = [(index in lead or scene.sentences[index].kind == "title", self.listed(index), -index) for index in self._here]
        best = max(lists, key=lambda row: (bool(row[1]), row[0], len(row[1]), row[2]), default=None)
        return tuple(best[1]) if best and best[0] else ()

    def acting(self, sentence: int) -> list[Actor]:
        """Return the actors of a sentence that may take part: no places of the event, patrons or sources."""
        found = self._acting.get(sentence)
        if found is None:
            here = self._here.get(sentence, ())
            found = self._acting[sentence] = [a for a in here if not a.located and not a.aside and a.kind in _STRONG]
        return found

    def in_sentence(self, sentence: int) -> list[Actor]:
        """Return every actor of a sentence."""
        return self._here.get(sentence, [])

    def together(self, a: str, b: str) -> int:
        """Return in how many sentences two sides are named together."""
        return self._together[(a, b) if a < b else (b, a)]

    def partner(self, code: str, sentence: int) -> str | None:
        """Return the side that *code* deals with around a sentence: the one last named with it, else the strongest."""
        others = [c for c in self.principal if c != code]
        if not others:
            return None
        next_best = max((weight for side, weight in self.votes.items() if side != others[0]), default=0.0)
        if others[0] == self.principal[0] and self.votes.get(others[0], 0.0) >= _DOMINANT * next_best:
            return others[0]
        for back in range(sentence, max(-1, sentence - 3), -1):
            codes = [a.code for a in self.acting(back) if a.code in others]
            if codes:
                return max(codes, key=lambda c: (self.together(code, str(c)), self.votes.get(str(c), 0.0)))
        return max(others, key=lambda c: (self.together(code, c), self.votes.get(c, 0.0)))


@keep_last
def read_sides(scene: Scene) -> Sides:
    """Return what a page tells about its sides, for events and pairs."""
    return Sides(scene, find_actors(scene))


def find_parties(sides: Sides, trigger: Trigger) -> list[tuple[str, ...]]:
    """Return the parties of a happening, sorted; several tuples when it is one act with each of several counterparts."""
    scene = sides.scene
    clause = clause_of(scene, trigger)
    codes = _codes_of(sides, trigger, clause)
    if trigger.type in _DOMESTIC:
        return [_of_appointment(sides, codes)]
    journeys = _journeys(sides, trigger, clause) if trigger.type == "visit" else []
    if journeys:
        return journeys
    named = _between(sides, trigger, clause)
    if named:
        return [named]
    codes = _with_group(sides, trigger, codes, clause)
    each = _one_with_each(sides, trigger, codes, clause)
    if each:
        return each
    if len(codes) > 1 and all(is_organisation(c) for c in codes):
        codes = _with_receiver(sides, trigger, codes)
    if len(codes) == 1 and is_organisation(codes[0]) and sides.group and trigger.type in _LENT:
        return [tuple(sorted({codes[0], *sides.group}))]
    if len(codes) == 1:
        partner = sides.partner(codes[0], trigger.sentence)
        return [tuple(sorted((codes[0], partner)))] if partner else [(codes[0],)]
    if not codes:
        return [tuple(sorted(_current(sides, trigger.sentence)))]
    if len(codes) == 2:
        return _separately(sides, trigger, codes, clause) or [tuple(sorted(codes))]
    return _separately(sides, trigger, codes, clause) or [tuple(sorted(codes))]


def _of_appointment(sides: Sides, codes: list[str]) -> tuple[str, ...]:
    """Return whose office is filled: one side alone, or the organisation that elects and the country of the one elected."""
    bodies = [c for c in codes if is_organisation(c)][:1]
    homes = [c for c in codes if not is_organisation(c)][:1]
    if bodies and not homes:
        homes = [c for c in sides.principal if not is_organisation(c)][:1]
    return tuple(sorted({*homes, *bodies})) or sides.principal[:1]


def _journeys(sides: Sides, trigger: Trigger, clause: tuple[int, int]) -> list[tuple[str, ...]]:
    """Return the visitor with each country visited: who is named nearest before the goal, else whom the page is about."""
    goals = _goals(sides, trigger)
    if not goals:
        return []
    limit = min(first for first, _ in goals)
    before = [a for a in sides.acting(trigger.sentence) if clause[0] <= a.first < limit and a.code and all(a.code != g for _, g in goals)]
    near = min(before, key=lambda a: max(trigger.anchor.first - a.last, a.first - trigger.anchor.last), default=None)
    leading = (code for code in sides.principal if not is_organisation(code) and all(code != g for _, g in goals))
    visitor = near.code if near else next(leading, None)
    return [tuple(sorted((visitor, goal))) for _, goal in goals] if visitor else []


def _goals(sides: Sides, trigger: Trigger) -> list[tuple[int, str]]:
    """Return where a journey goes, token and country, each a visit of its own: "a visit to Nigeria and Ghana", «زيارة إلى مالطا»."""
    scene = sides.scene
    goals: list[tuple[int, str]] = []
    reached = trigger.anchor.last
    for first, last, place in scene.places.get(trigger.sentence, ()):
        if not isinstance(place, Place) or not reached <= first <= reached + _GOAL or any(map(scene.is_mark, range(reached, first))):
            continue
        if place.country and (goals or _is_goal(scene, trigger, first, place)) and all(place.country != g for _, g in goals):
            goals.append((first, place.country))
            reached = last
    return goals


def _is_goal(scene: Scene, trigger: Trigger, first: int, place: Place) -> bool:
    """Say whether "to" leads to a place, in French «à» as well, or it is the object of a verb: "visited Rabat", «زار عُمان»."""
    if scene.cue_before("destination", first, 1) or says_to(scene.prefixes.get(place.evidence.start, "")):
        return True
    if scene.document.lang == "fr" and scene.cue_before("locative", first, 0):
        return True
    return trigger.noun is None and first == trigger.anchor.last


def _one_with_each(sides: Sides, trigger: Trigger, codes: list[str], clause: tuple[int, int]) -> list[tuple[str, ...]]:
    """Return a pair for each counterpart of accords "with A, B and C", whose one side is the page's and stays unnamed."""
    if trigger.type != "agreement" or len(codes) < 2 or not sides.principal or sides.principal[0] in codes:
        return []
    withs = [h.first for h in sides.scene.cues("with", trigger.sentence, *clause) if h.word in sides.scene.joining]
    if not withs or any(a.first < withs[0] for a in sides.acting(trigger.sentence) if a.code in codes):
        return []
    return [tuple(sorted((sides.principal[0], code))) for code in codes]


def _between(sides: Sides, trigger: Trigger, clause: tuple[int, int]) -> tuple[str, ...]:
    """Return the two sides that "between" names right behind a happening's noun: «اتفاقية القرض بين العراق والبنك الدولي»."""
    if trigger.noun is None:
        return ()
    low, high = trigger.noun.last, min(clause[1], trigger.noun.last + _BETWEEN)
    cue = next((c for c in sides.scene.cues("with", trigger.sentence, low, high) if c.word not in sides.scene.joining), None)
    if cue is None:
        return ()
    behind = [a for a in sides.acting(trigger.sentence) if cue.last <= a.first < min(clause[1], cue.last + _REACH)]
    codes = list(dict.fromkeys(str(a.code) for a in behind if a.code))
    first = next((a for a in behind if a.code), None)
    opens = first is not None and first.first - cue.last <= _LIST
    return tuple(sorted(codes)) if opens and len(codes) == _PAIR else ()


def _separately(sides: Sides, trigger: Trigger, codes: list[str], clause: tuple[int, int]) -> list[tuple[str, ...]]:
    """Return a pair for each counterpart where "separately" or "each of" parts them: with whom the sentence opens, else the page's side."""
    cues = [c for c in sides.scene.cues("separate", trigger.sentence, *clause) if -_REACH <= c.first - trigger.last <= _REACH]
    if not cues:
        return []
    listed = [a.code for a in sides.acting(trigger.sentence) if a.code in codes and clause[0] <= a.first < cues[0].first]
    subject = listed[0] if listed else next((c for c in sides.principal if not is_organisation(c)), codes[0])
    others = [c for c in codes if c != subject]
    if set(listed) == set(codes) and cues[0].first < trigger.first:
        return []  # "the ministers of Peru, Chile and Cuba, A, B and C respectively, signed": all of them did, together
    return [tuple(sorted((subject, other))) for other in others] if len(others) > 1 else []


def _with_group(sides: Sides, trigger: Trigger, codes: list[str], clause: tuple[int, int]) -> list[str]:
    """Add the countries that act together where the clause speaks of them without names: "the four countries", «المشاركون»."""
    low, high = clause
    if not sides.group or not sides.scene.cues("group", trigger.sentence, low, high):
        return codes
    joint = list(dict.fromkeys([*codes, *sides.group]))
    lender = next((c for c in sides.principal if c not in joint), None)
    after = [c for c in sides.scene.cues("with", trigger.sentence, low, high) if c.word in sides.scene.joining]
    return [lender, *joint] if lender and after and set(joint) == set(sides.group) else joint


def _with_receiver(sides: Sides, trigger: Trigger, codes: list[str]) -> list[str]:
    """Put the countries beside organisations that are named without them: of two lenders the nearer one acts here."""
    nearest = min(codes, key=lambda c: _nearest(sides, trigger, c))
    if sides.group:
        return [nearest, *sides.group]
    receiver = next((c for c in sides.principal if not is_organisation(c)), None)
    return [nearest, receiver] if receiver else codes


def _codes_of(sides: Sides, trigger: Trigger, clause: tuple[int, int]) -> list[str]:
    """Return the sides that act in the trigger's clause, in the order of the text."""
    codes: list[str] = []
    low, high = clause
    acting = sides.acting(trigger.sentence)
    inside = [a for a in acting if low <= a.first < high]
    for actor in inside or acting:
        if actor.code and actor.code not in codes:
            codes.append(actor.code)
    listed = sides.listed(trigger.sentence, max(low, trigger.first - _REACH), min(high, trigger.last + _REACH))
    if listed:
        leader = _leader_of(sides, trigger, listed, clause)
        return list(dict.fromkeys([*leader, *(c for c in codes if c in listed or is_organisation(c)), *listed]))
    strong = [c for c in codes if c in sides.principal]
    if len(strong) < 2:
        strong = [c for c in codes if c in strong or _nearest(sides, trigger, c) <= _CLOSE]
    if len(strong) > 2:
        strong = _narrowed(sides, trigger, strong)
    return _with_subject(sides, trigger, strong)


def _leader_of(sides: Sides, trigger: Trigger, listed: list[str], clause: tuple[int, int]) -> list[str]:
    """Return who meets all of a list one by one, named before it: «أجرى الوزير التونسي لقاءات ثنائية مع وزراء السعودية وتركيا وقطر»."""
    low, high = clause
    parted = next((cue.first for cue in sides.scene.cues("separate", trigger.sentence, low, high)), None)
    if parted is None:
        return []
    before = [str(a.code) for a in sides.acting(trigger.sentence) if a.code and low <= a.first < parted and a.kind in _OWN]
    return before[:1] if before and before[0] not in listed else []


def _narrowed(sides: Sides, trigger: Trigger, codes: list[str]) -> list[str]:
    """Leave out of three sides or more those far from the trigger, and those that only an adjective brings in («الخبرة الإستونية»)."""
    near = [c for c in codes if _nearest(sides, trigger, c) <= _REACH]
    codes = near if len(near) >= 2 else codes
    named = {a.code for a in sides.acting(trigger.sentence) if a.kind in ("person", "body", "country")}
    firm = [c for c in codes if c in named]
    return firm if len(firm) >= 2 else codes


def _with_subject(sides: Sides, trigger: Trigger, codes: list[str]) -> list[str]:
    """Put the page's leading side before counterparts that all stand after "with": its name is the unnamed subject."""
    if len(codes) < 2 or len(sides.principal) < 3:
        return codes
    withs = [h.first for h in sides.scene.cues("with", trigger.sentence) if h.word in sides.scene.joining]
    if not withs or any(a.first < withs[0] for a in sides.acting(trigger.sentence) if a.code in codes):
        return codes
    subject = next((c for c in sides.principal if c not in codes), None)
    return [subject, *codes] if subject else codes


def clause_of(scene: Scene, trigger: Trigger) -> tuple[int, int]:
    """Return the tokens of the trigger's part of its sentence, between words such as "while" and semicolons."""
    asked = (trigger.sentence, trigger.first, trigger.last)
    known = scene.clauses.get(asked)
    if known is None:
        known = scene.clauses[asked] = _clause_around(scene, trigger)
    return known


def _clause_around(scene: Scene, trigger: Trigger) -> tuple[int, int]:
    sentence = scene.sentences[trigger.sentence]
    breaks = [h.first for h in scene.cues("while", trigger.sentence)]
    breaks += [i for i in _breaks_of(scene.tokens) if sentence.first <= i < sentence.last]
    low = max((b for b in breaks if b <= trigger.first), default=sentence.first)
    high = min((b for b in breaks if b >= trigger.last), default=sentence.last)
    return low, high


@keep_last
def _breaks_of(tokens: tuple[Token, ...]) -> list[int]:
    """Return where a page's sentences are cut by semicolons."""
    return [at for at in marks_of(tokens) if tokens[at].form in _BREAKS]


def _nearest(sides: Sides, trigger: Trigger, code: str) -> int:
    return min(max(0, a.first - trigger.last, trigger.first - a.last) for a in sides.acting(trigger.sentence) if a.code == code)


def _current(sides: Sides, sentence: int) -> tuple[str, ...]:
    """Return the pair of which the text speaks at a sentence: the last two sides named together before it, else the page's."""
    if len(sides.principal) <= 2:
        return sides.principal
    for back in range(sentence, max(-1, sentence - 3), -1):
        codes = list(dict.fromkeys(a.code for a in sides.acting(back) if a.code in sides.principal))
        if len(codes) == 2:
            return str(codes[0]), str(codes[1])
    first = sides.principal[0]
    partner = sides.partner(first, sentence)
    return (first, partner) if partner else sides.principal[:2]
