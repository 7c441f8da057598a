"""The site answers only to this machine and to its own pages, and lets no page run or load anything."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from mithaq.errors import QuestionError, StoreError
from mithaq.web.serve import address_of, listen, serve


@pytest.mark.parametrize(
    "host",
    ["evil.example", "127.0.0.1.evil.example", "evil.example:80", "", "0.0.0.0", "localhost.evil", "[::2]", "127.0.0.1:1@evil.example",
     "localhost:80:80"],
)  # fmt: skip
def test_other_names_of_this_machine_are_refused(site: TestClient, host: str) -> None:
    answer = site.get("/", headers={"host": host})
    assert answer.status_code == 421 and "answers only to" in answer.text


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "LOCALHOST:8000", "127.0.0.1:1", "[::1]", "[::1]:8000"])
def test_this_machine_is_answered(site: TestClient, host: str) -> None:
    assert site.get("/about", headers={"host": host}).status_code == 200


def test_every_answer_carries_strict_headers(site: TestClient) -> None:
    for place in ("/", "/nothing", "/static/x/site.js"):
        headers = site.get(place).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy and "unsafe" not in policy and "frame-ancestors 'none'" in policy
        assert headers["x-content-type-options"] == "nosniff"
    refused = site.get("/", headers={"host": "evil.example"})
    assert "content-security-policy" in refused.headers


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:9999"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site", "origin": "http://127.0.0.1"},
    ],
)
def test_other_pages_cannot_write(site: TestClient, headers: dict[str, str]) -> None:
    assert site.post("/add", data={"text": "x"}, headers=headers).status_code == 403


def test_bodies_say_how_long_they_are_and_are_bounded(site: TestClient) -> None:
    def endless():  # type: ignore[no-untyped-def]  # a stream has no length
        yield b"x"

    assert site.post("/add", content=endless()).status_code == 411
    assert site.post("/add", content=b"x", headers={"content-length": str(1 << 40)}).status_code == 413


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.4", "::", "example.org", "10.0.0.1", ""])
def test_hosts_beyond_this_machine_are_refused_without_an_account(host: str, tmp_path: Path) -> None:
    with pytest.raises(QuestionError, match="no account to protect it"):
        serve(tmp_path, host=host, port=0, open_browser=False)
    with pytest.raises(QuestionError, match="mithaq account add"):
        serve(tmp_path, host="127.0.0.1", port=0, open_browser=False, names=["digital.example.org"])


def test_a_port_that_is_taken_is_named() -> None:
    with listen("127.0.0.1", 0) as taken:
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(StoreError, match=str(port)):
            listen("127.0.0.1", port)
    assert address_of("::1", 80) == "http://[::1]:80/"


def test_an_answer_waits_for_no_word_of_the_browser() -> None:
    with listen("127.0.0.1", 0) as listening:
        listening.listen()
        assert listening.proto == socket.IPPROTO_TCP  # by which asyncio knows what it may send at once
        with socket.create_connection(listening.getsockname()), listening.accept()[0] as taken:
            assert taken.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_the_sources_of_the_site_load_nothing_from_elsewhere() -> None:
    import mithaq.web

    folder = Path(mithaq.web.__file__).parent
    for path in (*folder.glob("templates/*"), *folder.glob("static/*")):
        text = path.read_text("utf-8").replace("http://www.w3.org/2000/svg", "").replace("http://www.w3.org/2005/Atom", "")
        assert "://" not in text, path.name
        assert " style=" not in text and "<style" not in text and "javascript:" not in text, path.name
