"""The same list as a file: any page of rows gives them as CSV or JSON from its own address (``?format=csv``)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from mithaq.errors import QuestionError
from mithaq.export.tables import write_csv
from mithaq.web.show import address

FileFormat = tuple[str, str]  # media type, ending
MOST_ROWS = 5000  # in one file; the Link header of a longer list names the next one
TABLES: dict[str, FileFormat] = {"csv": ("text/csv", "csv"), "json": ("application/json", "json")}


def asked_format(request: Request, known: Iterable[str] = TABLES) -> str | None:
    """Return the format that the address asks for, None for a page; raises QuestionError for one that is not *known*."""
    format = request.query_params.get("format", "").strip()
    if format and format != "html" and format not in known:
        raise QuestionError(f"this page cannot be had as {format!r}; it can be had as {', '.join(known)}", "wrong.format", value=format)
    return format if format and format != "html" else None


def give_table(request: Request, rows: list[Mapping[str, Any]] | list[dict[str, Any]], format: str, name: str,
               after: str | None = None) -> Response:  # fmt: skip
    """Give rows as CSV (with the mark that Excel needs; nothing runs as a formula) or JSON; *after* is the cursor of the next ones."""
    if format == "csv":
        body = write_csv([msgspec.to_builtins(dict(row)) for row in rows])
    else:
        body = msgspec.json.encode({"items": rows, "next": after})
    onward = {"link": f'<{address(request, after=after)}>; rel="next"'} if after else {}
    return give_file(request, body, TABLES[format], name, onward)


def give_file(request: Request, body: bytes, format: FileFormat, name: str, headers: Mapping[str, str] | None = None) -> Response:
    """Give a file to keep; one that has not changed is not sent again."""
    media, ending = format
    fingerprint = f'"{hashlib.sha256(body).hexdigest()[:24]}"'
    told = {"etag": fingerprint, "cache-control": "private, no-cache", **(headers or {})}
    if fingerprint in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=told)
    told |= {"content-disposition": f'attachment; filename="mithaq-{name}.{ending}"', "content-security-policy": "sandbox"}
    return Response(body, media_type=f"{media}; charset=utf-8", headers=told)
