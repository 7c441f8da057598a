"""Pages for tests of exports, on invented events: a project with money, an agreement with a promise beside it, a copy, a protected page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from made_documents import arabic_document, english_document, french_document, make_document, quote
from mithaq.export.exchange import Reporter, Terms
from mithaq.export.parcel import Parcel, Wanted, pack_parcel
from mithaq.model import Amount, Body, Document, Event, Pair, Part, Person, Programme, Statement
from mithaq.store import open_store
from mithaq.workspace import Workspace
from resolve.world_pages import put

TERMS = Terms(lang="en", reporter=Reporter(ref="XM-EXAMPLE-1", name="Observatory of Amal"))
PROMISE = "Estonia will install the platform at the ministry in Kigali by the end of 2026"


def project_document(furniture: str = "Related: sport", **changes: Any) -> Document:
    """Return an English page on a project that a bank pays for, in the words of no real page."""
    title = "Rwanda opens Kivu data centre paid for by African Development Bank"
    body = (
        "Rwanda opened the Kivu data centre in Kigali on 4 May 2025 with 20 million dollars from the African Development Bank. "
        "Estonian experts of the Tartu Cyber Institute, led by Kaja Tamm, built it under the Smart Lakes programme."
    )
    text = make_document(title, body, furniture=furniture).text
    bank, institute, leader = (quote(text, words) for words in ("African Development Bank", "Tartu Cyber Institute", "Kaja Tamm"))
    event = Event(
        type="project",
        stage="launched",
        parties=("AfDB", "EE", "RW"),
        people=("Kaja Tamm",),
        bodies=("African Development Bank", "Tartu Cyber Institute"),
        roles=(Part("African Development Bank", "funder", bank), Part("Tartu Cyber Institute", "implementer", institute)),
        place="Kigali",
        place_country="RW",
        date="2025-05-04",
        date_basis="explicit",
        amount=Amount(2e7, "USD"),
        modality="triangular",
        topics=("infrastructure", "cybersecurity"),
        digital=True,
        evidence=quote(text, "Rwanda opened the Kivu data centre in Kigali on 4 May 2025"),
    )
    fields: dict[str, Any] = {
        "path": "pages/rw-dc.txt",
        "url": "https://lakes.example/data-centre",
        "lang": "en",
        "outlet": "lakes.example",
        "published": "2025-05-05",
        "published_basis": "metadata",
        "retrieved": "2025-05-06T08:00:00+00:00",
        "people": (Person(name="Kaja Tamm", mentions=(leader,), country="EE", body="Tartu Cyber Institute"),),
        "bodies": (
            Body(name="African Development Bank", mentions=(bank,), kind="io", code="AfDB"),
            Body(name="Tartu Cyber Institute", mentions=(institute,), kind="university", country="EE"),
        ),
        "programmes": (Programme(name="Smart Lakes", mentions=(quote(text, "Smart Lakes"),), part_of="Digital Lakes 2030"),),
        "events": (event,),
        "topics": ("infrastructure",),
        "pairs": (Pair("EE", "RW", event.evidence),),
        "relevant": True,
        "relevance": 0.9,
    }
    return make_document(title, body, furniture=furniture, **(fields | changes))


def promise_document(**changes: Any) -> Document:
    """Return an English page on a signed agreement with what one side will deliver."""
    title = "Estonia and Rwanda sign on digital identity"
    body = f"Estonia and Rwanda signed an agreement on digital identity on 12 June 2025 in Tallinn. {PROMISE}, Anu Kask said."
    text = make_document(title, body, furniture="Related: sport").text
    signed = quote(text, "Estonia and Rwanda signed an agreement on digital identity on 12 June 2025")
    event = Event(
        type="agreement",
        stage="signed",
        parties=("EE", "RW"),
        place="Tallinn",
        place_country="EE",
        date="2025-06-12",
        date_basis="explicit",
        topics=("digital_identity_trust",),
        evidence=signed,
    )
    said = Statement(
        kind="commitment",
        speaker="Anu Kask",
        country="EE",
        toward="RW",
        reported="direct",
        deliverable="the platform at the ministry in Kigali",
        due="2026",
        evidence=quote(text, PROMISE),
    )
    fields: dict[str, Any] = {
        "path": "pages/ee-rw-id.txt",
        "url": "https://baltic.example/identity",
        "lang": "en",
        "outlet": "baltic.example",
        "published": "2025-06-13",
        "published_basis": "metadata",
        "people": (Person(name="Anu Kask", mentions=(quote(text, "Anu Kask"),), country="EE", role="minister"),),
        "events": (event,),
        "statements": (said,),
        "topics": ("digital_identity_trust",),
        "pairs": (Pair("EE", "RW", signed),),
        "relevant": True,
        "relevance": 0.9,
    }
    return make_document(title, body, furniture="Related: sport", **(fields | changes))


def protected_document() -> Document:
    """Return an Arabic page that says that its content is protected; none of its sentences may leave."""
    return arabic_document(rights="protected", invented=False)


def every_document() -> tuple[Document, ...]:
    """Return all pages, the protected one not among them."""
    return arabic_document(), french_document(), english_document(), project_document(), promise_document()


def pack(folder: Path, *documents: Document, wanted: Wanted = Wanted(), resolve: bool = True) -> Parcel:  # noqa: B008  (frozen)
    """Keep documents in a new workspace, find out who is who and what is one happening, and pack what is wanted."""
    store = open_store(folder / "mithaq.sqlite")
    with Workspace(folder, store) as workspace:
        put(store, *documents)
        if resolve:
            workspace.resolve()
        return pack_parcel(store, wanted)
