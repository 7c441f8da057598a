"""Who is who among the pages of an answer, as the workspace has compared them."""

from __future__ import annotations

from pathlib import Path

from made_documents import arabic_document, french_document
from mithaq.answers.dossier import build_dossier
from mithaq.answers.known import UNKNOWN, Known, know
from mithaq.answers.timeline import build_timeline
from mithaq.export.messages import Messages
from mithaq.export.spoken import speak_dossier, speak_timeline
from mithaq.model.world import EntityName
from mithaq.store import open_store
from mithaq.workspace import open_workspace


def test_pages_that_nothing_has_compared_are_not_known(tmp_path: Path) -> None:
    page = arabic_document()
    with open_store(tmp_path / "w.sqlite") as store:
        assert know(store, [page]) == UNKNOWN
    assert UNKNOWN.one(page, "people", 0) is None and UNKNOWN.happening(page, page.events[0]) is None


def test_what_the_workspace_holds_to_be_one_is_one_line_whatever_it_is_called(demo_workspace: Path) -> None:
    with open_workspace(demo_workspace, create=False) as workspace:
        pages = list(workspace.store.documents())
        known = know(workspace.store, pages)
        plain = build_dossier(pages, ("JO", "MR"))
        dossier = build_dossier(pages, ("JO", "MR"), know=lambda _: known)
        assert build_dossier(pages, ("JO", "MR"), know=lambda some: know(workspace.store, some)).bodies == dossier.bodies
    (centre,) = (body for body in dossier.bodies if "المركز الأردني للخدمات الحكومية الرقمية" in body.names)
    assert "Jordan Centre for Digital Government Services" in centre.names and len(centre.proofs) > 4
    assert len(dossier.bodies) < len(plain.bodies)
    assert len(dossier.programmes) < len(plain.programmes)
    assert len(dossier.timeline) + len(dossier.undated) <= len(plain.timeline) + len(plain.undated)
    assert any(name.lang == "fr" for name in known.names["يحيى ولد سيدي المختار"])


def test_the_known_alone_decides_over_names_and_an_unknown_naming_still_joins_by_its_name() -> None:
    arabic, french = arabic_document(), french_document()
    apart = Known({(arabic.id, "people", 0): "a", (french.id, "people", 0): "b"})
    one = Known({(arabic.id, "people", 0): "a", (french.id, "people", 0): "a"})
    names = [[p.name for p in d.people] for d in (arabic, french)]
    for known, expected in ((apart, 2), (one, 1), (UNKNOWN, 1), (Known({(arabic.id, "people", 0): "a"}), 1)):
        people = build_dossier([arabic, french], ("DJ", "OM"), know=lambda _, known=known: known).people
        shown = [line for line in people if {names[0][0], names[1][0]} & set(line.names)]
        assert len(shown) == expected, known


def test_a_printed_name_is_said_in_the_readers_letters() -> None:
    page = arabic_document()
    harthy = (EntityName("سالم الحارثي", "ar", 3), EntityName("Salim Al Harthy", "en", 1))
    known = Known(names={"سالم الحارثي": harthy, "الحارثي": harthy})
    dossier = build_dossier([page], ("DJ", "OM"), know=lambda _: known)
    spoken = speak_dossier(dossier, Messages("en"))
    assert spoken.timeline[0].people[0] == "Salim Al Harthy" and spoken.timeline[0].place == "Muscat"
    assert spoken.people[0].names == ("Salim Al Harthy", "سالم الحارثي")
    assert {line.speaker for line in spoken.statements if line.country == "OM"} == {"Salim Al Harthy"}
    assert speak_dossier(spoken, Messages("en")) == spoken
    assert speak_dossier(dossier, Messages("ar")).timeline[0].people == dossier.timeline[0].people


def test_a_timeline_of_a_workspace_tells_each_happening_once(demo_workspace: Path) -> None:
    with open_workspace(demo_workspace, create=False) as workspace:
        pages = list(workspace.store.documents())
        plain = build_timeline(pages, pair=("JO", "MR"))
        found = build_timeline(pages, pair=("JO", "MR"), know=lambda some: know(workspace.store, some))
    lines = [*found.dated, *found.undated]
    assert len(lines) < len([*plain.dated, *plain.undated])
    (signature,) = [line for line in found.dated if (line.type, line.stage, line.date) == ("agreement", "signed", "2026-03-30")]
    assert len(signature.proofs) > 3
    places = {line.place for line in speak_timeline(found, Messages("fr")).dated}
    assert places >= {"Amman", "Nouakchott"} and not places & {"نواكشوط", "AMMAN"}
