"""Reads HTML as a checker does: anchors, headings, languages, and anything that could run or be fetched."""

from __future__ import annotations

import re
from html.parser import HTMLParser

VOID = {"meta", "link", "br", "img", "hr", "input", "line", "circle"}
PHRASING = {"span", "b", "i", "bdi", "em", "strong", "sup", "mark", "cite", "a"}


class PageReader(HTMLParser):
    """What stands in a page: ``problems`` are in words; ``text`` is all visible text."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.ids: list[str] = []
        self.targets: list[str] = []
        self.hrefs: list[str] = []
        self.headings: list[int] = []
        self.tags: list[str] = []
        self.problems: list[str] = []
        self.attributes: dict[str, str | None] = {}
        self.parts: list[str] = []
        self._open: list[str] = []
        self.feed(html)
        self.close()
        self.problems.extend(f"<{tag}> is never closed" for tag in self._open)
        self.problems.extend(f"#{target} leads nowhere" for target in self.targets if target not in self.ids)
        self.problems.extend(f"id {name} stands twice" for name in set(self.ids) if self.ids.count(name) > 1)
        steps = zip([0, *self.headings], self.headings, strict=False)
        self.problems.extend(f"h{b} follows h{a}" for a, b in steps if b > a + 1)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        self.tags.append(tag)
        if tag == "html":
            self.attributes = named
        if "summary" in self._open and tag not in PHRASING:
            self.problems.append(f"<{tag}> inside <summary>")
        if tag == "a" and "a" in self._open:
            self.problems.append("a link inside a link")
        if named.get("id"):
            self.ids.append(str(named["id"]))
        href = named.get("href")
        if href is not None:
            self.hrefs.append(href)
            if href.startswith("#"):
                self.targets.append(href[1:])
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))
        self.problems.extend(f"{name} on <{tag}>" for name in named if name.startswith("on"))
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if not self._open or self._open[-1] != tag:
            self.problems.append(f"</{tag}> closes {self._open[-1:]}")
        else:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if not {"style", "script"} & set(self._open):
            self.parts.append(data)

    @property
    def text(self) -> str:
        return " ".join("".join(self.parts).split())
