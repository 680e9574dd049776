"""How far published scores, indices and classes agree with those counted by the rule."""

from __future__ import annotations

import pandas as pd

ROUNDING = 0.006
"""How far a published index, with two decimals, may be from the exact mean."""


def differs(published: pd.Series, counted: pd.Series) -> pd.Series:
    """Where both are known and not the same; figures may differ by the rounding of a published index."""
    known = published.notna() & counted.notna()
    if counted.dtype.kind in "fiu" and published.dtype.kind in "fiu":
        return known & ((published.astype(float) - counted.astype(float)).abs() > ROUNDING)
    return known & (published.astype("str") != counted.astype("str"))


def agreement(published: pd.DataFrame, counted: pd.DataFrame) -> pd.DataFrame:
    """One row per column: `sama` of `dari` rows agree, `tidak_dapat` rows could not be counted."""
    rows = []
    for name in published.columns:
        known = counted[name].notna()
        same = int((known & ~differs(published[name], counted[name])).sum())
        rows.append((name, same, int(known.sum()), int((~known).sum())))
    return pd.DataFrame(rows, columns=["kolom", "sama", "dari", "tidak_dapat"])


def disagreements(published: pd.DataFrame, counted: pd.DataFrame) -> pd.DataFrame:
    """One row per value that differs: `baris` (its index in the tables), `kolom`, `terbit` and `hitung` as text."""
    found = [
        (row, name, str(published.at[row, name]), str(counted.at[row, name]))
        for name in published.columns
        for row in published.index[differs(published[name], counted[name])]
    ]
    return pd.DataFrame(found, columns=["baris", "kolom", "terbit", "hitung"])
