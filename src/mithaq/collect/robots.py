"""What a site allows programs to ask for: its robots.txt, read by RFC 9309, with wildcards, crawl delay and sitemaps."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

NAME = "mithaq"  # the name by which a site may address us in its robots.txt
LARGEST = 500 * 1024  # bytes; what follows is not read
_CLOSED = "User-agent: *\nDisallow: /"


class Rules:
    """The rules of one site: those of a ``robots.txt``, everything where it has none, nothing where it cannot say."""

    def __init__(self, text: str) -> None:
        # Imported here: whoever reads files needs no rules of sites.
        from protego import Protego

        self._rules: Any = Protego.parse(text)

    def allow(self, url: str) -> bool:
        """Say whether an address may be asked for."""
        return bool(self._rules.can_fetch(url, NAME))

    @property
    def delay(self) -> float:
        """Return how many seconds the site wants between two requests; 0.0 when it does not say."""
        found = self._rules.crawl_delay(NAME)
        rate = self._rules.request_rate(NAME)
        return max(float(found or 0.0), float(rate.seconds / rate.requests) if rate and rate.requests else 0.0)

    @property
    def sitemaps(self) -> tuple[str, ...]:
        """Return the addresses of sitemaps that the site names."""
        return tuple(dict.fromkeys(str(url) for url in self._rules.sitemaps))


def text_of_answer(status: int, data: bytes) -> str | None:
    """Return the rules that an answer for ``robots.txt`` means: none where there is no such file; None where the site cannot say now."""
    if 200 <= status < 300:
        return data[:LARGEST].decode("utf-8", "replace").removeprefix("\ufeff")
    return "" if 300 <= status < 500 and status != 429 else None


def closed() -> Rules:
    """Return rules that allow nothing: a site that cannot say what it allows is left alone."""
    return Rules(_CLOSED)


def robots_of(url: str) -> str:
    """Return where the rules for an address lie."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}/robots.txt"
