"""Compare names across spellings, scripts and languages: keys by which to look for partners, and features of two names.

Two sorts of names differ in nature. A person's is spelt otherwise, hardly ever translated (``person_names``); a body's or programme's is
translated word by word, and only its proper parts are spelt (``body_names``).
"""

from __future__ import annotations

from mithaq.resolve.body_names import are_about_others, body_keys, compare_body_names
from mithaq.resolve.name_features import SHARED, NameFeatures
from mithaq.resolve.person_names import compare_person_names, person_keys
from mithaq.resolve.spellings import word_likeness

__all__ = [
    "SHARED", "NameFeatures", "are_about_others", "body_keys", "compare_body_names", "compare_person_names", "person_keys", "word_likeness",
]  # fmt: skip
