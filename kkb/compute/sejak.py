"""What changed between two days: who gained or lost the status, who moved class, who began or ceased to report."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

REPORTS = {"is_lapor_kb": "kb", "is_lapor_poktan": "poktan"}
KINDS = ("baru", "lepas", "naik", "turun", "mulai_lapor", "berhenti_lapor")
"""Gained the status, lost it, rose, fell, began to report, ceased to."""


@dataclass(frozen=True)
class Since:
    """The changes from `status_from` to `status_to` and, for classes and reports, `scored_from` to `scored_to`.

    `rows` has one row per change: `jenis` (one of KINDS), `kode_desa`, `nama_desa`, `nama_kecamatan`, `lama` and `baru`
    (classes, or the report: kb or poktan; missing for the status).
    """

    status_from: str
    status_to: str
    scored_from: str
    scored_to: str
    rows: pd.DataFrame

    @property
    def is_same_data(self) -> bool:
        """Whether nothing has been published of a later day."""
        return (self.status_from, self.scored_from) == (self.status_to, self.scored_to)

    def count(self, kind: str) -> int:
        """How many changes of a kind."""
        return int((self.rows["jenis"] == kind).sum())

    def of(self, kind: str) -> pd.DataFrame:
        """The changes of a kind."""
        return self.rows[self.rows["jenis"] == kind]


def changes(
    days: tuple[str, str, str, str],
    status: tuple[pd.DataFrame, pd.DataFrame],
    moves: pd.DataFrame,
    reports: tuple[pd.DataFrame, pd.DataFrame],
) -> Since:
    """Out of two answers of `queries.village_values` for the status, one of `queries.class_moves` and two of
    `queries.reporting`; `days` are those of `Since`. A report is compared only for a Kampung KB of both days."""
    found = [*_status(*status), *_moves(moves), *_reports(*reports)]
    columns = ["jenis", "kode_desa", "nama_desa", "nama_kecamatan", "lama", "baru"]
    table = pd.DataFrame(found, columns=columns)
    order = table["jenis"].map({k: n for n, k in enumerate(KINDS)})
    return Since(*days, table.assign(urutan=order).sort_values(["urutan", "kode_desa"])[columns])


def _status(before: pd.DataFrame, after: pd.DataFrame) -> list[tuple[object, ...]]:
    had = set(before.loc[before["kelas"] == "sudah", "kode_desa"])
    has = set(after.loc[after["kelas"] == "sudah", "kode_desa"])
    places = after.set_index("kode_desa")[["nama_desa", "nama_kecamatan"]]
    return [
        (kind, code, *places.loc[code], None, None)
        for kind, codes in (("baru", has - had), ("lepas", had - has))
        for code in codes
    ]


def _moves(moves: pd.DataFrame) -> list[tuple[object, ...]]:
    return [
        ("naik" if step > 0 else "turun", code, name, district, old, new)
        for code, name, district, old, new, step in zip(
            *(moves[c] for c in ("kode_desa", "nama_desa", "nama_kecamatan", "kelas_lama", "kelas_baru", "langkah")),
            strict=True,
        )
        if isinstance(old, str) and isinstance(new, str)
    ]


def _reports(before: pd.DataFrame, after: pd.DataFrame) -> list[tuple[object, ...]]:
    both = before.merge(after, on="kode_desa", suffixes=("_lama", ""))
    return [
        ("mulai_lapor" if now else "berhenti_lapor", code, name, district, None, report)
        for column, report in REPORTS.items()
        for code, name, district, was, now in zip(
            *(both[c] for c in ("kode_desa", "nama_desa", "nama_kecamatan", f"{column}_lama", column)), strict=True
        )
        if bool(was) != bool(now)
    ]
