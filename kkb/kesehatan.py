"""How the server's data are: for `/sehat`, for metrics and for `python -m kkb doctor`. Only reads."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from kkb import danau, journal, queries, store, wilayah
from kkb import format as fmt
from kkb.errors import KkbError
from kkb.store import Warehouse

LOW, TIGHT = 200_000_000, 1_000_000_000
"""Bytes of free disk below which a build may fail, and below which somebody should look."""


@dataclass(frozen=True)
class State:
    """The data folder at a moment. Without data `versi` and what belongs to it are None, and `pesan` says why.

    `data_per` is the last date of Kampung KB data, None when there is none; `umur_hari` how many days ago that was,
    negative when this machine's clock is wrong. `versi_rusak` is a newer version that could not be opened. `jurnal` is
    the number of its entries and `ruang_bebas` the bytes free, None when they cannot be read. `danau` is
    'tersambung', or 'terputus' while files are read instead; None without a lake.
    """

    versi: str | None
    dibangun: datetime | None
    bangun_detik: float | None
    data_per: str | None
    umur_hari: int | None
    versi_rusak: str | None
    jurnal: int | None
    ruang_bebas: int | None
    pesan: str | None
    danau: str | None


def state(var_dir: Path) -> State:
    """The data folder as it is now; never fails."""
    warehouse, told, period = None, None, None
    try:
        warehouse = store.current(var_dir)
        period = newest(wilayah.chosen(warehouse))
    except KkbError as error:
        told = error.message
    except Exception as error:
        told = f"Data tidak dapat dibaca ({type(error).__name__})."
    return State(
        versi=warehouse.version if warehouse else None,
        dibangun=warehouse.built if warehouse else None,
        bangun_detik=warehouse.build_seconds if warehouse else None,
        data_per=period,
        umur_hari=(date.fromisoformat(fmt.today()) - date.fromisoformat(period)).days if period else None,
        versi_rusak=warehouse.newer_broken if warehouse else None,
        jurnal=_lines(var_dir),
        ruang_bebas=free(var_dir),
        pesan=told,
        danau=danau.status(),
    )


def newest(warehouse: Warehouse) -> str | None:
    """The last date of Kampung KB data, None when there is none."""
    dates = queries.coverage_history(warehouse)["periode"]
    return str(dates.max())[:10] if len(dates) else None


def free(var_dir: Path) -> int | None:
    """Bytes free where the data folder lies or would lie; None when the system does not say."""
    try:
        return shutil.disk_usage(next(p for p in (var_dir, *var_dir.resolve().parents) if p.exists())).free
    except (OSError, StopIteration):
        return None


def _lines(var_dir: Path) -> int | None:
    try:
        written = journal.content(var_dir)
    except OSError:
        return None
    return written.count(b"\n") + bool(written and not written.endswith(b"\n"))
