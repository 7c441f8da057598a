"""Short invented pages with the layers that events rest on, for tests of events."""

from __future__ import annotations

from msgspec.structs import replace

from mithaq.annotate.events import find_events, find_groups, find_pairs
from mithaq.annotate.places import find_places
from mithaq.annotate.times import find_times
from mithaq.lexicon import load_lexicon
from mithaq.model import Body, Document, Event, Evidence, Person, Segment, Sentence, hash_text
from mithaq.text.sentences import split_sentences
from mithaq.text.tokens import split_tokens

LEXICON = load_lexicon()


def read(
    lang: str,
    title: str,
    body: str,
    *,
    people: dict[str, str] | None = None,
    bodies: dict[str, str] | None = None,
    published: str | None = None,
) -> Document:
    """Return a page with the layers that events rest on; *people* and *bodies* map names to the side they act for."""
    text = f"{title}\n\n{body}"
    start = len(title) + 2
    tokens = split_tokens(text)
    sentences = []
    for kind, low, high in (("title", 0, len(title)), ("body", start, len(text))):
        for a, b in split_sentences(text, low, high):
            first = next(i for i, t in enumerate(tokens) if t.start >= a)
            last = next((i for i, t in enumerate(tokens) if t.start >= b), len(tokens))
            sentences.append(Sentence(a, b, first, last, kind, 0, 0))  # type: ignore[arg-type]
    document = Document(
        id=hash_text(text),
        text=text,
        lang=lang,  # type: ignore[arg-type]
        title=title,
        published=published,
        segments=(Segment(0, len(title), "title"), Segment(start, len(text), "body")),
        tokens=tokens,
        sentences=tuple(sentences),
        people=tuple(Person(name=n, country=c, mentions=_mentions(text, n)) for n, c in (people or {}).items()),
        bodies=tuple(
            Body(name=n, country=None if len(c) > 2 else c, code=c if len(c) > 2 else None, kind="other", mentions=_mentions(text, n))
            for n, c in (bodies or {}).items()
        ),
    )
    document = replace(document, matches=LEXICON.find(tokens, lang, text))
    document = replace(document, times=find_times(document, LEXICON), places=find_places(document, LEXICON))
    document = replace(document, groups=find_groups(document, LEXICON))
    document = replace(document, events=find_events(document, LEXICON))
    return replace(document, pairs=find_pairs(document, LEXICON))


def _mentions(text: str, name: str) -> tuple[Evidence, ...]:
    found = []
    at = text.find(name)
    while at >= 0:
        found.append(Evidence(at, at + len(name), name))
        at = text.find(name, at + 1)
    return tuple(found)


def only(document: Document, kind: str) -> Event:
    """Return the one event of a type."""
    found = [e for e in document.events if e.type == kind]
    assert len(found) == 1, [(e.type, e.stage, e.why) for e in document.events]
    return found[0]
