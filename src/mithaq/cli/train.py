"""``mithaq train``: learn the packaged weights again from the annotated pages of a checkout, or check that they are what the pages give."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mithaq.cli.console import complain, emit, tell

if TYPE_CHECKING:
    from mithaq.evaluate.train import Outcome

_HEAD = f"{'model':11} {'pages':>5} {'examples':>8} {'weights':>7} {'KB':>6} {'seconds':>7}"


def train(
    root: Annotated[Path, typer.Option("--root", help="Root of the checkout that mithaq runs from.", show_default="here")] = Path(),
    only: Annotated[
        list[str] | None, typer.Option("--only", help="Learn this model alone; may be given several times.", metavar="NAME")
    ] = None,
    check: Annotated[bool, typer.Option("--check", help="Write nothing; exit code 1 when a model is not what the corpus gives.")] = False,
    measure: Annotated[
        bool, typer.Option("--measure", help="Write nothing; print how each model does on stories that it has not learned from.")
    ] = False,
) -> None:
    """Learn the packaged weights again from the annotated pages of a checkout.

    The same pages and program give the same weights, byte for byte. corpus/models.json says which pages each model learns from.

    \b
    mithaq train
    mithaq train --only events --only relevance
    mithaq train --check
    """
    from mithaq.evaluate import train as training

    if measure:
        training.measure(root, only or (), tell=lambda name, line: emit(f"{name:11} {line}\n"))
        return
    tell(_HEAD)
    outcomes = training.train(root, only or (), write=not check, tell=lambda outcome: emit(_row(outcome)))
    changed = [outcome.name for outcome in outcomes if outcome.verdict in ("changed", "new")]
    if check and changed:
        complain(f"not what the corpus gives: {', '.join(changed)}; learn them with: mithaq train --only {' --only '.join(changed)}")
        raise typer.Exit(1)


def _row(outcome: Outcome) -> str:
    counts = f"{outcome.name:11} {outcome.pages:5} {outcome.examples:8} {outcome.weights:7}"
    return f"{counts} {outcome.size / 1000:6.1f} {outcome.seconds:7.1f}  {outcome.verdict}\n"
