"""What is no evidence goes by age; evidence never does, and a clock that jumped deletes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from mithaq.errors import QuestionError
from mithaq.retention import Days, Rules, prune, read_rules
from mithaq.store import Gated, Quarantined
from mithaq.store.captures import keep_capture
from mithaq.store.schedule import HostRow, Request
from mithaq.workspace import Workspace, open_workspace
from told_pages import keep, story

OLD, NEW, AT = "2026-01-01T00:00:00+00:00", "2026-09-20T00:00:00+00:00", "2026-10-02T00:00:00+00:00"
RULES = Rules(Days(gated=30, quarantine=30, told=30))


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with open_workspace(tmp_path / "w") as opened:
        keep(opened.store, story())  # type: ignore[arg-type]  # an SQLite store
        for name, at in (("old", OLD), ("new", NEW)):
            opened.store.hold_back([Gated.of(name.encode(), hash=name, path=f"{name}.txt", reason="gate", score=0.1, at=at)])
            capture = keep_capture(opened.root, name.encode(), f"{name}.txt", None)
            opened.store.quarantine(Quarantined(f"{name}.txt", "no text", capture.hash, capture.file, at))
        yield opened


def test_old_pages_that_are_no_evidence_go_and_documents_stay(workspace: Workspace) -> None:
    before = list(workspace.store.documents())
    old = keep_capture(workspace.root, b"old", "old.txt", None).file
    assert prune(workspace.root, workspace.store, RULES, AT, apply=False) == {"gated": 1, "quarantine": 1, "told": 0}
    assert workspace.store.counts()["gated"] == 2 and (workspace.root / old).is_file()
    assert prune(workspace.root, workspace.store, RULES, AT, apply=True) == {"gated": 1, "quarantine": 1, "told": 0}
    assert [page.path for page in workspace.store.gated()] == ["new.txt"]
    assert [row["path"] for row in workspace.store.rows("quarantine")] == ["new.txt"] and not (workspace.root / old).exists()
    assert list(workspace.store.documents()) == before and workspace.store.check() == []
    assert prune(workspace.root, workspace.store, RULES, AT, apply=True) == {"gated": 0, "quarantine": 0, "told": 0}


def test_a_file_that_a_document_rests_on_stays(workspace: Workspace) -> None:
    page = story()[0]
    file = workspace.store.rows("captures", {"source": page.id})[0]["file"]
    (workspace.root / str(file)).parent.mkdir(parents=True, exist_ok=True)
    (workspace.root / str(file)).write_bytes(b"kept")
    workspace.store.quarantine(Quarantined("twice.txt", "no text", "h", str(file), OLD))
    prune(workspace.root, workspace.store, RULES, AT, apply=True)
    assert (workspace.root / str(file)).is_file()


@pytest.mark.parametrize("at", ["2031-01-01T00:00:00+00:00", "2099-01-01T00:00:00+00:00"])
def test_a_clock_far_ahead_deletes_nothing(workspace: Workspace, at: str) -> None:
    with pytest.raises(QuestionError, match="is the clock right"):
        prune(workspace.root, workspace.store, RULES, at, apply=True)
    assert workspace.store.counts()["gated"] == 2
    assert prune(workspace.root, workspace.store, RULES, at, apply=True, force=True)["gated"] == 2


def test_a_clock_set_back_deletes_nothing(workspace: Workspace) -> None:
    gone = prune(workspace.root, workspace.store, RULES, "1999-01-01T00:00:00+00:00", apply=True)
    assert gone == {"gated": 0, "quarantine": 0, "told": 0}


def ask(workspace: Workspace, at: float) -> None:
    """Note that the collector asked a site for its rules."""
    asked = Request(at=at, url="https://a.example/robots.txt", host="a.example", source="a", what="robots", status=200, outcome="known")
    workspace.store.schedule().keep_rules(HostRow(host="a.example"), asked)


def test_the_collectors_record_goes_by_age_and_the_doctor_says_so(workspace: Workspace) -> None:
    schedule, moments = workspace.store.schedule(), [datetime.fromisoformat(at).timestamp() for at in (OLD, NEW)]
    for at in moments:
        ask(workspace, at)
    rules = Rules(Days(requests=30))
    assert prune(workspace.root, workspace.store, rules, AT, apply=False) == {"requests": 1}
    assert prune(workspace.root, workspace.store, rules, AT, apply=True) == {"requests": 1}
    assert [request.at for request in schedule.requests()] == [moments[1]]


def test_the_doctor_tells_what_is_due_and_what_grows_without_a_rule(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    def found(at: str = AT) -> tuple[str, str]:
        monkeypatch.setattr("mithaq.doctor.now", lambda: at)
        one = next(finding for finding in workspace.doctor() if finding.what == "retention")
        return one.grade, one.says + one.step

    file = workspace.root / "retention.toml"
    assert found() == ("well", "nothing is older than it should be")
    file.write_text("[days]\ngated = 30\n")
    grade, says = found()
    assert grade == "note" and "1 gated" in says and "mithaq prune --apply" in says
    file.write_text("[days]\nnothing = 30\n")
    assert found()[0] == "note" and "requests" in found()[1]
    file.unlink()
    at = datetime.fromisoformat(OLD).timestamp()
    ask(workspace, at)
    assert found("2026-12-31T00:00:00+00:00")[0] == "well"
    grade, says = found("2027-01-02T00:00:00+00:00")
    assert grade == "note" and "1 requests" in says and "requests = 365" in says


def test_rules_are_read_from_the_workspace(tmp_path: Path) -> None:
    assert read_rules(tmp_path) == Rules()
    (tmp_path / "retention.toml").write_text("[days]\ngated = 180\n")
    assert read_rules(tmp_path).days == Days(gated=180)
    for wrong in ("[days]\ngated = 0\n", "[days]\ndocuments = 3\n", "[days\n", "[days]\ngated = 'long'\n"):
        (tmp_path / "retention.toml").write_text(wrong)
        with pytest.raises(QuestionError, match=r"retention\.toml"):
            read_rules(tmp_path)
