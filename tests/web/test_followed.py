"""The page of sources tells how collecting goes, in the reader's language; those that fail stand first, with the reason."""

from __future__ import annotations

import time
from pathlib import Path

import msgspec
from starlette.testclient import TestClient

from mithaq.store.schedule import NewAddress, Request
from mithaq.web.app import make_app
from mithaq.workspace import open_workspace


def test_followed_sources_are_told_with_their_health(tmp_path: Path) -> None:
    now = time.time()
    with open_workspace(tmp_path / "ws") as workspace:
        schedule = workspace.store.schedule()
        for source in ("hespress", "map", "wam"):
            schedule.follow(source, [("feed", f"https://{source}.example/feed", f"{source}.example")], now, 1800)
        works, fails, _ = schedule.channels()
        request = Request(at=now, url="u", host="h", source="x", what="feed", status=200, outcome="1 new")
        fine = msgspec.structs.replace(works, asked=now, succeeded=now, brought_at=now, visits=1, brought=1)
        schedule.visited(fine, request)
        schedule.visited(msgspec.structs.replace(fails, asked=now, failures=2, reason="the site answers 500"), request)
        schedule.add([NewAddress(key="k", url="https://hespress.example/1", host="hespress.example")], "hespress", works.n, now)
    with TestClient(make_app(tmp_path / "ws"), base_url="http://127.0.0.1") as client:
        english, french, arabic = (client.get("/sources", headers={"accept-language": lang}).text for lang in ("en", "fr", "ar"))
        broken = tmp_path / "ws" / "knowledge" / "sources" / "om" / "x.yml"
        broken.parent.mkdir(parents=True)
        broken.write_text("kind: source", "utf-8")
        assert client.get("/sources", headers={"accept-language": "en-GB"}).status_code == 200
    assert "Collected from" in english and "the site answers 500" in english and "not visited yet" in english
    assert english.index("the site answers 500") < english.index("Hespress")
    assert "Sources suivies" in french and "مصادر متابَعة" in arabic and "هسبريس" in arabic
