"""News in words, in Arabic, French and English: what a mail, a feed and the terminal say of an event."""

from __future__ import annotations

import html
from collections.abc import Sequence

import msgspec

from mithaq.answers.lines import FigureLine
from mithaq.export.briefing import safe_url
from mithaq.export.messages import Messages
from mithaq.model.happening import COMMITMENT
from mithaq.store.alerts import Alert, News


class Told(msgspec.Struct, frozen=True):
    """One event in words: a title, further lines, what the page says, and its address."""

    title: str
    lines: tuple[str, ...]
    quote: str | None
    lang: str | None
    url: str | None


def tell(news: News, messages: Messages) -> Told:
    """Return an event in the words of one language; what its page says stays in the page's own."""
    parts = [messages.text(f"alert.{news.kind}"), *_about(news, messages), messages.sides(side for side in news.sides if side)]
    day = ""
    if news.date:
        key = "brief.due" if news.kind in ("promise", "due", "overdue") else None
        day = messages.text(key, date=messages.date(news.date)) if key else messages.date(news.date)
    page = [part for part in (news.title, news.outlet, messages.date(news.published) if news.published else "") if part]
    lines = [" · ".join(page)] if page else []
    if news.quote is None and news.document:
        lines.append(messages.text("source.protected"))
    quote = messages.quote(news.quote) if news.quote else None
    return Told(" · ".join(part for part in (*parts, day) if part), tuple(lines), quote, news.lang, safe_url(news.url))


def _about(news: News, messages: Messages) -> list[str]:
    if news.kind == "conflict":
        values = []
        for value in news.values:
            comparator, number, unit = value.split("|")
            line = msgspec.convert(
                {"key": "", "name": "", "value": float(number), "unit": unit, "proofs": (), "comparator": comparator}, FigureLine
            )
            values.append(messages.figure(line))
        return [news.name or "", messages.text("comma").join(values)]
    if news.kind == "need":
        return [messages.term("topics", news.type), news.name or ""]
    kind = messages.term("statement_kinds" if news.type == COMMITMENT else "event_types", news.type)
    return [kind, messages.term("stages", news.stage) if news.stage and news.type != COMMITMENT else ""]


def subject(alert: Alert, news: Sequence[News], messages: Messages) -> str:
    """Return the line that names what is new."""
    return messages.count("alert.subject", len(news), name=alert.name)


def write_text(alert: Alert, news: Sequence[News], messages: Messages) -> str:
    """Return news as plain text."""
    lines = [subject(alert, news, messages), ""]
    for told in (tell(one, messages) for one in news):
        lines += [f"- {told.title}", *(f"  {line}" for line in (told.quote, *told.lines, told.url) if line), ""]
    return "\n".join([*lines, messages.text("alert.foot", name=alert.name), ""])


def write_html(alert: Alert, news: Sequence[News], messages: Messages) -> str:
    """Return news as HTML for mail: from right to left in Arabic, quotes in their own direction, everything escaped."""
    items = []
    for told in (tell(one, messages) for one in news):
        quote = f'<blockquote dir="auto">{html.escape(told.quote)}</blockquote>' if told.quote else ""
        lines = "".join(f'<p dir="auto">{html.escape(line)}</p>' for line in told.lines)
        link = f'<p dir="ltr"><a href="{html.escape(told.url)}">{html.escape(told.url)}</a></p>' if told.url else ""
        items.append(f"<li><p><strong>{html.escape(told.title)}</strong></p>{quote}{lines}{link}</li>")
    head, foot = html.escape(subject(alert, news, messages)), html.escape(messages.text("alert.foot", name=alert.name))
    frame = f'<!doctype html><html lang="{messages.lang}" dir="{messages.direction}"><head><meta charset="utf-8"></head><body>'
    return f"{frame}<h1>{head}</h1><ul>{''.join(items)}</ul><p>{foot}</p></body></html>"
