"""A web site on this machine, for tests of fetching: pages that answer as told, and some that misbehave."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import IPv4Address
from typing import Any

from mithaq.collect.addresses import Address

Answer = Callable[[BaseHTTPRequestHandler], None]


def this_machine_only(address: Address) -> bool:
    """The opening for tests: a policy that allows loopback and nothing else. It is handed in; no switch outside the code opens it."""
    return address == IPv4Address("127.0.0.1")


def page(body: bytes | str, kind: str | None = "text/html; charset=utf-8", status: int = 200, **headers: str) -> Answer:
    """Return an answer with this body."""
    data = body.encode() if isinstance(body, str) else body

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        if kind is not None:
            handler.send_header("Content-Type", kind)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", str(len(data)))
        handler.end_headers()
        handler.wfile.write(data)

    return answer


def moved(to: str, status: int = 302) -> Answer:
    """Return an answer that sends the reader elsewhere."""
    return page(b"", status=status, Location=to)


class Site:
    """A running site; ``asked`` are the requests it saw (path, user agent)."""

    def __init__(self, address: str, answers: dict[str, Answer]) -> None:
        self.address, self.answers = address, answers
        self.asked: list[tuple[str, str]] = []
        self.closing = threading.Event()

    def __truediv__(self, path: str) -> str:
        return f"{self.address}/{path}"


@contextmanager
def small_site(answers: dict[str, Answer]) -> Iterator[Site]:
    """Run a site on a free port of this machine; *answers* by path ("/a"), everything else is 404."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append((self.path, self.headers.get("User-Agent", "")))
            site.answers.get(self.path, page("nothing here", status=404))(self)

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    site = Site(f"http://127.0.0.1:{server.server_address[1]}", answers)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        site.closing.set()
        server.shutdown()
        server.server_close()
        thread.join()
