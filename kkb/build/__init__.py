"""From raw facts to a published warehouse: `kkb-<version>.duckdb` and the pointer `CURRENT`.

The version is a hash of every input and of the code that builds, so the same inputs always give the same version.
A version is written under a temporary name, checked, and renamed; `CURRENT` is renamed last. A failure at any
point leaves what was published as it was. With an entry for the journal, the line of the journal is the one moment at
which both change (`store.announce`).
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path

import duckdb
import pandas as pd

from kkb import berkas, danau, journal, log, store
from kkb.build import facts, saring, ukuran, unggahan
from kkb.build.giliran import turn
from kkb.errors import FactError, Problem
from kkb.journal import Entry

SQL = Path(__file__).parent / "sql"
DATES = {"tanggal", "tercatat_sejak", "tanggal_sk"}
"""Columns stored as DATE. `fakta.tanggal` stays text: a source may give only the year."""


def build(facts_dir: Path, var_dir: Path) -> str:
    """Check, build and publish, when nobody else does; returns the version. FactError or StoreError, with nothing
    changed, when it fails."""
    with turn(var_dir):
        return in_turn(facts_dir, var_dir)


def in_turn(
    facts_dir: Path,
    var_dir: Path,
    adding: Entry | None = None,
    rows: Mapping[str, pd.DataFrame] | None = None,
) -> str:
    """The same for whoever has the turn already.

    `adding` is an entry for the journal: it is built in first, and written down only once that has worked. `rows` are
    those that its file adds, by table.
    """
    started = time.perf_counter()
    entries = (*journal.entries(var_dir), *([adding] if adding else []))
    read = {adding.nomor: rows} if adding and rows is not None else {}
    tables = unggahan.added(facts.load(facts_dir), entries, facts_dir, var_dir, read)
    version = version_of(facts_dir, var_dir, adding)
    target = store.path_of(var_dir, version)
    written = berkas.unfinished(target)
    try:
        if not store.is_sound(target):
            _write(written, version, tables, facts_dir, started)
        if danau.is_set():
            danau.put(written if written.exists() else target, version)
        if adding:
            store.announce(var_dir, version, len(journal.content(var_dir, adding)))
        if written.exists():
            berkas.finish(written, target)
    finally:
        for path in (written, written.with_name(f"{written.name}.wal")):
            path.unlink(missing_ok=True)
    if adding:
        journal.append(var_dir, adding)
    store.publish(var_dir, version)
    log.event("bangun", versi=version, detik=round(time.perf_counter() - started, 2), entri=len(entries))
    return version


def version_of(facts_dir: Path, var_dir: Path, adding: Entry | None = None) -> str:
    """Twelve hexadecimal digits from the facts, the building code and the journal, as it is with an entry added."""
    digest = facts.digest([*sorted(SQL.glob("*.sql")), *facts.inputs(facts_dir)])
    digest.update(duckdb.__version__.encode())
    digest.update(journal.content(var_dir, adding))
    return digest.hexdigest()[:12]


def _write(path: Path, version: str, tables: dict[str, pd.DataFrame], facts_dir: Path, started: float) -> None:
    from kkb.build import atas, layers, tetangga  # geopandas, which only a new version needs

    with duckdb.connect(str(path)) as connection:
        connection.begin()
        known = ukuran.measures(tables)
        for name, table in {**tables, **ukuran.schemes(tables, known), "ukuran": known}.items():
            _create(connection, name, table)
        for script in sorted(SQL.glob("[12]*.sql")):
            connection.execute(script.read_text(encoding="utf-8"))
        villages = tables["desa"].merge(tables["kecamatan"][["kode_kecamatan", "nama_kecamatan"]])
        villages = villages.sort_values("kode_desa")
        shapes, around = layers.shapes(facts_dir)
        _create(connection, "tetangga_desa", tetangga.neighbours(shapes))
        problems = connection.execute((SQL / "30_periksa.sql").read_text(encoding="utf-8")).fetchall()
        if problems:
            raise FactError([Problem(f"tabel {t}", None, None, k, m) for t, k, m in problems])
        districts = tables["kecamatan"].sort_values("kode_kecamatan")
        layers.store(connection, shapes, around, villages, districts)
        atas.store(connection, shapes, tables["kabupaten"])
        saring.narrow(connection)
        store.seal(connection, version, time.perf_counter() - started)
        connection.commit()


def _create(connection: duckdb.DuckDBPyConnection, name: str, table: pd.DataFrame) -> None:
    connection.register("_baris", table)
    columns = ", ".join(
        f"CAST({c} AS DATE) AS {c}"
        if c in DATES and name not in {"fakta", "sumber"}
        else f"coalesce({c} = 'true', false) AS {c}"
        if c.startswith("is_")
        else str(c)
        for c in table.columns
    )
    connection.execute(f"CREATE TABLE {name} AS SELECT {columns} FROM _baris")
    connection.unregister("_baris")
