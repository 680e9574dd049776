"""Old versions leave the lake, and nobody who reads is disturbed."""

import shutil
import threading

import pytest

from kkb import danau, queries, store
from kkb.__main__ import main
from kkb.build import bersih
from kkb.errors import KkbError, NotBuiltError, StoreError
from tests.test_danau import PASSWORD, catalogue, settings, var  # noqa: F401  fixtures

VERSIONS = ["111111111111", "222222222222", "333333333333", "444444444444", "555555555555", "666666666666"]
CURRENT, OTHERS = VERSIONS[0], VERSIONS[1:]


def load(versions):
    """Versions of one table in the lake, in this order."""
    with danau.writing() as lake:
        for version in versions:
            lake.execute(f'BEGIN; CREATE SCHEMA danau."{version}"')
            lake.execute(f'CREATE TABLE danau."{version}".angka AS SELECT range AS n FROM range(1000); COMMIT')


def rows(version):
    """How many rows a reader sees in the table of a version."""
    with danau.opened(version) as reader:
        return reader.execute("SELECT count(*) FROM angka").fetchall()[0][0]


def parquet(folder, version):
    return list((folder / "danau" / version).rglob("*.parquet"))


def held():
    """The versions that the lake holds, the newest last."""
    with danau.writing() as lake:
        return bersih._loaded(lake)


@pytest.fixture
def several(settings):  # noqa: F811
    """A data folder whose current version is the oldest of six in the lake."""
    settings.mkdir()
    load(VERSIONS)
    store.publish(settings, CURRENT)
    return settings


def test_the_current_version_and_the_newest_three_stay_and_the_files_of_the_others_go(several, capsys):
    old = [path for version in OTHERS[:2] for path in parquet(several, version)]
    stay = {path for version in [CURRENT, *OTHERS[2:]] for path in parquet(several, version)}
    size = sum(path.stat().st_size for path in old)
    stranger = several / "danau" / "milik-lain.parquet"
    stranger.touch()
    done = bersih.clean(several)
    assert done == bersih.Removed(tuple(OTHERS[:2]), (CURRENT, *OTHERS[2:]), len(old), size)
    assert len(old) == 2 and size
    assert set((several / "danau").rglob("*.parquet")) == {*stay, stranger}
    assert rows(CURRENT) == rows(OTHERS[2]) == 1000
    assert main(["danau", "bersih"]) == 0
    told = capsys.readouterr().out
    assert "0 versi, 0 berkas Parquet, 0,0 MB" in told
    assert ", ".join([CURRENT, *OTHERS[2:]]) in told
    load(OTHERS[:1])
    assert held()[-1] == OTHERS[0]
    assert rows(OTHERS[0]) == 1000


def test_whoever_reads_a_version_while_it_is_removed_gets_the_same_answers(var):  # noqa: F811
    reader = store.current(var)
    assert reader.spare
    load(OTHERS[:3])
    store.publish(var, OTHERS[2])
    with reader.connection.cursor() as begun:
        begun.execute("BEGIN TRANSACTION READ ONLY")
        begun.execute(reader.use)
        begun.execute("SELECT count(*) FROM desa")
        answers, wrong, over = [], [], threading.Event()

        def ask():
            try:
                while not over.is_set():
                    answers.append(len(queries.villages(reader)))
            except KkbError as error:
                wrong.append(error)

        asking = threading.Thread(target=ask)
        asking.start()
        done = bersih.clean(var)
        over.set()
        asking.join(timeout=60)
    assert reader.version in done.versions
    assert not wrong
    assert set(answers) == {21}
    assert len(queries.villages(reader)) == 21
    assert danau.status() == "terputus", "the file was read"
    assert rows(OTHERS[2]) == 1000


POINTERS = {"none": None, "unreadable": b"\xff\n", "of another folder": b"999999999999\n"}


def test_nothing_is_removed_when_it_is_not_certain_what_is_read(several, capsys):
    before, files = held(), set((several / "danau").rglob("*.parquet"))
    for kind, pointer in POINTERS.items():
        (several / store.POINTER).unlink()
        if pointer:
            (several / store.POINTER).write_bytes(pointer)
        with pytest.raises(NotBuiltError if kind == "none" else StoreError):
            bersih.clean(several)
        store.publish(several, CURRENT)
    (several / store.POINTER).write_bytes(POINTERS["of another folder"])
    assert main(["danau", "bersih"]) == 1
    assert "tidak ada yang dihapus" in capsys.readouterr().err
    assert held() == before
    assert set((several / "danau").rglob("*.parquet")) == files


def test_what_a_killed_cleaning_left_is_removed_by_the_next(several):
    with danau.writing() as lake:
        lake.execute(f'DROP SCHEMA danau."{OTHERS[0]}" CASCADE')
    assert parquet(several, OTHERS[0])
    shutil.rmtree(several / "danau" / OTHERS[1])
    done = bersih.clean(several)
    assert done.versions == (OTHERS[1],)
    assert not parquet(several, OTHERS[0])
    assert held() == [CURRENT, *OTHERS[2:]]


def test_a_lake_that_is_down_or_not_set_is_told_in_words(settings, catalogue, monkeypatch, capsys):  # noqa: F811
    settings.mkdir()
    store.publish(settings, CURRENT)
    catalogue.crash()
    try:
        assert main(["danau", "bersih"]) == 1
        told = capsys.readouterr().err
        assert "KKB_DANAU" in told
        assert PASSWORD not in told
    finally:
        catalogue.start()
    monkeypatch.delenv("KKB_DANAU")
    assert main(["danau", "bersih"]) == 1
    assert "KKB_DANAU kosong" in capsys.readouterr().err
