"""Where the reports of one happening do not say the same: its date, stage, place and sides, spellings of names, sums and figures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from mithaq.model import Amount
from mithaq.model.happening import Difference, Report, Telling, Value
from mithaq.text.characters import has_arabic
from mithaq.text.fold import fold_text
from mithaq.text.skeleton import same_names

Said = Callable[[Report], str | None]


def find_differences(tellings: Sequence[Telling]) -> tuple[Difference, ...]:
    """Return each point on which two pages contradict each other; what one page leaves open contradicts nobody."""
    plain: tuple[tuple[str, Said, Callable[[str, str], bool]], ...] = (
        ("date", lambda r: r.date, _same_date),
        ("date_end", lambda r: r.date_end, _same_date),
        ("stage", lambda r: r.stage, str.__eq__),
        ("parties", lambda r: ", ".join(r.parties) or None, str.__eq__),
        ("place", lambda r: r.place, _same_spelling),
        ("place_country", lambda r: r.place_country, str.__eq__),
        ("amount", lambda r: _amount(r.amount), str.__eq__),
    )
    found = [_compare(field, [(said(t.report), t.teller.document) for t in tellings], same) for field, said, same in plain]
    found += _spellings("people", tellings, lambda r: r.people)
    found += _spellings("bodies", tellings, lambda r: r.bodies)
    found += [_absences("people", tellings)]
    return tuple(difference for difference in found if difference)


def _amount(amount: Amount | None) -> str | None:
    return f"{amount.value:.15g} {amount.currency}" if amount else None


def _same_date(a: str, b: str) -> bool:
    """A month does not contradict a day in it."""
    return a.startswith(b) or b.startswith(a)


def _same_spelling(a: str, b: str) -> bool:
    """Two scripts spell one place in two ways: only within one script does a spelling tell."""
    return has_arabic(a) != has_arabic(b) or same_names(a, b) or fold_text(a) in fold_text(b) or fold_text(b) in fold_text(a)


def _compare(field: str, said: Iterable[tuple[str | None, str]], same: Callable[[str, str], bool]) -> Difference | None:
    """Return what is said of a field when two of its values are not the same."""
    by_value: dict[str, list[str]] = {}
    for value, document in said:
        if value:
            by_value.setdefault(value, []).append(document)
    values = sorted(by_value)
    if all(same(a, b) for n, a in enumerate(values) for b in values[n + 1 :]):
        return None
    return Difference(field, tuple(Value(value, tuple(sorted(set(by_value[value])))) for value in values))


def _spellings(field: str, tellings: Sequence[Telling], named: Callable[[Report], Iterable[str]]) -> Iterator[Difference]:
    """Yield each name that pages in one script spell in two ways."""
    printed: list[list[tuple[str, str]]] = []
    for name, document in sorted((name, t.teller.document) for t in tellings for name in named(t.report)):
        home = next((group for group in printed if any(same_names(name, other) for other, _ in group)), None)
        if home is None:
            printed.append([(name, document)])
        else:
            home.append((name, document))
    for group in printed:
        for arabic in (True, False):
            spelt = _compare(field, [(name, document) for name, document in group if has_arabic(name) == arabic], _same_letters)
            if spelt:
                yield spelt


def _same_letters(a: str, b: str) -> bool:
    return fold_text(a) == fold_text(b)


def _absences(field: str, tellings: Sequence[Telling]) -> Difference | None:
    """Return who is named by some pages, and not by others that name people too."""
    naming = [t for t in tellings if t.report.people]
    groups: list[list[tuple[str, str, str]]] = []
    for name, entity, document in sorted((n, t.report.known.get(n, ""), t.teller.document) for t in naming for n in t.report.people):
        home = next((g for g in groups if any(_same_person(name, entity, other, whose) for other, whose, _ in g)), None)
        if home is None:
            groups.append([(name, entity, document)])
        else:
            home.append((name, entity, document))
    everybody = len({t.teller.document for t in naming})
    told = [(group[0][0], tuple(sorted({document for _, _, document in group}))) for group in groups]
    missing = tuple(Value(name, documents) for name, documents in told if len(documents) < everybody)
    return Difference(f"{field}_named", missing) if missing else None


def _same_person(name: str, entity: str, other: str, whose: str) -> bool:
    """Who they are decides; where that is not known, how they are spelt."""
    return entity == whose if entity and whose else same_names(name, other)
