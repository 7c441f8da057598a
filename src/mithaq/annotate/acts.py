"""Find what makes somebody speak in a sentence: verbs of saying and named sources. No stage; used by ``clauses``."""

from __future__ import annotations

from functools import cache

from mithaq.annotate.view import View
from mithaq.model import Match, Sentence
from mithaq.text.clitics import is_before_noun
from mithaq.text.fold import fold_letters, fold_word
from mithaq.text.tokens import forms_of_page, marks_of

# Which marks close what each mark opens; sites that mend quotation marks by program write a double prime for the second one.
_OPEN = {"«": "»", "“": '”″"', "„": "”“", '"': '"″”', "‘": "’"}
_STRAIGHT = '"'
CLOSING = frozenset("".join(_OPEN.values())) - {"“"}
OPENING = frozenset(_OPEN)
_MARKS = OPENING | CLOSING
COMMAS = frozenset({",", "،", ";", "؛", "-", "–", "—"})
_NEEDED_WITHIN = 22
_PREDICATE = 4  # words of a subject behind «أن» whose predicate a participle is; further off it tells how somebody speaks
_SENTENCE_ENDS = frozenset(".!?؟…»”)")


class Quotes:
    """Which tokens stand inside quotation marks, and the spans of the quotations (tokens, marks left out)."""

    def __init__(self, view: View) -> None:
        self.spans: list[tuple[int, int]] = []
        self.inside: set[int] = set()
        # «أمل» is no hope when she is the minister.
        self.names = view.names | view.body_tokens
        opened: tuple[int, str, int] | None = None
        for index in [at for at in marks_of(view.tokens) if view.tokens[at].form in _MARKS]:
            form, sentence = view.tokens[index].form, view.sentence_of(index)
            if sentence is None:
                continue
            if opened and opened[2] != sentence.paragraph:
                opened = None
            side = _side(view, index) if form == _STRAIGHT else None
            if opened and form in _OPEN[opened[1]] and side != "opens":
                self._close(opened[0], index)
                opened = None
            elif form in _OPEN and side != "closes" and (opened is None or form == opened[1]):
                opened = (index + 1, form, sentence.paragraph)

    def _close(self, first: int, last: int) -> None:
        self.spans.append((first, last))
        self.inside.update(range(first, last))

    def covers(self, first: int, last: int) -> bool:
        """Say whether most of tokens ``first:last`` are quoted."""
        return len(self.inside.intersection(range(first, last))) * 2 > last - first

    def over(self, index: int) -> tuple[int, int] | None:
        """Return the quotation in which a token stands."""
        return next((s for s in self.spans if s[0] <= index < s[1]), None) if index in self.inside else None


def _side(view: View, index: int) -> str | None:
    """Say whether a straight mark opens or closes by what it leans on; None when it leans on both sides or on neither."""
    token = view.tokens[index]
    before, after = view.text[token.start - 1 : token.start], view.text[token.end : token.end + 1]
    left, right = before.isalnum() or before in _SENTENCE_ENDS, after.isalnum() or after in OPENING
    if left == right:
        return None
    return "closes" if left else "opens"


def find_acts(view: View, quotes: Quotes, sentence: Sentence) -> list[Match]:
    """Return what makes somebody speak in a sentence: verbs of saying and named sources, none inside a quotation or inside what is said."""
    found: list[Match] = []
    for match in view.matches(sentence, "speech.verb", "speech.source"):
        if match.first in quotes.inside or match.first in quotes.names or (found and match.first < found[-1].last):
            continue
        if match.kind == "speech.source":
            if _is_source(view, match, sentence):
                found.append(match)
        elif _is_verb(view, match, sentence) and not (found and _is_nested(view, found[-1], match)):
            found.append(match)
    return found


def _is_source(view: View, match: Match, sentence: Sentence) -> bool:
    """Say whether "according to" opens its sentence or follows a comma; a paper ("a statement") is no speaker."""
    if match.attributes.get("paper") or view.at(match.last, "speech.source") or view.over(match.last, "speech.source"):
        return False
    opens = match.first - sentence.first <= 1
    return opens or (not match.attributes.get("lead") and view.is_comma(match.first - 1))


def _is_nested(view: View, outer: Match, inner: Match) -> bool:
    """Say whether a verb belongs to what another verb reports: "said that the ministry hopes to", «إن الهيئة ملتزمة بـ»."""
    if inner.prefix or outer.kind == "speech.source":
        return False
    thats = [m for m in view.between_tokens(outer.last, inner.first, "speech.that") if not _tells_when(view, m.first)]
    begin = thats[-1].first + 1 if thats else outer.last
    if inner.attributes.get("form") == "participle" and (not thats or inner.first - begin > _PREDICATE):
        return False
    return not view.between_tokens(begin, inner.first, "speech.join") and not any(map(view.is_mark, range(begin, inner.first)))


def _tells_when(view: View, that: int) -> bool:
    """Say whether «أن» belongs to what begins behind a comma: «، قبل أن يضيف»."""
    join = view.over(that, "speech.join")
    return join is not None and "when" in join.attributes and view.is_mark(join.first - 1)


def _is_verb(view: View, match: Match, sentence: Sentence) -> bool:
    return _has_needed(view, match, sentence) and _may_open(view, match, sentence) and not _is_noun(view, match)


def _has_needed(view: View, match: Match, sentence: Sentence) -> bool:
    needs = match.attributes.get("needs")
    if not needs:
        return True
    limit = min(match.last + _NEEDED_WITHIN, sentence.last)
    glued, words = _companions(needs)
    return any(form.startswith(glued) or fold_letters(form) in words for form in forms_of_page(view.tokens)[match.last : limit])


def _may_open(view: View, match: Match, sentence: Sentence) -> bool:
    """Say whether a verb that is also a common particle («بين») stands where a clause begins; elsewhere it is the particle."""
    if not match.attributes.get("opens") or match.prefix or match.first == sentence.first:
        return True
    return view.is_mark(match.first - 1) or view.over(match.first - 1, "speech.join") is not None


@cache
def _companions(needs: str) -> tuple[tuple[str, ...], frozenset[str]]:
    """Return the companions of one letter, which are glued to the word after them, and the others."""
    words = needs.split()
    return tuple(word for word in words if len(word) == 1), frozenset(fold_letters(word) for word in words if len(word) > 1)


def _is_noun(view: View, match: Match) -> bool:
    """Say whether an Arabic form with the article is a noun («العرض»), or a barred word makes it a participle ("promised in the deal")."""
    before = view.tokens[match.first - 1] if match.first else None
    if before and (before.form if view.arabic else before.key) in match.attributes.get("notafter", "").split():
        return True
    if not view.arabic:
        barred = match.attributes.get("notbefore", "").split()
        return match.last < len(view.tokens) and view.tokens[match.last].key in barred
    if before and not match.prefix and is_before_noun(before.form) and match.attributes.get("form") != "participle":
        return True
    form = view.tokens[match.first].form[len(match.prefix) :]
    return fold_letters(form) != fold_word(form) and fold_letters(match.word) == fold_word(match.word)
