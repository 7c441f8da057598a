"""Reference tables of a workspace: tables of users against which cited figures are held, added and taken out of use."""

from __future__ import annotations

from abc import ABC, abstractmethod
from pathlib import Path

from mithaq.answers.sides import read_side
from mithaq.collect.reference import read_reference
from mithaq.errors import InputError, QuestionError
from mithaq.ingest import now
from mithaq.lexicon import Lexicon
from mithaq.model.reference import ReferenceTable
from mithaq.store import Store


class Referring(ABC):
    """The part of a workspace that keeps reference tables."""

    store: Store

    @property
    @abstractmethod
    def lexicon(self) -> Lexicon:
        """The words of the workspace, by which countries are named."""

    def add_reference(self, file: Path, by: str, *, name: str | None = None) -> ReferenceTable:
        """Keep a table of values to hold cited figures against, under the file's name or another; return what was kept.

        Raises InputError that tells what is wrong with the file, line by line, and QuestionError when a table of that name is there.
        """
        try:
            data = file.read_bytes()
        except OSError as error:
            raise InputError(f"{file}: cannot be read ({error.strerror}); name a CSV file") from error
        named = " ".join((name or file.stem).split())
        if not named:
            raise QuestionError("a reference table needs a name; give one with --name")
        values = read_reference(data, file.name, named, lambda words: read_side(words, self.lexicon))
        table = ReferenceTable(name=named, file=file.name, by=by, at=now(), values=len(values))
        self.store.add_reference(table, values)
        return table

    def remove_reference(self, name: str, by: str) -> int:
        """Take a reference table out of use; who did so and when is kept. Return how many values it had."""
        return self.store.remove_reference(name, by, now())
