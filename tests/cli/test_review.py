"""Reviewing from the command line: one fact at a time, one key, kept at once; and decisions without being asked."""

from __future__ import annotations

import io
import json
import os
import select
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.test_commands import Run, Said, say
from mithaq.cli.console import tame
from mithaq.workspace import open_workspace
from plain_reader import READER

__all__ = ["say"]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "news").mkdir()
    for n, words in enumerate(("engineers who know cables", "مهندسين في الشبكات", "money")):
        (tmp_path / "news" / f"{n}.txt").write_text(f"Title {n}\nKenya said: need: {words}. And so on.", "utf-8")
    with open_workspace(tmp_path / "ws", reader=READER) as workspace:
        workspace.ingest([tmp_path / "news"])
    return tmp_path / "ws"


@pytest.fixture
def type_keys(say: Run, root: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    def review(keys: str, *arguments: str) -> Said:
        monkeypatch.setattr(sys, "stdin", io.StringIO(keys))
        return say("review", "--by", "Amal", "--workspace", str(root), "--kind", "statements", *arguments)

    return review


def decided(root: Path) -> list[tuple[str, str | None, str | None, str]]:
    with open_workspace(root, create=False) as workspace:
        return [(k.judgement.verb, k.judgement.field, k.judgement.value, k.judgement.why) for k in workspace.store.judgements()]


def test_one_key_decides_and_is_kept_at_once(type_keys: Run, root: Path) -> None:
    said = type_keys("a\nr\nu\n")
    assert said.code == 0 and "\x1b" not in said.out
    assert "1 of 3 · statement.need" in said.out and "[[need:]]" in said.out and "why in doubt: no country; no speaker" in said.out
    assert "3 decided by Amal, 0 left in doubt" in said.out
    assert [verb for verb, *_ in decided(root)] == ["accept", "reject", "unsure"]
    assert type_keys("").code == 1
    again = type_keys("q", "--unsure")
    assert "1 of 1" in again.out and "Amal was unsure on" in again.out


def test_digits_do_for_those_without_latin_letters(type_keys: Run, root: Path) -> None:
    type_keys("١2٥0")
    assert [verb for verb, *_ in decided(root)] == ["accept", "reject"]


def test_skipped_and_cut_short_nothing_is_lost(type_keys: Run, root: Path) -> None:
    assert "1 decided by Amal, 2 left in doubt" in type_keys("s\na\n").out  # the input ends before the third
    assert "0 decided by Amal, 2 left in doubt" in type_keys("x?q").out
    assert type_keys("q", "--limit", "1").out.count("statement.need") == 1
    assert [verb for verb, *_ in decided(root)] == ["accept"]


def test_a_correction_asks_until_it_fits(type_keys: Run, root: Path) -> None:
    said = type_keys("c\nspeaking\nc\ncolour\ncountry\nAtlantis\ncountry\nKenya\ns\nq")
    assert "'speaking' is none of kind, speaker" in said.out and "'colour' is none of" in said.out
    assert "'Atlantis'" in said.out and "country is KE now" in said.out
    assert decided(root) == [("correct", "country", "KE", "")]
    with open_workspace(root, create=False) as workspace:
        assert [s.country for d in workspace.store.documents() for s in d.statements].count("KE") == 1


def test_the_last_decision_can_be_taken_back(type_keys: Run, root: Path) -> None:
    said = type_keys("z\na\nr\nz\nz\nw because of the cable\nr\nq")
    assert "nothing was decided in this sitting yet" in said.out
    assert said.out.count("taken back: ") == 2 and "taken back: accept" in said.out
    assert decided(root) == [("accept", None, None, ""), ("reject", None, None, ""), ("undo", None, None, ""), ("undo", None, None, ""),
                             ("reject", None, None, "because of the cable")]  # fmt: skip
    assert "1 decided by Amal, 2 left in doubt" in said.out


def test_programs_get_one_line_a_fact_and_decide_by_name(say: Run, root: Path) -> None:
    ws = ("--workspace", str(root))
    rows = [json.loads(line) for line in say("review", "--json", "--kind", "statements", *ws).out.splitlines()]
    assert len(rows) == 3 and all(row["quote"] == "need:" and row["sentence"].startswith("Kenya said") for row in rows)
    assert rows[0]["said"]["country"] is None and rows[0]["reasons"] == ["no country", "no speaker"]
    assert [row["worth"] for row in rows] == sorted((row["worth"] for row in rows), reverse=True)
    name = rows[0]["fact"]
    said = say("judge", name, "country=Kenya", "due=2026", "--by", "Badr", "--reason", "the embassy", *ws)
    assert (said.code, said.out) == (0, f"{name} corrected by Badr: country is KE, due is 2026\n")
    shown = " ".join(say("show", rows[0]["path"], *ws).out.split())
    assert "side corrected by Badr" in shown and "the embassy" in shown
    assert say("judge", rows[1]["key"], "reject", "--by", "Badr", *ws).code == 0
    shown = " ".join(say("show", rows[1]["path"], *ws).out.split())
    assert "Decided by hand" in shown and "rejected by Badr" in shown
    assert len(say("list", "statements", "--format", "jsonl", *ws).out.splitlines()) == 2
    assert "taken back: reject by Badr" in say("judge", rows[1]["fact"], "undo", "--by", "Amal", *ws).out
    assert len(say("list", "statements", "--format", "jsonl", *ws).out.splitlines()) == 3
    judged = json.loads(say("show", rows[0]["path"], "--format", "jsonl", *ws).out)["judged"]
    assert [one["verb"] for one in judged] == ["correct", "correct"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("judge", "ffffffff-000000", "accept"), "there is no document"),
        (("judge", "NAME", "perhaps"), "is no decision"),
        (("judge", "NAME", "undo"), "there is nothing to take back"),
        (("judge", "NAME", "due=tomorrow"), "is not a date"),
        (("judge", "NAME", "colour=red"), "cannot be corrected here"),
        (("review", "--kind", "wishes"), "there is no kind 'wishes'"),
    ],
)
def test_what_cannot_be_decided_says_why(say: Run, root: Path, arguments: tuple[str, ...], words: str) -> None:
    name = json.loads(say("review", "--json", "--kind", "statements", "--workspace", str(root)).out.splitlines()[0])["fact"]
    said = say(*(name if part == "NAME" else part for part in arguments), "--workspace", str(root), *(["--by", "A"]))
    assert said.code == 2 and words in said.err and said.err.count("\n") == 1
    assert decided(root) == []


def test_somebody_must_decide(say: Run, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody() -> str:
        raise OSError("no such user")

    monkeypatch.setattr("getpass.getuser", nobody)
    said = say("review", "--workspace", str(root), "--kind", "statements")
    assert said.code == 2 and "give your name with --by" in said.err


def test_orphans_are_listed(say: Run, root: Path) -> None:
    said = say("review", "--orphans", "--workspace", str(root))
    assert (said.code, said.out) == (0, "") and "0 decisions on facts" in said.err


def test_no_page_gives_orders_to_the_terminal(say: Run, tmp_path: Path) -> None:
    assert tame("a\x1b[31mb\x07\u202ec\u009bd\te\nf") == "a[31mbcd\te\nf"
    page = tmp_path / "page.txt"
    words = "The Kenyan minister of ICT Peter \x1b[2JMwangi signed a digital agreement with Oman in Nairobi on 3 June 2025."
    page.write_text(f"Kenya and Oman agree\n\n{words}\n", "utf-8")
    assert "\x1b" not in say("read", str(page)).out


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_in_a_terminal_one_fact_fills_the_screen(root: Path) -> None:
    import fcntl
    import pty
    import struct
    import termios

    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    environment = {k: v for k, v in os.environ.items() if k not in ("COLUMNS", "LINES", "NO_COLOR")} | {"TERM": "xterm"}
    command = [sys.executable, "-m", "mithaq", "review", "--by", "Amal", "-w", str(root), "-k", "statements"]
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment) as child:
        os.close(theirs)
        try:
            shown = _wait_for(ours, "0 quit")
            os.write(ours, b"r")
            shown += _wait_for(ours, "0 quit")
            os.write(ours, b"\x04")  # Ctrl-D
            shown += _wait_for(ours, "left in doubt")
            assert child.wait(20) == 0
        finally:
            child.kill()
    os.close(ours)
    assert shown.count("\x1b[2J") == 2 and "rejected: need:" in shown and "1 decided by Amal" in shown
    assert "\x1b[1;33mneed:" in shown  # highlighted
    assert [verb for verb, *_ in decided(root)] == ["reject"]


def _wait_for(terminal: int, words: str) -> str:
    import termios

    shown, deadline = "", time.monotonic() + 30
    while words not in shown and time.monotonic() < deadline:
        if select.select([terminal], [], [], 0.2)[0]:
            try:
                shown += os.read(terminal, 65536).decode("utf-8", "replace")
            except OSError:  # the other side has gone
                break
    assert words in shown
    # A key counts from when the program waits for single keys: what is typed before is thrown away.
    while words == "0 quit" and termios.tcgetattr(terminal)[3] & termios.ICANON and time.monotonic() < deadline:
        time.sleep(0.02)
    return shown
