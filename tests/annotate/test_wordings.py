"""Who speaks when no name of the page does: offices, common nouns, capitals, the other side of which a speaker tells."""

from __future__ import annotations

import re

import pytest
from msgspec.structs import replace

from mithaq.annotate.statements import find_statements
from mithaq.annotate.view import View
from mithaq.annotate.wordings import Beside, by_city, by_common_noun
from mithaq.lexicon import load_lexicon
from mithaq.model import Body, Evidence, Person
from staged_documents import matched_document

LEXICON = load_lexicon()


def spoken(
    lang: str, text: str, people: dict[str, str] | None = None, bodies: dict[str, str] | None = None
) -> list[tuple[str | None, str | None]]:
    """Return speaker and country of each statement of a page of which *people* and *bodies* are known, with their countries."""

    def places(words: str) -> tuple[Evidence, ...]:
        return tuple(Evidence.of(text, m.start(), m.end()) for m in re.finditer(re.escape(words), text))

    document = replace(
        matched_document(text, lang),
        people=tuple(Person(name=n, mentions=places(n), country=c) for n, c in (people or {}).items()),
        bodies=tuple(Body(name=n, mentions=places(n), kind="public_body", country=c) for n, c in (bodies or {}).items()),
    )
    return [(s.speaker, s.country) for s in find_statements(document, LEXICON)]


@pytest.mark.parametrize(
    ("lang", "text", "speaker"),
    [
        ("ar", "وأكد سالم الكندي أن العمل متواصل. وطالبت الرباط بتمويل إضافي للشبكة.", ("الرباط", "MA")),
        ("fr", "Lomé a réclamé trente ingénieurs pour la fibre.", ("Lomé", "TG")),
        ("en", "Kigali has asked for thirty engineers to run the exchange.", ("Kigali", "RW")),
        ("ar", "وقال مسؤول في الوزارة إن القرى تنقصها أبراج اتصال كثيرة.", ("مسؤول في الوزارة", None)),
        ("ar", "ونقلت صحيفة محلية عن خبير في الملاحة قوله إن الميناء بحاجة إلى أجهزة رصد جديدة.", ("خبير في الملاحة", None)),
        ("ar", "وأوضح سالم الكندي أن العمل متواصل. وأكدت اللجنة أنها بحاجة إلى مدربين في أمن الشبكات.", ("اللجنة", None)),
        ("en", "Sara Holt left early. The government has asked for thirty engineers to run the exchange.", ("The government", None)),
    ],
)
def test_words_tell_who_speaks_where_no_name_does(lang: str, text: str, speaker: tuple[str, str | None]) -> None:
    assert spoken(lang, text, {n: "OM" for n in ("سالم الكندي", "Sara Holt") if n in text})[-1] == speaker


def test_a_common_noun_means_the_body_so_named_before() -> None:
    text = "حضر سالم الكندي من هيئة الموانئ. وأكدت الهيئة أنها بحاجة إلى مدربين في أمن الشبكات."
    assert spoken("ar", text, {"سالم الكندي": "OM"}, {"هيئة الموانئ": "OM"}) == [("هيئة الموانئ", "OM")]
    text = "Sara Holt came from the Ministry of Ports. The ministry said the town needs forty engineers."
    assert spoken("en", text, {"Sara Holt": "NZ"}, {"Ministry of Ports": "NZ"}) == [("Ministry of Ports", "NZ")]


def test_a_noun_that_names_a_new_company_stands_for_none() -> None:
    view = View(matched_document("أعلنت الشركة المصنعة للكابل عن بدء العمل", "ar"))
    assert by_common_noun(view, Beside(1, 6), []) is None


def test_a_city_with_a_preposition_or_no_capital_speaks_for_nobody() -> None:
    for lang, text, index in (
        ("ar", "وأكد بالرباط أن العمل متواصل", 1),
        ("en", "Talks in Kigali said little", 2),
        ("fr", "Marseille réclame", 0),
    ):
        assert by_city(View(matched_document(text, lang)), index) is None


def test_what_the_other_side_offers_is_its_own_words() -> None:
    text = "وقال سالم الكندي إن الجانب الكوري أبدى استعداده لتدريب عشرين مهندسا على نفقته."
    assert spoken("ar", text, {"سالم الكندي": "OM"}) == [("الجانب الكوري", "KR")]
    text = "وقال سالم الكندي إن الجانب العماني أبدى استعداده لتدريب عشرين مهندسا على نفقته."
    assert spoken("ar", text, {"سالم الكندي": "OM"}) == [("سالم الكندي", "OM")]


def test_a_surname_may_come_first_and_an_official_of_a_nation_is_who_spoke_before() -> None:
    text = "حضر هان سيونغ تايك الحفل. وأكد هان أن المعهد بحاجة إلى مدربين في أمن الشبكات."
    assert spoken("ar", text, {"هان سيونغ تايك": "KR"}) == [("هان سيونغ تايك", "KR")]
    text = "وقال سالم الكندي إن المعهد بحاجة إلى مدربين في أمن الشبكات، وحضر اللقاء ناصر الحبسي. وأشاد المسؤول العماني بجودة العمل."
    assert spoken("ar", text, {"سالم الكندي": "OM", "ناصر الحبسي": "OM"})[-1] == ("سالم الكندي", "OM")


@pytest.mark.parametrize(
    ("lang", "text", "kind", "speaker"),
    [
        ("ar", "واتهمت وارسو الشركة ببيع بيانات زبائنها دون علمهم.", "appraisal", None),
        ("ar", "وقال سالم الكندي إن العمل متواصل. وحظرت الحكومة الأسترالية على وكالاتها شراء الكاميرات.", "refusal", None),
        ("fr", "Les autorités considèrent ce registre comme un modèle de rigueur.", "appraisal", "Les autorités"),
        ("en", "Sara Holt also sought partnerships for the training of nurses.", "need", "Sara Holt"),
    ],
)
def test_verbs_of_blame_bans_and_asking_tell_what_is_said(lang: str, text: str, kind: str, speaker: str | None) -> None:
    document = matched_document(text, lang)
    names = [n for n in ("سالم الكندي", "Sara Holt") if n in text]
    people = tuple(Person(name=n, mentions=(Evidence.of(text, text.index(n), text.index(n) + len(n)),), country="NZ") for n in names)
    found = [(s.kind, s.speaker) for s in find_statements(replace(document, people=people), LEXICON)]
    assert found and found[-1][0] == kind and speaker in (None, found[-1][1])
