"""What does each group of words, and each family of learned signs, contribute? F1 on the dev split without it, one after the other.

    python bench/ablation.py [FOLDER]

Reads the dev pages of the corpus (or the annotated pages of FOLDER) with the whole knowledge, then without each kind of lexicon or
gazetteer entry, each list of names or common words, and each family of weights. Prints the change of F1 in hundredths for each layer. The
weights were learned with everything in place, so that what is taken out cannot be made up for: the table says what is leant on, not what
could be done.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import partial
from pathlib import Path
from unittest.mock import patch

from msgspec.structs import replace

from mithaq.annotate import events, indicators, kinds, relevance, statements, topics
from mithaq.evaluate.figures import Result
from mithaq.evaluate.gold import GoldPage, read_gold, read_split
from mithaq.evaluate.score import score_page
from mithaq.export.record import write_record
from mithaq.lexicon import Lexicon, load_lexicon, wordlist
from mithaq.lexicon.weighing import load_scales
from mithaq.pipeline import read_page

ROOT = Path(__file__).resolve().parents[1]
LAYERS = (
    "body characters", "people", "bodies", "programmes", "events", "statements (span and kind)", "indicators", "topics", "pairs",
    "relevant",
)  # fmt: skip
KINDS = (
    "body", "place", "topic", "speech", "event", "statement", "furniture", "time", "role", "outlet", "indicator", "relevance", "programme",
    "honorific", "money",
)  # fmt: skip
LISTS = ("given_names", "common")
WEIGHTS = {"words of acts": ("act:", "noun:"), "sides told": ("codes", "parties"), "place in the page": ("title", "lead", "first", "body")}


def measure(pages: Sequence[GoldPage], lexicon: Lexicon) -> dict[str, float]:
    """Return the F1 of each layer."""
    total = sum((score_page(page, write_record(read_page(page.path, lexicon))) for page in pages), Result())
    return {layer: total.f1[layer].f1 or 0.0 for layer in LAYERS if layer in total.f1}


def without_kind(kind: str) -> Lexicon:
    """Return the packaged lexicon without entries of a kind."""
    return Lexicon(e for e in load_lexicon().entries if e.kind.split(".")[0] != kind)


@contextmanager
def without_list(name: str) -> Iterator[None]:
    """Read as if a list of words were empty in every language."""
    read = wordlist._read_keys
    given = wordlist._given_names
    with (
        patch.object(wordlist, "_read_keys", lambda lang, part: frozenset() if part == name else read(lang, part)),
        patch.object(wordlist, "_given_names", lambda lang: frozenset() if name == "given_names" else given(lang)),
    ):
        forget()
        yield
    forget()


def forget() -> None:
    """Empty what remembers answers of the lists."""
    for remembered in (wordlist.read_wordlist, wordlist.is_given_name):
        remembered.cache_clear()


@contextmanager
def without_signs(starts: tuple[str, ...]) -> Iterator[None]:
    """Judge events as if signs that begin so weighed nothing."""
    scales = load_scales("events")
    left = replace(scales, weights={sign: w for sign, w in scales.weights.items() if not sign.startswith(starts)})
    with patch.object(events, "load_scales", lambda name: left if name == "events" else load_scales(name)):
        yield


@contextmanager
def without_weights(model: str) -> Iterator[None]:
    """Let everything through that a model would judge."""
    scales = replace(load_scales(model), weights={}, bias=9.0)
    module = {"events": events, "indicators": indicators, "topics": topics, "relevance": relevance}[model]
    with patch.object(module, "load_scales", lambda name: scales if name == model else load_scales(name)):
        yield


@contextmanager
def without_words() -> Iterator[None]:
    """Judge statements without single words: cues, verbs and form are left."""
    known = kinds.read_weights()
    left = known._replace(weights={sign: row for sign, row in known.weights.items() if not sign.startswith(("w:", "f:"))})
    with patch.object(statements, "read_weights", lambda: left):
        yield


def ways() -> Iterator[tuple[str, Callable[[], Lexicon], AbstractContextManager[None]]]:
    """Yield what is taken out, what gives the lexicon then, and in what to measure."""
    for kind in KINDS:
        yield f"words: {kind}", partial(without_kind, kind), nullcontext()
    for name in LISTS:
        yield f"list: {name}", load_lexicon, without_list(name)
    for what, starts in WEIGHTS.items():
        yield f"signs of events: {what}", load_lexicon, without_signs(starts)
    for model in ("events", "indicators", "topics", "relevance"):
        yield f"all weights: {model}", load_lexicon, without_weights(model)
    yield "signs of statements: single words", load_lexicon, without_words()


def main() -> int:
    """Measure and print a Markdown table."""
    pages = read_gold(Path(sys.argv[1])) if len(sys.argv) > 1 else read_split(ROOT, "dev")
    base = measure(pages, load_lexicon())
    print(f"| {len(pages)} pages | {' | '.join(base)} |\n|---|{'---:|' * len(base)}")
    print(f"| with everything | {' | '.join(f'{value:.2f}' for value in base.values())} |")
    for what, lexicon, taken_out in ways():
        with taken_out:
            got = measure(pages, lexicon())
        print(f"| {what} | {' | '.join(change(got.get(layer, 0.0) - value) for layer, value in base.items())} |", flush=True)
    return 0


def change(by: float) -> str:
    """Return a change of F1 in hundredths, nothing where there is none."""
    hundredths = round(100 * by)
    return f"{hundredths:+d}" if hundredths else ""


if __name__ == "__main__":
    raise SystemExit(main())
