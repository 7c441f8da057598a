"""Take the article out of a web page: main text by trafilatura, headline, date and language from the page's own tags."""

from __future__ import annotations

import re
from copy import deepcopy
from typing import Any

import msgspec
from msgspec import structs

from mithaq.errors import InputError
from mithaq.model import Span
from mithaq.page.markup import parse_markup, printed_lines
from mithaq.page.tags import Tags, read_tags

_HTML = re.compile(r"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]|<article[\s>]|<div[\s>]|<p[\s>]", re.IGNORECASE)
_WHOLE = re.compile(r"<!doctype|<(?:html|head|body|article|div|table|section)[\s>]", re.IGNORECASE)
_LOOSE = re.compile(r"^(?=[^\s<])([^<\n]+)$", re.MULTILINE)  # a line of a pasted page without any tag
_ARTICLES = "//article[not(ancestor::article or ancestor::aside or ancestor::nav or ancestor::footer)]"
_HEADING = ".//h1|.//h2|.//h3"
_LONG_PARAGRAPH = 60  # characters; teasers and captions are shorter
_STORY = 300  # characters of long paragraphs: fewer are a teaser
_MOST_STORIES = 30
_NOTICE = 100  # characters; longer lines beside the article are no notices


class HtmlPage(msgspec.Struct, frozen=True):
    """A web page read: extracted text (headline first), and what its tags say of headline, day and address (None where nothing).

    ``stories`` are the spans of the articles when the page holds several; ``captions`` the lines of the text that stand under pictures;
    ``stamp`` is the line with the printed date; ``locked`` is true when the page says of itself that it is not free; ``beside`` are the
    short lines of the page that are not in the text: there pages say that they must not be copied.
    """

    text: str
    title: str | None
    published: str | None
    url: str | None
    captions: tuple[str, ...] = ()
    stories: tuple[Span, ...] = ()
    stamp: str | None = None
    locked: bool = False
    beside: tuple[str, ...] = ()


def is_html(text: str, path: str) -> bool:
    """Say whether a capture is a web page rather than plain text."""
    if path.lower().endswith((".html", ".htm", ".xhtml")):
        return True
    return _HTML.search(text[:2000]) is not None


def read_html(text: str, *, path: str) -> HtmlPage:
    """Return the article of a web page; raises InputError when no article can be found in it, or it is out of bounds."""
    if _WHOLE.search(text) is None:
        text = _LOOSE.sub(r"<p>\1</p>", text)
    tree = parse_markup(text, path=path)
    tags = read_tags(tree) if tree is not None else Tags()
    stories = _find_stories(tree) if tree is not None else []
    if len(stories) > 1:
        page = _join_stories(stories, tags)
        return structs.replace(page, beside=_lines_beside(tree, page.text))
    # In an article of pictures alone the captions are the text; the extractor would print them as one line.
    lines = [] if tree is None or _is_gallery(tree, tags) else _extract(tree)
    paragraphs = [line for line in lines if line not in (tags.title, tags.stamp)]
    captions = tuple(caption for caption in tags.captions if caption not in paragraphs)
    if not paragraphs and not captions:
        raise InputError(f"{path}: no article text found in this web page; save the article as plain text and read that")
    head = [line for line in (tags.title, tags.stamp) if line]
    whole = "\n\n".join((*head, *paragraphs, *captions)) + "\n"
    beside = _lines_beside(tree, whole)
    return HtmlPage(whole, tags.title, tags.published, tags.url, captions, stamp=tags.stamp, locked=tags.locked, beside=beside)


def _lines_beside(tree: Any, text: str) -> tuple[str, ...]:
    if tree is None:
        return ()
    return tuple(dict.fromkeys(line for line in printed_lines(tree) if len(line) <= _NOTICE and line not in text))


def _extract(tree: Any) -> list[str]:
    # Imported here: loading trafilatura takes longer than reading a plain page.
    import trafilatura

    body = trafilatura.extract(tree, include_comments=False, include_tables=True, include_formatting=False, fast=True)
    return [line for raw in (body or "").split("\n") if (line := raw.strip())]


def _is_gallery(tree: Any, tags: Tags) -> bool:
    return len(tags.captions) > 1 and not any(len(p.text_content().strip()) >= _LONG_PARAGRAPH for p in tree.iter("p"))


def _find_stories(tree: Any) -> list[tuple[str, list[str]]]:
    """Return heading and paragraphs of every whole article on a page that holds several; teasers and comments have no such heading."""
    articles = [node for node in tree.xpath(_ARTICLES) if _is_story(node)]
    if not 1 < len(articles) <= _MOST_STORIES:
        return []
    return [(_heading(node), _paragraphs(node)) for node in articles]


def _is_story(node: Any) -> bool:
    long = [length for p in node.iter("p") if (length := len(p.text_content().strip())) >= _LONG_PARAGRAPH]
    return len(long) > 1 and sum(long) >= _STORY and len(_heading(node).split()) >= 3


def _heading(node: Any) -> str:
    return next((words for heading in node.xpath(_HEADING) if (words := " ".join(heading.text_content().split()))), "")


def _paragraphs(node: Any) -> list[str]:
    from lxml import html as lxml_html

    tree: Any = lxml_html.document_fromstring("<html><body></body></html>")
    alone = deepcopy(node)
    alone.tail = None
    tree.body.append(alone)
    return _extract(tree)


def _join_stories(stories: list[tuple[str, list[str]]], tags: Tags) -> HtmlPage:
    """Return the articles below each other, each under its heading, and where each begins and ends."""
    text, spans = "", []
    for heading, paragraphs in stories:
        story = "\n\n".join((heading, *(line for line in paragraphs if line != heading)))
        spans.append(Span(len(text), len(text) + len(story)))
        text += story + "\n\n"
    return HtmlPage(text, stories[0][0], tags.published, tags.url, stories=tuple(spans), locked=tags.locked)
