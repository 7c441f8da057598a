"""Programmes, platforms and forums: quoted or bare names, which is part of which, and what is no name."""

import pytest
from hypothesis import given

from drawn_documents import patiently
from mithaq.annotate.programmes import find_programmes
from mithaq.lexicon import load_lexicon
from staged_documents import news_text, programme, staged_document

NAMED = [
    # in quotes or brackets, without the head word
    ("أطلقت الوزارة منصة «مفتاحي» أمس", "ar", ["مفتاحي"]),
    ("في إطار برنامج ( واحة خدمات )، قال", "ar", ["واحة خدمات"]),
    ("وهو أحد أوراش المخطط الوطني ( واحة 2030 )، قال", "ar", ["واحة 2030"]),
    ("ضمن رؤية (واحة جديدة 2035).", "ar", ["واحة جديدة 2035"]),
    ("وضع منصة المحاكاة \"درع الساحل\" تحت تصرفه", "ar", ["درع الساحل"]),
    ("تشغيل منصتها للاستشارات المرئية \"عيادة الحي\" هناك", "ar", ["عيادة الحي"]),
    ("نفذت شبكة «ومضة» المصرية معاملات", "ar", ["ومضة"]),
    ("Il a lancé le programme « Saloum Connecté » hier", "fr", ["Saloum Connecté"]),
    ("le « Kiosque du citoyen » est ouvert", "fr", ["Kiosque du citoyen"]),
    ('the "Luban" marine cable arrived', "en", ["Luban"]),
    ('the first activity of "Semente Digital", a triangular programme in Malawi', "en", ["Semente Digital"]),
    ('نال التطبيق "ورقة خضراء" جائزة "الميناء" أمس', "ar", ["ورقة خضراء", "الميناء"]),
    ("شارك في التمرين المشترك \"قلعة الساحل\" أمس", "ar", ["قلعة الساحل"]),
    # a quotation right behind its sort may say for whom it is; digits written onto a name; editions in words
    ("أطلق في مايو برنامج \"الساحل لرواد البحر\" لتدريب غواصين", "ar", ["الساحل لرواد البحر"]),
    ("وذلك عن مشروع \"الشاشة الذكية من أجل المكفوفين الصغار\"، أمس", "ar", ["الشاشة الذكية من أجل المكفوفين الصغار"]),
    ("وتضم مبادرة K7 ست وكالات", "ar", ["K7"]),
    ("ضمن أعمال المؤتمر الثامن عشر للموانئ والمرافئ الرقمية أمس", "ar", ["المؤتمر الثامن عشر للموانئ والمرافئ الرقمية"]),
    ("والتقط مسبار الضياء أول صورة", "ar", ["مسبار الضياء"]),
    ("Le câble Medusa arrive. Le projet Medusa reliera le port.", "fr", ["Medusa"]),
    # bare, beside or around the head
    ("حضر الملتقى العلمي الوطني حول أمن الشبكات الصناعية أمس", "ar", ["الملتقى العلمي الوطني حول أمن الشبكات الصناعية"]),
    ("شارك في المنتدى العلمي التونسي-الإيطالي أمس", "ar", ["المنتدى العلمي التونسي-الإيطالي"]),
    ("في إطار البرنامج السنغالي للتعاون الرقمي والثقافي أمس", "ar", ["البرنامج السنغالي للتعاون الرقمي والثقافي"]),
    ("lors du Sommet africain sur la donnée numérique.", "fr", ["Sommet africain sur la donnée numérique"]),
    ("l'extension du projet eSahel aux écoles", "fr", ["eSahel"]),
    ("a portal known as Blue Gate was shown", "en", ["Blue Gate"]),
    ("The ministries launched Nuru, a service for farmers", "en", ["Nuru"]),
    ("took part in the Coastal Ministers' Roundtable", "en", ["Coastal Ministers' Roundtable"]),
    ("اعتمدت استراتيجية رواندا الرقمية 2030 أمس", "ar", ["استراتيجية رواندا الرقمية 2030"]),
    # what is for something goes on behind an ordinal; a participle that says where it is held ends it
    ("شارك في المنتدى الدولي الثالث للتجارة الرقمية أمس", "ar", ["المنتدى الدولي الثالث للتجارة الرقمية"]),
    ("خلال المنتدى العالمي لأمن الشبكات المنعقد في مسقط", "ar", ["المنتدى العالمي لأمن الشبكات"]),
    ("شارك في منتدى الرقمنة الإفريقي أمس", "ar", ["منتدى الرقمنة الإفريقي"]),
    ("ثمرة البرنامج الوطني للتحول الرقمي الحكومي.", "ar", ["البرنامج الوطني للتحول الرقمي الحكومي"]),
    ("la plateforme Sira est ouverte", "fr", ["Sira"]),
    ("le projet Lac d'Azur est ouvert", "fr", ["Lac d'Azur"]),
    ("en marge de la Semaine de la connectivité indienne", "fr", ["Semaine de la connectivité indienne"]),
    ("The Sira portal and the Africa Tech Summit opened", "en", ["Sira", "Africa Tech Summit"]),
    ("the National Water Strategy 2030 was adopted", "en", ["National Water Strategy 2030"]),
    ("under the programme Shule Janja it works", "en", ["Shule Janja"]),
    ("the Estuary Hub incubator opened", "en", ["Estuary Hub"]),
    ("the Lagune 2030 plan pays for it", "en", ["Lagune 2030"]),
    # a rare word behind its sort is the name; a place owns an agenda; a year makes a vision
    ("وانتفع به برنامج تزنيرا دوندا منذ عام", "ar", ["تزنيرا دوندا"]),
    ("وعرض الوزير الأجندة الرقمية لموريتانيا أمس", "ar", ["الأجندة الرقمية لموريتانيا"]),
    ("افتتح الوزير الملتقى العلمي الإفريقي للطاقة أمس", "ar", ["الملتقى العلمي الإفريقي للطاقة"]),
    ("تماشيا مع رؤية 2035 الجديدة", "ar", ["رؤية 2035"]),
    ("in line with Agenda 2071 of the union", "en", ["Agenda 2071"]),
    ("استعرض السياسة الوطنية لإنترنت الأشياء والسياسة الوطنية للبلوكشين أمس", "ar",
     ["السياسة الوطنية لإنترنت الأشياء", "السياسة الوطنية للبلوكشين"]),
    # the quotation holds the head word; what is built or laid
    ("تنفيذ الشطر الثاني من \"مشروع ربط الواحتين\" قريبا", "ar", ["مشروع ربط الواحتين"]),
    ("افتتح مركز \"مرساة\" في الميناء", "ar", ["مرساة"]),
    ("انتهى مد كابل سيفاندا أمس", "ar", ["سيفاندا"]),
    # well-known ones stand without any head word, in quotes or not
    ("وشارك الوفد في جيتكس أفريقيا أمس", "ar", ["جيتكس أفريقيا"]),
    ("il finance le PRODAP depuis un an", "fr", ["PRODAP"]),
    ("in support of the Sustainable Development Goals", "en", ["Sustainable Development Goals"]),
    # explained behind a comma, listed, framed, ended by an English word
    ("Tandolo, a portal for farmers, opened on Monday", "en", ["Tandolo"]),
    ("the voice service, Sauti ya Pwani, is free", "en", ["Sauti ya Pwani"]),
    ("since the system, called Tandolo, came in", "en", ["Tandolo"]),
    ("various initiatives such as Digital Lesotho, Maseru Rising and Tide", "en", ["Digital Lesotho", "Maseru Rising", "Tide"]),
    ("the success of the Digital Lesotho initiative was praised", "en", ["Digital Lesotho"]),
    ("évoquant les projets tels que le PRONUSA et Marée", "fr", ["PRONUSA", "Marée"]),
    ("il part en marge de Tandolo Africa", "fr", ["Tandolo Africa"]),
    ("il a pris part au Transform Coast Summit 2027", "fr", ["Transform Coast Summit 2027"]),
    # two nations' gathering, two heads with one complement, whole quotations
    ("انطلقت أعمال الملتقى الليبي النيجري للاقتصاد الرقمي أمس", "ar", ["الملتقى الليبي النيجري للاقتصاد الرقمي"]),
    ("شارك في مؤتمر ومعرض الطاقة الشمسية أمس", "ar", ["مؤتمر ومعرض الطاقة الشمسية"]),
    ("دعا إلى “مؤتمر الاستثمار في المرافئ الجافة” المزمع عقده", "ar", ["مؤتمر الاستثمار في المرافئ الجافة"]),
    ("يحضر قمة ومعرض “عالم المرافئ الذكية شرق أفريقيا”، المقرر عقدها", "ar", ["عالم المرافئ الذكية شرق أفريقيا"]),
    ("إطلاق مشروع \"نحو مرفأ ذكي نظيف ومفتوح\" أمس", "ar", ["نحو مرفأ ذكي نظيف ومفتوح"]),
    ("في إطار برنامجها الوطني للتنمية “واحة كونكت 2031″، تواصل الحكومة", "ar", ["واحة كونكت 2031"]),
    # an ordinary word behind its sort or in quotes; the state of a known one
    ("نزل المواطنون تطبيق سند أمس", "ar", ["سند"]),
    ("عبر منصة «اعتماد» الحكومية", "ar", ["اعتماد"]),
    # what refers back is no part of it, another organisation's assembly neither
    ("اطلع على الاستراتيجية الوطنية الأردنية للرياضات الذهنية وخطتها التنفيذية أمس", "ar",
     ["الاستراتيجية الوطنية الأردنية للرياضات الذهنية"]),
    ("على هامش المنتدى الدولي الثالث للتعاون البحري والجمعية العامة الرابعة أمس", "ar", ["المنتدى الدولي الثالث للتعاون البحري"]),
    ("at the Week for Financing Africa's Harbour Development in Luanda", "en", ["Week for Financing Africa's Harbour Development"]),
]


@pytest.mark.parametrize(("text", "lang", "names"), NAMED, ids=[n[2][0] for n in NAMED])
def test_names(text: str, lang: str, names: list[str]) -> None:
    assert [p.name for p in staged_document(text, lang).programmes] == names


NO_NAMES = [
    ("وقعا مشروع تعاون، وأطلقا برنامجا للتكوين ومنصة جديدة", "ar"),
    ("قال إن البرنامج «لا يحتاج إلى مال كثير» وإن المشروع مستمر", "ar"),
    ("Ils ont lancé un projet de coopération et une plateforme de paiement.", "fr"),
    ("Le ministre du programme a dit « nous irons loin ensemble ».", "fr"),
    ("They agreed on a programme of cooperation and a digital platform.", "en"),
    ('He hailed the programme as proof that "Namibian solutions can stand on any stage".', "en"),
    ("Five projects and a strategy were named.", "en"),
    # where a cable lies, whose an initiative is, another name of an organisation, initials
    ("انتهى مد كابل طرابلس أمس", "ar"),
    ("هي مبادرة الاتحاد الدولي للاتصالات", "ar"),
    ("قالت الرابطة الوطنية للتجار، المعروفة باسم \"أمسار\"، ذلك", "ar"),
    ("Tandolo, a platform company, left", "en"),
    ("coûte 3 milliards de FCFA, un service cher", "fr"),
    # where it was written, what is said of a thing, what somebody calls something
    ("كتب عبر منصة “إكس” أن اللقاء مفيد", "ar"),
    ("قال إن نقل الشفرة لنظام الروافع «مسألة خارج النقاش» تماما", "ar"),
    ("استعرض خطة الوزارة لتحقيق الربط وتطوير المرافئ", "ar"),
    ("قدم سند التسليم ونال اعتماد الجهة", "ar"),
    ("رفض ما سماه «خطاب اليأس» أمس", "ar"),
]


@pytest.mark.parametrize(
    "text",
    [
        "وافق على قرارات المؤتمر (الخامس والعشرين) المنعقد أمس",
        "وأضاف أن المبادرة تعكف على العمل",
        "وصف برمجيات الخصم بأنها \"خبيثة\" أمس",
    ],
)
def test_what_is_somebody_s_counted_or_said_names_no_programme(text: str) -> None:
    assert [p.name for p in staged_document(text, "ar").programmes] == []


@pytest.mark.parametrize(("text", "lang"), NO_NAMES)
def test_what_names_no_programme(text: str, lang: str) -> None:
    assert [p.name for p in staged_document(text, lang).programmes] == []


@pytest.mark.parametrize(
    ("text", "lang", "part", "whole"),
    [
        ("أطلقت منصة «مفتاحي» ضمن استراتيجية رواندا الرقمية 2030.", "ar", "مفتاحي", "استراتيجية رواندا الرقمية 2030"),
        ("le projet « Saloum Connecté », volet de la stratégie « Sénégal 2030 »", "fr", "Saloum Connecté", "Sénégal 2030"),
        ('The "Digital Bridge" programme is part of the Sahel Connect Initiative.', "en", "Digital Bridge", "Sahel Connect Initiative"),
    ],
)  # fmt: skip
def test_parts_and_wholes(text: str, lang: str, part: str, whole: str) -> None:
    document = staged_document(text, lang)
    assert programme(document, part).part_of == whole
    assert programme(document, whole).part_of is None


def test_a_country_in_the_name_is_the_programme_s() -> None:
    assert programme(staged_document("اعتمدت استراتيجية رواندا الرقمية 2030", "ar"), "استراتيجية رواندا الرقمية 2030").country == "RW"


def test_a_known_programme_is_of_the_state_that_the_gazetteer_gives() -> None:
    assert programme(staged_document("The team studied Maisha Namba on Monday.", "en"), "Maisha Namba").country == "KE"


def test_short_and_full_form_are_one_programme() -> None:
    text = "ملتقى بغداد الثاني ينطلق. واختتم ملتقى بغداد الثاني لتنظيم المحتوى أعماله."
    [found] = staged_document(text, "ar").programmes
    assert [m.quote for m in found.mentions] == ["ملتقى بغداد الثاني", "ملتقى بغداد الثاني لتنظيم المحتوى"]


@patiently
@given(news_text())
def test_programmes_are_verbatim_and_repeat_themselves(drawn: tuple[str, str]) -> None:
    document = staged_document(*drawn)
    assert find_programmes(document, load_lexicon()) == find_programmes(document, load_lexicon())
    names = {p.name for p in document.programmes}
    for found in document.programmes:
        assert all(m.stands_in(document.text) for m in found.mentions)
        assert found.part_of is None or found.part_of in names or any(found.part_of in n for n in names)
