"""News by webhook: JSON to an address of the web, signed, under a key that stays the same however often it is tried.

Who receives it checks ``X-Mithaq-Signature: t=TIME,v1=HEX``: HEX is the HMAC-SHA256 of TIME, a full stop and the body, under the shared
secret; and keeps each ``Idempotency-Key`` once.
"""

from __future__ import annotations

import hashlib
import hmac
from typing import Any
from urllib.parse import SplitResult, urlsplit

import httpcore2
import httpx2
import msgspec

import mithaq
from mithaq.alerting.settings import Webhook
from mithaq.alerting.words import subject, tell
from mithaq.collect.addresses import Deadline, GuardedBackend, Policy, RefusedAddressError, is_public
from mithaq.errors import InputError
from mithaq.export.messages import Messages
from mithaq.store.alerts import Alert, Batch

_SECONDS = 20.0
_VERSION = 1


def write_payload(alert: Alert, batch: Batch, messages: Messages) -> bytes:
    """Return the body of a batch, the same bytes at every try."""
    events: list[dict[str, Any]] = []
    for news in batch.news:
        told = tell(news, messages)
        plain = msgspec.to_builtins(news)
        plain.pop("keys", None)
        events.append({**plain, "url": told.url, "text": told.title})
    body = {
        "version": _VERSION, "id": batch.id, "alert": alert.name, "lang": alert.lang, "subject": subject(alert, batch.news, messages),
        "events": events,
    }  # fmt: skip
    return msgspec.json.encode(body)


def sign(secret: str, at: int, body: bytes) -> str:
    """Return the signature of a body at a time (seconds since 1970)."""
    return hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()


def post(hook: Webhook, key: str, body: bytes, at: int) -> None:
    """Send a body; raises InputError for every answer but 2xx, and for none within 20 seconds. Redirects are not followed."""
    allow: Policy = _anywhere if hook.allow_private else is_public
    parts = _split(hook.url)
    if parts.scheme not in ("https", "http") or not parts.hostname or (parts.scheme == "http" and not hook.allow_private):
        raise InputError("the webhook's address must begin with https:// (http:// only with allow_private)")
    headers: dict[bytes | str, bytes | str] = {
        "Host": parts.netloc.rpartition("@")[2], "Content-Type": "application/json", "User-Agent": f"mithaq/{mithaq.__version__}",
        "Content-Length": str(len(body)), "Idempotency-Key": key, "X-Mithaq-Signature": f"t={at},v1={sign(hook.secret, at, body)}",
    }  # fmt: skip
    context = httpx2.create_ssl_context(trust_env=False) if parts.scheme == "https" else None
    # Its address may hold a secret: what is told of it is its host.
    try:
        backend = GuardedBackend(allow, Deadline(_SECONDS))
        # The first line of an answer says all that counts. What follows is never read: it may be long, or come in drops.
        with (
            httpcore2.ConnectionPool(ssl_context=context, network_backend=backend, max_keepalive_connections=0) as pool,
            pool.stream("POST", hook.url, headers=headers, content=body) as answer,
        ):
            status = answer.status
    except RefusedAddressError as error:
        where = f"{error.host} leads to {error.address}, which is no public machine"
        raise InputError(f"webhook: {where}; set allow_private if it is yours") from error
    except (httpcore2.TimeoutException, httpcore2.NetworkError, httpcore2.ProtocolError, httpcore2.UnsupportedProtocol, OSError) as error:
        raise InputError(f"webhook: {parts.hostname} cannot be reached ({type(error).__name__})") from error
    if not 200 <= status < 300:
        raise InputError(f"webhook: {parts.hostname} answers {status}")


def _split(url: str) -> SplitResult:
    """Return the parts of an address; raises InputError when it is none, without telling it: it may hold a secret."""
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError as error:
        raise InputError("the webhook's address cannot be read; check its host and port in the settings") from error
    if not url.isascii() or not url.isprintable() or " " in url:
        raise InputError("the webhook's address holds letters that no address holds as they are; write them as %D8%A7, hosts as xn--…")
    return parts


def _anywhere(_address: object) -> bool:
    return True
