"""Many kabupaten in one warehouse: each table that has a row per place is seen through a view of one kabupaten.

Queries stay as they are. A cursor says which kabupaten it reads (`kkb.store.Warehouse.within`); where it says none, the
views are empty. The tables lie sorted by code, so that a view reads the part of its kabupaten and no other.
"""

from __future__ import annotations

import duckdb

CODES = ("kode_desa", "kode_kecamatan", "kode_kabupaten")
"""Columns that tell a row's kabupaten by their first four digits, the finest first."""
AREAS = ("fakta", "nilai_indikator", "target")
"""Tables whose `kode_wilayah` may also be a province or the nation ('00'); those above the kabupaten are seen too."""
WHOLE = "semua_"
"""How the table behind a view begins."""
LISTED = ("kabupaten", "kecamatan", "desa", "cakupan")
"""Tables whose rows of all kabupaten are seen too, through a view that begins with `daftar_`."""


def narrow(connection: duckdb.DuckDBPyConnection) -> None:
    """Put a view in front of each table with a code of a place, when there is more than one kabupaten; and show
    those of LISTED whole under other names."""
    several = connection.execute("SELECT count(*) > 1 FROM kabupaten").fetchall()[0][0]
    if several:
        columns: dict[str, set[str]] = {}
        found = connection.execute(
            "SELECT table_name, column_name FROM duckdb_columns() "
            "WHERE database_name = current_database() AND NOT internal"
        ).fetchall()
        for table, column in found:
            columns.setdefault(table, set()).add(column)
        for table, known in columns.items():
            code = next((c for c in CODES if c in known), None)
            if code:
                _view(connection, table, _within(code))
            elif table in AREAS:
                above = "kode_wilayah IN ('00', left(getvariable('kabupaten'), 2))"
                _view(connection, table, f"{_within('kode_wilayah')} OR {above}")
    for table in LISTED:
        source = f"{WHOLE}{table}" if several else table
        connection.execute(f"CREATE VIEW daftar_{table} AS SELECT * FROM {source}")


def _within(code: str) -> str:
    return f"{code} BETWEEN getvariable('kabupaten') AND getvariable('kabupaten') || '999999'"


def _view(connection: duckdb.DuckDBPyConnection, table: str, seen: str) -> None:
    connection.execute(f"ALTER TABLE {table} RENAME TO {WHOLE}{table}")
    connection.execute(f"CREATE VIEW {table} AS SELECT * FROM {WHOLE}{table} WHERE {seen}")
