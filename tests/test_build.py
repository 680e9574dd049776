"""Building and publishing: same inputs same version, nothing half-published, contradictions refused."""

import os
import shutil
import subprocess
import sys

import pytest

from kkb import queries, store
from kkb.build import build, version_of
from kkb.build.facts import refresh_fingerprints
from kkb.config import ROOT
from kkb.errors import FactError, StoreError
from tests import golden


def test_same_inputs_same_version_other_inputs_another(golden_facts, golden_published, tmp_path):
    version = (golden_published / "CURRENT").read_text().strip()
    assert version_of(golden_facts, golden_published) == version
    assert build(golden_facts, tmp_path / "lain") == version
    changed = tmp_path / "data"
    shutil.copytree(golden_facts, changed)
    golden.edit(changed, "idm.csv", 0, "iks", "0.9")
    refresh_fingerprints(changed)
    assert build(changed, tmp_path / "baru") != version


def test_building_again_changes_nothing(golden_facts, tmp_path):
    build(golden_facts, tmp_path)
    before = {p.name: p.stat().st_mtime_ns for p in tmp_path.glob("kkb-*")}
    build(golden_facts, tmp_path)
    assert {p.name: p.stat().st_mtime_ns for p in tmp_path.glob("kkb-*")} == before


def test_building_again_mends_a_torn_version(golden_facts, tmp_path):
    path = store.path_of(tmp_path, build(golden_facts, tmp_path))
    path.write_bytes(path.read_bytes()[:50_000])
    build(golden_facts, tmp_path)
    assert len(queries.villages(store.current(tmp_path))) == 21


CONTRADICTIONS = {
    "class against its indices": ("kampung_kb_klasifikasi.csv", "klasifikasi", "berkelanjutan", "kelas"),
    "index against its scores": ("kampung_kb_klasifikasi.csv", "indeks_proses", "1.67", "indeks"),
    "count of villages": ("kecamatan.csv", "jumlah_desa", "99", "jumlah desa"),
    "class counts of the province table": ("pembanding_klasifikasi.csv", "dasar", "99", "hitungan klasifikasi"),
}


@pytest.mark.parametrize(("file", "column", "value", "says"), CONTRADICTIONS.values(), ids=CONTRADICTIONS)
def test_tables_that_contradict_each_other_are_refused(golden_facts, tmp_path, file, column, value, says):
    folder = tmp_path / "data"
    shutil.copytree(golden_facts, folder)
    table = golden.pd.read_csv(folder / file, dtype="str")
    row = table.index[table.get("kode_wilayah", "6309") == "6309"][0] if "kode_wilayah" in table else 0
    golden.edit(folder, file, row, column, value)
    refresh_fingerprints(folder)
    with pytest.raises(FactError, match=says):
        build(folder, tmp_path / "var")
    assert not (tmp_path / "var" / "CURRENT").exists()


def test_a_failed_build_leaves_the_published_version(golden_facts, tmp_path):
    version = build(golden_facts, tmp_path / "var")
    folder = tmp_path / "data"
    shutil.copytree(golden_facts, folder)
    golden.edit(folder, "idm.csv", 0, "iks", "9")
    with pytest.raises(FactError):
        build(folder, tmp_path / "var")
    assert store.current(tmp_path / "var").version == version
    assert [p.name for p in (tmp_path / "var").iterdir() if p.name.startswith(".")] == [".kunci"]


def test_a_folder_that_cannot_be_written_says_what_to_do(golden_facts, tmp_path):
    (tmp_path / "berkas").write_text("bukan folder")
    with pytest.raises(StoreError) as failed:
        build(golden_facts, tmp_path / "berkas" / "var")
    assert "KKB_DATA" in str(failed.value)


@pytest.mark.skipif(os.geteuid() != 0, reason="needs the right to mount a read-only file system")
def test_a_read_only_disk_says_what_to_do_and_still_serves(golden_facts, tmp_path):
    folder = tmp_path / "var"
    version = build(golden_facts, folder)
    mounted = subprocess.run(["mount", "--bind", folder, folder], capture_output=True)
    if mounted.returncode:
        pytest.skip("mount is not allowed here")
    try:
        subprocess.run(["mount", "-o", "remount,ro,bind", folder], check=True)
        other = tmp_path / "data"
        shutil.copytree(golden_facts, other)
        golden.edit(other, "idm.csv", 0, "iks", "0.91")
        refresh_fingerprints(other)
        with pytest.raises(StoreError, match="tidak dapat ditulis"):
            build(other, folder)
        assert store.current(folder).version == version
        assert len(queries.villages(store.current(folder))) == 21
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


def test_a_journal_this_version_does_not_know_is_not_dropped_in_silence(golden_facts, tmp_path):
    (tmp_path / "jurnal.jsonl").write_text('{"jenis": "rekap"}\n')
    with pytest.raises(StoreError, match="baris 1"):
        build(golden_facts, tmp_path)
    (tmp_path / "jurnal.jsonl").write_text("{rusak\n")
    with pytest.raises(StoreError, match="baris 1"):
        build(golden_facts, tmp_path)


def test_the_command_line_lists_problems_without_a_traceback(golden_facts, tmp_path):
    folder = tmp_path / "data"
    shutil.copytree(golden_facts, folder)
    golden.edit(folder, "idm.csv", 0, "iks", "9")
    environment = {**os.environ, "KKB_DATA": str(tmp_path / "var"), "KKB_FAKTA": str(folder)}
    ran = subprocess.run(
        [sys.executable, "-m", "kkb", "build"], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    assert ran.returncode == 1
    assert "berkas idm.csv, baris 2, kolom iks" in ran.stderr
    assert "Traceback" not in ran.stderr
