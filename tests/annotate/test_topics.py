"""Topics of short invented pages: what title, lead or several sentences speak of."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mithaq.annotate.themes import hold_topics, topics_of
from mithaq.annotate.topics import find_topics
from mithaq.lexicon import load_lexicon
from mithaq.model.vocabulary import LANGUAGES, TOPICS
from staged_documents import matched_document

LEXICON = load_lexicon()


@pytest.mark.parametrize(
    ("lang", "title", "body", "topic"),
    [
        ("ar", "لقاء حول الأمن السيبراني", "ناقش الخبراء الهجمات الإلكترونية. وذكروا البرمجيات الخبيثة.", "cybersecurity"),
        ("ar", "بحث التحول الرقمي بين وزارتين", "بحث الوزيران التحول الرقمي في الإدارة.", "digital_government"),
        ("ar", "محطة أرضية جديدة", "تستقبل المحطة صور الأقمار الصناعية. ويشرف عليها خبراء وكالة الفضاء.", "space"),
        ("fr", "Un câble sous-marin relie deux îles", "La fibre optique arrive. Le centre de données ouvrira.", "infrastructure"),
        ("fr", "Identité numérique : la loi est prête", "La signature électronique aura valeur légale.", "digital_identity_trust"),
        ("en", "Start-ups meet in the capital", "The incubator hosts a demo day. Venture capital comes.", "startups_innovation"),
        ("en", "Mobile money crosses the border", "Instant payments link the two central banks.", "fintech_payments"),
    ],
)
def test_what_title_and_body_speak_of_is_the_topic(lang: str, title: str, body: str, topic: str) -> None:
    assert find_topics(matched_document(body, lang, title), LEXICON)[0] == topic


def test_a_page_about_nothing_digital_has_no_topic() -> None:
    assert find_topics(matched_document("اشترى التاجر القمح من السوق.", "ar", "أسعار القمح"), LEXICON) == ()


def test_a_topic_touched_once_is_left_out() -> None:
    body = (
        "The cybersecurity agency opened. Its cybersecurity team watches malware. Later the visitors saw a satellite model.\n\n"
        "Cyberattacks doubled. The incident response unit grew."
    )
    assert find_topics(matched_document(body, "en", "Cybersecurity agency opens"), LEXICON) == ("cybersecurity",)


def test_topics_of_a_stretch_are_those_inside_it() -> None:
    text = "The fintech law passed. The satellite was launched."
    document = matched_document(text, "en")
    cut = text.index("The satellite")
    assert topics_of(document, 0, cut) == ("fintech_payments",)
    assert topics_of(document, cut, len(text)) == ("space",)
    assert topics_of(document, 0, 3) == ()


def test_the_name_of_a_body_holds_a_topic_less_than_the_page_itself() -> None:
    document = matched_document("The fintech law passed. The fintech fund grew.", "en", "Fintech law")
    hold = hold_topics(document)["fintech_payments"]
    assert (hold.title, hold.sentences) == (1, 3)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("topic", TOPICS)
def test_every_topic_has_phrases_enough(topic: str, lang: str) -> None:
    assert len(LEXICON.of_kind(f"topic.{topic}", lang)) >= 15


WORDS = ("الذكاء الاصطناعي", "كابل", "5G", "fintech", "satellite", "université", "البيانات", "training", "cloud", ".", "\n\n")


@settings(max_examples=60, deadline=None)
@given(lang=st.sampled_from(LANGUAGES), words=st.lists(st.sampled_from(WORDS), min_size=1, max_size=25))
def test_topics_are_at_most_four_of_the_closed_list_each_once(lang: str, words: list[str]) -> None:
    found = find_topics(matched_document(" ".join(words), lang), LEXICON)
    assert len(found) <= 4
    assert len(set(found)) == len(found)
    assert set(found) <= set(TOPICS)


def test_a_shared_word_inside_a_phrase_of_another_topic_says_nothing() -> None:
    document = matched_document("The data centre opened. A second data centre will follow.", "en", "Data centre opens")
    assert "data_governance" not in hold_topics(document)
    assert "data_governance" in hold_topics(matched_document("The data were lost.", "en", "Lost"))
