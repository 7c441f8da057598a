"""A page of the web is fetched within a time and a size, from allowed machines only, and every refusal says what to do."""

from __future__ import annotations

import gzip
import socket
import time
from collections.abc import Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler

import pytest

from mithaq.collect.fetch import AGENT, Limits, fetch_page
from mithaq.errors import GoneError, InputError
from small_site import Site, moved, page, small_site, this_machine_only

LIMITS = Limits(seconds=1.0, connect=0.5, read=0.5, size=50_000, redirects=3)
fetch = partial(fetch_page, allow=this_machine_only, limits=LIMITS)


def endless(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.end_headers()
    try:
        while True:
            handler.wfile.write(b"<p>more</p>" * 1000)
    except OSError:
        return


@pytest.fixture
def site() -> Iterator[Site]:
    def hang(_: BaseHTTPRequestHandler) -> None:
        running.closing.wait(10)

    def drip(handler: BaseHTTPRequestHandler) -> None:
        # A byte now and then: no single wait is long, together they never end.
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
        try:
            while not running.closing.wait(0.1):
                handler.wfile.write(b"X")
                handler.wfile.flush()
        except OSError:
            return

    def cut(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "1000")
        handler.end_headers()
        handler.wfile.write(b"<p>half")

    answers = {
        "/page": page("<p>صفحة</p>", "text/html; charset=windows-1256"),
        "/plain": page("text", None),
        "/packed": page(gzip.compress(b"<p>packed</p>"), Content_Encoding="gzip"),
        "/bomb": page(gzip.compress(bytes(40_000_000)), Content_Encoding="gzip"),
        "/garbled": page(b"this is not gzip", Content_Encoding="gzip"),
        "/gone": page("", status=410),
        "/closed": page("", status=403),
        "/later": page("", status=503),
        "/pdf": page(b"%PDF-1.7", "application/pdf"),
        "/picture": page(b"\x89PNG", "image/png"),
        "/feed": page("<rss/>", "application/rss+xml"),
        "/a": moved("/b", 301),
        "/b": moved("page#top", 308),
        "/circle": moved("/circle"),
        "/inside": moved("http://10.0.0.8/admin"),
        "/metadata": moved("http://169.254.169.254/latest/meta-data"),
        "/file": moved("file:///etc/passwd"),
        "/secret": moved("http://amal:secret@127.0.0.1/"),
        "/endless": endless,
        "/hang": hang,
        "/drip": drip,
        "/cut": cut,
        "/noise": lambda handler: handler.wfile.write(b"SSH-2.0-server\r\n\r\n") and None,
    }
    with small_site(answers) as running:
        yield running


def test_a_page_comes_with_its_address_time_and_charset(site: Site) -> None:
    fetched = fetch(site / "page")
    assert (fetched.url, fetched.data.decode(), fetched.charset) == (site / "page", "<p>صفحة</p>", "windows-1256")
    assert fetched.retrieved[:2] == "20" and fetched.retrieved.endswith("+00:00")
    assert site.asked == [("/page", AGENT)] and AGENT.startswith("mithaq/")
    assert fetch(site / "plain").charset is None
    assert fetch(site / "packed").data == b"<p>packed</p>"


def test_redirects_are_followed_and_the_last_address_counts(site: Site) -> None:
    assert fetch(site / "a").url == site / "page"
    assert [path for path, _ in site.asked] == ["/a", "/b", "/page"]


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("closed", "does not give this page (403); open it in a browser"),
        ("later", "cannot answer now (503); try again later"),
        ("pdf", "sends application/pdf, not a page; save its text"),
        ("picture", "sends image/png, not a page"),
        ("feed", "it is a feed"),
        ("circle", "redirects more than 3 times"),
        ("inside", "10.0.0.8 leads to 10.0.0.8, which is no public machine"),
        ("metadata", "169.254.169.254, which is no public machine"),
        ("file", "redirects to file:/etc/passwd, and that is no address of a web page"),
        ("secret", "holds a name or password"),
        ("endless", "more than 48 KB are no news page"),
        ("bomb", "more than 48 KB are no news page"),
        ("garbled", "cannot be understood"),
        ("hang", "no whole answer in time"),
        ("drip", "no whole answer in time"),
        ("cut", "cannot be understood"),
        ("noise", "cannot be understood"),
    ],
)
def test_what_goes_wrong_is_named_with_what_to_do(site: Site, path: str, words: str) -> None:
    began = time.monotonic()
    with pytest.raises(InputError) as error:
        fetch(site / path)
    assert str(error.value).startswith(f"{site / path}:")
    assert words in str(error.value)
    assert not isinstance(error.value, GoneError)
    assert time.monotonic() - began < 3


@pytest.mark.parametrize(("path", "status"), [("gone", 410), ("nowhere", 404)])
def test_a_page_that_is_gone_is_told_apart(site: Site, path: str, status: int) -> None:
    with pytest.raises(GoneError, match=rf"there is no such page \({status}\)"):
        fetch(site / path)


def test_by_default_no_machine_of_ours_is_reached(site: Site) -> None:
    by_number = f"http://2130706433:{site.address.rpartition(':')[2]}/page"
    for address in (site / "page", (site / "page").replace("127.0.0.1", "localhost"), by_number):
        with pytest.raises(InputError, match="no public machine"):
            fetch_page(address, limits=LIMITS)
    assert site.asked == []


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("http://", "is no address of a web page"),
        ("https:///news", "is no address of a web page"),
        ("http://user@news.example/", "holds a name or password"),
        ("http://[::1", "is no address"),
        ("http://news.example:99999/", "is no address"),
        ("http://127.0.0.1:1/", "cannot be reached"),
    ],
)
def test_an_address_that_leads_nowhere_is_named(address: str, words: str) -> None:
    with pytest.raises(InputError) as error:
        fetch(address)
    assert words in str(error.value) and str(error.value).startswith(address)


def test_a_name_that_nobody_knows_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> list[object]:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(InputError, match=r"the name nowhere\.example is not known.*check the address"):
        fetch("http://nowhere.example/")
