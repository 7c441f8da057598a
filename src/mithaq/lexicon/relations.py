"""Roles that only relate one person to another («نظيره», "his counterpart"): no office that somebody holds."""

from __future__ import annotations

from functools import cache

from mithaq.lexicon.match import Lexicon, load_lexicon
from mithaq.text.characters import has_arabic
from mithaq.text.tokens import split_tokens

_RELATION = "role.counterpart"


@cache
def _roles() -> Lexicon:
    return Lexicon(load_lexicon().of_kind("role"))


def is_relation(role: str) -> bool:
    """Say whether a role names somebody by another's office alone, without saying which."""
    tokens = split_tokens(role)
    languages = ("ar",) if has_arabic(role) else ("fr", "en")
    kinds = {match.kind for lang in languages for match in _roles().find(tokens, lang, role)}
    return kinds == {_RELATION}
