"""``mithaq review``: one doubtful fact at a time with its sentence; one key accepts, rejects or corrects it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mithaq.cli.console import complain, emit, screen
from mithaq.cli.judge import BY, encode_doubt, fields_of, list_orphans, read_name
from mithaq.cli.keep import read_country
from mithaq.cli.main import NOTHING
from mithaq.cli.options import WORKSPACE, Workspace
from mithaq.errors import QuestionError

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from mithaq.answers.doubts import Doubt
    from mithaq.model.judgement import Verb
    from mithaq.workspace import Workspace as OpenWorkspace

# Keys by letter and by digit: a keyboard set to Arabic has no Latin letters.
_KEYS = "a|1 accept  r|2 reject  c|3 correct  u|4 unsure  s|5 skip  z|6 undo  w|7 why  q|0 quit"
_DIGITS = str.maketrans("1234567٠١٢٣٤٥٦٧۰۱۲۳۴۵۶۷0", "arcuszwqarcuszwqarcuszwq")
_VERBS: dict[str, Verb] = {"a": "accept", "r": "reject", "u": "unsure"}
_DONE = {"a": "accepted", "r": "rejected", "u": "unsure"}
_STOP = ("", "q", "\x03", "\x04")
_SHORT = 60  # characters of a fact in a line
_LAYERS = ("page", "events", "statements", "indicators", "pairs", "people", "bodies", "programmes")
# A pair rests on an event, and goes with it: nobody is asked for it unless they want to be.
_ASKED = tuple(layer for layer in _LAYERS if layer != "pairs")


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command("review")(review)


def review(
    by: Annotated[str | None, BY] = None,
    what: Annotated[list[str] | None, typer.Option("--kind", "-k", help=f"Only these: {', '.join(_LAYERS)}.")] = None,
    pair: Annotated[tuple[str, str] | None, typer.Option("--pair", "-p", help="Only pages on two sides.", metavar="A B")] = None,
    limit: Annotated[int | None, typer.Option("--limit", "-n", min=1, help="At most so many facts.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="All facts, also those that are hardly in doubt.")] = False,
    unsure: Annotated[bool, typer.Option("--unsure", help="Also facts judged unsure before.")] = False,
    pairs: Annotated[bool, typer.Option("--pairs", help="People, bodies and programmes of two pages: are they one?")] = False,
    orphans: Annotated[bool, typer.Option("--orphans", help="Only list decisions whose facts are not found any more.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Ask nothing: one JSON object a fact, for programs; see 'mithaq judge'.")] = False,
    workspace: Workspace = WORKSPACE,
) -> int:
    """Judge doubtful facts, those first on which a decision is worth most.

    Each fact is shown in its sentence, with what is doubtful about it. One key decides: a accept, r reject,
    c correct (then a field and its value), u unsure, s skip, z take back the last decision, w say why, q quit;
    or the digit beside it. A decision is kept at once and for good; a later one overrides it. Rejected facts
    vanish from all answers, corrected ones show the new value and your name. With --pairs you are shown two of
    whom it is in doubt whether they are one: a the same, d different.

    \b
    mithaq review --by Amal
    mithaq review --pairs
    mithaq review --kind statements --pair MA OM --limit 20
    mithaq review --json | head -5
    """
    from mithaq.answers.doubts import LEAST, find_doubts
    from mithaq.store import Filter
    from mithaq.workspace import open_workspace

    unknown = [name for name in what or () if name not in _LAYERS]
    if unknown:
        raise QuestionError(f"there is no kind {unknown[0]!r} to review; there are {', '.join(_LAYERS)}")
    with open_workspace(workspace, create=False) as opened:
        if orphans:
            return list_orphans(opened)
        if pairs:
            from mithaq.cli.pairs import review_pairs

            return review_pairs(opened, lambda: read_name(by), _Keys().key, limit, json=json)
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
        if json:
            emit(b"".join(encode_doubt(doubt) for doubt in doubts[:limit]))
            return 0
        return _Session(opened, read_name(by), _Keys()).run(doubts[:limit], len(doubts))


class _Keys:
    """Where keys come from: single keys of a terminal, or the lines of a pipe."""

    def __init__(self) -> None:
        self._typed = ""
        self._terminal = sys.stdin.isatty()

    def key(self) -> str:
        """Return the next key, "" at the end of the input."""
        if self._terminal:
            import click

            try:
                return click.getchar().lower().translate(_DIGITS)
            except (EOFError, KeyboardInterrupt):
                return ""
        while not self._typed.strip():
            self._typed = sys.stdin.readline()
            if not self._typed:
                return ""
        self._typed = self._typed.lstrip()
        key, self._typed = self._typed[0].lower(), self._typed[1:]
        return key.translate(_DIGITS)

    def line(self, prompt: str) -> str:
        """Return the line that a person types, "" at the end of the input."""
        if self._terminal:
            try:
                return input(prompt).strip()
            except (EOFError, KeyboardInterrupt):
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
        self._decided: list[tuple[int, str]] = []  # (place in the list, key of the fact), the last decision last
        self._why = ""

    def run(self, doubts: list[Doubt], total: int) -> int:
        """Go through the facts until the end or "q"; return the exit code."""
        at: int | None = 0
        said = ""
        while at is not None and at < len(doubts):
            self._show(doubts[at], at + 1, len(doubts), said)
            self._why = ""
            at, said = self._decide(doubts[at], at)
        if said:
            self._console.print(f"  {said}", style="green")
        decided = len({place for place, _ in self._decided})
        self._console.print(f"{decided} decided by {self._by}, {total - decided} left in doubt")
        return 0

    def _decide(self, doubt: Doubt, at: int) -> tuple[int | None, str]:
        """Read keys until one leads away from a fact; return the place of the next one, None to leave, and what to say of this one.

        A corrected fact stays: there may be more to correct.
        """
        while True:
            key = self._keys.key()
            if key in _STOP:
                return None, ""
            if key in _VERBS:
                self._opened.judge(doubt.fact, _VERBS[key], self._by, why=self._why)
                self._decided.append((at, doubt.fact.key))
                return at + 1, f"{_DONE[key]}: {_short(doubt.fact.evidence.quote)}"
            if key == "s":
                return at + 1, ""
            if key == "z" and self._decided:
                place, fact_key = self._decided.pop()
                taken = self._opened.undo(fact_key, self._by)
                return place, f"taken back: {taken.verb}" + (f" {taken.field}" if taken.field else "")
            self._turn(key, doubt, at)

    def _turn(self, key: str, doubt: Doubt, at: int) -> None:
        """Do what a key asks for that does not lead away from the fact."""
        if key == "c":
            if self._correct(doubt):
                self._decided.append((at, doubt.fact.key))
        elif key == "w":
            self._why = self._keys.line("  why: ")
        elif key == "z":
            self._console.print("  nothing was decided in this sitting yet", style="bright_black")
        else:
            self._console.print(_KEYS, style="bright_black")

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
                value = self._opened.spell(field, value)
                self._opened.judge(doubt.fact, "correct", self._by, field=field, value=value, why=self._why)
            except QuestionError as error:
                self._console.print(f"  {error}", style="red")
                continue
            self._console.print(f"  {field} is {value} now; c for another field, s for the next fact", style="green")
            return True
        return False

    def _show(self, doubt: Doubt, number: int, total: int, said: str) -> None:
        from rich.rule import Rule
        from rich.text import Text

        from mithaq.model.fact import short_key

        d, fact, console = doubt.document, doubt.fact, self._console
        if console.is_terminal:
            console.clear()  # one fact a screen
        if said:
            console.print(f"  {said}", style="green")
        console.print()
        console.print(Rule(Text(f"{number} of {total} · {_name(fact)}", style="bold"), align="left"))
        # Each on a line of its own: Arabic and Latin words side by side change places on many screens.
        console.print(Text(d.title or "(no title)", style="bold"))
        about = " · ".join(part for part in (d.published or "no date", d.outlet, short_key(fact.key)) if part)
        console.print(Text(about, style="bright_black"))
        console.print()
        console.print(_sentence(doubt, coloured=console.color_system is not None))
        console.print()
        for name, value in fields_of(fact):
            console.print(Text.assemble(("  " + name + ": ", "bright_black"), value))
        reasons = "; ".join(doubt.reasons) or "nothing in particular"
        console.print(Text(f"  why in doubt: {reasons} ({doubt.score:.2f})", style="bright_black"))
        if doubt.before is not None:
            why = f": {doubt.before.why}" if doubt.before.why else ""
            console.print(Text(f"  {doubt.before.by} was unsure on {doubt.before.at[:10]}{why}", style="bright_black"))
        console.print(Text(_KEYS, style="bright_black"))


def _sentence(doubt: Doubt, *, coloured: bool) -> Text:
    """Return the sentence with its words in doubt marked: by colour, else by brackets."""
    from rich.text import Text

    before, quote, after = (words.replace("\n", " ") for words in (doubt.proof.before, doubt.proof.quote, doubt.proof.after))
    cut_before, cut_after = "… " * doubt.proof.cut_before, " …" * doubt.proof.cut_after
    marked = (quote, "bold yellow") if coloured else f"[[{quote}]]"
    return Text.assemble(cut_before, before, marked, after, cut_after)


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= _SHORT else line[: _SHORT - 1] + "…"


def _name(fact: Any) -> str:
    return "is this page on digital cooperation between countries?" if fact.layer == "page" else str(fact.kind)
