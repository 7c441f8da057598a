"""Parties, places and stages that small words decide: who visits whom, what is put off, in which sense a verb stands."""

from __future__ import annotations

import pytest

from event_pages import only, read
from mithaq.annotate.events import find_candidates
from mithaq.model import Document


def parties(document: Document, kind: str) -> list[tuple[str, ...]]:
    return sorted(event.parties for event in document.events if event.type == kind)


def test_each_country_visited_is_a_visit_of_its_own() -> None:
    document = read(
        "fr",
        "Le ministre Ali Bongo en tournée",
        "Le ministre tunisien Ali Haddad effectuera une visite officielle au Kenya et au Ghana, les 16 et 17 mai 2026.",
        people={"Ali Haddad": "TN"},
        published="2026-05-10",
    )
    assert parties(document, "visit") == [("GH", "TN"), ("KE", "TN")]


def test_who_visits_is_named_before_the_goal_and_no_union() -> None:
    document = read(
        "en",
        "Tunisia and Malta cooperate",
        "Minister Ali Haddad concluded an official visit to Malta on 12 May 2026, where the European Union was thanked by Malta.",
        people={"Ali Haddad": "TN"},
        bodies={"European Union": "EU"},
        published="2026-05-14",
    )
    assert only(document, "visit").parties == ("MT", "TN")


def test_a_capital_stands_for_its_government_but_not_as_the_place() -> None:
    body = "Kigali and Lusaka signed an agreement on postal services on 12 May 2026."
    assert only(read("en", "Accord on post", body, published="2026-05-13"), "agreement").parties == ("RW", "ZM")
    body = "Kenya and Ghana signed an agreement on postal services in Kigali on 12 May 2026."
    assert only(read("en", "Accord on post", body, published="2026-05-13"), "agreement").parties == ("GH", "KE")


def test_the_union_whose_summit_it_is_takes_no_part() -> None:
    document = read(
        "ar",
        "تونس وكينيا تتباحثان",
        "أجرى الوزير التونسي كريم الصغير والوزير الكيني سامي بركات مباحثات قبل القمة المقبلة لمنظمة البريد.",
        people={"كريم الصغير": "TN", "سامي بركات": "KE"},
        bodies={"منظمة البريد": "UPU"},
    )
    assert only(document, "meeting").parties == ("KE", "TN")
    assert [(p.a, p.b) for p in document.pairs] == [("KE", "TN")]


@pytest.mark.parametrize(
    ("lang", "body", "date"),
    [
        ("en", "The signing of an agreement between Oman and Malta, due today, has been postponed.", None),
        ("en", "The signing of an agreement between Oman and Malta, due on 12 May 2026, was postponed to 4 June 2026.", "2026-06-04"),
        ("ar", "أعلنت عُمان ومالطا تأجيل توقيع اتفاقية البريد، الذي كان مقررا في 12 مايو 2026، إلى الرابع من يونيو 2026.", "2026-06-04"),
    ],
)
def test_a_signing_put_off_is_one_planned_agreement(lang: str, body: str, date: str | None) -> None:
    agreement = only(read(lang, "News of the post", body, published="2026-05-11"), "agreement")
    assert (agreement.stage, agreement.date) == ("planned", date)


@pytest.mark.parametrize(
    "body",
    [
        "Malta and Oman said the firm had signed up 300 drivers.",
        "The plan of Malta and Oman was met with applause by 40 engineers.",
        "Malta and Oman must deal with the matter of the post in the course of May.",
        "The ship of Malta, named after an Omani poet, is old.",
        "The model of Malta and Oman was trained on 40 engineers' letters.",
    ],
)
def test_a_verb_in_another_sense_tells_nothing(body: str) -> None:
    assert read("en", "News of the post", body).events == ()


def test_a_currency_is_no_side() -> None:
    body = "Kenya gave Ghana a grant of US$2.3 million for postal services on 12 May 2026."
    document = read("en", "Kenya pays", body, published="2026-05-13")
    assert only(document, "funding").parties == ("GH", "KE")


def test_what_an_accord_is_about_is_not_cancelled_beside_it() -> None:
    body = "An accord between Kenya and Ghana on a joint data centre has been cancelled by mutual consent."
    document = read("en", "Kenya and Ghana", body)
    assert [(e.type, e.stage) for e, _ in find_candidates(document)] == [("agreement", "cancelled")]


def test_people_trained_may_be_named_far_before_the_verb() -> None:
    body = "Nineteen officers of the Botswana Postal Desk and of four district councils were trained in Francistown by Latvia in May 2026."
    training = only(read("en", "Latvia helps Botswana", body, published="2026-06-01"), "training")
    assert training.parties == ("BW", "LV")


def test_the_host_is_the_place() -> None:
    body = "تستضيف الرباط دورة تدريبية في البريد لفائدة 30 مهندسا كينيا ومغربيا في سبتمبر 2026."
    document = read("ar", "قمة البريد", body, published="2026-05-01")
    assert only(document, "training").place == "الرباط"


def test_each_journey_has_its_own_place() -> None:
    document = read(
        "fr",
        "Tournée asiatique",
        "Le ministre tunisien Ali Haddad a entamé le 18 mai 2026 une visite officielle au Kenya et au Ghana.",
        people={"Ali Haddad": "TN"},
        published="2026-05-19",
    )
    assert sorted((e.parties, e.place) for e in document.events) == [(("GH", "TN"), "Ghana"), (("KE", "TN"), "Kenya")]


@pytest.mark.parametrize(
    ("lang", "body"),
    [
        ("en", "The law of Malta and Oman on the electronic signature was read in May."),
        ("fr", "La loi de Malte et du Kenya sur la signature électronique, accord des juges, reste."),
        ("ar", "قرأ خبراء عُمان ومالطا قانون التوقيع الإلكتروني من أجل اتفاق أوسع."),
    ],
)
def test_the_technique_of_signing_signs_nothing(lang: str, body: str) -> None:
    assert [e.stage for e in read(lang, "News", body).events if e.type == "agreement" and e.stage == "signed"] == []


def test_a_signing_scheduled_is_planned_and_a_signed_draft_is_not() -> None:
    body = "Kenya announced the signing, scheduled for Wednesday, of a memorandum of understanding between Kenya and Ghana."
    assert only(read("en", "Kenya and Ghana", body), "agreement").stage == "planned"
    body = "After long talks the draft MoU between Kenya and Ghana was finalised and signed in Nairobi on 4 May 2026."
    assert {e.stage for e in read("en", "Kenya and Ghana", body, published="2026-05-05").events if e.type == "agreement"} == {"signed"}


def test_the_day_of_an_earlier_signing_is_not_that_of_the_approval() -> None:
    body = "The Cabinet approved the agreement between Kenya and Ghana. The agreement was signed on 15 December 2025 in Accra."
    approved = [e for e in read("en", "Cabinet approves agreement", body, published="2026-01-24").events if e.stage == "approved"]
    assert [e.date for e in approved] == [None]


def test_what_was_agreed_during_talks_is_no_second_meeting() -> None:
    document = read(
        "en",
        "Talks in Nairobi",
        "Minister Ali Haddad met his Kenyan counterpart Amina Saleh for talks, during which the two agreed to help farmers.",
        people={"Ali Haddad": "TN", "Amina Saleh": "KE"},
    )
    assert only(document, "meeting").stage == "held"
