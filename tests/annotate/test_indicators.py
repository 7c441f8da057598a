"""Cited figures on short invented texts: value, unit, bound, whose they are, and what is no figure."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from mithaq.annotate import indicators as indicators_stage
from mithaq.annotate.indicators import find_candidates, find_indicators
from mithaq.annotate.times import find_times
from mithaq.lexicon import load_lexicon
from mithaq.lexicon.weighing import likelihood_of, load_scales
from mithaq.model import Body, Document, Evidence, Indicator, Person, Statement
from staged_documents import matched_document

LEXICON = load_lexicon()


def read(lang: str, text: str) -> Document:
    document = matched_document(text, lang)
    return replace(document, times=find_times(document, LEXICON))


def indicators(lang: str, text: str) -> list[Indicator]:
    return list(find_indicators(read(lang, text), LEXICON))


@pytest.mark.parametrize(
    ("lang", "text", "value", "unit"),
    [
        ("ar", "وبلغت نسبة التغطية ٩٢٫٥ بالمائة من القرى.", 92.5, "%"),
        ("ar", "وتبلغ كلفة المحطة 7,5 ملايين دولار.", 7.5e6, "USD"),
        ("ar", "وتصل قدرة المركز إلى 2 غيغاواط في مرحلته الأخيرة.", 2000, "MW"),
        ("ar", "ويمتد الكابل على طول 640 كيلومترا.", 640, "km"),
        ("ar", "وتبلغ سعة الوصلة 20 تيرابت في الثانية.", 20000, "Gbit/s"),
        ("ar", "وجاء البلد في المرتبة الحادية عشرة عربيا.", 11, "rank"),
        ("ar", "وسيدرب المعهد خمسة وثلاثين مهندسا من الجنوب.", 35, "count"),
        ("fr", "Le taux d'accès atteint 71,4 % dans la capitale.", 71.4, "%"),
        ("fr", "Un prêt de 12 millions d'euros financera le réseau.", 12e6, "EUR"),
        ("fr", "Le pays occupe le 48e rang mondial.", 48, "rank"),
        ("fr", "Quarante-deux stagiaires ont suivi la formation.", 42, "count"),
        ("en", "The loan of $3.5 million covers the first phase.", 3.5e6, "USD"),
        ("en", "About 58 per cent of schools are online.", 58, "%"),
        ("en", "The data centre has a power of 18 MW.", 18, "MW"),
        ("en", "Twenty-six founders joined the mission.", 26, "count"),
    ],
)
def test_a_figure_has_a_value_and_a_unit(lang: str, text: str, value: float, unit: str) -> None:
    found = indicators(lang, text)
    assert [(i.value, i.unit) for i in found] == [(value, unit)]
    assert found[0].evidence.stands_in(text)
    assert found[0].name.strip()


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("ar", "وتنعقد الدورة 14 في مسقط."),
        ("ar", "وتنعقد الدورة الـ 26 لمجلس البلدات في 23 الجاري في مسقط."),
        ("ar", "وتأسست الهيئة تطبيقا لقانون 431 في مسقط."),
        ("ar", "ومدة الاتفاقية ثلاث سنوات."),
        ("ar", "وجاء البلد ضمن الفئة الأولى (95-100)."),
        ("ar", "ووقع العقد في 12 مارس 2024."),
        ("ar", "وصدر القرار رقم (57 / 30) وتاريخ 25 / 6 / 1436هـ."),
        ("ar", "وينعقد من 8 إلى 29 / 11 / 1433هـ في مسقط."),
        ("ar", "وتطورت وحدات فوسلان3 في الميناء."),
        ("ar", "وتضم مبادرة K7 وكالات الضرائب."),
        ("ar", "وأطلقت المركبة (نجمة 2) أمس."),
        ("fr", "Source · APX 108 · 119"),
        ("en", "Jos&#233; Bramo spoke."),
        ("fr", "L'article 17 du texte le permet."),
        ("fr", "L'accord est valable cinq ans."),
        ("fr", "La réunion s’ouvre mardi pour 48 heures à Oran."),
        ("fr", "Les deux ministres se sont revus."),
        ("en", "The licence covers 5G services."),
        ("en", "The two countries met in 2019."),
        ("en", "The pact runs for three years."),
    ],
)
def test_editions_durations_dates_bands_and_pairs_are_no_figures(lang: str, text: str) -> None:
    assert indicators(lang, text) == []


@pytest.mark.parametrize(
    ("text", "comparator"),
    [
        ("ويستفيد من البرنامج أكثر من 400 طالب.", ">="),
        ("ويستفيد من البرنامج نحو 400 طالب.", "~"),
        ("ويستفيد من البرنامج 400 طالب.", "="),
    ],
)
def test_a_bound_before_a_figure_is_kept(text: str, comparator: str) -> None:
    assert [i.comparator for i in indicators("ar", text)] == [comparator]


def test_a_band_of_ranks_is_at_most_that_rank_of_its_group() -> None:
    (found,) = indicators("ar", "وصنف البلد ضمن أفضل خمس دول عربية في هذا الباب.")
    assert (found.value, found.unit, found.comparator, found.group) == (5, "rank", "<=", "Arab states")


def test_to_top_is_to_be_first() -> None:
    (found,) = indicators("ar", "وقد تصدرت السنغال إفريقيا في جودة الخدمات.")
    assert (found.value, found.unit, found.group, found.country) == (1, "rank", "Africa", "SN")


def test_a_shared_currency_is_that_of_the_nation_beside_it() -> None:
    assert [i.unit for i in indicators("ar", "وتبلغ قيمة العقد مليون دينار كويتي.")] == ["KWD"]
    assert [i.unit for i in indicators("fr", "Au Sénégal, le coût atteint 40 millions de FCFA.")] == ["XOF"]


def test_what_is_counted_tells_whose_figure_it_is() -> None:
    (found,) = indicators("ar", "وسيستقبل المعهد اثني عشر مهندسا سنغاليا.")
    assert (found.value, found.country) == (12, "SN")


def test_an_index_has_its_publisher() -> None:
    text = "وحصلت السنغال على 71.5 في المائة في مؤشر الأمن السيبراني للاتحاد الدولي للاتصالات."
    document = read("ar", text)
    name = Evidence.of(text, text.index("للاتحاد"), len(text) - 1)
    document = replace(document, bodies=(Body(name="الاتحاد الدولي للاتصالات", mentions=(name,), kind="io", code="ITU"),))
    (found,) = find_indicators(document, LEXICON)
    assert found.publisher == "الاتحاد الدولي للاتصالات"
    assert "مؤشر الأمن السيبراني" in found.name
    assert found.country == "SN"


def test_the_claimant_is_who_says_it() -> None:
    text = "Sara Holt said that 58 per cent of schools are online."
    words = "58 per cent of schools are online"
    start = text.index(words)
    said = Statement(kind="achievement", evidence=Evidence.of(text, start, start + len(words)), speaker="Sara Holt", country="NZ")
    (found,) = find_indicators(replace(read("en", text), statements=(said,)), LEXICON)
    assert (found.claimant, found.country) == ("Sara Holt", "NZ")
    (alone,) = find_indicators(replace(read("en", text), outlet="Harbour Daily"), LEXICON)
    assert alone.claimant == "Harbour Daily"


def test_what_a_firm_promises_is_of_the_country_that_the_page_is_about() -> None:
    text = "Kenya gains. Lagoon Bytes will train 40 farmers, Sara Holt said. Kenya waits, and Kenya hopes."
    firm = Body(name="Lagoon Bytes", mentions=(evidence_of(text, "Lagoon Bytes"),), kind="company", country="NZ")
    speaker = Person(name="Sara Holt", mentions=(evidence_of(text, "Sara Holt"),), country="NZ", body=firm.name)
    page = replace(read("en", text), bodies=(firm,), people=(speaker,))
    words = evidence_of(text, "Lagoon Bytes will train 40 farmers")
    for kind, country in (("commitment", "KE"), ("achievement", "NZ")):
        said = Statement(kind=kind, evidence=words, speaker="Sara Holt", country="NZ")
        (found,) = find_indicators(replace(page, statements=(said,)), LEXICON)
        assert found.country == country


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Kenya and Jordan met. Kenya and Kenya hope. The link costs 9 million naira.", "NG"),
        ("Kenya and Jordan met. Kenya and Kenya hope. The link costs 9 million dollars.", "KE"),
    ],
)
def test_money_in_which_one_country_counts_is_that_country_s(text: str, country: str) -> None:
    (found,) = find_indicators(read("en", text), LEXICON)
    assert (found.value, found.country) == (9e6, country)


def test_what_is_to_come_is_not_of_whoever_spoke_before() -> None:
    text = "Kenya hopes, Kenya waits. Sara Holt of New Zealand praised it. It will train 40 farmers."
    praise, promise = evidence_of(text, "praised it"), evidence_of(text, "It will train 40 farmers")
    before = Statement(kind="appraisal", evidence=praise, speaker="Sara Holt", country="NZ")
    for kind, country in (("commitment", "KE"), ("achievement", "NZ")):
        said = Statement(kind=kind, evidence=promise)
        (found,) = find_indicators(replace(read("en", text), statements=(before, said)), LEXICON)
        assert found.country == country


def evidence_of(text: str, words: str) -> Evidence:
    return Evidence.of(text, text.index(words), text.index(words) + len(words))


def test_the_year_beside_a_figure_is_its_year() -> None:
    (found,) = indicators("en", "Traffic reached 58 per cent of the target in 2023.")
    assert found.year == 2023


def test_the_rank_before_is_a_rank_too() -> None:
    found = indicators("fr", "Le pays passe au 48e rang mondial, contre le 61e en 2022.")
    assert [(i.value, i.unit) for i in found] == [(48, "rank"), (61, "rank")]


def test_the_same_figure_told_twice_is_one() -> None:
    found = indicators("en", "The school trained 40 teachers. Of the 40 teachers, all passed.")
    assert [i.value for i in found] == [40]


PIECES = ("12", "97,5", "%", "مليون", "دولار", "المرتبة", "الثالثة", "عربيا", "مهندسا", "million", "euros", "rang", "km", "2024", ".")


@settings(max_examples=80, deadline=None)
@given(lang=st.sampled_from(["ar", "fr", "en"]), pieces=st.lists(st.sampled_from(PIECES), min_size=1, max_size=20))
def test_every_figure_rests_on_its_words(lang: str, pieces: list[str]) -> None:
    text = " ".join(pieces)
    for found in indicators(lang, text):
        assert found.evidence.stands_in(text)
        assert found.name and found.unit and found.value == found.value


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("ar", "3 - الموافقة على تنظيم هيئة البريد."),
        ("en", "The 61-year-old engineer opened the centre."),
        ("ar", "ودامت الجلسة خمس ساعات."),
        ("ar", "ويستمر البرنامج 18 شهراً."),
    ],
)
def test_item_numbers_ages_and_durations_are_no_figures(lang: str, text: str) -> None:
    assert not indicators(lang, text)


def test_the_whole_of_a_part_is_not_claimed() -> None:
    assert [i.value for i in indicators("ar", "ورقمنت الوزارة 52 خدمة من أصل 240.")] == [52]


def test_hours_of_recordings_are_things_and_scale_words_may_be_hyphened() -> None:
    assert [i.value for i in indicators("ar", "وسيرقمن المركز 36 ألف ساعة من التسجيلات.")] == [36_000]
    assert [(i.value, i.unit) for i in indicators("en", "The bank gave a $7.5-million loan.")] == [(7.5e6, "USD")]


def test_counted_people_are_more_likely_figures_than_two_pens() -> None:
    judge = load_scales("indicators")
    pens, engineers = (find_candidates(read("en", text))[0][1] for text in ("It took two pens.", "It trained 1,250 young engineers."))
    assert likelihood_of(pens, judge) < 0.5 < likelihood_of(engineers, judge)


def test_what_is_below_the_threshold_is_no_figure(monkeypatch: pytest.MonkeyPatch) -> None:
    document = read("en", "It took two pens.")
    monkeypatch.setattr(indicators_stage, "load_scales", lambda name: load_scales(name).__class__("", -9.0, 0.5, {}))
    assert find_candidates(document)
    assert not find_indicators(document, LEXICON)


def test_a_currency_on_another_line_is_not_that_of_a_number() -> None:
    text = "The agency paid the whole bill, he said.\n\nUS $\n\n640,000 tablets were bought for the schools of the coast this year.\n"
    document = read("en", text)
    [sentence] = [s for s in document.sentences if "tablets" in text[s.start : s.end]]
    found = find_indicators(replace(document, sentences=(sentence,)), LEXICON)
    assert all(sentence.start <= one.evidence.start and one.evidence.end <= sentence.end for one in found)
    assert "USD" not in {one.unit for one in found}


def test_a_name_ends_before_its_year() -> None:
    assert [(i.name, i.year) for i in indicators("ar", "وحصل البلد على 81 في المائة في مؤشر النضج الرقمي لعام 2025.")] == [
        ("مؤشر النضج الرقمي", 2025)
    ]
