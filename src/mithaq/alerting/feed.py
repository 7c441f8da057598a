"""News as an Atom file that any reader of feeds, or a web server, takes: written anew as a whole, so that it is never half there."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote

from lxml import etree

import mithaq
from mithaq.alerting.words import tell
from mithaq.errors import InputError
from mithaq.export.atom import ATOM, LANG
from mithaq.export.exchange import clean_xml, urn
from mithaq.export.messages import Messages
from mithaq.store.alerts import Alert, News


def write_feed(alert: Alert, told: Sequence[tuple[str, News]], messages: Messages) -> bytes:
    """Return the feed of an alert: its news with when they were found, the newest first."""
    feed = etree.Element(f"{{{ATOM}}}feed", {LANG: str(messages.lang)}, nsmap={None: ATOM})  # type: ignore[dict-item]  # lxml's default namespace
    _add(feed, "id", urn("alert", quote(alert.name)))
    _add(feed, "title", f"mithaq · {alert.name}")
    _add(feed, "updated", told[0][0] if told else alert.added)
    _add(_add(feed, "author"), "name", "mithaq")
    _add(feed, "generator", "mithaq").set("version", mithaq.__version__)
    for at, news in told:
        words = tell(news, messages)
        entry = _add(feed, "entry")
        _add(entry, "id", urn("news", f"{quote(alert.name)}:{news.id}"))
        _add(entry, "title", words.title)
        _add(entry, "updated", at)
        if words.url:
            _add(entry, "link").set("href", words.url)
        text = "\n".join(line for line in (words.quote, *words.lines) if line)
        if text:
            _add(entry, "summary", text)
    return etree.tostring(feed, encoding="UTF-8", xml_declaration=True, pretty_print=True)


def replace_file(path: Path, data: bytes) -> None:
    """Put a file in the place of an old one, whole or not at all; raises InputError when it cannot be written."""
    beside = path.with_name(f".{path.name}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with beside.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as error:
        raise InputError(f"{path} cannot be written ({error.strerror or error}); check the folder") from error


def _add(parent: etree._Element, name: str, words: str | None = None) -> etree._Element:
    child = etree.SubElement(parent, f"{{{ATOM}}}{name}")
    child.text = clean_xml(words) if words is not None else None
    return child
