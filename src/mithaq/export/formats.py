"""The formats of other worlds that an export may have, by name: what each is for and who writes it; each is loaded when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import cast

import msgspec

from mithaq.export.exchange import Export, Terms
from mithaq.export.parcel import Parcel

Writer = Callable[[Parcel, Terms], Export]


class Format(msgspec.Struct, frozen=True):
    """A format: the module and function that write it, and whether the file is no text, which a screen cannot show."""

    module: str
    function: str
    binary: bool = False


FORMATS: Mapping[str, Format] = {
    "ftm": Format("ftm", "write_ftm"),
    "plover": Format("plover", "write_plover"),
    "iati": Format("iati", "write_iati"),
    "annotations": Format("annotations", "write_annotations"),
    "gexf": Format("graphs", "write_gexf"),
    "graphml": Format("graphs", "write_graphml"),
    "atom": Format("atom", "write_atom"),
    "jsonld": Format("linked", "write_jsonld"),
    "xlsx": Format("book", "write_xlsx", binary=True),
    "csv": Format("book", "write_csv_archive", binary=True),
}


def write_export(parcel: Parcel, name: str, terms: Terms = Terms()) -> Export:  # noqa: B008  (frozen)
    """Return a parcel in one of :data:`FORMATS` with the report of what could not be carried; no data when nothing could."""
    format = FORMATS[name]
    write = cast(Writer, getattr(import_module(f"mithaq.export.{format.module}"), format.function))
    return write(parcel, terms)
