"""The command ``mithaq``: runs one sub-command; whatever goes wrong becomes one line on stderr and an exit code.

0 all went well · 1 nothing was found, or some pages could not be read · 2 the question or the input is wrong
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TextIO

NOTHING, WRONG, STOPPED = 1, 2, 130


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave with its exit code."""
    _speak_utf8(sys.stdout, sys.stderr)
    code = run(sys.argv[1:] if arguments is None else arguments)
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        _leave_pipe()
    raise SystemExit(code)


def run(arguments: Sequence[str]) -> int:
    """Run one command; return its exit code."""
    # Imported here, so that a program that imports this module pays nothing for the command line.
    import typer

    from mithaq.cli.app import command
    from mithaq.errors import MithaqError

    try:
        outcome = command().main(args=list(arguments), prog_name="mithaq", standalone_mode=False)
    except (typer.Abort, KeyboardInterrupt):
        return _say("stopped", STOPPED)
    except MithaqError as error:
        return _say(str(error))
    except BrokenPipeError:
        _leave_pipe()
        return 0
    except OSError as error:
        return _say(f"{error.filename or 'a file'}: {error.strerror or error}; check that it exists and that you may use it")
    except Exception as error:  # a person sees one line, whatever happened
        return _explain(error)
    return outcome if isinstance(outcome, int) else 0


def _explain(error: Exception) -> int:
    """Print what Typer has to say of options and arguments; which class its complaints have depends on its version."""
    if type(error).__name__ == "NoArgsIsHelpError":
        print(error, file=sys.stderr)
        return WRONG
    if hasattr(error, "format_message"):
        context = getattr(error, "ctx", None)
        return _say(f"{error.format_message()} (see {context.command_path if context else 'mithaq'} --help)")
    if os.environ.get("MITHAQ_DEBUG"):
        raise error
    return _say(f"{type(error).__name__}: {error} (a fault of mithaq; MITHAQ_DEBUG=1 shows where, please report it)")


def _say(message: str, code: int = WRONG) -> int:
    print(f"mithaq: {' '.join(message.split())}", file=sys.stderr)
    return code


def _leave_pipe() -> None:
    """The reader of our output has gone (``mithaq list people | head``): leave quietly, without Python's own complaint at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _speak_utf8(*streams: TextIO) -> None:
    for stream in streams:
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8", errors="backslashreplace")
