"""Web pages: main text, headline and date from the page's own tags."""

from __future__ import annotations

import pytest

from mithaq.errors import InputError
from mithaq.lexicon import load_lexicon
from mithaq.model import Document
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


def test_a_pasted_page_with_a_few_tags_keeps_its_lines() -> None:
    loose = (
        "Latvia and Uganda share bus ticket software\nSource: Lake Press\n"
        "<p>The transport ministries of Latvia and Uganda agreed to share software for bus tickets, officials said.</p> "
        "<p>Engineers from both capitals will test the software on two lines before the summer.</p>"
    )
    document = read_capture(loose.encode(), path="p.txt", lexicon=LEXICON)
    assert document.title == "Latvia and Uganda share bus ticket software"
    assert [document.text[s.start : s.end].split()[0] for s in document.segments if s.kind == "body"] == ["The", "Engineers"]


def test_a_web_page_without_article_is_an_error_with_its_place() -> None:
    with pytest.raises(InputError, match=r"p\.html: no article text"):
        read_capture(b"<!doctype html><html><body></body></html>", path="p.html", lexicon=LEXICON)


PARAGRAPHS = [
    f"<p>Le ministre a signé avec la délégation numéro {n} un accord de coopération dans le numérique, selon un communiqué.</p>"
    for n in range(1, 9)
]


def page(body: str, head: str = "") -> str:
    return f"<!doctype html><html><head><title>Un accord | Le Rivage</title>{head}</head><body>{body}</body></html>"


def read(html: str) -> Document:
    return read_capture(html.encode(), path="p.html", lexicon=LEXICON)


@pytest.mark.parametrize(
    ("stamp", "day"),
    [
        ('<span class="post-date">Mercredi 12 novembre 2025 à 10:30</span>', "2025-11-12"),
        ("<time>Publié le 3 mai 2024</time>", "2024-05-03"),
        ('<aside><span class="date">3 mai 2024</span></aside>', None),
        ('<div class="update">1 janvier</div>', None),
    ],
)
def test_the_printed_date_line_dates_the_page(stamp: str, day: str | None) -> None:
    document = read(page(f"<article><h1>Un accord entre Tunis et Dakar</h1>{stamp}{''.join(PARAGRAPHS[:4])}</article>"))
    assert document.published == day
    assert document.published_basis == ("text" if day else None)
    assert len([s for s in document.segments if s.kind == "body"]) == 4


def test_dates_of_the_site_and_of_other_stories_are_not_its_own() -> None:
    others = '<div class="list"><h3>Autre</h3><span class="date">5 juin 2023</span></div>'
    body = f'<div class="date">9 août 2026</div><h1>Un accord entre Tunis et Dakar</h1>{"".join(PARAGRAPHS[:4])}{others}'
    assert read(page(body)).published is None


def test_an_arabic_month_never_becomes_the_first_of_january() -> None:
    html = PAGE.replace('<meta property="article:published_time" content="2026-02-10T07:00:00+03:00">', "")
    for stamp, day in (("الأربعاء 12 نونبر 2025", "2025-11-12"), ("7 شباط 2026", "2026-02-07"), ("غشت 2025", None)):
        dated = html.replace("</h1>", f'</h1><div class="entry-date">{stamp}</div>', 1)
        assert read(dated).published == day


def test_several_articles_on_one_page_are_several_stories() -> None:
    first, second = "".join(PARAGRAPHS[:4]), "".join(PARAGRAPHS[4:]).replace("ministre", "maire")
    teaser = "<article><h2>Un autre titre de la une</h2><p>Un chapeau de quelques mots seulement.</p></article>"
    comment = f'<div class="comments"><article class="comment">{first.replace("ministre", "lecteur")}</article></div>'
    stories = f"<article><h2>Un accord entre Tunis et Dakar</h2>{first}</article>"
    stories += f"<article><h2>La ville ouvre son guichet</h2>{second}</article>"
    document = read(page(stories + teaser + comment))
    assert [document.text[s.start : s.end].split("\n")[0] for s in document.stories] == [
        "Un accord entre Tunis et Dakar", "La ville ouvre son guichet",
    ]  # fmt: skip
    assert "chapeau" not in document.text and "lecteur" not in document.text
    assert {sentence.story for sentence in document.sentences} == {0, 1}
    ministers = [s.story for s in document.sentences if "ministre" in document.text[s.start : s.end]]
    assert set(ministers) == {0}


def test_a_gallery_is_its_captions_each_on_its_line() -> None:
    captions = [f"Le ministre et l'ambassadeur pendant la visite du centre numéro {n}" for n in range(4)]
    figures = "".join(f"<figure><img src='{n}.jpg'><figcaption>{c}</figcaption></figure>" for n, c in enumerate(captions))
    document = read(page(f"<article><h1>En images : une visite à Dakar</h1>{figures}</article>"))
    assert [document.text[s.start : s.end] for s in document.segments if s.kind == "caption"] == captions


def test_an_amp_page_is_read_and_gives_its_canonical_address() -> None:
    html = PAGE.replace('<html lang="ar">', '<html amp lang="ar">').replace("<nav>", "<amp-sidebar>").replace("</nav>", "</amp-sidebar>")
    document = read_capture(html.encode(), path="p", url="https://amp.marsa.example/economy/77?amp=1", lexicon=LEXICON)
    assert (document.url, document.canonical) == ("https://amp.marsa.example/economy/77?amp=1", "https://www.marsa.example/economy/77")
    assert document.text.startswith("تعاون قطري كيني") and "الرئيسية" not in document.text


def test_entities_and_half_characters_in_markup() -> None:
    odd = "<p>L&rsquo;&eacute;t&eacute; &#8211; A&nbsp;&amp;&nbsp;B &#xD800; &#0; fin d&#39;un accord "
    odd += "\x00\x08\u202e\u202c sign&eacute;.</p>"
    html = page(f"<article><h1>Un accord entre Tunis et Dakar</h1>{''.join(PARAGRAPHS[:3])}{odd}</article>")
    text = read(html).text
    assert "L’été – A" in text and "d'un accord" in text and "&" in text and "&eacute;" not in text
    text.encode()


@pytest.mark.parametrize("depth", [300, 1500])
def test_tags_that_nobody_closed_are_no_obstacle(depth: int) -> None:
    document = read(page(f"{PARAGRAPHS[0]}{PARAGRAPHS[1]}{'<div><font>' * (depth // 2)}{PARAGRAPHS[2]}{PARAGRAPHS[3]}"))
    assert "numéro 4" in document.text


@pytest.mark.parametrize(
    ("html", "words"),
    [
        (page("<div>" * 60_000 + PARAGRAPHS[0] + "</div>" * 60_000), "nested too deeply"),
        (page("<p>mot</p>" * 200_000), "400,"),
        (page("<p>" + "mot " * 1_100_000 + "</p>"), "characters of HTML are no news page"),
        (page("<div>" + "les mots de la ville. " * 30_000 + "</div>"), "split it into its articles"),
    ],
)
def test_a_web_page_out_of_bounds_says_so(html: str, words: str) -> None:
    with pytest.raises(InputError) as error:
        read(html)
    assert str(error.value).startswith("p.html: ") and words in str(error.value)


def test_a_picture_packed_into_a_page_costs_nothing() -> None:
    picture = "<img src='data:image/png;base64," + "iVBORw0KGgo" * 900_000 + "'>"
    assert "numéro 3" in read(page(f"<article><h1>Un accord entre Tunis et Dakar</h1>{picture}{''.join(PARAGRAPHS)}</article>")).text


def test_a_notice_beside_the_article_protects_the_page() -> None:
    def rights(notice: str) -> str | None:
        return read_capture(PAGE.replace("</article>", f"</article>{notice}").encode(), path="p.html", lexicon=LEXICON).rights

    assert rights("") is None
    assert rights('<div id="message"><span>error: </span>Content is protected !!</div>') == "protected"
    assert rights("<footer><p>هذا <b>المحتوى</b> محمي</p></footer>") == "protected"
    # A headline of another story, the page's own script and two lines that only meet are no notice.
    assert rights('<div><a href="/y">Copie interdite dans les lycées</a></div><script>"Content is protected"</script>') is None
    assert rights("<div>Content</div><div>is protected</div>") is None
