"""How the site is doing, for machines that watch it: /healthz says whether it can answer, /metrics counts (Prometheus)."""

from __future__ import annotations

import logging
import time
from collections import Counter

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

import mithaq
from mithaq.errors import StoreError
from mithaq.web.entry import visitor_of
from mithaq.web.readers import Desk
from mithaq.web.show import site_of

pages = APIRouter(include_in_schema=False)

_LOG = logging.getLogger("mithaq.web.request")
_BOUNDS = (0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1.0, 2.5, 10.0)  # seconds
_NO_STORE = {"cache-control": "no-store"}


class Tallies:
    """What the site has answered since it began: requests by method and status, and how long they took."""

    def __init__(self) -> None:
        self.requests: Counter[tuple[str, int]] = Counter()
        self.within: Counter[float] = Counter()
        self.seconds = 0.0

    def add(self, method: str, status: int, seconds: float) -> None:
        """Count one answer."""
        self.requests[method, status] += 1
        self.seconds += seconds
        self.within.update(bound for bound in _BOUNDS if seconds <= bound)


class Counting:
    """Counts every answer, and tells the log of it; of an address it tells the path alone: what is asked is nobody's business."""

    def __init__(self, app: ASGIApp, tallies: Tallies) -> None:
        self._app, self._tallies = app, tallies

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began, status = time.perf_counter(), 500

        async def watched(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, watched)
        finally:
            seconds = time.perf_counter() - began
            method = scope["method"] if scope["method"] in ("GET", "HEAD", "POST") else "other"
            self._tallies.add(method, status, seconds)
            told = {"method": method, "path": scope["path"], "status": status, "ms": round(1000 * seconds, 1)}
            _LOG.info("%s %s %s", method, scope["path"], status, extra={"told": told})


@pages.get("/healthz")
async def health(request: Request) -> Response:
    """Say whether the workspace can be read: 200, or 503 with the reason."""
    told: dict[str, object] = {"status": "ok", "version": mithaq.__version__}
    try:
        told["schema"] = await site_of(request).readers.ask(lambda desk: desk.store.schema_version())
    except StoreError as error:
        # The reason names folders of this machine: it is for those who look after it.
        reason = {"reason": str(error)} if visitor_of(request).may("decide") else {}
        return JSONResponse({**told, "status": "failing", **reason}, 503, headers=_NO_STORE)
    return JSONResponse(told, headers=_NO_STORE)


@pages.get("/metrics")
async def metrics(request: Request) -> Response:
    """Count what the workspace holds, what waits, and what the site has answered."""
    counts = await site_of(request).readers.ask(_count)
    tallies: Tallies = request.app.state.tallies
    lines = [f'# TYPE mithaq_info gauge\nmithaq_info{{version="{mithaq.__version__}"}} 1']
    for name, (about, value) in counts.items():
        lines.append(f"# HELP mithaq_{name} {about}\n# TYPE mithaq_{name} gauge\nmithaq_{name} {value}")
    lines.append("# HELP mithaq_requests_total Answers of the site.\n# TYPE mithaq_requests_total counter")
    for (method, status), n in sorted(tallies.requests.items()):
        lines.append(f'mithaq_requests_total{{method="{method}",status="{status}"}} {n}')
    lines.append("# HELP mithaq_request_seconds How long answers took.\n# TYPE mithaq_request_seconds histogram")
    lines += [f'mithaq_request_seconds_bucket{{le="{bound:g}"}} {tallies.within[bound]}' for bound in _BOUNDS]
    total = sum(tallies.requests.values())
    lines.append(f'mithaq_request_seconds_bucket{{le="+Inf"}} {total}')
    lines.append(f"mithaq_request_seconds_sum {tallies.seconds:.6f}\nmithaq_request_seconds_count {total}")
    return Response("\n".join(lines) + "\n", media_type="text/plain; version=0.0.4; charset=utf-8", headers=_NO_STORE)


def _count(desk: Desk) -> dict[str, tuple[str, int]]:
    counts = desk.keep("counts", lambda d: d.store.counts())
    waiting = sum(desk.store.count_waiting(alert.name) for alert in desk.store.alerts())
    return {
        "documents": ("Pages kept.", counts["documents"]),
        "documents_relevant": ("Pages on digital cooperation.", counts["relevant"]),
        "documents_withdrawn": ("Pages that their sites have taken down.", counts["withdrawn"]),
        "quarantined": ("Pages that could not be read.", counts["quarantine"]),
        "gated": ("Pages that the gate held back.", counts["gated"]),
        "judgements": ("Decisions of people.", counts["judgements"]),
        "unresolved": ("Names and pages whose entities are not up to date.", desk.store.stale()),
        "unlinked": ("Pages whose happenings are not up to date.", desk.store.unlinked()),
        "alerts_waiting": ("News that alerts have not delivered.", waiting),
    }
