"""How the kecamatan stand in one indicator: a figure each with what it is counted from, rank, change and like groups.

A kecamatan is ranked only when every village that the indicator is meant for has a value; one that waits for a report
keeps its figure, but has no rank: a low place would blame it, and a figure without the silent village would reward it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

NAMES = ["kode_kecamatan", "nama_kecamatan"]
UPPER = ("mandiri", "berkelanjutan")
"""The two upper classes."""
SHARES = {"status": ("sudah",), "klasifikasi": UPPER}
"""Map schemes whose figure is a share -> the classes that count."""
RESTS_ON_REPORTS = frozenset({"klasifikasi.indeks_output", "klasifikasi.klasifikasi"})
"""Where the values of indicators come from that hold items of a report, so that a silent village falsifies them."""
GROUPS = ("kelurahan", "sedikit", "banyak")
"""With kelurahan; desa only and fewer villages than the mean kecamatan; desa only and as many or more."""
SHARE_DECIMALS = 1


@dataclass(frozen=True)
class Measure:
    """What a kecamatan is ranked by.

    `kind` is 'bagian' (percent of villages in `counted` classes), 'ya' (percent of villages with the value 1) or
    'rata' (plain mean over villages). Figures are compared as shown, with `decimals`. `is_official` figures of a
    village hold even where a report is missing, as the portal publishes them: its class.
    """

    code: str
    kind: str
    counted: tuple[str, ...]
    decimals: int
    is_rising: bool
    rests_on_reports: bool
    is_official: bool

    @property
    def is_share(self) -> bool:
        """Whether the figure is a number of villages out of all."""
        return self.kind != "rata"


def measure(indicator: Mapping[str, Any], decimals: int) -> Measure:
    """How a row of `queries.indicators` is summed up for a kecamatan; `decimals` are those of a mean."""
    scheme = indicator["skema_peta"]
    kind = "bagian" if scheme in SHARES else "ya" if indicator["satuan"] == "ya/tidak" else "rata"
    return Measure(
        str(indicator["kode_indikator"]),
        kind,
        SHARES.get(scheme, ()),
        decimals if kind == "rata" else SHARE_DECIMALS,
        indicator["arah"] != "turun",
        indicator["asal"] in RESTS_ON_REPORTS,
        scheme == "klasifikasi",
    )


def figures(values: pd.DataFrame, by: Measure, silent: frozenset[str] = frozenset()) -> pd.DataFrame:
    """One row per kecamatan of `queries.village_values`, best first: its figure, and its place as `peringkat`.

    `jumlah` villages are meant, `n` of them have a value, `belum_melapor` did not report; `bagian` is how many count
    for a share. `nilai` is the percentage or mean over those `n`. `peringkat` is missing unless all have a value;
    `bersama` is how many others share it. `silent` are the villages with an empty report, for indices and classes.
    """
    meant = values[~values["keadaan"].isin(["tidak_dinilai", "tidak_berlaku"])]
    is_silent = meant["keadaan"] != "ada"
    if by.rests_on_reports:
        is_silent |= meant["kode_desa"].isin(silent)
    known = (meant["keadaan"] == "ada") & (meant["nilai"].notna()) & (~is_silent | by.is_official)
    hit = meant["kelas"].isin(by.counted) if by.kind == "bagian" else meant["nilai"] == 1
    rows = meant.assign(
        jumlah=1, n=known, belum_melapor=is_silent, bagian=hit & known, angka=meant["nilai"].where(known)
    )
    sums = rows.groupby("kode_kecamatan")[["jumlah", "n", "belum_melapor", "bagian"]].sum().astype(int)
    table = values[NAMES].drop_duplicates().set_index("kode_kecamatan").join(sums)
    table[sums.columns] = table[sums.columns].fillna(0).astype(int)
    mean = rows.groupby("kode_kecamatan")["angka"].mean() if not by.is_share else pd.Series(dtype=float)
    share = 100 * table["bagian"] / table["n"].where(table["n"] > 0)
    table["nilai"] = share if by.is_share else mean.reindex(table.index)
    return ranked(table.reset_index(), by)


def states(values: pd.DataFrame, by: Measure, silent: frozenset[str] = frozenset()) -> pd.DataFrame:
    """One row per village of `queries.village_values`: the class or state to draw it in as `kode_kelas`, and
    `is_silent` where a class that holds is read with a report missing."""
    waits = values["kode_desa"].isin(silent) & by.rests_on_reports & (values["keadaan"] == "ada")
    code = values["kelas"].where(values["kelas"].notna(), values["keadaan"])
    if not by.is_official:
        code, waits = code.mask(waits, "belum_melapor"), waits & False
    return values[["kode_desa", *NAMES]].assign(kode_kelas=code, is_silent=waits)


def whole(table: pd.DataFrame, by: Measure) -> dict[str, float]:
    """The kabupaten out of the rows of `figures`: the same columns, without a rank."""
    counts = {name: int(table[name].sum()) for name in ("jumlah", "n", "belum_melapor", "bagian")}
    if by.is_share:
        value = 100 * counts["bagian"] / counts["n"] if counts["n"] else np.nan
    else:
        value = float((table["nilai"] * table["n"]).sum() / counts["n"]) if counts["n"] else np.nan
    return {**counts, "nilai": value}


def ranked(table: pd.DataFrame, by: Measure) -> pd.DataFrame:
    """The rows best first, with competition ranks: those who share a place share the better one."""
    shown = as_shown(table["nilai"], by.decimals)
    can = (table["n"] == table["jumlah"]) & (table["n"] > 0)
    place = shown.where(can).rank(method="min", ascending=not by.is_rising)
    table = table.assign(peringkat=place.astype("Int64"), tampak=shown)
    tied = table.groupby("peringkat")["kode_kecamatan"].transform("size") - 1
    table["bersama"] = tied.where(can, 0).fillna(0).astype(int)
    order = pd.DataFrame(
        {
            "a": table["peringkat"].fillna(len(table) + 1),
            "b": table["tampak"] * (-1 if by.is_rising else 1),
            "c": table["nama_kecamatan"],
        }
    )
    return table.loc[order.sort_values(["a", "b", "c"]).index].drop(columns="tampak").reset_index(drop=True)


def as_shown(values: pd.Series, decimals: int) -> pd.Series:
    """The values rounded as they are written, halves up, so that what reads alike ranks alike."""
    step = 10.0**decimals
    return (values.astype(float) * step + 0.5 + 1e-9).floordiv(1) / step


def compared(now: pd.DataFrame, then: pd.DataFrame | None, by: Measure) -> pd.DataFrame:
    """The rows of `figures` with `nilai_lama`, `selisih` and `naik`: places won since then, negative for lost.

    Both are missing unless the kecamatan is ranked at both dates. Places are counted among those that are, as a rank
    among fewer is another rank.
    """
    if then is None:
        return now.assign(nilai_lama=np.nan, selisih=np.nan, naik=pd.array([pd.NA] * len(now), dtype="Int64"))
    earlier = then.set_index("kode_kecamatan")
    rows = now.assign(nilai_lama=now["kode_kecamatan"].map(earlier["nilai"]))
    both = rows["peringkat"].notna() & rows["kode_kecamatan"].map(earlier["peringkat"]).notna()
    before, after = (
        as_shown(rows[name], by.decimals).where(both).rank(method="min", ascending=not by.is_rising)
        for name in ("nilai_lama", "nilai")
    )
    rows["naik"] = (before - after).astype("Int64")
    rows["selisih"] = (as_shown(rows["nilai"], by.decimals) - as_shown(rows["nilai_lama"], by.decimals)).where(both)
    return rows


def with_one_more(table: pd.DataFrame, by: Measure) -> pd.DataFrame:
    """What one village more would do to a share: `tambah_poin` in percentage points, and `peringkat_tambah`.

    Missing where no village is left to add, where there is no rank, and for means.
    """
    points = 100 / table["n"].where((table["n"] > 0) & (table["bagian"] < table["n"])) if by.is_share else np.nan
    rows = table.assign(tambah_poin=points)
    shown = as_shown(rows["nilai"], by.decimals).where(rows["peringkat"].notna())
    ahead = []
    for place, value in enumerate(as_shown(rows["nilai"] + rows["tambah_poin"], by.decimals)):
        others = shown.drop(index=rows.index[place])
        can = pd.notna(value) and pd.notna(rows["peringkat"].iloc[place])
        ahead.append(1 + int((others > value).sum() if by.is_rising else (others < value).sum()) if can else pd.NA)
    return rows.assign(peringkat_tambah=pd.array(ahead, dtype="Int64"))


def groups(districts: pd.DataFrame) -> dict[str, str]:
    """Kecamatan code -> its group, from the rows of `queries.districts`."""
    mean = mean_size(districts)
    found = {}
    for code, desa, kelurahan in zip(
        districts["kode_kecamatan"], districts["jumlah_desa"], districts["jumlah_kelurahan"], strict=True
    ):
        found[str(code)] = "kelurahan" if kelurahan else "sedikit" if desa < mean else "banyak"
    return found


def mean_size(districts: pd.DataFrame) -> float:
    """Villages of the mean kecamatan."""
    return float((districts["jumlah_desa"] + districts["jumlah_kelurahan"]).mean())


def within_groups(table: pd.DataFrame, group_of: Mapping[str, str], by: Measure) -> pd.DataFrame:
    """The rows of `figures` with `kelompok`, `peringkat_kelompok`, `bersama_kelompok`, and `diperingkat_kelompok`: of
    how many."""
    rows = table.assign(kelompok=table["kode_kecamatan"].map(dict(group_of)))
    parts = [
        ranked(part.drop(columns=["peringkat", "bersama"]), by).set_index("kode_kecamatan")
        for _name, part in rows.groupby("kelompok")
    ]
    inside = pd.concat(parts)
    rows["peringkat_kelompok"] = rows["kode_kecamatan"].map(inside["peringkat"]).astype("Int64")
    rows["bersama_kelompok"] = rows["kode_kecamatan"].map(inside["bersama"]).astype(int)
    counts = rows.groupby("kelompok")["peringkat"].count()
    return rows.assign(diperingkat_kelompok=rows["kelompok"].map(counts).astype(int))


def silent_villages(scores: pd.DataFrame) -> frozenset[str]:
    """The villages of `queries.item_scores` with an item whose report is empty."""
    return frozenset(str(k) for k in scores.loc[scores["keadaan"] == "belum_melapor", "kode_desa"])
