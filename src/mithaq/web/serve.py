"""Start the site on this machine: on which address, for whom, and what to say before it runs."""

from __future__ import annotations

import logging
import socket
import threading
import webbrowser
from collections.abc import Callable, Sequence
from ipaddress import ip_address
from pathlib import Path

import uvicorn

from mithaq.errors import QuestionError, StoreError
from mithaq.visitors import VISITORS, Accounts, VisitorsFile
from mithaq.web.app import make_app
from mithaq.web.guard import LOOPBACK
from mithaq.workspace import open_workspace


def serve(
    root: Path,
    *,
    host: str,
    port: int,
    open_browser: bool,
    names: Sequence[str] = (),
    open_to_readers: bool = False,
    tell: Callable[[str], None] = print,
) -> None:
    """Serve the workspace in *root*, made where there is none, until somebody presses Ctrl-C.

    *names* are those under which others reach it. Raises QuestionError for a host beyond this machine, or a name, where no account protects
    it; StoreError when the workspace cannot be opened or the port is taken.
    """
    beyond = not is_loopback(host) or bool(names)
    if beyond:
        check_accounts(root, host)
    open_workspace(root).close()
    listening = listen(host, port)
    place = address_of(host, listening.getsockname()[1])
    reach = "whoever signs in" if beyond else "nobody but this machine can reach it"
    tell(f"mithaq serves {root} at {place}  (Ctrl-C stops it; {reach})")
    if beyond:
        tell("passwords travel as they are typed: let a proxy with a certificate stand before it, and hand on X-Forwarded-Proto")
    if open_browser:
        threading.Timer(1.0, webbrowser.open, (place,)).start()
    if not logging.getLogger("mithaq").hasHandlers():
        logging.getLogger("mithaq.web").addHandler(logging.StreamHandler())
    config = uvicorn.Config(
        make_app(root, hosts=(*LOOPBACK, *hosts_of(host), *names), needs_accounts=beyond, open_to_readers=open_to_readers),
        log_level="warning", access_log=False, server_header=False, lifespan="on",
    )  # fmt: skip
    uvicorn.Server(config).run(sockets=[listening])


def is_loopback(host: str) -> bool:
    """Say whether *host* is this machine itself."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def check_accounts(root: Path, host: str) -> None:
    """Raise QuestionError unless somebody may administer the site: beyond this machine others could read and write without a password."""
    if (root / VISITORS).exists():
        file = VisitorsFile(root)
        try:
            if any(account.role == "admin" for account in Accounts(file).every()):
                return
        finally:
            file.close()
    raise QuestionError(
        f"{host!r} would open the workspace to other machines, and there is no account to protect it; make one with 'mithaq account add "
        f"NAME --role admin', or leave --host out and let others in through your own machine ('ssh -L 8000:localhost:8000 thismachine')"
    )


def hosts_of(host: str) -> tuple[str, ...]:
    """Return the names under which a site that listens on *host* may be asked for: for all addresses those of this machine."""
    if host not in ("0.0.0.0", "::"):
        return (_in_address(host),)
    name = socket.gethostname()
    try:
        every = socket.gethostbyname_ex(name)
    except OSError:
        return (name,)
    return tuple(dict.fromkeys((name, every[0], *every[1], *every[2])))


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens; port 0 takes any free one. Raises StoreError when the port is taken."""
    # Named as TCP, so that what follows the head of an answer is sent at once: else it waits for the browser's word, 40 ms a page.
    listening = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as error:
        listening.close()
        raise StoreError(f"port {port} of {host} cannot be used ({error.strerror or error}); name another one with --port") from error
    return listening


def address_of(host: str, port: int) -> str:
    """Return the address to type into a browser."""
    return f"http://{_in_address(host)}:{port}/"


def _in_address(host: str) -> str:
    return f"[{host}]" if ":" in host else host
