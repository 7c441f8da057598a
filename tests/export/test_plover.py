"""PLOVER records keep to the codes of its manual, accuse nobody, and give no day that no page gives."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from export.sent_pages import TERMS, pack, project_document, promise_document
from mithaq.export.formats import write_export
from mithaq.export.parcel import Parcel
from mithaq.export.plover import CONTEXTS, EVENT_ACTS, QUADS, SCALES, STATEMENT_ACTS, side_code
from mithaq.model import Event, Part, Statement
from mithaq.model.vocabulary import EVENT_TYPES, STAGES, STATEMENT_KINDS, TOPICS

# The manual's own lists: modes of each type, contexts, sectors, fields and whether a recipient is required.
MODES = {
    "AGREE": (), "SUPPORT": (), "CONCEDE": (), "COOPERATE": (), "AID": (),
    "CONSULT": ("visit", "third-party", "multilateral", "phone"), "RETREAT": ("withdraw", "release", "disarm", "ceasefire"),
    "REQUEST": ("assist", "change", "yield", "meet"), "REJECT": ("assist", "change", "yield", "meet"),
}  # fmt: skip
NEED_RECIPIENT = ("COOPERATE", "AID", "SANCTION")
CONTEXT = {"diplomatic", "technology", "cyber", "economic", "legal", "executive"}
SECTOR = {"GOV", "BUS", "CVL", "EDU"}
FIELDS = {
    "id", "date", "enddate", "actor", "recipient", "event", "event_loc", "event_text", "quad_code", "event_scale", "mode", "context",
    "link", "text_info", "cite_info", "coder", "comment",
}  # fmt: skip
OURS = {"reports"}
ENTITY = {"code", "sector", "entity_text", "identifier_text", "office", "mithaq_id"}


def records_of(parcel: Parcel) -> list[dict[str, Any]]:
    return [json.loads(line) for line in write_export(parcel, "plover", TERMS).data.decode().splitlines()]


def faults(record: dict[str, Any]) -> list[str]:
    """Return where a record breaks the manual."""
    told = [f"lacks {name}" for name in ("id", "date", "actor", "event") if not record.get(name)]
    told += [f"unknown field {name}" for name in set(record) - FIELDS - OURS]
    told += [] if re.fullmatch(r"\d{4}-\d{2}-\d{2}", record.get("date", "")) else ["no full day"]
    for event in record.get("event", ()):
        told += [f"unknown type {event}"] if event not in MODES else [f"mode {m}" for m in record.get("mode", ()) if m not in MODES[event]]
        told += ["no recipient"] if event in NEED_RECIPIENT and not record.get("recipient") else []
    told += [f"context {name}" for name in record.get("context", ()) if name not in CONTEXT]
    for entity in (*record.get("actor", ()), *record.get("recipient", ())):
        told += [f"entity field {name}" for name in set(entity) - ENTITY]
        told += [] if re.fullmatch("[A-Z]{3}", entity.get("code", "")) and entity.get("sector") in (None, *SECTOR) else [f"entity {entity}"]
    return told


def test_records_keep_to_the_manual(parcel: Parcel, demo_parcel: Parcel) -> None:
    for found in (records_of(parcel), records_of(demo_parcel)):
        assert found and [fault for record in found for fault in faults(record)] == []
        assert len({record["id"] for record in found}) == len(found)


def test_the_check_finds_faults() -> None:
    wrong = {"id": "1", "date": "2024", "actor": [{"code": "MA"}], "event": ["AID"], "mode": ["visit"], "colour": 1}
    assert len(faults(wrong)) == 5


def test_the_tables_hold_only_codes_of_the_manual() -> None:
    acts = [*EVENT_ACTS.values(), *STATEMENT_ACTS.values()]
    assert all(act.event in MODES and act.mode in (None, *MODES[act.event]) for act in acts)
    assert set(QUADS) | {"REQUEST"} == {act.event for act in acts} | {"AID"}
    assert all(event in MODES and mode in (None, *MODES[event]) for event, mode in SCALES)
    assert {name for names in CONTEXTS.values() for name in names} <= CONTEXT and set(CONTEXTS) <= set(TOPICS)
    assert {kind for kind, _ in EVENT_ACTS} == set(EVENT_TYPES) - {"appointment"}
    assert set(STATEMENT_KINDS) - set(STATEMENT_ACTS) == {"achievement", "appraisal"}
    never = {(kind, stage) for kind in EVENT_TYPES for stage in STAGES if (kind, stage) not in EVENT_ACTS}
    assert {stage for kind, stage in never if kind == "project"} == {"suspended", "cancelled"}


def test_a_meeting_has_all_sides_as_actors_and_no_recipient(parcel: Parcel) -> None:
    (meeting,) = [record for record in records_of(parcel) if record["event"] == ["CONSULT"]]
    assert [(e["code"], e["mithaq_id"] in parcel.entities) for e in meeting["actor"]] == [("DJI", True), ("OMN", True)]
    assert "recipient" not in meeting and (meeting["quad_code"], meeting["event_scale"]) == (1, 2.5)
    assert meeting["context"] == ["diplomatic", "technology", "cyber"]
    assert [report["document"] for report in meeting["reports"]] == [p.id for p in parcel.pages[:2]]
    assert meeting["cite_info"]["url"] == "https://sahil.example/om-dj" and "text" not in meeting


def test_a_project_with_a_funder_is_aid_to_the_other_sides(parcel: Parcel) -> None:
    (aid,) = [record for record in records_of(parcel) if record["event"] == ["AID"]]
    assert sorted(e["code"] for e in aid["actor"]) == ["EST", "EST", "IGO"]
    assert aid["recipient"] == [{"code": "RWA"}]
    assert {e.get("sector") for e in aid["actor"]} == {None, "EDU"}


def test_without_givers_sides_cooperate_with_each_other(tmp_path: Path) -> None:
    page = project_document()
    event = Event(type="project", stage="running", parties=("EE", "RW"), date="2025-05-04", evidence=page.events[0].evidence)
    (record,) = records_of(pack(tmp_path, project_document(events=(event,))))
    assert (record["event"], [e["code"] for e in record["recipient"]]) == (["COOPERATE"], ["EST", "RWA"])


def test_a_need_is_a_request_without_quad_and_a_promise_agrees(parcel: Parcel) -> None:
    by_type = {tuple(record["event"]): record for record in records_of(parcel) if record["id"].startswith(("s", "c"))}
    need, promise = by_type["REQUEST",], by_type["AGREE",]
    assert (need["mode"], need["event_scale"], "quad_code" in need) == (["assist"], 0.5, False)
    assert need["recipient"] == [{"code": "OMN"}] and "dated by publication" in need["comment"]
    assert promise["actor"][0]["code"] in ("EST", "OMN")


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"date": "2025-05"}, "a record needs a full day"),
        ({"stage": "cancelled"}, "who stopped it"),
        ({"parties": ()}, "a record needs an actor"),
        ({"parties": ("RW",), "roles": ()}, "cooperation needs two sides"),
        ({"type": "appointment"}, "no event type for an appointment"),
    ],
)
def test_what_a_record_would_have_to_invent_is_left_behind(tmp_path: Path, changes: dict[str, Any], reason: str) -> None:
    page = project_document()
    fields: dict[str, Any] = {"type": "project", "stage": "launched", "parties": ("EE", "RW"), "date": "2025-05-04"}
    event = Event(**{**fields, **changes}, evidence=page.events[0].evidence)
    made = write_export(pack(tmp_path, project_document(events=(event,))), "plover", TERMS)
    assert made.data == b""
    assert [one.count for one in made.losses.lost if one.layer == "events" and one.field is None and reason in one.reason] == [1]


def test_a_refusal_rejects_and_praise_is_left_behind(tmp_path: Path) -> None:
    words = promise_document().statements[0].evidence
    said = (Statement(kind="refusal", country="EE", toward="RW", evidence=words), Statement(kind="appraisal", country="EE", evidence=words))
    made = write_export(pack(tmp_path, promise_document(statements=said, events=())), "plover", TERMS)
    (record,) = (json.loads(line) for line in made.data.decode().splitlines())
    assert (record["event"], "mode" in record, record["quad_code"]) == (["REJECT"], False, 3)
    assert ("statements", None, "praise cannot be told from blame", 1) in {(x.layer, x.field, x.reason, x.count) for x in made.losses.lost}


def test_sides_have_three_letters() -> None:
    codes = {"MA": "MAR", "CD": "COD", "DE": "DEU", "FR": "FRA", "XK": "XKX", "EU": "EUR", "UN": "UNO", "ITU": "IGO", "WB": "IGO"}
    assert {code: side_code(code) for code in codes} == codes


def test_roles_of_the_same_side_as_all_parties_make_nobody_a_giver(tmp_path: Path) -> None:
    page = project_document()
    host = Part("Tartu Cyber Institute", "implementer", page.bodies[1].mentions[0])
    event = Event(type="training", stage="held", parties=("EE",), roles=(host,), date="2025-05-04", evidence=page.events[0].evidence)
    assert records_of(pack(tmp_path, project_document(events=(event,)))) == []
