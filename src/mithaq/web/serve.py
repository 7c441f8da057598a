"""Start the site on this machine: on which address, for whom, and what to say before it runs."""

from __future__ import annotations

import logging
import socket
import threading
import webbrowser
from collections.abc import Callable
from ipaddress import ip_address
from pathlib import Path

import uvicorn

from mithaq.errors import QuestionError, StoreError
from mithaq.web.app import make_app
from mithaq.web.guard import LOOPBACK
from mithaq.workspace import open_workspace


def serve(root: Path, *, host: str, port: int, open_browser: bool, tell: Callable[[str], None] = print) -> None:
    """Serve the workspace in *root*, made where there is none, until somebody presses Ctrl-C.

    Raises QuestionError for a host beyond this machine, StoreError when the workspace cannot be opened or the port is taken.
    """
    check_host(host)
    open_workspace(root).close()
    listening = listen(host, port)
    place = address_of(host, listening.getsockname()[1])
    tell(f"mithaq serves {root} at {place}  (Ctrl-C stops it; nobody but this machine can reach it)")
    if open_browser:
        threading.Timer(1.0, webbrowser.open, (place,)).start()
    logging.getLogger("mithaq.web").addHandler(logging.StreamHandler())
    config = uvicorn.Config(
        make_app(root, hosts=(*LOOPBACK, _in_address(host))), log_level="warning", access_log=False, server_header=False, lifespan="on"
    )
    uvicorn.Server(config).run(sockets=[listening])


def check_host(host: str) -> None:
    """Raise QuestionError unless *host* is this machine itself: others could read and write without a password."""
    try:
        local = host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        local = False
    if not local:
        raise QuestionError(
            f"{host!r} would open the workspace to other machines, and there are no accounts yet to protect it; leave --host out, and let "
            f"others in through your own machine ('ssh -L 8000:localhost:8000 thismachine')"
        )


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens; port 0 takes any free one. Raises StoreError when the port is taken."""
    listening = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM)
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
