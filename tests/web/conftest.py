"""A served workspace of the packaged demonstration pages, asked without a network."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

import mithaq
from mithaq.web.app import make_app
from mithaq.workspace import open_workspace

BASE = "http://127.0.0.1"


@pytest.fixture(scope="session")
def demo_workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The packaged pages as mithaq reads them, and one file that is no page."""
    root = tmp_path_factory.mktemp("served")
    broken = root.parent / "broken.txt"
    broken.write_bytes(b"\x00\x01\x02\x00\xff" * 40)
    with open_workspace(root / "workspace") as workspace:
        workspace.ingest([Path(mithaq.__file__).parent / "knowledge" / "demo", broken], gate=False)
    return root / "workspace"


@pytest.fixture(scope="session")
def site(demo_workspace: Path) -> Iterator[TestClient]:
    """A reader of the demonstration's site; whoever changes something takes a workspace of their own."""
    with TestClient(make_app(demo_workspace), base_url=BASE) as client:
        yield client


@pytest.fixture
def empty_site(tmp_path: Path) -> Iterator[TestClient]:
    """A reader of a workspace that holds nothing yet."""
    open_workspace(tmp_path / "empty").close()
    with TestClient(make_app(tmp_path / "empty"), base_url=BASE) as client:
        yield client
