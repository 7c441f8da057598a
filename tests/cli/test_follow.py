"""Happenings and threads on the command line: lists, one of them, what is new; for people in three languages and for programs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from msgspec.structs import replace

from mithaq.cli.main import run
from mithaq.workspace import open_workspace
from told_pages import keep, story


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ws")
    with open_workspace(folder) as opened:
        keep(opened.store, story())  # type: ignore[arg-type]  # a workspace's store is the one in SQLite
        opened.resolve()
    return folder


@pytest.fixture
def ask(filled: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]  # a local helper
    monkeypatch.setenv("MITHAQ_LANG", "en")

    def ask_for(*arguments: str, code: int = 0) -> str:
        capsys.readouterr()
        assert run([*arguments, "--workspace", str(filled)]) == code
        told = capsys.readouterr()
        return told.out if code == 0 else told.err

    return ask_for


def rows(printed: str) -> list[dict]:
    return [json.loads(line) for line in printed.splitlines()]


def test_events_for_programs_carry_every_report_with_its_words(ask) -> None:  # type: ignore[no-untyped-def]
    found = rows(ask("events", "GA", "JO", "--kind", "agreement", "--format", "jsonl"))
    signature = max(found, key=lambda row: len(row["documents"]))
    assert {"id", "type", "stage", "parties", "people", "place", "date", "documents", "witnesses", "differences"} <= set(signature)
    texts = {document.id: document.text for document in story()}
    for document in signature["documents"]:
        evidence = document["evidence"]
        assert texts[document["document"]][evidence["start"] : evidence["end"]] == evidence["quote"]
        assert document["path"].endswith(".txt")
    assert (len(signature["documents"]), signature["witnesses"]) == (4, 3)
    assert {difference["field"] for difference in signature["differences"]} >= {"date", "amount"}


def test_lists_are_narrowed(ask) -> None:  # type: ignore[no-untyped-def]
    assert {row["type"] for row in rows(ask("events", "--format", "jsonl"))} == {"agreement", "training"}
    assert {row["type"] for row in rows(ask("events", "--kind", "commitment", "--format", "jsonl"))} == {"commitment"}
    dates = [row["date"] for row in rows(ask("events", "--since", "2026-09", "--format", "jsonl"))]
    assert dates
    assert all(date >= "2026-09" for date in dates)
    assert "no events found" in ask("events", "OM", code=1)
    assert "there is no kind" in ask("events", "--kind", "party", code=2)
    assert "one or two sides" in ask("events", "GA", "JO", "OM", code=2)


def test_one_event_is_shown_with_its_reports_and_differences(ask) -> None:  # type: ignore[no-untyped-def]
    signature = max(rows(ask("events", "--kind", "agreement", "--format", "jsonl")), key=lambda row: len(row["documents"]))
    shown = ask("event", signature["id"][:8])
    for words in ("Agreement", "Signed", "Gabon", "independent witnesses: 3", "Where the reports differ", "2026-04-20", "b.example"):
        assert words in shown
    assert rows(ask("event", signature["id"], "--format", "jsonl")) == [signature]
    assert "there is no event" in ask("event", "hffffffffff", code=2)


def test_threads_for_programs_have_steps_and_three_axes(ask) -> None:  # type: ignore[no-untyped-def]
    found = rows(ask("threads", "--format", "jsonl"))
    thread = max(found, key=lambda row: len(row["steps"]))
    assert {"id", "subject", "parties", "steps", "status", "searched_until"} <= set(thread)
    assert {"official", "evidence", "schedule"} <= set(thread["status"])
    assert {"event", "stage", "date", "documents"} <= set(thread["steps"][0])
    assert (thread["searched"], thread["searched_until"]) == (5, "2026-09-19")
    assert thread["status"]["evidence"] == "completed"


def test_threads_are_narrowed_to_what_is_still_awaited(ask) -> None:  # type: ignore[no-untyped-def]
    waiting = rows(ask("threads", "--open", "--format", "jsonl"))
    assert {row["status"]["schedule"] for row in waiting} == {"open"}
    assert rows(ask("threads", "--due-before", "2027-03", "--format", "jsonl")) == waiting
    shown = ask("threads", "--open")
    assert "no public report found, 5 sources searched, up to" in " ".join(shown.split())
    assert "no threads found" in ask("threads", "--due-before", "2020", code=1)
    assert "YYYY" in ask("threads", "--due-before", "soon", code=2)


def test_one_thread_is_shown_in_every_language(ask) -> None:  # type: ignore[no-untyped-def]
    thread = max(rows(ask("threads", "--format", "jsonl")), key=lambda row: len(row["steps"]))
    for lang, words in (("en", "officially said"), ("fr", "dit officiellement"), ("ar", "ما قيل رسميا")):
        assert words in ask("thread", thread["id"], "--lang", lang)
        assert words in ask("threads", "--lang", lang).replace("\n", " ") or lang == "en"
    assert rows(ask("thread", thread["id"], "--format", "jsonl")) == [thread]
    assert "there is no thread" in ask("thread", "tffffffff", code=2)


def test_what_is_new_since_a_day(ask) -> None:  # type: ignore[no-untyped-def]
    found = rows(ask("new", "--since", "2026-04-23", "--format", "jsonl"))
    assert {row["news"] for row in found} == {"report", "event"}
    assert all(row["reported"] >= "2026-04-23" for row in found)
    everything = rows(ask("new", "--since", "2026-10", "--arrived", "--format", "jsonl"))
    assert {row["news"] for row in everything} == {"event", "commitment"}
    assert "further report" in ask("new", "--since", "2026-04-23")
    assert "no news found" in ask("new", "--since", "2027", code=1)


def test_people_decide_which_reports_are_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with open_workspace(tmp_path) as opened:
        keep(opened.store, story())  # type: ignore[arg-type]  # a workspace's store is the one in SQLite
        opened.resolve()

    def signature() -> dict:
        capsys.readouterr()
        assert run(["events", "--kind", "agreement", "--format", "jsonl", "--workspace", str(tmp_path)]) == 0
        return max(rows(capsys.readouterr().out), key=lambda row: len(row["documents"]))

    first, *_, last = signature()["documents"]
    told = ["--by", "Amal", "--workspace", str(tmp_path)]
    assert run(["different", first["fact"], last["fact"], *told]) == 0
    apart = [document["fact"] for document in signature()["documents"]]
    assert not {first["fact"], last["fact"]} <= set(apart)
    assert run(["different", first["fact"], last["fact"], "--undo", *told]) == 0
    assert len(signature()["documents"]) == 4
    with open_workspace(tmp_path) as opened:
        both = [h.id for h in opened.store.happenings() if h.type == "agreement" and h.stage == "signed"]
    assert run(["same", both[0], both[1], *told]) == 0
    assert len(signature()["documents"]) == 5


def test_a_workspace_not_compared_yet_says_so_and_resolve_mends_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with open_workspace(tmp_path) as opened:
        keep(opened.store, story())  # type: ignore[arg-type]  # a workspace's store is the one in SQLite
    assert run(["events", "--workspace", str(tmp_path)]) == 1
    assert "not up to date; run 'mithaq resolve' first" in capsys.readouterr().err
    assert run(["resolve", "--workspace", str(tmp_path)]) == 0
    assert "7 pages looked at" in capsys.readouterr().out
    assert run(["resolve", "--workspace", str(tmp_path)]) == 0
    assert "0 happenings made again" in capsys.readouterr().out
    assert run(["events", "--workspace", str(tmp_path)]) == 0
    assert "not up to date" not in capsys.readouterr().err


@pytest.mark.parametrize(("lang", "withdrawn"), [("en", "withdrawn by its site"), ("fr", "retiré par son site"), ("ar", "سحبها موقعها")])
def test_a_page_that_its_site_withdrew_is_marked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], lang: str, withdrawn: str
) -> None:
    page = replace(story()[3], url="https://d.example/1")
    with open_workspace(tmp_path) as opened:
        keep(opened.store, [page])  # type: ignore[arg-type]  # a workspace's store is the one in SQLite
        opened.store.withdraw("https://d.example/1", "2026-10-05T00:00:00+00:00")
        opened.resolve()
        [found] = opened.store.happenings()
    assert run(["event", found.id, "--lang", lang, "--workspace", str(tmp_path)]) == 0
    assert withdrawn in " ".join(capsys.readouterr().out.split())


def test_the_words_of_a_protected_page_stay_on_the_screen(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As in every other export, facts and places in the text leave for other programs, sentences do not."""
    pages = [replace(page, rights="protected") for page in story()]
    words = [e.evidence.quote for page in pages for e in (*page.events, *page.statements)]
    with open_workspace(tmp_path) as opened:
        keep(opened.store, pages)  # type: ignore[arg-type]  # a workspace's store is the one in SQLite
        opened.resolve()

    def told(*arguments: str) -> str:
        assert run([*arguments, "--workspace", str(tmp_path)]) == 0
        return capsys.readouterr().out

    for command in (["events"], ["events", "--kind", "commitment"], ["threads"], ["new", "--since", "2026"]):
        for form in ("jsonl", "csv"):
            left = told(*command, "--format", form)
            assert len(left.splitlines()) > 1 - (form == "jsonl")
            assert not [quote for quote in words if quote in left]
    for command in ("events", "threads"):
        key = rows(told(command, "--format", "jsonl"))[0]["id"]
        assert not [quote for quote in words if quote in told(command[:-1], key, "--format", "jsonl")]
        shown = " ".join(told(command[:-1], key).split())
        assert [quote for quote in words if quote[:30] in shown]


def test_threads_keep_room_for_what_they_are_about(ask) -> None:  # type: ignore[no-untyped-def]
    from io import StringIO

    from rich.console import Console

    from mithaq.cli.follow_views import print_threads
    from mithaq.export.messages import Messages
    from mithaq.model import Evidence
    from mithaq.model.happening import Source, Step, Thread

    source = Source(document="d", list="events", item=0, evidence=Evidence(0, 3, "Met"))
    step = Step(happening="h1", type="agreement", sources=(source,), witnesses=1, stage="planned", date="2026-04")
    words = "A school of network defence for engineers of both countries, with laboratories in three cities"
    console = Console(file=StringIO(), width=80)
    thread = Thread(id="t123456789abc", subject=words, steps=(step,), parties=("GA", "JO", "MR"))
    print_threads(console, [thread], (5, "2026-09-19"), Messages("en"))
    printed = console.file.getvalue().splitlines()  # type: ignore[attr-defined]  # it writes into a StringIO
    assert any(line.startswith("A school of network defence") for line in printed), printed
    assert not any("three cities" in line for line in printed), "a line, not the whole"


def test_a_place_in_another_script_says_its_country(ask) -> None:  # type: ignore[no-untyped-def]
    from msgspec.structs import replace

    from mithaq.cli.follow_views import say_place
    from mithaq.export.messages import Messages
    from mithaq.resolve.compose import compose
    from resolve.test_differences import telling

    there = replace(compose([telling(1, {})]), place="مسقط", place_country="OM")
    assert say_place(there, Messages("fr")) == "مسقط (Oman)" and say_place(there, Messages("ar")) == "مسقط"
