"""What learning from the corpus has in common for all models: the pages that teach, stories kept together, the form of a model file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import msgspec
from msgspec.structs import replace

from mithaq.errors import InputError
from mithaq.evaluate.gold import GoldPage, read_json, read_split
from mithaq.lexicon import Lexicon, load_lexicon
from mithaq.lexicon.weighing import Scales
from mithaq.model import Document
from mithaq.page import read_capture
from mithaq.pipeline import find_happenings, find_names

T = TypeVar("T")
MODELS = Path("src") / "mithaq" / "knowledge" / "models"
PLAN = Path("corpus") / "models.json"
_SERIES = re.compile(r"^([a-z]{2}-[a-z]{2,})-(neg-)?\d+$")


class Plan(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a model learns from: the splits, the pages left out of them (patterns of names), and why these are left out.

    ``half_but`` are pages left out of the first of two learnings alone (statements). ``kept`` is the sha256 of packaged weights
    that earlier code learned and that learning again would make worse; they stay until the model is asked for by name.
    """

    splits: tuple[str, ...] = ()
    but: tuple[str, ...] = ()
    why: str = ""
    half_but: tuple[str, ...] = ()
    kept: str | None = None


class Reader:
    """The pages of a checkout as learning sees them; each page is read once, for all models, until a model has changed."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.lexicon: Lexicon = load_lexicon()
        self._named: dict[str, Document] = {}
        self._read: dict[str, Document] = {}

    def layers(self, page: GoldPage) -> Document:
        """Return a page with every layer but the last: whether it is for us is not judged, so no layer is emptied."""
        if page.name not in self._read:
            self._read[page.name] = find_happenings(self.names(page), self.lexicon)
        return self._read[page.name]

    def names(self, page: GoldPage) -> Document:
        """Return a page as it is when its happenings are read: people and bodies that only these place have no country yet."""
        if page.name not in self._named:
            sidecar = page.path.with_suffix(".meta.json")
            meta = sidecar.read_bytes() if sidecar.is_file() else None
            capture = read_capture(page.path.read_bytes(), path=str(page.path), sidecar=meta, lexicon=self.lexicon)
            self._named[page.name] = find_names(capture, self.lexicon)
        return self._named[page.name]

    def forget(self) -> None:
        """Read every page anew when it is asked for next: a model has changed."""
        self._named.clear()
        self._read.clear()


class Guess(NamedTuple):
    """How sure a model was of one thing that it had not learned from, whether it was right, and of which page."""

    chance: float
    right: bool
    page: str


class Learned(NamedTuple):
    """What learning gave: the model as it is written, from how many examples, and how many weights it has."""

    model: Any
    examples: int
    weights: int


class Learner(NamedTuple):
    """One packaged model: its name, how it is learned, and how it fares on stories that it has not learned from (lines of text)."""

    name: str
    learn: Callable[[Reader, Sequence[GoldPage]], Learned]
    measure: Callable[[Reader, Sequence[GoldPage]], Iterator[str]] | None = None


def read_plans(root: Path) -> dict[str, Plan]:
    """Return what each model learns from; raises InputError when the file is not of the expected form."""
    content = read_json(root / PLAN)
    try:
        return msgspec.convert({name: plan for name, plan in content.items() if name != "about"}, dict[str, Plan])
    except (msgspec.ValidationError, AttributeError) as error:
        raise InputError(f'{root / PLAN}: {error}; write "NAME": {{"splits": [...], "but": [...], "why": "..."}}') from error


def choose_pages(root: Path, plan: Plan) -> tuple[GoldPage, ...]:
    """Return the pages of a plan, in order; raises InputError for the test split, and for a pattern that fits no page."""
    if not set(plan.splits) <= {"train", "dev"}:
        raise InputError(f"{root / PLAN}: models learn from train and dev alone, not from {', '.join(plan.splits)}")
    pages = read_split(root, *plan.splits)
    for pattern in plan.but:
        if not any(fnmatchcase(page.name, pattern) for page in pages):
            raise InputError(f"{root / PLAN}: {pattern!r} fits no page of {' and '.join(plan.splits)}; take it out")
    return tuple(page for page in pages if not any(fnmatchcase(page.name, pattern) for pattern in plan.but))


def names_of(pages: Sequence[GoldPage]) -> tuple[str, ...]:
    """Return the names of pages as a model file holds them."""
    return tuple(sorted(page.name for page in pages))


def learned_scales(scales: Scales, pages: Sequence[GoldPage], examples: int) -> Learned:
    """Return weights learned from so many examples as a model that names its pages."""
    return Learned(replace(scales, learned_from=names_of(pages)), examples, len(scales.weights))


def learner_of(
    name: str,
    read: Callable[[Reader, Sequence[GoldPage]], Sequence[T]],
    fit: Callable[[Sequence[T]], Scales],
    measure: Callable[[Reader, Sequence[GoldPage]], Iterator[str]] | None = None,
) -> Learner:
    """Return the learner of a model whose weights *fit* gives for the examples that *read* finds on pages."""

    def learn(reader: Reader, pages: Sequence[GoldPage]) -> Learned:
        examples = read(reader, pages)
        return learned_scales(fit(examples), pages, len(examples))

    return Learner(name, learn, measure)


def story_of(name: str) -> str:
    """Return the story of a page: "jo-mr" for "jo-mr-03"; pages with a name of their own are stories of their own."""
    return _SERIES.sub(r"\1", name)


def page_story(page: GoldPage) -> str:
    """Return the story of a page: by its name, else by what its annotation says that it belongs to."""
    story = story_of(page.name)
    return story if story != page.name else str(page.gold.get("chain") or page.gold.get("cluster") or story)


def leave_out(items: Sequence[T], story: Callable[[T], str], folds: int) -> Iterator[tuple[list[T], list[T]]]:
    """Yield (what to learn from, what to judge), so that each story is judged once and never learned from then; "" is no story."""
    stories = sorted({story(item) for item in items} - {""})
    for fold in range(folds):
        held = frozenset(stories[fold::folds])
        if held:
            yield [item for item in items if story(item) not in held], [item for item in items if story(item) in held]


def encode_model(model: Any) -> bytes:
    """Return a model as JSON with one thing a line, lists of numbers or names on one line: what changed can be seen."""
    return (_lines(msgspec.to_builtins(model), "") + "\n").encode()


def _lines(value: Any, indent: str) -> str:
    if not isinstance(value, dict) or not value:
        return msgspec.json.format(msgspec.json.encode(value), indent=0).decode()
    inner = indent + " "
    parts = (f"{inner}{msgspec.json.encode(str(name)).decode()}: {_lines(part, inner)}" for name, part in value.items())
    return "{\n" + ",\n".join(parts) + f"\n{indent}}}"
