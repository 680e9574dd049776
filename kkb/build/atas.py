"""Above the kabupaten, made once in the build: map layers of the provinces and of the kabupaten of each, dissolved from
the villages, and the map classes of their coverage.

A layer set here is one of `kkb.build.layers` whose `unit` are the areas right below another, with the place `t` of each
name, and which has no lines beside them. A version of one kabupaten has none.
"""

from __future__ import annotations

import duckdb
import geopandas as gpd
import pandas as pd
import shapely

from kkb.build import layers
from kkb.compute import skema

NATION = "00"
SCHEME = "cakupan"
DETAIL = 3_000
"""The longer side of a map above the kabupaten is so many tolerances of its coverage simplification: 1.7 km for all of
Indonesia, 110 m for a province three degrees wide. Islands and holes of less than four squares of that are left out."""
NO_DATA = {
    "skema": SCHEME,
    "urutan": 99,
    "kode_kelas": "tanpa_data",
    "label": "Belum ada data",
    "label_en": "No data yet",
    "warna": "#ffffff",
    "motif": "silang",
    "catatan": "Tidak ada klasifikasi pada tanggal ini",
    "catatan_en": "No classification on this date",
}


def store(connection: duckdb.DuckDBPyConnection, shapes: gpd.GeoSeries, regencies: pd.DataFrame) -> None:
    """Write `lapisan_atas`, one row per province and one for the nation, and the scheme `cakupan`; only the empty table
    where there is one kabupaten. `shapes` are all villages by their code."""
    connection.execute("CREATE TABLE lapisan_atas (kode_induk VARCHAR, sha256 VARCHAR, isi VARCHAR)")
    if len(regencies) < 2:
        return
    connection.executemany(
        "INSERT INTO lapisan_atas VALUES (?, ?, ?)",
        [(code, layers.key(s), s) for code, s in sets(shapes, regencies).items()],
    )
    connection.register("_baris", classes(connection.execute("FROM cakupan").df()))
    connection.execute("INSERT INTO skema_peta BY NAME SELECT * FROM _baris")
    connection.unregister("_baris")


def sets(shapes: gpd.GeoSeries, regencies: pd.DataFrame) -> dict[str, str]:
    """The layer set of each province by its code, and of the nation under '00'."""
    whole = _dissolved(shapes, 4)
    named = regencies.set_index("kode_kabupaten").sort_index()
    provinces = named["provinsi"].groupby(named.index.str[:2]).min()
    made = {
        str(code): layer(whole.loc[list(own.index)], own["nama_kabupaten"])
        for code, own in named.groupby(named.index.str[:2])
    }
    return made | {NATION: layer(_dissolved(whole, 2), provinces)}


def layer(shapes: gpd.GeoSeries, names: pd.Series) -> str:
    """One layer set: areas simplified as one coverage, in the order of their codes. Both are by code."""
    west, south, east, north = shapes.total_bounds
    tolerance = max(layers.SIMPLIFY_DEGREES, max(east - west, north - south) / DETAIL)
    seen = [_without_specks(shape, (2 * tolerance) ** 2) for shape in shapes]
    simple = gpd.GeoSeries(shapely.coverage_simplify(seen, tolerance), index=shapes.index)
    units = [
        {"k": str(code), "n": str(names[code]), "c": "", "t": _spot(shape), "g": layers.coordinates(shape)}
        for code, shape in simple.items()
    ]
    boxes = {str(code): layers.box(shape) for code, shape in simple.items()}
    everything = layers.box(shapely.box(*simple.total_bounds))
    return layers.text({"unit": units, "garis": [], "latar": [], "batas": boxes | {"semua": everything}})


def classes(coverage: pd.DataFrame) -> pd.DataFrame:
    """Rows of `skema_peta`: even steps that hold the shares of all kabupaten on all dates, hence those of provinces
    too, and the state of an area without data. `coverage` is the table `cakupan`."""
    share = 100 * coverage["jumlah_kampung_kb"] / coverage["jumlah_wilayah"]
    ends = pd.Series([share.min() // 1, -(-share.max() // 1)])
    steps = skema.scheme(SCHEME, ends, "%", False) if len(share) else pd.DataFrame()
    return pd.concat([steps, pd.DataFrame([NO_DATA])], ignore_index=True)


def _dissolved(shapes: gpd.GeoSeries, digits: int) -> gpd.GeoSeries:
    """The union of the shapes whose codes begin alike, in the order of the codes."""
    return gpd.GeoSeries(shapes.groupby(shapes.index.str[:digits]).agg(shapely.union_all)).sort_index()


def _without_specks(shape: shapely.Geometry, least: float) -> shapely.Geometry:
    """Without islands and holes smaller than `least`, in square degrees; the largest part stays whatever its size."""
    parts = [p for p in shapely.get_parts(shape) if p.geom_type == "Polygon"]
    largest = max(parts, key=lambda p: p.area)
    return shapely.multipolygons(
        [
            shapely.Polygon(p.exterior, [h for h in p.interiors if shapely.Polygon(h).area >= least])
            for p in parts
            if p is largest or p.area >= least
        ]
    )


def _spot(shape: shapely.Geometry) -> list[float]:
    """Where the name of an area stands: inside its largest part; latitude, longitude."""
    largest = max(shapely.get_parts(shape), key=lambda p: p.area)
    place = largest.representative_point()
    return [round(place.y, 4), round(place.x, 4)]
