"""Entities, events and threads on the site: all names, all reports, all steps, each with its words; and the lists that lead there."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from starlette.testclient import TestClient

from export.page_reader import PageReader
from mithaq.answers.entity import look_up
from mithaq.errors import QuestionError
from mithaq.ingest import DATABASE
from mithaq.store import Narrow, open_store


def words(site: TestClient, place: str) -> str:
    return PageReader(site.get(place, headers={"accept-language": "en"}).text).text


def test_an_entity_shows_every_name_and_leads_to_its_pages(site: TestClient, demo_workspace: Path) -> None:
    with open_store(demo_workspace / DATABASE, create=False) as store:
        for kind in ("person", "body", "programme"):
            entity = max(store.entities(kind), key=lambda e: len(e.names))  # type: ignore[arg-type]  # the three kinds
            told = words(site, f"/entity/{entity.id}")
            assert all(" ".join(name.name.split()) in told for name in entity.names)
            found = look_up(store, entity.id)
            assert len({m.proof.document for m in found.mentions}) == found.pages > 0
            for proof in (*(m.proof for m in found.mentions), *(o.proof for o in found.offices)):
                assert store.document(proof.document).text[proof.start : proof.end] == proof.quote
        with pytest.raises(QuestionError, match="there is no person"):
            look_up(store, "p000")
    assert site.get("/entity/p000").status_code == 404


def test_lists_of_names_count_each_once(site: TestClient, demo_workspace: Path) -> None:
    with open_store(demo_workspace / DATABASE, create=False) as store:
        rows = store.tally_entities("people", Narrow(), limit=500)
        assert len({row["entity"] for row in rows}) == len(rows) == len(store.entities("person"))
        assert rows[0]["pages"] == max(int(row["pages"] or 0) for row in rows)
        assert store.tally_entities("people", Narrow(), limit=2, offset=1) == rows[1:3]
    assert f"/entity/{rows[0]['entity']}" in site.get("/people?all=1").text


def test_an_event_shows_all_its_reports_and_where_they_differ(site: TestClient, demo_workspace: Path) -> None:
    with open_store(demo_workspace / DATABASE, create=False) as store:
        happenings = list(store.happenings())
        several = max(happenings, key=lambda h: (len(h.differences), len(h.sources)))
        seen: list[str] = []
        after = None
        while True:
            found, after = store.browse_happenings(Narrow(), limit=3, after=after)
            seen += [h.id for h in found]
            if after is None:
                break
        dated = [h for h in happenings if h.date and h.type != "commitment"]
        assert len(seen) == len(set(seen)) == len(dated) and set(seen) == {h.id for h in dated}
        undated, _ = store.browse_happenings(Narrow(), limit=500, undated=True)
        assert {h.id for h in undated} == {h.id for h in happenings if not h.date and h.type != "commitment"}
        jordan, _ = store.browse_happenings(Narrow(country="JO", since="2026-02", until="2026-06"), limit=500)
        assert jordan and all("2026" <= (h.date or "") <= "2026-06-99" for h in jordan)
    page = site.get(f"/event/{several.id}")
    assert several.differences and "Where the reports differ" in words(site, f"/event/{several.id}")
    assert all(f"/document/{source.document}?at=" in page.text for source in several.sources)
    assert PageReader(page.text).problems == []
    assert site.get("/event/h00000000").status_code == 404


def test_a_thread_shows_its_steps_and_how_it_stands(site: TestClient, demo_workspace: Path) -> None:
    with open_store(demo_workspace / DATABASE, create=False) as store:
        thread = max(store.threads(), key=lambda t: len(t.steps))
    page = site.get(f"/thread/{thread.id}", headers={"accept-language": "en"})
    assert PageReader(page.text).problems == []
    assert page.text.count('<li id="step-') == len(thread.steps) > 1
    assert "officially said" in page.text and "schedule" in page.text
    assert site.get("/thread/t00000000").status_code == 404


def test_what_is_awaited_comes_first(site: TestClient) -> None:
    every, waiting = site.get("/threads?all=1").text, site.get("/threads?open=1&all=1").text
    rows = [re.findall(r'schedule-(\w+)"', text) for text in (every, waiting)]
    assert set(rows[1]) <= {"open", "due", "overdue"} and rows[0][: len(rows[1])] == rows[1]
    assert "broken" in words(site, "/threads") and "Still to come" in words(site, "/")


def test_facts_of_a_page_lead_to_what_they_are_across_pages(site: TestClient) -> None:
    place = re.findall(r"/document/[0-9a-f]{64}", site.get("/search?country=JO").text)[0]
    text = site.get(place).text
    assert re.search(r'class="across" href="/entity/p', text) and re.search(r'class="across" href="/event/h', text)


def test_numbers_of_events_are_those_of_their_rows(site: TestClient, demo_workspace: Path) -> None:
    with open_store(demo_workspace / DATABASE, create=False) as store:
        for narrow in (Narrow(relevant=True), Narrow(relevant=True, country="MR"), Narrow(since="2026-02", until="2026-06")):
            told = store.count_happenings(narrow)
            dated, undated = (store.browse_happenings(narrow, limit=500, undated=which)[0] for which in (False, True))
            assert (told.dated, told.undated, told.all) == (len(dated), len(undated), len(dated) + len(undated))
            assert told.dated > 0
        everywhere, mauritania = (store.count_happenings(Narrow(relevant=True, country=c)) for c in (None, "MR"))
        every = store.count_happenings(Narrow())
    assert f'<a class="n" href="/timeline">{everywhere.all}</a>' in site.get("/").text
    assert f'<a class="n" href="/timeline?country=MR">{mauritania.all}</a>' in site.get("/country/MR").text
    assert f'<a class="n" href="/timeline?all=1">{every.all}</a>' in site.get("/about").text
    told_there = words(site, "/timeline")
    assert f"With a date ({everywhere.dated})" in told_there and f"Without a date ({everywhere.undated})" in told_there


def test_steps_stand_by_the_day_they_were_told_and_all_show_their_words(site: TestClient, demo_workspace: Path) -> None:
    with open_store(demo_workspace / DATABASE, create=False) as store:
        threads = list(store.threads())
    ahead = 0
    for thread in sorted(threads, key=lambda t: -len(t.steps))[:6]:
        steps = site.get(f"/thread/{thread.id}", headers={"accept-language": "en"}).text.split('<li id="step-')[1:]
        for step, text in zip(thread.steps, steps, strict=True):
            assert all(f"/document/{source.document}?at=" in text for source in step.sources[:2])
            assert text.count("<cite") == len(step.sources[:2])
            if step.type == "commitment" and step.date and step.published:
                ahead += 1
                heading, rest = text.split("</h2>", 1)
                assert step.published[:4] in heading and "<i>due</i>" in rest
    assert ahead


def test_feeds_of_an_entity_and_a_matter_bring_their_pages(site: TestClient, demo_workspace: Path) -> None:
    with open_store(demo_workspace / DATABASE, create=False) as store:
        thread = max(store.threads(), key=lambda t: len(t.steps))
        entity = next(iter(store.entities("person")))
        told = {source.document for step in thread.steps for source in step.sources}
        named = {source for source, _, _ in store.pages_of_entity(entity.id, entity.kind, limit=30)}
    for place, wanted in ((f"/thread/{thread.id}", told), (f"/entity/{entity.id}", named)):
        assert f'href="{place}/feed.atom"' in site.get(place).text
        feed = ElementTree.fromstring(site.get(f"{place}/feed.atom").text)
        ids = {str(entry.findtext("{*}id")).removeprefix("urn:sha256:") for entry in feed.iterfind("{*}entry")}
        assert ids and ids == (wanted if len(wanted) <= 30 else ids & wanted)
    assert site.get("/thread/t00000000/feed.atom").status_code == site.get("/entity/p000/feed.atom").status_code == 404


def test_an_entity_belongs_to_the_list_of_its_kind(site: TestClient, demo_workspace: Path) -> None:
    with open_store(demo_workspace / DATABASE, create=False) as store:
        for kind, place in (("person", "/people"), ("body", "/bodies"), ("programme", "/programmes")):
            text = site.get(f"/entity/{next(iter(store.entities(kind))).id}").text  # type: ignore[arg-type]  # the three kinds
            assert re.findall(r'<a href="([^"]+)" aria-current="(\w+)"', text) == [(place, "true")]
            assert re.findall(r'<a href="([^"]+)" aria-current="(\w+)"', site.get(place).text) == [(place, "page")]
