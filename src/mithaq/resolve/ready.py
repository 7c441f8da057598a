"""Reports made ready to be compared with those of many other pages: what every comparison asks of them is worked out once."""

from __future__ import annotations

from collections.abc import Iterable

from mithaq.model.happening import COMMITMENT, ReportKey, Teller, Telling
from mithaq.text.moments import Moment, read_moment
from mithaq.text.skeleton import Names

_PLANS = ("planned",)
_DONE = ("held", "running", "completed", "launched", None)


def moment_of(telling: Telling) -> Moment | None:
    """Return when a report's happening takes place."""
    report = telling.report
    ahead = report.stage in _PLANS or report.type == COMMITMENT
    return read_moment(report.date, report.date_end, telling.teller.published, ahead=ahead)


class Side:
    """One of the two reports of a comparison, with all that is asked of it."""

    __slots__ = (
        "bodies", "deed", "document", "figures", "page_figures", "page_names", "page_rare", "people", "plan", "programmes", "published",
        "rare", "report", "sides", "stage", "teller", "things", "topics", "when", "who", "words",
    )  # fmt: skip

    def __init__(self, telling: Telling, page: _Page | None = None) -> None:
        report, teller = telling.report, telling.teller
        page = page or _Page(teller)
        self.report, self.teller, self.document = report, teller, teller.document
        self.published, self.page_names, self.page_rare, self.page_figures = page.published, page.names, page.rare, page.figures
        self.when = moment_of(telling)
        self.sides, self.topics, self.who = frozenset(report.sides), frozenset(report.topics), frozenset(report.who)
        self.figures, self.words, self.rare = frozenset(report.figures), frozenset(report.words), frozenset(report.rare)
        self.people, self.bodies, self.programmes = Names(report.people), Names(report.bodies), Names(report.programmes)
        self.things = frozenset(report.things)
        self.stage = "done" if report.stage in _DONE else str(report.stage)
        # The day before which a page that speaks of this as to come speaks of something else; and the day of such a page.
        self.deed = self.plan = None
        if report.type != COMMITMENT and report.stage in _PLANS:
            self.plan = page.published.first if page.published else None
        elif report.stage not in _PLANS:
            done = read_moment(report.date, None, teller.published, ahead=False)
            self.deed = done and (done.first if done.known else done.last)


class _Page:
    """What every comparison asks of a page."""

    __slots__ = ("figures", "names", "published", "rare")

    def __init__(self, teller: Teller) -> None:
        self.published = read_moment(teller.published, None, None, ahead=False)
        self.names, self.rare, self.figures = Names(teller.names), frozenset(teller.rare), frozenset(teller.figures)


def ready(tellings: Iterable[Telling]) -> dict[ReportKey, Side]:
    """Return the reports of one page, by their place, made ready to be compared with those of many others."""
    page: _Page | None = None
    found = {}
    for telling in tellings:
        page = page or _Page(telling.teller)
        found[telling.key] = Side(telling, page)
    return found
