"""Judgements as kept in the store: never changed, never deleted; asked for by record, and counted."""

from __future__ import annotations

import msgspec

from mithaq.model.judgement import Judgement
from mithaq.store.connected import Connected, Run
from mithaq.store.judged import Decision, Kept, read_decisions

_FIELDS = Judgement.__struct_fields__


class Judgements(Connected):
    """The part of the store that keeps what people and rules decided."""

    def judgements(self, document_id: str | None = None) -> list[Kept]:
        """Return all judgements in the order in which they were made; with a document id those of its facts alone."""
        where, values = ("subject >= ? AND subject < ?", (f"{document_id}/", f"{document_id}0")) if document_id else ("1", ())
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

    def decisions(self, document_id: str) -> dict[str, Decision]:
        """Return what stands of people's decisions on each fact of a document, by the fact's key."""
        return read_decisions(self.standing(document_id))

    def _judge(self, run: Run, judgement: Judgement) -> int:
        fields = msgspec.structs.asdict(judgement)
        cursor = run(f"INSERT INTO judgements ({', '.join(fields)}) VALUES ({', '.join('?' * len(fields))})", tuple(fields.values()))
        return int(cursor.lastrowid or 0)
