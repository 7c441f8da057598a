"""Topics of short invented pages: what title, lead or several sentences speak of."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mithaq.annotate.themes import topics_of
from mithaq.annotate.topics import find_topics, is_phrase, phrase_sign, read_topic_signs
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


def test_everyday_words_alone_make_no_page_digital() -> None:
    document = matched_document("Le forage est ouvert. Des navires ont livré du cacao.", "fr", "Du cacao")
    assert document.matches_of("matter")
    assert find_topics(document, LEXICON) == ()


def test_a_phrase_speaks_for_its_topic_by_name() -> None:
    signs = read_topic_signs(matched_document("The fintech law passed.", "en", "Fintech law"))["fintech_payments"]
    said = phrase_sign("fintech_payments", "fintech")
    assert is_phrase(said) and signs[said] == 1.0
    assert not is_phrase("title strong") and signs["title strong"] == 1.0
