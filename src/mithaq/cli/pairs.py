"""``mithaq review --pairs``: two that may be one, each in its sentence; one key says the same, different or unsure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from mithaq.cli.console import complain, emit, screen
from mithaq.cli.main import NOTHING

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.console import Console

    from mithaq.answers.sources import Proof
    from mithaq.model import Document
    from mithaq.model.fact import Fact
    from mithaq.model.world import Question
    from mithaq.workspace import Workspace as OpenWorkspace

_KEYS = "a|1 the same  d|2 different  u|4 unsure  s|5 skip  z|6 undo  q|0 quit"
_VERBS: dict[str, Literal["same", "different", "unsure"]] = {"a": "same", "d": "different", "r": "different", "u": "unsure"}
_STOP = ("", "q", "\x03", "\x04")


class _Side(NamedTuple):
    """One of two that may be one: its fact, its page, and its sentence."""

    fact: Fact
    document: Document
    proof: Proof


def review_pairs(opened: OpenWorkspace, read_by: Callable[[], str], key: Callable[[], str], limit: int | None, *, json: bool) -> int:
    """Ask about pairs until the end or "q", those first on which a decision is worth most; return the exit code.

    *key* gives the next key that a person pressed, "" at the end. With *json* nothing is asked: one JSON object a pair.
    """
    questions = [q for q in opened.store.questions() if opened.store.bond(q.a, q.b) is None]
    if not questions:
        complain("there are no two of whom it is in doubt whether they are one")
        return NOTHING
    if json:
        emit(b"".join(_encode(question) for question in questions[:limit]))
        return 0
    return _ask(opened, read_by(), key, questions[:limit], len(questions))


def _ask(opened: OpenWorkspace, by: str, key: Callable[[], str], questions: list[Question], total: int) -> int:
    console, at, decided, said = screen(), 0, list[tuple[int, _Side, _Side]](), ""
    while at < len(questions):
        question = questions[at]
        one, other = _side(opened, question.a), _side(opened, question.b)
        _show(console, question, (one, other), f"{at + 1} of {len(questions)}", said)
        pressed = key()
        while pressed not in (*_VERBS, *_STOP, "s") and not (pressed == "z" and decided):
            console.print(_KEYS, style="bright_black")
            pressed = key()
        if pressed in _STOP:
            break
        said = ""
        if pressed == "z":
            at, one, other = decided.pop()
            taken = opened.unbind([one.fact], [other.fact], by)
            said = f"taken back: {taken.verb}"
            continue
        if pressed in _VERBS:
            opened.bind(one.fact, _VERBS[pressed], other.fact, by)
            decided.append((at, one, other))
            said = f"{_VERBS[pressed]}: {_name(one)} · {_name(other)}"
        at += 1
    if said:
        console.print(f"  {said}", style="green")
    console.print(f"{len(decided)} decided by {by}, {total - len(decided)} left in doubt")
    return 0


def _side(opened: OpenWorkspace, key: str) -> _Side:
    from mithaq.answers.sources import prove

    fact = opened.fact(key)
    document = opened.store.document(key.partition("/")[0])
    return _Side(fact, document, prove(document, fact.evidence, 1, fact.layer))


def _show(console: Console, question: Question, sides: tuple[_Side, _Side], number: str, said: str) -> None:
    from rich.rule import Rule
    from rich.text import Text

    from mithaq.cli.judge import fields_of
    from mithaq.model.fact import short_key

    if console.is_terminal:
        console.clear()  # one pair a screen
    if said:
        console.print(f"  {said}", style="green")
    console.print()
    console.print(Rule(Text(f"{number} · are these one? ({question.probability:.2f})", style="bold"), align="left"))
    for side in sides:
        d = side.document
        console.print(Text(_name(side), style="bold yellow"))
        told = ", ".join(f"{name}: {value}" for name, value in fields_of(side.fact) if value not in ("—", None) and name != "name")
        about = filter(None, (told, d.published or "no date", d.outlet, d.title, short_key(side.fact.key)))
        console.print(Text(" · ".join(about), style="bright_black"))
        before, quote, after = (words.replace("\n", " ") for words in (side.proof.before, side.proof.quote, side.proof.after))
        console.print(Text.assemble(before, (quote, "bold") if console.color_system else f"[[{quote}]]", after))
        console.print()
    for reason in question.reasons:
        console.print(Text(f"  {reason}", style="bright_black"))
    console.print(Text(_KEYS, style="bright_black"))


def _name(side: _Side) -> str:
    return str(getattr(side.fact.value, "name", ""))


def _encode(question: Question) -> bytes:
    import msgspec

    from mithaq.model.fact import short_key

    row = msgspec.structs.asdict(question) | {"facts": [short_key(question.a), short_key(question.b)]}
    return msgspec.json.encode(row) + b"\n"
