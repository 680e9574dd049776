"""The workbook: one worksheet per table with true numbers and dates, nothing that runs, nothing made up."""

from dataclasses import replace
from datetime import date, datetime
from io import BytesIO

import openpyxl
import pandas as pd
import pytest

from kkb import bahasa, store
from kkb import format as fmt
from kkb.rapat import susun
from kkb.rapat.lembar import Grid
from kkb.report import buku


@pytest.fixture(scope="module")
def pack(published):
    return susun.pack(store.current(published), None, None, date(2026, 11, 28))


@pytest.fixture(scope="module")
def book(pack):
    return openpyxl.load_workbook(BytesIO(buku.write(pack)))


def rows(sheet):
    """Headers and rows of a worksheet as values."""
    head, *body = sheet.iter_rows(min_row=buku.HEAD + 1, values_only=True)
    return head, body


def test_every_table_has_a_worksheet_that_the_contents_link_to(pack, book):
    tables = buku.tables(pack)
    assert book.sheetnames == ["Daftar isi", *(t.name for t in tables), "Naskah", "Sumber"]
    assert len({n.lower() for n in book.sheetnames}) == len(book.sheetnames)
    assert all(len(n) <= 31 and not set(n) & set("[]:*?/\\") for n in book.sheetnames)
    wanted = sum((s.chart is not None) + (s.grid is not None) for s in pack.sheets)
    assert len(tables) == wanted + 3
    links = [r[0].hyperlink.location for r in book["Daftar isi"].iter_rows(min_row=buku.HEAD + 2)]
    assert links == [f"'{n}'!A1" for n in book.sheetnames[1:]]
    assert book["Daftar isi"]["A2"].value == pack.stamp


def test_numbers_are_numbers_dates_are_dates_and_missing_is_blank(pack, book):
    for table in buku.tables(pack):
        head, body = rows(book[table.name])
        assert list(head) == [str(c) for c in table.rows.columns]
        assert len(body) == len(table.rows)
        for place, name in enumerate(table.rows.columns):
            for value, cell in zip(table.rows[name], [r[place] for r in body], strict=True):
                if pd.isna(value) or value == "":
                    assert cell is None, (table.name, name)
                elif isinstance(value, str):
                    assert (
                        (fmt.day(cell) == value or fmt.short_period(cell.date().isoformat()) == value)
                        if isinstance(cell, datetime)
                        else cell == value
                    )
                else:
                    assert isinstance(cell, int | float)
                    assert cell == pytest.approx(float(value), abs=1e-12)


def test_nothing_runs_as_a_formula(pack):
    bad = "=1+1"
    sheet = replace(pack.sheets[0], title=bad, points=(bad,), grid=Grid(bad, pd.DataFrame({bad: [bad, "@x"]})))
    made = buku.write(replace(pack, sheets=(sheet, *pack.sheets[1:])))
    cells = [c for s in openpyxl.load_workbook(BytesIO(made)) for r in s.iter_rows() for c in r]
    assert [c.coordinate for c in cells if c.data_type == "f"] == []
    assert sum(c.value == bad for c in cells) >= 6


def test_days_are_true_days(book):
    head, body = rows(book["Laporan yang kosong"])
    assert {r[head.index("Rekap per")] for r in body} == {datetime(2023, 6, 12)}
    head, body = rows(book["Kampung KB menurut kelas pada"])
    assert (body[0][0], body[-1][0]) == (datetime(2022, 6, 13), datetime(2023, 8, 28))
    assert sum(body[-1][1:]) == 24


def test_all_villages_stand_in_one_table_and_sums_agree(book):
    head, body = rows(book["Semua desa"])
    assert len(body) == 131
    assert len({r[0] for r in body}) == 131
    done = [r for r in body if r[head.index("Kampung KB")] == "sudah"]
    assert len(done) == 24
    assert sum(r[head.index("IDM 2024")] is None for r in body) == 10
    own = {n: rows(book[n]) for n in book.sheetnames if n.startswith("Kec. ")}
    assert sum(len(b) for _h, b in own.values()) == 131
    points = sum(r[h.index("Poin")] or 0 for h, b in own.values() for r in b)
    assert points == sum(r[head.index("Poin")] or 0 for r in body)
    assert book["Semua desa"].cell(5, head.index("IDM 2024") + 1).number_format == "#,##0.0000"
    assert book["Semua desa"].freeze_panes == "A5"
    assert book["Semua desa"].auto_filter.ref == "A4:O135"


def test_every_sentence_and_source_is_kept(pack, book):
    _head, body = rows(book["Naskah"])
    kept = {(r[0], r[2]) for r in body}
    assert {(s.key, t) for s in (*pack.sheets, *pack.villages) for t in (s.title, *s.points, *s.notes)} <= kept
    _head, body = rows(book["Sumber"])
    assert [r[0] for r in body] == [o.file for o in pack.origins]
    assert all(r[2] and r[3] for r in body)


def test_english_words_and_days(published):
    with bahasa.speaking("en"):
        pack = susun.pack(store.current(published), "630903", None, date(2026, 11, 28))
    book = openpyxl.load_workbook(BytesIO(buku.write(pack)))
    assert book.sheetnames[:2] == ["Contents", "All villages"]
    head, body = rows(book["Kampung KB by class on each"])
    assert head[0] == "Data date"
    assert body[0][0] == datetime(2022, 6, 13)
    assert buku.write(pack) == buku.write(pack)


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_day_is_read_back_as_it_was_written(language):
    with bahasa.speaking(language):
        for month in range(1, 13):
            day = date(2023, month, 9)
            assert fmt.to_day(fmt.day(day)) == day
            assert fmt.to_day(fmt.short_period(day.isoformat())) == day
        assert [fmt.to_day(t) for t in ("2024", "12 kegiatan 2023", "kosong", "Juni 2023")] == [None] * 4
