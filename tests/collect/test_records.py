"""Files of records: one page each, what is wrong with one does not cost the others."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mithaq.collect import records
from mithaq.collect.records import Faulty, Record, holds_pages, read_records
from mithaq.errors import InputError

FULL = {
    "title": "تعاون في البريد",
    "text": "وقع البلدان اتفاقا.",
    "url": "https://marsa.example/1",
    "source": "marsa.example",
    "date": "2025-03-04",
    "id": 7,
}


def read(folder: Path, name: str, content: Any) -> list[Record | Faulty]:
    file = folder / name
    lines = "\n".join(json.dumps(item, ensure_ascii=False) for item in content) if name.endswith("l") else json.dumps(content)
    file.write_text(content if isinstance(content, str) else lines, "utf-8")
    return list(read_records(file, largest=100_000))


def test_a_record_is_a_page_with_what_is_known_of_it(tmp_path: Path) -> None:
    [record] = read(tmp_path, "a.json", FULL)
    assert isinstance(record, Record) and record.number == 1
    assert record.data.decode() == "تعاون في البريد\n\nوقع البلدان اتفاقا."
    assert json.loads(record.sidecar) == {"url": "https://marsa.example/1", "outlet": "marsa.example", "published": "2025-03-04"}


@pytest.mark.parametrize(
    ("record", "page"),
    [
        ({"text": "Words"}, "Words"),
        ({"body": "Words", "content": "others"}, "Words"),
        ({"text": " ", "content": "Words"}, "Words"),
        ({"title": "Head", "text": "Head\nWords"}, "Head\nWords"),
        ({"title": 7, "text": "Words"}, "Words"),
        ({"html": "<p>Words</p>", "title": "A & B"}, "<h1>A &amp; B</h1><p>Words</p>"),
        ({"html": "<html><body>Words"}, "<html><body>Words"),
        ({"text": "half \ud800 letter"}, "half ? letter"),
    ],
)
def test_text_is_taken_from_the_first_filled_key(tmp_path: Path, record: dict[str, Any], page: str) -> None:
    (tmp_path / "a.json").write_text(json.dumps(record), "utf-8")
    [found] = read_records(tmp_path / "a.json", largest=100_000)
    assert isinstance(found, Record)
    text = found.data.decode()
    assert page in text if "html" in record else text == page


def test_lines_and_lists_are_numbered_and_faults_are_named(tmp_path: Path) -> None:
    found = read(tmp_path, "a.jsonl", '{"text": "one"}\n\n{"text": \n{"title": "no words"}\n7\n{"text": "six", "published": "2025"}\n')
    assert [(type(r).__name__, r.number) for r in found] == [
        ("Record", 1), ("Faulty", 3), ("Faulty", 4), ("Faulty", 5), ("Record", 6),
    ]  # fmt: skip
    reasons = [r.reason for r in found if isinstance(r, Faulty)]
    assert "correct the line" in reasons[0] and "one of text, body, content, html" in reasons[1] and "a record is an object" in reasons[2]
    assert [r.number for r in read(tmp_path, "a.json", [FULL, FULL])] == [1, 2]


def test_other_encodings_of_json_are_read(tmp_path: Path) -> None:
    for encoding in ("utf-8-sig", "utf-16", "utf-16-le", "utf-32"):
        (tmp_path / "a.json").write_bytes(json.dumps(FULL, ensure_ascii=False).encode(encoding))
        [record] = read_records(tmp_path / "a.json", largest=100_000)
        assert isinstance(record, Record) and "وقع" in record.data.decode()


@pytest.mark.parametrize(
    ("content", "words"), [("{", "not valid JSON"), ("[" * 100_000, "nested too deeply"), (" " * 200, "more than 0 MB")]
)
def test_a_file_that_is_no_json_is_named(tmp_path: Path, content: str, words: str) -> None:
    (tmp_path / "a.json").write_text(content, "utf-8")
    with pytest.raises(InputError, match=words) as error:
        list(read_records(tmp_path / "a.json", largest=100 if content.isspace() else 1_000_000))
    assert str(error.value).startswith(str(tmp_path / "a.json"))
    with pytest.raises(InputError, match="check that it is a file"):
        list(read_records(tmp_path, largest=100))


def test_a_line_without_end_costs_no_memory_and_no_other_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(records, "LARGEST_LINE", 1000)
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": "x" * 50_000}) + '\n{"text": "next"}\n' + "y" * 5000, "utf-8")
    long, after, last = read_records(tmp_path / "a.jsonl", largest=100)
    assert isinstance(long, Faulty) and "split the record" in long.reason
    assert isinstance(after, Record) and after.number == 2
    assert isinstance(last, Faulty) and last.number == 3


@pytest.mark.parametrize(
    ("name", "content", "pages"),
    [
        ("a.json", '{"floors": {"ar": 0.9}}', False),
        ("a.json", "[1, 2]", False),
        ("a.json", '{"text": "words"}', True),
        ("a.json", "broken", True),
        ("a.jsonl", '{"schema_version": 1, "title": "a record of ours"}\n' * 30, False),
        ("a.jsonl", '{"title": "first has none"}\n{"content": "second has"}\n', True),
        ("a.jsonl", "", False),
    ],
)
def test_files_of_other_programs_are_no_pages(tmp_path: Path, name: str, content: str, pages: bool) -> None:
    (tmp_path / name).write_text(content, "utf-8")
    assert holds_pages(tmp_path / name, largest=100_000) is pages


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), lambda x: st.lists(x) | st.dictionaries(st.sampled_from(
    ["text", "body", "content", "html", "title", "url", "date", "x"]) | st.text(max_size=3), x), max_leaves=12))  # fmt: skip
def test_any_json_gives_pages_or_reasons(tmp_path_factory: pytest.TempPathFactory, content: Any) -> None:
    file = tmp_path_factory.mktemp("any") / "a.json"
    file.write_text(json.dumps(content), "utf-8")
    found = list(read_records(file, largest=100_000))
    assert len(found) == (len(content) if isinstance(content, list) else 1)
    for record in found:
        assert record.data.strip() and json.loads(record.sidecar) is not None if isinstance(record, Record) else record.reason
