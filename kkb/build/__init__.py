"""From raw facts to a published warehouse: `kkb-<version>.duckdb` and the pointer `CURRENT`.

The version is a hash of every input and of the code that builds, so the same inputs always give the same version.
A version is written under a temporary name, checked, and renamed; `CURRENT` is renamed last. A failure at any
point leaves what was published as it was.
"""

from __future__ import annotations

import hashlib
import os
import uuid
from collections.abc import Mapping
from pathlib import Path

import duckdb
import pandas as pd

from kkb import journal, store
from kkb.bahasa import _
from kkb.build import facts, layers, tetangga, ukuran, unggahan
from kkb.errors import FactError, Problem, StoreError
from kkb.ingest import contributions
from kkb.journal import Entry

SQL = Path(__file__).parent / "sql"
DATES = {"tanggal", "tercatat_sejak", "tanggal_sk"}
"""Columns stored as DATE. `fakta.tanggal` stays text: a source may give only the year."""


def build(
    facts_dir: Path,
    var_dir: Path,
    adding: Entry | None = None,
    rows: Mapping[str, pd.DataFrame] | None = None,
) -> str:
    """Check, build and publish; returns the version. FactError or StoreError, with nothing changed, when it fails.

    `adding` is an entry for the journal: it is built in first, and written down only once that has worked. `rows` are
    those that its file adds, by table.
    """
    entries = (*journal.entries(var_dir), *([adding] if adding else []))
    before = [e for e in entries if rows is None or e != adding]
    tables = contributions.merged(unggahan.added(facts.load(facts_dir), before, facts_dir, var_dir), rows or {})
    version = version_of(facts_dir, var_dir, adding)
    try:
        var_dir.mkdir(parents=True, exist_ok=True)
        target = store.path_of(var_dir, version)
        if not store.is_sound(target):
            temporary = var_dir / f".{target.name}.{uuid.uuid4().hex}"
            try:
                _write(temporary, version, tables, facts_dir)
                os.replace(temporary, target)
            finally:
                temporary.unlink(missing_ok=True)
        if adding:
            journal.append(var_dir, adding)
        store.publish(var_dir, version)
    except (OSError, duckdb.IOException) as error:
        raise StoreError(
            _("Folder data {folder} tidak dapat ditulis ({reason}).").format(folder=var_dir, reason=_reason(error)),
            _(
                "Mintalah pengelola server memberi izin tulis atau mengosongkan ruang penyimpanan, lalu ulangi. Versi "
                "yang sedang ditampilkan tidak berubah."
            ),
            _(
                "Beri izin tulis atau kosongkan ruang penyimpanan, atau atur KKB_DATA ke folder lain, lalu ulangi. "
                "Versi yang sedang ditampilkan tidak berubah."
            ),
        ) from error
    return version


def version_of(facts_dir: Path, var_dir: Path, adding: Entry | None = None) -> str:
    """Twelve hexadecimal digits from the facts, the journal and the building code."""
    digest = facts.digest([*sorted(SQL.glob("*.sql")), *facts.inputs(facts_dir), var_dir / journal.FILE])
    digest.update(duckdb.__version__.encode())
    digest.update(journal.line_of(adding).encode() if adding else b"")
    return digest.hexdigest()[:12]


def _write(path: Path, version: str, tables: dict[str, pd.DataFrame], facts_dir: Path) -> None:
    with duckdb.connect(str(path)) as connection:
        for name, table in {**tables, **ukuran.schemes(tables)}.items():
            _create(connection, name, table)
        _create(connection, "ukuran", ukuran.measures(tables))
        for script in sorted(SQL.glob("[12]*.sql")):
            connection.execute(script.read_text(encoding="utf-8"))
        villages = tables["desa"].merge(tables["kecamatan"][["kode_kecamatan", "nama_kecamatan"]])
        villages = villages.sort_values("kode_desa")
        _create(connection, "tetangga_desa", tetangga.neighbours(facts_dir, villages))
        problems = connection.execute((SQL / "30_periksa.sql").read_text(encoding="utf-8")).fetchall()
        if problems:
            raise FactError([Problem(f"tabel {t}", None, None, k, m) for t, k, m in problems])
        districts = tables["kecamatan"].sort_values("kode_kecamatan")
        shapes = {
            "peta": layers.geographic(facts_dir, villages, districts),
            "petak": layers.tiles(villages, districts),
        }
        connection.execute("CREATE TABLE lapisan (nama VARCHAR, sha256 VARCHAR, isi VARCHAR)")
        connection.executemany(
            "INSERT INTO lapisan VALUES (?, ?, ?)",
            [(n, hashlib.sha256(s.encode()).hexdigest()[:16], s) for n, s in shapes.items()],
        )
        store.seal(connection, version)
    with path.open("rb") as written:
        os.fsync(written.fileno())


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


def _reason(error: Exception) -> str:
    return (isinstance(error, OSError) and error.strerror) or type(error).__name__
