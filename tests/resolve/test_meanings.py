"""What the words of names mean, in three languages; every word of the list proves itself."""

from __future__ import annotations

from typing import Any

import pytest

from mithaq.lexicon.load import packaged_knowledge, read_yaml
from mithaq.resolve.body_names import body_keys, compare_body_names
from mithaq.resolve.meanings import read_meaning, subjects_of
from mithaq.text.fold import fold_text

TERMS: list[dict[str, Any]] = read_yaml(packaged_knowledge() / "vocabularies" / "name_words.yml")["terms"]
SUBJECTS: list[dict[str, Any]] = read_yaml(packaged_knowledge() / "vocabularies" / "subject_words.yml")["terms"]
SAME = [
    ("وزارة الاقتصاد الرقمي", "ministère de l'Économie numérique"),
    ("المركز الوطني للأمن السيبراني", "National Cybersecurity Centre"),
    ("هيئة الحكومة الإلكترونية", "e-Government Authority"),
    ("وزارة تكنولوجيا المعلومات والاتصالات", "Ministry of Communications and Information Technology"),
]
OTHER = [("وزارة العدل", "Ministry of Labour"), ("Digital Agency", "وكالة الفضاء"), ("ministère des Finances", "وزارة الصحة")]


@pytest.mark.parametrize("term", TERMS, ids=lambda term: str(term["code"]))
def test_every_word_means_what_the_list_says(term: dict[str, Any]) -> None:
    wanted = term["parts"].split() if "parts" in term else [term["code"]]
    for lang in ("ar", "fr", "en"):
        block = term[lang]
        assert fold_text(block["label"]) in fold_text(block["example"])
        found = [unit.code for unit in read_meaning(block["label"]).units]
        assert set(wanted) & set(found) or "parts" not in term, (block["label"], found)
        assert found and all(code in {t["code"] for t in TERMS} for code in found), (block["label"], found)


@pytest.mark.parametrize("term", SUBJECTS, ids=lambda term: str(term["code"]))
def test_every_word_of_a_matter_stands_in_its_example_and_tells_of_it(term: dict[str, Any]) -> None:
    for lang in ("ar", "fr", "en"):
        block = term[lang]
        assert fold_text(block["label"]) in fold_text(block["example"])
        for form in (block["label"], *block.get("also", ())):
            assert term["code"] in subjects_of(form), form
        assert term["code"] in subjects_of(block["example"]), block["example"]


def test_matters_are_one_in_all_languages() -> None:
    told = ("رقمنة السجل العقاري", "la numérisation du cadastre", "a digital land registry")
    assert all("land-registry" in subjects_of(text) for text in told)
    # «أول», "est" and "sur" stand everywhere: they are not "prime", "east" and "secure" of names.
    assert not {"prime", "east", "secure"} & subjects_of("أول مشروع est sur la table")


@pytest.mark.parametrize(("a", "b"), SAME)
def test_translated_names_meet_and_agree(a: str, b: str) -> None:
    found = compare_body_names(a, b)
    assert (found.shared, found.covered, found.contradiction, found.last) == (1.0, 1.0, 0.0, 1.0)
    assert set(body_keys(a)) & set(body_keys(b))


@pytest.mark.parametrize(("a", "b"), OTHER)
def test_names_about_other_matters_contradict(a: str, b: str) -> None:
    found = compare_body_names(a, b)
    assert found.last < 0 < found.contradiction


def test_an_acronym_is_that_of_its_words() -> None:
    assert compare_body_names("Oasis Data and Roads Agency", "ODRA").acronym == 1.0
    assert compare_body_names("ODRA", "ODSA").acronym == -1.0
    assert set(body_keys("Oasis Data and Roads Agency")) & set(body_keys("ODRA"))


def test_countries_in_names_tell_them_apart() -> None:
    assert compare_body_names("هيئة الحكومة الرقمية السعودية", "Jordanian Digital Government Authority").country == -1.0
    assert compare_body_names("هيئة الحكومة الرقمية السعودية", "Saudi Digital Government Authority").country == 1.0


def test_a_name_of_two_words_may_be_spelt_rather_than_translated() -> None:
    found = compare_body_names("جسر النخيل", "Jisr Al Nakhil")
    assert found.covered == 1.0 and set(body_keys("جسر النخيل")) & set(body_keys("Jisr Al Nakhil"))


def test_a_sentence_means_the_same_in_three_languages() -> None:
    said = ("Le câble à fibre optique sera posé", "The fibre optic cable will be laid", "سيتم مد كابل الألياف الضوئية")
    meant = [subjects_of(sentence) for sentence in said]
    assert all({"cable", "fibre"} <= codes for codes in meant), meant


def test_countries_and_words_without_a_code_are_no_subjects() -> None:
    assert subjects_of("Gabon Zorblax") == frozenset()
