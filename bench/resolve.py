"""Measure how long it takes to find out who is who, and how it grows: pages made by rule, no reading.

python bench/resolve.py 10000 100000
python bench/resolve.py 1000000 --more 1000

Prints for each number of mentions: seconds of one core to take them in, to group them and in all, milliseconds a mention (which stay the
same where time grows as the mentions do), profiles, pairs kept, entities, megabytes at the most, and seconds for --more pages added to
what is there (1000 by default). Seconds are those of the processor, so that other programs on the machine change them little. People
are named in two scripts and several spellings, bodies in three
languages; the commonest are named on one page in fifty.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import resource
import sqlite3
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from mithaq.resolve.entities import resolve
from mithaq.store import SqlStore, open_store
from mithaq.store.rows import COLUMNS, DOCUMENT_COLUMNS
from mithaq.text.fold import fold_text

_CONSONANTS = dict(zip("bdfhjklmnrstz", "بدفهجكلمنرستز", strict=True)) | {"sh": "ش", "kh": "خ", "gh": "غ"}
_VOWELS = {"a": "ا", "i": "ي", "u": "و", "e": "", "o": ""}
_COUNTRIES = ("MA", "DZ", "TN", "EG", "SA", "AE", "QA", "OM", "JO", "IQ", "LB", "SN", "CI", "CM", "GA", "TD", "RW", "KE", "FR", "ES", "DE")
_HEADS = (
    ("ministry of {}", "ministère de {}", "وزارة {}"), ("{} agency", "agence de {}", "وكالة {}"),
    ("{} authority", "autorité de {}", "هيئة {}"),
)  # fmt: skip
_FIELDS = (
    ("digital economy", "l'économie numérique", "الاقتصاد الرقمي"), ("communications", "la communication", "الاتصالات"),
    ("data protection", "protection des données", "حماية البيانات"), ("space", "l'espace", "الفضاء"), ("health", "la santé", "الصحة"),
    ("cybersecurity", "cybersécurité", "الأمن السيبراني"), ("innovation", "l'innovation", "الابتكار"), ("trade", "commerce", "التجارة"),
)  # fmt: skip
_ON_A_PAGE = 5


class Known(NamedTuple):
    """Somebody or something that pages name: its names, its country, and its office."""

    kind: str
    names: tuple[str, ...]
    country: str
    role: str


def make_word(chance: random.Random, syllables: int) -> tuple[str, str]:
    """Return a made-up word in Latin and Arabic letters."""
    parts = [(chance.choice(list(_CONSONANTS)), chance.choice(list(_VOWELS))) for _ in range(syllables)]
    return "".join(c + v for c, v in parts), "".join(_CONSONANTS[c] + _VOWELS[v] for c, v in parts)


def make_known(number: int, chance: random.Random) -> list[Known]:
    """Return so many people and bodies; given names come again and again, surnames seldom."""
    given = [make_word(chance, 2) for _ in range(400)]
    known = []
    for n in range(number):
        country = chance.choice(_COUNTRIES)
        if n % 4:
            first, middle, last = chance.choice(given), chance.choice(given), make_word(chance, 3)
            names = (
                f"{first[0]} {last[0]}".title(), f"{first[1]} {last[1]}", f"{first[1]} {middle[1]} {last[1]}",
                f"{first[0]} {last[0].replace('e', 'i', 1)}".title(), last[1],
            )  # fmt: skip
            known.append(Known("people", names, country, f"minister of {chance.choice(_FIELDS)[0]}"))
        elif n % 8:
            word = make_word(chance, 4)
            known.append(Known("bodies", (word[0].title(), word[1], f"société {word[0].title()}"), country, "company"))
        else:
            head, field = chance.choice(_HEADS), chance.choice(_FIELDS)
            place = make_word(chance, 3)
            names = tuple(h.format(f) for h, f in zip(head, field, strict=True))
            if chance.random() < 0.7:
                names = tuple(f"{name} {place[script]}" for name, script in zip(names, (0, 0, 1), strict=True))
            known.append(Known("bodies", names, country, "public_body"))
    return known


def write_pages(store: SqlStore, known: list[Known], first: int, pages: int, chance: random.Random) -> int:
    """Write pages that name some of these, the first of them oftenest; return the number of mentions."""
    documents, rows = [], {table: list[tuple[object, ...]]() for table in ("people", "bodies", "sides")}
    sources = []
    homes = {country: [one for one in known if one.country == country] for country in _COUNTRIES}
    for n in range(first, first + pages):
        source = hashlib.sha256(str(n).encode()).hexdigest()
        sources.append((source,))
        values = dict.fromkeys(DOCUMENT_COLUMNS) | {
            "id": source, "path": f"{n}.txt", "lang": "ar", "published": f"{2015 + n % 10}-{1 + n % 12:02}-{1 + n % 28:02}",
            "invented": 1, "relevant": 1, "relevance": 0.9, "notes": "", "partial": 0, "notice": 0,
        }  # fmt: skip
        documents.append(tuple(values.values()))
        sides = set(chance.sample(_COUNTRIES, 2))
        there = [one for side in sorted(sides) for one in homes[side]]
        chosen = {there[int(len(there) * chance.random() ** 2)] for _ in range(_ON_A_PAGE)}
        rows["sides"] += [(source, side) for side in sorted(sides)]
        for item, one in enumerate(sorted(chosen)):
            name = one.names[min(int(chance.random() ** 2 * len(one.names)), len(one.names) - 1)]
            country = one.country if chance.random() < 0.9 else None
            row = {
                "source": source, "n": item, "name": name, "folded": fold_text(name), "names": name, "kind": one.role, "country": country,
                "country_basis": "stated", "role": one.role if chance.random() < 0.6 else None, "why": "", "start": 100 * item,
                "end": 100 * item + len(name), "quote": name,
            }  # fmt: skip
            rows[one.kind].append(tuple(row.get(column) for column in COLUMNS[one.kind]))
    with store._transaction() as run:
        connection: sqlite3.Connection = store._connection
        columns = ", ".join(DOCUMENT_COLUMNS)
        connection.executemany(f"INSERT INTO documents ({columns}) VALUES ({', '.join('?' * len(DOCUMENT_COLUMNS))})", documents)
        for table, some in rows.items():
            names = ", ".join(f'"{column}"' for column in COLUMNS[table])
            connection.executemany(f"INSERT INTO {table} ({names}) VALUES ({', '.join('?' * len(COLUMNS[table]))})", some)
        connection.executemany("INSERT OR IGNORE INTO unresolved VALUES (?)", sources)
        run("DELETE FROM quarantine")
    return sum(len(rows[kind]) for kind in ("people", "bodies"))


def measure(mentions: int, more: int) -> None:
    """Print one line of the table."""
    chance = random.Random(mentions)
    known = make_known(max(20, mentions // 15), chance)
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "w.sqlite") as store:
        pages, written = 0, 0
        while written < mentions:
            some = min(10_000, (mentions - written) // _ON_A_PAGE + 1)
            written += write_pages(store, known, pages, some, chance)
            pages += some
        times = {"pages": 0.0, "entities": 0.0}
        began = last = time.process_time()

        def watch(_done: int, _all: int, what: str) -> None:
            nonlocal last
            now = time.process_time()
            times[what] += now - last
            last = now

        resolve(store, watch)
        whole = time.process_time() - began
        counts = [store._all(f"SELECT count(*) FROM {table}")[0][0] for table in ("profiles", "naming_pairs", "entities")]
        write_pages(store, known, pages, more, chance)
        began = time.process_time()
        resolve(store)
        added = time.process_time() - began
        size = (Path(folder) / "w.sqlite").stat().st_size / 1e6
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{written:>9,} mentions  {pages:>8,} pages  {times['pages']:>7.1f} s taken in  {times['entities']:>7.1f} s grouped  "
        f"{whole:>7.1f} s in all  {1000 * whole / written:>5.2f} ms each  "
        f"{counts[0]:>8,} profiles  {counts[1]:>9,} pairs kept  {counts[2]:>8,} entities  "
        f"{most:>6.0f} MB  {size:>6.0f} MB on disk  {added:>6.1f} s for {more:,} pages more",
        flush=True,
    )


def main() -> None:
    """Measure for each number of mentions asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("mentions", type=int, nargs="+")
    parser.add_argument("--more", type=int, default=1000, help="pages that come later")
    asked = parser.parse_args()
    for mentions in asked.mentions:
        measure(mentions, asked.more)


if __name__ == "__main__":
    main()
