"""The figures of ``mithaq evaluate`` are those of the reference scorer, on good records and on bad ones."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from evaluate.mutate import mutate_record
from evaluate.reference import REFERENCE, ROOT, reference_figures
from gold_pages import read_gold_page
from mithaq.errors import InputError
from mithaq.evaluate.gold import read_gold
from mithaq.evaluate.score import evaluate_folder, key_of, read_ids, read_predictions, score, score_page, score_pages
from mithaq.export.record import encode_record, write_record
from mithaq.model import Document
from mithaq.pipeline import read_page

HERE = Path(__file__).parent
SMALL = HERE / "gold"
DEMO = ROOT / "src" / "mithaq" / "knowledge" / "demo"
PAGES = ROOT / "corpus" / "pages"
needs_reference = pytest.mark.skipif(not REFERENCE.is_file(), reason="the reference scorer does not lie beside the repository")


def perfect_records(folder: Path) -> list[dict[str, Any]]:
    records = []
    for page in read_gold(folder):
        record = json.loads(json.dumps(write_record(read_gold_page(page.path))))
        records.append(record | {"path": str(page.path)})
    return records


def write_lines(path: Path, records: list[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records), "utf-8")
    return path


def assert_same(ours: dict[str, Any], theirs: dict[str, Any]) -> None:
    assert ours["documents"] == theirs["documents"]
    for table in ("f1", "share"):
        assert ours[table].keys() == theirs[table].keys()
        for name, row in theirs[table].items():
            assert ours[table][name] == pytest.approx(row, abs=1e-12), f"{table} of {name}"


@needs_reference
@pytest.mark.parametrize(
    ("folder", "seed"),
    [
        *((SMALL, seed) for seed in range(6)),
        *((DEMO, seed) for seed in (0, 4, 5)),
        *(pytest.param(DEMO, seed, marks=pytest.mark.slow) for seed in (1, 2, 3)),  # words that are nearly others' take long to tell apart
        *(pytest.param(PAGES, seed, marks=pytest.mark.slow) for seed in (0, 5)),  # all pages of the corpus
    ],
    ids=lambda value: value.name if isinstance(value, Path) else None,
)
def test_wrong_records_get_the_reference_figures(folder: Path, seed: int, tmp_path: Path) -> None:
    records = [mutate_record(r, seed) if seed else r for r in perfect_records(folder)]
    lines = write_lines(tmp_path / "records.jsonl", records[seed:] if seed > 3 else records)
    assert_same(evaluate_folder(folder, lines).rows(), reference_figures(folder, lines, tmp_path / "out.json"))


@needs_reference
def test_a_language_and_a_list_of_pages_get_the_reference_figures(tmp_path: Path) -> None:
    lines = write_lines(tmp_path / "records.jsonl", [mutate_record(r, 9) for r in perfect_records(DEMO)])
    theirs = reference_figures(DEMO, lines, tmp_path / "out.json", "--lang", "ar")
    assert_same(evaluate_folder(DEMO, lines, lang="ar").rows(), theirs)
    ids = tmp_path / "ids"
    ids.write_text("jo-mr-01\njo-mr-03 dj-om-02\n", "utf-8")
    theirs = reference_figures(DEMO, lines, tmp_path / "out.json", "--ids", str(ids))
    assert theirs["documents"] == 3
    assert_same(evaluate_folder(DEMO, lines, ids=read_ids(ids)).rows(), theirs)


@needs_reference
def test_what_mithaq_reads_gets_the_reference_figures(tmp_path: Path, corpus_documents: tuple[Document, ...]) -> None:
    lines = write_lines(tmp_path / "records.jsonl", [json.loads(json.dumps(write_record(d))) for d in corpus_documents])
    ids = tmp_path / "ids"
    ids.write_text("\n".join(Path(d.path or "").stem for d in corpus_documents), "utf-8")
    for folder in (DEMO, PAGES):
        theirs = reference_figures(folder, lines, tmp_path / "out.json", "--ids", str(ids))
        assert_same(evaluate_folder(folder, lines, ids=read_ids(ids)).rows(), theirs)


def test_stored_figures_of_the_reference_scorer() -> None:
    stored = json.loads((SMALL / "figures.expected").read_text("utf-8"))
    assert stored["f1"]["statements (span and kind)"]["fp"] > 0  # the records are wrong in places, else nothing would be asked
    assert_same(evaluate_folder(SMALL, SMALL / "records.jsonl").rows(), stored)


def test_perfect_records_leave_nothing_to_find() -> None:
    result = evaluate_folder_of_perfect(SMALL)
    for name in set(result.f1) - {"body characters"}:
        assert result.f1[name].f1 == pytest.approx(1.0), name
    assert result.share["evidence verbatim"].share == 1.0
    assert result.share["facts with evidence"].share == 1.0


def evaluate_folder_of_perfect(folder: Path) -> Any:
    return score(folder, {key_of(r["path"]): r for r in perfect_records(folder)})


def test_a_page_without_a_record_counts_as_not_answered() -> None:
    result = score_pages(read_gold(SMALL), {})
    assert result.share["answered"].right == 0
    assert result.share["answered"].asked == result.documents == 3
    assert result.f1["people"].tp == 0 and result.f1["people"].fn > 0


def test_a_folder_without_gold_says_what_to_give(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="corpus/pages"):
        evaluate_folder(tmp_path)


def test_a_line_that_is_no_record_is_named(tmp_path: Path) -> None:
    lines = tmp_path / "records.jsonl"
    lines.write_text('{"path": "a/b.txt"}\n\n{"id": 1}\n', "utf-8")
    with pytest.raises(InputError, match=r"records\.jsonl:3: .*'path'"):
        read_predictions(lines)


def test_pages_of_two_folders_with_one_name_stay_apart() -> None:
    assert key_of("pages/001.txt") != key_of("articles/001.txt")


def test_the_table_names_every_figure() -> None:
    result = evaluate_folder(SMALL, SMALL / "records.jsonl")
    table = result.table()
    assert table.startswith("3 pages")
    assert all(name in table for name in (*result.f1, *result.share))


def test_reading_pages_oneself_counts_as_much_evidence_as_their_printed_records() -> None:
    pages = [page for page in read_gold(DEMO) if page.name in ("jo-mr-01", "ci-ma-02")]
    for page in pages:
        document = read_page(page.path)
        printed = json.loads(encode_record(document))
        assert score_page(page, write_record(document)).share["evidence verbatim"] == score_page(page, printed).share["evidence verbatim"]
