"""When two addresses mean one page: upper case, trackers, mobile, AMP and print forms make no difference; everything else does."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, unquote, urlsplit

from mithaq.model import Document

# Hosts under which sites repeat themselves for telephones.
_SAME_SITE = re.compile(r"^(?:www\d?|m|mobile|amp)\.")
# What campaigns and networks add to an address, and switches of the AMP and print forms.
_TRACKER = re.compile(r"utm_\w+|fbclid|gclid|dclid|msclkid|yclid|mc_[ce]id|igshid|amp|outputtype|_ga|print|printable")
_AMP = re.compile(r"(?:/amp|\.amp|/print|\.print)$", re.IGNORECASE)
_INDEX = re.compile(r"/(?:index|default)\.(?:html?|php|aspx?)$", re.IGNORECASE)


def address_key(url: str | None) -> str | None:
    """Return an address in the form in which the same page is recognised; None for none, and for the front page of a site.

    >>> address_key("https://www.Example.org/news/7/?utm_source=x#top")
    'example.org/news/7'
    """
    try:
        parts = urlsplit(url or "")
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    if parts.scheme.lower() not in ("http", "https") or not host:
        return None
    path = _INDEX.sub("", unquote(parts.path)).rstrip("/")
    path = _AMP.sub("", path).rstrip("/")
    asked = sorted((k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKER.fullmatch(k.lower()))
    if not path and not asked:
        # What stands on a front page changes all day: it has no versions.
        return None
    query = "?" + "&".join(f"{key}={value}" for key, value in asked) if asked else ""
    return f"{site_of(host)}{f':{port}' if port not in (None, 80, 443) else ''}{path}{query}"


def document_address(document: Document) -> str | None:
    """Return the comparable address of a document: the one that the page calls its own where that is on the same site, else its URL."""
    canonical = address_key(document.canonical)
    if document.url is None or canonical is None:
        return address_key(document.url) or canonical
    own, fetched = _host(document.canonical), _host(document.url)
    return canonical if own == fetched or not fetched else address_key(document.url)


def site_of(host: str) -> str:
    """Return the name of a site without the part that only tells telephones from desks."""
    return _SAME_SITE.sub("", host.lower().rstrip("."))


def _host(url: str | None) -> str:
    try:
        return site_of(urlsplit(url or "").hostname or "")
    except ValueError:
        return ""
