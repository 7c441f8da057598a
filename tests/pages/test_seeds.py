"""The two pages this project was made from, read as they must be; skipped where they do not lie beside the repository.

Neither their text nor their annotation is copied here: what is expected comes from the annotation beside them.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from mithaq.evaluate.gold import GoldPage, read_gold
from mithaq.evaluate.score import score_page
from mithaq.export.record import check_record, write_record
from mithaq.model import Document
from mithaq.model.vocabulary import SUPPORTING_SEGMENTS
from mithaq.pipeline import read_page
from mithaq.text.likeness import same_name

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
SEEDS, GOLD = SHARED / "seeds", SHARED / "eval" / "dev" / "seeds"
pytestmark = pytest.mark.skipif(not (SEEDS.is_dir() and GOLD.is_dir()), reason="the seed pages do not lie beside the repository")

Seed = tuple[Document, GoldPage]


@pytest.fixture(scope="module")
def seeds() -> dict[str, Seed]:
    """Each seed as mithaq reads it, beside its annotation, by the pair it is about."""
    found = {}
    for page in read_gold(GOLD):
        number = page.name.removeprefix("seed-")
        [file] = SEEDS.glob(f"{number}_*.txt")
        found["-".join(page.gold["pairs"][0])] = (read_page(file), page)
    return found


@pytest.fixture
def gabon(seeds: dict[str, Seed]) -> Seed:
    return seeds["GA-MA"]


@pytest.fixture
def oman(seeds: dict[str, Seed]) -> Seed:
    return seeds["MA-OM"]


@pytest.fixture(params=["GA-MA", "MA-OM"])
def seed(request: pytest.FixtureRequest, seeds: dict[str, Seed]) -> Seed:
    return seeds[request.param]


def test_every_fact_rests_on_words_of_the_article(seed: Seed) -> None:
    check_record(seed[0])
    assert seed[0].events and seed[0].statements


def test_body_and_furniture_are_told_apart_line_by_line(seed: Seed) -> None:
    document, page = seed
    start, end = page.gold["body"]
    wrong = []
    for line in re.finditer(r"[^\n]+", document.text):
        words = line.group().strip()
        if not words:
            continue
        middle = (line.start() + line.end()) // 2
        kinds = {s.kind for s in document.segments if s.start <= middle < s.end}
        if words == page.gold["title"]:
            right = kinds == {"title"}
        elif words in page.gold["furniture"]:
            right = kinds.isdisjoint(SUPPORTING_SEGMENTS)
        else:
            right = kinds == {"body"} and start <= middle < end
        if not right:
            wrong.append((kinds, words))
    assert wrong == []


@pytest.mark.parametrize("layer", ["people", "bodies", "programmes", "pairs", "events (exact parties)", "indicators", "relevant"])
def test_a_layer_is_as_a_careful_reader_has_it(seed: Seed, layer: str) -> None:
    document, page = seed
    tally = score_page(page, write_record(document)).f1[layer]
    assert (tally.fp, tally.fn) == (0, 0), f"{layer}: {tally}"


def test_the_people_have_their_sides_and_offices(seed: Seed) -> None:
    document, page = seed
    shares = score_page(page, write_record(document)).share
    for name in ("people: country", "people: role", "title", "language", "published", "events: people exact", "events: date"):
        assert shares[name].right == shares[name].asked, name


def test_groups_are_kept_with_their_size(seed: Seed) -> None:
    document, page = seed
    found = {g.words: g for g in document.groups}
    for group in page.gold["groups"]:
        [mine] = [g for words, g in found.items() if group["words"] in words or words in group["words"]]
        assert (mine.size, mine.country) == (group["size"], group["country"])
        assert mine.approximate == (group["size"] is not None)


def test_nothing_is_dated_by_the_ticker(gabon: Seed) -> None:
    document, _ = gabon
    assert "2025" in document.text
    dates: list[Any] = [document.published, *(e.date for e in document.events), *(e.date_end for e in document.events)]
    dates += [s.due for s in document.statements] + [i.year for i in document.indicators]
    assert [date for date in dates if date and "2025" in str(date)] == []


def test_yesterday_tuesday_stays_a_tuesday_of_unknown_date(gabon: Seed) -> None:
    document, _ = gabon
    [meeting] = [e for e in document.events if e.type == "meeting"]
    assert meeting.date is None
    assert meeting.date_text == "أمس الثلاثاء"


def test_the_misprint_is_a_name_of_the_same_person(gabon: Seed) -> None:
    document, page = gabon
    misprint, name = page.gold["coref"][0]
    [person] = [p for p in document.people if same_name(p.name, name)]
    assert person.name == name
    assert misprint in person.names
    assert any(m.quote == misprint for m in person.mentions)


def test_needs_stand_beside_offers(gabon: Seed) -> None:
    document, _ = gabon
    needs = [s for s in document.statements if s.kind == "need"]
    offers = [s for s in document.statements if s.kind == "offer"]
    assert len(needs) >= 2 and {s.country for s in needs} == {"GA"}
    assert "MA" in {s.country for s in offers}
    assert all(s.speaker for s in needs)


def test_the_services_programme_is_part_of_the_plan(gabon: Seed) -> None:
    document, page = gabon
    programme, plan = page.gold["programmes"]
    [found] = [p for p in document.programmes if same_name(p.name, programme, ratio=0.8)]
    assert found.part_of is not None and same_name(found.part_of, plan, ratio=0.8)


def test_king_and_sultan_take_part_in_nothing(oman: Seed) -> None:
    document, page = oman
    took_part = {name for event in page.gold["events"] for name in event["people"]}
    only_named = [p["name"] for p in page.gold["people"] if p["name"] not in took_part]
    assert len(only_named) == 2
    for event in document.events:
        for name in only_named:
            assert not any(same_name(name, other) for other in event.people)
            assert all(part.role in ("mentioned", "represented") for part in event.roles if same_name(name, part.name))


def test_figures_are_claims_with_publisher_country_and_bound(oman: Seed) -> None:
    document, page = oman
    for figure in page.gold["indicators"]:
        [mine] = [i for i in document.indicators if i.value == figure["value"] and i.unit == figure["unit"]]
        assert (mine.country, mine.year) == (figure["country"], figure["year"])
        assert same_name(mine.publisher, figure["publisher"])
    [top_five] = [i for i in document.indicators if i.value == 5]
    assert top_five.comparator == "<=" and top_five.group


def test_the_page_says_that_it_is_protected(oman: Seed, gabon: Seed) -> None:
    assert oman[0].rights == "protected"
    assert gabon[0].rights is None
