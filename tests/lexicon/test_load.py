"""Knowledge files become entries, word for word, and whoever wrote a wrong one is told where."""

from __future__ import annotations

from pathlib import Path

import pytest

from mithaq.errors import KnowledgeError
from mithaq.lexicon import load_lexicon
from mithaq.lexicon.load import find_files, read_entries, read_yaml


def write(root: Path, name: str, content: str) -> Path:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")
    return path


def test_scalars_stay_the_text_typed(tmp_path: Path) -> None:
    content = read_yaml(write(tmp_path, "a.yml", "code: NO\nclock: 1:30\nyear: 0777\nempty: ~\n"))
    assert [content[key] for key in ("code", "clock", "year", "empty")] == ["NO", "1:30", "0777", "~"]


def test_a_lexicon_entry_keeps_its_forms_attributes_and_place(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "lexicons/fr/need.yml",
        "kind: statement.need\nabout: Lacking.\nentries:\n  - word: besoin de\n    also: [besoins de]\n    strength: high\n"
        "    example: Le port a besoin de câbles\n    not: Il travaille\n",
    )
    (entry,) = read_entries(tmp_path)
    assert (entry.kind, entry.lang, entry.word, entry.forms) == ("statement.need", "fr", "besoin de", ("besoin de", "besoins de"))
    assert entry.attributes == {"strength": "high"}
    assert (entry.example, entry.counterexample) == ("Le port a besoin de câbles", "Il travaille")
    assert (entry.path, entry.line) == (str(path), 4)


GAZETTEER = """
kind: place.country
entries:
  - id: morocco
    code: MA
    ar:
      name: المغرب
      article: exact
      adjective: [مغربي, مغربية]
      example: زار المغرب
    en:
      name: Morocco
      also: [Kingdom of Morocco]
      example: The port of Morocco
  - id: shared
    code: CD
    ambiguous: "yes"
    fr:
      adjective: [congolais]
      example: Le port congolais
"""


def test_a_gazetteer_entry_becomes_one_entry_a_language_and_one_for_its_nationality(tmp_path: Path) -> None:
    write(tmp_path, "gazetteers/countries.yml", GAZETTEER)
    entries = {(e.kind, e.lang, e.word): e for e in read_entries(tmp_path)}
    assert set(entries) == {
        ("place.country", "ar", "المغرب"),
        ("place.nationality", "ar", "مغربي"),
        ("place.country", "en", "Morocco"),
        ("place.nationality", "fr", "congolais"),
    }
    assert entries["place.country", "en", "Morocco"].forms == ("Morocco", "Kingdom of Morocco")


def test_what_a_language_block_says_is_said_of_its_name_alone(tmp_path: Path) -> None:
    write(tmp_path, "gazetteers/countries.yml", GAZETTEER)
    entries = {(e.kind, e.lang): e for e in read_entries(tmp_path)}
    assert entries["place.country", "ar"].attributes == {"id": "morocco", "code": "MA", "article": "exact"}
    assert entries["place.nationality", "ar"].attributes == {"id": "morocco", "code": "MA"}
    assert entries["place.country", "en"].attributes == {"id": "morocco", "code": "MA"}


def test_a_nationality_alone_carries_the_example(tmp_path: Path) -> None:
    write(tmp_path, "gazetteers/countries.yml", GAZETTEER)
    entries = {(e.kind, e.lang): e for e in read_entries(tmp_path)}
    assert entries["place.nationality", "fr"].example == "Le port congolais"
    assert entries["place.nationality", "ar"].example is None


@pytest.mark.parametrize(
    ("name", "content", "complaint"),
    [
        ("lexicons/ar/a.yml", "kind: x\nentries:\n  - means: nothing\n", "a.yml:3: an entry needs 'word:'"),
        ("lexicons/ar/a.yml", "entries:\n  - word: كلمة\n", "its file or itself a 'kind:'"),
        ("lexicons/ar/a.yml", "kind: x\nentries:\n  - word: كلمة\n    also: كلمات\n", "expected a list such as"),
        ("lexicons/ar/a.yml", "kind: x\nentries:\n  - كلمة\n", "is not a block"),
        ("lexicons/en/a.yml", "kind: x\nentries: [\n", "not valid YAML"),
        ("lexicons/en/a.yml", "just a line\n", "begins with 'kind:'"),
        ("gazetteers/a.yml", "kind: x\nentries:\n  - id: y\n    fr:\n      also: [z]\n", "the block 'fr:' needs 'name:'"),
    ],
)
def test_a_wrong_file_is_named_with_its_line(tmp_path: Path, name: str, content: str, complaint: str) -> None:
    write(tmp_path, name, content)
    with pytest.raises(KnowledgeError) as caught:
        read_entries(tmp_path)
    assert complaint in str(caught.value)
    assert Path(name).name in str(caught.value)


def test_a_file_that_is_not_utf8_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.yml"
    path.write_bytes("kind: né".encode("latin-1"))
    with pytest.raises(KnowledgeError, match="save the file as UTF-8"):
        read_yaml(path)


def test_files_come_in_a_fixed_order_and_the_disputed_places_last(tmp_path: Path) -> None:
    for name in ("lexicons/fr/b.yml", "lexicons/ar/z.yml", "gazetteers/c.yml", "lexicons/fr/a.yml", "vocabularies/disputed.yml"):
        write(tmp_path, name, "kind: x\n")
    write(tmp_path, "vocabularies/stages.yml", "terms: []\n")
    write(tmp_path, "lexicons/ar/notes.txt", "")
    assert [(lang, file.name) for lang, file in find_files(tmp_path)] == [
        ("ar", "z.yml"),
        ("fr", "a.yml"),
        ("fr", "b.yml"),
        ("", "c.yml"),
        ("", "disputed.yml"),
    ]


def test_the_packaged_knowledge_has_every_state_in_three_languages() -> None:
    names = {(e.attributes["code"], e.lang) for e in load_lexicon().entries if e.kind == "place.country"}
    codes = {code for code, _ in names}
    assert len(codes) >= 197
    assert {"MA", "OM", "GA", "PS", "XK", "TW", "NO", "CG", "CD"} <= codes
    assert [code for code in sorted(codes) if len({lang for c, lang in names if c == code}) != 3] == []
