"""Read the numbers of a page with what they count: sums of money, shares, ranks, capacities, people and things. No stage."""

from __future__ import annotations

import unicodedata
from typing import NamedTuple

from mithaq.annotate.view import View
from mithaq.model import Amount, Match
from mithaq.text.numbers import Number, read_numbers

_SIGNS = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₦": "NGN", "₹": "INR"}
_JOINT = 3  # words that may stand between a number and its currency: "milliards de FCFA"


class Sum(NamedTuple):
    """A sum of money in tokens ``first:last``; ``amount`` None when the currency belongs to no one country."""

    first: int
    last: int
    value: float
    amount: Amount | None


def numbers_in(view: View, first: int, last: int) -> list[Number]:
    """Return the numbers of tokens ``first:last``, tokens counted over the page."""
    return [n._replace(first=n.first + first, last=n.last + first) for n in read_numbers(view.tokens[first:last])]


def sums_in(view: View, first: int, last: int) -> list[Sum]:
    """Return the sums of money in tokens ``first:last``."""
    return [s for n in numbers_in(view, first, last) if (s := read_sum(view, n)) is not None]


def read_sum(view: View, number: Number) -> Sum | None:
    """Return a number as a sum of money when a currency stands beside it."""
    limit = len(view.tokens)
    for index in (number.first - 1, *range(number.last, min(number.last + _JOINT, limit))):
        if index < 0:
            continue
        form = view.tokens[index].form
        if len(form) == 1 and unicodedata.category(form) == "Sc":
            code: str | None = _SIGNS.get(form)
            return _sum(number, index, index + 1, code)
        match = view.at(index, "money.currency")
        if match and index >= number.last:
            return _sum(number, index, match.last, _currency(view, match))
        if index >= number.last and view.is_mark(index):
            return None
    return None


def _sum(number: Number, first: int, last: int, code: str | None) -> Sum:
    amount = Amount(number.value, code) if code else None
    return Sum(min(first, number.first), max(last, number.last), number.value, amount)


def _currency(view: View, match: Match) -> str | None:
    """Return the code of a currency; a name that several countries share («دينار») by the nationality beside it or the page's countries."""
    if not match.attributes.get("ambiguous"):
        return match.attributes.get("code")
    return None
