"""Which pages are for us: an interaction between sides about digital matters; the others keep who and where, and lose their facts."""

from __future__ import annotations

from msgspec.structs import replace

from mithaq.annotate.relevance import judge_relevance
from mithaq.lexicon import load_lexicon
from mithaq.model import Document, Event, Evidence, Indicator, Pair, Person, Programme, Statement
from staged_documents import matched_document

LEXICON = load_lexicon()
DIGITAL = "Senegal and Oman signed an accord on cybersecurity in Dakar. Experts of the two countries will share alerts on malware."
WHEAT = "Senegal and Oman signed an accord on wheat in Dakar. Traders of the two countries will share prices of oil and cement."


def page(title: str, text: str, *, together: bool = True, domestic: bool = False) -> Document:
    document = matched_document(text, "en", title)
    words = Evidence.of(document.text, len(title) + 2, len(title) + 20)
    events = []
    if together:
        events.append(Event(type="agreement", evidence=words, parties=("OM", "SN"), digital="cyber" in text))
    if domestic:
        events.append(Event(type="project", evidence=words, parties=("SN",)))
    return replace(
        document,
        events=tuple(events),
        pairs=(Pair("OM", "SN", words),) if together else (),
        people=(Person(name="Awa Diallo", mentions=(words,)),),
        programmes=(Programme(name="Green Wave", mentions=(words,)),),
        statements=(Statement(kind="intent", evidence=words),),
        indicators=(Indicator(name="x", value=1.0, unit="count", evidence=words),),
        topics=("cybersecurity",),
    )


def test_two_sides_and_a_digital_matter_make_a_page_relevant() -> None:
    judged = judge_relevance(page("Senegal and Oman join forces on cybersecurity", DIGITAL), LEXICON)
    assert judged.relevant
    assert 0.5 <= judged.relevance <= 1
    assert "happenings between two sides" in judged.relevance_why
    assert (judged.statements, judged.indicators, judged.programmes, judged.topics) != ((), (), (), ())


def test_a_page_about_other_matters_keeps_who_and_loses_its_facts() -> None:
    judged = judge_relevance(page("Senegal and Oman trade wheat", WHEAT), LEXICON)
    assert not judged.relevant
    assert judged.relevance < 0.5
    assert (judged.statements, judged.indicators, judged.programmes, judged.topics) == ((), (), (), ())
    assert judged.people and judged.pairs and judged.events


def test_a_launch_at_home_is_not_for_us_and_its_event_goes() -> None:
    text = "The city launched a portal for digital services. Its cybersecurity team watches malware."
    judged = judge_relevance(page("City opens digital services portal", text, together=False, domestic=True), LEXICON)
    assert not judged.relevant
    assert judged.events == ()
    assert judged.relevance_why.startswith("no interaction between two sides")


def test_a_ranking_of_states_by_an_international_body_counts() -> None:
    text = "The country took tenth place in the global cybersecurity index. Its cybersecurity agency praised the result."
    document = page("Tenth place in cybersecurity index", text, together=False)
    words = document.statements[0].evidence
    ranking = Indicator(name="index", value=10.0, unit="rank", publisher="International Telecommunication Union", evidence=words)
    assert judge_relevance(replace(document, indicators=(ranking,)), LEXICON).relevant
    assert not judge_relevance(replace(document, indicators=()), LEXICON).relevant


def test_more_digital_sentences_never_make_a_page_less_relevant() -> None:
    scores = []
    for count in range(5):
        text = DIGITAL + " Malware is watched by the incident response team." * count
        scores.append(judge_relevance(page("Senegal and Oman sign", text), LEXICON).relevance)
    assert scores == sorted(scores)


def test_the_reasons_add_up_in_words() -> None:
    why = judge_relevance(page("Senegal and Oman join forces on cybersecurity", DIGITAL), LEXICON).relevance_why
    assert "(+" in why and "digital matters in the title" in why


def test_a_page_that_names_its_own_country_alone_is_not_ours() -> None:
    text = "Rabat accueille le forum de la ville intelligente. Le forum, né d'un partenariat sur le numérique, traite des données urbaines."
    told = matched_document(text, "fr")
    assert judge_relevance(replace(told, url="https://journal.ma/1"), LEXICON).relevance <= 0.3
