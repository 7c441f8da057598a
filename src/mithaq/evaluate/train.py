"""Learn the models that read pages again from the corpus, in the order in which they build on one another, or check them."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Literal, NamedTuple

from mithaq.annotate.kinds import read_weights
from mithaq.collect.gate import load_model
from mithaq.errors import InputError, QuestionError
from mithaq.evaluate import (
    learn_cast,
    learn_confidence,
    learn_events,
    learn_furniture,
    learn_gate,
    learn_indicators,
    learn_names,
    learn_pairs,
    learn_parties,
    learn_relevance,
    learn_seats,
    learn_sides,
    learn_speakers,
    learn_statements,
    learn_topics,
)
from mithaq.evaluate.learning import MODELS, PLAN, Learner, Plan, Reader, choose_pages, encode_model, read_plans
from mithaq.lexicon.certainty import load_certainty
from mithaq.lexicon.load import packaged_knowledge
from mithaq.lexicon.name_regions import load_regions
from mithaq.lexicon.weighing import load_scales
from mithaq.model.kept import forget_words
from mithaq.page.furniture import load_weights

# What is read before comes first: the lines of the article, what happens and is said there, the page as a whole, how sure all that is.
LEARNERS: dict[str, Learner] = {
    learner.name: learner
    for learner in (
        learn_furniture.LEARNER,
        learn_gate.LEARNER,
        learn_names.LEARNER,
        learn_sides.LEARNER,
        learn_seats.LEARNER,
        learn_topics.LEARNER,
        learn_events.LEARNER,
        learn_parties.LEARNER,
        learn_cast.LEARNER,
        learn_pairs.LEARNER,
        learn_statements.LEARNER,
        learn_speakers.LEARNER,
        learn_indicators.LEARNER,
        learn_relevance.LEARNER,
        learn_confidence.LEARNER,
    )
}
_REMEMBERED = (read_weights, load_model, load_regions, load_scales, load_weights, load_certainty)

Verdict = Literal["the same", "changed", "new", "kept"]


class Outcome(NamedTuple):
    """What came of learning one model: pages and examples learned from, weights, bytes, seconds, and how it stands to the packaged one."""

    name: str
    pages: int
    examples: int
    weights: int
    size: int
    seconds: float
    verdict: Verdict


def train(
    root: Path, only: Sequence[str] = (), *, write: bool = True, tell: Callable[[Outcome], None] = lambda _: None
) -> tuple[Outcome, ...]:
    """Learn the models named by *only*, else all, from the corpus of the checkout *root*, and write those that changed where *write*.

    A model whose plan says that its packaged weights are kept is written only when it is named.
    *tell* is called after each. Raises QuestionError for an unknown name, InputError when *root* is not the checkout mithaq runs from.
    """
    learners, plans = _choose(only), _read_plans(root)
    reader = Reader(root.resolve())
    outcomes = []
    for learner in learners:
        outcome = _train_one(learner, reader, plans[learner.name], write=write, asked=learner.name in only)
        outcomes.append(outcome)
        tell(outcome)
    return tuple(outcomes)


def _train_one(learner: Learner, reader: Reader, plan: Plan, *, write: bool, asked: bool) -> Outcome:
    began = time.perf_counter()
    pages = choose_pages(reader.root, plan)
    learned = learner.learn(reader, pages)
    content = encode_model(learned.model)
    file = reader.root / MODELS / f"{learner.name}.json"
    verdict = _compare(content, file.read_bytes() if file.is_file() else None, plan)
    if write and (verdict in ("changed", "new") or (verdict == "kept" and asked)):
        file.write_bytes(content)
        for remembered in _REMEMBERED:
            remembered.cache_clear()
        forget_words()
        reader.forget()
        verdict = "new" if verdict == "new" else "changed"
    return Outcome(learner.name, len(pages), learned.examples, learned.weights, len(content), time.perf_counter() - began, verdict)


def _compare(learned: bytes, packaged: bytes | None, plan: Plan) -> Verdict:
    """Say how what was learned stands to the packaged file."""
    if packaged is None:
        return "new"
    if learned == packaged:
        return "the same"
    return "kept" if hashlib.sha256(packaged).hexdigest() == plan.kept else "changed"


def measure(root: Path, only: Sequence[str] = (), *, tell: Callable[[str, str], None]) -> None:
    """Tell, model by model, how it does on stories that it has not learned from, as (name, line)."""
    learners, plans = _choose(only), _read_plans(root)
    reader = Reader(root.resolve())
    for learner in learners:
        if learner.measure is not None:
            for line in learner.measure(reader, choose_pages(reader.root, plans[learner.name])):
                tell(learner.name, line)


def _choose(only: Sequence[str]) -> list[Learner]:
    unknown = sorted(set(only) - set(LEARNERS))
    if unknown:
        raise QuestionError(f"there is no model {unknown[0]!r}; name some of {', '.join(LEARNERS)}")
    return [learner for name, learner in LEARNERS.items() if not only or name in only]


def _read_plans(root: Path) -> dict[str, Plan]:
    """Return the plans of the checkout that mithaq runs from: weights written elsewhere would never be read."""
    if not (root / MODELS).is_dir() or not (root / PLAN).is_file():
        raise InputError(f"{root}: no checkout of mithaq ({PLAN} is missing); name its root with --root")
    if not (root / MODELS).resolve().samefile(str(packaged_knowledge() / "models")):
        raise InputError(f"{root}: mithaq does not run from this checkout; install it there with: pip install --editable .")
    plans = read_plans(root)
    missing = [name for name in LEARNERS if name not in plans]
    if missing:
        raise InputError(f"{root / PLAN}: says nothing of {', '.join(missing)}; write from which splits each model learns")
    return plans
