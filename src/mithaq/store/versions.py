"""Which version of an address is the current one."""

from __future__ import annotations

from mithaq.store.connected import Run


def choose_version(run: Run, address: str) -> None:
    """Make the version of an address that was captured last the current one; a notice that it was taken down only marks the others.

    A page that comes back after it was withdrawn is there again.
    """
    last = (
        "SELECT max(coalesce(c.retrieved, c.added)) FROM captures c JOIN documents d ON d.id = c.source "
        "WHERE d.address = :address AND d.notice = :notice"
    )
    told = run(last, {"address": address, "notice": 1}).fetchone()[0]
    seen = run(last, {"address": address, "notice": 0}).fetchone()[0]
    run(
        "UPDATE documents SET current = (id = (SELECT d.id FROM documents d JOIN captures c ON c.source = d.id "
        "WHERE d.address = :address ORDER BY d.notice, coalesce(c.retrieved, c.added) DESC, d.n DESC LIMIT 1)) WHERE address = :address",
        {"address": address},
    )
    run("UPDATE documents SET withdrawn = NULL WHERE address = ? AND withdrawn < ?", (address, seen or ""))
    if told and told >= (seen or ""):
        run("UPDATE documents SET withdrawn = ? WHERE address = ? AND withdrawn IS NULL", (told, address))
