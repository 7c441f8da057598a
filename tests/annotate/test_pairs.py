"""Which sides deal with each other: not everybody who sits in one room, and not with each other when one side is the page's own."""

from __future__ import annotations

import pytest

from event_pages import read

ROOM = (
    (
        "ar",
        "القاهرة تستضيف المنتدى الإفريقي للهوية الرقمية",
        "انطلقت في القاهرة أمس أعمال المنتدى الإفريقي للهوية الرقمية بمشاركة وزراء الاتصالات في كينيا ورواندا وتنزانيا. "
        "وقال وزير الاتصالات المصري إن مصر تضع خبرتها في السجل المدني رهن إشارة المشاركين. وأضاف أن مصر ستنشئ مركزا للتدريب.",
    ),
    (
        "en",
        "Cairo hosts African forum on digital identity",
        "Egypt opened the African forum on digital identity in Cairo on Monday, attended by ministers of Kenya, Rwanda and Tanzania. "
        "Egypt said its civil registry was at the disposal of those present. Kenya asked for help with its own. "
        "Egypt will also open a training centre.",
    ),
)


@pytest.mark.parametrize(("lang", "title", "body"), ROOM)
def test_those_in_one_room_deal_with_the_host(lang: str, title: str, body: str) -> None:
    document = read(lang, title, body)
    assert {(p.a, p.b) for p in document.pairs} == {("EG", "KE"), ("EG", "RW"), ("EG", "TZ")}
    for pair in document.pairs:
        assert document.text[pair.evidence.start : pair.evidence.end] == pair.evidence.quote


def test_three_who_sign_together_deal_with_each_other() -> None:
    document = read(
        "fr",
        "Câble sous-marin : trois pays signent",
        "Le Ghana, le Togo et le Bénin ont signé mardi à Accra un accord de partenariat sur un câble sous-marin commun. "
        "Le Togo prendra en charge la station. Le Bénin financera l'étude. Le Ghana fournira les équipes.",
    )
    assert {(p.a, p.b) for p in document.pairs} == {("BJ", "GH"), ("BJ", "TG"), ("GH", "TG")}


def test_guests_deal_with_the_host_who_is_one_of_them() -> None:
    document = read(
        "en",
        "Kenya's minister meets those of Rwanda and Uganda",
        "The Kenyan minister met the Rwandan minister and the Ugandan minister in Nairobi on 4 May 2024. Rwanda thanked Kenya. "
        "Uganda thanked Kenya. The Rwandan side and the Ugandan side spoke of digital skills.",
    )
    assert {(p.a, p.b) for p in document.pairs} == {("KE", "RW"), ("KE", "UG")}


def test_the_town_before_a_report_is_no_side_of_it() -> None:
    document = read(
        "ar",
        "كينيا ترخص لمشغل ياباني",
        "دبي، الإمارات العربية المتحدة (وكالة) -- وقعت كينيا واليابان في نيروبي اتفاقا على كابل بحري. وقالت كينيا إن اليابان ستمول الكابل.",
    )
    assert {(p.a, p.b) for p in document.pairs} == {("JP", "KE")}


def test_a_language_is_no_side() -> None:
    document = read(
        "ar",
        "منصة بثلاث لغات",
        "وقعت كينيا واليابان في نيروبي اتفاقا على منصة تتوفر بثلاث لغات هي، العربية والإنجليزية والفرنسية. "
        "وقالت كينيا إن اليابان تمول المنصة.",
    )
    assert {(p.a, p.b) for p in document.pairs} == {("JP", "KE")}


def test_those_at_war_make_no_pair_of_the_page() -> None:
    document = read(
        "en",
        "Kenya and Japan sign on cyber defence",
        "Kenya and Japan signed an agreement on cyber defence in Nairobi on 4 May 2024. It was drafted after Russia's invasion of Ukraine. "
        "Kenya said Japan would train its engineers.",
    )
    assert {(p.a, p.b) for p in document.pairs} == {("JP", "KE")}


def test_the_town_on_a_line_of_its_own_is_no_side() -> None:
    document = read(
        "ar",
        "كينيا تطلب خبرة يابانية",
        "كينيا تطلب خبرة اليابان في الكابلات البحرية\nالقاهرة - صحيفة الساحل\nوقعت كينيا واليابان أمس اتفاقا على كابل بحري. "
        "وقالت كينيا إن اليابان ستمول الكابل.",
    )
    assert {(p.a, p.b) for p in document.pairs} == {("JP", "KE")}
