"""Learn how much each sign tells that two reports are of one happening.

python -m mithaq.evaluate.learn_happenings

The weights come from the connected stories of the corpus (``corpus/world``) whose gold says which pages tell which happening; only
stories of the training split are read. What tells that two happenings are of one matter: ``mithaq.evaluate.learn_threads``.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from mithaq.evaluate.identity import match_happenings
from mithaq.evaluate.logistic import BIAS, Row, fit
from mithaq.evaluate.world import Story, read_stories
from mithaq.export.happenings import event_row
from mithaq.follow import signs as matters
from mithaq.lexicon.weighing import Scales, Sign
from mithaq.model.happening import COMMITMENT, Happening, Telling, Told
from mithaq.pipeline import read_page
from mithaq.resolve import alike
from mithaq.resolve.compose import compose
from mithaq.resolve.entities import resolve
from mithaq.resolve.happenings import update_happenings
from mithaq.store import Capture, MadeBy, Store, open_store

REPORTS = Path("src/mithaq/knowledge/models/happenings.json")
ABOUT = "Logistic regression over what two {} have in common, moved from what was held before by pairs whose gold is known."
# How hard what was held of a sign before is held against what the stories teach: they are few, and small beside the world.
PENALTY = 1.0
_BEFORE, _FREE = "before", 0.01
_DIGITS = 3


class Known(msgspec.Struct, frozen=True):
    """What mithaq found in the stories: all reports by page, all happenings."""

    tellings: dict[str, list[Telling]]
    happenings: tuple[Happening, ...]


def find_all(stories: Sequence[Story]) -> Known:
    """Read the pages of stories into a database for the purpose, and return what they report."""
    with TemporaryDirectory() as folder, open_store(Path(folder) / "stories.sqlite") as store:
        for page in (page for story in stories for page in sorted(story.folder.glob("*.txt"))):
            document = read_page(page)
            store.put(document, Capture(hash=document.id, file=page.name, added=""), MadeBy("learning", "learning"))
        resolve(store)
        with store.workbench() as bench:
            update_happenings(bench, store.document)
        return known_of(store)


def known_of(store: Store) -> Known:
    """Return what a workspace's pages report."""
    with store.workbench() as bench:
        told: list[Told] = list(bench.told(document.id for document in store.documents()))
    tellings = {_stem(page.teller.path): [Telling(page.teller, report) for report in page.reports] for page in told}
    return Known(tellings, tuple(store.happenings()))


def _stem(path: str | None) -> str:
    return Path(path or "").stem


def report_rows(stories: Sequence[Story], known: Known) -> Iterator[Row]:
    """Yield every two reports that are compared and whose gold is known, with whether they are of one happening."""
    alone = {compose([telling]).id: telling for tellings in known.tellings.values() for telling in tellings}
    rows = [event_row(compose([telling])) for telling in alone.values() if telling.report.type != COMMITMENT]
    for story in stories:
        matched = match_happenings([story], rows)
        found = sorted((str(label[1]), alone[str(row)].key) for label, row in matched.items() if isinstance(label, tuple))
        by_key = {alone[str(row)].key: alone[str(row)] for row in matched.values()}
        for (event, a), (other, b) in combinations(found, 2):
            if alike.may_be_one(by_key[a], by_key[b]):
                first, second = sorted((by_key[a], by_key[b]), key=lambda t: t.key)
                yield Row(alike.read_signs(first, second), event == other)


def learn(
    rows: Iterable[Row],
    before: Mapping[str, float],
    threshold: float,
    about: str,
    stories: Sequence[Story],
    *,
    strangers: Sequence[Row] = (),
) -> Scales:
    """Return the weights learned from pairs; *before* is what was held of each sign, and of the bias.

    What was held before is one more sign, free to count more or less as a whole; each sign's own weight is moved from there only as far
    as the pairs insist. *strangers* are more pairs that are not one, with what each of them counts.
    """
    pairs = list(rows)
    right = sum(row.holds for row in pairs)
    # Only pairs whose gold is known are seen, and of these more are one than in the world: all that are not count as much as all that are.
    share = max(1.0, right / max(1, len(pairs) - right))
    weighed = [*(row._replace(share=1.0 if row.holds else share) for row in pairs), *strangers]
    seen = [row._replace(signs={**row.signs, _BEFORE: _total(row.signs, before)}) for row in weighed]
    found = fit(seen, lambda name: _FREE if name == _BEFORE else PENALTY)
    kept = found.pop(_BEFORE)
    weights = {name: round(kept * held + found.get(name, 0.0), _DIGITS) for name, held in sorted(before.items())}
    bias = weights.pop(BIAS)
    return Scales(about, bias, threshold, weights, tuple(sorted(story.folder.name for story in stories)))


def held(signs: Iterable[Sign[alike.Two] | Sign[matters.Two]], bias: float) -> dict[str, float]:
    """Return what is held of each sign before any page is read."""
    return {BIAS: bias} | {sign.name: sign.weight for sign in signs}


def _total(signs: Mapping[str, float], weights: Mapping[str, float]) -> float:
    return weights[BIAS] + sum(weights[name] * value for name, value in signs.items())


def write_scales(file: Path, scales: Scales) -> None:
    """Write learned weights as they are packaged."""
    file.write_bytes(msgspec.json.format(msgspec.json.encode(scales), indent=1) + b"\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Learn from the checkout's stories and write the weights into its knowledge folder."""
    parser = argparse.ArgumentParser(description="Learn what tells that reports are of one happening.")
    parser.add_argument("root", type=Path, nargs="?", default=Path(), help="root of a checkout (default: here)")
    root: Path = parser.parse_args(arguments).root
    stories = read_stories(root, "train")
    rows = list(report_rows(stories, find_all(stories)))
    scales = learn(rows, held(alike.SIGNS, alike.BIAS), 0.5, ABOUT.format("reports"), stories)
    write_scales(root / REPORTS, scales)
    print(f"{len(rows)} pairs, {sum(row.holds for row in rows)} of them one, {len(scales.weights)} weights: {root / REPORTS}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
