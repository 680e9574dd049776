"""What ended queries leave behind in DuckDB is given back, and no reader notices."""

import itertools
import platform
import subprocess
import sys
import threading

import duckdb
import pytest

from kkb import queries, sisa
from kkb.config import ROOT

MANY = 400
"""Queries. Without tidying they leave some 3 MB."""
KEPT = 600_000
"""Bytes of the C library's memory that may be in use more after MANY queries than before."""
USED = """
import ctypes, itertools, sys
from pathlib import Path
from kkb import queries, sisa, store
class Told(ctypes.Structure):
    names = "arena ordblks smblks hblks hblkhd usmblks fsmblks used free top"
    _fields_ = [(name, ctypes.c_size_t) for name in names.split()]
libc = ctypes.CDLL(None)
libc.mallinfo2.restype = Told
warehouse = store.current(Path(sys.argv[1]))
sisa.EVERY = int(sys.argv[2])
def ask(times):
    for _ in range(times):
        queries.village_values(warehouse, "PK01", "2023-08-28")
ask(100)
sisa.tidy(warehouse.connection)
before = libc.mallinfo2().used
ask(int(sys.argv[3]))
print(libc.mallinfo2().used - before)
"""


def left(folder, every):
    """Bytes that MANY queries leave in use, tidied after every so many."""
    command = [sys.executable, "-c", USED, str(folder), str(every), str(MANY)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return int(done.stdout)


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="the C library is not glibc")
def test_queries_leave_nothing_and_would_without_tidying(published):
    assert left(published, MANY // 4) < KEPT
    assert left(published, 10 * MANY) > 2 * KEPT


def limit(warehouse):
    return warehouse.rows("SELECT current_setting('memory_limit') AS it", {})["it"][0]


def test_the_limit_of_memory_is_the_same_afterwards(warehouse):
    before = limit(warehouse)
    sisa.tidy(warehouse.connection)
    assert limit(warehouse) == before


def test_every_so_many_queries_tidy_once(warehouse, monkeypatch):
    tidied = []
    monkeypatch.setattr(sisa, "tidy", tidied.append)
    monkeypatch.setattr(sisa, "_queries", itertools.count(1))
    for _ in range(2 * sisa.EVERY):
        sisa.asked(warehouse.connection)
    assert len(tidied) == 2
    monkeypatch.setattr(sisa, "_queries", itertools.count(sisa.EVERY))
    queries.regency(warehouse)
    assert len(tidied) == 3


def test_readers_do_not_notice(warehouse):
    expected = queries.village_values(warehouse, "PK01", "2023-08-28")
    wrong = []

    def read():
        for _ in range(20):
            try:
                if not queries.village_values(warehouse, "PK01", "2023-08-28").equals(expected):
                    wrong.append("other rows")
            except duckdb.Error as error:
                wrong.append(str(error))

    readers = [threading.Thread(target=read) for _ in range(4)]
    for reader in readers:
        reader.start()
    tidied = 0
    while any(r.is_alive() for r in readers):
        sisa.tidy(warehouse.connection)
        tidied += 1
    for reader in readers:
        reader.join()
    assert not wrong
    assert tidied


@pytest.mark.parametrize("setting", ["threads = 64", "allowed_configs = ['threads']", "enable_external_access = true"])
def test_nothing_else_can_be_changed(warehouse, setting):
    with pytest.raises(duckdb.Error, match="configuration"):
        warehouse.rows(f"SET {setting}", {})
