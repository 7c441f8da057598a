"""A captured page becomes a Document: text, segments, metadata, sentences; and what cannot be read says why."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mithaq.errors import InputError
from mithaq.lexicon import load_lexicon
from mithaq.model import Document
from mithaq.model.vocabulary import SUPPORTING_SEGMENTS
from mithaq.page import read_capture

LEXICON = load_lexicon()

ARABIC = """عاجل
أسعار الطماطم ترتفع في سوق المدينة
فوز فريق الحي بكأس الأحياء
الرئيسية » اقتصاد » رقمنة
اتفاق أردني رواندي لتدريب مبرمجين شباب
اتفاق أردني رواندي لتدريب مبرمجين شباب
الأربعاء 4 مارس 2026 - 10:15 | طباعة

وقعت الأردن ورواندا، اليوم الأربعاء بكيغالي، اتفاقا لتدريب ستين مبرمجا شابا على تطوير الخدمات الحكومية الرقمية خلال سنتين.

وقالت مديرة المركز الأردني للبرمجة سلمى الخطيب إن المركز سيستقبل الدفعة الأولى من المبرمجين قبل نهاية السنة، وأبدت استعداده لتوفير الأجهزة.
اقرأ أيضا: موسم القمح يبشر بالخير
وأضاف المسؤول الرواندي جان هابيمانا أن بلاده محتاجة إلى مهندسين متخصصين في الأمن السيبراني، وأن الاتفاق يسد جزءا من هذه الحاجة.

الوسوم: الأردن، رواندا
التعليقات (2)
زائر: مبروك للشباب
التعليقات لا تعبر عن رأي الموقع
جميع الحقوق محفوظة
error: المحتوى محمي !!
"""


def read(text: str | bytes, **sidecar: object) -> Document:
    data = text.encode() if isinstance(text, str) else text
    return read_capture(data, path="page.txt", sidecar=json.dumps(sidecar).encode() if sidecar else None, lexicon=LEXICON)


def kinds(document: Document) -> dict[str, str]:
    return {document.text[s.start : s.end]: s.kind for s in document.segments}


def test_a_page_without_tags_is_named_line_by_line() -> None:
    document = read(ARABIC)
    named = kinds(document)
    assert document.lang == "ar"
    assert document.title == "اتفاق أردني رواندي لتدريب مبرمجين شباب"
    assert document.section == "رقمنة"
    assert (document.published, document.published_basis) == ("2026-03-04", "text")
    assert document.rights == "protected"
    assert named["عاجل"] == "related"
    assert named["أسعار الطماطم ترتفع في سوق المدينة"] == "related"
    assert named["اقرأ أيضا: موسم القمح يبشر بالخير"] == "related"
    assert named["الأربعاء 4 مارس 2026 - 10:15 | طباعة"] == "byline"
    assert named["زائر: مبروك للشباب"] == "reader_comment"
    assert named["التعليقات لا تعبر عن رأي الموقع"] == "comment_policy"
    assert named["error: المحتوى محمي !!"] == "notice"
    assert sum(kind == "body" for kind in named.values()) == 3


ENGLISH_BODY = (
    "The transport ministries of Latvia and Uganda agreed to share software for bus tickets, officials said in Kampala.\n\n"
    "Engineers from both capitals will test the software on two lines before the summer, and publish what they learn.\n"
)
ARABIC_BODY = (
    "وقعت وزارتا النقل في لاتفيا وأوغندا اتفاقا لتقاسم برنامج رقمي لتذاكر الحافلات، حسب ما قاله مسؤولون في كمبالا.\n\n"
    "وسيجرب مهندسون من العاصمتين البرنامج الرقمي على خطين قبل الصيف، وتنشر الوزارتان ما تعلمتاه من التجربة.\n"
)


@pytest.mark.parametrize(
    ("stamp", "title", "body", "day"),
    [
        ("Tuesday March 3, 2020", "Latvia and Uganda share bus ticket software", ENGLISH_BODY, "2020-03-03"),
        ("March 3, 2020", "Latvia and Uganda share bus ticket software", ENGLISH_BODY, "2020-03-03"),
        ("الثلاثاء 3 آذار 2020", "لاتفيا وأوغندا تتقاسمان برنامجا لتذاكر الحافلات", ARABIC_BODY, "2020-03-03"),
        ("تاريخ النشر: 3rd, March 2020 GMT", "لاتفيا وأوغندا تتقاسمان برنامجا لتذاكر الحافلات", ARABIC_BODY, "2020-03-03"),
    ],
)
def test_a_bare_date_under_the_headline_dates_the_page(stamp: str, title: str, body: str, day: str) -> None:
    document = read(f"{title}\n\n{stamp}\n\n{body}")
    assert (document.title, document.published) == (title, day)
    assert kinds(document)[stamp] == "byline"


def test_what_stands_twice_under_the_date_is_a_picture_not_the_headline() -> None:
    title, caption = "وزارتا النقل: برنامج لاتفي أوغندي جديد لتذاكر الحافلات", "وزير النقل في أوغندا، سليم كاتو"
    document = read(f"{title}\n\nجريدة الخط الثلاثاء 3 مارس 2020 | 07:46 مساء\n{caption}\n{caption}\n\n{ARABIC_BODY}")
    assert document.title == title
    assert kinds(document)[caption] == "related"


def test_a_line_that_ends_the_trail_of_sections_is_the_headline() -> None:
    page = (
        "Home Technology Harbour city and island sign data hub pact\n\nHarbour city and island sign data hub pact\n\n"
        "Ministry of Trade, led by Cabinet Secretary Tom Reed\n\n"
        "Trade Secretary Tom Reed and the island's minister Ana Sol signed a pact on a data hub in the harbour on Monday.\n\n"
        "The pact signed on Monday will bring forty engineers to the island, the ministry said in a statement after the talks.\n"
    )
    assert read(page).title == "Harbour city and island sign data hub pact"


def test_a_headline_that_runs_into_its_caption_is_not_the_headline() -> None:
    title = "لاتفيا وأوغندا تتقاسمان برنامجا رقميا للحافلات"
    document = read(f"{title}\n\n{title}الوزير سليم كاتو في كمبالا\n\nاقتصاد 3-3-2020 | 00:20\n\n{ARABIC_BODY}")
    assert document.title == title


@pytest.mark.parametrize(
    "caption",
    [
        "FILE: Uganda's transport minister Salim Kato in a bus",
        "Uganda's transport minister Salim Kato tries the bus ticket software in Kampala. Photo/ Lake Review Africa",
        "Uganda's transport minister Salim Kato tries the bus ticket software — Picture from Twitter/Lake Press",
    ],
)
def test_a_caption_above_the_article_is_not_the_headline(caption: str) -> None:
    document = read(f"Latvia and Uganda share bus ticket software\n\nTuesday March 3, 2020\n\n{caption}\n\n{ENGLISH_BODY}")
    assert document.title == "Latvia and Uganda share bus ticket software"
    assert kinds(document)[caption] == "caption"


@pytest.mark.parametrize(
    "line",
    [
        "NDLR : cette revue donne un aperçu rapide de quelques sujets et renvoie le lecteur vers les journaux.",
        "Le portail publie environ 300 articles par jour provenant de plus de 90 journaux et de 200 institutions.",
    ],
)
def test_what_an_outlet_says_of_itself_supports_no_fact(line: str) -> None:
    article = (
        "La Lettonie et l'Ouganda ont signé un accord sur un logiciel de billets de bus, a annoncé le ministère des Transports.\n\n"
        "Des ingénieurs des deux capitales essaieront le logiciel sur deux lignes avant l'été et publieront leurs résultats.\n\n"
    )
    document = read(f"La Lettonie et l'Ouganda partagent un logiciel\n\n{article}{line}\n")
    assert kinds(document)[line] in ("notice", "comment_policy")
    assert all(document.text[s.start : s.end] != line for s in document.sentences)


def test_offers_below_an_article_do_not_take_its_place() -> None:
    cut = ENGLISH_BODY.replace("\n\n", " ").removesuffix("what they learn.\n") + "all that they have learned from the tests in"
    offers = "Sign Up for Our Newsletters\n\nGet notified of our prizes.\n\nRecent Posts\n"
    document = read(f"Latvia and Uganda share bus ticket software\n\n{cut}\n\n{offers}")
    named = kinds(document)
    assert named[cut] == "body"
    assert named["Get notified of our prizes."] != "body" and named["Recent Posts"] == "related"


def test_facts_can_rest_only_on_the_article() -> None:
    document = read(ARABIC)
    words = " ".join(document.text[s.start : s.end] for s in document.sentences)
    assert "الطماطم" not in words and "القمح" not in words and "محفوظة" not in words
    assert words.count("اتفاق أردني رواندي") == 1  # the second copy of the headline says nothing new
    for sentence in document.sentences:
        assert sentence.kind in SUPPORTING_SEGMENTS
        assert document.tokens[sentence.first].start == sentence.start
        assert document.tokens[sentence.last - 1].end <= sentence.end


def test_the_sidecar_speaks_before_the_url_and_the_url_before_the_text() -> None:
    known = read(ARABIC, url="https://www.maydan.example/2026/03/05/p.html", outlet="Maydan", published="2026-03-06", invented=True)
    assert (known.published, known.published_basis, known.outlet, known.invented) == ("2026-03-06", "metadata", "Maydan", True)
    by_url = read(ARABIC, url="https://www.maydan.example/2026/03/05/p.html")
    assert (by_url.published, by_url.published_basis, by_url.outlet) == ("2026-03-05", "url", "maydan.example")


def test_a_ticker_dates_nothing() -> None:
    document = read("كأس المدن 2025 تنطلق في الميدان الكبير\n\n" + ARABIC.split("طباعة\n")[1])
    assert document.published is None and document.published_basis is None


def test_a_narrow_column_keeps_its_sentences_whole() -> None:
    text = """Accord numérique entre le Bénin et le Laos

La ministre béninoise du Numérique et son homologue laotien ont
signé à Cotonou un accord qui prévoit la formation de quarante
techniciennes des réseaux, l'échange de normes ouvertes et la
création d'un laboratoire commun de sécurité informatique.

Le premier groupe partira à Vientiane au mois de novembre, a
précisé la ministre, qui a remercié les deux universités pour
leur patience et leur engagement dans la préparation de ce
programme, attendu depuis trois ans par les étudiants du pays.
"""
    document = read(text)
    sentences = [document.text[s.start : s.end] for s in document.sentences if s.kind == "body"]
    assert document.title == "Accord numérique entre le Bénin et le Laos"
    assert len(sentences) == 2
    assert sentences[0].endswith("sécurité informatique.")


def test_a_page_on_one_line_gives_up_its_ticker() -> None:
    ticker = "انقطاع الماء عن حي النخيل\u00a0\u00a0\u00a0\u00a0مباراة ودية بين فريقين محليين\u00a0\u00a0\u00a0\u00a0"
    body = (
        "وقعت وزارة الاتصالات اللبنانية وهيئة البريد القبرصية، أمس الاثنين ببيروت، مذكرة تفاهم حول الطرود الذكية. "
        "وقال مدير الهيئة القبرصية أندرياس مارينو إن المذكرة تتيح تبادل البيانات بين البلدين، مضيفا أن التنفيذ يبدأ في الصيف."
    )
    document = read(ticker + body + "\n")
    assert [document.text[s.start : s.end] for s in document.segments if s.kind == "body"] == [body]


def test_two_articles_on_one_page_do_not_mix() -> None:
    text = """تدريب معلمات تونسيات على البرمجة في مالطا
بدأت عشرون معلمة تونسية، صباح اليوم، دورة تدريبية في البرمجة بمدرسة مالطا الرقمية، تستمر أسبوعين وتشمل زيارات إلى شركات محلية.
وقالت مديرة المدرسة ماريا كاماليري إن المعلمات التونسيات سيحصلن على شهادة في البرمجة، وأشادت بمستواهن.
افتتاح مرصد موريتاني لقياس سرعة شبكات الهاتف بنواذيبو
افتتح في نواذيبو مرصد موريتاني لقياس سرعة شبكات الهاتف، بدعم من سلطة التنظيم، وسينشر المرصد أول تقرير عن الشبكات في الخريف المقبل.
وذكر رئيس المرصد أحمد ولد سالم أن قياس سرعة الشبكات سيشمل جميع الولايات الموريتانية قبل نهاية العام.
"""
    document = read(text)
    assert len(document.stories) == 2
    second = document.stories[1]
    assert document.text[second.start : second.end].startswith("افتتاح مرصد موريتاني")
    assert {s.story for s in document.sentences} == {0, 1}
    assert all((s.start >= second.start) == (s.story == 1) for s in document.sentences)


def test_an_agency_is_read_from_its_credit() -> None:
    text = "مسقط في 3 مايو /العُمانية/ وقعت سلطنة عُمان ومملكة البحرين برنامجا تنفيذيا للحكومة الرقمية يمتد ثلاث سنوات بين هيئتي البلدين.\n"
    assert read(text).agency == "ONA"
    assert read("رياح على الساحل\n\nزاوية الخبر - و م ع\n\n" + ARABIC.split("طباعة\n")[1]).agency == "MAP"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"  \n\t ", "empty"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"\x00\x01\x02\x03" * 40, "binary"),
        (b"12345 +++ ---", "no words"),
        (b"\x89PNG\r\n\x1a\n" + b"x" * 50, "picture"),
    ],
)
def test_what_cannot_be_read_says_what_and_where(data: bytes, words: str) -> None:
    with pytest.raises(InputError, match=words) as caught:
        read(data)
    assert str(caught.value).startswith("page.txt: ")


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([*ARABIC.split("\n"), "Share", "*", "2026", "", "À lire aussi", "  "]), min_size=1, max_size=25))
def test_segments_cover_every_line_and_never_overlap(lines: list[str]) -> None:
    text = "\n".join(lines)
    try:
        document = read(text)
    except InputError:
        return
    covered = "".join(document.text[s.start : s.end] for s in document.segments)
    assert "".join(covered.split()) == "".join(document.text.split())
    assert all(a.end <= b.start for a, b in zip(document.segments, document.segments[1:], strict=False))
    assert all(s.why for s in document.segments)
    assert document.title is None or document.title in document.text


def test_reading_twice_gives_the_same_document() -> None:
    assert read(ARABIC) == read(ARABIC)


@pytest.mark.parametrize(
    "text",
    [
        "استقبل الوزير الأردني في عمان نظيره الكيني وبحث معه تكوين المهندسين في الأمن السيبراني.",
        "Le ministre jordanien a reçu à Amman son homologue kényan pour parler de formation des ingénieurs",
        "The Jordanian minister received his Kenyan counterpart in Amman to discuss the training of engineers",
    ],
)
def test_a_sentence_pasted_alone_is_the_article(text: str) -> None:
    document = read_capture(text.encode(), path="-", lexicon=LEXICON)
    assert [segment.kind for segment in document.segments] == ["body"] and len(document.sentences) == 1


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("BRIEF | Latvia and Uganda share bus ticket software\n\n", "Latvia and Uganda share bus ticket software"),
        ("Uganda Uganda shares bus ticket software with Latvia\n\n", "Uganda shares bus ticket software with Latvia"),
        ("Latvia and Uganda share bus ticket software | Kampala Lines\n\n", "Latvia and Uganda share bus ticket software"),
        (
            "Latvia and Uganda share bus ticket software\n\n• Tests on two lines before the summer\n• Ministry of transport pays half\n\n",
            "Latvia and Uganda share bus ticket software",
        ),
        ("Latvia and Uganda share bus ticket software\nKampala: Ruth Nakato\n\n", "Latvia and Uganda share bus ticket software"),
    ],
)
def test_labels_items_and_credits_are_told_from_the_headline(head: str, title: str) -> None:
    assert read(head + ENGLISH_BODY).title == title


def test_a_date_between_bars_dates_the_page() -> None:
    page = f"Kampala Lines | News of the lake | Tuesday March 3, 2020 | Latvia and Uganda share bus ticket software today\n\n{ENGLISH_BODY}"
    assert read(page).published == "2020-03-03"


def test_a_hijri_date_with_its_equal_is_no_consent_to_cookies() -> None:
    first = "اجتمع مجلس الوزراء في كيغالي اليوم الأربعاء 14 رجب 1441 هـ الموافق 4 مارس 2020 برئاسة الوزير الأول."
    named = kinds(read(f"مجلس الوزراء يدرس برنامج المبرمجين\n\n{first}\n\n{ARABIC.split('طباعة')[1].strip()}"))
    assert named[first] == "body"


@pytest.mark.parametrize("label", ["Wednesday March 4, 2020", "MARKETS"])
def test_bare_dates_and_labels_within_an_article_support_no_fact(label: str) -> None:
    first, _, rest = ENGLISH_BODY.partition("\n\n")
    document = read(f"Latvia and Uganda share bus ticket software\n\n{first}\n\n{label}\n\n{rest}")
    assert kinds(document)[label] not in SUPPORTING_SEGMENTS
