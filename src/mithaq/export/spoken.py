"""An answer in the reader's letters: people, bodies and places under the names by which pages of the reader's language know them.

What a page prints stays in its quotes; where no page prints a name in the reader's letters, it stands as it is printed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec.structs import replace

from mithaq.answers.dossier import Dossier
from mithaq.answers.gaps import Gap
from mithaq.answers.lines import EventLine, FigureLine, StatementLine
from mithaq.answers.timeline import Timeline
from mithaq.export.messages import Messages
from mithaq.lexicon.place_names import call_place
from mithaq.model.world import EntityName

Names = Mapping[str, Sequence[EntityName]]


def speak_dossier(dossier: Dossier, messages: Messages) -> Dossier:
    """Return a dossier with names in the reader's letters; once it is, it stays as it is."""
    voice = Voice(dossier.names, messages)
    latest = dossier.glance.latest
    return replace(
        dossier,
        names={},
        glance=replace(dossier.glance, latest=voice.event(latest) if latest else None),
        timeline=tuple(map(voice.event, dossier.timeline)),
        undated=tuple(map(voice.event, dossier.undated)),
        agreements=tuple(replace(group, agreements=tuple(map(voice.event, group.agreements))) for group in dossier.agreements),
        exchanges=tuple(
            replace(one, needs=tuple(map(voice.statement, one.needs)), offers=tuple(map(voice.statement, one.offers)))
            for one in dossier.exchanges
        ),
        people=tuple(replace(line, names=voice.first(line.name, line.names)) for line in dossier.people),
        bodies=tuple(replace(line, names=voice.first(line.name, line.names)) for line in dossier.bodies),
        programmes=tuple(
            replace(line, name=voice.name(line.name), names=voice.first(line.name, line.names)) for line in dossier.programmes
        ),
        statements=tuple(map(voice.statement, dossier.statements)),
        figures=tuple(map(voice.figure, dossier.figures)),
        gaps=tuple(map(voice.gap, dossier.gaps)),
    )


def speak_timeline(timeline: Timeline, messages: Messages) -> Timeline:
    """Return events with names in the reader's letters."""
    voice = Voice(timeline.names, messages)
    return replace(timeline, names={}, dated=tuple(map(voice.event, timeline.dated)), undated=tuple(map(voice.event, timeline.undated)))


class Voice:
    """Says names to one reader."""

    def __init__(self, names: Names, messages: Messages) -> None:
        self._names, self._messages = names, messages

    def name(self, printed: str) -> str:
        """Return the name by which the reader knows somebody."""
        known = self._names.get(printed)
        return self._messages.called(known) if known else printed

    def first(self, main: str, printed: Iterable[str]) -> tuple[str, ...]:
        """Return all names under which pages print somebody, the reader's own first."""
        return tuple(dict.fromkeys((self.name(main), *printed))) if main in self._names else tuple(printed)

    def _each(self, printed: Iterable[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self.name(name) for name in printed))

    def _some(self, printed: str | None) -> str | None:
        return self.name(printed) if printed else printed

    def event(self, line: EventLine) -> EventLine:
        """Return an event with people, bodies and place in the reader's letters."""
        place = call_place(line.place, line.place_country, self._messages.lang) if line.place else None
        return replace(line, people=self._each(line.people), bodies=self._each(line.bodies), place=place)

    def statement(self, line: StatementLine) -> StatementLine:
        """Return a statement with its speaker in the reader's letters; for whom one speaks is said unless the office names it already."""
        behalf = self._some(line.on_behalf_of) if line.behalf else line.on_behalf_of
        return replace(line, speaker=self._some(line.speaker), on_behalf_of=behalf)

    def figure(self, line: FigureLine) -> FigureLine:
        """Return a cited figure with those who give and cite it in the reader's letters."""
        return replace(line, publisher=self._some(line.publisher), claimants=self._each(line.claimants))

    def gap(self, gap: Gap) -> Gap:
        """Return what is not known with the person whom it is about in the reader's letters."""
        return replace(gap, about=self._some(gap.about)) if gap.kind.startswith("person_") else gap
