"""Organisations: how far their names run, of what sort and country they are, and what names none."""

import pytest
from hypothesis import given

from drawn_documents import patiently
from mithaq.annotate.bodies import find_bodies
from mithaq.lexicon import load_lexicon
from mithaq.model.vocabulary import BODY_KINDS
from staged_documents import body, news_text, staged_document

# text, language, name, sort, country
NAMED = [
    # extent in Arabic: the field of a ministry, adjectives, complements with «ل», «و», «ب» after a word that asks for it
    ("أعلنت وزارة النقل والاتصالات وتقنية المعلومات عن ذلك", "ar", "وزارة النقل والاتصالات وتقنية المعلومات", "public_body", "OM"),
    # a name that several countries share: what stands beside it tells which, and it cuts no longer name
    ("أعلنت وزارة الاتصالات الأردنية عن ذلك", "ar", "وزارة الاتصالات", "public_body", "JO"),
    ("أعلنت وزارة الاتصالات والشؤون البحرية عن ذلك", "ar", "وزارة الاتصالات والشؤون البحرية", "public_body", None),
    ("قالت الوكالة الوطنية لأمن النظم المعلوماتية إن العمل بدأ", "ar", "الوكالة الوطنية لأمن النظم المعلوماتية", "public_body", None),
    ("نظمت الجمعية التونسية لمقاولات القطاع الرقمي لقاء", "ar", "الجمعية التونسية لمقاولات القطاع الرقمي", "association", "TN"),
    ("تشرف وزارة البريد والنهوض بالاقتصاد الرقمي على المشروع", "ar", "وزارة البريد والنهوض بالاقتصاد الرقمي", "public_body", None),
    ("درس في المدرسة العليا للمواصلات بوهران", "ar", "المدرسة العليا للمواصلات", "university", "DZ"),
    # a nationality is part of a definite name, not of one in the construct
    ("وقع البنك المركزي المصري أمس الاتفاق", "ar", "البنك المركزي المصري", "public_body", "EG"),
    ("وقعت وزارة الأراضي الكينية لرقمنة السجل اتفاقا", "ar", "وزارة الأراضي", "public_body", "KE"),
    ("ستبحثها اللجنة العليا المشتركة الكويتية الأردنية لاحقا", "ar", "اللجنة العليا المشتركة الكويتية الأردنية", "public_body", None),
    # companies: a person's first name ends the name; a sort of two words; a sort that ends the name
    ("تحدث مدير شركة أورانو كلاود أدهم تونجيل عن العمل", "ar", "شركة أورانو كلاود", "company", None),
    ("وقعت الشركة القابضة للكهرباء العقد", "ar", "الشركة القابضة للكهرباء", "company", None),
    ("Officials met Kelvar Cloud on Monday", "en", "Kelvar Cloud", "company", None),
    # clitics: the article swallowed, the preposition cut
    ("شارك في اجتماع للجنة العليا للبريد هذا العام", "ar", "اللجنة العليا للبريد", "public_body", None),
    ("قدم منحة للهيئة العامة للبريد هذا العام", "ar", "الهيئة العامة للبريد", "public_body", None),
    ("يعمل بوزارة المالية منذ عام", "ar", "وزارة المالية", "public_body", None),
    # companies: bare names, names of everyday words, names in quotes
    ("وقع مع شركة زاجل اتفاقا", "ar", "شركة زاجل", "company", None),
    ("قال مدير شركة أفق كلاود، أمس، إن العمل بدأ", "ar", "شركة أفق كلاود", "company", None),
    ("وقع مع شركة «زاجل» اتفاقا", "ar", "زاجل", "company", None),
    ("وقع مع شركة (نجمة للسحابة) العمانية اتفاقا", "ar", "نجمة للسحابة", "company", "OM"),
    ("فازت الشركة الناشئة التونسية «زاجل» بالجائزة", "ar", "زاجل", "company", "TN"),
    ("رأي الغرفة النقابية لمزودي خدمات الاتصال معروف", "ar", "الغرفة النقابية لمزودي خدمات الاتصال", "association", None),
    ("تخرج من جامعة الملك فهد قبل عام", "ar", "جامعة الملك فهد", "university", None),
    ("أشاد الكاتب العام ل( سوق الواحة ) بالعمل", "ar", "سوق الواحة", "public_body", None),
    # without a head word: a nationality or Latin letters behind quotes, a foreign last word, several companies, who leads it
    ("أعلنت «زاجلا نت» الأردنية عن ذلك", "ar", "زاجلا نت", "company", "JO"),
    ("تعرضت \"زاجلا\" (Zajila) لهجوم", "ar", "زاجلا", "company", None),
    ("تديره \"مرفأ كلاود\" منذ عام", "ar", "مرفأ كلاود", "company", None),
    ("وقع مع شركتي زاجلا وقنطورا اتفاقا", "ar", "قنطورا", "company", None),
    ("قال الرئيس التنفيذي لزاجلا العقارية إن العمل بدأ", "ar", "زاجلا العقارية", "company", None),
    ("وقعت شركة زاجلا 42 العقد", "ar", "شركة زاجلا 42", "company", None),
    ("أعلنت شركة الطاقة «زاجلا» ذلك", "ar", "زاجلا", "company", None),
    # what a body is for tells it from others, however common; a second «ل» opens the sentence's own purpose
    ("أنشأت الدولة المعهد العالي للاتصالات قبل عام", "ar", "المعهد العالي للاتصالات", "university", None),
    ("وقعت مؤسسة الساحل للخدمات البحرية لتقديم العون الطبي", "ar", "مؤسسة الساحل للخدمات البحرية", "public_body", None),
    ("وفد من غرفة تجارة وصناعة مسقط", "ar", "غرفة تجارة وصناعة مسقط", "association", "OM"),
    ("افتتحت الدورة الـ23 لمجلس وزراء النقل والتجارة العرب أمس", "ar", "مجلس وزراء النقل والتجارة العرب", "public_body", None),
    ("مع المعهد الكوري المتقدم للعلوم أمس", "ar", "المعهد الكوري المتقدم للعلوم", "university", "KR"),
    # French
    ("le ministère de l'Économie et des Finances soutient", "fr", "ministère de l'Économie et des Finances", "public_body", None),
    ("au ministère des Transports, des Postes et du Numérique", "fr", "ministère des Transports, des Postes et du Numérique",
     "public_body", None),
    ("entre le Ministère de l'Économie numérique et Cybalto, hier", "fr", "Ministère de l'Économie numérique", "public_body", None),
    ("le ministère de l'économie numérique a publié", "fr", "ministère de l'économie numérique", "public_body", None),
    ("l'Agence nationale du numérique à Lomé", "fr", "Agence nationale du numérique", "public_body", "TG"),
    ("par la société chinoise Longhai Réseaux pour le compte de l'État", "fr", "Longhai Réseaux", "company", "CN"),
    ("de l'opérateur public Comores Fibre hier", "fr", "Comores Fibre", "company", "KM"),
    ("Rectrice de l'Université maronite du Littoral, elle rentre", "fr", "Université maronite du Littoral", "university", None),
    ("le Réseau francophone des ministres du numérique naît", "fr", "Réseau francophone des ministres du numérique", "association", None),
    ("Le PDG de Zamani a parlé", "fr", "Zamani", "company", None),
    ("avec une société togolaise, Kelvara, hier", "fr", "Kelvara", "company", "TG"),
    # English
    ("A second firm, Kelvar Voice, won", "en", "Kelvar Voice", "company", None),
    ("the Bank of Mauritius agreed", "en", "Bank of Mauritius", "company", "MU"),
    ("The Ministry of Works, Posts and Digital Trade agreed", "en", "Ministry of Works, Posts and Digital Trade", "public_body", None),
    ("Kenya's Ministry of Works agreed", "en", "Ministry of Works", "public_body", "KE"),
    ("the Driver and Vehicle Licensing Authority agreed", "en", "Driver and Vehicle Licensing Authority", "public_body", None),
    ("chairman of the Coffee Exporters' League, left", "en", "Coffee Exporters' League", "association", None),
    ("The chair of the Lagoon Data Forum objected", "en", "Lagoon Data Forum", "association", None),
    ("with the Finnish company Lahti Learning", "en", "Lahti Learning", "company", "FI"),
    ("Oulu Learning, a Finnish company, left", "en", "Oulu Learning", "company", "FI"),
    ("the Amman-based company Rujm Systems left", "en", "Rujm Systems", "company", "JO"),
    ("Kenya's EcoCloud will build it", "en", "EcoCloud", "company", "KE"),
    ("the chief executive of Zamani left", "en", "Zamani", "company", None),
    # What stands beside a name tells its country.
    ("فازت شركة «زاجل» الأردنية بالصفقة", "ar", "زاجل", "company", "JO"),
    ("وبين وزارة البريد في جمهورية تشاد", "ar", "وزارة البريد", "public_body", "TD"),
    ("Rujm Systems, the Amman-based software house, left", "en", "Rujm Systems", "company", "JO"),
    ("Lagos-based Zamani Systems won", "en", "Zamani Systems", "company", "NG"),
    # Houses of parliament, and a joint committee, which is of no single country
    ("صوت مجلس النواب على القانون", "ar", "مجلس النواب", "public_body", None),
    ("L'Assemblée nationale vote la loi", "fr", "Assemblée nationale", "public_body", None),
    ("the Finnish e-learning company Lahti Learning left", "en", "Lahti Learning", "company", "FI"),
    ("صادق البرلمان الأذربيجاني على النص", "ar", "البرلمان الأذربيجاني", "public_body", "AZ"),
    # a nation's university in a town, whose affairs, whose association, what a broadcaster is for
    ("درست في الجامعة الأمريكية في الشارقة أمس", "ar", "الجامعة الأمريكية في الشارقة", "university", None),
    ("أعلن جهاز تنظيم شؤون السودانيين بالخارج القائمة", "ar", "جهاز تنظيم شؤون السودانيين", "public_body", "SD"),
    ("قال رئيس جمعية شركات الصرافة البحرينية كلمة", "ar", "جمعية شركات الصرافة", "association", "BH"),
    ("قال الخبير بالهيئة الليبية للإذاعة والتلفزيون كلمة", "ar", "الهيئة الليبية للإذاعة والتلفزيون", "public_body", "LY"),
    # between strokes, with whom something is done
    ("وقعت شركة /نوردافيل/ المتخصصة العقد", "ar", "نوردافيل", "company", None),
    ("نظمت الوزارة اللقاء بالشراكة مع \"نوردا دي سافونا\" أمس", "ar", "نوردا دي سافونا", "company", None),
    ("It said that National Pearl and Registration Authority (NAPRA) left", "en", "National Pearl and Registration Authority",
     "public_body", None),
    # fields behind a second comma; whose network it is
    ("the Ministry of Trade, Industry, and the Digital Economy agreed", "en", "Ministry of Trade, Industry, and the Digital Economy",
     "public_body", None),
    ("le Réseau lusophone des ministres en charge du numérique se réunit", "fr", "Réseau lusophone des ministres en charge du numérique",
     "association", None),
    # "federal" behind a definite word is an adjective, letters behind a name are short for it, brackets may hold a foundation's name
    ("أجابت وكالة الموانئ الفيدرالية الكينية عن السؤال", "ar", "وكالة الموانئ الفيدرالية", "public_body", "KE"),
    ("طلبت لجنة البث الاتحادية تقريرا", "ar", "لجنة البث الاتحادية", "public_body", None),
    ("سأل ديوان الجباية PTX عن الملف", "ar", "ديوان الجباية", "public_body", None),
    ("أعلنت مؤسسة (مرفأ المعرفة للطلبة) ذلك", "ar", "مرفأ المعرفة للطلبة", "public_body", None),
    ("زار الجيش الموريتاني المدرسة", "ar", "الجيش الموريتاني", "public_body", "MR"),
    # a company known everywhere, with its sort, and one of its own in a country
    ("وقع المدير مع شركة سيسكو للمساهمة في التكوين", "ar", "شركة سيسكو", "company", "US"),
    ("وقع المدير مع شركة سيسكو للاتصالات أمس", "ar", "شركة سيسكو للاتصالات", "company", None),
    ("Talks with Huawei Senegal went on", "en", "Huawei Senegal", "company", "SN"),
    ("وصل وفد من هواوي السنغال، أمس", "ar", "هواوي السنغال", "company", "SN"),
    ("It works with G42 Presight in the port", "en", "G42 Presight", "company", "AE"),
    ("ووقعت الوزارة اتفاقية مع ZAKORA لتوسيع العمل", "ar", "ZAKORA", "company", None),
    ("La Région Centre rénove la gare", "fr", "Région Centre", "public_body", None),
    # what a firm does or where it is from stands before its name, or behind its name in marks
    ("اشترت المدينة شركة البرمجيات الأمنية أورانتو أمس", "ar", "أورانتو", "company", None),
    ("وكانت \"زد.فو.تو كورب\"، ثاني أكبر شركة لصناعة الهواتف، قد توقفت", "ar", "زد.فو.تو كورب", "company", None),
    ("ضم التحالف العالمي للمرافئ الذكية ست مدن", "ar", "التحالف العالمي للمرافئ الذكية", "association", None),
    ("فتح البنك المركزي لفتح حساب لتونس بابا", "ar", "البنك المركزي", "public_body", "TN"),
    ("درس في الأكاديمية البحرية والاستفادة كبيرة", "ar", "الأكاديمية البحرية", "university", None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "lang", "name", "kind", "country"), NAMED, ids=[n[2] for n in NAMED])
def test_extent_sort_and_country(text: str, lang: str, name: str, kind: str, country: str | None) -> None:
    found = body(staged_document(text, lang), name)
    assert (found.kind, found.country) == (kind, country)


NO_BODIES = [
    # a head word alone, or with a word that any of its sort could have
    ("استقبل رئيس الوكالة الوفد، وقالت اللجنة إن الهيئة ستجتمع مع الشركة والمؤسسة", "ar"),
    ("عقدت اللجنة الفنية اجتماعا، وبناء مركز للبيانات ومركز لعمليات الأمن", "ar"),
    ("رفض مدير الشركة المصرية الكشف عن الأسعار، وجاء في المركز الثاني", "ar"),
    ("ربطت 140 مؤسسة بشبكة الألياف", "ar"),
    # places where one meets or computes, and embassies without more
    ("زار الوفد مركز البيانات وغرفة العمليات في القصر الدولي للمؤتمرات وسفارة كينيا", "ar"),
    ("Il a visité le centre de données de Lomé et l'ambassade du Tchad", "fr"),
    ("The Cabinet heard it at the Lagoon Convention Centre", "en"),
    ("promoting Information Communication Technologies in schools", "en"),
    ("L'Agence a publié un rapport. Le ministère a répondu. La banque suivra, l'université aussi.", "fr"),
    ("The agency and the bank will meet the company. The council agreed.", "en"),
    # offices, cabinets, governments and states
    ("قال وزير الصناعة كلمة، ووافق مجلس الوزراء، وشكرت الحكومة المغربية الضيوف", "ar"),
    ("Le ministre de la Santé a parlé au Conseil des ministres et au gouvernement du Mali, sous la présidence du Premier ministre", "fr"),
    ("The Minister of Energy addressed the Cabinet and the Government of Kenya.", "en"),
    # speech, not a name
    ("قال إن الوزارة \"لا تفكر في ذلك الآن\"", "ar"),
    # people and products
    ("selon le ministre du Plan, Trésor Mbala, le texte est prêt", "fr"),
    ("Kenya's Amina Saleh won. Egypt's digital economy grew. Kenya's Nairobi hosts it.", "en"),
    ("Officials toured Kelvar Cloud Campus on Monday", "en"),
    ("Interrogée, la filiale du groupe se tait. Une société française\nLa société recrute.", "fr"),
    # what only begins like a name
    ("العنوان: صندوق البريد 15، وانتقل الخلاف إلى غرفة التحكيم", "ar"),
    ("وُضع التطبيق في دائرة الاتهام، وتديره شركة مملوكة للبلدية", "ar"),
    ("The Soviet Union sent the first one up", "en"),
    ("نشر المدير الصورة على موقع فيسبوك، وقال يوجين كاسبرسكي إن الأمر انتهى", "ar"),
    ("The mayor wrote on Facebook. Michael Alibaba left. Togo Partners with it.", "en"),
    ("La ville veut devenir un pôle régional de la donnée.", "fr"),
    ("Le forum se tient dans la région de Tanger-Tétouan.", "fr"),
    ("وصفت البرامج بأنها \"غير صحيحة\"", "ar"),
    ("Un centre de niveau Tier III ouvrira.", "fr"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "lang"), NO_BODIES)
def test_what_names_no_organisation(text: str, lang: str) -> None:
    assert [b.name for b in staged_document(text, lang).bodies] == []


@pytest.mark.parametrize(
    ("text", "lang", "name", "quotes"),
    [
        ("وقعت شركة أورا كلاود العقد. ووصل وفد من أورا كلاود.", "ar", "شركة أورا كلاود", ["شركة أورا كلاود", "أورا كلاود"]),
        ("وقعت شركة تنظيم الأسواق العقد. ويهم تنظيم الأسواق الجميع.", "ar", "شركة تنظيم الأسواق", ["شركة تنظيم الأسواق"]),
        ("La société Kelvar recrute. Le contrat lie Kelvar au ministère.", "fr", "Kelvar", ["Kelvar", "Kelvar"]),
        ("The Omani Digital Agency (ODA) agreed. ODA will send experts.", "en", "Omani Digital Agency", ["Omani Digital Agency", "ODA"]),
        ("L'ANN publiera. L'Agence nationale du numérique (ANN) suit.", "fr", "Agence nationale du numérique",
         ["ANN", "Agence nationale du numérique"]),
        ("وقعت الوكالة الوطنية للرقمنة (ANR) اتفاقا. وقالت ANR ذلك.", "ar", "الوكالة الوطنية للرقمنة", ["الوكالة الوطنية للرقمنة", "ANR"]),
        ("قالت شركة زاجل ذلك. وشكرت شركة زاجل ضيوفها.", "ar", "شركة زاجل", ["شركة زاجل", "شركة زاجل"]),
        # as a company's own name first stands: bare, so bare
        ("تدرس سيسكو العرض. ووصل وفد شركة سيسكو.", "ar", "سيسكو", ["سيسكو", "شركة سيسكو"]),
        # a name of two words is short for the only longer one; letters that changed places are a misprint
        ("قالت هيئة الشواطئ ذلك. وردت هيئة الشواطئ والجزر.", "ar", "هيئة الشواطئ والجزر", ["هيئة الشواطئ", "هيئة الشواطئ والجزر"]),
        ("ردت «تشاينا موبايل». وانخفض سهم «تشاينا موبايل». وقالت شركة «تشانيا موبايل» ذلك.", "ar", "تشاينا موبايل",
         ["تشاينا موبايل", "تشاينا موبايل", "تشانيا موبايل"]),
    ],
)  # fmt: skip
def test_all_mentions_of_one_organisation(text: str, lang: str, name: str, quotes: list[str]) -> None:
    assert [m.quote for m in body(staged_document(text, lang), name).mentions] == quotes


def test_what_two_countries_have_of_one_name_stays_apart() -> None:
    document = staged_document("قالت وزارة المرافئ الموريتانية ذلك. وردت وزارة المرافئ والنقل التونسية.", "ar")
    assert {(b.name, b.country) for b in document.bodies} == {("وزارة المرافئ", "MR"), ("وزارة المرافئ والنقل", "TN")}


def test_organisations_of_the_closed_list_have_a_code_and_no_country() -> None:
    document = staged_document("Le PNUD et l'Union internationale des télécommunications (UIT) aident le Bénin. L'UIT insiste.", "fr")
    assert {(b.code, b.country, b.kind) for b in document.bodies} == {("UNDP", None, "io"), ("ITU", None, "io")}


def test_a_regulator_whose_name_many_countries_share_is_of_the_page_s_country() -> None:
    document = staged_document("وقعت هيئة تنظيم الاتصالات في المنامة اتفاقا.", "ar")
    assert body(document, "هيئة تنظيم الاتصالات").country == "BH"


def test_the_agency_that_reports_is_no_organisation_of_the_page() -> None:
    names = [b.name for b in staged_document("مسقط في 3 مايو /العُمانية/ وقعت هيئة تنظيم الاتصالات العُمانية اتفاقا.", "ar").bodies]
    assert len(names) == 1 and names[0].startswith("هيئة تنظيم الاتصالات")


@patiently
@given(news_text())
def test_bodies_are_verbatim_and_repeat_themselves(drawn: tuple[str, str]) -> None:
    document = staged_document(*drawn)
    assert find_bodies(document, load_lexicon()) == find_bodies(document, load_lexicon())
    spans = [(m.start, m.end) for b in document.bodies for m in b.mentions]
    assert len(spans) == len(set(spans))
    for found in document.bodies:
        assert all(m.stands_in(document.text) for m in found.mentions)
        assert found.kind in BODY_KINDS
        assert found.name in found.names


@pytest.mark.parametrize(
    ("text", "lang", "country"),
    [
        ("وقعت حكومة مصر، ممثلة في وزارة البريد، وحكومة السودان اتفاقا.", "ar", "EG"),
        ("Le Tchad, représenté par le ministère des Postes, et le Togo ont signé.", "fr", "TD"),
        ("Chad, represented by the Ministry of Posts, and Togo signed.", "en", "TD"),
    ],
)
def test_who_represents_a_country_is_of_it(text: str, lang: str, country: str) -> None:
    assert [(body.country, body.country_basis) for body in staged_document(text, lang).bodies] == [(country, "stated")]


def test_a_name_that_two_countries_know_is_of_the_one_on_the_page() -> None:
    text = "Le Togo et le Luxembourg ont signé. L'Agence nationale de la cybersécurité formera des agents, dit le Togo."
    assert [body.country for body in staged_document(text, "fr").bodies] == ["TG"]
