"""A paper as one HTML file that can be mailed and printed: fonts and styles inside, no script, no network."""

from __future__ import annotations

from typing import Any

from mithaq.export.briefing import environment, speak
from mithaq.export.messages import Messages
from mithaq.export.paper import Paper


def write_paper_html(paper: Paper) -> str:
    """Return a paper as HTML; everything that a page says is escaped."""
    return environment().get_template("paper.html").render(**speak(Messages(paper.lang)), **paper_context(paper))


def paper_context(paper: Paper) -> dict[str, Any]:
    """Return what ``paper_body.html`` shows of a paper, beside what :func:`mithaq.export.briefing.speak` gives."""
    return {"paper": paper, "seen": set[int]()}
