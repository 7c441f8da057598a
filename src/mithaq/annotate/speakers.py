"""Say who speaks: the subject of a verb of saying, or who spoke last («وأضاف», "he added", «de son côté»).

No stage; used by ``statements``.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property
from operator import attrgetter

from msgspec.structs import replace

from mithaq.annotate.acts import Quotes
from mithaq.annotate.cuts import Clause
from mithaq.annotate.view import View, country_codes
from mithaq.annotate.wordings import (
    Beside,
    Speaker,
    by_city,
    by_common_noun,
    by_common_subject,
    by_office,
    by_unknown_name,
    without_name,
)
from mithaq.model import Evidence, Match
from mithaq.text.fold import clitic_keys, fold_text, fold_word
from mithaq.text.language import function_words
from mithaq.text.tokens import starts_of

# How many words after an Arabic verb a subject of each kind may begin when no «أن» shows where the head ends.
_REACH = {"person": 10, "epithet": 6, "collective": 4, "side": 3, "body": 4, "country": 2}
_NATION = 4  # tokens between the word of an office and a nationality
_QUESTIONS = 3  # so many questions make a page an interview
# Which kind of mention is the subject when several stand in the head of a clause: the first of the best rank.
_RANKS = {"person": 0, "epithet": 0, "collective": 1, "side": 2, "body": 3, "country": 4}


class Speakers:
    """All who may speak on a page, and who spoke last as one reads on."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._starts = starts_of(view.tokens)
        self._countries = {p.name: p.country for p in view.document.people} | {b.name: b.country for b in view.document.bodies}
        self._mentions = self._read()
        self._firsts = [mention.first for mention in self._mentions]
        self._people = [mention for mention in self._mentions if mention.kind == "person"]
        self.last: Speaker | None = None
        self._spoke: set[str] = set()
        self._is_interview = sum(view.text[s.end - 1] in "?؟" for s in view.document.sentences if s.kind == "body") >= _QUESTIONS
        self._surnames = [(p, frozenset(fold_text(p.name).split())) for p in view.document.people if " " in p.name]
        self._interviewed = next((m for m in self._mentions if m.kind == "person"), None)

    def of(self, clause: Clause, quotes: Quotes) -> Speaker | None:
        """Return who says a clause and remember him; None when nobody is named (the narrator)."""
        if clause.place in ("narrator", "aim") or clause.act is None:
            if quotes.covers(clause.first, clause.last):
                return self.last
            return self._interviewed if self._is_interview or self._first_person(clause) else None
        if clause.act and clause.act.attributes.get("speaker") == "none":
            return None
        if clause.place == "more":
            return self.last
        named = self._named(clause)
        if named:
            self.last = named
            self._spoke.add(named.name)
        speaker = named or self.last
        if speaker is None or (speaker.kind != "epithet" and clause.head_first <= speaker.first < clause.last):
            return speaker
        return self._of_own_side(clause, speaker) or speaker

    def _of_own_side(self, clause: Clause, speaker: Speaker) -> Speaker | None:
        """Return who speaks when only "the minister" does and tells what his country is ready for: the one of that country named last.

        «وأكد الوزير استعداد سلطنة عمان لتقديم الدعم» is no minister of the guests.
        """
        view = self._view
        start = max(clause.first, self.subject_end(clause))
        cues = view.between_tokens(start, min(start + _REACH["epithet"], clause.last), "statement")
        cue = next((m for m in cues if "ready" in m.attributes), None)
        own = view.at(cue.last, "place.country") if cue and view.arabic else None
        code = own.attributes.get("code") if own else None
        if code is None or speaker.country in (None, code):
            return None
        before = [m for m in self._mentions if m.kind == "person" and m.first < clause.first and m.country == code]
        return before[-1] if before else None

    def other_side(self, clause: Clause, speaker: Speaker | None) -> Speaker | None:
        """Return the side that a speaker of another country tells of: «وقال الوزير إن الجانب الكوري عرض التدريب»; else the speaker."""
        if speaker is None or clause.act is None or clause.place != "after" or clause.act.attributes.get("implies"):
            return speaker
        sides = (m for m in self._mentions if m.kind == "side" and clause.first <= m.first <= clause.first + 1)
        return next((m for m in sides if m.country and m.country != speaker.country), speaker)

    def near(self, first: int, last: int) -> Speaker | None:
        """Return the best subject named in tokens ``first:last``."""
        found = [m for m in self._mentions if first <= m.first < last]
        return min(found, key=lambda m: (_RANKS[m.kind], m.first)) if found else None

    def _after_verb(self, verb_end: int, limit: int, *, sure: bool = False) -> Speaker | None:
        """Return the subject behind an Arabic verb, near enough for its kind; a country only right behind it.

        *sure*: «أن» shows where the head ends, so that a person may stand behind a long office.
        """
        found = [
            m
            for m in self._mentions
            if verb_end <= m.first < (limit if sure and m.kind == "person" else min(limit, verb_end + _REACH[m.kind]))
        ]
        found = [m for m in found if m.kind in ("person", "epithet", "collective") or not self._owned(verb_end, m.first)]
        return min(found, key=lambda m: (_RANKS[m.kind], m.first)) if found else None

    def named_in(self, first: int, last: int) -> list[Speaker]:
        """Return all who are named in tokens ``first:last``, in the order of the text."""
        return self._mentions[bisect_left(self._firsts, first) : bisect_left(self._firsts, last)]

    def people_before(self, index: int, most: int) -> list[Speaker]:
        """Return the people last named before a token, no more than *most*, the last one first."""
        found: dict[str, Speaker] = {}
        for person in reversed(self._people[: bisect_left(self._people, index, key=_first)]):
            found.setdefault(person.name, person)
            if len(found) == most:
                break
        return list(found.values())

    def is_governed(self, index: int) -> bool:
        """Say whether a name carries a preposition, so is no subject («بالمغرب»)."""
        return any(m.prefix for m in self._view.starting.get(index, ()) if m.kind.startswith(("place.", "body.")))

    def subject_before(self, first: int, verb: int) -> Speaker | None:
        """Return the side, body or country that stands right before a verb of tokens ``first:verb``."""
        found = [m for m in self._mentions if first <= m.first and verb - 3 <= m.last <= verb]
        return found[-1] if found else None

    def note(self, first: int, last: int) -> None:
        """Remember the person who opens a sentence of which the verbs of saying name nobody («وقدم الوزير عرضا … أوضح فيه أن»)."""
        people = [m for m in self._mentions if first <= m.first < last and m.kind == "person"]
        if people and (self.last is None or self.last.first < first):
            self.last = people[0]

    def subject_end(self, clause: Clause) -> int:
        """Return the token after the subject that stands between an Arabic verb and what is said."""
        if clause.act is None:
            return clause.first
        found = self._after_verb(clause.act.last, clause.last)
        return found.last if found else clause.act.last

    def _named(self, clause: Clause) -> Speaker | None:
        act = clause.act
        if act is None or act.attributes.get("form") == "participle":
            return None
        if act.kind == "speech.source" or clause.place != "after":
            head = (clause.head_first, clause.head_last)
            known = self._counterpart(*head) or self.near(*head)
            return known or self._by_office(*head) or self._by_nation(*head) or self._by_surname(*head)
        if self._view.arabic:
            limit = clause.head_last if clause.head_last > act.last else clause.last
            first = self._behind_carrier(act, limit)
            behind = Beside(first, limit)
            sure = self._view.over(clause.head_last - 1, "speech.that") is not None
            return (
                self._fronted(act)
                or self._counterpart(first, min(limit, first + 4))
                or self._after_verb(first, limit, sure=sure)
                or self._by_surname(first, min(limit, first + 3))
                or (by_city(self._view, first) if act.attributes.get("implies") != "appraisal" else None)
                or (without_name(self._view, behind) if sure else None)
                or self._by_office(first, min(limit, first + 6))
                or self._by_nation(first, min(limit, first + 4))
                or by_office(self._view, behind)
                or by_common_noun(self._view, behind, self._mentions)
                or by_unknown_name(self._view, behind)
                or self.near(clause.head_first, act.first)
                or self._by_surname(max(clause.head_first, act.first - 3), act.first)
            )
        return (
            self._relative(clause.head_first)
            or self._described(clause.head_first, act.first)
            or self._counterpart(clause.head_first, act.first)
            or self.near(clause.head_first, act.first)
            or self._by_office(clause.head_first, act.first)
            or self._by_nation(clause.head_first, act.first)
            or self._by_surname(clause.head_first, act.first)
            or by_city(self._view, act.first - 1)
            or by_common_subject(self._view, Beside(clause.head_first, act.first), self._mentions)
            or self._unknown(clause.head_first, act.first)
            or self.near(act.last, clause.head_last)
        )

    def _behind_carrier(self, act: Match, limit: int) -> int:
        """Return the token after a verb of saying, or after the «عن» by which it tells whose words it passes on: «نقلت الوكالة عن …»."""
        word = act.attributes.get("through")
        forms = [fold_text(t.form) for t in self._view.tokens[act.last : limit]] if word else []
        return act.last + forms.index(word) + 1 if word in forms else act.last

    def _fronted(self, act: Match) -> Speaker | None:
        """Return who opens an Arabic sentence right before its verb: «الوزير المصري أشاد بما تحقق»."""
        sentence = self._view.sentence_of(act.first)
        if sentence is None or act.prefix:
            return None
        people = (m for m in self._mentions if m.kind in ("person", "epithet"))
        return next((m for m in people if m.first == sentence.first and m.last == act.first), None)

    def _relative(self, index: int) -> Speaker | None:
        """Return who stands before "who": "Y, who called the hub …"."""
        match = self._view.at(index, "speech.join")
        if match is None or not match.attributes.get("refers"):
            return None
        before = [m for m in self._mentions if m.last <= index and index - m.last <= 2]
        return before[-1] if before else None

    def _described(self, first: int, verb: int) -> Speaker | None:
        """Return who stands before a clause that only describes him: "Y, who chairs the agency, said"."""
        joins = self._view.starts("speech.join")
        who = next((i for i in range(first + 2, verb) if i in joins and joins[i].attributes.get("refers")), None)
        if who is None or not self._view.is_comma(who - 1):
            return None
        return self.near(first, who) or self._by_surname(first, who - 1) or self._unknown(first, who - 1)

    def _by_nation(self, first: int, last: int) -> Speaker | None:
        """Return the person last named of the country in the head («المسؤول التركي», "the Mauritanian official")."""
        codes = sides_in(self._view, first, last)
        before = [m for m in self._mentions if m.kind == "person" and m.first < first and m.country in codes]
        return next((m for m in reversed(before) if m.name in self._spoke), before[-1] if before else None)

    def _counterpart(self, first: int, last: int) -> Speaker | None:
        """Return whom "his Omani counterpart" means when no name follows: of that nation, with the office of who spoke last."""
        view = self._view
        if not view.any_at(first, last, "role.counterpart"):
            return None
        if any(m.kind == "person" and first <= m.first < last + 3 for m in self._mentions):
            return None
        codes = sides_in(view, first, last + 1)
        people = [p for p in view.document.people if p.country in codes]
        office = self._role(self.last.name).split()[:1] if self.last else []
        same = [p for p in people if (p.role or "").split()[:1] == office]
        chosen = (same or people)[:1]
        return Speaker(chosen[0].name, chosen[0].country, "person", first, last) if chosen else None

    def _by_office(self, first: int, last: int) -> Speaker | None:
        """Return the last person whose office is the one named in the head («وقال الوزير»)."""
        view = self._view
        for index in range(first, last):
            match = view.at(index, "role.head")
            if not match:
                continue
            codes = self._nation_of(match)
            before = [m for m in reversed(self._mentions) if m.kind == "person" and m.first < index and (not codes or m.country in codes)]
            phrase, word = fold_text(view.text[match.start : match.end]), fold_word(view.text[match.start : view.tokens[match.first].end])
            for mention in before:
                if self._offices[mention.name].startswith(phrase):
                    return mention
            for mention in before:
                if word in self._offices[mention.name].split()[:4]:
                    return mention
        return None

    def _nation_of(self, office: Match) -> list[str]:
        """Return the country that an office without a name says by a nationality: «وزير الاتصالات العراقي», "the Qatari ICT minister"."""
        view = self._view
        start = office.first if view.arabic else max(office.first - _NATION, 0)
        for index in range(start, min(office.last + _NATION, len(view.tokens))):
            if view.is_mark(index) and index >= office.last:
                break
            if view.over(index, "place.nationality"):
                return country_codes(view, index, index + 1)
        return []

    def _by_surname(self, first: int, last: int) -> Speaker | None:
        """Return the one person of whose name a word stands alone in the head («وأوضح الترهوني أن»)."""
        view = self._view
        for index in range(first, last):
            keys = clitic_keys(view.tokens[index].form)
            owners = [person for person, surnames in self._surnames if not surnames.isdisjoint(keys)]
            if len(owners) == 1:
                return Speaker(owners[0].name, owners[0].country, "person", index, index + 1)
        return None

    def _unknown(self, first: int, verb: int) -> Speaker | None:
        """Return the name that stands right before a French or English verb though the page's people do not hold it: "Okello said"."""
        view = self._view
        begin = verb
        while begin > first and view.tokens[begin - 1].form[:1].isupper() and not view.at(begin - 1, "place", "time", "role.head"):
            begin -= 1
        opens = begin == first and (sentence := view.sentence_of(begin)) is not None and sentence.first == begin
        if begin == verb or (verb - begin == 1 and opens and not self._is_name(begin)):
            return None
        name = view.text[view.tokens[begin].start : view.tokens[verb - 1].end]
        return Speaker(name, None, "person", begin, verb)

    def _is_name(self, index: int) -> bool:
        """Say whether a capital word that opens a sentence has its capital elsewhere on the page as well."""
        view, form = self._view, self._view.tokens[index].form
        firsts = {sentence.first for sentence in view.document.sentences}
        return form.lower() not in function_words(view.lang) and any(
            token.form == form and i not in firsts and not view.is_mark(i - 1) for i, token in enumerate(view.tokens)
        )

    @cached_property
    def _offices(self) -> dict[str, str]:
        """The comparable words of the office of each person of the page, by name."""
        return {person.name: fold_text(person.role or "") for person in reversed(self._view.document.people)}

    def _owned(self, verb_end: int, index: int) -> bool:
        """Say whether a name carries a preposition («بالمغرب») or owns what is said («أبرز التزام المملكة»), so is no subject."""
        return self.is_governed(index) or self._view.any_at(verb_end, index, "statement")

    def _role(self, name: str) -> str:
        return next((p.role or "" for p in self._view.document.people if p.name == name), "")

    def _first_person(self, clause: Clause) -> bool:
        return self._view.any_at(clause.first, clause.last, "speech.first_person")

    def _read(self) -> list[Speaker]:
        document = self._view.document
        found: list[Speaker] = []
        for person in document.people:
            found += [self._speaker(person.name, "person", e) for e in person.mentions]
        for coreference in document.coreferences:
            found.append(self._speaker(coreference.name, "epithet", coreference.evidence))
        for body in document.bodies:
            found += [speaker for e in body.mentions if not self._sends(speaker := self._speaker(body.name, "body", e))]
        found += self._collectives() + self._sides() + self._states()
        kept: list[Speaker] = []
        taken: set[int] = set()
        for mention in sorted(found, key=lambda m: (_RANKS[m.kind], m.first - m.last)):
            words = range(mention.first, mention.last)
            if taken.isdisjoint(words):
                kept.append(mention)
                taken.update(words)
        return sorted(kept, key=lambda m: m.first)

    def _sends(self, body: Speaker) -> bool:
        """Say whether an organisation only sent those who speak: «أبدى وفد من غرفة التجارة إعجابه»."""
        view, index = self._view, body.first - 1
        return view.arabic and index > 0 and view.at(index, "office.link") is not None and view.at(index - 1, "event.people") is not None

    def _speaker(self, name: str, kind: str, evidence: Evidence) -> Speaker:
        first = max(bisect_left(self._starts, evidence.start + 1) - 1, 0)
        last = max(bisect_left(self._starts, evidence.end), first + 1)
        return Speaker(name, self._countries.get(name), kind, first, last)

    def _collectives(self) -> list[Speaker]:
        """Return «الجانبان», "both sides"; with a nationality behind it («أعضاء الوفد المغربي») a collective stands for that country."""
        view, found = self._view, []
        for match in view.document.matches_of("speech.collective"):
            nation = view.at(match.last, "place.nationality") if view.arabic else None
            last = nation.last if nation else match.last
            name = view.text[match.start : view.tokens[last - 1].end]
            found.append(Speaker(name, nation.attributes.get("code") if nation else None, "collective", match.first, last))
        return found

    def _sides(self) -> list[Speaker]:
        """Return «الجانب الكوري», "the Korean side": a word for a side with a nationality beside it."""
        view, found = self._view, []
        for match in view.document.matches_of("speech.side"):
            for index in (match.last, match.first - 1):
                nation = view.over(index, "place.nationality") if 0 <= index < len(view.tokens) else None
                if nation:
                    first, last = min(match.first, nation.first), max(match.last, nation.last)
                    start = match.start if first == match.first else view.tokens[first].start
                    name = view.text[start : view.tokens[last - 1].end]
                    found.append(Speaker(name, nation.attributes.get("code"), "side", first, last))
                    break
        return found

    def _states(self) -> list[Speaker]:
        """Return countries as speakers, two joined by a word for "and" as one («المغرب والغابون»)."""
        view, found = self._view, []
        places = [p for p in view.document.places if p.kind == "country" or p.kind == "city"]
        spans = [(self._speaker(p.name, "country", p.evidence), p) for p in places]
        for number, (speaker, place) in enumerate(spans):
            following = spans[number + 1][0] if number + 1 < len(spans) else None
            joined = following is not None and self._joined(speaker.last, following.first)
            if joined and following is not None:
                name = view.text[place.evidence.start : view.tokens[following.last - 1].end]
                found.append(Speaker(name, None, "country", speaker.first, following.last))
            elif place.kind == "country":
                found.append(replace(speaker, country=place.country))
        return found

    def _joined(self, last: int, first: int) -> bool:
        view = self._view
        if first == last:
            return view.arabic and any(m.prefix for m in view.starting.get(first, ()) if m.kind.startswith("place."))
        between = range(last, first)
        small = function_words(view.lang)
        return first - last <= 2 and all(view.at(i, "speech.join") or view.tokens[i].key.rstrip("'’") in small for i in between)


_first = attrgetter("first")


def sides_in(view: View, first: int, last: int) -> list[str]:
    """Return the countries named in tokens ``first:last``."""
    return country_codes(view, first, last)
