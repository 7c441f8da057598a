"""The database of a workspace: documents, their facts row by row, captures, quarantine and judgements."""

from mithaq.store.search import Hit
from mithaq.store.sqlite import SqliteStore, open_store
from mithaq.store.store import Capture, Filter, MadeBy, Outcome, Quarantined, Store

__all__ = ["Capture", "Filter", "Hit", "MadeBy", "Outcome", "Quarantined", "SqliteStore", "Store", "open_store"]
