"""Find what is said: needs, offers, intents, commitments, achievements, appraisals, refusals, with speaker and the words themselves."""

from __future__ import annotations

from collections.abc import Set

from msgspec.structs import replace

from mithaq.annotate.acts import CLOSING, OPENING, Quotes
from mithaq.annotate.clauses import split_clauses
from mithaq.annotate.cuts import Clause
from mithaq.annotate.figures import sums_in
from mithaq.annotate.kinds import (
    LABELS,
    NONE,
    PROMISE,
    Candidate,
    Weights,
    carry,
    choose_kind,
    features_of,
    likelihoods,
    read_weights,
    weightiest,
)
from mithaq.annotate.speaker_choice import Option, Said, choose, read_options
from mithaq.annotate.speakers import Speakers, sides_in
from mithaq.annotate.themes import topics_of
from mithaq.annotate.view import View
from mithaq.annotate.wordings import Speaker
from mithaq.lexicon import Lexicon
from mithaq.lexicon.certainty import confidence
from mithaq.lexicon.weighing import load_scales
from mithaq.lexicon.weighing import weightiest as heaviest
from mithaq.model import Document, Evidence, Statement
from mithaq.model.kept import keep_last
from mithaq.model.vocabulary import Reported, StatementKind
from mithaq.text.calendar import NEAREST_YEAR
from mithaq.text.language import function_words

_LONGEST = 48  # tokens; what is said in more words is cut at the last comma before
_OWN_SUBJECT = frozenset({"commitment", "offer", "refusal", "need", "appraisal", "intent"})
_TOLD_OF_OTHERS = _OWN_SUBJECT - {"appraisal"}  # what one side may promise in the other side's words
_ASIDE = 9  # words
_DELIVERABLE = 160  # characters
_LEADING = 5  # tokens from "before" to the date: "by the end of the month of June"


def find_statements(document: Document, lexicon: Lexicon) -> tuple[Statement, ...]:
    """Return the statements of an article, in the order of the text; each rests on the clause that is said, without speaker and verb.

    «وأوضحت المديرة أن المركز ينقصه مهندسون» gives a need of the director with the evidence «المركز ينقصه مهندسون».
    """
    return tuple(statement for statement, _ in find_speakers(document))


def find_speakers(document: Document) -> list[tuple[Statement, list[Option]]]:
    """Return the statements of an article, and who may say each with the signs for it, whom the rules name first."""
    view, speakers, candidates = _read(document)
    model, scales = read_weights(), load_scales("speakers")
    found = []
    kind = NONE
    for candidate in candidates:
        features = _features(view, candidate, kind)
        kind, likelihood = judge(features, model)
        if kind != NONE:
            why = f"learned weights, {likelihood:.2f}: {weightiest(features, model.weights, kind)}"
            options = read_options(_asked(view, speakers, candidate, kind))
            chosen = choose(options, scales)
            speaker, signs = options[chosen]
            why += f"; speaker by learned weights: {heaviest(signs, scales)}" if chosen else ""
            found.append((_statement(view, candidate, speaker, kind, why, confidence("statements", likelihood)), options))
    return found


def find_candidates(document: Document) -> tuple[View, list[Candidate]]:
    """Return the clauses of the body that may be statements, each with its speaker by the rules, in the order of the text."""
    view, _, candidates = _read(document)
    return view, candidates


def _read(document: Document) -> tuple[View, Speakers, list[Candidate]]:
    view = View(document)
    quotes, speakers = Quotes(view), Speakers(view)
    found = []
    for sentence in document.sentences:
        if sentence.kind != "body":
            continue
        clauses = split_clauses(view, quotes, sentence)
        spoken = [c.act.first for c in clauses if c.act]
        if spoken and min(spoken) > sentence.first + 3:
            speakers.note(sentence.first, min(spoken))
        for number, clause in enumerate(clauses):
            before = speakers.last
            speaker = speakers.of(clause, quotes)
            content = _shorten(view, _without_subject(view, speakers, clause))
            goes_on = number > 0 and clause.act is clauses[number - 1].act and _continues(view, clause)
            found.append(Candidate(content, speaker, sentence, quotes.covers(content.first, content.last), goes_on, before))
    return view, speakers, found


def _asked(view: View, speakers: Speakers, candidate: Candidate, kind: str) -> Said:
    ruled = candidate.speaker or _own_subject(view, speakers, candidate.clause, kind)
    if kind in _TOLD_OF_OTHERS:
        ruled = speakers.other_side(candidate.clause, ruled)
    return Said(view, speakers, candidate.clause, candidate.sentence, kind, candidate.quoted, ruled, candidate.before)


def judge(features: Set[str], model: Weights) -> tuple[str, float]:
    """Return the kind of a clause of which all this can be said ("none": no statement) and how likely that is, 0 to 1."""
    likely = likelihoods(features, model)
    best = choose_kind(likely, model.threshold)
    if not best:
        return NONE, likely[0]
    if LABELS[best] == "intent" and features >= PROMISE:
        best = LABELS.index("commitment")
    return LABELS[best], likely[best]


def _features(view: View, candidate: Candidate, before: str) -> set[str]:
    """Return what can be said of a clause; *before* is the kind of the clause before."""
    features = features_of(view, candidate)
    return features | {carry(before)} if candidate.goes_on else features


def _without_subject(view: View, speakers: Speakers, clause: Clause) -> Clause:
    """Leave out the subject behind an Arabic verb that no «أن» follows: «أشاد السفير بجودة العمل»."""
    act = clause.act
    if view.arabic and act and clause.place == "after" and clause.first == act.last and not act.attributes.get("speaker"):
        end = _after_aside(view, speakers.subject_end(clause), clause.last)
        return replace(clause, first=end) if end < clause.last - 2 else clause
    return clause


def _after_aside(view: View, first: int, last: int) -> int:
    """Return the token after a short aside between commas («، أمس بالعاصمة،») that stands between subject and object."""
    if first >= last or not view.is_comma(first):
        return first
    closing = next((i for i in range(first + 1, min(first + _ASIDE, last)) if view.is_comma(i)), None)
    return closing + 1 if closing is not None else first + 1


def _continues(view: View, clause: Clause) -> bool:
    """Say whether a clause only goes on with the one before: the rest of a long one, or «فضلا عن …», "as well as …"."""
    join = view.at(clause.first, "speech.join")
    return clause.place == "more" or (join is not None and "cuts" in join.attributes)


def _shorten(view: View, clause: Clause) -> Clause:
    if clause.last - clause.first <= _LONGEST:
        return clause
    commas = [i for i in range(clause.first + 8, clause.first + _LONGEST) if view.is_comma(i)]
    return replace(clause, last=commas[-1] if commas else clause.first + _LONGEST)


def _statement(view: View, candidate: Candidate, speaker: Speaker | None, kind: str, why: str, sure: float) -> Statement:
    clause = candidate.clause
    that = view.at(clause.first, "speech.that")
    opens = that.last if that and "bare" in that.attributes and that.last < clause.last - 1 else clause.first
    first, last = _whole_quotes(view, _quotes_of(view), opens, clause.last)
    evidence = Evidence.of(view.text, view.tokens[first].start, view.tokens[last - 1].end)
    binding = kind in ("commitment", "offer")
    due = _due(view, evidence) if binding else None
    sums = sums_in(view, clause.first, clause.last) if binding else []
    cue = f"{clause.act.kind}: {clause.act.word}" if clause.act else f"{clause.place} clause"
    return Statement(
        kind=_kind(kind),
        evidence=evidence,
        speaker=speaker.name if speaker else None,
        country=speaker.country if speaker else None,
        on_behalf_of=_on_behalf_of(view, speaker),
        toward=_toward(view, clause, speaker, kind),
        reported=_reported(candidate, speaker),
        deliverable=_deliverable(view, clause, evidence) if kind == "commitment" else None,
        due=due,
        amount=sums[0].amount if sums else None,
        topics=topics_of(view.document, evidence.start, evidence.end),
        why=f"{cue}; {why}",
        confidence=sure,
    )


def _whole_quotes(view: View, quotes: Quotes, first: int, last: int) -> tuple[int, int]:
    """Return the span with both marks of a quotation that it holds, or with none of them: a lone mark belongs to no words."""
    if last - first > 1 and view.tokens[first].form in OPENING:
        quote = quotes.over(first + 1)
        if quote is None or quote[1] > last:
            first += 1
        elif quote[1] == last:
            last += 1
    if last - first > 1 and view.tokens[last - 1].form in CLOSING:
        quote = quotes.over(last - 2)
        if quote is None or quote[0] < first:
            last -= 1
        elif quote[0] == first:
            first -= 1
    return first, last


def _kind(kind: str) -> StatementKind:
    return kind  # type: ignore[return-value]  # a label of the closed list


_quotes_of = keep_last(Quotes)


def _own_subject(view: View, speakers: Speakers, clause: Clause, kind: str) -> Speaker | None:
    """Return who binds himself in the narrator's words: "Under the deal, the agency will pay …"; None for aims and provisions."""
    if kind not in _OWN_SUBJECT or clause.act is not None or view.arabic:
        return None
    for index in range(clause.first + 1, min(clause.last, clause.first + 16)):
        match = view.at(index, "statement.future", "statement.commitment", "statement.refusal", "statement.intent", "statement.offer")
        if match and not match.attributes.get("due") and not match.attributes.get("text"):
            return speakers.subject_before(clause.first, match.first)
    return None


def _due(view: View, evidence: Evidence) -> str | None:
    """Return the last known date inside what is promised, which lies ahead: its year, where the words give none, is the coming one."""
    inside = [(t.value, t.why) for t in view.document.times if t.value and evidence.start < t.evidence.start < evidence.end]
    if not inside:
        return None
    value, why = inside[-1]
    published = view.document.published
    if not published or not why.endswith(NEAREST_YEAR) or value >= published[: len(value)]:
        return value
    later = f"{int(value[:4]) + 1:04d}{value[4:]}"
    return later if later[5:] != "02-29" else value


def _deliverable(view: View, clause: Clause, evidence: Evidence) -> str | None:
    """Return what is promised, without a date that ends it and what leads to that date: "open the hub | by the end of June"."""
    end = evidence.end
    last = max((t.evidence for t in view.document.times if evidence.start < t.evidence.start < end), key=lambda e: e.start, default=None)
    if last and not any(c.isalnum() for c in view.text[last.end : end]):
        first = next((i for i in range(clause.first, clause.last) if view.tokens[i].start >= last.start), clause.last)
        leading = [i for i in range(max(clause.first, first - _LEADING), first) if view.at(i, "event.cue.deadline")]
        first = leading[0] if leading else first
        while first > clause.first and (view.tokens[first - 1].key in function_words(view.lang) or view.at(first - 1, "time.year")):
            first -= 1
        end = max(view.tokens[first].start if first < clause.last else end, evidence.start)
    words = " ".join(view.text[evidence.start : end].split()).rstrip(" ,،")
    return (words if len(words) <= _DELIVERABLE else f"{words[:_DELIVERABLE].rsplit(' ', 1)[0]}…") or None


def _on_behalf_of(view: View, speaker: Speaker | None) -> str | None:
    person = next((p for p in view.document.people if speaker and p.name == speaker.name), None)
    return person.body if person else None


def _toward(view: View, clause: Clause, speaker: Speaker | None, kind: str) -> str | None:
    """Return the one other country that what is said speaks of; an offer goes to the only other side of the page's events."""
    own = speaker.country if speaker else None
    if own is None:
        return None
    others = [c for c in sides_in(view, clause.first, clause.last) if c != own]
    if len(others) == 1:
        return others[0]
    parties = {p for e in view.document.events for p in e.parties} - {own}
    return next(iter(parties)) if kind == "offer" and not others and len(parties) == 1 else None


def _reported(candidate: Candidate, speaker: Speaker | None) -> Reported:
    if candidate.quoted:
        return "direct"
    return "indirect" if speaker else "narrator"
