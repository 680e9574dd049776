"""The figures of a recap, and how one village stands beside the others."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from kkb.compute.kewajaran import total
from kkb.compute.klasifikasi import GROUPS, KB_REPORT, LONG_ACTING, METHODS, REPORTED_IN, UNMET

COUNTS = ("penduduk_jiwa", "keluarga_kk", "pus_pasangan", "remaja_jiwa", *dict.fromkeys(GROUPS.values()))
SHARES = {"cpr_pct": (METHODS, "pus"), "mkjp_pct": (LONG_ACTING, "peserta"), "unmet_need_pct": (UNMET, "pus")}
"""Percentage -> which headings of the family planning report, over couples or over users."""

REPORTED = frozenset({*KB_REPORT, *SHARES, "peserta_pasangan", *GROUPS, *(f"{g.split('_')[0]}_pct" for g in GROUPS)})
"""The figures that rest on a report: missing means that it was not made."""


def blanks(recap: pd.Series) -> set[str]:
    """The figures that are counted as 0 in one recap because all that they count is blank there."""
    counted = {
        **{c: (c,) for c in (*KB_REPORT, *GROUPS)},
        **{f"{g.split('_')[0]}_pct": (g,) for g in GROUPS},
        **{name: tuple(f"{h}_pasangan" for h in headings) for name, (headings, _) in SHARES.items()},
    }
    return {name for name, columns in counted.items() if recap[list(columns)].isna().all()}


@dataclass(frozen=True)
class Beside:
    """One figure of one village beside the others. Missing values are None or NaN, never 0.

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
    users, couples = total(recap, METHODS), recap["pus_pasangan"].astype(float)
    found = {c: recap[c].astype(float) for c in dict.fromkeys(COUNTS)}
    found["peserta_pasangan"] = users
    for name in KB_REPORT:
        found[name] = total(recap, (name.removesuffix("_pasangan"),))
    for name, (headings, whole) in SHARES.items():
        found[name] = _percent(total(recap, headings), couples if whole == "pus" else users)
    is_made = recap[list(REPORTED_IN["SK09"])].notna().any(axis=1)
    for members, target in GROUPS.items():
        found[members] = recap[members].astype(float).fillna(0).where(is_made)
        found[f"{members.split('_')[0]}_pct"] = _percent(found[members], recap[target].astype(float))
    for name in ("pokja_anggota_jiwa", "pokja_terlatih_jiwa", "sumber_dana_jumlah", "mekanisme_operasional_jumlah"):
        found[name] = recap[name].astype(float)
    return pd.DataFrame(found, index=recap.index)


def _percent(part: pd.Series, whole: pd.Series) -> pd.Series:
    return 100 * part / whole.where(whole > 0)


def beside(recap: pd.DataFrame, village: str) -> list[Beside]:
    """Every figure of one village beside the others of the recap (`queries.recap` of the whole kabupaten)."""
    table = figures(recap)
    own = recap["kode_desa"] == village
    near = ~own & (recap["kode_kecamatan"] == village[:6])
    names = list(recap.loc[near, "nama_desa"])
    return [
        Beside(
            str(code),
            float(table.loc[own, code].iloc[0]),
            dict(zip(names, table.loc[near, code].astype(float), strict=True)),
            float(table.loc[~own, code].median()),
            int(table.loc[~own, code].notna().sum()),
        )
        for code in table.columns
    ]
