"""Learn the weights that tell the article from the furniture of a page, from annotated pages of our own.

A linear-chain model over the four parts of a page (see ``mithaq.page.furniture``), trained to make the gold path likely, weights kept small
(L2) around what the lexicon of furniture words says by itself. Each page is learned in several dresses, so that layout is not mistaken for
meaning: as it is, as bare headline and text, as text on one line after a ticker, in a narrow column, and with furniture words of the
lexicon set into it and below it.
"""

from __future__ import annotations

import math
import random
import re
import textwrap
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

import msgspec

from mithaq.evaluate.gold import GoldPage
from mithaq.evaluate.learning import Learned, Learner, Reader, names_of
from mithaq.lexicon import Lexicon
from mithaq.page.article import find_matches
from mithaq.page.features import read_facts
from mithaq.page.furniture import ALLOWED, LOOKS, STATES, STRONG, State, Weights, choose_states, describe_lines
from mithaq.page.plain import split_lines
from mithaq.text.calendar import read_dates
from mithaq.text.language import find_language
from mithaq.text.tokens import split_tokens

ROUNDS = 60
DECAY = 0.004
RATE = 0.25
FOLDS = 5
ABOUT = "Linear-chain model over the parts of a page, learned from the annotated pages of the corpus, each in several dresses."

# What known furniture words say before any page is seen; learning starts here and is drawn back here.
PRIOR: dict[tuple[str, str], float] = {
    ("body", "covered"): -2.0,
    ("body", "mostly known"): -1.0,
    ("body", "known before a colon"): -1.0,
    ("body", "about the author"): -8.0,
    ("body", "under comments"): -3.0,
    ("inside", "mostly known"): 0.5,
    ("body", "pictograph"): -1.5,
    ("body", "bare date"): -4.0,
    ("body", "cut off"): -0.5,
    ("body", "among lines cut off"): -5.0,
    ("body", "fenced"): -2.5,
    ("body", "no letters"): -2.5,
    ("inside", "no letters"): 1.0,
    **{("body", f"words of {kind}"): -2.5 for kind in STRONG},
    ("inside", "pictograph"): 1.0,
    **{("inside", f"words of {kind}"): 0.8 for kind in STRONG},
}


class Page:
    """A page ready to learn from: lines, facts, features, gold states."""

    def __init__(self, name: str, text: str, body: set[int], lexicon: Lexicon, *, weight: float = 1.0) -> None:
        self.name, self.body, self.weight = name, body, weight
        lang = find_language(text)
        tokens = split_tokens(text)
        matches = find_matches(tokens, lang, text, lexicon)
        self.lines = split_lines(text, tokens, matches)
        self.facts = read_facts(text, self.lines, tokens, matches, read_dates(text, tokens, matches, lang), lang)
        self.features = describe_lines(self.lines, self.facts)
        inside = [2 * sum(i in body for i in range(line.start, line.end)) > line.end - line.start for line in self.lines]
        first = inside.index(True) if True in inside else len(inside)
        last = len(inside) - 1 - inside[::-1].index(True) if True in inside else -1
        self.states: list[State] = [
            "body" if is_body else "above" if i < first else "below" if i > last else "inside" for i, is_body in enumerate(inside)
        ]


def dresses(name: str, text: str, body: set[int], title: str | None, lexicon: Lexicon, rng: random.Random) -> list[Page]:
    """Return a page as it is and, lighter, in the other dresses."""
    pages = [Page(name, text, body, lexicon)]
    lines = [m for m in re.finditer(r"[^\n]+", text) if m.group().strip() and sum(i in body for i in range(*m.span())) * 2 > len(m.group())]
    article = [m.group().strip() for m in lines]
    others = [m.group().strip() for m in re.finditer(r"[^\n]+", text) if m.group().strip() and m.group().strip() not in article]
    head = (title + "\n") if title else ""
    paragraphs = [p for p in article if len(p) > 60]
    if paragraphs:
        one = " ".join(paragraphs)
        pages.append(_dressed(name, head, one, "", lexicon))
        pages.append(_dressed(name, head, "\n".join(article), "", lexicon))
        pages.append(_dressed(name, "", one, "", lexicon))
        ticker = [o for o in others if 20 < len(o) < 90]
        if ticker:
            band = "    ".join(rng.sample(ticker, min(4, len(ticker))))
            pages.append(_dressed(name, band + "    ", one, "", lexicon))
        column = "\n".join(textwrap.fill(p, 76) for p in paragraphs)
        pages.append(_dressed(name, head, column, "\n" + "\n".join(others[-4:]), lexicon))
    lang = find_language(text)
    words = [e.example for e in lexicon.of_kind("furniture", lang) if e.example]
    related = [e.word for e in lexicon.of_kind("furniture.related", lang)]
    if words and len(article) > 2:
        headlines = [o for o in others if 25 < len(o) < 90 and o != title]
        block = [rng.choice(related), *rng.sample(headlines, min(3, len(headlines)))]
        pages.append(_set_with(name, head, article, words, rng.sample(words, 1), lexicon, rng))
        pages.append(_set_with(name, head, article, words, block, lexicon, rng))
        pages.append(_set_with(name, head, _with_headings(article, rng), words, [], lexicon, rng))
    return pages


def _with_headings(article: list[str], rng: random.Random) -> list[str]:
    """Set short headings, the first words of what follows, before some paragraphs."""
    parts: list[str] = []
    for at, paragraph in enumerate(article):
        if at and rng.random() < 0.5:
            parts.append(" ".join(paragraph.split()[: rng.randrange(2, 6)]).rstrip('.,،:؛«"“ '))
        parts.append(paragraph)
    return parts


def _set_with(name: str, head: str, article: list[str], words: list[str], middle: list[str], lexicon: Lexicon, rng: random.Random) -> Page:
    """Return an article with furniture words above the headline and below it, and *middle* set into it."""
    above, below = rng.sample(words, 2), rng.sample(words, 4)
    cut = rng.randrange(1, len(article))
    text, body = "\n".join(above) + "\n" + head, set[int]()
    for part in (article[:cut], middle, article[cut:]):
        if not part:
            continue
        if part is not middle:
            body.update(range(len(text), len(text) + len("\n".join(part))))
        text += "\n".join(part) + "\n"
    return Page(name, text + "\n".join(below) + "\n", body, lexicon, weight=0.5)


def _dressed(name: str, head: str, article: str, tail: str, lexicon: Lexicon) -> Page:
    text = head + article + tail + "\n"
    return Page(name, text, set(range(len(head), len(head) + len(article))), lexicon, weight=0.3)


def read_groups(pages: Sequence[GoldPage], lexicon: Lexicon) -> list[list[Page]]:
    """Return the dresses of every page."""
    chance = random.Random(1)
    return [dresses(page.name, page.text, set(page.article), page.gold.get("title"), lexicon, chance) for page in pages]


class Model:
    """Weights while they are learned, with the squared gradients that set their rates (Adagrad)."""

    def __init__(self) -> None:
        self.values: dict[tuple[str, str], float] = defaultdict(float, PRIOR)
        self.squares: dict[tuple[str, str], float] = defaultdict(lambda: 1e-3)

    def emissions(self, page: Page) -> list[dict[State, float]]:
        rows = []
        for features in page.features:
            looks = {look: sum(self.values[look, f] * v for f, v in features.items()) for look in ("body", "inside")}
            rows.append({s: looks.get(LOOKS[s], 0.0) for s in STATES})
        return rows

    def learn(self, page: Page) -> None:
        rows = self.emissions(page)
        gradient: dict[tuple[str, str], float] = defaultdict(float)
        _count(page, [{s: float(s == gold) for s in STATES} for gold in page.states], _pairs_of(page.states), gradient, 1.0)
        nodes, edges = self._expect(rows)
        _count(page, nodes, edges, gradient, -1.0)
        for key, value in gradient.items():
            value = page.weight * value - DECAY * (self.values[key] - PRIOR.get(key, 0.0))
            self.squares[key] += value * value
            self.values[key] += RATE * value / math.sqrt(self.squares[key])

    def _expect(self, rows: list[dict[State, float]]) -> tuple[list[dict[State, float]], list[dict[tuple[State, State], float]]]:
        """Return how likely each state and each step is under the present weights (forward and backward)."""
        step = {pair: self.values["step", f"{pair[0]} {pair[1]}"] for pair in ALLOWED}
        low = -1e9
        forward = [{s: (self.values["start", s] if s in ("above", "body") else low) + rows[0][s] for s in STATES}]
        for row in rows[1:]:
            forward.append({s: _log_sum([forward[-1][a] + step[a, b] for a, b in ALLOWED if b == s]) + row[s] for s in STATES})
        backward = [dict.fromkeys(STATES, 0.0)]
        for row in reversed(rows[1:]):
            following = backward[0]
            backward.insert(0, {s: _log_sum([step[a, b] + row[b] + following[b] for a, b in ALLOWED if a == s]) for s in STATES})
        total = _log_sum(list(forward[-1].values()))
        nodes = [{s: math.exp(min(0.0, f[s] + b[s] - total)) for s in STATES} for f, b in zip(forward, backward, strict=True)]
        edges = [
            {(a, b): math.exp(min(0.0, forward[i][a] + step[a, b] + rows[i + 1][b] + backward[i + 1][b] - total)) for a, b in ALLOWED}
            for i in range(len(rows) - 1)
        ]
        return nodes, edges

    def weights(self) -> Weights:
        looks = {look: {f: round(v, 3) for (kind, f), v in sorted(self.values.items()) if kind == look} for look in ("body", "inside")}
        steps = {f"{a} {b}": round(self.values["step", f"{a} {b}"], 3) for a, b in ALLOWED}
        return Weights(looks, steps, {s: round(self.values["start", s], 3) for s in ("above", "body")})


def _pairs_of(states: list[State]) -> list[dict[tuple[State, State], float]]:
    return [{pair: 1.0} for pair in pairwise(states)]


def _log_sum(values: list[float]) -> float:
    top = max(values)
    return top + math.log(sum(math.exp(v - top) for v in values)) if top > -1e8 else -1e9


def _count(
    page: Page,
    nodes: list[dict[State, float]],
    edges: list[dict[tuple[State, State], float]],
    gradient: dict[tuple[str, str], float],
    sign: float,
) -> None:
    for features, node in zip(page.features, nodes, strict=True):
        for state, share in node.items():
            if LOOKS[state] != "out" and share > 1e-6:
                for name, value in features.items():
                    gradient[LOOKS[state], name] += sign * share * value
    for edge in edges:
        for (a, b), share in edge.items():
            gradient["step", f"{a} {b}"] += sign * share
    for state in ("above", "body"):
        gradient["start", state] += sign * nodes[0][state]


def learn_weights(groups: Sequence[Sequence[Page]]) -> Weights:
    """Return the weights learned from all dresses of the given pages."""
    model, chance = Model(), random.Random(7)
    pages = [page for group in groups for page in group]
    for _ in range(ROUNDS):
        chance.shuffle(pages)
        for page in pages:
            model.learn(page)
    return model.weights()


def judge(groups: Sequence[Sequence[Page]], weights: Weights) -> tuple[float, list[str]]:
    """Return the F1 of body characters on pages as they are, and the names of those below .97."""
    tp = fp = fn = 0
    weak = []
    for group in groups:
        page = group[0]
        states = choose_states(page.lines, page.facts, weights)
        got = {i for line, s in zip(page.lines, states, strict=True) if s == "body" for i in range(line.start, line.end)}
        a, b, c = len(got & page.body), len(got - page.body), len(page.body - got)
        tp, fp, fn = tp + a, fp + b, fn + c
        if 2 * a < 0.97 * (2 * a + b + c):
            weak.append(f"{page.name} {2 * a / (2 * a + b + c):.2f}")
    return 2 * tp / (2 * tp + fp + fn), weak


def learn(reader: Reader, pages: Sequence[GoldPage]) -> Learned:
    """Return the weights of *pages*."""
    groups = read_groups(pages, reader.lexicon)
    weights = learn_weights(groups)
    model = {"about": ABOUT, "learned_from": names_of(pages), **msgspec.to_builtins(weights)}
    return Learned(model, sum(map(len, groups)), sum(map(len, weights.looks.values())) + len(weights.steps) + len(weights.starts))


def measure(reader: Reader, pages: Sequence[GoldPage]) -> Iterator[str]:
    """Yield, for each fifth of the pages, the F1 of body characters with weights learned from the others."""
    groups = read_groups(pages, reader.lexicon)
    for fold in range(FOLDS):
        held = groups[fold::FOLDS]
        score, weak = judge(held, learn_weights([group for i, group in enumerate(groups) if i % FOLDS != fold]))
        yield f"fold {fold}: {len(held)} pages, body characters F1 {score:.3f}; weak: {', '.join(weak) or 'none'}"


LEARNER = Learner("furniture", learn, measure)
