"""Erase a page from a workspace: database, captures, feeds of alerts, what readers wrote about it, and what was put together from it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress

from msgspec.structs import replace

from mithaq.errors import QuestionError
from mithaq.ingest import now
from mithaq.model import Document
from mithaq.store import Store
from mithaq.store.address import address_key
from mithaq.store.captures import forget_capture
from mithaq.store.erasing import Erased, hash_address
from mithaq.visitors import VISITORS, Comments, VisitorsFile
from mithaq.workspace import Workspace


def erase_page(workspace: Workspace, key: str, *, by: str, why: str) -> tuple[Erased, list[str]]:
    """Erase the page with this id, path or address, and all versions of its address; return what went, and pages with the same article.

    Raises QuestionError for a page that is not kept, and without a reason or a name. A run that is killed in the middle is run again: what
    names the page goes last.
    """
    if not why.strip() or not by.strip():
        raise QuestionError("say why the page is erased, and who erases it: --why and --by; both are kept")
    store = workspace.store
    document = _find(store, key)
    if document is None:
        _finish(workspace)
        return Erased((), (), 0), []
    going = _versions(store, document)
    same = [store.reading(one) for one in store.same_article(document.id) if one not in going]
    with _comments(workspace) as comments:
        written = sum(comments.forget(place) for place in comments.places() if _is_told_by(store, place, going)) if comments else 0
    for file in sorted({str(row["file"]) for one in going for row in store.rows("captures", {"source": one})}):
        forget_capture(workspace.root, file)
    done = store.erase(document.id, by=by.strip(), why=why.strip(), at=now())
    for file in done.files:
        forget_capture(workspace.root, file)
    _finish(workspace)
    return replace(done, comments=written), [page.url or page.path or page.id[:12] for page in same]


def _find(store: Store, key: str) -> Document | None:
    """Return the page of a key; None for one that was erased before, perhaps by a run that was killed."""
    try:
        return store.document(key)
    except QuestionError:
        address = address_key(key)
        if store.is_erased(key) or (address is not None and store.is_erased(hash_address(address))):
            return None
        raise


def _versions(store: Store, document: Document) -> set[str]:
    (row,) = store.rows("documents", {"id": document.id})
    if row["address"] is None:
        return {document.id}
    return {str(one["id"]) for one in store.rows("documents", {"address": row["address"]})}


def _finish(workspace: Workspace) -> None:
    """Put together anew what was put together from the page, and take its words out of the files."""
    workspace.resolve()
    workspace.rewrite_feeds()
    with _comments(workspace) as comments:
        for place in comments.places() if comments else ():
            name = _name_now(workspace.store, place)
            if comments and name is not None:
                comments.rename(place, name)
    workspace.store.scrub()


@contextmanager
def _comments(workspace: Workspace) -> Iterator[Comments | None]:
    """Give what readers wrote; None where nobody ever could."""
    if not (workspace.root / VISITORS).is_file():
        yield None
        return
    with closing(VisitorsFile(workspace.root)) as file:
        yield Comments(file)


def _is_told_by(store: Store, place: str, pages: set[str]) -> bool:
    """Say whether a record that readers wrote about rests on these pages alone."""
    sort, _, key = place.strip("/").partition("/")
    if sort == "document":
        return any(page.startswith(key) for page in pages)
    told = set[str]()
    with suppress(QuestionError):
        if sort == "entity":
            told = {member[0] for member in store.members(store.find_entity(key).id)}
        elif sort == "event":
            told = {source.document for source in store.happening(key).sources}
        elif sort == "thread":
            told = {source.document for step in store.thread(key).steps for source in step.sources}
    return bool(told) and told <= pages


def _name_now(store: Store, place: str) -> str | None:
    """Return what a record is called by words of a page: nothing when it is gone; None of one that has its name from us."""
    sort, _, key = place.strip("/").partition("/")
    try:
        if sort == "document":
            return store.document(key).title or ""
        if sort == "entity":
            return store.find_entity(key).name
        return store.thread(key).subject if sort == "thread" else None
    except QuestionError:
        return ""
