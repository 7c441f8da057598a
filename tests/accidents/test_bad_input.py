"""Bad input at the command line: one line that names the thing, the place and the next step; other pages go on; nothing is half kept."""

from __future__ import annotations

import errno
import json
import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from cli.test_commands import Run, say
from mithaq.collect.fetch import Limits, fetch_page
from mithaq.errors import StoreError
from mithaq.workspace import open_workspace
from small_site import Site, moved, page, small_site, this_machine_only

__all__ = ["say"]

GOOD = (
    "The Jordanian minister of digital economy Salma Haddadin signed a memorandum on e-government with her Kenyan counterpart Peter Mwangi "
    "in Amman on Monday, 2 June 2025; the two countries will train engineers in cybersecurity."
)
PARAGRAPH = "<p>The minister of the country met the delegation and both sides agreed to train engineers before the end of the year.</p>"


def deep(levels: int) -> bytes:
    return ("<!doctype html><html><body>" + "<div>" * levels + PARAGRAPH * 3).encode()


BAD: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty.txt": (lambda: b"", "the page is empty; capture it again"),
    "blank.txt": (lambda: b"\xef\xbb\xbf \r\n\t", "the page is empty; capture it again"),
    "marks.txt": (lambda: "... — 12 / 7 !!!".encode(), "no words in this page; capture it again"),
    "noise.txt": (lambda: bytes(range(256)) * 40, "save it as UTF-8"),
    "nulls.txt": (lambda: b"\0" * 4000 + b"x", "this is binary data, not a page; give the page as text or HTML"),
    "pdf.txt": (lambda: b"%PDF-1.7\n%...", "this is a PDF file, not a page; save its text as .txt"),
    "office.html": (lambda: b"PK\x03\x04" + bytes(99), "a ZIP archive or office document"),
    "mojibake.txt": (
        lambda: ("التعاون الرقمي بين البلدين " * 9).encode().decode("cp1252", "replace").encode(),
        "mojibake: UTF-8 was read as",
    ),
    "long.txt": (lambda: b"word " * 10_000_000, "47 MB are no news page (at most 32); split the file"),
    "line.txt": (lambda: b"word " * 1_000_000, "5,000,000 characters are no news page (at most 120,000); split it"),
    "large.html": (lambda: b"<html><body>" + PARAGRAPH.encode() * 170_000, "save the article as plain text and read that"),
    "deep.html": (lambda: deep(100_000), "nested too deeply to be read; save the article as plain text"),
    "bare.html": (
        lambda: b"<html><body><script>var a = 1</script></body></html>",
        "no article text found in this web page; save the article",
    ),
    "half.txt": (lambda: b"\xff\xfe" + "نص".encode("utf-16-le") + b"\x00", "begins as utf-16-le but breaks at byte 4; capture it again"),
    "broken.json": (lambda: b'{"text": "words"', "not valid JSON"),
    "nested.json": (lambda: b"[" * 200_000, "nested too deeply"),
    "wordless.json": (lambda: b'[{"title": "no text"}]', "a record needs one of text, body, content, html"),
    "wide.jsonl": (lambda: b'{"text": "' + b"w" * 9_000_000 + b'"}', "a line of more than 8 MB is no news page; split the record"),
}


@pytest.mark.parametrize("name", sorted(BAD))
def test_a_page_that_cannot_be_read_says_why_and_the_next_goes_on(say: Run, tmp_path: Path, name: str) -> None:
    make, words = BAD[name]
    bad, good = tmp_path / name, tmp_path / "z-good.txt"
    bad.write_bytes(make())
    good.write_text(GOOD, "utf-8")
    began = time.process_time()
    said = say("read", str(bad), str(good), "--format", "jsonl")
    assert time.process_time() - began < 15
    assert said.code == 1 and json.loads(said.out)["path"] == str(good)
    assert said.err.count("\n") == 1 and said.err.startswith(f"mithaq: {bad}") and words in said.err
    kept = say("ingest", str(tmp_path), "--no-gate", "--workspace", str(tmp_path / "ws"))
    set_aside = 0 if name == "wordless.json" else 1  # settings of other programs, found in a folder, are no pages
    assert kept.code == set_aside and "1 new" in kept.out
    listed = say("quarantine", "list", "--json", "--workspace", str(tmp_path / "ws")).out.splitlines()
    assert [words in json.loads(line)["reason"] for line in listed] == [True] * set_aside


@pytest.mark.skipif(sys.platform != "linux", reason="memory is told in another way elsewhere")
def test_large_pages_stay_within_memory(tmp_path: Path) -> None:
    for name in ("long.txt", "large.html", "deep.html"):
        (tmp_path / name).write_bytes(BAD[name][0]())
    code = (
        "import sys\nfrom pathlib import Path\nfrom mithaq.cli.main import run\n"
        "code = run(['read', *sys.argv[1:]])\n"
        # Not ru_maxrss: that of a child begins with the size of the process that started it.
        "most = next(line for line in Path('/proc/self/status').read_text().splitlines() if line.startswith('VmHWM:'))\n"
        "print(int(most.split()[1]) // 1024)\nsys.exit(code != 1)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=True)
    assert int(done.stdout.splitlines()[-1]) < 300, "megabytes"


def test_half_characters_and_single_nulls_are_read(say: Run, tmp_path: Path) -> None:
    (tmp_path / "half.txt").write_bytes((GOOD + "\n").encode() * 5 + b"\xed\xa0\x80 and the end of it.")
    (tmp_path / "null.txt").write_bytes((GOOD + "\0\n").encode() + (GOOD + "\n").encode() * 5)
    (tmp_path / "cut.txt").write_bytes(GOOD.encode() + "…".encode()[:2])
    records = [json.loads(line) for line in say("read", str(tmp_path), "--format", "jsonl").out.splitlines()]
    assert [(Path(r["path"]).stem, r["notes"], r["partial"]) for r in records] == [
        ("cut", ["cut"], True), ("half", ["lost_letters"], False), ("null", ["lost_letters"], False),
    ]  # fmt: skip
    assert say("ingest", str(tmp_path), "--workspace", str(tmp_path / "ws")).code == 0


ARABIC = "وقع وزير الاقتصاد الرقمي الأردني سالم الحداد مع نظيره العماني في مسقط مذكرة تفاهم حول الأمن السيبراني يوم 3 يونيو 2025."


@pytest.mark.parametrize(
    ("name", "said", "encoding"),
    [
        ("declared.html", '<meta charset="utf-8">', "cp1256"),
        ("latin.html", '<meta charset="iso-8859-1">', "utf-8"),
        ("missing.html", "", "cp1256"),
        ("plain.txt", "", "iso-8859-6"),
        ("wide.txt", "", "utf-16"),
    ],
)
def test_a_wrong_or_missing_charset_is_seen_through(say: Run, tmp_path: Path, name: str, said: str, encoding: str) -> None:
    html = f"<!doctype html><html><head>{said}<title>خبر</title></head><body><article><h1>خبر</h1><p>{ARABIC}</p></article></body></html>"
    (tmp_path / name).write_bytes((html if name.endswith("html") else ARABIC).encode(encoding))
    out = say("read", str(tmp_path), "--format", "jsonl")
    record = json.loads(out.out)
    assert out.code == 0 and record["lang"] == "ar" and {"JO", "OM"} <= {p for e in record["events"] for p in e["parties"]}


def test_a_page_in_no_language_of_ours_is_read_without_facts(say: Run, tmp_path: Path) -> None:
    (tmp_path / "el.txt").write_text("Ο υπουργός υπέγραψε συμφωνία με την Κένυα στην Αθήνα για την ψηφιακή διακυβέρνηση.", "utf-8")
    (tmp_path / "es.txt").write_text(
        "El ministro de los países firmó con su homólogo una declaración para el desarrollo de la red.", "utf-8"
    )
    (tmp_path / "fa.txt").write_text("وزیر ارتباطات گفت که این کشور برای همکاری دیجیتال با همسایگان آماده است و می‌خواهد", "utf-8")
    said = say("read", str(tmp_path), "--format", "jsonl")
    records = [json.loads(line) for line in said.out.splitlines()]
    assert [Path(r["path"]).stem for r in records] == ["es", "fa"]
    assert all(r["lang"] is None and not r["events"] and not r["people"] and not r["relevant"] for r in records)
    # Neither Arabic nor Latin letters: nothing that mithaq could read.
    assert said.code == 1 and "el.txt: no words in this page" in said.err


def test_paths_that_lead_nowhere(say: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    circle = tmp_path / "circle.txt"
    circle.symlink_to(circle)
    said = say("read", str(circle))
    assert said.code == 2 and "circle.txt: Too many levels of symbolic links; check where its links lead" in said.err
    said = say("read", str(tmp_path))
    assert said.code == 1 and "circle.txt: Too many levels of symbolic links; check" in said.err
    said = say("read", str(tmp_path / "none.txt"))
    assert said.code == 2 and "none.txt: there is no such file or folder; check the spelling" in said.err

    circle.unlink()
    (tmp_path / "round").symlink_to(tmp_path, target_is_directory=True)  # a folder that leads back into itself
    locked = tmp_path / "locked"
    locked.mkdir()
    (tmp_path / "good.txt").write_text(GOOD, "utf-8")
    real = os.scandir

    def scandir(path: str) -> object:
        if Path(path) == locked:
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    said = say("ingest", str(tmp_path), "--workspace", str(tmp_path / "ws"))
    assert said.code == 1 and "1 new" in said.out and "locked: this folder cannot be read; check" in said.err


def test_a_full_disk_stops_with_what_was_kept_whole(say: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pages, root = tmp_path / "news", tmp_path / "ws"
    pages.mkdir()
    for n in range(4):
        (pages / f"{n}.txt").write_text(f"{GOOD} They will train {n + 10} engineers.", "utf-8")
    real, asked = os.fsync, list[int]()

    def fsync(descriptor: int) -> None:
        asked.append(descriptor)
        if len(asked) > 2:
            raise OSError(errno.ENOSPC, "No space left on device")
        real(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)
    said = say("ingest", str(pages), "--workspace", str(root))
    assert said.code == 2 and "cannot be written (No space left on device); check free space and permissions" in said.err
    assert not [file for file in (root / "captures").rglob(".*") if file.is_file()]
    monkeypatch.setattr(os, "fsync", real)
    said = say("ingest", str(pages), "--workspace", str(root))
    assert said.code == 0
    with open_workspace(root) as workspace:
        assert workspace.store.counts()["documents"] == 4


def test_a_full_database_says_so(say: Run, tmp_path: Path) -> None:
    root, good = tmp_path / "ws", tmp_path / "good.txt"
    good.write_text("\n\n".join(f"{GOOD} They will meet again in {year}." for year in range(2030, 2090)), "utf-8")
    with open_workspace(root) as workspace:
        connection = workspace.store._connection  # type: ignore[attr-defined]  # only SQLite has one, and its pages are to be few
        connection.execute(f"PRAGMA max_page_count = {connection.execute('PRAGMA page_count').fetchone()[0]}")
        with pytest.raises(StoreError, match=r"the disk is full; free some space and run the same command again"):
            workspace.ingest([good])
    said = say("ingest", str(good), "--workspace", str(root))
    assert said.code == 0 and "1 new" in said.out


def test_databases_that_cannot_be_used(say: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = tmp_path / "ws"
    (tmp_path / "good.txt").write_text(GOOD, "utf-8")
    (tmp_path / "more.txt").write_text(GOOD + " More.", "utf-8")
    assert say("ingest", str(tmp_path / "good.txt"), "--workspace", str(root)).code == 0
    database = root / "mithaq.sqlite"

    monkeypatch.setattr("mithaq.store.sqlite.BUSY", 0.05)
    other = sqlite3.connect(database, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    said = say("ingest", str(tmp_path / "more.txt"), "--workspace", str(root))
    assert said.code == 2 and "is being written by another program; wait until it has finished" in said.err
    other.execute("ROLLBACK")
    other.execute("PRAGMA user_version = 4711")
    other.close()
    said = say("list", "people", "--workspace", str(root))
    assert said.code == 2 and "version 4711" in said.err and "install a newer mithaq" in said.err

    for file in root.glob("mithaq.sqlite*"):
        file.unlink()
    database.write_bytes(b"not a database at all" * 1000)
    said = say("search", "engineers", "--workspace", str(root))
    assert said.code == 2 and "is damaged or not a database" in said.err and "ingest the pages again" in said.err
    assert "is not a mithaq workspace; fill one" in say("list", "people", "--workspace", str(tmp_path / "nowhere")).err


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """A site on this machine; the opening is handed to the fetcher here, and the command line fetches through it."""
    article = f"<!doctype html><html><body><article><h1>A meeting in Amman</h1><p>{GOOD}</p>{PARAGRAPH}</article></body></html>"
    answers = {
        "/good": page(article),
        "/inside": moved("http://192.168.1.1/"),
        "/endless": page(b"x" * 900_000),
        "/hang": lambda _: running.closing.wait(5) and None,
        "/picture": page(b"\x89PNG", "image/png"),
    }
    limits = Limits(seconds=1.0, connect=0.5, read=0.5, size=100_000)
    monkeypatch.setattr("mithaq.collect.fetch.fetch_page", partial(fetch_page, allow=this_machine_only, limits=limits))
    with small_site(answers) as running:
        yield running


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("nowhere", "there is no such page (404); check the address"),
        ("inside", "192.168.1.1 leads to 192.168.1.1, which is no public machine"),
        ("endless", "more than 97 KB are no news page; open it in a browser"),
        ("hang", "no whole answer in time (at most 1 s); try again later"),
        ("picture", "the site sends image/png, not a page"),
    ],
)
def test_the_web_at_its_worst(say: Run, site: Site, tmp_path: Path, path: str, words: str) -> None:
    said = say("read", site / path, site / "good", "--format", "jsonl")
    assert said.code == 1 and said.err.count("\n") == 1 and said.err.startswith(f"mithaq: {site / path}") and words in said.err
    record = json.loads(said.out)
    assert (record["url"], record["title"]) == (site / "good", "A meeting in Amman") and record["retrieved"]
    workspace = str(tmp_path / "ws")
    said = say("ingest", site / path, site / "good", "--workspace", workspace)
    assert said.code == 1 and "1 new" in said.out and "1 set aside" in said.out
    said = say("quarantine", "retry", "--workspace", workspace)
    assert said.code == 1 and "1 page tried again: 0 read, 1 still set aside" in said.out
    assert words in say("quarantine", "list", "--workspace", workspace).out


def test_the_command_line_reaches_no_machine_of_ours(say: Run) -> None:
    with small_site({"/": page("secret")}) as running:
        said = say("read", running.address + "/")
        assert said.code == 1 and "no public machine" in said.err and running.asked == []
