"""On a server of PostgreSQL: the same answers as in a file, many at once without loss, and plain words when something is wrong."""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import mithaq
from made_documents import arabic_document, english_document, make_document
from mithaq.errors import QuestionError, StoreError
from mithaq.model.judgement import Judgement
from mithaq.store import Capture, MadeBy, Narrow, SqlStore, open_store
from mithaq.store.migrate import read_migrations
from mithaq.store.place import Server, read_address
from mithaq.store.search import read_query
from mithaq.workspace import open_workspace
from postgres_server import schema_for, serving, why_not
from store_writers import EACH, JUDGED, WRITERS, page_of, write_some

pytestmark = [pytest.mark.slow]
DEMO = Path(mithaq.__file__).parent / "knowledge" / "demo"
MADE_BY = MadeBy("1", "2")
WORDS = (
    "تعاون", "التعاون", "وتعاونهما", "الرقمي", "الأمن", "السيبراني", "شبكات", "بمسقط", "عُمان", "coopération", "accord", "l'accord",
    "numérique", "signed", "signing", "agreement", "cable", "96.5", "2024",
)  # fmt: skip


@pytest.fixture
def server(postgres_address: str, tmp_path: Path) -> Server:
    return schema_for(postgres_address, tmp_path)


def put(store: SqlStore, document: Any, **known: Any) -> str:
    return store.put(document, Capture(hash=f"hash-of-{document.id}", file="f", added="2024-01-01", **known), MADE_BY)


# The same answers


@pytest.fixture(scope="module")
def both(postgres_address: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[SqlStore, SqlStore]]:
    """Made pages of many lengths, out of few words, in a file and on a server; some were replaced, some taken out."""
    folder = tmp_path_factory.mktemp("both")
    with open_store(folder / "mithaq.sqlite") as file, open_store(schema_for(postgres_address, folder)) as served:
        for store in (file, served):
            for n in range(90):
                words = [WORDS[(n * n + k * (3 + n % 5)) % len(WORDS)] for k in range(n % 37)]
                lang, year, outlet = ("ar", "fr", "en", None)[n % 4], f"20{10 + n % 9}" if n % 3 else None, f"o{n % 3}" if n % 7 else None
                document = make_document(
                    " ".join(words[:4]), " ".join(words), lang=lang, published=year, relevant=bool(n % 2), outlet=outlet
                )
                put(store, document)
                if n % 10 == 0:
                    store.erase(document.id, by="x", why="y", at="2024-01-01")
                elif n % 11 == 0:
                    store.put(document, Capture(hash="again", file="f", added="2024-01-02"), MADE_BY, replace=True)
        yield file, served


phrase = st.lists(st.sampled_from(WORDS), min_size=2, max_size=3).map(lambda words: f'"{" ".join(words)}"')


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(WORDS) | phrase, min_size=1, max_size=3).map(" ".join), st.integers(0, 4), st.booleans())
def test_a_search_finds_the_same_in_the_same_order(both: tuple[SqlStore, SqlStore], query: str, offset: int, relevant: bool) -> None:
    file, served = both
    assert served.search(query, limit=100) == file.search(query, limit=100)  # scores to the last digit
    narrow = Narrow(relevant=relevant)
    assert served.search_in(query, narrow, limit=5, offset=offset) == file.search_in(query, narrow, limit=5, offset=offset)
    terms = read_query(query)
    assert served.count_found(terms, narrow) == file.count_found(terms, narrow)
    assert served.tally_found(terms, narrow) == file.tally_found(terms, narrow)


def test_very_long_words_and_sidecars_are_kept_and_found(server: Server) -> None:
    document = make_document("عنوان", "x" * 9000 + " قصير", lang="en")
    with open_store(server) as store:
        put(store, document, sidecar=os.urandom(9000).hex())
        assert [hit.id for hit in store.search("x" * 9000)] == [document.id]
        assert put(store, document, sidecar="other") == "duplicate"
        assert store.counts()["captures"] == 2


def test_a_whole_workspace_gives_the_same_answers(postgres_address: str, tmp_path: Path) -> None:
    """The packaged pages read, resolved and put together on both sides: everything that a screen asks is the same."""
    told = []
    for place in (tmp_path / "a" / "mithaq.sqlite", schema_for(postgres_address, tmp_path)):
        root = tmp_path / "a" if isinstance(place, Path) else tmp_path / "b"
        with open_workspace(root, place=place) as workspace:
            workspace.ingest([DEMO], gate=False)
            told.append(answers(workspace.store))
    assert told[0].keys() == told[1].keys()
    for name, answer in told[0].items():
        assert told[1][name] == answer, name


def answers(store: Any) -> dict[str, Any]:
    """Return what a store answers to everything that takes no time into account."""
    narrow, oman = Narrow(), Narrow(country="OM")
    entities = store.entities()
    happenings = list(store.happenings())
    found: dict[str, Any] = {
        "documents": list(store.documents()), "entities": entities, "happenings": happenings, "threads": list(store.threads()),
        "questions": store.questions(), "report questions": store.report_questions(0.0, 1.0), "bonds": store.bonds(),
        "pairs": store.tally_pairs(narrow), "figures": store.tally_figures(narrow), "meetings": store.meetings(oman),
        "heads": store.heads(), "copies": store.copies(), "counts": store.counts(), "searched": store.searched(),
        "outlets": [{**row, "seen": None} for row in store.outlets()], "statistics": store.statistics(),
        "topics": store.tally_topics(("need", "offer"), narrow), "happenings counted": store.count_happenings(oman),
        "sides": store.tally_sides("need", narrow), "check": store.check(), "stale": (store.stale(), store.unlinked()),
        "members": [store.members(entity.id) for entity in entities], "mentions": [store.mentions_of(entity.id) for entity in entities],
        "pages": [store.pages_of_entity(entity.id, entity.kind) for entity in entities],
        "threads of": [store.threads_of(happening.id) for happening in happenings],
    }  # fmt: skip
    for what in ("documents", "events", "statements", "indicators", "people", "bodies", "programmes"):
        found[f"list of {what}"] = browse_all(store, what)
        found[f"number of {what}"] = (store.count(what, narrow), store.count(what, oman))
    for what in ("people", "bodies", "programmes"):
        found[f"tally of {what}"] = store.tally_entities(what, narrow)
    for measure in ("lang", "outlet", "country", "topic", "year", "month"):
        found[f"pages by {measure}"] = store.tally(measure, narrow)
    return found


def browse_all(store: Any, what: str) -> list[Any]:
    rows, after = [], None
    while True:
        stretch = store.browse(what, Narrow(), limit=7, after=after)
        rows += stretch.rows
        after = stretch.after
        if after is None:
            return rows


def test_others_see_nothing_of_private_pages(server: Server) -> None:
    with open_store(server) as store:
        put(store, arabic_document())
        put(store, english_document(private=True))
    with open_store(server, outward=True) as store:
        assert store.counts()["documents"] == 1
        assert [hit.lang for hit in store.search("agreement") + store.search("تعاون")] == ["ar"]
        assert all(row["source"] == arabic_document().id for row in browse_all(store, "events"))
        with pytest.raises(StoreError, match="reading"):
            put(store, english_document())


# Many at once


def test_eight_write_and_twenty_read_and_nothing_is_lost_or_doubled(server: Server, tmp_path: Path) -> None:
    open_store(server).close()
    spawn = multiprocessing.get_context("spawn")
    outcomes = spawn.Queue()
    writers = [spawn.Process(target=write_some, args=(server, number, outcomes)) for number in range(WRITERS)]
    stop, wrong, asked = threading.Event(), list[BaseException](), list[int]()

    def read() -> None:
        try:
            with open_store(server, create=False, read_only=True) as store:
                before = 0
                while not stop.wait(0.3):
                    number = store.counts()["documents"]
                    assert number >= before, "pages went away"
                    before = number
                    hits = store.search_in("تعاون", Narrow(), limit=5)
                    for hit in hits:
                        assert len(store.rows("people", {"source": hit.id})) == 1, "a page is there without its facts"
                        assert store.document(hit.id).people
                    asked.append(len(hits))
        except BaseException as error:
            wrong.append(error)

    readers = [threading.Thread(target=read) for _ in range(20)]
    for one in (*readers, *writers):
        one.start()
    told = [outcomes.get(timeout=240) for _ in writers]
    for writer in writers:
        writer.join(60)
    stop.set()
    for reader in readers:
        reader.join(60)
    assert wrong == [] and [writer.exitcode for writer in writers] == [0] * WRITERS
    assert len(asked) > len(readers)
    pages = {page_of(writer, n).id for writer in range(WRITERS) for n in range(EACH)}
    with open_store(server) as store:
        counts = store.counts()
        assert counts["documents"] == len(pages) == sum(outcome == "new" for one in told for outcome in one["outcomes"])
        assert counts["captures"] == WRITERS * EACH  # each writer fetched its own
        assert counts["judgements"] == WRITERS * JUDGED
        assert sorted(number for one in told for number in one["judged"]) == list(range(1, WRITERS * JUDGED + 1))
        assert counts["gated"] == sum(one["held"] for one in told) == EACH
        assert sum(one["found"] for one in told) == EACH and store.schedule().states() == {"waiting": EACH}
        assert store.check() == []
        served = {(row["id"], row["title"], row["copy_of"] is None) for row in store.rows("documents")}
    with open_store(tmp_path / "alone.sqlite") as file:
        for writer in range(WRITERS):
            for n in range(EACH):
                put(file, page_of(writer, n), sidecar=str(writer))
        assert served == {(row["id"], row["title"], row["copy_of"] is None) for row in file.rows("documents")}


def test_some_work_is_done_by_one_at_a_time(server: Server) -> None:
    with open_store(server) as one, open_store(server) as other:
        with one.alone("collecting") as free:
            assert free
            with other.alone("collecting") as theirs, other.alone("alerts") as alerts:
                assert not theirs and alerts
        with other.alone("collecting") as theirs:
            assert theirs


def test_a_state_tells_of_every_change_of_others(server: Server) -> None:
    with open_store(server) as writer, open_store(server, read_only=True) as reader:
        before = reader.state()
        assert reader.state() == before
        put(writer, arabic_document())
        assert reader.state() != before


def test_a_lost_connection_is_opened_anew_and_half_a_page_is_not_kept(server: Server) -> None:
    with open_store(server) as store, open_store(server) as other:
        put(store, arabic_document())
        end_connections(other, server)
        assert store.counts()["documents"] == 1  # asked on a new connection

        def put_half() -> None:
            with store._transaction() as run:
                run("DELETE FROM documents WHERE id = 'none'")
                end_connections(other, server)
                run("DELETE FROM documents WHERE id = 'none'")

        with pytest.raises(StoreError, match="run the same command again"):
            put_half()
        assert put(store, english_document()) == "new"


def end_connections(other: SqlStore, server: Server) -> None:
    """End all connections to a store but this one, as a server that is started anew does."""
    others = "SELECT pid FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname IS NOT NULL"
    other._connection.execute(f"SELECT pg_terminate_backend(pid) FROM ({others}) AS every")


# What goes wrong


def refused(address: str, **how: Any) -> str:
    with pytest.raises(StoreError) as told:
        open_store(read_address(address), **how)
    return str(told.value)


def test_a_server_that_is_not_there_is_named() -> None:
    if why_not():
        pytest.skip(str(why_not()))
    told = refused("postgresql://amal:s3cret@127.0.0.1:9/news")
    assert "postgresql://amal@127.0.0.1:9/news cannot be reached" in told and "check that the server runs" in told and "s3cret" not in told


def test_a_wrong_password_and_a_wrong_database_are_told_apart() -> None:
    if why_not():
        pytest.skip(str(why_not()))
    with serving("right-s3cret") as address:
        wrong = refused(address.replace("mithaq@", "mithaq:wr0ng-one@"))
        assert "refuses the user or the password" in wrong and "pgpass" in wrong and "wr0ng-one" not in wrong
        assert "password" in refused(address)
        right = address.replace("mithaq@", "mithaq:right-s3cret@")
        assert "no such database" in refused(right.replace("/postgres?", "/nowhere?"))
        with open_store(read_address(right)) as store:
            assert "s3cret" not in f"{store.path} {store.check()}"


def test_a_user_without_rights_is_told(server: Server, postgres_address: str) -> None:
    open_store(server).close()
    with open_store(server) as store:
        store._connection.execute("DROP ROLE IF EXISTS guest")
        store._connection.execute("CREATE ROLE guest LOGIN")
    guest = postgres_address.replace("mithaq@", "guest@")
    assert "may not do that" in refused(f"{guest}&schema={server.schema}", create=False)
    assert "rights" in refused(f"{guest}&schema=guests_own")


def test_a_store_of_a_newer_mithaq_or_of_another_program_is_refused(server: Server, postgres_address: str) -> None:
    with pytest.raises(StoreError, match="there is no store"):
        open_store(server, create=False)
    with open_store(server) as store:
        assert store.schema_version() == read_migrations()[-1][0]
        store._connection.execute("UPDATE store_state SET version = 99")
    with pytest.raises(StoreError, match="install a newer mithaq"):
        open_store(server)
    with open_store(read_address(f"{postgres_address}&schema=maker")) as store:
        store._connection.execute(f"CREATE SCHEMA {server.schema}_x")
        store._connection.execute(f"CREATE TABLE {server.schema}_x.others (a int)")
    with pytest.raises(StoreError, match="another program"):
        open_store(read_address(f"{postgres_address}&schema={server.schema}_x"))


def test_an_older_store_is_brought_up_to_date(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_store(server) as store:
        put(store, arabic_document())
    longer = [*read_migrations(), (read_migrations()[-1][0] + 1, "CREATE TABLE extra (n INTEGER PRIMARY KEY, a TEXT);\n")]
    monkeypatch.setattr("mithaq.store.postgres.read_migrations", lambda: longer)
    for _ in range(2):
        with open_store(server, create=False) as store:
            assert store.schema_version() == longer[-1][0]
            assert store._connection.columns("extra") == ["n", "a"]
            assert [hit.lang for hit in store.search("تعاون")] == ["ar"]


def test_whoever_waits_too_long_is_told(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mithaq.store.postgres.PATIENCE", 1)
    with open_store(server) as one, open_store(server) as other:
        with one._transaction(), pytest.raises(StoreError, match="writing for a long time"):
            put(other, arabic_document())
        assert put(other, arabic_document()) == "new"


def test_decisions_are_never_changed_and_never_deleted_but_by_erasing(server: Server) -> None:
    page = arabic_document()
    with open_store(server) as store:
        put(store, page)
        store.judge(Judgement(subject=f"{page.id}/person/67-79", verb="reject", by="Amal", at="2024-01-02"))
        for harm in ("DELETE FROM judgements", "UPDATE judgements SET by = 'x'"):
            with pytest.raises(StoreError, match="never"):
                store._connection.execute(harm)
        assert store.erase(page.id, by="x", why="asked", at="2024-01-03").judgements == 1
        assert store.judgements() == [] and store.search("تعاون") == []
        store.scrub()
        with pytest.raises(StoreError, match="never"), store._transaction() as run:
            run("INSERT INTO judgements (subject, verb, by, at) VALUES ('a', 'accept', 'b', 'c')")
            run("DELETE FROM judgements")


def test_without_the_client_the_next_step_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    assert "pip install 'mithaq[postgres]'" in refused("postgresql://h/d")


# Commands


def test_commands_work_on_a_server_as_in_a_folder(server: Server, tmp_path: Path) -> None:
    place = f"{server.address}&schema={server.schema}"
    root = tmp_path / "workspace"

    def run(*arguments: str, store: str | None = place) -> str:
        before = ["--store", store] if store else []
        command = [sys.executable, "-m", "mithaq", *before, *arguments]
        clean = {name: value for name, value in os.environ.items() if name != "MITHAQ_STORE"}
        done = subprocess.run(command, capture_output=True, text=True, env=clean, cwd=tmp_path, timeout=240)
        assert done.returncode == 0, f"{arguments}: {done.stdout}{done.stderr}"
        return done.stdout + done.stderr

    w = ("--workspace", str(root))
    run("ingest", str(DEMO), "--no-gate", "--jobs", "2", *w)
    assert not (root / "mithaq.sqlite").exists() and "address" in (root / "store.toml").read_text("utf-8")
    # From here on the folder knows where its database lies.
    assert "20" in run("stats", *w, store=None)
    assert "sound" in run("doctor", *w, store=None)
    found = run("search", "تعاون", *w, store=None)
    run("backup", "safe.mithaq", *w, store=None)
    run("restore", "safe.mithaq", "--workspace", "again", store=None)
    assert run("search", "تعاون", "--workspace", "again", store=None) == found
    run("store", "copy", place, "copied", store=None)
    for arguments in (("list", "events", *w), ("entities", *w), ("review", *w), ("timeline", "MA", "OM", *w), ("prune", *w)):
        with suppress(AssertionError):  # exit 1 says that nothing was found, as in a folder
            run(*arguments, store=None)


def test_a_question_that_is_wrong_stays_wrong_there(server: Server) -> None:
    with open_store(server) as store, pytest.raises(QuestionError, match="no word to search for"):
        store.search("؟!")
