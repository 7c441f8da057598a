"""Accounts: who may sign in, with which role; passwords as argon2id, sessions and tokens only as hashes; and a log of what was changed."""

from __future__ import annotations

import hashlib
import re
import secrets
import time
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from mithaq.errors import QuestionError
from mithaq.visitors.file import Run, VisitorsFile, now
from mithaq.visitors.rights import ROLES, Role, Visitor

if TYPE_CHECKING:
    from argon2 import PasswordHasher

SHORTEST = 12  # characters of a password
_LONGEST = 200
_IDLE, _OLDEST = 12 * 3600.0, 7 * 24 * 3600.0  # seconds without a sign of life, and in all, until somebody must sign in again
_NOTED = 60.0  # seconds: a session's last sign of life is written no more often
_NAME = re.compile(r"[^\W_][\w .'-]{0,39}")
_TOKEN = "mithaq_"


class Account(NamedTuple):
    """An account as it is listed; ``tokens`` are the ids and labels of what programs sign in with."""

    name: str
    role: Role
    made: str
    tokens: tuple[tuple[str, str], ...]


class Logged(NamedTuple):
    """One line of the log: who did what, when, and about what."""

    at: str
    who: str
    what: str
    about: str


class Accounts:
    """The accounts of a workspace."""

    def __init__(self, file: VisitorsFile) -> None:
        self._file = file

    def any(self) -> bool:
        """Say whether there is any account: then everybody signs in."""
        return bool(self._file.rows("SELECT 1 FROM accounts LIMIT 1"))

    def every(self) -> list[Account]:
        """Return all accounts by name."""
        tokens = self._file.rows("SELECT account, id, label FROM tokens ORDER BY made, id")
        return [
            Account(row["name"], row["role"], row["made"], tuple((t["id"], t["label"]) for t in tokens if t["account"] == row["name"]))
            for row in self._file.rows("SELECT name, role, made FROM accounts ORDER BY name")
        ]

    def has(self, name: str) -> bool:
        """Say whether somebody has this name, however it is written."""
        return any(account.name.casefold() == name.strip().casefold() for account in self.every())

    def add(self, name: str, password: str, role: Role, by: str) -> None:
        """Make an account; raises QuestionError for a name or a password that is none, and for a name that is taken."""
        name = " ".join(name.split())
        if not _NAME.fullmatch(name):
            raise QuestionError(f"{name!r} is no name for an account; use 1 to 40 letters, digits, blanks, dots, hyphens")
        _check_role(role)
        hashed = _hash(password)
        with self._file.change() as run:
            if run("SELECT 1 FROM accounts WHERE name = ?", (name,)).fetchone():
                raise QuestionError(f"there is an account {name!r} already; choose another name, or remove it first")
            run("INSERT INTO accounts VALUES (?, ?, ?, ?, ?)", (name, role, hashed, now(), by))
            self._note(run, by, "account added", f"{name}, {role}")

    def set_password(self, name: str, password: str, by: str) -> None:
        """Give an account another password; whoever is signed in with it must sign in again."""
        hashed = _hash(password)
        with self._file.change() as run:
            known = self._known(run, name)
            run("UPDATE accounts SET password = ? WHERE name = ?", (hashed, known))
            run("DELETE FROM sessions WHERE account = ?", (known,))
            self._note(run, by, "password changed", known)

    def set_role(self, name: str, role: Role, by: str) -> None:
        """Give an account another role; raises QuestionError when nobody would be left to administer."""
        _check_role(role)
        with self._file.change() as run:
            known = self._known(run, name)
            run("UPDATE accounts SET role = ? WHERE name = ?", (role, known))
            self._keep_an_admin(run, known)
            self._note(run, by, "role changed", f"{known}, {role}")

    def remove(self, name: str, by: str) -> None:
        """Take an account away with its sessions and tokens; what it decided stays. The last account may go: then nobody signs in."""
        with self._file.change() as run:
            known = self._known(run, name)
            run("DELETE FROM accounts WHERE name = ?", (known,))
            if run("SELECT 1 FROM accounts LIMIT 1").fetchone():
                self._keep_an_admin(run, known)
            self._note(run, by, "account removed", known)

    def _keep_an_admin(self, run: Run, name: str) -> None:
        if not run("SELECT 1 FROM accounts WHERE role = 'admin' LIMIT 1").fetchone():
            raise QuestionError(f"{name!r} is the last who may administer; give another account the role admin first")

    def _known(self, run: Run, name: str) -> str:
        row = run("SELECT name FROM accounts WHERE name = ?", (" ".join(name.split()),)).fetchone()
        if row is None:
            raise QuestionError(f"there is no account {name!r}; 'mithaq account list' names them")
        return str(row["name"])

    def sign_in(self, name: str, password: str) -> str | None:
        """Return the secret of a new session, None when name or password are wrong: it takes as long either way."""
        rows = self._file.rows("SELECT name, role, password FROM accounts WHERE name = ?", (" ".join(name.split())[:_LONGEST],))
        hashed = rows[0]["password"] if rows else _nobody()
        right = _verify(hashed, password[:_LONGEST])
        if not rows or not right:
            return None
        secret = secrets.token_urlsafe(32)
        moment = time.time()
        with self._file.change() as run:
            run("DELETE FROM sessions WHERE seen < ? OR made < ?", (moment - _IDLE, moment - _OLDEST))
            run("INSERT INTO sessions VALUES (?, ?, ?, ?)", (_digest(secret), rows[0]["name"], moment, moment))
            if _hasher().check_needs_rehash(hashed):
                run("UPDATE accounts SET password = ? WHERE name = ?", (_hasher().hash(password[:_LONGEST]), rows[0]["name"]))
        return secret

    def sign_out(self, secret: str) -> None:
        """End a session."""
        with self._file.change() as run:
            run("DELETE FROM sessions WHERE hash = ?", (_digest(secret),))

    def visitor(self, secret: str) -> Visitor | None:
        """Return whose session this is, None when it is none or has ended."""
        rows = self._file.rows(
            "SELECT s.hash, s.made, s.seen, a.name, a.role FROM sessions s JOIN accounts a ON a.name = s.account WHERE s.hash = ?",
            (_digest(secret),),
        )
        moment = time.time()
        if not rows or moment - rows[0]["seen"] > _IDLE or moment - rows[0]["made"] > _OLDEST:
            return None
        if moment - rows[0]["seen"] > _NOTED:
            with self._file.change() as run:
                run("UPDATE sessions SET seen = ? WHERE hash = ?", (moment, rows[0]["hash"]))
        return Visitor(rows[0]["name"], rows[0]["role"])

    def make_token(self, name: str, label: str, by: str) -> str:
        """Return a new token with which a program signs in as an account; it is shown this once."""
        token = _TOKEN + secrets.token_urlsafe(32)
        with self._file.change() as run:
            known = self._known(run, name)
            key = secrets.token_hex(4)
            run("INSERT INTO tokens VALUES (?, ?, ?, ?, ?)", (key, known, _digest(token), label[:80], now()))
            self._note(run, by, "token made", f"{known}, {key} {label[:80]}".strip())
        return token

    def revoke_token(self, key: str, by: str) -> None:
        """Take a token away, by its id."""
        with self._file.change() as run:
            if run("DELETE FROM tokens WHERE id = ?", (key,)).rowcount == 0:
                raise QuestionError(f"there is no token {key!r}; 'mithaq account list' names them")
            self._note(run, by, "token revoked", key)

    def visitor_with(self, token: str) -> Visitor | None:
        """Return whose token this is, None when it is none."""
        sql = "SELECT a.name, a.role FROM tokens t JOIN accounts a ON a.name = t.account WHERE t.hash = ?"
        rows = self._file.rows(sql, (_digest(token),))
        return Visitor(rows[0]["name"], rows[0]["role"]) if rows else None

    def log(self, who: str, what: str, about: str) -> None:
        """Note what somebody changed."""
        with self._file.change() as run:
            self._note(run, who, what, about)

    def _note(self, run: Run, who: str, what: str, about: str) -> None:
        run("INSERT INTO log (at, who, what, about) VALUES (?, ?, ?, ?)", (now(), who, what, about[:500]))

    def logged(self, most: int = 200) -> list[Logged]:
        """Return the last lines of the log, the latest first."""
        rows = self._file.rows("SELECT at, who, what, about FROM log ORDER BY n DESC LIMIT ?", (most,))
        return [Logged(*row) for row in rows]


def _check_role(role: str) -> None:
    if role not in ROLES:
        raise QuestionError(f"{role!r} is no role; there are {', '.join(ROLES)}")


@cache
def _hasher() -> PasswordHasher:
    # Imported here: whoever serves without accounts needs none of it.
    from argon2 import PasswordHasher

    return PasswordHasher()


def _hash(password: str) -> str:
    """Return a password as it is kept; raises QuestionError for one that is too short or too long."""
    if not SHORTEST <= len(password) <= _LONGEST:
        told = f"a password has {SHORTEST} to {_LONGEST} characters; several words make a good one"
        raise QuestionError(told, "wrong.password", least=SHORTEST)
    return _hasher().hash(password)


@cache
def _nobody() -> str:
    """Return a password that nobody has, so that a wrong name takes as long as a wrong password."""
    return _hasher().hash(secrets.token_urlsafe(32))


def _verify(hashed: str, password: str) -> bool:
    from argon2.exceptions import Argon2Error, InvalidHashError

    try:
        return _hasher().verify(hashed, password)
    except (Argon2Error, InvalidHashError):
        return False


def _digest(secret: str) -> str:
    """Return how a secret of 256 random bits is kept; it needs no slow hash."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
