"""What is known of sources: one file each, found by id, domain, name or the address of a page; a workspace may have its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from mithaq.errors import KnowledgeError, QuestionError
from mithaq.lexicon import load_lexicon
from mithaq.lexicon.check_sources import check_sources
from mithaq.lexicon.outlets import agency_country, outlet_country
from mithaq.lexicon.sources import WORLD, find_source, known_sources, listed_hosts, packaged_sources, read_source, source_of

GOOD = """kind: source
type: newspaper
country: "MA"
domain: port.example
hosts: [port-news.example]
languages: [ar, fr]
ar:
  name: أخبار الميناء
fr:
  name: Nouvelles du Port
en:
  name: Port News
feeds:
  - address: https://www.port.example/feed
    language: ar
    verified: false
credits: [MAP]
dates:
  months: maghrebi
healthy:
  least_words: 80
  titled: yes
example: https://www.port.example/2025/03/
"""


def write(root: Path, content: str, place: str = "ma/port.yml") -> Path:
    file = root / "sources" / place
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(content, "utf-8")
    return file


def test_at_least_forty_sources_of_many_countries_in_three_languages_are_known() -> None:
    known = packaged_sources().values()
    assert len(known) >= 90 and len({source.country for source in known}) >= 40
    assert {lang for source in known for lang in source.languages} == {"ar", "fr", "en"}
    assert {source.type for source in known} >= {"agency", "newspaper", "news_site", "ministry", "regulator"}
    assert all((len(source.names) == 3 and source.channels) or source.agency for source in known)
    # Nobody has tried them from here.
    assert not any(channel.verified for source in known for channel in source.channels)


def test_every_source_that_ships_passes_its_check() -> None:
    from mithaq.lexicon.load import packaged_knowledge

    assert [str(problem) for problem in check_sources(packaged_knowledge())] == []


def test_a_source_is_found_by_address_id_domain_and_name() -> None:
    known = known_sources()
    assert source_of("https://fr.hespress.com/1.html", known.values()) is known["hespress"]
    assert source_of("https://nothespress.com/1", known.values()) is None
    assert find_source("hespress.com", known) is find_source("Hespress", known) is find_source("هسبريس", known) is known["hespress"]
    with pytest.raises(QuestionError, match="no one source 'nobody'"):
        find_source("nobody", known)


def test_agencies_and_outlets_have_one_place() -> None:
    assert (agency_country("MAP"), agency_country("AFP"), agency_country(None)) == ("MA", None, None)
    assert outlet_country(None, "Tunisie Numérique") == "TN" and outlet_country(None, "الأيام") is None
    assert listed_hosts()["aljazeera.net"] == WORLD  # it reports from everywhere
    codes = {e.attributes["code"] for e in load_lexicon().entries if e.kind == "outlet.agency"}
    assert codes == {source.agency for source in packaged_sources().values() if source.agency}


def test_a_workspace_adds_its_own_and_may_replace(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    write(tmp_path, GOOD.replace("port.example", "hespress.example").replace("port-news", "hn"), "ma/hespress.yml")
    known = known_sources(tmp_path)
    assert known["port"].name("fr") == "Nouvelles du Port" and known["port"].healthy.least_words == 80
    assert known["hespress"].domain == "hespress.example"
    assert check_sources(tmp_path) == []


@pytest.mark.parametrize(
    ("before", "after", "line", "words"),
    [
        ("domain: port.example", "domain: https://www.port.example/", 4, "write the bare name of the site"),
        ("type: newspaper", "type: paper", 2, "'type' may be agency, newspaper"),
        ('country: "MA"', "country: XQ", 3, "no country has this code"),
        ('country: "MA"', "country: OM", 3, "it belongs into 'om'; move it there"),
        ("languages: [ar, fr]", "languages: [ar, es]", 6, "mithaq does not read this language"),
        ("feeds:", "feed:", 13, "a source has no such line; write 'feeds'"),
        ("    verified: false\n", "", 14, "say whether anybody has tried it"),
        ("https://www.port.example/feed", "https://elsewhere.example/feed", 14, "is not of port.example or port-news.example"),
        ("https://www.port.example/feed", "www.port.example/feed", 14, "an address begins with https://"),
        ("credits: [MAP]", "credits: [MPA]", 17, "no agency is known by this code"),
        ("months: maghrebi", "months: moroccan", 19, "'months' may be egyptian"),
        ("example: https://www.port.example/2025/03/\n", "", 1, "add 'example:' with an address"),
        ("en:\n  name: Port News\n", "", 1, "has no name in this language"),
        ("least_words: 80", "least_words: many", 1, "is no number"),
        ("languages: [ar, fr]", "languages: ar", 1, "is a list; write [one, another]"),
        ("kind: source", "kind: outlet", 1, "begins with 'kind: source'"),
    ],
)
def test_what_is_wrong_is_told_with_its_line_and_what_to_do(tmp_path: Path, before: str, after: str, line: int, words: str) -> None:
    assert before in GOOD
    file = write(tmp_path, GOOD.replace(before, after, 1))
    problems = check_sources(tmp_path)
    found = [problem for problem in problems if words in problem.message]
    assert found and found[0].line == line and found[0].path == str(file), [str(problem) for problem in problems]


def test_a_site_stands_in_one_file_only(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    write(tmp_path, GOOD, "ma/quay.yml")
    assert ["stands in ma/port.yml already" in problem.message for problem in check_sources(tmp_path)] == [True, True]
    with pytest.raises(KnowledgeError, match="does not say its domain"):
        read_source(write(tmp_path, GOOD.replace("domain: port.example\n", ""), "ma/none.yml"))
