"""FollowTheMoney entities keep to its model, refer to each other rightly, and load with its own package where that is installed."""

from __future__ import annotations

import json
import re
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from export.sent_pages import TERMS, pack, project_document
from mithaq.export.formats import write_export
from mithaq.export.ftm import BODY_SCHEMAS, EVENT_SCHEMAS, country_code
from mithaq.export.parcel import Parcel
from mithaq.model import Event
from mithaq.model.vocabulary import BODY_KINDS, EVENT_TYPES

# Of each schema that we write: what it also is, what it must have, and the types of the properties that we write (model 4.11).
MODEL: dict[str, dict[str, Any]] = json.loads(Path(__file__).with_name("ftm_model.json").read_text("utf-8"))
TYPES = {
    "date": r"\d{4}(-\d{2}(-\d{2}(T\d{2}:\d{2}:\d{2})?)?)?",
    "country": "[a-z]{2}",
    "language": "ara|fra|eng",
    "url": r"https?://\S+",
    "number": r"\d+(\.\d+)?",
    "topic": r"gov(\.igo)?",
}


def entities_of(parcel: Parcel) -> list[dict[str, Any]]:
    return [json.loads(line) for line in write_export(parcel, "ftm", TERMS).data.decode().splitlines()]


def one(found: list[dict[str, Any]], schema: str, **wanted: str) -> dict[str, list[str]]:
    """Return the properties of the only entity of a schema that has these values."""
    (entity,) = [e for e in found if e["schema"] == schema and all(v in e["properties"].get(k, []) for k, v in wanted.items())]
    properties: dict[str, list[str]] = entity["properties"]
    return properties


def faults(found: list[dict[str, Any]]) -> list[str]:
    """Return where entities break the model."""
    schemas = {entity["id"]: entity["schema"] for entity in found}
    told = [] if len(schemas) == len(found) else ["two entities have one id"]
    for entity in found:
        model, properties = MODEL[entity["schema"]], entity["properties"]
        told += [f"{entity['schema']} lacks {name}" for name in model["required"] if not properties.get(name)]
        for name, values in properties.items():
            if name not in model["properties"] or not values or not all(isinstance(value, str) and value.strip() for value in values):
                told.append(f"{entity['schema']}.{name} {values!r}")
                continue
            kind, *target = model["properties"][name]
            if kind == "entity":
                told += [f"{entity['schema']}.{name} leads nowhere: {v}" for v in values if target[0] not in MODEL[schemas[v]]["is"]]
            elif kind in TYPES:
                told += [f"{entity['schema']}.{name} {value!r}" for value in values if not re.fullmatch(TYPES[kind], value)]
    return told


def test_entities_keep_to_the_model(parcel: Parcel, demo_parcel: Parcel) -> None:
    assert faults(entities_of(parcel)) == []
    assert faults(entities_of(demo_parcel)) == []


def test_the_check_finds_faults() -> None:
    wrong = [
        {"id": "a", "schema": "Person", "properties": {"name": ["A"], "country": ["Oman"], "colour": ["red"]}},
        {"id": "b", "schema": "Event", "properties": {"date": ["soon"], "involved": ["c"]}},
        {"id": "c", "schema": "Article", "properties": {}},
    ]
    assert len(faults(wrong)) == 5


@pytest.mark.skipif(find_spec("followthemoney") is None, reason="the package followthemoney is not installed")
def test_the_package_of_followthemoney_takes_every_entity(demo_parcel: Parcel) -> None:
    from followthemoney import model  # type: ignore[import-not-found, unused-ignore]  # not among our requirements

    for entity in entities_of(demo_parcel):
        proxy = model.get_proxy(entity)
        proxy.schema.validate(entity)
        assert {name: sorted(values) for name, values in proxy.properties.items()} == {
            name: sorted(values) for name, values in entity["properties"].items()
        }


def test_every_kind_of_ours_has_a_schema() -> None:
    assert set(BODY_SCHEMAS) == set(BODY_KINDS) and set(EVENT_SCHEMAS) == set(EVENT_TYPES)
    assert {schema for schema, _ in BODY_SCHEMAS.values()} | set(EVENT_SCHEMAS.values()) <= set(MODEL)


def test_ids_are_those_of_the_workspace(parcel: Parcel) -> None:
    found = {entity["id"] for entity in entities_of(parcel)}
    assert {*parcel.entities, *(e.id for e in parcel.events), *(s.id for s in parcel.statements), *(p.id for p in parcel.pages)} <= found


def test_a_minister_holds_a_post_on_the_day_of_the_page(parcel: Parcel) -> None:
    found = entities_of(parcel)
    person = one(found, "Person", name="Anu Kask")
    assert (person["country"], person["position"]) == (["ee"], ["minister"])
    assert one(found, "Position", name="minister")["country"] == ["ee"]
    held = one(found, "Occupancy", date="2025-06-13")
    assert "startDate" not in held and len(held["holder"]) == len(held["post"]) == 1


def test_a_project_has_money_and_participants_in_roles(parcel: Parcel) -> None:
    found = entities_of(parcel)
    project = one(found, "Project", currency="USD")
    assert (project["amount"], project["status"], project["date"]) == (["20000000"], ["launched"], ["2025-05-04"])
    assert {"infrastructure", "cybersecurity", "project", "triangular"} <= set(project["keywords"])
    assert sorted(e["properties"]["role"][0] for e in found if e["schema"] == "ProjectParticipant" and "role" in e["properties"]) == [
        "funder",
        "implementer",
    ]
    employed = one(found, "Employment")
    assert (employed["employee"], len(employed["employer"])) == ([person_id(found, "Kaja Tamm")], 1)
    assert one(found, "UnknownLink")["role"] == ["part of"] and one(found, "Project", name="Digital Lakes 2030")


def person_id(found: list[dict[str, Any]], name: str) -> str:
    return next(str(e["id"]) for e in found if e["schema"] == "Person" and name in e["properties"]["name"])


def test_a_meeting_told_twice_is_one_event_with_both_pages(parcel: Parcel) -> None:
    meeting = one(entities_of(parcel), "Event", keywords="meeting")
    assert (meeting["date"], meeting["country"], len(meeting["proof"]), len(meeting["involved"])) == (["2024-03-03"], ["dj", "om"], 2, 2)
    assert "invented" not in meeting["keywords"]


def test_an_organisation_that_no_page_names_as_a_body_is_there_too(tmp_path: Path) -> None:
    page = project_document()
    event = Event(type="meeting", stage="held", parties=("ITU", "RW"), date="2025-05-04", evidence=page.events[0].evidence)
    found = entities_of(pack(tmp_path, project_document(events=(event,))))
    assert one(found, "Organization", abbreviation="ITU")["name"] == ["International Telecommunication Union"]
    assert faults(found) == []


def test_full_text_never_leaves(parcel: Parcel) -> None:
    assert all("bodyText" not in entity["properties"] for entity in entities_of(parcel))


def test_countries_are_told_from_organisations() -> None:
    assert [country_code(code) for code in ("MA", "EU", "XK", "WB", "ITU", None)] == ["ma", "eu", "xk", None, None, None]


def test_days_of_a_longer_event_are_first_and_last(tmp_path: Path) -> None:
    page = project_document()
    event = Event(type="visit", parties=("EE", "RW"), date="2025-05-04", date_end="2025-05-06", evidence=page.events[0].evidence)
    visit = one(entities_of(pack(tmp_path, project_document(events=(event,)))), "Event")
    assert (visit["startDate"], visit["endDate"], "date" in visit) == (["2025-05-04"], ["2025-05-06"], False)
