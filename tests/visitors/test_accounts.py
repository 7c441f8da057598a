"""Accounts: roles, passwords and tokens kept as hashes only, sessions that end, a log that only grows."""

from __future__ import annotations

import stat
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from mithaq.errors import QuestionError, StoreError
from mithaq.visitors import ROLES, Accounts, Visitor, VisitorsFile
from mithaq.visitors.rights import ALONE, ANYBODY, RIGHTS, STRANGER
from quick_passwords import PASSWORD, quick_passwords

__all__ = ["quick_passwords"]


@pytest.fixture
def file(tmp_path: Path) -> Iterator[VisitorsFile]:
    opened = VisitorsFile(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def accounts(file: VisitorsFile) -> Accounts:
    made = Accounts(file)
    made.add("Amal", PASSWORD, "admin", "root")
    return made


def test_each_role_has_all_rights_of_the_one_before() -> None:
    rights = [{right for right in RIGHTS if Visitor("x", role).may(right)} for role in ROLES]
    assert all(less < more for less, more in pairwise(rights)) and rights[-1] == set(RIGHTS)
    assert rights[0] == {"public", "read", "comment"} and rights[1] - rights[0] == {"decide"}
    assert [right for right in RIGHTS if STRANGER.may(right)] == ["public"]
    assert ALONE.may("administer") and ANYBODY.may("comment") and not ANYBODY.may("decide")


def test_nothing_secret_is_kept_as_it_is_and_the_file_is_for_its_owner(accounts: Accounts, file: VisitorsFile, tmp_path: Path) -> None:
    session = accounts.sign_in("Amal", PASSWORD)
    token = accounts.make_token("amal", "weekly report", "root")
    assert session and token.startswith("mithaq_")
    kept = file.path.read_bytes()
    assert b"$argon2id$" in kept and not any(secret.encode() in kept for secret in (PASSWORD, session, token))
    assert stat.S_IMODE(file.path.stat().st_mode) == 0o600
    assert accounts.visitor(session) == Visitor("Amal", "admin") == accounts.visitor_with(token)
    assert accounts.visitor("x") is None and accounts.visitor_with(session) is None


def test_wrong_names_and_passwords_open_nothing(accounts: Accounts) -> None:
    for name, password in (("Amal", PASSWORD + "!"), ("Amal", ""), ("Eve", PASSWORD), ("", ""), ("A" * 5000, "x" * 5000)):
        assert accounts.sign_in(name, password) is None
    assert accounts.sign_in(" amal ", PASSWORD)


@pytest.mark.parametrize(
    ("name", "password", "role", "told"),
    [("", PASSWORD, "reader", "no name"), ("<b>", PASSWORD, "reader", "no name"), ("x" * 41, PASSWORD, "reader", "no name"),
     ("Badr", "short", "reader", "12 to 200"), ("Badr", PASSWORD, "king", "no role"), ("AMAL", PASSWORD, "reader", "already")],
)  # fmt: skip
def test_what_is_no_account_is_refused(accounts: Accounts, name: str, password: str, role: str, told: str) -> None:
    with pytest.raises(QuestionError, match=told):
        accounts.add(name, password, role, "root")  # type: ignore[arg-type]  # the test
    assert [account.name for account in accounts.every()] == ["Amal"]


def test_somebody_is_always_left_to_administer(accounts: Accounts) -> None:
    accounts.add("Badr", PASSWORD, "analyst", "root")
    for change in (lambda: accounts.set_role("Amal", "reader", "root"), lambda: accounts.remove("Amal", "root")):
        with pytest.raises(QuestionError, match="last who may administer"):
            change()
    accounts.set_role("badr", "admin", "root")
    accounts.remove("Amal", "root")
    accounts.remove("Badr", "root")
    assert not accounts.any()
    with pytest.raises(QuestionError, match="no account"):
        accounts.remove("Badr", "root")


def test_a_session_ends_with_time_with_the_password_and_when_it_is_ended(accounts: Accounts, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = (accounts.sign_in("Amal", PASSWORD) or "" for _ in range(2))
    accounts.sign_out(first)
    assert accounts.visitor(first) is None and accounts.visitor(second)
    began = time.time()
    for hour in range(1, 12):  # somebody who works on stays signed in ...
        monkeypatch.setattr(time, "time", lambda hour=hour: began + hour * 3600.0)
        assert accounts.visitor(second)
    monkeypatch.setattr(time, "time", lambda: began + 24 * 3600.0)  # ... and somebody who was away is not
    assert accounts.visitor(second) is None
    monkeypatch.undo()
    third = accounts.sign_in("Amal", PASSWORD) or ""
    accounts.set_password("Amal", "another long password", "Amal")
    assert accounts.visitor(third) is None and accounts.sign_in("Amal", PASSWORD) is None
    assert accounts.sign_in("Amal", "another long password")


def test_tokens_go_with_their_account_and_one_by_one(accounts: Accounts) -> None:
    accounts.add("Badr", PASSWORD, "reader", "root")
    one, two = (accounts.make_token(name, "x", "root") for name in ("Badr", "Amal"))
    [(key, label)] = next(account.tokens for account in accounts.every() if account.name == "Amal")
    assert label == "x"
    accounts.revoke_token(key, "Amal")
    accounts.remove("Badr", "Amal")
    assert accounts.visitor_with(one) is None and accounts.visitor_with(two) is None
    with pytest.raises(QuestionError, match="no token"):
        accounts.revoke_token(key, "Amal")


def test_the_log_tells_who_changed_what_and_only_grows(accounts: Accounts, file: VisitorsFile) -> None:
    accounts.set_role("Amal", "admin", "root")
    accounts.log("Amal", "POST", "/review/undo/3")
    assert [(line.who, line.what) for line in accounts.logged()] == [("Amal", "POST"), ("root", "role changed"), ("root", "account added")]
    for sql in ("DELETE FROM log", "UPDATE log SET who = 'Eve'"):
        with pytest.raises(StoreError, match="never"), file.change() as run:
            run(sql)
    assert len(accounts.logged()) == 3


def test_a_file_from_a_newer_version_is_refused(tmp_path: Path, file: VisitorsFile) -> None:
    with file.change() as run:
        run("PRAGMA user_version = 99")
    with pytest.raises(StoreError, match="newer"):
        VisitorsFile(tmp_path)
