"""Pass over what a feed lists when its headline or heading is surely not for us: results of matches, horoscopes, the weather."""

from __future__ import annotations

from functools import lru_cache

from mithaq.collect.gate import Gate, load_gate
from mithaq.lexicon import Lexicon
from mithaq.lexicon.load import packaged_knowledge, read_entries
from mithaq.model.vocabulary import LANGUAGES
from mithaq.text.tokens import split_tokens

KIND = "collect.aside"
# Signs of the page gate that save a headline, whatever else stands in it: digital matters, and agreements.
_SAVING = ("telling", "general", "acts")


class TitleGate:
    """Judges headlines with the words of ``knowledge/collecting`` and those of the page gate."""

    def __init__(self, gate: Gate) -> None:
        self._gate = gate
        self._words = Lexicon(entry for entry in read_entries(packaged_knowledge() / "collecting") if entry.kind == KIND)

    def reason_against(self, title: str, tags: tuple[str, ...] = ()) -> str | None:
        """Return why an item need not be fetched, as a phrase; None when it must be."""
        for words in (title, *tags):
            tokens = split_tokens(words)
            found = next((match for lang in LANGUAGES for match in self._words.find(tokens, lang, words)), None)
            if found is not None:
                signs = self._gate.count_signs(" ".join((title, *tags)))
                return None if any(signs.get(name) for name in _SAVING) else f"its headline speaks of {found.word!r}"
        return None


@lru_cache(maxsize=2)
def load_title_gate(lexicon: Lexicon) -> TitleGate:
    """Return the gate for headlines of this knowledge."""
    return TitleGate(load_gate(lexicon))
