"""Tables that staff bring besides the portal's exports: recognised, matched, read or refused, and built in."""

import csv
import shutil

import pandas as pd
import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from kkb import journal, queries, store, terima
from kkb.build import build, facts, unggahan
from kkb.errors import AmbiguousNumberError, FileError
from kkb.ingest import jenis
from kkb.ingest.pilihan import Choices
from kkb.report import contoh
from tests.conftest import FACTS

HAPALAH, BANGKILING, PADANGIN_TANTA = "6309012001", "6309012002", "6309032012"


@pytest.fixture
def var(published, tmp_path):
    """A data folder of its own with the real warehouse published."""
    return shutil.copytree(published, tmp_path / "var")


@pytest.fixture
def prepare(var, tmp_path):
    """Prepares rows as a CSV file."""

    def prepared(rows, name="berkas.csv", **choices):
        path = tmp_path / name
        with path.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file, delimiter=";").writerows(rows)
        return terima.prepare(path, Choices(**choices), FACTS, var)

    return prepared


def publish(report, var):
    return terima.publish(report, "uji", "", FACTS, var)


def test_values_of_an_indicator_are_published_shown_and_taken_back(prepare, var):
    rows = [["kode_desa", "nama_desa", "tahun", "nilai"], ["63.09.01.2001", "Hapalah", 2024, "12,5"]]
    rows.append([BANGKILING, "Bangkiling", 2024, 30])
    report = prepare(rows, indicator="LG01", source="Dinas PUPR 2024")
    assert (report.contribution.kind, report.contribution.as_of, report.fresh) == (
        "nilai",
        "2024",
        {"nilai_indikator": 2},
    )
    publish(report, var)
    warehouse = store.current(var)
    values = queries.village_values(warehouse, "LG01", "2024").set_index("kode_desa")
    assert values.loc[HAPALAH, "nilai"] == 12.5
    assert values["keadaan"].value_counts().to_dict() == {"belum_melapor": 129, "ada": 2}
    assert list(queries.value_sources(warehouse, "LG01", "2024")["sumber"]) == ["Dinas PUPR 2024"]
    assert prepare(rows, indicator="LG01", source="Dinas PUPR 2024").is_empty
    terima.take_back(1, "uji", "", FACTS, var)
    assert "LG01" not in set(queries.map_indicators(store.current(var))["kode_indikator"])


def test_wide_tables_years_fractions_of_counts_and_wider_areas(prepare):
    wide = prepare([["kode_desa", "LG01 2023", "LG02 2024"], [HAPALAH, 40, ""], [BANGKILING, 50, 60]])
    table = wide.contribution.tables["nilai_indikator"]
    assert set(table[["kode_indikator", "periode", "nilai"]].itertuples(index=False, name=None)) == {
        ("LG01", "2023", 40.0),
        ("LG01", "2023", 50.0),
        ("LG02", "2024", 60.0),
    }
    assert wide.contribution.blank == 1
    years = prepare([["kode_desa", "2022", "2023"], [HAPALAH, 4, 5]], indicator="ED01")
    assert list(years.contribution.tables["nilai_indikator"]["periode"]) == ["2022", "2023"]
    share = prepare(
        [["kode_desa", "kode_indikator", "periode", "pembilang", "penyebut"], ["630901", "LG01", "Agustus 2024", 3, 8]]
    )
    (row,) = share.contribution.tables["nilai_indikator"].to_dict("records")
    assert (row["kode_wilayah"], row["periode"], row["nilai"]) == ("630901", "2024-08", 37.5)


@pytest.mark.parametrize(
    ("header", "row", "choices", "told"),
    [
        (["kode_desa", "nilai"], [HAPALAH, 5], {"indicator": "LG01"}, "masa data"),
        (["kode_desa", "tahun", "nilai"], [HAPALAH, 2024, 101], {"indicator": "LG01"}, "angka 0 sampai 100"),
        (["kode_desa", "tahun", "nilai"], [HAPALAH, 2024, 5], {"indicator": "ST01"}, "survei"),
        (["kode_desa", "tahun", "nilai"], [HAPALAH, 2024, 5], {"indicator": "KB01"}, "dihitung dari rekap"),
        (["kode_desa", "tahun", "nilai"], ["63.O9.01.2001", 2024, 5], {"indicator": "LG01"}, "mungkin 6309012001"),
        (
            ["kode_desa", "nama_desa", "tahun", "nilai"],
            [HAPALAH, "Bangkiling", 2024, 5],
            {"indicator": "LG01"},
            "kode dan nama",
        ),
        (["nama_desa", "tahun", "nilai"], ["Padangin", 2024, 5], {"indicator": "LG01"}, "lebih dari satu"),
        (["kode_desa", "kode_indikator", "tahun", "nilai"], [HAPALAH, "XX99", 2024, 5], {}, "kode indikator"),
        (["kode_desa", "tahun", "nilai"], [HAPALAH, 2024, "mungkin"], {"indicator": "ST14"}, "ya atau tidak"),
        (["kode_desa", "nomor_sk", "tanggal_sk"], [HAPALAH, "1", "1/13/2023"], {"as_of": "2024-01-31"}, "tanggal"),
        (["kode_desa", "status", "nomor_sk"], [HAPALAH, "belum", ""], {"as_of": "2024-01-31"}, "tercatat sebagai"),
    ],
)
def test_a_wrong_cell_is_named_with_its_place(prepare, var, header, row, choices, told):
    report = prepare([header, row], **choices)
    (problem,) = report.contribution.problems
    assert told in problem.allowed
    assert (problem.file, problem.row) == ("berkas.csv", 2)
    with pytest.raises(FileError):
        publish(report, var)
    assert not (var / journal.FILE).exists()


def test_a_number_that_may_mean_two_is_asked_about_and_the_answer_kept(prepare, var):
    rows = [["kode_desa", "tahun", "nilai"], [HAPALAH, 2024, "1.234"]]
    with pytest.raises(AmbiguousNumberError) as asked:
        prepare(rows, indicator="LG04")
    assert asked.value.problems[0].allowed == "pilih: 1234 bila desimalnya koma, 1,234 bila desimalnya titik"
    publish(prepare(rows, indicator="LG04", decimals="koma"), var)
    assert journal.entries(var)[0].opsi["decimals"] == "koma"
    shutil.rmtree(var / "terbaca", ignore_errors=True)
    assert prepare(rows, indicator="LG04", decimals="koma").is_empty
    assert prepare([rows[0], [HAPALAH, 2024, "12.345"]], indicator="LG01").contribution.tables["nilai_indikator"][
        "nilai"
    ].tolist() == [12.345], "a percentage of 12345 cannot be"


def test_a_near_name_is_asked_about_and_the_choice_is_remembered(prepare, var):
    rows = [["kecamatan", "nama_desa", "tahun", "nilai"], ["Tanta", "Padangiin", 2024, 5]]
    report = prepare(rows, indicator="LG01")
    (question,) = report.contribution.questions
    assert question.near[0] == PADANGIN_TANTA
    publish(prepare(rows, indicator="LG01", names={question.key: PADANGIN_TANTA}), var)
    rows[1][2] = 2023
    assert prepare(rows, indicator="LG01").contribution.problems == ()
    with pytest.raises(FileError, match="tidak memuat satu pun angka"):
        prepare(rows, indicator="LG01", names={question.key: ""})


def test_decrees_give_the_status_from_their_day(prepare, var):
    village = "6309032004"
    rows = [
        ["kode_desa", "status", "tanggal_sk", "nomor_sk"],
        [village, "sudah", "15/09/2023", "188.45/1"],
        [BANGKILING, "", "", ""],
    ]
    report = prepare(rows, as_of="2024-01-31", name="sk.csv")
    assert (report.fresh, report.contribution.blank) == ({"keputusan": 1}, 1)
    publish(report, var)
    warehouse = store.current(var)
    facts_ = queries.village_facts(warehouse, village).iloc[0]
    assert (str(facts_["tanggal_sk"])[:10], facts_["nomor_sk"], str(facts_["tercatat_sejak"])[:10]) == (
        "2023-09-15",
        "188.45/1",
        "2023-09-15",
    )
    history = queries.coverage_history(warehouse).set_index("periode")["jumlah_kampung_kb"]
    assert (history["2023-08-28"], history["2024-01-31"]) == (24, 25)


def test_a_corrected_decree_leaves_nothing_of_the_wrong_one(prepare, var):
    village = "6309032004"
    for day, number in (("15/09/2022", "188.45/1"), ("15/09/2023", "")):
        rows = [["kode_desa", "status", "tanggal_sk", "nomor_sk"], [village, "sudah", day, number]]
        publish(prepare(rows, as_of="2024-01-31", name="sk.csv"), var)
    found = queries.village_facts(store.current(var), village).iloc[0]
    assert [str(found[c])[:10] for c in ("tanggal_sk", "tercatat_sejak")] == ["2023-09-15", "2023-09-15"]
    assert pd.isna(found["nomor_sk"])


def test_idm_of_several_years_under_two_levels_of_headers(var, tmp_path):
    path = tmp_path / "idm.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Kabupaten")
        sheet.write(0, 0, "INDEKS DESA MEMBANGUN")
        for n, name in enumerate(("KODE DESA", "NAMA DESA")):
            sheet.merge_range(2, n, 3, n, name)
        for year, first in ((2022, 2), (2023, 7)):
            sheet.merge_range(2, first, 2, first + 4, str(year))
            for n, name in enumerate(("IKS", "IKE", "IKL", "NILAI IDM", "STATUS IDM")):
                sheet.write(3, first + n, name)
        for n in range(12):
            sheet.write(4, n, n + 1)
        sheet.write_row(5, 0, [6309012001, "HAPALAH", 0.8, 0.6, 0.7, 0.7, "BERKEMBANG", 0.9, 0.7, 0.8, 0.8, "MAJU"])
        sheet.write_row(6, 0, ["JUMLAH", ""])
    report = terima.prepare(path, Choices(), FACTS, var)
    table = report.contribution.tables["idm"]
    assert table[["tahun", "idm", "status_idm"]].to_numpy().tolist() == [[2022, 0.7, "berkembang"], [2023, 0.8, "maju"]]
    assert (report.contribution.kind, report.contribution.aside) == ("idm", 1)


def test_activities_targets_and_indeks_desa(prepare, var):
    activity = [
        ["kode_desa", "tanggal", "kegiatan", "opd", "anggaran"],
        [HAPALAH, "17/08/2024", "=Rapat", "PUPR", "Rp 1.500.000,-"],
    ]
    publish(prepare(activity), var)
    target = [["kode_desa", "kode_indikator", "tahun", "target"], ["6309", "LG01", 2027, 95]]
    publish(prepare(target, source="RPJMD"), var)
    index = [["kecamatan", "kode", "desa", "dld", "ds", "de", "dl", "da", "dtkpd", "skor", "status"]]
    index.append(["Banua Lawas", HAPALAH, "Hapalah", 80, 70, 60, 50, 40, 30, "55,5", "BERKEMBANG"])
    publish(prepare(index, as_of="2025"), var)
    warehouse = store.current(var)
    assert warehouse.rows("SELECT kegiatan, anggaran_rp FROM kegiatan", {}).iloc[0].tolist() == ["=Rapat", 1_500_000]
    assert queries.target(warehouse, "LG01")[["tahun", "target", "sumber"]].iloc[0].tolist() == [2027, 95, "RPJMD"]
    states = queries.village_values(warehouse, "DS05", "2025")["keadaan"].value_counts()
    assert states.to_dict() == {"belum_melapor": 120, "tidak_berlaku": 10, "ada": 1}
    assert [e.jenis for e in journal.entries(var)] == ["kegiatan", "target", "indeks-desa"]


@pytest.mark.parametrize(
    "rows",
    [
        [["kode_desa", "tahun", "nilai", "NIK"], [HAPALAH, 2024, 5, ""]],
        [["kode_desa", "tahun", "nilai", "Nama Kepala Keluarga"], [HAPALAH, 2024, 5, ""]],
        [["kode_desa", "tahun", "nilai", "catatan"], [HAPALAH, 2024, 5, "6309014107900001"]],
        [["kode_desa", "tahun", "nilai", "catatan"], [HAPALAH, 2024, 5, "0812-3456-7890"]],
    ],
)
def test_data_of_persons_are_refused_and_never_shown(prepare, rows):
    with pytest.raises(FileError, match="data pribadi") as refused:
        prepare(rows, indicator="LG01")
    assert "6309014107900001" not in str(refused.value)
    assert "0812" not in str(refused.value)


def test_a_list_of_weighed_children_is_summed_up_and_not_stored(prepare, var):
    head = ["NIK", "Nama", "Prov", "Kab/Kota", "Kec", "Desa/Kel", "Tanggal Pengukuran", "TB/U"]
    place = ["KALIMANTAN SELATAN", "TABALONG", "BANUA LAWAS", "HAPALAH"]
    rows = [head]
    for n, (day, word) in enumerate(
        [("2024-08-03", "Pendek"), ("2024-08-20", "Normal"), ("2024-08-05", "Sangat Pendek")]
    ):
        rows.append([f"630901410790000{min(n, 1) + (n == 2)}", "Siti", *place, day, word])
    rows[2][0] = rows[1][0]
    report = prepare(rows, name="eppgbm.csv")
    (row,) = report.contribution.tables["nilai_indikator"].to_dict("records")
    assert (row["kode_indikator"], row["periode"], row["pembilang"], row["penyebut"], row["nilai"]) == (
        "ST02",
        "2024-08",
        1,
        2,
        50,
    )
    entry, _version = publish(report, var)
    kept = journal.upload_path(var, entry.sha256).read_text()
    assert "Siti" not in kept
    assert "63090141079" not in kept
    assert kept.startswith("kode_desa,kode_indikator")


@pytest.mark.parametrize("kind", jenis.KINDS)
def test_a_template_has_every_code_and_says_so_when_it_comes_back_empty(tmp_path, var, kind):
    path = tmp_path / "contoh.xlsx"
    path.write_bytes(contoh.workbook(kind, facts.load(FACTS)))
    rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    codes = [r[0] for r in rows[1:] if len(str(r[0])) == 10]
    assert len(codes) == (121 if kind in ("idm", "indeks-desa") else 131)
    with pytest.raises(FileError, match="tidak memuat satu pun angka"):
        terima.prepare(path, Choices(as_of="2024-01-31"), FACTS, var)


def test_what_was_read_once_is_not_read_again(prepare, var, monkeypatch):
    publish(prepare([["kode_desa", "tahun", "nilai"], [HAPALAH, 2024, 5]], indicator="LG01"), var)
    monkeypatch.setattr("kkb.build.unggahan.contributions.of", lambda *_: pytest.fail("read again"))
    tables = unggahan.added(facts.load(FACTS), journal.entries(var), FACTS, var)
    assert 5.0 in set(tables["nilai_indikator"]["nilai"])


def test_rows_are_the_same_whether_read_or_kept(prepare, var):
    rows = [
        ["kode_desa", "tanggal", "kegiatan", "peserta"],
        [HAPALAH, "2024", "Rapat", ""],
        [BANGKILING, "2024-08", "Kelas", 12],
    ]
    _entry, version = publish(prepare(rows), var)
    before = store.current(var).rows("SELECT * FROM kegiatan ORDER BY ALL", {})
    for forgotten in ("nothing", unggahan.READ):
        shutil.rmtree(var / forgotten, ignore_errors=True)
        store.path_of(var, version).unlink()
        build(FACTS, var)
        pd.testing.assert_frame_equal(store.current(var).rows("SELECT * FROM kegiatan ORDER BY ALL", {}), before)
