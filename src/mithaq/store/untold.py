"""News of alerts that rest on a page which is erased, or for analysts alone from now on: they are not told, nor shown any more."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from mithaq.store.alerts import News
from mithaq.store.connected import Run


def forget_news_of(run: Run, documents: Iterable[str]) -> bool:
    """Delete the news in which these pages have a part; say whether there were any. Part of the transaction that takes the pages out.

    What an alert has not begun to send it may find again: where other pages tell of the same, it does so by their words.
    """
    found = False
    for one in documents:
        for number, alert, data, batch in run("SELECT n, alert, data, batch FROM alert_news WHERE instr(data, ?) > 0", (one,)).fetchall():
            found = True
            if batch is None:
                news = msgspec.json.decode(data, type=News)
                for key in {news.id, *news.keys}:
                    run("DELETE FROM alert_known WHERE alert = ? AND key = ?", (alert, key))
            run("DELETE FROM alert_news WHERE n = ?", (number,))
    run("DELETE FROM alert_batches WHERE id NOT IN (SELECT batch FROM alert_news WHERE batch IS NOT NULL)")
    return found
