"""Where the database of a workspace lies is named once, and no password is ever shown or written down."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawn_documents import patiently
from mithaq.errors import StoreError
from mithaq.store.place import Server, is_server, is_there, place_named, place_of, read_address, remember

ADDRESS = "postgresql://amal:s3cret%2F@db.example.org:5433/news?schema=gulf&sslmode=require&sslpassword=alsos3cret"


def test_an_address_is_read_and_shown_without_its_password() -> None:
    server = read_address(ADDRESS)
    assert server.schema == "gulf"
    assert "s3cret" in server.address and "schema=" not in server.address and "sslmode=require" in server.address
    assert str(server) == "postgresql://amal@db.example.org:5433/news?schema=gulf"
    assert server.without_password == "postgresql://amal@db.example.org:5433/news?sslmode=require&schema=gulf"
    assert str(read_address("postgres://db/x")) == "postgresql://db/x"


@patiently
@given(st.text("abcXYZ019-_.~!$", min_size=6, max_size=20))
def test_no_password_is_ever_shown(password: str) -> None:
    server = read_address(f"postgresql://u:Q{password}@h/d?password=Q{password}")
    assert f"Q{password}" not in str(server) + server.without_password


@pytest.mark.parametrize(
    "wrong", ["mysql://x/y", "postgresql://h/d?schema=Gulf", "postgresql://h/d?schema=pg_x", "postgresql://h:port/d", "pass"]
)
def test_what_is_no_address_is_refused_and_not_repeated(wrong: str) -> None:
    with pytest.raises(StoreError) as told:
        read_address(wrong)
    assert "postgresql://" in str(told.value) and "mysql" not in str(told.value)


def test_a_folder_remembers_where_its_database_lies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MITHAQ_STORE", raising=False)
    assert place_of(tmp_path) == tmp_path / "mithaq.sqlite"
    assert not is_there(tmp_path)
    remember(tmp_path, read_address(ADDRESS))
    assert "s3cret" not in (tmp_path / "store.toml").read_text("utf-8")
    assert str(place_of(tmp_path)) == str(read_address(ADDRESS))
    assert is_there(tmp_path)
    monkeypatch.setenv("MITHAQ_STORE", "postgresql://other/base")
    assert str(place_of(tmp_path)) == "postgresql://other/base"


@pytest.mark.parametrize("told", ["address = 7", "addres", "x = 1"])
def test_a_broken_note_of_a_folder_is_named(tmp_path: Path, told: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MITHAQ_STORE", raising=False)
    (tmp_path / "store.toml").write_text(told, "utf-8")
    with pytest.raises(StoreError, match=r"store\.toml"):
        place_of(tmp_path)


def test_people_name_folders_files_and_servers() -> None:
    assert is_server("postgresql://h/d") and is_server("postgres://h/d") and not is_server("news/postgresql")
    assert place_named("gulf") == Path("gulf/mithaq.sqlite")
    assert place_named("old.sqlite") == Path("old.sqlite")
    assert place_named("postgresql://h/d") == Server("postgresql://h/d")


def test_whoever_keeps_a_workspace_in_its_folder_needs_no_client_no_mail_and_no_templates(tmp_path: Path) -> None:
    heavy = ("psycopg", "jinja2", "babel", "httpcore2", "smtplib")
    opened = f"import sys, mithaq.workspace as w; w.open_workspace({str(tmp_path)!r}).close()"
    asked = f"{opened}; print([name for name in {heavy} if name in sys.modules])"
    clean = {name: value for name, value in os.environ.items() if name != "MITHAQ_STORE"}
    assert subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True, env=clean).stdout == "[]\n"
