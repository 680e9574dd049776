from pathlib import Path

import pytest
from hypothesis import settings

from kkb import bahasa, store
from kkb.build import build
from kkb.config import ROOT
from tests import golden

FACTS = ROOT / "data"
settings.register_profile("kkb", deadline=None)
settings.load_profile("kkb")


@pytest.fixture(scope="session")
def facts() -> Path:
    """The shipped facts."""
    return FACTS


@pytest.fixture(scope="session")
def published(tmp_path_factory) -> Path:
    """A data folder with the real warehouse in it."""
    folder = tmp_path_factory.mktemp("var")
    build(FACTS, folder)
    return folder


@pytest.fixture
def warehouse(published):
    """The real warehouse."""
    return store.current(published)


@pytest.fixture(scope="session")
def golden_facts(tmp_path_factory) -> Path:
    """The facts of the small kabupaten."""
    return golden.write(FACTS, tmp_path_factory.mktemp("golden") / "data")


@pytest.fixture(scope="session")
def golden_published(tmp_path_factory, golden_facts) -> Path:
    """A data folder with the small warehouse in it."""
    folder = tmp_path_factory.mktemp("golden-var")
    build(golden_facts, folder)
    return folder


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_call(item):
    """Every test starts in Indonesian."""
    bahasa.use("id")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """Browser tests come last: the browser leaves an event loop running in this thread, which others cannot bear."""
    items.sort(key=lambda item: "browser" in item.path.parts)
