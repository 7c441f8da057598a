"""Events as an Atom feed: for readers of feeds, and for sites that show what is new."""

from __future__ import annotations

from lxml import etree

import mithaq
from mithaq.export.briefing import safe_url
from mithaq.export.exchange import INVENTED, Export, Terms, clean_xml, event_title, is_day, is_invented, urn
from mithaq.export.losses import Tally, quotes_of
from mithaq.export.messages import Messages
from mithaq.export.parcel import Parcel, SentEvent, short_id

ATOM = "http://www.w3.org/2005/Atom"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"

CARRIED = {"events": ("stage", "parties", "people", "bodies", "place", "place_country", "date", "date_end", "topics", "quote")}
REASONS = {("events", "span"): "an entry links the page, not the place in it"}
_NO_DAY = "an entry must say when it was updated, and no page has a day"


def write_atom(parcel: Parcel, terms: Terms) -> Export:
    """Return a feed with one entry an event, the latest reported first; its title and labels in one language, quotes in theirs.

    An entry was "updated" on the last day on which a page told its event; the feed itself with its latest entry, so that the same pages
    give the same feed.
    """
    tally = Tally("atom", parcel, CARRIED, REASONS)
    reason = "a feed of events has entries for events alone"
    tally.drop_layers(
        dict.fromkeys(("statements", "figures", "programmes"), reason)
        | dict.fromkeys(("people", "bodies"), "they stand in the words of entries alone")
        | {"threads": "entries do not know of each other", "pages": "pages leave as links of their events alone"}
    )
    messages = Messages(terms.lang)
    dated = []
    for event in parcel.events:
        days = (_day(report.page.published, report.page.retrieved) for report in event.reports)
        updated = max((day for day in days if is_day(day)), default=None)
        if updated is None:
            tally.drop("events", _NO_DAY)
        else:
            tally.carry("events", event)
            dated.append((updated, event))
    if not dated:
        return Export(b"", tally.report())
    dated.sort(key=lambda one: (one[0], one[1].id), reverse=True)
    feed = etree.Element(f"{{{ATOM}}}feed", {LANG: str(terms.lang)}, nsmap={None: ATOM})  # type: ignore[dict-item]  # lxml's default namespace
    _add(feed, "id").text = urn("feed", short_id("f", terms.lang, *sorted(event.id for _, event in dated)))
    _add(feed, "title").text = f"mithaq · {messages.text('head.events')}"
    _add(feed, "updated").text = _moment(dated[0][0])
    _add(_add(feed, "author"), "name").text = terms.reporter.name if terms.reporter else "mithaq"
    _add(feed, "generator", version=mithaq.__version__).text = "mithaq"
    for updated, event in dated:
        _write_entry(_add(feed, "entry"), event, updated, parcel, messages)
    return Export(etree.tostring(feed, encoding="UTF-8", xml_declaration=True, pretty_print=True), tally.report())


def _day(published: str | None, retrieved: str | None) -> str:
    """Return the day on which a page was published, else that on which it was had; no day when neither is known."""
    return published if published and is_day(published) else (retrieved or "")[:10]


def _moment(day: str) -> str:
    return f"{day}T00:00:00Z"


def _write_entry(entry: etree._Element, event: SentEvent, updated: str, parcel: Parcel, messages: Messages) -> None:
    pages = [report.page for report in event.reports]
    title = event_title(event, messages)
    _add(entry, "id").text = urn("event", event.id)
    _add(entry, "title").text = clean_xml(f"{title} ({messages.text('dossier.invented_mark')})" if is_invented(event) else title)
    _add(entry, "updated").text = _moment(updated)
    links = [(url, page) for page in pages if (url := safe_url(page.url))]
    for number, (url, page) in enumerate(links):
        about = {"rel": "related" if number else "alternate", "href": url, "title": clean_xml(page.title or page.outlet or url)}
        _add(entry, "link", **about, **({"hreflang": page.lang} if page.lang else {}))
    labels = [("event_types", event.type), ("stages", event.stage), *(("topics", topic) for topic in event.topics)]
    for vocabulary, code in labels:
        if code:
            _add(entry, "category", term=code, label=messages.term(vocabulary, code))
    for side in event.parties:
        _add(entry, "category", term=side, label=messages.side(side))
    if is_invented(event):
        _add(entry, "category", term=INVENTED, label=messages.text("dossier.invented_mark"))
    _add(entry, "summary").text = clean_xml(_tell(event, parcel, messages))


def _tell(event: SentEvent, parcel: Parcel, messages: Messages) -> str:
    """Return when and where it was, who took part, and what the pages say of it as far as their words may leave."""
    place = event.place or ""
    if event.place_country:
        place = f"{place} ({messages.side(event.place_country)})".strip()
    days = [messages.date(day) for day in (event.date, event.date_end) if day]
    names = [parcel.entities[entity].name for entity in (*event.people, *event.bodies)]
    head = " · ".join(part for part in (" – ".join(days), place, messages.text("comma").join(names)) if part)
    quotes = [messages.quote(quote) for quote in quotes_of(event) if quote]
    return "\n".join(part for part in (head, *quotes) if part)


def _add(parent: etree._Element, tag: str, **attributes: str) -> etree._Element:
    return etree.SubElement(parent, f"{{{ATOM}}}{tag}", attributes)
