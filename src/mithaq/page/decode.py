"""Turn the bytes of a capture into text: find the encoding, drop the byte order mark, make line ends alike, change nothing else."""

from __future__ import annotations

import codecs
import re

from mithaq.errors import InputError
from mithaq.text.language import count_small_words

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{3,20})""", re.IGNORECASE)
# Old single-byte pages of the Arabic and French press; the first wins a draw.
_SINGLE_BYTE = ("windows-1252", "windows-1256", "iso8859-6")
_SIGNATURES = (
    (b"%PDF", "a PDF file", "save its text as .txt and read that"),
    (b"PK\x03\x04", "a ZIP archive or office document", "unpack it, or save the document as text"),
    (b"\x89PNG", "a picture", "give the page as text or HTML"),
    (b"GIF8", "a picture", "give the page as text or HTML"),
    (b"\xff\xd8\xff", "a picture", "give the page as text or HTML"),
    (b"\x1f\x8b", "a gzip archive", "unpack it first"),
    (b"SQLite format 3", "a database", "give the page as text or HTML"),
)
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f]")


def decode_text(data: bytes, *, path: str) -> str:
    """Return the text of a capture, CRLF made LF, no byte order mark, never NFC-normalised.

    Raises InputError, naming *path*, when the bytes are empty, binary or in no encoding known here.
    """
    if not data.strip():
        raise InputError(f"{path}: the page is empty; capture it again")
    for signature, what, advice in _SIGNATURES:
        if data.startswith(signature):
            raise InputError(f"{path}: this is {what}, not a page; {advice}")
    text = _decode(data, path)
    if len(_CONTROLS.findall(text)) * 50 > len(text):
        raise InputError(f"{path}: this is binary data, not a page; give the page as text or HTML")
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise InputError(f"{path}: the page is empty; capture it again")
    return text


def _decode(data: bytes, path: str) -> str:
    for mark, name in _MARKS:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(name)
            except UnicodeDecodeError as error:
                raise InputError(f"{path}: it begins as {name} but breaks at byte {error.start}; capture it again") from error
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        broken = error
    if data.count(0) * 10 > len(data):
        raise InputError(f"{path}: this is binary data, not a page; give the page as text or HTML")
    declared = _declared(data)
    if declared is not None:
        return declared
    candidates = [(count_small_words(text), -order, text) for order, text in enumerate(_single_byte(data)) if text is not None]
    best = max(candidates, default=None)
    if best is None or best[0] == 0:
        # One bad byte in a long page of UTF-8: the rest is worth keeping, the lost letter shows as U+FFFD.
        text = data.decode("utf-8", errors="replace")
        if text.count("\ufffd") * 100 <= len(text):
            return text
        raise InputError(f"{path}: neither UTF-8 nor another known encoding (byte {broken.start}); save it as UTF-8") from broken
    repaired = data.decode("utf-8", errors="replace")
    return repaired if repaired.count("\ufffd") * 200 <= len(repaired) and count_small_words(repaired) >= best[0] else best[2]


def _declared(data: bytes) -> str | None:
    """Decode by the encoding that a web page declares of itself, None when it declares none or a wrong one."""
    match = _DECLARED.search(data[:2048])
    if match is None:
        return None
    try:
        return data.decode(codecs.lookup(match[1].decode("ascii")).name)
    except (LookupError, UnicodeDecodeError):
        return None


def _single_byte(data: bytes) -> list[str | None]:
    texts: list[str | None] = []
    for name in _SINGLE_BYTE:
        try:
            texts.append(data.decode(name))
        except UnicodeDecodeError:
            texts.append(None)
    return texts
