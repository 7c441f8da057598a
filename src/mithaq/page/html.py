"""Take the article out of a web page: main text by trafilatura, headline, date and language from the page's own tags."""

from __future__ import annotations

import re

import msgspec

from mithaq.errors import InputError
from mithaq.page.tags import read_tags

_HTML = re.compile(r"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]|<article[\s>]|<div[\s>]|<p[\s>]", re.IGNORECASE)


class HtmlPage(msgspec.Struct, frozen=True):
    """A web page read: extracted text (headline first), and what its tags say of headline, day and address (None where nothing)."""

    text: str
    title: str | None
    published: str | None
    url: str | None


def is_html(text: str, path: str) -> bool:
    """Say whether a capture is a web page rather than plain text."""
    if path.lower().endswith((".html", ".htm", ".xhtml")):
        return True
    return _HTML.search(text[:2000]) is not None


def read_html(text: str, *, path: str, url: str | None = None) -> HtmlPage:
    """Return the article of a web page; raises InputError when no article can be found in it."""
    # Imported here: loading trafilatura takes longer than reading a plain page.
    import trafilatura

    tags = read_tags(text)
    body = trafilatura.extract(text, url=url, include_comments=False, include_tables=True, include_formatting=False, fast=True)
    if not body or not body.strip():
        raise InputError(f"{path}: no article text found in this web page; save the article as plain text and read that")
    lines = [line.strip() for line in body.split("\n")]
    paragraphs = [line for line in lines if line and line != tags.title]
    captions = [caption for caption in tags.captions if caption not in paragraphs]
    parts = ([tags.title] if tags.title else []) + paragraphs + captions
    return HtmlPage("\n\n".join(parts) + "\n", tags.title, tags.published, tags.url)
