"""What goes on in a run of names in French and English, a list of fields or a word in small letters, and what ends it. No stage."""

from __future__ import annotations

from mithaq.annotate.view import View
from mithaq.text.shapes import (
    is_capitalised,
    is_connector,
    is_french_adjective,
    is_shouted,
)


def lists_on(view: View, comma: int) -> bool:
    """Say whether a comma goes on with the fields of a ministry or minister: "Transport, Communications and Digital Economy"."""
    index = comma + 1
    while index < len(view.tokens) and index - comma < 10:
        form = view.tokens[index].form
        if form in ("and", "et"):
            following = index + 1 + is_connector(view.tokens[min(index + 1, len(view.tokens) - 1)].form, view.lang)
            listed = index > comma + 1 or _follows_list(view, comma)
            return listed and runs_on(view, following) and not is_other(view, following)
        if is_other(view, index) or not (runs_on(view, index) or form == "," or is_connector(form, view.lang) or describes(view, form)):
            return False
        index += 1
    return False


def _follows_list(view: View, comma: int) -> bool:
    """Say whether a comma before "and" is the second of a list: "Ministry of Trade, Industry, and the Digital Economy"."""
    index = comma - 1
    while index > 0 and comma - index < 5 and (runs_on(view, index) or is_connector(view.tokens[index].form, view.lang)):
        index -= 1
    return comma - index > 1 and view.tokens[index].form == "," and runs_on(view, index - 1)


def describes(view: View, form: str) -> bool:
    """Say whether a word is an adjective that goes on with a French name in small letters: «Agence nationale»."""
    return view.lang == "fr" and is_french_adjective(form)


def is_other(view: View, index: int) -> bool:
    """Say whether something other than a field of work begins: an office, person, country or another organisation."""
    head = view.at(index, "body.head")
    if head and head.attributes.get("body_kind") != "company":  # «Communications» ends companies' names and is a field too
        return True
    return view.over(index, "role.head", "body.known", "place.country") is not None or view.is_given(index)


def runs_on(view: View, index: int) -> bool:
    """Say whether a token belongs to a capitalised run: a capital, not a month, title or office."""
    if not 0 <= index < len(view.tokens):
        return False
    token = view.tokens[index]
    return token.kind == "word" and is_capitalised(token.form) and not view.at(index, "honorific", "time.month", "time.weekday")


def opens_sentence(view: View, index: int) -> bool:
    """Say whether a capital letter at *index* may come from the beginning of a sentence or a headline in capitals."""
    if is_shouted(view.tokens[index].form):
        return True
    return index == 0 or any(s.first == index for s in view.document.sentences) or view.tokens[index - 1].form in '.!?…«“":'
