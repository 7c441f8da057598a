"""Find the named programmes, strategies, platforms, projects and forums of an article, and which is part of which."""

from __future__ import annotations

from itertools import pairwise

from mithaq.annotate.programme_spans import ProgrammeSpan, is_body
from mithaq.annotate.programmes_arabic import find_arabic_span, is_adjective
from mithaq.annotate.programmes_bare import find_bare_spans
from mithaq.annotate.programmes_latin import find_latin_span
from mithaq.annotate.programmes_quoted import find_quoted_spans
from mithaq.annotate.view import View, country_codes
from mithaq.lexicon import Lexicon
from mithaq.model import Document, Evidence, Programme
from mithaq.text.clitics import TO_THE
from mithaq.text.fold import fold_text


def find_programmes(document: Document, lexicon: Lexicon) -> tuple[Programme, ...]:
    """Return the programmes named in title and body. A quoted name stands without its head word («مفتاحي», not «منصة مفتاحي»).

    A head word with a general complement ("a project of cooperation") names nothing: only quotes, capitals, proper words or, for
    strategies and forums, a definite complement make a name.
    """
    view = View(document)
    spans = _known_spans(view) + find_quoted_spans(view)
    for match in document.matches_of("programme.head"):
        if view.over(match.first, "body.known", "role.head") or match.attributes.get("quoted") or is_adjective(view, match.first):
            continue
        span = find_arabic_span(view, match) if view.arabic else find_latin_span(view, match)
        if span and not is_body(document, span):
            spans.append(span)
    if not view.arabic:
        spans += find_bare_spans(view)
    supported = [s for s in spans if (sentence := view.sentence_of(s.first)) and s.last <= sentence.last]
    return _gather(view, _outermost(supported))


def _known_spans(view: View) -> list[ProgrammeSpan]:
    """Return the programmes that stand in the gazetteer, under exactly this name, where no organisation's name holds theirs."""
    spans = []
    for match in view.document.matches_of("programme.known"):
        if "ambiguous" in match.attributes and not _stands_as_name(view, match.first, match.last):
            continue
        name = match.word if match.prefix.endswith(TO_THE) else view.text[match.start : match.end]
        span = ProgrammeSpan(match.first, match.last, match.start, match.end, " ".join(name.split()), f"gazetteer: {match.word}",
                             match.attributes.get("country"))  # fmt: skip
        spans += [] if is_body(view.document, span) else [span]
    return spans


def _stands_as_name(view: View, first: int, last: int) -> bool:
    """Say whether a name that is an ordinary word, too, stands in quotation marks or right behind its sort: «تطبيق سند»."""
    if view.is_opening(first - 1) and view.closes(last):
        return True
    head = view.over(first - 1, "programme.head")
    behind = head is not None and head.last == first and not view.has_article(first - 1)
    return behind or (not view.arabic and (view.at(last, "programme.head") is not None or view.tokens[first].form[:1].isupper()))


def _outermost(spans: list[ProgrammeSpan]) -> list[ProgrammeSpan]:
    kept: list[ProgrammeSpan] = []
    for span in sorted(spans, key=lambda s: (s.first, -s.last)):
        if not any(span.first < k.last and k.first < span.last for k in kept):
            kept.append(span)
    return kept


def _gather(view: View, spans: list[ProgrammeSpan]) -> tuple[Programme, ...]:
    """Join the mentions of one programme and link parts to wholes."""
    groups: dict[str, list[ProgrammeSpan]] = {}
    for span in sorted(spans, key=lambda s: -len(s.name)):
        key = fold_text(span.name)
        # «ملتقى بغداد» for «ملتقى بغداد الثاني», "Medusa" for "câble Medusa"
        longer = next((k for k in groups if k.startswith(key + " ") or _is_with_sort(view, groups[k], key)), key)
        groups.setdefault(longer, []).append(span)
    groups = {key: sorted(group) for key, group in sorted(groups.items(), key=lambda pair: min(pair[1]))}
    wholes = _wholes(view, spans)
    return tuple(
        Programme(
            name=_full_name(group),
            mentions=tuple(Evidence.of(view.text, s.start, s.end) for s in group),
            country=_country(view, group),
            part_of=next((wholes[s] for s in group if s in wholes and fold_text(wholes[s]) != key), None),
            why=group[0].why,
        )
        for key, group in groups.items()
    )


def _is_with_sort(view: View, group: list[ProgrammeSpan], key: str) -> bool:
    """Say whether a name found before is the sort of something and this very name."""
    return any(view.at(s.first, "programme.head") and fold_text(s.name).partition(" ")[2] == key for s in group)


def _full_name(group: list[ProgrammeSpan]) -> str:
    """Return the longest of a programme's names, without the word for its sort where it stands without it too."""
    names = sorted({s.name for s in group}, key=len)
    return next((name for name in names[:-1] if names[-1].partition(" ")[2] == name), names[-1])


def _wholes(view: View, spans: list[ProgrammeSpan]) -> dict[ProgrammeSpan, str]:
    """Return, for a programme followed in its sentence by "part of", "pillar of" and another programme, the name of that other one."""
    wholes = {}
    for left, right in pairwise(spans):
        sentence = view.sentence_of(left.first)
        if sentence is None or right.first >= sentence.last:
            continue
        if any(view.at(i, "programme.part") for i in range(left.last, right.first)):
            wholes[left] = right.name
    return wholes


def _country(view: View, group: list[ProgrammeSpan]) -> str | None:
    for span in group:
        codes = country_codes(view, span.first, min(span.last + 2, len(view.tokens)))
        if codes:
            return codes[0]
    return next((span.country for span in group if span.country), None)
