"""A made-up nation for tests and measurements: "Desa Contoh ...", never shown to a user.

The same number of villages always gives the same nation. The first kabupaten (1101) has 131 villages in 12 kecamatan in
every nation, with the same figures, so what is measured on it can be compared between nations. All other villages are
spread evenly over up to 513 kabupaten in 38 provinces. Figures are drawn by DuckDB's hash of the code, month and
column; the tables of state and class are made by the scripts of the build.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from math import ceil
from pathlib import Path
from typing import Any

import duckdb
import geopandas as gpd
import pandas as pd
import shapely

from kkb import store
from kkb.build import SQL, atas, layers, saring

FIRST, FIRST_VILLAGES, FIRST_DISTRICTS = "1101", 131, 12
PROVINCES, REGENCIES = 38, 514
PER_REGENCY, PER_DISTRICT = 163.5, 11
INDICATORS, MONTHS = 50, 60
CELL = 0.02
"""Side of a village, a square, in degrees."""
CATALOGUE = (
    *("aturan_item", "skema_peta", "opd", "indikator_opd", "inpres_program", "inpres_kegiatan", "inpres_indikator"),
    *("sumber", "indikator"),
)
"""Tables copied whole from a real version: words, rules and colours, no figures of places."""
EMPTY = ("alias_desa", "fakta", "idm", "idm_kabupaten", "indeks_desa", "kegiatan", "keputusan", "nilai_indikator")
"""Tables of which only the columns are copied."""
LIKE = ("kabupaten", "kecamatan", "desa", "status", "klasifikasi", "rekap", "target")
PLACES = ("kabupaten", "kecamatan", "desa")
PER_AREA = ("status", "klasifikasi", "rekap", "pelaporan", "ukuran", "nilai", "cakupan", "tetangga_desa")
SHARED = ("indikator", "skema_peta", "bulan")
"""What the figures of a kabupaten are drawn from, the same for all."""
FRESH = ("status", "klasifikasi", "rekap", "ukuran", "keputusan", "idm")
"""Tables that each kabupaten begins empty, so that no row of another is counted again."""
RECAP_WHOLE = {"nama_kampung_kb", "tanggal", "kode_desa"}

Places = tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame, gpd.GeoSeries]


def sizes(villages: int) -> list[int]:
    """How many villages each kabupaten has, the first one first."""
    rest = villages - FIRST_VILLAGES
    others = min(REGENCIES - 1, round(rest / PER_REGENCY)) if rest else 0
    return [FIRST_VILLAGES, *(rest // others + (n < rest % others) for n in range(others))]


def write(folder: Path, catalogue: Path, villages: int, months: int = MONTHS) -> str:
    """Write and publish a nation into a data folder; returns its version. `catalogue` is the file of a real version."""
    started = time.perf_counter()
    version = f"contoh{villages}"
    folder.mkdir(parents=True, exist_ok=True)
    path = store.path_of(folder, version)
    path.unlink(missing_ok=True)
    with duckdb.connect(str(path)) as connection:
        connection.execute(f"ATTACH '{catalogue}' AS asli (READ_ONLY)")
        _tables(connection, months)
        places = list(_places(sizes(villages)))
        for number, name in enumerate(PLACES):
            _append(connection, name, pd.concat([p[number] for p in places], ignore_index=True))
        shapes = gpd.GeoSeries(pd.concat([p[3] for p in places]))
        for regency, _, own, squares in places:
            _figures(connection, str(regency["kode_kabupaten"][0]), own, _touching(squares))
        around = gpd.GeoDataFrame({"nama_kabupaten": pd.Series(dtype="str")}, geometry=[])
        named = pd.concat([p[2].merge(p[1][["kode_kecamatan", "nama_kecamatan"]]) for p in places])
        layers.store(connection, shapes, around, named, pd.concat([p[1] for p in places]))
        atas.store(connection, shapes, pd.concat([p[0] for p in places], ignore_index=True))
        _nation(connection)
        saring.narrow(connection)
        connection.execute("DROP TABLE bulan")
        connection.execute("DETACH asli")
        store.seal(connection, version, time.perf_counter() - started)
    store.publish(folder, version)
    return version


def _tables(connection: duckdb.DuckDBPyConnection, months: int) -> None:
    for name in CATALOGUE:
        connection.execute(f"CREATE TABLE {name} AS SELECT * FROM asli.{name}")
    for name in (*EMPTY, *LIKE, *PER_AREA[3:], "pembanding_wilayah", "pembanding_klasifikasi"):
        connection.execute(f"CREATE TABLE {name} AS SELECT * FROM asli.{name} LIMIT 0")
    # As many indicators as asked for have village figures: those with a scheme, then others in percent.
    connection.execute(
        "UPDATE indikator SET skema_peta = 'PK04' WHERE kode_indikator IN (SELECT kode_indikator FROM indikator "
        "WHERE skema_peta IS NULL AND asal IS NULL AND satuan = '%' AND tingkat = 'desa' ORDER BY 1 LIMIT greatest(0, "
        f"{INDICATORS} - (SELECT count(*) FROM indikator WHERE skema_peta IS NOT NULL)))"
    )
    # Village figures all come as plain values by month here, those of IDM too.
    connection.execute("UPDATE indikator SET asal = NULL WHERE asal LIKE 'idm.%' OR asal LIKE 'indeks_desa.%'")
    connection.execute(
        "CREATE TEMP TABLE bulan AS SELECT CAST(DATE '2021-01-28' + to_months(CAST(i AS INTEGER)) AS DATE) AS tanggal, "
        f"i AS n FROM range({months}) AS t(i)"
    )


def _places(counts: list[int]) -> Iterator[Places]:
    """The kabupaten, kecamatan and villages of each kabupaten, and its villages as squares. Provinces lie
    side by side, and so do the kabupaten of one."""
    side, wide = CELL * (int(max(counts) ** 0.5) + 1), ceil(ceil(len(counts) / PROVINCES) ** 0.5)
    for number, count in enumerate(counts):
        code = f"{11 + number % PROVINCES}{1 + number // PROVINCES:02d}"
        province, place = number % PROVINCES, number // PROVINCES
        east = 95 + side * (wide * (province % 8) + place % wide)
        north = 5 - side * (wide * (province // 8) + place // wide)
        parts = FIRST_DISTRICTS if number == 0 else max(1, count // PER_DISTRICT)
        columns = int(count**0.5) + 1
        rows: list[dict[str, Any]] = []
        for n in range(count):
            part = n * parts // count
            lon, lat = east + CELL * (n % columns), north - CELL * (n // columns)
            rows.append(
                {
                    "kode_desa": f"{code}{part + 1:02d}2{n + 1:03d}",
                    "nama_desa": f"Desa Contoh {n + 1:03d}",
                    "jenis": "desa",
                    "kode_kecamatan": f"{code}{part + 1:02d}",
                    "kode_bps": None,
                    "luas_km2": 4.9,
                    "label_lon": lon,
                    "label_lat": lat,
                }
            )
        villages = pd.DataFrame(rows)
        grouped = villages.groupby("kode_kecamatan", as_index=False)
        districts = grouped.agg(
            jumlah_desa=("kode_desa", "size"),
            luas_km2=("luas_km2", "sum"),
            label_lon=("label_lon", "mean"),
            label_lat=("label_lat", "mean"),
        )
        districts["nama_kecamatan"] = [f"Contoh {k[4:]}" for k in districts["kode_kecamatan"]]
        districts = districts.assign(kode_kabupaten=code, kode_bps=None, jumlah_kelurahan=0)
        regency = pd.DataFrame(
            {
                "kode_kabupaten": [code],
                "nama_kabupaten": [f"Contoh {number + 1:03d}"],
                "provinsi": [f"Provinsi Contoh {1 + number % PROVINCES:02d}"],
                "jumlah_desa": [count],
                "jumlah_kelurahan": [0],
                "luas_km2": [4.9 * count],
            }
        )
        middle = villages[["label_lon", "label_lat"]].to_numpy()
        squares = shapely.set_precision(shapely.box(*(middle - CELL / 2).T, *(middle + CELL / 2).T), 1e-6)
        yield regency, districts, villages, gpd.GeoSeries(squares, index=villages["kode_desa"].to_numpy())


def _touching(squares: gpd.GeoSeries) -> pd.DataFrame:
    """Pairs of villages side by side, told from both sides."""
    codes, places = squares.index.to_numpy(), squares.to_numpy()
    one, other = shapely.STRtree(places).query(places, predicate="intersects")
    shared = (one != other) & (shapely.length(shapely.intersection(places[one], places[other])) > 0)
    return pd.DataFrame({"kode_desa": codes[one[shared]], "kode_tetangga": codes[other[shared]]})


def _append(connection: duckdb.DuckDBPyConnection, name: str, rows: pd.DataFrame) -> None:
    connection.register("_baris", rows)
    connection.execute(f"INSERT INTO {name} BY NAME SELECT * FROM _baris")
    connection.unregister("_baris")


def _figures(nation: duckdb.DuckDBPyConnection, code: str, villages: pd.DataFrame, pairs: pd.DataFrame) -> None:
    """Draw the figures of one kabupaten, run the scripts of the build on them, and add them to the nation."""
    with duckdb.connect() as area:
        for name in (*FRESH, *SHARED):
            some = "" if name in SHARED else " LIMIT 0"
            area.register("_baris", nation.execute(f"FROM {name}{some}").to_arrow_table())
            area.execute(f"CREATE TABLE {name} AS FROM _baris")
            area.unregister("_baris")
        area.register("_desa", villages)
        area.execute("CREATE TABLE desa AS FROM _desa")
        area.execute("CREATE TABLE tetangga_desa AS FROM pairs ORDER BY ALL")
        area.execute(
            "INSERT INTO status BY NAME SELECT kode_desa, 'sudah' AS status, (SELECT min(tanggal) FROM bulan) AS "
            "tercatat_sejak FROM desa WHERE hash(kode_desa) % 5 = 0 ORDER BY kode_desa"
        )
        area.execute(_recap(area))
        area.execute(_scores(area))
        area.execute(_measures())
        for script in sorted(SQL.glob("[12]*.sql")):
            area.execute(script.read_text(encoding="utf-8"))
        for name in PER_AREA:
            nation.register("_baris", area.execute(f"FROM {name}").to_arrow_table())
            nation.execute(f"INSERT INTO {name} BY NAME FROM _baris")
            nation.unregister("_baris")


def _recap(area: duckdb.DuckDBPyConnection) -> str:
    """Recaps of all Kampung KB and months; one village in ten left its reports blank."""
    drawn = []
    for name, kind in area.execute("SELECT column_name, column_type FROM (DESCRIBE rekap)").fetchall():
        if name in RECAP_WHOLE:
            continue
        chance = f"hash(s.kode_desa, b.n // 6, '{name}')"
        if kind == "BOOLEAN":
            drawn.append(f"{chance} % 3 > 0 AS {name}")
        elif name.startswith("punya_") or name in ("pus_pasangan", "keluarga_kk", "remaja_jiwa"):
            drawn.append(f"CAST(400 + {chance} % 200 AS BIGINT) AS {name}")
        elif name == "penduduk_jiwa":
            drawn.append(f"CAST(1500 + {chance} % 900 AS BIGINT) AS {name}")
        elif name.endswith("_jumlah"):
            drawn.append(f"CAST(1 + {chance} % 4 AS BIGINT) AS {name}")
        else:
            drawn.append(
                f"CASE WHEN hash(s.kode_desa, 'lapor') % 10 > 0 THEN CAST(1 + {chance} % 30 AS BIGINT) END AS {name}"
            )
    return (
        "INSERT INTO rekap BY NAME SELECT b.tanggal, s.kode_desa, 'Kampung KB Contoh' AS nama_kampung_kb, "
        f"{', '.join(drawn)} FROM bulan AS b CROSS JOIN status AS s ORDER BY ALL"
    )


def _scores(area: duckdb.DuckDBPyConnection) -> str:
    """Scores drawn anew every half year, their indices, and the class by the official rule."""
    names = [r[0] for r in area.execute("SELECT column_name FROM (DESCRIBE klasifikasi)").fetchall()]
    items = [n for n in names if n.startswith("skor_")]
    most = {n: 3 if n in ("skor_sarana", "skor_plkb_regulasi") else 4 for n in items}
    parts = {"input": items[:5], "proses": items[5:8], "output": items[8:]}
    drawn = ", ".join(
        f"CAST(least({most[n]}, 1 + hash(s.kode_desa, b.n // 6, '{name}') % 3 + hash(s.kode_desa, b.n // 6, '{n}') % 2)"
        f" AS BIGINT) AS {n}"
        for name, part in parts.items()
        for n in part
    )
    index = {f"indeks_{name}": f"round(({' + '.join(part)}) / {len(part)}, 2)" for name, part in parts.items()}
    return (
        f"INSERT INTO klasifikasi BY NAME WITH skor AS (SELECT b.tanggal, s.kode_desa, {drawn} FROM bulan AS b "
        "CROSS JOIN status AS s), indeks AS (SELECT *, 'Kampung KB Contoh' AS nama_kampung_kb, "
        f"{', '.join(f'{rule} AS {name}' for name, rule in index.items())} FROM skor) SELECT *, CASE "
        "WHEN indeks_input >= 3 AND indeks_proses >= 3 AND indeks_output >= 3 THEN 'berkelanjutan' "
        "WHEN indeks_output >= 3 AND (indeks_input >= 3 OR indeks_proses >= 3) THEN 'mandiri' "
        "WHEN indeks_input >= 3 AND indeks_proses >= 3 THEN 'berkembang' ELSE 'dasar' END AS klasifikasi "
        "FROM indeks ORDER BY tanggal, kode_desa"
    )


def _measures() -> str:
    """A figure for each indicator that is read off recaps or brought, within the limits of its scheme."""
    return (
        "INSERT INTO ukuran BY NAME WITH batas AS (SELECT skema, min(batas_bawah) AS bawah, max(batas_atas) AS atas, "
        "max(batas_atas) = 2 AS is_ya FROM skema_peta WHERE batas_bawah IS NOT NULL GROUP BY skema) "
        "SELECT i.kode_indikator, CAST(b.tanggal AS VARCHAR) AS periode, d.kode_desa, CASE WHEN is_ya THEN "
        "CAST(hash(d.kode_desa, b.n // 6, i.kode_indikator) % 2 AS DOUBLE) ELSE bawah + (atas - bawah) * "
        "(1 + hash(d.kode_desa, b.n // 3, i.kode_indikator) % 998) / 1000 END AS angka "
        "FROM indikator AS i JOIN batas ON batas.skema = i.skema_peta CROSS JOIN bulan AS b CROSS JOIN desa AS d "
        "LEFT JOIN status AS s USING (kode_desa) "
        "WHERE i.asal IS NULL OR (i.asal LIKE 'rekap.%' AND s.kode_desa IS NOT NULL)"
    )


def _nation(connection: duckdb.DuckDBPyConnection) -> None:
    """The tables that set areas beside each other, counted from the classes."""
    connection.execute(
        "INSERT INTO pembanding_wilayah BY NAME SELECT kode_kabupaten AS kode_wilayah, nama_kabupaten AS nama_wilayah, "
        "jumlah_desa, jumlah_kelurahan FROM kabupaten UNION ALL BY NAME SELECT '00' AS kode_wilayah, 'Indonesia' AS "
        "nama_wilayah, sum(jumlah_desa) AS jumlah_desa, 0 AS jumlah_kelurahan FROM kabupaten"
    )
    connection.execute(
        "INSERT INTO target BY NAME SELECT 'KKB01' AS kode_indikator, kode_kabupaten AS kode_wilayah, 2024 AS tahun, "
        "jumlah_desa AS target, 'desa/kelurahan' AS satuan, 'Contoh' AS sumber FROM kabupaten"
    )
    connection.execute(
        "INSERT INTO nilai_indikator BY NAME SELECT 'KKB01' AS kode_indikator, kode_wilayah, '2023' AS periode, "
        "CAST(hash(kode_wilayah) % 100 AS DOUBLE) AS nilai, 'Contoh' AS sumber FROM (SELECT kode_kabupaten AS "
        "kode_wilayah FROM kabupaten UNION SELECT left(kode_kabupaten, 2) FROM kabupaten UNION SELECT '00')"
    )
    counted = ", ".join(
        f"count(*) FILTER (klasifikasi = '{c}') AS {c}" for c in ("dasar", "berkembang", "mandiri", "berkelanjutan")
    )
    for area in ("left(kode_desa, 4)", "'00'"):
        connection.execute(
            f"INSERT INTO pembanding_klasifikasi BY NAME SELECT tanggal, {area} AS kode_wilayah, {counted} "
            "FROM klasifikasi GROUP BY ALL"
        )
