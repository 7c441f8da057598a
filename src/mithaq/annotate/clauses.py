"""Cut a sentence into what is told: who speaks stands in the head of a clause, what is said in the rest. No stage; used by ``statements``."""

from __future__ import annotations

from bisect import bisect_left
from typing import NamedTuple

from mithaq.annotate.view import View
from mithaq.model import Match, Sentence
from mithaq.text.clitics import has_particle, joins, repeats_particle
from mithaq.text.fold import fold_letters, fold_word

_COMMAS = frozenset({",", "،", ";", "؛", "-", "–", "—"})
_STOPS = frozenset({";", "؛"})
_OPEN = {"«": "»", "“": "”", "„": "”", '"': '"', "‘": "’"}
_NEEDED_WITHIN = 22
_THAT_WITHIN = 26
_OBJECT_WITHIN = 40
_TAIL_SUBJECT = 14  # words that a speaker with his office may take after the verb
_SHORT = 5  # what is said in fewer words keeps its verb


class Clause(NamedTuple):
    """What is said (tokens ``first:last``), by which verb, and where its speaker stands (tokens ``head_first:head_last``)."""

    first: int
    last: int
    act: Match | None
    head_first: int
    head_last: int
    place: str


class Quotes:
    """Which tokens stand inside quotation marks, and the spans of the quotations (tokens, marks left out)."""

    def __init__(self, view: View) -> None:
        self.spans: list[tuple[int, int]] = []
        self.inside: set[int] = set()
        self.names = _name_tokens(view)
        opened: tuple[int, str, int] | None = None
        for sentence in view.document.sentences:
            if opened and opened[2] != sentence.paragraph:
                opened = None
            for index in range(sentence.first, sentence.last):
                form = view.tokens[index].form
                if opened and form == opened[1]:
                    self._close(opened[0], index)
                    opened = None
                elif not opened and form in _OPEN:
                    opened = (index + 1, _OPEN[form], sentence.paragraph)

    def _close(self, first: int, last: int) -> None:
        self.spans.append((first, last))
        self.inside.update(range(first, last))

    def covers(self, first: int, last: int) -> bool:
        """Say whether most of tokens ``first:last`` are quoted."""
        return sum(i in self.inside for i in range(first, last)) * 2 > last - first

    def over(self, index: int) -> tuple[int, int] | None:
        """Return the quotation in which a token stands."""
        return next((s for s in self.spans if s[0] <= index < s[1]), None) if index in self.inside else None


def _name_tokens(view: View) -> set[int]:
    """Return the tokens that belong to names of people and bodies: «أمل» is no hope when she is the minister."""
    evidence = [e for p in view.document.people for e in p.mentions] + [e for b in view.document.bodies for e in b.mentions]
    starts = [t.start for t in view.tokens]
    return {i for e in evidence for i in range(bisect_left(starts, e.start), bisect_left(starts, e.end))}


def split_clauses(view: View, quotes: Quotes, sentence: Sentence) -> list[Clause]:
    """Return the clauses of a sentence, those of each verb of saying first cut from what stands around them, in order."""
    acts = _acts(view, quotes, sentence)
    clauses = _arabic(view, quotes, sentence, acts) if view.arabic else _latin(view, quotes, sentence, acts)
    pieces = [piece for clause in clauses for piece in _split(view, quotes, clause)]
    trimmed = [_trim(view, _cut_tail(view, _with_verb(clause))) for clause in pieces]
    return [c for c in trimmed if c.last - c.first >= 2]


def _acts(view: View, quotes: Quotes, sentence: Sentence) -> list[Match]:
    """Return what makes somebody speak in a sentence: verbs of saying and named sources, none inside a quotation or inside what is said."""
    found: list[Match] = []
    for match in view.matches(sentence, "speech.verb", "speech.source"):
        if match.first in quotes.inside or match.first in quotes.names or (found and match.first < found[-1].last):
            continue
        if match.kind == "speech.source":
            if _is_source(view, match, sentence):
                found.append(match)
        elif _has_needed(view, match, sentence) and not _is_noun(view, match) and not (found and _is_nested(view, found[-1], match)):
            found.append(match)
    return found


def _is_source(view: View, match: Match, sentence: Sentence) -> bool:
    """Say whether "according to" opens its sentence or follows a comma; a paper ("a statement") is no speaker."""
    if match.attributes.get("paper") or view.at(match.last, "speech.source") or view.over(match.last, "speech.source"):
        return False
    opens = match.first - sentence.first <= 1
    return opens or (not match.attributes.get("lead") and view.is_comma(match.first - 1))


def _is_nested(view: View, outer: Match, inner: Match) -> bool:
    """Say whether a verb belongs to what another verb reports: "said that the ministry hopes to"."""
    if inner.prefix or inner.attributes.get("form") == "participle" or outer.kind == "speech.source":
        return False
    thats = [i for i in range(outer.last, inner.first) if view.at(i, "speech.that")]
    begin = thats[-1] + 1 if thats else outer.last
    return not any(view.is_mark(i) or view.at(i, "speech.join") for i in range(begin, inner.first))


def _has_needed(view: View, match: Match, sentence: Sentence) -> bool:
    needs = match.attributes.get("needs")
    if not needs:
        return True
    limit = min(match.last + _NEEDED_WITHIN, sentence.last)
    words = [w for w in needs.split() if len(w) > 2 or w not in _glued(needs)]
    for index in range(match.last, limit):
        form = view.tokens[index].form
        if form in words or any(form.startswith(g) for g in _glued(needs)):
            return True
    return False


def _glued(needs: str) -> tuple[str, ...]:
    """Return the companions of one letter: they are glued to the word after them."""
    return tuple(w for w in needs.split() if len(w) == 1)


def _is_noun(view: View, match: Match) -> bool:
    """Say whether an Arabic form with the article is a noun («العرض»), or a Latin participle stands without a helper («le site annoncé»)."""
    if not view.arabic:
        barred = match.attributes.get("notbefore", "").split()
        return match.last < len(view.tokens) and view.tokens[match.last].key in barred
    form = view.tokens[match.first].form[len(match.prefix) :]
    return fold_letters(form) != fold_word(form) and fold_letters(match.word) == fold_word(match.word)


# --- Arabic: the verb first, then who, then what


def _arabic(view: View, quotes: Quotes, sentence: Sentence, acts: list[Match]) -> list[Clause]:
    clauses = []
    first = acts[0].first if acts else sentence.last
    if first - sentence.first > 2:
        clauses.append(Clause(sentence.first, first, None, sentence.first, sentence.first, "narrator"))
    for number, act in enumerate(acts):
        end = acts[number + 1].first if number + 1 < len(acts) else sentence.last
        begin = sentence.first if number == 0 else acts[number - 1].last
        content = _content_after(view, quotes, act, end)
        if act.kind == "speech.source":
            tail = _tail_end(view, act, end)
            clauses.append(Clause(tail, end, act, act.first, tail, "rest"))
            continue
        head = max(_clause_start(view, act.first, begin), begin) if act.attributes.get("form") != "participle" else act.first
        clauses.append(Clause(content, end, act, head, content, "after"))
    return clauses


def _content_after(view: View, quotes: Quotes, act: Match, end: int) -> int:
    """Return the token at which begins what is said: after «أن», a colon, an opened quotation, or else after the speaker."""
    limit = min(end, act.last + _THAT_WITHIN)
    for index in range(act.last, limit):
        if view.tokens[index].form == ":":
            return index + 1
        that = view.at(index, "speech.that")
        join = view.over(index, "speech.join")
        if join and join.attributes.get("cuts"):
            return act.last
        if that and not _belongs_to_noun(act, index):
            return that.last
        quote = quotes.over(index)
        if quote and quote[1] - quote[0] >= 4:
            return act.last if act.attributes.get("implies") else quote[0]
    return _object_after(view, act, end)


def _object_after(view: View, act: Match, end: int) -> int:
    """Return where the object of a verb begins whose preposition is known («أعرب … عن استعداده»), else the token after the verb."""
    wanted = act.attributes.get("object")
    if not wanted:
        return act.last
    for index in range(act.last, min(end - 1, act.last + _OBJECT_WITHIN)):
        form = view.tokens[index].form
        if len(wanted) > 1 and fold_letters(form) == fold_letters(wanted):
            return index + 1
        if len(wanted) == 1 and has_particle(form, wanted) and not view.at(index, "place"):
            return index
    return act.last


def _belongs_to_noun(act: Match, index: int) -> bool:
    """Say whether «أن» stands too far from a verb that takes a noun («أشاد بـ… التي أكدت أن»)."""
    return bool(act.attributes.get("implies")) and index - act.last > 8


def _clause_start(view: View, index: int, begin: int) -> int:
    """Return the start of the clause in which a verb stands: after the last comma, stop or joining word before it."""
    while index > begin:
        if view.tokens[index - 1].form in _COMMAS:
            return index
        index -= 1
    return begin


# --- French and English: who first, then the verb, then what; or what first, and the verb with its subject behind


def _latin(view: View, quotes: Quotes, sentence: Sentence, acts: list[Match]) -> list[Clause]:
    clauses: list[Clause] = []
    begin = sentence.first
    for number, act in enumerate(acts):
        following = acts[number + 1] if number + 1 < len(acts) else None
        end = _subject_start(view, following, act.last) if following else sentence.last
        if begin > act.first:
            begin = act.first
        if act.kind == "speech.source" and act.first - begin <= 1:
            tail = _tail_end(view, act, end)
            clauses.append(Clause(tail, end, act, begin, tail, "rest"))
            begin = end
            continue
        comma = _trailing(view, quotes, act, begin, end)
        if comma is not None:
            tail = _tail_end(view, act, end)
            clauses.append(Clause(begin, comma, act, comma, tail, "before"))
            if end - tail > 5:
                clauses.append(Clause(tail, end, act, comma, tail, "rest"))
        else:
            subject = _subject_start(view, act, begin)
            if subject - begin > 4 and (number == 0 or clauses[-1].last <= begin):
                clauses.append(Clause(begin, subject, None, begin, begin, "narrator"))
            content = _latin_content(view, act, end)
            clauses.append(Clause(content, end, act, subject, content, "after"))
        begin = end
    if not acts:
        clauses.append(Clause(sentence.first, sentence.last, None, sentence.first, sentence.first, "narrator"))
    return clauses


def _subject_start(view: View, act: Match, begin: int) -> int:
    """Return where the clause of a verb begins: at its subject, after the last comma or joining word before it."""
    if act.attributes.get("form") == "participle":
        return act.first
    index = act.first
    while index > begin:
        token = view.tokens[index - 1]
        if token.form in _COMMAS:
            opening = _closes_apposition(view, index - 1, begin)
            if opening is None:
                return index
            index = opening
            continue
        if view.at(index - 1, "speech.join"):
            return index - 1
        index -= 1
    return begin


def _closes_apposition(view: View, comma: int, begin: int) -> int | None:
    """Return the comma that opens what *comma* closes between a subject and its verb: an office, a name, "for its part", "who …"."""
    opening = next((i for i in range(comma - 1, max(begin, comma - 18), -1) if view.tokens[i].form == ","), None)
    if opening is None or comma - opening < 2:
        return None
    first = opening + 1
    join = view.at(first, "speech.join")
    if view.at(first, "speech.turn") or (join and join.attributes.get("refers")):
        return opening
    if any(view.at(i, "role.head") for i in range(first, min(first + 3, comma))):
        return opening
    office = any(view.at(i, "role.head") for i in range(max(begin, opening - 14), opening))
    return opening if office and view.tokens[first].form[:1].isupper() else None


def _trailing(view: View, quotes: Quotes, act: Match, begin: int, end: int) -> int | None:
    """Return the comma or closing mark before "…, she said" when what is said stands before the verb."""
    if act.first - begin < 4 or any(view.at(i, "speech.that") for i in range(act.last, min(act.last + 4, end))):
        return None
    index = act.first
    while index > begin and act.first - index < 8:
        previous = view.tokens[index - 1]
        if previous.form == "," or (previous.form in _OPEN.values() and index - 2 in quotes.inside):
            break
        if view.at(index - 1, "speech.join"):
            return None
        index -= 1
    else:
        return None
    mark = index - 1
    rest = _tail_end(view, act, end)
    quoted = mark - 1 in quotes.inside or mark - 2 in quotes.inside
    if mark - begin < 3 or (rest - act.last > _TAIL_SUBJECT and not quoted) or _closes_apposition(view, mark, begin) is not None:
        return None
    if act.attributes.get("implies") and (rest - act.last > 8 or any(i in quotes.inside for i in range(act.last, rest))):
        return None
    return mark


def _tail_end(view: View, act: Match, end: int) -> int:
    """Return the end of an attribution: the first comma after its verb that is followed by no office, or the end."""
    for index in range(act.last, end):
        if view.tokens[index].form in (",", "،", ";", ":"):
            if view.is_comma(index) and index + 2 < end and _goes_on(view, act, index):
                continue
            return index
    return end


def _goes_on(view: View, act: Match, comma: int) -> bool:
    """Say whether an office follows a name after a comma, or a name an office."""
    if view.at(comma + 1, "role.head") or view.at(comma + 2, "role.head"):
        return True
    office = any(view.at(i, "role.head") for i in range(act.last, comma))
    return office and view.tokens[comma + 1].form[:1].isupper()


def _latin_content(view: View, act: Match, end: int) -> int:
    for index in range(act.last, min(end, act.last + 10)):
        that = view.at(index, "speech.that")
        if that:
            return that.last
        if view.tokens[index].form == ":":
            return index + 1
    return act.last


# --- both


def _split(view: View, quotes: Quotes, clause: Clause) -> list[Clause]:
    """Cut what is said where a second clause of the same speaker, an aim or a text's provision begins."""
    cuts: list[tuple[int, bool]] = []
    for index in range(clause.first + 2, clause.last - 1):
        if index in quotes.inside and index - 1 in quotes.inside:
            continue
        form = view.tokens[index].form
        if form in _STOPS or (form == ":" and view.tokens[index - 1].form in _OPEN.values()):
            cuts.append((index + 1, True))
            continue
        if _joins_same(view, clause, index):
            cuts.append((index, True))
        elif _begins_aim(view, clause, index):
            cuts.append((_aim_start(view, clause, index), False))
    pieces, first, same = [], clause.first, True
    for cut, goes_on in sorted(set(cuts)):
        if cut - first >= 3:
            pieces.append(_piece(clause, first, cut, same))
            first = cut
        same = goes_on
    pieces.append(_piece(clause, first, clause.last, same))
    return pieces


def _piece(clause: Clause, first: int, last: int, same: bool) -> Clause:
    """Return a part of a clause: a second thing said by the same speaker, or an aim that nobody says."""
    if first == clause.first:
        return clause._replace(last=last)
    if same:
        return clause._replace(first=first, last=last)
    return Clause(first, last, None, first, first, "aim")


def _joins_same(view: View, clause: Clause, index: int) -> bool:
    """Say whether a second «أن» clause, or a second object after the same preposition («على … وعلى …»), begins here."""
    if clause.act is None:
        return False
    that, join = view.at(index, "speech.that"), view.at(index, "speech.join")
    if join and join.attributes.get("cuts"):
        return True
    form = view.tokens[index].form
    if view.arabic:
        if that:
            return joins(form)
        return clause.place == "after" and repeats_particle(form, [t.form for t in view.tokens[clause.act.last : clause.act.last + 8]])
    if that and that.attributes.get("joins"):
        return True
    if not join or join.last - join.first > 1:
        return False
    following, opener = view.tokens[index + 1], view.tokens[clause.first]
    future = view.at(index + 1, "statement.future")
    return (following.key == opener.key and len(opener.key) <= 2) or (future is not None and not future.attributes.get("due"))


def _begins_aim(view: View, clause: Clause, index: int) -> bool:
    """Say whether an aim or a text's provision begins here; what a speaker himself strives for («الهيئة تسعى إلى») stays in his words."""
    before = view.at(index - 1, "speech.join")
    if before and before.attributes.get("refers"):
        return False
    aim, provision = view.at(index, "statement.aim"), view.at(index, "statement.commitment")
    if aim and not aim.attributes.get("weak"):
        if aim.attributes.get("purpose") and clause.act is not None:
            return False
        return not (aim.attributes.get("own") and clause.act is not None)
    return bool(provision and provision.attributes.get("text") and (not view.arabic or provision.prefix))


def _aim_start(view: View, clause: Clause, index: int) -> int:
    """Return where an aim clause begins: at its verb in Arabic, at the subject before the verb otherwise."""
    if view.arabic:
        return index
    start = index
    while start > clause.first and index - start < 10:
        if view.tokens[start - 1].form in _COMMAS or view.at(start - 1, "speech.join"):
            return start
        start -= 1
    return clause.first if start == clause.first else index


def _with_verb(clause: Clause) -> Clause:
    """Give a refusal, and what is said in very few words, its verb: "declined the offer"."""
    act = clause.act
    if act is None or clause.place != "after" or act.kind != "speech.verb" or not act.last <= clause.first <= clause.head_last:
        return clause
    refuses = act.attributes.get("implies") == "refusal"
    return clause._replace(first=act.first) if refuses or clause.last - clause.first < _SHORT else clause


def _cut_tail(view: View, clause: Clause) -> Clause:
    """Leave out what only comments on the clause: «، مما يعزز …», ", which …"."""
    for index in range(clause.first + _SHORT, clause.last - 1):
        match = view.at(index, "speech.join")
        if match and match.attributes.get("ends"):
            return clause._replace(last=index)
    return clause


def _trim(view: View, clause: Clause) -> Clause:
    """Leave out marks and joining words at both ends of what is said."""
    first, last = clause.first, clause.last
    while first < last and (view.is_mark(first) and view.tokens[first].form not in _OPEN):
        first += 1
    while last > first and (_loose(view, last - 1)):
        last -= 1
    return clause._replace(first=first, last=last)


def _loose(view: View, index: int) -> bool:
    if view.is_mark(index):
        return view.tokens[index].form not in _OPEN.values()
    match = view.over(index, "speech.join", "speech.turn")
    return match is not None and match.last == index + 1
