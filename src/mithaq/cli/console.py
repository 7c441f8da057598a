"""Where output goes: text for people in colour only on a terminal, data as bytes, progress and complaints on stderr."""

from __future__ import annotations

import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mithaq.errors import QuestionError

if TYPE_CHECKING:
    from rich.console import Console

_REDRAW = 0.1  # seconds between two states of a progress bar
# What a page may hold that a terminal would obey: control characters (but line end and tabulator), and marks that turn the rest of a line.
_OBEYED = {code: None for code in (*range(32), *range(127, 160), *range(0x202A, 0x202F)) if chr(code) not in "\n\t"}
# Columns for text that goes into a file or another program.
PIPE_WIDTH = 110


def screen() -> Console:
    """Return the console for answers; rich itself honours NO_COLOR and drops colours where there is no terminal."""
    from rich.console import Console
    from rich.segment import Segment

    class Screen(Console):
        """A console that lets no page give orders to the terminal, and tells us when the reader of a pipe has gone."""

        def on_broken_pipe(self) -> None:
            raise BrokenPipeError

        def render(self, renderable: Any, options: Any = None) -> Any:
            for segment in super().render(renderable, options):
                yield segment if segment.control else Segment(tame(segment.text), segment.style)

    width = None if sys.stdout.isatty() else PIPE_WIDTH
    return Screen(file=sys.stdout, markup=False, highlight=False, emoji=False, width=width)


def tame(text: str) -> str:
    """Leave out of a page's words what a terminal would obey rather than show."""
    return text.translate(_OBEYED)


def complain(message: str) -> None:
    """Print one line on stderr, after the program's name."""
    print(f"mithaq: {tame(' '.join(message.split()))}", file=sys.stderr)


def tell(message: str) -> None:
    """Print what a person wants to know but a program that reads our output does not."""
    print(message, file=sys.stderr)


def emit(data: str | bytes, output: Path | None = None, *, binary: bool = False) -> None:
    """Write an answer to *output*, else to stdout; raises QuestionError rather than pour a binary file over a terminal."""
    content = data.encode("utf-8", "backslashreplace") if isinstance(data, str) else data
    if output is not None:
        try:
            output.write_bytes(content)
        except OSError as error:
            raise QuestionError(f"{output} cannot be written ({error.strerror or error}); name another file with --output") from error
        tell(f"written: {output}")
        return
    if binary and sys.stdout.isatty():
        raise QuestionError("an Excel file or an archive does not fit on a screen; name a file with --output")
    sys.stdout.flush()
    buffer = getattr(sys.stdout, "buffer", None)
    if buffer is None:
        sys.stdout.write(content.decode("utf-8"))
        return
    buffer.write(content)
    buffer.flush()


@contextmanager
def progress(what: str) -> Iterator[Callable[[int, int, str], None] | None]:
    """Give a function to call with (done, all, name) that draws a bar on stderr; None where stderr is no terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    rate = TextColumn("{task.fields[rate]}")
    columns: list[Any] = [TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), rate, TimeRemainingColumn()]
    with Progress(*columns, console=Console(file=sys.stderr), transient=True) as bar:
        task = bar.add_task(what, total=None, rate="")
        began = shown = time.monotonic()

        def advance(done: int, total: int, _name: str) -> None:
            nonlocal shown
            now = time.monotonic()
            # Pages may go by a thousand times faster than a person sees, and drawing takes longer than some of them.
            if now - shown >= _REDRAW or done == total:
                shown = now
                bar.update(task, completed=done, total=total, rate=f"{done / max(now - began, 1e-6):.0f} pages/s")

        yield advance


@contextmanager
def stop_gently() -> Iterator[Callable[[], bool]]:
    """Give a function that says whether somebody pressed Ctrl-C: what is begun can be finished. A second Ctrl-C stops at once."""
    asked = False

    def ask(_signal: int, _frame: object) -> None:
        nonlocal asked
        asked = True
        signal.signal(signal.SIGINT, before)
        tell("finishing what is begun; press Ctrl-C again to stop at once")

    before = signal.getsignal(signal.SIGINT) or signal.default_int_handler
    in_main_thread = threading.current_thread() is threading.main_thread()
    if in_main_thread:
        signal.signal(signal.SIGINT, ask)
    try:
        yield lambda: asked
    finally:
        if in_main_thread:
            signal.signal(signal.SIGINT, before)
