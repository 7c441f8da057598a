"""A dossier as one file that can be mailed, printed and handed over: HTML that needs nothing from the network."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Sequence
from functools import cache, partial
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

import mithaq
from mithaq.answers.dossier import Dossier
from mithaq.answers.gaps import GAP_KINDS, Gap
from mithaq.answers.lines import FigureLine
from mithaq.answers.sources import Proof
from mithaq.export.axis import draw_axis
from mithaq.export.messages import Messages, is_quoted
from mithaq.export.spoken import speak_dossier
from mithaq.lexicon.place_names import call_place
from mithaq.model.vocabulary import STAGES, Language, Stage, StatementKind

# The sections of a dossier in reading order, by the name of their message "section.<name>".
STATEMENT_SECTIONS: tuple[tuple[str, tuple[StatementKind, ...]], ...] = (
    ("commitments", ("commitment",)),
    ("intents", ("intent",)),
    ("refusals", ("refusal",)),
    ("opinions", ("achievement", "appraisal")),
)
# The road of an agreement; the other stages stand beside it when a page reports one of them.
ROAD: tuple[Stage, ...] = ("planned", "signed", "approved", "in_force")


@cache
def environment() -> Environment:
    """Return the templates: everything is escaped, and an unknown name is an error rather than a blank."""
    return Environment(
        loader=PackageLoader("mithaq.export", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def load_font(name: str) -> str:
    """Return a packaged font (see ``static/fonts``), base64."""
    return base64.b64encode((files("mithaq.export") / "static" / "fonts" / f"{name}.woff2").read_bytes()).decode("ascii")


def isolate(value: object) -> Markup:
    """Wrap foreign words so that their direction does not disturb the line around them."""
    return Markup("<bdi>{}</bdi>").format(value)


def safe_url(url: str | None) -> str | None:
    """Return *url* when it leads to the web (http, https); anything else could run when clicked."""
    if not url:
        return None
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return None
    return url.strip() if parts.scheme in ("http", "https") and parts.netloc else None


def speak(messages: Messages) -> dict[str, Any]:
    """Return what every template needs to speak one language."""

    def text(key: str, **values: object) -> Markup:
        return Markup(escape(messages.template(key))).format(**values)

    def plural(key: str, n: int, **values: object) -> Markup:
        return Markup(escape(messages.template(key, n))).format(n=messages.number(n), **values)

    def quoted(words: str) -> Markup:
        return isolate(messages.quote(words))

    return {
        "t": text,
        "tn": plural,
        "quoted": quoted,
        "judged": messages.judged,
        "isolated": isolate,
        "safe_url": safe_url,
        "font": load_font,
        "lang": messages.lang,
        "direction": messages.direction,
        "version": mithaq.__version__,
        "term": messages.term,
        "side": messages.side,
        "place_name": partial(call_place, lang=messages.lang),
        "sides": messages.sides,
        "pair": messages.pair,
        "date": messages.date,
        "num": messages.number,
        "amount": messages.amount,
        "figure_value": messages.figure,
        "checked": messages.checked,
        "called": messages.called,
        "countries": messages.countries,
        "own_name": messages.in_own_letters,
        "is_quoted": is_quoted,
        "set_of": set,
        # A served page leads from each quote to its place in the page it stands on; a file has only its own list of sources.
        "proof_link": None,
    }


def write_html(dossier: Dossier, lang: Language) -> str:
    """Return *dossier* as one HTML file in Arabic, French or English: fonts and styles inside, no script, no network."""
    messages = Messages(lang)
    return environment().get_template("dossier.html").render(**speak(messages), **dossier_context(dossier, messages))


def sections_of(dossier: Dossier) -> tuple[str, ...]:
    """Return the names of the sections that have something to show, in reading order."""
    filled = {
        "glance": True,
        "exchange": bool(dossier.exchanges),
        "timeline": bool(dossier.timeline or dossier.undated),
        "agreements": bool(dossier.agreements),
        **{name: bool(dossier.statements_of(*kinds)) for name, kinds in STATEMENT_SECTIONS},
        "people": bool(dossier.people),
        "bodies": bool(dossier.bodies),
        "programmes": bool(dossier.programmes),
        "figures": bool(dossier.figures),
        "gaps": bool(dossier.gaps),
        "sources": bool(dossier.sources),
    }
    return tuple(name for name, shown in filled.items() if shown)


def tiles_of(dossier: Dossier) -> tuple[tuple[str, int], ...]:
    """Return the counts at the head of a dossier, by the name of their message "label.<name>"."""
    return (
        ("pages", dossier.glance.pages),
        ("events", len(dossier.timeline) + len(dossier.undated)),
        ("agreements", sum(len(group.agreements) for group in dossier.agreements)),
        ("needs", len(dossier.statements_of("need"))),
        ("offers", len(dossier.statements_of("offer"))),
        ("commitments", len(dossier.statements_of("commitment"))),
        ("figures", len(dossier.figures)),
        ("gaps", len(dossier.gaps)),
    )


def strip_of(stage: Stage | None) -> tuple[Stage, ...]:
    """Return the stages to draw for an agreement: the usual road, and its own stage where that lies beside the road."""
    return (*ROAD, stage) if stage and stage not in ROAD else ROAD


def group_gaps(gaps: Iterable[Gap]) -> list[tuple[str, list[Gap]]]:
    """Return (kind, gaps of that kind) for the kinds that occur."""
    listed = list(gaps)
    grouped = [(kind, [gap for gap in listed if gap.kind == kind]) for kind in GAP_KINDS]
    return [(kind, group) for kind, group in grouped if group]


def group_figures(dossier: Dossier) -> list[tuple[str | None, list[FigureLine]]]:
    """Return (side, cited figures for it), the pair's sides first."""
    codes: Sequence[str | None] = (*dossier.pair, None)
    grouped = [(code, [f for f in dossier.figures if f.country == code]) for code in codes]
    return [(code, group) for code, group in grouped if group]


def name_gap(gap: Gap, messages: Messages) -> str:
    """Return what a gap is about in the reader's words: a kind of event or statement, or the printed name."""
    if gap.kind.startswith("event_") and gap.about:
        return messages.term("event_types", gap.about)
    if gap.kind == "speaker":
        return messages.term("statement_kinds", gap.about)
    if gap.kind == "agreement_stage":
        return messages.term("event_types", "agreement")
    if gap.kind.startswith("page_"):
        return gap.about or messages.text("source.untitled")
    return gap.about or messages.text("not_stated")


def dossier_context(dossier: Dossier, messages: Messages) -> dict[str, Any]:
    """Return what ``dossier_body.html`` shows of a dossier, beside what :func:`speak` gives."""
    # Where all pages are invented the notice at the head says so once; in a mixed dossier each line must say it.
    dossier = speak_dossier(dossier, messages)
    invented = {source.number for source in dossier.sources if source.invented}
    mixed = len(invented) < len(dossier.sources)

    def source_numbers(line: Any) -> str:
        proofs: Sequence[Proof] = line.proofs
        return messages.text("comma").join(messages.number(proof.source) for proof in proofs)

    return {
        "dossier": dossier,
        "sections": sections_of(dossier),
        "statement_sections": STATEMENT_SECTIONS,
        "stages": STAGES,
        "tiles": tiles_of(dossier),
        "axis": draw_axis(dossier.timeline, from_right=messages.direction == "rtl", name_month=messages.short_month),
        "strip": strip_of,
        "gaps_by_kind": group_gaps(dossier.gaps),
        "figures_by_side": group_figures(dossier),
        "gap_label": lambda gap: isolate(name_gap(gap, messages)),
        "source_of": dossier.source_of,
        "source_numbers": source_numbers,
        "is_invented": lambda line: mixed and any(proof.source in invented for proof in line.proofs),
        "topic_list": lambda topics: messages.text("comma").join(messages.term("topics", topic) for topic in topics),
    }
