"""Make one happening out of its reports: what most pages say, at the best precision; the first report's words stay the first."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from typing import TypeVar

from mithaq.model.happening import Happening, Source, Telling
from mithaq.resolve.differences import find_differences
from mithaq.resolve.witnesses import group_witnesses
from mithaq.text.skeleton import same_names

_Said = TypeVar("_Said", bound=Hashable)
_ID_DIGITS = 12
LATER = "9999"


def first_of(tellings: Iterable[Telling]) -> list[Telling]:
    """Return reports in the order in which they were published, those without a date last."""
    return sorted(tellings, key=lambda t: (t.teller.published or LATER, *t.key))


def compose(tellings: Iterable[Telling]) -> Happening:
    """Return the happening that these reports tell, whatever their order."""
    ordered = first_of(tellings)
    standing = [t for t in ordered if t.teller.stands] or ordered
    reports = [t.report for t in standing]
    best = _best_date(standing)
    return Happening(
        id=name_happening(ordered[0]),
        type=ordered[0].report.type,
        sources=tuple(_source(t) for t in ordered),
        witnesses=group_witnesses(t.teller for t in standing),
        stage=_most(r.stage for r in reports),
        parties=_most(r.parties for r in reports) or (),
        sides=_most(r.sides for r in reports) or (),
        people=_names(r.people for r in reports),
        bodies=_names(r.bodies for r in reports),
        who=tuple(sorted({entity for r in reports for entity in r.who})),
        programmes=_names(r.programmes for r in reports),
        things=tuple(sorted({entity for r in reports for entity in r.things})),
        place=_most(r.place for r in reports),
        place_country=_most(r.place_country for r in reports),
        date=best.report.date,
        date_end=best.report.date_end or _most(r.date_end for r in reports if r.date == best.report.date),
        due=None if best.report.date else _most(r.due for r in reports),
        published=next((t.teller.published for t in ordered if t.teller.published), None),
        topics=tuple(dict.fromkeys(topic for r in reports for topic in r.topics)),
        figures=tuple(sorted({figure for r in reports for figure in r.figures})),
        amounts=tuple(dict.fromkeys(r.amount for r in reports if r.amount)),
        differences=find_differences(standing),
        speaker=next((r.speaker for r in reports if r.speaker), None),
        deliverable=next((r.deliverable for r in reports if r.deliverable), None),
        promised=tuple(sorted({kind for r in reports for kind in r.promised})),
        terms=_terms(standing),
        rare=tuple(sorted({bones for r in reports for bones in r.rare})),
        page_topics=tuple(sorted({topic for t in standing for topic in t.teller.topics})),
        page_rare=tuple(sorted({bones for t in standing for bones in t.teller.rare})),
        subjects=tuple(sorted({code for r in reports for code in r.subjects})),
        page_subjects=tuple(sorted({code for t in standing for code in t.teller.subjects})),
        about=tuple(sorted({code for r in reports for code in r.about})),
        about_rare=tuple(sorted({bones for r in reports for bones in r.about_rare})),
        about_names=_names(r.about_names for r in reports),
        about_things=tuple(sorted({entity for r in reports for entity in r.about_things})),
    )


def name_happening(first: Telling) -> str:
    """Return the id of the happening whose first report this is: "h" or, for a promise, "c", and twelve digits."""
    digits = hashlib.sha256(f"{first.report.key} {first.report.list} {first.report.item}".encode()).hexdigest()[:_ID_DIGITS]
    return f"{'c' if first.report.list == 'statements' else 'h'}{digits}"


def _source(telling: Telling) -> Source:
    t, r = telling.teller, telling.report
    return Source(
        document=t.document,
        list=r.list,
        item=r.item,
        evidence=r.evidence,
        fact=r.key,
        path=t.path,
        title=t.title,
        lang=t.lang,
        outlet=t.outlet,
        published=t.published,
        rights=t.rights,
        gone=t.gone,
    )


def _most(said: Iterable[_Said | None]) -> _Said | None:
    """Return what most reports say, the first published of equals; None when none says anything."""
    counted = Counter(value for value in said if value)
    return max(counted, key=lambda value: counted[value]) if counted else None


def _best_date(ordered: Sequence[Telling]) -> Telling:
    """Return the report that dates the happening best: to the day, as most others do, published first."""
    counted = Counter(t.report.date for t in ordered if t.report.date)

    def worth(telling: Telling) -> tuple[int, int]:
        date = telling.report.date or ""
        return len(date), counted[date]

    return max(ordered, key=worth)


def _names(lists: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """Return the names of several reports each once, as the first report prints them."""
    kept: list[str] = []
    for name in (name for names in lists for name in names):
        if not any(same_names(name, other) for other in kept):
            kept.append(name)
    return tuple(kept)


def _terms(ordered: Sequence[Telling]) -> dict[str, tuple[str, ...]]:
    found: dict[str, set[str]] = {}
    for telling in ordered:
        found.setdefault(telling.teller.lang or "", set()).update(telling.report.words)
    return {lang: tuple(sorted(words)) for lang, words in sorted(found.items())}
