"""IATI activities keep to version 2.03: what must stand there, in which order, with which codes; nothing in them is made up."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from export.sent_pages import PROMISE, TERMS, pack, project_document, promise_document
from mithaq.errors import QuestionError
from mithaq.export.exchange import Reporter, Terms
from mithaq.export.formats import write_export
from mithaq.export.iati import AID_TYPES, LANG, SECTORS, STAGES, TRANSACTIONS
from mithaq.export.parcel import Parcel
from mithaq.model import Event, Statement
from mithaq.model.vocabulary import STAGES as ALL_STAGES
from mithaq.model.vocabulary import TOPICS

# The parts of an activity in the order of the schema: name, at least, at most.
PARTS: tuple[tuple[str, int, int], ...] = (
    ("iati-identifier", 1, 1), ("reporting-org", 1, 1), ("title", 1, 1), ("description", 1, 99), ("participating-org", 1, 99),
    ("activity-status", 1, 1), ("activity-date", 1, 99), ("recipient-country", 0, 99), ("location", 0, 99), ("sector", 0, 99),
    ("tag", 0, 99), ("collaboration-type", 0, 1), ("default-aid-type", 0, 99), ("transaction", 0, 99), ("document-link", 0, 99),
    ("related-activity", 0, 99),
)  # fmt: skip
CHILDREN = {
    "transaction": ("transaction-type", "transaction-date", "value", "provider-org"),
    "document-link": ("title", "description", "category", "language", "document-date"),
    "location": ("name",),
}
REQUIRED = {
    "reporting-org": ("ref", "type"), "participating-org": ("role",), "activity-status": ("code",), "activity-date": ("type", "iso-date"),
    "recipient-country": ("code",), "sector": ("code",), "tag": ("code", "vocabulary"), "transaction-type": ("code",),
    "transaction-date": ("iso-date",), "value": ("value-date",), "document-link": ("url", "format"), "category": ("code",),
    "language": ("code",), "document-date": ("iso-date",), "related-activity": ("ref", "type"),
}  # fmt: skip
CODES = {
    ("activity-status", "code"): {"1", "2", "3", "4", "5", "6"},
    ("activity-date", "type"): {"1", "2", "3", "4"},
    ("participating-org", "role"): {"1", "2", "3", "4"},
    ("participating-org", "type"): {"10", "15", "21", "22", "23", "24", "30", "40", "60", "70", "71", "72", "73", "80", "90"},
    ("transaction-type", "code"): {"2", "3", "4", "11", "12", "13"},
    ("collaboration-type", "code"): {"1", "2", "4", "6", "8"},
    ("default-aid-type", "code"): {"C01", "D02", "D021"},
    ("related-activity", "type"): {"1", "2", "3", "4", "5"},
}
SCHEMA = os.environ.get("MITHAQ_IATI_XSD")


def written(parcel: Parcel, terms: Terms = TERMS) -> etree._Element:
    return etree.fromstring(write_export(parcel, "iati", terms).data)


def faults(root: etree._Element) -> list[str]:
    """Return where a file breaks the schema, as far as our elements go."""
    return [fault for activity in root for fault in _faults_of(activity)] + ([] if root.get("version") == "2.03" else ["no version"])


def _faults_of(activity: etree._Element) -> Iterator[str]:
    names = [child.tag for child in activity]
    order = [name for name, _, _ in PARTS]
    yield from (f"unknown {name}" for name in names if name not in order)
    if names != sorted(names, key=order.index):
        yield f"order: {names}"
    yield from (f"{names.count(name)} {name}" for name, least, most in PARTS if not least <= names.count(name) <= most)
    for element in activity.iter():
        tag = str(element.tag)
        yield from (f"{tag} lacks {name}" for name in REQUIRED.get(tag, ()) if not element.get(name))
        below = [str(child.tag) for child in element if child.tag != "narrative"]
        if tag in CHILDREN and below != sorted(below, key=CHILDREN[tag].index):
            yield f"order in {tag}: {below}"
        for name, value in element.attrib.items():
            if value not in CODES.get((tag, str(name)), {value}):
                yield f"{tag} {name}={value}"
            if str(name) in ("iso-date", "value-date") and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", str(value)):
                yield f"{tag} {name}={value}"
        if tag in ("title", "description", "narrative") and not "".join(map(str, element.itertext())).strip():
            yield f"empty {tag}"


def test_files_keep_to_the_schema(parcel: Parcel, demo_parcel: Parcel) -> None:
    assert faults(written(parcel)) == []
    assert faults(written(demo_parcel)) == []


def test_the_check_finds_faults() -> None:
    wrong = etree.fromstring(
        "<iati-activities><iati-activity><title><narrative/></title><iati-identifier>x</iati-identifier><activity-date type='9'/>"
        "<colour/></iati-activity></iati-activities>"
    )
    with pytest.raises(ValueError, match="colour"):
        faults(wrong)
    wrong[0].remove(wrong[0][-1])
    assert {"no version", "activity-date type=9", "activity-date lacks iso-date", "empty title", "0 activity-status"} <= set(faults(wrong))


@pytest.mark.skipif(SCHEMA is None, reason="MITHAQ_IATI_XSD names no folder with iati-activities-schema.xsd")
def test_files_are_valid_by_the_official_schema(parcel: Parcel, demo_parcel: Parcel) -> None:
    schema = etree.XMLSchema(etree.parse(Path(str(SCHEMA)) / "iati-activities-schema.xsd"))
    for one in (parcel, demo_parcel):
        schema.assertValid(etree.ElementTree(written(one)))


def test_tables_know_every_stage_and_only_known_topics() -> None:
    assert set(STAGES) == set(ALL_STAGES) and set(TRANSACTIONS) == set(ALL_STAGES) - {"suspended", "cancelled"}
    assert set(SECTORS) <= set(TOPICS) and all(re.fullmatch(r"\d{5}", code) for code in SECTORS.values())
    assert {kind for kind, _ in AID_TYPES} == {"project", "training"}


def test_a_project_with_its_money(parcel: Parcel) -> None:
    project = next(a for a in written(parcel) if a.find("transaction") is not None)
    assert project.findtext("iati-identifier", "").startswith("XM-EXAMPLE-1-mithaq-h")
    reporter = project.find("reporting-org")
    assert reporter is not None and dict(reporter.attrib) == {"ref": "XM-EXAMPLE-1", "type": "90", "secondary-reporter": "1"}
    assert [(o.get("role"), o.get("type"), o.findtext("narrative")) for o in project.findall("participating-org")] == [
        ("1", "40", "African Development Bank"),
        ("4", "80", "Tartu Cyber Institute"),
        ("2", "10", "رواندا"),
    ]
    assert [d.attrib for d in project.findall("activity-date")] == [{"type": "2", "iso-date": "2025-05-04"}]
    value = project.find("transaction/value")
    assert value is not None and (value.text, value.get("currency"), value.get("value-date")) == ("20000000", "USD", "2025-05-04")
    assert code_of(project, "transaction/transaction-type") == "2" and code_of(project, "activity-status") == "2"
    assert code_of(project, "recipient-country") == "RW" and code_of(project, "collaboration-type") == "8"
    assert (code_of(project, "sector"), code_of(project, "default-aid-type")) == ("22040", "C01")
    assert [tag.get("code") for tag in project.findall("tag")] == ["infrastructure", "cybersecurity"]
    link = project.find("document-link")
    assert link is not None and (link.get("url"), code_of(link, "category")) == ("https://lakes.example/data-centre", "A12")


def code_of(parent: etree._Element, path: str) -> str | None:
    found = parent.find(path)
    return None if found is None else found.get("code")


def test_narratives_say_their_language(parcel: Parcel) -> None:
    for activity in written(parcel):
        title = activity.find("title")
        assert title is not None and [narrative.get(LANG) for narrative in title] == ["ar", "fr", "en"]
        described = activity.find("description/narrative")
        assert described is not None and described.get(LANG) == "en"


def test_an_agreement_is_an_activity_by_what_was_promised_with_it(parcel: Parcel) -> None:
    agreement = next(a for a in written(parcel) if a.findtext("description[@type='2']/narrative"))
    assert agreement.findtext("description[@type='2']/narrative") == PROMISE
    assert (code_of(agreement, "activity-status"), code_of(agreement, "collaboration-type")) == ("1", "1")
    assert agreement.find("recipient-country") is None, "two countries receive, and no page gives shares"


def test_talks_are_left_behind(parcel: Parcel) -> None:
    lost = {(x.layer, x.reason): x.count for x in write_export(parcel, "iati", TERMS).losses.lost if x.field is None}
    assert lost["events", "not an activity: IATI knows projects, training and funding, no talks"] == 1


def test_an_agreement_without_a_deliverable_is_left_behind(tmp_path: Path) -> None:
    made = write_export(pack(tmp_path, promise_document(statements=())), "iati", TERMS)
    assert made.data == b""
    assert [one.reason for one in made.losses.lost if one.layer == "events"] == ["an agreement without a deliverable is no activity"]


def test_whose_deliverable_it_is_stays_unknown_beside_two_agreements(tmp_path: Path) -> None:
    page = promise_document()
    first = page.events[0]
    second = Event(type="agreement", stage="signed", parties=("EE", "RW"), date="2025-06-12", evidence=page.pairs[0].evidence)
    said = page.statements[0]
    bare = Statement(kind="commitment", country="EE", toward="RW", deliverable=said.deliverable, evidence=said.evidence)
    made = write_export(pack(tmp_path, promise_document(events=(first, second), statements=(bare,)), resolve=False), "iati", TERMS)
    assert made.data == b""


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"date": "2025-05"}, "full day"),
        ({"date": "2025-02-30"}, "full day"),
        ({"stage": None}, "stage"),
        ({"parties": (), "bodies": (), "roles": ()}, "somebody who takes part"),
    ],
)
def test_what_the_standard_demands_is_not_made_up(tmp_path: Path, changes: dict[str, Any], reason: str) -> None:
    page = project_document()
    fields: dict[str, Any] = {"type": "project", "stage": "launched", "parties": ("EE", "RW"), "date": "2025-05-04"}
    event = Event(**{**fields, **changes}, evidence=page.events[0].evidence)
    made = write_export(pack(tmp_path, project_document(events=(event,)), resolve=False), "iati", TERMS)
    assert made.data == b""
    assert [one.count for one in made.losses.lost if one.layer == "events" and one.field is None and reason in one.reason] == [1]


def test_a_page_without_an_address_has_no_link_and_an_invented_one_says_so(tmp_path: Path) -> None:
    made = write_export(pack(tmp_path, project_document(url=None, invented=True)), "iati", TERMS)
    (activity,) = etree.fromstring(made.data)
    assert activity.find("document-link") is None and "invented page" in activity.findtext("title/narrative[3]", "")
    assert ("events", "address") in {(one.layer, one.field) for one in made.losses.lost}


def test_somebody_must_publish(parcel: Parcel) -> None:
    with pytest.raises(QuestionError, match="--reporter"):
        write_export(parcel, "iati", Terms())
    root = written(parcel, Terms(reporter=Reporter(ref="R", name="N", kind="80")))
    assert {activity.find("reporting-org").get("type") for activity in root} == {"80"}  # type: ignore[union-attr]  # it must be there
