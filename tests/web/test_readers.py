"""Answers kept between readers: gathered once, anew after a change, never by two at a time, and an error is nobody else's."""

from __future__ import annotations

import asyncio
import re
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from made_documents import make_document
from mithaq.erasing import erase_page
from mithaq.ingest import DATABASE
from mithaq.privacy import set_private
from mithaq.store import Capture, MadeBy, Narrow, open_store
from mithaq.web.readers import QUICK, Desk, Memory, Prints, Readers, count
from mithaq.workspace import open_workspace


@pytest.fixture
def readers(tmp_path: Path) -> Iterator[Readers]:
    open_workspace(tmp_path).close()
    found = Readers(tmp_path / DATABASE)
    yield found
    found.close()


def put(folder: Path, n: int) -> None:
    with open_store(folder / DATABASE, create=False) as store:
        store.put(make_document("Title", f"body {n}"), Capture(hash=str(n), file="f", added="now"), MadeBy("1", "2"))


def ask(readers: Readers, *questions: object) -> list[object]:
    async def all_of_them() -> list[object]:
        return await asyncio.gather(*(readers.ask(question) for question in questions))  # type: ignore[arg-type]  # they take a desk

    return asyncio.run(all_of_them())


def test_an_answer_is_gathered_once_until_something_changes(readers: Readers, tmp_path: Path) -> None:
    gathered: list[int] = []

    def question(desk: Desk) -> int:
        return desk.keep("n", lambda d: (gathered.append(1), count(d, "documents", Narrow()))[1])

    assert ask(readers, question) == [0] == ask(readers, question) and len(gathered) == 1
    put(tmp_path, 1)
    assert ask(readers, question) == [1] and len(gathered) == 2


def test_a_thread_that_is_asked_for_the_first_time_sees_that_what_others_told_is_old(readers: Readers, tmp_path: Path) -> None:
    used: list[int] = []

    def question(desk: Desk) -> tuple[int, bytes]:
        used.append(id(desk))
        return desk.printed("page", lambda d: (count(d, "documents", Narrow()), b""))

    def hold(desk: Desk) -> None:
        used.append(id(desk))
        held.wait(5)
        free.wait(5)

    assert ask(readers, question) == [(0, b"")]
    put(tmp_path, 1)
    held, free = threading.Barrier(2), threading.Event()

    async def ask_another() -> tuple[int, bytes]:
        # The longer a thread waits for work the sooner it gets some: while one is held, another answers.
        other = asyncio.ensure_future(readers.ask(hold))
        await asyncio.to_thread(held.wait, 5)
        found = await readers.ask(question)
        free.set()
        await other
        return found

    assert asyncio.run(ask_another()) == (1, b"") and used[1] != used[2]


def test_many_who_ask_the_same_wait_for_one(readers: Readers) -> None:
    gathered: list[str] = []

    def gather(_: Desk) -> str:
        gathered.append(threading.current_thread().name)
        time.sleep(0.1)
        return "told"

    assert ask(readers, *[lambda desk: desk.keep("slow", gather)] * 4) == ["told"] * 4
    assert len(gathered) == 1


def test_what_took_long_is_given_at_once_and_gathered_anew_behind(readers: Readers, tmp_path: Path) -> None:
    said = iter(range(100))

    def gather(_: Desk) -> int:
        time.sleep(QUICK * 1.4)
        return next(said)

    def question(desk: Desk) -> int:
        return desk.keep("long", gather)

    assert ask(readers, question) == [0]
    put(tmp_path, 1)
    began = time.monotonic()
    assert ask(readers, question) == [0] and time.monotonic() - began < QUICK * 1.4
    time.sleep(QUICK * 1.4 * 10 + 0.1)
    assert ask(readers, question) == [0]  # old by now: another thread gathers it anew
    until = time.monotonic() + 10  # a busy machine takes its time
    while ask(readers, question) == [0] and time.monotonic() < until:
        time.sleep(QUICK)
    assert ask(readers, question) == [1]


def test_old_answers_are_gathered_anew_one_after_the_other_while_readers_are_answered(readers: Readers, tmp_path: Path) -> None:
    under_way, most, free = 0, 0, threading.Event()
    begun = threading.Event()

    def gather(desk: Desk) -> int:
        nonlocal under_way, most
        under_way += 1
        most = max(most, under_way)
        begun.set()
        free.wait(5)
        time.sleep(QUICK * 1.4)
        under_way -= 1
        return int(desk.store.counts()["documents"])

    free.set()
    assert [ask(readers, lambda desk, n=n: desk.keep(("long", n), gather)) for n in range(3)] == [[0]] * 3  # type: ignore[misc]  # bound now
    free.clear()
    begun.clear()
    put(tmp_path, 1)
    time.sleep(QUICK * 1.4 * 10 + 0.1)
    most = 0
    for n in range(3):
        assert ask(readers, lambda desk, n=n: desk.keep(("long", n), gather)) == [0]  # type: ignore[misc]  # bound now
    assert begun.wait(5)
    assert ask(readers, *[lambda desk: "told"] * 8) == ["told"] * 8  # nobody waits for what goes on behind
    free.set()
    until = time.monotonic() + 10
    while under_way and time.monotonic() < until:
        time.sleep(QUICK)
    assert most == 1


def test_an_error_is_told_and_not_kept(readers: Readers) -> None:
    def fail(_: Desk) -> int:
        raise ValueError("no such thing")

    for _ in range(2):
        with pytest.raises(ValueError, match="no such thing"):
            ask(readers, lambda desk: desk.keep("wrong", fail))
    assert ask(readers, lambda desk: desk.keep("wrong", lambda _: 5)) == [5]


def test_a_page_is_printed_once_until_something_changes() -> None:
    prints = Prints(most=10)
    assert prints.look("a", 1) is None
    prints.put("a", 1, (200, b"12345"))
    assert prints.look("a", 1) == (200, b"12345") and prints.look("a", 2) is None
    prints.put("a", 2, (200, b"123"))
    prints.put("b", 2, (200, b"1234567"))
    assert prints.look("a", 2) and prints.look("b", 2)
    prints.put("c", 2, (404, b"1"))
    assert prints.look("a", 2) is None, "what was asked for least goes first"


def test_readers_share_pages_but_never_their_tokens(site: TestClient) -> None:
    tokens = []
    for _ in range(2):
        site.cookies.clear()
        page = site.get("/search").text
        tokens.append(re.findall(r'name="token" value="(\w+)"', page)[0])
        assert len(tokens[-1]) == 64 and page.count(tokens[-1]) >= 1
    assert tokens[0] != tokens[1]
    assert site.get("/search?lang=fr").text != site.get("/search?lang=ar").text
    site.cookies.clear()


def test_who_comes_after_a_change_sees_it_though_nobody_noticed(tmp_path: Path) -> None:
    open_workspace(tmp_path).close()
    memory, prints = Memory(), Prints()

    def pages(desk: Desk) -> tuple[int, bytes]:
        return 200, str(desk.store.counts()["documents"]).encode()

    desks = [Desk(tmp_path / DATABASE, memory, prints, lambda _: None)]
    assert desks[0].printed("k", pages) == (200, b"0")
    put(tmp_path, 1)
    desks.append(Desk(tmp_path / DATABASE, memory, prints, lambda _: None))
    for desk in reversed(desks):
        desk.watch()
        assert desk.printed("k", pages) == (200, b"1")
        desk.close()


def test_what_is_not_to_be_told_any_more_is_not_given_from_memory(readers: Readers, tmp_path: Path) -> None:
    put(tmp_path, 1)

    def gather(desk: Desk) -> list[str]:
        time.sleep(QUICK * 1.4)
        return [d.id for d in desk.store.documents() if not d.private]

    def question(desk: Desk) -> list[str]:
        return desk.keep("long", gather)

    ((only,),) = ask(readers, question)
    with open_workspace(tmp_path, create=False) as workspace:
        set_private(workspace, only, True, by="Amal", why="x")
        assert ask(readers, question) == [[]]
        set_private(workspace, only, False, by="Amal", why="x")
        assert ask(readers, question) == [[only]]
        erase_page(workspace, only, by="Amal", why="x")
        assert ask(readers, question) == [[]]
