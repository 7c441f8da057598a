"""Bring pages in by program: what the form of the site takes, as JSON, guarded as the form is; and how far a job has come."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from fastapi import Body
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from mithaq.errors import QuestionError
from mithaq.web.adding import LARGEST_FILE, find_job, read_form
from mithaq.web.api import PROBLEM, api
from mithaq.web.show import site_of
from mithaq.web.writer import Job

__all__ = ["api"]

_JOB = {
    "key": "4fT0…", "total": 1, "done": 1, "at": "pasted:2026-01-20T08:00:00+00:00.txt", "ended": True, "failed": None,
    "taken": [{"name": "pasted:2026…", "outcome": "new", "document": "9f2c…", "title": "Example page", "relevant": True, "reason": None,
               "facts": {"events": 2, "statements": 3, "indicators": 0, "people": 2, "bodies": 1}}],
}  # fmt: skip
_ANSWER: dict[str, Any] = {"content": {"application/json": {"example": _JOB}}}
_ANSWERS: dict[int | str, dict[str, Any]] = {202: _ANSWER, 400: PROBLEM, 403: PROBLEM, 415: PROBLEM, 503: PROBLEM}
_KIND = "application/json"
Short = Annotated[str | None, Body(max_length=2000)]


@api.post("/jobs", summary="Bring pages in", status_code=202, responses=_ANSWERS)
async def begin(
    request: Request,
    text: Annotated[str | None, Body(max_length=LARGEST_FILE, description="a page as it was copied; its first line is the title")] = None,
    addresses: Annotated[list[str] | None, Body(max_length=200, description="addresses of public pages")] = None,
    outlet: Short = None,
    published: Short = None,
    url: Short = None,
) -> Response:
    """A text (with outlet, day and address where they are known), addresses, or both; the answer is the job, whose state tells the rest.

    Only a request of type application/json from this machine's own site, or from a program, is taken.
    """
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != _KIND:
        raise HTTPException(415, f"send {_KIND}")  # a form of another site can send no such thing
    told = {"text": text, "address": "\n".join(addresses or ()), "outlet": outlet, "published": published, "url": url}
    items, refused = await read_form(FormData([(name, value) for name, value in told.items() if value]))
    if not items:
        raise QuestionError("there is nothing to read yet: send a text, or addresses")
    job = site_of(request).writer.take_in(items, refused)
    if job is None:
        raise HTTPException(503, "too many jobs wait already; try again when one has ended")
    return _tell(job, 202)


@api.get("/jobs/{key}", summary="How far a job has come", responses={200: _ANSWER, 400: PROBLEM, 404: PROBLEM})
async def state(request: Request, key: str) -> Response:
    """What became of each page: the document that it is now, or why it could not be read."""
    return _tell(await find_job(request, key), 200)


def _tell(job: Job, status: int) -> Response:
    place = f"/api/v1/jobs/{job.key}"
    return JSONResponse(msgspec.to_builtins(job) | {"state": place}, status, headers={"cache-control": "no-store", "location": place})
