"""Which country a news agency is of: an unsigned nationality on its pages is most often its own."""

from __future__ import annotations

from functools import cache

from mithaq.lexicon.load import packaged_knowledge, read_yaml

# Agencies that report from everywhere; their country tells nothing of the people on a page.
_WORLDWIDE = frozenset({"AA", "AFP", "AP", "REUTERS", "XINHUA"})


def agency_country(code: str | None) -> str | None:
    """Return the country of a national news agency (MAP is of Morocco), None for worldwide and unknown ones."""
    return _countries().get(code or "")


@cache
def _countries() -> dict[str, str]:
    content = read_yaml(packaged_knowledge() / "gazetteers" / "agencies_press.yml")
    blocks = [block for block in content["entries"] if block["code"] not in _WORLDWIDE]
    return {block["code"]: block["country"] for block in blocks if block.get("country")}
