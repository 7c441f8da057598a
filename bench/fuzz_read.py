"""Read pages that nobody wrote: our own corpus cut, spliced, repeated, wrongly encoded, sprinkled with controls; count what breaks.

    python bench/fuzz_read.py --pages 20000 --seed 1
    python bench/fuzz_read.py --seconds 600
    python bench/fuzz_read.py --pages 1000000 --longest 1200
    python bench/fuzz_read.py --replay 1:4711          (one page again: seed and number, as printed for a crash;
                                                        with the same --longest)

Every page must give a record whose evidence stands in its text, or a refusal that says why. Anything else is a crash, printed with the
seed and number that make the page again. Leaves with 1 when there was one.
"""

from __future__ import annotations

import argparse
import html
import random
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import mithaq
from mithaq.errors import InputError
from mithaq.export.record import check_record, encode_record
from mithaq.lexicon import load_lexicon
from mithaq.pipeline import read_document

LONGEST = 6_000  # characters of a mutated page, so that many are read
SLOW = 5.0  # seconds of the processor: a page that takes longer counts as a hang
AGAIN = 50  # every so many pages one is read twice, and must say the same
CONTROLS = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2069\u200b\u200c\u200d\ufeff\u00ad\u0640\0\x01\x08\x0b\x0c\x1b\x7f\x85"
MARKS = "\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0670\u0301\u0308\u20dd"
ODD = "«»“”\"'()[]{}<>/\\|*_#~^`@&%$+=…–—-،؛؟.,;:!?٠١٢٣۴0123456789٪٫٬ﷺﻻﷲ½²№😀🇲🇦\U000e0001\ufffd\U0010ffff"
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1256", "iso8859-6", "cp1252", "latin-1", "mac-arabic")
SIDECARS = (
    None, b"{}", b"[]", b"\xff", b"{", b'{"published": "2025-02-30"}', b'{"published": "2025-02-28", "charset": "zip"}',
    b'{"url": "http://[::1", "outlet": ""}', b'{"url": "https://a.example/2024/13/45/x", "charset": "windows-1256", "published": 7}',
)  # fmt: skip


class Page(NamedTuple):
    """A page as it is given to the reader."""

    data: bytes
    path: str
    sidecar: bytes | None


class Crash(NamedTuple):
    """A page that broke the reader: which, and how."""

    number: int
    what: str


def load_pages() -> list[str]:
    """Return the texts of our own pages: those of the package, and the corpus where it lies beside."""
    folders = (Path(mithaq.__file__).parent / "knowledge" / "demo", Path(__file__).resolve().parents[1] / "corpus" / "pages")
    return [file.read_text("utf-8") for folder in folders for file in sorted(folder.glob("*.txt"))]


def mutate(number: int, seed: int, pages: Sequence[str], longest: int = LONGEST) -> Page:
    """Return mutated page *number* of a seed, of *longest* characters at most; the same numbers always give the same page."""
    chance = random.Random(f"{seed}:{number}")
    text = chance.choice(pages)
    for _ in range(chance.choice((1, 1, 2, 3, 5, 8))):
        text = chance.choice(CHANGES)(text, chance, pages)[: 4 * longest]
    start = 0 if len(text) <= longest or chance.random() < 0.7 else chance.randrange(len(text) - longest)
    text = text[start : start + longest]
    path = chance.choice(("page.txt", "page.txt", "page.md", "page.html", "-", "http://a.example/x"))
    if path.endswith("html") or chance.random() < 0.15:
        text = as_markup(text, chance)
    return Page(encode(text, chance), path, chance.choice(SIDECARS) if chance.random() < 0.05 else None)


def splice(text: str, chance: random.Random, pages: Sequence[str]) -> str:
    """Put a piece of another page into this one."""
    other, at = chance.choice(pages), place(text, chance)
    start = place(other, chance)
    return text[:at] + other[start : start + chance.randrange(1, 800)] + text[at:]


def drop(text: str, chance: random.Random, _: Sequence[str]) -> str:
    """Leave a piece out."""
    at = place(text, chance)
    return text[:at] + text[at + chance.randrange(1, 1 + max(1, len(text) // 3)) :]


def repeat(text: str, chance: random.Random, _: Sequence[str]) -> str:
    """Say a piece many times."""
    at = place(text, chance)
    piece = text[at : at + chance.choice((1, 2, 5, 20, 100))]
    return text[:at] + piece * chance.choice((2, 10, 100, 1000)) + text[at:]


def shuffle(text: str, chance: random.Random, _: Sequence[str]) -> str:
    """Put lines, or words, in another order."""
    separator = chance.choice(("\n", " "))
    parts = text.split(separator)
    at = chance.randrange(len(parts))
    some = parts[at : at + 20]
    chance.shuffle(some)
    return separator.join((*parts[:at], *some, *parts[at + 20 :]))


def sprinkle(text: str, chance: random.Random, _: Sequence[str]) -> str:
    """Sprinkle controls, vowel signs or odd marks over the page."""
    letters, share = chance.choice((CONTROLS, MARKS, ODD)), chance.choice((0.002, 0.02, 0.3))
    return "".join(c + chance.choice(letters) if chance.random() < share else c for c in text)


def rewrap(text: str, chance: random.Random, _: Sequence[str]) -> str:
    """Break lines elsewhere, or nowhere."""
    way = chance.randrange(4)
    if way == 0:
        return text.replace("\n", chance.choice((" ", "    ", "", "\t")))
    if way == 1:
        return text.replace(" ", chance.choice(("\n", "\u00a0", "", "  ", "\r\n")))
    width = chance.choice((3, 20, 60))
    return chance.choice(("\n", "\r", "\r\n", "\n\n")).join(text[i : i + width] for i in range(0, len(text), width))


def confuse(text: str, chance: random.Random, _: Sequence[str]) -> str:
    """Exchange letters: case, digits, random ones."""
    way = chance.randrange(4)
    if way == 0:
        return chance.choice((text.upper(), text.title(), text.swapcase(), text[::-1]))
    if way == 1:
        return text.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    alphabet = chance.choice((text or "x", ODD, "ابتوليمن ", "1234567890 ،.-/"))
    return "".join(chance.choice(alphabet) if chance.random() < 0.05 else c for c in text)


CHANGES: tuple[Callable[[str, random.Random, Sequence[str]], str], ...] = (splice, drop, repeat, shuffle, sprinkle, rewrap, confuse)


def place(text: str, chance: random.Random) -> int:
    """Return a place in a text."""
    return chance.randrange(len(text) + 1)


def as_markup(text: str, chance: random.Random) -> str:
    """Return the page as HTML of somebody careless."""
    tags = ("p", "div", "span", "table", "td", "b", "article", "figure", "figcaption", "h1", "li", "script", "time", "!--", "meta", "svg")
    lines = [html.escape(line) if chance.random() < 0.8 else line for line in text.split("\n")]
    made = []
    for line in lines:
        tag = chance.choice(tags[:4]) if chance.random() < 0.8 else chance.choice(tags)
        close = f"</{tag}>" if chance.random() < 0.8 else chance.choice(("", "</body>", "<", "&", "&#xd800;", "]]>", "-->", "</html>"))
        made.append(f"<{tag}{chance.choice(('', ' class=date', ' hidden', ' id=', ' dir=rtl'))}>{line}{close}")
    heads = ("<!doctype html><html><body>", "<html><head><title>x</title><body>", "<article>", "<div>", "<p>", "<?xml ?><html>")
    return chance.choice(heads) + "\n".join(made)


def encode(text: str, chance: random.Random) -> bytes:
    """Return the bytes of a page, now and then in a wrong encoding, cut, or with bytes changed."""
    if chance.random() < 0.75:
        data = text.encode("utf-8", "replace")
    else:
        data = text.encode(chance.choice(ENCODINGS), chance.choice(("replace", "ignore", "xmlcharrefreplace")))
        if chance.random() < 0.3:
            data = data.decode(chance.choice(("cp1252", "cp1256", "latin-1")), "replace").encode("utf-8")
    if data and chance.random() < 0.1:
        spoiled = bytearray(data)
        for _ in range(chance.choice((1, 5, 50))):
            spoiled[chance.randrange(len(spoiled))] = chance.randrange(256)
        data = bytes(spoiled)
    return data[: chance.randrange(len(data) + 1)] if chance.random() < 0.1 else data


class Fuzzer:
    """Reads mutated pages and keeps count."""

    def __init__(self, seed: int, longest: int = LONGEST) -> None:
        self.seed, self.longest, self.pages, self.lexicon = seed, longest, load_pages(), load_lexicon()
        self.read, self.facts, self.slowest = 0, 0, (0.0, 0)
        self.refused: Counter[str] = Counter()
        self.crashes: list[Crash] = []

    def try_page(self, number: int) -> None:
        """Read mutated page *number*."""
        page = mutate(number, self.seed, self.pages, self.longest)
        began = time.process_time()
        try:
            self._read(page, twice=number % AGAIN == 0)
        except InputError as error:
            self.refused[str(error).removeprefix(f"{page.path}").partition(";")[0][:40]] += 1
            if not str(error).startswith(page.path):
                self.crashes.append(Crash(number, f"a refusal that does not name the page: {error}"))
        except Exception:
            self.crashes.append(Crash(number, traceback.format_exc(limit=-4)))
        taken = time.process_time() - began
        self.slowest = max(self.slowest, (taken, number))
        if taken > SLOW:
            self.crashes.append(Crash(number, f"took {taken:.1f} s"))

    def _read(self, page: Page, *, twice: bool) -> None:
        document = read_document(page.data, path=page.path, sidecar=page.sidecar, lexicon=self.lexicon)
        check_record(document)
        record = encode_record(document)
        self.read += 1
        self.facts += len(document.people) + len(document.events) + len(document.statements) + len(document.indicators)
        if twice and encode_record(read_document(page.data, path=page.path, sidecar=page.sidecar, lexicon=self.lexicon)) != record:
            raise AssertionError("the same page read twice gave two records")


def run(
    pages: int, seed: int, seconds: float | None = None, tell: Callable[[str], None] = lambda _: None, *, longest: int = LONGEST
) -> Fuzzer:
    """Read *pages* mutated pages, or as many as fit into *seconds*; return the counts."""
    fuzzer, began, number = Fuzzer(seed, longest), time.monotonic(), 0
    while (number < pages) if seconds is None else (time.monotonic() - began < seconds):
        known = len(fuzzer.crashes)
        fuzzer.try_page(number)
        number += 1
        for crash in fuzzer.crashes[known:]:
            last_line = crash.what.strip().rpartition("\n")[2]
            tell(f"crash {seed}:{crash.number}: {last_line}")
        if number % 5000 == 0:
            tell(f"{number} pages, {len(fuzzer.crashes)} crashes, {number / (time.monotonic() - began):.0f} pages/s")
    taken = time.monotonic() - began
    refused = sum(fuzzer.refused.values())
    slowest, which = fuzzer.slowest
    tell(
        f"seed {seed}: {number} pages in {taken:.0f} s ({number / max(taken, 0.001):.0f} pages/s on one core): {fuzzer.read} read with "
        f"{fuzzer.facts} facts, {refused} refused, {len(fuzzer.crashes)} crashes; slowest {slowest:.2f} s (page {seed}:{which})"
    )
    return fuzzer


def main() -> int:
    """Run, print, and fail when something broke."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--pages", type=int, default=2000)
    parser.add_argument("--seconds", type=float)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--longest", type=int, default=LONGEST, help="characters of a page")
    parser.add_argument("--replay", help="SEED:NUMBER of one page")
    options = parser.parse_args()
    if options.replay:
        seed, number = map(int, options.replay.split(":"))
        fuzzer = Fuzzer(seed, options.longest)
        fuzzer.try_page(number)
    else:
        fuzzer = run(options.pages, options.seed, options.seconds, lambda line: print(line, flush=True), longest=options.longest)
        for reason, times in fuzzer.refused.most_common(12):
            print(f"  refused {times:6}: {reason}")
    # The same fault shows itself again and again: once with its trace, the others by their number.
    seen: Counter[str] = Counter()
    for crash in fuzzer.crashes:
        last = crash.what.strip().rpartition("\n")[2]
        seen[last] += 1
        print(f"page {fuzzer.seed}:{crash.number}: {crash.what if seen[last] == 1 else last}")
    return 1 if fuzzer.crashes else 0


if __name__ == "__main__":
    sys.exit(main())
