"""A small kabupaten cut out of the real facts: two kecamatan, both villages named Padangin, two dates.

21 villages (Tanta 14, Muara Harus 7), 4 Kampung KB, so 17 to go and 19.0%.
"""

import json
import shutil
from pathlib import Path

import pandas as pd

from kkb.build.facts import refresh_fingerprints

DISTRICTS = ("630903", "630908")
DATES = ("2022-06-13", "2023-08-28")


def write(source: Path, target: Path, *, empty: bool = False) -> Path:
    """Write the facts folder; `empty` leaves the tables of Kampung KB without a row."""
    shutil.copytree(source, target)
    for file in ("desa", "kecamatan"):
        keep(target, f"{file}.csv", lambda t: t["kode_kecamatan"].isin(DISTRICTS))
    for file in ("alias_desa", "kampung_kb_status", "kampung_kb_klasifikasi", "kampung_kb_rekap", "idm"):
        keep(target, f"{file}.csv", lambda t: t["kode_desa"].str[:6].isin(DISTRICTS))
    keep(target, "kampung_kb_klasifikasi.csv", lambda t: t["tanggal"].isin(DATES))
    keep(target, "pembanding_klasifikasi.csv", lambda t: t["tanggal"].isin(DATES))
    if empty:
        for file in ("status", "klasifikasi", "rekap"):
            keep(target, f"kampung_kb_{file}.csv", lambda t: t["kode_desa"] == "")
        keep(target, "pembanding_klasifikasi.csv", lambda t: t["kode_wilayah"] != "6309")
    edit(target, "kabupaten.csv", 0, "jumlah_desa", "21")
    edit(target, "kabupaten.csv", 0, "jumlah_kelurahan", "0")
    if not empty:
        count(target, ["6309"])
    for file, key in (("desa", "kode_desa"), ("kecamatan", "kode_kecamatan")):
        path = target / "batas" / f"{file}.geojson"
        layer = json.loads(path.read_text(encoding="utf-8"))
        layer["features"] = [f for f in layer["features"] if f["properties"][key][:6] in DISTRICTS]
        path.write_text(json.dumps(layer), encoding="utf-8")
    refresh_fingerprints(target)
    return target


def divide(folder: Path) -> None:
    """Make Muara Harus, the second kecamatan, that of a kabupaten of its own, 6311."""
    for path in (*folder.glob("*.csv"), *folder.glob("batas/*.geojson")):
        path.write_text(path.read_text(encoding="utf-8").replace(DISTRICTS[1], "631108"), encoding="utf-8")
    table = pd.read_csv(folder / "kabupaten.csv", dtype="str")
    other = table.assign(kode_kabupaten="6311", nama_kabupaten="Lain", jumlah_desa="7")
    pd.concat([table.assign(jumlah_desa="14"), other]).to_csv(folder / "kabupaten.csv", index=False)
    edit(folder, "kecamatan.csv", 1, "kode_kabupaten", "6311")
    path = folder / "batas/kabupaten.geojson"
    layer = json.loads(path.read_text(encoding="utf-8"))
    (feature,) = layer["features"]
    layer["features"].append(feature | {"properties": feature["properties"] | {"kode_kabupaten": "6311"}})
    path.write_text(json.dumps(layer), encoding="utf-8")
    count(folder, ["6309", "6311"])
    refresh_fingerprints(folder)


def count(folder, regencies):
    """Count the classes of these kabupaten anew from those of their villages."""
    found = pd.read_csv(folder / "kampung_kb_klasifikasi.csv", dtype="str")
    counts = found.groupby(["tanggal", found["kode_desa"].str[:4], "klasifikasi"]).size()
    table = pd.read_csv(folder / "pembanding_klasifikasi.csv", dtype="str")
    for row in table.index[table["kode_wilayah"].isin(regencies)]:
        for name in ("dasar", "berkembang", "mandiri", "berkelanjutan"):
            key = (table.loc[row, "tanggal"], table.loc[row, "kode_wilayah"], name)
            table.loc[row, name] = str(counts.get(key, 0))
    table.to_csv(folder / "pembanding_klasifikasi.csv", index=False)


def keep(folder, file, which):
    """Keep only some rows of a table."""
    table = pd.read_csv(folder / file, dtype="str", keep_default_na=False)
    table[which(table)].to_csv(folder / file, index=False, lineterminator="\n")


def edit(folder, file, row, column, value):
    """Change one cell, by the place of its row from 0."""
    table = pd.read_csv(folder / file, dtype="str", keep_default_na=False)
    table.loc[row, column] = value
    table.to_csv(folder / file, index=False, lineterminator="\n")
