"""A briefing for a meeting in the reader's words: sections to choose from, each line with the words that prove it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from msgspec.structs import replace

from mithaq.answers.entity import Held
from mithaq.answers.lines import EventLine, FigureLine, Office, PersonLine, StatementLine
from mithaq.answers.meeting import Doubt, Meeting, Promise, Question
from mithaq.answers.sources import Proof, Source
from mithaq.errors import QuestionError
from mithaq.export.messages import Messages
from mithaq.export.outline import Entry, Group, Section, event_entry, figure_entry, statement_entry, with_judgements
from mithaq.export.paper import Frame, Paper, compose_paper, few_words, may_quote
from mithaq.model.vocabulary import Language
from mithaq.text.characters import has_arabic

# The sections of a briefing in reading order, by the name of their message "brief.<name>".
SECTIONS = ("who", "said", "promises", "exchange", "happenings", "figures", "questions")
_MOST_SAID, _MOST_HAPPENINGS = 8, 12
_WORDS = 24  # of a sentence inside a question


def meeting_paper(
    meeting: Meeting, captures: Mapping[str, str], lang: Language, sections: Collection[str] = SECTIONS
) -> Paper:
    """Return a briefing in one language with the *sections* asked for, in their own order; raises QuestionError for an unknown one."""
    wrong = [name for name in sections if name not in SECTIONS]
    if wrong:
        raise QuestionError(f"a briefing has no section {wrong[0]!r}; there are {', '.join(SECTIONS)}", "wrong.no_section", value=wrong[0])
    writer = _Writer(meeting, Messages(lang))
    told = [writer.section(name) for name in SECTIONS if name in sections]
    return compose_paper(writer.frame(), told, meeting.sources, captures, writer.messages)


class _Writer:
    """Writes one briefing in one language."""

    def __init__(self, meeting: Meeting, messages: Messages) -> None:
        self._m, self.messages = meeting, messages

    def frame(self) -> Frame:
        m, text = self._m, self.messages.text
        if m.guest.entity is not None:
            name = next((n.name for n in m.guest.entity.names if n.lang == self.messages.lang), m.guest.entity.name)
        else:
            name = self.messages.side(m.guest.side)
        day = self.messages.date(m.on)
        title = text("brief.title_with", name=name, side=self.messages.side(m.host)) if m.host else name
        count = len(m.sources)
        lead = self.messages.count("brief.lead", count, date=day) if count else text("brief.nothing", name=name, date=day)
        invented = (text("dossier.invented"),) if any(s.invented for s in m.sources.values()) else ()
        return Frame(title=title, kicker=text("brief.kicker", date=day), lead=lead, warnings=invented)

    def section(self, name: str) -> Section:
        writers: dict[str, Callable[[], Sequence[Group]]] = {
            "who": self._who, "said": self._said, "promises": self._promises, "exchange": self._exchange, "happenings": self._happenings,
            "figures": self._figures, "questions": self._questions,
        }  # fmt: skip
        note = ""
        if name == "promises":
            note = self.messages.count("thread.searched", self._m.searched, date=self.messages.date(self._m.until))
        elif name in ("exchange", "figures", "questions"):
            note = self.messages.text(f"brief.{name}.note")
        else:
            left = {"said": len(self._m.said) - _MOST_SAID, "happenings": len(self._m.happenings) - _MOST_HAPPENINGS}.get(name, 0)
            note = self.messages.count("brief.more", left) if left > 0 else ""
        groups = tuple(with_judgements(self._in_own_language(group), self.messages) for group in writers[name]())
        return Section(name=name, title=self.messages.text(f"brief.{name}"), groups=groups, note=note)

    def _in_own_language(self, group: Group) -> Group:
        """Return a group whose entries quote the page that the reader can read, where several pages tell the same."""
        return replace(group, entries=tuple(self._reworded(entry) for entry in group.entries))

    def _reworded(self, entry: Entry) -> Entry:
        if len(entry.proofs) < 2:
            return entry
        best = self._best(entry.proofs)
        quote = best.quote if entry.quote == entry.proofs[0].quote else entry.quote
        return replace(entry, quote=quote, proofs=(best, *(proof for proof in entry.proofs if proof is not best)))

    def _best(self, proofs: Sequence[Proof]) -> Proof:
        """Return the words to show first: such as may be quoted, in the reader's language where there are any."""
        return min(proofs, key=lambda proof: (not may_quote(self._m.sources.get(proof.document)), proof.lang != self.messages.lang))

    def _who(self) -> list[Group]:
        m, text = self._m, self.messages.text
        if m.guest.entity is None:
            return [Group(entries=tuple(self._person(p) for p in m.people), empty=text("people.none"))]
        side = self.messages.side(m.guest.side) if m.guest.side else ""
        names = tuple(f"{text('brief.in.' + (name.lang or 'other'))}: {name.name}" for name in m.guest.entity.names)
        head = " · ".join(filter(None, (m.guest.entity.name, text("who." + m.guest.entity.kind), side)))
        first = Group(entries=(Entry(head=head, details=names, proofs=m.mentions[:1]),) if m.mentions else (), empty=text("brief.none.who"))
        if m.guest.entity.kind != "person":
            return [first]
        offices = tuple(self._office(office) for office in m.offices)
        return [first, Group(title=text("who.offices"), entries=offices, empty=text("people.office_not_stated"))]

    def _person(self, person: PersonLine) -> Entry:
        proofs = tuple(office.proof for office in person.offices) or person.proofs
        also = (self.messages.text("people.also", names=self.messages.text("comma").join(person.names[1:])),) if person.names[1:] else ()
        return Entry(head=person.name, details=(*map(self._held_on, person.offices), *also), proofs=proofs)

    def _held_on(self, office: Office) -> str:
        """Return an office with the day of the page that gives it."""
        source = self._m.sources.get(office.proof.document)
        if not may_quote(source):
            return few_words(office.role)
        if source is None or not source.published:
            return office.role
        # Beside words that run the other way a day would fall apart: it is set off from them.
        day = self.messages.date(source.published)
        runs_alike = has_arabic(office.role) == (self.messages.direction == "rtl")
        return f"{office.role} ({day})" if runs_alike else f"{office.role} (\u2068{day}\u2069)"

    def _office(self, office: Held) -> Entry:
        days = [self.messages.date(day) for day in dict.fromkeys(filter(None, (office.first, office.last)))]
        period = self.messages.text("span", first=days[0], last=days[1]) if len(days) > 1 else "".join(days)
        details = (office.body or "", period or self.messages.text("who.undated"), self.messages.count("who.on_pages", office.pages))
        return Entry(head=office.role, details=tuple(filter(None, details)), proofs=(office.proof,))

    def _said(self) -> list[Group]:
        lines = self._m.said[:_MOST_SAID]
        return [Group(entries=tuple(self._statement(line) for line in lines), empty=self.messages.text("brief.none.said"))]

    def _statement(self, line: StatementLine) -> Entry:
        text = self.messages.text
        entry = statement_entry(line, self.messages, show_side=True)
        details = (
            f"{text('commitments.for')} {line.behalf}" if line.behalf else "",
            self.messages.amount(line.amount) if line.amount else "",
            text("statement.reported_on", date=self.messages.date(line.said_on)) if line.said_on else "",
        )
        head = f"{self.messages.term('statement_kinds', line.kind)} · {entry.head}"
        return Entry(head=head, quote=entry.quote, details=tuple(filter(None, details)), proofs=entry.proofs)

    def _promises(self) -> list[Group]:
        m, text = self._m, self.messages.text
        rest = [p for p in m.promises if p.by not in m.sides]
        groups = [
            Group(
                title=text("brief.promised_by", side=self.messages.side(side)),
                entries=tuple(self._promise(p) for p in m.promises if p.by == side),
                empty=text("brief.none.promises"),
            )
            for side in m.sides
        ]
        if rest or not groups:
            entries = tuple(self._promise(p) for p in rest)
            groups.append(Group(title=text("brief.promised_together"), entries=entries, empty=text("brief.none.promises")))
        return groups

    def _promise(self, promise: Promise) -> Entry:
        entry = self._line(promise.line)
        schedule = self.messages.text("schedule." + promise.schedule)
        due = self.messages.text("brief.due", date=self.messages.date(promise.due)) if promise.due else ""
        found = self.messages.count("brief.no_report", self._m.searched, date=self.messages.date(self._m.until))
        status = " · ".join(filter(None, (schedule, due, found)))
        return Entry(head=entry.head, quote=entry.quote, details=entry.details, status=status, proofs=entry.proofs)

    def _line(self, line: StatementLine | EventLine) -> Entry:
        return self._statement(line) if isinstance(line, StatementLine) else event_entry(line, self.messages)

    def _exchange(self) -> list[Group]:
        m, text, groups = self._m, self.messages.text, []
        for side in m.sides:
            for what, lines in (("needs", m.needs), ("offers", m.offers)):
                entries = tuple(statement_entry(line, self.messages) for line in lines if line.country == side)
                title = text(f"exchange.{what}", side=self.messages.side(side))
                groups.append(Group(title=title, entries=entries, empty=text(f"exchange.none_{what}")))
        if not groups:
            entries = tuple(self._statement(line) for line in (*m.needs, *m.offers))
            groups.append(Group(entries=entries, empty=text("brief.none.exchange")))
        return groups

    def _happenings(self) -> list[Group]:
        entries = tuple(event_entry(line, self.messages) for line in self._m.happenings[:_MOST_HAPPENINGS])
        return [Group(entries=entries, empty=self.messages.text("brief.none.happenings"))]

    def _figures(self) -> list[Group]:
        if not self._m.doubts:
            return [Group(entries=(), empty=self.messages.text("brief.none.figures"))]
        return [
            Group(title=self.messages.text("brief.why." + doubt.why), entries=tuple(self._figure(line) for line in doubt.lines))
            for doubt in self._together()
        ]

    def _together(self) -> list[Doubt]:
        """Return the doubts, those of one reason as one, but for contradictions, of which each stands by itself."""
        apart = [doubt for doubt in self._m.doubts if doubt.why == "conflict"]
        reasons = dict.fromkeys(doubt.why for doubt in self._m.doubts if doubt.why != "conflict")
        return apart + [Doubt(why, tuple(line for d in self._m.doubts if d.why == why for line in d.lines)) for why in reasons]

    def _figure(self, line: FigureLine) -> Entry:
        entry = figure_entry(line, self.messages)
        side = self.messages.side(line.country) if line.country else ""
        return Entry(head=entry.head, details=tuple(filter(None, (side, *entry.details))), quote=line.proofs[0].quote, proofs=entry.proofs)

    def _questions(self) -> list[Group]:
        ready = [q for q in self._m.questions if q.ask == "ready"]
        ask = [q for q in self._m.questions if q.ask != "ready"]
        groups = [Group(entries=self._asked(ask), empty=self.messages.text("brief.none.questions"))]
        return [*groups, Group(title=self.messages.text("brief.ready"), entries=self._asked(ready))] if ready else groups

    def _asked(self, questions: Iterable[Question]) -> tuple[Entry, ...]:
        return tuple(Entry(head=self._question(q), proofs=q.proofs) for q in questions)

    def _question(self, question: Question) -> str:
        """Fill the template of a question ("ask.<kind>") with what gives rise to it."""
        about, messages = question.about, self.messages
        if isinstance(about, Doubt):
            first = about.lines[0]
            values = messages.text("comma").join(dict.fromkeys(messages.figure(line) for line in about.lines))
            named = self._quoted(first.name, first.proofs[0].document)
            return messages.text("ask." + question.ask, name=named, values=values, side=messages.side(first.country))
        line = about.line if isinstance(about, Promise) else about
        best = self._best(line.proofs)
        words = best.quote
        if isinstance(line, StatementLine) and line.deliverable and best is line.proofs[0] and len(words.split()) > _WORDS:
            words = line.deliverable
        said: dict[str, object] = {"words": self._quoted(words, best.document)}
        if isinstance(about, Promise):
            said |= {"due": messages.date(about.due), "told": self._told(line)}
        else:
            said |= {"side": messages.side(about.country)}
        undated = isinstance(about, Promise) and about.due is None and question.ask == "ready"
        return messages.text("ask.ready_undated" if undated else "ask." + question.ask, **said)

    def _told(self, line: StatementLine | EventLine) -> str:
        """Return who promised, as far as pages tell: the speaker, else the sides."""
        if isinstance(line, StatementLine):
            return line.speaker or (self.messages.side(line.country) if line.country else self.messages.text("statement.narrator"))
        return self.messages.sides(line.parties) or self.messages.text("not_stated")

    def _quoted(self, words: str, document: str) -> str:
        source: Source | None = self._m.sources.get(document)
        own = words.split()
        cut = words if len(own) <= _WORDS else f"{' '.join(own[:_WORDS])} …"
        return self.messages.quote(cut if may_quote(source) else few_words(words))
