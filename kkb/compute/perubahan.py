"""Who moved between two dates and why, which items are weakest, and the class mix of several areas as shares."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from kkb.compute.klasifikasi import CLASSES

NO_STATUS, NOT_SCORED = "belum_kampung_kb", "belum_dinilai"
"""Stand in for the class of a village that had none: not a Kampung KB at that date, or one that was not scored."""
STATES = (NOT_SCORED, NO_STATUS, *CLASSES)
PASS_MARK = 3
"""From this score on an item does not hold its index back; the same as the pass mark of the indices."""
DATES = ("lama", "baru")
INDICES = ("indeks_input", "indeks_proses", "indeks_output")


@dataclass(frozen=True)
class Tally:
    """How many villages rose, fell or stayed; `new` had no class at the earlier date, `gone` none at the later."""

    rose: int
    fell: int
    stayed: int
    new: int
    gone: int

    @property
    def total(self) -> int:
        """All villages with a class at either date."""
        return self.rose + self.fell + self.stayed + self.new + self.gone


def moves(earlier: pd.DataFrame, later: pd.DataFrame) -> pd.DataFrame:
    """One row per village that is a Kampung KB at either date, rises first, from two answers of `village_classes`.

    `kelas_lama` and `kelas_baru` are codes of STATES; each index has a column for either date; `langkah` is in
    classes, missing unless there is a class at both; `gerak` is naik, turun, tetap, baru or lepas.
    """
    names = ["kode_desa", "nama_desa", "kode_kecamatan", "nama_kecamatan"]
    rows = earlier.merge(later, on=names, how="outer", suffixes=("_lama", "_baru"), indicator="ada")
    for date, absent in zip(DATES, ("right_only", "left_only"), strict=True):
        rows[f"kelas_{date}"] = rows[f"kelas_{date}"].fillna(NOT_SCORED).where(rows["ada"] != absent, NO_STATUS)
    place = {code: n for n, code in enumerate(CLASSES, 1)}
    before, after = (rows[f"kelas_{date}"].map(place).astype("Int64") for date in DATES)
    rows["langkah"] = after - before
    rows["gerak"] = [_movement(a, b) for a, b in zip(before, after, strict=True)]
    rank = {name: n for n, name in enumerate(("naik", "turun", "baru", "lepas", "tetap"))}
    order = pd.DataFrame({"gerak": rows["gerak"].map(rank), "langkah": -rows["langkah"].abs().fillna(0)})
    order = order.join(rows[["nama_kecamatan", "nama_desa", "kode_desa"]]).sort_values(
        ["gerak", "langkah", "nama_kecamatan", "nama_desa", "kode_desa"]
    )
    columns = [f"{name}_{date}" for name in ("kelas", *INDICES) for date in DATES]
    return rows.loc[order.index, [*names, *columns, "langkah", "gerak"]].reset_index(drop=True)


def _movement(before: Any, after: Any) -> str:
    if pd.isna(before) and pd.isna(after):
        return "tetap"
    if pd.isna(before) or pd.isna(after):
        return "baru" if pd.isna(before) else "lepas"
    return "tetap" if before == after else "naik" if after > before else "turun"


def tally(moved: pd.DataFrame) -> Tally:
    """How many of the rows of `moves` went each way."""
    counts = moved["gerak"].value_counts()
    return Tally(*(int(counts.get(name, 0)) for name in ("naik", "turun", "tetap", "baru", "lepas")))


def flows(moved: pd.DataFrame) -> pd.DataFrame:
    """One row per pair of classes that a village went between: `kelas_lama`, `kelas_baru`, `gerak`, `jumlah`."""
    pairs = moved.groupby(["kelas_lama", "kelas_baru", "gerak"], as_index=False).size()
    return pairs.rename(columns={"size": "jumlah"})


def item_changes(earlier: pd.DataFrame, later: pd.DataFrame) -> pd.DataFrame:
    """One row per village and item whose score or state differs between two answers of `item_scores`.

    `nilai` and `keadaan` have a column for either date; villages that lack one date are left out.
    """
    columns = ["kode_desa", "kode_indikator", "nilai", "keadaan"]
    rows = earlier[columns].merge(later[columns], on=columns[:2], suffixes=("_lama", "_baru"))
    differs = (rows["nilai_lama"] != rows["nilai_baru"]) | (rows["keadaan_lama"] != rows["keadaan_baru"])
    return rows[differs].reset_index(drop=True)


def weakest(scores: pd.DataFrame) -> pd.DataFrame:
    """One row per item of `item_scores`, most often below the pass mark first.

    `jumlah` villages are scored, `di_bawah` of them below the mark; that counts the `belum_melapor`, to whom the
    portal gives score 1.
    """
    rows = scores.assign(
        di_bawah=scores["nilai"] < PASS_MARK, belum_melapor=scores["keadaan"] == "belum_melapor", jumlah=1
    )
    items = rows.groupby("kode_indikator", as_index=False)[["di_bawah", "belum_melapor", "jumlah"]].sum()
    return items.sort_values(["di_bawah", "kode_indikator"], ascending=[False, True], ignore_index=True)


def village_order(scores: pd.DataFrame, order: str) -> list[str]:
    """Codes of the villages of `item_scores`: by 'kelas' (highest first), by 'kecamatan', or by the code of an item.

    By an item the lowest score comes first, and before it those that did not report it.
    """
    rows = scores.groupby("kode_desa", as_index=False).agg(
        nama_desa=("nama_desa", "first"),
        nama_kecamatan=("nama_kecamatan", "first"),
        kelas=("kelas", "first"),
        jumlah=("nilai", "sum"),
    )
    rows["tingkat"] = -rows["kelas"].map({code: n for n, code in enumerate(CLASSES)}).fillna(-1)
    rows["jumlah"] = -rows["jumlah"]
    keys = ["nama_kecamatan", "nama_desa", "kode_desa"]
    if order != "kecamatan":
        keys = ["tingkat", "jumlah", *keys]
    if order not in ("kelas", "kecamatan"):
        item = scores[scores["kode_indikator"] == order].set_index("kode_desa")
        rank = item["nilai"].where(item["keadaan"] == "ada", 0)
        rows["butir"] = rows["kode_desa"].map(rank)
        keys = ["butir", *keys]
    return [str(code) for code in rows.sort_values(keys)["kode_desa"]]


def class_mixes(comparison: pd.DataFrame, area: str) -> dict[str, dict[str, int]]:
    """Class -> Kampung KB of `area`, of its whole province ('provinsi') and of Indonesia ('00').

    Areas without a Kampung KB at the date are left out.
    """
    is_nation = comparison["kode_wilayah"] == "00"
    parts = {
        area: comparison[comparison["kode_wilayah"] == area],
        "provinsi": comparison[~is_nation],
        "00": comparison[is_nation],
    }
    sums = {name: {code: int(rows[code].sum()) for code in CLASSES} for name, rows in parts.items()}
    return {name: mix for name, mix in sums.items() if sum(mix.values())}


def upper_share(mix: dict[str, int]) -> float:
    """Percent of Kampung KB in the two upper classes."""
    return 100 * (mix["mandiri"] + mix["berkelanjutan"]) / sum(mix.values())
