import shutil
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import settings

from kkb import bahasa, store
from kkb.build import build
from kkb.build.facts import refresh_fingerprints
from kkb.config import ROOT
from tests import golden
from tests.bench import nasional

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


@pytest.fixture(scope="session")
def nations(tmp_path_factory, published) -> dict[int, Path]:
    """Data folders of two made-up nations by their number of villages: of one kabupaten, and of three."""
    catalogue = store.path_of(published, store.published(published))
    folders = {n: tmp_path_factory.mktemp(f"n{n}") for n in (131, 400)}
    for villages, folder in folders.items():
        nasional.write(folder, catalogue, villages, 7)
    return folders


@pytest.fixture(scope="session")
def divided(tmp_path_factory, golden_facts) -> Path:
    """A data folder with the small kabupaten as two, side by side in one province; the second has no classification on
    the first date, and one of its Kampung KB reports no activity groups."""
    facts, var = tmp_path_factory.mktemp("dua") / "data", tmp_path_factory.mktemp("dua-var")
    shutil.copytree(golden_facts, facts)
    golden.divide(facts)
    file = "kampung_kb_klasifikasi.csv"
    golden.keep(facts, file, lambda t: (t["tanggal"] != golden.DATES[0]) | (t["kode_desa"].str[:4] != "6311"))
    _blank(facts / "kampung_kb_rekap.csv", "6311082007", ("bkb_kk", "bkr_kk", "bkl_kk", "uppka_kk", "pikr_jiwa"))
    golden.count(facts, ["6309", "6311"])
    refresh_fingerprints(facts)
    build(facts, var)
    return var


def _blank(file, village, columns):
    table = pd.read_csv(file, dtype="str", keep_default_na=False)
    table.loc[table["kode_desa"] == village, list(columns)] = ""
    table.to_csv(file, index=False, lineterminator="\n")


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_call(item):
    """Every test starts in Indonesian."""
    bahasa.use("id")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """Browser tests come last: the browser leaves an event loop running in this thread, which others cannot bear."""
    items.sort(key=lambda item: "browser" in item.path.parts)
