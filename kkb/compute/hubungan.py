"""Two indicators over the villages that have both: correlation, medians, and whether one is part of the other."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from kkb.compute.analisis import CLASS, FEW, INDEX_CODES

CONFIDENCE_Z = 1.959964
"""Standard errors to either side of a 95% confidence interval."""
IDM, IDM_PARTS = "DS01", ("DS02", "DS03", "DS04")


@dataclass(frozen=True)
class Relation:
    """How two indicators go together over `n` villages that have both, `total` in the area.

    `reason` is '' when there is a correlation, else 'kosong', 'sedikit', or 'tetap_a' or 'tetap_b' when one does not
    vary. `rank` is Spearman's, `linear` Pearson's where both are measured numbers; each (value, low, high).
    """

    n: int
    total: int
    reason: str
    rank: tuple[float, float, float] | None = None
    linear: tuple[float, float, float] | None = None

    @property
    def direction(self) -> int:
        """1 or -1 when the interval leaves out zero, else 0."""
        if self.rank is None or self.rank[1] <= 0 <= self.rank[2]:
            return 0
        return 1 if self.rank[0] > 0 else -1


def both(a: pd.DataFrame, b: pd.DataFrame) -> pd.DataFrame:
    """One row per village of `a`: `nilai_a`, `nilai_b` (missing unless it has that value), `keadaan_a`, `keadaan_b`."""
    other = b[["kode_desa", "nilai", "keadaan"]]
    rows = a[["kode_desa", "nama_desa", "kode_kecamatan", "nama_kecamatan", "nilai", "keadaan"]].merge(
        other, on="kode_desa", suffixes=("_a", "_b")
    )
    for side in ("a", "b"):
        rows[f"nilai_{side}"] = rows[f"nilai_{side}"].astype(float).where(rows[f"keadaan_{side}"] == "ada")
    return rows


def with_both(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of `both` that have both values."""
    return rows[rows["nilai_a"].notna() & rows["nilai_b"].notna()]


def relation(rows: pd.DataFrame, *, is_measured: bool) -> Relation:
    """The correlation over the rows of `both`; `is_measured` when both are measured numbers."""
    known = with_both(rows)
    n, total = len(known), len(rows)
    reason = "kosong" if n == 0 else "sedikit" if n < FEW else ""
    for side in ("a", "b"):
        if not reason and known[f"nilai_{side}"].nunique() == 1:
            reason = f"tetap_{side}"
    if reason:
        return Relation(n, total, reason)
    a, b = known["nilai_a"], known["nilai_b"]
    rank, linear = float(a.rank().corr(b.rank())), float(a.corr(b))
    return Relation(
        n,
        total,
        "",
        rank=(rank, *interval(rank, n, is_rank=True)),
        linear=(linear, *interval(linear, n, is_rank=False)) if is_measured else None,
    )


def interval(coefficient: float, n: int, *, is_rank: bool) -> tuple[float, float]:
    """The 95% confidence interval of a correlation, by Fisher's z; for ranks with the error of Bonett and Wright."""
    if abs(coefficient) >= 1:
        return coefficient, coefficient
    z = math.atanh(coefficient)
    error = math.sqrt((1 + coefficient**2 / 2 if is_rank else 1) / (n - 3))
    return math.tanh(z - CONFIDENCE_Z * error), math.tanh(z + CONFIDENCE_Z * error)


def medians(rows: pd.DataFrame, by: str) -> pd.DataFrame:
    """One row per value of `nilai_<by>` over the rows that have both: `kelompok`, `jumlah`, `median` of the other."""
    other = "nilai_b" if by == "a" else "nilai_a"
    groups = with_both(rows).groupby(f"nilai_{by}", as_index=False)[other].agg(["size", "median"])
    return groups.set_axis(["kelompok", "jumlah", "median"], axis="columns")


def pairs(rows: pd.DataFrame) -> pd.DataFrame:
    """One row per pair of values that some village has: `nilai_a`, `nilai_b`, `jumlah`, the most frequent first."""
    counted = with_both(rows).groupby(["nilai_a", "nilai_b"], as_index=False).size()
    return counted.rename(columns={"size": "jumlah"}).sort_values("jumlah", ascending=False, kind="stable")


def part_and_whole(a: str, b: str, index_of: Mapping[str, str]) -> tuple[str, str] | None:
    """(part, whole) when one of two indicators is counted from the other; `index_of` maps item codes to their index."""
    for part, whole in ((a, b), (b, a)):
        if whole == IDM and part in IDM_PARTS:
            return part, whole
        if whole == CLASS and (part in INDEX_CODES or part in index_of):
            return part, whole
        if whole in INDEX_CODES and index_of.get(part) == INDEX_CODES[whole]:
            return part, whole
    return None
