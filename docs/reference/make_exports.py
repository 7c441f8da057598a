"""Write ``exports.md`` from the tables by which the exports are made.

python docs/reference/make_exports.py
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

PAGE = Path(__file__).with_name("exports.md")
TEXT = """# Exports

`mithaq export FORMAT` writes what the workspace holds in the form of another program. This page is written from the tables in
`src/mithaq/export/` by `python docs/reference/make_exports.py`.

| format | what it is | checked in the tests by |
|---|---|---|
| `ftm` | FollowTheMoney entities, one a line (model 4.11) | the model's schemas; its own package where installed |
| `plover` | PLOVER records, one a line (2.0 draft) | the manual's lists of types, modes, contexts, fields |
| `iati` | IATI activities, XML (2.03) | parts, order, codes; the official schema (see below) |
| `annotations` | W3C Web Annotations, JSON-LD | reading them back: the same spans |
| `gexf`, `graphml` | who met whom, as a graph | reading them with networkx |
| `atom` | events as a feed | what RFC 4287 asks for |
| `jsonld` | schema.org: NewsArticle, Event, Claim, who took part | the properties that schema.org has |
| `xlsx`, `csv` | a workbook with a sheet for each layer; the same as files in a ZIP archive | reading them back |

One table at a time is written by `mithaq list`, `entities`, `events` and `threads` with `--format csv` or `xlsx`.

## What all have in common

- **Once.** A happening, a person, a body and a programme leave once, under the id that `mithaq events` and `mithaq entities` show, however
  many pages tell of them. What no page says is not written, and never made up so that a format is satisfied: the fact is left behind.
- **The loss report.** On stderr, and as JSON with `--loss FILE`: `given` and `written` count facts by layer, `lost` has one object for each
  layer, field and reason, `{"layer", "field", "reason", "count"}`. `field` is null where whole facts were left behind; for each layer
  `given` is `written` plus those.
- **Rights.** The words quoted leave, never the text of a page. Of a page that says that its content is protected no sentence leaves, only
  facts, each in eight words at most, and its address.
- **Invented pages** are marked (`invented`), as are the events that only such pages tell.
- **The same pages give the same file.** No clock is asked: a feed is as new as its latest page.
- **Filters.** `--pair A B`, `--country C`, `--since` and `--until` (publication), `--page-lang`; `--all` takes pages that are not on
  digital matters too. `--lang` is the language of titles and labels.

## FollowTheMoney

Pages are `Article`; how a page names somebody is a `Mention`; an office is a `Position` with an `Occupancy` dated by the page; whoever
works for a body without an office is in `Employment`; statements and figures are a `Note` with `Documentation`; a larger programme is
joined by `UnknownLink`. Codes of countries are in lower case; an organisation that is a side is an `Organization`.

[ftm bodies]
[ftm events]
## PLOVER

Where one side alone funds or implements, COOPERATE becomes AID from that side to the others. A request is given no quad, for it would
count as conflict. `recipient` of COOPERATE holds all sides again: each gives and receives. `text` stays empty. `link` is the thread,
`reports` (ours) lists every page with the place of its words.

[plover events]
[plover statements]
Left behind: appointments, whatever was suspended or cancelled (who did so toward whom is not told), results, opinions, figures, and
whatever has no full day.

## IATI

`--reporter REF NAME` says who publishes; the file marks them as a secondary reporter. Activities are projects, trainings and funding, and
agreements with a commitment that names a thing or a sum, in the same thread or alone beside it on a page. A stage, a full day and
somebody who takes part must be stated. The tests validate by the official schema where `MITHAQ_IATI_XSD` names a folder that has
`iati-activities-schema.xsd`, `iati-common.xsd` and `xml.xsd`.

[iati stages]
[iati roles]
[iati sectors]
[iati aid types]
## Web Annotations

Each fact is an annotation of its words: `TextQuoteSelector` (with 32 characters before and after) and `TextPositionSelector` (code points
of the text as captured); the state of the target names that text by its hash. Bodies: the layer, the entity or event, and the fact as
JSON. `mithaq.export.annotations.read_annotations` reads them back.

[motivations]
## Graphs

Nodes are sides, people and bodies. `met` joins two of different sides that took part in the same event, `acts_for` joins people and
bodies to their side; `weight` counts events.

[graph fields]
## Workbook and archive

[book columns]
## schema.org

[schema.org bodies]
[schema.org stages]
"""


def make_page() -> str:
    """Return the page as Markdown."""
    text = TEXT
    for name, table in _tables().items():
        text = text.replace(f"[{name}]\n", table + "\n")
    return text.rstrip() + "\n"


def _tables() -> dict[str, str]:
    from mithaq.export import annotations, book, ftm, graphs, iati, linked, plover

    decisions = ((f"decision: {verb}", motivation) for verb, motivation in annotations.DECISIONS.items())
    stages = ((stage, *codes, iati.TRANSACTIONS.get(stage, "")) for stage, codes in iati.STAGES.items())
    fields = (("node", ", ".join(graphs.NODE_FIELDS)), ("edge", ", ".join(("weight", *graphs.EDGE_FIELDS))))
    return {
        "ftm bodies": _table("kind of body, schema, topic", ((kind, *named) for kind, named in ftm.BODY_SCHEMAS.items())),
        "ftm events": _table("kind of event, schema", ftm.EVENT_SCHEMAS.items()),
        "plover events": _table("event, act, stages", _plover_events()),
        "plover statements": _table("statement, act", ((kind, _act(act)) for kind, act in plover.STATEMENT_ACTS.items())),
        "iati stages": _table("stage, activity-status, activity-date, transaction", stages),
        "iati roles": _table("role, participating-org", iati.ROLES.items()),
        "iati sectors": _table("topic, sector", [*iati.SECTORS.items(), ("all others", iati.ICT)]),
        "iati aid types": _table("event, modality, default-aid-type", ((*key, code) for key, code in iati.AID_TYPES.items())),
        "motivations": _table("layer, motivation", [*annotations.MOTIVATIONS.items(), *decisions]),
        "graph fields": _table("of, attributes", fields),
        "book columns": _table("sheet, columns", ((sheet, ", ".join(columns)) for sheet, columns in book.COLUMNS.items())),
        "schema.org bodies": _table("kind of body, type", linked.BODY_TYPES.items()),
        "schema.org stages": _table("stage, eventStatus", linked.STATUSES.items()),
    }


def _plover_events() -> list[tuple[str, str, str]]:
    from mithaq.export.plover import EVENT_ACTS

    stages: dict[tuple[str, str], list[str]] = {}
    for (kind, stage), act in EVENT_ACTS.items():
        stages.setdefault((kind, _act(act)), []).append(stage or "not said")
    return [(kind, act, ", ".join(found)) for (kind, act), found in stages.items()]


def _act(act: Any) -> str:
    return f"{act.event} {act.mode}" if act.mode else str(act.event)


def _table(head: str, rows: Iterable[Iterable[object]]) -> str:
    columns = head.split(", ")
    lines = [f"| {' | '.join(columns)} |", "|" + "---|" * len(columns)]
    lines += [f"| {' | '.join('' if cell is None else str(cell) for cell in row)} |" for row in rows]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    PAGE.write_text(make_page(), "utf-8")
