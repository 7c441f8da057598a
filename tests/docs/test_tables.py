"""The reference of tables names every table and column, with its type."""

from __future__ import annotations

import re
from pathlib import Path

from mithaq.export.parquet import SCHEMA, TYPES

REFERENCE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "tables.md"


def test_every_table_and_column_is_described() -> None:
    parts = re.split(r"^## `(\w+)`$", REFERENCE.read_text("utf-8"), flags=re.MULTILINE)
    described = dict(zip(parts[1::2], parts[2::2], strict=True))
    assert list(described) == list(SCHEMA)
    for name, columns in SCHEMA.items():
        listed = described[name].strip().partition("\n\n")[2].replace("\n", " ")
        found = re.findall(r"`(\w+)`(?: \*(\w+)\*)?", listed)
        assert found == [(column, {"lines": "list"}.get(TYPES.get(column, ""), TYPES.get(column, ""))) for column in columns], name
