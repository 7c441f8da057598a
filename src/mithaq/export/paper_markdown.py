"""A paper as Markdown, for wikis, tickets and mail: numbers in brackets lead to the notes at its end."""

from __future__ import annotations

from collections.abc import Iterator

from mithaq.export.markdown import escape_markdown
from mithaq.export.paper import Chapter, Line, Note, Paper


def write_paper_markdown(paper: Paper) -> str:
    """Return a paper as Markdown; an Arabic one stands in a block that runs from right to left."""
    text = "\n".join(_lines(paper)).rstrip() + "\n"
    return f'<div dir="rtl">\n\n{text}\n</div>\n' if paper.direction == "rtl" else text


def _lines(paper: Paper) -> Iterator[str]:
    yield from (f"# {escape_markdown(paper.title)}", "", f"*{escape_markdown(paper.kicker)}*", "", escape_markdown(paper.lead), "")
    for words in paper.warnings:
        yield from (f"> **{escape_markdown(words)}**", "")
    for chapter in paper.chapters:
        yield from _chapter(chapter)
    if paper.notes:
        yield from (f"## {escape_markdown(paper.notes_title)}", "")
        for note in paper.notes:
            yield from _note(note)
        yield ""
    yield f"*{escape_markdown(paper.foot)}*"


def _chapter(chapter: Chapter) -> Iterator[str]:
    yield from (f"## {escape_markdown(chapter.title)}", "")
    if chapter.note:
        yield from (escape_markdown(chapter.note), "")
    for block in chapter.blocks:
        if block.title:
            yield from (f"### {escape_markdown(block.title)}", "")
        for line in block.lines:
            yield from _line(line)
        if not block.lines and block.empty:
            yield escape_markdown(block.empty)
        yield ""


def _line(line: Line) -> Iterator[str]:
    numbers = f" \\[{', '.join(str(number) for number in line.notes)}\\]" if line.notes else ""
    yield f"- **{escape_markdown(line.head)}**{numbers}"
    if line.quote:
        yield f"  - {escape_markdown(line.quote)}"
    for words in (" · ".join(line.details), line.status):
        if words:
            yield f"  - *{escape_markdown(words)}*"


def _note(note: Note) -> Iterator[str]:
    parts = [escape_markdown(part) for part in (note.title, note.about) if part]
    if note.url:
        parts.append(f"<{note.url.replace('<', '%3C').replace('>', '%3E').replace(' ', '%20')}>")
    parts.append(escape_markdown(note.place))
    yield f"{note.number}. {' · '.join(part for part in parts if part)}"
    if note.quote is not None:
        before, quote, after = (escape_markdown(words) for words in (note.before, note.quote, note.after))
        joint = " " if before and note.before[-1:].isspace() else ""
        next_joint = " " if after and note.after[:1].isspace() else ""
        yield f"    - {before}{joint}**{quote}**{next_joint}{after}"
