"""Why a page could not be read, in the reader's language: what the program noted in its own words, told by kind."""

from __future__ import annotations

import re

from mithaq.web.speech import Speech

# The first pattern that is found tells the kind; the program's own words stand beside it, for whoever mends the cause.
_KINDS: tuple[tuple[str, str], ...] = (
    (r"a fault of mithaq", "fault"),
    (r"\.meta\.json", "sidecar"),
    (r"the page is empty|no words in this page|there is no record in it", "empty"),
    (r"no article text found", "no_article"),
    (r"binary data|, not a page;", "not_a_page"),
    (r"this is no page \(", "ending"),
    (r"are no news page|is no news page|nested too deeply|more than \d+ [KM]B|longer than \d+ MB", "too_large"),
    (r"mojibake|breaks at byte|neither UTF-8", "letters"),
    (r"not valid JSON|expected an object", "json"),
    (r"there is no such page", "gone"),
    (r"cannot answer now|no whole answer in time|cannot be reached|cannot be understood", "later"),
    (r"does not give this page|redirects more than", "refused"),
    (r"which is no public machine", "not_public"),
    (r"is no address|holds a name or password", "address"),
    (r"several pages with this name", "several"),
    (r"no such file|no ordinary file|cannot be read|check that|that you may read it", "file"),
)
KINDS = tuple(dict.fromkeys(kind for _, kind in _KINDS))


def kind_of(reason: str) -> str | None:
    """Return the kind of a reason, None for one that no pattern knows."""
    return next((kind for pattern, kind in _KINDS if re.search(pattern, reason)), None)


def tell_reason(reason: str, messages: Speech) -> str:
    """Return a reason in the reader's language; "" for one that has no words there yet."""
    kind = kind_of(reason)
    return messages.text("reason." + kind) if kind else ""
