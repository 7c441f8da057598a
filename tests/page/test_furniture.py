"""The learned weights tell articles from furniture as well as the numbers in the documentation say."""

from __future__ import annotations

import json
from importlib.resources import files

import pytest

from mithaq.lexicon import load_lexicon
from mithaq.page import read_capture
from mithaq.page.features import read_facts
from mithaq.page.furniture import ALLOWED, choose_states, load_weights
from mithaq.page.plain import split_lines
from mithaq.text.calendar import read_dates
from mithaq.text.tokens import split_tokens

LEXICON = load_lexicon()
BODY = (
    "أعلنت وزارة الاقتصاد الرقمي، في بيان لها، أن الفريق التقني المشترك أنهى تركيب المحطات الثلاث في الجزيرة.\n"
    "وذكرت الوزارة أن المحطات ستوفر الإنترنت لعشرين مدرسة، وأن الفريق سيعود في الربيع لصيانة المحطات وتدريب المعلمين.\n"
)


def states(text: str, lang: str = "ar") -> list[str]:
    tokens = split_tokens(text)
    matches = LEXICON.find(tokens, lang, text)
    lines = split_lines(text, tokens, matches)
    return list(choose_states(lines, read_facts(text, lines, tokens, matches, read_dates(text, tokens, matches, lang), lang)))


def test_every_step_has_a_weight() -> None:
    weights = load_weights()
    assert {f"{a} {b}" for a, b in ALLOWED} == weights.steps.keys()
    assert {"above", "body"} == weights.starts.keys()


@pytest.mark.parametrize("line", ["القائمة | تسجيل الدخول", "فيسبوك | واتساب | طباعة", "جميع الحقوق محفوظة", "الأكثر قراءة", "مشاهدات: 91"])
def test_furniture_lines_around_an_article_stay_out_of_it(line: str) -> None:
    assert states(line + "\n" + BODY + line) == ["above", "body", "body", "below"]


def test_share_inside_participation_is_not_furniture() -> None:
    # A substring cue would delete this line: شارك stands inside المشاركة.
    text = BODY + "وتمت المشاركة في المعرض من طرف ثلاثين شركة ناشئة من البلدين، وشارك في الافتتاح سفير الجزيرة وعدد من الطلبة.\n"
    assert states(text) == ["body"] * 3


def test_a_short_list_inside_an_article_belongs_to_it() -> None:
    last = "وختم الوزير زيارته إلى الجزيرة بلقاء مع المعلمين، وأكد أن تدريب المعلمين سيتواصل في جميع المدارس خلال السنة المقبلة.\n"
    text = BODY + "وتشمل المحطات المواقع التالية:\n- مدرسة الميناء\n- مدرسة الوادي\n- مدرسة الجبل\n" + last
    assert states(text) == ["body"] * 7


def test_nothing_is_an_empty_page_of_lines() -> None:
    assert choose_states((), ()) == ()


def test_the_packaged_pages_are_split_as_their_gold_says() -> None:
    """Body characters of the packaged pages: F1 at least .97 (they are among the pages the weights were learned from)."""
    tp = fp = fn = 0
    for file in (files("mithaq") / "knowledge" / "demo").iterdir():
        if not file.name.endswith(".json") or file.name.endswith(".meta.json"):
            continue
        gold = json.loads(file.read_text("utf-8"))
        data = (files("mithaq") / "knowledge" / "demo" / file.name.replace(".json", ".txt")).read_bytes()
        document = read_capture(data, path=file.name, lexicon=LEXICON)
        waste = set(gold["furniture"])
        good = set(range(*gold["body"]))
        for segment in document.segments:
            if document.text[segment.start : segment.end] in waste:
                good -= set(range(segment.start, segment.end))
        good = {i for i in good if not document.text[i].isspace()}
        got = {i for s in document.segments if s.kind == "body" for i in range(s.start, s.end) if not document.text[i].isspace()}
        tp, fp, fn = tp + len(got & good), fp + len(got - good), fn + len(good - got)
    assert 2 * tp / (2 * tp + fp + fn) >= 0.97


def test_teasers_cut_off_below_an_article_are_other_stories() -> None:
    teasers = (
        "تراجعت أسعار السمك في أسواق الجملة بعد أسبوع من الارتفاع، وقال تجار إن...\n"
        "أعلنت شركة النقل عن فتح خط جديد بين الميناء والمطار ابتداء من...\n"
    )
    assert states(BODY + teasers) == ["body", "body", "below", "below"]


def test_a_crawlers_date_and_hashtags_are_no_headline() -> None:
    text = "date 2026-04 تركيب ثلاث محطات للإنترنت في الجزيرة\n#الجزيرة #إنترنت #مدارس\n" + BODY
    document = read_capture(text.encode(), path="p.txt", lexicon=LEXICON)
    assert document.title == "تركيب ثلاث محطات للإنترنت في الجزيرة"
    assert [s.kind for s in document.segments].count("body") == 2


def test_a_publishing_tools_code_is_no_article() -> None:
    text = "تركيب ثلاث محطات للإنترنت في الجزيرة\n[vc_row][vc_column]\n" + BODY + '[caption id="7" width="600"]\n'
    document = read_capture(text.encode(), path="p.txt", lexicon=LEXICON)
    assert not any("[" in document.text[s.start : s.end] for s in document.segments if s.kind in ("body", "title"))


def test_rights_that_a_conference_speaks_of_are_no_notice() -> None:
    text = (
        "مؤتمر حقوق الملكية الفكرية والبرمجيات في لشبونة\n"
        "شارك وفد من معهد البرمجيات في مؤتمر عن حقوق الملكية الفكرية احتضنته لشبونة على مدى يومين بحضور خبراء.\n"
        "وقال رئيس الوفد إن المعهد يعد دليلا لحقوق النشر الرقمي، وإن الخبراء عرضوا تجارب بلدانهم في حماية البرمجيات.\n"
        "جميع الحقوق محفوظة\n"
    )
    document = read_capture(text.encode(), path="p.txt", lexicon=LEXICON)
    assert document.title == "مؤتمر حقوق الملكية الفكرية والبرمجيات في لشبونة"
    assert [document.text[s.start : s.end].strip() for s in document.segments if s.kind == "notice"] == ["جميع الحقوق محفوظة"]
