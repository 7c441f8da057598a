"""The database of a workspace: documents, their facts row by row, captures, quarantine and judgements."""

from mithaq.store.browse import Narrow
from mithaq.store.gated import Gated
from mithaq.store.opening import open_store
from mithaq.store.search import Hit
from mithaq.store.sql import SqlStore
from mithaq.store.sqlite import SqliteStore
from mithaq.store.store import Capture, Filter, MadeBy, Outcome, Quarantined, Store
from mithaq.store.writing import Prepared, prepare

__all__ = [
    "Capture",
    "Filter",
    "Gated",
    "Hit",
    "MadeBy",
    "Narrow",
    "Outcome",
    "Prepared",
    "Quarantined",
    "SqlStore",
    "SqliteStore",
    "Store",
    "open_store",
    "prepare",
]
