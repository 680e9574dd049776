"""Plausibility of a recap: figures that hardly fit each other, and figures that never change.

A note asks for a look at the figures; it is no proof of an error. Where a figure that a rule compares is blank, the
rule says nothing; but in a family planning report that was made a blank counts as 0, as the portal writes it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from kkb.compute.klasifikasi import GROUPS, KB_REPORT, METHODS, UNMET, is_reported

CPR_HIGH = 95
"""Percent of couples using a method from which an unmet need of 0 is worth a look."""
FEW_A_FAMILY, MANY_A_FAMILY = 2, 8
"""Persons a family below and above which the two counts hardly fit."""
STALE_DAYS = 180
"""How long figures may stay exactly the same."""


@dataclass(frozen=True)
class Rule:
    """One comparison: `test` gives for each row of a recap whether it is worth a look; `compares` the columns it reads,
    as floats."""

    code: str
    compares: tuple[str, ...]
    test: Callable[[pd.DataFrame], pd.Series]


def total(recap: pd.DataFrame, names: tuple[str, ...]) -> pd.Series:
    """Couples under some headings of the family planning report, blanks as 0; missing where it was not made."""
    couples = np.nan_to_num(recap[[f"{n}_pasangan" for n in names]].astype(float).to_numpy())
    return pd.Series(couples.sum(axis=1), index=recap.index).where(is_reported(recap, "SK10"))


def _more(greater: str, less: str) -> Rule:
    return Rule(f"{greater}>{less}", (greater, less), lambda r: r[greater] > r[less])


def _no_unmet_need(recap: pd.DataFrame) -> pd.Series:
    couples = recap["pus_pasangan"]
    return (couples > 0) & (total(recap, METHODS) >= couples * CPR_HIGH / 100) & (total(recap, UNMET) == 0)


def _family_size(recap: pd.DataFrame) -> pd.Series:
    size = recap["penduduk_jiwa"] / recap["keluarga_kk"]
    return (size < FEW_A_FAMILY) | (size > MANY_A_FAMILY)


def _parts(recap: pd.DataFrame) -> pd.Series:
    couples = recap["pus_pasangan"]
    return (total(recap, HEADINGS) > couples) & (total(recap, METHODS) <= couples)


HEADINGS = tuple(c.removesuffix("_pasangan") for c in KB_REPORT)
"""All that a couple may be in the family planning report: a user, pregnant, wanting a child, or in unmet need."""
_REPORT = ("pus_pasangan", *KB_REPORT)
RULES = (
    Rule("cpr_tanpa_unmet_need", _REPORT, _no_unmet_need),
    Rule("jiwa_per_keluarga", ("penduduk_jiwa", "keluarga_kk"), _family_size),
    Rule("peserta_lebih_dari_pus", _REPORT, lambda r: total(r, METHODS) > r["pus_pasangan"]),
    Rule("rincian_lebih_dari_pus", _REPORT, _parts),
    _more("pus_pasangan", "keluarga_kk"),
    *(_more(members, whole) for members, whole in GROUPS.items()),
    *(_more(part, "keluarga_kk") for part in GROUPS.values() if part.startswith("punya_")),
    _more("pokja_terlatih_jiwa", "pokja_anggota_jiwa"),
)


def check(recap: pd.DataFrame, rules: tuple[Rule, ...] = RULES) -> pd.DataFrame:
    """Whether each rule asks for a look: rows as in the recap, one boolean column per rule code."""
    numbers = recap[list(dict.fromkeys(c for r in rules for c in r.compares))].astype(float)
    return pd.DataFrame({r.code: r.test(numbers).astype(bool) for r in rules}, index=recap.index)


_NOT_FIGURES = ("tanggal", "kode_desa", "nama_kampung_kb")


def as_before(rows: pd.DataFrame) -> np.ndarray:
    """Whether all figures of each row are those of the row above, blank where that is blank; False for the first."""
    figures = rows.astype(float).to_numpy()
    now, before = figures[1:], figures[:-1]
    alike = ((now == before) | (np.isnan(now) & np.isnan(before))).all(axis=1)
    return np.concatenate([np.zeros(min(len(figures), 1), dtype=bool), alike])


def unchanged(history: pd.DataFrame) -> pd.DataFrame:
    """One row per village of `queries.recap_history`: since when all its figures are as in its last recap.

    Columns `kode_desa`, `tanggal` (last recap), `sejak`, `jumlah_rekap` (recaps alike, the last included), and
    `is_lama`, whether that lasts `STALE_DAYS` or more.
    """
    rows = history.sort_values(["kode_desa", "tanggal"], ignore_index=True)
    village = rows["kode_desa"]
    alike = pd.Series(as_before(rows[[c for c in rows.columns if c not in _NOT_FIGURES]]), index=rows.index)
    turn = (~alike | (village != village.shift())).cumsum()
    same = rows[turn == turn.groupby(village).transform("max")]
    found = same.groupby("kode_desa", as_index=False).agg(
        tanggal=("tanggal", "max"), sejak=("tanggal", "min"), jumlah_rekap=("tanggal", "size")
    )
    lasts = (pd.to_datetime(found["tanggal"]) - pd.to_datetime(found["sejak"])).dt.days
    return found.assign(is_lama=lasts >= STALE_DAYS)
