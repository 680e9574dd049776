"""The page of completeness: its sentences, reminders, tables and files, on the real recaps."""

from datetime import date, datetime

import duckdb
import pandas as pd
import pytest

from kkb import bahasa, queries, store
from kkb.charts import kelengkapan as charts
from kkb.compute import kelengkapan as compute
from kkb.naskah import kelengkapan as naskah
from kkb.naskah import kesegaran, kewajaran, pengingat
from kkb.naskah.pengingat import District, Village
from kkb.rows import by
from kkb.store import Warehouse
from kkb.ui.kelengkapan import gathered
from kkb.ui.kelengkapan_tabel import column_rows, report_rows

DAY = "2023-08-28"


def known(warehouse, period=DAY, area=None):
    reports, history = queries.reporting(warehouse, period, area), queries.recap_history(warehouse, period)
    return gathered(period, reports, history, queries.recap(warehouse, period, area))


@pytest.fixture
def with_upload(published, warehouse, tmp_path):
    """The real warehouse with values of one more indicator in two villages of Kelua; the others have no row."""
    path = store.path_of(tmp_path, "abcdef012345")
    path.write_bytes(store.path_of(published, warehouse.version).read_bytes())
    connection = duckdb.connect(str(path))
    connection.execute(
        "INSERT INTO nilai SELECT 'ED02', '2024-06-30', kode_desa, 1.5, NULL, 'ada' FROM desa "
        "WHERE kode_kecamatan = '630902' ORDER BY kode_desa LIMIT 2"
    )
    yield Warehouse("abcdef012345", datetime(2026, 1, 1), connection)
    connection.close()


def test_the_files_say_what_the_page_says(warehouse):
    seen = known(warehouse)
    columns, reports = column_rows(seen), report_rows(seen)
    assert len(columns) == 24
    assert columns["Kosong"].sum() + columns["Kosong karena belum melapor"].sum() == 190
    assert columns.iloc[:, 6:].isna().to_numpy().sum() == 190
    masukau = columns[columns["Desa/kelurahan"] == "Masukau"].iloc[0]
    assert (masukau["PUS (pasangan)"], masukau["SK Pokja"], masukau["Tanggal rekap"]) == (299, "ya", "2023-06-12")
    assert len(reports) == 48
    last = reports[["Laporan", "2023-06-12"]].value_counts()
    assert (last["laporan KB", "kosong"], last["laporan poktan", "kosong"]) == (4, 5)
    assert reports["Kosong sejak"].notna().sum() == 9


def test_a_report_blank_for_a_while_says_since_when_and_when_it_was_last_filled():
    row = {
        "laporan": "kb",
        "keadaan": "kosong",
        "rekap_kosong": 2,
        "jumlah_rekap": 5,
        "kosong_sejak": pd.Timestamp("2023-06-06"),
        "terisi_terakhir": pd.Timestamp("2023-05-31"),
    }
    assert naskah.silences([row]) == (
        "laporan KB kosong pada 2 rekap terakhir sejak 6 Juni 2023; terakhir terisi pada rekap 31 Mei 2023"
    )
    once = {**row, "rekap_kosong": 1, "jumlah_rekap": 1, "terisi_terakhir": pd.NaT}
    assert naskah.silences([once, {**once, "laporan": "poktan"}]) == (
        "laporan KB dan laporan poktan kosong pada rekap 6 Juni 2023"
    )
    assert naskah.silences([{**row, "keadaan": "sama"}]) == ""


def test_the_title_never_counts_what_is_not_missing(warehouse):
    titles = {c: naskah.title(queries.reporting(warehouse, DAY, c), "X") for c in ("630901", "630902", "630903")}
    assert titles == {
        "630901": "1 dari 2 Kampung KB di X belum melapor poktan; laporan KB terisi pada semuanya",
        "630902": "1 dari 2 Kampung KB di X belum melapor KB dan 1 belum melapor poktan",
        "630903": "Laporan KB dan laporan poktan terisi pada semua 2 Kampung KB di X",
    }
    assert naskah.title(queries.reporting(warehouse, DAY).head(0), "X") == "Belum ada Kampung KB di X yang dinilai"


def test_a_reminder_names_the_village_what_is_missing_and_since_when():
    kelua = District(
        "Kelua",
        (
            Village("Desa Ampukung", silent="laporan KB kosong pada semua 13 rekap sejak 7 Juni 2022"),
            Village("Desa Karangan Putih"),
        ),
        1,
        2,
        date(2023, 6, 12),
    )
    bahasa.use("en")
    text = pengingat.letter(kelua, "Portal Kampung KB, BKKBN", "abc")
    assert bahasa.language() == "en"
    for part in (
        "Yth. Camat Kelua\nu.p. PKB/PLKB Kecamatan Kelua\n",
        "rekap Portal Kampung KB per 12 Juni 2023, dari 2 Kampung KB di Kecamatan Kelua, laporan KB terisi pada 1",
        "1. Laporan yang kosong; mohon dilengkapi.\n"
        "   - Desa Ampukung: laporan KB kosong pada semua 13 rekap sejak 7 Juni 2022.\n",
        "Sumber: Portal Kampung KB, BKKBN, rekap per 12 Juni 2023. Versi data abc.",
    ):
        assert part in text
    assert "2. " not in text
    assert "Karangan Putih" not in text


def test_a_kecamatan_with_nothing_missing_is_left_out_of_the_file():
    complete = District("Tanta", (Village("Desa Padangin"),), 1, 1, date(2023, 6, 12))
    other = District("Kelua", (Village("Desa Ampukung", unchanged="x"),), 1, 1, date(2023, 6, 12))
    assert [d.name for d, _text in pengingat.letters([complete, other], "s", "v")] == ["Kelua"]
    assert "Tidak ada hal yang perlu dilengkapi." in pengingat.letter(complete, "s", "v")


def test_notes_of_all_villages_are_those_of_each(warehouse):
    history = queries.recap_history(warehouse, DAY)
    told = kewajaran.told(history)
    assert len([n for n in told if n.rule == kewajaran.UNCHANGED]) == 19
    assert len(told) == 22
    for code, rows in history.groupby("kode_desa"):
        assert [n.words for n in told if n.village == code] == kewajaran.notes(rows)


def test_a_note_is_on_the_last_recap(warehouse):
    rows = queries.recap_history(warehouse, DAY, "6309062010")
    assert {n.rule for n in kewajaran.told(rows)} == {kewajaran.UNCHANGED}
    rows.loc[rows.index[-1], "penduduk_jiwa"] = 8 * 193 + 1
    (note,) = kewajaran.told(rows)
    assert (note.rule, str(note.day)[:10]) == ("jiwa_per_keluarga", "2023-06-12")
    assert "1.545 jiwa" in note.words


def test_every_rule_has_words():
    for rule in kewajaran.kewajaran.RULES:
        words = kewajaran.rule_name(rule.code)
        assert words != rule.code
        assert ">" not in words


def test_every_cell_holds_a_word_or_a_sign_and_names_are_escaped(warehouse):
    seen = known(warehouse)
    villages = [{**v, "nama_desa": "<script>A"} for v in seen.villages]
    links = {v["kode_desa"]: "desa?desa=1&x=2" for v in villages}
    reports = charts.report_grid(seen.told, seen.standing, villages, links, caption="c")
    columns = charts.column_grid(seen.grid, villages, links, caption="c")
    assert "<script>" not in reports + columns
    assert 'href="desa?desa=1&amp;x=2"' in reports
    assert reports.count(">kosong<") == 65 + 71
    assert reports.count(">baru<") == 7 + 6
    assert columns.count(">?<") == 121
    assert columns.count(">–<") == 69
    assert columns.count(">✓<") == 650


def test_a_village_that_a_recap_lacks_has_a_dash_there(warehouse):
    history = queries.recap_history(warehouse, DAY)
    some, mine = history["tanggal"] == pd.Timestamp("2022-08-10"), history["kode_desa"] == "6309112008"
    less = gathered(DAY, queries.reporting(warehouse, DAY), history[~(some & mine)], queries.recap(warehouse, DAY))
    rows = report_rows(less)
    assert set(rows[rows["Desa/kelurahan"] == "Garagata"]["2022-08-10"]) == {"–"}
    assert "12 rekap" in less.silent("6309112008")


def test_the_age_of_a_source_is_counted_only_where_it_has_a_day(warehouse):
    dates = queries.source_dates(warehouse)
    last = by(dates, "berkas")
    assert last["kampung_kb_rekap.csv"]["periode_akhir"] == "2023-06-12"
    assert last["kampung_kb_rekap.csv"]["jumlah_periode"] == 13
    assert kesegaran.age("2023-06-12", DAY) == "77 hari lebih tua"
    assert kesegaran.age(DAY, DAY) == "tanggal data terbaru"
    assert kesegaran.age("2023-09-14", DAY) == "17 hari lebih baru"
    assert kesegaran.age("2024", DAY) == "hanya sampai tahun; tidak dihitung"
    assert kesegaran.freshness_title(dates, DAY) == "Rekap laporan 77 hari lebih tua daripada data klasifikasi terbaru"
    assert "29 Agustus 2023" in kesegaran.today_line(DAY, date(2023, 8, 29))
    assert kesegaran.today_line(DAY, date(2023, 8, 28)) == ""


def test_states_of_an_indicator_are_those_of_the_map_and_add_up(warehouse):
    rows = queries.indicator_states(warehouse, DAY)
    assert list(rows["kode_indikator"]) == list(queries.map_indicators(warehouse)["kode_indikator"])
    states = ["ada", "belum_melapor", "tidak_dinilai", "tidak_berlaku", "tanpa_baris"]
    assert (rows[states].sum(axis=1) == 131).all()
    areas = [queries.indicator_states(warehouse, DAY, c) for c in queries.districts(warehouse)["kode_kecamatan"]]
    whole = pd.concat(areas).groupby("kode_indikator")[states].sum()
    assert (whole == rows.set_index("kode_indikator")[states]).all(axis=None)
    for row in rows.itertuples():
        values = queries.village_values(warehouse, row.kode_indikator, row.periode)
        assert (values["keadaan"] == "ada").sum() == row.ada


def test_an_indicator_that_staff_bring_is_no_longer_without_data(warehouse, with_upload):
    before, after = (queries.indicators(w) for w in (warehouse, with_upload))
    n, total = int((before["jumlah_periode"] == 0).sum()), len(before)
    assert kesegaran.catalogue_title(before) == f"{n} dari {total} indikator katalog belum ada data per desa"
    assert kesegaran.catalogue_title(after) == f"{n - 1} dari {total} indikator katalog belum ada data per desa"
    row = by(queries.indicator_states(with_upload, "2024-12-31"), "kode_indikator")["ED02"]
    assert (row["periode"], row["ada"], row["tanpa_baris"]) == ("2024-06-30", 2, 129)
    dates = queries.source_dates(with_upload)
    other = dates[dates["berkas"].isna()].iloc[0]
    assert (other["periode_akhir"], kesegaran.source_name(other)) == ("2024-06-30", "Nilai indikator lain per desa")
    assert kesegaran.freshness_title(dates, DAY).startswith("Rekap laporan 77 hari")


def test_offices_hold_every_indicator_once(warehouse):
    indicators = queries.indicators(warehouse)
    missing = indicators[indicators["jumlah_periode"] == 0]
    offices = kesegaran.by_office(missing)
    assert sum(map(len, offices.values())) == len(missing)
    sizes = [len(names) for names in offices.values()]
    assert sizes == sorted(sizes, reverse=True)


def test_where_nothing_is_blank_it_says_so(warehouse):
    grid = known(warehouse).grid
    assert naskah.blanks_title(grid.mask(grid != "", compute.FILLED)) == "Semua kolom rekap terisi"
    assert naskah.blanks_title(grid) == (
        "190 dari 840 isian rekap kosong; bagian terbesar pada kelompok Poktan (32,5%)"
    )
