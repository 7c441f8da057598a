"""Names tell the part of the world that they are most like."""

from mithaq.lexicon.name_regions import NameRegions, load_regions, runs_of, weigh_name, words_of

SMALL = NameRegions("small", {"FI": "north", "JP": "east", "EE": "north"}, {"east": 10, "north": 10}, {"nen": (0, 6), "oto": (6, 0)})


def test_a_word_has_runs_of_one_to_four_letters_with_its_ends_marked() -> None:
    assert runs_of("ab") == {"^", "a", "b", "$", "^a", "ab", "b$", "^ab", "ab$", "^ab$"}
    assert words_of("Mäkinen-Virta O'Neil") == ["makinen", "virta", "neil"]


def test_letters_seen_in_one_region_speak_for_it() -> None:
    weights = SMALL.weigh("Makinen")
    assert weights["north"] > 0 > weights["east"]
    assert SMALL.weigh("Zzz") == {"east": 0.0, "north": 0.0}


def test_a_country_fits_as_well_as_the_best_or_less() -> None:
    fits = SMALL.fits(SMALL.weigh("Makinen"), ["FI", "JP", "EE", "none"])
    assert fits["FI"] == fits["EE"] == 0 > fits["JP"]
    assert "none" not in fits


def test_packaged_counts_tell_a_japanese_name_from_an_arab_one_in_both_scripts() -> None:
    known = load_regions()
    for name, country, other in (("Kenjiro Hashimoto", "JP", "EG"), ("كينجيرو هاشيموتو", "JP", "EG"), ("عبد الرحمن الشريف", "EG", "JP")):
        fits = known.fits(weigh_name(name), [country, other])
        assert fits[country] == 0 > fits[other]
