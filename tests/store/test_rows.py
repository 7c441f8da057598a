"""Any document comes back from the store as it went in, and its rows carry exactly its words."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from drawn_documents import LETTERS, drawn_documents, patiently
from made_documents import arabic_document, english_document
from mithaq.errors import EvidenceError, StoreError
from mithaq.model import Document
from mithaq.store import Capture, MadeBy, open_store
from mithaq.store.rows import (
    _BEHIND_ARTICLE,
    COLUMNS,
    _beginning,
    document_row,
    fact_rows,
    pack_document,
    sides_of,
    unpack_article,
    unpack_document,
)
from mithaq.store.search import Article

pytestmark = pytest.mark.usefixtures("database")


@patiently
@given(drawn_documents())
def test_packing_and_unpacking_is_the_same_document(document: Document) -> None:
    assert unpack_document(pack_document(document), document.id) == document


@patiently
@given(drawn_documents())
def test_every_row_fits_its_table_and_carries_the_words_of_the_text(document: Document) -> None:
    sides = sides_of(document)
    for table, rows in fact_rows(document).items():
        for row in rows:
            named = dict(zip(COLUMNS[table], row, strict=True))
            assert named["source"] == document.id
            if table != "places" and named.get("what", "party") == "party":
                # By which lists of facts are narrowed to a country without asking for the sides of their pages.
                assert {named.get("country"), named.get("code"), named["name"] if table == "participants" else None} - {None} <= sides
            if "quote" in named:
                assert document.text[int(str(named["start"])) : int(str(named["end"]))] == named["quote"]


@settings(max_examples=25, deadline=None)
@given(drawn_documents())
def test_any_document_goes_through_the_database_and_back(database: str, document: Document) -> None:
    with TemporaryDirectory() as folder, open_store(Path(folder) / "mithaq.sqlite") as store:
        capture = Capture(hash="h", file="f", added="now")
        if database == "postgresql" and "\\u0000" in msgspec.json.encode(document).decode():
            # Its text holds every letter but this one; such a page is set aside with the reason.
            with suppress(EvidenceError):
                store.put(document, capture, MadeBy("1", "2"))
            return
        assert store.put(document, capture, MadeBy("1", "2")) == "new"
        assert store.put(document, capture, MadeBy("1", "2")) == "duplicate"
        assert list(store.documents()) == [document]
        for table, rows in fact_rows(document).items():
            assert len(store.rows(table)) == len(rows)


def test_sides_are_those_that_play_a_part() -> None:
    assert sides_of(arabic_document()) == {"DJ", "OM", "ITU"}
    assert sides_of(arabic_document(pairs=(), events=(), people=(), bodies=(), programmes=(), statements=(), indicators=())) == set()


def test_a_person_with_two_roles_in_an_event_has_two_rows() -> None:
    document = arabic_document()
    roles = [row[3:6] for row in fact_rows(document)["participants"]]
    assert ("person", "سالم الحارثي", "host") in roles
    assert ("person", "حواء عثمان", None) in roles
    assert ("group", "40 مهندسا", None) in roles


def test_the_document_row_keeps_what_the_page_says_of_itself() -> None:
    assert document_row(arabic_document())[5:10] == (
        "وكالة الساحل",
        "اقتصاد",
        "جيبوتي وعُمان تبحثان التعاون الرقمي",
        "2024-03-04",
        "metadata",
    )


@pytest.mark.parametrize("data", [b"", b"not compressed", pack_document(arabic_document())[:50]])
def test_damaged_layers_name_their_document(data: bytes) -> None:
    with pytest.raises(StoreError, match="document abcdef"):
        unpack_document(data, "abcdef")


@patiently
@given(st.text(LETTERS, max_size=60), st.integers(0, 40_000))
def test_an_article_is_unpacked_without_its_facts(text: str, more: int) -> None:
    # What stands in the text cannot be taken for the field behind the article.
    document = replace(english_document(), text=f'{text}{_BEHIND_ARTICLE.decode()}[' + "é" * more)
    packed = pack_document(document)
    assert unpack_article(packed, document.id) == Article(document.text, document.lang, document.segments)
    assert unpack_document(packed, document.id) == document


def test_an_article_is_all_that_is_unpacked() -> None:
    document = replace(english_document(), relevance_why="x" * 300_000)
    assert len(_beginning(pack_document(document))) < 10_000


@pytest.mark.parametrize("data", [b"", b"no zlib", pack_document(english_document())[:40]])
def test_articles_that_break_off_are_named(data: bytes) -> None:
    with pytest.raises(StoreError, match="the layers of document 0123456789ab cannot be read"):
        unpack_article(data, "0123456789abcdef")
