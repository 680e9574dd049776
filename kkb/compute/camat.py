"""The sheet of one kecamatan: its villages as one table, and the classes of its Kampung KB as runs of dates."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from kkb.rows import records


@dataclass(frozen=True)
class Run:
    """Dates in a row on which a village was in one class: `kelas` is None where it was not scored.

    `silent` says on how many of the `n` dates a report was missing.
    """

    kelas: str | None
    first: str
    last: str
    n: int
    silent: int


def class_runs(history: pd.DataFrame, until: str) -> dict[str, list[Run]]:
    """Village code -> its runs, oldest first, up to a date, out of the rows of `queries.district_history`."""
    found: dict[str, list[Run]] = {}
    for row in records(history[history["periode"] <= until]):
        runs = found.setdefault(str(row["kode_desa"]), [])
        kelas = row["kelas"] if isinstance(row["kelas"], str) else None
        silent = int(row["is_belum_melapor"])
        if runs and runs[-1].kelas == kelas:
            last = runs[-1]
            runs[-1] = Run(kelas, last.first, row["periode"], last.n + 1, last.silent + silent)
        else:
            runs.append(Run(kelas, row["periode"], row["periode"], 1, silent))
    return found


def villages(status: pd.DataFrame, classes: pd.DataFrame, idm: pd.DataFrame | None) -> pd.DataFrame:
    """One row per village of a kecamatan, by name: kind, status, class and indices, and IDM with its class and state.

    `status` and `idm` are answers of `queries.village_values`, `classes` of `queries.village_classes`. Without any IDM
    its columns are missing in every row.
    """
    rows = status[["kode_desa", "nama_desa", "jenis"]].assign(is_kampung_kb=status["kelas"] == "sudah")
    rows = rows.merge(
        classes[["kode_desa", "kelas", "indeks_input", "indeks_proses", "indeks_output"]], on="kode_desa", how="left"
    )
    if idm is None:
        rows = rows.assign(idm=float("nan"), idm_kelas=None, idm_keadaan=None)
    else:
        names = {"nilai": "idm", "kelas": "idm_kelas", "keadaan": "idm_keadaan"}
        rows = rows.merge(idm[["kode_desa", *names]].rename(columns=names), on="kode_desa", how="left")
    return rows.sort_values(["nama_desa", "kode_desa"], ignore_index=True)
