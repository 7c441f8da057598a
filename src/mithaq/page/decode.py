"""Turn the bytes of a capture into text: find the encoding, drop the byte order mark, make line ends alike, change nothing else.

What was lost on the way is noticed and said: a page cut in the middle of a letter, letters that no encoding gives back, and text that was
read in a wrong encoding before it was saved (mojibake). Such text is never repaired: what stands there is what was captured.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Sequence
from functools import cache, cached_property, lru_cache

import msgspec

from mithaq.errors import InputError
from mithaq.model.vocabulary import Note
from mithaq.text.language import WORDS_LOOKED_AT, count_ascii_words, count_small_words

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{3,20})""", re.IGNORECASE)
# Single-byte encodings of the Arabic and French press; the first wins a draw.
_SINGLE_BYTE = ("cp1252", "cp1256", "iso8859-6")
# Encodings that a header or a page may ask for; Python knows others that are no encodings of text.
_ALLOWED = re.compile(r"utf-(?:8|16|32)(?:-[lb]e)?|cp125\d|iso8859-\d+|mac-arabic|mac-roman|cp864|cp720")
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
_ASCII_LETTERS_ALONE = bytes(code if code > 127 or chr(code).isalpha() else 32 for code in range(256))
_SAMPLE = 200_000  # characters or bytes looked at before a long page is believed to be text
_HIGH_BYTES = (0x00, 0x06)  # the high bytes of Latin and of Arabic letters in UTF-16
_HIGH_SHARE = 0.7  # of the one half of the bytes of UTF-16 at least are these
_WORDS_KEPT = 20_000  # of each encoding
_BITS = 16  # for a number of words in WORDS_LOOKED_AT bytes
_MOST_COUNTED = (1 << _BITS) - 1
_CONTROL_BYTES = bytes((*range(9), *range(14, 32)))
_MISREAD = 0.25  # share of a page's characters in misread pairs above which nobody can read it
_MISREAD_ARABIC = 0.5  # in windows-1256 the pairs begin with everyday letters, which a comma may follow
_FEW_MISREAD = 2


class Decoded(msgspec.Struct, frozen=True):
    """The text of a capture, and what was noticed while decoding it."""

    text: str
    notes: tuple[Note, ...] = ()


def decode_text(data: bytes, *, path: str, charset: str | None = None) -> str:
    """Return the text of a capture: CRLF made LF, zeros made U+FFFD, no byte order mark, never NFC-normalised; see :func:`decode`."""
    return decode(data, path=path, charset=charset).text


def decode(data: bytes, *, path: str, charset: str | None = None) -> Decoded:
    """Return the text of a capture with what was noticed; *charset* is what a server said of it, and may be wrong.

    Raises InputError, naming *path*, when the bytes are empty, binary, in no encoding known here, or text that was decoded wrongly
    before it was saved.
    """
    if not data.strip():
        raise InputError(f"{path}: the page is empty; capture it again")
    for signature, what, advice in _SIGNATURES:
        if data.startswith(signature):
            raise InputError(f"{path}: this is {what}, not a page; {advice}")
    text, noticed = _decode(data, path, charset)
    sample = text[:_SAMPLE]
    # Bytes are looked through ten times as fast as letters; in UTF-16 they tell nothing.
    if data.translate(None, _CONTROL_BYTES) != data and len(_CONTROLS.findall(sample)) * 50 > len(sample):
        raise InputError(f"{path}: this is binary data, not a page; give the page as text or HTML")
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if "\0" in text:
        # A zero is a letter that was lost, as browsers have it; one for one, so that nothing moves. Not every database can keep it.
        text, noticed = text.replace("\0", "\ufffd"), noticed or "lost_letters"
    if not text.strip("\ufeff\u200b").strip():
        raise InputError(f"{path}: the page is empty; capture it again")
    notes = [noticed] if noticed else []
    misread = _find_misreading(text)
    if misread is not None:
        name, share = misread
        if share >= _MISREAD:
            raise InputError(
                f"{path}: its letters are mojibake: UTF-8 was read as {name} before the page was saved; capture it again as UTF-8"
            )
        notes.append("mojibake")
    return Decoded(text, tuple(notes))


def _decode(data: bytes, path: str, charset: str | None) -> tuple[str, Note | None]:
    for mark, name in _MARKS:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(name), None
            except UnicodeDecodeError as error:
                raise InputError(f"{path}: it begins as {name} but breaks at byte {error.start}; capture it again") from error
    data = data.removeprefix(codecs.BOM_UTF8)
    wide = _wide_encoding(data)
    if wide is not None:
        return data[: len(data) // 2 * 2].decode(wide, "replace"), "cut" if len(data) % 2 else None
    try:
        return data.decode("utf-8"), None
    except UnicodeDecodeError as error:
        broken = error
    if data.count(0) * 10 > len(data):
        raise InputError(f"{path}: this is binary data, not a page; give the page as text or HTML")
    if broken.start >= len(data) - 3 and broken.reason == "unexpected end of data" and broken.start:
        # A download that stopped inside a letter: all before it is as it was sent.
        return data[: broken.start].decode("utf-8"), "cut"
    return _choose(data, path, charset, broken)


def _choose(data: bytes, path: str, charset: str | None, broken: UnicodeDecodeError) -> tuple[str, Note | None]:
    """Return the reading that holds most small words; what the header or the page says of itself wins a draw."""
    declared = _DECLARED.search(data[:2048])
    named = [name for name in (_codec(charset), _codec(declared[1].decode("ascii")) if declared else None) if name]
    small = _SmallWords(data)
    readings = list(_readings(data, named))
    # Of those that hold as many, the first.
    words, order = max(((words, -order) for order, words in enumerate(small.count(readings))), default=(0, 0))
    name, text = readings[-order] if readings else ("", "")
    # One bad byte in a long page of UTF-8: the rest is worth keeping, the lost letter shows as U+FFFD.
    repaired = data.decode("utf-8", errors="replace")
    lost = repaired.count("\ufffd")
    if not readings or (words <= 0 and words + small.same == 0):
        if lost * 100 <= len(repaired):
            return repaired, "lost_letters"
        if name in named:
            return text, None
        raise InputError(f"{path}: neither UTF-8 nor another known encoding (byte {broken.start}); save it as UTF-8") from broken
    if lost * 50 <= len(repaired) and small.count_repaired() >= words:
        return repaired, "lost_letters"
    return text, None


class _SmallWords:
    """Counts the function words of one page in many readings; what is written in ASCII is in all of them the same, and counted once."""

    def __init__(self, data: bytes) -> None:
        self._words = data[:WORDS_LOOKED_AT].translate(_ASCII_LETTERS_ALONE).split()
        self._apart = [word for word in self._words if not word.isascii()]

    @cached_property
    def same(self) -> int:
        """How many function words are written in ASCII."""
        return count_ascii_words(self._words)

    def count(self, readings: Sequence[tuple[str, str]]) -> list[int]:
        """Return how many function words that are not written in ASCII stand in each reading, (encoding, text)."""
        names = tuple(name for name, _ in readings if not name.startswith("utf"))
        told = sum(map(_counts(names).__getitem__, self._apart))
        single = {name: told >> _BITS * at & _MOST_COUNTED for at, name in enumerate(names)}
        return [single[name] if name in single else count_small_words(text) - self.same for name, text in readings]


    def count_repaired(self) -> int:
        """Return how many function words that are not written in ASCII stand in the page when it is read as UTF-8."""
        return sum(map(_counts(("utf-8",)).__getitem__, self._apart))


class _Counts(dict[bytes, int]):
    """How many function words stand in what bytes between two blanks are in several encodings, ``_BITS`` bits for each of them, so that
    one look counts for all. Emptied when it is full.
    """

    def __init__(self, names: tuple[str, ...]) -> None:
        super().__init__()
        self._names = names

    def __missing__(self, word: bytes) -> int:
        if len(self) >= _WORDS_KEPT:
            self.clear()
        found = sum(count_small_words(word.decode(name, "replace")) << _BITS * at for at, name in enumerate(self._names))
        self[word] = found
        return found


@lru_cache(maxsize=8)
def _counts(names: tuple[str, ...]) -> _Counts:
    return _Counts(names)


def _readings(data: bytes, named: list[str]) -> Iterator[tuple[str, str]]:
    for name in dict.fromkeys((*named, *_SINGLE_BYTE)):
        try:
            yield name, data.decode(name)
        except UnicodeDecodeError:
            continue


def _codec(name: str | None) -> str | None:
    """Return the codec that a header or page names, None for none of ours; ISO-8859-1 means windows-1252, as in every browser."""
    try:
        found = codecs.lookup(name).name if name and name.isascii() and "\0" not in name else ""
    except LookupError:
        return None
    if found in ("iso8859-1", "ascii"):
        return "cp1252"
    return found if _ALLOWED.fullmatch(found) else None


def _wide_encoding(data: bytes) -> str | None:
    """Return the UTF-16 in which a page without byte order mark is written, None for any other: its high bytes are 00 and 06."""
    sample = data[: min(len(data), _SAMPLE) // 2 * 2]
    # Half of the bytes of UTF-16 are high ones; most pages have none, which is seen in no time.
    if len(sample) < 4 or sum(map(sample.count, _HIGH_BYTES)) < _HIGH_SHARE / 2 * len(sample):
        return None
    first, second = sample[0::2], sample[1::2]
    high_first, high_second = (sum(map(half.count, _HIGH_BYTES)) / len(half) for half in (first, second))
    name = "utf-16-le" if high_second > high_first else "utf-16-be"
    if max(high_first, high_second) < _HIGH_SHARE or min(high_first, high_second) > 0.3:
        return None
    text = sample.decode(name, "replace")
    return name if _CONTROLS.search(text) is None and count_small_words(text) else None


@cache
def _misreadings() -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    """Return the names of encodings with the look of UTF-8 letters read in them: two or three characters, and with what they begin."""
    found = []
    # Lead bytes of accented Latin letters and of Arabic letters; in windows-1256 the former are letters of everyday words.
    for name, leads in (("windows-1252", b"\xc2\xc3\xd8\xd9"), ("windows-1256", b"\xd8\xd9")):
        follow = re.escape(bytes(range(0x80, 0xC0)).decode(name, "ignore") + ("\x81\x8d\x8f\x90\x9d" if name.endswith("2") else ""))
        marks = b"\xe2".decode(name)
        pattern = re.compile(f"[{re.escape(leads.decode(name))}][{follow}]|{marks}[{follow}]{{2}}")
        found.append((name, leads.decode(name) + marks, pattern))
    return tuple(found)


def _find_misreading(text: str) -> tuple[str, float] | None:
    """Return the encoding in which a page was wrongly read before, and the share of its characters that show it; None for a sound page."""
    sample = text[:_SAMPLE]
    letters = 0
    worst: tuple[str, float] | None = None
    for name, leads, pattern in _misreadings():
        # Nearly every page is sound, and shows it in no time: a misread one is full of the characters with which these pairs begin.
        most = 3 * sum(map(sample.count, leads))
        if most < _FEW_MISREAD or (name != "windows-1252" and most < _MISREAD_ARABIC * len(sample) / 3):
            continue
        letters = letters or sum(map(len, sample.split())) or 1
        pairs = pattern.findall(sample)
        share = sum(map(len, pairs)) / letters
        told = len(pairs) >= _FEW_MISREAD and (name == "windows-1252" or share >= _MISREAD_ARABIC)
        if told and (worst is None or share > worst[1]):
            worst = (name, share)
    return worst
