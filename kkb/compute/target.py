"""The path to full coverage: the gap, the time left, and the pace that closes it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date

import pandas as pd


@dataclass(frozen=True)
class Path:
    """Where the kabupaten stands on the way to its target.

    `reached` and `gap` are villages at the last data date; `planned` those ticked in a what-if; `months` whole months
    from `today` to the end of the month set, at least 0; `pace` villages a month, None when no month is left.
    """

    reached: int
    target: int
    planned: int
    months: int
    pace: int | None

    @property
    def gap(self) -> int:
        """Villages still to go, before the what-if."""
        return max(self.target - self.reached, 0)


def path(reached: int, target: int, planned: int, month: str, today: date) -> Path:
    """The path to `target` villages by the end of `month` ('YYYY-MM'), seen from `today`.

    The pace is rounded up: half a village a month does not close the gap.
    """
    year, number = int(month[:4]), int(month[5:])
    months = max((year - today.year) * 12 + number - today.month, 0)
    left = max(target - reached - planned, 0)
    pace = 0 if left == 0 else math.ceil(left / months) if months else None
    return Path(reached, target, planned, months, pace)


def with_plan(districts: pd.DataFrame, planned: pd.Series) -> pd.DataFrame:
    """District coverage with the what-if: adds `rencana` and `kesenjangan_setelah` per kecamatan.

    `districts` is as `queries.district_coverage` gives it; `planned` holds the kecamatan code of each ticked village.
    """
    counts = planned.value_counts()
    result = districts.assign(rencana=districts["kode_kecamatan"].map(counts).fillna(0).astype(int))
    return result.assign(kesenjangan_setelah=result["kesenjangan"] - result["rencana"])
