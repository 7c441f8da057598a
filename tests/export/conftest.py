"""Parcels that tests of several formats share."""

from __future__ import annotations

import pytest

from export.sent_pages import every_document, pack, protected_document
from mithaq.export.parcel import Parcel
from mithaq.model import Document


@pytest.fixture(scope="session")
def parcel(tmp_path_factory: pytest.TempPathFactory) -> Parcel:
    """Made pages in three languages: a meeting told twice, a project, agreements, a promise, a need, a figure."""
    return pack(tmp_path_factory.mktemp("parcel"), *every_document())


@pytest.fixture(scope="session")
def closed(tmp_path_factory: pytest.TempPathFactory) -> Parcel:
    """One page that says that its content is protected."""
    return pack(tmp_path_factory.mktemp("closed"), protected_document())


@pytest.fixture(scope="session")
def demo_parcel(tmp_path_factory: pytest.TempPathFactory, gold_documents: tuple[Document, ...]) -> Parcel:
    """The packaged demonstration pages, some of them protected."""
    return pack(tmp_path_factory.mktemp("demo"), *gold_documents)
