"""Web archives made by hand, byte by byte, for tests: records as a crawler writes them."""

from __future__ import annotations

import gzip


def record(
    number: int,
    page: bytes,
    *,
    kind: str = "text/html",
    status: str = "200 OK",
    headers: str = "",
    packed: bool = True,
    sort: str = "response",
) -> bytes:
    """Return one record of a page that a server sent."""
    answer = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{headers}\r\n".encode() + page
    head = (
        f"WARC/1.0\r\nWARC-Type: {sort}\r\nWARC-Target-URI: https://sahil.example/{number}\r\nWARC-Date: 2026-03-04T05:06:07Z\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{number:012}>\r\nContent-Type: application/http; msgtype={sort}\r\n"
        f"Content-Length: {len(answer)}\r\n\r\n"
    )
    whole = head.encode() + answer + b"\r\n\r\n"
    return gzip.compress(whole, mtime=0) if packed else whole
