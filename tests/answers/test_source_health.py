"""How sources are doing: what stands first, and in what pages fall short of what their source's file promises."""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace

from made_documents import make_document
from mithaq.answers.source_health import examine_pages, tell_health
from mithaq.lexicon.sources import Healthy, packaged_sources
from mithaq.store import Capture, MadeBy, open_store
from mithaq.store.schedule import SourceRow

NOW = 1_700_000_000.0
HESPRESS = packaged_sources()["hespress"]


def row(source: str, **more: object) -> SourceRow:
    said = {"channels": 2, "followed": 2, "failing": 0, "reason": "", "due": NOW, "asked": NOW, "succeeded": NOW, "brought_at": NOW}
    return SourceRow(source=source, **{**said, **more})  # type: ignore[arg-type]  # fields by name


def test_those_that_need_somebody_stand_first() -> None:
    rows = [
        row("fine", found=14, states={"kept": 1, "other": 3, "gone": 2, "unread": 1, "waiting": 5}),
        row("silent", brought_at=NOW - 8 * 86400), row("left", followed=0), row("fails", failing=2, reason="the site answers 500"),
        row("new", asked=None, succeeded=None, brought_at=None), row("half", failing=1),
    ]  # fmt: skip
    told = tell_health(rows, {"fine": HESPRESS}, "ar", NOW)
    assert [(one.source, one.standing) for one in told] == [
        ("fails", "failing"), ("silent", "silent"), ("new", "new"), ("fine", "well"), ("half", "well"), ("left", "left"),
    ]  # fmt: skip
    fine = told[3]
    assert (fine.name, fine.a_day, fine.pages, fine.relevant, fine.gone, fine.failed, fine.waiting) == ("هسبريس", 2.0, 4, 0.25, 2, 1, 5)
    assert fine.seen == "2023-11-14T22:13:20+00:00" and told[2].seen is None


def test_pages_are_held_against_what_the_file_promises(tmp_path: Path) -> None:
    words = " ".join(f"word{n}" for n in range(90))
    with open_store(tmp_path / "x.sqlite") as store:
        for n in range(10):
            body = f"{words} {n}" if n < 6 else f"short {n} Follow us everywhere"
            day = None if n % 2 else "2025-01-01"
            made = make_document(f"Title {n}", body, lang="en", path=str(n), outlet="fr.hespress.com", published=day)
            store.put(made, Capture(hash=str(n), file="f", added="2025-01-01T00:00:00+00:00"), MadeBy("1", "2"))
        source = replace(HESPRESS, healthy=Healthy(80, True, True), furniture=("Follow us everywhere",))
        number, faults = examine_pages(store, source)
        assert number == 10
        assert [(one.what, one.number, one.pages) for one in faults] == [("words", 4, 10), ("date", 5, 10), ("furniture", 4, 10)]
        assert examine_pages(store, replace(source, healthy=Healthy(), furniture=())) == (10, [])
        assert examine_pages(store, replace(source, hosts=("other.example",))) == (0, [])
