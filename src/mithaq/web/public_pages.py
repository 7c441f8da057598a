"""The pages of a published site: lists, events, people, sources, each with quoted sentences and links that stay within the folder."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

import msgspec
from markupsafe import Markup

from mithaq.answers.sources import PROTECTED
from mithaq.export.briefing import speak
from mithaq.export.losses import shown_quote, shown_words
from mithaq.export.parcel import Parcel, SentEntity, SentEvent, SentFigure, SentStatement, SentThread, words_of
from mithaq.model import Document, Person
from mithaq.model.happening import Source
from mithaq.model.vocabulary import EVENT_TYPES, LANGUAGES, STATEMENT_KINDS, Language
from mithaq.model.world import EntityKind
from mithaq.store.browse import Row, Tally
from mithaq.web.map import ARCS, draw_map
from mithaq.web.show import environment
from mithaq.web.speech import Speech, speech

ON_A_PAGE = 200
_FEW = 12
_YEAR = len("2024")
_UNDATED = "undated"
_NAMES: dict[EntityKind, str] = {"person": "people", "body": "bodies", "programme": "programmes"}


class Cited(msgspec.Struct, frozen=True, kw_only=True):
    """A page as everybody may see it: no text; a title only where the page allows more than a link."""

    id: str
    title: str | None
    outlet: str | None
    published: str | None
    url: str | None
    lang: str | None
    protected: bool
    withdrawn: bool
    invented: bool


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """A page's telling of a fact: its sentence, None where that may not leave, and the page."""

    quote: str | None
    page: Cited
    published: str | None


class Shelf:
    """What is published, sorted as the pages need it."""

    def __init__(self, parcel: Parcel, title: str | None) -> None:
        self.parcel = parcel
        self.title = title
        self.cited = {document.id: cite(document) for document in parcel.pages}
        self.pages = sorted(self.cited.values(), key=lambda c: (c.published or "", c.id), reverse=True)
        self.event_ids = frozenset(event.id for event in parcel.events)
        self.by_pair: dict[tuple[str, str], list[Document]] = defaultdict(list)
        self.by_side: dict[str, set[str]] = defaultdict(set)
        for document in parcel.pages:
            for pair in dict.fromkeys((pair.a, pair.b) for pair in document.pairs):
                self.by_pair[pair].append(document)
            for code in {code for pair in document.pairs for code in (pair.a, pair.b)} | {c for e in document.events for c in e.parties}:
                self.by_side[code].add(document.id)
        for said in parcel.statements:
            if said.statement.country:
                self.by_side[said.statement.country].update(page.id for page, _ in said.reports)
        for event in parcel.events:
            for code in event.parties:
                self.by_side[code].update(report.page.id for report in event.reports)
        self.pairs = self._tally_pairs()
        self.sides = sorted((Tally(code, len(ids)) for code, ids in self.by_side.items()), key=lambda tally: (-tally.n, str(tally.value)))
        self.by_thread: dict[str, SentThread] = {sent.thread.id: sent for sent in parcel.threads}

    @classmethod
    def of(cls, parcel: Parcel, title: str | None = None) -> Shelf:
        """Return the shelf of a parcel."""
        return cls(parcel, title)

    def counts(self) -> dict[str, int]:
        """Return how much is published of each kind."""
        p = self.parcel
        return {"pages": len(p.pages), "events": len(p.events), "statements": len(p.statements), "figures": len(p.figures),
                "names": len(p.entities), "threads": len(p.threads)}  # fmt: skip

    def left(self) -> dict[str, int]:
        """Return what stays behind, by what it is."""
        facts = [quote for event in self.parcel.events for quote in self.tell_event(event)]
        facts += [quote for said in self.parcel.said for quote in self.tell(said)]
        return {"quotes of protected pages": sum(told.quote is None for told in facts), "texts of pages": len(self.parcel.pages)}

    def tell(self, said: SentStatement | SentFigure) -> list[Told]:
        """Return how pages tell a statement or figure."""
        return [self._told(page, shown_quote(page, evidence)) for page, evidence in words_of(said)]

    def tell_event(self, event: SentEvent) -> list[Told]:
        """Return how pages tell an event."""
        return [self._told(report.page, shown_quote(report.page, report.event.evidence)) for report in event.reports]

    def _told(self, page: Document, quote: str | None) -> Told:
        return Told(quote=quote, page=self.cited[page.id], published=page.published)

    def _tally_pairs(self) -> list[Row]:
        """Return pairs as the store tallies them, most pages first."""
        rows: list[Row] = []
        for (a, b), documents in self.by_pair.items():
            days = sorted(document.published for document in documents if document.published)
            rows.append({"a": a, "b": b, "pages": len(documents), "first": days[0] if days else None, "last": days[-1] if days else None})
        return sorted(rows, key=lambda row: (-int(row["pages"] or 0), str(row["a"]), str(row["b"])))

    def write_choice(self) -> bytes:
        """Return the first page: one of three languages."""
        names = [(lang, speech(lang).text("language.name"), speech(lang).direction) for lang in LANGUAGES]
        return environment().get_template("pub_choice.html").render(languages=names, title=self.title or "mithaq").encode()


def cite(document: Document) -> Cited:
    """Return a page as everybody may see it."""
    d = document
    protected = d.rights == PROTECTED
    return Cited(
        id=d.id, title=None if protected else d.title, outlet=d.outlet or d.agency, published=d.published, url=d.url, lang=d.lang,
        protected=protected, withdrawn=d.withdrawn, invented=d.invented,
    )  # fmt: skip


def event_path(key: str) -> str:
    """Return where an event stands within a language."""
    return f"event/{key}.html"


def page_path(key: str) -> str:
    """Return where a source page stands within a language."""
    return f"page/{key[:16]}.html"


def entity_path(key: str) -> str:
    """Return where a person, body or programme stands within a language."""
    return f"name/{key}.html"


def said_path(said: SentStatement) -> str:
    """Return where a statement stands within a language: on the page that says it."""
    return f"{page_path(said.page.id)}#{said.id}"


def write_pages(shelf: Shelf, lang: Language) -> Iterator[tuple[str, bytes]]:
    """Yield all pages of one language, by their paths in its folder."""
    return _Press(shelf, lang).print_all()


class _Press:
    """Prints the pages of one language."""

    def __init__(self, shelf: Shelf, lang: Language) -> None:
        self._shelf, self._parcel = shelf, shelf.parcel
        self._messages: Speech = speech(lang)
        self._spoken = speak(self._messages)
        self._labels = self._name_kinds()
        self._events_of: dict[str, list[SentEvent]] = defaultdict(list)
        self._said_by: dict[str, list[SentStatement]] = defaultdict(list)
        for event in self._parcel.events:
            for key in dict.fromkeys((*event.people, *event.bodies, *event.parties)):
                self._events_of[key].append(event)
        self._figures_of: dict[str, list[SentFigure]] = defaultdict(list)
        for figure in self._parcel.figures:
            if figure.figure.country:
                self._figures_of[figure.figure.country].append(figure)
        for said in self._parcel.statements:
            for key in filter(None, (said.speaker, said.statement.country)):
                self._said_by[key].append(said)

    def print_all(self) -> Iterator[tuple[str, bytes]]:
        yield self._page("index.html", "pub_home.html", **self._home())
        yield self._page("search.html", "pub_search.html")
        yield self._page("about.html", "pub_about.html")
        yield self._page("pairs.html", "pub_pairs.html", rows=self._shelf.pairs, sides_here=self._shelf.sides)
        yield from self._lists()
        for event in self._parcel.events:
            thread = self._shelf.by_thread.get(event.thread or "")
            yield self._page(event_path(event.id), "pub_event.html", e=event, reports=self._shelf.tell_event(event), thread=thread)
        for entity in self._parcel.entities.values():
            yield self._page(entity_path(entity.id), "pub_name.html", **self._entity(entity))
        for sent in self._parcel.threads:
            yield self._page(f"thread/{sent.thread.id}.html", "pub_thread.html", sent=sent)
        for tally in self._shelf.sides:
            yield self._page(f"country/{tally.value}.html", "pub_side.html", **self._side(str(tally.value)))
        for row in self._shelf.pairs:
            yield self._page(f"pair/{row['a']}-{row['b']}.html", "pub_pair.html", **self._pair(str(row["a"]), str(row["b"])))
        yield from self._pages()

    def _home(self) -> dict[str, Any]:
        latest = sorted((e for e in self._parcel.events if e.date), key=lambda e: (e.date or "", e.id), reverse=True)
        pairs, topics = self._shelf.pairs, Counter(topic for page in self._parcel.pages for topic in page.topics)
        return {
            "counts": self._shelf.counts(), "latest": latest[:_FEW], "pairs": pairs[:_FEW], "newest": self._shelf.pages[:_FEW],
            "map": draw_map(self._shelf.sides, pairs[:ARCS]) if pairs else None,
            "topics": sorted(topics.items(), key=lambda t: (-t[1], t[0])),
        }  # fmt: skip

    def _lists(self) -> Iterator[tuple[str, bytes]]:
        dated = sorted(self._parcel.events, key=lambda e: (e.date or "", e.id), reverse=True)
        years = {year: list(found) for year, found in groupby(dated, key=lambda e: (e.date or _UNDATED)[:_YEAR] if e.date else _UNDATED)}
        for place, (year, found) in enumerate(years.items()):
            name = "events.html" if place == 0 else f"events-{year}.html"
            others = [(y, "events.html" if n == 0 else f"events-{y}.html", len(of)) for n, (y, of) in enumerate(years.items())]
            yield self._page(name, "pub_events.html", rows=found, year=year, years=others)
        if not years:
            yield self._page("events.html", "pub_events.html", rows=[], year=None, years=[])
        for kind in STATEMENT_KINDS:
            said = [s for s in self._parcel.statements if s.statement.kind == kind]
            yield from self._chunks(f"statements-{kind}", "pub_statements.html", sorted(said, key=_when, reverse=True), kind=kind)
        yield from self._chunks("figures", "pub_figures.html", sorted(self._parcel.figures, key=lambda f: (f.figure.name, f.id)))
        for entity_kind, name in _NAMES.items():
            entities = sorted(self._parcel.of_kind(entity_kind), key=lambda e: (-len(e.pages), e.name, e.id))
            yield from self._chunks(name, "pub_names.html", entities, what=name)
        yield from self._chunks("threads", "pub_threads.html", self._parcel.threads)
        yield from self._chunks("sources", "pub_sources.html", self._shelf.pages)

    def _chunks(self, name: str, template: str, rows: Sequence[Any], **shown: Any) -> Iterator[tuple[str, bytes]]:
        """Yield a list in pages of some rows each; its first one has the plain name."""
        number = max(1, -(-len(rows) // ON_A_PAGE))
        names = [f"{name}.html" if n == 0 else f"{name}-{n + 1}.html" for n in range(number)]
        for n, path in enumerate(names):
            here = rows[n * ON_A_PAGE : (n + 1) * ON_A_PAGE]
            onward = names[n + 1] if n + 1 < number else None
            yield self._page(path, template, rows=here, total=len(rows), onward=onward, **shown)

    def _entity(self, entity: SentEntity) -> dict[str, Any]:
        named = zip(entity.pages, entity.namings, strict=True)
        roles = [shown_words(page, naming.role) for page, naming in named if isinstance(naming, Person) and naming.role]
        pages = sorted({self._shelf.cited[page.id] for page in entity.pages}, key=lambda c: (c.published or "", c.id), reverse=True)
        shown: dict[str, Any] = {"entity": entity, "roles": list(dict.fromkeys(roles)), "named_on": pages}
        return {**shown, "events": self._events_of[entity.id], "said": self._said_by[entity.id]}

    def _side(self, code: str) -> dict[str, Any]:
        pairs = [row for row in self._shelf.pairs if code in (row["a"], row["b"])]
        figures = self._figures_of[code]
        said = self._by_kind(self._said_by[code])
        return {"code": code, "pairs": pairs, "events": self._events_of[code], "said": said, "figures": figures}

    def _pair(self, a: str, b: str) -> dict[str, Any]:
        events = [e for e in self._events_of[a] if b in e.parties]
        here = {document.id for document in self._shelf.by_pair[a, b]}
        said = [s for side in (a, b) for s in self._said_by[side] if any(page.id in here for page, _ in s.reports)]
        return {"ends": (a, b), "events": events, "said": self._by_kind(said), "pages": [self._shelf.cited[id] for id in sorted(here)]}

    def _by_kind(self, said: Sequence[SentStatement]) -> list[tuple[str, list[SentStatement]]]:
        found = [(kind, [s for s in said if s.statement.kind == kind]) for kind in STATEMENT_KINDS]
        return [(kind, some) for kind, some in found if some]

    def _pages(self) -> Iterator[tuple[str, bytes]]:
        events: dict[str, list[SentEvent]] = defaultdict(list)
        said: dict[str, list[SentStatement]] = defaultdict(list)
        figures: dict[str, list[SentFigure]] = defaultdict(list)
        for event in self._parcel.events:
            for page in dict.fromkeys(report.page.id for report in event.reports):
                events[page].append(event)
        for one in self._parcel.statements:
            for page in dict.fromkeys(page.id for page, _ in one.reports):
                said[page].append(one)
        for figure in self._parcel.figures:
            for page in dict.fromkeys(page.id for page, _ in figure.reports):
                figures[page].append(figure)
        for cited in self._shelf.pages:
            yield self._page(page_path(cited.id), "pub_page.html", c=cited, events=events[cited.id], said=said[cited.id],
                             figures=figures[cited.id])  # fmt: skip

    def _page(self, path: str, template: str, **shown: Any) -> tuple[str, bytes]:
        """Print one page; links lead up to the language's folder and down again, so that it can lie anywhere."""
        up = "../" * path.count("/")
        messages = self._messages

        def link(code: str | None) -> Markup | str:
            if code is None:
                return messages.text("not_stated")
            if code not in self._shelf.by_side:
                return messages.side(code)
            return Markup('<a href="{}country/{}.html">{}</a>').format(up, code, messages.side(code))

        surroundings: dict[str, Any] = {
            **self._spoken, "up": up, "path": path, "site_title": self._shelf.title or messages.text("site.name"), "side_link": link,
            "languages": [(code, speech(code).text("language.name"), f"{up}../{code}/{path}") for code in LANGUAGES],
            "country_href": lambda code: f"{up}country/{code}.html", "tell": self._shelf.tell, "tell_event": self._shelf.tell_event,
            "pair_href": lambda a, b: f"{up}pair/{'-'.join(sorted((a, b)))}.html", "entities": self._parcel.entities,
            "event_path": event_path, "page_path": page_path, "entity_path": entity_path, "shown_words": shown_words,
            "promised": self._promised, "kinds": STATEMENT_KINDS, "is_event": self._is_event, "labels": self._labels,
            "cited": self._shelf.cited, "as_told": self._as_told,
        }  # fmt: skip
        return path, environment().get_template(template).render({**surroundings, **shown}).encode()

    def _promised(self, said: SentStatement) -> str | None:
        words = said.statement.deliverable
        return shown_words(said.page, words) if words else None

    def _as_told(self, source: Source) -> Told:
        """Return how a page tells a step of a thread."""
        return Told(quote=shown_quote(source, source.evidence), page=self._shelf.cited[source.document], published=source.published)

    def _is_event(self, key: str) -> bool:
        return key in self._shelf.event_ids

    def _name_kinds(self) -> dict[str, str]:
        """Return the names of the kinds that the search tells."""
        m = self._messages
        named = {kind: m.text("entity." + kind) for kind in _NAMES} | {"page": m.text("page.kicker")}
        return named | {t: m.term("event_types", t) for t in EVENT_TYPES} | {k: m.term("statement_kinds", k) for k in STATEMENT_KINDS}


def _when(said: SentStatement) -> tuple[str, str]:
    return said.page.published or "", said.id
