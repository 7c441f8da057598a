"""What a cited figure is of, in the words of the page: the things counted, or what is said to cost, reach or weigh so much."""

from __future__ import annotations

from mithaq.annotate.figures import Figure
from mithaq.annotate.view import View
from mithaq.model import Match, Sentence
from mithaq.text.fold import fold_word
from mithaq.text.language import count_ends, count_rests, function_words, noun_links
from mithaq.text.tense import is_future

_NAME_WORDS = 7
_MORE_WORDS = 10  # before a sum or share: its verb stands between, and is no loss
_TELLING = 3  # letters of a word from which it may tell what a figure is of


def name_figure(view: View, sentence: Sentence, figure: Figure, index: Match | None) -> str:
    """Return the words that say what a figure is of, "" when none do: then only its whole clause tells.

    «تدريب 85 مهندسا» counts «مهندسا», "exports reached $94 million in 2025" tells of "exports reached"; an *index* names its figures.
    """
    if index is not None:
        return _phrase(view, index.first, sentence.last, index.start)
    if figure.unit == "count":
        return _counted(view, figure.number.last, sentence.last)  # else the clause: «aurons donc nos quarante» counts nothing that it names
    named = (_before(view, sentence, figure), _noun(view, figure.last, sentence.last))
    return next((words for words in named if " " in words), "")  # one word («بقيمة», "avoisine") says less than the clause


def _noun(view: View, first: int, limit: int) -> str:
    """Return the thing that follows a number: to the first small word that does not bind noun to noun ("lycées de la région | depuis")."""
    small, links = function_words(view.lang), noun_links(view.lang)
    while first < limit and view.tokens[first].key in small and view.tokens[first].kind == "word":
        if view.tokens[first].key not in links:
            return ""
        first += 1
    last = first
    while last < min(first + _NAME_WORDS, limit) and view.tokens[last].kind == "word" and not _ends(view, first, last):
        if view.tokens[last].key in small and view.tokens[last].key not in links:
            break
        last += 1
    return _words(view, first, last)


def _counted(view: View, first: int, limit: int) -> str:
    """Return the things that a number counts: what follows it to the first verb or word that parts them from what is said of them."""
    ends, rests = count_ends(view.lang), count_rests(view.lang)
    last = first
    # "sera-t-elle tenue" is a verb with its subject behind it.
    while last < limit and view.tokens[last].key not in ends and not is_future(view.tokens[last].form.partition("-")[0], view.lang):
        last += 1
    told = _noun(view, first, last)
    return "" if told and all(fold_word(word) in rests for word in told.split()) else told


def _before(view: View, sentence: Sentence, figure: Figure) -> str:
    """Return what stands before a figure in its clause, a few words at most."""
    first = figure.first
    while first > sentence.first and figure.first - first < _MORE_WORDS and view.tokens[first - 1].kind == "word":
        if view.at(first - 1, "speech.that", "speech.verb"):
            break
        first -= 1
    return _words(view, first, figure.first)


def _phrase(view: View, first: int, limit: int, start: int) -> str:
    """Return the words from a token to the next mark, number or verb of saying, at most a few, beginning at the character *start*."""
    last = first
    while last < min(first + _NAME_WORDS, limit) and view.tokens[last].kind == "word" and not _ends(view, first, last):
        last += 1
    while last > first and view.tokens[last - 1].key in function_words(view.lang):
        last -= 1
    return " ".join(view.text[start : view.tokens[last - 1].end].split()) if last > first else ""


def _ends(view: View, first: int, at: int) -> bool:
    """Say whether a name ends before a word: a year («مؤشر النضج لعام 2025») or a verb of saying, which has no article («مؤشر الأمن»)."""
    if at == first:
        return False
    if _leads_to_year(view, at):
        return True
    cut = view.at(at, "speech.verb", "speech.join", "speech.that")
    return cut is not None and not (cut.kind == "speech.verb" and view.has_article(at))


def _leads_to_year(view: View, index: int) -> bool:
    match = view.at(index, "time.year")
    if match is None or match.attributes.get("role") != "year" or match.last >= len(view.tokens):
        return False
    return view.tokens[match.last].kind == "number"


def _words(view: View, first: int, last: int) -> str:
    """Return the words ``first:last`` without small words at either end; "" when none of them tells anything."""
    small = function_words(view.lang)
    while first < last and view.tokens[first].key in small:
        first += 1
    while last > first and view.tokens[last - 1].key in small:
        last -= 1
    told = any(len(t.form) >= _TELLING and t.key not in small for t in view.tokens[first:last])
    return " ".join(view.text[view.tokens[first].start : view.tokens[last - 1].end].split()) if told else ""
