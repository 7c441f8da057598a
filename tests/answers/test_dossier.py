"""The dossier: which pages and facts it takes, and that every line has its words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawn_documents import drawn_documents
from made_documents import arabic_document, english_document, french_document, make_document, quote
from mithaq.answers.dossier import Dossier, build_dossier
from mithaq.answers.sources import Proof
from mithaq.errors import QuestionError
from mithaq.model import Document, Event, Pair, Person, Statement


def proofs_in(node: Any) -> Iterator[Proof]:
    """Yield every proof anywhere in a dossier."""
    if isinstance(node, Proof):
        yield node
    elif isinstance(node, msgspec.Struct):
        for name in node.__struct_fields__:
            yield from proofs_in(getattr(node, name))
    elif isinstance(node, tuple | list):
        for item in node:
            yield from proofs_in(item)


def assert_proven(dossier: Dossier, documents: dict[str, Document]) -> None:
    for proof in proofs_in(dossier):
        text = documents[proof.document].text
        assert text[proof.start : proof.end] == proof.quote
        assert text[proof.start - len(proof.before) : proof.end + len(proof.after)] == proof.sentence
        assert dossier.source_of(proof).document == proof.document


def test_one_event_of_two_pages_stands_once_with_both_sources() -> None:
    dossier = build_dossier([french_document(), arabic_document()], ("OM", "DJ"))
    (event,) = dossier.timeline
    assert event.date == "2024-03-03"
    assert [dossier.source_of(proof).outlet for proof in event.proofs] == ["sahil.example", "rivage.example"]
    assert event.people == ("سالم الحارثي", "حواء عثمان")


def test_needs_stand_beside_the_offers_of_the_other_side() -> None:
    text = "الرباط مستعدة لتدريب المهندسين. ليبرفيل محتاجة إلى مهندسين."
    bare = make_document("عنوان", text)
    offer = Statement(kind="offer", country="MA", topics=("digital_skills",), evidence=quote(bare.text, "الرباط مستعدة لتدريب المهندسين"))
    need = Statement(kind="need", country="GA", topics=("digital_skills",), evidence=quote(bare.text, "ليبرفيل محتاجة إلى مهندسين"))
    page = make_document("عنوان", text, statements=(offer, need), pairs=(Pair("GA", "MA", offer.evidence),), relevant=True)
    (exchange,) = build_dossier([page], ("MA", "GA")).exchanges
    assert (exchange.needing, exchange.offering, exchange.shared) == ("GA", "MA", ("digital_skills",))
    assert [line.proofs[0].quote for line in exchange.needs] == ["ليبرفيل محتاجة إلى مهندسين"]
    assert [line.proofs[0].quote for line in exchange.offers] == ["الرباط مستعدة لتدريب المهندسين"]


def test_other_pairs_and_pages_not_on_digital_matters_are_left_out() -> None:
    pages = [arabic_document(), english_document(), french_document(relevant=False)]
    assert [s.outlet for s in build_dossier(pages, ("DJ", "OM")).sources] == ["sahil.example"]
    assert len(build_dossier(pages, ("DJ", "OM"), relevant_only=False).sources) == 2
    assert build_dossier(pages, ("FR", "OM")) == build_dossier([], ("FR", "OM"))


def test_what_the_hub_of_several_pairs_says_is_not_given_to_each() -> None:
    body = "أعلنت سيول أنها ستدرب المهندسين. واجتمعت مع القاهرة ثم مع أديس أبابا. وقالت القاهرة إنها تحتاج إلى التدريب."
    bare = make_document("سيول", body).text
    hub = Statement(kind="offer", country="KR", evidence=quote(bare, "أعلنت سيول أنها ستدرب المهندسين"))
    own = Statement(kind="need", country="EG", evidence=quote(bare, "القاهرة إنها تحتاج إلى التدريب"))
    evidence = quote(bare, "واجتمعت مع القاهرة")
    pairs = (Pair("EG", "KR", evidence), Pair("ET", "KR", evidence))
    page = make_document("سيول", body, statements=(hub, own), pairs=pairs, relevant=True)
    assert [s.country for s in build_dossier([page], ("KR", "EG")).statements] == ["EG"]
    toward = msgspec.structs.replace(hub, toward="EG")
    page = msgspec.structs.replace(page, statements=(toward, own))
    assert {s.country for s in build_dossier([page], ("KR", "EG")).statements} == {"KR", "EG"}
    assert build_dossier([page], ("KR", "ET")).statements == ()


def test_what_is_unknown_is_listed_with_the_words_of_the_text() -> None:
    dossier = build_dossier([english_document()], ("EE", "RW"))
    assert dossier.timeline == () and [e.date_text for e in dossier.undated] == ["on Tuesday"]
    gaps = {gap.kind: gap for gap in dossier.gaps}
    assert gaps["event_date_relative"].words == "on Tuesday"
    assert gaps["page_date"].source == 1 and gaps["page_outlet"].source == 1


def test_words_that_are_no_day_on_a_page_with_a_date_are_told_as_a_limit_or_a_period() -> None:
    gaps = {gap.kind: gap for gap in build_dossier([english_document(published="2024-05-02")], ("EE", "RW")).gaps}
    assert gaps["event_date_open"].words == "on Tuesday" and "event_date_relative" not in gaps


def test_protected_pages_give_the_quote_and_nothing_around_it() -> None:
    dossier = build_dossier([arabic_document(rights="protected")], ("DJ", "OM"))
    assert dossier.sources[0].is_protected
    assert all(proof.sentence == proof.quote for proof in proofs_in(dossier))
    free = build_dossier([arabic_document()], ("DJ", "OM"))
    assert any(len(proof.sentence) > len(proof.quote) for proof in proofs_in(free))


def test_a_person_with_two_offices_has_both() -> None:
    def page(role: str, day: str) -> Document:
        body = f"قال {role} سالم الحارثي إن عمان تتعاون مع جيبوتي."
        bare = make_document(f"خبر {day}", body).text
        mentions = (quote(bare, "سالم الحارثي"),)
        person = Person(name="سالم الحارثي", mentions=mentions, country="OM", role=role, role_evidence=quote(bare, role))
        pair = Pair("DJ", "OM", quote(bare, "عمان تتعاون مع جيبوتي"))
        return make_document(f"خبر {day}", body, people=(person,), pairs=(pair,), relevant=True, published=day)

    (person,) = build_dossier([page("وزير الاتصالات", "2024-01-01"), page("رئيس الهيئة", "2025-01-01")], ("DJ", "OM")).people
    assert [office.role for office in person.offices] == ["وزير الاتصالات", "رئيس الهيئة"]
    assert [office.proof.quote for office in person.offices] == ["وزير الاتصالات", "رئيس الهيئة"]


def test_agreements_stand_under_their_stage_and_planned_ones_are_not_the_latest_event() -> None:
    body = "وقعت عمان وجيبوتي اتفاقا. وستوقعان آخر في 2030."
    bare = make_document("خبر", body).text
    both = ("DJ", "OM")
    signed = Event(type="agreement", stage="signed", parties=both, date="2024-01-02", evidence=quote(bare, "وقعت عمان وجيبوتي اتفاقا"))
    planned = Event(type="agreement", stage="planned", parties=both, date="2030", evidence=quote(bare, "وستوقعان آخر في 2030"))
    page = make_document("خبر", body, events=(planned, signed), relevant=True)
    dossier = build_dossier([page], ("DJ", "OM"))
    assert [(group.stage, len(group.agreements)) for group in dossier.agreements] == [("planned", 1), ("signed", 1)]
    assert dossier.glance.latest is not None and dossier.glance.latest.stage == "signed"


def test_two_equal_sides_are_refused() -> None:
    with pytest.raises(QuestionError, match="two different sides"):
        build_dossier([], ("MA", "MA"))


def test_the_demo_pages_make_full_dossiers(gold_documents: tuple[Document, ...]) -> None:
    dossier = build_dossier(gold_documents, ("JO", "MR"))
    assert dossier.glance.pages >= 5 and dossier.glance.invented_pages == dossier.glance.pages
    assert dossier.exchanges and dossier.agreements and dossier.statements_of("commitment") and dossier.gaps
    assert_proven(dossier, {d.id: d for d in gold_documents})


@given(st.lists(drawn_documents(), max_size=3, unique_by=lambda d: d.id), st.permutations(["DJ", "MA", "OM"]))
def test_every_line_is_proven_and_order_of_pages_changes_nothing(documents: list[Document], sides: list[str]) -> None:
    pair = (sides[0], sides[1])
    dossier = build_dossier(documents, pair, relevant_only=False)
    assert_proven(dossier, {d.id: d for d in documents})
    assert build_dossier(documents[::-1], pair, relevant_only=False).sources == dossier.sources
    keys = [line.key for line in (*dossier.timeline, *dossier.undated, *dossier.statements, *dossier.people, *dossier.figures)]
    assert len(keys) == len(set(keys))
