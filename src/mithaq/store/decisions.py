"""Judgements as kept in the store: never changed, never deleted; asked for by record, and counted."""

from __future__ import annotations

import msgspec

from mithaq.errors import StoreError
from mithaq.model.judgement import Judgement
from mithaq.store.connected import Connected, Run
from mithaq.store.judged import Decision, Kept, read_decisions

_FIELDS = Judgement.__struct_fields__
_BETWEEN = "\t"  # the words of the one naming and of the other, in a decision about two


class Judgements(Connected):
    """The part of the store that keeps what people and rules decided."""

    def judgements(self, document_id: str | None = None) -> list[Kept]:
        """Return all judgements in the order in which they were made; with a document id those of its facts alone."""
        where, values = ("subject >= ? AND subject < ?", (f"{document_id}/", f"{document_id}0")) if document_id else ("TRUE", ())
        found = self._all(f"SELECT n, {', '.join(_FIELDS)} FROM judgements WHERE {where} ORDER BY n", values)
        return [Kept(row["n"], Judgement(**{name: row[name] for name in _FIELDS})) for row in found]

    def standing(self, document_id: str) -> list[Kept]:
        """Return the judgements of a document's facts that no later one replaces or takes back, be it under another document's name."""
        found = self._all(
            "SELECT n FROM judgements j WHERE subject >= ? AND subject < ? AND verb <> 'undo' "
            "AND NOT EXISTS (SELECT 1 FROM judgements later WHERE later.replaces = j.n)",
            (f"{document_id}/", f"{document_id}0"),
        )
        active = {row[0] for row in found}
        return [kept for kept in self.judgements(document_id) if kept.number in active]

    def standing_about(self, document_id: str) -> list[Kept]:
        """Return the standing judgements of a document's facts, also those of pairs in which one of them is the other."""
        found = self._all(
            "SELECT n FROM judgements j WHERE ((subject >= ?1 AND subject < ?2) OR (other >= ?1 AND other < ?2)) AND verb <> 'undo' "
            "AND NOT EXISTS (SELECT 1 FROM judgements later WHERE later.replaces = j.n) ORDER BY n",
            (f"{document_id}/", f"{document_id}0"),
        )
        run = self._connection.execute
        return [Kept(row[0], judgement) for row in found if (judgement := self._judgement(run, row[0])) is not None]

    def judgement(self, number: int) -> Judgement:
        """Return the judgement with this number; raises StoreError when there is none."""
        found = self._judgement(self._connection.execute, number)
        if found is None:
            raise StoreError(f"{self.path}: there is no judgement {number}")
        return found

    def _judgement(self, run: Run, number: int | None) -> Judgement | None:
        row = run(f"SELECT {', '.join(_FIELDS)} FROM judgements WHERE n = ?", (number,)).fetchone()
        return Judgement(**dict(zip(_FIELDS, row, strict=True))) if row else None

    def decisions(self, document_id: str) -> dict[str, Decision]:
        """Return what stands of people's decisions on each fact of a document, by the fact's key."""
        return read_decisions(self.standing(document_id))

    def _judge(self, run: Run, judgement: Judgement) -> int:
        fields = msgspec.structs.asdict(judgement)
        sql = f"INSERT INTO judgements ({', '.join(fields)}) VALUES ({', '.join('?' * len(fields))}) RETURNING n"
        return int(run(sql, tuple(fields.values())).fetchone()[0])


def quotes_of(judgement: Judgement) -> list[tuple[str, str]]:
    """Return the facts that a judgement is about, one or two, each with the words on which it rested."""
    first, _, second = judgement.quote.partition(_BETWEEN)
    if judgement.other is None:
        return [(judgement.subject, judgement.quote)]
    return [(judgement.subject, first), (judgement.other, second)]


def join_quotes(ends: list[tuple[str, str]]) -> str:
    """Return the words of the facts of a judgement as it keeps them."""
    return _BETWEEN.join(quote.replace(_BETWEEN, " ") for _, quote in ends) if len(ends) > 1 else ends[0][1]
