"""Bringing files in: report, publish, again, at once, taken back."""

import csv
import os
import shutil
import subprocess
import sys

import pandas as pd
import pytest

from kkb import journal, laporan, queries, store, terima
from kkb.__main__ import main
from kkb.build import build, unggahan, version_of
from kkb.config import ROOT
from kkb.errors import FileError, StoreError
from kkb.ingest.pilihan import Choices
from tests import portal_files
from tests.conftest import FACTS

LATER = "2023-10-31"


@pytest.fixture
def var(published, tmp_path):
    """A data folder of its own with the real warehouse published."""
    return shutil.copytree(published, tmp_path / "var")


def export(folder, kind="rekap-klasifikasi", *, change=lambda rows: None, name="ekspor.xlsx"):
    rows = portal_files.rows(kind)
    change(rows)
    return portal_files.write(folder / name, rows)


def set_cell(village, column, value):
    """Changes one cell of the row of a village."""

    def change(rows):
        row = next(r for r in rows if r[5] == village)
        row[rows[0].index(column)] = value

    return change


def content(var, table):
    return store.current(var).rows(f"SELECT * FROM {table} ORDER BY ALL", {})


def bring(path, as_of, var):
    return terima.publish(terima.prepare(path, Choices(as_of=as_of), FACTS, var), "uji", "", FACTS, var)


def test_what_is_published_already_makes_an_empty_report(tmp_path, var):
    for kind in ("rekap-klasifikasi", "rekap-kampung"):
        report = terima.prepare(export(tmp_path, kind), Choices(as_of=None), FACTS, var)
        assert report.contribution.as_of == portal_files.DAY, "the day the workbook was made"
        assert report.is_empty
        assert report.contribution.matched == 24
        assert report.contribution.problems == ()


def test_a_later_export_is_new_and_readers_see_it(tmp_path, var):
    report = terima.prepare(export(tmp_path), Choices(as_of=LATER), FACTS, var)
    assert (report.fresh["klasifikasi"], report.same["klasifikasi"], len(report.changes)) == (24, 0, 0)
    entry, version = terima.publish(report, "uji", "rapat", FACTS, var)
    warehouse = store.current(var)
    assert warehouse.version == version
    assert queries.class_counts(warehouse)["periode"].max() == LATER
    assert (entry.nomor, entry.jenis, entry.per, entry.koreksi) == (1, "rekap-klasifikasi", LATER, False)
    assert journal.upload_path(var, entry.sha256).read_bytes() == (tmp_path / "ekspor.xlsx").read_bytes()
    assert terima.prepare(tmp_path / "ekspor.xlsx", Choices(as_of=LATER), FACTS, var).is_empty
    assert version_of(FACTS, var) == version, "a build of the same inputs finds this version"


def test_a_correction_shows_old_and_new_and_can_be_taken_back(tmp_path, var):
    before = content(var, "rekap")
    path = export(tmp_path, "rekap-kampung", change=set_cell("WALANGKIR", "Pil", 99))
    report = terima.prepare(path, Choices(as_of=portal_files.DAY), FACTS, var)
    assert [tuple(r) for r in report.changes[["kunci", "kolom", "baru"]].itertuples(index=False)] == [
        ("27 Oktober 2022, Walangkir (Tanta)", "pil_pasangan", "99")
    ]
    told = "\n".join(laporan.lines(report))
    assert "rekap 27 Oktober 2022, Walangkir (Tanta), pil_pasangan: " in told
    entry, _version = terima.publish(report, "uji", "", FACTS, var)
    assert entry.koreksi
    assert not content(var, "rekap").equals(before)
    terima.take_back(1, "uji", "", FACTS, var)
    assert content(var, "rekap").equals(before)
    terima.take_back(2, "uji", "", FACTS, var)
    assert not content(var, "rekap").equals(before)
    with pytest.raises(FileError, match="sudah dibatalkan"):
        terima.take_back(2, "uji", "", FACTS, var)
    with pytest.raises(FileError, match="tidak memuat entri nomor 9"):
        terima.take_back(9, "uji", "", FACTS, var)
    assert [line.split(".")[0] for line in laporan.journal_lines(journal.entries(var))] == ["3", "2", "1"]


def test_a_new_kampung_kb_has_the_status_from_its_first_export_on(tmp_path, var):
    def change(rows):
        row = list(next(r for r in rows if r[5] == "WALANGKIR"))
        row[5] = "WARUKIN"
        rows.append(row)

    bring(export(tmp_path, change=change), LATER, var)
    facts = queries.village_facts(store.current(var), "6309032004").iloc[0]
    assert str(facts["tercatat_sejak"])[:10] == LATER
    assert queries.coverage_history(store.current(var)).iloc[-1]["jumlah_kampung_kb"] == 25


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (set_cell("WALANGKIR", "Desa", "WALANGKIRR"), "mungkin Walangkir (Tanta)"),
        (set_cell("WALANGKIR", "Kecamatan", "KELUA"), "desa/kelurahan di kabupaten ini"),
        (set_cell("WALANGKIR", "Klasifikasi", "Berkelanjutan"), "kelas menurut ketiga indeksnya"),
        (lambda rows: rows.append(rows[1]), "satu baris saja untuk tiap desa/kelurahan"),
    ],
)
def test_a_file_with_problems_changes_nothing(tmp_path, var, change, told):
    pointer = (var / "CURRENT").read_bytes()
    report = terima.prepare(export(tmp_path, change=change), Choices(as_of=LATER), FACTS, var)
    assert any(told in str(p) for p in report.contribution.problems)
    assert all(p.file == "ekspor.xlsx" and p.row for p in report.contribution.problems)
    with pytest.raises(FileError, match="tidak dapat diterbitkan"):
        terima.publish(report, "uji", "", FACTS, var)
    assert (var / "CURRENT").read_bytes() == pointer
    assert not (var / journal.FILE).exists()
    assert not (var / journal.UPLOADS).exists()


def test_both_padangin_keep_their_own_rows(tmp_path, var):
    bring(export(tmp_path), LATER, var)
    rows = content(var, "klasifikasi")
    rows = rows[rows["tanggal"].astype("str") == LATER].set_index("kode_desa")["nama_kampung_kb"]
    assert rows["6309032012"] == "Desa padangin"
    assert rows["6309082004"] == "KAMPUNG KB SUKA MAJU DESA PADANGIN"


def test_rows_of_other_kabupaten_are_counted_and_set_aside(tmp_path, var):
    report = terima.prepare(
        export(tmp_path, change=set_cell("WALANGKIR", "Kabupaten", "BALANGAN")), Choices(as_of=LATER), FACTS, var
    )
    assert (report.contribution.matched, report.contribution.outside) == (23, 1)


@pytest.mark.parametrize(("as_of", "told"), [("2999-01-01", "belum tiba"), (None, "tidak diketahui")])
def test_the_date_of_the_data_must_be_known_and_past(tmp_path, var, as_of, told):
    path = tmp_path / "ekspor.csv"
    with path.open("w", newline="") as file:
        csv.writer(file, delimiter=";").writerows(portal_files.rows("rekap-klasifikasi"))
    with pytest.raises(FileError, match=told):
        terima.prepare(path, Choices(as_of=as_of), FACTS, var)


def test_a_lost_or_changed_upload_stops_the_build_and_not_the_readers(tmp_path, var):
    entry, version = bring(export(tmp_path), LATER, var)
    journal.upload_path(var, entry.sha256).write_bytes(b"lain")
    with pytest.raises(StoreError, match="hilang atau berubah"):
        terima.prepare(tmp_path / "ekspor.xlsx", Choices(as_of=LATER), FACTS, var)
    assert store.current(var).version == version


def test_a_file_that_is_another_one_by_now_is_not_published(tmp_path, var):
    report = terima.prepare(export(tmp_path), Choices(as_of=LATER), FACTS, var)
    export(tmp_path, change=set_cell("WALANGKIR", "Kabupaten", "BALANGAN"))
    before = store.current(var).version
    with pytest.raises(FileError, match="berubah sesudah diperiksa"):
        terima.publish(report, "uji", "", FACTS, var)
    assert (store.current(var).version, journal.entries(var)) == (before, ())


def command(var, *arguments):
    environment = {**os.environ, "KKB_DATA": str(var)}
    return subprocess.Popen(
        [sys.executable, "-m", "kkb", *arguments], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL
    )


def test_two_imports_at_once_queue_up_and_neither_is_lost(tmp_path, var):
    kinds = ("rekap-klasifikasi", "rekap-kampung")
    paths = [export(tmp_path, kind, name=f"{kind}.xlsx") for kind in kinds]
    running = [command(var, "import", str(p), "--as-of", LATER, "--yes") for p in paths]
    assert [p.wait(timeout=120) for p in running] == [0, 0]
    known = journal.entries(var)
    assert [e.nomor for e in known] == [1, 2]
    assert {e.jenis for e in known} == set(kinds)
    for table in ("klasifikasi", "rekap"):
        assert str(content(var, table)["tanggal"].max())[:10] == LATER


def test_the_command_line_reports_publishes_lists_and_takes_back(tmp_path, var, monkeypatch, capsys):
    monkeypatch.setenv("KKB_DATA", str(var))
    path = str(export(tmp_path))
    assert main(["import", path, "--as-of", LATER, "--dry-run"]) == 0
    assert not (var / journal.FILE).exists()
    monkeypatch.setattr("builtins.input", lambda _question: "")
    assert main(["import", path, "--as-of", LATER]) == 0
    assert "Tidak diterbitkan" in capsys.readouterr().out
    assert main(["import", path, "--as-of", LATER, "--yes", "--oleh", "Siti", "--catatan", "rapat Oktober"]) == 0
    assert main(["journal"]) == 0
    assert "Siti: rekap-klasifikasi per 31 Oktober 2023, ekspor.xlsx · rapat Oktober" in capsys.readouterr().out
    assert main(["rollback", "1"]) == 0
    assert main(["rollback", "1"]) == 1
    assert "sudah dibatalkan" in capsys.readouterr().err


SLOW = {"pandas", "duckdb", "geopandas", "streamlit", "plotly", "matplotlib", "scipy", "hypothesis"}
"""Libraries that take long to import."""


@pytest.mark.parametrize(
    ("module", "needed"),
    [("kkb.__main__", set()), ("kkb.terima", {"pandas", "duckdb"}), ("kkb.laporan", {"pandas", "duckdb"})],
)
def test_the_reading_begins_at_once_and_a_report_imports_no_more_than_it_needs(module, needed):
    code = f"import sys, {module}; print(*{SLOW} & set(sys.modules))"
    found = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert set(found.stdout.split()) == needed


def test_a_command_runs_nothing_that_another_package_plugs_in(tmp_path, var):
    """pydantic would: `kkb.config` forbids it."""
    about = tmp_path / "colok-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: colok\nVersion: 1.0\n")
    (about / "entry_points.txt").write_text("[pydantic]\ncolok = colok:plugin\n")
    (tmp_path / "colok.py").write_text("print('tercolok')\nplugin = None\n")
    bring(export(tmp_path), LATER, var)
    found = subprocess.run(
        [sys.executable, "-m", "kkb", "journal"],
        cwd=ROOT,
        env={**os.environ, "KKB_DATA": str(var), "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "tercolok" not in found.stdout
    assert "ekspor.xlsx" in found.stdout


@pytest.mark.parametrize("kind", portal_files.portal.KINDS)
def test_the_tables_are_the_same_from_rows_just_read_rows_kept_and_the_file_again(tmp_path, var, kind):
    _entry, version = bring(export(tmp_path, kind), LATER, var)
    names = [n for (n,) in store.current(var).rows("SELECT nama FROM meta", {}).to_numpy() if n[0] != "_"]
    published = {name: content(var, name) for name in names}
    for kept in (True, False):
        assert next((var / unggahan.READ).iterdir(), None) is not None
        if not kept:
            shutil.rmtree(var / unggahan.READ)
        store.path_of(var, version).unlink()
        assert build(FACTS, var) == version
        for name in names:
            pd.testing.assert_frame_equal(content(var, name), published[name])
