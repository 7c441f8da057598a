"""What a format says that it carries stands in its file: the loss report is not kinder than the truth."""

from __future__ import annotations

from importlib import import_module

import pytest

from export.sent_pages import PROMISE, TERMS
from export.test_losses import text_of
from mithaq.export.formats import FORMATS, write_export
from mithaq.export.parcel import Parcel

# Of each layer what stands in the made pages: field -> words of it, in lower case (codes of a format are tested with that format).
STATED = {
    "events": {
        "stage": "launched", "people": "kaja tamm", "bodies": "tartu cyber institute", "place": "kigali", "date": "2025-05-04",
        "date_basis": "explicit", "date_text": "3 مارس 2024", "groups": "40 مهندسا", "amount": "20000000", "topics": "cybersecurity",
        "quote": "rwanda opened the kivu data centre",
    },
    "statements": {
        "speaker": "anu kask", "deliverable": "the platform at the ministry in kigali", "due": "2026", "quote": PROMISE.lower(),
        "topics": "cybersecurity", "toward": "rw", "reported": "direct",
    },
    "figures": {"name": "مؤشر الأمن السيبراني", "value": "96.5", "unit": "points", "publisher": "الاتحاد الدولي للاتصالات"},
    "people": {"other names": "salim al-harthi", "roles": "وزير الاتصالات العماني", "body": "tartu cyber institute"},
    "bodies": {"code": "afdb"},
    "programmes": {"part_of": "digital lakes 2030"},
    "pages": {
        "title": "rwanda opens kivu data centre", "url": "https://lakes.example/data-centre", "outlet": "lakes.example",
        "agency": "وكالة الساحل", "published": "2025-05-05", "retrieved": "2025-05-06", "section": "اقتصاد",
    },
}  # fmt: skip
# Written by a code, or in the words of one language that this test does not ask for.
BY_CODE = {("iati", "topics"), ("atom", "date"), ("gexf", "date"), ("plover", "stage"), ("plover", "topics"), ("annotations", "retrieved")}


@pytest.mark.parametrize("name", FORMATS)
def test_what_is_said_to_be_carried_stands_in_the_file(name: str, parcel: Parcel) -> None:
    carried = import_module(f"mithaq.export.{FORMATS[name].module}").CARRIED
    text = " ".join(text_of(write_export(parcel, name, TERMS).data).replace('\\"', '"').lower().split())
    missing = [
        (layer, field)
        for layer, stated in STATED.items()
        for field, words in stated.items()
        if field in carried.get(layer, ()) and (name, field) not in BY_CODE and words not in text
    ]
    assert missing == []
