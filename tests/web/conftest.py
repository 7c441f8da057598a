"""A served workspace of the packaged demonstration pages, asked without a network."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from mithaq.web.app import make_app
from mithaq.workspace import open_workspace

BASE = "http://127.0.0.1"


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
