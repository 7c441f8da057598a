"""What became of an article on its page: cut by a paywall, taken down, several of them, pictures with their captions."""

from __future__ import annotations

import pytest

from mithaq.lexicon import load_lexicon
from mithaq.model import Document
from mithaq.page import read_capture

LEXICON = load_lexicon()
TITLE = "تعاون بين تونس وسنغافورة في المدن الذكية"
BODY = (
    "بحث وزير تكنولوجيات الاتصال التونسي، أمس الاثنين بمقر الوزارة، مع وفد من سنغافورة سبل إقامة مدينة ذكية قرب العاصمة.\n\n"
    "وقال رئيس الوفد إن بلاده مستعدة لتدريب خمسين مهندسا تونسيا خلال العام المقبل، وإن الاتفاق سيوقع قبل نهاية الصيف."
)
EN_BODY = (
    "The minister met the delegation in the capital on Monday and both sides agreed to train fifty engineers next year.\n\n"
    "The head of the delegation said that the agreement will be signed before the end of the summer in Singapore."
)


def read(text: str, path: str = "p.txt") -> Document:
    return read_capture(text.encode(), path=path, lexicon=LEXICON)


@pytest.mark.parametrize(
    ("ending", "partial"),
    [
        ("", False),
        ("\n\nهذا المقال مخصص للمشتركين فقط", True),
        ("\n\nوأضاف المسؤول أن المشروع [...]", True),
        ("\n\nاقرأ أيضا: أسعار النفط تتراجع", False),
    ],
)
def test_a_paywall_below_the_beginning_makes_a_page_partial(ending: str, partial: bool) -> None:
    assert read(f"{TITLE}\n\n{BODY}{ending}").partial is partial


def test_a_line_for_subscribers_above_the_article_says_nothing_of_it() -> None:
    assert not read(f"للمشتركين فقط\n\n{TITLE}\n\n{BODY}").partial


def test_a_download_cut_inside_a_letter_is_partial() -> None:
    document = read_capture(f"{TITLE}\n\n{BODY}".encode()[:-3] + "ص".encode()[:1], path="p", lexicon=LEXICON)
    assert document.partial and document.notes == ("cut",)


@pytest.mark.parametrize(("free", "words", "partial"), [("false", 1, True), ("true", 1, False), ("false", 9, False)])
def test_a_web_page_that_is_not_free_is_partial_when_short(free: str, words: int, partial: bool) -> None:
    paragraphs = "".join(f"<p>{EN_BODY.replace('fifty', str(50 + n))}</p>" for n in range(words))
    data = f'<script type="application/ld+json">{{"@type": "NewsArticle", "isAccessibleForFree": {free}}}</script>'
    html = f"<!doctype html><html><head>{data}</head><body><article><h1>Tunis and Singapore plan a city</h1>{paragraphs}</article>"
    assert read(html).partial is partial


@pytest.mark.parametrize(
    "notice",
    [
        "تم حذف هذا المقال بطلب من الوكالة.",
        "عذرا، الصفحة غير موجودة",
        "Cet article a été supprimé à la demande de l'agence.",
        "Sorry, this article is no longer available on our site.",
        "<!doctype html><html><body><h1>Page not found</h1><p>Sorry, the page you are looking for is not here. Try the search.</p></body>",
    ],
)
def test_a_page_that_says_its_article_is_gone_is_withdrawn(notice: str) -> None:
    document = read(notice)
    assert document.withdrawn and "taken_down" in document.notes


def test_an_article_that_tells_of_something_withdrawn_is_not() -> None:
    story = f"{TITLE}\n\n{BODY}\n\nوكان الموقع قد أعلن: تم حذف هذا المقال.\n\n{BODY.replace('خمسين', 'ستين')}"
    assert not read(story).withdrawn and read(story).notes == ()
