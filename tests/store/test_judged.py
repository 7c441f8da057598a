"""What people decided holds in every answer, can be taken back, and outlives every new reading."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from export.page_reader import PageReader
from made_documents import arabic_document, english_document, french_document, make_document, quote
from mithaq.answers.dossier import build_dossier
from mithaq.answers.find import LISTS, find_rows
from mithaq.answers.timeline import build_timeline
from mithaq.errors import EvidenceError, QuestionError
from mithaq.export.briefing import write_html
from mithaq.export.markdown import write_markdown
from mithaq.export.reading import write_pages
from mithaq.export.record import check_record, write_record
from mithaq.ingest import Reader
from mithaq.model import Document, Statement
from mithaq.model.fact import CORRECTABLE, Fact, compare_readings, list_facts, short_key, split_key
from mithaq.model.judgement import Judged, Judgement
from mithaq.model.vocabulary import LANGUAGES
from mithaq.store import Capture, MadeBy, SqlStore, open_store
from mithaq.store.judged import find_again
from mithaq.workspace import Workspace, open_workspace

pytestmark = pytest.mark.usefixtures("database")
MADE_BY = MadeBy("1", "1")
PAGES = (arabic_document(), french_document(), english_document())
TABLES = ("documents", "sides", "pairs", "people", "bodies", "programmes", "events", "participants", "statements", "indicators")


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    store = open_store(tmp_path / "mithaq.sqlite")
    for document in PAGES:
        store.put(document, Capture(hash=document.id, file="x.gz", added="2024-01-01T00:00:00+00:00", path=document.path), MADE_BY)
    with Workspace(tmp_path, store) as opened:
        yield opened


def rows(workspace: Workspace) -> dict[str, list[dict[str, object]]]:
    return {table: [{k: v for k, v in row.items() if k != "n"} for row in workspace.store.rows(table)] for table in TABLES}


def places(documents: list[Document], layer: str) -> set[tuple[str, int, int]]:
    """Return where the facts of a layer stand, as every answer and export shows them."""
    found = {(str(r["source"]), int(str(r["start"])), int(str(r["end"]))) for r in find_rows(documents, layer)}
    for pair in (("DJ", "OM"), ("EE", "RW")):
        dossier = build_dossier(documents, pair, relevant_only=False)
        lines = {
            "events": (*dossier.timeline, *dossier.undated), "statements": dossier.statements, "indicators": dossier.figures,
            "people": dossier.people, "bodies": dossier.bodies, "programmes": dossier.programmes,
        }[layer]  # fmt: skip
        found |= {(p.document, p.start, p.end) for line in lines for p in line.proofs}
    if layer == "events":
        timeline = build_timeline(documents)
        found |= {(p.document, p.start, p.end) for line in (*timeline.dated, *timeline.undated) for p in line.proofs}
    for document in documents:
        for said in write_record(document)[layer]:  # type: ignore[attr-defined]
            evidence = said.get("evidence") or said["mentions"][0]
            found.add((document.id, evidence["start"], evidence["end"]))
    return found


FACTS = [
    fact for document in PAGES for fact in list_facts(document)
    if fact.layer not in ("page", "pairs")
]  # fmt: skip


@pytest.mark.parametrize("fact", FACTS, ids=lambda f: f.key[:8] + f.key[64:])
def test_a_rejected_fact_is_in_no_answer_and_no_export_until_that_is_taken_back(workspace: Workspace, fact: Fact) -> None:
    before, rows_before = list(workspace.store.documents()), rows(workspace)
    source, _, start, end = split_key(fact.key)
    assert (source, start, end) in places(before, fact.layer)
    workspace.judge(fact, "reject", "Amal", why="another country")
    after = list(workspace.store.documents())
    assert (source, start, end) not in places(after, fact.layer)
    table = workspace.store.rows(fact.layer, {"source": source})
    assert (start, end) not in {(row["start"], row["end"]) for row in table}
    for document in after:
        check_record(document)
    shown = next(d for d in after if d.id == source)
    page = PageReader(write_pages([shown], "en"))
    assert "rejected by Amal" in page.text and "another country" in page.text and page.problems == []
    assert workspace.undo(fact.key, "Badr").verb == "reject"
    assert list(workspace.store.documents()) == before and rows(workspace) == rows_before
    assert [kept.judgement.verb for kept in workspace.store.judgements()] == ["reject", "undo"]


def test_a_correction_stands_in_every_answer_with_who_and_why(workspace: Workspace) -> None:
    fact = next(f for f in list_facts(PAGES[0]) if f.layer == "events")
    workspace.correct(fact, [("date", "2024-03-09"), ("parties", "OM,DJ,AE")], "Amal", why="the embassy says so")
    documents = list(workspace.store.documents())
    row = next(r for r in find_rows(documents, "events") if r["source"] == PAGES[0].id)
    assert (row["date"], row["parties"]) == ("2024-03-09", ["AE", "DJ", "OM"])
    assert "date: 2024-03-09 (was" in str(row["judged"]) and "by Amal" in str(row["judged"]) and "embassy" in str(row["judged"])
    dossier = build_dossier(documents, ("DJ", "OM"))
    for lang, name in (("en", "corrected by"), ("fr", "corrigé par"), ("ar", "صحح")):
        assert name in write_html(dossier, lang) and "Amal" in write_markdown(dossier, lang)  # type: ignore[arg-type]
    with pytest.raises(QuestionError, match="not a date"):
        workspace.correct(fact, [("stage", "held"), ("date", "tomorrow")], "Amal")
    assert len(workspace.store.judgements()) == 2  # of a wrong correction nothing is kept


def test_a_decision_marks_no_other_fact_in_the_same_words(workspace: Workspace) -> None:
    document = make_document("Kenya", "Kenya needs engineers and Kenya trains engineers.", lang="en")
    words = quote(document.text, "Kenya needs engineers")
    both = replace(
        document,
        statements=(Statement(kind="need", evidence=words), Statement(kind="offer", country="KE", evidence=words)),
        judged=(Judged(start=words.start, end=words.end, verb="accept", by="Amal", at="2025-01-01", layer="events"),),
    )
    assert [row["judged"] for row in find_rows([both], "statements")] == [None, None]


def test_a_person_who_is_none_takes_part_in_nothing(workspace: Workspace) -> None:
    person = next(f for f in list_facts(PAGES[0]) if f.layer == "people")
    name = person.value.name  # type: ignore[union-attr]
    workspace.judge(person, "reject", "Amal")
    shown = workspace.store.document(PAGES[0].id)
    assert all(name not in e.people and name not in {r.name for r in e.roles} for e in shown.events)
    assert all(s.speaker != name for s in shown.statements)


def test_undo_goes_back_one_step_at_a_time(workspace: Workspace) -> None:
    fact = next(f for f in list_facts(PAGES[0]) if f.layer == "statements")
    workspace.judge(fact, "reject", "Amal")
    workspace.judge(fact, "accept", "Badr")
    assert workspace.undo(fact.key, "Badr").verb == "accept"
    assert workspace.store.decisions(PAGES[0].id)[fact.key].rejected
    workspace.undo(fact.key, "Badr")
    assert fact.key not in workspace.store.decisions(PAGES[0].id)
    with pytest.raises(QuestionError, match="nothing to take back"):
        workspace.undo(fact.key, "Badr")
    with pytest.raises(EvidenceError, match="must name it"):
        Judgement(subject="x", verb="undo", by="Amal", at="2025-01-01")


def test_every_field_that_can_be_corrected_has_a_name_in_every_language() -> None:
    from mithaq.export.messages import Messages

    for lang in LANGUAGES:
        for fields in CORRECTABLE.values():
            for field in fields:
                one = Judged(start=0, end=1, verb="correct", by="Amal", at="2025-01-01T00:00:00+00:00", field=field, value="x", why="so")
                assert "Amal" in Messages(lang).judged(one) and "so" in Messages(lang).judged(one)


def test_facts_have_short_names_that_find_them(workspace: Workspace) -> None:
    names = [short_key(fact.key) for document in PAGES for fact in list_facts(document)]
    assert len(set(names)) == len(names)
    for fact in FACTS:
        assert workspace.fact(short_key(fact.key)).key == workspace.fact(fact.key).key == fact.key
    with pytest.raises(QuestionError, match="has no fact"):
        workspace.fact(PAGES[0].id[:8] + "-abcdef")


def test_readings_are_compared_by_what_they_say() -> None:
    page = arabic_document()
    assert not compare_readings(page, page)
    fewer = replace(page, statements=page.statements[1:], people=(replace(page.people[0], role="x"), *page.people[1:]))
    change = compare_readings(page, fewer)
    assert (change.gained, change.gone, change.altered) == ({}, {"statements": 1}, {"people": 1})


def test_a_decision_waits_until_a_text_holds_its_words_again(workspace: Workspace) -> None:
    page = make_document("Title", "Kenya needs engineers soon.")
    short = replace(page, statements=(Statement(kind="need", evidence=quote(page.text, "engineers")),))
    subject = f"{'0' * 64}/statement.need/9-30"
    assert find_again({subject: "needs engineers soon"}, short).moved == {subject: list_facts(short)[-1].key}
    assert find_again({subject: "ships"}, short).lost == (subject,)


# How today's program may read a page otherwise than yesterday's: words of a quote, a new text, nothing found.
def _reader(variant: int) -> Reader:
    def read(data: bytes, path: str, sidecar: bytes | None) -> Document:
        title, _, body = data.decode().partition("\n")
        document = make_document(f"{title} again" if variant in (2, 4) else title, body, path=path, lang="en", relevant=True)
        if variant in (3, 4):
            return document
        words = "need: engineers" if variant == 1 else "need:"
        return replace(document, statements=(Statement(kind="need", evidence=quote(document.text, words)),))

    return Reader(read, MadeBy(str(variant), "words"))


steps = st.lists(
    st.one_of(
        st.tuples(st.just("read"), st.integers(0, 4)),
        st.tuples(st.sampled_from(["accept", "reject", "unsure", "undo"]), st.integers(0, 2)),
        st.tuples(st.just("ingest"), st.integers(0, 4)),
    ),
    max_size=9,
)


@settings(max_examples=30)
@given(steps)
@example([("read", 1), ("accept", 0), ("read", 2)])
@example([("read", 1), ("reject", 1), ("read", 4)])
@example([("read", 1), ("reject", 1), ("read", 4), ("read", 1), ("undo", 1)])
@example([("ingest", 2), ("reject", 2), ("read", 4), ("accept", 1), ("read", 3)])
def test_decisions_survive_any_sequence_of_readings(tmp_path_factory: pytest.TempPathFactory, done: list[tuple[str, int]]) -> None:
    folder = tmp_path_factory.mktemp("ws")
    for n in range(3):
        (folder / f"{n}.txt").write_text(f"Title {n}\nneed: engineers of sort {n}, and more of them", "utf-8")
    stands: dict[int, list[str]] = {n: [] for n in range(3)}
    log: list[Judgement] = []
    for what, n in [("ingest", 0), *done, ("read", 0)]:
        with open_workspace(folder / "ws", reader=_reader(n if what in ("read", "ingest") else 0)) as workspace:
            if what == "read":
                assert workspace.reread(every=True).failed == ()
            elif what == "ingest":
                workspace.ingest(sorted(folder.glob("*.txt")))
            else:
                _decide(workspace, folder / f"{n}.txt", what, stands[n])
            kept = [k.judgement for k in workspace.store.judgements()]
            assert kept[: len(log)] == log  # nothing is ever changed or taken out
            log = kept
            assert workspace.store.check() == []
    with open_workspace(folder / "ws", reader=_reader(0)) as workspace:
        for n, verbs in stands.items():
            document = workspace.store.document(str(folder / f"{n}.txt"))
            decisions = workspace.store.decisions(document.id)
            assert [d.last.judgement.verb for d in decisions.values()] == verbs[-1:]
            rejected = next((v == "reject" for v in reversed(verbs) if v != "unsure"), False)
            assert len(document.statements) == (not rejected)


def _decide(workspace: Workspace, path: Path, what: str, stands: list[str]) -> None:
    reading = workspace.store.reading(workspace.store.document(str(path)).id)
    for fact in list_facts(reading):
        if fact.layer == "statements" and what != "undo":
            workspace.judge(fact, what, "Amal")  # type: ignore[arg-type]
            stands.append(what)
        elif fact.layer == "statements" and stands:
            assert workspace.undo(fact.key, "Amal").verb == stands.pop()


def test_every_list_is_among_those_tested() -> None:
    assert {fact.layer for fact in FACTS} == set(LISTS) - {"pairs", "documents"}


@pytest.mark.of_the_file
def test_old_databases_learn_to_take_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from mithaq.store import migrate as migrating

    every = migrating.read_migrations()
    with monkeypatch.context() as patched:
        patched.setattr("mithaq.store.sqlite.read_migrations", lambda: every[:3])
        with open_store(tmp_path / "mithaq.sqlite") as old:
            first = old.judge(Judgement(subject="a/x/0-1", verb="accept", by="Amal", at="2024-01-01"))
            old.judge(Judgement(subject="a/x/0-1", verb="reject", by="Amal", at="2024-01-02", replaces=first))
            before = old.judgements()
    with open_store(tmp_path / "mithaq.sqlite") as store:
        assert isinstance(store, SqlStore) and store.judgements() == before and store.check() == []
        number = store.judge(Judgement(subject="a/x/0-1", verb="undo", by="Amal", at="2024-01-03", replaces=before[-1].number))
        assert number == before[-1].number + 1
