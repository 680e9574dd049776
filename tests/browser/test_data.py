"""The page for operators, in a real browser: closed without a code; check, publish, see it, take it back."""

import shutil

import pytest

from kkb import akses, journal, store
from tests import portal_files
from tests.browser.conftest import Reader, serving

LATER = "2023-10-31"


@pytest.fixture
def own(browser, published, tmp_path):
    """A reader of a server with a data folder of its own, and that folder."""
    var = shutil.copytree(published, tmp_path / "var")
    with serving(var, tmp_path / "log") as address:
        page = browser.new_page()
        page.set_default_timeout(20_000)
        yield Reader(page, address), var
        page.close()


def enter(reader, code):
    reader.page.get_by_role("textbox", name="Kode sekali pakai").fill(code)
    reader.page.get_by_role("button", name="Masuk").click()


def test_an_operator_checks_publishes_and_takes_back(own, tmp_path):
    reader, var = own
    version = store.current(var).version
    reader.open("/data")
    assert reader.page.get_by_test_id("stFileUploader").count() == 0
    enter(reader, "salah")
    reader.page.get_by_text("Kode tidak berlaku").wait_for()
    enter(reader, akses.issue(var))
    reader.page.get_by_role("textbox", name="Nama operator").fill("Siti")
    rows = portal_files.rows("rekap-klasifikasi")
    rows[1][1] = "<img src=x onerror=alert(1)>"
    path = portal_files.write(tmp_path / "ekspor.xlsx", rows, made=LATER)
    reader.page.locator("input[type=file]").set_input_files(path)
    reader.page.get_by_role("button", name="Periksa berkas").click()
    reader.page.get_by_role("heading", name="24 baris baru, 0 baris berubah").wait_for()
    assert store.current(var).version == version
    reader.page.get_by_role("button", name="Terbitkan").click()
    reader.page.get_by_text("Entri 1 tercatat dan versi").first.wait_for(timeout=60_000)
    (entry,) = journal.entries(var)
    assert (entry.oleh, entry.per, entry.berkas) == ("Siti", LATER, "ekspor.xlsx")
    reader.open("/klasifikasi")
    reader.page.get_by_text("31 Oktober 2023").first.wait_for()
    assert reader.page.locator("img[src=x]").count() == 0


def test_a_file_with_problems_is_told_and_cannot_be_published(own, tmp_path):
    reader, var = own
    reader.open("/data")
    enter(reader, akses.issue(var))
    reader.page.get_by_role("textbox", name="Nama operator").fill("Siti")
    rows = portal_files.rows("rekap-klasifikasi")
    rows[1][rows[0].index("Klasifikasi")] = "Berkelanjutan"
    path = portal_files.write(tmp_path / "salah.xlsx", rows)
    reader.page.locator("input[type=file]").set_input_files(path)
    reader.page.get_by_role("button", name="Periksa berkas").click()
    reader.page.get_by_role("heading", name="Berkas belum dapat diterbitkan").wait_for()
    reader.page.get_by_text("Masalah yang harus diperbaiki dahulu: 1").wait_for()
    assert reader.page.get_by_role("button", name="Terbitkan").count() == 0
    assert not (var / journal.FILE).exists()


def test_questions_of_a_file_are_answered_one_after_the_other(own, tmp_path):
    reader, var = own
    reader.open("/data")
    enter(reader, akses.issue(var))
    reader.page.get_by_role("textbox", name="Nama operator").fill("Siti")
    path = tmp_path / "nilai.csv"
    path.write_text("kecamatan;nama_desa;kode_indikator;tahun;nilai\nTanta;Padangiin;LG04;2024;1.234\n")
    reader.page.locator("input[type=file]").set_input_files(path)
    check = reader.page.get_by_role("button", name="Periksa berkas")
    check.click()
    reader.choose("Padangiin (Tanta)", "Padangin (Tanta)")
    check.click()
    reader.page.get_by_text("Koma: 1.234 berarti").click()
    check.click()
    reader.page.get_by_role("heading", name="1 baris baru, 0 baris berubah").wait_for()
    reader.page.get_by_role("button", name="Terbitkan").click()
    reader.page.get_by_text("Entri 1 tercatat dan versi").first.wait_for(timeout=60_000)
    assert journal.entries(var)[0].opsi == {"decimals": "koma", "names": {"tanta/padangiin": "6309032012"}}
    reader.open("/peta?indikator=LG04")
    reader.page.get_by_text("berkas nilai.csv").first.wait_for()
