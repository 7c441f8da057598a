"""Which version of an address is the current one."""

from __future__ import annotations

from mithaq.store.connected import Run


def choose_version(run: Run, address: str) -> bool:
    """Make the version of an address that was captured last the current one; a notice that it was taken down only marks the others.

    A page that is seen again after it was withdrawn is there again; one that was seen only before stays marked. Returns whether the
    address has several versions.
    """
    number, plain = run(
        "SELECT count(*), min(CASE WHEN current = 1 AND notice = 0 AND withdrawn IS NULL THEN 1 ELSE 0 END) FROM documents "
        "WHERE address = ?",
        (address,),
    ).fetchone()
    if number == 1 and plain:
        return False
    last = (
        "SELECT max(coalesce(c.retrieved, c.added)) FROM captures c JOIN documents d ON d.id = c.source "
        "WHERE d.address = :address AND d.notice = :notice"
    )
    told = run(last, {"address": address, "notice": 1}).fetchone()[0]
    seen = run(last, {"address": address, "notice": 0}).fetchone()[0] or ""
    gone = run("SELECT max(withdrawn) FROM documents WHERE address = ? AND notice = 0", (address,)).fetchone()[0]
    run(
        "UPDATE documents SET current = CASE WHEN id = (SELECT d.id FROM documents d JOIN captures c ON c.source = d.id "
        "WHERE d.address = :address ORDER BY d.notice, coalesce(c.retrieved, c.added) DESC, d.n DESC LIMIT 1) THEN 1 ELSE 0 END "
        "WHERE address = :address",
        {"address": address},
    )
    since = max((moment for moment in (told, gone) if moment and moment >= seen), default=None)
    run(
        "UPDATE documents SET withdrawn = CASE WHEN :since IS NULL THEN NULL ELSE coalesce(withdrawn, :since) END "
        "WHERE address = :address AND notice = 0",
        {"since": since, "address": address},
    )
    return bool(number > 1)
