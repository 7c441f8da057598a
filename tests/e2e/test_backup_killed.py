"""Backups and restores killed with -9 at any moment: a file or folder that is there is whole, and the next run cleans up."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from made_documents import make_document
from mithaq.backup import restore, verify
from mithaq.store import MadeBy
from mithaq.store.captures import keep_capture
from mithaq.workspace import open_workspace

PAGES, KILLS = 150, 4


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is of POSIX systems")
def test_killed_at_any_moment(tmp_path: Path) -> None:
    root, safe, again = tmp_path / "w", tmp_path / "safe", tmp_path / "again"
    with open_workspace(root) as workspace:
        for number in range(PAGES):
            page = make_document(f"Page {number}", f"Words of page {number}. " * 40, path=f"{number}.txt")
            workspace.store.put(page, keep_capture(root, page.text.encode(), page.path or "", None), MadeBy("1", "words"))
    command = [sys.executable, "-m", "mithaq", "backup", str(safe / "w.mithaq"), "--workspace", str(root)]
    began = time.monotonic()
    subprocess.run(command, check=True, capture_output=True)
    usual = time.monotonic() - began
    (safe / "w.mithaq").rename(tmp_path / "good.mithaq")
    draw = random.Random(20)
    for number in range(KILLS):
        whole = number % 2 == 0
        victim = command if whole else [sys.executable, "-m", "mithaq", "restore", str(tmp_path / "good.mithaq"), "--workspace", str(again)]
        process = subprocess.Popen(victim, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(draw.uniform(0.4, 1.0) * usual)
        process.send_signal(signal.SIGKILL)
        process.wait()
        if (safe / "w.mithaq").exists():
            assert verify(safe / "w.mithaq").counts["documents"] == PAGES
            (safe / "w.mithaq").unlink()
        if again.exists():
            with open_workspace(again, create=False) as opened:
                assert opened.store.counts()["documents"] == PAGES and opened.store.check() == []
            again.rename(tmp_path / f"again-{number}")
    subprocess.run(command, check=True, capture_output=True)
    restore(safe / "w.mithaq", again)
    assert [path.name for path in safe.iterdir()] == ["w.mithaq"] and not (tmp_path / ".again.tmp").exists()
