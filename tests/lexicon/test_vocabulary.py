"""The closed lists speak three languages and agree with the types of the model."""

from __future__ import annotations

from typing import get_args

import pytest

from mithaq.errors import KnowledgeError
from mithaq.lexicon.vocabulary import label, read_vocabulary, vocabulary_names
from mithaq.model import vocabulary as model
from mithaq.text.characters import has_arabic

OF_THE_MODEL = {
    "body_kinds": model.BodyKind,
    "comparators": model.Comparator,
    "date_bases": model.DateBasis,
    "event_types": model.EventType,
    "modalities": model.Modality,
    "published_bases": model.PublishedBasis,
    "reported": model.Reported,
    "roles": model.PartRole,
    "segment_kinds": model.SegmentKind,
    "stages": model.Stage,
    "statement_kinds": model.StatementKind,
    "topics": model.Topic,
}


@pytest.mark.parametrize("name", sorted(OF_THE_MODEL))
def test_the_list_has_exactly_the_codes_of_the_model(name: str) -> None:
    assert sorted(read_vocabulary(name)) == sorted(get_args(OF_THE_MODEL[name]))


@pytest.mark.parametrize("name", vocabulary_names())
def test_every_term_has_a_label_in_its_own_script(name: str) -> None:
    terms = read_vocabulary(name)
    assert terms
    for code, term in terms.items():
        assert term.code == code
        assert set(term.labels) == set(model.LANGUAGES)
        assert has_arabic(term.labels["ar"]), code
        assert not has_arabic(term.labels["fr"] + term.labels["en"]), code
        assert set(term.definitions) <= set(model.LANGUAGES)


@pytest.mark.parametrize("name", sorted(set(OF_THE_MODEL) - {"comparators"}))
def test_every_code_of_the_model_is_defined_in_every_language(name: str) -> None:
    assert [t.code for t in read_vocabulary(name).values() if set(t.definitions) != set(model.LANGUAGES)] == []


@pytest.mark.parametrize("lang", model.LANGUAGES)
@pytest.mark.parametrize("name", sorted(OF_THE_MODEL))
def test_labels_tell_the_codes_apart(name: str, lang: str) -> None:
    labels = [term.labels[lang] for term in read_vocabulary(name).values()]
    assert len(set(labels)) == len(labels)


def test_supporting_segments_are_marked_as_in_the_model() -> None:
    marked = {t.code for t in read_vocabulary("segment_kinds").values() if t.attributes.get("supports_facts") == "yes"}
    assert marked == model.SUPPORTING_SEGMENTS


def test_every_topic_leads_to_lines_of_the_summit() -> None:
    lines = set(read_vocabulary("wsis_lines"))
    assert len(lines) == 11
    for term in read_vocabulary("topics").values():
        assert set(term.attributes["wsis"].split()) <= lines
        assert term.attributes["wsis"]


def test_organisations_never_take_the_code_of_a_country() -> None:
    codes = set(read_vocabulary("organisations"))
    assert {code for code in codes if len(code) == 2} == {"EU", "UN", "WB"}
    assert {"AfU", "LAS", "ITU", "UNDP", "AfDB", "IsDB", "GCC", "OIC"} <= codes
    assert not codes & {"AU", "AL"}


def test_disputed_places_have_no_country() -> None:
    places = read_vocabulary("disputed")
    assert {"western_sahara", "kosovo", "palestine", "taiwan", "jerusalem", "golan", "crimea", "halaib"} <= set(places)
    assert {place.attributes["place_country"] for place in places.values()} == {"none"}


def test_a_label_is_what_the_reader_calls_it() -> None:
    assert label("stages", "signed", "fr") == "Signé"
    assert label("topics", "cybersecurity", "ar") == "الأمن السيبراني"
    assert label("organisations", "ITU", "en") == "International Telecommunication Union"


@pytest.mark.parametrize(
    ("name", "code", "lang", "complaint"),
    [
        ("stages", "dreamt", "en", "there is no code 'dreamt'"),
        ("stages", "signed", "xx", "no label in 'xx'"),
        ("colours", "red", "en", "there is no vocabulary 'colours'"),
    ],
)
def test_an_unknown_name_code_or_language_is_an_error(name: str, code: str, lang: str, complaint: str) -> None:
    with pytest.raises(KnowledgeError, match=complaint):
        label(name, code, lang)
