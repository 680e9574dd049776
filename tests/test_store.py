"""Reading a version: locked, thread-safe, and never torn."""

import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb
import pytest

from kkb import queries, segar, store
from kkb.build import build
from kkb.errors import NotBuiltError, StoreError


def wrong_rows(warehouse, questions):
    """How many of so many questions, asked by eight threads, get another village's row."""
    codes = list(queries.villages(warehouse)["kode_desa"])

    def wrong(n):
        code = codes[n % len(codes)]
        return warehouse.rows("SELECT kode_desa FROM desa WHERE kode_desa = $k", {"k": code})["kode_desa"][0] != code

    with ThreadPoolExecutor(8) as threads:
        return sum(threads.map(wrong, range(questions)))


def test_eight_threads_get_only_their_own_rows(warehouse):
    assert wrong_rows(warehouse, 9600) == 0


def open_times(path):
    """How often this process has a file open."""
    return sum(os.path.realpath(link) == str(path.resolve()) for link in Path("/proc/self/fd").iterdir())


def test_a_version_is_opened_anew_under_its_readers(golden_published, monkeypatch):
    """What DuckDB keeps of each question goes with the database that is closed; eight threads do not notice."""
    path = store.path_of(golden_published, store.published(golden_published))
    opened = []
    attached = store._attached
    monkeypatch.setattr(store, "_attached", lambda p: opened.append(p) or attached(p))
    monkeypatch.setattr(segar, "QUESTIONS", 20)
    before = open_times(path)
    served = store._opened(path)
    assert wrong_rows(served, 1200) == 0
    assert len(opened) > 2
    assert open_times(path) == before + 1
    assert store.is_locked(served)


@pytest.mark.parametrize("damage", ["missing", "half"])
def test_what_is_open_stays_readable_when_it_cannot_be_opened_anew(golden_facts, tmp_path, monkeypatch, damage):
    version = build(golden_facts, tmp_path)
    path = store.path_of(tmp_path, version)
    served = store._opened(path)
    if damage == "half":
        torn = path.read_bytes()[: path.stat().st_size // 2]
        path.unlink()
        path.write_bytes(torn)
    else:
        path.unlink()
    monkeypatch.setattr(segar, "QUESTIONS", 2)
    assert [len(queries.villages(served)) for _ in range(9)] == [21] * 9


ATTACKS = (
    "SELECT * FROM read_csv('/etc/passwd')",
    "SELECT * FROM read_text('/etc/passwd')",
    "SELECT * FROM '/etc/passwd'",
    "COPY desa TO '/tmp/keluar.csv'",
    "ATTACH '/tmp/lain.duckdb'",
    "INSTALL httpfs",
    "LOAD spatial",
    "SET enable_external_access = true",
    "SET lock_configuration = false",
    "SET threads = 64",
    "DROP TABLE desa",
    "INSERT INTO desa SELECT * FROM desa",
    "CREATE TABLE memory.main.titipan AS SELECT 1",
)


@pytest.mark.parametrize("sql", ATTACKS)
def test_readers_cannot_reach_outside_or_write(warehouse, sql):
    with pytest.raises(duckdb.Error):
        warehouse.rows(sql, {})


def test_readers_cannot_reach_python_variables(warehouse):
    secret = queries.villages(warehouse)
    with pytest.raises(duckdb.Error):
        warehouse.rows("SELECT * FROM secret", {})
    assert len(secret) == 131


def test_nothing_published_says_what_to_do(tmp_path):
    with pytest.raises(NotBuiltError) as failed:
        store.current(tmp_path)
    assert "make run" in failed.value.hint


@pytest.fixture
def two_versions(golden_published, published, tmp_path):
    """A folder with the small version, older, and the real one, current."""
    for source in (golden_published, published):
        for path in source.glob("kkb-*.duckdb"):
            shutil.copy(path, tmp_path)
    old = next(golden_published.glob("kkb-*.duckdb")).stem.removeprefix("kkb-")
    new = next(published.glob("kkb-*.duckdb")).stem.removeprefix("kkb-")
    os.utime(store.path_of(tmp_path, old), (1, 1))
    store.publish(tmp_path, new)
    return tmp_path, old, new


@pytest.mark.parametrize("damage", ["missing", "empty", "half", "no seal", "another table"])
def test_a_damaged_version_gives_way_to_the_last_good_one(two_versions, damage):
    folder, old, new = two_versions
    path = store.path_of(folder, new)
    if damage == "missing":
        path.unlink()
    elif damage == "empty":
        path.write_bytes(b"")
    elif damage == "half":
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    else:
        with duckdb.connect(str(path)) as connection:
            connection.execute(
                "DROP TABLE meta" if damage == "no seal" else "DELETE FROM desa WHERE kode_desa < '630905'"
            )
    served = store.current(folder)
    assert (served.version, served.newer_broken) == (old, new)
    assert len(queries.villages(served)) == 21


def test_no_sound_version_at_all_says_what_to_do(two_versions):
    folder, old, new = two_versions
    for version in (old, new):
        store.path_of(folder, version).write_bytes(b"rusak")
    with pytest.raises(StoreError) as failed:
        store.current(folder)
    assert "python -m kkb build" in str(failed.value)


def test_readers_follow_a_new_version_and_keep_the_old_open(golden_facts, facts, tmp_path):
    build(golden_facts, tmp_path)
    before = store.current(tmp_path)
    build(facts, tmp_path)
    after = store.current(tmp_path)
    assert (len(queries.villages(before)), len(queries.villages(after))) == (21, 131)
    assert store.current(tmp_path) is after
