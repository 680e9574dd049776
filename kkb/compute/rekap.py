"""The figures of a recap, and how one village stands beside the others."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kkb.compute.klasifikasi import GROUPS, KB_REPORT, LONG_ACTING, METHODS, UNMET, is_reported

PEOPLE = (
    "penduduk_jiwa",
    "keluarga_kk",
    "pus_pasangan",
    "remaja_jiwa",
    "punya_balita_kk",
    "punya_remaja_kk",
    "punya_lansia_kk",
)
"""Who lives in a village."""
COUNTS = (
    *PEOPLE,
    "pokja_anggota_jiwa",
    "pokja_terlatih_jiwa",
    "sumber_dana_jumlah",
    "mekanisme_operasional_jumlah",
)
"""Figures that do not rest on a report."""
SHARES = {
    "cpr_pct": (METHODS, "pus_pasangan"),
    "mkjp_pct": (LONG_ACTING, "peserta_pasangan"),
    "unmet_need_pct": (UNMET, "pus_pasangan"),
}
"""Percentage -> which headings of the family planning report, and over what."""
PARTICIPATION = {f"{members.split('_')[0]}_pct": (members, target) for members, target in GROUPS.items()}
"""Percentage -> participants of a poktan, and its target group."""
REPORTED = frozenset({*KB_REPORT, *SHARES, "peserta_pasangan", *GROUPS, *PARTICIPATION})
"""The figures that rest on a report: missing means that it was not made."""

Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Beside:
    """One figure of one village beside the others. Missing values are NaN, never 0.

    `peers` are the other Kampung KB of its kecamatan, name -> value; `median` is over the `n` other Kampung KB of
    the kabupaten that have the figure.
    """

    code: str
    value: float
    peers: dict[str, float]
    median: float
    n: int


def figures(recap: pd.DataFrame) -> pd.DataFrame:
    """Rows as in the recap, columns named as there, plus percentages ending in `_pct`, not rounded.

    In a report that was made a blank counts as 0, as the portal writes it; where it was not made all is missing.
    """
    made = {code: is_reported(recap, code).to_numpy() for code in ("SK09", "SK10")}

    def reported(column: str, report: str) -> Numbers:
        given = recap[column].to_numpy(dtype=float, na_value=np.nan)
        return np.where(made[report], np.nan_to_num(given), np.nan)

    found = {c: recap[c].to_numpy(dtype=float, na_value=np.nan) for c in COUNTS}
    found |= {c: reported(c, "SK10") for c in KB_REPORT} | {c: reported(c, "SK09") for c in GROUPS}
    found["peserta_pasangan"] = _sum(found, METHODS)
    found |= {name: _percent(_sum(found, headings), found[whole]) for name, (headings, whole) in SHARES.items()}
    found |= {name: _percent(found[a], found[b]) for name, (a, b) in PARTICIPATION.items()}
    return pd.DataFrame(found, index=recap.index)


def _sum(found: dict[str, Numbers], headings: tuple[str, ...]) -> Numbers:
    added: Numbers = np.sum([found[f"{h}_pasangan"] for h in headings], axis=0)
    return added


def _percent(part: Numbers, whole: Numbers) -> Numbers:
    return np.divide(100 * part, whole, out=np.full_like(part, np.nan), where=whole > 0)


def indicator_values(recap: pd.DataFrame) -> pd.DataFrame:
    """What a recap says of the indicators that are read off it: rows as in the recap, columns by our names.

    Percentages from 0 to 100 and counts; flags as 1 or 0. Missing where the report was not made, and flags where the
    part of the recap they belong to is empty: the portal writes only what is so.
    """
    table = figures(recap)[[*SHARES, *PARTICIPATION, "mekanisme_operasional_jumlah"]]
    groups = table[list(PARTICIPATION)].fillna(0).mean(axis=1).where(is_reported(recap, "SK09"))
    pokja = recap[["is_pokja_pengurus", "pokja_anggota_jiwa"]].notna().any(axis=1)
    counts = [c for c in recap.columns if c.endswith(("_jiwa", "_kk", "_pasangan", "_jumlah"))]
    return table.assign(
        poktan_pct=groups,
        is_pokja_sk=recap["is_pokja_sk"].notna().astype(float).where(pokja),
        is_rkm=recap["is_rkm"].notna().astype(float).where(recap[counts].notna().any(axis=1)),
    )


def blanks(recap: pd.Series) -> frozenset[str]:
    """The figures that are counted as 0 in one row of a recap because all that they count is blank there."""
    counted = {
        **{c: (c,) for c in (*KB_REPORT, *GROUPS)},
        **{name: (members,) for name, (members, _target) in PARTICIPATION.items()},
        **{name: tuple(f"{h}_pasangan" for h in headings) for name, (headings, _whole) in SHARES.items()},
    }
    empty = {c for c in (*KB_REPORT, *GROUPS) if pd.isna(recap[c])}
    return frozenset(name for name, columns in counted.items() if empty.issuperset(columns))


def beside(recap: pd.DataFrame, table: pd.DataFrame, village: str) -> list[Beside]:
    """Every figure of one village beside the others; `recap` is of the whole kabupaten, `table` its `figures`."""
    own = (recap["kode_desa"] == village).to_numpy()
    near = ~own & (recap["kode_kecamatan"] == village[:6]).to_numpy()
    names = [str(n) for n in recap.loc[near, "nama_desa"]]
    found = []
    for code in table.columns:
        values = table[code].to_numpy(dtype=float)
        others = values[~own & ~np.isnan(values)]
        middle = float(np.median(others)) if len(others) else np.nan
        peers = dict(zip(names, (float(v) for v in values[near]), strict=True))
        found.append(Beside(str(code), float(values[own][0]), peers, middle, len(others)))
    return found
