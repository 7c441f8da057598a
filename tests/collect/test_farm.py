"""A farm of good and hostile sites, eight hours in seconds: no new article is lost, no politeness broken, no private machine asked."""

from __future__ import annotations

import resource
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import httpcore2
import pytest

import mithaq.collect.addresses
from mithaq.answers.source_health import tell_health
from mithaq.collect.collector import Pace, Round
from mithaq.collect.fetch import Limits
from mithaq.collecting import collect, make_ask
from mithaq.errors import QuestionError
from mithaq.store.schedule import Schedule
from mithaq.workspace import Workspace, open_workspace
from site_farm import HOUR, READER, START, Archive, Burst, Canonical, Edited, Farm, FastClock, HugeMap, Seen, Site, all_sites, running
from small_site import this_machine_only

LIMITS = Limits(seconds=20, connect=10, read=10, size=200_000)
DELAY, LATE = 5.0, 4 * HOUR
HERE = "127.0.0.1"


class Day(NamedTuple):
    """What a run of the collector over the farm left."""

    farm: Farm
    workspace: Workspace
    done: Round
    connected: list[str]
    grown: int


def follow(workspace: Workspace, farm: Farm) -> None:
    for site in farm.sites.values():
        channels = [site.channel]
        if isinstance(site, Burst):
            channels.append(("sitemap", site.address + "/sitemap.xml", site.channel[2]))
        if not site.name.startswith("new-"):
            workspace.store.schedule().follow(site.name, channels, farm.clock.now(), 1800)


def run(workspace: Workspace, farm: Farm, hours: float = 0.0, *, seed: int = 1, **wanted: Any) -> Round:
    """Collect for so many hours of the farm's clock; without any for one round."""
    end = farm.clock.now() + hours * HOUR
    stop: Callable[[], bool] = (lambda: farm.clock.now() >= end) if hours else (lambda: False)
    door = make_ask("desk@example.org", this_machine_only)
    return collect(
        workspace, contact="desk@example.org", once=not hours, clock=farm.clock, stop=stop, door=door, chance=Random(seed),
        pace=Pace(delay=DELAY, limits=LIMITS), **wanted,
    )  # fmt: skip


def paths_of(day: Day, name: str) -> list[str]:
    return [seen.path for seen in day.farm.seen if seen.host == f"{name}.farm.test"]


def titles(workspace: Workspace) -> list[str]:
    return [str(row["title"]) for row in workspace.store.rows("documents")]


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> Callable[[Farm], None]:
    """Give a function that makes a farm's names known to the fetcher."""
    return lambda farm: monkeypatch.setattr(mithaq.collect.addresses, "resolve", farm.resolve)


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Day]:
    connected: list[str] = []
    connect = httpcore2.SyncBackend.connect_tcp

    def noted(self: httpcore2.SyncBackend, host: str, *rest: object, **more: object) -> httpcore2.NetworkStream:
        connected.append(host)
        return connect(self, host, *rest, **more)  # type: ignore[arg-type]  # handed through

    patch = pytest.MonkeyPatch()
    patch.setattr(httpcore2.SyncBackend, "connect_tcp", noted)
    clock = FastClock()
    sites = [site for site in all_sites() if not isinstance(site, HugeMap)]  # it has a test of its own
    with running(sites, clock) as farm, open_workspace(tmp_path_factory.mktemp("farm"), reader=READER) as workspace:
        patch.setattr(mithaq.collect.addresses, "resolve", farm.resolve)
        follow(workspace, farm)
        run(workspace, farm)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        done = run(workspace, farm, 8)
        yield Day(farm, workspace, done, connected, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
    patch.undo()


def test_there_are_sites_of_more_than_thirty_habits() -> None:
    assert len({type(site) for site in all_sites()}) > 30


def test_no_new_article_is_lost_and_none_is_kept_twice(day: Day) -> None:
    kept = titles(day.workspace)
    missing = {site.name: sorted(site.wanted(LATE) - set(kept)) for site in day.farm.sites.values()}
    assert {name: lost for name, lost in missing.items() if lost} == {}
    assert len(kept) == len(set(kept))


def test_politeness_is_never_broken(day: Day) -> None:
    by_host: defaultdict[str, list[Seen]] = defaultdict(list)
    for seen in day.farm.seen:
        by_host[seen.host].append(seen)
    gaps = {host: min((b.at - a.at for a, b in pairwise(seen)), default=99.0) for host, seen in by_host.items()}
    assert min(gaps.values()) >= DELAY - 1e-6
    assert gaps["leisurely.farm.test"] >= 40
    assert day.farm.sites["toobusy.farm.test"].broken == []  # type: ignore[attr-defined]  # a site that wants to be left in peace
    # Rules are asked for before anything else, and once a day.
    assert {host: seen[0].path for host, seen in by_host.items() if seen[0].path != "/robots.txt"} == {}
    assert [host for host, seen in by_host.items() if sum(s.path == "/robots.txt" for s in seen) > 1] == ["brokenrules.farm.test"]


def test_what_a_site_closes_to_programs_is_not_asked_for(day: Day) -> None:
    paths = {name: paths_of(day, name) for name in ("fenced", "optedout", "brokenrules")}
    assert not [path for path in paths["fenced"] if "session" in path or "secret" in path]
    assert set(paths["optedout"]) == set(paths["brokenrules"]) == {"/robots.txt"}
    closed = {row.url.rpartition("/")[2] for row in day.workspace.store.schedule().failed() if row.state == "closed"}
    assert closed == {"1?session=7", "1-secret-1"}


def test_no_other_machine_is_ever_asked(day: Day) -> None:
    assert set(day.connected) == {HERE}
    refused = [row.reason for row in day.workspace.store.schedule().failed() if "no public machine" in row.reason]
    assert any("10.0.0.8" in reason for reason in refused) and any("192.168.1.1" in reason for reason in refused)


def test_every_request_and_its_outcome_is_recorded(day: Day) -> None:
    requests = day.workspace.store.schedule().requests(100_000)
    asked = Counter((s.host, s.path) for s in day.farm.seen)
    recorded = Counter((urlsplit(r.url).hostname, r.url.split(str(day.farm.port), 1)[-1]) for r in requests)
    # Of a site that closes the connection the record may be all that there is; nothing is ever asked without a record.
    assert asked - recorded == Counter()
    assert all(r.outcome for r in requests)


def test_hostile_sites_cost_little(day: Day) -> None:
    asked = {name: len(paths_of(day, name)) for name in ("loopingfeed", "endlessquery", "calendar", "bombpages")}
    assert asked["loopingfeed"] < 60 and asked["endlessquery"] < 60 and asked["calendar"] < 90 and asked["bombpages"] < 20
    # Kilobytes: the bombs alone would be 60 MB each, a hundred thousand addresses 15 MB unpacked.
    assert day.grown < 60_000 * (1 if sys.platform != "darwin" else 1024)


def test_unchanged_feeds_are_not_sent_again(day: Day) -> None:
    feeds = [seen for seen in day.farm.seen if seen.host == "plain.farm.test" and seen.path == "/feed"]
    assert all("if-none-match" in seen.headers for seen in feeds[1:])
    assert any(r.status == 304 and r.outcome == "unchanged" for r in day.workspace.store.schedule().requests(100_000))


def test_no_cookie_is_ever_sent_and_everybody_knows_who_asks(day: Day) -> None:
    assert not [seen for seen in day.farm.seen if "cookie" in seen.headers]
    assert {seen.headers["user-agent"] for seen in day.farm.seen} == {day.farm.seen[0].headers["user-agent"]}
    agent = day.farm.seen[0].headers["user-agent"]
    assert agent.startswith("mithaq/") and "contact: desk@example.org" in agent and "opt out" in agent


def test_an_address_with_many_names_is_asked_once(day: Day) -> None:
    paths = [path for path in paths_of(day, "manynames") if path.startswith("/news")]
    assert len(paths) == len({path.split("?")[0].removesuffix("/amp") for path in paths})
    states = day.workspace.store.schedule().states()
    assert states["passed"] >= 5  # football


def test_wrong_charsets_are_read_and_edited_pages_once_more(day: Day) -> None:
    kept = titles(day.workspace)
    assert any(title.startswith("مقال عن التعاون رقم 0") for title in kept)
    assert {"Article 0 of edited", "Article 0 of edited corrected"} <= set(kept)


def test_a_huge_sitemap_is_gone_through_for_what_is_new(tmp_path: Path, names: Callable[[Farm], None]) -> None:
    with running([HugeMap("huge")], FastClock()) as farm, open_workspace(tmp_path, reader=READER) as workspace:
        names(farm)
        farm.sites["huge.farm.test"].feed({})
        follow(workspace, farm)
        run(workspace, farm)
        assert set(titles(workspace)) == {"Article 0 of huge", "Article 1 of huge", "Article 2 of huge"}
        assert sum(workspace.store.schedule().states().values()) == 3


class Killed(BaseException):
    """Stands for SIGKILL: nothing catches it."""


@pytest.mark.parametrize("seed", range(2))
def test_a_collector_that_is_killed_again_and_again_ends_with_the_same(
    seed: int, tmp_path: Path, names: Callable[[Farm], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = Random(seed)
    sites = [Site("one", first=6), Canonical("two"), Edited("three"), Site("four")]
    with running(sites, FastClock()) as farm:
        names(farm)
        with open_workspace(tmp_path, reader=READER) as workspace:
            follow(workspace, farm)
        transaction = Schedule._transaction
        left = 0

        def killing(self: Schedule) -> object:
            nonlocal left
            left -= 1
            if left == 0:
                raise Killed
            return transaction(self)

        for _ in range(12):
            left = chance.randint(2, 25)
            monkeypatch.setattr(Schedule, "_transaction", killing)
            with closing(open_workspace(tmp_path, reader=READER)) as workspace:
                try:
                    run(workspace, farm)
                except Killed:
                    continue
        monkeypatch.setattr(Schedule, "_transaction", transaction)
        with open_workspace(tmp_path, reader=READER) as workspace:
            run(workspace, farm)
            kept = titles(workspace)
            assert sorted(kept) == sorted({title for site in sites for title in site.wanted(0)})
            assert "waiting" not in workspace.store.schedule().states() and "fetched" not in workspace.store.schedule().states()
    gaps: defaultdict[str, list[float]] = defaultdict(list)
    for seen in farm.seen:
        gaps[seen.host].append(seen.at)
    assert all(b - a >= DELAY - 1e-6 for at in gaps.values() for a, b in pairwise(at))


def test_sources_that_cannot_be_reached_are_told_with_the_reason(day: Day) -> None:
    told = {one.source: one for one in tell_health(day.workspace.store.schedule().sources(day.farm.clock.now()), {}, "en", START)}
    failing = {name for name, one in told.items() if one.standing == "failing"}
    assert failing >= {"brokenrules", "loopingfeed", "bombfeed", "optedout", "rebinding", "empty"} and "plain" not in failing
    assert "answers 500 when asked for its robots.txt" in told["brokenrules"].reason
    assert told["plain"].pages == sum(title.endswith("of plain") for title in titles(day.workspace)) and told["plain"].relevant == 1


def test_an_archive_is_gone_through_back_to_a_day(tmp_path: Path, names: Callable[[Farm], None]) -> None:
    with running([Archive("archive")], FastClock()) as farm, open_workspace(tmp_path, reader=READER) as workspace:
        names(farm)
        follow(workspace, farm)
        run(workspace, farm)
        recent = {f"Article {n} of archive" for n in range(4)}
        assert set(titles(workspace)) == recent
        # The day of the farm's clock is 14 November 2023.
        run(workspace, farm, since="2023-11-05")
        assert set(titles(workspace)) == {f"Article {n} of archive" for n in range(10)}
        assert len([seen for seen in farm.seen if "article-0" in seen.path]) == 1
        with pytest.raises(QuestionError, match="is no day"):
            run(workspace, farm, since="2023-11")


def test_stopping_keeps_what_was_begun(tmp_path: Path, names: Callable[[Farm], None]) -> None:
    with running([Site("one", first=5)], FastClock()) as farm, open_workspace(tmp_path, reader=READER) as workspace:
        names(farm)
        follow(workspace, farm)
        door = make_ask("desk@example.org", this_machine_only)
        done = collect(
            workspace, contact="desk@example.org", once=True, clock=farm.clock, stop=lambda: len(farm.seen) >= 4, door=door,
            pace=Pace(delay=DELAY, limits=LIMITS),
        )  # fmt: skip
        assert done.stopped and len(farm.seen) == 4
        states = workspace.store.schedule().states()
        assert states["waiting"] == 3 and states.get("fetched", 0) + states.get("kept", 0) == 2
        assert not run(workspace, farm).stopped
        assert len(titles(workspace)) == 5 and len(farm.seen) == 7


def test_rounds_begin_where_the_farm_was(day: Day) -> None:
    assert day.done.stopped and day.done.found > 0 and day.farm.clock.now() >= START + 8 * HOUR
