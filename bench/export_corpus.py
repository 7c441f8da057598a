"""Give the annotated pages to others: names as CoNLL, or facts and names as W3C web annotations.

    python bench/export_corpus.py conll|webannotation DIR [--split train dev]

CoNLL: a token and its tag a line (PERS, ORG, MISC for programmes), an empty line between sentences, a file a page; only the article. Web
annotations: a JSON file a page, each event, statement and figure with the place and the words of its quote, each name with every place
where it stands in the article. Offsets are code points, end exclusive.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from mithaq.evaluate.gold import GoldPage, read_split
from mithaq.text.sentences import split_sentences
from mithaq.text.tokens import split_tokens

ROOT = Path(__file__).resolve().parents[1]
CLASSES = (("people", "PERS"), ("orgs", "ORG"), ("programmes", "MISC"))
_FACTS = {"events": "type", "statements": "kind", "indicators": "name"}


def names_of(page: GoldPage) -> list[tuple[int, int, str]]:
    """Return (start, end, class) of every name where it stands in the article as words of its own, the longest where some overlap."""
    found = []
    for layer, kind in CLASSES:
        for item in page.gold[layer]:
            name = item if isinstance(item, str) else item["name"]
            places = re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", page.text)
            found += [(m.start(), m.end(), kind) for m in places if m.start() in page.article or m.start() in page.title_characters]
    kept: list[tuple[int, int, str]] = []
    for start, end, kind in sorted(found, key=lambda f: (f[0] - f[1], f)):
        if all(end <= s or e <= start for s, e, _ in kept):
            kept.append((start, end, kind))
    return sorted(kept)


def to_conll(page: GoldPage) -> str:
    """Return the article of a page, a token and its tag a line."""
    names, lines = names_of(page), []
    for start, end in split_sentences(page.text, *page.gold["body"]):
        tokens = [token for token in split_tokens(page.text, start, end) if token.start in page.article]
        lines += [f"{token.form}\t{tag_of(token.start, token.end, names)}" for token in tokens]
        lines += [""] if tokens else []
    return "\n".join(lines) + "\n"


def tag_of(start: int, end: int, names: Sequence[tuple[int, int, str]]) -> str:
    """Return the tag of a token; one that a name begins in, behind a particle, begins the name."""
    for first, last, kind in names:
        if start < last and first < end:
            return f"B-{kind}" if start <= first else f"I-{kind}"
    return "O"


def to_annotations(page: GoldPage) -> Iterator[dict[str, Any]]:
    """Yield the facts and names of a page as web annotations."""
    for layer, field in _FACTS.items():
        for item in page.gold[layer]:
            start = page.text.index(item["quote"])
            about = {name: value for name, value in item.items() if name != "quote"}
            yield annotation(page, start, start + len(item["quote"]), f"{layer}:{item[field]}", about)
    for start, end, kind in names_of(page):
        yield annotation(page, start, end, kind, None)


def annotation(page: GoldPage, start: int, end: int, tag: str, about: dict[str, Any] | None) -> dict[str, Any]:
    """Return one web annotation: the tag, what else is known, and the words by place and by themselves."""
    body: list[dict[str, Any]] = [{"type": "TextualBody", "purpose": "tagging", "value": tag}]
    if about:
        value = json.dumps(about, ensure_ascii=False)
        body.append({"type": "TextualBody", "purpose": "describing", "format": "application/json", "value": value})
    selector = {
        "type": "TextPositionSelector",
        "start": start,
        "end": end,
        "refinedBy": {"type": "TextQuoteSelector", "exact": page.text[start:end]},
    }
    target = {"source": f"{page.name}.txt", "selector": selector}
    return {"@context": "http://www.w3.org/ns/anno.jsonld", "type": "Annotation", "body": body, "target": target}


def main() -> None:
    """Write a file a page."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("format", choices=("conll", "webannotation"))
    parser.add_argument("folder", type=Path)
    parser.add_argument("--split", nargs="+", default=["train", "dev"], choices=("train", "dev", "test"))
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    pages = read_split(ROOT, *asked.split)
    for page in pages:
        if asked.format == "conll":
            (asked.folder / f"{page.name}.conll").write_text(to_conll(page), "utf-8")
        else:
            content = json.dumps(list(to_annotations(page)), ensure_ascii=False, indent=1)
            (asked.folder / f"{page.name}.jsonld").write_text(content + "\n", "utf-8")
    print(f"{len(pages)} pages written to {asked.folder}")


if __name__ == "__main__":
    main()
