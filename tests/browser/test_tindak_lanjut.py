"""Agreements in a real browser: an operator writes one down, tells what became of it, and a reader finds it."""

import pytest

from kkb import akses, kesepakatan, terima
from kkb.ingest.pilihan import Choices
from tests.browser.test_data import enter, own  # noqa: F401
from tests.conftest import FACTS

HOSTILE = "Latih Pokja <img src=x onerror=alert(1)> **tebal** [klik](http://x)"


@pytest.fixture
def walk(own, tmp_path):  # noqa: F811
    """A reader of a server whose warehouse holds one activity, and its data folder."""
    reader, var = own
    path = tmp_path / "kegiatan.csv"
    path.write_text("kode_desa;tanggal;kegiatan\n6309032012;17/08/2024;Pelayanan KB bergerak\n")
    terima.publish(terima.prepare(path, Choices(source="Laporan PKB"), FACTS, var), "uji", "", FACTS, var)
    return reader, var


def settle(page):
    """Wait for the answer to what was done just before: while it comes, a list that is opened closes again."""
    page.keyboard.press("Tab")
    page.wait_for_timeout(500)
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]", state="attached")


def pick(page, box, text):
    """Type into a box that offers a list, and take the first offer."""
    settle(page)
    page.get_by_role("combobox", name=box).click()
    page.keyboard.type(text)
    page.keyboard.press("Enter")


def test_an_operator_writes_an_agreement_down_and_a_reader_finds_it(walk):
    reader, var = walk
    page = reader.page
    page.set_viewport_size({"width": 1366, "height": 900})
    reader.open("/tindak-lanjut?bahasa=id")
    reader.expect_title("Belum ada kesepakatan rapat yang dicatat")
    assert page.get_by_role("textbox", name="Isi kesepakatan").count() == 0
    page.get_by_text("Untuk operator: catat kesepakatan").click()
    enter(reader, akses.issue(var))
    page.get_by_role("textbox", name="Nama operator").fill("Siti")
    page.get_by_role("textbox", name="Nama operator").press("Enter")
    page.get_by_role("textbox", name="Nama rapat").fill("Rapat koordinasi")
    page.get_by_role("textbox", name="Isi kesepakatan").fill(HOSTILE)
    pick(page, "Wilayah: desa/kelurahan, kecamatan, atau seluruh kabupaten", "Padangin (Tanta)")
    page.keyboard.press("Escape")
    pick(page, "Perangkat daerah penanggung jawab", "DPMD")
    page.get_by_role("button", name="Catat kesepakatan", exact=True).click()
    page.get_by_text("Isian “tenggat” bukan tanggal.").wait_for()
    due = page.get_by_test_id("stDateInput").filter(has_text="Tenggat")
    due.get_by_role("spinbutton").first.click()
    page.keyboard.type("31122099")
    page.get_by_role("button", name="Catat kesepakatan", exact=True).click()
    page.get_by_text("lebih dari 10 tahun").wait_for()
    due.get_by_role("spinbutton").first.click()
    page.keyboard.type("31122030")
    page.get_by_role("button", name="Catat kesepakatan", exact=True).click()
    page.get_by_text("Kesepakatan nomor 1 tercatat.").first.wait_for()
    reader.expect_title("1 dari 1 kesepakatan masih terbuka, tanpa yang lewat tenggat; terdekat 31 Desember 2030: DPMD")

    page.get_by_text("Riwayat (1) dan ubah").click()
    page.get_by_role("textbox", name="Komentar, bila ada").fill("Jadwal sudah ada")
    settle(page)
    page.get_by_role("combobox", name="Status").last.click()
    page.get_by_role("option", name="Berjalan").click()
    page.get_by_role("button", name="Simpan status").click()
    page.get_by_text("Status kesepakatan nomor 1 tercatat.").first.wait_for()
    page.get_by_text("Riwayat (2) dan ubah").click()
    page.get_by_role("radio", name="Kaitkan kegiatan").click()
    pick(page, "Kegiatan yang termasuk kesepakatan ini", "Pelayanan")
    settle(page)
    page.get_by_role("button", name="Simpan kaitan").click()
    page.get_by_role("heading", name="1 kegiatan desa/kelurahan, 1 dikaitkan dengan kesepakatan").wait_for()
    (now,) = kesepakatan.agreements(var)
    assert [(e.jenis, e.oleh) for e in now.lalu] == [("buka", "Siti"), ("status", "Siti"), ("kegiatan", "Siti")]
    assert (now.isi, now.status, now.tenggat) == (HOSTILE, "berjalan", "2030-12-31")
    assert page.locator("img[src=x]").count() == 0

    reader.open("/desa?desa=6309032012")
    page.get_by_role("heading", name="Kesepakatan dan kegiatan: 1 terbuka, 0 lewat tenggat, 1 kegiatan").wait_for()
    page.get_by_text(HOSTILE).wait_for()
    page.get_by_role("button", name="Buka tindak lanjut").click()
    reader.expect_title("1 dari 1 kesepakatan masih terbuka")
    assert page.get_by_role("textbox", name="Isi kesepakatan").count() == 0
    page.get_by_text("Riwayat (3)").click()
    page.get_by_text("Status menjadi Berjalan per").wait_for()
    assert page.locator("img[src=x]").count() == 0
