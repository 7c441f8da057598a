"""Where personal names stand in Arabic text, and the office beside them."""

from __future__ import annotations

from typing import NamedTuple

from mithaq.annotate.view import View
from mithaq.lexicon.wordlist import is_given_name
from mithaq.model import Match, Sentence
from mithaq.text.clitics import (
    and_length,
    begins_with_to,
    begins_with_to_the,
    has_and_before_article,
    has_plain_article,
    is_detached_particle,
    is_filiation,
    is_relative_adjective,
    is_servant,
    joins,
)

_LONGEST_ROLE = 22  # tokens between an office word and the name of its holder
_LONGEST_NAME = 9


class NameSpan(NamedTuple):
    """A personal name: tokens ``first:last``, ``offset`` clitic characters cut from the first; the office at tokens ``role``."""

    first: int
    last: int
    offset: int
    role: tuple[int, int] | None
    why: str


class ArabicNames:
    """Finds names in one page; keeps what it knows of each token so that nothing is looked up twice."""

    def __init__(self, view: View) -> None:
        self.view = view
        self._class: dict[int, str] = {}

    def find(self) -> list[NameSpan]:
        """Return the names found after offices and titles, before offices, and by given names; earlier evidence wins."""
        spans: list[NameSpan] = []
        for sentence in self.view.document.sentences:
            spans += self._after_offices(sentence)
            spans += self._after_honorifics(sentence)
            spans += self._before_offices(sentence)
            spans += self._by_given_name(sentence)
        spans = _without_overlaps([self._without_and(span) for span in spans])
        offices = {span.role[0] for span in spans if span.role}
        return [span if span.role else span._replace(role=self._office_after(span, offices)) for span in spans]

    def _office_after(self, span: NameSpan, taken: set[int]) -> tuple[int, int] | None:
        """Return the office in apposition right after a name or its comma, unless it is somebody else's."""
        first = span.last + self.view.is_comma(span.last)
        role, sentence = self.view.at(first, "role.head"), self.view.sentence_of(span.first)
        if role is None or sentence is None or role.last > sentence.last or first in taken or role.prefix[:1] in ("و", "ف"):
            return None
        return role.first, self._role_end(role, sentence)

    def _without_and(self, span: NameSpan) -> NameSpan:
        """Leave out the «و» glued to the first word of a name."""
        form = self.view.tokens[span.first].form
        return span._replace(offset=and_length(form)) if self.class_of(span.first) == "joined" else span

    def class_of(self, index: int) -> str:
        """Return what a token is for names: mark, number, stop, place, nationality, particle, given, common or unknown."""
        known = self._class.get(index)
        if known is None:
            known = self._class[index] = self._classify(index)
        return known

    def _classify(self, index: int) -> str:
        view = self.view
        if not 0 <= index < len(view.tokens):
            return "mark"
        token = view.tokens[index]
        if token.kind != "word":
            return token.kind
        if token.form.isascii():
            return "latin"
        if view.over(index, "name.particle"):
            return "particle"
        return self._joined(index) or self._among_names(index) or self._among_others(index)

    def _joined(self, index: int) -> str | None:
        """Return "joined" for «و» glued to a first name («وهدى جاسم»): a new person begins; an everyday word needs a name after it."""
        view, form = self.view, self.view.tokens[index].form
        if not joins(form) or view.is_given(index) or not is_given_name(form[and_length(form) :], "ar"):
            return None
        if view.over(index, "honorific", "role", "body", "place", "speech", "time"):
            return None
        return "joined" if not view.is_common(index) or self.class_of(index + 1) in ("unknown", "particle") else None

    def _among_names(self, index: int) -> str | None:
        """Return "given" for a first name that nothing beside it makes something else, what it is where something does."""
        view = self.view
        if view.over(index, "honorific"):
            return "stop"
        given = view.is_given(index)
        if given and view.over(index + 1, "name.particle"):
            return "given"
        if view.over(index, "speech.that", "speech.verb", "speech.turn", "body.stop", "role.counterpart"):
            return "common"
        if view.over(index, "place.nationality") and view.over(index - 1, "role") and view.has_article(index):
            return "nationality"
        return "given" if given else None

    def _among_others(self, index: int) -> str:
        view = self.view
        if view.over(index, "role", "body.head", "body.known", "time.month", "time.weekday"):
            return "stop"
        if view.over(index, "place.country", "place.city", "place.region"):
            return "place"
        if view.over(index, "place.nationality"):
            return "nationality"
        return "common" if view.is_common(index) else "unknown"

    # -- beginnings -----------------------------------------------------------------------------------------------

    def starts_name(self, index: int, strong: bool = False) -> bool:
        """Say whether a name may begin here: a given name, or an unknown word without article that is followed by a name word."""
        kind = self.class_of(index)
        if kind in ("mark", "number"):
            return False
        office = self.view.at(index, "role.head")
        if (office and office.last - index > 1) or begins_with_to_the(self.view.tokens[index].form):
            return False  # «ولي العهد», «للبنى التحتية»
        if kind == "stop" and self.view.over(index, "honorific") and self._precedes_father(index):
            return True
        return self._starts_as(kind, index, strong)

    def _starts_as(self, kind: str, index: int, strong: bool) -> bool:
        following = self.class_of(index + 1)
        if kind in ("given", "joined"):
            if strong or following in ("given", "unknown", "particle"):
                return True
            return self._is_surname(index + 1) or self._closes(index + 1) or self._may_be_surname(index + 1)
        if kind == "particle":
            particle = self.view.over(index, "name.particle")
            own = following == "common" and not (particle and particle.attributes.get("foreign"))  # «أو من»: or who
            named = (following in ("unknown", "given") or own) and not is_detached_particle(self.view.tokens[index].form)
            return named or self._serves_god(index)
        if kind == "unknown":
            if self.view.has_article(index):
                return strong and following in ("unknown", "given")
            if strong and following == "common" and self.class_of(index + 2) == "unknown":
                return not joins(self.view.tokens[index].form)
            return following in ("unknown", "given", "particle") or (strong and not joins(self.view.tokens[index].form))
        bare = not self.view.has_article(index)
        if kind in ("common", "nationality") and (bare or strong) and self._precedes_father(index):
            return True
        return kind == "common" and bare and strong and self._is_surname(index + 1)

    def _precedes_son(self, index: int) -> bool:
        """Say whether a word that is an office elsewhere is a first name here, because "son of" follows."""
        following = self.view.tokens[index + 1].form if index + 1 < len(self.view.tokens) else ""
        return self.view.is_given(index) and is_filiation(following)

    def _precedes_father(self, index: int) -> bool:
        """Say whether an everyday word is a first name because "son of" and a name follow («سيدنا ولد الطالب»)."""
        view = self.view
        if self.class_of(index + 1) != "particle" or view.over(index, "speech", "event", "time", "body.stop", "office.link"):
            return False
        father = is_filiation(view.tokens[index + 1].form) or not view.over(index + 1, "place")  # «سائد أبو حمور», not «في أبو ظبي»
        return father and (self.class_of(index + 2) not in ("mark", "number", "stop") or view.is_given(index + 2))

    def _is_surname(self, index: int) -> bool:
        kind = self.class_of(index)
        return kind in ("unknown", "given", "nationality") and has_plain_article(self.view.tokens[index].form)

    def _closes(self, index: int) -> bool:
        """Say whether an everyday word with the article ends a name («هديل القضاة،»): nothing that it could describe follows."""
        if self.class_of(index) != "common" or not self.view.has_article(index):
            return False
        if self.class_of(index + 1) in ("mark", "stop"):
            return True
        form = self.view.tokens[index + 1].form
        nisba = is_relative_adjective(self.view.tokens[index].key) and not has_plain_article(form)
        return nisba or joins(form) or self.view.over(index + 1, "speech.verb", "speech.that") is not None

    def _may_be_surname(self, index: int) -> bool:
        """Say whether a word known as an everyday one may be a surname («هشام أمدي»): no article, no verb, no function word."""
        view = self.view
        if self.class_of(index) != "common" or view.has_article(index):
            return False
        return not view.over(index, "body.stop", "speech", "event", "time", "office.link", "programme") and not view.has_clitic(index)

    def _serves_god(self, index: int) -> bool:
        """Say whether «عبد» and a divine name, which may be an office elsewhere, stand here («عبد الأمير», «عبد\nالرزاق»)."""
        view = self.view
        if index + 1 >= len(view.tokens) or not is_servant(view.tokens[index].form):
            return False
        return view.tokens[index + 1].kind == "word" and view.has_article(index + 1)

    def extent(self, first: int, strong: bool = False) -> int:
        """Return the token index after the name that begins at *first*."""
        index = first + 1
        if self.class_of(first) == "particle":
            index += 1
        while index - first < _LONGEST_NAME:
            step = self._continues(first, index, strong)
            if not step:
                break
            index += step
        return index

    def _continues(self, first: int, index: int, strong: bool) -> int:
        kind = self.class_of(index)
        if self._serves_god(index):
            return 2
        office = self.view.at(index, "role.head")
        if office is not None and office.last - index > 1:
            return 0  # «آل سعود ولي العهد»
        if kind == "particle":
            titled = self.view.over(index + 1, "honorific") is not None  # «بنت الحاج إبراهيم»
            named = self.class_of(index + 1) in ("unknown", "given", "common", "nationality", "place", "particle")
            return 2 if named or titled or self.view.is_given(index + 1) else 0
        if kind == "given":
            return 1
        if kind == "unknown":
            form = self.view.tokens[index].form
            another = begins_with_to_the(form) or has_and_before_article(form) or (joins(form) and self._splits(index))
            return 0 if another else 1
        surname_next = self._is_surname(index + 1) and self.class_of(index + 1) != "nationality"
        if kind == "nationality" and self.view.has_article(index):
            return 1 if index - first == 1 and not surname_next and self.class_of(index + 1) in ("mark", "common", "stop") else 0
        if kind != "common":
            return 0
        alone = index - first == 1  # a given name rarely stands alone: «هديل القضاة»
        if self.view.has_article(index):
            if not has_plain_article(self.view.tokens[index].form):
                return 0
            nisba = is_relative_adjective(self.view.tokens[index].key) and self._closes(index)  # «سعيد بن حمود المعولي،»
            return int((surname_next and index - first <= 2) or (self.class_of(first) in ("given", "joined") and (alone or nisba)))
        ends = self.class_of(first) in ("given", "joined") or self.class_of(index + 1) in ("mark", "unknown", "given")
        return int(alone and strong and ends and self._may_be_surname(index) and self.class_of(first) in ("given", "joined", "unknown"))

    def _splits(self, index: int) -> bool:
        """Say whether an unknown word with «و» is "and" plus a word known otherwise."""
        view = self.view
        match = next((m for m in view.starting.get(index, ()) if m.prefix), None)
        return match is not None or view.is_common(index)

    # -- evidence -------------------------------------------------------------------------------------------------

    def _after_offices(self, sentence: Sentence) -> list[NameSpan]:
        spans = []
        for role in self.view.matches(sentence, "role"):
            if self._serves_god(role.first - 1) or (role.last - role.first == 1 and self._precedes_son(role.first)):
                continue  # «عبد الأمير», «سلطان بن زاهر»
            found = self._walk_role(role, sentence)
            if found is not None:
                first, role_end = found
                last = self.extent(first, strong=True)
                if last - first >= 2 or self.class_of(first) in ("given", "joined", "unknown"):
                    spans.append(NameSpan(first, last, 0, (role.first, role_end), f"after the office «{role.word}»"))
        return spans

    def _walk_role(self, role: Match, sentence: Sentence) -> tuple[int, int] | None:
        """Follow an office's complement until a name begins; return (name start, end of the role)."""
        view, index = self.view, role.last
        while index < min(role.last + _LONGEST_ROLE, sentence.last):
            if self._begins_another(index) or (view.is_comma(index) and self._begins_another(index + 1)):
                return None
            found = None if self._glued_company(role, index) else self._holder(index)
            if found:
                return found
            if view.is_comma(index):
                return self._second_office(role, view.at(index + 1, "role.head"), sentence)
            step = self._office_step(role, index, sentence.last)
            if not step:
                return None
            index += step
        return None

    def _holder(self, index: int) -> tuple[int, int] | None:
        """Return (name start, end of the office) where the holder's name stands: after a title, bare, or after a comma."""
        view = self.view
        title = view.at(index, "honorific")
        start = self._after_title(title) if title else None
        if start is not None and self.starts_name(start, strong=True):
            return start, self._before_comma(index)
        office = None if self._precedes_son(index) else view.at(index, "role")
        if office is None and self.starts_name(index) and not self._inside_body(index):
            return index, self._before_comma(index)
        if not view.is_comma(index):
            return None
        title = view.at(index + 1, "honorific")
        start = self._after_title(title) if title else index + 1 + view.is_opening(index + 1)
        named = start is not None and self.starts_name(start, strong=title is not None) and not view.at(start, "role")
        return (start, index) if start is not None and named else None

    def _office_step(self, role: Match, index: int, limit: int) -> int:
        """Return how many tokens of an office stand at *index*, 0 where it ends or the next office begins."""
        inner = self.view.at(index, "role")
        if inner:  # «مساعد وزير», «المنتدبة لدى رئيس الحكومة»: one office inside another
            return inner.last - index if index == role.last or self.view.over(index - 1, "office.link") else 0
        if self._glued_company(role, index):
            return 1 + (self.class_of(index + 1) == "unknown")
        return self._complement(index, limit)

    def _after_title(self, title: Match) -> int | None:
        """Return the token after a title, its abbreviation mark («م.», «د/») and further titles; None for a bare single letter."""
        view, first = self.view, title.last
        if first < len(view.tokens) and is_filiation(view.tokens[first].form):
            return title.first  # «الشيخ ولد محمود»: a first name
        if view.tokens[title.last - 1].end - title.start == 1:
            if first >= len(view.tokens) or view.tokens[first].form not in "./":
                return None
            first += 1
        more = view.at(first, "honorific")
        return self._after_title(more) if more else first

    def _begins_another(self, index: int) -> bool:
        """Say whether «و» adds one more person, with an office of their own: «وزير العدل، والدكتور بيتر», «…، وهدى جاسم»."""
        title = self.view.at(index, "honorific")
        return self.class_of(index) == "joined" or (title is not None and title.prefix[:1] in ("و", "ف"))

    def _second_office(self, role: Match, second: Match | None, sentence: Sentence) -> tuple[int, int] | None:
        """Follow «وزير الاتصالات، رئيس مجلس إدارة الهيئة، فلان»: a minister's second office stands between the first and the name."""
        if second is None or role.attributes.get("rank") != "state" or second.attributes.get("rank"):
            return None
        return self._walk_role(second, sentence)

    def _glued_company(self, role: Match, index: int) -> bool:
        """Say whether an unknown word with «ل» right after the office is the organisation served («الرئيس التنفيذي لسندس كلاود»)."""
        return index == role.last and self.class_of(index) == "unknown" and begins_with_to(self.view.tokens[index].form)

    def _inside_body(self, index: int) -> bool:
        """Say whether a word lies inside a known organisation's name, which may hold a person's («جامعة محمد الخامس»)."""
        token = self.view.tokens[index]
        return any(e.start < token.start < e.end for b in self.view.document.bodies for e in b.mentions)

    def _complement(self, index: int, limit: int) -> int:
        """Return how many tokens of an office's complement stand here, 0 where it ends."""
        view = self.view
        if view.is_opening(index):
            closing = view.closing_after(index, min(index + 8, limit))
            return closing + 1 - index if closing else 0
        kind = self.class_of(index)
        if kind in ("mark", "number"):
            return 0
        verb = view.at(index, "speech.verb", "event.verb", "office.stop") is not None
        if verb and not view.has_article(index) and not self._inside_body(index):
            return 0
        return 1

    def _before_comma(self, index: int) -> int:
        return index - 1 if self.view.is_comma(index - 1) else index

    def _after_honorifics(self, sentence: Sentence) -> list[NameSpan]:
        spans = []
        for title in self.view.matches(sentence, "honorific"):
            first = self._after_title(title)
            if first is None or (self.view.at(first, "role") and self.class_of(first) != "given"):
                continue
            if self.starts_name(first, strong=True) or self._is_surname(first):
                spans.append(NameSpan(first, self.extent(first, strong=True), 0, None, f"after the title «{title.word}»"))
        return spans

    def _before_offices(self, sentence: Sentence) -> list[NameSpan]:
        """Find «هند المنصور، مديرة …»: words up to the comma before an office that read as a name from their beginning on."""
        spans = []
        for role in self.view.matches(sentence, "role.head"):
            if role.prefix[:1] in ("و", "ف"):
                continue  # «…، ورئيس الغرفة فلان»: not of the name before
            comma = role.first - 1
            end = comma if self.view.is_comma(comma) else role.first
            first = end
            while first - 1 >= sentence.first and end - first < _LONGEST_NAME and self._may_be_name(first - 1):
                first -= 1
            while first < end and not (self.starts_name(first) and self.class_of(first) != "common"):
                first += 1
            if end - first >= 2 and self.extent(first, strong=True) >= end:
                spans.append(NameSpan(first, end, 0, (role.first, self._role_end(role, sentence)), f"before the office «{role.word}»"))
        return spans

    def _may_be_name(self, index: int) -> bool:
        kind = self.class_of(index)
        return kind in ("given", "joined", "unknown", "particle") or (kind in ("common", "nationality") and self.view.has_article(index))

    def _role_end(self, role: Match, sentence: Sentence) -> int:
        """Return where an office's words end when its name stood before it."""
        view, index = self.view, role.last
        while index < min(role.last + 12, sentence.last):
            token = view.tokens[index]
            if view.is_opening(index):
                closing = view.closing_after(index, index + 8)
                if closing is None:
                    break
                index = closing + 1
                continue
            if token.kind != "word" or not self._prolongs(index, index == role.last):
                break
            index += 1
        return index

    def _is_likely(self, index: int, sentence: Sentence) -> bool:
        """Say whether a given name without office or title begins a name: it stands free, and the next word agrees."""
        view = self.view
        kind = self.class_of(index)
        if kind not in ("given", "joined") or not self.starts_name(index) or self._inside_body(index) or len(view.tokens[index].form) < 3:
            return False
        if view.over(index, "place", "body.head", "programme.head", "role") or view.over(index - 1, "body.head", "programme.head"):
            return False
        if self.class_of(index + 1) in ("given", "particle"):
            return not view.is_opening(index - 1)
        nisba = self._closes(index + 1) and is_relative_adjective(view.tokens[index + 1].key)
        surname = nisba or (self.class_of(index + 1) == "unknown" and view.has_article(index + 1))
        if kind == "joined" or surname or index == sentence.first or view.is_comma(index - 1):
            return True
        return view.over(index - 1, "speech.verb", "event.verb", "event.people", "place.nationality") is not None

    def _prolongs(self, index: int, first: bool) -> bool:
        """Say whether a word belongs to an office whose holder was named before it."""
        view = self.view
        if self._inside_body(index) or view.over(index, "place.country", "place.nationality", "body.head"):
            return True
        if view.has_article(index):
            return not view.at(index, "role.head") or joins(view.tokens[index].form)
        known = not view.is_mark(index + 1) and (self._inside_body(index + 1) or view.over(index + 1, "place") is not None)
        chained = known or (not view.is_mark(index + 1) and view.has_article(index + 1))
        if view.over(index, "office.link") or is_detached_particle(view.tokens[index].form):
            return chained or view.is_opening(index + 1)
        return view.is_common(index) and (chained or first) and not view.over(index, "speech.verb", "event.verb", "body.stop")

    def _by_given_name(self, sentence: Sentence) -> list[NameSpan]:
        spans = []
        index = sentence.first
        while index < sentence.last:
            if self._is_likely(index, sentence):
                last = self.extent(index)
                if last - index >= 2:
                    spans.append(NameSpan(index, last, 0, None, "begins with a given name"))
                    index = last
                    continue
            index += 1
        return spans


def _without_overlaps(spans: list[NameSpan]) -> list[NameSpan]:
    """Keep the earlier evidence where two spans overlap; the order of *spans* is that of trust within a sentence."""
    kept: list[NameSpan] = []
    for span in spans:
        clash = next((k for k in kept if span.first < k.last and k.first < span.last), None)
        if clash is None:
            kept.append(span)
        elif clash.role is None and span.role is not None:
            kept[kept.index(clash)] = clash._replace(role=span.role)
    return sorted(kept)
