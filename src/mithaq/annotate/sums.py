"""Numbers and sums of money beside a happening: how much a grant is, how many take part. No stage."""

from __future__ import annotations

import unicodedata
from typing import NamedTuple

from mithaq.annotate.scene import Scene
from mithaq.model import Amount
from mithaq.model.kept import keep_last
from mithaq.text.numbers import Number, numbers_between

_SIGNS = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₦": "NGN", "₹": "INR"}
_JOINT = 3  # "34 million US dollars", "milliards de FCFA": words between number and currency


class Sum(NamedTuple):
    """A sum of money in tokens ``first:last``; ``amount`` None when the currency is not known to be of one country."""

    first: int
    last: int
    value: float
    amount: Amount | None


class Figures:
    """The numbers and sums of a page, read sentence by sentence when asked for."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self._sums: dict[int, list[Sum]] = {}
        self._currencies: dict[int, str | None] = {}
        for match in scene.money_words:
            code = None if match.attributes.get("ambiguous") else match.attributes.get("code")
            self._currencies.update(dict.fromkeys(range(match.first, match.last), code))

    def numbers(self, sentence: int) -> tuple[Number, ...]:
        """Return the numbers of a sentence, tokens counted over the page."""
        base = self.scene.sentences[sentence]
        return numbers_between(self.scene.tokens, base.first, base.last)

    def sums(self, sentence: int) -> list[Sum]:
        """Return the numbers of a sentence that count money; nobody may change the answer."""
        if sentence not in self._sums:
            self._sums[sentence] = self._read_sums(sentence)
        return self._sums[sentence]

    def _read_sums(self, sentence: int) -> list[Sum]:
        found = []
        base = self.scene.sentences[sentence]
        for number in self.numbers(sentence):
            token = self._currency_token(number, base.first, base.last)
            if token is None:
                continue
            code = _SIGNS.get(self.scene.tokens[token].form) or self._currencies.get(token)
            amount = Amount(number.value, code) if code else None
            found.append(Sum(min(number.first, token), max(number.last, token + 1), number.value, amount))
        return found

    def _currency_token(self, number: Number, first: int, last: int) -> int | None:
        nearby = [*range(number.last, min(number.last + _JOINT, last)), number.first - 1]
        return next((i for i in nearby if i >= first and (i in self._currencies or self._is_sign(i))), None)

    def _is_sign(self, token: int) -> bool:
        form = self.scene.tokens[token].form
        return len(form) == 1 and unicodedata.category(form) == "Sc"


read_figures = keep_last(Figures)
