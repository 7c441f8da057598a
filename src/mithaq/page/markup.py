"""Parse the markup of a web page, within bounds: what no news page is, or would take too long, is refused with its reason."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from mithaq.errors import InputError

MOST_MARKUP = 4_000_000  # characters, pictures packed into the page left out
MOST_TAGS = 150_000
_INSTEAD = "save the article as plain text and read that"
_PACKED = re.compile(r"data:[\w/+.;=-]{0,80};base64,[A-Za-z0-9+/=%]*")
# XML has no place for these; a browser shows U+FFFD for the first.
_UNPRINTABLE = re.compile("[\x01-\x08\x0b\x0e-\x1f]")
# These stand within a line; every other tag begins one.
_INLINE = frozenset(
    ("abbr", "b", "bdi", "bdo", "cite", "code", "em", "font", "i", "mark", "q", "s", "small", "span", "strong", "sub", "sup", "time", "u")
)
# What a browser does not print, and headings and links, which name articles.
_NOT_PRINTED = frozenset(("script", "style", "template", "title", "textarea", "select", "option", "h1", "a"))


def parse_markup(text: str, *, path: str) -> Any:
    """Return the tree of a web page (lxml), None when there is nothing to parse.

    Raises InputError, naming *path*, when the page is too large or nested too deeply.
    """
    # Imported here: plain pages do without it.
    from lxml import etree
    from lxml import html as lxml_html

    lean = _PACKED.sub("data:,", text) if len(text) > 100_000 else text
    if len(lean) > MOST_MARKUP:
        raise InputError(f"{path}: {len(lean):,} characters of HTML are no news page (at most {MOST_MARKUP:,}); {_INSTEAD}")
    tags = lean.count("<")
    if tags > MOST_TAGS:
        raise InputError(f"{path}: a web page of {tags:,} tags is no news page (at most {MOST_TAGS:,}); {_INSTEAD}")
    sound = _UNPRINTABLE.sub("", lean.replace("\0", "\ufffd"))
    # With huge_tree 2,047 levels are read: pages that forget to close their tags go deeper than the 256 of libxml2's default.
    parser: Any = lxml_html.HTMLParser(encoding="utf-8", huge_tree=True)
    try:
        tree: Any = lxml_html.document_fromstring(sound.encode("utf-8", "replace"), parser=parser)
    except (ValueError, etree.LxmlError):
        tree = None
    if any("depth" in entry.message.lower() for entry in parser.error_log):
        raise InputError(f"{path}: the tags of this web page are nested too deeply to be read; {_INSTEAD}")
    return tree


def printed_lines(tree: Any) -> Iterator[str]:
    """Yield the lines of a whole page that are neither links nor its headline, wherever they stand: beside and below the article, too."""
    from lxml import etree

    pieces: list[str] = []
    hidden = 0
    for event, node in etree.iterwalk(tree, events=("start", "end", "comment")):
        tag = node.tag if isinstance(node.tag, str) else ""
        if event == "start":
            hidden += tag in _NOT_PRINTED
        elif tag in _NOT_PRINTED:
            hidden -= 1
        if tag and tag not in _INLINE:
            pieces.append("\n")
        words = node.text if event == "start" else node.tail
        if words and not hidden:
            pieces.append(" ".join(("", *words.split(), "")) if words.strip() else " ")
    yield from (line for raw in "".join(pieces).split("\n") if (line := " ".join(raw.split())))
