"""What CI installs is pinned by name and version, and by nothing else."""

from __future__ import annotations

import re
import tomllib

from laws.source import ROOT

PIN = re.compile(r"[A-Za-z0-9._-]+==[0-9][0-9A-Za-z.]*")


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", re.split(r"[<>=!~;\[ ]", name)[0]).lower()


def test_every_requirement_is_pinned() -> None:
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    pins = [line for line in lines if line and not line.startswith("#")]
    assert [line for line in pins if not PIN.fullmatch(line)] == []
    with (ROOT / "pyproject.toml").open("rb") as file:
        content = tomllib.load(file)
    project = content["project"]
    wanted = {plain(r) for r in [*project["dependencies"], *project["optional-dependencies"]["test"], *content["build-system"]["requires"]]}
    assert wanted <= {plain(pin) for pin in pins}
