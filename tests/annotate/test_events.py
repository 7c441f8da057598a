"""Events, groups and pairs on short invented pages of three languages."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import mithaq
from event_pages import LEXICON, only, read
from mithaq.annotate.events import find_events, find_pairs
from mithaq.pipeline import read_page


def test_title_lead_and_signers_tell_one_agreement() -> None:
    document = read(
        "ar",
        "تونس وغانا توقعان مذكرة تفاهم في البريد الرقمي",
        "وقعت تونس وغانا، يوم 4 مايو 2024 في أكرا، مذكرة تفاهم في مجال البريد الرقمي.\n"
        "ووقع المذكرة عن الجانب التونسي سامي بوزيان وعن الجانب الغاني كوفي أدوماكو.",
        people={"سامي بوزيان": "TN", "كوفي أدوماكو": "GH"},
    )
    agreement = only(document, "agreement")
    assert agreement.stage == "signed"
    assert agreement.parties == ("GH", "TN")
    assert agreement.date == "2024-05-04"
    assert agreement.place == "أكرا"
    assert set(agreement.people) == {"سامي بوزيان", "كوفي أدوماكو"}
    assert {r.role for r in agreement.roles if r.name == "كوفي أدوماكو"} == {"signatory"}
    assert [(p.a, p.b) for p in document.pairs] == [("GH", "TN")]


def test_received_minister_is_a_meeting_with_two_sides() -> None:
    document = read(
        "ar",
        "وزير الاتصالات الأردني يستقبل نظيره الكيني",
        "استقبل وزير الاتصالات الأردني نادر العبادي، في عمان يوم 9 يونيو 2023، وزير الاتصالات الكيني جوزيف موانغي، "
        "وبحثا التعاون في الأمن السيبراني.",
        people={"نادر العبادي": "JO", "جوزيف موانغي": "KE"},
    )
    meeting = only(document, "meeting")
    assert meeting.stage == "held"
    assert meeting.parties == ("JO", "KE")
    assert meeting.date == "2023-06-09"
    assert set(meeting.people) == {"نادر العبادي", "جوزيف موانغي"}


@pytest.mark.parametrize(
    ("lang", "title", "body"),
    [
        ("ar", "تشاور بين تونس وغانا", "لم توقع تونس وغانا أي مذكرة تفاهم في هذا المجال."),
        ("fr", "Tunis et Accra se parlent", "La Tunisie n'a pas signé d'accord avec le Ghana."),
        ("en", "Tunisia and Ghana talk shop", "Tunisia has not signed a memorandum with Ghana."),
    ],
)
def test_what_did_not_happen_is_no_event(lang: str, title: str, body: str) -> None:
    assert not [e for e in read(lang, title, body).events if e.type == "agreement"]


def test_a_frame_is_no_event() -> None:
    document = read(
        "fr",
        "La Tunisie et le Ghana signent un accord",
        "La Tunisie et le Ghana ont signé lundi 6 mai 2024 à Accra un accord de coopération numérique, "
        "en marge de la conférence sur les postes.",
    )
    assert not {e.type for e in document.events} & {"training", "visit"}


def test_patron_takes_no_part() -> None:
    document = read(
        "ar",
        "السنغال والكويت توقعان اتفاقية",
        "وقعت السنغال والكويت في داكار يوم 2 فبراير 2024 اتفاقية للتعاون الرقمي برعاية الرئيس عثمان جالو، ووقعها عن الكويت فهد العنزي.",
        people={"عثمان جالو": "SN", "فهد العنزي": "KW"},
    )
    agreement = only(document, "agreement")
    assert agreement.people == ("فهد العنزي",)
    assert {(r.name, r.role) for r in agreement.roles} >= {("عثمان جالو", "mentioned")}


def test_approval_and_earlier_signing_are_two() -> None:
    document = read(
        "fr",
        "Conseil des ministres : l’accord avec le Ghana adopté",
        "Le Conseil a adopté mardi 4 juin 2024 l’accord de coopération entre la Tunisie et le Ghana, signé à Accra le 6 mai 2024.",
    )
    found = {(e.stage, e.date) for e in document.events if e.type == "agreement"}
    assert ("approved", "2024-06-04") in found
    assert ("signed", "2024-05-06") in found


def test_suspended_and_planned_stages() -> None:
    document = read(
        "en",
        "Kenya and Jordan look at their deal",
        "Kenya and Jordan will sign a new memorandum of understanding on data centres in Amman in 2027. "
        "The earlier agreement with Jordan has been suspended since 3 March 2025, Kenya said.",
        published="2025-10-01",
    )
    assert {e.stage for e in document.events if e.type == "agreement"} == {"planned", "suspended"}


def test_a_deadline_is_no_date() -> None:
    document = read(
        "en",
        "Kenya and Jordan to sign memorandum",
        "Kenya and Jordan agreed to sign a memorandum of understanding on cloud services before 30 June 2026.",
        published="2025-10-01",
    )
    agreement = only(document, "agreement")
    assert agreement.stage == "planned"
    assert agreement.date is None
    assert agreement.date_text is not None


@pytest.mark.parametrize(
    ("words", "date", "stage"),
    [("signed in Amman on March 30", "2026-03-30", "signed"), ("signed in Amman in May", "2026-05", "signed")],
)
def test_what_was_signed_without_a_year_was_signed_before_the_page(words: str, date: str, stage: str) -> None:
    body = f"Jordan has trained thirty engineers under the memorandum {words} by Jordan and Kenya, the Jordanian ministry said."
    agreement = only(read("en", "Jordan and Kenya train engineers in cybersecurity", body, published="2026-11-14"), "agreement")
    assert (agreement.date, agreement.stage) == (date, stage)


def test_separate_counterparts_make_separate_events() -> None:
    document = read(
        "en",
        "Korea signs separate MoUs with Egypt and Ethiopia",
        "The Korean agency signed separate memoranda of understanding with Egypt and Ethiopia on land registers.",
    )
    assert {e.parties for e in document.events if e.type == "agreement"} == {("EG", "KR"), ("ET", "KR")}
    assert [(p.a, p.b) for p in document.pairs] == [("EG", "KR"), ("ET", "KR")]


def test_grant_has_its_amount_and_its_bank_is_a_party() -> None:
    document = read(
        "en",
        "World Bank grants Kenya $3 million for digital schools",
        "The World Bank granted Kenya a grant of $3 million for digital schools on 5 May 2024.",
        bodies={"World Bank": "WBG"},
    )
    funding = only(document, "funding")
    assert funding.parties == ("KE", "WBG")
    assert funding.amount is not None
    assert (funding.amount.value, funding.amount.currency) == (3_000_000, "USD")


def test_town_and_day_of_the_dateline_hold_for_the_lead() -> None:
    document = read(
        "fr",
        "Le Togo et le Rwanda signent un accord",
        "Kigali, 6 mai 2024 - Le Togo et le Rwanda ont signé un accord de coopération sur les registres fonciers.",
    )
    agreement = only(document, "agreement")
    assert (agreement.place, agreement.place_country, agreement.date) == ("Kigali", "RW", "2024-05-06")


def test_a_lead_that_only_sets_the_scene_lends_its_town() -> None:
    document = read(
        "ar",
        "الأردن وغانا يعززان علاقاتهما الرقمية",
        "عبر الأردن وغانا يوم 7 مايو 2024 بأكرا عن متانة علاقاتهما. "
        "وأجرى الوزير الأردني نادر العبادي مباحثات مع نظيره الغاني كوفي أدوماكو.",
        people={"نادر العبادي": "JO", "كوفي أدوماكو": "GH"},
    )
    meeting = only(document, "meeting")
    assert (meeting.place, meeting.date) == ("أكرا", "2024-05-07")


def test_the_two_ministers_are_those_named_before() -> None:
    document = read(
        "en",
        "Kenya and Jordan launch a portal",
        "Kenya's minister Joseph Mwangi and his Jordanian counterpart Nader Abbadi launched a joint portal in Nairobi on 3 June 2024. "
        "The two ministers then held a session of talks on cloud services.",
        people={"Joseph Mwangi": "KE", "Nader Abbadi": "JO"},
    )
    meeting = only(document, "meeting")
    assert set(meeting.people) == {"Joseph Mwangi", "Nader Abbadi"}


def test_postponed_is_planned_with_its_new_date() -> None:
    document = read(
        "en",
        "Jordanian delegation's visit to Kenya postponed",
        "The visit of a Jordanian delegation to Kenya has been postponed to 22 June 2026.",
        published="2026-05-06",
    )
    visit = only(document, "visit")
    assert (visit.stage, visit.date, visit.place_country) == ("planned", "2026-06-22", "KE")


def test_groups_have_size_and_country() -> None:
    document = read(
        "en",
        "Jordan and Kenya start a course",
        "Jordan will train about 40 Kenyan engineers in Amman in a course on cloud systems.",
    )
    (group,) = document.groups
    assert group.words == "about 40 Kenyan engineers"
    assert (group.size, group.approximate, group.country) == (40, True, "KE")


def test_pairs_without_events_come_from_relations() -> None:
    title = "Coopération entre la Tunisie et le Ghana"
    document = read("fr", title, "Le numérique est au cœur de la coopération entre la Tunisie et le Ghana.")
    assert not document.events
    assert [(p.a, p.b) for p in document.pairs] == [("GH", "TN")]


def test_every_event_says_why_and_rests_on_its_words() -> None:
    document = read(
        "ar",
        "المغرب والسنغال يطلقان منصة رقمية",
        "أطلق المغرب والسنغال، يوم 3 يناير 2024 بدكار، منصة رقمية مشتركة للتكوين. وزار وفد مغربي داكار في فبراير 2023.",
    )
    assert document.events
    for event in document.events:
        assert event.why
        assert event.evidence.stands_in(document.text)


VOCABULARY = (
    "وقع وقعت مذكرة تفاهم اتفاقية تونس المغرب في مع بين زيارة وفد قرض منحة تدريب 30 مهندسا مليون دولار لم يوم 2024 "
    "التقى استقبل أطلق منصة . ، « »"
)
WORDS = st.lists(st.sampled_from(VOCABULARY.split()), min_size=1, max_size=60)


@settings(max_examples=60, deadline=None)
@given(WORDS)
def test_any_order_of_event_words_gives_grounded_sorted_events(words: list[str]) -> None:
    document = read("ar", "تونس والمغرب", " ".join(words))
    again = find_events(document, LEXICON)
    assert document.events == again
    for event in document.events:
        assert event.evidence.stands_in(document.text)
        assert list(event.parties) == sorted(set(event.parties))
        assert event.date is None or event.date_text is not None
    assert all(a < b for a, b in pairwise((p.a, p.b) for p in document.pairs))
    assert all(group.evidence.stands_in(document.text) for group in document.groups)


def test_the_three_countries_are_those_enumerated_before() -> None:
    document = read(
        "en",
        "Kenya, Uganda and Rwanda plan a cable",
        "Ministers of Kenya, Uganda and Rwanda met in Kampala on 3 June 2024. The three countries signed an agreement on a shared cable.",
    )
    agreement = only(document, "agreement")
    assert agreement.parties == ("KE", "RW", "UG")
    assert {(p.a, p.b) for p in find_pairs(document, LEXICON)} == {("KE", "RW"), ("KE", "UG"), ("RW", "UG")}


def test_a_ministry_in_a_country_is_that_country_s() -> None:
    document = read(
        "ar",
        "السعودية توقع مع تشاد",
        "وقعت المملكة العربية السعودية في الرياض مذكرة تفاهم في مجال الاقتصاد الرقمي مع وزارة الاتصالات في جمهورية تشاد يوم 3 يونيو 2024.",
        bodies={"وزارة الاتصالات": "SA"},
    )
    assert only(document, "agreement").parties == ("SA", "TD")


def test_rivals_borders_and_languages_are_no_sides() -> None:
    document = read(
        "en",
        "Kenya signs with Jordan on digital courts",
        "Kenya and Jordan signed an agreement on digital courts, beating India and France. It is written in Portuguese and Arabic.",
    )
    assert [(p.a, p.b) for p in document.pairs] == [("JO", "KE")]


def test_a_lender_deals_with_all_who_act_together() -> None:
    document = read(
        "fr",
        "Le Mali, le Niger et le Tchad empruntent pour la fibre",
        "Le Mali, le Niger et le Tchad ont signé le 3 juin 2024 à Bamako un accord sur la fibre. "
        "La Banque africaine de développement accorde un prêt de 60 millions de dollars.",
        bodies={"Banque africaine de développement": "AfDB"},
    )
    assert only(document, "funding").parties == ("AfDB", "ML", "NE", "TD")
    assert {("AfDB", "ML"), ("AfDB", "NE"), ("AfDB", "TD")} <= {(p.a, p.b) for p in document.pairs}


def test_money_has_no_place_where_it_only_goes_to() -> None:
    document = read(
        "en",
        "Jordan to fund Kenyan data centre",
        "Jordan will invest $30 million in a data centre in Mombasa, which Kenya wants to open soon.",
    )
    assert only(document, "funding").place is None


def test_a_signature_told_later_has_the_town_of_the_news() -> None:
    document = read(
        "en",
        "Kenya and Jordan discuss digital courts in Amman",
        "Kenya's minister Amina Otieno held talks with her Jordanian counterpart Ali Otaibi in Amman. "
        "They spoke of land registers. Kenya and Jordan also signed a memorandum of understanding on digital courts.",
        people={"Amina Otieno": "KE", "Ali Otaibi": "JO"},
    )
    assert only(document, "agreement").place == "Amman"


def test_accords_with_several_counterparts_are_one_with_each() -> None:
    document = read(
        "en",
        "Kenya's cabinet meets",
        "Kenya's cabinet met in Nairobi under Kenya's president. It approved memoranda of understanding with Jordan, Finland and Malta.",
    )
    assert {e.parties for e in document.events if e.type == "agreement"} == {("JO", "KE"), ("FI", "KE"), ("KE", "MT")}


def test_trainees_named_in_passing_make_no_pairs() -> None:
    document = read(
        "en",
        "Kenya and Poland sign digital academy agreement",
        "Kenya and Poland signed an agreement on a cyber academy on 5 May 2024. "
        "Kenya and Poland will build the academy and Poland will lend Kenya $30 million. "
        "The academy will train officers from Uganda, Rwanda, Tanzania and Malawi every year.",
    )
    assert [(p.a, p.b) for p in document.pairs] == [("KE", "PL")]


@pytest.mark.parametrize(
    ("lang", "title", "body"),
    [
        ("fr", "Formation tunisienne au Sénégal", "Les agents du Sénégal ont reçu hier leur attestation du centre de Tunisie."),
        ("en", "Council of Ministers", "The Council of Ministers met on Wednesday to look at the port of Kenya and the road of Ghana."),
    ],
)
def test_receiving_certificates_or_a_cabinet_that_sits_is_no_meeting(lang: str, title: str, body: str) -> None:
    assert not [e for e in find_events(read(lang, title, body), LEXICON) if e.type == "meeting"]


@pytest.mark.parametrize(
    ("lang", "title", "body", "kind"),
    [
        ("ar", "مخبر مشترك لتونس وغانا", "دشنت تونس وغانا يوم 5 ماي 2026 المخبر المشترك للحوسبة في أكرا.", "project"),
        ("ar", "ورشات لتونس وغانا", "نظمت تونس لفائدة غانا ثلاث ورشات للأمن السيبراني استفاد منها 40 مهندسا.", "training"),
        ("en", "Kenya and Ghana open a service", "Kenya and Ghana launched a service for remote clinics on 5 May 2026.", "project"),
    ],
)
def test_laboratories_workshops_and_services_make_happenings(lang: str, title: str, body: str, kind: str) -> None:
    assert kind in {e.type for e in find_events(read(lang, title, body), LEXICON)}


def test_two_words_for_one_opening_make_one_event() -> None:
    page = Path(mithaq.__file__).parent / "knowledge" / "demo" / "ci-ma-04.txt"
    opened = [e for e in read_page(page).events if (e.type, e.stage) == ("project", "launched")]
    assert [e.parties for e in opened] == [("CI", "MA")]


def test_a_session_and_its_delegations_are_neither_training_nor_visit() -> None:
    document = read(
        "ar",
        "الأردن وكينيا يوقعان مذكرة تفاهم",
        "شهدت فعاليات الدورة الـ17 لمجلس الوزراء، يوم 9 يونيو 2023، توقيع مذكرة تفاهم بين الأردن وكينيا، بحضور رؤساء الوفود المشاركة.",
    )
    assert not {e.type for e in document.events} & {"training", "visit"}
