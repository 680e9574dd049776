"""The ranking of the kecamatan: places, ties, what is not ranked, and that its parts add up to the kabupaten."""

import base64
import re
from itertools import product

import numpy as np
import pandas as pd
import pytest

from kkb import queries
from kkb.charts import kecamatan as charts
from kkb.charts import peta_kecil
from kkb.compute import camat, kecamatan
from kkb.naskah import kecamatan as naskah
from kkb.rows import by
from kkb.selection import CLASS, STATUS

DATES = ("2022-06-13", "2022-11-22", "2023-08-28")


def measure(warehouse, code):
    return kecamatan.measure(by(queries.indicators(warehouse), "kode_indikator")[code], 2)


def figures(warehouse, code, period):
    silent = kecamatan.silent_villages(queries.item_scores(warehouse, period)) if len(period) == 10 else frozenset()
    values = queries.village_values(warehouse, code, period)
    return kecamatan.figures(values, measure(warehouse, code), silent)


def rates(rising=True, decimals=2):
    return kecamatan.Measure("XX01", "rata", (), decimals, rising, False, False)


def values(**figures):
    """One village per figure: kecamatan name -> its figures; None is not reported."""
    rows = [
        {
            "kode_desa": f"{name}{n}",
            "kode_kecamatan": name,
            "nama_kecamatan": name,
            "nilai": np.nan if v is None else v,
            "kelas": None if v is None else "k",
            "keadaan": "belum_melapor" if v is None else "ada",
        }
        for name, listed in figures.items()
        for n, v in enumerate(listed)
    ]
    return pd.DataFrame(rows)


def places(table):
    return {r["kode_kecamatan"]: (r["peringkat"], r["bersama"]) for r in table.to_dict("records")}


def test_coverage_ranks_with_ties_in_the_open(warehouse):
    table = figures(warehouse, STATUS, "2023-08-28")
    names = dict(zip(table["nama_kecamatan"], table["peringkat"], strict=True))
    assert list(names.values()) == [1, 2, 2, 4, 4, 6, 7, 8, 9, 9, 11, 11]
    assert (names["Upau"], names["Tanjung"], names["Banua Lawas"]) == (1, 11, 11)
    assert naskah.rank_words(9, 1, 12) == "9 dari 12 (bersama 1 lainnya)"


@pytest.mark.parametrize(
    ("code", "period"), [*product([STATUS, CLASS, "KKB04", "KKB06", "SK11"], DATES), ("DS01", "2024")]
)
def test_the_kecamatan_add_up_to_the_kabupaten(warehouse, code, period):
    table = figures(warehouse, code, period)
    whole = kecamatan.whole(table, measure(warehouse, code))
    rows = queries.village_values(warehouse, code, period)
    meant = rows[~rows["keadaan"].isin(["tidak_dinilai", "tidak_berlaku"])]
    assert len(table) == 12
    assert whole["jumlah"] == len(meant)
    if code == STATUS:
        assert (whole["bagian"], whole["n"]) == (24, 131)
    elif code == CLASS:
        counts = queries.class_counts(warehouse)
        upper = counts[(counts["periode"] == period) & counts["kelas"].isin(kecamatan.UPPER)]
        assert whole["bagian"] == upper["jumlah"].sum()
    else:
        scores = queries.item_scores(warehouse, period) if len(period) == 10 else None
        silent = kecamatan.silent_villages(scores) if code == "KKB06" else ()
        known = meant[(meant["keadaan"] == "ada") & ~meant["kode_desa"].isin(silent)]
        assert whole["nilai"] == pytest.approx(known["nilai"].mean())
        assert whole["n"] == len(known)


def test_a_kecamatan_that_waits_for_a_report_is_neither_low_nor_high(warehouse):
    table = figures(warehouse, "KKB06", "2023-08-28").set_index("nama_kecamatan")
    waiting = table[table["belum_melapor"] > 0]
    assert set(waiting.index) == {"Banua Lawas", "Haruai", "Jaro", "Kelua", "Tanjung"}
    assert waiting["peringkat"].isna().all()
    assert (waiting["n"] == 1).all()
    assert table.loc["Jaro", "nilai"] == 2.75  # of Purui alone; with Garagata's scores of 1 it would be 1.88
    assert table["peringkat"].max() == 6


def test_an_official_class_counts_as_published_but_is_marked(warehouse):
    table = figures(warehouse, CLASS, "2023-08-28")
    assert table["peringkat"].notna().all()
    assert table["belum_melapor"].sum() == 5
    silent = kecamatan.silent_villages(queries.item_scores(warehouse, "2023-08-28"))
    states = kecamatan.states(
        queries.village_values(warehouse, CLASS, "2023-08-28"), measure(warehouse, CLASS), silent
    ).set_index("kode_desa")
    assert tuple(states.loc["6309112008", ["kode_kelas", "is_silent"]]) == ("berkembang", True)
    output = kecamatan.states(
        queries.village_values(warehouse, "KKB06", "2023-08-28"), measure(warehouse, "KKB06"), silent
    ).set_index("kode_desa")
    assert output.loc["6309112008", "kode_kelas"] == "belum_melapor"


def test_what_reads_alike_ranks_alike():
    table = kecamatan.figures(values(A=[2.625], B=[2.634], C=[2.6]), rates())
    assert places(table) == {"A": (1, 1), "B": (1, 1), "C": (3, 0)}


def test_where_less_is_better_the_lowest_leads():
    table = kecamatan.figures(values(A=[1, 2], B=[3], C=[None, 1]), rates(rising=False))
    assert list(table["kode_kecamatan"]) == ["A", "B", "C"]
    assert [places(table)[k][0] for k in "AB"] == [1, 2]
    assert pd.isna(places(table)["C"][0])
    indicator = {"satuan": "anak", "nama": "Stunting", "nama_en": "Stunting"}
    assert naskah.title(table, rates(rising=False), indicator) == (
        "Rata-rata Stunting di 2 kecamatan yang datanya lengkap: terendah di A (1,50), tertinggi di B (3,00)"
    )


def test_an_indicator_that_says_yes_or_no_is_a_share():
    row = {"kode_indikator": "KKB07", "skema_peta": "KKB07", "satuan": "ya/tidak", "arah": "naik", "asal": None}
    by_yes = kecamatan.measure(row, 2)
    table = kecamatan.figures(values(A=[1, 0], B=[0, 0]), by_yes)
    assert list(table["nilai"]) == [50, 0]
    assert naskah.count(table.to_dict("records")[0], by_yes) == "1 dari 2"


def test_places_won_are_counted_among_those_ranked_at_both_dates():
    then = kecamatan.figures(values(A=[3], B=[2], C=[None], D=[1]), rates())
    now = kecamatan.figures(values(A=[3], B=[2], C=[9], D=[2.5]), rates())
    moved = kecamatan.compared(now, then, rates()).set_index("kode_kecamatan")
    assert pd.isna(moved.loc["C", "naik"])
    assert [moved.loc[k, "naik"] for k in "ABD"] == [0, -1, 1]
    assert moved.loc["D", "selisih"] == 1.5
    assert np.isnan(moved.loc["C", "selisih"])
    assert naskah.change({"naik": 1, "selisih": 1.5}, rates()) == "+1,50, naik 1 peringkat"
    assert naskah.change({"naik": -1, "selisih": 0.0}, rates()) == "angka tetap, turun 1 peringkat"


def test_one_village_more_shows_how_small_the_numbers_are(warehouse):
    coverage = measure(warehouse, STATUS)
    table = kecamatan.with_one_more(figures(warehouse, STATUS, "2023-08-28"), coverage).set_index("nama_kecamatan")
    assert table.loc["Tanjung", "tambah_poin"] == pytest.approx(100 / 15)
    assert table.loc["Tanjung", "peringkat_tambah"] == 6
    upper = kecamatan.with_one_more(figures(warehouse, CLASS, "2023-08-28"), measure(warehouse, CLASS))
    assert upper.set_index("nama_kecamatan").loc["Upau", "peringkat_tambah"] is pd.NA


def test_groups_hold_every_kecamatan_once_and_rank_within(warehouse):
    districts = queries.districts(warehouse)
    group_of = kecamatan.groups(districts)
    assert pd.Series(group_of).value_counts().to_dict() == {"sedikit": 5, "banyak": 4, "kelurahan": 3}
    table = kecamatan.within_groups(figures(warehouse, STATUS, "2023-08-28"), group_of, measure(warehouse, STATUS))
    inside = table.set_index("nama_kecamatan")["peringkat_kelompok"]
    assert (inside["Upau"], inside["Haruai"], inside["Murung Pudak"], inside["Tanjung"]) == (1, 1, 1, 3)
    assert table["diperingkat_kelompok"].sum() == 5 * 5 + 4 * 4 + 3 * 3


def test_the_little_maps_draw_every_village_once_and_stay_light(warehouse):
    for view in ("peta", "petak"):
        shapes = peta_kecil.outlines(queries.map_layer(warehouse, view)["isi"].iloc[0])
        villages = queries.villages(warehouse)
        assert set(shapes) == set(villages["kode_desa"])
        sizes = []
        for _district, rows in villages.groupby("kode_kecamatan"):
            fills = dict.fromkeys(rows["kode_desa"], ("#E69F00", None))
            address = peta_kecil.picture(peta_kecil.fitted(shapes, fills), fills)
            drawn = base64.b64decode(address.split(",")[1]).decode()
            assert len(re.findall("<path", drawn)) == len(rows)
            sizes.append(len(address))
        assert sum(sizes) < 90_000, sizes


def test_names_are_escaped_and_a_square_is_a_village():
    line = charts.Line(
        "1", "<b>A&B", "?a=1&b=2", "50,0%", "1 dari 2", [charts.Square("#fff", "arsir", 'x"', 2)], ["<i>"]
    )
    drawn = charts.ranking(["#"] * 6, [line], "judul")
    assert "&lt;b&gt;A&amp;B" in drawn
    assert "?a=1&amp;b=2" in drawn
    assert "&lt;i&gt;" in drawn
    assert 'aria-label="x&quot; 2"' in drawn
    assert drawn.count("<i style=") == 2


def test_class_runs_join_dates_and_keep_missing_reports_apart(warehouse):
    history = queries.district_history(warehouse, "630901")
    runs = camat.class_runs(history, "2023-08-28")
    assert [(r.kelas, r.first, r.last, r.n, r.silent) for r in runs["6309012001"]] == [
        ("dasar", "2022-06-13", "2022-11-22", 5, 0),
        ("mandiri", "2022-12-26", "2023-08-28", 7, 0),
    ]
    assert [(r.kelas, r.n, r.silent) for r in runs["6309012011"]] == [("dasar", 7, 7), ("berkembang", 5, 5)]
    assert sum(r.n for r in camat.class_runs(history, "2022-12-26")["6309012001"]) == 6


def test_neighbours_border_each_other(warehouse):
    codes = list(queries.districts(warehouse)["kode_kecamatan"])
    around = {
        k: dict(queries.district_neighbours(warehouse, k)[["kode_kecamatan", "jumlah_pasangan"]].to_numpy())
        for k in codes
    }
    assert all(around[other][k] == n for k in codes for other, n in around[k].items())
    assert set(around["630911"]) == {"630907"}
