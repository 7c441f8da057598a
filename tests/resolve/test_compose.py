"""What pages say of one happening is put together, and where they differ is told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from mithaq.model.happening import Happening
from mithaq.store import SqlStore
from told_pages import keep, open_empty, resolve, story

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqlStore]:
    with open_empty(Path(tmp_path_factory.mktemp("told"))) as opened:
        keep(opened, story())
        resolve(opened)
        yield opened


@pytest.fixture
def signature(store: SqlStore) -> Happening:
    return max((h for h in store.happenings() if h.type == "agreement"), key=lambda h: len(h.sources))


def test_what_most_pages_say_stands_for_all(signature: Happening) -> None:
    assert (signature.type, signature.stage, signature.parties) == ("agreement", "signed", ("GA", "JO"))
    assert signature.date == "2026-04-21"
    assert signature.place == "Sahlia"
    assert signature.topics == ("digital_identity_trust",)


def test_names_in_two_scripts_are_one_person_each(signature: Happening) -> None:
    assert len(signature.people) == 2


def test_the_first_report_keeps_its_words(signature: Happening) -> None:
    assert signature.first.published == "2026-04-22"
    assert {source.published for source in signature.sources[1:]} <= {"2026-04-22", "2026-04-23"}


def test_every_report_rests_on_its_words(signature: Happening) -> None:
    texts = {document.id: document.text for document in story()}
    assert all(source.evidence.stands_in(texts[source.document]) for source in signature.sources)


def test_pages_of_one_outlet_are_one_witness(signature: Happening) -> None:
    assert len(signature.sources) == 4
    assert len(signature.witnesses) == 3


def test_where_reports_differ_is_told_with_the_pages(signature: Happening) -> None:
    found = {difference.field: difference for difference in signature.differences}
    assert [value.value for value in found["date"].values] == ["2026-04-20", "2026-04-21"]
    assert [value.value for value in found["amount"].values] == ["2000000 EUR", "3000000 EUR"]
    assert {len(value.documents) for value in found["date"].values} == {2}
    assert "stage" not in found
    assert "place" not in found, "two scripts are no difference"
    assert [value.value for value in found["people_named"].values]


def test_a_happening_without_a_report_cannot_be() -> None:
    from mithaq.errors import EvidenceError

    with pytest.raises(EvidenceError, match="no report"):
        Happening(id="h", type="meeting", sources=(), witnesses=())
