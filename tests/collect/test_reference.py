"""A reference table is read line by line; what is wrong is told with its line, its column and what to do."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mithaq.collect.reference import COLUMNS, read_reference, read_value
from mithaq.errors import InputError, QuestionError
from mithaq.model.reference import ReferenceValue

HEAD = ",".join(COLUMNS)
COUNTRIES = {"GA": "GA", "Gabon": "GA", "المغرب": "MA", "MA": "MA"}


def country_of(words: str) -> str:
    if words not in COUNTRIES:
        raise QuestionError(f"no country is called {words!r}; give its code")
    return COUNTRIES[words]


def read(*lines: str, head: str = HEAD) -> tuple[ReferenceValue, ...]:
    return read_reference("\n".join((head, *lines)).encode(), "t.csv", "t", country_of)


def test_a_line_gives_all_names_the_year_and_the_code_of_the_country() -> None:
    [value] = read("Sahel Index | SRI | مؤشر الساحل,2024/25,المغرب,٩٧٫٥,points,Sahel Institute")
    assert (value.names, value.year, value.country, value.value) == (("Sahel Index", "SRI", "مؤشر الساحل"), 2024, "MA", 97.5)
    assert (value.edition, value.unit, value.source, value.line) == ("2024/25", "points", "Sahel Institute", 2)


def test_columns_stand_in_any_order_parted_by_semicolons() -> None:
    [value] = read("61,5 %;GA;2025;SRI;Sahel Institute;", head="value;country;edition;Index;source;unit")
    assert (value.value, value.unit, value.names) == (61.5, "%", ("SRI",))


@pytest.mark.parametrize(
    ("printed", "unit", "value"),
    [("٩٧٫٥ ٪", "%", 97.5), ("#3", "rank", 3.0), ("97,125", "points", 97.125), ("12 500", "count", 12500.0), ("12.500", "count", 12500.0),
     ("-2.5", "points", -2.5), ("many", "points", None), ("1,2,3", "points", None)],
)  # fmt: skip
def test_numbers_are_read_as_people_write_them(printed: str, unit: str, value: float | None) -> None:
    assert read_value(printed, unit) == value


@given(st.floats(0, 99, allow_nan=False).map(lambda x: round(x, 3)))
def test_every_share_is_read_back_in_all_digits(value: float) -> None:
    western = f"{value:g}" if "e" not in f"{value:g}" else "0"
    eastern = western.translate(str.maketrans("0123456789.", "٠١٢٣٤٥٦٧٨٩٫"))
    assert read_value(eastern, "%") == read_value(western, "%") == float(western)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("SRI,2025,GA,101,%,X", "t.csv:2, column 'value': 101 cannot be a share"),
        ("SRI,2025,GA,0,rank,X", "t.csv:2, column 'value': 0 cannot be a rank"),
        ("SRI,soon,GA,1,rank,X", "column 'edition': 'soon' names no year"),
        ("SRI,2025,Atlantis,1,rank,X", "column 'country': no country is called 'Atlantis'; give its code"),
        ("SRI,2025,GA,many,rank,X", "column 'value': 'many' is no number; write such as"),
        ("SRI,2025,GA,12,,X", "column 'unit': empty; write rank"),
        ("SRI,2025,GA,12,rank,", "column 'source': empty"),
        ("SRI,2025,GA,12,rank,X,Y", "7 cells where the head has 6"),
    ],
)
def test_what_is_wrong_with_a_line_is_told(line: str, told: str) -> None:
    with pytest.raises(InputError) as caught:
        read(line)
    assert told in str(caught.value)


def test_all_faults_are_told_at_once_and_nothing_is_read() -> None:
    with pytest.raises(InputError, match=r"t\.csv:2.*t\.csv:3.*t\.csv:4"):
        read("SRI,2025,GA,0,rank,X", "SRI,2025,MA,101,%,X", "SRI,2025,MA,x,%,X")
    with pytest.raises(InputError, match="and 2 more"):
        read(*["SRI,2025,GA,0,rank,X"] * 12)


def test_two_values_for_one_thing_are_refused_and_the_same_twice_is_one() -> None:
    with pytest.raises(InputError, match=r"t\.csv:3, column 'value': 5 stands against 4 in line 2"):
        read("SRI,2025,GA,4,rank,X", "sri,2025,GA,5,rank,X")
    assert len(read("SRI,2025,GA,4,rank,X", "SRI,2025,GA,4,rank,X")) == 1


def test_a_file_that_is_no_table_says_what_to_do() -> None:
    for data, told in (
        (b"", "no line below the head"),
        (HEAD.encode(), "no line below the head"),
        (b"name,value\nx,1", "the first line names the columns: index"),
        (f"{HEAD}\nSRI,2025,Maroc \xe9".encode("latin-1"), "not UTF-8; save the file as CSV UTF-8"),
    ):
        with pytest.raises(InputError) as caught:
            read_reference(data, "t.csv", "t", country_of)
        assert told in str(caught.value)
