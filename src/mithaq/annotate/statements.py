"""Find what is said: needs, offers, intents, commitments, achievements, appraisals, refusals, with speaker and the words themselves."""

from __future__ import annotations

from typing import NamedTuple

from mithaq.annotate.clauses import Clause, Quotes, split_clauses
from mithaq.annotate.speakers import Speaker, Speakers
from mithaq.annotate.view import View
from mithaq.model import Document, Sentence


class Candidate(NamedTuple):
    """A clause that may be a statement, and who says it."""

    clause: Clause
    speaker: Speaker | None
    sentence: Sentence
    quoted: bool


def find_candidates(document: Document) -> tuple[View, list[Candidate]]:
    view = View(document)
    quotes, speakers = Quotes(view), Speakers(view)
    found = []
    for sentence in document.sentences:
        if sentence.kind != "body":
            continue
        for clause in split_clauses(view, quotes, sentence):
            speaker = speakers.of(clause, quotes)
            if clause.act and clause.place == "after" and clause.first == clause.act.last and view.arabic:
                end = speakers.subject_end(clause)
                clause = clause._replace(first=end) if end < clause.last - 2 else clause
            found.append(Candidate(clause, speaker, sentence, quotes.covers(clause.first, clause.last)))
        speakers.note(sentence.first, sentence.last)
    return view, found
