"""Which country a person stands for when the words beside the name do not say it."""

from collections.abc import Iterable

import pytest
from msgspec.structs import replace

from mithaq.annotate.sides import home_country, mostly_named, principal_countries
from mithaq.annotate.view import View
from staged_documents import matched_document, person, staged_document


def countries(text: str, lang: str, names: Iterable[str], **fields: str) -> list[str | None]:
    document = staged_document(text, lang, **fields)
    return [person(document, name).country for name in names]


def test_the_only_country_of_the_page() -> None:
    assert countries("قالت وزيرة الطاقة هند المنصور في تونس ذلك.", "ar", ["هند المنصور"]) == ["TN"]


def test_ministers_named_without_nationality_are_of_the_other_side() -> None:
    text = "استقبلت وزيرة الطاقة هند المنصور الوفد. وحضر وزير العدل الكيني سامي بركات. وتتعاون تونس وكينيا منذ عام، وتشكر تونس كينيا."
    assert countries(text, "ar", ["هند المنصور", "سامي بركات"]) == ["TN", "KE"]


def test_who_meets_the_other_side_s_minister_or_envoy_in_one_sentence() -> None:
    text = "Le ministre, Cheikh Gassama, et l'ambassadrice de Chine, Liu Wen, parlent. Le Sénégal et la Chine signent. Le Sénégal rit."
    assert countries(text, "fr", ["Cheikh Gassama", "Liu Wen"]) == ["SN", "CN"]


def test_the_country_of_somebody_else_s_office_does_not_count() -> None:
    text = (
        "وقع وزير الأراضي سامي بركات المحضر، بحضور السفير الياباني. وتتعاون اليابان وإثيوبيا. وشكرت إثيوبيا ضيوفها، وشكرت اليابان إثيوبيا."
    )
    assert countries(text, "ar", ["سامي بركات"]) == ["ET"]


@pytest.mark.parametrize(
    ("text", "lang", "name", "country"),
    [
        ("وقع عن تشاد مدير الديوان محمد ديبي، ووقعت كينيا المحضر. وتتعاون كينيا وتشاد.", "ar", "محمد ديبي", "TD"),
        ("ترأس عن الجانب المغربي كريم بن عمر وعن الجانب التونسي سمير بن عمر الجلسة.", "ar", "سمير بن عمر", "TN"),
        ("Ont signé, côté kényan, la directrice Amina Saleh et, pour le Mali, le ministre Moussa Traoré.", "fr", "Moussa Traoré", "ML"),
        ("The Tanzanian team was led by Josephat Kileo and the Finnish team by Riikka Lehto.", "en", "Josephat Kileo", "TZ"),
    ],
)
def test_whose_side_somebody_acts_for(text: str, lang: str, name: str, country: str) -> None:
    assert countries(text, lang, [name]) == [country]


def test_a_dateline_and_an_address_tell_the_home_country() -> None:
    text = "Lomé (agence) – Le Togo et le Kenya ont signé. Le Togo et le Kenya le veulent."
    document = matched_document(text, "fr")
    assert home_country(View(document), ["KE", "TG"]) == "TG"
    moved = replace(document, url="https://www.quotidien.example.ke/page")
    assert home_country(View(moved), ["KE", "TG"]) == "KE"
    assert home_country(View(matched_document("Le Togo et le Kenya ont signé.", "fr")), ["KE", "TG"]) is None


def test_title_and_lead_count_double() -> None:
    document = matched_document("Le Togo gagne. Le Togo joue. Le Kenya aussi. Le Mali rit.", "fr")
    assert principal_countries(View(document)) == ["TG", "KE"]
    assert mostly_named(View(document)) == "TG"
    assert principal_countries(View(matched_document("Rien ici.", "fr"))) == []


def test_officials_of_international_organisations_stay_without_country() -> None:
    text = "شكرت الممثلة المقيمة إلسا بن عمر اليمن، ووقع برنامج الأمم المتحدة الإنمائي الاتفاق مع اليمن في عدن."
    assert countries(text, "ar", ["إلسا بن عمر"]) == [None]


def test_a_company_s_default_country_is_nobody_s_proof() -> None:
    text = "The rector of the Cedar University, Rita Khoury, spoke. France and Lebanon signed. France and Lebanon agree."
    assert countries(text, "en", ["Rita Khoury"]) == [None]


@pytest.mark.parametrize(
    ("text", "lang", "name"),
    [
        ("فازت شركة زاجل الأردنية بالصفقة في نيروبي. وقال الرئيس التنفيذي للشركة نبيل العتيبي ذلك في نيروبي بكينيا.", "ar", "نبيل العتيبي"),
        ("The Jordanian company Rujm Systems won. The chief executive of the company, Ali Otaibi, left Kenya.", "en", "Ali Otaibi"),
    ],
)
def test_the_head_of_the_company_is_of_the_company_s_country(text: str, lang: str, name: str) -> None:
    assert countries(text, lang, [name]) == ["JO"]


def test_a_country_behind_the_name_is_whom_somebody_signs_for() -> None:
    text = "Secretary Amina Saleh signed for Kenya, Ambassador Pieter Smits for the Netherlands. Kenya thanked the Netherlands."
    assert countries(text, "en", ["Amina Saleh", "Pieter Smits"]) == ["KE", "NL"]


@pytest.mark.parametrize(
    ("text", "lang", "name", "country"),
    [
        ("وعرضت شركة زاجل الأردنية نظاما في نيروبي بكينيا. وقال مديرها التنفيذي نبيل العتيبي ذلك.", "ar", "نبيل العتيبي", "JO"),
        ("فازت شركة زاجل الأردنية. وموّل البنك الدولي العمل في كينيا. وحضرت ممثلته لطيفة بركات.", "ar", "لطيفة بركات", None),
        ("Le Kenya remercie la Banque mondiale. Sa représentante, Oumou Diarra, a signé avec le Kenya.", "fr", "Oumou Diarra", None),
        ("Kenya hosts it. The World Bank lent money, according to its country manager, Mariam Owusu.", "en", "Mariam Owusu", None),
    ],
)
def test_who_holds_an_office_of_the_organisation_named_before(text: str, lang: str, name: str, country: str | None) -> None:
    assert countries(text, lang, [name]) == [country]


def test_an_organisation_meant_by_its_first_word() -> None:
    text = "تمول منظمة الصحة العالمية الدورة في سوريا. وقالت ممثلة المنظمة في سوريا إيلينا بركات ذلك."
    assert countries(text, "ar", ["إيلينا بركات"]) == [None]


def test_the_field_of_a_minister_is_no_organisation_named_before() -> None:
    text = "سلم البريد الأردني الطرود. وقال وزير البريد سامي بركات في تونس ذلك، وشكر مدير البريد علي النسور الحضور."
    document = staged_document(text, "ar")
    assert person(document, "سامي بركات").body is None
    assert person(document, "علي النسور").body == "البريد الأردني"


@pytest.mark.parametrize(
    ("text", "lang", "name", "country"),
    [
        ("أودعت سفيرة موريتانيا لدى الاتحاد الأفريقي، خديجة فال، الوثائق في أديس أبابا بإثيوبيا.", "ar", "خديجة فال", "MR"),
        ("التقى السفير هاني بركات سفير مصر في الخرطوم مدير البريد. وشكر السودان مصر، وأشاد السودان بها.", "ar", "هاني بركات", "EG"),
        ("Oman's Minister of Foreign Trade, Ambassador Ali Otaibi, met them in Kigali. Rwanda smiled.", "en", "Ali Otaibi", "OM"),
        (
            "En visite de travail à Nairobi au Kenya depuis le jeudi 11 novembre, la ministre Fatou Diarra a été reçue par son hôte. "
            "Le Mali et le Kenya travaillent. Le Kenya y gagne.",
            "fr", "Fatou Diarra", "ML",
        ),
        (
            "Moussa Traoré et son homologue kényan signent. Le Mali et le Kenya signent. Le Mali remercie le Mali.",
            "fr", "Moussa Traoré", "ML",
        ),
    ],
)  # fmt: skip
def test_offices_and_visits_beside_the_name(text: str, lang: str, name: str, country: str) -> None:
    assert countries(text, lang, [name]) == [country]


def test_ministers_come_in_the_order_of_the_title() -> None:
    title = "وزير البريد الكيني يبحث مع نظيره التونسي تعاون البريد"
    text = "اجتمع وزير البريد سامي بركات مع وزير البريد نبيل العتيبي أمس. وتتعاون كينيا وتونس."
    document = staged_document(text, "ar", title)
    assert [person(document, n).country for n in ("سامي بركات", "نبيل العتيبي")] == ["KE", "TN"]


@pytest.mark.parametrize(
    ("text", "lang", "name", "country"),
    [
        ("وترى الخبيرة ليلى بركات ذلك. وتتعاون كينيا وتونس، وتشكر تونس كينيا، وتزور تونس كينيا.", "ar", "ليلى بركات", None),
        ("L'économiste Oumou Diarra doute. Le Kenya et le Togo signent. Le Togo aime le Kenya.", "fr", "Oumou Diarra", None),
        ("وترى الخبيرة التونسية ليلى بركات ذلك. وتتعاون كينيا وتونس، وتشكر تونس كينيا.", "ar", "ليلى بركات", "TN"),
    ],
)
def test_an_expert_speaks_for_a_side_only_where_the_text_says_so(text: str, lang: str, name: str, country: str | None) -> None:
    assert countries(text, lang, [name]) == [country]


def test_an_envoy_is_not_of_the_country_that_receives_him() -> None:
    text = "وحضر السفير لدى كينيا سامي بركات. وتتعاون كينيا مع تونس، وتشكر كينيا تونس، وتفخر كينيا بذلك."
    assert countries(text, "ar", ["سامي بركات"]) == ["TN"]


def test_a_minister_who_leads_the_page_unmarked_is_of_its_own_country() -> None:
    text = (
        "أجرى وزير البيئة كريم بن عمر مباحثات مع وزير البيئة الكيني سامي بركات. ثم التقى الوزير وزير البيئة الفيتنامي فان مينه. "
        "وشكرت كينيا وفيتنام تونس، وتتعاون كينيا وفيتنام."
    )
    assert countries(text, "ar", ["كريم بن عمر", "سامي بركات"]) == ["TN", "KE"]


def test_a_page_written_abroad_marks_those_of_the_place() -> None:
    text = "الدوحة - بحثت وزيرة البيئة هند المنصور التعاون مع وزير البيئة القطري سامي بركات. وتتعاون تونس وقطر، وتشكر تونس قطر، وترحب قطر."
    assert countries(text, "ar", ["هند المنصور", "سامي بركات"]) == ["TN", "QA"]


def test_the_ministers_of_a_national_paper_are_of_its_country() -> None:
    text = "Le ministre de la Santé, Karim Belhaj, parle. La France et le Maroc signent. La France et le Maroc rient."
    assert countries(text, "fr", ["Karim Belhaj"], url="https://www.hespress.com/a.html") == ["MA"]
    assert countries(text, "fr", ["Karim Belhaj"], url="https://www.lemonde.fr/a.html") == ["FR"]


def test_the_countrys_minister_is_of_the_country_just_named() -> None:
    text = (
        "Mr Ali Haddad went to Kenya, where he met the country's health minister, Amina Saleh. "
        "Tunisia and Ghana work. Tunisia and Ghana rest."
    )
    assert countries(text, "en", ["Amina Saleh"]) == ["KE"]


def test_a_national_paper_leaves_its_own_headline_figures_unmarked() -> None:
    title = "Olivia Carter urges allies to help Kenya"
    text = "Olivia Carter spoke in Kenya. Kenya and the UK work. Ghana helps Kenya, and so does the UK."
    document = staged_document(text, "en", title, url="https://www.bbc.com/a")
    assert person(document, "Olivia Carter").country == "GB"
    elsewhere = staged_document(text, "en", title, url="https://example.com/a")
    assert person(elsewhere, "Olivia Carter").country == "KE"


def test_a_branch_abroad_is_not_of_the_place_where_it_sits() -> None:
    text = "وقعت الوكالة السويدية للتنمية الاتفاق. وحضر رئيس مكتب الوكالة بتونس هادي بن عمر."
    assert countries(text, "ar", ["هادي بن عمر"]) == ["SE"]


def test_a_digest_tells_the_country_before_each_paragraph() -> None:
    text = "Paris: Minister Awa Fall resigned.\n\nRabat: Minister Fatou Sarr spoke.\n\nDakar: Minister Tom Reed left."
    assert countries(text, "en", ["Awa Fall", "Fatou Sarr", "Tom Reed"]) == ["FR", "MA", "SN"]


def test_officials_named_behind_their_international_organisation_have_no_country() -> None:
    text = "The African Union's commissioner for infrastructure and energy, Tom Reed, met Kenya's team. Kenya and Ghana agreed."
    assert countries(text, "en", ["Tom Reed"]) == [None]


def test_a_headline_of_counterparts_tells_the_sides_of_a_lead_without_nationalities() -> None:
    text = (
        "وزير البريد الموريتاني يبحث مع نظيره الأردني آفاق الشراكة.\n\nاجتمع وزير البريد، الدكتور سامي بركات، مع وزير البريد هيثم الرواس، "
        "خلال أعمال ندوة تستضيفها الكويت."
    )
    assert countries(text, "ar", ["سامي بركات", "هيثم الرواس"]) == ["MR", "JO"]
    french = (
        "La ministre gabonaise de la Poste reçoit son homologue togolais.\n\nLa ministre de la Poste, Awa Mba, s'est entretenue avec "
        "le ministre des Postes, Kossi Adé, à Kigali."
    )
    assert countries(french, "fr", ["Awa Mba", "Kossi Adé"]) == ["GA", "TG"]


def test_talks_between_two_nations_tell_the_side_of_who_meets_one_of_them() -> None:
    text = "عقدت وزيرة الطاقة هند المنصور مباحثات مع وزير الطاقة الكيني سامي بركات في الكويت. وأكد اللقاء متانة الشراكة التونسية الكينية."
    assert countries(text, "ar", ["هند المنصور", "سامي بركات"]) == ["TN", "KE"]


def test_two_nationalities_joined_by_and_are_two_others() -> None:
    text = (
        "تحادث الوزير مع نظيريه التنزاني والكيني. وأجرى وزير العدل نادر السيابي، مباحثات مع وزير العدل الكيني سامي بركات. وتشكر عمان "
        "كينيا. وتتعاون عمان وكينيا."
    )
    assert countries(text, "ar", ["نادر السيابي"]) != ["TZ"]


@pytest.mark.parametrize(
    ("text", "lang", "names"),
    [
        ("The ministers of Kenya and Rwanda, James Otieno and Claire Uwase, met in Nairobi.", "en", ["James Otieno", "Claire Uwase"]),
        ("Les ministres kényan et rwandais du Numérique, James Otieno et Claire Uwase, ont signé.", "fr", ["James Otieno", "Claire Uwase"]),
        ("اجتمع وزراء الرقمنة في كينيا ورواندا، كريم الجزيري وأحمد بن زايد، في نيروبي.", "ar", ["كريم الجزيري", "أحمد بن زايد"]),
    ],
)
def test_several_in_one_office_are_of_its_countries_in_order(text: str, lang: str, names: list[str]) -> None:
    assert countries(text, lang, names) == ["KE", "RW"]


def test_an_ambassador_and_another_are_of_no_two_countries_in_order() -> None:
    text = "The ambassador of Kenya to Rwanda, James Otieno, and Claire Uwase, a teacher, spoke. Kenya thanked Rwanda. Kenya paid."
    assert countries(text, "en", ["James Otieno"]) == ["KE"]


@pytest.mark.parametrize(
    ("text", "lang", "name", "country"),
    [
        ("Le ministre Justin Zacko du Niger et son homologue Yaya Diatta du Mali ont signé.", "fr", "Yaya Diatta", "ML"),
        ("Michael Lado, Minister of Post, of the Republic of South Sudan, met Kenyans in Nairobi, Kenya.", "en", "Michael Lado", "SS"),
        ("شارك وزير البريد كريم الجزيري ممثلا عن الجمهورية التونسية في المؤتمر المنعقد بأبو ظبي في الإمارات.", "ar", "كريم الجزيري", "TN"),
    ],
)
def test_the_country_behind_a_name_or_office_says_the_side(text: str, lang: str, name: str, country: str) -> None:
    assert countries(text, lang, [name]) == [country]


def test_the_two_between_whom_something_is_tell_the_side_of_who_meets_a_counterpart() -> None:
    text = "التقى وزير البريد كريم الجزيري نظيره الأردني سامي بركات في برشلونة. وبحثا التعاون بين لبنان والأردن."
    assert countries(text, "ar", ["كريم الجزيري", "سامي بركات"]) == ["LB", "JO"]


def test_nobody_is_of_the_country_of_the_counterpart_met() -> None:
    text = "التقى الوزير كريم الجزيري نظيره الأردني سامي بركات في عمّان بالأردن. وشكر الأردن ضيوفه."
    assert countries(text, "ar", ["كريم الجزيري"]) != ["JO"]


def test_nobody_is_of_a_country_of_the_list_of_those_met() -> None:
    text = "Minister Peter Moreau spoke. Peter Moreau held meetings with ministers from Peru, Chile and Cuba. Peru thanked Chile."
    assert countries(text, "en", ["Peter Moreau"])[0] not in {"PE", "CL", "CU"}
