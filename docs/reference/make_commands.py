"""Write ``commands.md`` from the help of the commands themselves.

python docs/reference/make_commands.py
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

PAGE = Path(__file__).with_name("commands.md")
WIDTH = 100  # characters
HEAD = """# Commands

Written from `mithaq --help` and the help of each command; `python docs/reference/make_commands.py` writes it again.

Exit codes: 0 all went well; 1 nothing was found, or some pages could not be read; 2 the question or the input is wrong. Errors are one line
on stderr and name the thing, the place and the next step.

| variable | what it sets |
|---|---|
| `MITHAQ_WORKSPACE` | the workspace folder, when `--workspace` does not name one |
| `MITHAQ_LANG` | the language of headings and labels: `ar`, `fr` or `en` |
| `MITHAQ_DEBUG` | `1` shows where a fault of mithaq itself happened |
"""


def make_page() -> str:
    """Return the page as Markdown: a heading and the help of each command."""
    from mithaq.cli.app import command

    contexts = _walk(command(), "mithaq", None)
    return "\n".join((HEAD, *(f"## `{c.command_path}`\n\n```text\n{c.get_help().strip()}\n```\n" for c in contexts)))


def _walk(found: Any, name: str, parent: Any) -> Iterator[Any]:
    """Yield the context of a command and of all commands below it."""
    context = found.context_class(found, info_name=name, parent=parent, terminal_width=WIDTH, **found.context_settings)
    yield context
    for part, below in sorted(getattr(found, "commands", {}).items()):
        yield from _walk(below, part, context)


if __name__ == "__main__":
    PAGE.write_text(make_page(), "utf-8")
