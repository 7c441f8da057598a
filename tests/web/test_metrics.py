"""For machines that watch the site: is it well, what does it hold, what has it answered."""

from __future__ import annotations

import json
import logging
import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from mithaq.cli.logs import JsonLines
from mithaq.web.app import make_app
from mithaq.workspace import open_workspace

BASE = "http://127.0.0.1"
_LINE = re.compile(r'(?:# (?:HELP|TYPE) mithaq_\w+ .+|mithaq_\w+(?:\{\w+="[^"\n]*"(?:,\w+="[^"\n]*")*\})? [0-9.e+-]+)')


def test_a_site_that_can_answer_is_well(site: TestClient) -> None:
    answer = site.get("/healthz")
    assert answer.status_code == 200 and answer.json()["status"] == "ok" and answer.json()["schema"] > 0
    assert answer.headers["cache-control"] == "no-store" and site.head("/healthz").status_code == 200


def test_counts_are_those_of_the_workspace(site: TestClient, demo_workspace: Path) -> None:
    site.get("/nowhere")
    lines = site.get("/metrics").text.splitlines()
    assert [line for line in lines if not _LINE.fullmatch(line)] == []
    told = dict(line.rsplit(" ", 1) for line in lines if not line.startswith("#"))
    with open_workspace(demo_workspace, create=False) as opened:
        counts = opened.store.counts()
    assert int(told["mithaq_documents"]) == counts["documents"] and int(told["mithaq_quarantined"]) == counts["quarantine"]
    assert int(told['mithaq_requests_total{method="GET",status="404"}']) >= 1
    buckets = [int(n) for name, n in told.items() if name.startswith("mithaq_request_seconds_bucket")]
    assert buckets == sorted(buckets) and buckets[-1] == int(told["mithaq_request_seconds_count"]) > 0


def test_a_site_whose_database_is_damaged_says_so(tmp_path: Path) -> None:
    open_workspace(tmp_path / "w").close()
    for path in (tmp_path / "w").glob("mithaq.sqlite*"):
        path.write_bytes(b"no database at all" * 400)
    with TestClient(make_app(tmp_path / "w"), base_url=BASE, raise_server_exceptions=False) as client:
        answer = client.get("/healthz")
        assert answer.status_code == 503 and answer.json()["status"] == "failing" and "damaged" in answer.json()["reason"]


def test_the_log_tells_paths_and_not_what_was_asked(site: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "mithaq.web.request"):
        site.get("/search?q=a-private-question")
    lines = [json.loads(JsonLines().format(record)) for record in caplog.records if record.name == "mithaq.web.request"]
    assert lines and lines[0]["path"] == "/search" and lines[0]["status"] == 200 and lines[0]["ms"] >= 0
    assert "a-private-question" not in json.dumps(lines)
