"""The order of the stages, as one straight line: a page goes in, a Document with all its layers comes out."""

from __future__ import annotations

from itertools import chain
from pathlib import Path

from msgspec.structs import replace

from mithaq.annotate.bodies import find_bodies, place_bodies
from mithaq.annotate.certainty import rate_names
from mithaq.annotate.coreference import find_coreferences
from mithaq.annotate.events import find_events, find_groups, find_pairs
from mithaq.annotate.indicators import find_indicators
from mithaq.annotate.people import find_people, place_people
from mithaq.annotate.places import find_places
from mithaq.annotate.programmes import find_programmes
from mithaq.annotate.relevance import judge_relevance
from mithaq.annotate.statements import find_statements
from mithaq.annotate.times import find_times
from mithaq.annotate.topics import find_topics, rate_topics
from mithaq.lexicon import Lexicon, load_lexicon
from mithaq.model import Document, Match
from mithaq.model.vocabulary import Language
from mithaq.page import read_capture
from mithaq.page.decode import decode_text

# Raised whenever a stage changes what it finds; ``mithaq reread`` redoes layers of an older version.
LAYERS_VERSION = 9


def read_document(
    data: bytes, *, path: str, url: str | None = None, sidecar: bytes | None = None, lexicon: Lexicon | None = None
) -> Document:
    """Read one captured page into a Document with all layers.

    *data* are the bytes as captured, *sidecar* those of its ``.meta.json``. Raises InputError when the page cannot be read.
    """
    lexicon = lexicon or load_lexicon()
    return annotate(read_capture(data, path=path, url=url, sidecar=sidecar, lexicon=lexicon), lexicon)


def decode_page(data: bytes, path: str) -> str:
    """Return the text of a capture as it came, tags and all; raises InputError when it is none."""
    return decode_text(data, path=path)


def read_page(path: str | Path, lexicon: Lexicon | None = None) -> Document:
    """Read a file, with its sidecar where there is one, into a Document with all layers."""
    file = Path(path)
    sidecar = next((s for s in (file.with_name(file.name + ".meta.json"), file.with_suffix(".meta.json")) if s.is_file()), None)
    return read_document(file.read_bytes(), path=str(path), sidecar=sidecar.read_bytes() if sidecar else None, lexicon=lexicon)


def annotate(document: Document, lexicon: Lexicon) -> Document:
    """Return *document* with every layer found anew from its text and segments."""
    return judge_relevance(find_layers(document, lexicon), lexicon) if document.lang else document


def find_layers(document: Document, lexicon: Lexicon) -> Document:
    """Return *document* with every layer but the last: whether it is for us is not judged yet, so no layer is emptied."""
    return find_happenings(find_names(document, lexicon), lexicon)


def find_names(document: Document, lexicon: Lexicon) -> Document:
    """Return *document* with what is found before happenings are: who and what it names, when and where, and what it is about."""
    if document.lang is None:
        return document
    document = replace(document, matches=match_words(document, lexicon, document.lang))
    document = replace(document, times=find_times(document, lexicon), places=find_places(document, lexicon))
    document = replace(document, bodies=find_bodies(document, lexicon))
    document = replace(document, people=find_people(document, lexicon))
    document = replace(document, programmes=find_programmes(document, lexicon))
    document = replace(document, coreferences=find_coreferences(document, lexicon))
    document = replace(document, groups=find_groups(document, lexicon))
    document = replace(document, topics=find_topics(document, lexicon))
    return replace(document, topic_confidence=rate_topics(document))


def find_happenings(document: Document, lexicon: Lexicon) -> Document:
    """Return *document*, in which names are found, with what happened, which side everybody is on, what is said and counted."""
    if document.lang is None:
        return document
    document = replace(document, events=find_events(document, lexicon))
    document = replace(document, pairs=find_pairs(document, lexicon))
    document = replace(document, people=place_people(document))
    document = replace(document, bodies=place_bodies(document))
    document = replace(document, statements=find_statements(document, lexicon))
    return rate_names(replace(document, indicators=find_indicators(document, lexicon)))


def match_words(document: Document, lexicon: Lexicon, lang: Language) -> tuple[Match, ...]:
    """Return the words of the lexicon that stand in a sentence of the article: no stage ever sees a word on furniture (law 7)."""
    tokens, text = document.tokens, document.text
    return tuple(chain.from_iterable(lexicon.find(tokens, lang, text, s.first, s.last, inside=True) for s in document.sentences))
