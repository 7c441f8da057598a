"""Would a conditional random field find people better than the rules, alone or beside them?

    python -m pip install python-crfsuite      # for this measurement only; mithaq does not need it
    python bench/people_crf.py FOLDER...

Learns to mark names, token by token, on the training pages of our own corpus, and counts on the annotated pages of every FOLDER whom
the rules find, whom the field finds, whom the rules keep when the field may strike out names it holds for unlikely, and whom they gain
when it may add names it is sure of. See docs/decisions/0005-people-without-a-sequence-model.md.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from mithaq.annotate.view import View
from mithaq.evaluate.gold import GoldPage, read_gold, read_split
from mithaq.lexicon import load_lexicon
from mithaq.lexicon.wordlist import is_common_arabic, is_given_name
from mithaq.model import Document, Token
from mithaq.pipeline import read_page
from mithaq.text.likeness import likeness

ROOT = Path(__file__).resolve().parents[1]
SAME = 0.86  # as in the scorer
STRIKE_OUT = (0.05, 0.2)
ADD = (0.8, 0.9)
SETTINGS = {"c1": 0.1, "c2": 1.0, "max_iterations": 80, "feature.minfreq": 2}
AROUND = (-2, -1, 1, 2)


class Row(NamedTuple):
    """A sentence as the field sees it: its tokens by number, the signs of each, and where names begin and go on by the gold."""

    tokens: range
    signs: list[list[str]]
    labels: list[str]


class Page(NamedTuple):
    """An annotated page read by mithaq, and its sentences."""

    document: Document
    names: list[str]
    rows: list[Row]


def prepare(pages: Sequence[GoldPage]) -> list[Page]:
    """Read annotated pages and turn their sentences into rows."""
    lexicon = load_lexicon()
    return [to_page(read_page(page.path, lexicon), [person["name"] for person in page.gold["people"]]) for page in pages]


def to_page(document: Document, names: list[str]) -> Page:
    view = View(document)
    labels: dict[int, str] = {}
    for name in names:
        for found in re.finditer(re.escape(name), document.text):
            labels |= {at: "I" if n else "B" for n, at in enumerate(view.between(*found.span()))}
    own = [signs_of(view, at, token) for at, token in enumerate(document.tokens)]
    rows = []
    for sentence in document.sentences:
        tokens = range(sentence.first, sentence.last)
        signs = [in_context(own, at, tokens) for at in tokens]
        rows.append(Row(tokens, signs, [labels.get(at, "O") for at in tokens]))
    return Page(document, names, rows)


def signs_of(view: View, at: int, token: Token) -> list[str]:
    """Return what is to be seen of one token by itself."""
    signs = [f"is:{token.kind}", *(f"lexicon:{kind}" for kind in sorted(kinds_over(view, at)))]
    if token.kind != "word":
        return [*signs, f"mark:{token.form}"]
    signs += [f"word:{token.key}", f"end:{token.form[-3:]}", f"begin:{token.form[:2]}"]
    signs += ["capital"] if token.form[:1].isupper() else []
    signs += ["given"] if is_given_name(token.form, view.lang) else []
    signs += ["common"] if view.arabic and is_common_arabic(token.key) else []
    return [*signs, "body"] if at in view.body_tokens else signs


def kinds_over(view: View, at: int) -> set[str]:
    """Return the kinds of the lexicon's words over a token, without their finer parts but for places."""
    kinds = (match.kind for match in view.document.matches if match.first <= at < match.last)
    return {kind if kind.startswith("place") else kind.split(".")[0] for kind in kinds}


def in_context(own: Sequence[list[str]], at: int, sentence: range) -> list[str]:
    """Return a token's signs and those of its neighbours in the sentence."""
    signs = [f"0 {sign}" for sign in own[at]]
    for step in AROUND:
        signs += [f"{step} {sign}" for sign in own[at + step]] if at + step in sentence else [f"{step} edge"]
    return signs


def learn(pages: Sequence[Page], crf: Any) -> Any:
    """Return a tagger that learned from *pages*."""
    trainer = crf.Trainer(verbose=False)
    for row in (row for page in pages for row in page.rows if row.labels):
        trainer.append(row.signs, row.labels)
    trainer.set_params(SETTINGS)
    with tempfile.TemporaryDirectory() as folder:
        model = Path(folder) / "people.crf"
        trainer.train(str(model))
        tagger = crf.Tagger()
        tagger.open(str(model))
    return tagger


def ask(page: Page, tagger: Any) -> tuple[dict[int, float], list[tuple[str, range, float]]]:
    """Return how likely each token is part of a name, and the names found: words, tokens, and the doubt of the least sure token."""
    chance: dict[int, float] = {}
    found: list[tuple[str, range, float]] = []
    for row in filter(lambda row: row.labels, page.rows):
        tags = tagger.tag(row.signs)
        chance |= {at: 1 - tagger.marginal("O", n) for n, at in enumerate(row.tokens)}
        for first, last in runs(tags):
            tokens = row.tokens[first:last]
            words = page.document.text[page.document.tokens[tokens[0]].start : page.document.tokens[tokens[-1]].end]
            found.append((words, tokens, min(chance[at] for at in tokens)))
    return chance, found


def runs(tags: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield where each name begins and ends."""
    first = None
    for at, tag in enumerate([*tags, "O"]):
        if first is not None and tag != "I":
            yield first, at
            first = None
        if tag == "B":
            first = at


def distinct(names: Sequence[str]) -> list[str]:
    """Return the fullest form of each name: shorter forms of the same words are no further person."""
    kept: list[str] = []
    for name in sorted(names, key=len, reverse=True):
        if not any(set(name.split()) <= set(fuller.split()) for fuller in kept):
            kept.append(name)
    return kept


def ways(page: Page, tagger: Any) -> dict[str, list[str]]:
    """Return the people of a page, by each way to find them."""
    view = View(page.document)
    chance, found = ask(page, tagger)
    people = {p.name: {at for e in p.mentions for at in view.between(e.start, e.end)} for p in page.document.people}
    taken = set().union(*people.values())
    answers = {"the rules": list(people), "the field alone": distinct([words for words, _, _ in found])}
    for least in STRIKE_OUT:
        answers[f"rules, less names below {least}"] = [n for n, at in people.items() if max(chance.get(i, 0.0) for i in at) >= least]
    for least in ADD:
        more = [words for words, tokens, sure in found if sure >= least and taken.isdisjoint(tokens)]
        answers[f"rules, and names above {least}"] = distinct([*people, *more])
    return answers


def count(gold: Sequence[str], found: Sequence[str]) -> tuple[int, int, int]:
    """Return how many names are right, wrong and missing."""
    left = list(gold)
    for name in found:
        best = max(left, key=lambda one: likeness(one, name, SAME), default=None)
        if best is not None and likeness(best, name, SAME) > 0:
            left.remove(best)
    right = len(gold) - len(left)
    return right, len(found) - right, len(left)


def main() -> int:
    """Learn, measure and print."""
    try:
        import pycrfsuite
    except ImportError:
        print(__doc__, file=sys.stderr)
        return 2
    tagger = learn(prepare(read_split(ROOT, "train")), pycrfsuite)
    sums: dict[str, tuple[int, int, int]] = {}
    for page in prepare([page for folder in sys.argv[1:] for page in read_gold(Path(folder))]):
        for way, names in ways(page, tagger).items():
            right, wrong, missing = (a + b for a, b in zip(sums.get(way, (0, 0, 0)), count(page.names, names), strict=True))
            sums[way] = right, wrong, missing
    for way, (right, wrong, missing) in sums.items():
        print(f"{way:<28}  F1 {2 * right / (2 * right + wrong + missing):.3f}   right {right:4}  wrong {wrong:3}  missing {missing:3}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
