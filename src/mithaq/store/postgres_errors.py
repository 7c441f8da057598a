"""What a server of PostgreSQL says when something goes wrong, in plain words: thing, place, next step. No password is ever repeated."""

from __future__ import annotations

from mithaq.errors import StoreError
from mithaq.store.place import Server

# The five digits by which the server names an error, or their beginning: what it is, and what to do.
_KNOWN = (
    ("28P01", "the server refuses the user or the password", "put the password into ~/.pgpass or PGPASSWORD, and check the user's name"),
    ("28", "the server does not let this user in", "ask its keeper for an entry in pg_hba.conf, and check the user's name"),
    ("3D000", "there is no such database", "make it (createdb NAME), or name another one in the address"),
    ("42501", "this user may not do that", "ask the server's keeper for rights: on the schema, or to CREATE one in the database"),
    ("25006", "the store is open for reading alone", "open it where it may be written: a standby of the server cannot be"),
    ("55P03", "somebody else has been writing for a long time", "wait until they have finished, then run the same command again"),
    ("53100", "the disk of the server is full", "free some space there and run the same command again (what was kept stays)"),
    ("53300", "the server takes no more connections", "wait, close others, or raise max_connections there"),
    ("57P0", "the server is being stopped, or starts", "run the same command again when it is there"),
    ("40", "the server undid this work, for others were at the same rows", "run the same command again"),
    ("42P01", "a table of the store is missing", "restore the store from a backup"),
)  # fmt: skip
# What the client says when there is no number: the connection itself failed.
_WORDS = (
    ("password", _KNOWN[0]),
    ("no pg_hba.conf", _KNOWN[1]),
    ("does not exist", _KNOWN[2]),
    ("too many", _KNOWN[7]),
)


def explain(error: Exception, server: Server, *, reached: bool) -> StoreError:
    """Return what to tell somebody of an error of the client; *reached* says whether there was a connection."""
    said = _first_line(str(error))
    state = str(getattr(error, "sqlstate", None) or "")
    known = next((entry for entry in _KNOWN if state and state.startswith(entry[0])), None)
    if known is None and not reached:
        known = next((entry for words, entry in _WORDS if words in said), None)
        if known is None:
            return StoreError(f"{server} cannot be reached ({said}); check that the server runs, its host and port, and the network")
    if known is None and not state:
        return StoreError(f"{server}: the connection was lost ({said}); run the same command again (what was kept stays)")
    return StoreError(f"{server}: {known[1]} ({said}); {known[2]}" if known else f"{server}: the database says: {said}")


def _first_line(text: str) -> str:
    """Return what the server says, without the places in statements that it points at."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[0].rpartition("FATAL:")[2].strip() if lines else "it does not say why"
