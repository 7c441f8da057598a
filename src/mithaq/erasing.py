"""Erase a page from a workspace: database, captures, and what was put together from it."""

from __future__ import annotations

from mithaq.errors import QuestionError
from mithaq.ingest import now
from mithaq.store.captures import forget_capture
from mithaq.store.erasing import Erased
from mithaq.workspace import Workspace


def erase_page(workspace: Workspace, key: str, *, by: str, why: str) -> tuple[Erased, list[str]]:
    """Erase the page with this id, path or address, and all versions of its address; return what went, and pages with the same article.

    Raises QuestionError for a page that is not kept, and without a reason or a name. A run that is killed in the middle is run again.
    """
    if not why.strip() or not by.strip():
        raise QuestionError("say why the page is erased, and who erases it: --why and --by; both are kept")
    store = workspace.store
    document = store.document(key)
    same = [store.reading(one) for one in store.same_article(document.id) if one != document.id]
    done = store.erase(document.id, by=by.strip(), why=why.strip(), at=now())
    for file in done.files:
        forget_capture(workspace.root, file)
    workspace.resolve()
    store.scrub()
    return done, [page.url or page.path or page.id[:12] for page in same if page.id not in done.documents]
