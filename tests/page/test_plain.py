"""Lines, parts of lines, wrapped lines."""

from __future__ import annotations

from mithaq.lexicon import load_lexicon
from mithaq.page import read_capture
from mithaq.page.plain import split_lines
from mithaq.text.tokens import split_tokens

LEXICON = load_lexicon()


def cut(text: str, lang: str = "ar") -> list[str]:
    tokens = split_tokens(text)
    return [text[line.start : line.end] for line in split_lines(text, tokens, LEXICON.find(tokens, lang, text))]


def test_empty_lines_are_left_out_and_remembered() -> None:
    text = "سطر\n\n  \nسطر آخر\nثالث"
    lines = split_lines(text, split_tokens(text), ())
    assert [line.blank for line in lines] == [False, True, False]
    assert [line.row for line in lines] == [0, 3, 4]


def test_a_row_of_a_table_is_no_page_on_one_line() -> None:
    assert cut("3   رواندا     71,2") == ["3   رواندا     71,2"]


def test_a_stamp_is_cut_from_the_text_it_is_glued_to() -> None:
    article = "تم في داكار توقيع اتفاق حول البريد الرقمي بين مؤسستين عموميتين من البلدين، بحضور السفير وعدد من المدعوين الرسميين إلى الحفل."
    assert cut("date 2026-04-21 " + article) == ["date 2026-04-21", article]


def test_a_publishing_tools_code_is_cut_from_the_words_behind_it() -> None:
    assert cut("[su_heading size= »17″]Lire aussi : la foire", "fr") == ["[su_heading size= »17″]", "Lire aussi : la foire"]
    assert cut("[vc_row] Le port ouvre.", "fr") == ["[vc_row]", "Le port ouvre."]
    assert cut("[sic] Le port ouvre.", "fr") == ["[sic] Le port ouvre."]


def test_a_mark_alone_behind_a_publishing_tools_code_is_a_line_without_words() -> None:
    document = read_capture("[vc_row]©\nوقعت الوزارة اتفاقية مع شركة البريد.".encode(), path="p.txt", lexicon=LEXICON)
    assert [s.kind for s in document.segments] == ["boilerplate", "notice", "body"]


def test_a_copyright_sentence_is_cut_from_the_last_line() -> None:
    article = "La convention entre les deux écoles sera présentée aux étudiants au mois de mars, selon la directrice des études."
    notice = "Copyright La Lettre du Port. Tous droits réservés."
    assert cut(f"{article} {notice}", "fr") == [article, notice]


def test_wrapped_lines_need_neighbours_of_the_same_length() -> None:
    column = "\n".join(
        ["كلمات كثيرة في سطر من عمود ضيق لا ينتهي بنقطة أبدا هنا"] * 1
        + [f"سطر رقم {i} من عمود ضيق تتواصل فيه الجملة إلى السطر التالي" for i in range(4)]
    )
    text = column + "\nثم تنتهي الجملة هنا بنقطة واضحة في آخر السطر الأخير كله."
    lines = split_lines(text, split_tokens(text), ())
    assert [line.wrapped for line in lines] == [True] * 5 + [False]
    headlines = "عنوان أول قصير\nعنوان ثان قصير\nعنوان ثالث قصير\nعنوان رابع قصير"
    assert not any(line.wrapped for line in split_lines(headlines, split_tokens(headlines), ()))
