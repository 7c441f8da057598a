"""Sign in and out, change one's password, and read the log of what was changed."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from mithaq.errors import QuestionError
from mithaq.visitors.accounts import SHORTEST
from mithaq.web.asking import said
from mithaq.web.entry import SESSION, address_of, told, visitor_of
from mithaq.web.forms import read_fields
from mithaq.web.limits import Limit
from mithaq.web.show import Page, show, site_of

pages = APIRouter(include_in_schema=False)

_LONGEST = 300  # characters of a field
_A_NAME, _AN_ADDRESS = Limit(6, 15 * 60), Limit(30, 15 * 60)  # wrong passwords


@pages.get("/login")
async def form(request: Request) -> Response:
    """The form."""
    return await show(request, lambda _desk, _messages: Page("login.html", {"name": "", "wrong": False, "next": safe_next(request)}))


@pages.post("/login")
async def sign_in(request: Request) -> Response:
    """Begin a session."""
    sent = await _read(request)
    site = site_of(request)
    accounts = site.visitors.accounts
    name, password = sent.get("name", ""), sent.get("password", "")
    keys = (_A_NAME, " ".join(name.casefold().split())), (_AN_ADDRESS, address_of(request))
    wait = max(limit.wait(key) for limit, key in keys)
    if wait:
        return told(request, 429, {"retry-after": str(wait)})
    # Counted before it is checked: whoever sends many at once has no more tries than others.
    for limit, key in keys:
        limit.note(key)
    # In a thread: to check a password takes long on purpose.
    secret = await run_in_threadpool(accounts.sign_in, name, password) if accounts else None
    if secret is None:
        shown = {"name": name, "wrong": True, "next": safe_next(request)}
        return await show(request, lambda _desk, _messages: Page("login.html", shown, 401))
    assert accounts is not None
    _A_NAME.forget(keys[0][1])
    _AN_ADDRESS.take_back(keys[1][1])
    accounts.log(name, "signed in", address_of(request))
    answer = RedirectResponse(safe_next(request), 303)
    answer.set_cookie(SESSION, secret, httponly=True, samesite="lax", secure=request.url.scheme == "https")
    return answer


@pages.post("/logout")
async def sign_out(request: Request) -> Response:
    """End the session."""
    await _read(request)
    accounts = site_of(request).visitors.accounts
    if accounts and request.cookies.get(SESSION):
        accounts.sign_out(request.cookies[SESSION])
    answer = RedirectResponse("/login", 303)
    answer.delete_cookie(SESSION)
    return answer


@pages.get("/account")
async def account(request: Request) -> Response:
    """One's own account."""
    return await _account_page(request)


async def _account_page(request: Request, wrong: str = "", done: bool = False, status: int = 200) -> Response:
    if not visitor_of(request).name:
        raise HTTPException(404)
    return await show(request, lambda _desk, _messages: Page("account.html", {"wrong": wrong, "done": done, "least": SHORTEST}, status))


@pages.post("/account")
async def change_password(request: Request) -> Response:
    """Change one's password; it takes the old one, and ends all sessions."""
    sent = await _read(request)
    visitor, accounts = visitor_of(request), site_of(request).visitors.accounts
    if not visitor.name or accounts is None:
        raise HTTPException(404)
    wait = _A_NAME.take(visitor.name.casefold())
    if wait:
        return told(request, 429, {"retry-after": str(wait)})
    secret = await run_in_threadpool(accounts.sign_in, visitor.name, sent.get("old", ""))
    if secret is None:
        return await _account_page(request, "old", status=400)
    _A_NAME.forget(visitor.name.casefold())
    try:
        await run_in_threadpool(accounts.set_password, visitor.name, sent.get("new", ""), visitor.name)
    except QuestionError:
        accounts.sign_out(secret)
        return await _account_page(request, "new", status=400)
    return RedirectResponse("/login", 303)


@pages.get("/log")
async def log(request: Request) -> Response:
    """Who changed what, and who has an account."""
    accounts = site_of(request).visitors.accounts
    lines = accounts.logged() if accounts else []
    people = accounts.every() if accounts else []
    return await show(request, lambda _desk, _messages: Page("log.html", {"lines": lines, "people": people}))


async def _read(request: Request) -> dict[str, str]:
    """Return the fields of a form of ours; raises HTTPException 403 for one that is none."""
    return {name: value[:_LONGEST] for name, value in (await read_fields(request)).items()}


def safe_next(request: Request) -> str:
    """Return where somebody wanted to go before they signed in: an address of ours, else the first page."""
    place = said(request, "next") or "/"
    ours = place.startswith("/") and not place.startswith("//") and "\\" not in place
    return place if ours and all(c.isprintable() for c in place) else "/"
