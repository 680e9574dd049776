"""How the kecamatan stand in one indicator: a figure each with what it is counted from, rank, change and like groups.

A kecamatan is ranked only when every village that the indicator is meant for has a value; one that waits for a report
keeps its figure, but has no rank: a low place would blame it, and a figure without the silent village would reward it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from kkb.rows import Row, Table, records

NAMES = ["kode_kecamatan", "nama_kecamatan"]
COLUMNS = [*NAMES, "jumlah", "n", "belum_melapor", "bagian", "nilai", "peringkat", "bersama"]
"""Of the table of `figures`."""
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


def figures(values: Table, by: Measure, silent: frozenset[str] = frozenset()) -> pd.DataFrame:
    """One row per kecamatan of `queries.village_values`, best first: its figure, and its place as `peringkat`.

    `jumlah` villages are meant, `n` of them have a value, `belum_melapor` did not report; `bagian` is how many count
    for a share. `nilai` is the percentage or mean over those `n`. `peringkat` is missing unless all have a value;
    `bersama` is how many others share it. `silent` are the villages with an empty report, for indices and classes.
    """
    table = pd.DataFrame(counted(values, by, silent), columns=COLUMNS)
    return table.assign(peringkat=pd.array(list(table["peringkat"]), dtype="Int64"))


def counted(values: Table, by: Measure, silent: frozenset[str] = frozenset()) -> list[Row]:
    """The same as rows; `peringkat` is None where it is missing."""
    counts: dict[str, list[Any]] = {}
    for row in records(values):
        own = counts.setdefault(str(row["kode_kecamatan"]), [row["nama_kecamatan"], 0, 0, 0, 0, 0.0])
        if row["keadaan"] in ("tidak_dinilai", "tidak_berlaku"):
            continue
        is_silent = row["keadaan"] != "ada" or (by.rests_on_reports and row["kode_desa"] in silent)
        is_known = row["keadaan"] == "ada" and pd.notna(row["nilai"]) and (by.is_official or not is_silent)
        hit = row["kelas"] in by.counted if by.kind == "bagian" else row["nilai"] == 1
        own[1] += 1
        own[2] += is_known
        own[3] += is_silent
        own[4] += is_known and hit
        own[5] += row["nilai"] if is_known else 0
    rows = []
    for code, (name, all_, n, waiting, part, total) in counts.items():
        value = (100 * part if by.is_share else total) / n if n else np.nan
        rows.append(dict(zip(COLUMNS, (code, name, all_, n, waiting, part, value), strict=False)))
    return _ranked(rows, by)


def states(values: pd.DataFrame, by: Measure, silent: frozenset[str] = frozenset()) -> pd.DataFrame:
    """One row per village of `queries.village_values`: the class or state to draw it in as `kode_kelas`, and
    `is_silent` where a class that holds is read with a report missing."""
    waits = values["kode_desa"].isin(silent) & by.rests_on_reports & (values["keadaan"] == "ada")
    code = values["kelas"].where(values["kelas"].notna(), values["keadaan"])
    if not by.is_official:
        code, waits = code.mask(waits, "belum_melapor"), waits & False
    return values[["kode_desa", *NAMES]].assign(kode_kelas=code, is_silent=waits)


def whole(table: Table, by: Measure) -> dict[str, float]:
    """The kabupaten out of the rows of `figures`: the same columns, without a rank."""
    rows = records(table)
    counts = {name: sum(int(row[name]) for row in rows) for name in ("jumlah", "n", "belum_melapor", "bagian")}
    if by.is_share:
        value = 100 * counts["bagian"] / counts["n"] if counts["n"] else np.nan
    else:
        sums = np.array([row["nilai"] * row["n"] if row["n"] else 0.0 for row in rows])
        value = float(sums.sum() / counts["n"]) if counts["n"] else np.nan
    return {**counts, "nilai": value}


def _ranked(rows: list[Row], by: Measure) -> list[Row]:
    """The rows best first, with competition ranks: those who share a place share the better one."""
    shown = as_shown([row["nilai"] for row in rows], by)
    can = [row["n"] == row["jumlah"] and row["n"] > 0 for row in rows]
    found = places([v if ranks else None for v, ranks in zip(shown, can, strict=True)], by)
    last = len(rows) + 1

    def key(n: int) -> tuple[int, float, str]:
        value = shown[n]
        return found[n] or last, 0.0 if value is None else -value if by.is_rising else value, rows[n]["nama_kecamatan"]

    return [
        {**rows[n], "peringkat": (p := found[n]), "bersama": found.count(p) - 1 if p else 0}
        for n in sorted(range(len(rows)), key=key)
    ]


def as_shown(values: Iterable[float], by: Measure) -> list[float | None]:
    """The values rounded as they are written, halves up, so that what reads alike ranks alike; None where missing."""
    step = 10.0**by.decimals
    return [None if pd.isna(v) else math.floor(v * step + 0.5 + 1e-9) / step for v in values]


def places(values: Sequence[float | None], by: Measure) -> list[int | None]:
    """The competition rank of each value, None where it is missing."""
    known = [v for v in values if v is not None]
    return [None if v is None else 1 + sum(other > v if by.is_rising else other < v for other in known) for v in values]


def compared(now: pd.DataFrame, then: pd.DataFrame | None, by: Measure) -> pd.DataFrame:
    """The rows of `figures` with `nilai_lama`, `selisih` and `naik`: places won since then, negative for lost.

    Both are missing unless the kecamatan is ranked at both dates. Places are counted among those that are, as a rank
    among fewer is another rank.
    """
    if then is None:
        return now.assign(nilai_lama=np.nan, selisih=np.nan, naik=pd.array([pd.NA] * len(now), dtype="Int64"))
    earlier = then.set_index("kode_kecamatan").reindex(now["kode_kecamatan"])
    both = (now["peringkat"].notna() & earlier["peringkat"].notna().to_numpy()).tolist()
    old, new = (
        [v if can else None for v, can in zip(as_shown(values, by), both, strict=True)]
        for values in (earlier["nilai"], now["nilai"])
    )
    pairs = zip(places(old, by), places(new, by), strict=True)
    return now.assign(
        nilai_lama=earlier["nilai"].to_numpy(),
        selisih=[np.nan if a is None or b is None else b - a for a, b in zip(old, new, strict=True)],
        naik=pd.array([None if a is None or b is None else a - b for a, b in pairs], dtype="Int64"),
    )


def with_one_more(table: pd.DataFrame, by: Measure) -> pd.DataFrame:
    """What one village more would do to a share: `tambah_poin` in percentage points, and `peringkat_tambah`.

    Missing where no village is left to add, where there is no rank, and for means.
    """
    points = 100 / table["n"].where((table["n"] > 0) & (table["bagian"] < table["n"])) if by.is_share else np.nan
    rows = table.assign(tambah_poin=points)
    is_ranked = list(rows["peringkat"].notna())
    shown = [v if can else None for v, can in zip(as_shown(rows["nilai"], by), is_ranked, strict=True)]
    ahead = [
        places([*shown[:n], value, *shown[n + 1 :]], by)[n] if is_ranked[n] else None
        for n, value in enumerate(as_shown(rows["nilai"] + rows["tambah_poin"], by))
    ]
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
    member = [group_of[str(k)] for k in table["kode_kecamatan"]]
    shown = as_shown(table["nilai"].where(table["peringkat"].notna()), by)
    inside: list[int | None] = [None] * len(table)
    for group in set(member):
        rows = [n for n, own in enumerate(member) if own == group]
        for n, place in zip(rows, places([shown[n] for n in rows], by), strict=True):
            inside[n] = place
    found = list(zip(member, inside, strict=True))
    return table.assign(
        kelompok=member,
        peringkat_kelompok=pd.array(inside, dtype="Int64"),
        bersama_kelompok=[found.count(own) - 1 if own[1] else 0 for own in found],
        diperingkat_kelompok=[sum(g == group and p is not None for g, p in found) for group in member],
    )


def silent_villages(scores: pd.DataFrame) -> frozenset[str]:
    """The villages of `queries.item_scores` with an item whose report is empty."""
    return frozenset(str(k) for k in scores.loc[scores["keadaan"] == "belum_melapor", "kode_desa"])
