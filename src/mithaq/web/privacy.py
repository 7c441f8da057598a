"""Whom a page is for, decided on the page itself: own notes opened to readers, any page kept for analysts alone; who and why stays."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from mithaq.errors import QuestionError
from mithaq.privacy import Settled, set_private
from mithaq.web.asking import find_one
from mithaq.web.deciding import check_length, who_decides
from mithaq.web.entry import visitor_of
from mithaq.web.forms import read_fields
from mithaq.web.reading import open_document
from mithaq.web.review import remember
from mithaq.web.show import site_of

pages = APIRouter(include_in_schema=False)


@pages.post("/document/{key}/private")
async def decide(request: Request, key: str) -> Response:
    """Open a page to readers, or keep it for analysts alone."""
    sent = await read_fields(request)
    check_length(sent)
    if sent.get("private") not in ("yes", "no"):
        raise QuestionError("say whether the page is private: yes or no", "wrong.no_privacy_reason")
    by = who_decides(request, sent.get("by", ""))
    settled = await turn(request, key, sent["private"] == "yes", sent.get("why", ""), by)
    return remember(request, RedirectResponse(f"/document/{settled.document}", 303), by)


async def turn(request: Request, key: str, private: bool, why: str, by: str) -> Settled:
    """Open a page to readers or keep it private, and note who did; return what became of it. Raises MissingError for no page."""
    whole = await site_of(request).readers.ask(lambda desk: find_one(lambda: open_document(desk, key)).id)
    settled = await site_of(request).hand.keep(lambda workspace: set_private(workspace, whole, private, by=by, why=why))
    accounts, name = site_of(request).visitors.accounts, visitor_of(request).name
    if accounts is not None and name:
        accounts.log(name, "kept private" if private else "opened to readers", f"/document/{whole[:12]}: {' '.join(why.split())}")
    return settled
