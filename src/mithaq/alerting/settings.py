"""Where alerts go out: the mail server and the webhooks, out of a file or the environment; secrets never stand in the workspace's database.

    [smtp]                                  MITHAQ_SMTP_HOST, _PORT, _USER, _PASSWORD, _FROM, _SECURITY
    host = "mail.example.org"
    user = "mithaq"
    password = "…"
    from = "mithaq@example.org"
    security = "starttls"                   # or "tls"; "none" only for this machine

    [webhooks.desk]                         MITHAQ_WEBHOOK_DESK_URL, _SECRET, _ALLOW_PRIVATE
    url = "https://hooks.example.org/mithaq"
    secret = "…"
"""

from __future__ import annotations

import os
import stat
import tomllib
from collections.abc import Mapping
from ipaddress import ip_address
from pathlib import Path
from typing import Any, Literal

import msgspec

from mithaq.errors import QuestionError

FILE = "alerts.toml"
_PORTS = {"starttls": 587, "tls": 465, "none": 25}
_LEAST_SECRET = 16  # characters


class Smtp(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A mail server. "starttls" and "tls" check its certificate against *ca*, else against those that the system trusts."""

    host: str
    sender: str = msgspec.field(name="from")
    port: int = 0
    user: str | None = None
    password: str | None = None
    security: Literal["starttls", "tls", "none"] = "starttls"
    ca: str | None = None

    def __repr__(self) -> str:
        return f"Smtp({self.host!r})"  # no password in a log

    @property
    def at(self) -> int:
        """Return the port, the usual one where none is told."""
        return self.port or _PORTS[self.security]


class Webhook(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An address that takes news, and the secret that signs them; a machine that is not public only when that is allowed."""

    url: str
    secret: str
    allow_private: bool = False

    def __repr__(self) -> str:
        return "Webhook(…)"  # its address may be a secret, too


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All settings."""

    smtp: Smtp | None = None
    webhooks: dict[str, Webhook] = {}

    def webhook(self, name: str) -> Webhook:
        """Return a webhook by name; raises QuestionError when there is none."""
        if name not in self.webhooks:
            raise QuestionError(f"no webhook is called {name!r}; write [webhooks.{name}] with url and secret into {FILE} in the workspace")
        return self.webhooks[name]

    def mail(self) -> Smtp:
        """Return the mail server; raises QuestionError when none is set."""
        if self.smtp is None:
            raise QuestionError(f"no mail server is set; write [smtp] with host and from into {FILE} in the workspace")
        return self.smtp


def read_settings(root: Path, file: Path | None = None, environment: Mapping[str, str] = os.environ) -> Settings:
    """Return the settings of a file (by default ``alerts.toml`` in the workspace), with what the environment says before them.

    Raises QuestionError when the file is wrong, others may read it, or its secrets are too short.
    """
    path = file or root / FILE
    found: dict[str, Any] = _read(path) if file or path.is_file() else {}
    _add_environment(found, environment)
    try:
        settings = msgspec.convert(found, Settings)
    except msgspec.ValidationError as error:
        raise QuestionError(f"{path}: {error}; 'mithaq alert --help' shows how it is written") from error
    for name, hook in settings.webhooks.items():
        if len(hook.secret) < _LEAST_SECRET:
            raise QuestionError(f"{path}: the secret of webhook {name!r} is shorter than {_LEAST_SECRET} characters; make a longer one")
    if settings.smtp and settings.smtp.security == "none" and not is_here(settings.smtp.host):
        raise QuestionError(f"{path}: mail to {settings.smtp.host} would travel in clear; set security to starttls or tls")
    return settings


def is_here(host: str) -> bool:
    """Say whether a host is this machine."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _read(path: Path) -> dict[str, Any]:
    try:
        mode = path.stat().st_mode
        if os.name == "posix" and mode & (stat.S_IRWXG | stat.S_IRWXO):
            raise QuestionError(f"{path} holds secrets and others may read it; run: chmod 600 {path}")
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeError, tomllib.TOMLDecodeError) as error:
        raise QuestionError(f"{path} cannot be read ({error}); check the file") from error


def _add_environment(found: dict[str, Any], environment: Mapping[str, str]) -> None:
    for name, value in environment.items():
        words = name.split("_")
        if name.startswith("MITHAQ_SMTP_"):
            field = "_".join(words[2:]).lower()
            found.setdefault("smtp", {})[field] = int(value) if field == "port" and value.isdigit() else value
        elif name.startswith("MITHAQ_WEBHOOK_"):
            for ending in ("_URL", "_SECRET", "_ALLOW_PRIVATE"):
                if name.endswith(ending):
                    hook = name.removeprefix("MITHAQ_WEBHOOK_").removesuffix(ending).lower()
                    told: object = value.lower() in ("1", "true", "yes") if ending == "_ALLOW_PRIVATE" else value
                    found.setdefault("webhooks", {}).setdefault(hook, {})[ending[1:].lower()] = told
