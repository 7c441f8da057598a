"""Web pages: main text, headline and date from the page's own tags."""

from __future__ import annotations

import pytest

from mithaq.errors import InputError
from mithaq.lexicon import load_lexicon
from mithaq.page import read_capture
from mithaq.page.html import is_html
from mithaq.page.markup import parse_markup
from mithaq.page.tags import read_tags

LEXICON = load_lexicon()
PAGE = """<!DOCTYPE html><html lang="ar"><head><title>تعاون قطري كيني في الدفع بالهاتف | صحيفة المرسى</title>
<meta property="article:published_time" content="2026-02-10T07:00:00+03:00">
<link rel="canonical" href="https://www.marsa.example/economy/77">
<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", "headline": "تعاون قطري كيني في الدفع بالهاتف"}]}</script></head>
<body><nav><a href="/">الرئيسية</a><a href="/s">رياضة</a></nav><article><h1>تعاون قطري كيني في الدفع بالهاتف</h1>
<figure><img src="a.jpg"><figcaption>الوفدان في قاعة الاجتماعات بنيروبي</figcaption></figure>
<p>بحث وفد من مصرف قطر المركزي مع البنك المركزي الكيني، أمس الاثنين في نيروبي، ربط منصتي الدفع بالهاتف المحمول في البلدين.</p>
<p>وقال نائب المحافظ الكيني بيتر أوتينو إن بلاده مستعدة لوضع خبرتها رهن إشارة الجانب القطري، وإن فريقا مشتركا سيشرع في العمل.</p>
<p>ويجري البنكان منذ عامين مشاورات حول الأمن السيبراني للمدفوعات، وقد تبادلا في هذا الإطار زيارات عدة بين الخبراء.</p></article>
<aside><a href="/x">أخبار أخرى من القسم</a></aside><footer>جميع الحقوق محفوظة</footer></body></html>"""


def test_a_web_page_gives_headline_body_caption_and_day() -> None:
    document = read_capture(PAGE.encode(), path="p.html", lexicon=LEXICON)
    kinds = [s.kind for s in document.segments]
    assert document.title == "تعاون قطري كيني في الدفع بالهاتف"
    assert document.text.startswith(document.title)
    assert (document.published, document.published_basis) == ("2026-02-10", "metadata")
    assert (document.outlet, document.url) == ("marsa.example", "https://www.marsa.example/economy/77")
    assert kinds.count("body") == 3 and "الرئيسية" not in document.text
    assert "الوفدان في قاعة الاجتماعات بنيروبي" in document.text


def test_a_first_of_january_is_not_believed() -> None:
    def published(moment: str) -> str | None:
        return read_tags(parse_markup(PAGE.replace("2026-02-10T07:00:00+03:00", moment), path="p.html")).published

    assert published("2026-01-01T00:00:00+03:00") is None
    assert published("2026-01-01") is None
    # Somebody who writes the minute has looked at a clock.
    assert published("2026-01-01T09:41:00Z") == "2026-01-01"


def test_plain_text_is_not_taken_for_html() -> None:
    assert not is_html("L'accord prévoit que a < b et c > d.", "p.txt")
    assert is_html("  <!doctype html><p>x", "p.txt") and is_html("x", "p.HTML")


def test_a_web_page_without_article_is_an_error_with_its_place() -> None:
    with pytest.raises(InputError, match=r"p\.html: no article text"):
        read_capture(b"<!doctype html><html><body></body></html>", path="p.html", lexicon=LEXICON)
