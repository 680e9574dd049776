"""Which reports and columns of the recaps are filled, since when, and which rules of plausibility could be tested."""

from __future__ import annotations

import numpy as np
import pandas as pd

from kkb.compute import kewajaran
from kkb.compute.klasifikasi import GROUPS, KB_REPORT, is_reported
from kkb.compute.rekap import PEOPLE
from kkb.rows import Row, records

REPORTS = {"kb": KB_REPORT, "poktan": tuple(GROUPS)}
"""Report -> its columns of the recap; all blank means that it was not made."""
_ITEM = {"kb": "SK10", "poktan": "SK09"}
COLUMNS = {
    "pokja": (
        "is_pokja_pengurus",
        "is_pokja_sk",
        "is_pokja_pelatihan",
        "pokja_anggota_jiwa",
        "pokja_terlatih_jiwa",
    ),
    "mekanisme": (
        "sumber_dana_jumlah",
        "is_plkb_pendamping",
        "is_regulasi",
        "regulasi_jumlah",
        "is_rkm",
        "is_penggunaan_data",
        "mekanisme_operasional_jumlah",
    ),
    "penduduk": PEOPLE,
    **{part: REPORTS[part] for part in ("poktan", "kb")},
}
"""The 35 columns of the recap that hold figures or flags, by part."""
ALL_COLUMNS = tuple(c for columns in COLUMNS.values() for c in columns)
BLANK, FIRST, NEW, SAME = "kosong", "awal", "baru", "sama"
"""State of a report in one recap: all blank; filled with nothing earlier to compare; filled with other figures than in
the recap before; filled with the same."""
STATES = (BLANK, FIRST, NEW, SAME)
FILLED, SILENT = "terisi", "belum_melapor"
"""State of one column besides BLANK; SILENT stands where the whole report of the column is blank."""


def states(history: pd.DataFrame) -> pd.DataFrame:
    """One row per village, recap and report, oldest first, from `queries.recap_history`: its `keadaan`."""
    rows = history.sort_values(["kode_desa", "tanggal"], ignore_index=True)
    starts = rows["kode_desa"] != rows["kode_desa"].shift()
    found = []
    for report, columns in REPORTS.items():
        filled = is_reported(rows, _ITEM[report])
        alike = kewajaran.as_before(rows[list(columns)])
        state = pd.Series(NEW, index=rows.index).mask(alike, SAME).mask(starts, FIRST).mask(~filled, BLANK)
        found.append(rows[["kode_desa", "tanggal"]].assign(laporan=report, keadaan=state))
    return pd.concat(found, ignore_index=True)


def standing(told: pd.DataFrame) -> pd.DataFrame:
    """One row per village and report of `states`, as of the last recap of the village.

    `keadaan` there; `terisi_terakhir`, the last recap in which it was filled, missing when in none; `berubah_terakhir`,
    the last with other figures than before; `kosong_sejak` and `rekap_kosong`, since when and in how many recaps on end
    it is blank, missing and 0 when it is not; `jumlah_rekap`, all recaps of the village.
    """
    rows = told.sort_values(["kode_desa", "laporan", "tanggal"], ignore_index=True)
    keys = ["kode_desa", "laporan"]
    day, blank = rows["tanggal"], rows["keadaan"] == BLANK
    last_filled = day.where(~blank).groupby([rows[k] for k in keys]).transform("max")
    tail = blank & (last_filled.isna() | (day > last_filled))
    marked = rows[keys].assign(
        keadaan=rows["keadaan"],
        terisi_terakhir=day.where(~blank),
        berubah_terakhir=day.where(rows["keadaan"].isin([FIRST, NEW])),
        kosong_sejak=day.where(tail),
        rekap_kosong=tail,
        jumlah_rekap=1,
    )
    return marked.groupby(keys, as_index=False).agg(
        keadaan=("keadaan", "last"),
        terisi_terakhir=("terisi_terakhir", "max"),
        berubah_terakhir=("berubah_terakhir", "max"),
        kosong_sejak=("kosong_sejak", "min"),
        rekap_kosong=("rekap_kosong", "sum"),
        jumlah_rekap=("jumlah_rekap", "sum"),
    )


def can_be_old(told: pd.DataFrame) -> bool:
    """Whether the recaps of `states` reach far enough back to tell that figures never change."""
    days = pd.to_datetime(told["tanggal"])
    return len(days) > 0 and bool((days.max() - days.min()).days >= kewajaran.STALE_DAYS)


def cells(recap: pd.DataFrame) -> pd.DataFrame:
    """One row per village of `queries.recap`, named by its code, one column per recap column: FILLED, BLANK or SILENT.

    The portal writes no, none and zero as blank. A flag is therefore filled only where it says yes.
    """
    found = np.full((len(recap), len(ALL_COLUMNS)), BLANK, dtype=object)
    for n, name in enumerate(ALL_COLUMNS):
        given = recap[name] if name.startswith("is_") else recap[name].notna()
        found[given.astype(bool).to_numpy(), n] = FILLED
    for report, columns in REPORTS.items():
        silent = ~is_reported(recap, _ITEM[report]).to_numpy(dtype=bool)
        found[np.ix_(silent, np.isin(ALL_COLUMNS, columns))] = SILENT
    return pd.DataFrame(found, pd.Index(recap["kode_desa"], name="kode_desa"), list(ALL_COLUMNS), dtype=object)


def order(reports: pd.DataFrame, grid: pd.DataFrame) -> list[str]:
    """Codes of the villages of `queries.reporting`: most blank reports first, then most blank columns, then by name."""
    empty = dict(zip(grid.index, (grid != FILLED).to_numpy().sum(axis=1), strict=True))

    def key(row: Row) -> tuple[int, int, str, str, str]:
        code = str(row["kode_desa"])
        filled = int(row["is_lapor_kb"]) + int(row["is_lapor_poktan"])
        return filled, -int(empty.get(code, len(ALL_COLUMNS))), row["nama_kecamatan"], row["nama_desa"], code

    return [str(row["kode_desa"]) for row in sorted(records(reports), key=key)]


def tested(recap: pd.DataFrame) -> dict[str, int]:
    """Rule of plausibility -> in how many villages its figures are there, so that it could be tested."""
    made = is_reported(recap, "SK10")
    counts = {}
    for rule in kewajaran.RULES:
        needed = [c for c in rule.compares if c not in KB_REPORT]
        there = recap[needed].notna().all(axis=1)
        counts[rule.code] = int((there & made if len(needed) < len(rule.compares) else there).sum())
    return counts
