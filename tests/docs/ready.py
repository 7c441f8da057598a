"""A mithaq that has read its knowledge and forks for every command: the commands of all documents then take seconds, not a minute."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

_STARTER = """
import gc, importlib, json, os, pkgutil, socket, sys, traceback
place = sys.argv[1]
from contextlib import suppress
from pathlib import Path
import mithaq
for module in pkgutil.walk_packages(mithaq.__path__, "mithaq."):
    if not module.name.endswith("__main__"):
        importlib.import_module(module.name)
from mithaq.cli.app import command
from mithaq.cli.main import main
from mithaq.pipeline import read_document
from mithaq.resolve.meanings import subjects_of
for text in ("وقع البلدان اتفاقا", "Les deux pays signent un accord", "Both countries signed an agreement"):
    read_document(text.encode(), path="page.txt")
for page in sorted(Path(mithaq.__file__).parent.glob("knowledge/demo/*.txt")):  # most documents begin with these
    read_document(page.read_bytes(), path=page.name)
subjects_of("digital services")
command()
gc.freeze()
server = socket.socket(socket.AF_UNIX)
server.bind(place)
server.listen()
print("ready", flush=True)
while True:
    asking = server.accept()[0]
    if os.fork():
        asking.close()
        with suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        continue
    server.close()
    content, given, _, _ = socket.recv_fds(asking, 65536, 3)
    while more := asking.recv(65536):
        content += more
    asked = json.loads(content)
    os.chdir(asked["folder"])
    os.environ.clear()
    os.environ.update(asked["environment"])
    for number, one in enumerate(given):
        os.dup2(one, number)
        os.close(one)
    sys.stdin = open(0, closefd=False)  # what was opened on a file cannot go on with a pipe
    sys.stdout, sys.stderr = (open(number, "w", buffering=1, encoding="utf-8", closefd=False) for number in (1, 2))
    sys.argv = asked["words"]
    code = 1
    try:
        main()
        code = 0
    except SystemExit as left:
        code = left.code if isinstance(left.code, int) else int(left.code is not None)
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        asking.sendall(str(code).encode())
        os._exit(code)
"""

# What a shell finds under the name of mithaq: it hands everything on to the process that stands ready.
_CALLER = """#!{python} -ISE
import json, os, socket, sys
with socket.socket(socket.AF_UNIX) as ready:
    ready.connect({place!r})
    asked = dict(words=["mithaq", *sys.argv[1:]], folder=os.getcwd(), environment=dict(os.environ))
    socket.send_fds(ready, [json.dumps(asked).encode()], [0, 1, 2])
    ready.shutdown(socket.SHUT_WR)
    answer = ready.recv(16)
sys.exit(int(answer or 1))
"""
_SHELL = set("|&;<>()$`\\*?[]#~{}!\n=")  # what only a shell understands
_DEMO = "mithaq demo"


class Done(NamedTuple):
    """What a command left: its exit code, and what it printed to both outputs."""

    code: int
    output: str


class Ready:
    """Runs commands as a shell would, those of mithaq in a copy of a process that stands ready.

    The demonstration, with which most documents begin, is made once by each spelling of the command; the others get a copy.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._made: dict[str, tuple[Done, Path]] = {}  # by what was typed: what it printed, and what it left

    def run(self, typed: str, folder: Path, environment: Mapping[str, str]) -> Done:
        """Run what a reader types, in a folder."""
        if not typed.startswith(_DEMO) or any(folder.iterdir()):
            return self._run(typed, folder, environment)
        if typed not in self._made:
            done = self._run(typed, folder, environment)
            self._made[typed] = done, self._folder / f"made {len(self._made)}"
            shutil.copytree(folder, self._made[typed][1])
            return done
        done, kept = self._made[typed]
        shutil.copytree(kept, folder, dirs_exist_ok=True)
        return done

    def _run(self, typed: str, folder: Path, environment: Mapping[str, str]) -> Done:
        environment = {**environment, "PATH": f"{self._folder}{os.pathsep}{environment['PATH']}"}
        if typed.startswith("mithaq ") and not _SHELL & set(typed):
            return self._ask(shlex.split(typed), folder, environment)
        done = subprocess.run(["sh", "-c", typed], cwd=folder, env=environment, capture_output=True, timeout=120, check=False)
        return Done(done.returncode, (done.stdout + done.stderr).decode("utf-8"))

    def _ask(self, words: list[str], folder: Path, environment: Mapping[str, str]) -> Done:
        asked = {"words": words, "folder": str(folder), "environment": environment}
        outputs = [self._folder / "stdout", self._folder / "stderr"]
        with Path(os.devnull).open() as nothing, outputs[0].open("wb") as out, outputs[1].open("wb") as err:
            code = self._hand_on(asked, [nothing.fileno(), out.fileno(), err.fileno()])
        return Done(code, "".join(output.read_text("utf-8") for output in outputs))

    def _hand_on(self, asked: Mapping[str, object], files: list[int]) -> int:
        with socket.socket(socket.AF_UNIX) as ready:
            ready.connect(str(self._folder / "ready"))
            socket.send_fds(ready, [json.dumps(asked).encode()], files)
            ready.shutdown(socket.SHUT_WR)
            return int(ready.recv(16) or 1)


@contextmanager
def stand_ready(folder: Path) -> Iterator[Ready]:
    """Start the process that forks; *folder*, whose path must be short, takes what commands print and the name under which it is called."""
    place, caller = str(folder / "ready"), folder / "mithaq"
    caller.write_text(_CALLER.format(python=sys.executable, place=place), "utf-8")
    caller.chmod(0o755)
    with subprocess.Popen([sys.executable, "-c", _STARTER, place], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True) as starter:
        assert starter.stdout and starter.stdout.readline() == "ready\n"
        yield Ready(folder)
        starter.terminate()
