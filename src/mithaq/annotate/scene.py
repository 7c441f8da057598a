"""Everything that the readers of events look up again and again, indexed once per page. No stage."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence, Set
from functools import cached_property

from mithaq.model import Document, Match, Place, Sentence, Time
from mithaq.model.kept import keep_while_same
from mithaq.text.tokens import marks_of, starts_of

_NO_NAMES: frozenset[str] = frozenset()
_QUOTE_OPEN = frozenset("«“„")
_QUOTE_CLOSE = frozenset("»”")
_QUOTES = _QUOTE_OPEN | _QUOTE_CLOSE | {'"'}


Hit = Match  # one of those that tell events
_TELLING = ("event", "speech.verb", "speech.that")
_CUE = "event.cue."
_ACT = "event.act"
_NO_ROWS: dict[int, list[Hit]] = {}


class Scene:
    """A document's sentences with their event words, times and places by token."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.text = document.text
        self.tokens = document.tokens
        self.sentences = document.sentences
        self._starts = starts_of(document.tokens)
        self._sentences = _sentence_numbers(document)
        self.place_words = document.matches_of("place")
        self.money_words = document.matches_of("money.currency")
        self.prefixes = {m.start: m.prefix for m in self.place_words if m.prefix}
        self.clauses: dict[tuple[int, int, int], tuple[int, int]] = {}  # of triggers, asked about by every reader
        self._rows = self._outermost(document.matches_of(*_TELLING))
        self._cue_ends: dict[str, dict[int, set[int]]] = {}
        self._cue_names: dict[int, set[str]] = {}
        for kind, rows in self._rows.items():
            if kind.startswith(_CUE):
                for sentence in rows:
                    self._cue_names.setdefault(sentence, set()).add(kind.removeprefix(_CUE))
        self.times = self._place(document.times)
        self.places = self._place(document.places)
        self.body = [s for s in document.sentences if s.kind == "body"]
        self.speech = self._speech()
        self.named = self._named()
        # "with" joins a counterpart to a subject; "between" names both.
        self.joining = {m.word for m in document.matches_of("event.cue.with") if not m.attributes.get("both")}

    @cached_property
    def offices(self) -> frozenset[int]:
        """The tokens at which the word for an office or for a kind of organisation begins."""
        return frozenset(m.first for m in self.document.matches_of("role.head", "body.head"))

    @cached_property
    def openings(self) -> frozenset[int]:
        """The tokens at which names of bodies begin."""
        return frozenset(self.token_at(e.start) for body in self.document.bodies for e in body.mentions)

    def token_at(self, offset: int) -> int:
        """Return the index of the token that holds the character at *offset*."""
        return max(0, bisect_right(self._starts, offset) - 1)

    def sentence_at(self, token: int) -> int:
        """Return the index of the sentence that holds a token, -1 when it stands in furniture."""
        return self._sentences[token]

    def of(self, kind: str, sentence: int) -> Sequence[Hit]:
        """Return the outermost hits of a kind of event word or verb of saying in a sentence, in order."""
        return self._rows.get(kind, _NO_ROWS).get(sentence, ())

    def _outermost(self, matches: Sequence[Match]) -> dict[str, dict[int, list[Hit]]]:
        """Return the outermost matches of each kind by sentence."""
        found: dict[str, dict[int, list[Hit]]] = {}
        mute: list[list[Hit]] = []
        for match in matches:
            index = self._sentences[match.first]
            if index < 0 or match.last > self.sentences[index].last:
                continue
            row = found.setdefault(match.kind, {}).setdefault(index, [])
            # One word may do several things: who "opened" has launched a project or held a meeting.
            again = match.kind == _ACT and bool(row) and (match.first, match.last) == (row[-1].first, row[-1].last)
            if not row or match.last > row[-1].last or again:
                row.append(match)
                if "other" in match.attributes:
                    mute.append(row)
        for row in mute:  # "signed up", "prêt à": a longer form with another meaning hides the word, and tells nothing itself
            row[:] = [m for m in row if "other" not in m.attributes]
        return found

    def cues(self, name: str, sentence: int, first: int | None = None, last: int | None = None) -> Sequence[Hit]:
        """Return the cues of a kind in a sentence that lie inside tokens ``first:last``."""
        found = self.of(_CUE + name, sentence)
        if not found or (first is None and last is None):
            return found
        low = first if first is not None else -1
        high = last if last is not None else len(self.tokens)
        return [h for h in found if low <= h.first and h.last <= high]

    def cue_names(self, sentence: int) -> Set[str]:
        """Return the kinds of cues of which a word stands in a sentence."""
        return self._cue_names.get(sentence, _NO_NAMES)

    def has_cue(self, name: str, first: int, last: int) -> bool:
        """Say whether a cue of a kind touches tokens ``first:last``."""
        found = self.of(_CUE + name, self._sentences[first])
        return bool(found) and any(h.first < last and first < h.last for h in found)

    def cue_before(self, name: str, token: int, within: int) -> bool:
        """Say whether a cue of a kind ends at most *within* tokens before a token of the same sentence."""
        ends = self._cue_ends.get(name)
        if ends is None:
            rows = self._rows.get(_CUE + name, _NO_ROWS)
            ends = self._cue_ends[name] = {sentence: {h.last for h in row} for sentence, row in rows.items()}
        here = ends.get(self._sentences[token])
        return here is not None and not here.isdisjoint(range(token - within, token + 1))

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
        sentence, opened = -1, -1
        for index in [at for at in marks_of(self.tokens) if self.tokens[at].form in _QUOTES]:
            form, before = self.tokens[index].form, sentence
            sentence = self._sentences[index]
            if sentence < 0:
                continue
            if sentence != before:
                opened = -1
            if form in _QUOTE_OPEN or (form == '"' and opened < 0):
                opened = index
            elif opened >= 0:
                if index - opened > 5:
                    spans.append((opened, index))
                opened = -1
        return spans


def _sentence_numbers(document: Document) -> list[int]:
    """Return for each token the index of the sentence that holds it, -1 in furniture and after the last token."""
    numbers = [-1] * (len(document.tokens) + 1)
    for index, sentence in enumerate(document.sentences):
        numbers[sentence.first : sentence.last] = [index] * (sentence.last - sentence.first)
    return numbers


@keep_while_same("text", "lang", "published", "tokens", "sentences", "matches", "times", "places", "people", "bodies", "coreferences")
def read_scene(document: Document) -> Scene:
    """Return the scene of a document, for groups, events and pairs; its ``document`` may lack what later stages found."""
    return Scene(document)


def sentences_of(scene: Scene) -> Iterator[tuple[int, Sentence]]:
    """Yield the sentences that may tell an event: title, captions and body, in order."""
    for index, sentence in enumerate(scene.sentences):
        if sentence.kind in ("title", "body", "caption"):
            yield index, sentence
