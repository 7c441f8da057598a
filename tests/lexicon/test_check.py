"""Whoever adds a word is told, in plain words, what is wrong with it and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from mithaq.lexicon.check import Problem, check_knowledge
from mithaq.lexicon.load import read_entries


def check(root: Path, content: str, name: str = "lexicons/ar/words.yml") -> list[Problem]:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")
    return check_knowledge(root, read_entries(root))


def messages(root: Path, content: str, name: str = "lexicons/ar/words.yml") -> list[str]:
    return [problem.message for problem in check(root, content, name)]


GOOD = """
kind: statement.need
entries:
  - word: محتاج
    also: [محتاجة]
    example: الوزارة محتاجة إلى خبرة
    not: الوزارة مستعدة
"""


def test_a_good_file_has_no_problem(tmp_path: Path) -> None:
    assert check(tmp_path, GOOD) == []


@pytest.mark.parametrize(
    ("word", "complaint"),
    [
        ("محـتاج", "stretching line"),
        ("محتاجـ", "stretching line"),
        ("ایران", "Persian letter, write ي"),
        ("شبکة", "Persian letter, write ك"),
        ("ﻣﺤﺘﺎﺝ", "drawn letter shapes"),
        ("محتاج\u200f", "invisible character"),
        ('" محتاج"', "a space too many"),
        ("محتاج  إلى", "a space too many"),
        ('"...!"', "no word in it"),
    ],
)
def test_letters_that_cannot_be_meant_are_pointed_at(tmp_path: Path, word: str, complaint: str) -> None:
    content = f"kind: statement.need\nentries:\n  - word: {word}\n    example: {word}\n"
    assert any(complaint in message for message in messages(tmp_path, content))


def test_the_stretching_line_after_a_single_letter_is_how_it_is_written(tmp_path: Path) -> None:
    content = "kind: time.year\nentries:\n  - word: هـ\n    also: [الموافق لـ]\n    example: سنة 1446 هـ\n"
    assert check(tmp_path, content) == []


def test_a_word_must_stand_in_its_own_example(tmp_path: Path) -> None:
    (problem,) = check(tmp_path, GOOD.replace("الوزارة محتاجة إلى خبرة", "الوزارة فقيرة"))
    assert "does not stand in its own example" in problem.message
    assert "add the form under 'also:'" in problem.message
    assert problem.line == 4
    assert str(problem).startswith(str(tmp_path / "lexicons/ar/words.yml") + ":4: ")


def test_a_longer_word_of_the_same_kind_in_the_example_is_named(tmp_path: Path) -> None:
    content = GOOD + "  - word: محتاجة إلى\n    example: هي محتاجة إلى دعم\n"
    assert any("'محتاجة إلى' is found instead" in message for message in messages(tmp_path, content))


def test_a_counterexample_must_not_match(tmp_path: Path) -> None:
    (message,) = messages(tmp_path, GOOD.replace("الوزارة مستعدة", "البلد محتاج"))
    assert "although 'not:' says it must not be" in message


def test_an_example_must_not_be_missing(tmp_path: Path) -> None:
    (message,) = messages(tmp_path, "kind: x\nentries:\n  - word: محتاج\n")
    assert "has no example" in message


def test_a_word_that_stands_twice_is_found_however_it_is_spelt(tmp_path: Path) -> None:
    (problem,) = check(tmp_path, GOOD + "  - word: المحتاجه\n    example: البلدان المحتاجة\n")
    assert "stands already at words.yml:4 with the same meaning" in problem.message
    (again,) = messages(tmp_path, GOOD.replace("[محتاجة]", "[محتاجة, محتاجة]"))
    assert "stands twice in this entry" in again


def test_two_entries_may_share_a_word_when_they_say_different_things_of_it(tmp_path: Path) -> None:
    one = "  - word: extended\n    of: agreement\n    example: They extended it\n"
    other = "  - word: granted\n    also: [extended]\n    of: funding\n    example: They granted it\n"
    assert check(tmp_path, "kind: event.act\nentries:\n" + one + other, "lexicons/en/acts.yml") == []


COUNTRIES = """
kind: place.country
entries:
  - id: one
    code: CG
    fr: {name: Congo, example: Le Congo}
  - id: two
    code: CD
    fr: {name: Congo, example: Le Congo}
"""


def test_two_countries_of_one_name_need_a_mark(tmp_path: Path) -> None:
    (message,) = messages(tmp_path, COUNTRIES, "gazetteers/countries.yml")
    assert "mark one of the two with 'ambiguous: \"yes\"'" in message
    assert check(tmp_path, COUNTRIES.replace("code: CD", 'code: CD\n    ambiguous: "yes"'), "gazetteers/countries.yml") == []


@pytest.mark.parametrize(
    ("name", "content", "complaint"),
    [
        (
            "lexicons/en/a.yml",
            "kind: event.noun\nentries:\n  - {word: party, type: feast, example: a party}\n",
            "event_types.yml has meeting",
        ),
        ("lexicons/en/a.yml", "kind: event.act\nentries:\n  - {word: hug, of: visit love, example: a hug}\n", "'of: love' is not known"),
        ("lexicons/en/a.yml", "kind: body.head\nentries:\n  - {word: firm, body_kind: firm, example: a firm}\n", "body_kinds.yml has"),
        ("gazetteers/a.yml", "kind: body.known\nentries:\n  - {id: q, code: QQQ, en: {name: Qx, example: Qx}}\n", "organisations.yml"),
        ("gazetteers/a.yml", "kind: body.known\nentries:\n  - {id: q, country: QQ, en: {name: Qx, example: Qx}}\n", "two letters"),
        ("gazetteers/a.yml", "kind: place.country\nentries:\n  - {id: q, code: ZQ, en: {name: Qx, example: Qx}}\n", "two letters"),
        (
            "gazetteers/a.yml",
            "kind: place.country\nentries:\n  - {code: MA, capital: eden, en: {name: Qx, example: Qx}}\n",
            "cities.yml",
        ),
        ("gazetteers/a.yml", "kind: money.currency\nentries:\n  - {id: q, code: QZQ, en: {name: qx, example: qx}}\n", "ISO 4217"),
        ("vocabularies/stages.yml", "terms:\n  - {code: done, ar: {label: تم}, en: {label: Done}}\n", "no label in fr"),
        ("vocabularies/stages.yml", "terms:\n  - {ar: {label: تم}}\n", "a term needs 'code:'"),
    ],
)
def test_codes_outside_the_closed_lists_are_refused(tmp_path: Path, name: str, content: str, complaint: str) -> None:
    (problem,) = check(tmp_path, content, name)
    assert complaint in problem.message
    assert problem.line in (2, 3)


def test_a_name_that_is_an_everyday_word_needs_a_mark(tmp_path: Path) -> None:
    check(tmp_path, "kind: time.month\nentries:\n  - {word: mars, example: en mars}\n", "lexicons/fr/month.yml")
    city = "kind: place.city\nentries:\n  - {id: mars, country: FR, fr: {name: Mars, example: Le port de Mars}}\n"
    (message,) = messages(tmp_path, city, "gazetteers/cities.yml")
    assert "is also an everyday word (time.month)" in message
    assert check(tmp_path, city.replace("name: Mars", 'name: Mars, ambiguous: "yes"'), "gazetteers/cities.yml") == []


def test_problems_come_in_file_order(tmp_path: Path) -> None:
    check(tmp_path, "kind: x\nentries:\n  - word: b\n  - word: a\n", "lexicons/fr/z.yml")
    problems = check(tmp_path, "kind: x\nentries:\n  - word: c\n", "lexicons/en/a.yml")
    assert [(Path(p.path).name, p.line) for p in problems] == [("a.yml", 3), ("z.yml", 3), ("z.yml", 4)]


CITY = """
kind: place.city
entries:
  - id: axe
    country: MA
    {lang}:
      name: {name}
      example: {example}
"""


@pytest.mark.parametrize(
    ("lang", "name", "example"),
    [("ar", "مدرسة", "وصل الوفد إلى مدرسة"), ("ar", "الجديدة", "وصل الوفد إلى الجديدة"), ("fr", "Ville", "Il vit à Ville"),
     ("en", "Bridge", "He lives in Bridge")],
)  # fmt: skip
def test_a_name_that_is_an_everyday_word_is_pointed_at(tmp_path: Path, lang: str, name: str, example: str) -> None:
    content = CITY.format(lang=lang, name=name, example=example)
    assert any("a word of everyday speech" in message for message in messages(tmp_path, content, "gazetteers/cities.yml"))


@pytest.mark.parametrize("said", ["clitics: none", "article: exact", 'everyday: "yes"', 'ambiguous: "yes"', "not: بنيت بناية"])
def test_a_name_told_from_the_everyday_word_passes(tmp_path: Path, said: str) -> None:
    content = CITY.format(lang="ar", name="مدرسة", example="وصل الوفد إلى مدرسة") + f"      {said}\n"
    assert messages(tmp_path, content, "gazetteers/cities.yml") == []


def test_a_name_is_compared_with_the_packaged_words_too(tmp_path: Path) -> None:
    content = CITY.format(lang="en", name="Unveils", example="He lives in Unveils")
    assert any("event.act" in message for message in messages(tmp_path, content, "gazetteers/cities.yml"))


def test_a_borrowed_weight_must_be_there(tmp_path: Path) -> None:
    content = "kind: speech.verb\nentries:\n  - word: topa là\n    form: finite\n    like: {}\n    example: Il topa là\n"
    assert any("names no word" in m for m in messages(tmp_path, content.format("rien"), "lexicons/fr/words.yml"))
    assert messages(tmp_path, content.format("déclaré"), "lexicons/fr/words.yml") == []
