"""Bytes become text in every encoding that the Arabic and French press has used."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mithaq.errors import InputError
from mithaq.page.decode import decode, decode_text

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


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32", "utf-16"])
@pytest.mark.parametrize("text", [ARABIC, FRENCH, "The minister of the country said that it was signed.\n"])
def test_wide_encodings_are_read_with_and_without_mark(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), path="p") == decode(text.encode(), path="p")


@pytest.mark.parametrize(
    "said", ["utf-8", "ISO-8859-1", "windows-1252", "windows-1256", "iso-8859-6", "hex", "unicode_escape", "x\0y", "ü"]
)
@pytest.mark.parametrize(("text", "encoding"), [(ARABIC, "cp1256"), (ARABIC, "iso8859-6"), (FRENCH, "cp1252"), (ARABIC, "utf-8")])
def test_a_wrong_charset_of_the_server_or_the_page_is_seen_through(text: str, encoding: str, said: str) -> None:
    assert decode_text(text.encode(encoding), path="p", charset=said) == text
    if said.isascii() and "\0" not in said:
        page = f'<html><head><meta charset="{said}"></head><body><p>{text}</p></body></html>'
        assert text in decode_text(page.encode(encoding), path="p")


def test_a_charset_decides_where_the_bytes_do_not() -> None:
    # The same bytes are words of nobody in either encoding.
    assert decode_text(b"\xc7\xe1\xe3\xd3\xc7\xcd\xc9" * 9, path="p", charset="windows-1256").startswith("\u0627\u0644\u0645")


@pytest.mark.parametrize("text", [ARABIC, FRENCH + " é"])
def test_a_page_cut_inside_a_letter_keeps_all_before_it(text: str) -> None:
    data = text.encode()
    cut = max(i for i in range(1, len(data)) if data[i] & 0xC0 == 0x80)
    decoded = decode(data[:cut], path="p")
    assert decoded.notes == ("cut",) and text.startswith(decoded.text) and len(text) - len(decoded.text) <= 2


@pytest.mark.parametrize("wrong", ["cp1252", "latin-1", "cp1256"])
def test_an_arabic_page_read_in_a_wrong_encoding_before_is_refused(wrong: str) -> None:
    misread = (ARABIC * 3).encode().decode(wrong, "replace")
    with pytest.raises(InputError, match=r"^p: its letters are mojibake.*capture it again"):
        decode_text(misread.encode(), path="p")


def test_a_little_mojibake_is_noticed_and_left_as_printed() -> None:
    text = FRENCH + " " + FRENCH.encode().decode("cp1252")
    decoded = decode(text.encode(), path="p")
    assert (decoded.text, decoded.notes) == (text, ("mojibake",))


@pytest.mark.parametrize("text", [ARABIC, FRENCH, "LA «QUALITÉ» ET L’«ÉGALITÉ»", "في الوسط، والشرط، والحظ؛", "St. John’s – 5°C, ½ · ©"])
def test_sound_text_is_no_mojibake(text: str) -> None:
    assert decode(((text + "\n") * 5).encode(), path="p").notes == ()


def test_half_characters_and_stray_controls_do_not_break_a_page() -> None:
    half = decode(ARABIC.encode() + b"\xed\xa0\x80" + ARABIC.encode() * 4, path="p")
    assert half.notes == ("lost_letters",) and half.text.count(ARABIC) == 5 and "\ufffd" in half.text


@given(st.text(st.sampled_from("\0اéa \n\r"), max_size=8), st.sampled_from(["utf-8", "utf-16"]))
def test_a_zero_is_a_lost_letter_and_moves_nothing(some: str, encoding: str) -> None:
    page = FRENCH * 6 + some + FRENCH
    found = decode(page.encode(encoding), path="p")
    assert found.text == page.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
    assert found.notes == (("lost_letters",) if "\0" in some else ())


@pytest.mark.parametrize("data", [b"\xef\xbb\xbf", b"\xff\xfe", b" \n\t ", "\u200b\ufeff\n".encode()])
def test_nothing_but_marks_and_blanks_is_an_empty_page(data: bytes) -> None:
    with pytest.raises(InputError, match="p: the page is empty; capture it again"):
        decode_text(data, path="p")


@given(st.binary(max_size=300), st.sampled_from([None, "utf-8", "windows-1256", "utf-16", "latin-1", "zip", ""]))
def test_any_bytes_give_text_or_a_reason(data: bytes, charset: str | None) -> None:
    try:
        text = decode_text(data, path="p", charset=charset)
    except InputError as error:
        assert str(error).startswith("p: ")
    else:
        assert text.strip() and "\r" not in text
        text.encode()


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
    if data.startswith((b"PK\x03\x04", b"%PDF", b"GIF8", b"SQLite format 3")) or not text.strip("\ufeff\u200b \n"):
        return
    assert decode_text(data, path="p") == text.removeprefix("\ufeff")
