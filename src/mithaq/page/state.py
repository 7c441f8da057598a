"""See what became of an article on its page: whole or cut by a paywall, taken down, several of them, captions under pictures."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter

from msgspec import structs

from mithaq.model import Match, Segment, Token
from mithaq.page.features import same_line
from mithaq.page.html import HtmlPage
from mithaq.page.segments import Layout

_CUT = ("[...]", "[…]", "(...)", "(…)", "[&hellip;]")
_FEW_WORDS = 120  # of an article: a page that is not free and has fewer shows its beginning only
_STUB = 60  # words of a whole page: more is an article that tells of something withdrawn
_TAKEN_DOWN = "page.withdrawn"
_kind = attrgetter("kind")


def apply_markup(layout: Layout, text: str, page: HtmlPage) -> Layout:
    """Return the layout with what the tags of a web page know better than its lines: date line, captions, where several articles stand."""
    known: dict[str, Segment] = {same_line(caption): Segment(0, 0, "caption", "under a picture") for caption in page.captions}
    if page.stamp:
        known[same_line(page.stamp)] = Segment(0, 0, "byline", "date line in the tags")
    segments = tuple(
        structs.replace(found, start=s.start, end=s.end) if (found := known.get(same_line(text[s.start : s.end]))) else s
        for s in layout.segments
    )
    return structs.replace(layout, segments=segments if known else layout.segments, stories=page.stories or layout.stories)


def is_partial(layout: Layout, *, locked: bool = False) -> bool:
    """Say whether only a part of the article stands on the page: a paywall line below its beginning, or a text that is cut off.

    *locked* says that the page calls itself not free; some of those give the whole article all the same.
    """
    body = [i for i, segment in enumerate(layout.segments) if segment.kind == "body"]
    if not body:
        return False
    last = layout.facts[body[-1]]
    if last.text.rstrip().endswith(_CUT):
        return True
    if locked and (sum(layout.facts[i].words for i in body) < _FEW_WORDS or not last.stop):
        return True
    below = zip(layout.facts[body[0] :], layout.segments[body[0] :], strict=True)
    return any("paywall" in facts.kinds and segment.kind == "notice" for facts, segment in below)


def is_withdrawn(layout: Layout, tokens: Sequence[Token], matches: Sequence[Match]) -> bool:
    """Say whether a page says of itself, in a few words, that its article is no longer there."""
    if _TAKEN_DOWN not in map(_kind, matches):
        return False
    return sum(facts.words for facts in layout.facts) <= _STUB
