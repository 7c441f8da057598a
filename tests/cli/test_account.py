"""``mithaq account``: accounts are made, listed, changed and taken away in the terminal; without one the site stays on this machine."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from mithaq.cli.app import command
from mithaq.errors import QuestionError, StoreError
from mithaq.visitors import Accounts, VisitorsFile
from mithaq.web.serve import check_accounts, hosts_of, is_loopback
from mithaq.workspace import open_workspace
from quick_passwords import PASSWORD, quick_passwords

__all__ = ["quick_passwords"]


def run(root: Path, *words: str, typed: str = "") -> str:
    result = CliRunner().invoke(command(), ["account", *words, "--workspace", str(root)], input=typed, catch_exceptions=False)
    return result.output


@pytest.fixture
def root(tmp_path: Path) -> Path:
    open_workspace(tmp_path / "w").close()
    return tmp_path / "w"


def test_accounts_are_made_listed_changed_and_taken_away(root: Path) -> None:
    assert "whoever can use this machine" in run(root, "list")
    assert "Amal may sign in as admin" in run(root, "add", "Amal", "--role", "admin", typed=f"{PASSWORD}\n")
    run(root, "add", "Badr", typed=f"{PASSWORD}\n")
    assert "Badr is moderator now" in run(root, "role", "Badr", "moderator")
    token = run(root, "token", "Badr", "--label", "weekly").strip()
    listed = run(root, "list")
    assert "Badr\tmoderator" in listed and "(weekly)" in listed and token not in listed
    assert "new password" in run(root, "password", "Badr", typed="another long password\n")
    file = VisitorsFile(root)
    accounts = Accounts(file)
    assert accounts.visitor_with(token) and accounts.sign_in("Badr", "another long password")
    [(key, _)] = next(account.tokens for account in accounts.every() if account.name == "Badr")
    assert "worth nothing" in run(root, "token", "Badr", "--revoke", key)
    assert accounts.visitor_with(token) is None
    file.close()
    assert "may not sign in" in run(root, "remove", "Badr")


def test_a_folder_that_is_no_workspace_gets_no_accounts(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="not a mithaq workspace"):
        run(tmp_path, "list")
    assert list(tmp_path.iterdir()) == []


def test_beyond_this_machine_it_takes_somebody_who_administers(root: Path) -> None:
    with pytest.raises(QuestionError, match="mithaq account add"):
        check_accounts(root, "0.0.0.0")
    run(root, "add", "Amal", "--role", "admin", typed=f"{PASSWORD}\n")
    check_accounts(root, "0.0.0.0")
    assert is_loopback("127.0.0.1") and is_loopback("::1") and is_loopback("localhost") and not is_loopback("0.0.0.0")
    assert hosts_of("10.0.0.1") == ("10.0.0.1",) and hosts_of("fe80::1") == ("[fe80::1]",) and hosts_of("0.0.0.0")
