"""Where the database of a workspace lies: in its folder (SQLite), or on a server of PostgreSQL that several people share."""

from __future__ import annotations

import os
import re
import tomllib
from pathlib import Path
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

import msgspec

from mithaq.errors import StoreError

DATABASE = "mithaq.sqlite"
VARIABLE = "MITHAQ_STORE"
REMEMBERED = "store.toml"  # in the folder of a workspace: the address of its database
_SCHEMES = ("postgresql", "postgres")
_SCHEMA = re.compile(r"[a-z_][a-z0-9_]{0,62}")
_EXAMPLE = "write postgresql://USER@HOST/DATABASE, and the password into ~/.pgpass or PGPASSWORD"


class Server(msgspec.Struct, frozen=True):
    """A database on a server: ``address`` as its client reads it, and the schema in which our tables lie.

    Written out it shows neither the password nor anything else that is nobody's business.
    """

    address: str
    schema: str = "mithaq"

    def __str__(self) -> str:
        parts = urlsplit(self.address)
        user = f"{quote(unquote(parts.username))}@" if parts.username else ""
        host = (f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname) if parts.hostname else ""
        port = f":{parts.port}" if parts.port else ""
        schema = f"?schema={self.schema}" if self.schema != Server.__struct_defaults__[0] else ""
        return f"postgresql://{user}{host}{port}{parts.path}{schema}"

    @property
    def without_password(self) -> str:
        """The address with all that is needed to connect, but the password."""
        parts = urlsplit(self.address)
        place = parts.netloc.rpartition("@")
        user = f"{place[0].partition(':')[0]}@" if place[0] else ""
        kept = [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if "password" not in name]
        kept += [("schema", self.schema)] if self.schema != Server.__struct_defaults__[0] else []
        return parts._replace(netloc=f"{user}{place[2]}", query=urlencode(kept)).geturl()


Place = Path | Server


def is_server(text: str) -> bool:
    """Say whether a text is the address of a server rather than a folder or file."""
    return text.partition("://")[0].lower() in _SCHEMES and "://" in text


def read_address(text: str) -> Server:
    """Return the server of an address ``postgresql://user@host/database?schema=name``; raises StoreError when it is none."""
    try:
        parts = urlsplit(text)
        asked = parse_qsl(parts.query, keep_blank_values=True)
        _ = parts.port
    except ValueError as error:
        raise StoreError(f"the address of the store cannot be read ({error}); {_EXAMPLE}") from error
    if parts.scheme.lower() not in _SCHEMES:
        # The text may be anything, also a password: it is not repeated.
        raise StoreError(f"the address of the store does not begin with postgresql://; {_EXAMPLE}")
    schema = dict(asked).get("schema", Server.__struct_defaults__[0])
    if not _SCHEMA.fullmatch(schema) or schema.startswith("pg_"):
        raise StoreError(f"{schema!r} cannot be the schema of a store; write small letters, digits and _ (postgresql://.../base?schema=gulf)")
    rest = urlencode([pair for pair in asked if pair[0] != "schema"])
    return Server(parts._replace(scheme="postgresql", query=rest).geturl(), schema)


def place_of(root: Path) -> Place:
    """Return where the database of the workspace in a folder lies: what MITHAQ_STORE says, else what the folder remembers, else in it."""
    told = os.environ.get(VARIABLE) or _remembered(root)
    return read_address(told) if told else root / DATABASE


def is_there(root: Path) -> bool:
    """Say whether a folder is that of a workspace: it holds the database, or says where that is."""
    place = place_of(root)
    return isinstance(place, Server) or place.is_file()


def place_named(text: str) -> Place:
    """Return what somebody names: the address of a server, a database file, or the folder of a workspace (then the file in it)."""
    if is_server(text):
        return read_address(text)
    path = Path(text)
    return path if path.suffix == ".sqlite" else path / DATABASE


def remember(root: Path, server: Server) -> None:
    """Write the address of the database, but no password, into the folder of its workspace, so that nobody need name it again."""
    target = root / REMEMBERED
    if not target.exists():
        address = msgspec.json.encode(server.without_password).decode()
        told = f"# Where the database of this workspace lies. Passwords belong into ~/.pgpass.\naddress = {address}\n"
        try:
            target.write_text(told, "utf-8")
        except OSError as error:
            raise StoreError(f"{target} cannot be written ({error.strerror or error}); check the folder and its permissions") from error


def _remembered(root: Path) -> str | None:
    target = root / REMEMBERED
    if not target.is_file():
        return None
    try:
        told = tomllib.loads(target.read_text("utf-8")).get("address")
    except (OSError, ValueError) as error:
        raise StoreError(f'{target} cannot be read ({error}); it holds one line: address = "postgresql://USER@HOST/DATABASE"') from error
    if not isinstance(told, str):
        raise StoreError(f'{target} names no address; write one line: address = "postgresql://USER@HOST/DATABASE"')
    return told
