"""Measure how fast pages that repeat each other are found among many articles, and draw pairs at the threshold to be looked at by hand.

git clone https://github.com/inparallel/SaudiNewsNet                 (31,030 articles; not ours to pass on)
python bench/copies.py SaudiNewsNet/dataset
python bench/copies.py SaudiNewsNet/dataset --pairs 200 > pairs.txt  # likeness, sources, titles and openings, the least alike first

The folder holds archives of JSON lists with "source", "title", "content" and "url". Articles are told apart as in a workspace: a sketch of
each one's words, and likeness asked of those alone that share a band. Of the pairs drawn "-" marks those that are no copies after all: one
formula filled with other countries.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import sys
import time
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mithaq.lexicon import Lexicon, load_lexicon
from mithaq.model import Document, Segment
from mithaq.store.copies import ALIKE, bands_of, likeness, repeat, sketch_of
from mithaq.text.tokens import split_tokens

_SEED = 7
_OPENING = 150  # characters


def read_articles(folder: Path) -> Iterator[dict[str, Any]]:
    """Yield the articles of all archives, in order."""
    for file in sorted(folder.glob("*.zip")):
        with zipfile.ZipFile(file) as archive:
            for name in sorted(archive.namelist()):
                if name.endswith(".json"):
                    yield from json.loads(archive.read(name))


def sketch(text: str, lexicon: Lexicon | None = None) -> bytes:
    """Return the sketch of an article, with the countries that it names when a lexicon finds them; nothing of one too short to tell."""
    tokens = split_tokens(text)
    matches = tuple(lexicon.find(tokens, "ar", text)) if lexicon else ()
    return sketch_of(Document(id="", text=text, tokens=tokens, matches=matches, segments=(Segment(0, len(text), "body"),))) or b""


def main() -> int:
    """Measure and print, or print pairs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pairs", type=int, default=0, help="print so many of the pairs that are hardly alike enough")
    asked = parser.parse_args()
    articles = [article for article in read_articles(asked.folder) if str(article.get("content", "")).strip()]
    began = time.process_time()
    sketches = {n: made for n, article in enumerate(articles) if (made := sketch(str(article["content"])))}
    sketched = time.process_time()
    under: defaultdict[int, list[int]] = defaultdict(list)
    found, compared = list[tuple[float, int, int]](), 0
    for n, digest in sketches.items():
        bands = bands_of(digest)
        near = {other for band in bands for other in under[band]}
        compared += len(near)
        found += [(alike, other, n) for other in sorted(near) if (alike := likeness(digest, sketches[other])) >= ALIKE]
        for band in bands:
            under[band].append(n)
    linked = time.process_time()
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{len(articles):,} articles, {len(sketches):,} long enough: {sketched - began:.1f} s to sketch them, {linked - sketched:.1f} s to "
        f"link them, {len(articles) / (linked - began):,.0f} articles a second of one core, {most:.0f} MB; {compared:,} pairs compared, "
        f"{len(found):,} alike, {len({n for _, *both in found for n in both}):,} articles in them",
        file=sys.stderr,
    )
    if asked.pairs:
        low, lexicon = sorted(found)[: 2 * asked.pairs], load_lexicon()
        for alike, *both in sorted(random.Random(_SEED).sample(low, min(asked.pairs, len(low)))):
            one, other = (sketch(str(articles[n]["content"]), lexicon) for n in both)
            print(f"{alike:.2f}{'' if repeat(one, other) else ' -'}")
            for n in both:
                article = articles[n]
                words = " ".join(str(article["content"]).split())
                print(f"  {article['source']:<10} {len(words):>5}  {article['title']} | {words[:_OPENING]}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
