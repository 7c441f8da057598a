"""What a writer of a test does with a store that many write to at once; a file of its own, for other processes open it."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from made_documents import make_document, quote
from mithaq.model import Document, Person
from mithaq.model.fact import list_facts
from mithaq.model.judgement import Judgement
from mithaq.store import Capture, Gated, MadeBy, open_store
from mithaq.store.place import Server
from mithaq.store.schedule import NewAddress

WRITERS, EACH, JUDGED = 8, 6, 3
WHO = "سالم الحارثي"


def page_of(writer: int, n: int) -> Document:
    """Return a page of a writer; every second one is the same for all."""
    mine = f"{n}" if n % 2 else f"{n} {writer}"
    page = make_document(f"تعاون {mine}", f"استقبل سالم الحارثي الوفد {mine} وبحثا التعاون الرقمي بين البلدين.")
    who = Person(name=WHO, mentions=(quote(page.text, WHO),), why="made")
    return replace(page, lang="ar", url=f"https://sahil.example/{mine.replace(' ', '-')}", path=mine, relevant=True, people=(who,))


def write_some(server: Server, writer: int, outcomes: Any) -> None:
    """Write pages, decide, hold back and find addresses, the same ones as the others do; tell what came of it."""
    with open_store(server) as store:
        told: dict[str, Any] = {"outcomes": [], "judged": [], "held": 0, "found": 0}
        for n in range(EACH):
            page = page_of(writer, n)
            capture = Capture(hash=f"hash-of-{page.id}", file="f", added="2024-01-01", sidecar=str(writer))
            told["outcomes"].append(store.put(page, capture, MadeBy("1", "2")))
            if n < JUDGED:
                subject = next(fact.key for fact in list_facts(page) if fact.layer == "people")
                told["judged"].append(store.judge(Judgement(subject=subject, verb="accept", by=f"writer {writer}", at="2024-01-02")))
            held = Gated.of(b"page", hash=f"held {n}", path=f"held {n}", reason="gate: x", score=0.1, at="2024-01-01")
            told["held"] += store.hold_back([held])
            found = NewAddress(key=f"a.example/{n}", url=f"https://a.example/{n}", host="a.example")
            told["found"] += store.schedule().add([found], "by hand", None, 0.0)
    outcomes.put(told)
