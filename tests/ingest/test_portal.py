"""The portal's exports: read in every dress they come in, and refused with the place of each wrong cell."""

import csv

import pytest
import xlsxwriter

from kkb.errors import AmbiguousNumberError, FileError
from kkb.ingest import portal
from kkb.ingest.sheets import sheets
from tests import portal_files


@pytest.fixture
def scores():
    return portal_files.rows("rekap-klasifikasi")


@pytest.fixture
def recap():
    return portal_files.rows("rekap-kampung")


@pytest.mark.parametrize("kind", ["rekap-klasifikasi", "rekap-kampung"])
def test_both_kinds_are_recognised_by_their_columns(tmp_path, kind):
    export = portal.read(portal_files.write(tmp_path / "apa-saja.bin", portal_files.rows(kind), above=3))
    assert (export.kind, len(export.table), export.odd) == (kind, 24, ())
    assert set(export.table["provinsi"]) == {"KALIMANTAN SELATAN"}


def test_columns_in_another_order_and_dress_mean_the_same(tmp_path, scores):
    plain = portal.read(portal_files.write(tmp_path / "a.xlsx", scores)).table
    turned = [row[::-1] for row in scores]
    turned[0] = [f"  {name.upper()}\u00a0" for name in turned[0]]
    other = portal.read(portal_files.write(tmp_path / "b.xlsx", turned)).table
    assert other[list(plain)].equals(plain)


@pytest.mark.parametrize(
    ("encoding", "delimiter", "comma"),
    [("utf-8-sig", ";", True), ("utf-8", ",", False), ("utf-16", "\t", True), ("cp1252", ";", False)],
)
def test_text_tables_in_the_dialects_of_spreadsheets(tmp_path, scores, encoding, delimiter, comma):
    path = tmp_path / "ekspor.csv"
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file, delimiter=delimiter)
        for row in scores:
            writer.writerow([str(c).replace(".", ",") if comma and isinstance(c, float) else c for c in row])
    read = portal.read(path).table
    assert read.equals(portal.read(portal_files.write(tmp_path / "a.xlsx", scores)).table)


@pytest.mark.parametrize(
    ("column", "value", "allowed"),
    [
        ("Input Pokja", 5, "bilangan bulat 1 sampai 4"),
        ("Input Pokja", 2.5, "bilangan bulat 1 sampai 4"),
        ("Output CPR", "", "bilangan bulat 1 sampai 4"),
        ("Output CPR", True, "bilangan bulat 1 sampai 4"),
        ("Index Input", "1.234,5", "angka 1 sampai 4"),
        ("Klasifikasi", "Madya", "Dasar | Berkembang | Mandiri | Berkelanjutan"),
    ],
)
def test_a_wrong_cell_is_named_with_its_row_in_the_file(tmp_path, scores, column, value, allowed):
    scores[7][scores[0].index(column)] = value
    with pytest.raises(FileError) as refused:
        portal.read(portal_files.write(tmp_path / "salah.xlsx", scores, above=2))
    (problem,) = refused.value.problems
    assert (problem.file, problem.row, problem.column, problem.allowed) == ("salah.xlsx", 10, column, allowed)
    assert "Tidak ada yang disimpan" in str(refused.value)


def test_every_wrong_cell_is_told_and_a_long_list_is_counted(tmp_path, recap):
    place = recap[0].index("Pil")
    for row in recap[1:]:
        row[place] = row[place + 1] = "banyak"
    with pytest.raises(FileError) as refused:
        portal.read(portal_files.write(tmp_path / "salah.xlsx", recap))
    assert len(refused.value.problems) == 48
    assert "dan 8 masalah lainnya" in str(refused.value)


@pytest.mark.parametrize(("text", "comma", "point"), [("1.000", 1000, None), ("1,234", None, 1234)])
def test_a_separator_that_may_mean_a_thousand_is_asked_about(tmp_path, recap, text, comma, point):
    recap[3][recap[0].index("Penduduk")] = text
    path = portal_files.write(tmp_path / "a.xlsx", recap)
    with pytest.raises(AmbiguousNumberError) as asked:
        portal.read(path)
    (problem,) = asked.value.problems
    assert (problem.row, problem.value, problem.sheet) == (4, text, "Worksheet")
    assert problem.allowed.startswith("pilih: ")
    for decimals, value in (("koma", comma), ("titik", point)):
        if value is None:
            continue
        read = portal.find("a.xlsx", sheets(path), decimals)
        assert read.table["penduduk_jiwa"][2] == value


@pytest.mark.parametrize(("text", "value"), [("12", 12), ("12.345", None), ("Rp 12.345.678", 12345678), (" 7 ", 7)])
def test_other_texts_of_counts_are_read(tmp_path, recap, text, value):
    recap[3][recap[0].index("Penduduk")] = text
    path = portal_files.write(tmp_path / "a.xlsx", recap)
    if value is None:
        with pytest.raises(AmbiguousNumberError):
            portal.read(path)
    else:
        assert portal.read(path).table["penduduk_jiwa"][2] == value


def test_a_score_can_only_be_read_in_one_way(tmp_path, scores):
    scores[4][scores[0].index("Index Input")] = "2.333"
    assert portal.read(portal_files.write(tmp_path / "a.xlsx", scores)).table["indeks_input"][3] == 2.333


def test_cells_that_cannot_be_true_are_read_and_told(tmp_path, recap):
    recap[3][recap[0].index("Pus")] = -40
    export = portal.read(portal_files.write(tmp_path / "a.xlsx", recap))
    assert [(p.row, p.column, p.value) for p in export.odd] == [(4, "Pus", "-40.0")]
    assert export.table["pus_pasangan"][2] == -40


@pytest.mark.parametrize("number", [9223372036854775296, 1e30, -1e30, "9" * 30])
def test_a_count_too_large_to_be_held_is_named(tmp_path, recap, number):
    recap[3][recap[0].index("Pus")] = number
    with pytest.raises(FileError) as failed:
        portal.read(portal_files.write(tmp_path / "a.xlsx", recap))
    assert [(p.row, p.column) for p in failed.value.problems] == [(4, "Pus")]


def test_a_village_without_a_name_is_read_and_told(tmp_path, recap):
    recap[3][recap[0].index("Desa")] = "  "
    export = portal.read(portal_files.write(tmp_path / "a.xlsx", recap))
    assert [(p.row, p.column, p.allowed) for p in export.odd] == [(4, "Desa", "teks, tidak kosong")]
    assert (len(export.table), export.table["desa"][2]) == (24, "")


def test_missing_columns_are_all_named(tmp_path, scores):
    gone = {"Desa", "Output CPR"}
    kept = [n for n, name in enumerate(scores[0]) if name not in gone]
    with pytest.raises(FileError) as refused:
        portal.read(portal_files.write(tmp_path / "a.xlsx", [[row[n] for n in kept] for row in scores]))
    assert {p.column for p in refused.value.problems} == gone


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"PK\x03\x04 bukan zip", "buku kerja rusak"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 bukan xls", "buku kerja rusak"),
        (b"%PDF-1.7", "bukan tabel"),
        (b"<html><table>", "bukan tabel"),
        (b"a,b\x00c", "bukan teks"),
        (b'a,"b\n1,2', "tanda kutip"),
        (b"a,b\n1,2", "bukan ekspor portal"),
        (b"", "bukan ekspor portal"),
    ],
)
def test_what_is_no_export_is_refused_in_words(tmp_path, content, reason):
    path = tmp_path / "x.xlsx"
    path.write_bytes(content)
    with pytest.raises(FileError, match=reason):
        portal.read(path)


def test_a_missing_file_and_a_header_without_rows_are_refused(tmp_path, scores):
    with pytest.raises(FileError, match="tidak dapat dibaca"):
        portal.read(tmp_path / "tidak-ada.xlsx")
    with pytest.raises(FileError) as refused:
        portal.read(portal_files.write(tmp_path / "kosong.xlsx", scores[:1]))
    assert "sedikitnya satu baris data" in str(refused.value)


def test_a_packed_file_that_swells_is_refused(tmp_path, monkeypatch, scores):
    monkeypatch.setattr("kkb.ingest.sheets.MOST_UNPACKED", 10_000)
    with pytest.raises(FileError, match="terlalu besar"):
        portal.read(portal_files.write(tmp_path / "a.xlsx", scores))


def test_a_hidden_sheet_is_never_used(tmp_path, scores):
    with xlsxwriter.Workbook(str(tmp_path / "a.xlsx")) as book:
        book.add_worksheet("Kosong")
        hidden = book.add_worksheet("Lama")
        hidden.hide()
        for n, row in enumerate(scores):
            hidden.write_row(n, 0, row)
    with pytest.raises(FileError, match="bukan ekspor portal"):
        portal.read(tmp_path / "a.xlsx")
