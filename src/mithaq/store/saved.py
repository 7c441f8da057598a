"""Questions that readers keep, by name: the address of the state, and how far whoever looked last had come."""

from __future__ import annotations

import msgspec

from mithaq.errors import QuestionError
from mithaq.store.connected import Connected

MOST_SAVED = 200
LONGEST_NAME, LONGEST_PLACE = 120, 2000  # letters


class Saved(msgspec.Struct, frozen=True):
    """A saved search: ``place`` is its address on the site, ``seen`` the number of the newest page when somebody looked last."""

    n: int
    name: str
    place: str
    seen: int
    at: str


class SavedSearches(Connected):
    """The part of the store that keeps questions."""

    def saved(self) -> list[Saved]:
        """Return all saved searches, by name."""
        found = self._all("SELECT n, name, place, seen, at FROM saved_searches ORDER BY lower(name), n")
        return [Saved(row[0], row[1], row[2], row[3], row[4]) for row in found]

    def saved_search(self, number: int) -> Saved:
        """Return one saved search; raises QuestionError when there is none."""
        row = self._one("SELECT n, name, place, seen, at FROM saved_searches WHERE n = ?", (number,))
        if row is None:
            raise QuestionError(f"there is no saved search {number}; it may have been deleted")
        return Saved(row[0], row[1], row[2], row[3], row[4])

    def save_search(self, name: str, place: str, at: str) -> int:
        """Keep a question, or give one of the same address a new name; return its number. Raises QuestionError for an unfit name."""
        named = _check_name(name)
        if len(place) > LONGEST_PLACE:
            raise QuestionError(f"the address is longer than {LONGEST_PLACE} letters; ask with fewer words")
        with self._transaction() as run:
            known = run("SELECT n FROM saved_searches WHERE place = ?", (place,)).fetchone()
            if known:
                run("UPDATE saved_searches SET name = ? WHERE n = ?", (named, known[0]))
                return int(known[0])
            if run("SELECT count(*) FROM saved_searches").fetchone()[0] >= MOST_SAVED:
                raise QuestionError(f"{MOST_SAVED} searches are saved already; delete one first")
            newest = run("SELECT coalesce(max(n), 0) FROM documents").fetchone()[0]
            sql = "INSERT INTO saved_searches (name, place, seen, at) VALUES (?, ?, ?, ?) RETURNING n"
            return int(run(sql, (named, place, newest, at)).fetchone()[0])

    def rename_search(self, number: int, name: str) -> None:
        """Give a saved search another name."""
        named = _check_name(name)
        with self._transaction() as run:
            run("UPDATE saved_searches SET name = ? WHERE n = ?", (named, number))

    def see_search(self, number: int) -> None:
        """Note that somebody has seen all that a saved search finds now."""
        with self._transaction() as run:
            run("UPDATE saved_searches SET seen = (SELECT coalesce(max(n), 0) FROM documents) WHERE n = ?", (number,))

    def drop_search(self, number: int) -> None:
        """Delete a saved search."""
        with self._transaction() as run:
            run("DELETE FROM saved_searches WHERE n = ?", (number,))


def _check_name(name: str) -> str:
    named = "".join(c for c in " ".join(name.split()) if c.isprintable())
    if not named:
        raise QuestionError("a saved search needs a name", "wrong.no_saved_name")
    return named[:LONGEST_NAME]
