"""The feed is one that readers take: what RFC 4287 asks for, newest first, the same for the same pages."""

from __future__ import annotations

import re
from pathlib import Path

from lxml import etree

from export.sent_pages import TERMS, pack, project_document
from mithaq.export.atom import ATOM
from mithaq.export.exchange import Terms
from mithaq.export.formats import write_export
from mithaq.export.parcel import Parcel

NS = {"a": ATOM}
MOMENT = r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z"


def feed_of(parcel: Parcel, terms: Terms = TERMS) -> etree._Element:
    return etree.fromstring(write_export(parcel, "atom", terms).data)


def text_of(parent: etree._Element, path: str) -> str:
    return parent.findtext(path, "", NS)


def test_feed_and_entries_have_what_a_reader_needs(parcel: Parcel, demo_parcel: Parcel) -> None:
    for one in (parcel, demo_parcel):
        feed = feed_of(one)
        entries = feed.findall("a:entry", NS)
        assert entries and text_of(feed, "a:author/a:name") == "Observatory of Amal"
        for part in (feed, *entries):
            assert re.fullmatch(r"urn:mithaq:(feed|event):\w+", text_of(part, "a:id")) and text_of(part, "a:title")
            assert re.fullmatch(MOMENT, text_of(part, "a:updated"))
        updated = [text_of(entry, "a:updated") for entry in entries]
        assert updated == sorted(updated, reverse=True) and text_of(feed, "a:updated") == updated[0]
        assert len({text_of(entry, "a:id") for entry in entries}) == len(entries)
        for entry in entries:
            assert len(entry.findall("a:link[@rel='alternate']", NS)) <= 1
            assert entry.find("a:summary", NS) is not None, "an entry without content and link must have a summary"


def test_an_entry_tells_kind_place_people_and_words(parcel: Parcel) -> None:
    (entry,) = [e for e in feed_of(parcel).findall("a:entry", NS) if text_of(e, "a:title").startswith("Project")]
    assert "Project" in text_of(entry, "a:title") and "Rwanda" in text_of(entry, "a:title")
    summary = text_of(entry, "a:summary")
    assert "Kigali (Rwanda)" in summary and "Kaja Tamm" in summary and "Rwanda opened the Kivu data centre" in summary
    link = entry.find("a:link", NS)
    assert link is not None and (link.get("href"), link.get("hreflang")) == ("https://lakes.example/data-centre", "en")
    assert {"project", "launched", "infrastructure", "RW"} <= {c.get("term") for c in entry.findall("a:category", NS)}


def test_titles_speak_the_language_asked_for(parcel: Parcel) -> None:
    assert "Projet" in write_export(parcel, "atom", Terms(lang="fr")).data.decode()
    assert feed_of(parcel, Terms(lang="ar")).get("{http://www.w3.org/XML/1998/namespace}lang") == "ar"


def test_an_event_of_pages_without_a_day_is_left_behind(tmp_path: Path) -> None:
    made = write_export(pack(tmp_path, project_document(published=None, retrieved=None)), "atom", TERMS)
    assert made.data == b""
    assert [one.count for one in made.losses.lost if one.layer == "events" and "updated" in one.reason] == [1]


def test_a_page_that_is_invented_says_so(tmp_path: Path) -> None:
    assert "(invented page)" in write_export(pack(tmp_path, project_document(invented=True)), "atom", TERMS).data.decode()
