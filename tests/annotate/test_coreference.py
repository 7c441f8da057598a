"""Words that stand for people already named: short names, offices, counterparts, "the official"."""

import pytest
from hypothesis import given

from drawn_documents import patiently
from mithaq.annotate.coreference import find_coreferences
from mithaq.lexicon import load_lexicon
from staged_documents import news_text, staged_document

CASES = [
    ("زارت وزيرة الرقمنة السنغالية سلوى ديالو الرباط. وقالت الوزيرة السنغالية ذلك. وختم المسؤول ذاته.", "ar",
     {"الوزيرة السنغالية": "سلوى ديالو", "المسؤول ذاته": "سلوى ديالو"}),
    ("قال وزير العدل التونسي سمير العبيدي ذلك. وأضاف العبيدي. وشكر الوزير ضيفه.", "ar",
     {"العبيدي": "سمير العبيدي", "الوزير": "سمير العبيدي"}),
    ("التقى وزير العدل الكيني سامي بركات وزيرة الطاقة التونسية هند المنصور. وقالت الوزيرة ذلك.", "ar", {"الوزيرة": "هند المنصور"}),
    ("La ministre sénégalaise du Numérique, Fatou Sarr, arrive. La ministre a parlé. Ce dernier point reste.", "fr",
     {"ministre": "Fatou Sarr", "Ce dernier": "Fatou Sarr"}),
    ("Kenya's Energy Minister, Amina Saleh, met her Estonian counterpart, Kaja Tamm. Saleh smiled. The minister left.", "en",
     {"Saleh": "Amina Saleh", "minister": "Amina Saleh"}),
    ("Qatar's Minister of Trade, Omar Al Sadd, met Rwanda's Minister of Trade, Paula Mutesi. The Qatari ICT Minister spoke.", "en",
     {"Qatari ICT Minister": "Omar Al Sadd"}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "lang", "expected"), CASES)
def test_who_is_meant(text: str, lang: str, expected: dict[str, str]) -> None:
    assert {c.evidence.quote: c.name for c in staged_document(text, lang).coreferences} == expected


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("وقالت الوزيرة إن العمل بدأ. ثم تحدثت وزيرة الطاقة هند المنصور.", "ar"),  # nobody named yet
        ("قال وزير العدل الكيني سامي بركات ذلك. وشكر وزير الصناعة ضيفه.", "ar"),  # another office
        ("قال وزير العدل الكيني سامي بركات ذلك. وشكر الوزير التونسي ضيفه.", "ar"),  # another country
        ("Le ministre kényan de la Justice, Samy Barka, a parlé. Le ministre du Plan écoute.", "fr"),
        ("The Kenyan minister, Amina Saleh, spoke. The Minister of Health listened.", "en"),
    ],
)
def test_what_stays_open_is_left_out(text: str, lang: str) -> None:
    assert staged_document(text, lang).coreferences == ()


@patiently
@given(news_text())
def test_coreferences_are_verbatim_and_name_people_of_the_page(drawn: tuple[str, str]) -> None:
    document = staged_document(*drawn)
    assert find_coreferences(document, load_lexicon()) == document.coreferences
    people = {p.name for p in document.people}
    for found in document.coreferences:
        assert found.evidence.stands_in(document.text)
        assert found.name in people
    spans = [(c.evidence.start, c.evidence.end) for c in document.coreferences]
    assert spans == sorted(set(spans))
