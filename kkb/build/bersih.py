"""Takes versions that nobody reads any more out of the lake, with their Parquet files.

What stays is the version that `CURRENT` names and the KEPT versions loaded last, so that a page that began before the
newest was published is not disturbed. Whoever holds an older one all the same gets it from its file, as when the lake
is lost. Files in the folder of the lake that this catalogue never named are left alone: they may be another lake's.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb

from kkb import danau, log, store
from kkb.bahasa import _
from kkb.build.giliran import turn
from kkb.errors import NotBuiltError, StoreError
from kkb.terkunci import quoted

KEPT = 3
"""How many of the versions loaded last stay in the lake, whatever CURRENT names."""


@dataclass(frozen=True)
class Removed:
    """`versions` that were taken out and those `kept`, each in the order in which they were loaded; how many Parquet
    `files` were deleted, and what `size` in bytes those had that were in use until now. What a killed cleaning had
    taken out already counts among the files only."""

    versions: tuple[str, ...]
    kept: tuple[str, ...]
    files: int
    size: int


def clean(var_dir: Path) -> Removed:
    """Take old versions out of the lake, when nobody else changes the data folder. NotBuiltError or StoreError, with
    nothing removed, when it is not certain which version is read: no pointer, one that cannot be read, or one that
    names a version which is not in the lake. StoreError when there is no lake or it cannot be changed."""
    if not danau.is_set():
        raise StoreError(
            _("KKB_DANAU kosong, jadi tidak ada danau data untuk dibersihkan."),
            _("Atur KKB_DANAU lebih dahulu, lihat docs/skala.md."),
        )
    with turn(var_dir):
        version = store.published(var_dir)  # in the turn nothing is announced
        if version is None:
            raise NotBuiltError
        with danau.failing():
            removed = danau.bounded(lambda: _clean(version), danau.LOADING)
    log.event("danau", keadaan="dibersihkan", versi=len(removed.versions), berkas=removed.files)
    return removed


def _clean(version: str) -> Removed:
    with danau.writing() as lake:
        loaded = _loaded(lake)
        if version not in loaded:
            raise StoreError(
                _(
                    "Danau data tidak memuat versi {version} yang ditunjuk {pointer}, jadi tidak ada yang dihapus."
                ).format(version=version, pointer=store.POINTER),
                _("Hubungi pengelola server: danau data ini belum memuat versi itu, atau milik folder data yang lain."),
                _("Periksa KKB_DANAU dan KKB_DATA; bila keduanya benar, jalankan `python -m kkb build` lebih dahulu."),
            )
        kept = [v for v in loaded if v == version or v in loaded[-KEPT:]]
        old = [v for v in loaded if v not in kept]
        before = _bytes(lake)
        lake.execute("BEGIN")
        for name in old:
            lake.execute(f"DROP SCHEMA danau.{quoted(name)} CASCADE")
        lake.execute("COMMIT")
        lake.execute("CALL ducklake_expire_snapshots('danau', older_than => now())")  # never the newest
        size = before - _bytes(lake)
        files = lake.execute("CALL ducklake_cleanup_old_files('danau', cleanup_all => true)").fetchall()
        return Removed(tuple(old), tuple(kept), len(files), size)


def _loaded(lake: duckdb.DuckDBPyConnection) -> list[str]:
    """The versions in the lake, the one loaded last at the end."""
    asked = (
        "SELECT schema_name FROM __ducklake_metadata_danau.ducklake_schema "
        "WHERE end_snapshot IS NULL AND schema_name <> 'main' ORDER BY begin_snapshot"
    )
    return [str(name) for (name,) in lake.execute(asked).fetchall()]


def _bytes(lake: duckdb.DuckDBPyConnection) -> int:
    """What all Parquet files have that some snapshot still names."""
    asked = "SELECT coalesce(sum(file_size_bytes), 0)::BIGINT FROM __ducklake_metadata_danau.ducklake_data_file"
    return int(lake.execute(asked).fetchall()[0][0])
