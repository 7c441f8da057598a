"""Open own notes to readers, or keep a page for analysts alone: in what is shown, searched, told, exported and published from now on."""

from __future__ import annotations

import msgspec

from mithaq.errors import QuestionError
from mithaq.ingest import now
from mithaq.workspace import Workspace


class Settled(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a page: its versions that are turned, and other pages that print the same article and stay as they are."""

    document: str
    private: bool
    turned: tuple[str, ...]
    same_article: tuple[str, ...]


def set_private(workspace: Workspace, key: str, private: bool, *, by: str, why: str) -> Settled:
    """Keep the page with this id, path or address, and all versions of its address, for analysts alone, or open it to readers.

    What was decided last counts, however often the page is read again. Sites that were published stay as they are until they are published
    again. Raises QuestionError for a page that is not kept, and without a reason or a name.
    """
    if not why.strip() or not by.strip():
        raise QuestionError("say why, and who decides it: both are kept", "wrong.no_privacy_reason")
    store = workspace.store
    document = store.document(key)
    before = set(store.same_article(document.id))
    turned = store.keep_private(document.id, private, by=by.strip(), why=" ".join(why.split()), at=now())
    if turned.documents:
        workspace.settle()
    if turned.untold:
        workspace.rewrite_feeds()
        # Deleted words stay in the file of the database until it is put in order; here they may: the page itself stays, too.
    others = (before | set(store.same_article(document.id))) - {document.id, *turned.documents}
    return Settled(document=document.id, private=private, turned=turned.documents, same_article=tuple(sorted(others)))
