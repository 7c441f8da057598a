"""Pages of one answer agree on whose side a person is, and statements follow their speakers."""

from __future__ import annotations

from msgspec.structs import replace

from mithaq.answers.agree import agree_on_sides
from mithaq.model import Document, Evidence, Person, Statement, hash_text


def page(text: str, name: str, country: str | None, basis: str | None, toward: str | None = None) -> Document:
    start = text.index(name)
    evidence = Evidence.of(text, start, start + len(name))
    person = Person(name=name, names=(name,), mentions=(evidence,), country=country, country_basis=basis)
    said = Statement(kind="need", evidence=Evidence.of(text, 0, len(text)), speaker=name, country=country, toward=toward)
    return Document(id=hash_text(text), text=text, people=(person,), statements=(said,))


STATED = page("قالت الوزيرة الموريتانية سعاد بنت حمدي إن العمل بدأ", "سعاد بنت حمدي", "MR", "stated")
INFERRED = page("تحتاج بلادنا إلى خبرة، تقول سعاد بنت حمدي", "سعاد بنت حمدي", "JO", "inferred", toward="MR")


def test_what_another_page_states_settles_what_this_one_inferred() -> None:
    settled = agree_on_sides((STATED, INFERRED))[1]
    assert settled.people[0].country == "MR"
    assert (settled.statements[0].country, settled.statements[0].toward) == ("MR", "JO")


def test_a_stated_side_never_moves() -> None:
    other = replace(INFERRED, people=(replace(INFERRED.people[0], country_basis="stated"),))
    assert agree_on_sides((STATED, STATED, other))[2] == other


def test_nothing_stated_changes_nothing() -> None:
    pages = (INFERRED, page("Awa Fall demande un appui technique", "Awa Fall", None, None))
    assert agree_on_sides(pages) == pages


def test_another_person_stays() -> None:
    other = page("Karim Saidi a parlé du projet", "Karim Saidi", "TN", "inferred")
    assert agree_on_sides((STATED, other))[1] == other
