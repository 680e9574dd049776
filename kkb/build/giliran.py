"""Whose turn it is to change the data folder: one at a time, who first tidies up after one that was killed."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
from filelock import FileLock

from kkb import berkas, journal, store
from kkb.bahasa import _
from kkb.build import pulih, unggahan
from kkb.errors import StoreError

LOCK = ".kunci"
_FAILED = (duckdb.IOException, duckdb.TransactionException, duckdb.FatalException)
"""What DuckDB raises when a file cannot be written: the second when the disk fills up while it commits."""


@contextmanager
def turn(var_dir: Path) -> Iterator[None]:
    """Wait until nobody else changes the folder; readers are never blocked. The system gives the lock back when its
    holder dies. StoreError when the folder cannot be written, now or by what is done in the turn."""
    try:
        var_dir.mkdir(parents=True, exist_ok=True)
        with FileLock(var_dir / LOCK):
            pulih.go_on(var_dir)
            store.settle(var_dir)
            for folder in (var_dir, var_dir / journal.UPLOADS, var_dir / unggahan.READ):
                berkas.sweep(folder)
            yield
    except (OSError, *_FAILED) as error:
        raise StoreError(
            _("Folder data {folder} tidak dapat ditulis ({reason}).").format(folder=var_dir, reason=_reason(error)),
            _(
                "Mintalah pengelola server memberi izin tulis atau menyediakan ruang penyimpanan, lalu ulangi. Versi "
                "yang sedang ditampilkan tidak berubah."
            ),
            _(
                "Beri izin tulis atau sediakan ruang penyimpanan, atau atur KKB_DATA ke folder lain, lalu ulangi. "
                "Versi yang sedang ditampilkan tidak berubah."
            ),
        ) from error


def _reason(error: Exception) -> str:
    known = {e: os.strerror(e) for e in (errno.ENOSPC, errno.EROFS, errno.EACCES, errno.EDQUOT)}
    told = next((words for words in known.values() if words in str(error)), type(error).__name__)
    return (isinstance(error, OSError) and error.strerror) or told
