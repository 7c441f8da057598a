"""How topics are held up by short invented pages: by which phrases, how plainly, where."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from mithaq.annotate.holds import hold_topics
from mithaq.model.vocabulary import LANGUAGES
from staged_documents import matched_document


def test_title_and_sentences_are_counted_by_plainness() -> None:
    hold = hold_topics(matched_document("The fintech law passed. The banks paid with cards.", "en", "Fintech law"))["fintech_payments"]
    assert hold.places["title", "strong"] == 1
    assert len(hold.sentences["strong"]) == 2
    assert {"card", "cards"} & (hold.words.get("weak", frozenset()) | hold.words.get("faint", frozenset()))


def test_a_shared_word_inside_a_phrase_of_another_topic_says_nothing() -> None:
    document = matched_document("The data centre opened. A second data centre will follow.", "en", "Data centre opens")
    assert "data_governance" not in hold_topics(document)
    assert "data_governance" in hold_topics(matched_document("The data on cybersecurity were lost.", "en", "Lost"))


def test_the_name_of_a_country_speaks_of_no_topic() -> None:
    document = matched_document("وقعت جزر القمر اتفاقا حول الألياف البصرية.", "ar", "جزر القمر")
    assert set(hold_topics(document)) == {"infrastructure"}


def test_words_of_matters_tell_topics_apart_on_a_page_with_a_phrase_of_one() -> None:
    document = matched_document("Le cacao est suivi. La transformation numérique avance.", "fr", "Du cacao")
    assert hold_topics(document)["sector_applications"].words["faint"]
    assert hold_topics(matched_document("Le forage est ouvert.", "fr", "Du cacao")) == {}


WORDS = ("الأمن السيبراني", "الطرود", "5G", "fintech", "vaccins", "parcels", "القمر", "data", ".", "\n\n")


@settings(max_examples=40, deadline=None)
@given(lang=st.sampled_from(LANGUAGES), words=st.lists(st.sampled_from(WORDS), min_size=1, max_size=20))
def test_every_hold_weighs_something_and_counts_no_sentence_that_is_not_there(lang: str, words: list[str]) -> None:
    document = matched_document(" ".join(words), lang)
    for hold in hold_topics(document).values():
        assert hold.weight > 0
        assert all(0 <= n < len(document.sentences) for numbers in hold.sentences.values() for n in numbers)
