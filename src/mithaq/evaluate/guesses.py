"""What each layer guesses on stories that its model has not learned from, how sure it was, and whether it was right."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from mithaq.annotate.kinds import LABELS, choose_kind, read_weights
from mithaq.evaluate import learn_events, learn_indicators, learn_pairs, learn_relevance, learn_statements, learn_topics
from mithaq.evaluate.gold import GoldPage
from mithaq.evaluate.learning import Guess, Reader, leave_out, page_story, read_plans
from mithaq.lexicon.weighing import likelihood, likelihood_of
from mithaq.model import Body, Person, Programme
from mithaq.text.likeness import same_name

FOLDS = 6
_PROGRAMME = 0.8  # how alike two names of programmes must be spelt to be one
_NAME = 0.86


def guess_events(reader: Reader, pages: Sequence[GoldPage]) -> Iterator[Guess]:
    """Yield each possible happening with its likelihood."""
    for page, scales in learn_events.by_story(learn_events.read_pages(reader, pages), learn_events.read_before(reader.root), FOLDS):
        yield from (Guess(likelihood_of(signs, scales), right, page.name) for signs, right in page.examples)


def guess_indicators(reader: Reader, pages: Sequence[GoldPage]) -> Iterator[Guess]:
    """Yield each number with its likelihood of being a cited figure."""
    read = [(page_story(page), page.name, learn_indicators.read_examples(reader, [page])) for page in pages if page.gold["relevant"]]
    for known, held in leave_out(read, lambda one: one[0], FOLDS):
        judge = learn_events.learn_weights([e for _, _, examples in known for e in examples], penalty=learn_indicators.PENALTY)
        yield from (Guess(likelihood_of(signs, judge), right, page) for _, page, examples in held for signs, right in examples)


def guess_statements(reader: Reader, pages: Sequence[GoldPage]) -> Iterator[Guess]:
    """Yield each clause that would be a statement, with the likelihood of the kind it would be given."""
    threshold = read_weights().threshold
    sentences = list(learn_statements.read_sentences(reader.root, reader.lexicon))
    half_but = read_plans(reader.root)["statements"].half_but
    for page, weights in learn_statements.by_story(learn_statements.read_pages(reader, pages), sentences, half_but, FOLDS):
        judged = learn_statements.judge(page, weights, threshold)
        for one, (_, likely) in zip(page.clauses, judged, strict=True):
            best = choose_kind(likely, threshold)
            if best and one.label != learn_statements.UNSURE:
                yield Guess(likely[best], LABELS[best] == LABELS[one.label], page.name)


def guess_topics(reader: Reader, pages: Sequence[GoldPage]) -> Iterator[Guess]:
    """Yield each topic that a page speaks of with its likelihood."""
    known = [*learn_topics.read_pages(reader, pages), *learn_topics.read_opening_pages(reader)]
    for page, scales in learn_topics.by_story(known, FOLDS):
        yield from (Guess(likelihood(signs, scales), topic in page.gold, page.name) for topic, signs in page.signs.items())


def guess_relevance(reader: Reader, pages: Sequence[GoldPage]) -> Iterator[Guess]:
    """Yield each page with its likelihood of being for us."""
    examples = learn_relevance.read_examples(reader, pages, ())
    for example, scales in learn_relevance.by_story(examples, FOLDS):
        yield Guess(likelihood(example.signs, scales), example.relevant, example.story)


def guess_pairs(reader: Reader, pages: Sequence[GoldPage]) -> Iterator[Guess]:
    """Yield each pair that would be given, with its likelihood."""
    for example, scales in learn_pairs.by_story(learn_pairs.read_examples(reader, pages)):
        for two in example.twos:
            chance = likelihood(two.signs, scales)
            if learn_pairs.is_shown(two, chance):
                yield Guess(chance, two.right, example.name)


LEARNED: dict[str, Callable[[Reader, Sequence[GoldPage]], Iterator[Guess]]] = {
    "events": guess_events, "statements": guess_statements, "indicators": guess_indicators, "topics": guess_topics,
    "relevance": guess_relevance, "pairs": guess_pairs,
}  # fmt: skip


def find_names(reader: Reader, pages: Sequence[GoldPage]) -> Iterator[tuple[str, str, bool, str]]:
    """Yield (layer, why, whether the gold knows it, story) of what rules found: people, bodies, and programmes of pages for us."""
    for page in pages:
        document, gold, story = reader.layers(page), page.gold, page_story(page)
        known = {
            "people": ([one["name"] for one in gold["people"]], _NAME),
            "bodies": ([one["name"] for one in gold.get("orgs") or gold.get("bodies") or ()], _NAME),
            "programmes": (gold["programmes"], _PROGRAMME),
        }
        found: dict[str, tuple[Person | Body | Programme, ...]] = {
            "people": document.people,
            "bodies": document.bodies,
            "programmes": document.programmes if gold["relevant"] else (),
        }
        for layer, (names, ratio) in known.items():
            for one in found[layer]:
                yield layer, one.why, any(same_name(name, one.name, ratio=ratio) for name in names), story
