"""A whole store goes from one database to another and back, proven; the target has all of it or is as before."""

from __future__ import annotations

from pathlib import Path

import pytest

from made_documents import arabic_document, english_document, french_document
from mithaq.errors import QuestionError, StoreError
from mithaq.model.judgement import Judgement
from mithaq.store import Capture, MadeBy, Quarantined, SqlStore, open_store
from mithaq.store import moving as module
from mithaq.store.moving import copy_store
from mithaq.store.place import Place

PAGES = (arabic_document(), french_document(), english_document())


def fill(place: Place) -> None:
    with open_store(place) as store:
        for document in PAGES:
            capture = Capture(hash=document.id, file="x.warc.gz", added="2024-01-01T00:00:00+00:00", path=document.path, sidecar='{"a": 1}')
            store.put(document, capture, MadeBy("1", "2"))
        first = store.judge(Judgement(subject=f"{PAGES[0].id}/person/67-79", verb="reject", by="Amal", at="2024-01-02"))
        store.judge(Judgement(subject=f"{PAGES[0].id}/person/67-79", verb="undo", by="Amal", at="2024-01-03", replaces=first))
        store.quarantine(Quarantined("broken.txt", "it is no text", at="2024-01-01"))


def content(store: SqlStore) -> dict[str, object]:
    tables = ("documents", "captures", "people", "events", "participants", "judgements", "quarantine")
    every = {table: store.rows(table) for table in tables}
    return {**every, "found": store.search("تعاون"), "documents read": list(store.documents()), "unlinked": store.unlinked()}


@pytest.fixture(params=["file", pytest.param("server", marks=pytest.mark.slow)])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """An empty place to copy to."""
    if request.param == "file":
        return tmp_path / "there" / "mithaq.sqlite"
    from postgres_server import schema_for

    return schema_for(request.getfixturevalue("postgres_address"), tmp_path)


def test_a_store_goes_there_and_back_whole(tmp_path: Path, target: Place) -> None:
    source, home = tmp_path / "a.sqlite", tmp_path / "home.sqlite"
    fill(source)
    there = copy_store(source, target)
    back = copy_store(target, home)
    assert there == back
    assert {one.table: one.rows for one in there if one.table in ("documents", "judgements", "search")} == {
        "documents": 3, "judgements": 2, "search": 3,
    }  # fmt: skip
    with open_store(source) as before, open_store(target) as between, open_store(home) as after:
        assert content(before) == content(between) == content(after)
        assert between.check() == after.check() == []
        # Numbers go on behind those that were copied.
        assert between.judge(Judgement(subject=f"{PAGES[1].id}/page/0-1", verb="accept", by="Amal", at="2024-01-04")) == 3


def test_a_filled_target_is_refused_unless_told(tmp_path: Path, target: Place) -> None:
    source, other = tmp_path / "a.sqlite", tmp_path / "b.sqlite"
    fill(source)
    with open_store(other) as store:
        store.quarantine(Quarantined("only.txt", "no text", at="2024-01-01"))
    copy_store(source, target)
    with pytest.raises(QuestionError, match="--overwrite"):
        copy_store(other, target)
    copy_store(other, target, overwrite=True)
    with open_store(target) as store:
        assert (store.counts()["documents"], store.counts()["quarantine"], store.judgements()) == (0, 1, [])


def test_a_copy_that_fails_leaves_the_target_as_it_was(tmp_path: Path, target: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    source, other = tmp_path / "a.sqlite", tmp_path / "b.sqlite"
    fill(source)
    with open_store(other):
        pass
    copy_store(source, target)
    with open_store(target) as store:
        before = content(store)
    monkeypatch.setattr(module._Digest, "told", lambda digest: str(id(digest)))  # reads back otherwise than it was written
    with pytest.raises(StoreError, match="nothing was copied"):
        copy_store(other, target, overwrite=True)
    with open_store(target) as store:
        assert content(store) == before
    assert not list(tmp_path.rglob(".*.part"))


def test_a_store_is_not_copied_to_itself(tmp_path: Path) -> None:
    with pytest.raises(QuestionError, match="itself"):
        copy_store(tmp_path / "a.sqlite", tmp_path / "a.sqlite")
