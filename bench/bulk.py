"""How many HTML records of a web archive `ingest` puts behind it in a second of one core, beside trafilatura and a language check.

    python bench/bulk.py [RECORDS]

The archive is drawn, with the proportions of real ones: one page in five hundred is for us (those of the demonstration), the others tell of
sport, weather, markets and kitchens in three languages; all have menus, teasers and scripts around them, some 25 KB in all, in UTF-8,
windows-1256, ISO-8859-6 and windows-1252, declared, wrongly declared or not at all. The peer decodes the same records with the same reader,
takes out the main text with trafilatura and asks langdetect for its language: what a pipeline needs before it knows whether a page matters.
langdetect is asked for by this program alone (pip install langdetect).
"""

from __future__ import annotations

import gzip
import itertools
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from gate import draw_page

import mithaq
from mithaq.collect.archives import Archived, read_archive
from mithaq.workspace import open_workspace

RECORDS = 4_000
ONE_IN = 500  # pages that are for us
GOAL, TIMES = 1_200.0, 3.0  # records a second; times as fast as the peer
_ENCODINGS = {"ar": ("utf-8", "utf-8", "utf-8", "cp1256", "iso8859-6"), "fr": ("utf-8", "utf-8", "cp1252"), "en": ("utf-8", "cp1252")}
_LARGEST = 32 * 1024 * 1024
_PEER_PAGES = 300


def draw_html(text: str, lang: str, chance: random.Random) -> bytes:
    """Return a text as a page of a site: menus, teasers, scripts, an article; in one of the encodings of its language."""
    title, *paragraphs = [line for line in text.split("\n") if line.strip()]
    encoding = chance.choice(_ENCODINGS[lang])
    declared = chance.choice((encoding, encoding, encoding, "", "utf-8"))
    menu = "".join(f'<li class="menu-item"><a href="/section/{n}" title="{n}">{word}</a></li>' for n, word in enumerate(title.split() * 6))
    teasers = "".join(
        f'<div class="teaser"><a href="/news/{chance.randint(1, 99999)}"><img src="/i/{n}.jpg" alt=""><h3>{p[:60]}</h3></a></div>'
        for n, p in enumerate(paragraphs[:12])
    )
    script = "var config = {" + ",".join(f'"key{n}": [{n}, {n * 7}, "value-{n}"]' for n in range(220)) + "};"
    style = "".join(f".c{n} {{ margin: {n}px; padding: 0 {n}px; color: #{n:06x} }}\n" for n in range(80))
    meta = f'<meta charset="{declared}">' if declared else ""
    article = "".join(f"<p>{paragraph}</p>\n" for paragraph in paragraphs)
    page = (
        f'<!doctype html><html lang="{lang}"><head>{meta}<title>{title}</title><style>{style}</style><script>{script}</script></head>'
        f'<body><header><nav><ul>{menu}</ul></nav></header><main><article><h1>{title}</h1>{article}</article></main>'
        f"<aside>{teasers}</aside><footer><ul>{menu}</ul></footer><script>{script[:3000]}</script></body></html>"
    )
    return page.encode(encoding, "replace")


def to_record(page: bytes, number: int) -> bytes:
    """Return a page as a compressed WARC record."""
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nServer: x\r\n\r\n" + page
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\n"
        f"WARC-Target-URI: https://site{number % 97}.example/news/{number}\r\nWARC-Date: 2026-03-0{1 + number % 9}T08:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{number:012}>\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(answer)}\r\n\r\n"
    )
    return gzip.compress(head.encode() + answer + b"\r\n\r\n", 5)


def draw_records(number: int) -> Iterator[bytes]:
    """Yield records in the proportions of a crawl."""
    chance = random.Random(11)
    demo = Path(mithaq.__file__).parent / "knowledge" / "demo"
    ours = [(file.read_text("utf-8"), file.stem) for file in sorted(demo.glob("*.txt"))]
    langs = itertools.cycle(("ar", "fr", "ar", "en"))
    for n in range(number):
        lang = next(langs)
        if n % ONE_IN == ONE_IN // 2:
            text, _ = ours[n // ONE_IN % len(ours)]
            yield to_record(draw_html(f"{text}\n{n}", "ar" if "ا" in text[:300] else "fr", chance), n)
        else:
            yield to_record(draw_html(draw_page(lang, chance), lang, chance), n)


def measure_ours(archive: Path, root: Path) -> tuple[float, int, int]:
    """Return the seconds of processor time of an ingest, how many records it saw, and how many it read."""
    with open_workspace(root / "warm") as workspace:
        workspace.ingest([root / "one.warc.gz"], gate=True)
    with open_workspace(root / "ws") as workspace:
        began = time.process_time()
        summary = workspace.ingest([archive])
        return time.process_time() - began, summary.read, summary.new


def measure_peer(archive: Path, most: int) -> tuple[float, int]:
    """Return the seconds of processor time that trafilatura and langdetect take for some records, and how many they were."""
    from langdetect import detect
    from trafilatura import extract

    began, seen = time.process_time(), 0
    for record in itertools.islice(read_archive(archive, largest=_LARGEST), most):
        if isinstance(record, Archived):
            text = extract(record.data)
            if text:
                detect(text)
            seen += 1
    return time.process_time() - began, seen


def main() -> int:
    """Measure, print, and fail below the goals."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else RECORDS
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        archive = root / "crawl.warc.gz"
        size = 0
        with archive.open("wb") as stream:
            for n, record in enumerate(draw_records(number)):
                stream.write(record)
                size += len(gzip.decompress(record))
                if n == 0:
                    (root / "one.warc.gz").write_bytes(record)
        print(f"{number} records of {size / number / 1024:.1f} KB, one in {ONE_IN} for us")
        seconds, seen, new = measure_ours(archive, root)
        database = sum(file.stat().st_size for file in (root / "ws").rglob("*") if file.is_file()) / 1024
        rate = seen / seconds
        print(f"ingest with the gate: {rate:.0f} records a second of one core (goal: {GOAL:.0f})")
        print(f"{new} of {seen} read, {database / seen:.2f} KB kept a record")
        taken, peer = measure_peer(archive, _PEER_PAGES)
        times = rate * taken / peer
        print(f"trafilatura and langdetect: {peer / taken:.0f} records a second; ingest is {times:.1f} times as fast (goal: {TIMES})")
    return 0 if rate >= GOAL and times >= TIMES else 1


if __name__ == "__main__":
    sys.exit(main())
