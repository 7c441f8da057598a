"""``mithaq review``: one doubtful fact at a time with its sentence; one key accepts, rejects or corrects it."""

from __future__ import annotations

import getpass
import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mithaq.cli.console import complain, emit, screen
from mithaq.cli.keep import read_country
from mithaq.cli.main import NOTHING
from mithaq.cli.options import WORKSPACE, Workspace
from mithaq.errors import QuestionError

if TYPE_CHECKING:
    from rich.console import Console

    from mithaq.answers.doubts import Doubt
    from mithaq.model.judgement import Verb
    from mithaq.workspace import Workspace as OpenWorkspace

_KEYS = "a accept   r reject   c correct   u unsure   s skip   q quit"
_VERBS: dict[str, Verb] = {"a": "accept", "r": "reject", "u": "unsure"}
_DONE = {"a": "accepted", "r": "rejected", "u": "unsure"}
_STOP = ("q", "\x03", "\x04")
_LAYERS = ("page", "events", "statements", "indicators", "pairs", "people", "bodies", "programmes")
# A pair rests on an event, and goes with it: nobody is asked for it unless they want to be.
_ASKED = tuple(layer for layer in _LAYERS if layer != "pairs")


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command("review")(review)


def review(
    by: Annotated[str | None, typer.Option("--by", envvar="MITHAQ_BY", help="Your name; it stands beside each decision.")] = None,
    what: Annotated[list[str] | None, typer.Option("--kind", "-k", help=f"Only these: {', '.join(_LAYERS)}.")] = None,
    pair: Annotated[tuple[str, str] | None, typer.Option("--pair", "-p", help="Only pages on two sides.", metavar="A B")] = None,
    limit: Annotated[int | None, typer.Option("--limit", "-n", min=1, help="At most so many facts.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="All facts, also those that are hardly in doubt.")] = False,
    unsure: Annotated[bool, typer.Option("--unsure", help="Also facts judged unsure before.")] = False,
    orphans: Annotated[bool, typer.Option("--orphans", help="Only list decisions whose facts are not found any more.")] = False,
    workspace: Workspace = WORKSPACE,
) -> int:
    """Judge doubtful facts, the most doubtful first.

    Each fact is shown in its sentence. One key decides: a accept, r reject, c correct (then a field and its value),
    u unsure, s skip, q quit. A decision is kept at once and for good; a later one overrides it. Rejected
    facts vanish from all answers, corrected ones show the new value and your name.

    \b
    mithaq review --by Amal
    mithaq review --kind statements --pair MA OM --limit 20
    """
    from mithaq.answers.doubts import LEAST, find_doubts
    from mithaq.store import Filter
    from mithaq.workspace import open_workspace

    unknown = [name for name in what or () if name not in _LAYERS]
    if unknown:
        raise QuestionError(f"there is no kind {unknown[0]!r} to review; there are {', '.join(_LAYERS)}")
    with open_workspace(workspace, create=False) as opened:
        if orphans:
            return _list_orphans(opened)
        sides = (read_country(pair[0], opened), read_country(pair[1], opened)) if pair else None
        doubts = find_doubts(
            opened.store,
            layers=what or _ASKED,  # type: ignore[arg-type]  # checked above
            wanted=Filter(pair=sides),
            least=0.0 if everything else LEAST,
            unsure=unsure,
        )
        if not doubts:
            complain("no fact is in doubt; --all shows every fact that nobody has judged")
            return NOTHING
        return _Session(opened, by or getpass.getuser(), _Keys()).run(doubts[:limit], len(doubts))


def _list_orphans(opened: OpenWorkspace) -> int:
    from mithaq.answers.doubts import find_orphans

    found = find_orphans(opened.store)
    for kept in found:
        j = kept.judgement
        change = f" {j.field}={j.value}" if j.field else ""
        emit(f"{j.at[:10]}\t{j.by}\t{j.verb}{change}\t{j.subject[:12]}/{j.subject.partition('/')[2]}\t{' '.join(j.quote.split())}\n")
    complain(f"{len(found)} decisions on facts that are not found any more; they are kept, and count again when a reading finds the facts")
    return 0


class _Keys:
    """Where keys come from: single keys of a terminal, or the lines of a pipe."""

    def __init__(self) -> None:
        self._typed = ""
        self._terminal = sys.stdin.isatty()

    def key(self) -> str:
        """Return the next key, "" at the end of the input."""
        if self._terminal:
            import click

            return click.getchar().lower()
        while not self._typed.strip():
            self._typed = sys.stdin.readline()
            if not self._typed:
                return ""
        self._typed = self._typed.lstrip()
        key, self._typed = self._typed[0].lower(), self._typed[1:]
        return key

    def line(self, prompt: str) -> str:
        """Return the line that a person types, "" at the end of the input."""
        if self._terminal:
            try:
                return input(prompt).strip()
            except EOFError:
                return ""
        rest, self._typed = self._typed.strip(), ""
        return rest or sys.stdin.readline().strip()


class _Session:
    """One sitting: shows facts, reads keys, keeps each decision at once."""

    def __init__(self, opened: OpenWorkspace, by: str, keys: _Keys) -> None:
        self._opened = opened
        self._by = by
        self._keys = keys
        self._console: Console = screen()
        self._decided = 0

    def run(self, doubts: list[Doubt], total: int) -> int:
        """Go through the facts until the end or "q"; return the exit code."""
        for number, doubt in enumerate(doubts, start=1):
            self._show(doubt, number, len(doubts))
            if not self._decide(doubt):
                break
        left = total - self._decided
        self._console.print(f"{self._decided} decided by {self._by}, {left} left in doubt")
        return 0

    def _decide(self, doubt: Doubt) -> bool:
        """Read keys until one leads on to the next fact; return whether to go on. A corrected fact stays: there may be more to correct."""
        corrected = False
        while True:
            key = self._keys.key()
            if key in ("", *_STOP, "s", *_VERBS):
                if key in _VERBS:
                    self._opened.judge(doubt.fact, _VERBS[key], self._by)
                    self._console.print(f"  {_DONE[key]}", style="green")
                self._decided += corrected or key in _VERBS
                return key in ("s", *_VERBS)
            if key == "c":
                corrected |= self._correct(doubt)
            else:
                self._console.print(f"  {_KEYS}", style="bright_black")

    def _correct(self, doubt: Doubt) -> bool:
        """Ask for one field and its value until they fit, or nothing is typed; return whether it was corrected."""
        from mithaq.model.fact import CORRECTABLE

        fields = CORRECTABLE[doubt.fact.layer]
        if not fields:
            self._console.print("  nothing of it can be corrected; accept or reject it")
        while fields:
            field = self._keys.line(f"  field ({', '.join(fields)}; Enter for none): ")
            if not field:
                break
            try:
                if field not in fields:
                    raise QuestionError(f"{field!r} is none of {', '.join(fields)}")
                value = self._keys.line(f"  {field} (- for: the text does not say): ")
                self._opened.judge(doubt.fact, "correct", self._by, field=field, value=self._read_sides(field, value))
            except QuestionError as error:
                self._console.print(f"  {error}", style="red", soft_wrap=True)
                continue
            self._console.print(f"  {field} is {value} now; c for another field, s for the next fact", style="green")
            return True
        return False

    def _read_sides(self, field: str, value: str) -> str:
        """Return codes for countries typed by name: "Maroc" gives MA; several are separated by commas."""
        from mithaq.model.fact import CODES, NOTHING_SAID

        if field not in CODES or value.strip().lower() in NOTHING_SAID:
            return value
        separator = "," if "," in value or field != "parties" else None
        return " ".join(read_country(part.strip(), self._opened) for part in value.split(separator) if part.strip())

    def _show(self, doubt: Doubt, number: int, total: int) -> None:
        from rich.rule import Rule
        from rich.text import Text

        d, fact, proof = doubt.document, doubt.fact, doubt.proof
        console = self._console
        title = f"{number} of {total} · {_name(fact)} · doubt {doubt.score:.2f}"
        console.print()
        console.print(Rule(Text(title, style="bold"), align="left"))
        about = " · ".join(part for part in (d.title, d.outlet, d.published, d.id[:12]) if part)
        console.print(Text(about, style="bright_black"))
        before, quote, after = (words.replace("\n", " ") for words in (proof.before, proof.quote, proof.after))
        console.print(Text.assemble(before, (quote, "bold yellow"), after), soft_wrap=True)
        for name, value in _fields(fact):
            console.print(Text.assemble(("  " + name + ": ", "bright_black"), value), soft_wrap=True)
        reasons = "; ".join(doubt.reasons) or "nothing in particular"
        console.print(Text(f"  why in doubt: {reasons}", style="bright_black"), soft_wrap=True)
        if doubt.before is not None:
            console.print(Text(f"  {doubt.before.by} was unsure on {doubt.before.at[:10]}", style="bright_black"))
        console.print(Text(_KEYS, style="bright_black"))


def _name(fact: Any) -> str:
    return "is this page on digital cooperation between countries?" if fact.layer == "page" else str(fact.kind)


def _fields(fact: Any) -> list[tuple[str, str]]:
    """Return what the fact says, as a person would type it; "—" where it says nothing."""
    from mithaq.model.fact import CORRECTABLE, show_value

    shown = [(name, show_value(getattr(fact.value, name)) or "—") for name in CORRECTABLE[fact.layer]]
    if fact.layer == "page":
        said = f"{'yes' if fact.value.relevant else 'no'}, {fact.value.relevance:.2f}: {fact.value.relevance_why}"
        return [("the machine says", said), *shown]
    name = getattr(fact.value, "name", None)
    return [("name", name), *shown] if name and "name" not in CORRECTABLE[fact.layer] else shown
