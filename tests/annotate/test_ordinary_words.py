"""Ordinary words are no happenings: being ready, reaching a figure, receiving money, talk of something."""

from __future__ import annotations

import pytest

from event_pages import only, read


@pytest.mark.parametrize(
    ("lang", "title", "body", "kind"),
    [
        ("fr", "Le Ghana et le Kenya", "« N'attendons pas que les ports du Kenya et du Ghana soient prêts », dit-elle.", "funding"),
        ("fr", "Le Ghana et le Kenya", "Le fonds souverain du Kenya possède deux tours au Ghana depuis 2019.", "funding"),
        ("fr", "Le Ghana et le Kenya", "Le Kenya reçoit 24 milliards de francs et le Ghana 22 milliards pour le câble.", "meeting"),
        ("fr", "Le Ghana et le Kenya", "Pour le Kenya, l'idée du Ghana arrive à point nommé, dit la présidente.", "appointment"),
        ("en", "Kenya and Ghana", "Remittances between Kenya and Ghana reached 612 million dollars in 2025, the bank said.", "agreement"),
        ("en", "Kenya and Ghana", "Kenya was ready to supply tablets if Ghana met the cost of connecting them.", "meeting"),
        ("en", "Kenya and Ghana", "There had been talk of a joint cable between Kenya and Ghana in 2019.", "meeting"),
        ("ar", "كينيا وغانا", "أعلنت كينيا وغانا إطلاق أول محرك بحث باللغة السواحلية.", "meeting"),
        ("ar", "كينيا وغانا", "دعت كينيا شركات غانا إلى البحث عن مورد آخر للرقائق.", "meeting"),
        ("en", "Kenya and Ghana", "Kenya announced a review of the masts that Ghana had supplied.", "meeting"),
        ("fr", "Le Ghana et le Kenya", "Le Kenya a ouvert le musée du Ghana à Accra en partenariat avec un lycée.", "agreement"),
        ("en", "Kenya and Ghana", "Kenya opened the museum of Ghana in Accra in partnership with a school.", "agreement"),
        ("en", "Kenya and Ghana", "In 2019 a sovereign fund of Kenya owned two towers in Ghana.", "funding"),
    ],
)
def test_ordinary_words_are_no_happenings(lang: str, title: str, body: str, kind: str) -> None:
    assert kind not in {e.type for e in read(lang, title, body).events}


def test_an_entente_is_an_accord() -> None:
    document = read("fr", "Le Ghana et le Kenya", "Le Ghana et le Kenya ont conclu le 4 mai 2024 à Accra une entente sur le code postal.")
    assert (only(document, "agreement").stage, only(document, "agreement").place) == ("signed", "Accra")


def test_taking_part_in_a_forum_with_a_name_is_a_happening() -> None:
    body = "Le Ghana et le Kenya ont pris part le 4 mai 2024 à Accra au Forum sur la Gouvernance des Réseaux."
    document = read("fr", "Le Ghana et le Kenya", body)
    assert (only(document, "event").parties, only(document, "event").place) == (("GH", "KE"), "Accra")


def test_a_roll_of_nations_is_no_happening_of_all_of_them() -> None:
    roll = "Chile, Peru, Ghana, Kenya, Mali, Niger, Chad, Togo, Benin, Egypt, Oman, Qatar, Malta and Japan"
    document = read("en", "A prize", f"Since 2019 inventors from {roll} have won at the fair in Accra.")
    assert not [e for e in document.events if len(e.parties) > 12]
