"""A server of PostgreSQL for tests: made in a temporary folder once a session, under a user without rights, gone afterwards."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from mithaq.store import SqlStore
from mithaq.store.place import Server, read_address

_PLACES = ("/usr/local/bin", "/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/bin", "/usr/local/pgsql/bin")
_USERS = ("postgres", "nobody")  # PostgreSQL refuses to run as root
_ROOM = 4 * 1024**3  # bytes
# Nothing of a test need outlive a power failure.
_SETTINGS = {
    "listen_addresses": "", "fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": "80",
    "shared_buffers": "64MB", "autovacuum_naptime": "10s", "max_locks_per_transaction": "256",
}  # fmt: skip


def find_program(name: str) -> str | None:
    """Return where a program of PostgreSQL lies, the newest one; None when it is not installed."""
    found = shutil.which(name)
    if found:
        return str(Path(found).resolve())
    others = sorted((path for place in _PLACES for path in Path("/").glob(f"{place.lstrip('/')}/{name}")), key=str)
    return str(others[-1]) if others else None


def why_not() -> str | None:
    """Return why no server can be started here; None when one can."""
    try:
        import psycopg  # noqa: F401  (only whether it is there)
    except ImportError:
        return "psycopg is not installed: pip install 'mithaq[postgres]'"
    if find_program("initdb") is None or find_program("postgres") is None:
        return "PostgreSQL is not installed: apt-get install postgresql"
    if os.geteuid() == 0 and _user() is None:
        return "PostgreSQL does not run as root, and there is no user without rights to run it"
    return None


def _user() -> pwd.struct_passwd | None:
    for name in _USERS:
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    return None


@contextmanager
def serving(password: str | None = None) -> Iterator[str]:
    """Start a server that only this machine's users reach; yield the address of its database. With a *password* it asks for it."""
    owner = _user() if os.geteuid() == 0 else None
    whom = {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []} if owner else {}
    quick = Path("/dev/shm")  # in memory, where there is room
    where = quick if quick.is_dir() and shutil.disk_usage(quick).free > _ROOM else None
    with tempfile.TemporaryDirectory(prefix="mithaq-pg-", dir=where, ignore_cleanup_errors=True) as name:
        folder = Path(name)
        secret = folder / "password"
        secret.write_text(password or "none", "utf-8")
        if owner:
            for path in (folder, secret):
                os.chown(path, owner.pw_uid, owner.pw_gid)
        data = folder / "data"
        how = "scram-sha-256" if password else "trust"
        subprocess.run(
            [
                find_program("initdb") or "", "-D", data, "-U", "mithaq", f"--auth={how}", f"--pwfile={secret}", "-E", "UTF8",
                "--locale=C.UTF-8", "-N",
            ],
            check=True, stdout=subprocess.DEVNULL, cwd="/", **whom,
        )  # fmt: skip
        settings = [part for name, value in _SETTINGS.items() for part in ("-c", f"{name}={value}")]
        log = (folder / "log").open("wb")
        server = subprocess.Popen(
            [find_program("postgres") or "", "-D", data, "-k", folder, *settings], stdout=log, stderr=log, cwd="/", **whom
        )
        try:
            address = f"postgresql://mithaq@/postgres?host={folder}"
            wait_for(address, password, folder / "log")
            yield address
        finally:
            server.send_signal(signal.SIGQUIT)  # at once: nothing of it is wanted any more
            server.wait(30)
            log.close()


def wait_for(address: str, password: str | None, log: Path) -> None:
    """Wait until a server answers."""
    import time

    import psycopg

    for _ in range(300):
        try:
            psycopg.connect(address, password=password or "", connect_timeout=5).close()
            return
        except psycopg.OperationalError:
            time.sleep(0.1)
    raise AssertionError(f"the server did not start: {log.read_text('utf-8', 'replace')[-2000:]}")


def schema_for(address: str, path: Path) -> Server:
    """Return the server with the schema that stands for a file."""
    return read_address(f"{address}&schema=t{sha256(str(path.absolute()).encode()).hexdigest()[:16]}")


def lead_to_server(patch: pytest.MonkeyPatch, address: str) -> None:
    """Have every file that is opened as a store lie on the server."""

    def open_there(path: Path, **how: Any) -> SqlStore:
        from mithaq.store.postgres import open_postgres

        return open_postgres(schema_for(address, path), **how)

    patch.setattr("mithaq.store.opening.open_sqlite", open_there)
