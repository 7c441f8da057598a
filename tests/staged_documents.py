"""Documents made from a bare text by the stages that find who and what it names, in the order of the pipeline."""

from __future__ import annotations

import re
from typing import Any, TypeVar

from hypothesis import strategies as st
from msgspec.structs import replace

from mithaq.annotate.bodies import find_bodies
from mithaq.annotate.coreference import find_coreferences
from mithaq.annotate.people import find_people
from mithaq.annotate.places import find_places
from mithaq.annotate.programmes import find_programmes
from mithaq.lexicon import load_lexicon
from mithaq.model import Body, Document, Person, Programme, Segment, Sentence, Token, hash_text
from mithaq.text.sentences import split_sentences
from mithaq.text.tokens import split_tokens

_PARAGRAPH = re.compile(r"[^\n](?:.|\n(?!\n))*")


def plain_document(text: str, lang: str, title: str | None = None, *, furniture: str = "", **fields: Any) -> Document:
    """Return a document without layers: the title, then every paragraph (between blank lines) a segment of the body.

    *furniture* is a last line that has words but no sentence, so that no fact may rest on it.
    """
    article = f"{title}\n\n{text}" if title else text
    whole = f"{article}\n\n{furniture}" if furniture else article
    segments = [Segment(m.start(), m.end(), "body") for m in _PARAGRAPH.finditer(article) if m.group().strip()]
    if title:
        segments[0] = Segment(segments[0].start, segments[0].end, "title")
    tokens: list[Token] = []
    sentences: list[Sentence] = []
    for number, segment in enumerate(segments):
        for start, end in split_sentences(whole, segment.start, segment.end):
            first = len(tokens)
            tokens += split_tokens(whole, start, end)
            sentences.append(Sentence(start, end, first, len(tokens), segment.kind, number, 0))
    if furniture:
        segments.append(Segment(len(whole) - len(furniture), len(whole), "related"))
        tokens += split_tokens(whole, segments[-1].start, segments[-1].end)
    return Document(
        id=hash_text(whole),
        text=whole,
        lang=lang,  # type: ignore[arg-type]  # tests write the three codes
        title=title,
        segments=tuple(segments),
        tokens=tuple(tokens),
        sentences=tuple(sentences),
        **fields,
    )


def matched_document(text: str, lang: str, title: str | None = None, **fields: Any) -> Document:
    """Return a plain document with the matches of the lexicon and the places, as the stages after them find it."""
    lexicon = load_lexicon()
    document = plain_document(text, lang, title, **fields)
    document = replace(document, matches=lexicon.find(document.tokens, lang, document.text))
    return replace(document, places=find_places(document, lexicon))


def staged_document(text: str, lang: str, title: str | None = None, **fields: Any) -> Document:
    """Return a document with places, bodies, people, programmes and coreferences."""
    lexicon = load_lexicon()
    document = matched_document(text, lang, title, **fields)
    document = replace(document, bodies=find_bodies(document, lexicon))
    document = replace(document, people=find_people(document, lexicon))
    document = replace(document, programmes=find_programmes(document, lexicon))
    return replace(document, coreferences=find_coreferences(document, lexicon))


# Words that names are made of, and marks that break them.
_AR = """
وزير الوزيرة رئيس نظيره سفير مديرها السيد الدكتور م. معالي هند سالم وهدى ولي محمد الكويتي السويدي عبد الأمير بن ولد بده أبو آل العهد
الاتصالات المالية وزارة وكالة هيئة شركة البنك المركزي للبنك مجلس لجنة المنتدى منصة استراتيجية الرقمية الوطنية لتنمية والريادة الملك
كينيا الكونغو عمان مسقط المغربي المصرية لدى عن الجانب وقع قال وأضاف إن أن مع زاجل كلاود SITA 2030 ( ) « » ، . :
"""
_FR = """
le ministre la ministre son homologue directeur général président de du des l' d' M. Mme Dr Fatou Sarr Jean-Pierre Kouassi Ould El
ministère Agence Office société opérateur Université Banque numérique nationale chinoise Congo Kinshasa Sénégal Tunis français Trésor
programme plateforme Forum stratégie Sira Zamani ADD PNUD a signé selon en et pour la partie côté à au ( ) « » , . : ; 2030
"""
_EN = """
the The Minister of Energy Minister her Kenyan counterpart chief executive chairman Ambassador to H.E. Dr. Mr Amina Saleh Al bin at
Njoroge Ministry Authority Agency Bank Systems company Finnish Forum Hub programme portal Strategy Digital Economy Technology and
Kenya 's Congo Nairobi Oman ODA UNDP said met signed led by for on behalf ( ) " “ ” , . ; : 2030
"""
_WORDS = {lang: (*words.split(), "\n") for lang, words in (("ar", _AR), ("fr", _FR), ("en", _EN))}


@st.composite
def news_text(draw: Any) -> tuple[str, str]:
    """Draw a text of words that names are made of, in one of the three languages, with any other letters between; and its language."""
    lang = draw(st.sampled_from(sorted(_WORDS)))
    words = st.sampled_from(_WORDS[lang]) | st.text(st.characters(exclude_categories=("Cs",)), max_size=6)
    return " ".join(draw(st.lists(words, max_size=40))), lang


def person(document: Document, name: str) -> Person:
    """Return the person of this name; fails with the names found."""
    return _named(document.people, name)


def body(document: Document, name: str) -> Body:
    """Return the organisation of this name; fails with the names found."""
    return _named(document.bodies, name)


def programme(document: Document, name: str) -> Programme:
    """Return the programme of this name; fails with the names found."""
    return _named(document.programmes, name)


_Thing = TypeVar("_Thing", Person, Body, Programme)


def _named(found: tuple[_Thing, ...], name: str) -> _Thing:
    chosen = [thing for thing in found if thing.name == name]
    assert len(chosen) == 1, f"{name!r} is not among {[thing.name for thing in found]}"
    return chosen[0]
