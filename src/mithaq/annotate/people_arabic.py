"""Where personal names stand in Arabic text, and the office beside them."""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property
from typing import NamedTuple

from mithaq.annotate.name_words import NameWords
from mithaq.lexicon.wordlist import is_given_name
from mithaq.model import Match, Sentence
from mithaq.model.kept import keep_words
from mithaq.text.clitics import (
    and_length,
    begins_with_to,
    begins_with_to_the,
    has_plain_article,
    is_and_apart,
    is_detached_particle,
    is_filiation,
    is_relative_adjective,
    joins,
)
from mithaq.text.shapes import is_capitalised, is_shouted
from mithaq.text.tokens import different_forms, places_of

_LONGEST_ROLE = 22  # tokens between an office word and the name of its holder
_LONGEST_NAME = 9
_QUOTED, _LEAST_QUOTED = 6, 2  # tokens of a name in quotation marks, with both marks; a single word is none
_NO_VERB = ("time", "body", "office.link", "office.stop", "programme.head", "clause")
_NO_NAME = ("speech", "event", *_NO_VERB)  # what an everyday word is when it is no first name


class NameSpan(NamedTuple):
    """A personal name: tokens ``first:last``, ``offset`` clitic characters cut from the first; the office at tokens ``role``."""

    first: int
    last: int
    offset: int
    role: tuple[int, int] | None
    why: str


class ArabicNames(NameWords):
    """Finds names in one page."""

    def find(self) -> list[NameSpan]:
        """Return the names found after offices and titles, before offices, and by given names; earlier evidence wins."""
        spans: list[NameSpan] = []
        for sentence in self.view.document.sentences:
            spans += self._after_offices(sentence)
            spans += self._after_honorifics(sentence)
            spans += self._before_offices(sentence)
            spans += self._for_countries(sentence)
            spans += self._by_given_name(sentence)
            spans += self._by_nationality(sentence)
        spans = _without_overlaps([self._without_and(self._with_particle(span)) for span in spans])
        offices = {span.role[0] for span in spans if span.role}
        return [span if span.role else span._replace(role=self._office_after(span, offices)) for span in spans]

    def _by_nationality(self, sentence: Sentence) -> list[NameSpan]:
        """Find who is told by a nationality alone: «أما الكيني ووكابي أوتيينو فاعتبر …», «مع البرازيلي كايو لوبيش»."""
        spans = []
        for nation in self.view.matches(sentence, "place.nationality"):
            first = nation.last
            if not self.view.has_article(nation.first) or self._described(nation.first - 1) or first >= sentence.last:
                continue
            if self.view.has_article(first) or self._inside_body(first) or self.class_of(first) not in ("unknown", "given"):
                continue
            if self.class_of(first + 1) in ("unknown", "given", "particle") and not self._inside_body(first + 1):
                last = self.extent(first)
                if last - first >= 2:
                    spans.append(NameSpan(first, last, 0, None, "after a nationality"))
        return spans

    def _described(self, index: int) -> bool:
        """Say whether a word may be what the nationality behind it describes: a definite one, a name, what stands in quotes."""
        view = self.view
        if view.is_mark(index):
            return not view.is_comma(index) and view.tokens[index].form not in ".:؛"
        return view.has_article(index) or self.class_of(index) != "common" or view.over(index, "body.head", "event.people") is not None

    def _office_after(self, span: NameSpan, taken: set[int]) -> tuple[int, int] | None:
        """Return the office in apposition right after a name or its comma, unless it is somebody else's."""
        first = span.last + self.view.is_comma(span.last)
        role, sentence = self.view.at(first, "role.head"), self.view.sentence_of(span.first)
        if role is None or sentence is None or role.last > sentence.last or first in taken or role.prefix[:1] in ("و", "ف"):
            return None
        return role.first, self._role_end(role, sentence)

    def _with_particle(self, span: NameSpan) -> NameSpan:
        """Take in the "son of" with which a name begins («ولد سيدي محمود»), and «أم» before a woman's own name («أم هاني بنت …»)."""
        before, tokens = span.first - 1, self.view.tokens
        if self.class_of(before) != "particle":
            return span
        filiation = is_filiation(tokens[before].form) or (span.last - span.first > 2 and is_filiation(tokens[span.first + 1].form))
        return span._replace(first=before) if filiation and self.class_of(before - 1) in ("mark", "common", "number") else span

    def _without_and(self, span: NameSpan) -> NameSpan:
        """Leave out the «و» glued to the first word of a name."""
        form = self.view.tokens[span.first].form
        return span._replace(offset=and_length(form)) if self.class_of(span.first) == "joined" else span

    def _after_offices(self, sentence: Sentence) -> list[NameSpan]:
        spans = []
        for role in self.view.matches(sentence, "role"):
            if self._serves_god(role.first - 1) or (role.last - role.first == 1 and self._precedes_son(role.first)):
                continue  # «عبد الأمير», «سلطان بن زاهر»
            found = self._walk_role(role, sentence)
            if found is not None:
                first, role_end = found
                last = self._told_end(first) or self.fills_apposition(first) or self.extent(first, strong=True)
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
        if start is not None and (self._latin_end(start) or self.starts_name(start, strong=True)):
            return start, self._before_comma(index)
        quoted = self._quoted(index)
        if quoted is not None:
            return quoted, index
        office = None if self._precedes_son(index) else view.at(index, "role")
        if office is None and self.starts_name(index) and not self._inside_body(index):
            return index, self._before_comma(index)
        if office is None and self._reads_foreign(index):
            return index, index
        if not view.is_comma(index):
            return None
        title = view.at(index + 1, "honorific")
        start = self._after_title(title) if title else self._past_nationality(index + 1 + view.is_opening(index + 1))
        if start is None or view.at(start, "role"):
            return None
        named = self._latin_end(start) is not None or self.starts_name(start, strong=title is not None)
        named = named or (start == index + 1 and self.fills_apposition(start) is not None)
        return (start, index) if named else None

    def _quoted(self, index: int) -> int | None:
        """Return where a name in quotation marks begins, as Algerian papers write them: «الوزير "نور الدين واضح"»."""
        return index + 1 if self._quoted_end(index) else None

    def _quoted_end(self, index: int) -> int | None:
        """Return the closing mark of a name in quotation marks that opens at *index*, None where none does."""
        view = self.view
        if not view.is_opening(index) or view.tokens[index].form in "([":
            return None
        closing = view.closing_after(index, index + _QUOTED)
        told = view.over(index - 1, "honorific", "role.head", "role.counterpart") or view.over(index - 1, "place.nationality")
        if closing is None or closing - index <= _LEAST_QUOTED or not told or self.class_of(index + 1) != "given":
            return None
        # The marks say where it ends, so a word of it may look like any other («واضح») or like a town («عدن»).
        words = range(index + 1, closing)
        return closing if all(view.tokens[i].kind == "word" and not begins_with_to_the(view.tokens[i].form) for i in words) else None

    def _told_end(self, first: int) -> int | None:
        """Return the end of a name that quotation marks or Latin letters tell, None for others."""
        return self._quoted_end(first - 1) or self._latin_end(first)

    def _latin_end(self, first: int) -> int | None:
        """Return the end of a name in Latin letters behind an office's comma or a title: «سفير بيرو، Ana Maria de Souza،»."""
        if self.class_of(first) != "latin" or not is_capitalised(self.view.tokens[first].form):
            return None
        last = first
        while last - first < _QUOTED and self.class_of(last) == "latin":
            last += 1
        while not is_capitalised(self.view.tokens[last - 1].form):
            last -= 1
        named = [form for token in self.view.tokens[first:last] if is_capitalised(form := token.form)]
        return last if len(named) > 1 and not all(map(is_shouted, named)) and not self._inside_body(first) else None

    def _reads_foreign(self, index: int) -> bool:
        """Say whether a holder's first name looks like an everyday word («وزيرة العدل كادري تامساار»): bare, after a definite word."""
        view = self.view
        kind, following = self.class_of(index), self.class_of(index + 1)
        if kind not in ("common", "nationality") or view.has_article(index) or view.has_clitic(index) or self._inside_body(index):
            return False
        if kind == "nationality":  # «نظيره الكويتي تركي الشمراني»
            return view.over(index - 1, "place.nationality") is not None and following == "unknown" and self._is_surname(index + 1)
        definite = view.has_article(index - 1) or view.over(index - 1, "place") is not None
        known = is_given_name(view.tokens[index].form, "ar")
        if known and definite and self._is_surname(index + 1) and not view.over(index, *_NO_NAME):
            return True  # «المديرة العامة للوكالة آمنة البحراوي»
        if known and definite and following == "given" and self.class_of(index + 2) == "common" and self.view.has_article(index + 2):
            return not view.over(index, *_NO_VERB)  # «القنصل العام ببورتسودان تامر منير الجندي»
        listed = known and view.over(index - 1, "place.nationality") is not None
        if not definite or view.over(index, *(_NO_VERB if listed else _NO_NAME)):
            return False
        if listed and view.over(index, "speech") and following in ("common", "unknown") and has_plain_article(view.tokens[index + 1].form):
            return view.over(index + 1, "role", "body.head", "place") is None  # «وزيرة البريد المغربية أمل الحداد»
        foreign = following == "unknown" and not view.has_article(index + 1) and not joins(view.tokens[index + 1].form)
        return foreign or (following == "given" and self.class_of(index + 2) in ("mark", "unknown", "given"))

    def _past_nationality(self, index: int) -> int:
        """Pass the nationality between an office and its holder: «مديرة المكتب، الإثيوبية هيروت تسفاي»."""
        described = self.view.over(index, "place.nationality") is not None and self.view.has_article(index)
        return index + 1 if described and self._begins_bare(index + 1) else index

    def _begins_bare(self, index: int) -> bool:
        """Say whether a name without the article begins here."""
        return not self.view.has_article(index) and self.class_of(index) in ("given", "unknown") and self.starts_name(index, strong=True)

    def _office_step(self, role: Match, index: int, limit: int) -> int:
        """Return how many tokens of an office stand at *index*, 0 where it ends or the next office begins."""
        inner = self.view.at(index, "role")
        if inner is not None and inner.kind == "role.counterpart":
            return 0  # «الوزير بنظيره الصومالي السيد …»: an office of its own
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
        if self.is_own_title(title.first):
            return title.first
        if view.tokens[title.last - 1].end - title.start == 1:
            if first >= len(view.tokens) or view.tokens[first].form not in "./":
                return None
            first += 1
        more = view.at(first, "honorific")
        return self._after_title(more) if more else self._quoted(first) or self._past_adjective(first)

    def _past_adjective(self, index: int) -> int:
        """Pass what describes a title: «العميد المتقاعد نبيل …», «البروفيسور الأرجنتيني غوستافو …»."""
        if self.class_of(index) not in ("common", "nationality") or not self.view.has_article(index):
            return index
        father = self.class_of(index + 1) == "common" and self._precedes_father(index + 1)
        return index + 1 if father or (self.class_of(index + 1) in ("given", "unknown") and self._begins_bare(index + 1)) else index

    def _begins_another(self, index: int) -> bool:
        """Say whether «و» adds one more person, with an office of their own: «وزير العدل، والدكتور بيتر», «…، وهدى جاسم»."""
        if index >= len(self.view.tokens):
            return False
        if is_and_apart(self.view.tokens[index].form):
            return self.view.at(index + 1, "honorific") is not None
        title = self.view.at(index, "honorific")
        return self.class_of(index) == "joined" or (title is not None and title.prefix[:1] in ("و", "ف"))

    def _second_office(self, role: Match, second: Match | None, sentence: Sentence) -> tuple[int, int] | None:
        """Follow «وزير الاتصالات، رئيس مجلس إدارة الهيئة، فلان»: a minister's second office stands between the first and the name."""
        if second is None or second.prefix[:1] in ("و", "ف") or role.attributes.get("rank") != "state" or second.attributes.get("rank"):
            return None
        return self._walk_role(second, sentence)

    def _glued_company(self, role: Match, index: int) -> bool:
        """Say whether an unknown word with «ل» right after the office is the organisation served («الرئيس التنفيذي لسندس كلاود»)."""
        if index != role.last or self.class_of(index) != "unknown" or not begins_with_to(self.view.tokens[index].form):
            return False
        # a minister serves no company: «الوزير لونغو أوكامبا»
        return role.attributes.get("rank") != "state" or self.class_of(index + 1) != "unknown"

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
        if is_and_apart(view.tokens[index].form) and view.at(index + 1, "side.for"):
            return 0
        side = view.at(index, "side.for")
        if side is not None and side.prefix[:1] in ("و", "ف"):
            return 0  # «وعن الجانب الكيني السيدة …»: somebody of the other side
        found = view.at(index, "speech.verb", "event.verb", "office.stop")
        verb = found is not None and found.prefix != "ل"  # «لأمن المعلومات»: a noun with "for"
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
            if self._latin_end(first) or self.starts_name(first, strong=True) or self._is_surname(first):
                last = self._told_end(first) or self.extent(first, strong=True)
                spans.append(NameSpan(first, last, 0, None, f"after the title «{title.word}»"))
        return spans

    def _before_offices(self, sentence: Sentence) -> list[NameSpan]:
        """Find «هند المنصور، مديرة …»: words up to the comma before an office that read as a name from their beginning on."""
        spans = []
        for role in self.view.matches(sentence, "role.head"):
            if role.prefix[:1] in ("و", "ف"):
                continue  # «…، ورئيس الغرفة فلان»: not of the name before
            comma = role.first - 1
            end = comma if self.view.is_comma(comma) else role.first
            first = end - self._ends_as_surname(end - 1)
            while first - 1 >= sentence.first and end - first < _LONGEST_NAME and self._may_be_name(first - 1):
                first -= 1
            first -= first > sentence.first and self.class_of(first - 1) == "common" and self._opens_apposed(first - 1, end)
            while first < end and not self._opens_apposed(first, end):
                first += 1
            if end - first >= 2 and (self.extent(first, strong=True) >= end or self.is_named_like_verb(first, end)):
                spans.append(NameSpan(first, end, 0, (role.first, self._role_end(role, sentence)), f"before the office «{role.word}»"))
        return spans

    def _ends_as_surname(self, index: int) -> bool:
        """Say whether an everyday word right behind a first name ends a name before an office: «ترأست زينب مزهر، وزيرة …»."""
        return self.class_of(index - 1) == "given" and self.may_be_surname(index)

    def _opens_apposed(self, first: int, end: int) -> bool:
        """Say whether the name before an office begins here; its first word may be a verb elsewhere («أمل الحداد الرفاعي، وزيرة …»)."""
        if self.class_of(first) != "common":
            return self.starts_name(first)
        return end - first > 2 and not self.view.has_article(first) and self.is_named_like_verb(first, end)

    def _for_countries(self, sentence: Sentence) -> list[NameSpan]:
        """Find who signs or speaks for a country that stands first: «وقع عن غانا كوامي أدوبيا، وعن توغو …»."""
        spans = []
        for cue in self.view.matches(sentence, "side.for"):
            country = self.view.at(cue.last, "place.country")
            first = country.last if country else sentence.last
            if first < sentence.last and self.class_of(first) in ("given", "unknown") and self.starts_name(first):
                last = self.extent(first)
                if last - first >= 2:
                    spans.append(NameSpan(first, last, 0, None, "after the country it stands for"))
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
            if token.kind != "word" or self._begins_another(index) or not self._prolongs(index, index == role.last):
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
            return not view.is_opening(index - 1) or self._introduced(index, sentence)
        nisba = self._closes(index + 1) and is_relative_adjective(view.tokens[index + 1].key)
        surname = nisba or (self.class_of(index + 1) == "unknown" and view.has_article(index + 1))
        if kind == "joined" or surname or index == sentence.first or view.is_comma(index - 1):
            return True
        return view.over(index - 1, "speech.verb", "event.verb", "event.people", "place.nationality") is not None

    def _introduced(self, index: int, sentence: Sentence) -> bool:
        """Say whether an office follows the quotation marks around a name: «”فؤاد سالم“ وزير النقل»."""
        closing = self.extent(index)
        return closing + 1 < sentence.last and self.view.is_mark(closing) and self.view.at(closing + 1, "role.head") is not None

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
        given, free = self._given, sentence.first
        for index in given[bisect_left(given, sentence.first) : bisect_left(given, sentence.last)]:
            if index >= free and self._is_likely(index, sentence):
                listed = self.view.is_comma(index - 1) and self.view.is_comma(index + 2)  # «…، عمر حدادين، …»
                last = self.extent(index, strong=listed)
                if last - index >= 2:
                    spans.append(NameSpan(index, last, 0, None, "begins with a given name"))
                    free = last
        return spans

    @cached_property
    def _given(self) -> list[int]:
        """The tokens that read as a first name, with «و» before it or without: few of a page."""
        return places_of(set(filter(_begins_with_name, different_forms(self.view.tokens))), self.view.tokens)


@keep_words
def _begins_with_name(form: str) -> bool:
    return is_given_name(form, "ar") or (joins(form) and is_given_name(form[and_length(form) :], "ar"))


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
