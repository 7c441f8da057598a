"""Short invented pages that tell of the same few happenings, made by hand, and a store to keep them in."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from made_documents import make_document, quote
from mithaq.follow.link import update_threads
from mithaq.model import Amount, Document, Event, Pair, Person, Place, Statement
from mithaq.model.happening import Happening, Thread
from mithaq.model.vocabulary import Topic
from mithaq.resolve.grouping import group_apart
from mithaq.resolve.happenings import update_happenings
from mithaq.store import Capture, MadeBy, SqlStore, open_store

MADE_BY = MadeBy("test", "words")
_PLACES = ("Gabon", "Jordanie", "Jordan", "Sahlia", "Amman", "الغابون", "الأردن", "السهلية")


def page(title: str, *sentences: str, people: Iterable[str] = (), pair: tuple[str, str] | None = None, **fields: Any) -> Document:
    """Return a page of these sentences; *people* are those of its text, *pair* its two sides."""
    made = make_document(title, " ".join(sentences), path=f"{title}.txt", relevant=True)
    named = [(name, quote(made.text, name)) for name in _PLACES if name in made.text]
    fields["places"] = tuple(Place(name=name, kind="country", country=None, evidence=evidence) for name, evidence in named)
    fields["people"] = tuple(Person(name=name, mentions=(quote(made.text, name),)) for name in people)
    if pair:
        fields["pairs"] = (Pair(*pair, quote(made.text, sentences[0])),)
    return make_document(title, " ".join(sentences), **({"path": f"{title}.txt", "relevant": True} | fields))


def event(document: Document, words: str, kind: Any, stage: Any, parties: tuple[str, ...], date: str | None = None, **fields: Any) -> Event:
    """Return an event that rests on a sentence of the page."""
    return Event(type=kind, stage=stage, parties=parties, date=date, evidence=quote(document.text, words), digital=True, **fields)


def told(document: Document, *events: Event, statements: Iterable[Statement] = ()) -> Document:
    """Return the page with these facts."""
    from msgspec.structs import replace

    return replace(document, events=tuple(events), statements=tuple(statements))


_PLAN = "Les deux ministres signeront à Sahlia, avant fin avril, un mémorandum sur la signature électronique."
_SIGNED_FR = "Le Gabon et la Jordanie ont signé mardi à Sahlia un mémorandum sur la signature électronique, dit Sandrine Mbourou."
_SIGNED_AR = "وقّع الغابون والأردن أمس بالسهلية مذكرة تفاهم بشأن التوقيع الإلكتروني، بحضور ساندرين مبورو ونادر الخطيب."
_SIGNED_EN = "Gabon and Jordan signed a memorandum on electronic signature in Sahlia, said Nader Al-Khatib."
_PROMISE_FR = "La Jordanie formera 30 ingénieurs en septembre 2026, promet Nader Khatib."
_PROMISE_AR = "وتعهد نادر الخطيب بتكوين 30 مهندسا في سبتمبر 2026."
_DONE = "27 ingénieurs gabonais ont achevé vendredi à Amman leur formation à la signature électronique."
_NEXT = "Une seconde session aura lieu à Sahlia en février 2027."
_OTHER = "Le Gabon et la Jordanie ont signé mardi un accord sur les câbles sous-marins avec Rashid Odeibat."


def story() -> list[Document]:
    """Return seven pages on one memorandum, from the plan to the training that was promised, and another agreement of the same day."""
    sides: tuple[str, str] = ("GA", "JO")
    topics: tuple[Topic, ...] = ("digital_identity_trust",)
    plan = page("Plan", _PLAN, lang="fr", published="2026-03-02", outlet="a.example", pair=sides)
    french = page(
        "Signature",
        _SIGNED_FR,
        _PROMISE_FR,
        people=["Sandrine Mbourou", "Nader Khatib"],
        lang="fr",
        published="2026-04-22",
        outlet="b.example",
    )
    arabic = page(
        "توقيع", _SIGNED_AR, _PROMISE_AR, people=["ساندرين مبورو", "نادر الخطيب"], lang="ar", published="2026-04-22", outlet="c.example"
    )
    english = page("Signed", _SIGNED_EN, people=["Nader Al-Khatib"], lang="en", published="2026-04-23", outlet="d.example")
    again = page("Wire", _SIGNED_EN, "Agency.", people=["Nader Al-Khatib"], lang="en", published="2026-04-23", outlet="d.example")
    done = page("Diplômes", _DONE, _NEXT, lang="fr", published="2026-09-19", outlet="a.example", pair=sides)
    other = page("Câbles", _OTHER, people=["Rashid Odeibat"], lang="fr", published="2026-04-22", outlet="e.example")

    def signed(document: Document, words: str, people: tuple[str, ...], place: str, **fields: Any) -> Event:
        return event(document, words, "agreement", "signed", sides, people=people, place=place, topics=topics, **fields)

    def promise(document: Document, words: str) -> Statement:
        return Statement(
            kind="commitment",
            evidence=quote(document.text, words),
            country="JO",
            toward="GA",
            deliverable=words,
            due="2026-09",
            topics=topics,
        )

    return [
        told(plan, event(plan, _PLAN, "agreement", "planned", sides, "2026-04", place="Sahlia", topics=topics)),
        told(
            french,
            signed(french, _SIGNED_FR, ("Sandrine Mbourou",), "Sahlia", date="2026-04-21"),
            event(french, _PROMISE_FR, "training", "planned", sides, "2026-09", topics=topics),
            statements=[promise(french, _PROMISE_FR)],
        ),
        told(
            arabic,
            signed(arabic, _SIGNED_AR, ("ساندرين مبورو", "نادر الخطيب"), "السهلية", date="2026-04-21", amount=Amount(2e6, "EUR")),
            statements=[promise(arabic, _PROMISE_AR)],
        ),
        told(english, signed(english, _SIGNED_EN, ("Nader Al-Khatib",), "Sahlia", date="2026-04-20", amount=Amount(3e6, "EUR"))),
        told(again, signed(again, _SIGNED_EN, ("Nader Al-Khatib",), "Sahlia", date="2026-04-20")),
        told(
            done,
            event(done, _DONE, "training", "completed", sides, "2026-09-18", place="Amman", topics=topics),
            event(done, _NEXT, "training", "planned", sides, "2027-02", place="Sahlia", topics=topics),
        ),
        told(
            other,
            event(other, _OTHER, "agreement", "signed", sides, "2026-04-21", people=("Rashid Odeibat",), topics=("infrastructure",)),
        ),
    ]


def open_empty(folder: Path) -> SqlStore:
    """Return an empty store."""
    return open_store(folder / "mithaq.sqlite")


def keep(store: SqlStore, documents: Iterable[Document]) -> None:
    """Keep pages."""
    for document in documents:
        store.put(document, Capture(hash=document.id, file="captures/x.gz", added="2026-10-01T00:00:00+00:00"), MADE_BY, replace=True)


def resolve(store: SqlStore, load: Callable[[str], Document] | None = None) -> set[str]:
    """Bring happenings and threads up to date; return the ids of happenings that are new, changed or gone."""
    with store.workbench() as bench:
        changed = update_happenings(bench, load or store.document)
        update_threads(bench, changed, group_apart)
    return changed


def world(store: SqlStore) -> tuple[list[Happening], list[Thread]]:
    """Return everything that is derived."""
    return list(store.happenings()), list(store.threads())


def titles(happening: Happening) -> set[str]:
    """Return the titles of the pages that report a happening."""
    return {(source.path or "").removesuffix(".txt") for source in happening.sources}
