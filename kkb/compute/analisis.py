"""One indicator over the villages: spread, outliers, bins, groups. Missing is never a number.

Values are as `queries.village_values` gives them; only rows whose `keadaan` is 'ada' count as a value.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import pandas as pd

FENCE = 1.5
"""Interquartile ranges beyond the quartiles at which a value is an outlier (Tukey)."""
FEW = 10
"""Fewer villages than this give no correlation and no outliers; a limit of this application, not an official one."""
SMALL = 30
"""Fewer villages than this make an interval wide; the page says so. A limit of this application."""
GROUPS_AT_MOST = 7
"""So many different whole numbers are still shown as groups."""
BINS, MANY_BINS, MANY = 8, 16, 60
"""Bins aimed at, and those for so many villages or more."""

INDEX_CODES = {"KKB04": "input", "KKB05": "proses", "KKB06": "output"}
STATUS, CLASS = "KKB00", "KKB02"


@dataclass(frozen=True)
class Variable:
    """One indicator in one period.

    `values` has a row per village of the kabupaten. `groups` maps the ordered values it may take to their names, and is
    empty for a measured number; `colours` holds those of the groups that have one. `silent` are villages whose value
    contains scores that the portal gives for want of a report.
    """

    code: str
    name: str
    unit: str
    period: str
    decimals: int
    values: pd.DataFrame
    groups: Mapping[float, str]
    colours: Mapping[float, str]
    silent: frozenset[str] = frozenset()

    @property
    def is_number(self) -> bool:
        """Whether it is a measured number rather than an ordered group."""
        return not self.groups

    @property
    def has_mean(self) -> bool:
        """Whether a mean says something: not of classes, nor of yes and no."""
        return self.code not in (STATUS, CLASS)

    @property
    def is_index(self) -> bool:
        """Whether it is a mean of ordered scores, which is ranked rather than measured."""
        return self.code in INDEX_CODES

    def inside(self, district: str | None) -> pd.DataFrame:
        """The rows of one kecamatan, or of all."""
        return self.values[self.values["kode_kecamatan"] == district] if district else self.values

    def known(self, district: str | None = None) -> pd.DataFrame:
        """The rows that have a value."""
        rows = self.inside(district)
        return rows[rows["keadaan"] == "ada"]


@dataclass(frozen=True)
class Spread:
    """`n` of `total` villages have a value; quartiles and the fences beyond which a value is an outlier."""

    n: int
    total: int
    mean: float
    median: float
    lower: float
    upper: float
    low_fence: float
    high_fence: float
    lowest: float
    highest: float
    states: Mapping[str, int]


def without_reports(scores: pd.DataFrame) -> frozenset[str]:
    """Codes of villages of `queries.item_scores` with an item that was not reported."""
    return frozenset(str(k) for k in scores[scores["keadaan"] == "belum_melapor"]["kode_desa"])


def only_reported(code: str, values: pd.DataFrame, silent: Collection[str]) -> pd.DataFrame:
    """The values with the output index of villages that did not report as 'belum_melapor': it holds scores 1 only
    because the report is missing. Values of other indicators are left as they are."""
    if INDEX_CODES.get(code) != "output":
        return values
    unknown = values["kode_desa"].isin(list(silent)) & (values["keadaan"] == "ada")
    return values.assign(keadaan=values["keadaan"].mask(unknown, "belum_melapor"))


def are_groups(values: pd.DataFrame) -> bool:
    """Whether the values are few small whole numbers, better shown as groups than as points on an axis."""
    known = values[values["keadaan"] == "ada"]["nilai"]
    whole = (known % 1 == 0) & known.between(0, 10)
    return bool(len(known)) and bool(whole.all()) and known.nunique() <= GROUPS_AT_MOST


def spread(rows: pd.DataFrame) -> Spread:
    """The spread of the values of some villages; its figures are missing when no village has a value."""
    known = rows[rows["keadaan"] == "ada"]["nilai"].astype(float)
    lower, median, upper = (float(known.quantile(q)) for q in (0.25, 0.5, 0.75))
    reach = FENCE * (upper - lower)
    rest = rows[rows["keadaan"] != "ada"]["keadaan"].value_counts()
    return Spread(
        n=len(known),
        total=len(rows),
        mean=float(known.mean()),
        median=median,
        lower=lower,
        upper=upper,
        low_fence=lower - reach,
        high_fence=upper + reach,
        lowest=float(known.min()),
        highest=float(known.max()),
        states={str(k): int(n) for k, n in rest.items()},
    )


def outliers(rows: pd.DataFrame) -> pd.DataFrame:
    """The villages beyond the fences of their own spread, lowest first, with `sisi` 'rendah' or 'tinggi'."""
    found = spread(rows)
    known = rows[rows["keadaan"] == "ada"]
    side = known["nilai"].map(lambda v: "rendah" if v < found.low_fence else "tinggi" if v > found.high_fence else "")
    return known.assign(sisi=side)[side != ""].sort_values(["nilai", "kode_desa"], ignore_index=True)


def bins(values: pd.Series) -> pd.DataFrame:
    """One row per bin of equal width: `dari` (included), `sampai` (left out, but in the last), `jumlah`.

    The width is 1, 2 or 5 times a power of ten, so that limits are round.
    """
    low, high = float(values.min()), float(values.max())
    aim = MANY_BINS if len(values) >= MANY else BINS
    width = _round_step((high - low) / aim) if high > low else 1.0
    if bool((values % 1 == 0).all()):
        width = max(width, 1.0)
    first = math.floor(round(low / width, 9))
    last = max(math.floor(round(high / width, 9)), first)
    place = (values / width).round(9).floordiv(1).clip(first, last).astype(int)
    counts = place.value_counts()
    return pd.DataFrame(
        [(round(n * width, 9), round((n + 1) * width, 9), int(counts.get(n, 0))) for n in range(first, last + 1)],
        columns=["dari", "sampai", "jumlah"],
    )


def _round_step(rough: float) -> float:
    power = 10.0 ** math.floor(math.log10(rough))
    return next(step * power for step in (1.0, 2.0, 5.0, 10.0) if step * power >= rough - power * 1e-9)


def group_counts(rows: pd.DataFrame, groups: Mapping[float, str]) -> dict[float, int]:
    """Number of villages per group, 0 where none."""
    counts = rows[rows["keadaan"] == "ada"]["nilai"].value_counts()
    return {value: int(counts.get(value, 0)) for value in groups}
