"""A paper as PDF, to print and to hand over: Arabic shaped and from right to left, fonts inside, the same bytes for the same paper."""

from __future__ import annotations

from functools import cache
from importlib.resources import as_file, files
from typing import TYPE_CHECKING

import msgspec

from mithaq.errors import QuestionError
from mithaq.export.paper import Paper

if TYPE_CHECKING:
    import typst


def write_pdf(paper: Paper) -> bytes:
    """Return a paper as PDF; raises QuestionError when the typesetter is not installed.

    The words of the paper go to the typesetter as data: nothing in them is obeyed. Nothing is fetched, and only our own fonts are used.
    """
    return bytes(_typeset(paper, "pdf")[0])


def draw_pages(paper: Paper, *, dots_per_inch: float = 80.0) -> list[bytes]:
    """Return the pages of a paper as PNG pictures."""
    return _typeset(paper, "png", dots_per_inch)


def _typeset(paper: Paper, form: str, dots_per_inch: float = 144.0) -> list[bytes]:
    try:
        import typst
    except ModuleNotFoundError as error:
        raise QuestionError(
            "a PDF needs the typesetter: install mithaq with its extra 'pdf' (pip install 'mithaq[pdf]'), or ask for html or docx",
            "wrong.no_pdf",
        ) from error
    with as_file(files("mithaq.export") / "static" / "typst" / "paper.typ") as template:
        made = typst.compile(
            template.read_bytes(),
            format="pdf" if form == "pdf" else "png",
            ppi=dots_per_inch,
            font_paths=_fonts(),
            ignore_system_fonts=True,
            sys_inputs={"paper": msgspec.json.encode(paper).decode()},
        )
    return made if isinstance(made, list) else [made]


@cache
def _fonts() -> typst.Fonts:
    """Return our own fonts, and no others."""
    import typst

    with as_file(files("mithaq.export") / "static" / "fonts") as folder:
        return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])
