"""The villages of a pack as GeoJSON, to open in QGIS or geopandas: indicative borders with status, class and IDM."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pandas as pd
import shapely

from kkb import bahasa, lapis
from kkb import format as fmt
from kkb.bahasa import _
from kkb.rapat.lembar import Pack, Progress, silent
from kkb.report import semua_desa
from kkb.rows import Row, by

BOUNDARIES = "batas/desa.geojson"
"""The fact file the polygons come from."""


def write(pack: Pack, progress: Progress = silent) -> bytes:
    """A FeatureCollection (RFC 7946: WGS84, exterior rings counter-clockwise), one feature per village of the area, in
    the order of the codes. What is not known is null; `status` and `kelas` are codes, and say why there is no class."""
    with bahasa.speaking(pack.language):
        rows = by(semua_desa.table(pack), _("Kode"))
        told: dict[str, Any] = {"type": "FeatureCollection", "metadata": _metadata(pack), "features": []}
        units = {u["k"]: u for u in json.loads(pack.layer)["unit"]}
        for place, sheet in enumerate(pack.villages, 1):
            code = sheet.choice["desa"]
            told["features"].append(
                {
                    "type": "Feature",
                    "id": code,
                    "properties": _properties(pack, code, rows[fmt.village_code(code)]),
                    "geometry": _geometry(units[code]["g"]),
                }
            )
            progress(place / len(pack.villages))
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def _metadata(pack: Pack) -> dict[str, Any]:
    origin = next(o for o in pack.origins if o.file == BOUNDARIES)
    return {
        "judul": pack.title,
        "wilayah": pack.area_name,
        "status_per": pack.period,
        "kelas_per": pack.scored,
        "versi": pack.version,
        "tanda": pack.seal,
        "dibuat": pack.made,
        "keterangan": pack.stamp,
        "batas": _("Batas indikatif, disederhanakan; bukan batas hukum."),
        "atribusi_batas": origin.licence.replace('"', ""),
        "tanggal_batas": origin.date,
        "sumber": [f"{o.file}: {o.publisher} ({o.date})" for o in pack.origins],
    }


def _properties(pack: Pack, code: str, row: Row) -> dict[str, Any]:
    idm = next((c for c in row if c.startswith("IDM ")), None)
    return {
        "kode_desa": code,
        "nama_desa": row[_("Desa/kelurahan")],
        "kode_kecamatan": code[:6],
        "nama_kecamatan": row[_("Kecamatan")],
        "jenis": row[_("Jenis")],
        "status": _code(pack, "kabupaten", code),
        "kelas": _code(pack, "kecamatan", code),
        "indeks_input": _known(row[_("Indeks input")], 2),
        "indeks_proses": _known(row[_("Indeks proses")], 2),
        "indeks_output": _known(row[_("Indeks output")], 2),
        "poin_kurang": _known(row[_("Poin")]),
        "catatan": _known(row[_("Catatan")]) or None,
        "idm": _known(row[idm], 4) if idm else None,
        "idm_tahun": idm.removeprefix("IDM ") if idm else None,
        "status_idm": _known(row[_("Status IDM")]),
    }


def _code(pack: Pack, part: str, village: str) -> str:
    """The code of the class or state of a village, from the first map of a part of the agenda."""
    view = next(s.map for s in pack.sheets if s.part == part and s.map)
    return view.classes[village]


def _known(value: Any, decimals: int | None = None) -> Any:
    """The value, rounded as it is shown, as plain JSON; None when missing."""
    if pd.isna(value):
        return None
    if isinstance(value, str):
        return value
    return int(value) if decimals is None else round(float(value), decimals)


def _geometry(parts: list[list[list[int]]]) -> Mapping[str, Any]:
    """A valid (multi)polygon with its exterior rings counter-clockwise. Rounding to 11 m may have left spikes."""
    polygons = [shapely.Polygon(rings[0], rings[1:]) for part in parts if (rings := [lapis.points(r) for r in part])]
    whole = shapely.make_valid(shapely.union_all(polygons), method="structure", keep_collapsed=False)
    told: dict[str, Any] = json.loads(shapely.to_geojson(shapely.orient_polygons(whole)))
    return told
