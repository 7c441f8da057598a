"""The forms that a paper may have, by name: HTML, Markdown, PDF and Word; each is loaded when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import cast

import msgspec

from mithaq.errors import QuestionError
from mithaq.export.paper import Paper


class Form(msgspec.Struct, frozen=True):
    """A form: the module and function that write it, and what it is called on the web."""

    module: str
    function: str
    kind: str


FORMS: Mapping[str, Form] = {
    "html": Form("paper_html", "write_paper_html", "text/html; charset=utf-8"),
    "md": Form("paper_markdown", "write_paper_markdown", "text/markdown; charset=utf-8"),
    "pdf": Form("pdf", "write_pdf", "application/pdf"),
    "docx": Form("docx", "write_docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
}


def write(paper: Paper, name: str) -> bytes:
    """Return a paper in one of :data:`FORMS`; raises QuestionError for another form, or when what writes it is not installed."""
    if name not in FORMS:
        raise QuestionError(f"there is no form {name!r}; there are {', '.join(FORMS)}", "wrong.no_form", value=name)
    form = FORMS[name]
    writer = cast(Callable[[Paper], str | bytes], getattr(import_module(f"mithaq.export.{form.module}"), form.function))
    made = writer(paper)
    return made.encode("utf-8", "backslashreplace") if isinstance(made, str) else made
