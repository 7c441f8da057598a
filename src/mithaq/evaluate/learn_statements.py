"""Learn what kind of statement a clause is, or that it is none, from annotated pages and sentences of our own.

A softmax regression over the signs of a clause (see ``mithaq.annotate.kinds``), trained by AdaGrad with weights kept small; rare words
count for less. Learns from relevant pages and from ``corpus/sentences``, twice: once from the plainer signs, with pages of the densest kind
left out, and once from all signs and pages. The weights are a mean of both, which errs less than either: where one has learned a habit
of the corpus by heart, the other has not.
"""

from __future__ import annotations

import math
import random
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from fnmatch import fnmatchcase
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from mithaq.annotate.kinds import LABELS, NONE, carry, choose_kind, features_of, weigh
from mithaq.annotate.places import find_places
from mithaq.annotate.statements import find_candidates
from mithaq.evaluate.gold import GoldPage
from mithaq.evaluate.learning import Learned, Learner, Reader, leave_out, page_story, read_plans
from mithaq.lexicon import Lexicon
from mithaq.model import Document, Segment, Sentence
from mithaq.model.vocabulary import LANGUAGES, Language
from mithaq.text.likeness import comparable
from mithaq.text.tokens import split_tokens

FOLDS = 8
ROUNDS = 12
MEAN = 6  # the last rounds, of which the weights are the mean: one order of the clauses is as good as another
RATE = 0.15
# How hard weights are drawn to nothing: at each clause that has the sign, or shared out among all that have it.
DECAY = 0.02
RARE = 60  # occurrences below which the weight of a word is drawn to nothing the harder
SHARED = 5.0
RARE_SHARED = 20
PLAIN = 0.4  # how much the first learning counts in the mean of both
LEAST = 0.03  # smaller weights are not written
THRESHOLD = 0.55
ABOUT = "Softmax regression over the signs of a clause, a weight for each kind of statement, learned from the corpus (pages, sentences)."
UNSURE = -1  # the label of a clause from which nothing is learned
_PART = 0.7
# Signs that only the second learning knows.
_FINER = ("sense:", "opens sense:", "time:", "outlook:", "size:", "before:", "behind:", "verbplace:", "p:")
_WORDS = ("w:", "f:", "p:")
_MARK = re.compile(r"\{(\w+)\|([^}]*)\}")

Weights = dict[str, tuple[float, ...]]


class Clause(NamedTuple):
    """A clause as learning sees it: its words, its signs, its right label, and whether it only goes on with the clause before."""

    quote: str
    signs: tuple[str, ...]
    label: int
    goes_on: bool


class Page(NamedTuple):
    """One page or sentence: its name, its story, what the gold says, and its clauses."""

    name: str
    story: str
    gold: list[tuple[str, str]]
    clauses: list[Clause]


def read_pages(reader: Reader, pages: Iterable[GoldPage]) -> list[Page]:
    """Return the relevant ones of *pages*."""
    return [
        to_page(page.name, page_story(page), reader.layers(page), [(s["kind"], s["quote"]) for s in page.gold["statements"]])
        for page in pages
        if page.gold["relevant"]
    ]


def read_sentences(root: Path, lexicon: Lexicon) -> Iterator[Page]:
    """Yield the sentences of ``corpus/sentences``, in which ``{kind|words}`` marks what is said."""
    for lang in LANGUAGES:
        for line in (root / "corpus" / "sentences" / f"{lang}.txt").read_text("utf-8").splitlines():
            if line.strip() and not line.startswith("#"):
                gold = [(m[1], m[2]) for m in _MARK.finditer(line)]
                yield to_page("sentence", "", to_document(_MARK.sub(lambda m: m[2], line), lang, lexicon), gold)


def to_document(text: str, lang: Language, lexicon: Lexicon) -> Document:
    """Return one sentence as a document with tokens, matches and places."""
    tokens = split_tokens(text)
    body = Sentence(0, len(text), 0, len(tokens), "body", 0, 0)
    document = Document(id="sentence", text=text, lang=lang, tokens=tokens, segments=(Segment(0, len(text), "body"),), sentences=(body,))
    document = replace(document, matches=lexicon.find(tokens, lang, text))
    return replace(document, places=find_places(document, lexicon))


def to_page(name: str, story: str, document: Document, gold: list[tuple[str, str]]) -> Page:
    """Return a document's clauses with the label of the gold statement that each covers best, "none" when it covers none."""
    view, candidates = find_candidates(document)
    quotes = [document.text[view.tokens[c.clause.first].start : view.tokens[c.clause.last - 1].end] for c in candidates]
    labels = {i: gold[g][0] for _, g, i in best_pairs([q for _, q in gold], quotes)}
    rows: list[Clause] = []
    for i, (quote, candidate) in enumerate(zip(quotes, candidates, strict=True)):
        label = _label(quote, labels.get(i), gold)
        signs = features_of(view, candidate)
        if candidate.goes_on:
            signs.add(carry(LABELS[max(rows[-1].label, 0)]))
        rows.append(Clause(quote, tuple(sorted(signs)), label, candidate.goes_on))
    return Page(name, story, gold, rows)


def _label(quote: str, kind: str | None, gold: list[tuple[str, str]]) -> int:
    """Return the label of a clause, UNSURE for a part of a gold clause that another one covers better, or for what holds much more."""
    if kind is not None:
        return LABELS.index(kind)
    words = set(comparable(quote))
    both = ((len(words & said), len(words), len(said)) for said in (set(comparable(q)) for _, q in gold))
    touches = any(shared >= _PART * min(own, other) for shared, own, other in both if own and other)
    return UNSURE if touches else LABELS.index(NONE)


def best_pairs(gold: Sequence[str], got: Sequence[str]) -> list[tuple[float, int, int]]:
    """Match each gold clause to at most one clause found: half of its words must be there, in at most three times as many."""
    scored = [(overlap(g, p), i, j) for i, g in enumerate(gold) for j, p in enumerate(got)]
    pairs: list[tuple[float, int, int]] = []
    for score, i, j in sorted(scored, key=lambda s: (-s[0], s[1], s[2])):
        if score > 0 and all(i != a and j != b for _, a, b in pairs):
            pairs.append((score, i, j))
    return pairs


def overlap(gold: str, got: str) -> float:
    """Return the share of words that two clauses have in common, 0 when too few are."""
    a, b = set(comparable(gold)), set(comparable(got))
    both = len(a & b)
    return both / len(a | b) if both and both >= len(a) / 2 and both >= len(b) / 3 else 0.0


def learn_weights(pages: Iterable[Page], half_but: Sequence[str] = ()) -> Weights:
    """Return weights learned from the clauses of *pages*; the same pages give the same weights.

    *half_but*: patterns of the names of pages that the first of the two learnings leaves out.
    """
    pages = list(pages)
    plainer = [page for page in pages if not any(fnmatchcase(page.name, pattern) for pattern in half_but)]
    plain = _learn([([s for s in signs if not s.startswith(_FINER)], label) for signs, label in _examples(plainer)], _decay)
    sentences = [page for page in pages if not page.story]  # twice: the manner of agencies is rare among the pages
    full = _learn([(list(signs), label) for signs, label in _examples([*pages, *sentences])], _decay_shared)
    nothing = (0.0,) * len(LABELS)
    return {
        sign: tuple(PLAIN * a + (1 - PLAIN) * b for a, b in zip(plain.get(sign, nothing), full.get(sign, nothing), strict=True))
        for sign in sorted({*plain, *full})
    }


def _examples(pages: Iterable[Page]) -> Iterator[tuple[tuple[str, ...], int]]:
    return ((one.signs, one.label) for page in pages for one in page.clauses if one.label != UNSURE)


def _decay(sign: str, count: int) -> float:
    """Return how hard each clause draws the weight of a sign that *count* clauses have."""
    return DECAY * (RARE / count if sign.startswith(_WORDS) else 1)


def _decay_shared(sign: str, count: int) -> float:
    return SHARED / count * (1 + RARE_SHARED / count if is_word(sign) else 1)


def _learn(data: Sequence[tuple[list[str], int]], draw: Callable[[str, int], float]) -> Weights:
    count = Counter(sign for signs, _ in data for sign in signs)
    kept = {sign for sign, n in count.items() if n >= (3 if is_word(sign) else 2)}
    weights = {sign: [0.0] * len(LABELS) for sign in sorted(kept)}
    steps = {sign: [1e-6] * len(LABELS) for sign in kept}
    decay = {sign: draw(sign, count[sign]) for sign in kept}
    rows = [([s for s in signs if s in kept], label) for signs, label in data]
    sums = {sign: [0.0] * len(LABELS) for sign in kept}
    chance = random.Random(1)
    for done in range(ROUNDS):
        chance.shuffle(rows)
        for signs, label in rows:
            likely = weigh(signs, weights)  # type: ignore[arg-type]  # lists while learning, tuples once learned
            wrong = [chance - (k == label) for k, chance in enumerate(likely)]
            for sign in signs:
                _step(weights[sign], steps[sign], wrong, decay[sign])
        if done >= ROUNDS - MEAN:
            for sign, row in weights.items():
                sums[sign] = [a + b for a, b in zip(sums[sign], row, strict=True)]
    return {sign: tuple(value / MEAN for value in sums[sign]) for sign in weights}


def _step(row: list[float], steps: list[float], wrong: Sequence[float], decay: float) -> None:
    """Move the weights of one sign a step against what was wrong."""
    for k, error in enumerate(wrong):
        weight = row[k]
        slope = error + decay * weight
        steps[k] += slope * slope
        row[k] = weight - RATE * slope / math.sqrt(steps[k])


def is_word(sign: str) -> bool:
    """Say whether a sign is a single word or cue, which must be seen more often."""
    return sign.startswith(("w:", "f:", "p:", "cueword:", "verb:", "verbplace:"))


def judge(page: Page, weights: Weights, threshold: float) -> list[tuple[str, list[float]]]:
    """Return the kind of each clause of a page and how likely each label is, judged one after the other as in ``annotate.statements``."""
    found: list[tuple[str, list[float]]] = []
    for one in page.clauses:
        signs = [sign for sign in one.signs if not sign.startswith(carry(""))]
        if one.goes_on:
            signs.append(carry(found[-1][0]))
        likely = weigh(signs, weights)
        found.append((LABELS[choose_kind(likely, threshold)], likely))
    return found


def f1_of(pages: Iterable[tuple[Page, Weights]], threshold: float) -> tuple[float, float]:
    """Return F1 by span, and by span and kind."""
    right = kinds = found = wanted = 0
    for page, weights in pages:
        judged = zip(page.clauses, judge(page, weights, threshold), strict=True)
        got = [(kind, one.quote) for one, (kind, _) in judged if kind != NONE]
        pairs = best_pairs([q for _, q in page.gold], [q for _, q in got])
        right += len(pairs)
        kinds += sum(page.gold[i][0] == got[j][0] for _, i, j in pairs)
        found, wanted = found + len(got), wanted + len(page.gold)
    return 2 * right / (found + wanted), 2 * kinds / (found + wanted)


def by_story(
    pages: Sequence[Page], sentences: Sequence[Page], half_but: Sequence[str] = (), folds: int = FOLDS
) -> list[tuple[Page, Weights]]:
    """Return each page with weights learned from other stories."""
    paired = []
    for learned_from, held in leave_out(pages, lambda page: page.story, folds):
        weights = learn_weights([*learned_from, *sentences], half_but)
        paired += [(page, weights) for page in held]
    return paired


def learn(reader: Reader, pages: Sequence[GoldPage]) -> Learned:
    """Return the weights of *pages* and of the sentences of the checkout, those that tell anything, rounded."""
    known = [*read_pages(reader, pages), *read_sentences(reader.root, reader.lexicon)]
    weights = learn_weights(known, read_plans(reader.root)["statements"].half_but)
    rounded = {sign: [round(w, 2) for w in row] for sign, row in sorted(weights.items()) if max(map(abs, row)) >= LEAST}
    names = sorted(page.name for page in known if page.story)
    model = {"about": ABOUT, "labels": list(LABELS), "threshold": THRESHOLD, "learned_from": names, "weights": rounded}
    return Learned(model, sum(len(page.clauses) for page in known), len(rounded) * len(LABELS))


def measure(reader: Reader, pages: Sequence[GoldPage]) -> Iterator[str]:
    """Yield the F1 of statements on stories not learned from, by threshold."""
    half_but = read_plans(reader.root)["statements"].half_but
    paired = by_story(read_pages(reader, pages), list(read_sentences(reader.root, reader.lexicon)), half_but)
    for threshold in (0.3, 0.4, 0.45, 0.5, 0.6):
        span, kind = f1_of(paired, threshold)
        yield f"threshold {threshold}: F1 by span {span:.3f}, by span and kind {kind:.3f}"


LEARNER = Learner("statements", learn, measure)
