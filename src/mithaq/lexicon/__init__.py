"""Knowledge files into matchers: words are data, and each proves itself by an example."""

from mithaq.lexicon.entry import Entry
from mithaq.lexicon.match import Lexicon, load_lexicon

__all__ = ["Entry", "Lexicon", "load_lexicon"]
