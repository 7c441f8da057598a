"""Something wrong in a knowledge file, as a line that a person can act on."""

from __future__ import annotations

import msgspec


class Problem(msgspec.Struct, frozen=True, order=True):
    """Something wrong in a knowledge file: where, with which word, and what to do. ``str()`` gives the line to print."""

    path: str
    line: int
    word: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.word!r}: {self.message}"
