"""JSON-LD uses words that schema.org has, and its references lead somewhere."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from export.sent_pages import TERMS, pack, project_document
from mithaq.export.formats import write_export
from mithaq.export.linked import BODY_TYPES
from mithaq.export.parcel import Parcel
from mithaq.model.vocabulary import BODY_KINDS

# Of each type that we write: its properties as schema.org lists them, inherited ones included, as far as we use them.
THING = {"@type", "@id", "name", "alternateName", "additionalType", "identifier", "url", "description", "subjectOf"}
WORK = THING | {
    "author", "publisher", "datePublished", "inLanguage", "keywords", "about", "text", "isBasedOn", "usageInfo", "creativeWorkStatus",
}  # fmt: skip
ORGANISATION = THING | {"areaServed", "parentOrganization", "keywords"}
TYPES: dict[str, set[str]] = {
    "NewsArticle": WORK | {"headline"},
    "Claim": WORK | {"appearance", "firstAppearance"},
    "Event": THING | {"eventStatus", "startDate", "endDate", "location", "attendee", "organizer", "funder", "keywords", "about"},
    "Person": THING | {"jobTitle", "affiliation", "workLocation"},
    **dict.fromkeys((*BODY_TYPES.values(), "Project"), ORGANISATION),
    "Country": THING,
    "Thing": THING,
    "Place": THING | {"address"},
    "PostalAddress": {"@type", "addressCountry"},
    "PropertyValue": THING | {"value", "unitText", "temporalCoverage"},
}


def graph_of(parcel: Parcel) -> list[dict[str, Any]]:
    document = json.loads(write_export(parcel, "jsonld", TERMS).data)
    assert document["@context"] == "https://schema.org"
    graph: list[dict[str, Any]] = document["@graph"]
    return graph


def faults(node: Any, known: set[str]) -> list[str]:
    """Return the words that schema.org does not have there, and references that lead nowhere."""
    if isinstance(node, list):
        return [fault for item in node for fault in faults(item, known)]
    if not isinstance(node, dict) or set(node) <= {"@value", "@language"}:
        return []
    if set(node) == {"@id"}:
        return [] if node["@id"] in known or node["@id"].startswith("urn:mithaq:page:") else [f"leads nowhere: {node['@id']}"]
    kind = node.get("@type", "?")
    unknown = [f"{kind} has no {name}" for name in node if name not in TYPES.get(kind, set())]
    return unknown + [fault for value in node.values() for fault in faults(value, known)]


def test_only_words_of_schema_org_and_no_dead_references(parcel: Parcel, demo_parcel: Parcel) -> None:
    for one in (parcel, demo_parcel):
        graph = graph_of(one)
        ids = [node["@id"] for node in graph]
        assert len(set(ids)) == len(ids)
        assert faults(graph, set(ids)) == []


def test_the_check_finds_faults() -> None:
    assert len(faults([{"@type": "Event", "colour": "red", "subjectOf": [{"@id": "x"}]}], set())) == 2


def test_every_kind_of_body_has_a_type() -> None:
    assert set(BODY_TYPES) == set(BODY_KINDS)


def test_an_event_knows_its_pages_places_and_people(parcel: Parcel) -> None:
    (project,) = [node for node in graph_of(parcel) if node.get("additionalType") == "project"]
    assert (project["startDate"], project["location"]["address"]["addressCountry"]) == ("2025-05-04", "RW")
    assert project["subjectOf"] == [{"@id": "https://lakes.example/data-centre"}] and len(project["funder"]) == 1
    assert {"launched", "infrastructure"} <= set(project["keywords"])


def test_a_claim_has_its_words_its_author_and_where_it_appeared(parcel: Parcel) -> None:
    claims = {node["additionalType"]: node for node in graph_of(parcel) if node["@type"] == "Claim"}
    need, figure = claims["need"], claims["figure"]
    assert need["text"] and need["appearance"] == [{"@id": "https://sahil.example/om-dj"}] and need["author"]["@id"].startswith("urn:")
    assert {"@type": "Country", "identifier": "OM", "name": "Oman"} in need["about"]
    assert (figure["about"][0]["value"], figure["about"][0]["unitText"]) == (96.5, "points")


def test_a_copy_is_based_on_its_original(tmp_path: Path) -> None:
    parcel = pack(tmp_path, project_document(), project_document("Related: weather", url="https://echo.example/1"))
    one, other = parcel.pages
    articles = graph_of(replace(parcel, pages=(one, replace(other, copy_of=one.id))))[:2]
    assert [node.get("isBasedOn") for node in articles] == [None, articles[0]["@id"]]


def test_names_say_their_language(parcel: Parcel) -> None:
    names = [node["name"] for node in graph_of(parcel) if node["@type"] == "Person"]
    assert {"@value": "حواء عثمان", "@language": "ar"} in names
