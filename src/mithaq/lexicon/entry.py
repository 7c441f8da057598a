"""An entry of a knowledge file: a word with a meaning for us, its forms, and the sentence that proves it."""

from __future__ import annotations

import msgspec


class Entry(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One word or phrase of one language.

    ``kind`` says what it means for us ("statement.need", "place.country"); ``attributes`` hold whatever else the file says of it
    (``code: MA``, ``type: meeting``), all as text. ``example`` must contain one of the forms, ``counterexample`` none.
    ``path`` and ``line`` tell where it stands, for messages to whoever edits the file.
    """

    kind: str
    lang: str
    word: str
    forms: tuple[str, ...]
    attributes: dict[str, str]
    example: str | None = None
    counterexample: str | None = None
    path: str = ""
    line: int = 0
