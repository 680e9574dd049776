"""Village figures that are no table of their own: read off recaps, of Indeks Desa, or brought as plain values."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from kkb.compute import rekap, skema

COLUMNS = ("kode_indikator", "periode", "kode_desa", "angka")


def measures(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """One row per indicator, period and village that has a figure; columns COLUMNS."""
    origin = tables["indikator"].dropna(subset=["asal"]).set_index("kode_indikator")["asal"].str.split(".", n=1).str
    recap, village, values = tables["rekap"], tables["indeks_desa"], tables["nilai_indikator"]
    wide = {
        "rekap": (recap, recap["tanggal"], rekap.indicator_values(recap)),
        "indeks_desa": (village, village["tahun"].astype("str"), village),
    }
    own = values[values["kode_wilayah"].str.len() == 10]
    found = [own.rename(columns={"kode_wilayah": "kode_desa", "nilai": "angka"})[list(COLUMNS)]]
    for name, (rows, periods, figures) in wide.items():
        columns = origin[1][origin[0] == name]
        known = figures[list(columns)].set_axis(list(columns.index), axis=1).astype("Float64")
        known = known.assign(kode_desa=rows["kode_desa"], periode=periods)
        found.append(known.melt(["kode_desa", "periode"], var_name="kode_indikator", value_name="angka"))
    return pd.concat(found, ignore_index=True).dropna(subset=["angka"]).astype({"kode_indikator": "str"})


def schemes(tables: Mapping[str, pd.DataFrame], known: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """`indikator` and `skema_peta` with a scheme for each indicator that has village figures and no official one;
    `known` are the `measures`.

    Such a scheme has the code of its indicator as its name.
    """
    indicators = tables["indikator"].copy()
    made = []
    for row in indicators.index[indicators["skema_peta"].isna()]:
        code = str(indicators.at[row, "kode_indikator"])
        values = known.loc[known["kode_indikator"] == code, "angka"]
        if len(values):
            unit, rising = str(indicators.at[row, "satuan"]), str(indicators.at[row, "arah"])
            made.append(skema.scheme(code, values, unit, rising == "turun"))
            indicators.at[row, "skema_peta"] = code
    return {"indikator": indicators, "skema_peta": pd.concat([tables["skema_peta"], *made], ignore_index=True)}
