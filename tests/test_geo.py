"""The GeoJSON opens in geopandas: valid polygons of the right size, and figures as on the sheets."""

import json
from datetime import date
from io import BytesIO
from itertools import pairwise

import geopandas as gpd
import pytest

from kkb import queries, store
from kkb.rapat import susun
from kkb.report import geo

UTM_50S = 32750


@pytest.fixture(scope="module")
def warehouse(published):
    return store.current(published)


@pytest.fixture(scope="module")
def pack(warehouse):
    return susun.pack(warehouse, None, None, date(2026, 11, 28))


@pytest.fixture(scope="module")
def made(pack):
    return geo.write(pack)


def test_polygons_are_valid_and_as_large_as_the_villages(made, warehouse):
    rows = gpd.read_file(BytesIO(made)).set_index("kode_desa")
    assert rows.crs.to_epsg() == 4326
    assert rows.is_valid.all()
    known = {c: queries.village_facts(warehouse, c)["luas_km2"].iloc[0] for c in rows.index}
    size = rows.to_crs(UTM_50S).area / 1e6
    assert [c for c in rows.index if abs(size[c] / known[c] - 1) > 0.01] == []
    assert len(rows) == 131


def test_exterior_rings_turn_left(made):
    for feature in json.loads(made)["features"]:
        shape = feature["geometry"]
        for polygon in [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]:
            for n, ring in enumerate(polygon):
                assert ring[0] == ring[-1]
                turn = sum(
                    (a[0] - ring[0][0]) * (b[1] - ring[0][1]) - (b[0] - ring[0][0]) * (a[1] - ring[0][1])
                    for a, b in pairwise(ring)
                )
                assert (turn > 0) == (n == 0), feature["id"]


def test_figures_are_those_of_the_sheets_and_missing_is_null(made, pack):
    told = json.loads(made)
    rows = {f["id"]: f["properties"] for f in told["features"]}
    assert sum(r["status"] == "sudah" for r in rows.values()) == 24
    assert sum(r["kelas"] == "tidak_dinilai" for r in rows.values()) == 107
    assert {r["nama_desa"] for k, r in rows.items() if k in ("6309032012", "6309082004")} == {"Padangin"}
    silent = rows["6309112008"]
    assert (silent["indeks_input"], silent["indeks_proses"], silent["indeks_output"]) == (3.6, 4.0, None)
    assert [r["idm"] for r in rows.values() if r["jenis"] == "Kelurahan"] == [None] * 10
    assert (told["metadata"]["versi"], told["metadata"]["tanda"]) == (pack.version, pack.seal)
    assert "MIT" in told["metadata"]["atribusi_batas"]
    assert "indikatif" in told["metadata"]["batas"]


def test_a_kecamatan_holds_its_own_villages_only(warehouse):
    own = susun.pack(warehouse, "630903", None, date(2026, 11, 28))
    assert {f["id"][:6] for f in json.loads(geo.write(own))["features"]} == {"630903"}
