"""Whom a page is for: an analyst opens own notes to readers, or keeps a page for analysts alone; who did so, when and why stays."""

from __future__ import annotations

import msgspec

from mithaq.store.copies import sketch_of
from mithaq.store.rows import unpack_document
from mithaq.store.untold import forget_news_of
from mithaq.store.writing import Writing


class PrivacyDecision(msgspec.Struct, frozen=True, kw_only=True):
    """One decision; ``by`` is empty where the page came in once more, marked as private."""

    private: bool
    by: str
    at: str
    why: str


class Turned(msgspec.Struct, frozen=True, kw_only=True):
    """What a decision changed: the versions of the page, none where it stood so already, and whether news of alerts went with it."""

    documents: tuple[str, ...]
    untold: bool


class Privacy(Writing):
    """The part of the store that opens pages to readers, and keeps them from them."""

    def keep_private(self, document_id: str, private: bool, *, by: str, why: str, at: str) -> Turned:
        """Keep all versions of a page's address for analysts alone, or open them to readers; see the protocol."""
        turned, untold = [], False
        with self._transaction() as run:
            (address,) = run("SELECT address FROM documents WHERE id = ?", (document_id,)).fetchone()
            rows = run("SELECT id, private FROM documents WHERE id = ? OR address = ? ORDER BY id", (document_id, address)).fetchall()
            for source, was in ((str(row[0]), bool(row[1])) for row in rows):
                self._note_privacy(run, source, private, by, at, why)
                if was == private:
                    continue
                turned.append(source)
                alike = set(self.same_article(source))
                if private:
                    self._make_private(run, source)
                    untold = forget_news_of(run, [source]) or untold
                else:
                    run("UPDATE documents SET private = 0 WHERE id = ?", (source,))
                    packed = run("SELECT document FROM layers WHERE source = ?", (source,)).fetchone()[0]
                    self._link(run, source, sketch_of(unpack_document(packed, source)))
                # Pages that print the same article share what people decided, and do so no longer, or from now on.
                for one in {source} | alike | set(self.same_article(source)):
                    self._unsettle(run, one)
                    if run("SELECT 1 FROM judgements LIMIT 1").fetchone():
                        self._show_all(run, one)
        return Turned(documents=tuple(turned), untold=untold)

    def withheld(self) -> int:
        """Return a number that changes whenever a page is opened, kept private, or erased."""
        (number,) = self._all("SELECT (SELECT coalesce(max(n), 0) FROM privacy) + (SELECT count(*) FROM erased)")[0]
        return int(number)

    def privacy_of(self, document_id: str) -> list[PrivacyDecision]:
        """Return what was decided about whom a page is for, the last first."""
        rows = self._all('SELECT private, "by", at, why FROM privacy WHERE source = ? ORDER BY n DESC', (document_id,))
        return [PrivacyDecision(private=bool(row[0]), by=row[1], at=row[2], why=row[3]) for row in rows]
