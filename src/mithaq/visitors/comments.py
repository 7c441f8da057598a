"""What readers write about a record: comments and corrections, held until a moderator has looked at them; never evidence."""

from __future__ import annotations

from typing import Literal, NamedTuple, get_args

from mithaq.errors import QuestionError
from mithaq.visitors.file import VisitorsFile, now

State = Literal["pending", "approved", "rejected", "reported", "settled"]
Sort = Literal["comment", "correction"]
STATES: tuple[State, ...] = get_args(State)
SORTS: tuple[Sort, ...] = get_args(Sort)
LONGEST, LONGEST_NAME = 2000, 80  # characters
_LAST = "(SELECT s.n FROM comment_states s WHERE s.comment = c.n ORDER BY s.n DESC LIMIT 1)"
_COLUMNS = "c.n, c.at, c.author, c.account, c.sort, c.place, c.record, c.words, c.lang, t.state, t.by, t.at AS decided, t.reason"


class Comment(NamedTuple):
    """What somebody wrote, about what, and what became of it: the state, and the moderator with their reason.

    ``place`` is the address of the record, ``record`` what it was called, ``account`` "" for a reader who has none.
    """

    n: int
    at: str
    author: str
    account: str
    sort: Sort
    place: str
    record: str
    words: str
    lang: str
    state: State
    by: str
    decided: str
    reason: str


class Comments:
    """What readers wrote."""

    def __init__(self, file: VisitorsFile) -> None:
        self._file = file

    def send(self, sort: Sort, place: str, record: str, words: str, *, author: str, account: str, lang: str) -> int:
        """Keep what a reader wrote, to be looked at by a moderator; return its number.

        Raises QuestionError for nothing, for too much, and for a writer without a name.
        """
        words, author = words.strip(), " ".join(author.split())
        if sort not in SORTS:
            raise QuestionError(f"{sort!r} is neither a comment nor a correction")
        if not words or not author:
            raise QuestionError("write your words and a name to stand beside them", "wrong.no_comment")
        if len(words) > LONGEST or len(author) > LONGEST_NAME:
            raise QuestionError(f"more than {LONGEST} characters are too many; write it shorter", "wrong.long", most=LONGEST)
        with self._file.change() as run:
            number = run(
                "INSERT INTO comments (at, author, account, sort, place, record, words, lang) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (now(), author, account, sort, place, record[:300], words, lang),
            ).lastrowid
            run("INSERT INTO comment_states (comment, state, by, at, reason) VALUES (?, 'pending', ?, ?, '')", (number, author, now()))
        return int(number or 0)

    def move(self, number: int, state: State, by: str, reason: str = "") -> Comment:
        """Note what a moderator decided about a comment, or that a reader reported it; return it as it stands now.

        Raises QuestionError when there is no such comment, or a rejection comes without a reason.
        """
        if state not in STATES:
            raise QuestionError(f"{state!r} is no state of a comment; there are {', '.join(STATES)}")
        if state == "rejected" and not reason.strip():
            raise QuestionError("say why: the reason is kept with the rejection", "wrong.no_reason")
        with self._file.change() as run:
            if run("SELECT 1 FROM comments WHERE n = ?", (number,)).fetchone() is None:
                raise QuestionError(f"there is no comment {number}")
            values = (number, state, by, now(), " ".join(reason.split())[:400])
            run("INSERT INTO comment_states (comment, state, by, at, reason) VALUES (?, ?, ?, ?, ?)", values)
        found = self.one(number)
        assert found is not None
        return found

    def one(self, number: int) -> Comment | None:
        """Return a comment, None when there is none."""
        return next(iter(self._ask("c.n = ?", (number,))), None)

    def newest(self) -> int:
        """Return a number that changes with everything that is written or decided."""
        return int(self._file.rows("SELECT coalesce(max(n), 0) FROM comment_states")[0][0])

    def shown(self, place: str) -> list[Comment]:
        """Return what everybody may read about a record: approved comments, the oldest first."""
        return self._ask("c.place = ? AND t.state = 'approved' AND c.sort = 'comment'", (place,))

    def waiting(self, state: State | None = None) -> list[Comment]:
        """Return what is to be looked at, or all of one state, the oldest first."""
        if state is not None:
            return self._ask("t.state = ?", (state,))
        return self._ask("t.state IN ('pending', 'reported')", ())

    def tasks(self) -> list[Comment]:
        """Return the corrections of readers that a moderator let through and that nobody has settled yet: work for the review."""
        return self._ask("t.state = 'approved' AND c.sort = 'correction'", ())

    def history(self, number: int) -> list[tuple[State, str, str, str]]:
        """Return (state, by whom, when, why) of a comment, in the order in which it happened."""
        sql = "SELECT state, by, at, reason FROM comment_states WHERE comment = ? ORDER BY n"
        return [(row["state"], row["by"], row["at"], row["reason"]) for row in self._file.rows(sql, (number,))]

    def places(self) -> list[str]:
        """Return the addresses of all records that readers wrote about."""
        return [row["place"] for row in self._file.rows("SELECT DISTINCT place FROM comments ORDER BY place")]

    def forget(self, place: str) -> int:
        """Delete what readers wrote about a record that was erased, with what moderators said of it; return how much that was."""
        with self._file.change() as run:
            run("DELETE FROM comment_states WHERE comment IN (SELECT n FROM comments WHERE place = ?)", (place,))
            return int(run("DELETE FROM comments WHERE place = ?", (place,)).rowcount)

    def rename(self, place: str, record: str) -> None:
        """Call a record by another name: what it was called may be words of a page that was erased."""
        with self._file.change() as run:
            run("UPDATE comments SET record = ? WHERE place = ?", (record[:300], place))

    def _ask(self, where: str, values: tuple[object, ...]) -> list[Comment]:
        sql = f"SELECT {_COLUMNS} FROM comments c JOIN comment_states t ON t.n = {_LAST} WHERE {where} ORDER BY c.n"
        rows = self._file.rows(sql, values)
        return [Comment(*row) for row in rows]
