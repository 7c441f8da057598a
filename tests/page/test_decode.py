"""Bytes become text in every encoding that the Arabic and French press has used."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mithaq.errors import InputError
from mithaq.page.decode import decode_text

ARABIC = "وقعت الوزارة في الرباط على مذكرة تفاهم مع شركة أجنبية، من أجل تدريب المهندسين."
FRENCH = "Le ministère a signé à Genève un accord pour la formation des ingénieurs, a indiqué l’été dernier un communiqué."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1256", "iso8859-6"])
def test_arabic_is_read_in_its_encodings(encoding: str) -> None:
    assert decode_text(ARABIC.encode(encoding), path="p") == ARABIC


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1252"])
def test_french_is_read_in_its_encodings(encoding: str) -> None:
    assert decode_text(FRENCH.encode(encoding), path="p") == FRENCH


def test_a_declared_encoding_is_believed() -> None:
    page = f'<html><head><meta charset="windows-1256"></head><body><p>{ARABIC}</p></body></html>'
    assert ARABIC in decode_text(page.encode("windows-1256"), path="p")


def test_line_ends_are_made_alike_and_nothing_else_is_changed() -> None:
    # «أ» of two code points stays two: offsets count in the text as captured.
    assert decode_text("ا\u0654ب\r\nc\rd\n".encode(), path="p") == "ا\u0654ب\nc\nd\n"


def test_one_bad_byte_loses_one_letter_not_the_page() -> None:
    data = (ARABIC * 20).encode()
    broken = data[:400] + b"\xff" + data[400:]
    assert decode_text(broken, path="p").count("\ufffd") >= 1


def test_a_page_cut_in_utf16_names_its_place() -> None:
    with pytest.raises(InputError, match="breaks at byte"):
        decode_text("نص".encode("utf-16") + b"\x00", path="p")


@given(st.text(st.characters(min_codepoint=32, max_codepoint=0x2FFF, exclude_categories=["Cs", "Cc"]), min_size=1).filter(str.strip))
def test_valid_utf8_is_kept_to_the_letter(text: str) -> None:
    data = text.encode()
    if data.startswith((b"PK\x03\x04", b"%PDF", b"GIF8", b"SQLite format 3")):
        return
    assert decode_text(data, path="p") == text.removeprefix("\ufeff")
