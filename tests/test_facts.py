"""The facts as shipped, and what happens when someone breaks them."""

import shutil

import pandas as pd
import pytest

from kkb.build import facts as fact_files
from kkb.errors import FactError
from tests.golden import edit


@pytest.fixture
def copy(facts, tmp_path):
    folder = tmp_path / "data"
    shutil.copytree(facts, folder)
    return folder


def problems(folder):
    with pytest.raises(FactError) as failed:
        fact_files.load(folder)
    return failed.value.problems


def test_shipped_facts_have_no_problem(facts):
    tables = fact_files.load(facts)
    assert len(tables["desa"]) == 131
    assert tables["desa"]["jenis"].value_counts().to_dict() == {"desa": 121, "kelurahan": 10}


BROKEN = {
    "code with a letter": ("desa.csv", 4, "kode_desa", "63090120O4", "10 angka tanpa titik"),
    "score above four": ("kampung_kb_klasifikasi.csv", 0, "skor_pokja", "5", "bilangan bulat 1 sampai 4"),
    "score with a comma": ("kampung_kb_klasifikasi.csv", 0, "skor_cpr", "3,5", "bilangan bulat 1 sampai 4"),
    "half a score": ("kampung_kb_klasifikasi.csv", 0, "skor_cpr", "3.5", "bilangan bulat 1 sampai 4"),
    "blank score": ("kampung_kb_klasifikasi.csv", 0, "skor_cpr", "", "bilangan bulat 1 sampai 4"),
    "blank name": ("desa.csv", 3, "nama_desa", "", "teks"),
    "colour in words": ("skema_peta.csv", 0, "warna", "biru", "#RRGGBB"),
    "unknown class": ("kampung_kb_klasifikasi.csv", 2, "klasifikasi", "paripurna", "dasar | berkembang"),
    "impossible day": ("kampung_kb_klasifikasi.csv", 1, "tanggal", "2023-13-01", "tanggal TTTT-BB-HH"),
    "IDM above one": ("idm.csv", 0, "idm", "7.9", "angka 0 sampai 1"),
    "infinite IDM": ("idm.csv", 0, "idm", "inf", "angka 0 sampai 1"),
    "village of nowhere": ("idm.csv", 0, "kode_desa", "9999999999", "kode yang ada di desa.csv"),
    "negative count": ("kampung_kb_rekap.csv", 0, "pus_pasangan", "-1", "bilangan bulat 0 sampai"),
    "count beyond all numbers": ("kampung_kb_rekap.csv", 0, "pus_pasangan", "1e30", "bilangan bulat 0 sampai"),
    "flag in words": ("kampung_kb_rekap.csv", 0, "is_rkm", "ya", "true, atau kosong"),
    "target without a fact": ("target.csv", 0, "kode_fakta", "karangan", "kode yang ada di fakta.csv"),
}


@pytest.mark.parametrize(("file", "row", "column", "value", "allowed"), BROKEN.values(), ids=BROKEN)
def test_a_broken_cell_is_named(copy, file, row, column, value, allowed):
    edit(copy, file, row, column, value)
    found = [p for p in problems(copy) if p.column == column]
    assert [(p.file, p.row, p.value) for p in found] == [(file, row + 2, value)]
    assert allowed in found[0].allowed


def test_all_problems_are_listed_not_only_the_first(copy):
    for row, value in ((0, "9"), (1, "x"), (2, "0")):
        edit(copy, "kampung_kb_klasifikasi.csv", row, "skor_mkjp", value)
    edit(copy, "idm.csv", 5, "status_idm", "kaya")
    found = {(p.file, p.row, p.column) for p in problems(copy) if p.row}
    scores = {("kampung_kb_klasifikasi.csv", n, "skor_mkjp") for n in (2, 3, 4)}
    assert found == scores | {("idm.csv", 7, "status_idm")}


def test_the_message_names_file_row_column_value_allowed_and_what_to_do(copy):
    edit(copy, "idm.csv", 0, "iks", "banyak")
    with pytest.raises(FactError) as failed:
        fact_files.load(copy)
    text = str(failed.value)
    for part in ("idm.csv", "baris 2", "kolom iks", "“banyak”", "angka 0 sampai 1", "python -m kkb build"):
        assert part in text


def test_a_repeated_row_is_named(copy):
    path = copy / "idm.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([*lines, lines[1]]) + "\n", encoding="utf-8")
    assert ("idm.csv", 123, "tahun, kode_desa") in {(p.file, p.row, p.column) for p in problems(copy)}


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00rusak", b'kode_desa,"nama\n'])
def test_a_file_that_is_no_table_is_named(copy, content):
    (copy / "desa.csv").write_bytes(content)
    assert "desa.csv" in {p.file for p in problems(copy)}


def test_a_missing_file_and_a_missing_column_are_named(copy):
    (copy / "idm.csv").unlink()
    text = (copy / "desa.csv").read_text(encoding="utf-8")
    (copy / "desa.csv").write_text(text.replace("luas_km2", "luas", 1), encoding="utf-8")
    found = {(p.file, p.column) for p in problems(copy)}
    assert {("idm.csv", None), ("desa.csv", "luas_km2"), ("desa.csv", "luas")} <= found


def test_a_village_without_a_polygon_is_named(copy):
    path = copy / "batas" / "desa.geojson"
    path.write_text(path.read_text(encoding="utf-8").replace("6309032012", "6309039999"), encoding="utf-8")
    found = {(p.value, p.allowed) for p in problems(copy) if p.file == "batas/desa.geojson" and p.value}
    assert found == {("6309032012", "kode ini harus memiliki poligon"), ("6309039999", "kode yang ada di desa.csv")}


def test_files_are_checked_again_once_any_of_them_changed_and_not_before(copy, monkeypatch):
    tables = fact_files.load(copy)
    asked = []
    monkeypatch.setattr(fact_files, "_load", lambda folder: asked.append(folder) or {})
    tables["desa"].loc[0, "nama_desa"] = "Lain"
    again = fact_files.load(copy)
    assert (asked, again["desa"].loc[0, "nama_desa"] == "Lain") == ([], False), "each caller has its own tables"
    for n, file in enumerate(["SUMBER.csv", *fact_files.files()], start=1):
        path = copy / file
        path.write_bytes(path.read_bytes() + b" ")
        fact_files.load(copy)
        assert len(asked) == n, file


def test_what_is_wrong_is_told_every_time(copy):
    edit(copy, "idm.csv", 0, "idm", "7.9")
    assert problems(copy) == problems(copy)


def test_a_changed_file_without_a_new_fingerprint_is_named(copy):
    edit(copy, "idm.csv", 0, "idm", "0.7915")
    assert [p.file for p in problems(copy)] == ["idm.csv"]
    assert fact_files.refresh_fingerprints(copy) == ["idm.csv"]
    fact_files.load(copy)


RULES = "aturan_item.csv"


@pytest.mark.parametrize(
    ("file", "row", "column", "value", "told"),
    [
        (RULES, 2, "batas_3", "9", (RULES, 4, "batas_3", "batas_2, batas_3, batas_4 menaik")),
        (RULES, 11, "batas_3", "15", (RULES, 13, "batas_3", "batas_2, batas_3, batas_4 menurun")),
        (RULES, 0, "ambang_indeks", "3.5", (RULES, 2, "ambang_indeks", "satu ambang yang sama")),
        (RULES, 4, "kode_indikator", "KKB01", (RULES, None, "kode_indikator", "harus memuat SK05")),
        ("kampung_kb_klasifikasi.csv", 0, "skor_sarana", "4", (None, 2, "skor_sarana", "bilangan bulat 1 sampai 3")),
        ("kampung_kb_klasifikasi.csv", 3, "indeks_input", "3.1", (None, 5, "indeks_input", "rata-rata skornya, ")),
        ("kampung_kb_klasifikasi.csv", 1, "tanggal", "2021-01-01", (None, 3, "tanggal", "aturan pertama (2022-06-13)")),
    ],
)
def test_the_class_rule_and_what_contradicts_it_are_named(copy, file, row, column, value, told):
    edit(copy, file, row, column, value)
    named, line, where, words = told
    found = [(p.file, p.row, p.column) for p in problems(copy) if words in p.allowed]
    assert (named or file, line, where) in found


def test_each_date_is_held_against_the_rule_of_its_day(copy):
    path = copy / RULES
    header, *rows = path.read_text(encoding="utf-8").splitlines()
    later = [row.replace("2022-06-13", "2023-08-01").removesuffix("3") + "3.5" for row in rows]
    path.write_text("\n".join([header, *rows, *later]) + "\n", encoding="utf-8")
    wrong = {p.row for p in problems(copy) if p.column == "klasifikasi"}
    dates = pd.read_csv(copy / "kampung_kb_klasifikasi.csv")["tanggal"]
    assert {dates[n - 2] for n in wrong} == {"2023-08-23", "2023-08-28"}
