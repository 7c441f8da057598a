"""Every quote is proved by the page as it was fetched; what was altered on either side is found."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from cli.test_commands import Run, say
from mithaq.errors import QuestionError
from mithaq.store.captures import pack_record
from mithaq.verifying import Verified, verify
from mithaq.workspace import open_workspace

__all__ = ["say"]
PAGE = """<!doctype html><html><head><title>Amman and Nairobi sign</title></head><body><nav>Home</nav><article>
<h1>Amman and Nairobi sign a memorandum on network engineers</h1>
<p>The Jordanian Minister of Digital Economy, Salma Haddadin, signed a memorandum of understanding with the Kenyan Principal Secretary
for ICT, Peter Mwangi, in Amman on 3 June 2025.</p>
<p>Under the memorandum, 40 Kenyan engineers will be trained in cybersecurity before the end of 2026, and a joint team will look after
the data centre of Naivasha, which needs skilled operators.</p></article><footer>About us</footer></body></html>"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "page.html").write_text(PAGE, "utf-8")
    plain = "Oman and Djibouti\n\nThe Omani minister signed an agreement on data centres with Djibouti in Muscat."
    (tmp_path / "plain.txt").write_text(plain, "utf-8")
    with open_workspace(tmp_path / "ws") as workspace:
        workspace.ingest([tmp_path / "page.html", tmp_path / "plain.txt"], gate=False)
    return tmp_path / "ws"


def proved(root: Path, *pages: str) -> Verified:
    with open_workspace(root) as workspace:
        return verify(root, workspace.store, pages)


def capture_of(root: Path, name: str) -> Path:
    with open_workspace(root) as workspace:
        (row,) = [row for row in workspace.store.rows("captures") if str(row["path"]).endswith(name)]
    return root / str(row["file"])


def test_what_was_read_is_proved(root: Path) -> None:
    found = proved(root)
    assert (found.pages, found.captures, found.elsewhere, found.missing) == (2, 2, 0, ()) and found.quotes > 5
    one = proved(root, str(root.parent / "plain.txt"))
    assert one.pages == 1 and 0 < one.quotes < found.quotes
    with pytest.raises(QuestionError, match="no document"):
        proved(root, "nothing")


def test_a_capture_that_is_gone_or_altered_is_found(root: Path) -> None:
    file = capture_of(root, "page.html")
    file.write_bytes(pack_record(PAGE.replace("40 Kenyan", "90 Kenyan").encode(), "0", None, "2025-01-01"))
    (one,) = proved(root).missing
    assert one.page.endswith("page.html") and "does not hold what was fetched" in one.why
    file.unlink()
    assert "cannot be read" in proved(root).missing[0].why


def test_a_quote_that_was_altered_is_found(root: Path) -> None:
    """Somebody changes text and quote alike, and the id with them: the database agrees with itself, but not with the page."""
    from mithaq.model import Document, hash_text

    with sqlite3.connect(root / "mithaq.sqlite") as database:
        database.execute("PRAGMA foreign_keys = OFF")
        for source, packed in database.execute("SELECT source, document FROM layers").fetchall():
            document = zlib.decompress(packed).replace(b"40 Kenyan", b"90 Kenyan")
            text = msgspec.json.decode(document, type=Document).text
            changed = document.replace(source.encode(), hash_text(text).encode())
            packed = zlib.compress(changed)
            database.execute("UPDATE layers SET source = ?, document = ? WHERE source = ?", (hash_text(text), packed, source))
            database.execute("UPDATE documents SET id = ? WHERE id = ?", (hash_text(text), source))
            database.execute("UPDATE captures SET source = ? WHERE source = ?", (hash_text(text), source))
    found = proved(root)
    assert found.missing and all("90 Kenyan" in one.quote for one in found.missing)
    assert 0 < len(found.missing) < found.quotes


def test_pages_that_are_taken_apart_otherwise_today_are_proved_all_the_same(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def other(data: bytes, *, path: str, sidecar: bytes | None = None) -> str:
        return "another cut of the page"

    monkeypatch.setattr("mithaq.verifying.text_of_capture", other)
    found = proved(root)
    assert found.missing == () and found.elsewhere == found.quotes > 5


def test_a_page_without_a_capture_is_found(root: Path) -> None:
    with sqlite3.connect(root / "mithaq.sqlite") as database:
        database.execute("DELETE FROM captures WHERE path LIKE '%plain.txt'")
    assert [one.why for one in proved(root).missing] == ["no capture of this page is kept"]


@pytest.mark.parametrize("harm", [None, lambda root: capture_of(root, "page.html").unlink()])
def test_the_command_tells_and_its_exit_code_too(say: Run, root: Path, harm: Callable[[Path], None] | None) -> None:
    if harm:
        harm(root)
    said = say("verify", "--workspace", str(root))
    assert said.code == (1 if harm else 0)
    assert ("1 missing" if harm else "all stand there") in said.out and ("cannot be read" in said.err) == bool(harm)
    assert say("verify", "--json", "--workspace", str(root)).code == said.code
