"""Map layers made once in the build, so that a page never touches geometry.

A layer set is one JSON text the browser fetches from an immutable address:
`{"unit": [...], "garis": [...], "latar": [...], "batas": {code: [[south, west], [north, east]]}}` where `unit` are the
clickable village polygons, `garis` the kecamatan outlines with their label points, `latar` the borders around.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import duckdb
import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from kkb.build.petak import tile_layout
from kkb.rows import records

SIMPLIFY_DEGREES = 0.0002
"""Tolerance of the coverage simplification, about 22 m: below one pixel at the closest zoom in use."""
AROUND_DEGREES = 0.9
"""How far around the kabupaten its neighbours are drawn."""
TILE_WIDTH = 2.4
"""Width of a tile over its height, so that a name fits on two lines."""


def shapes(folder: Path) -> tuple[gpd.GeoSeries, gpd.GeoDataFrame]:
    """The polygons of all villages by their code, and those of the kabupaten around."""
    villages = gpd.read_file(folder / "batas/desa.geojson").set_index("kode_desa")["geometry"]
    return villages, gpd.read_file(folder / "batas/tetangga.geojson")


def geographic(shapes: gpd.GeoSeries, around: gpd.GeoDataFrame, villages: pd.DataFrame, districts: pd.DataFrame) -> str:
    """The true map of one kabupaten: villages simplified as one coverage, so that shared borders stay shared."""
    shapes = shapes.loc[list(villages["kode_desa"])]
    simple = gpd.GeoSeries(shapely.coverage_simplify(shapes.values, SIMPLIFY_DEGREES), index=shapes.index)
    by_district = villages.set_index("kode_desa")["kode_kecamatan"]
    outlines = simple.groupby(by_district.to_dict()).agg(shapely.union_all)
    outer = shapely.union_all(simple.values)
    window = shapely.box(*outer.buffer(AROUND_DEGREES).bounds)
    border = outer.buffer(SIMPLIFY_DEGREES)
    rest = around.geometry.simplify(5 * SIMPLIFY_DEGREES).difference(outer)
    units = [
        {"k": v["kode_desa"], "n": v["nama_desa"], "c": v["nama_kecamatan"], "g": coordinates(simple[v["kode_desa"]])}
        for v in records(villages)
    ]
    lines = [
        {
            "k": d["kode_kecamatan"],
            "n": d["nama_kecamatan"],
            "t": [d["label_lat"], d["label_lon"]],
            "g": coordinates(outlines[d["kode_kecamatan"]]),
        }
        for d in records(districts)
    ]
    back = [
        {
            "n": name,
            "t": [round(place.y, 3), round(place.x, 3)],
            "g": _lines(shape.boundary.intersection(window).difference(border)),
        }
        for name, shape in zip(around["nama_kabupaten"], rest, strict=True)
        if (place := shape.intersection(window).representative_point())
    ]
    boxes = {str(k): box(g) for k, g in outlines.items()} | {str(k): box(g) for k, g in simple.items()}
    return text({"unit": units, "garis": lines, "latar": back, "batas": boxes | {"semua": box(outer)}})


def store(
    connection: duckdb.DuckDBPyConnection,
    shapes: gpd.GeoSeries,
    around: gpd.GeoDataFrame,
    villages: pd.DataFrame,
    districts: pd.DataFrame,
) -> None:
    """Write `lapisan`: the layer sets 'peta' and 'petak' of each kabupaten, with the hash that is their address."""
    connection.execute("CREATE TABLE lapisan (kode_kabupaten VARCHAR, nama VARCHAR, sha256 VARCHAR, isi VARCHAR)")
    for code, own in districts.groupby("kode_kabupaten"):
        here = villages[villages["kode_kecamatan"].isin(own["kode_kecamatan"])]
        sets = {"peta": geographic(shapes, around, here, own), "petak": tiles(here, own)}
        connection.executemany(
            "INSERT INTO lapisan VALUES (?, ?, ?, ?)",
            [(code, n, key(s), s) for n, s in sets.items()],
        )


def tiles(villages: pd.DataFrame, districts: pd.DataFrame) -> str:
    """The equal-size map: one square a village, one block a kecamatan, blocks placed roughly as on the map."""
    layout = tile_layout(villages, districts)
    squares = {
        t["kode_desa"]: shapely.box(
            t["kolom"] * TILE_WIDTH, -t["baris"] - 1, (t["kolom"] + 0.95) * TILE_WIDTH, -t["baris"] - 0.08
        )
        for t in records(layout)
    }
    units = [
        {"k": v["kode_desa"], "n": v["nama_desa"], "c": v["nama_kecamatan"], "g": coordinates(squares[v["kode_desa"]])}
        for v in records(villages)
    ]
    corners = layout.groupby("kode_kecamatan", as_index=False)[["kolom", "baris"]].min()
    blocks = records(corners.merge(districts[["kode_kecamatan", "nama_kecamatan"]]))
    lines = [
        {
            "k": block["kode_kecamatan"],
            "n": block["nama_kecamatan"],
            "t": [-block["baris"] + 0.3, block["kolom"] * TILE_WIDTH],
            "g": [],
        }
        for block in blocks
    ]
    everything = shapely.union_all(list(squares.values()))
    boxes = {
        str(code): box(shapely.union_all([squares[k] for k in part["kode_desa"]]))
        for code, part in layout.groupby("kode_kecamatan")
    } | {k: box(g) for k, g in squares.items()}
    return text({"unit": units, "garis": lines, "latar": [], "batas": boxes | {"semua": box(everything, top=0.6)}})


def coordinates(shape: Any) -> list[Any]:
    """[polygon][ring] as [lat, lon, Δlat, Δlon, ...] in whole 1/10,000 degrees (11 m), first point not repeated."""
    polygons = [g for g in shapely.get_parts(shape) if g.geom_type == "Polygon"]
    return [[_deltas(ring) for ring in [p.exterior, *p.interiors]] for p in polygons]


def _lines(shape: Any) -> list[list[int]]:
    """[line] in the same whole numbers, for outlines that are not closed."""
    merged = shapely.line_merge(
        shapely.multilinestrings([g for g in shapely.get_parts(shape) if g.geom_type == "LineString"])
    )
    return [_deltas(line, last=None) for line in shapely.get_parts(merged)]


def _deltas(ring: Any, last: int | None = -1) -> list[int]:
    points = np.rint(np.asarray(ring.coords)[:last, ::-1] * 10_000).astype(int)
    return [int(n) for n in np.diff(points, axis=0, prepend=[[0, 0]]).ravel()]


def box(shape: Any, top: float = 0.0) -> list[list[float]]:
    """[[south, west], [north, east]] of a shape, with `top` more to the north."""
    west, south, east, north = shape.bounds
    return [[round(south, 4), round(west, 4)], [round(north + top, 4), round(east, 4)]]


def text(layers: dict[str, Any]) -> str:
    """A layer set as it is stored."""
    return json.dumps(layers, ensure_ascii=False, separators=(",", ":"))


def key(text: str) -> str:
    """The hash of a layer set that is its address."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]
