"""What stands around a telling: where in its sentence it is, which sides are near, who speaks, how its word is written. No stage."""

from __future__ import annotations

from collections.abc import Iterator

from mithaq.annotate.parties import Sides
from mithaq.annotate.triggers import Trigger
from mithaq.text.tense import has_article

AROUND = "around:"
_PARTS = 4  # of a sentence
_DOZEN = 12  # tokens by which sentences are long or short
_LONGEST = 6
_LATEST = 6  # sentences of the body that are told apart
_NEAR = 8  # tokens between a side and the words of the happening
_SIDES = 3
_OF_PAGE = 4
_LEADING = 2


def read_around(sides: Sides, trigger: Trigger) -> Iterator[str]:
    """Yield the signs, such as ``around:sides2`` and, by type of happening, ``around:visit:sides2``."""
    for sign in (*_position(sides, trigger), *_company(sides, trigger), *_form(sides, trigger)):
        yield AROUND + sign
        yield f"{AROUND}{trigger.type}:{sign}"
    for sign in _speech(sides, trigger):
        yield AROUND + sign


def _position(sides: Sides, trigger: Trigger) -> Iterator[str]:
    """Yield where in its sentence a telling stands, how long that is, and which sentence of the article it is."""
    scene = sides.scene
    sentence = scene.sentences[trigger.sentence]
    size = max(1, sentence.last - sentence.first)
    yield f"part{(trigger.anchor.first - sentence.first) * _PARTS // size}"
    yield f"long{min(_LONGEST, size // _DOZEN)}"
    yield f"sentence{min(scene.body.index(sentence), _LATEST) if sentence.kind == 'body' else -1}"


def _company(sides: Sides, trigger: Trigger) -> Iterator[str]:
    """Yield which sides act near the words of a telling, who stands before them, and how many of the page's own its sentence names."""
    acting = [a for a in sides.acting(trigger.sentence) if a.code]
    near = [a for a in acting if max(a.first - trigger.last, trigger.first - a.last) <= _NEAR]
    yield f"sides{min(_SIDES, len({a.code for a in near}))}"
    yield from (f"by {kind}" for kind in sorted({a.kind for a in near}))
    before = [a.kind for a in acting if a.first < trigger.first]
    yield f"behind {before[-1] if before else 'none'}"
    named = {a.code for a in acting}
    yield f"page{min(_OF_PAGE, len(sides.principal))}"
    yield f"leading{sum(code in named for code in sides.principal[:_LEADING])}"
    if acting and sides.principal[:1] == (acting[0].code,):
        yield "opened by the first"


def _form(sides: Sides, trigger: Trigger) -> Iterator[str]:
    """Yield what is glued to the word that names a happening, and in Latin letters whether it is written as a name."""
    word = trigger.anchor
    first, lang = sides.scene.tokens[word.first].form, sides.scene.document.lang
    yield f"{lang}:glued {word.prefix}"
    part = "act" if trigger.noun is None else "noun"
    marked = has_article(first) if lang == "ar" else first[:1].isupper()
    yield f"{part} {'marked' if marked else 'plain'} {'ar' if lang == 'ar' else 'latin'}"


def _speech(sides: Sides, trigger: Trigger) -> Iterator[str]:
    """Yield whether somebody is said to speak before or behind a telling, and whether "that" leads to it."""
    scene = sides.scene
    said = [m.first for m in scene.of("speech.verb", trigger.sentence)]
    if any(first < trigger.first for first in said):
        yield "said before"
    if any(first > trigger.first for first in said):
        yield "said behind"
    if any(m.first < trigger.first for m in scene.of("speech.that", trigger.sentence)):
        yield "that before"
