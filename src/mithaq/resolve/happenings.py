"""Bring together the reports of one happening: which pages tell of the same, compared only where sides, type and time may meet.

What comes out depends on the pages kept and on people's decisions alone. A page that is new or read again touches its own reports, those
that they may be one with, and no others.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from itertools import combinations, islice
from typing import Any

from mithaq.errors import QuestionError
from mithaq.model import Document
from mithaq.model.fact import split_key
from mithaq.model.happening import Happening, ReportKey, Telling
from mithaq.resolve.alike import probability, worth_comparing
from mithaq.resolve.blocks import keys_asked, keys_of
from mithaq.resolve.compose import compose
from mithaq.resolve.grouping import cluster
from mithaq.resolve.ready import Side, ready
from mithaq.resolve.reports import place_reports, read_reports
from mithaq.store.happenings import Workbench

# Pairs below are not kept; that of two reports of one group nothing is kept speaks against the group.
LEAST, UNKNOWN = 0.05, 0.05
PAGES_KEPT = 250  # whose reports are at hand: memory does not grow with the number of pages
REPORTS_AT_A_TIME = 500  # that are grouped anew, with all that is linked to them
Load = Callable[[str], Document]
Progress = Callable[[int, int, str], None]
Pair = tuple[ReportKey, ReportKey]
# Two reports as a decision names them.
Fact = tuple[str, str]


def update_happenings(bench: Workbench, load: Load, progress: Progress | None = None) -> set[str]:
    """Make happenings anew as far as documents have changed; return the ids of those that are new, changed or gone.

    *load* gives a document as people judged it, and raises QuestionError for one that is there no longer.
    """
    stale = bench.stale()
    if not stale:
        return set()
    known = _Known(bench)
    touched = bench.forget(stale)
    for number, source in enumerate(stale, start=1):
        touched |= _read(bench, known, source, load)
        if progress:
            progress(number, len(stale), source)
    fresh = frozenset(stale)
    for source in stale:
        bench.link_reports(_compare(bench, known, source, fresh))
    changed = _make_again(bench, known, touched)
    bench.done(stale)
    return changed


class _Known:
    """The reports of the pages met last, so many that most comparisons find theirs at hand; the others are asked for again."""

    def __init__(self, bench: Workbench) -> None:
        self._bench = bench
        self._pages: dict[str, dict[ReportKey, Telling]] = {}
        self._sides: dict[str, dict[ReportKey, Side]] = {}

    def put(self, tellings: Iterable[Telling], source: str) -> None:
        _make_room(self._pages)
        self._pages[source] = {telling.key: telling for telling in tellings}

    def page(self, source: str) -> dict[ReportKey, Telling]:
        if source not in self._pages:
            self.fetch([source])
        return self._pages[source]

    def fetch(self, sources: Iterable[str]) -> None:
        """Have the reports of pages at hand, of very many of them the last."""
        missing = {source for source in sources if source not in self._pages}
        for told in self._bench.told(missing):
            missing.discard(told.teller.document)
            self.put((Telling(told.teller, report) for report in told.reports), told.teller.document)
        for source in missing:
            self.put((), source)

    def telling(self, key: ReportKey) -> Telling:
        return self.page(key[0])[key]

    def sides(self, source: str) -> dict[ReportKey, Side]:
        """Return the reports of a page made ready to be compared."""
        known = self._sides.get(source)
        if known is None:
            _make_room(self._sides)
            known = self._sides[source] = ready(self.page(source).values())
        return known


def _make_room(pages: dict[str, Any]) -> None:
    """Let the pages go that were met first, when there are too many."""
    if len(pages) >= PAGES_KEPT:
        for source in list(islice(pages, PAGES_KEPT // 2)):
            del pages[source]


def _read(bench: Workbench, known: _Known, source: str, load: Load) -> set[ReportKey]:
    """Take the reports out of one document, and keep them; return their keys."""
    told = bench.draft(source)
    if told is None:
        try:
            told = read_reports(load(source))
        except QuestionError:
            known.put((), source)
            return set()
    told = place_reports(told, bench.members(source), bench.standing(source))
    tellings = [Telling(told.teller, report) for report in told.reports]
    bench.put_told(told, {telling.key: keys_of(telling) for telling in tellings})
    known.put(tellings, source)
    return {telling.key for telling in tellings}


def _compare(bench: Workbench, known: _Known, source: str, fresh: Collection[str]) -> dict[Pair, float]:
    """Return how likely a page's reports are of one happening with those of other pages, where that is likely at all.

    Two pages that are both *fresh* are compared once.
    """
    found: dict[Pair, float] = {}
    mine = known.sides(source)
    for key, telling in known.page(source).items():
        near = {other for other in bench.under(keys_asked(telling)) if other[0] not in fresh or other[0] > source}
        known.fetch(other[0] for other in near)
        side = mine[key]
        for other in near:
            theirs = known.sides(other[0])[other]
            if worth_comparing(side, theirs):
                likely = probability(side, theirs)
                if likely >= LEAST:
                    found[min(key, other), max(key, other)] = likely
    return found


def _make_again(bench: Workbench, known: _Known, touched: Collection[ReportKey]) -> set[str]:
    """Group the reports touched, and all linked to them, anew; return the ids of happenings that are new, changed or gone.

    A part of them at a time, so that memory does not grow with their number: reports of two parts are linked by nothing. A happening that
    falls into two parts goes with the first, and what remains of it is made when the other's turn comes.
    """
    decided = _decided(bench, known)
    changed: set[str] = set()
    waiting = sorted(touched)
    while True:  # once at least: a decision may be gone with all that it was about
        reached, links = _reach(bench, waiting[:REPORTS_AT_A_TIME], decided["same"])
        changed |= _group(bench, known, reached, links, decided)
        waiting = [key for key in waiting if key not in reached]
        if not waiting:
            return changed


def _group(
    bench: Workbench, known: _Known, reached: Collection[ReportKey], links: Mapping[Pair, float], decided: Mapping[str, Mapping[Pair, Fact]]
) -> set[str]:
    """Group reports that are linked to no others; return the ids of happenings that are new, changed or gone."""
    together, apart = list(decided["same"]), decided["different"]
    before = {happening.id: happening for happening in bench.happenings(bench.happening_ids(reached))}
    there = bench.known(reached)
    on_one_page = _pages_apart(there)
    clusters = cluster(there, links, together=together, apart=[*apart, *on_one_page], unknown=UNKNOWN)
    composed = [(group, _compose(known, group)) for group in clusters.groups]
    after = {happening.id: happening for _, happening in composed}
    home = {key: happening.id for group, happening in composed for key in group}
    _keep_conflicts(bench, decided["same"], clusters.conflicts, there, home)
    changed = {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
    bench.drop_happenings(sorted(changed & before.keys()))
    for key in sorted(changed & after.keys()):
        bench.put_happening(after[key])
    return changed


def _compose(known: _Known, group: Collection[ReportKey]) -> Happening:
    known.fetch(key[0] for key in group)
    return compose(known.telling(key) for key in group)


def _keep_conflicts(
    bench: Workbench, same: Mapping[Pair, Fact], conflicts: Iterable[Pair], there: Collection[ReportKey], home: Mapping[ReportKey, str]
) -> None:
    """Keep the decisions to be one that others contradict; those about reports that were not touched stay as they were."""
    by_pair = {frozenset(pair): (fact, pair) for pair, fact in same.items()}
    standing = {fact for fact, pair in by_pair.values() if not set(pair) <= set(there)}
    refused = [by_pair[frozenset(pair)] for pair in conflicts]
    bench.put_conflicts(standing, {fact: home[pair[0]] for fact, pair in refused})


def _reach(bench: Workbench, touched: Collection[ReportKey], together: Iterable[Pair]) -> tuple[set[ReportKey], Mapping[Pair, float]]:
    """Return all reports that may share a happening with those touched, by links or by people's decisions."""
    bound: defaultdict[ReportKey, set[ReportKey]] = defaultdict(set)
    for a, b in together:
        bound[a].add(b)
        bound[b].add(a)
    start = set(touched)
    while True:
        reached, links = bench.linked_reports(start)
        more = {other for key in reached for other in bound.get(key, ())} - reached
        if not more:
            return reached, links
        start = reached | more


def _pages_apart(reports: Iterable[ReportKey]) -> Iterator[Pair]:
    """Yield every two reports of one page: they are never one happening."""
    pages: defaultdict[str, list[ReportKey]] = defaultdict(list)
    for key in sorted(reports):
        pages[key[0]].append(key)
    for keys in pages.values():
        yield from combinations(keys, 2)


def _decided(bench: Workbench, known: _Known) -> dict[str, dict[Pair, Fact]]:
    """Return the pairs of reports that people hold to be one ("same"), and those that they hold apart, with their names in the decision."""
    decided: dict[str, dict[Pair, Fact]] = {"same": {}, "different": {}}
    for verb, subject, other in bench.bonds():
        a, b = _report_of(subject, known), _report_of(other, known)
        if a and b and a != b:
            decided[verb][a, b] = (subject, other)
    return decided


def _report_of(fact: str, known: _Known) -> ReportKey | None:
    """Return the report that a fact's name means: by the name, else by its words and kind; None when no reading finds it."""
    try:
        source, kind, start, end = split_key(fact)
    except ValueError:
        return None
    family = kind.partition(".")[0]
    page = known.page(source) if family in ("event", "statement") else {}
    for key, telling in page.items():
        if telling.report.key == fact:
            return key
    kin = [
        key
        for key, telling in page.items()
        if telling.report.list == f"{family}s" and (telling.report.evidence.start, telling.report.evidence.end) == (start, end)
    ]
    return kin[0] if len(kin) == 1 else None
