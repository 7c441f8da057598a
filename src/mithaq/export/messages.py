"""The interface in Arabic, French and English: sentences, plurals, dates, figures and country names, as each language writes them.

The words stand in ``locale/<lang>.json``: a message is a text with ``{names}``, or a block of plural forms (zero, one, two, few, many,
other, as Unicode CLDR names them). Printed figures use Western digits in all three languages, as the sources at hand do.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache, lru_cache
from importlib.resources import files

import msgspec
from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal, get_currency_name, is_currency

from mithaq.answers.lines import FigureLine
from mithaq.answers.reference import Checked
from mithaq.errors import MithaqError
from mithaq.lexicon.vocabulary import label, read_vocabulary
from mithaq.model import Amount
from mithaq.model.judgement import Judged
from mithaq.model.vocabulary import Language
from mithaq.model.world import EntityName
from mithaq.text.characters import has_arabic

_OPENING, _CLOSING = tuple("\"«“„"), tuple("\"»”")
# No news page means a larger number; in words of digits it would fill the line.
_EXACT = "#,##0.######"
_BEYOND_WORDS = 1e15

Message = str | dict[str, str]
Catalogue = dict[str, Message]


@cache
def load_catalogue(lang: Language) -> Catalogue:
    """Return all messages of one language."""
    source = files("mithaq.export") / "locale" / f"{lang}.json"
    return msgspec.json.decode(source.read_bytes(), type=dict[str, str | dict[str, str]])


def is_quoted(words: str) -> bool:
    """Say whether words stand in quotation marks already."""
    return words[:1] in _OPENING and words[-1:] in _CLOSING


@cache
def _locale(lang: Language) -> Locale:
    return Locale.parse(lang)


@lru_cache(maxsize=4096)
def _write_number(value: float, lang: Language) -> str:
    """Write a number; the same few stand on every page, and the pattern takes its time."""
    return str(format_decimal(value, format=_EXACT, locale=_locale(lang), numbering_system="latn"))


class Messages:
    """Speaks one language. Every method returns plain text: whoever puts it into a page escapes it."""

    def __init__(self, lang: Language) -> None:
        self.lang: Language = lang
        self.direction = _locale(lang).text_direction
        self._catalogue = load_catalogue(lang)

    def template(self, key: str, n: int | None = None) -> str:
        """Return a message with its ``{names}`` open, in the plural form for *n*; raises MithaqError when the language lacks it."""
        message = self._catalogue.get(key)
        if isinstance(message, dict):
            return message.get(_locale(self.lang).plural_form(0 if n is None else n)) or message["other"]
        if message is None:
            raise MithaqError(f"locale/{self.lang}.json has no message {key!r}; add it there and in the other languages")
        return message

    def text(self, key: str, **values: object) -> str:
        """Return a message with its ``{names}`` filled in."""
        return self.template(key).format(**values)

    def count(self, key: str, n: int, **values: object) -> str:
        """Return a message in the plural form for *n*; ``{n}`` stands for the number."""
        return self.template(key, n).format(n=self.number(n), **values)

    def quote(self, words: str) -> str:
        """Put words in the quotation marks of the language, on one line; words that carry their own marks keep only those."""
        line = " ".join(words.split())
        return line if is_quoted(line) else self.text("quote", words=line)

    def term(self, vocabulary: str, code: str | None) -> str:
        """Return the label of a code of a closed list, "not stated" for None."""
        return label(vocabulary, code, self.lang) if code else self.text("not_stated")

    def term_of(self, vocabularies: Sequence[str], code: str) -> str:
        """Return the label of a code of one of several closed lists; the code itself when none has it."""
        return next((self.term(name, code) for name in vocabularies if code in read_vocabulary(name)), code)

    def column(self, name: str) -> str:
        """Return the head of a table's column; its own name when there are no words for it."""
        if f"column.{name}" in self._catalogue:
            return self.text(f"column.{name}")
        return self.text(f"field.{name}") if f"field.{name}" in self._catalogue else name.replace("_", " ")

    def countries(self, group: str | None) -> str | None:
        """Return the name of a group of countries among which a figure is ranked; a group that no list knows stays as it is."""
        known = read_vocabulary("country_groups").get(group or "")
        return known.labels[self.lang] if known else group

    def side(self, code: str | None) -> str:
        """Return the name of a country or international organisation; the code itself when no list knows it."""
        if code is None:
            return self.text("not_stated")
        ours = self._catalogue.get(f"side.{code}")
        name = ours or (_locale(self.lang).territories.get(code) if len(code) == 2 else None)
        if name:
            return str(name)
        organisation = read_vocabulary("organisations").get(code)
        return organisation.labels[self.lang] if organisation else code

    def pair(self, pair: Iterable[str]) -> str:
        """Return the names of two sides joined: «المغرب وعُمان»."""
        first, second = pair
        return self.text("pair", a=self.side(first), b=self.side(second))

    def sides(self, codes: Iterable[str]) -> str:
        """Return the names of several sides, joined by the comma of the language."""
        return self.text("comma").join(self.side(code) for code in codes)

    def date(self, value: str | None) -> str:
        """Write YYYY, YYYY-MM or YYYY-MM-DD as the language does; whatever is no date stays as it is; None is "not stated"."""
        if value is None:
            return self.text("not_stated")
        try:
            year, *rest = (int(part) for part in value.split("-"))
            if not rest:
                return str(year)
            day = rest[1] if len(rest) > 1 else None
            written = format_date(date(year, rest[0], day or 1), "LLLL y" if day is None else "MMMM y", locale=_locale(self.lang))
        except (ValueError, IndexError):
            return value
        return written if day is None else self.text("day_one" if day == 1 else "day", day=day, month=written)

    def short_month(self, year: int, month: int) -> str:
        """Write a month as short as the language allows, for the axis of a drawing."""
        return format_date(date(year, month, 1), "LLL y", locale=_locale(self.lang))

    def judged(self, judged: Judged) -> str:
        """Say what a person decided about a fact, and who: "stage corrected by Amal, 4 March 2025: signed (was: planned)"."""
        said = {"name": judged.by, "date": self.date(judged.at[:10])}
        if judged.field is None:
            verb = judged.verb if judged.verb in ("accept", "reject", "add") else "unsure"
            told = self.text("judged." + verb, **said)
        else:
            value, was = judged.value or self.text("not_stated"), judged.was or self.text("not_stated")
            told = self.text("judged.correct", field=self.text(f"field.{judged.field}"), value=value, was=was, **said)
        return self.text("judged.why", said=told, why=judged.why) if judged.why else told

    def called(self, names: Sequence[EntityName]) -> str:
        """Return the name by which a reader knows somebody: the first on pages of this language, else in its letters, else of all."""
        own = [known.name for known in names if known.lang == self.lang]
        return own[0] if own else self.in_own_letters([known.name for known in names])

    def in_own_letters(self, names: Sequence[str]) -> str:
        """Return the first name that is written in the letters of this language, else the first of all."""
        return next((name for name in names if has_arabic(name) == (self.direction == "rtl")), names[0])

    def number(self, value: float) -> str:
        """Write a number with the separators of the language: 97.5 is «97,5» in French."""
        if not abs(value) < _BEYOND_WORDS:
            return f"{value:g}"
        # As exact as it was printed: the pattern of a locale would round a score of 0.4127.
        return _write_number(value, self.lang)

    def amount(self, amount: Amount | None) -> str:
        """Write a sum of money with the currency's name."""
        return self.text("not_stated") if amount is None else self._with_unit(amount.value, amount.currency)

    def figure(self, figure: FigureLine) -> str:
        """Write the value of a cited figure with its unit and "at least", "about" where the text says so."""
        value = self._with_unit(figure.value, figure.unit)
        keys = {"<=": "at_most", ">=": "at_least", "~": "about"}
        return self.text(keys[figure.comparator], value=value) if figure.comparator in keys else value

    def checked(self, figure: FigureLine, checked: Checked) -> str:
        """Say what the reference tables tell of a cited figure: that it agrees, by how much it differs, or nothing."""
        if checked.verdict == "unknown" or checked.value is None:
            return self.text("reference.unknown")
        value = self._with_unit(checked.value, figure.unit)
        told = {"value": value, "source": checked.source or "", "edition": checked.edition or ""}
        if checked.verdict == "agrees" or checked.by is None:
            said = self.text("reference.agrees", **told)
        else:
            said = self.text("reference.differs", by=f"{'+' if checked.by > 0 else '−'}{self.number(abs(checked.by))}", **told)
        return f"{said} {self.text('reference.disputed')}" if checked.disputed else said

    def _with_unit(self, value: float, unit: str) -> str:
        known = {"%": "percent", "rank": "rank"}
        if unit in known:
            return self.text(f"unit.{known[unit]}", value=self.number(value))
        if unit == "points":
            return self.template("unit.points", int(value)).format(value=self.number(value))
        if unit == "count":
            return self.number(value)
        if is_currency(unit):
            unit = get_currency_name(unit, count=value, locale=_locale(self.lang))
        return self.text("unit.other", value=self.number(value), unit=unit)
