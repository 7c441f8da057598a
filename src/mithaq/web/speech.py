"""The language of the interface: what the reader asked for, chose before, or has in the browser; and the words of the served pages."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import msgspec
from starlette.requests import Request

from mithaq.errors import QuestionError
from mithaq.export.messages import Catalogue, Messages
from mithaq.model.vocabulary import LANGUAGES, Language

COOKIE = "mithaq_lang"
# A language is called by its own name, whatever the page around it speaks.
OWN_NAME = "language.name"


@cache
def load_words(lang: Language) -> Catalogue:
    """Return the messages that only served pages need."""
    folder = files("mithaq.web") / "locale"
    # "en.json", and beside it "en.people.json": what people do on the site.
    sources = sorted((file for file in folder.iterdir() if file.name.startswith(f"{lang}.")), key=lambda file: len(file.name))
    found: Catalogue = {}
    for source in sources:
        found |= msgspec.json.decode(source.read_bytes(), type=dict[str, str | dict[str, str]])
    return found


class Speech(Messages):
    """Speaks one language: the words of files and terminal, and those of served pages."""

    def __init__(self, lang: Language) -> None:
        super().__init__(lang)
        self._catalogue = {**self._catalogue, **load_words(lang)}

    def explain(self, error: Exception) -> str:
        """Say in this language what is wrong with a question; in the program's own words where the language has none for it."""
        if not (isinstance(error, QuestionError) and error.key):
            return str(error)
        # First-strong isolates: what the reader typed may run the other way.
        values = {name: f"\u2068{value}\u2069" if isinstance(value, str) else value for name, value in error.values.items()}
        # The line runs as its language does, even when it begins with what was typed.
        return ("\u200f" if self.direction == "rtl" else "\u200e") + self.text(error.key, **values)


@cache
def speech(lang: Language) -> Speech:
    """Return the speech of a language, made once."""
    return Speech(lang)


def choose_language(request: Request) -> Language:
    """Return the language of ``?lang=``, else of the cookie, else the browser's best, else English."""
    for code in (request.query_params.get("lang"), request.cookies.get(COOKIE)):
        found = as_language(code)
        if found:
            return found
    return read_accepted(request.headers.get("accept-language", ""))


def as_language(code: str | None) -> Language | None:
    """Return a code as one of our languages; None when it is none."""
    return next((lang for lang in LANGUAGES if lang == code), None)


def read_accepted(header: str) -> Language:
    """Return the language that an Accept-Language header likes best of ours ("fr-MA,ar;q=0.8" is French); English when it names none."""
    wishes: list[tuple[float, int, Language]] = []
    for place, part in enumerate(header.split(",")):
        name, _, weight = part.partition(";")
        lang = as_language(name.strip().lower().partition("-")[0])
        if lang:
            wishes.append((-_weight(weight), place, lang))
    return min(wishes)[2] if wishes else "en"


def _weight(words: str) -> float:
    try:
        return float(words.strip().removeprefix("q=") or 1)
    except ValueError:
        return 0.0
