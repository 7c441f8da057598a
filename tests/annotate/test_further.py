"""The second of two accords, a renewal and what it renews, what was agreed to be signed, and follow-up reports, on short invented pages."""

from __future__ import annotations

import pytest

from event_pages import read
from mithaq.annotate.events import find_candidates
from mithaq.annotate.further import FURTHER
from mithaq.model import Document, Event


def _accords(document: Document) -> list[Event]:
    return [event for event in document.events if event.type == "agreement"]


@pytest.mark.parametrize(
    ("lang", "title", "body"),
    [
        (
            "en",
            "Kenya and Qatar sign two memoranda",
            "Kenya and Qatar signed two memoranda of understanding in Nairobi on 4 May 2024.\n"
            "The first, on postal codes, was signed by Grace Wanjiru. The second, on a data centre, was signed between Kenya and Qatar.",
        ),
        (
            "fr",
            "Le Togo et le Qatar signent deux mémorandums",
            "Le Togo et le Qatar ont signé le 4 mai 2024 à Lomé deux mémorandums d'entente sur le numérique.\n"
            "Le premier porte sur les codes postaux. Le second a été paraphé entre le Togo et le Qatar, et crée un centre de données.",
        ),
        (
            "ar",
            "الأردن وقطر يوقعان مذكرتي تفاهم",
            "وقع الأردن وقطر يوم 4 مايو 2024 في عمان مذكرتي تفاهم في المجال الرقمي.\n"
            "ووقع الثانية، وهي عن مركز بيانات، الأردن وقطر في اليوم نفسه.",
        ),
    ],
)
def test_the_second_of_two_accords_is_one_more(lang: str, title: str, body: str) -> None:
    document = read(lang, title, body)
    assert document.matches_of(FURTHER)
    found = _accords(document)
    assert len(found) == 2
    assert len({event.parties for event in found}) == 1


@pytest.mark.parametrize(
    ("lang", "title", "body"),
    [
        (
            "en",
            "Kenya and Qatar sign a memorandum",
            "Kenya and Qatar signed a memorandum of understanding in Nairobi on 4 May 2024.\nThe second round was signed off later.",
        ),
        (
            "ar",
            "الأردن وقطر يوقعان مذكرة تفاهم",
            "وقع الأردن وقطر يوم 4 كانون الثاني 2024 في عمان مذكرة تفاهم رقمية.\nووقع عن الأولى سامي نعيم وعن الثانية راشد الكبيسي.",
        ),
    ],
)
def test_a_second_round_month_or_company_is_no_second_accord(lang: str, title: str, body: str) -> None:
    assert len(_accords(read(lang, title, body))) == 1


def test_a_renewal_and_what_it_renews_are_two() -> None:
    document = read(
        "ar",
        "تجديد مذكرة البريد بين الأردن وقطر",
        "جدد الأردن وقطر، يوم 4 مايو 2024 في عمان، مذكرة التفاهم الموقعة في سبتمبر 2021 بشأن البريد الرقمي، لمدة عامين.",
    )
    assert {event.date for event in _accords(document)} == {"2024-05-04", "2021-09"}


def test_what_was_agreed_to_be_signed_is_planned() -> None:
    document = read(
        "ar",
        "مباحثات أردنية قطرية في عمان",
        "بحث وزير الاتصالات الأردني سامي نعيم مع نظيره القطري راشد الكبيسي، يوم 4 مايو 2024 في عمان، الحوسبة السحابية.\n"
        "وتم الاتفاق على توقيع مذكرة تفاهم بين الأردن وقطر في أكتوبر.",
        people={"سامي نعيم": "JO", "راشد الكبيسي": "QA"},
        published="2024-05-05",
    )
    assert [(event.stage, event.date) for event in _accords(document)] == [("planned", "2024-10")]


@pytest.mark.parametrize(
    ("title", "body", "stage"),
    [
        ("Work on link halted", "Crews laying the cable between Kenya and Qatar have stopped work since early May.", "suspended"),
        ("Ground broken for academy", "Kenya and Qatar laid the first stone of a cyber academy in Nairobi on 4 May 2024.", "launched"),
        ("Data centre slips", "The joint data centre of Kenya and Qatar slipped to June 2025, the two ministries said.", "planned"),
    ],
)
def test_follow_up_reports_tell_what_became_of_a_project(title: str, body: str, stage: str) -> None:
    projects = [event for event in read("en", title, body, published="2024-05-06").events if event.type == "project"]
    assert {event.stage for event in projects} == {stage}


@pytest.mark.parametrize(
    ("title", "body", "stages"),
    [
        (
            "موريتانيا وألمانيا توقعان مذكرة تفاهم",
            "وقع الأمين العام للوزارة سيدي ولد الزين، في نواكشوط يوم 16 ديسمبر 2022، مع مدير الوكالة الألمانية للتعاون كريستوف ماركو "
            "مذكرة تفاهم حول التحضير لتعاون رقمي بين موريتانيا وألمانيا.",
            {"signed"},
        ),
        ("موريتانيا وألمانيا تستعدان", "شرعت موريتانيا وألمانيا في إعداد مذكرة تفاهم رقمية بين موريتانيا وألمانيا.", {"planned"}),
    ],
)
def test_an_accord_about_a_preparation_is_signed(title: str, body: str, stages: set[str]) -> None:
    assert {event.stage for event in _accords(read("ar", title, body, published="2022-12-17"))} <= stages


def test_a_milestone_is_no_accord_and_what_will_be_in_service_no_visit() -> None:
    document = read(
        "en",
        "Cable lands in Tunisia",
        "The cable that links Tunisia and France has reached a major milestone, the two operators of Tunisia and France said.\n"
        '"It will be in service in France and Tunisia in October 2025," an operator said.',
        published="2025-03-01",
    )
    assert {event.type for event in document.events} & {"agreement", "visit"} == set()


@pytest.mark.parametrize(
    ("body", "date", "planned"),
    [
        ("Twenty engineers from Kenya completed a training course in Qatar in May.", "2025-05", False),
        ("Twenty engineers from Kenya hope to complete a training course in Qatar in May.", "2026-05", True),
    ],
)
def test_what_was_completed_in_may_was_completed_before_the_page(body: str, date: str, planned: bool) -> None:
    """Told on 25 November, the nearest May may be next year's: what is over was over in the last one."""
    told = find_candidates(read("en", "Kenya, Qatar", body, published="2025-11-25"))
    assert (date, planned) in {(event.date, event.stage == "planned") for event, _ in told if event.type == "training"}
