"""Which reports and columns are filled: against the real recaps, and where a state begins and ends."""

import pandas as pd
import pytest

from kkb import queries
from kkb.compute import kelengkapan as compute
from kkb.compute import kewajaran

DAY = "2023-08-28"
HAPALAH, GARAGATA, MASUKAU = "6309012001", "6309112008", "6309062008"


def history(warehouse, code=HAPALAH):
    return queries.recap_history(warehouse, DAY, code)


def in_order(told, report):
    return list(told[told["laporan"] == report].sort_values("tanggal")["keadaan"])


def test_the_columns_are_the_35_of_the_recap_each_once(warehouse):
    recap = queries.recap(warehouse, DAY)
    others = {"tanggal", "kode_desa", "nama_kampung_kb", "nama_desa", "kode_kecamatan", "nama_kecamatan"}
    assert len(compute.ALL_COLUMNS) == 35
    assert set(compute.ALL_COLUMNS) == set(recap.columns) - others


def test_who_reported_is_as_the_warehouse_says_on_every_date(warehouse):
    for period in queries.coverage_history(warehouse)["periode"]:
        reports = queries.reporting(warehouse, period).set_index("kode_desa")
        told = compute.standing(compute.states(queries.recap_history(warehouse, period)))
        for report in compute.REPORTS:
            rows = told[told["laporan"] == report].set_index("kode_desa")
            made = rows["keadaan"] != compute.BLANK
            assert made.to_dict() == reports[f"is_lapor_{report}"].to_dict(), (period, report)


def test_what_the_last_recap_of_tabalong_shows(warehouse):
    told = compute.states(queries.recap_history(warehouse, DAY))
    counts = told.groupby("laporan")["keadaan"].value_counts()
    assert counts["kb"].to_dict() == {"sama": 222, "kosong": 65, "awal": 18, "baru": 7}
    assert counts["poktan"].to_dict() == {"sama": 217, "kosong": 71, "awal": 18, "baru": 6}
    rows = compute.standing(told).set_index(["kode_desa", "laporan"])
    silent = rows.loc[(GARAGATA, "kb")]
    assert (silent["rekap_kosong"], silent["jumlah_rekap"], str(silent["kosong_sejak"])[:10]) == (13, 13, "2022-06-07")
    assert pd.isna(silent["terisi_terakhir"])
    late = rows.loc[("6309052014", "kb")]
    assert (str(late["berubah_terakhir"])[:10], late["rekap_kosong"]) == ("2022-11-14", 0)


def test_a_report_that_stops_is_blank_since_the_recap_after(warehouse):
    rows = history(warehouse)
    rows.loc[rows.index[-2:], list(compute.REPORTS["kb"])] = pd.NA
    rows.loc[rows.index[2], list(compute.REPORTS["kb"])] = pd.NA
    told = compute.states(rows)
    assert in_order(told, "kb")[:4] == ["awal", "sama", "kosong", "baru"]
    assert in_order(told, "kb")[-3:] == ["sama", "kosong", "kosong"]
    now = compute.standing(told).set_index("laporan").loc["kb"]
    assert (now["keadaan"], now["rekap_kosong"]) == ("kosong", 2)
    days = [str(d.date()) for d in rows["tanggal"]]
    assert (str(now["kosong_sejak"].date()), str(now["terisi_terakhir"].date())) == (days[-2], days[-3])


def test_one_other_figure_makes_a_report_new_and_leaves_the_other_report_alone(warehouse):
    rows = history(warehouse)
    rows.loc[rows.index[-1], "pil_pasangan"] += 1
    told = compute.states(rows)
    assert (in_order(told, "kb")[-1], in_order(told, "poktan")[-1]) == ("baru", "sama")


def test_a_blank_in_a_report_that_was_made_is_not_a_missing_report(warehouse):
    grid = compute.cells(queries.recap(warehouse, DAY))
    assert grid.loc[MASUKAU, "mop_pasangan"] == compute.BLANK
    assert grid.loc[MASUKAU, "pil_pasangan"] == compute.FILLED
    assert set(grid.loc[GARAGATA, list(compute.REPORTS["kb"])]) == {compute.SILENT}
    assert (grid.loc["6309092005", "is_regulasi"], grid.loc[MASUKAU, "is_pokja_sk"]) == ("kosong", "terisi")
    assert (grid != compute.FILLED).to_numpy().sum() == 190
    assert (grid == compute.SILENT).to_numpy().sum() == 4 * 16 + 5


def test_a_zero_is_filled(warehouse):
    recap = queries.recap(warehouse, DAY).assign(mop_pasangan=0)
    assert (compute.cells(recap)["mop_pasangan"] == compute.FILLED).all()


@pytest.mark.parametrize("period", ["2022-06-13", DAY])
def test_blanks_of_the_kecamatan_add_up_to_the_kabupaten(warehouse, period):
    def blank(area=None):
        grid = compute.cells(queries.recap(warehouse, period, area))
        return int((grid != compute.FILLED).to_numpy().sum())

    assert sum(blank(code) for code in queries.districts(warehouse)["kode_kecamatan"]) == blank()


def test_those_with_most_blank_come_first(warehouse):
    recap = queries.recap(warehouse, DAY)
    codes = compute.order(queries.reporting(warehouse, DAY), compute.cells(recap))
    names = recap.set_index("kode_desa")["nama_desa"]
    assert [names[c] for c in codes[:5]] == ["Mahe Seberang", "Ampukung", "Nawin", "Garagata", "Habau Hulu"]
    assert len(set(codes)) == 24


def test_a_rule_finds_nothing_where_it_could_not_be_tested(warehouse):
    recap = queries.recap(warehouse, DAY)
    tested, found = compute.tested(recap), kewajaran.check(recap).sum()
    assert all(found[code] <= n for code, n in tested.items())
    assert (tested["cpr_tanpa_unmet_need"], tested["jiwa_per_keluarga"]) == (20, 24)
    assert tested["pokja_terlatih_jiwa>pokja_anggota_jiwa"] == 10
