"""What a form of ours brought: refused without the token that stands in each of our forms."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request

from mithaq.web.guard import is_token
from mithaq.web.show import site_of

_MEGABYTE = 1024 * 1024


@asynccontextmanager
async def own_form(request: Request, *, fields: int = 10, files: int = 0, largest: int = _MEGABYTE) -> AsyncIterator[FormData]:
    """Give the content of a form of at most so many *fields* and *files*, none above *largest* bytes; its files are closed at the end.

    Raises HTTPException 403 for a form that is none of ours.
    """
    async with request.form(max_files=files, max_fields=fields, max_part_size=largest) as sent:
        if not is_token(request, site_of(request).secret, sent.get("token")):
            raise HTTPException(403)
        yield sent


async def read_fields(request: Request, *, fields: int = 10) -> dict[str, str]:
    """Return what was typed into a form of ours, by field; raises HTTPException 403 for another one."""
    async with own_form(request, fields=fields) as sent:
        return typed(sent)


def typed(sent: FormData) -> dict[str, str]:
    """Return the fields of a form that are no files, without zeros: nobody types them, and not every database can keep them."""
    return {name: value.replace("\0", "") for name, value in sent.items() if isinstance(value, str)}
