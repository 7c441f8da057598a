"""The ledger and the figures as rows: nested for programs that read JSON, one statement or claim a row for spreadsheets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from mithaq.answers.claims import Claim, Figure
from mithaq.answers.ledger import Match, Said
from mithaq.model import Evidence

LEDGER_COLUMNS = ("topic", "country", "needs", "offers", "needed", "offered")
LEDGER_CELLS = ("topic", "country", "kind", "by", "toward", "speaker", "published", "document", "path", "quote")
FIGURE_COLUMNS = ("name", "country", "year", "claims", "conflict")
FIGURE_CELLS = (
    "name", "country", "year", "group", "value", "unit", "comparator", "claimant", "publisher", "published", "outlet", "document", "path",
    "quote", "conflict", "impossible", "reference", "reference_value", "difference", "edition", "reference_source",
)  # fmt: skip


def ledger_row(match: Match) -> dict[str, Any]:
    """Return what a country needs on a topic beside what is offered, as one object; ``needed`` and ``offered`` count all."""
    return {
        "topic": match.topic, "country": match.country, "needs": [_said(said) for said in match.needs],
        "offers": [_said(said) for said in match.offers], "needed": match.needed, "offered": match.offered,
    }  # fmt: skip


def ledger_cells(match: Match) -> Iterator[dict[str, Any]]:
    """Yield a row for every need and every offer of a match."""
    for said in (*match.needs, *match.offers):
        yield {"topic": match.topic, "country": match.country, **_said(said), "kind": said.line.kind, "quote": said.proof.quote}


def _said(said: Said) -> dict[str, Any]:
    proof, source = said.proof, said.source
    return {
        "by": said.line.country, "toward": said.line.toward, "speaker": said.line.speaker, "published": source.published,
        "document": proof.document, "path": source.path, "evidence": _evidence(Evidence(proof.start, proof.end, proof.quote)),
    }  # fmt: skip


def figure_row(figure: Figure) -> dict[str, Any]:
    """Return a figure with all its claims as one object."""
    claims = [_claim(claim) for claim in figure.claims]
    return {"name": figure.name, "country": figure.country, "year": figure.year, "claims": claims, "conflict": figure.conflict}


def figure_cells(figure: Figure) -> Iterator[dict[str, Any]]:
    """Yield a row for every claim of a figure."""
    shared = {"name": figure.name, "country": figure.country, "year": figure.year, "conflict": figure.conflict}
    for claim in figure.claims:
        yield {**shared, **_claim(claim), "quote": claim.evidence.quote, **_held_against(claim)}


def _held_against(claim: Claim) -> dict[str, Any]:
    """Return what the reference tables say of a claim, a cell each; empty cells where there are no tables."""
    checked = claim.checked
    return {
        "reference": checked and checked.verdict, "reference_value": checked and checked.value, "difference": checked and checked.by,
        "edition": checked and checked.edition, "reference_source": checked and checked.source,
    }  # fmt: skip


def _claim(claim: Claim) -> dict[str, Any]:
    line = claim.line
    return {
        "value": line.value, "unit": line.unit, "claimant": claim.claimant, "document": claim.document, "path": claim.path,
        "evidence": _evidence(claim.evidence), "comparator": line.comparator, "publisher": line.publisher, "group": line.group,
        "published": claim.published, "outlet": claim.outlet, "impossible": claim.impossible,
        "reference": msgspec.to_builtins(claim.checked),
    }  # fmt: skip


def _evidence(evidence: Evidence) -> dict[str, Any]:
    return {"start": evidence.start, "end": evidence.end, "quote": evidence.quote}
