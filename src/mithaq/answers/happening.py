"""What pages say of one happening, side by side: every report in its sentence, and its page."""

from __future__ import annotations

from collections.abc import Iterable

from mithaq.answers.browse import load_documents
from mithaq.answers.sources import Proof, Sources
from mithaq.model.fact import FactLayer
from mithaq.model.happening import Source
from mithaq.store.store import Store

MOST_REPORTS = 60  # that are shown with their sentences


def prove_reports(
    store: Store, reports: Iterable[Source], most: int = MOST_REPORTS
) -> tuple[dict[tuple[str, int], Proof], Sources]:
    """Return the sentence of every report, as far as the first *most*, by (document, start), and the pages that they are cut out of."""
    listed = list(reports)[:most]
    documents = load_documents(store, (report.document for report in listed))
    sources = Sources(documents.values())
    proofs = {}
    for report in listed:
        layer: FactLayer = "events" if report.list == "events" else "statements"
        proofs[report.document, report.evidence.start] = sources.proof(documents[report.document], report.evidence, layer)
    return proofs, sources
