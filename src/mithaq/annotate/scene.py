"""Everything that the readers of events look up again and again, indexed once per page. No stage."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from mithaq.model import Document, Match, Place, Sentence, Time

_QUOTE_OPEN = frozenset("«“„")
_QUOTE_CLOSE = frozenset("»”")


class Hit(NamedTuple):
    """A lexicon match of the kinds that tell events, reduced to what matters here; tokens ``first:last``."""

    kind: str
    word: str
    first: int
    last: int
    prefix: str
    attributes: dict[str, str]

    def gap(self, first: int, last: int) -> int:
        """Return how many tokens stand between this and tokens ``first:last`` (0 when they touch or overlap)."""
        return max(0, first - self.last, self.first - last)


class Scene:
    """A document's sentences with their event words, times and places by token."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.text = document.text
        self.tokens = document.tokens
        self.sentences = document.sentences
        self._starts = [t.start for t in document.tokens]
        self._firsts = [s.first for s in document.sentences]
        self.hits: dict[str, list[Hit]] = {}
        self.place_words: list[Match] = []
        self.money_words: list[Match] = []
        for match in document.matches:
            if match.kind.startswith(("event.", "speech.")):
                hit = Hit(match.kind, match.word, match.first, match.last, match.prefix, match.attributes)
                self.hits.setdefault(match.kind, []).append(hit)
            elif match.kind.startswith("place."):
                self.place_words.append(match)
            elif match.kind == "money.currency":
                self.money_words.append(match)
        self.prefixes = {m.start: m.prefix for m in self.place_words if m.prefix}
        self._by_sentence: dict[str, dict[int, list[Hit]]] = {}
        self.times = self._place(document.times)
        self.places = self._place(document.places)
        self.body = [s for s in document.sentences if s.kind == "body"]
        self.speech = self._speech()
        self.named = self._named()
        # "with" joins a counterpart to a subject; "between" names both.
        self.joining = {h.word for h in self.hits.get("event.cue.with", ()) if not h.attributes.get("both")}

    def token_at(self, offset: int) -> int:
        """Return the index of the token that holds the character at *offset*."""
        return max(0, bisect_right(self._starts, offset) - 1)

    def sentence_at(self, token: int) -> int:
        """Return the index of the sentence that holds a token, -1 when it stands in furniture."""
        index = bisect_right(self._firsts, token) - 1
        return index if index >= 0 and token < self.sentences[index].last else -1

    def of(self, kind: str, sentence: int) -> list[Hit]:
        """Return the outermost hits of a kind in a sentence, in order."""
        if kind not in self._by_sentence:
            grouped: dict[int, list[Hit]] = {}
            for hit in self.hits.get(kind, ()):
                index = self.sentence_at(hit.first)
                if index >= 0 and hit.last <= self.sentences[index].last:
                    row = grouped.setdefault(index, [])
                    if not row or hit.last > row[-1].last:
                        row.append(hit)
            self._by_sentence[kind] = grouped
        return self._by_sentence[kind].get(sentence, [])

    def cues(self, name: str, sentence: int, first: int | None = None, last: int | None = None) -> list[Hit]:
        """Return the cues of a kind in a sentence that lie inside tokens ``first:last``."""
        found = self.of("event.cue." + name, sentence)
        low = first if first is not None else -1
        high = last if last is not None else len(self.tokens)
        return [h for h in found if low <= h.first and h.last <= high]

    def has_cue(self, name: str, first: int, last: int) -> bool:
        """Say whether a cue of a kind touches tokens ``first:last``."""
        sentence = self.sentence_at(first)
        return any(h.first < last and first < h.last for h in self.of("event.cue." + name, sentence))

    def cue_before(self, name: str, token: int, within: int) -> bool:
        """Say whether a cue of a kind ends at most *within* tokens before a token of the same sentence."""
        sentence = self.sentence_at(token)
        return any(0 <= token - h.last <= within for h in self.of("event.cue." + name, sentence))

    def is_mark(self, token: int) -> bool:
        """Say whether a token is punctuation."""
        return self.tokens[token].kind == "mark"

    def in_speech(self, token: int) -> bool:
        """Say whether a token stands between quotation marks that hold a sentence (five words or more)."""
        return any(first <= token < last for first, last in self.speech)

    def _place(self, items: tuple[Time, ...] | tuple[Place, ...]) -> dict[int, list[tuple[int, int, Time | Place]]]:
        grouped: dict[int, list[tuple[int, int, Time | Place]]] = {}
        for item in items:
            first = self.token_at(item.evidence.start)
            last = self.token_at(item.evidence.end - 1) + 1
            sentence = self.sentence_at(first)
            if sentence >= 0:
                grouped.setdefault(sentence, []).append((first, last, item))
        return grouped

    def _named(self) -> set[int]:
        """Return the tokens inside names of bodies and offices, which tell nothing («وزارة الاستثمار», "Agence de formation")."""
        document = self.document
        spans = [(e.start, e.end) for b in document.bodies for e in b.mentions]
        spans += [(p.role_evidence.start, p.role_evidence.end) for p in document.people if p.role_evidence]
        return {i for start, end in spans for i in range(self.token_at(start), self.token_at(end - 1) + 1)}

    def _speech(self) -> list[tuple[int, int]]:
        spans: list[tuple[int, int]] = []
        for sentence in self.sentences:
            opened: int | None = None
            for index in range(sentence.first, sentence.last):
                form = self.tokens[index].form
                if form in _QUOTE_OPEN or (form == '"' and opened is None):
                    opened = index
                elif opened is not None and (form in _QUOTE_CLOSE or form == '"'):
                    if index - opened > 5:
                        spans.append((opened, index))
                    opened = None
        return spans


def sentences_of(scene: Scene) -> Iterator[tuple[int, Sentence]]:
    """Yield the sentences that may tell an event: title, captions and body, in order."""
    for index, sentence in enumerate(scene.sentences):
        if sentence.kind in ("title", "body", "caption"):
            yield index, sentence
