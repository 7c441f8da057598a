"""Events in order, each once however many pages tell it, and apart those whose day no page gives."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from made_documents import arabic_document, english_document, french_document
from mithaq.answers.timeline import build_timeline, why_undated
from mithaq.errors import QuestionError
from mithaq.model import Document


def retold(document: Document, **changes: object) -> Document:
    """Return the page of *document* once more, as another outlet's, its first event changed."""
    event = replace(document.events[0], **changes)
    return replace(document, id=document.id[::-1], outlet="autre.example", events=(event,))


def test_one_event_told_by_two_pages_stands_once_with_two_sources() -> None:
    document = arabic_document()
    timeline = build_timeline((document, retold(document)))
    (line,) = timeline.dated
    assert {timeline.sources[proof.source - 1].outlet for proof in line.proofs} == {"sahil.example", "autre.example"}
    assert all(proof.quote == document.events[0].evidence.quote for proof in line.proofs)


def test_a_page_that_knows_only_the_month_joins_the_one_that_knows_the_day() -> None:
    timeline = build_timeline((french_document(), arabic_document()), pair=("OM", "DJ"))
    (line,) = timeline.dated
    assert line.date == "2024-03-03"
    assert len(line.proofs) == 2
    assert line.place == "مسقط"


@pytest.mark.parametrize(
    "changes",
    [{"type": "visit"}, {"date": "2024-03-09"}, {"parties": ("DJ", "KE")}, {"place_country": "KE"}, {"stage": "planned"}],
)
def test_what_contradicts_is_another_event(changes: dict[str, object]) -> None:
    document = arabic_document()
    assert len(build_timeline((document, retold(document, **changes))).dated) == 2


def test_one_page_never_tells_an_event_twice() -> None:
    document = arabic_document()
    assert len(build_timeline((replace(document, events=document.events * 2),)).dated) == 2


def test_events_stand_in_order_and_a_month_before_its_days() -> None:
    base = arabic_document()
    days = ["2024-05-02", "2024-05", "2023", "2024-04-30"]
    pages = [replace(retold(base, date=day, stage=None, people=()), id=str(n)) for n, day in enumerate(days)]
    pages = [
        replace(page, events=(replace(page.events[0], type=kind),))
        for page, kind in zip(pages, ("visit", "meeting", "training", "project"), strict=True)
    ]
    assert [line.date for line in build_timeline(pages).dated] == ["2023", "2024-04-30", "2024-05", "2024-05-02"]


def test_what_has_no_date_stands_apart_with_the_words_of_the_page() -> None:
    timeline = build_timeline((english_document(), arabic_document()))
    (line,) = timeline.undated
    assert (line.date, line.date_text) == (None, "on Tuesday")
    assert why_undated(line) == "words_without_a_day"
    assert why_undated(replace(line, date_text=None)) == "no_words"
    assert why_undated(timeline.dated[0]) is None


def test_a_timeline_is_of_a_pair_a_country_or_a_time() -> None:
    pages = (english_document(), arabic_document())
    assert len(build_timeline(pages, pair=("DJ", "OM")).dated) == 1
    assert build_timeline(pages, pair=("DJ", "OM")).undated == ()
    assert len(build_timeline(pages, country="EE").undated) == 1
    assert build_timeline(pages, since="2024-04").dated == ()
    within = build_timeline(pages, since="2024-03-03", until="2024-03-03")
    assert (len(within.dated), within.undated) == (1, ())
    assert build_timeline(()).sources == ()


def test_only_pages_that_tell_an_event_are_sources() -> None:
    silent = french_document(events=())
    assert len(build_timeline((silent, arabic_document()), pair=("DJ", "OM")).sources) == 1


def test_the_order_in_which_pages_come_changes_nothing() -> None:
    pages = [arabic_document(), french_document(), english_document(), retold(arabic_document(), date="2024-03-09")]
    assert build_timeline(pages) == build_timeline(pages[::-1])


def test_questions_that_make_no_sense_are_refused() -> None:
    with pytest.raises(QuestionError, match="two different sides"):
        build_timeline((), pair=("MA", "MA"))
    with pytest.raises(QuestionError, match="not a date"):
        build_timeline((), since="soon")
