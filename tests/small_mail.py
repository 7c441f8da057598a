"""A mail server on this machine, for tests of sending: it keeps what it gets, and misbehaves when it is told to."""

from __future__ import annotations

import socketserver
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import cast


class MailServer(socketserver.ThreadingTCPServer):
    """A running server; ``mails`` are those it has taken, ``said`` all lines it was told outside of mails."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, context: ssl.SSLContext | None, before_taking: Callable[[], None]) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.context, self.before_taking = context, before_taking
        self.mails: list[EmailMessage] = []
        self.said: list[str] = []
        self.refuse = False

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.server_address[1])


class _Talk(socketserver.StreamRequestHandler):
    server: MailServer

    def handle(self) -> None:
        self._say("220 here")
        while line := self.rfile.readline():
            words = line.decode().strip()
            self.server.said.append(words)
            verb = words.partition(" ")[0].upper()
            if verb == "DATA":
                self._take()
            elif verb == "STARTTLS" and self.server.context:
                self._say("220 go on")
                self.request = self.server.context.wrap_socket(self.request, server_side=True)
                self.setup()
            else:
                self._answer(verb)
            if verb == "QUIT":
                return

    def _answer(self, verb: str) -> None:
        if verb in ("EHLO", "HELO"):
            self._say("250-here\r\n250-AUTH PLAIN" + ("\r\n250-STARTTLS" if self.server.context else "") + "\r\n250 8BITMIME")
        elif verb == "AUTH":
            self._say("235 known")
        elif verb == "RCPT" and self.server.refuse:
            self._say("450 not now")
        else:
            self._say("221 bye" if verb == "QUIT" else "250 well")

    def _take(self) -> None:
        self._say("354 speak")
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        self.server.mails.append(cast(EmailMessage, message_from_bytes(b"".join(lines), policy=default)))
        self.server.before_taking()
        self._say("250 taken")

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


@contextmanager
def small_mail(context: ssl.SSLContext | None = None, before_taking: Callable[[], None] = lambda: None) -> Iterator[MailServer]:
    """Run a mail server on a free port of this machine; *before_taking* is called between a mail and the answer to it."""
    server = MailServer(context, before_taking)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
