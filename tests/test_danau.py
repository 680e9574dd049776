"""The same answers from the lake as from the file, whatever happens to the catalogue."""

import shutil
import threading
import time

import duckdb
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from kkb import config, danau, doctor, kesehatan, queries, store, wilayah
from kkb.build import build
from kkb.errors import StoreError
from tests import golden, pertanyaan, postgres
from tests.bench import nasional
from tests.test_store import ATTACKS, wrong_rows

PASSWORD = "sandi-rahasia"
PATIENT = 60.0
"""Seconds: how fast a lake answers belongs to no test."""
VILLAGE, DISTRICT = "6309032012", "630903"
ANSWERS = pertanyaan.answers([*golden.DATES, "2024"], DISTRICT, VILLAGE)
EMPTY = {"activities", "area_layer", "area_legend", "class_moves", "targets", "village_activities"}
"""Questions to which the small kabupaten has no answer."""


@pytest.fixture(scope="session")
def catalogue():
    """A running PostgreSQL."""
    if not postgres.INITDB:
        pytest.skip(postgres.MISSING)
    with postgres.running() as found:
        yield found


@pytest.fixture
def settings(catalogue, tmp_path, monkeypatch):
    """The settings of an empty lake, on a folder of data of its own; the pause after a failure is over at once, and a
    busy machine is given time."""
    monkeypatch.setenv("KKB_DANAU", f"{catalogue.database()} password={PASSWORD}")
    monkeypatch.setenv("KKB_DATA", str(tmp_path / "var"))
    monkeypatch.setattr(danau, "PAUSE", 0.0)
    for bound in ("ANSWER", "OPENING"):
        monkeypatch.setattr(danau, bound, PATIENT)
    yield tmp_path / "var"
    danau.find()
    store._lake.clear()


def bring(source, var):
    """Publish the version of another folder in the lake and here; gives its number."""
    version = store.published(source)
    var.mkdir(exist_ok=True)
    shutil.copy(store.path_of(source, version), var)
    danau.put(store.path_of(var, version), version)
    store.publish(var, version)
    return version


@pytest.fixture
def var(settings, golden_published):
    """A data folder whose small version is in the lake."""
    bring(golden_published, settings)
    return settings


@pytest.fixture
def from_file(golden_published, monkeypatch):
    """The small version, read from its file."""
    with monkeypatch.context() as without:
        without.delenv("KKB_DANAU", raising=False)
        return store.current(golden_published)


def test_every_question_has_the_same_answer_from_the_lake_and_from_the_file(var, from_file):
    served = store.current(var)
    assert served.spare
    assert served.version == from_file.version
    store.path_of(var, served.version).unlink()
    filled = pertanyaan.same(served, from_file, pertanyaan.QUESTIONS, ANSWERS)
    assert set(pertanyaan.QUESTIONS) - filled <= EMPTY
    assert danau.status() == "tersambung"


def test_all_rows_lie_in_parquet_and_none_in_the_catalogue(var, catalogue):
    database = config.lake_catalogue().split("dbname=")[1].split()[0]
    rows = catalogue.ask("SELECT sum(record_count) FROM ducklake_data_file WHERE end_snapshot IS NULL", database)
    with duckdb.connect(str(store.path_of(var, store.current(var).version)), read_only=True) as file:
        names = [n for (n,) in file.execute("SELECT table_name FROM duckdb_tables()").fetchall()]
        wanted = sum(file.execute(f"SELECT count(*) FROM {n}").fetchall()[0][0] for n in names)
    assert rows == [str(wanted)]
    assert list((var / "danau").rglob("*.parquet"))


@pytest.mark.parametrize("sql", [*ATTACKS, "DROP VIEW desa", "CREATE TABLE baru AS SELECT 1", "DROP SCHEMA danau.x"])
def test_readers_of_the_lake_cannot_reach_outside_or_write(var, sql):
    with pytest.raises(duckdb.Error):
        store.current(var).rows(sql, {})
    assert len(queries.villages(store.current(var))) == 21
    assert store.is_locked(store.current(var))
    assert danau.status() == "tersambung", "a wrong question is not a lost lake"


def test_readers_of_the_lake_cannot_change_the_catalogue(var):
    attempt = "CALL postgres_execute('__ducklake_metadata_danau', 'CREATE TABLE jahat (a INT)')"
    with pytest.raises(duckdb.Error):
        store.current(var).rows(attempt, {})
    with pytest.raises(duckdb.Error):
        store.current(var).rows(f'DELETE FROM danau."{store.current(var).version}".desa', {})


def test_eight_threads_get_only_their_own_rows_from_the_lake(var):
    assert wrong_rows(store.current(var), 400) == 0


def test_a_new_version_is_seen_at_the_next_run_and_the_old_one_stays_whole(var, published):
    before = store.current(var)
    bring(published, var)
    after = store.current(var)
    for path in var.glob("kkb-*.duckdb"):
        path.unlink()
    assert (len(queries.villages(before)), len(queries.villages(after))) == (21, 131)
    assert store.current(var) is after
    assert danau.status() == "tersambung"


def test_a_load_that_goes_wrong_leaves_nothing_behind(settings, golden_facts, monkeypatch, catalogue):
    with monkeypatch.context() as broken:
        broken.setattr(danau, "_differing", lambda *_: ["desa"])
        with pytest.raises(StoreError) as failed:
            build(golden_facts, settings)
    assert "tidak berubah" in str(failed.value)
    database = config.lake_catalogue().split("dbname=")[1].split()[0]
    assert catalogue.ask("SELECT schema_name FROM ducklake_schema", database) == ["main"]
    assert store.published(settings) is None
    assert build(golden_facts, settings) == store.current(settings).version
    assert store.current(settings).spare


def test_a_version_that_was_changed_in_the_lake_is_loaded_again(var, golden_facts):
    version = store.current(var).version
    with danau._connected({}) as connection:
        danau._attach(connection, f"DATA_PATH '{config.lake_files()}'")
        connection.execute(f"DELETE FROM danau.\"{version}\".desa WHERE nama_desa = 'Padangin'")
    store._lake.clear()
    assert store.current(var).spare is None, "the seal is not true, so the file is read"
    assert build(golden_facts, var) == version
    store.path_of(var, version).unlink()
    assert len(queries.villages(store.current(var))) == 21


def test_without_the_catalogue_the_same_version_is_read_from_its_file(var, catalogue, golden_facts):
    served = store.current(var)
    pointer = (var / store.POINTER).read_bytes()
    catalogue.crash()
    try:
        assert len(queries.villages(served)) == 21
        assert danau.status() == "terputus"
        assert store.current(var).version == served.version
        assert kesehatan.state(var).danau == "terputus"
        with pytest.raises(StoreError) as failed:
            build(golden_facts, var)
        assert PASSWORD not in str(failed.value)
        assert (var / store.POINTER).read_bytes() == pointer
        store._lake.clear()
        assert len(queries.villages(store.current(var))) == 21
        store.path_of(var, served.version).unlink()
        store._open.clear()
        with pytest.raises(StoreError) as failed:
            queries.villages(served)
        assert "Danau data" in failed.value.message
    finally:
        catalogue.start()
    assert len(queries.villages(served)) == 21
    assert kesehatan.state(var).danau == "tersambung"


def waiting():
    """How many calls to the lake have not ended."""
    return sum(t.name == "danau" for t in threading.enumerate())


def test_a_catalogue_that_holds_the_line_and_says_nothing_keeps_nobody_waiting(
    var, catalogue, golden_facts, monkeypatch
):
    served = store.current(var)
    monkeypatch.setattr(danau, "ANSWER", 0.5)
    monkeypatch.setattr(danau, "OPENING", 1.0)
    monkeypatch.setattr(danau, "LOADING", 1.0)
    threads = waiting()
    catalogue.freeze()
    try:
        assert len(queries.villages(served)) == 21
        assert danau.status() == "terputus"
        assert waiting() == threads + 1, "the question waits on"
        for _ in range(20):
            assert len(queries.villages(served)) == 21
        assert waiting() == threads + 1, "and no other is asked before it ends"
        assert kesehatan.state(var).danau == "terputus"
        store._lake.clear()
        assert store.current(var).spare is None
        danau._unanswered.clear()
        assert store.current(var).spare is None, "a version is not opened either"
        with pytest.raises(StoreError) as failed:
            build(golden_facts, var)
        assert PASSWORD not in str(failed.value)
        assert [f.level for f in doctor.look(golden_facts, var, 1) if "Danau" in f.words] == [doctor.BAD]
    finally:
        catalogue.thaw()
    until = time.monotonic() + 90
    while danau._unanswered and time.monotonic() < until:
        time.sleep(0.05)
    monkeypatch.setattr(danau, "ANSWER", 30.0)
    assert len(queries.villages(served)) == 21
    assert danau.status() == "tersambung"


def test_without_its_parquet_the_version_is_read_from_its_file(var):
    served = store.current(var)
    shutil.rmtree(var / "danau")
    assert len(queries.villages(served)) == 21
    assert danau.status() == "terputus"


def test_a_lake_that_failed_is_left_alone_for_a_while(var, monkeypatch):
    served = store.current(var)
    monkeypatch.setattr(danau, "PAUSE", 3600.0)
    danau.lose(duckdb.IOException("x"))
    tries = []
    monkeypatch.setattr(danau, "opened", lambda *a: tries.append(a))
    assert len(queries.villages(served)) == len(queries.villages(store.current(var))) == 21
    assert not tries
    assert danau.status() == "terputus"


WRONG = {"asal": "asal", "no such database": "host={folder} dbname=tidak_ada user=kkb password=" + PASSWORD}


@pytest.mark.parametrize("kind", [*WRONG, "no package", "another folder"])
def test_a_wrong_setting_is_told_in_words_and_what_was_published_is_still_read(
    var, catalogue, golden_facts, monkeypatch, tmp_path, kind
):
    if kind in WRONG:
        monkeypatch.setenv("KKB_DANAU", WRONG[kind].format(folder=catalogue.folder))
    elif kind == "no package":
        monkeypatch.setattr(danau, "find_spec", lambda name: None)
    else:
        monkeypatch.setenv("KKB_DANAU_PARQUET", str(tmp_path / "lain"))
    store._lake.clear()
    with pytest.raises(StoreError) as failed:
        build(golden_facts, var)
    assert PASSWORD not in str(failed.value)
    assert ("requirements-danau.txt" in str(failed.value)) == (kind == "no package")
    assert len(queries.villages(store.current(var))) == 21
    assert danau.status() == "terputus"
    found = [f for f in doctor.look(golden_facts, var, 1) if "anau" in f.words]
    assert [f.level for f in found] == [doctor.BAD]
    assert PASSWORD not in found[0].words


def test_the_doctor_finds_a_good_lake_good(var, golden_facts):
    found = [f for f in doctor.look(golden_facts, var, 1) if "danau" in f.words]
    assert [f.level for f in found] == [doctor.GOOD]
    assert store.current(var).version in found[0].words


def test_without_the_setting_nothing_of_a_lake_is_asked(golden_published, golden_facts, monkeypatch):
    monkeypatch.delenv("KKB_DANAU", raising=False)
    monkeypatch.setattr(danau, "_connected", None)
    assert store.current(golden_published).spare is None
    assert danau.status() is None
    assert [f.level for f in doctor.look(golden_facts, golden_published, 1) if "KKB_DANAU" in f.words] == [doctor.GOOD]


def test_each_missing_value_is_missing_in_the_lake_too(var, from_file):
    """NULL and NaN are two things in a Parquet file."""
    table = "SELECT * FROM nilai ORDER BY ALL"
    there, here = store.current(var).rows(table, {}), from_file.rows(table, {})
    assert there.isna().sum().to_dict() == here.isna().sum().to_dict()
    assert pd.isna(there["nilai"]).any()


def test_a_lake_holds_several_kabupaten_as_the_file_does(settings, published):
    nasional.write(settings, store.path_of(published, store.published(published)), 400, 3)
    version = store.published(settings)
    path = store.path_of(settings, version)
    danau.put(path, version)
    assert store.current(settings).spare
    for code in wilayah.codes(store.current(settings)):
        there, here = (w.within(code) for w in (store.current(settings), store._opened(path)))
        known = queries.villages(there)
        assert len(known) and set(known["kode_desa"].str[:4]) == {code}
        period = queries.map_indicators(there).set_index("kode_indikator")["periode"]["KKB02"][-1]
        tried = pertanyaan.answers([period, period], known["kode_kecamatan"][0], known["kode_desa"][0])
        for question in pertanyaan.QUESTIONS:
            said = next(pertanyaan.ways(question, tried))
            assert_frame_equal(getattr(queries, question)(there, **said), getattr(queries, question)(here, **said))
    assert danau.status() == "tersambung"
