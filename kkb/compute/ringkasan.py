"""The figures of the first page, from the tables of the questions it asks."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True)
class Standing:
    """A kabupaten among those of its province: rank (1 is best), of how many, and how many share the rank."""

    rank: int
    of: int
    tied: int


def standing(comparison: pd.DataFrame, area: str) -> Standing | None:
    """The standing of `area` in the answer of `queries.comparison`; None when the date has no row of it."""
    ranked = comparison[comparison["peringkat"].notna()]
    own = ranked[ranked["kode_wilayah"] == area]
    if own.empty:
        return None
    rank = int(own["peringkat"].iloc[0])
    return Standing(rank, len(ranked), int((ranked["peringkat"] == rank).sum()))


def at_period(counts: pd.DataFrame, period: str) -> dict[str, int]:
    """Class -> number of Kampung KB at one period, in the official order."""
    rows = counts[counts["periode"] == period].sort_values("urutan")
    return {str(k): int(n) for k, n in zip(rows["kelas"], rows["jumlah"], strict=True)}


def coverage_at(history: pd.DataFrame, period: str) -> tuple[int, int]:
    """(Kampung KB, villages) at one period; (0, 0) when the history has none."""
    rows = history[history["periode"] == period]
    if rows.empty:
        return 0, 0
    return int(rows["jumlah_kampung_kb"].iloc[0]), int(rows["jumlah_wilayah"].iloc[0])
