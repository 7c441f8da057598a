"""A word is added only when it passes the check, and then it is found."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mithaq.errors import KnowledgeError
from mithaq.lexicon.load import read_entries
from mithaq.lexicon.write import add_entry


def test_a_word_is_written_with_all_that_is_said_of_it(tmp_path: Path) -> None:
    file = add_entry(
        tmp_path,
        kind="event.verb",
        lang="fr",
        word="topait là",
        also=["ont topé là"],
        example="Le ministre topait là : \"oui\"",
        counterexample="Le ministre refuse",
        attributes={"type": "agreement"},
    )
    assert file == tmp_path / "lexicons" / "fr" / "event_verb.yml"
    (entry,) = read_entries(tmp_path)
    assert (entry.word, entry.forms, entry.attributes) == ("topait là", ("topait là", "ont topé là"), {"type": "agreement"})
    assert entry.example == "Le ministre topait là : \"oui\"" and entry.counterexample == "Le ministre refuse"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"example": "rien ici"}, "own example"),
        ({"kind": "no.such"}, "no kind of word"),
        ({"attributes": {"type": "wedding"}}, "not known"),
        ({"counterexample": "il topait là"}, "must not be"),
    ],
)
def test_what_does_not_pass_is_not_written(tmp_path: Path, changes: dict[str, object], words: str) -> None:
    entry: dict[str, object] = {"kind": "event.verb", "lang": "fr", "word": "topait là", "example": "il topait là"} | changes
    with pytest.raises(KnowledgeError, match=words):
        add_entry(tmp_path, **entry)  # type: ignore[arg-type]
    assert not list(tmp_path.rglob("*.yml"))


def test_a_known_word_is_refused_with_its_place(tmp_path: Path) -> None:
    add_entry(tmp_path, kind="event.verb", lang="fr", word="topait là", example="il topait là")
    with pytest.raises(KnowledgeError, match=r"event_verb\.yml:4"):
        add_entry(tmp_path, kind="event.verb", lang="fr", word="topait là", example="elle topait là")


@given(st.text(alphabet=st.sampled_from("abé :#-'\"[]{}&*!|>%@`,؟ب\\"), min_size=1, max_size=20))
def test_any_example_is_read_back_as_typed(tmp_path_factory: pytest.TempPathFactory, tail: str) -> None:
    root = tmp_path_factory.mktemp("k")
    example = f"ils topaient fort {tail}"
    add_entry(root, kind="statement.need", lang="fr", word="topaient fort", example=example)
    assert read_entries(root)[0].example == example
