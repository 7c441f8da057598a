"""What a cited figure is of: a noun of the page, never a stray preposition."""

from __future__ import annotations

import pytest

from mithaq.model import Document
from mithaq.pipeline import read_document
from mithaq.text.language import function_words

PAGES = {
    "fr": "Le ministre gabonais de l'économie numérique Paul Ondo et son homologue tunisien ont signé un accord à Tunis. {} ",
    "en": "The Kenyan minister of ICT Peter Mwangi and the Jordanian minister Salma Haddadin signed an agreement in Amman. {} ",
    "ar": "وقع وزير الاقتصاد الرقمي التونسي سامي الكعبي ونظيره الغابوني بول أوندو اتفاقا في تونس. {} ",
}


def names_in(lang: str, sentence: str) -> list[str]:
    page = PAGES[lang].format(sentence) + PAGES[lang].format("")
    return [i.name for i in read_document(page.encode(), path="page.txt").indicators]


@pytest.mark.parametrize(
    ("lang", "sentence", "name"),
    [
        ("fr", "L'accord prévoit de former 85 ingénieurs gabonais dans les trois ans.", "ingénieurs gabonais"),
        ("fr", "Le prix de gros du mégabit a baissé de 44 % depuis trois ans.", "prix de gros du mégabit a baissé"),
        ("en", "Exports of digital services reached $94 million in 2025.", "Exports of digital services reached"),
        ("en", "The programme will train 40 technicians from both countries.", "technicians"),
        ("ar", "وسيستفيد من البرنامج 85 مهندسا غابونيا في تونس.", "مهندسا غابونيا"),
        ("ar", "وأضاف أن 85 مهندسا غابونيا سيلتحقون بتونس في سبتمبر.", "مهندسا غابونيا"),
        ("fr", "Quinze guichets pilotes ouvriront avant décembre à Libreville.", "guichets pilotes"),
        ("ar", "وبلغت صادرات الخدمات الرقمية 94 مليون دولار.", "صادرات الخدمات الرقمية"),
    ],
)
def test_things_counted_and_things_measured(lang: str, sentence: str, name: str) -> None:
    assert name in names_in(lang, sentence)


def test_where_no_noun_tells_the_whole_clause_does() -> None:
    assert "dont 38 millions d'euros" in " ".join(names_in("fr", "Le projet est lancé, dont 38 millions d'euros."))


@pytest.mark.parametrize("lang", PAGES)
def test_no_name_of_our_own_pages_begins_or_ends_with_a_small_word(lang: str, corpus_documents: tuple[Document, ...]) -> None:
    small = function_words(lang)
    for document in corpus_documents:
        if document.lang == lang:
            for i in document.indicators:
                assert i.name == i.evidence.quote or not {i.name.split()[0], i.name.split()[-1]} & small, (document.path, i.name)


@pytest.mark.parametrize(
    ("lang", "sentence", "clause"),
    [
        ("fr", "Les guichets sont prêts. Les 14 derniers ouvriront en mai.", "Les 14 derniers ouvriront en mai"),
        ("ar", "وأنهى 48 منهم تدريبهم في تونس.", "48 منهم"),
    ],
)
def test_which_of_them_is_no_name(lang: str, sentence: str, clause: str) -> None:
    """Of "les 14 derniers" and «48 منهم» the clause tells more than "derniers" and «منهم»."""
    names = names_in(lang, sentence)
    assert names and all(clause in name for name in names)
