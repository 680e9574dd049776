"""Percent of target by the official formula, its official colour, and which target holds for an area and a year."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from kkb.compute.kecamatan import Measure
from kkb.rows import Row

BANDS = ("biru", "hijau", "kuning", "merah")
"""Official colours, best first."""
NATION = "00"
_DIGITS = 6
"""Decimals to which a percentage is rounded before it is banded, so that 87.4999999999999 is the 87.5 it stands for."""


@dataclass(frozen=True)
class Target:
    """One target: `area` is a code ('00' for the national one), `year` None when its source gives none."""

    value: float
    year: int | None
    area: str
    unit: str
    source: str | None
    url: str | None

    @property
    def is_national(self) -> bool:
        """Whether it is the national one of the catalogue."""
        return self.area == NATION


def percent(value: float | None, target: float | None, *, is_rising: bool) -> float | None:
    """Percent of target: realisasi / target x 100, or (2 - realisasi / target) x 100 where less is better; it may be
    negative. None when one is missing or the target is zero."""
    if value is None or target is None or pd.isna(value) or pd.isna(target) or target == 0:
        return None
    share = float(value) / float(target)
    return 100 * share if is_rising else 100 * (2 - share)


def band(percentage: float) -> str:
    """The official colour of a percent of target: above 100 biru, from 87.5 to 100 hijau, from 75 kuning, else merah.

    The borders 100, 87.5 and 75 belong to hijau, hijau and kuning.
    """
    exact = round(percentage, _DIGITS)
    if exact > 100:
        return "biru"
    return "hijau" if exact >= 87.5 else "kuning" if exact >= 75 else "merah"


def decimals(percentage: float) -> int:
    """Decimals to write a percent of target with, so that what is read has the colour it is given: 1, more at a border.

    87.46 is kuning, and written as 87.5 it would read as hijau.
    """
    return next((n for n in (1, 2, 3) if band(_as_written(percentage, n)) == band(percentage)), _DIGITS)


def _as_written(value: float, places: int) -> float:
    """Rounded halves up, as `format.number` writes it."""
    step = 10.0**places
    return math.floor(value * step + 0.5 + 1e-9) / step


def is_missed(value: float, target: float, *, is_rising: bool) -> bool:
    """Whether a figure does not reach its target; one that equals it does."""
    gap = target - value if is_rising else value - target
    return gap > 1e-6


def of_year(rows: Sequence[Row], areas: Sequence[str], year: int) -> Target | None:
    """The target of an indicator for data of a year: of the first of `areas` that has any, that of this year, else of
    the next year with one, else the last. `rows` are those of `queries.targets` of one indicator."""
    for area in areas:
        mine = [_target(r) for r in rows if r["kode_wilayah"] == area]
        if not mine:
            continue
        ahead = [t for t in mine if t.year is not None and t.year >= year]
        return min(ahead, key=lambda t: t.year or 0) if ahead else max(mine, key=lambda t: t.year or 0)
    return None


def _target(row: Mapping[str, Any]) -> Target:
    def told(name: str) -> str | None:
        return row[name] if isinstance(row[name], str) else None

    year = None if pd.isna(row["tahun"]) else int(row["tahun"])
    return Target(float(row["target"]), year, str(row["kode_wilayah"]), str(row["satuan"]), told("sumber"), told("url"))


@dataclass(frozen=True)
class Figure:
    """An indicator of an area beside its target: `value` over `n` of the `whole` villages that are meant.

    `measure` says how it is summed up over villages; None for a published figure of the kabupaten, which has no n of
    its own (`n` and `whole` are 0). `counted` is what is compared with the target: `value`, or the number of villages
    where the target is one. `percent` is missing without a target, or when that is zero.
    """

    code: str
    period: str
    value: float
    n: int
    whole: int
    measure: Measure | None
    target: Target | None
    counted: float
    percent: float | None
    source: str
