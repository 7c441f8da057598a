"""Where and when a happening took place, and what is only told beside it: frames, grounds, whose a body is."""

from __future__ import annotations

import pytest

from event_pages import only, read
from mithaq.annotate.events import find_candidates


@pytest.mark.parametrize(
    ("lang", "title", "body", "kind"),
    [
        (
            "fr",
            "La Tunisie et le Ghana signent un accord",
            "La Tunisie et le Ghana ont signé un accord de coopération numérique, en marge des travaux de la troisième conférence "
            "tenue lundi 6 mai 2024 à Accra.",
            "event",
        ),
        (
            "en",
            "Kenya and Ghana sign a memorandum",
            "Kenya and Ghana signed a memorandum of understanding on postal services on the sidelines of the regional forum held in Accra.",
            "event",
        ),
        (
            "ar",
            "وزير الاتصالات الأردني يستقبل نظيره الكيني",
            "استقبل وزير الاتصالات الأردني، في عمان اليوم، نظيره الكيني قبيل انطلاقة المنتدى الذي تحتضنه عمان.",
            "event",
        ),
    ],
)
def test_a_gathering_held_elsewhere_is_the_frame_of_what_is_told(lang: str, title: str, body: str, kind: str) -> None:
    document = read(lang, title, body)
    assert document.events
    assert kind not in {e.type for e in document.events}


def test_who_took_part_on_the_margins_of_a_summit_held_a_forum_of_its_own() -> None:
    document = read(
        "fr",
        "La Tunisie et le Ghana",
        "En marge du sommet, la Tunisie et le Ghana ont organisé le 6 mai 2024 à Accra un forum des jeunes pousses.",
    )
    assert only(document, "event").place == "Accra"


@pytest.mark.parametrize(
    ("lang", "title", "body", "when"),
    [
        (
            "ar",
            "كينيا وغانا في الفضاء",
            "يبدأ العمل في مايو 2031، وفق الاتفاقية الموقعة بين كينيا وغانا في مجال الأقمار الصناعية.",
            "2031-05",
        ),
        (
            "en",
            "Kenya and Ghana in space",
            "Work starts in May 2031 under the agreement signed between Kenya and Ghana on satellites.",
            "2031-05",
        ),
    ],
)
def test_an_accord_on_which_something_rests_is_signed_whatever_is_still_to_come(lang: str, title: str, body: str, when: str) -> None:
    document = read(lang, title, body)
    assert [t.value for t in document.times] == [when]
    agreements = [e for e, _ in find_candidates(document) if e.type == "agreement"]
    assert [(e.stage, e.date) for e in agreements] == [("signed", None)]


def test_tomorrow_is_still_to_come_on_a_page_without_a_date() -> None:
    document = read("en", "Kenya and Ghana meet", "Kenya and Ghana hold a workshop on postal codes in Accra tomorrow with 20 engineers.")
    training = only(document, "training")
    assert (training.stage, training.date, training.date_text) == ("planned", None, "tomorrow")


@pytest.mark.parametrize(
    ("lang", "title", "body", "place"),
    [
        ("ar", "وزيرة كينية في غانا", "سافرت وزيرة الاتصالات الكينية أمس إلى أكرا بغانا، في زيارة تلتقي خلالها نظيرها الغاني.", "أكرا"),
        ("en", "Kenyan minister in Ghana", "Kenya's minister paid a visit to Accra, Ghana, on 5 May 2024 to see the data centre.", "Accra"),
    ],
)
def test_of_a_town_and_its_country_the_town_is_the_place(lang: str, title: str, body: str, place: str) -> None:
    assert only(read(lang, title, body), "visit").place == place


def test_the_countries_of_two_ministries_are_no_place() -> None:
    document = read(
        "ar",
        "كينيا وغانا توقعان مذكرة تفاهم",
        "وقعت وزارة الاتصالات في كينيا ووزارة البريد في غانا، يوم 4 مايو 2024، مذكرة تفاهم في مجال البريد الرقمي.",
        bodies={"وزارة الاتصالات": "KE", "وزارة البريد": "GH"},
    )
    agreement = only(document, "agreement")
    assert agreement.parties == ("GH", "KE")
    assert agreement.place is None


@pytest.mark.parametrize(
    ("lang", "title", "body"),
    [
        ("en", "A law on chips", "In November, Kenya's president signed legislation on chips made by Ghana's firms."),
        ("fr", "Un décret sur les puces", "Le président du Kenya a signé un décret sur les puces des firmes du Ghana le 6 mai 2024."),
        ("ar", "أمر بشأن الرقائق", "وقع الرئيس الكيني يوم 4 مايو 2024 مرسوما بشأن الرقائق، ثم وقع مرسوما بشأن شركات غانا."),
    ],
)
def test_a_law_that_one_side_signs_is_no_accord(lang: str, title: str, body: str) -> None:
    assert not [e for e in read(lang, title, body).events if e.type == "agreement"]
