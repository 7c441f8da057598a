"""Mail and webhook: under a name that stays, encrypted or signed, to public machines only, and no secret in the database."""

from __future__ import annotations

import hashlib
import hmac
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import msgspec
import pytest

from mithaq.alerting.deliver import patiently
from mithaq.alerting.mail import send_mail, write_mail
from mithaq.alerting.settings import Settings, Smtp, Webhook, read_settings
from mithaq.alerting.webhook import post
from mithaq.errors import InputError, QuestionError
from mithaq.export.messages import Messages
from mithaq.store.alerts import Alert, Ask, Batch, News
from mithaq.workspace import open_workspace
from small_mail import small_mail
from told_pages import keep, story

AT = "2026-10-01T12:00:00+00:00"
SECRET = "a secret of many letters"
PAIR = Ask(kind="pair", sides=("GA", "JO"))


class Hook:
    """A receiver of webhooks; ``got`` are (headers, body), ``status`` is what it answers."""

    def __init__(self) -> None:
        self.got: list[tuple[dict[str, str], bytes]] = []
        self.status = 200
        self.endless = False
        self.sent = 0  # bytes of endless answers
        hook = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                hook.got.append((dict(self.headers), body))
                self.send_response(hook.status)
                self.send_header("Location", "/elsewhere")
                if hook.endless:
                    self.end_headers()
                    with suppress(OSError):
                        while hook.sent < 1 << 30:
                            hook.sent += self.wfile.write(bytes(1 << 16))
                    return
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    @property
    def settings(self) -> Settings:
        url = f"http://127.0.0.1:{self.server.server_address[1]}/in?key=hidden"
        return Settings(webhooks={"desk": Webhook(url=url, secret=SECRET, allow_private=True)})


@pytest.fixture
def hook() -> Iterator[Hook]:
    made = Hook()
    yield made
    made.server.shutdown()
    made.server.server_close()


def alert(channel: Any, target: str) -> Alert:
    return Alert(name="pair", ask=PAIR, channel=channel, target=target, lang="ar", added=AT)


def test_a_webhook_gets_signed_news_once(hook: Hook, tmp_path: Path) -> None:
    with open_workspace(tmp_path / "w") as workspace:
        workspace.add_alert(alert("webhook", "desk"), hook.settings)
        keep(workspace.store, story())  # type: ignore[arg-type]  # an SQLite store
        assert workspace.run_alerts(hook.settings, print, at=AT)[0].delivered
        assert workspace.run_alerts(hook.settings, print, at=AT)[0].delivered == 0
    (headers, body), = hook.got
    moment, _, digest = headers["X-Mithaq-Signature"].partition(",v1=")
    assert moment == "t=1790856000"
    assert hmac.compare_digest(digest, hmac.new(SECRET.encode(), b"1790856000." + body, hashlib.sha256).hexdigest())
    told = msgspec.json.decode(body)
    assert told["id"] == headers["Idempotency-Key"] and told["alert"] == "pair" and told["events"] and "keys" not in told["events"][0]
    held = b"".join(path.read_bytes() for path in (tmp_path / "w").glob("mithaq.sqlite*"))
    assert SECRET.encode() not in held and b"key=hidden" not in held


def test_a_webhook_that_fails_gets_the_same_key_again(hook: Hook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mithaq.alerting.deliver._PAUSE", 0.0)
    hook.status = 503
    with open_workspace(tmp_path / "w") as workspace:
        workspace.add_alert(alert("webhook", "desk"), hook.settings)
        keep(workspace.store, story())  # type: ignore[arg-type]  # an SQLite store
        failed = workspace.run_alerts(hook.settings, print, at=AT)[0]
        assert failed.error == "webhook: 127.0.0.1 answers 503" and failed.waiting == failed.new and len(hook.got) == 3
        waiting = workspace.run_alerts(hook.settings, print, at=AT)[0]
        assert waiting.error and len(hook.got) == 3  # not before its time
        hook.status = 200
        assert workspace.run_alerts(hook.settings, print, at="2026-10-01T12:01:00+00:00")[0].delivered == failed.new
    assert len({headers["Idempotency-Key"] for headers, _ in hook.got}) == 1 and len({body for _, body in hook.got}) == 1


def test_a_webhook_reaches_no_private_machine_and_follows_nobody(hook: Hook) -> None:
    open_hook = hook.settings.webhooks["desk"]
    hook.status = 302
    with pytest.raises(InputError, match="answers 302"):
        post(open_hook, "k", b"{}", 0)
    assert len(hook.got) == 1
    closed = msgspec.structs.replace(open_hook, allow_private=False)
    others = ["https://localhost/in", "https://[::1]/in", "ftp://example.org/", "nothing"]
    others += ["https://[hidden/in", "https://example.org:99999/hidden"]
    others += ["https://example.org/hidden/\u0645", "https://example.org/hidden in"]
    for url in (closed.url, closed.url.replace("http:", "https:"), *others):
        with pytest.raises(InputError) as raised:
            post(msgspec.structs.replace(closed, url=url), "k", b"{}", 0)
        assert "hidden" not in str(raised.value) and SECRET not in str(raised.value)
    assert len(hook.got) == 1


def test_a_webhooks_answer_is_bounded_in_size_and_time(hook: Hook, monkeypatch: pytest.MonkeyPatch) -> None:
    hook.endless = True
    began = time.monotonic()
    post(hook.settings.webhooks["desk"], "k", b"{}", 0)
    hook.status = 500
    with pytest.raises(InputError, match="answers 500"):
        post(hook.settings.webhooks["desk"], "k", b"{}", 0)
    assert time.monotonic() - began < 10 and len(hook.got) == 2
    until = time.monotonic() + 5
    while hook.sent == 0 and time.monotonic() < until:
        time.sleep(0.01)
    assert hook.sent < 1 << 26  # what the system buffers, and no more
    # One that accepts and never answers is left when the time is over.
    monkeypatch.setattr("mithaq.alerting.webhook._SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/in"
        with pytest.raises(InputError, match="cannot be reached"):
            post(Webhook(url=url, secret=SECRET, allow_private=True), "k", b"{}", 0)


def test_mail_arrives_in_the_readers_language_and_once(tmp_path: Path) -> None:
    with small_mail() as server, open_workspace(tmp_path / "w") as workspace:
        smtp = Smtp(host="127.0.0.1", sender="mithaq@desk.example", port=server.port, security="none", user="mithaq", password=SECRET)
        settings = Settings(smtp=smtp)
        workspace.add_alert(alert("mail", "reader@desk.example"), settings)
        keep(workspace.store, story())  # type: ignore[arg-type]  # an SQLite store
        assert workspace.run_alerts(settings, print, at=AT)[0].delivered
        assert workspace.run_alerts(settings, print, at=AT)[0].delivered == 0
        mail, = server.mails
        assert mail["To"] == "reader@desk.example" and mail["Auto-Submitted"] == "auto-generated" and "pair: " in mail["Subject"]
        plain, html = mail.get_body(("plain",)), mail.get_body(("html",))
        assert plain and html and "اتفاق" in plain.get_content() and 'dir="rtl"' in html.get_content()
        assert any(line.startswith("AUTH") for line in server.said)
    assert SECRET.encode() not in b"".join(path.read_bytes() for path in (tmp_path / "w").glob("mithaq.sqlite*"))


def test_a_refused_mail_waits_under_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mithaq.alerting.deliver._PAUSE", 0.0)
    with small_mail() as server, open_workspace(tmp_path / "w") as workspace:
        settings = Settings(smtp=Smtp(host="127.0.0.1", sender="mithaq@desk.example", port=server.port, security="none"))
        workspace.add_alert(alert("mail", "reader@desk.example"), settings)
        keep(workspace.store, story())  # type: ignore[arg-type]  # an SQLite store
        server.refuse = True
        failed = workspace.run_alerts(settings, print, at=AT)[0]
        batch, = workspace.store.waiting("pair")
        assert "does not take mail" in (failed.error or "") and batch.attempts == 1
        server.refuse = False
        workspace.run_alerts(settings, print, at="2026-10-01T12:05:00+00:00")
        assert [mail["Message-ID"] for mail in server.mails] == [f"<{batch.id}@desk.example>"]


def test_mail_travels_encrypted_and_the_server_must_prove_who_it_is(tmp_path: Path) -> None:
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("no openssl to make a certificate with")
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    asked = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", certificate, "-days", "2", "-subj", "/CN=localhost"]
    subprocess.run([openssl, *asked, "-addext", "subjectAltName=DNS:localhost"], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    news = (News(id="h", kind="happening", keys=(), type="meeting"),)
    with small_mail(context) as server:
        smtp = Smtp(host="localhost", sender="mithaq@desk.example", port=server.port, ca=str(certificate))
        mail = write_mail(alert("mail", "reader@desk.example"), Batch(id="b", alert="pair", news=news), smtp, AT, Messages("fr"))
        send_mail(mail, smtp)
        assert len(server.mails) == 1 and "STARTTLS" in server.said
        with pytest.raises(InputError, match="certificate"):
            send_mail(mail, msgspec.structs.replace(smtp, ca=None))
        assert len(server.mails) == 1
    with small_mail() as plain, pytest.raises(InputError, match="STARTTLS"):
        send_mail(mail, msgspec.structs.replace(smtp, port=plain.port))
    assert plain.mails == []


@pytest.mark.parametrize("sender", ["mithaq@desk.example", "mithaq <mithaq@desk.example>"])
def test_a_mail_has_the_same_name_whoever_its_sender_is_called(sender: str) -> None:
    batch = Batch(id="b", alert="pair", news=(News(id="h", kind="happening", keys=(), type="meeting"),))
    mail = write_mail(alert("mail", "reader@desk.example"), batch, Smtp(host="localhost", sender=sender), AT, Messages("fr"))
    assert mail["Message-ID"] == "<b@desk.example>"


def test_trying_again_has_an_end() -> None:
    pauses: list[float] = []

    def fail() -> None:
        raise InputError("no")

    with pytest.raises(InputError):
        patiently(fail, pauses.append)
    assert pauses == [0.5, 1.0]


def test_settings_come_from_a_file_that_nobody_else_may_read(tmp_path: Path) -> None:
    path = tmp_path / "alerts.toml"
    smtp = '[smtp]\nhost = "mail.example"\nfrom = "a@b.example"\n'
    path.write_text(f'{smtp}[webhooks.desk]\nurl = "https://x.example"\nsecret = "{SECRET}"\n')
    path.chmod(0o644)
    with pytest.raises(QuestionError, match="chmod 600"):
        read_settings(tmp_path, None, {})
    path.chmod(0o600)
    settings = read_settings(tmp_path, None, {"MITHAQ_SMTP_PASSWORD": "p", "MITHAQ_SMTP_PORT": "2525", "MITHAQ_WEBHOOK_OPS_URL": "https://o.example",
                                              "MITHAQ_WEBHOOK_OPS_SECRET": SECRET})  # fmt: skip
    assert settings.mail().at == 2525 and settings.mail().password == "p" and settings.webhook("desk").url == "https://x.example"
    assert settings.webhook("ops").url == "https://o.example" and SECRET not in repr(settings) and "p'" not in repr(settings.mail())
    assert read_settings(tmp_path / "nowhere", None, {}) == Settings()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ('[smtp]\nhost = "mail.example"\nfrom = "a@b"\nsecurity = "none"\n', "in clear"),
        ('[webhooks.x]\nurl = "https://x"\nsecret = "short"\n', "shorter than 16"),
        ('[smtp]\nhots = "mail.example"\n', "alerts.toml"),
        ("[smtp\n", "cannot be read"),
    ],
)
def test_wrong_settings_are_told(tmp_path: Path, content: str, words: str) -> None:
    (tmp_path / "alerts.toml").write_text(content)
    (tmp_path / "alerts.toml").chmod(0o600)
    with pytest.raises(QuestionError, match=words):
        read_settings(tmp_path, None, {})
