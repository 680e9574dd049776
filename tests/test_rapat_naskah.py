"""The briefing and what changed since the last meeting: no figure without rows behind it, corrections apart."""

import re
from datetime import date

import pandas as pd
import pytest

from kkb import bahasa, queries, store
from kkb.compute import sejak
from kkb.journal import Entry
from kkb.rapat import naskah, susun
from kkb.rapat.samping import Beside

TODAY = date(2026, 11, 28)
SINCE = "2022-12-31"
CORRECTION = Entry(3, "2023-09-14T02:00:00+00:00", "Siti", "impor", berkas="ralat.xlsx", per="2022-10-27", koreksi=True)
NEW = Entry(4, "2023-09-14T03:00:00+00:00", "Siti", "impor", berkas="baru.xlsx", per="2023-08-28")


@pytest.fixture(scope="module")
def warehouse(published):
    return store.current(published)


@pytest.fixture(scope="module")
def pack(warehouse):
    bahasa.use("id")
    return susun.pack(warehouse, None, None, TODAY, beside=Beside(SINCE, (CORRECTION, NEW)))


def rows_of(sheet):
    """Every text and number of a sheet, as text."""
    found = [sheet.title, sheet.source, *sheet.points, *(f.value + " " + f.note for f in sheet.figures)]
    return " ".join(found)


def numbers(text):
    return re.findall(r"\d+(?:[.,]\d+)*", text)


def test_what_changed_is_what_the_two_days_say(pack, warehouse):
    sheet = pack.sheet("kabupaten/sejak")
    moves = queries.class_moves(warehouse, "2022-12-26", "2023-08-28")
    up = moves[(moves["langkah"] > 0) & moves["kelas_lama"].notna()]
    down = moves[(moves["langkah"] < 0) & moves["kelas_baru"].notna()]
    rows = sheet.grid.rows
    assert sorted(rows.loc[rows["Perubahan"] == "Naik kelas", "Desa/kelurahan"]) == sorted(up["nama_desa"])
    assert sorted(rows.loc[rows["Perubahan"] == "Turun kelas", "Desa/kelurahan"]) == sorted(down["nama_desa"])
    before, after = (queries.reporting(warehouse, day).set_index("kode_desa") for day in ("2022-12-26", "2023-08-28"))
    began = (after["is_lapor_kb"] & ~before["is_lapor_kb"]).sum() + (
        after["is_lapor_poktan"] & ~before["is_lapor_poktan"]
    ).sum()
    assert (rows["Perubahan"] == "Mulai melapor").sum() == began
    assert "data per 26 Desember 2022 dan data per 28 Agustus 2023" in sheet.points[0]


def test_a_correction_is_no_change_in_the_villages(pack):
    told = pack.sheet("kabupaten/sejak").points[-1]
    assert "ralat.xlsx untuk data per 27 Oktober 2022" in told
    assert "bukan perubahan di desa" in told
    assert "baru.xlsx" not in told


def test_no_newer_data_is_said_and_not_taken_for_no_change(warehouse):
    sheet = susun.pack(warehouse, "630903", None, TODAY, beside=Beside("2024-01-31")).sheet("kabupaten/sejak")
    assert sheet.title == "Tidak ada data baru sejak 31 Januari 2024"
    assert sheet.points == ("Data terakhir tetap data per 28 Agustus 2023.",)
    assert sheet.grid is None


def test_gained_and_lost_and_a_report_that_stops():
    places = {"nama_desa": ["A", "B", "C"], "nama_kecamatan": ["K", "K", "K"]}
    codes = {"kode_desa": ["1", "2", "3"]}
    before = pd.DataFrame({**codes, **places, "kelas": ["sudah", "belum", "sudah"]})
    after = pd.DataFrame({**codes, **places, "kelas": ["belum", "sudah", "sudah"]})
    report = {"nama_desa": ["C"], "nama_kecamatan": ["K"], "kode_desa": ["3"]}
    old = pd.DataFrame({**report, "is_lapor_kb": [True], "is_lapor_poktan": [False]})
    new = pd.DataFrame({**report, "is_lapor_kb": [False], "is_lapor_poktan": [True]})
    moves = pd.DataFrame(
        {**report, "kelas_lama": ["dasar"], "kelas_baru": ["mandiri"], "langkah": [2]} | {"kode_desa": ["3"]}
    )
    found = sejak.changes(("2022", "2023", "2022", "2023"), (before, after), moves, (old, new))
    assert list(zip(found.rows["jenis"], found.rows["kode_desa"], strict=True)) == [
        ("baru", "2"),
        ("lepas", "1"),
        ("naik", "3"),
        ("mulai_lapor", "3"),
        ("berhenti_lapor", "3"),
    ]


@pytest.mark.parametrize("length", naskah.LENGTHS)
@pytest.mark.parametrize("about", ["kabupaten", "kecamatan/630911", "opd"])
def test_every_figure_of_a_briefing_is_in_the_sheet_it_names(pack, about, length):
    about = next(s for s in naskah.subjects(pack) if s.startswith(about))
    found = naskah.brief(pack, about, length)
    for paragraph in found.paragraphs:
        for sentence in paragraph:
            if numbers(sentence.text.replace(pack.title, "")):
                assert sentence.sheet, sentence.text
                assert set(numbers(sentence.text)) <= set(numbers(rows_of(pack.sheet(sentence.sheet)) + "."))
    text = naskah.text(found)
    assert pack.stamp in text
    assert "Sumber: " in text
    body = text.split("\n\n[1]")[0]
    assert len(body) <= naskah.LONGEST[length]
    assert "**" not in text


def test_it_says_how_many_did_not_report_and_leaves_out_what_is_not_there(pack, warehouse):
    text = naskah.text(naskah.brief(pack, "kabupaten", "halaman"))
    assert "20 dari 24 Kampung KB" in text
    assert "Garagata" in text
    early = susun.pack(warehouse, "630903", "2022-06-13", TODAY)
    told = naskah.text(naskah.brief(early, "kabupaten", "pidato"))
    assert "peringkat" not in told, "a kecamatan has no place in the province"
    assert "sejak rapat" not in told.lower()
    with pytest.raises(ValueError, match="kecamatan/630911"):
        naskah.brief(early, "kecamatan/630911", "wa")


def test_in_english_as_well(warehouse):
    bahasa.use("en")
    pack = susun.pack(warehouse, None, None, TODAY, beside=Beside(SINCE))
    text = naskah.text(naskah.brief(pack, "kabupaten", "pidato"))
    assert text.startswith("Kampung KB in Tabalong Regency: 24 of 131 villages")
    assert not re.search(r"\b(desa yang|belum melapor|hadirin|naik kelas)\b", text)
