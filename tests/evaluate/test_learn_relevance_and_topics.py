"""Learning relevance and topics: openings are read as they are meant, and the packaged weights are those that the corpus gives."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from evaluate.reference import ROOT
from mithaq.errors import InputError
from mithaq.evaluate import learn_relevance, learn_topics
from mithaq.evaluate.gold import read_split
from mithaq.evaluate.learning import Reader, story_of
from mithaq.evaluate.openings import read_openings, to_document
from mithaq.evaluate.world import read_stories
from mithaq.lexicon.weighing import likelihood, load_scales
from mithaq.model.vocabulary import LANGUAGES


def test_openings_are_of_both_sorts_in_every_language() -> None:
    counts = Counter((opening.lang, opening.relevant) for opening in read_openings(ROOT))
    assert all(counts[lang, ours] >= 15 for lang in LANGUAGES for ours in (True, False))


def test_an_opening_is_a_title_and_a_body() -> None:
    for opening in read_openings(ROOT):
        document = to_document(opening)
        assert [segment.kind for segment in document.segments] == ["title", "body"]
        assert opening.text.startswith(document.title or "?")
        assert {sentence.kind for sentence in document.sentences} == {"title", "body"}


@pytest.mark.parametrize("head", ["for us: cooking", "maybe: space", "for us", "not for us: "])
def test_a_wrong_head_is_named_with_its_file(head: str, tmp_path: Path) -> None:
    folder = tmp_path / "corpus" / "openings"
    folder.mkdir(parents=True)
    for lang in LANGUAGES:
        (folder / f"{lang}.txt").write_text(f"# About\n== {head}\nTitle\n\nLead.\n", "utf-8")
    with pytest.raises(InputError, match=r"write '== for us: TOPICS'"):
        read_openings(tmp_path)


def test_openings_that_are_not_there_are_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="root of a checkout"):
        read_openings(tmp_path)


def test_the_packaged_weights_of_topics_fit_the_pages_they_were_learned_from() -> None:
    pages = learn_topics.read_pages(Reader(ROOT), read_split(ROOT, "dev"))
    scales = load_scales("topics")
    assert learn_topics.f1_of([(page, scales) for page in pages], scales.threshold) > 0.6


def test_the_packaged_weights_of_relevance_tell_openings_apart() -> None:
    examples = learn_relevance.read_examples(Reader(ROOT), (), read_openings(ROOT))
    scales = load_scales("relevance")
    right = sum((likelihood(e.signs, scales) >= scales.threshold) is e.relevant for e in examples)
    assert right / len(examples) > 0.9


def test_learning_twice_gives_the_same_weights() -> None:
    examples = learn_relevance.read_examples(Reader(ROOT), (), read_openings(ROOT)[:20])
    assert learn_relevance.learn_scales(examples) == learn_relevance.learn_scales(examples)


def test_stories_are_held_together() -> None:
    assert story_of("jo-mr-03") == story_of("jo-mr-10") == "jo-mr"
    assert story_of("c06-tn-neg") == "c06-tn-neg"


def test_a_page_of_a_story_is_for_us_when_it_tells_a_step_between_two_sides() -> None:
    stories = {story.folder.name: story for story in read_stories(ROOT, "train", "dev")}
    verdicts = Counter(learn_relevance.is_for_us(story, page) for story in stories.values() for page in story.pages)
    assert verdicts[True] > 200 and verdicts[False] > 0
    # A mission of traders beside the story is neither: nobody said whether it was about digital matters.
    assert learn_relevance.is_for_us(stories["b01"], "b01-07") is None
    assert learn_relevance.is_for_us(stories["a04"], "a04-10") is False
