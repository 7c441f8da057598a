"""The workspace as others may see it: a connection to which private pages, and all that rests on them, do not exist.

Views of the same names stand before the tables, so that no question can forget to leave them out. Happenings and matters of which a private
page tells are left out whole; somebody whom public pages name too keeps the names and the country that these give.
"""

from __future__ import annotations

import re
import sqlite3

_PLAIN = re.compile(r"\b(NOT )?((?:d\.)?private)\b(?!\")")  # a number that SQLite takes for yes or no
_PRIVATE = "SELECT id FROM main.documents WHERE private"
_TELLS = "SELECT 1 FROM main.happening_members m JOIN main.documents d ON d.id = m.source WHERE d.private AND m.happening ="
_NAMED = "SELECT 1 FROM main.entity_members m JOIN main.documents d ON d.id = m.source WHERE d.private"
_OPEN_NAMES = (
    f"(SELECT t.name FROM main.entity_members m JOIN main.documents d ON d.id = m.source JOIN main.{table} t ON t.source = m.source "
    f"AND t.n = m.item WHERE m.entity = e.id AND m.list = '{table}' AND NOT d.private ORDER BY d.n LIMIT 1)"
    for table in ("people", "bodies", "programmes")
)
_OPEN_NAME = f"coalesce({', '.join(_OPEN_NAMES)})"
_VIEWS = {
    "documents": "SELECT * FROM main.documents WHERE NOT private",
    "captures": f"SELECT * FROM main.captures WHERE source NOT IN ({_PRIVATE})",
    "mentions": f"SELECT * FROM main.mentions WHERE source NOT IN ({_PRIVATE})",
    "namings": f"SELECT * FROM main.namings WHERE source NOT IN ({_PRIVATE})",
    "entity_members": f"SELECT * FROM main.entity_members WHERE source NOT IN ({_PRIVATE})",
    "happening_members": f"SELECT * FROM main.happening_members WHERE source NOT IN ({_PRIVATE})",
    "happenings": f"SELECT * FROM main.happenings h WHERE NOT EXISTS ({_TELLS} h.id)",
    "thread_steps": f"SELECT * FROM main.thread_steps s WHERE NOT EXISTS ({_TELLS} s.happening)",
    "threads": "SELECT * FROM main.threads t WHERE NOT EXISTS (SELECT 1 FROM main.thread_steps s WHERE s.thread = t.id "
    f"AND EXISTS ({_TELLS} s.happening))",
    "entity_questions": f"SELECT * FROM main.entity_questions WHERE substr(a, 1, 64) NOT IN ({_PRIVATE}) "
    f"AND substr(b, 1, 64) NOT IN ({_PRIVATE})",
    # Of one whom private pages name, too, name and country are those of public ones; without "data" a question asks for them there.
    "entities": f"SELECT id, kind, CASE WHEN mixed THEN {_OPEN_NAME} ELSE name END AS name, lang, "
    "CASE WHEN mixed THEN NULL ELSE country END AS country, CASE WHEN mixed THEN NULL ELSE data END AS data "
    f"FROM (SELECT e.*, EXISTS ({_NAMED} AND m.entity = e.id) AS mixed FROM main.entities e) AS e "
    "WHERE NOT mixed OR id IN (SELECT m.entity FROM main.entity_members m JOIN main.documents d ON d.id = m.source WHERE NOT d.private)",
    "judgements": f"SELECT * FROM main.judgements WHERE substr(subject, 1, 64) NOT IN ({_PRIVATE}) "
    f"AND (other IS NULL OR substr(other, 1, 64) NOT IN ({_PRIVATE}))",
    # Nothing tells whether a page that could not be read, or was held back, was meant for others.
    "quarantine": "SELECT * FROM main.quarantine WHERE 0",
    "gated": "SELECT * FROM main.gated WHERE 0",
    # Which pages were opened or closed, by whom and why, is said among analysts; that something was, everybody must hear.
    "privacy": "SELECT n, '' AS source, \"private\", '' AS \"by\", '' AS at, '' AS why FROM main.privacy",
}


def views_for(schema: str) -> dict[str, str]:
    """Return name and statement of each view for a server on which our tables lie in *schema*."""
    told = {name: _PLAIN.sub(_compare, sql) for name, sql in _VIEWS.items()}
    return {name: sql.replace("main.", f"{schema}.").replace("WHERE 0", "WHERE FALSE") for name, sql in told.items()}


def _compare(match: re.Match[str]) -> str:
    return f"{match[2]} = {0 if match[1] else 1}"


def hide_private(connection: sqlite3.Connection) -> None:
    """Hide private pages from a connection that will only read."""
    known = {row[0] for row in connection.execute("SELECT name FROM main.sqlite_master WHERE type = 'table'")}
    for name, sql in _VIEWS.items():
        if name in known:
            connection.execute(f"CREATE TEMP VIEW {name} AS {sql}")
