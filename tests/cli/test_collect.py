"""``mithaq source``, ``collect``, ``watch`` and ``sources``: what they print, and what they refuse."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest

import mithaq.cli.source
import mithaq.collect.addresses
import mithaq.collect.fetch
import mithaq.collecting
from cli.test_commands import Run, say
from mithaq.lexicon.sources import read_source
from mithaq.workspace import open_workspace
from site_farm import FastClock, Gone, Reply, Site, page, running
from small_site import this_machine_only

__all__ = ["say"]
CONTACT = ("--contact", "desk@example.org")


@pytest.fixture
def root(tmp_path: Path) -> tuple[str, str]:
    open_workspace(tmp_path / "ws").close()
    return "--workspace", str(tmp_path / "ws")


def test_known_sources_are_listed_in_the_readers_language(say: Run) -> None:
    assert "وكالة المغرب العربي للأنباء" in say("source", "list", "--country", "ma", "--lang", "ar").out
    rows = [json.loads(line) for line in say("source", "list", "--json").out.splitlines()]
    assert len(rows) >= 90 and {"id", "names", "channels", "hosts"} <= rows[0].keys()
    assert say("source", "list", "--country", "XX").code == 1


def test_the_file_of_a_source_is_shown(say: Run) -> None:
    assert "agency: MAP" in say("source", "show", "mapnews.ma").out
    said = say("source", "show", "nobody")
    assert said.code == 2 and "no one source 'nobody'" in said.err


def test_sources_are_followed_and_left(say: Run, root: tuple[str, str]) -> None:
    said = say("source", "follow", "hespress", "map", *root)
    assert said.code == 0 and "hespress: followed, 5 places" in said.out
    told = [json.loads(line) for line in say("sources", "--json", *root).out.splitlines()]
    assert [(one["source"], one["standing"], one["due"] is None) for one in told] == [("hespress", "new", False), ("map", "new", False)]
    assert "Hespress" in say("sources", "--lang", "fr", *root).out
    assert say("source", "unfollow", "map", *root).code == 0
    assert say("source", "unfollow", "map", *root).code == 1
    assert "left" in say("sources", *root).out


def test_what_cannot_be_collected_is_told(say: Run, root: tuple[str, str], tmp_path: Path) -> None:
    assert "is no contact" in say("collect", *root).err
    assert "is no contact" in say("collect", "--contact", "a b@c", *root).err
    assert "no source is followed" in say("collect", *CONTACT, *root).err
    assert "no source is followed" in say("sources", *root).err
    assert "is no day" in say("collect", "--since", "2025", *CONTACT, *root).err
    wrong = tmp_path / "list.txt"
    wrong.write_text("https://a.example/1\nno address\n", "utf-8")
    said = say("collect", str(wrong), *CONTACT, *root)
    assert said.code == 2 and "'no address' is no address" in said.err


def test_only_one_collects_at_a_time(say: Run, root: tuple[str, str]) -> None:
    with mithaq.collecting._alone(Path(root[1])):
        assert "another mithaq is collecting" in say("collect", *CONTACT, *root).err


def test_files_and_pages_of_sources_are_checked(say: Run, root: tuple[str, str]) -> None:
    own = Path(root[1]) / "knowledge" / "sources" / "om"
    own.mkdir(parents=True)
    (own / "port.yml").write_text("kind: source\ntype: paper\ndomain: port.example\n", "utf-8")
    said = say("source", "check", *root)
    assert said.code == 1 and "'type' may be agency" in said.err and "to put right" in said.out


def test_a_round_is_told(say: Run, root: tuple[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = FastClock()
    with running([Gone("gone", first=2)], clock) as farm:
        monkeypatch.setattr(mithaq.collect.addresses, "resolve", farm.resolve)
        monkeypatch.setattr(mithaq.collecting, "RealClock", lambda _stop=None: clock)
        door = mithaq.collecting.make_ask("desk@example.org", this_machine_only)
        monkeypatch.setattr(mithaq.collecting, "make_ask", lambda _contact: door)
        (tmp_path / "list.txt").write_text(f"# ours\n{farm.sites['gone.farm.test'].address}/feed\n", "utf-8")
        said = say("collect", str(tmp_path / "list.txt"), "--no-gate", *CONTACT, *root)
    assert said.code == 0, said.err
    assert said.out.startswith("6 requests, 0 visits, 4 new addresses; 2 pages read: 0 on digital cooperation, 2 not; 2 gone")


def test_a_source_is_added_with_what_its_site_tells(say: Run, root: tuple[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    class Named(Site):
        def answer(self, path: str, headers: dict[str, str]) -> Reply:
            front = "<html lang='ar'><title>أخبار الرصيف</title><link rel='alternate' type='application/rss+xml' href='/feed'></html>"
            return page(front) if path == "/" else super().answer(path, headers)

    with running([Named("quay")], FastClock()) as farm:
        monkeypatch.setattr(mithaq.collect.addresses, "resolve", farm.resolve)
        monkeypatch.setattr(mithaq.collect.fetch, "ask", partial(mithaq.collect.fetch.ask, allow=this_machine_only))
        monkeypatch.setattr(mithaq.cli.source, "_BETWEEN", 0.0)
        address = farm.sites["quay.farm.test"].address
        assert "is no contact" in say("source", "add", address + "/", *root).err
        said = say("source", "add", address + "/", "--country", "om", *CONTACT, *root)
        assert said.code == 0, said.err
        again = say("source", "add", address + "/", "--country", "om", *CONTACT, *root)
    assert again.code == 2 and "there already" in again.err
    file = Path(root[1]) / "knowledge" / "sources" / "om" / "quay-farm.yml"
    source = read_source(file)
    assert (source.name("ar"), source.country, source.languages) == ("أخبار الرصيف", "OM", ("ar",))
    assert [(c.kind, c.address, c.verified) for c in source.channels] == [("feed", f"{address}/feed", True)]
    assert "quay-farm" in say("sources", "--json", *root).out and say("source", "check", *root).code == 0


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_a_watch_ends_cleanly_when_it_is_told_to(root: tuple[str, str]) -> None:
    with open_workspace(root[1]) as workspace:
        workspace.store.schedule().follow("x", [("feed", "http://127.0.0.1:9/feed", "127.0.0.1:9")], time.time() + 3600, 1800)
    environment = {**os.environ, "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "mithaq", "watch", *CONTACT, *root]
    watch = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, env=environment)
    lock = Path(root[1]) / "collecting.lock"
    for _ in range(200):
        if lock.exists():
            break
        time.sleep(0.05)
    time.sleep(0.3)
    watch.send_signal(signal.SIGTERM)
    out, err = watch.communicate(timeout=20)
    assert watch.returncode == 0, err
    assert b"finishing what is begun" in err and b"0 requests" in out
