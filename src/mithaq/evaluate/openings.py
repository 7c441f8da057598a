"""Titles and leads of our own, for us and not for us: what weights are learned from beside whole pages (``corpus/openings``)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec

from mithaq.errors import InputError
from mithaq.model import Document, Segment, Sentence, Token, hash_text
from mithaq.model.vocabulary import LANGUAGES, TOPICS, Language
from mithaq.text.sentences import split_sentences
from mithaq.text.tokens import split_tokens

_HEAD = "== "
_OURS = "for us"
_NOT_OURS = "not for us"


class Opening(msgspec.Struct, frozen=True):
    """A title and the sentences after it; ``topics`` are those of an opening that is for us, ``reason`` why another is not."""

    lang: Language
    relevant: bool
    text: str
    topics: tuple[str, ...] = ()
    reason: str = ""


def read_openings(root: Path) -> tuple[Opening, ...]:
    """Return the openings of a checkout in all languages; raises InputError when one has no such head as it should."""
    folder = root / "corpus" / "openings"
    if not folder.is_dir():
        raise InputError(f"{folder}: no such folder; is this the root of a checkout?")
    return tuple(opening for lang in LANGUAGES for opening in _read_file(folder / f"{lang}.txt", lang))


def _read_file(file: Path, lang: Language) -> Iterator[Opening]:
    for block in f"\n{file.read_text('utf-8')}".split(f"\n{_HEAD}")[1:]:
        head, _, text = block.partition("\n")
        verdict, _, rest = head.partition(": ")
        topics = tuple(rest.split()) if verdict == _OURS else ()
        if verdict not in (_OURS, _NOT_OURS) or not rest or not set(topics) <= set(TOPICS) or "\n\n" not in text.strip():
            raise InputError(f"{file}: {head!r}: write '== for us: TOPICS' or '== not for us: REASON', then a title, a blank line, a lead")
        yield Opening(lang, verdict == _OURS, text.strip() + "\n", topics, "" if topics else rest)


def to_document(opening: Opening) -> Document:
    """Return an opening as a document with tokens and sentences: its title is known, however little of a page follows."""
    text = opening.text
    cut = text.index("\n\n")
    segments = (Segment(0, cut, "title"), Segment(cut + 2, len(text.rstrip()), "body"))
    tokens: list[Token] = []
    sentences: list[Sentence] = []
    for paragraph, segment in enumerate(segments):
        for start, end in split_sentences(text, segment.start, segment.end):
            first = len(tokens)
            tokens += split_tokens(text, start, end)
            sentences.append(Sentence(start, end, first, len(tokens), segment.kind, paragraph, 0))
    return Document(
        id=hash_text(text),
        text=text,
        lang=opening.lang,
        title=text[:cut],
        segments=segments,
        tokens=tuple(tokens),
        sentences=tuple(sentences),
    )
