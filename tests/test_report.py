"""Downloads hold true numbers and run nothing."""

from io import BytesIO

import pandas as pd
from openpyxl import load_workbook

from kkb.report import tables

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
