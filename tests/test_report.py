"""Downloads hold true numbers and run nothing."""

from io import BytesIO

import pandas as pd
from openpyxl import load_workbook

from kkb.format import village_code
from kkb.report import naik_kelas, tables
from tests.jalur import board

TABLE = pd.DataFrame({"Desa": ["Padangin", "=1+1", "@SUM(A1)"], "Nilai": [0.8349, float("nan"), 3.0]})


def test_xlsx_has_numbers_text_and_sources():
    book = load_workbook(BytesIO(tables.xlsx(TABLE, "IDM, 2024", ["Sumber: Kemendesa PDT, IDM 2024."])))
    rows = list(book["Data"].values)
    assert rows[0] == ("Desa", "Nilai")
    assert rows[1] == ("Padangin", 0.8349)
    assert rows[2] == ("=1+1", None)
    assert book["Data"]["A3"].data_type == "s"
    assert [r[0] for r in book["Sumber"].values] == ["IDM, 2024", "Sumber: Kemendesa PDT, IDM 2024."]


def test_csv_opens_in_an_indonesian_spreadsheet():
    text = tables.csv(TABLE).decode("utf-8-sig").splitlines()
    assert text[:2] == ["Desa;Nilai", "Padangin;0,8349"]
    assert text[2:] == ["'=1+1;", "'@SUM(A1);3,0"]


def test_an_empty_table_is_still_a_file():
    assert tables.xlsx(TABLE.head(0), "Kosong", [])[:2] == b"PK"
    assert tables.csv(TABLE.head(0)).decode("utf-8-sig").strip() == "Desa;Nilai"


def test_the_long_form_holds_every_way_of_every_village(warehouse):
    known = board(warehouse, "berkelanjutan")
    table = naik_kelas.sets(known)
    for village in known.villages:
        mine = table[table["Kode"] == village_code(village.code)]
        for number, route in enumerate(village.routes, 1):
            ways = mine[mine["Jalur"] == number].groupby("Indeks")["Cara"].max()
            assert ways.prod() == route.count
            assert set(ways.index) == {i.capitalize() for i in route.ways}
        points = (mine["Skor baru"] - mine["Skor kini"]).groupby([mine["Jalur"], mine["Indeks"], mine["Cara"]]).sum()
        assert points.groupby("Jalur").apply(lambda p: p.groupby("Indeks").first().sum()).eq(village.points).all()
    walangkir = table[(table["Kampung KB"] == "Walangkir") & (table["Butir"] == "MKJP")].iloc[0]
    assert walangkir["Yang diperlukan"].startswith("alihkan 12 peserta KB ke MKJP")
    assert walangkir["Perangkat daerah (usulan)"] == "DP3AP2KB; Dinkes"
    assert walangkir["Rekap per"] == "12 Juni 2023"


def test_the_table_of_offices_counts_villages_once(warehouse):
    offices = naik_kelas.offices(board(warehouse)).set_index("Perangkat daerah (usulan)")
    assert offices.loc["Dinkes", ["Dapat", "Wajib", "Butir"]].tolist() == [7, 2, "MKJP (7), Unmet need (7)"]
    assert offices.loc["Dinkes", "Wajib di"] == "Harus (Muara Harus), Burum (Bintang Ara)"
    assert offices.index[0] == "DP3AP2KB"
