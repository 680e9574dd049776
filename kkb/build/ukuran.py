"""Village figures that are no table of their own: read off recaps, of Indeks Desa, or brought as plain values."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from kkb.compute import rekap, skema

COLUMNS = ("kode_indikator", "periode", "kode_desa", "angka")


def measures(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """One row per indicator, period and village that has a figure; columns COLUMNS."""
    origin = tables["indikator"].dropna(subset=["asal"]).set_index("kode_indikator")["asal"].str.split(".", n=1).str
    table, column = origin[0], origin[1]
    found = []
    recap = tables["rekap"]
    read = rekap.indicator_values(recap)
    for code in table.index[table == "rekap"]:
        found.append(
            recap[["kode_desa"]].assign(periode=recap["tanggal"], angka=read[column[code]], kode_indikator=code)
        )
    village = tables["indeks_desa"]
    for code in table.index[table == "indeks_desa"]:
        year = village["tahun"].astype("str")
        found.append(village[["kode_desa"]].assign(periode=year, angka=village[column[code]], kode_indikator=code))
    values = tables["nilai_indikator"]
    own = values[values["kode_wilayah"].str.len() == 10]
    found.append(own.rename(columns={"kode_wilayah": "kode_desa", "nilai": "angka"}))
    one = [t[list(COLUMNS)].astype({"angka": "Float64"}) for t in found]
    return pd.concat(one, ignore_index=True).dropna(subset=["angka"])


def schemes(tables: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """`indikator` and `skema_peta` with a scheme for each indicator that has village figures and no official one.

    Such a scheme has the code of its indicator as its name.
    """
    indicators = tables["indikator"].copy()
    known = measures(tables)
    made = []
    for row in indicators.index[indicators["skema_peta"].isna()]:
        code = str(indicators.at[row, "kode_indikator"])
        values = known.loc[known["kode_indikator"] == code, "angka"]
        if len(values):
            unit, rising = str(indicators.at[row, "satuan"]), str(indicators.at[row, "arah"])
            made.append(skema.scheme(code, values, unit, rising == "turun"))
            indicators.at[row, "skema_peta"] = code
    return {"indikator": indicators, "skema_peta": pd.concat([tables["skema_peta"], *made], ignore_index=True)}
