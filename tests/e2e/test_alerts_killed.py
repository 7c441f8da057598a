"""Alerts killed with -9 in the middle of a delivery: nothing is lost, and what is sent again has the name it had before."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from mithaq.alerting.settings import Settings, Smtp
from mithaq.store.alerts import Alert, Ask
from mithaq.workspace import open_workspace
from small_mail import small_mail
from told_pages import keep, story


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is of POSIX systems")
def test_killed_between_sending_and_noting(tmp_path: Path) -> None:
    """The server has taken the mail and the sender dies before it hears so: the next run sends it under the same Message-ID."""
    victims: list[subprocess.Popen[bytes]] = []
    killed = threading.Event()

    def kill() -> None:
        if victims and not killed.is_set():
            os.kill(victims[0].pid, signal.SIGKILL)
            victims[0].wait()
            killed.set()

    with small_mail(before_taking=kill) as server:
        smtp = Smtp(host="127.0.0.1", sender="mithaq@desk.example", port=server.port, security="none")
        with open_workspace(tmp_path / "w") as workspace:
            asked = Ask(kind="pair", sides=("GA", "JO"))
            alert = Alert(name="pair", ask=asked, channel="mail", target="r@desk.example", lang="fr", added="2026-10-01T00:00:00+00:00")
            workspace.add_alert(alert, Settings(smtp=smtp))
            keep(workspace.store, story())  # type: ignore[arg-type]  # an SQLite store
        environment = {**os.environ, "MITHAQ_SMTP_HOST": "127.0.0.1", "MITHAQ_SMTP_PORT": str(server.port)}
        environment |= {"MITHAQ_SMTP_FROM": "mithaq@desk.example", "MITHAQ_SMTP_SECURITY": "none"}
        command = [sys.executable, "-m", "mithaq", "alert", "run", "--workspace", str(tmp_path / "w")]
        victims.append(subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL))
        assert killed.wait(60) and victims[0].returncode == -signal.SIGKILL
        for told in (True, False):
            done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True, timeout=60)
            assert (" 0 told" not in done.stdout) is told
        assert len(server.mails) == 2
        first, again = server.mails
        assert first["Message-ID"] == again["Message-ID"] and first["Subject"] == again["Subject"]
    with open_workspace(tmp_path / "w", create=False) as workspace:
        assert workspace.store.count_waiting("pair") == 0 and len(workspace.store.told("pair", 100)) > 3
