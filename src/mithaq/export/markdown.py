"""A dossier as Markdown, for wikis, tickets and mail: every line with its sentence, the words that prove it in bold, and its source."""

from __future__ import annotations

import re
from collections.abc import Iterator

import mithaq
from mithaq.answers.dossier import Dossier
from mithaq.answers.sources import Proof, Source
from mithaq.export.briefing import safe_url
from mithaq.export.messages import Messages
from mithaq.export.outline import Entry, Section, describe_source, fold_sources, lead_of, outline_dossier
from mithaq.model.vocabulary import Language

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#+!|~&])")
_LIST_START = re.compile(r"^(\s*)(\d+)([.)])|^(\s*)([-=])")
# Sections whose lines are figures of the dossier itself or point to lines shown above: their sentences are not repeated.
_WITHOUT_SENTENCES = ("glance", "agreements", "gaps")


def escape_markdown(text: str) -> str:
    """Return *text* on one line with everything that Markdown or HTML would act on made harmless."""
    line = _SPECIAL.sub(r"\\\1", " ".join(text.split()))
    return _LIST_START.sub(lambda m: f"{m[1]}{m[2]}\\{m[3]}" if m[2] else f"{m[4]}\\{m[5]}", line)


def write_markdown(dossier: Dossier, lang: Language) -> str:
    """Return *dossier* as Markdown; an Arabic one stands in a block that runs from right to left."""
    messages = Messages(lang)
    text = "\n".join(_lines(dossier, messages)).rstrip() + "\n"
    return f'<div dir="rtl">\n\n{text}\n</div>\n' if messages.direction == "rtl" else text


def _lines(dossier: Dossier, messages: Messages) -> Iterator[str]:
    yield f"# {escape_markdown(messages.pair(dossier.pair))}"
    yield ""
    yield f"*{escape_markdown(messages.text('dossier.kicker'))}*"
    yield ""
    yield escape_markdown(lead_of(dossier, messages))
    yield ""
    if dossier.glance.invented_pages:
        yield f"> **{escape_markdown(messages.text('dossier.invented'))}**"
        yield ""
    for section in outline_dossier(dossier, messages) if dossier.sources else ():
        yield from _section(section, messages)
    if dossier.sources:
        yield f"## {escape_markdown(messages.text('section.sources'))}"
        yield ""
        for source, copies in fold_sources(dossier.sources):
            yield _source(source, messages)
            if copies:
                yield f"    - {escape_markdown(messages.count('source.copies', len(copies)))}"
            for copy in copies:
                yield f"        - {_source(copy, messages).replace('. ', ' · ', 1)}"
        yield ""
    yield f"*{escape_markdown(messages.text('dossier.made_by', version=mithaq.__version__))}*"


def _section(section: Section, messages: Messages) -> Iterator[str]:
    yield f"## {escape_markdown(section.title)}"
    yield ""
    if section.note:
        yield escape_markdown(section.note)
        yield ""
    for group in section.groups:
        if group.title:
            yield f"### {escape_markdown(group.title)}"
            yield ""
        for entry in group.entries:
            yield from _entry(entry, messages, sentences=section.name not in _WITHOUT_SENTENCES)
        if not group.entries and group.empty:
            yield escape_markdown(group.empty)
        yield ""


def _entry(entry: Entry, messages: Messages, *, sentences: bool) -> Iterator[str]:
    details = f" — {escape_markdown(' · '.join(entry.details))}" if entry.details else ""
    quote = f" {escape_markdown(messages.quote(entry.quote))}" if entry.quote and not sentences else ""
    numbers = f" {_numbers(entry.proofs)}" if entry.proofs else ""
    yield f"- **{escape_markdown(entry.head)}**{details}{quote}{numbers}"
    if sentences:
        for proof in entry.proofs:
            yield f"  - {_sentence(proof)} \\[{proof.source}\\]"


def _numbers(proofs: tuple[Proof, ...]) -> str:
    return "\\[" + ", ".join(str(proof.source) for proof in proofs) + "\\]"


def _sentence(proof: Proof) -> str:
    before = escape_markdown(proof.before)
    after = escape_markdown(proof.after)
    opening = "… " if proof.cut_before else ""
    closing = " …" if proof.cut_after else ""
    joint = " " if before and proof.before[-1:].isspace() else ""
    next_joint = " " if after and proof.after[:1].isspace() else ""
    return f"{opening}{before}{joint}**{escape_markdown(proof.quote)}**{next_joint}{after}{closing}"


def _source(source: Source, messages: Messages) -> str:
    title = escape_markdown(source.title or messages.text("source.untitled"))
    url = safe_url(source.url)
    link = f" <{url.replace('<', '%3C').replace('>', '%3E').replace(' ', '%20')}>" if url else ""
    fingerprint = escape_markdown(messages.text("source.fingerprint", id=source.document[:12]))
    return f"{source.number}. {title} — {escape_markdown(describe_source(source, messages))} · {fingerprint}{link}"
