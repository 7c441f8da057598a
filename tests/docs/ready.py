"""A mithaq that has read its knowledge and forks for every command: the commands of all documents then take seconds, not a minute."""

from __future__ import annotations

import json
import shlex
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

_STARTER = """
import gc, importlib, json, os, pkgutil, sys
from pathlib import Path
import mithaq
for module in pkgutil.walk_packages(mithaq.__path__, "mithaq."):
    if not module.name.endswith("__main__"):
        importlib.import_module(module.name)
from mithaq.cli.app import command
from mithaq.cli.main import main
from mithaq.pipeline import read_document
for text in ("وقع البلدان اتفاقا", "Les deux pays signent un accord", "Both countries signed an agreement"):
    read_document(text.encode(), path="page.txt")
for page in sorted(Path(mithaq.__file__).parent.glob("knowledge/demo/*.txt")):  # most documents begin with these
    read_document(page.read_bytes(), path=page.name)
command()
gc.freeze()
for line in sys.stdin:
    asked = json.loads(line)
    child = os.fork()
    if not child:
        os.chdir(asked["folder"])
        os.environ.clear()
        os.environ.update(asked["environment"])
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        for number, name in enumerate(asked["outputs"], start=1):
            os.dup2(os.open(name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), number)
        sys.argv = asked["words"]
        code = 1
        try:
            main()
            code = 0
        except SystemExit as left:
            code = left.code if isinstance(left.code, int) else int(left.code is not None)
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""
_SHELL = set("|&;<>()$`\\*?[]#~{}!\n")  # what only a shell understands


class Done(NamedTuple):
    """What a command left: its exit code, and what it printed to both outputs."""

    code: int
    output: str


class Ready:
    """Runs commands as a shell would; those of mithaq that need no shell in a copy of a process that stands ready."""

    def __init__(self, starter: subprocess.Popen[str], folder: Path) -> None:
        self._starter = starter
        self._outputs = (folder / "stdout", folder / "stderr")

    def run(self, typed: str, folder: Path, environment: Mapping[str, str]) -> Done:
        """Run what a reader types, in a folder."""
        if not typed.startswith("mithaq ") or _SHELL & set(typed):
            done = subprocess.run(["sh", "-c", typed], cwd=folder, env=environment, capture_output=True, timeout=120, check=False)
            return Done(done.returncode, (done.stdout + done.stderr).decode("utf-8"))
        outputs = [str(path) for path in self._outputs]
        asked = {"words": shlex.split(typed), "folder": str(folder), "environment": dict(environment), "outputs": outputs}
        assert self._starter.stdin and self._starter.stdout
        self._starter.stdin.write(json.dumps(asked) + "\n")
        self._starter.stdin.flush()
        return Done(int(self._starter.stdout.readline()), "".join(path.read_text("utf-8") for path in self._outputs))


@contextmanager
def stand_ready(folder: Path) -> Iterator[Ready]:
    """Start the process that forks; *folder* takes what they print."""
    with subprocess.Popen([sys.executable, "-c", _STARTER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as starter:
        yield Ready(starter, folder)
