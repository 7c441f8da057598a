"""What tests of several rooms share."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

import mithaq
from gold_pages import read_gold_folder
from mithaq.lexicon.cache import cache_folder
from mithaq.model import Document
from postgres_server import lead_to_server, serving, why_not

# Where Python is told to write no compiled modules beside the sources, it may keep them in the user's cache folder: else every program
# that a test starts would compile all of ours anew, which takes longer than most of them run.
if sys.dont_write_bytecode:
    sys.dont_write_bytecode, sys.pycache_prefix = False, str(cache_folder() / "compiled")
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["PYTHONPYCACHEPREFIX"] = sys.pycache_prefix

# A law holds however slow the machine is on which it is tested. Every run tries other examples, so few a run are many a week;
# ``HYPOTHESIS_PROFILE=thorough`` tries many at once.
settings.register_profile("mithaq", deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("thorough", settings.get_profile("mithaq"), max_examples=1_000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "mithaq"))


@pytest.fixture(scope="session")
def gold_documents() -> tuple[Document, ...]:
    """The packaged demonstration pages as a perfect reader would read them."""
    return read_gold_folder(Path(mithaq.__file__).parent / "knowledge" / "demo")


@pytest.fixture(scope="session", params=[pytest.param(3, id="a third"), pytest.param(1, id="all", marks=pytest.mark.slow)])
def corpus_documents(request: pytest.FixtureRequest) -> tuple[Document, ...]:
    """The packaged demonstration and every third page of our own corpus, all of it in the slow tests, as mithaq reads them."""
    from mithaq.pipeline import read_page

    demo = Path(mithaq.__file__).parent / "knowledge" / "demo"
    others = Path(__file__).resolve().parents[1] / "corpus" / "pages"
    return tuple(read_page(path) for path in (*sorted(demo.glob("*.txt")), *sorted(others.glob("*.txt"))[:: request.param]))


@pytest.fixture(scope="session")
def demo_workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The packaged pages as mithaq reads them, and one file that is no page."""
    from mithaq.workspace import open_workspace

    root = tmp_path_factory.mktemp("served")
    broken = root.parent / "broken.txt"
    broken.write_bytes(b"\x00\x01\x02\x00\xff" * 40)
    with open_workspace(root / "workspace") as workspace:
        workspace.ingest([Path(mithaq.__file__).parent / "knowledge" / "demo", broken], gate=False)
    return root / "workspace"


@pytest.fixture(scope="session")
def postgres_address() -> Iterator[str]:
    """The address of a server of PostgreSQL that lives as long as the tests; they are skipped where none can be started."""
    reason = why_not()
    if reason:
        pytest.skip(reason)
    with serving() as address:
        yield address


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def database(request: pytest.FixtureRequest) -> Iterator[str]:
    """Every store that a test opens lies in its file, and once more on a server, in a schema of its own."""
    if request.param == "sqlite":
        yield request.param
        return
    with pytest.MonkeyPatch.context() as patch:
        lead_to_server(patch, request.getfixturevalue("postgres_address"))
        yield request.param


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave out on a server what is about SQLite's own file."""
    items[:] = [item for item in items if not (item.get_closest_marker("of_the_file") and "postgresql" in item.name)]
