"""How well names of people, places, organisations and the rest are marked on ANERcorp by a small sequence model with our words as signs.

    python -m pip install python-crfsuite      # for this measurement only; mithaq does not need it
    python bench/anercorp.py TRAIN.conll TEST.conll [--held-out]

Learns on the train part alone (one token and its tag a line, an empty line between sentences) and prints precision, recall and F1 of whole
spans (begin, end and class right) on the test part. Signs of a token: its letters, its stem, the kinds of our lexicons over it, our lists
of given names and everyday words, what mithaq's own rules find there (people, bodies, places), and the signs of its neighbours. With
--held-out the last tenth of the train part is judged instead: for choosing settings. ANERcorp is free for research and no part of this
repository.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from mithaq.lexicon import Lexicon, load_lexicon
from mithaq.lexicon.wordlist import is_common_arabic, is_given_name
from mithaq.model import Document, Segment, Token, hash_text
from mithaq.model import Sentence as Body
from mithaq.pipeline import find_layers
from mithaq.text.arabic import stem_arabic
from mithaq.text.clitics import has_article
from mithaq.text.fold import fold_word
from mithaq.text.tokens import split_tokens

SETTINGS = {"c1": 0.1, "c2": 0.3, "max_iterations": 110, "feature.minfreq": 2, "feature.possible_transitions": True}
AROUND = (-2, -1, 1, 2)
PASSAGE = 25  # sentences in a row that are read together, so that a surname finds its full name
CLASSES = ("PERS", "LOC", "ORG", "MISC")
GOALS = {"PERS": 0.80, "all": 0.74}
_CONTEXT = ("word:", "stem:", "lexicon:", "given", "common", "article", "mark")  # what is said of neighbours too


class Sentence(NamedTuple):
    """Tokens and their tags ("B-PERS", "I-PERS", "O")."""

    words: list[str]
    tags: list[str]


class Span(NamedTuple):
    """A name: sentence, first token, token after the last, class."""

    sentence: int
    first: int
    last: int
    kind: str


def read_conll(file: Path) -> list[Sentence]:
    """Return the sentences of a file with a token and a tag a line."""
    sentences = []
    for block in file.read_text("utf-8").replace("\r", "").split("\n\n"):
        rows = [line.rsplit(None, 1) for line in block.split("\n") if line.strip()]
        rows = [row for row in rows if len(row) == 2]
        if rows:
            sentences.append(Sentence([row[0] for row in rows], [row[1] for row in rows]))
    return sentences


def signs_of(sentences: Sequence[Sentence], lexicon: Lexicon) -> list[list[list[str]]]:
    """Return what is to be seen of each token of each sentence, neighbours included."""
    signs = []
    for start in range(0, len(sentences), PASSAGE):
        passage = sentences[start : start + PASSAGE]
        for sentence, ruled in zip(passage, found_by_rules(passage, lexicon), strict=True):
            kinds = kinds_over(sentence.words, lexicon)
            looks = [signs_of_word(word) for word in sentence.words]
            own = [look + [f"lexicon:{kind}" for kind in sorted(kinds[at] | ruled[at])] for at, look in enumerate(looks)]
            signs.append([in_context(own, at) for at in range(len(own))])
    return signs


def found_by_rules(passage: Sequence[Sentence], lexicon: Lexicon) -> list[list[set[str]]]:
    """Return for each token of some sentences in a row which names mithaq's own rules find there."""
    lines = [" ".join(sentence.words) for sentence in passage]
    text = "\n".join(lines) + "\n"
    owner = [(n, at) for n, sentence in enumerate(passage) for at, word in enumerate(sentence.words) for _ in range(len(word) + 1)]
    tokens: list[Token] = []
    sentences, place = [], 0
    for number, line in enumerate(lines):
        first = len(tokens)
        tokens += split_tokens(text, place, place + len(line))
        sentences.append(Body(place, place + len(line), first, len(tokens), "body", number, 0))
        place += len(line) + 1
    whole = (Segment(0, len(text) - 1, "body"),)
    page = Document(id=hash_text(text), text=text, lang="ar", segments=whole, tokens=tuple(tokens), sentences=tuple(sentences))
    page = find_layers(page, lexicon)
    found = [[set[str]() for _ in sentence.words] for sentence in passage]
    spans = [("rules person", e.start, e.end) for one in page.people for e in one.mentions]
    spans += [("rules body", e.start, e.end) for one in page.bodies for e in one.mentions]
    spans += [("rules place", one.evidence.start, one.evidence.end) for one in page.places]
    for kind, start, end in spans:
        covered = sorted({owner[at] for at in range(start, end) if at < len(owner)})
        for nth, (n, at) in enumerate(covered):
            found[n][at] |= {kind, f"{kind} {'=' if nth == 0 else '-'}"}
    return found


def kinds_over(words: Sequence[str], lexicon: Lexicon) -> list[set[str]]:
    """Return the kinds of our lexicons' words over each token, finer parts for places and bodies alone; "=" where one begins."""
    text = " ".join(words)
    owner, kinds = [n for n, word in enumerate(words) for _ in range(len(word) + 1)], [set[str]() for _ in words]
    tokens = split_tokens(text)
    for match in lexicon.find(tokens, "ar", text):
        fine = match.kind if match.kind.startswith(("place", "body", "person")) else match.kind.split(".")[0]
        for at in range(match.first, match.last):
            kinds[owner[tokens[at].start]] |= {fine, f"{fine}="} if at == match.first else {fine}
    return kinds


def signs_of_word(word: str) -> list[str]:
    """Return what is to be seen of one token by itself."""
    if not any(c.isalnum() for c in word):
        return [f"mark:{word}"]
    key = fold_word(word)
    signs = [f"word:{key}", f"stem:{stem_arabic(key)}", f"length:{min(len(key), 9)}"]
    signs += [f"begin:{key[:n]}" for n in (1, 2, 3, 4) if len(key) > n] + [f"end:{key[-n:]}" for n in (1, 2, 3) if len(key) > n]
    signs += ["digit"] if any(c.isdigit() for c in word) else []
    signs += ["latin"] if word.isascii() else []
    signs += ["article"] if has_article(word) else []
    signs += ["given"] if is_given_name(word, "ar") else ["given behind and"] if word[:1] == "و" and is_given_name(word[1:], "ar") else []
    return [*signs, "common"] if is_common_arabic(key) else signs


def in_context(own: Sequence[list[str]], at: int) -> list[str]:
    """Return a token's signs, what counts of its neighbours, and pairs of words."""
    signs = [f"0 {sign}" for sign in own[at]]
    for step in AROUND:
        if 0 <= at + step < len(own):
            signs += [f"{step} {sign}" for sign in own[at + step] if sign.startswith(_CONTEXT)]
        else:
            signs.append(f"{step} edge")
    if at:
        signs.append(f"-1/0 {own[at - 1][0]} {own[at][0]}")
    if at + 1 < len(own):
        signs.append(f"0/1 {own[at][0]} {own[at + 1][0]}")
    return signs


def spans_of(tags: Sequence[Sequence[str]]) -> Iterator[Span]:
    """Yield the names that tags mark; a name that begins with "I-" is one all the same."""
    for number, row in enumerate(tags):
        first, kind = 0, ""
        for at, tag in enumerate([*row, "O"]):
            if kind and tag != f"I-{kind}":
                yield Span(number, first, at, kind)
                kind = ""
            if tag != "O" and not kind:
                first, kind = at, tag[2:]


def learn(sentences: Sequence[Sentence], lexicon: Lexicon, crf: Any) -> Any:
    """Return a tagger that learned from *sentences*."""
    trainer = crf.Trainer(verbose=False)
    for sentence, signs in zip(sentences, signs_of(sentences, lexicon), strict=True):
        trainer.append(signs, sentence.tags)
    trainer.set_params(SETTINGS)
    with tempfile.TemporaryDirectory() as folder:
        model = Path(folder) / "names.crf"
        trainer.train(str(model))
        print(f"{len(sentences)} sentences learned from, {model.stat().st_size / 1e6:.1f} MB of weights")
        tagger = crf.Tagger()
        tagger.open(str(model))
    return tagger


def judge(gold: Sequence[Sentence], found: Sequence[Sequence[str]]) -> dict[str, tuple[float, float, float]]:
    """Return precision, recall and F1 of whole spans, by class and for all."""
    wanted, got = set(spans_of([s.tags for s in gold])), set(spans_of(found))
    counts = Counter[tuple[str, str]]()
    for name, spans in (("wanted", wanted), ("got", got), ("right", wanted & got)):
        for span in spans:
            counts.update(((name, span.kind), (name, "all")))
    figures = {}
    for kind in (*CLASSES, "all"):
        right, has, should = counts["right", kind], counts["got", kind], counts["wanted", kind]
        figures[kind] = (right / max(1, has), right / max(1, should), 2 * right / max(1, has + should))
    return figures


def main() -> int:
    """Learn, judge, print; 0 when the goals are reached."""
    try:
        import pycrfsuite
    except ImportError:
        print(__doc__, file=sys.stderr)
        return 2
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("train", type=Path)
    parser.add_argument("test", type=Path)
    parser.add_argument("--held-out", action="store_true")
    asked = parser.parse_args()
    train, test, lexicon = read_conll(asked.train), read_conll(asked.test), load_lexicon()
    if asked.held_out:
        cut = len(train) * 9 // 10
        train, test = train[:cut], train[cut:]
    began = time.perf_counter()
    tagger = learn(train, lexicon, pycrfsuite)
    figures = judge(test, [tagger.tag(signs) for signs in signs_of(test, lexicon)])
    print(f"{len(test)} sentences judged, {time.perf_counter() - began:.0f} s")
    for kind, (precision, recall, f1) in figures.items():
        print(f"{kind:5} precision {precision:.3f}  recall {recall:.3f}  F1 {f1:.3f}" + (f"  goal {GOALS[kind]}" if kind in GOALS else ""))
    return 0 if all(figures[kind][2] >= goal for kind, goal in GOALS.items()) else 1


if __name__ == "__main__":
    raise SystemExit(main())
