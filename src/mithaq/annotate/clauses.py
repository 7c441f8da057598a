"""Cut a sentence into what is told: who speaks stands in the head of a clause, what is said in the rest.

No stage; used by ``statements``.
"""

from __future__ import annotations

from mithaq.annotate.acts import CLOSING, COMMAS, OPENING, Quotes, find_acts
from mithaq.annotate.cuts import Clause, cut_clause
from mithaq.annotate.view import View
from mithaq.model import Match, Sentence
from mithaq.text.clitics import has_particle
from mithaq.text.fold import fold_letters

_THAT_WITHIN = 26
_OBJECT_WITHIN = 40
_OBJECT_NEAR = 6
_BEHIND_NAME = 5  # tokens behind a quoted name in which «أن» shows that the name only belongs to the speaker
_CIRCUMSTANCE = 12  # tokens
_THAT_OF_OBJECT = 3  # tokens behind a verb with an object from which on "that" belongs to the object: "invited bids for licences that …"
_COLON_NEAR = 3  # tokens behind a verb within which a colon opens what is said
_SUBJECT_NEAR = 4
_ASIDE_REST = 3  # tokens behind an attribution that go on with what stands before it
_TAIL_SUBJECT = 14  # words that a speaker with his office may take after the verb


def split_clauses(view: View, quotes: Quotes, sentence: Sentence) -> list[Clause]:
    """Return the clauses of a sentence, those of each verb of saying first cut from what stands around them, in order."""
    acts = find_acts(view, quotes, sentence)
    clauses = _arabic(view, quotes, sentence, acts) if view.arabic else _latin(view, quotes, sentence, acts)
    return [piece for clause in clauses for piece in cut_clause(view, quotes, clause)]


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
    thats, joins = view.starts("speech.that"), view.covers("speech.join")
    for index in range(act.last, min(end, act.last + _THAT_WITHIN)):
        if view.tokens[index].form == ":":
            return index + 1
        that, join = thats.get(index), joins.get(index)
        if join and join.attributes.get("cuts"):
            return act.last
        if join and "when" in join.attributes and view.is_mark(join.first - 1):
            break
        if that and not _belongs_to_noun(act, index):
            return _noun_before(view, act, index) or that.last
        quote = quotes.over(index)
        if quote and quote[1] - quote[0] >= 4:
            behind = next((thats[i].last for i in range(quote[1], min(quote[1] + _BEHIND_NAME, end)) if i in thats), None)
            if behind is not None:
                return behind
            return act.last if act.attributes.get("implies") else _object_before(view, act, quote[0])
    return _object_after(view, act, end)


def _noun_before(view: View, act: Match, that: int) -> int | None:
    """Return the object of a verb on which «أن» hangs: «عبر عن | رغبته في أن …», «شدد على | ضرورة أن …»; None when «أن» is the object."""
    if not act.attributes.get("object"):
        return None
    begin = _object_after(view, act, that)
    return begin if act.last < begin < that <= begin + _OBJECT_NEAR else None


def _object_before(view: View, act: Match, quoted: int) -> int:
    """Return where words begin of which some are quoted: at the object of the verb right before the mark («على ضرورة "مد جسور"»)."""
    begin = _object_after(view, act, quoted)
    if act.last < begin and quoted - begin <= _OBJECT_NEAR:
        return begin
    cues = [m.first for m in view.between_tokens(act.last, quoted, "statement") if not m.attributes.get("text")]
    return cues[0] if cues and view.tokens[quoted - 1].form != ":" and not view.any_at(cues[0], quoted, "speech.join") else quoted


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
        if view.tokens[index - 1].form in COMMAS:
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
        aside = _aside_end(view, quotes, act, begin, end)
        if aside is not None:
            clauses.append(Clause(begin, end, act, act.first - 1, aside, "before"))
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


def _aside_end(view: View, quotes: Quotes, act: Match, begin: int, end: int) -> int | None:
    """Return the comma that closes an attribution in the midst of what is said: "the villages, she added, still lack a mast"."""
    pronoun = view.over(act.first - 1, "speech.pronoun")
    first = act.first - 1 if pronoun and "helps" not in pronoun.attributes else act.first
    if first - begin < 2 or view.tokens[first - 1].form != "," or act.kind != "speech.verb" or act.attributes.get("form") == "participle":
        return None
    comma = _tail_end(view, act, end)
    if comma - act.last > _SUBJECT_NEAR or end - comma < _ASIDE_REST or view.tokens[comma].form != ",":
        return None
    if view.tokens[first - 2].form in CLOSING or view.tokens[comma + 1].form in OPENING:
        return None
    named = first < act.first or view.over(act.first, "speech.pronoun") or (view.lang == "fr" and _has_name(view, act.last, comma))
    return comma if named and not view.at(comma + 1, "speech.join") else None


def _has_name(view: View, first: int, last: int) -> bool:
    """Say whether a name or an office stands in tokens ``first:last``."""
    names = view.any_at(first, last, "role.head", "speech.side", "speech.collective")
    return names or any(view.tokens[i].form[:1].isupper() and not view.over(i, "time") for i in range(first, last))


def _subject_start(view: View, act: Match, begin: int) -> int:
    """Return where the clause of a verb begins: at its subject, after the last comma or joining word before it."""
    if act.attributes.get("form") == "participle":
        return act.first
    index = act.first
    while index > begin:
        token = view.tokens[index - 1]
        if token.form in COMMAS:
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
        if previous.form == "," or (previous.form in CLOSING and index - 2 in quotes.inside):
            break
        if view.at(index - 1, "speech.join"):
            return None
        index -= 1
    else:
        return None
    mark = index - 1
    rest = _tail_end(view, act, end)
    quoted = mark - 1 in quotes.inside or mark - 2 in quotes.inside
    if not quoted and _follows(view, act, mark) and not _names_speaker(view, act, mark, rest):
        return None
    if mark - begin < 3 or (rest - act.last > _TAIL_SUBJECT and not quoted) or _closes_apposition(view, mark, begin) is not None:
        return None
    if act.attributes.get("implies") and (rest - act.last > 8 or any(i in quotes.inside for i in range(act.last, rest))):
        return None
    return mark


def _names_speaker(view: View, act: Match, comma: int, end: int) -> bool:
    """Say whether a verb has its subject behind it, as ", said the minister" has, and no "the official, however, ruled out …"."""
    if comma - 1 in view.names or (view.lang == "en" and act.attributes.get("implies")):
        return False
    return _has_name(view, act.last, min(end, act.last + _SUBJECT_NEAR))


def _follows(view: View, act: Match, comma: int) -> bool:
    """Say whether a verb stands right behind a comma, or only its auxiliary between them: ", has said"."""
    helpers = [view.over(i, "speech.pronoun") for i in range(comma + 1, act.first)]
    return all(helper is not None and "helps" in helper.attributes for helper in helpers)


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
    takes_object = act.attributes.get("implies") is not None
    for index in range(act.last, min(end, act.last + 10)):
        that = view.at(index, "speech.that")
        if that and not (takes_object and index - act.last > _THAT_OF_OBJECT):
            return that.last
        if view.tokens[index].form == ":" and (index - act.last <= _COLON_NEAR or view.is_mark(index + 1)):
            return index + 1
    return _after_circumstance(view, act.last, end)


def _after_circumstance(view: View, first: int, end: int) -> int:
    """Return the token behind a day or place between verb and object: «a mis en avant, mercredi à Lomé, les progrès»."""
    begin = first + 1 if first < end and view.is_comma(first) else first
    if begin >= end or not view.at(begin, "time.weekday", "time.month", "event.cue.locative"):
        return first
    comma = next((i for i in range(begin + 1, min(begin + _CIRCUMSTANCE, end - 2)) if view.tokens[i].form == ","), None)
    return comma + 1 if comma is not None and comma + 1 < end else first


# --- both
