"""Are two names one body's or one programme's? Features and keys, no verdict."""

from __future__ import annotations

from mithaq.resolve.name_features import NameFeatures
from mithaq.resolve.spellings import word_likeness
from mithaq.text.characters import has_arabic
from mithaq.text.fold import fold_text
from mithaq.text.likeness import comparable
from mithaq.text.sound_keys import sound_keys

LEAST_ALIKE = 0.55


def body_keys(name: str, lang: str | None = None, country: str | None = None) -> tuple[str, ...]:
    """Return the keys of a body's or programme's name, sorted: two names of one body share at least one.

    *lang* is the language of the page and *country* the body's, as far as they are known.
    """
    words = comparable(name)
    keys = {"".join(words)}
    starts = [way for word in words for way in sound_keys(word)[:1]]
    keys |= set(starts)
    keys |= {f"{a}+{b[:2]}" for i, a in enumerate(starts) for j, b in enumerate(starts) if i != j}
    return tuple(sorted(f"{country or ''}:{key}" for key in keys if key))


def compare_body_names(a: str, b: str) -> NameFeatures:
    """Return what two names of bodies or programmes have in common; the same whichever comes first."""
    a, b = sorted((a, b))
    x, y = sorted((comparable(a), comparable(b)), key=len)
    pairs = sorted(((word_likeness(v, w), i, j) for i, v in enumerate(x) for j, w in enumerate(y)), reverse=True)
    left, right, total = set(range(len(x))), set(range(len(y))), 0.0
    for likeness, i, j in pairs:
        if likeness >= LEAST_ALIKE and i in left and j in right:
            left.remove(i)
            right.remove(j)
            total += likeness
    found = len(x) - len(left)
    return NameFeatures(
        same=float(fold_text(a) == fold_text(b)),
        likeness=total / found if found else 0.0,
        shared=found / len(x) if x else 0.0,
        covered=found / len(y) if y else 0.0,
        contradiction=min(len(left), len(right)) / len(x) if x else 0.0,
        across=float(has_arabic(a) != has_arabic(b)),
        words=float(min(len(x), 9)),
        evidence=float(found),
    )
