"""News by mail: over an encrypted connection, under a Message-ID that stays the same however often a mail is tried."""

from __future__ import annotations

import smtplib
import ssl
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr

from mithaq.alerting.settings import Smtp
from mithaq.alerting.words import subject, write_html, write_text
from mithaq.errors import InputError, QuestionError
from mithaq.export.messages import Messages
from mithaq.store.alerts import Alert, Batch

_SECONDS = 30.0


def check_address(address: str) -> str:
    """Return an address of mail; raises QuestionError when it is none."""
    whom, at, host = address.partition("@")
    if parseaddr(address)[1] != address or not at or not whom or not host or "@" in host or not address.isprintable() or " " in address:
        raise QuestionError(f"{address!r} is no address of mail; write for example desk@example.org", "wrong.alert_mail", value=address)
    return address


def write_mail(alert: Alert, batch: Batch, smtp: Smtp, at: str, messages: Messages) -> EmailMessage:
    """Return the mail of a batch; *at* is the time of writing (ISO 8601)."""
    mail = EmailMessage(policy=SMTP)
    mail["From"], mail["To"] = smtp.sender, alert.target
    mail["Subject"] = subject(alert, batch.news, messages)
    mail["Date"] = format_datetime(datetime.fromisoformat(at))
    # Servers that keep each Message-ID once drop the second mail, should we have been killed between sending and noting it.
    mail["Message-ID"] = f"<{batch.id}@{parseaddr(smtp.sender)[1].rpartition('@')[2] or 'mithaq.invalid'}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail["Content-Language"] = messages.lang
    mail.set_content(write_text(alert, batch.news, messages))
    mail.add_alternative(write_html(alert, batch.news, messages), subtype="html")
    return mail


def send_mail(mail: EmailMessage, smtp: Smtp) -> None:
    """Send a mail; raises InputError that says what went wrong, never with the password in it."""
    try:
        with _connect(smtp) as server:
            if smtp.user:
                server.login(smtp.user, smtp.password or "")
            server.send_message(mail)
    except smtplib.SMTPAuthenticationError as error:
        raise InputError(f"mail server {smtp.host}: it does not take user and password ({error.smtp_code}); check the settings") from error
    except smtplib.SMTPRecipientsRefused as error:
        raise InputError(f"mail server {smtp.host}: it does not take mail to {mail['To']}; check the address") from error
    except (smtplib.SMTPException, ssl.SSLError, OSError) as error:
        raise InputError(f"mail server {smtp.host}:{smtp.at}: {error}; check the settings and the connection") from error


def _connect(smtp: Smtp) -> smtplib.SMTP:
    context = ssl.create_default_context(cafile=smtp.ca)
    if smtp.security == "tls":
        return smtplib.SMTP_SSL(smtp.host, smtp.at, timeout=_SECONDS, context=context)
    server = smtplib.SMTP(smtp.host, smtp.at, timeout=_SECONDS)
    if smtp.security == "starttls":
        try:
            server.starttls(context=context)
        except BaseException:
            server.close()
            raise
    return server


