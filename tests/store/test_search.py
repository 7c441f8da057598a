"""Words are found by stem in three languages, shown in the page's own words, and nothing typed can break the question."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from drawn_documents import LETTERS, patiently
from made_documents import arabic_document, english_document, french_document, make_document
from mithaq.errors import QuestionError
from mithaq.store import Capture, MadeBy, Narrow, SqlStore, open_store
from mithaq.store.search import article_spans, cut_snippet, find_hits, index_texts, read_query, split_words, write_match

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder: Path = tmp_path_factory.mktemp("search")
    with open_store(folder / "mithaq.sqlite") as opened:
        for n, document in enumerate((arabic_document(), french_document(), english_document())):
            opened.put(document, Capture(hash=str(n), file="f", added="now"), MadeBy("1", "2"))
        yield opened


@pytest.mark.parametrize(
    ("query", "langs"),
    [
        ("تعاون", ["ar"]),  # «التعاون» in the title, «تعاونهما» in the body
        ("التَّعَاوُن", ["ar"]),
        ("وتعاونهما", ["ar"]),
        ("شبكة حماية", ["ar"]),
        ("شبكات", ["ar"]),
        ("مسقط", ["ar"]),  # stands as «بمسقط»
        ("٩٦٫٥", ["ar"]),
        ("96.5", ["ar"]),
        ("جيبوتي خبرة", ["ar"]),
        ('"خبرة في حماية"', ["ar"]),
        ("«حماية في خبرة»", []),
        ("accord", ["fr"]),
        ("coopérations", ["fr"]),
        ("cooperation", ["fr"]),
        ("recu", ["fr"]),
        ("omanaise", ["fr"]),
        ("gouvernement", ["fr"]),
        ("MINISTRE omanais", ["fr"]),
        ("l'accord", []),
        ("agreements", ["en"]),
        ("signing", ["en"]),
        ("program", ["en"]),
        ('"digital identity"', ["en"]),
        ('"identity digital"', []),
        ("météo", []),  # stands in furniture only
        ("Estonia أخبار", []),
        ("Harthi", ["fr"]),
    ],
)
def test_queries_find_their_pages(store: SqlStore, query: str, langs: list[str]) -> None:
    assert [hit.lang for hit in store.search(query)] == langs


def test_a_hit_shows_the_words_of_the_page(store: SqlStore) -> None:
    (hit,) = store.search("حماية مهندس")
    text = arabic_document().text
    assert hit.snippet.stands_in(text)
    assert all(mark.stands_in(text) for mark in hit.marks)
    assert {mark.quote for mark in hit.marks} == {"حماية", "مهندسا"}
    assert (hit.title, hit.outlet, hit.published, hit.invented) == (
        "جيبوتي وعُمان تبحثان التعاون الرقمي",
        "sahil.example",
        "2024-03-04",
        True,
    )


def test_a_phrase_is_marked_only_where_it_stands_together(store: SqlStore) -> None:
    (hit,) = store.search('"الأمن السيبراني" حواء')
    assert [mark.quote for mark in hit.marks if mark.quote == "حواء"]
    assert "الأمن" in {mark.quote for mark in hit.marks}


def test_limit_and_language(store: SqlStore) -> None:
    assert store.search("تعاون", lang="fr") == []
    assert store.search("تعاون", limit=0) == []
    assert len(store.search("تعاون", lang="ar")) == 1


def test_a_word_in_the_title_counts_more(tmp_path: Path) -> None:
    filler = "كلام كثير عن أمور شتى. " * 5
    title = make_document("الفضاء الرقمي", filler, lang="ar", path="title")
    body = make_document("خبر آخر", filler + "وفيه ذكر الفضاء.", lang="ar", path="body")
    with open_store(tmp_path / "mithaq.sqlite") as opened:
        for n, document in enumerate((body, title)):
            opened.put(document, Capture(hash=str(n), file="f", added="now"), MadeBy("1", "2"))
        assert [hit.path for hit in opened.search("فضاء")] == ["title", "body"]


@pytest.mark.parametrize("query", ["", "   ", '""', "«»", "*", "()", '" - "', "؟!"])
def test_a_query_without_words_is_refused(store: SqlStore, query: str) -> None:
    with pytest.raises(QuestionError, match="no word to search for"):
        store.search(query)


def test_a_query_of_too_many_words_is_refused(store: SqlStore) -> None:
    store.search(" ".join(["كلمة"] * 32))
    with pytest.raises(QuestionError, match="more than 32 words"):
        store.search(" ".join(["كلمة"] * 33))


@pytest.mark.parametrize(
    "query", ["a AND", "NEAR(a b)", "title:x", "x*", "a OR OR b", '"open', "-x", "^x", "{a b}: c", "'; DROP TABLE search;--"]
)
def test_search_syntax_of_the_database_means_nothing(store: SqlStore, query: str) -> None:
    assert isinstance(store.search(query), list)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(st.sampled_from("\"'*^:-+(){}[]«»“” aA1وبتعاون\0\\,;%_") | LETTERS, max_size=40))
def test_no_text_breaks_a_search(store: SqlStore, query: str) -> None:
    try:
        hits = store.search(query)
    except QuestionError:
        return
    assert all(hit.snippet.quote for hit in hits)


@patiently
@given(st.text(LETTERS, max_size=80), st.sampled_from([None, "ar", "fr", "en"]))
def test_stems_are_letters_and_digits_at_their_place(text: str, lang: Any) -> None:
    for word in split_words(text, lang):
        assert word.stem.isalnum()
        assert 0 <= word.start < word.end <= len(text)


@patiently
@given(st.lists(st.from_regex(r"[ابتثعونلم]{3,7}", fullmatch=True), min_size=1, max_size=8), st.integers(0, 7))
def test_every_word_of_a_page_finds_it(words: list[str], which: int) -> None:
    document = make_document("عنوان", " ".join(words), lang="ar")
    terms = read_query(words[which % len(words)])
    cut = cut_snippet(document, terms)
    assert cut is not None and cut[1]
    assert cut[0].stands_in(document.text)


@patiently
@given(
    st.lists(st.sampled_from(["cable", "port", "Oman", "«", "sea", "-", "l'eau", "ـ", "data,", "of"]), min_size=1, max_size=120),
    st.sampled_from(["cable", "port sea", '"port sea"', '"cable port" Oman', "eau data"]),
)
def test_the_marks_of_a_snippet_are_all_its_words_that_answer(words: list[str], query: str) -> None:
    document = make_document("Port and sea", " ".join(words), lang="fr")
    terms = read_query(query)
    cut = cut_snippet(document, terms)
    assert cut is not None
    every = [word for a, b in article_spans(document) for word in split_words(document.text, document.lang, a, b)]
    answers = {(w.start, w.end) for w in find_hits(every, terms) if cut[0].start <= w.start and w.end <= cut[0].end}
    assert {(mark.start, mark.end) for mark in cut[1]} == answers


def test_the_stretch_with_all_words_is_shown_and_what_follows_it_is_not_read() -> None:
    far = "word " * 120
    document = make_document("Port news", f"The cable is long. {far}The port waits. {far}At the port a cable lands. {far}cable", lang="en")
    cut = cut_snippet(document, read_query("cable port"))
    assert cut is not None
    assert "At the port a cable lands" in cut[0].quote
    assert [mark.quote for mark in cut[1]] == ["port", "cable"]


def test_words_that_never_stand_together_show_the_first_of_them_beneath_the_title() -> None:
    document = make_document("Port news", "The cable is long. " + "word " * 120 + "The port waits.", lang="en")
    cut = cut_snippet(document, read_query("port cable"))
    assert cut is not None
    assert "The cable is long" in cut[0].quote


def test_furniture_is_not_indexed() -> None:
    _, body = index_texts(arabic_document())
    assert "اخبار" not in body
    assert "سيبر" in body


def test_long_phrases_stay_small() -> None:
    match = write_match(read_query('"' + " ".join(["تعاون"] * 20) + '"'))
    assert match.count('"') < 100


def test_a_page_without_article_text_has_no_snippet() -> None:
    document = make_document("…", "…", title="تعاون")
    assert cut_snippet(document, read_query("تعاون")) is None


def test_a_hit_in_the_page_title_alone_shows_how_the_article_begins() -> None:
    document = make_document("خبر", "نص الخبر هنا.", lang="ar", title="تعاون جديد")
    cut = cut_snippet(document, read_query("تعاون"))
    assert cut is not None
    assert cut[0].quote == "خبر" and cut[1] == ()


def test_facets_in_one_pass_are_those_of_each_measure(tmp_path: Path) -> None:
    with open_store(tmp_path / "s.sqlite") as store:
        for number in range(12):
            document = make_document(
                f"Cable {number}", f"The cable of number {number}.", lang="en" if number % 3 else None, relevant=True,
                outlet=f"o{number % 4}" if number else None, published=f"20{20 + number % 5}-01-02",
                topics=("cybersecurity",) if number % 2 else (),
            )  # fmt: skip
            store.put(document, Capture(hash=str(number), file="f", added="now"), MadeBy("1", "2"))
        terms, narrow = read_query("cable"), Narrow(relevant=True)
        together = store.tally_found(terms, narrow)
        assert set(together) == {"country", "topic", "year", "lang", "outlet"}
        for measure, tallies in together.items():
            assert tallies == store.tally(measure, narrow, terms=terms), measure
        assert sum(tally.n for tally in together["year"]) == store.count_found(terms, narrow) == 12


def test_of_very_many_pages_those_that_came_last_are_ranked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_store(tmp_path / "s.sqlite") as store:
        ids = []
        for number in range(9):
            document = make_document("Cable " * (9 - number), f"The cable of number {number}.", lang="en", relevant=number != 8)
            store.put(document, Capture(hash=str(number), file="f", added="now"), MadeBy("1", "2"))
            ids.append(document.id)
        terms, narrow = read_query("cable"), Narrow(relevant=True)
        everything = [id for id, _ in store.find_ids(terms, narrow)]
        assert set(everything) == set(ids[:8])
        monkeypatch.setattr("mithaq.store.browse.MOST_RANKED", 3)
        assert [id for id, _ in store.find_ids(terms, narrow)] == [id for id in everything if id in ids[5:8]]
