"""What is told twice is one happening, what is told of others is another: companies with companies, delegations, sessions."""

from __future__ import annotations

import pytest

from event_pages import only, read
from mithaq.annotate.events import find_candidates


@pytest.mark.parametrize(
    ("lang", "title", "body", "bodies"),
    [
        (
            "ar",
            "شركات كينية وغانية تتعاقد",
            "وقعت شركة سنابل اتفاقية مع شركة مدار لتشغيل البريد الرقمي. وأبرمت شركة سنابل مع شركة أفقكم عقدا مع الجمارك بقيمة مليون دولار.",
            {"سنابل": "KE", "مدار": "GH", "أفقكم": "GH"},
        ),
        (
            "en",
            "Kenyan and Ghanaian firms meet",
            "Karibu signed an agreement with Adwoa on postal codes. Tujenge signed a contract with Kwame Data on digital courts.",
            {"Karibu": "KE", "Adwoa": "GH", "Tujenge": "KE", "Kwame Data": "GH"},
        ),
        (
            "fr",
            "Des firmes du Kenya et du Ghana",
            "Karibu a signé un accord avec Adwoa sur le code postal. Tujenge a conclu un contrat avec Kwame Data sur les greffes.",
            {"Karibu": "KE", "Adwoa": "GH", "Tujenge": "KE", "Kwame Data": "GH"},
        ),
    ],
)
def test_accords_of_other_companies_are_other_accords(lang: str, title: str, body: str, bodies: dict[str, str]) -> None:
    agreements = [e for e in read(lang, title, body, bodies=bodies).events if e.type == "agreement"]
    assert [(e.stage, e.parties) for e in agreements] == [("signed", ("GH", "KE"))] * 2


def test_an_accord_told_again_by_one_of_its_bodies_is_one() -> None:
    document = read(
        "en",
        "Kenya and Ghana agree on postal codes",
        "Karibu signed an agreement with Adwoa on 4 May 2024. The agreement was signed by Karibu in the presence of Tujenge.",
        bodies={"Karibu": "KE", "Adwoa": "GH", "Tujenge": "KE"},
    )
    assert only(document, "agreement").date == "2024-05-04"


@pytest.mark.parametrize(
    ("lang", "title", "body"),
    [
        ("ar", "وزير كيني ووفد غاني", "بحث وزير الاتصالات الكيني، اليوم، مع وفد غاني برئاسة وزير البريد الغاني سبل التعاون."),
        ("ar", "وزير كيني يستقبل نظيره", "استقبل وزير الاتصالات الكيني، اليوم، نظيره الغاني والوفد المرافق له."),
        ("en", "Kenya's minister meets a team", "Kenya's minister held talks with a Ghanaian delegation led by Ghana's minister."),
        ("fr", "Le ministre kényan", "Le ministre du Kenya s'est entretenu lundi avec une délégation du Ghana sur les codes postaux."),
    ],
)
def test_a_delegation_with_whom_somebody_meets_makes_a_meeting_and_no_visit(lang: str, title: str, body: str) -> None:
    types = {e.type for e in read(lang, title, body).events}
    assert "meeting" in types
    assert "visit" not in types


def test_a_session_of_a_committee_by_its_number_is_no_training() -> None:
    document = read(
        "ar",
        "لجنة كينية غانية",
        "عقدت كينيا وغانا في أكرا يوم 4 مايو 2024 الدورة ال21 للجنة المشتركة لبحث البريد الرقمي.",
    )
    assert "training" not in {e.type for e in document.events}


def test_who_plans_to_enter_into_a_memorandum_has_planned_one() -> None:
    document = read("en", "Kenya and Ghana", "Kenya and Ghana plan to enter into a memorandum of understanding on postal codes.")
    assert only(document, "agreement").stage == "planned"


def test_what_was_held_a_year_before_is_another_meeting_than_the_news() -> None:
    document = read(
        "ar",
        "لجنة كينية غانية",
        "انطلقت اليوم في أكرا أشغال الدورة الثالثة للجنة الفنية المشتركة بين كينيا وغانا. "
        "ويأتي ذلك وفقا لتوصيات اللجنة العليا المشتركة التي انعقدت في نيروبي في مارس 2017.",
        published="2018-03-05",
    )
    meetings = {(e.place, e.date) for e in document.events if e.type == "meeting"}
    assert ("أكرا", "2018-03-05") in meetings
    assert ("أكرا", "2017-03") not in meetings


def test_an_accord_of_an_earlier_year_is_not_the_one_that_is_news() -> None:
    body = (
        "Kenya and Ghana opened a cable on Sunday. In March 2022 Kenya and Ghana signed an accord on towers in Accra.\n"
        "At noon Kenya and Ghana signed a memorandum on postal codes."
    )
    told = [e for e, _ in find_candidates(read("en", "Kenya, Ghana", body, published="2026-06-01")) if e.type == "agreement"]
    assert [e.date for e in told] == ["2022-03", None]
