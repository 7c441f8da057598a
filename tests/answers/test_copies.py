"""Pages that repeat one article are one witness in every answer: listed beneath it, counted once, in three languages."""

from __future__ import annotations

from io import StringIO

import pytest
from msgspec.structs import replace
from rich.console import Console

from export.page_reader import PageReader
from made_documents import make_document, quote
from mithaq.answers.dossier import build_dossier
from mithaq.answers.find import find_rows
from mithaq.answers.sources import Sources, count_witnesses
from mithaq.answers.timeline import build_timeline
from mithaq.cli.views import print_dossier, print_page
from mithaq.export.briefing import write_html
from mithaq.export.markdown import write_markdown
from mithaq.export.messages import Messages
from mithaq.export.reading import write_pages
from mithaq.model import Body, Document, Event, Indicator, Pair, Person, Programme, Statement
from mithaq.model.vocabulary import LANGUAGES, Language

BODY = (
    "Kenya and Oman signed an agreement on data centres in Muscat. Peter Mwangi said that Kenya needs engineers. "
    "The Naivasha Data Agency scored 97.5 points in the Cable Index under the Fast Cable Programme."
)


def page(title: str, published: str, outlet: str, **fields: object) -> Document:
    bare = make_document(title, BODY)
    words = {part: quote(bare.text, part) for part in (
        "Kenya and Oman signed an agreement", "Kenya needs engineers", "97.5 points", "Peter Mwangi", "Naivasha Data Agency",
        "Fast Cable Programme",
    )}  # fmt: skip
    deal, need, points, mwangi, agency, programme = words.values()
    event = Event(type="agreement", stage="signed", date="2025-06-03", parties=("KE", "OM"), evidence=deal, topics=("infrastructure",))
    made = make_document(
        title, BODY, lang="en", published=published, outlet=outlet, relevant=True, events=(event,), pairs=(Pair("KE", "OM", deal),),
        statements=(Statement(kind="need", speaker="Peter Mwangi", country="KE", toward="OM", evidence=need),),
        indicators=(Indicator(name="Cable Index", value=97.5, unit="points", country="KE", evidence=points),),
        people=(Person(name="Peter Mwangi", mentions=(mwangi,), country="KE", role="minister"),),
        bodies=(Body(name="Naivasha Data Agency", kind="public_body", mentions=(agency,), country="KE"),),
        programmes=(Programme(name="Fast Cable Programme", mentions=(programme,), country="KE"),),
    )  # fmt: skip
    return replace(made, **fields)


WITNESS = page("The agency tells", "2025-06-03", "agency.example")
COPIES = tuple(page(f"Site {n} repeats", f"2025-06-0{n}", f"site{n}.example", copy_of=WITNESS.id) for n in (4, 5))
OTHER = page("An own report", "2025-06-06", "own.example")
PAGES = (COPIES[1], WITNESS, OTHER, COPIES[0])


@pytest.mark.parametrize("what", ["people", "bodies", "programmes", "pairs"])
def test_lists_count_pages_that_repeat_each_other_once(what: str) -> None:
    (row,) = find_rows(PAGES, what)
    assert row["pages"] == 2
    assert find_rows([WITNESS, *COPIES], what)[0]["pages"] == 1
    assert find_rows(PAGES, "pairs")[0]["events"] == 2


@pytest.mark.parametrize("what", ["events", "statements", "indicators"])
def test_lists_tell_what_a_copy_repeats_only_once(what: str) -> None:
    assert [row["source"] for row in find_rows(PAGES, what)] == [WITNESS.id, OTHER.id]
    # Where the witness is not among the pages at hand, one of the copies stands in for it.
    assert [row["source"] for row in find_rows(COPIES, what)] == [COPIES[0].id]


def test_what_only_a_copy_tells_is_told() -> None:
    mute = replace(WITNESS, statements=())
    assert next(row["source"] for row in find_rows([mute, *COPIES], "statements")) == COPIES[0].id
    dossier = build_dossier([mute, *COPIES], ("KE", "OM"))
    assert [p.document for s in dossier.statements for p in s.proofs] == [COPIES[0].id]


def test_the_list_of_pages_names_them_all_and_what_they_repeat() -> None:
    assert [row["copy_of"] for row in find_rows(PAGES, "documents")] == [None, WITNESS.id, WITNESS.id, None]


def test_sources_keep_the_copies_beneath_their_witness() -> None:
    sources = Sources(PAGES)
    assert [(s.number, s.copy_of, s.copies) for s in sources.list] == [(1, None, (2, 3)), (2, 1, ()), (3, 1, ()), (4, None, ())]
    assert [d.id for d in sources.witnesses] == [WITNESS.id, OTHER.id]
    assert count_witnesses(PAGES) == 2 and count_witnesses(COPIES) == 1


def test_timeline_and_dossier_count_the_article_once() -> None:
    timeline = build_timeline(PAGES, pair=("KE", "OM"))
    assert [[p.document for p in line.proofs] for line in timeline.dated] == [[WITNESS.id, OTHER.id]]
    dossier = build_dossier(PAGES, ("KE", "OM"))
    assert dossier.glance.pages == 2 and dossier.glance.topics == ()
    lines = (*dossier.timeline, *dossier.statements, *dossier.figures, *dossier.people, *dossier.bodies, *dossier.programmes)
    assert len(lines) == 6 and all([p.document for p in line.proofs] == [WITNESS.id, OTHER.id] for line in lines)


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", "The same article in 2 more pages, which are no further witnesses:"),
        ("fr", "Le même article dans 2 autres pages"),
        ("ar", "المقال نفسه في صفحتين أخريين"),
    ],
)
def test_every_form_lists_the_copies_beneath(lang: Language, words: str) -> None:
    dossier, messages = build_dossier(PAGES, ("KE", "OM")), Messages(lang)
    html, screen = PageReader(write_html(dossier, lang)), StringIO()
    print_dossier(Console(file=screen, width=200), dossier, messages)
    for text in (html.text, write_markdown(dossier, lang).replace("\\", ""), screen.getvalue()):
        assert text.index("agency.example") < text.index(words) < text.rindex("site4.example") < text.rindex("own.example")
    assert html.problems == []


def test_a_page_says_what_it_repeats() -> None:
    for lang in LANGUAGES:
        screen = StringIO()
        print_page(Console(file=screen, width=200), COPIES[0], Messages(lang))
        assert WITNESS.id[:12] in screen.getvalue() and WITNESS.id[:12] in PageReader(write_pages([COPIES[0]], lang)).text
