"""Under which keys a report stands: few, whatever its dates, and always one under which those that may be the same look for it."""

from __future__ import annotations

from msgspec.structs import replace

from mithaq.model.happening import Telling
from mithaq.resolve.blocks import keys_asked, keys_of
from mithaq.resolve.reports import read_reports
from told_pages import story

_TOLD = read_reports(story()[1])
SIGNED = Telling(_TOLD.teller, _TOLD.reports[0])
ENDLESS = Telling(_TOLD.teller, replace(_TOLD.reports[0], date="2026-04-21", date_end="9999-12-31"))


def test_what_never_ends_stands_under_few_keys_and_is_found() -> None:
    assert len(keys_of(ENDLESS)) < 20
    assert len(keys_asked(ENDLESS)) < 20
    assert set(keys_of(ENDLESS)) & set(keys_asked(SIGNED))
    assert set(keys_of(SIGNED)) & set(keys_asked(ENDLESS))
    assert set(keys_of(ENDLESS)) & set(keys_asked(ENDLESS))


def test_a_few_years_are_looked_for_quarter_by_quarter() -> None:
    decade = Telling(_TOLD.teller, replace(_TOLD.reports[0], date="2016", date_end="2026"))
    other = Telling(_TOLD.teller, replace(_TOLD.reports[0], date="2012-02-02"))
    assert not set(keys_of(other)) & set(keys_asked(decade))
