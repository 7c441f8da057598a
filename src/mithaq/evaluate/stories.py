"""Measure the whole road on connected stories that nothing was learned from: pages read, kept, put together, and followed.

Asked is what an analyst asks: is she one person on all pages, is it one event, what came of it, which pages copy each other. The stories
go into a store, as a user's pages do, so that what a page loses on the way is lost here, too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from mithaq.evaluate.identity import (
    Clusters,
    match_happenings,
    score_copies,
    score_entities,
    score_happenings,
    score_outcomes,
    score_threads,
)
from mithaq.evaluate.who import fill_store, list_entities
from mithaq.evaluate.world import Story
from mithaq.export.happenings import event_row, thread_row
from mithaq.follow.link import update_threads
from mithaq.lexicon import load_lexicon
from mithaq.resolve.grouping import group_apart
from mithaq.resolve.happenings import update_happenings
from mithaq.store import SqlStore, open_store

STORIES = "stories"
_NAMES = {"person": "people", "body": "bodies", "programme": "programmes"}


def measure_stories(stories: Sequence[Story]) -> dict[str, float]:
    """Return the figures of stories by name: B-cubed F1 of who is who and of happenings, F1 of links and copies, and finds.

    Clusters are scored over what was found on the pages; how much that is has figures of its own ("people found").
    """
    with TemporaryDirectory() as folder, open_store(Path(folder) / "stories.sqlite") as store:
        fill_store(store, stories, load_lexicon())
        with store.workbench() as bench:
            update_threads(bench, update_happenings(bench, store.document), group_apart)
        return _figures(stories, store)


def _figures(stories: Sequence[Story], store: SqlStore) -> dict[str, float]:
    figures: dict[str, float] = {}
    for kind, clusters in score_entities(stories, list_entities(store)).items():
        _add(figures, _NAMES[kind], clusters)
    events = [event_row(happening) for happening in store.happenings() if happening.type != "commitment"]
    _add(figures, "happenings", score_happenings(stories, events))
    matched, threads = match_happenings(stories, events), [thread_row(thread, 0, None) for thread in store.threads()]
    outcomes, links = score_outcomes(stories, threads, matched), score_threads(stories, threads, matched)
    copies = score_copies(stories, _copies(store))
    return figures | {"threads: links": links.f1 or 0.0, "promises: outcomes": outcomes.f1 or 0.0, "copies": copies.f1 or 0.0}


def _add(figures: dict[str, float], name: str, clusters: Clusters) -> None:
    figures[f"{name}: one on all pages"] = clusters.f1 or 0.0
    figures[f"{name}: found"] = float(clusters.found.right)


def _copies(store: SqlStore) -> list[list[str]]:
    """Return the paths of pages that repeat one article, by article."""
    groups: dict[str, list[str]] = defaultdict(list)
    for row in store.rows("documents"):
        groups[str(row["copy_of"] or row["id"])].append(str(row["path"]))
    return [paths for paths in groups.values() if len(paths) > 1]
