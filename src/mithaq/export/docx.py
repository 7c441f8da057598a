"""A paper as a Word document, to be edited and passed on: Arabic paragraphs run from right to left, numbers lead to the notes and back."""

from __future__ import annotations

import unicodedata
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from itertools import count
from typing import Any

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from mithaq.export.exchange import clean_xml
from mithaq.export.paper import Chapter, Line, Note, Paper

# Fonts that Word has everywhere, one for Latin letters and one for Arabic ones.
_LATIN, _ARABIC = "Georgia", "Times New Roman"
_SIZE, _SMALL = 10.5, 8.5  # points
_WIDTH, _HEIGHT, _MARGIN = Mm(210), Mm(297), Mm(20)  # A4, the paper of those who read Arabic and French
_TITLE = 255  # letters; a longer one is no property of a document
_SOFT, _ALARM = RGBColor(0x5D, 0x57, 0x4E), RGBColor(0x7A, 0x1F, 0x1F)
_LANGUAGES = {"ar": "ar-SA", "fr": "fr-FR", "en": "en-GB"}
# A document says when it was made; so that the same paper gives the same bytes, all were made at the beginning of their format's time.
_WHEN = datetime(1980, 1, 1, tzinfo=UTC)
_RIGHT_TO_LEFT, _LEFT_TO_RIGHT = ("R", "AL", "AN"), ("L",)


def write_docx(paper: Paper) -> bytes:
    """Return a paper as DOCX."""
    return _Writer(paper).write()


def is_right_to_left(words: str) -> bool:
    """Say whether the first letter of some words runs from right to left."""
    kinds = (unicodedata.bidirectional(letter) for letter in words)
    return next((kind in _RIGHT_TO_LEFT for kind in kinds if kind in (*_RIGHT_TO_LEFT, *_LEFT_TO_RIGHT)), False)


def split_directions(words: str, *, base: bool) -> list[tuple[str, bool]]:
    """Cut words into stretches of one direction (True: from right to left).

    What has no direction, numbers too, goes with what stands on both sides of it where that is the same, else with the paragraph (*base*).
    """
    kinds = [unicodedata.bidirectional(letter) for letter in words]
    strong = [True if kind in _RIGHT_TO_LEFT else False if kind in _LEFT_TO_RIGHT else None for kind in kinds]
    after: list[bool] = []
    ahead = base
    for known in reversed(strong):
        ahead = ahead if known is None else known
        after.append(ahead)
    stretches: list[tuple[str, bool]] = []
    before = base
    for letter, known, following in zip(words, strong, reversed(after), strict=True):
        before = before if known is None else known
        rtl = before if before == following else base
        if stretches and stretches[-1][1] == rtl:
            stretches[-1] = (stretches[-1][0] + letter, rtl)
        else:
            stretches.append((letter, rtl))
    return stretches


class _Writer:
    """Writes one document."""

    def __init__(self, paper: Paper) -> None:
        self._paper = paper
        self._rtl = paper.direction == "rtl"
        self._document: Document = docx.Document()
        self._marks = count(1)
        self._cited: set[int] = set()

    def write(self) -> bytes:
        paper = self._paper
        self._set_up()
        self._say(paper.kicker, "Normal", color=_SOFT)
        self._say(paper.title, "Title")
        self._say(paper.lead, "Normal", color=_SOFT)
        for words in paper.warnings:
            self._say(words, "Normal", color=_ALARM, bold=True)
        for chapter in paper.chapters:
            self._chapter(chapter)
        if paper.notes:
            self._say(paper.notes_title, "Heading 1")
            for note in paper.notes:
                self._note(note)
        self._say(paper.foot, "Normal", color=_SOFT, size=_SMALL)
        made = BytesIO()
        self._document.save(made)
        return _without_times(made.getvalue())

    def _set_up(self) -> None:
        """Say what the document is called, which fonts it uses, and that its pages run from right to left where they do."""
        about = self._document.core_properties
        title = clean_xml(self._paper.title)[:_TITLE]
        about.title, about.author, about.comments, about.language = title, "mithaq", "", self._paper.lang
        about.created = about.modified = _WHEN
        about.last_modified_by, about.revision = "mithaq", 1
        for name in ("Normal", "Title", "Heading 1", "Heading 2"):
            style: Any = self._document.styles[name]
            style.font.name = _LATIN
            style.font.color.rgb = None if name == "Normal" else RGBColor(0x1C, 0x1A, 0x17)
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            for theme in ("asciiTheme", "hAnsiTheme", "cstheme", "eastAsiaTheme"):
                fonts.attrib.pop(qn(f"w:{theme}"), None)
            fonts.set(qn("w:cs"), _ARABIC)
        normal: Any = self._document.styles["Normal"]
        normal.font.size = Pt(_SIZE)
        section = self._document.sections[0]
        section.page_width, section.page_height = _WIDTH, _HEIGHT
        section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = _MARGIN
        if self._rtl:
            page = section._sectPr
            page.insert_element_before(_element("w:bidi"), "w:rtlGutter", "w:docGrid", "w:printerSettings", "w:sectPrChange")
        self._number_pages(section.footer.paragraphs[0], title)

    def _number_pages(self, foot: Paragraph, title: str) -> None:
        """Write the title and the number of the page, which Word counts, at the foot of every page."""
        if self._rtl:
            foot._p.get_or_add_pPr().insert_element_before(_element("w:bidi"), *_AFTER_BIDI)
        self._run(foot, f"{title} · ", size=_SMALL, color=_SOFT)
        field = OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), "PAGE")
        number = foot.add_run("1")  # what stands until Word has counted
        number.font.size, number.font.color.rgb = Pt(_SMALL), _SOFT
        field.append(number._r)
        foot._p.append(field)

    def _chapter(self, chapter: Chapter) -> None:
        self._say(chapter.title, "Heading 1")
        if chapter.note:
            self._say(chapter.note, "Normal", color=_SOFT, size=9)
        for block in chapter.blocks:
            if block.title:
                self._say(block.title, "Heading 2")
            for line in block.lines:
                self._line(line)
            if not block.lines and block.empty:
                self._say(block.empty, "Normal", color=_SOFT)

    def _line(self, line: Line) -> None:
        head = self._paragraph("Normal", self._rtl)
        head.paragraph_format.keep_with_next = True
        head.paragraph_format.space_before = Pt(6)
        self._run(head, line.head, bold=True)
        for number in line.notes:
            if number not in self._cited:
                self._cited.add(number)
                self._bookmark(head, f"to{number}")
            self._link(head, f" {number}", anchor=f"note{number}", superscript=True)
        if line.quote:
            self._say(line.quote, "Normal", rtl=is_right_to_left(line.quote), indent=True)
        if line.details:
            self._say(" · ".join(line.details), "Normal", color=_SOFT, size=9)
        if line.status:
            self._say(line.status, "Normal", color=_ALARM, size=9)

    def _note(self, note: Note) -> None:
        if note.quote is not None:
            rtl = is_right_to_left(note.quote)
            words = self._paragraph("Normal", rtl)
            words.paragraph_format.keep_with_next = True
            self._number(words, note)
            self._run(words, note.before, size=_SMALL)
            self._run(words, note.quote, size=_SMALL, bold=True)
            self._run(words, note.after, size=_SMALL)
        place = self._paragraph("Normal", self._rtl)
        if note.quote is None:
            self._number(place, note)
        told = " · ".join(part for part in (note.title, note.about) if part)
        self._run(place, f"{told} · " if told else "", size=_SMALL, color=_SOFT)
        if note.url:
            self._link(place, note.url, url=note.url)
            self._run(place, " · ", size=_SMALL, color=_SOFT)
        self._run(place, note.place, size=_SMALL, color=_SOFT)

    def _number(self, paragraph: Paragraph, note: Note) -> None:
        self._bookmark(paragraph, f"note{note.number}")
        self._link(paragraph, f"{note.number}. ", anchor=f"to{note.number}")

    def _say(
        self, words: str, style: str, *, rtl: bool | None = None, color: RGBColor | None = None, size: float | None = None,
        bold: bool = False, indent: bool = False,
    ) -> None:  # fmt: skip
        paragraph = self._paragraph(style, self._rtl if rtl is None else rtl)
        if indent:
            paragraph.paragraph_format.left_indent = Pt(12)
        self._run(paragraph, words, color=color, size=size, bold=bold)

    def _paragraph(self, style: str, rtl: bool) -> Paragraph:
        paragraph = self._document.add_paragraph(style=style)
        paragraph.paragraph_format.space_after = Pt(2)
        if rtl:
            paragraph._p.get_or_add_pPr().insert_element_before(_element("w:bidi"), *_AFTER_BIDI)
        return paragraph

    def _run(
        self, paragraph: Paragraph, words: str, *, bold: bool = False, size: float | None = None, color: RGBColor | None = None
    ) -> None:
        """Add words, every stretch of one direction by itself: Word shapes and orders a run as a whole."""
        for part, rtl in split_directions(clean_xml(words), base=paragraph._p.find(f".//{qn('w:bidi')}") is not None):
            run = paragraph.add_run(part)
            run.bold = bold or None
            run.font.color.rgb = color
            if size:
                run.font.size = Pt(size)
            _direct(run._r.get_or_add_rPr(), rtl=rtl, bold=bold, size=size, lang=_LANGUAGES[self._paper.lang])

    def _bookmark(self, paragraph: Paragraph, name: str) -> None:
        number = str(next(self._marks))
        for tag in ("w:bookmarkStart", "w:bookmarkEnd"):
            mark = OxmlElement(tag)
            mark.set(qn("w:id"), number)
            if tag == "w:bookmarkStart":
                mark.set(qn("w:name"), name)
            paragraph._p.append(mark)

    def _link(self, paragraph: Paragraph, words: str, *, anchor: str = "", url: str = "", superscript: bool = False) -> None:
        """Add words that lead to a mark in this document, or to the web."""
        link = OxmlElement("w:hyperlink")
        if anchor:
            link.set(qn("w:anchor"), anchor)
        else:
            link.set(qn("r:id"), paragraph.part.relate_to(clean_xml(url), RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
        run = paragraph.add_run(clean_xml(words))
        run.font.superscript = superscript or None
        run.font.size = Pt(_SMALL)
        run.font.color.rgb = RGBColor(0x0F, 0x4C, 0x5C)
        if superscript and self._rtl:
            # So that of several numbers the first stands next to the words.
            _direct(run._r.get_or_add_rPr(), rtl=True, bold=False, size=_SMALL, lang="ar-SA")
        link.append(run._r)
        paragraph._p.append(link)


# What the schema of Word wants behind "runs from right to left" among the properties of a paragraph.
_AFTER_BIDI = (
    "w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:contextualSpacing", "w:mirrorIndents", "w:suppressOverlap", "w:jc",
    "w:textDirection", "w:textAlignment", "w:textboxTightWrap", "w:outlineLvl", "w:divId", "w:cnfStyle", "w:rPr", "w:sectPr", "w:pPrChange",
)  # fmt: skip


def _direct(properties: Any, *, rtl: bool, bold: bool, size: float | None, lang: str) -> None:
    """Say which way a run runs; Word has its own bold and size for Arabic letters."""
    told: Iterator[tuple[str, dict[str, str]]] = iter(
        [
            *([("w:bCs", {})] if bold and rtl else []),
            *([("w:szCs", {"w:val": str(int(size * 2))})] if size and rtl else []),
            *([("w:rtl", {})] if rtl else []),
            ("w:lang", {"w:bidi": "ar-SA"} if rtl else {"w:val": lang if lang != "ar-SA" else "en-GB"}),
        ]
    )
    for tag, values in told:
        element = OxmlElement(tag)
        for name, value in values.items():
            element.set(qn(name), value)
        _place(properties, element)


# The order that the schema of Word wants among the properties of a run.
_ORDER = (
    "rStyle", "rFonts", "b", "bCs", "i", "iCs", "caps", "smallCaps", "strike", "color", "spacing", "kern", "position", "sz", "szCs",
    "highlight", "u", "vertAlign", "rtl", "cs", "em", "lang",
)  # fmt: skip


def _element(tag: str) -> Any:
    return OxmlElement(tag)


def _place(properties: Any, element: Any) -> None:
    rank = {qn(f"w:{name}"): place for place, name in enumerate(_ORDER)}
    after = next((other for other in properties if rank.get(other.tag, 0) > rank[element.tag]), None)
    if after is None:
        properties.append(element)
    else:
        after.addprevious(element)


def _without_times(data: bytes) -> bytes:
    """Return an archive with all its files dated alike."""
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            new.writestr(zipfile.ZipInfo(name, _WHEN.timetuple()[:6]), old.read(name), zipfile.ZIP_DEFLATED)
    return made.getvalue()
