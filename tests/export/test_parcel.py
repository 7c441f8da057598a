"""What leaves: every happening, person and body once, by the ids of the workspace, narrowed as asked."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from export.sent_pages import every_document, pack, project_document
from made_documents import arabic_document, english_document, french_document
from mithaq.errors import QuestionError
from mithaq.export.losses import quotes_of, shown_quote
from mithaq.export.parcel import Wanted
from mithaq.model.world import EntityName


def test_an_event_told_by_two_pages_leaves_once_with_the_best_date(tmp_path: Path) -> None:
    parcel = pack(tmp_path, arabic_document(), french_document())
    (event,) = parcel.events
    assert [report.page.lang for report in event.reports] == ["ar", "fr"]
    assert (event.type, event.date, event.parties, event.id[0]) == ("meeting", "2024-03-03", ("DJ", "OM"), "h")


def test_only_facts_as_sure_as_asked_leave(tmp_path: Path) -> None:
    page = project_document()
    rated = replace(page, events=tuple(replace(event, confidence=0.6) for event in page.events))
    parcels = []
    for folder, least in (("a", 0.6), ("b", 0.61)):
        (tmp_path / folder).mkdir()
        parcels.append(pack(tmp_path / folder, rated, wanted=Wanted(min_confidence=least)))
    assert len(parcels[0].events) == len(page.events) > 0 and parcels[1].events == ()
    assert parcels[1].statements == parcels[0].statements


def test_a_person_named_in_two_scripts_leaves_once_with_both_names(tmp_path: Path) -> None:
    parcel = pack(tmp_path, arabic_document(), french_document())
    names = {entity.name: entity.others for entity in parcel.of_kind("person")}
    assert names["Salim Al-Harthi"] == ("سالم الحارثي",) or names["سالم الحارثي"] == ("Salim Al-Harthi",)
    assert len(names) == 2


def test_ids_stay_when_pages_come_in_another_order(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
    one = pack(tmp_path / "a", *every_document())
    other = pack(tmp_path / "b", *reversed(every_document()))
    assert one == other


def test_what_is_not_resolved_yet_leaves_under_an_id_of_its_own(tmp_path: Path) -> None:
    parcel = pack(tmp_path, arabic_document(), french_document(), resolve=False)
    assert len(parcel.events) == 2
    assert len({event.id for event in parcel.events}) == 2
    hosts = [entity for entity in parcel.of_kind("person") if entity.roles]
    assert [host.names for host in hosts] == [(EntityName("سالم الحارثي", "ar"),)]


def test_those_who_took_part_and_speak_are_entities(tmp_path: Path) -> None:
    parcel = pack(tmp_path, *every_document())
    project = next(event for event in parcel.events if event.type == "project")
    assert [parcel.entities[one].name for one in project.bodies] == ["African Development Bank", "Tartu Cyber Institute"]
    assert next((parcel.entities[took.entity].code, took.role) for took in project.roles) == ("AfDB", "funder")
    promise = next(said for said in parcel.statements if said.statement.due == "2026")
    assert promise.speaker is not None and parcel.entities[promise.speaker].name == "Anu Kask"


def test_a_pair_takes_its_own_facts_and_people_along(tmp_path: Path) -> None:
    parcel = pack(tmp_path, *every_document(), wanted=Wanted(pair=("EE", "RW")))
    assert {event.parties for event in parcel.events} == {("EE", "RW"), ("AfDB", "EE", "RW")}
    assert {page.path for page in parcel.pages} == {"pages/ee-rw.txt", "pages/rw-dc.txt", "pages/ee-rw-id.txt"}
    assert "حواء عثمان" not in {entity.name for entity in parcel.entities.values()}
    assert not parcel.figures


def test_a_country_a_language_and_dates_narrow(tmp_path: Path) -> None:
    for number, (wanted, paths) in enumerate(
        [
            (Wanted(country="DJ"), {"pages/om-dj.txt", "pages/om-dj-fr.txt"}),
            (Wanted(lang="fr"), {"pages/om-dj-fr.txt"}),
            (Wanted(since="2025-06"), {"pages/ee-rw-id.txt"}),
            (Wanted(until="2024-03-04"), {"pages/om-dj.txt"}),
        ]
    ):
        folder = tmp_path / str(number)
        folder.mkdir()
        assert {page.path for page in pack(folder, *every_document(), wanted=wanted).pages} == paths


def test_pages_that_are_not_for_us_leave_only_when_asked_for(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    page = english_document(relevant=False)
    assert not pack(tmp_path / "a", page).pages
    assert pack(tmp_path / "b", page, wanted=Wanted(everything=True)).pages == (page,)


def test_wrong_questions_are_refused() -> None:
    with pytest.raises(QuestionError, match="two different sides"):
        Wanted(pair=("EE", "EE"))
    with pytest.raises(QuestionError, match="not a date"):
        Wanted(since="soon")


def test_words_of_a_protected_page_are_not_shown() -> None:
    page = project_document()
    assert shown_quote(page, page.events[0].evidence) == page.events[0].evidence.quote
    closed = project_document(rights="protected")
    assert shown_quote(closed, closed.events[0].evidence) is None
    assert quotes_of(page) == []
