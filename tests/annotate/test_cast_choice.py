"""Who of a page's people took part in a happening, in three languages: those at the table, wherever they are named, and nobody else."""

from __future__ import annotations

import pytest

from event_pages import only, read
from mithaq.annotate.cast_choice import takes
from mithaq.annotate.events import find_people_signs
from mithaq.lexicon.weighing import Scales, likelihood_of, load_scales


@pytest.mark.parametrize(
    ("lang", "title", "body", "took_part", "named"),
    [
        (
            "ar",
            "بريد السنغال وبريد تونس يوقعان اتفاقية",
            "وقعت السنغال وتونس، الثلاثاء في داكار، اتفاقية لتبادل الطرود إلكترونيا.\n"
            "ووقع الاتفاقية وزير البريد السنغالي عبدو نيانغ ووزير الاتصالات التونسي منير الجزيري.\n"
            "وكان وزير المالية السنغالي الأسبق مامادو ديوب قد دعا إلى تحديث البريد سنة 2019.",
            {"عبدو نيانغ": "SN", "منير الجزيري": "TN"},
            {"مامادو ديوب": "SN"},
        ),
        (
            "fr",
            "Le Bénin et le Rwanda se concertent",
            "La ministre béninoise du Numérique, Aline Dossou, a reçu mardi à Cotonou son homologue rwandais, Eric Habimana. "
            "Les deux parties ont discuté de l'identité numérique.\n"
            "Le projet avait été lancé par l'ancien ministre béninois de l'Intérieur, Paul Zinsou.",
            {"Aline Dossou": "BJ", "Eric Habimana": "RW"},
            {"Paul Zinsou": "BJ"},
        ),
        (
            "en",
            "Kenya and Qatar sign data agreement",
            "Kenya and Qatar signed an agreement on data centres in Doha on Monday.\n"
            "It was signed by Kenya's ICT minister Peter Wekesa and Qatar's communications minister Hamad Al-Sulaiti.\n"
            "The tender had been criticised by opposition leader James Mutua of Kenya.",
            {"Peter Wekesa": "KE", "Hamad Al-Sulaiti": "QA"},
            {"James Mutua": "KE"},
        ),
    ],
)
def test_those_at_the_table_are_told_from_those_only_named(
    lang: str, title: str, body: str, took_part: dict[str, str], named: dict[str, str]
) -> None:
    document = read(lang, title, body, people=took_part | named)
    event = only(document, "meeting" if lang == "fr" else "agreement")
    assert set(event.people) == set(took_part)
    assert {role.name for role in event.roles if role.role == "mentioned"}.isdisjoint(took_part)
    assert all(role.evidence.stands_in(document.text) for role in event.roles)


def test_everybody_of_the_page_is_asked_about_with_readable_signs() -> None:
    document = read(
        "en",
        "Ghana hosts Estonian minister",
        "Ghana's digital minister Ama Boateng received Estonian minister Kristo Tamm in Accra on Friday.",
        people={"Ama Boateng": "GH", "Kristo Tamm": "EE"},
    )
    ((event, signs),) = [(e, s) for e, s in find_people_signs(document) if e.type == "meeting"]
    assert set(signs) == {"Ama Boateng", "Kristo Tamm"} == set(event.people)
    assert all("here/party" in own and ("in" in own) != ("out" in own) for own in signs.values())
    scales = load_scales("cast")
    assert all(likelihood_of(own, scales) > scales.threshold for own in signs.values())


def test_whom_the_rules_take_needs_less() -> None:
    even = Scales("", 0.0, 0.6, {})
    assert takes(frozenset(), even, ruled=True) and not takes(frozenset(), even, ruled=False)
