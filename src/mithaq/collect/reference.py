"""Read a reference table out of a CSV file: every line is checked, and what is wrong is told by line and column, with what to do."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from mithaq.errors import InputError, QuestionError
from mithaq.model.reference import ReferenceValue, is_impossible
from mithaq.text.characters import western_digits
from mithaq.text.numbers import read_digits

COLUMNS = ("index", "edition", "country", "value", "unit", "source")
_DELIMITERS = (",", ";", "\t")
_ALSO = "|"  # between the names of one index
_PERCENT = ("%", "٪")
_RANK, _COUNT = "rank", "count"
_YEAR = re.compile(r"\d{4}")
_MOST_FAULTS = 10  # that are told at once
_FIRST_YEAR, _LAST_YEAR = 1900, 2100


class _Fault(NamedTuple):
    line: int
    column: str
    what: str


def read_reference(data: bytes, file: str, table: str, country_of: Callable[[str], str]) -> tuple[ReferenceValue, ...]:
    """Return the values of a table; *country_of* gives the code of a country by its name or code, and raises QuestionError.

    Raises InputError that tells every fault (ten at the most) with its line, its column and what to do.
    """
    values: list[ReferenceValue] = []
    faults: list[_Fault] = []
    first: dict[tuple[object, ...], ReferenceValue] = {}
    for line, row in _rows(data, file):
        found = _read_row(line, row, table, country_of)
        if not isinstance(found, ReferenceValue):
            faults += found
            continue
        key = (found.names[0].casefold(), found.edition, found.country, found.unit)
        other = first.setdefault(key, found)
        if other is not found and other.value != found.value:
            said = f"{found.value:g} stands against {other.value:g} in line {other.line}; keep the one that is right"
            faults.append(_Fault(line, "value", said))
        elif other is found:
            values.append(found)
    if faults:
        told = [f"{file}:{fault.line}, column {fault.column!r}: {fault.what}" for fault in faults[:_MOST_FAULTS]]
        more = len(faults) - len(told)
        raise InputError("; ".join([*told, *([f"and {more} more; mend these first"] if more else [])]))
    if not values:
        raise InputError(f"{file}: no line below the head; write one line for each value")
    return tuple(values)


def _rows(data: bytes, file: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the lines below the head with their numbers, each as a mapping from column to text."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise InputError(f"{file}:{line}: not UTF-8; save the file as CSV UTF-8 in your spreadsheet program") from error
    head = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(_DELIMITERS, key=head.count)
    reader = csv.reader(io.StringIO(text), delimiter=delimiter)
    columns: list[str] | None = None
    try:
        for row in reader:
            cells = [cell.strip() for cell in row]
            if not any(cells):
                continue
            if columns is None:
                columns = _check_head([cell.casefold() for cell in cells], file, reader.line_num)
            elif len(cells) > len(columns):
                raise InputError(
                    f"{file}:{reader.line_num}, column {columns[-1]!r}: {len(cells)} cells where the head has {len(columns)}; "
                    f"put quotation marks around a cell that holds {delimiter!r}"
                )
            else:
                yield reader.line_num, dict(zip(columns, cells, strict=False))
    except csv.Error as error:
        raise InputError(f"{file}:{reader.line_num}: no CSV ({error}); save the file as CSV UTF-8 anew") from error


def _check_head(columns: list[str], file: str, line: int) -> list[str]:
    missing = [column for column in COLUMNS if column not in columns]
    if missing:
        lacking = ", ".join(map(repr, missing))
        raise InputError(f"{file}:{line}: no column {lacking}; the first line names the columns: {', '.join(COLUMNS)}")
    return columns


def _read_row(line: int, row: Mapping[str, str], table: str, country_of: Callable[[str], str]) -> ReferenceValue | Sequence[_Fault]:
    """Return the value of a line, or all that is wrong with it."""
    empty = [column for column in COLUMNS if column != "unit" and not row.get(column)]
    faults = [_Fault(line, column, "empty; every line fills every column") for column in empty]
    if faults:
        return faults
    year = _YEAR.search(western_digits(row["edition"]))
    if year is None or not _FIRST_YEAR <= int(year.group()) <= _LAST_YEAR:
        faults.append(_Fault(line, "edition", f"{row['edition']!r} names no year; write such as 2024 or 2023/24"))
    country = ""
    try:
        country = country_of(row["country"])
    except QuestionError as error:
        faults.append(_Fault(line, "country", str(error)))
    unit = _read_unit(row.get("unit", ""), row["value"])
    value = read_value(row["value"], unit) if unit else None
    if unit is None:
        faults.append(_Fault(line, "unit", "empty; write rank, %, points, count, or another unit"))
    elif value is None:
        faults.append(_Fault(line, "value", f"{row['value']!r} is no number; write such as 97.5, 97,5 or ٩٧٫٥"))
    elif is_impossible(value, unit):
        faults.append(_Fault(line, "value", f"{value:g} cannot be {_say(unit)}; correct it, or the unit"))
    if faults or year is None or unit is None or value is None:
        return faults
    names = tuple(dict.fromkeys(name for part in row["index"].split(_ALSO) if (name := " ".join(part.split()))))
    return ReferenceValue(
        table=table, line=line, names=names, edition=row["edition"], year=int(year.group()), country=country, value=value, unit=unit,
        source=row["source"],
    )  # fmt: skip


def _say(unit: str) -> str:
    return {_RANK: "a rank, which is a whole number from 1 on", "%": "a share, which ends at 100 %"}.get(unit, f"a number of {unit}")


def _read_unit(unit: str, value: str) -> str | None:
    """Return the unit as figures have it; a mark beside the value (97.5 %, #3) tells it where the column does not."""
    if unit in _PERCENT or (not unit and any(mark in value for mark in _PERCENT)):
        return "%"
    return unit or (_RANK if value.startswith("#") else None)


def read_value(printed: str, unit: str) -> float | None:
    """Return the number of a cell, in digits of any system, with a point or a comma; None when it is none.

    Of counts alone a mark before three digits groups thousands («12.500» people): a score of 97.125 stays one.
    """
    bare = "".join(western_digits(printed).split()).strip("%٪#").replace("٬", "").replace("٫", ".")
    sign, digits = (-1, bare[1:]) if bare.startswith(("-", "−")) else (1, bare)
    if unit == _COUNT:
        value = read_digits(digits)
    else:
        one_mark = digits.replace(",", ".") if digits.count(",") + digits.count(".") == 1 else digits
        value = float(one_mark) if re.fullmatch(r"\d+(?:\.\d+)?", one_mark) else None
    return None if value is None else sign * value
