"""Counts of names are learned from well-known names and from people of pages, never from the story that is judged."""

from mithaq.evaluate.learn_names import Bearer, by_story, learn_regions, read_known
from mithaq.evaluate.learn_sides import known_as


def test_every_region_is_known_and_well_known_names_teach_it() -> None:
    known = read_known()
    assert known.regions["MA"] == known.regions["OM"] != known.regions["JP"]
    assert {region for _, region in known.words} <= set(known.regions.values())


def test_a_story_is_judged_without_its_own_people() -> None:
    bearers = [Bearer("Qqrrss Qqrrss Qqrrss", "JP", "one"), Bearer("Anna Berg", "SE", "two")]
    judged = by_story(bearers, ["one", "two"])
    assert "qqrr" in judged["two"].runs and "qqrr" not in judged["one"].runs


def test_countries_without_a_region_teach_nothing() -> None:
    known = read_known()
    assert learn_regions(known, [Bearer("Qqrrss Qqrrss Qqrrss", "XX", "one")]).words == learn_regions(known, []).words


def test_gold_is_known_again_under_its_most_alike_name() -> None:
    gold = [{"name": "Sara Holt"}, {"name": "Tom Reed"}]
    assert known_as(gold, ["Sara Holt", "Tom Reid Junior"]) == {"Sara Holt": gold[0]}
