"""Our own annotated pages say only what their texts say; a wrong annotation is named with its page."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluate.reference import ROOT
from mithaq.errors import InputError
from mithaq.evaluate.closed import is_date
from mithaq.evaluate.gold import check_gold, check_invented, read_gold

DEMO = ROOT / "src" / "mithaq" / "knowledge" / "demo"
PAGES = ROOT / "corpus" / "pages"
SMALL = Path(__file__).parent / "gold"


@pytest.mark.parametrize("folder", [DEMO, PAGES, SMALL], ids=["demo", "pages", "small"])
def test_our_gold_says_only_what_its_pages_say(folder: Path) -> None:
    assert check_gold(folder) == ()


@pytest.mark.parametrize("folder", [DEMO, PAGES], ids=["demo", "pages"])
def test_our_pages_say_that_they_are_invented(folder: Path) -> None:
    assert check_invented(folder) == ()


def test_the_corpus_is_as_large_as_it_says() -> None:
    pages = [*read_gold(DEMO), *read_gold(PAGES)]
    languages = [page.gold["lang"] for page in pages]
    assert len(read_gold(DEMO)) == 20
    assert (languages.count("ar"), languages.count("fr"), languages.count("en")) >= (24, 7, 8)
    assert len({page.name for page in pages}) == len(pages) >= 40


def changed(tmp_path: Path, name: str, **fields: Any) -> Path:
    """Copy a small page into *tmp_path* with some fields of its gold changed."""
    gold = json.loads((SMALL / f"{name}.json").read_text("utf-8")) | fields
    (tmp_path / f"{name}.json").write_text(json.dumps(gold), "utf-8")
    (tmp_path / f"{name}.txt").write_text((SMALL / f"{name}.txt").read_text("utf-8"), "utf-8")
    return tmp_path


def faults_with(tmp_path: Path, **fields: Any) -> str:
    return "\n".join(check_gold(changed(tmp_path, "a1", **fields)))


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"id": "a2"}, "its id is 'a2'"),
        ({"lang": "de"}, "lang 'de'"),
        ({"published": "2026-02-30"}, "'2026-02-30' is not a date"),
        ({"topics": ["weather"]}, "topic 'weather'"),
        ({"topics": ["space", "fintech_payments", "digital_skills", "media_content", "infrastructure"]}, "5 topics"),
        ({"pairs": [["TN", "GH"]]}, "not two sides in order"),
        ({"pairs": [["GH", "ZZ"]]}, "code 'ZZ' in pairs"),
        ({"title": "عنوان آخر"}, "the title does not stand"),
        ({"body": [0, 5000]}, "does not run from the first to the last"),
        ({"furniture": ["سطر غائب"]}, "is no line of the page"),
        ({"programmes": ["برنامج غائب"]}, "this programme does not stand"),
        ({"people": [], "events": [], "relevant": False}, "not relevant, so statements should be empty"),
        ({"coref": [["الرئيس", "سلمى الورغي"]]}, "this epithet does not stand"),
    ],
)
def test_a_wrong_field_is_named(tmp_path: Path, fields: dict[str, Any], fault: str) -> None:
    found = faults_with(tmp_path, **fields)
    assert fault in found
    assert found.startswith("a1: ")


def test_a_quote_on_furniture_is_named(tmp_path: Path) -> None:
    statement = {"kind": "need", "speaker": None, "country": None, "toward": None, "gist": "", "quote": "أمطار على الساحل"}
    assert "stands on furniture" in faults_with(tmp_path, statements=[statement])
    assert "does not stand in the text" in faults_with(tmp_path, statements=[statement | {"quote": "كلام غائب"}])


def test_wrong_kinds_units_and_stages_are_named(tmp_path: Path) -> None:
    gold = json.loads((SMALL / "a1.json").read_text("utf-8"))
    event = gold["events"][0] | {"stage": None, "people": ["شخص غائب"]}
    figure = gold["indicators"][0] | {"unit": "apples", "value": "60"}
    found = faults_with(tmp_path, events=[event], indicators=[figure], orgs=[gold["orgs"][0] | {"kind": "club"}])
    for fault in ("an agreement has a stage", "is not among the people", "unit 'apples'", "is not a number", "kind 'club' in orgs"):
        assert fault in found


def test_a_missing_field_is_named_before_anything_else(tmp_path: Path) -> None:
    changed(tmp_path, "a1")
    gold = json.loads((tmp_path / "a1.json").read_text("utf-8"))
    del gold["topics"], gold["body"]
    (tmp_path / "a1.json").write_text(json.dumps(gold), "utf-8")
    assert check_gold(tmp_path) == ("a1: the gold lacks topics, body",)


def test_an_unsaid_origin_is_named(tmp_path: Path) -> None:
    faults = check_invented(changed(tmp_path, "a1", text_origin="a newspaper"))
    assert len(faults) == 2 and "text_origin" in faults[0] and "invented" in faults[1]


def test_a_folder_that_is_not_there_and_broken_json_are_errors(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such folder"):
        read_gold(tmp_path / "nothing")
    with pytest.raises(InputError, match="gone: no such folder"):
        read_gold(SMALL, texts=tmp_path / "gone")
    changed(tmp_path, "a1")
    (tmp_path / "a1.json").write_text("{", "utf-8")
    with pytest.raises(InputError, match=r"a1\.json: not valid JSON"):
        read_gold(tmp_path)


@given(st.dates())
def test_every_day_of_the_calendar_is_a_date(day: Any) -> None:
    text = day.isoformat()
    assert is_date(text) and is_date(text[:7]) and is_date(text[:4])
    assert not is_date(text + "-01") and not is_date(text[:4] + "-13")
