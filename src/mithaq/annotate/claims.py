"""Tell which numbers of a page are cited figures and which only stand there: list numbers, durations, "two pens". No stage.

Used by ``indicators``. The weights (``knowledge/models/indicators.json``) are a logistic regression learned by
``mithaq train`` from the project's own annotated pages.
"""

from __future__ import annotations

from functools import lru_cache

from mithaq.annotate.figures import Figure
from mithaq.annotate.view import View
from mithaq.model import Evidence, Sentence
from mithaq.text.arabic import stem_arabic
from mithaq.text.english import stem_english
from mithaq.text.french import stem_french
from mithaq.text.language import function_words

_STEMS = {"ar": stem_arabic, "fr": stem_french, "en": stem_english}
_SIZES = ((2, "two"), (5, "few"), (12, "ten"), (99, "tens"), (999, "hundreds"))  # up to how much is called what
_UNITS = frozenset({"count", "%", "rank", "points", "km", "MW", "Gbit/s"})  # every other unit is a currency
_COUNTED_REACH = 4  # words after a number in which people or bodies are what it counts
_HYPHENS = frozenset("-‐‑–")


def signs_of_figure(view: View, sentence: Sentence, figure: Figure) -> frozenset[str]:
    """Return what speaks for and against a number being a cited figure: unit, size, neighbours, the statement around it."""
    start = view.tokens[figure.number.first].start
    said = next((s.kind for s in view.document.statements if _holds(s.evidence, start)), "none")
    sort = "count" if figure.unit == "count" else "measure"
    return frozenset(_size_signs(view, figure, sort) | _neighbour_signs(view, sentence, figure, sort) | {f"said:{said}"})


def _size_signs(view: View, figure: Figure, sort: str) -> set[str]:
    size = next((name for most, name in _SIZES if figure.value <= most), "thousands")
    written = "digits" if view.tokens[figure.number.first].kind == "number" else "words"
    unit = figure.unit if figure.unit in _UNITS else "money"
    return {
        f"unit:{unit}", f"bound:{figure.comparator}", f"size:{size}", f"{sort}:size:{size}", f"written:{written}",
        f"{sort}:{size}:{written}",
    }  # fmt: skip


def _neighbour_signs(view: View, sentence: Sentence, figure: Figure, sort: str) -> set[str]:
    number, tokens, signs = figure.number, view.tokens, set()
    if view.text[tokens[number.last - 1].end : tokens[number.last - 1].end + 1] in _HYPHENS:
        signs.add("hyphen")  # "a 58-year-old"
    if _in_name(view, tokens[number.first].start):
        signs.add("in name")
    if number.first == sentence.first:
        signs |= {"opens", f"{sort}:opens"}
    else:
        before = tokens[number.first - 1]
        signs.add(f"noun:{view.lang}:before:{_stem(view.lang, before.form) if before.kind == 'word' else before.form}")
    if number.last >= sentence.last or tokens[number.last].kind != "word":
        return signs | {"bare", f"{sort}:bare"}
    return signs | _counted_signs(view, figure) if sort == "count" else signs


def _counted_signs(view: View, figure: Figure) -> set[str]:
    """Return what kind of word is counted: people, a unit of time, a mere function word."""
    index = figure.number.last
    form = view.tokens[index].form
    signs = {f"noun:{view.lang}:counted:{_stem(view.lang, form)}"}
    if form in function_words(view.lang):
        signs.add("counts nothing")
    if view.over(index, "time.unit"):
        signs.add("counts time")
    end = min(index + _COUNTED_REACH, len(view.tokens))
    if view.any_at(index, end, "event.people", "role.head"):
        signs.add("counts people")
    if view.any_at(index, end, "body.head"):
        signs.add("counts bodies")
    if view.any_at(index, end, "place.nationality"):
        signs.add("counts nationals")
    return signs


def _in_name(view: View, start: int) -> bool:
    """Say whether a character stands in the name of a programme, body or person: «سدرة 2», "Three Rivers Programme"."""
    document = view.document
    named = [e.mentions for e in document.programmes] + [e.mentions for e in document.bodies] + [e.mentions for e in document.people]
    return any(_holds(mention, start) for mentions in named for mention in mentions)


def _holds(evidence: Evidence, start: int) -> bool:
    return evidence.start <= start < evidence.end


@lru_cache(maxsize=100_000)
def _stem(lang: str, form: str) -> str:
    return _STEMS[lang](form)
