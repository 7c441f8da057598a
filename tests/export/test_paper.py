"""A paper in all its forms: every line has notes whose words stand in their page; protected words stay; page text never acts."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from msgspec.structs import replace

from export.test_briefing import hostile_document
from mithaq.answers.dossier import build_dossier
from mithaq.answers.meeting import find_guest, prepare_meeting
from mithaq.answers.sources import Source
from mithaq.errors import QuestionError
from mithaq.export.docx import split_directions, write_docx
from mithaq.export.meeting import SECTIONS, meeting_paper
from mithaq.export.messages import Messages
from mithaq.export.outline import describe_source
from mithaq.export.paper import Paper, all_lines, dossier_paper, find_captures
from mithaq.export.paper_html import write_paper_html
from mithaq.export.paper_markdown import write_paper_markdown
from mithaq.export.papers import FORMS, write
from mithaq.export.pdf import draw_pages, write_pdf
from mithaq.follow.status import schedule_of
from mithaq.model import Document
from mithaq.model.vocabulary import LANGUAGES, Language
from mithaq.text.characters import has_arabic
from mithaq.workspace import open_workspace

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def brief(root: Path, lang: Language, name: str = "Oman", host: str = "DJ", sections: tuple[str, ...] = SECTIONS) -> Paper:
    with open_workspace(root, create=False) as opened:
        meeting = prepare_meeting(opened.store, find_guest(opened.store, opened.lexicon, name), host, "2026-06-01", schedule_of)
        return meeting_paper(meeting, find_captures(opened.store, meeting.sources), lang, sections)


@pytest.fixture(scope="module")
def papers(demo_workspace: Path) -> dict[Language, Paper]:
    return {lang: brief(demo_workspace, lang) for lang in LANGUAGES}


def read_text(paper: Paper) -> str:
    """Return all that a PDF says, as a reader of PDF files takes it out."""
    from pypdf import PdfReader

    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(write_pdf(paper))).pages)


def test_a_long_title_is_cut_where_a_document_can_hold_no_more_and_an_address_of_odd_letters_acts_no_harm(
    papers: dict[Language, Paper],
) -> None:
    paper = papers["en"]
    odd = replace(paper, title="Programme " * 40, notes=(replace(paper.notes[0], url="https://example.org/a\x0bb"), *paper.notes[1:]))
    with zipfile.ZipFile(BytesIO(write_docx(odd))) as made:
        title = etree.fromstring(made.read("docProps/core.xml")).findtext("{http://purl.org/dc/elements/1.1/}title")
        assert title == ("Programme " * 40)[:255] and b"https://example.org/ab" in made.read("word/_rels/document.xml.rels")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_line_has_a_note_whose_words_stand_in_its_page(papers: dict[Language, Paper], lang: Language, demo_workspace: Path) -> None:
    paper = papers[lang]
    assert [chapter.name for chapter in paper.chapters] == list(SECTIONS)
    assert all_lines(paper) and all(line.notes for line in all_lines(paper))
    assert [note.number for note in paper.notes] == list(range(1, len(paper.notes) + 1))
    with open_workspace(demo_workspace, create=False) as opened:
        for note in paper.notes:
            page = opened.store.document(note.document)
            protected = page.rights == "protected"
            assert (note.quote is None) == protected and note.capture
            assert protected or page.text[note.start : note.end] == note.quote
            assert page.outlet is None or page.outlet in note.about
            assert page.url is None or note.url == page.url
            assert note.capture[:12] in note.place and page.id[:12] in note.place


def test_no_sentence_of_a_protected_page_leaves(papers: dict[Language, Paper], demo_workspace: Path) -> None:
    with open_workspace(demo_workspace, create=False) as opened:
        closed = [opened.store.document(note.document) for note in papers["ar"].notes if note.quote is None]
    assert closed
    written = (write_paper_html(papers["ar"]), write_paper_markdown(papers["ar"]).replace("\\", ""))
    for page in closed:
        sentences = [page.text[s.start : s.end].strip() for s in page.sentences if s.kind == "body"]
        assert page.url and all(page.url in text for text in written)
        assert not [s for s in sentences if len(s.split()) > 8 and any(s in text for text in written)]


def test_what_stands_open_is_told_in_the_words_of_the_house(papers: dict[Language, Paper]) -> None:
    told = [line.status for chapter in papers["en"].chapters if chapter.name == "promises" for b in chapter.blocks for line in b.lines]
    assert told and all(re.search(r"no public report found, \d+ sources searched, up to 1 June 2026$", status) for status in told)
    assert any(status.startswith("due date passed · due ") for status in told)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_day_beside_words_of_the_other_direction_is_set_off(papers: dict[Language, Paper], lang: Language) -> None:
    blocks = [block for chapter in papers[lang].chapters if chapter.name == "who" for block in chapter.blocks]
    told = [words for block in blocks for line in block.lines for words in line.details if re.search(r"\(.*\d{4}\u2069?\)$", words)]
    turned = [words for words in told if has_arabic(words.partition(" (")[0]) != (lang == "ar")]
    assert turned and all(re.search(r"\(\u2068[^()]+\u2069\)$", words) for words in turned)
    assert not any("\u2068" in words for words in told if words not in turned)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_question_says_what_it_rests_on(papers: dict[Language, Paper], lang: Language) -> None:
    words = {note.number: note for note in papers[lang].notes}
    asked = [line for chapter in papers[lang].chapters if chapter.name == "questions" for b in chapter.blocks for line in b.lines]
    assert asked and all(line.head.rstrip().endswith(("?", "؟")) for line in asked)
    told = [(line.head, words[line.notes[0]].quote) for line in asked]
    assert any(quote and " ".join(quote.split()[:3]) in head for head, quote in told)


def test_what_several_pages_tell_is_quoted_in_the_readers_language(demo_workspace: Path) -> None:
    def quoted(lang: Language) -> dict[frozenset[int], str | None]:
        paper = brief(demo_workspace, lang, "Jordan", "MR")
        lines = [line for line in all_lines(paper) if line.quote and len(line.notes) > 1]
        notes = {note.number: note for note in paper.notes}
        return {frozenset(notes[n].start for n in line.notes): notes[line.notes[0]].lang for line in lines}

    arabic, french = quoted("ar"), quoted("fr")
    assert set(arabic) == set(french) and [key for key in arabic if (arabic[key], french[key]) == ("ar", "fr")]


def test_sections_can_be_chosen_but_not_invented(demo_workspace: Path) -> None:
    paper = brief(demo_workspace, "fr", sections=("questions", "promises"))
    assert [chapter.name for chapter in paper.chapters] == ["promises", "questions"]
    with pytest.raises(QuestionError, match="no section 'weather'"):
        brief(demo_workspace, "fr", sections=("weather",))


def shorten(paper: Paper) -> Paper:
    """Return what a paper says of promises, needs and offers, with its notes."""
    chapters = tuple(chapter for chapter in paper.chapters if chapter.name in ("promises", "exchange"))
    short = replace(paper, chapters=chapters)
    named = {number for line in all_lines(short) for number in line.notes}
    return replace(short, notes=tuple(note for note in paper.notes if note.number in named))


@pytest.mark.parametrize("form", FORMS)
def test_the_same_paper_gives_the_same_bytes(papers: dict[Language, Paper], form: str) -> None:
    short = shorten(papers["ar"])
    assert write(short, form) == write(short, form)


def test_arabic_comes_out_of_the_pdf_word_for_word(papers: dict[Language, Paper]) -> None:
    short = shorten(papers["ar"])
    text = read_text(short)
    quoted = " ".join(note.quote or "" for note in short.notes)
    words = set(re.findall("[\u0621-\u0652]{3,}", f"{short.title} {short.lead} {quoted}"))
    assert len(words) > 20 and any(re.search("[\u064b-\u0652]", word) for word in words)
    assert {word for word in words if word not in text} == set()


def test_latin_letters_stand_in_the_pdf(papers: dict[Language, Paper]) -> None:
    text = " ".join(read_text(shorten(papers["fr"])).split())
    assert "Promesses en attente" in text and "aucune annonce publique trouvée" in text
    assert "empreinte" in text and "https://" in text


def test_the_pages_of_a_pdf_can_be_drawn(papers: dict[Language, Paper]) -> None:
    pages = draw_pages(shorten(papers["en"]), dots_per_inch=20)
    assert len(pages) > 1 and all(page.startswith(b"\x89PNG") for page in pages)


@pytest.mark.parametrize("lang", ["ar", "fr"])
def test_word_runs_arabic_from_right_to_left(papers: dict[Language, Paper], lang: Language) -> None:
    with zipfile.ZipFile(BytesIO(write_docx(shorten(papers[lang])))) as archive:
        tree = etree.fromstring(archive.read("word/document.xml"))
    turned = 0
    for run in tree.iter(f"{W}r"):
        words = "".join(t.text or "" for t in run.iter(f"{W}t"))
        strong = re.findall("[\u0621-\u064a]|[A-Za-z]", words)
        marked = run.find(f"{W}rPr/{W}rtl") is not None
        assert not (strong and marked and re.fullmatch("[A-Za-z]", strong[0])), words
        assert not (strong and not marked and re.fullmatch("[\u0621-\u064a]", strong[0])), words
        turned += marked
    assert turned
    titles = [p for p in tree.iter(f"{W}p") if p.find(f"{W}pPr/{W}pStyle") is not None]
    assert all((p.find(f"{W}pPr/{W}bidi") is not None) == (lang == "ar") for p in titles)
    page = [child.tag for child in tree.find(f"{W}body/{W}sectPr")]
    assert (f"{W}bidi" in page) == (lang == "ar") and page[-1] == f"{W}docGrid"


def test_pages_of_word_are_a4_and_numbered(papers: dict[Language, Paper]) -> None:
    short = shorten(papers["ar"])
    document = docx.Document(BytesIO(write_docx(short)))
    section = document.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    foot = section.footer.paragraphs[0]
    assert short.title in foot.text
    assert [field.get(f"{W}instr") for field in foot._p.iter(f"{W}fldSimple")] == ["PAGE"]
    assert foot._p.find(f"{W}pPr/{W}bidi") is not None


def test_every_number_in_word_leads_to_its_note_and_back(papers: dict[Language, Paper]) -> None:
    short = shorten(papers["en"])
    with zipfile.ZipFile(BytesIO(write_docx(short))) as archive:
        tree = etree.fromstring(archive.read("word/document.xml"))
    marks = {mark.get(f"{W}name") for mark in tree.iter(f"{W}bookmarkStart")}
    anchors = {link.get(f"{W}anchor") for link in tree.iter(f"{W}hyperlink")} - {None}
    assert anchors <= marks and {f"note{note.number}" for note in short.notes} <= marks


@given(st.text(alphabet="a ع1.", max_size=12), st.booleans())
def test_stretches_of_one_direction_are_the_whole_text(words: str, base: bool) -> None:
    stretches = split_directions(words, base=base)
    assert "".join(part for part, _ in stretches) == words
    assert all(rtl != next_rtl for (_, rtl), (_, next_rtl) in pairwise(stretches))
    assert all(rtl for part, rtl in stretches if "ع" in part) and not [part for part, rtl in stretches if rtl and "a" in part]


def test_a_dossier_is_a_paper_too(gold_documents: tuple[Document, ...]) -> None:
    dossier = build_dossier(gold_documents, ("JO", "MR"))
    paper = dossier_paper(dossier, {}, "en")
    quotes = {note.quote for note in paper.notes}
    closed = {source.document for source in dossier.sources if source.is_protected}
    told = {proof.quote for line in (*dossier.timeline, *dossier.statements) for proof in line.proofs if proof.document not in closed}
    assert told <= quotes


def test_hostile_pages_stay_words() -> None:
    paper = dossier_paper(build_dossier([hostile_document()], ("OM", "DJ")), {}, "en")
    html, text = write_paper_html(paper), write_paper_markdown(paper)
    assert "<script" not in html and "<img" not in html and "javascript:" not in html
    assert "<script" not in text.replace("\\<script", "") and "javascript:" not in text
    assert write_pdf(paper).startswith(b"%PDF")
    with zipfile.ZipFile(BytesIO(write_docx(paper))) as archive:
        assert "javascript:" not in archive.read("word/_rels/document.xml.rels").decode()


def test_html_leads_to_every_note_and_back(papers: dict[Language, Paper]) -> None:
    html = write_paper_html(papers["ar"])
    assert '<html lang="ar" dir="rtl">' in html
    for number in range(1, len(papers["ar"].notes) + 1):
        assert html.count(f'id="note-{number}"') == html.count(f'id="to-{number}"') == 1
        assert f'href="#note-{number}"' in html and f'href="#to-{number}"' in html


@pytest.mark.parametrize("lang", LANGUAGES)
def test_own_notes_are_marked(lang: Language) -> None:
    messages = Messages(lang)
    assert messages.text("source.private") in describe_source(Source(number=1, document="d", private=True), messages)
    assert messages.text("source.private") not in describe_source(Source(number=1, document="d"), messages)


def test_unknown_forms_are_told(papers: dict[Language, Paper]) -> None:
    with pytest.raises(QuestionError, match="no form 'odt'"):
        write(papers["en"], "odt")
