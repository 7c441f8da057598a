"""Bring the news of an alert where they are wanted: to the terminal, into a feed, by mail, to an address of the web.

Imported only when something is delivered: what speaks mail, the web and three languages takes a fifth of a second to load and some 25 MB,
which whoever reads pages need not pay for.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from mithaq.alerting.feed import replace_file, write_feed
from mithaq.alerting.mail import check_address, send_mail, write_mail
from mithaq.alerting.settings import Settings
from mithaq.alerting.webhook import post, write_payload
from mithaq.alerting.words import write_text
from mithaq.errors import InputError
from mithaq.export.messages import Messages
from mithaq.store.alerts import Alert, Batch, News

_TRIES, _PAUSE = 3, 0.5  # in one run; seconds, doubled at each
Say = Callable[[str], None]
Told = Callable[[], Sequence[tuple[str, News]]]


def check_target(alert: Alert, settings: Settings) -> None:
    """Raise QuestionError when an alert cannot be delivered to its target."""
    if alert.channel == "mail":
        check_address(alert.target)
    elif alert.channel == "webhook":
        settings.webhook(alert.target)


def deliver(alert: Alert, batch: Batch, settings: Settings, say: Say, at: str, *, root: Path, told: Told) -> None:
    """Deliver a batch; a feed lies below *root* and holds all that was *told*. Raises InputError or QuestionError where it fails."""
    messages = Messages(alert.lang)
    if alert.channel == "terminal":
        say(write_text(alert, batch.news, messages))
    elif alert.channel == "atom":
        rewrite_feed(alert, root, told())
    elif alert.channel == "mail":
        smtp = settings.mail()
        mail = write_mail(alert, batch, smtp, at, messages)
        patiently(lambda: send_mail(mail, smtp))
    elif alert.channel == "webhook":
        hook, body = settings.webhook(alert.target), write_payload(alert, batch, messages)
        patiently(lambda: post(hook, batch.id, body, int(datetime.fromisoformat(at).timestamp())))


def rewrite_feed(alert: Alert, root: Path, told: Sequence[tuple[str, News]]) -> None:
    """Write the feed of an alert anew, below *root*."""
    replace_file(root / alert.target, write_feed(alert, told, Messages(alert.lang)))


def deliver_invented(alert: Alert, settings: Settings, say: Say, at: str, root: Path) -> None:
    """Send an invented event through an alert's channel; a feed is only said, not written. Raises what delivery raises."""
    messages = Messages(alert.lang)
    news = News(id=f"test-{at}", kind="happening", keys=(), type="meeting", title=messages.text("alert.test"))
    if alert.channel == "atom":
        say(write_feed(alert, [(at, news)], messages).decode())
        return
    batch = Batch(id=f"test-{int(time.time() * 1000)}", alert=alert.name, news=(news,))
    deliver(alert, batch, settings, say, at, root=root, told=tuple)


def patiently(send: Callable[[], None], pause: Callable[[float], None] = time.sleep) -> None:
    """Try to send a few times, with longer pauses each time; raises InputError of the last try."""
    for tried in range(1, _TRIES + 1):
        try:
            return send()
        except InputError:
            if tried == _TRIES:
                raise
            pause(_PAUSE * 2 ** (tried - 1))
    return None
