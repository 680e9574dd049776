"""The ten tasks of the guide, each done from the first page by real clicks, at most four."""

import re
import shutil
from datetime import date, timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest

from kkb import akses, kesepakatan, queries, store
from kkb.config import ROOT
from kkb.kesepakatan import Draft, Known
from tests import portal_files
from tests.browser.conftest import Reader, serving

GUIDE = (ROOT / "docs" / "panduan.md").read_text(encoding="utf-8")
MOST = 4
WAIT = 60_000
"""Milliseconds for what takes long: six files of a meeting, a build."""


class Hand:
    """A person at the first page who clicks and types; only clicks are counted."""

    def __init__(self, reader):
        self.reader, self.page, self.clicks = reader, reader.page, 0
        reader.open("/")

    def click(self, place):
        """One click."""
        self.clicks += 1
        place.click(timeout=WAIT)

    def menu(self, name, title):
        """A page of the menu."""
        self.click(self.page.get_by_test_id("stSidebar").get_by_role("link", name=name, exact=True))
        self.reader.expect_title(title)

    def pick(self, box, typed):
        """Click a box, type, and take the first that fits by Enter."""
        self.click(self.page.get_by_role("combobox", name=box))
        self.page.keyboard.type(typed)
        self.page.get_by_role("option").first.wait_for()
        self.page.keyboard.press("Enter")

    def done(self, task):
        """The task took as many clicks as the guide says, and not too many."""
        told = re.search(rf"^### {task}\. .*?\*\((\d) klik\)\*", GUIDE, re.M | re.S)
        assert self.clicks == int(told.group(1)) <= MOST


@pytest.fixture
def hand(reader):
    """A hand at the app on the shipped data."""
    return Hand(reader)


@pytest.fixture(scope="module")
def own(published, tmp_path_factory):
    """The address and the folder of a server with data of its own and one late agreement."""
    var = shutil.copytree(published, tmp_path_factory.mktemp("tugas") / "var")
    warehouse = store.current(var)
    known = Known(
        frozenset(queries.villages(warehouse)["kode_desa"]),
        frozenset(queries.offices(warehouse)["kode_opd"]),
        frozenset(),
    )
    met, due = (date.today() - timedelta(days=n) for n in (40, 5))
    for words, end in (("Latih Pokja", due), ("Lengkapi laporan", date.today() + timedelta(days=90))):
        draft = Draft("Rapat koordinasi", met.isoformat(), words, ["6309032012"], "DPMD", end.isoformat())
        kesepakatan.open_new(var, "uji", draft, known, date.today().isoformat())
    with serving(var, var.parent / "log") as address:
        yield address, var


@pytest.fixture
def own_hand(browser, own):
    """A hand at that server."""
    page = browser.new_page(viewport={"width": 1366, "height": 768}, locale="id-ID")
    page.set_default_timeout(30_000)
    yield Hand(Reader(page, own[0]))
    page.close()


def test_the_guide_has_ten_tasks_of_at_most_four_clicks():
    told = re.findall(r"^### (\d+)\. .*?\*\((\d) klik\)\*", GUIDE, re.M | re.S)
    assert [int(n) for n, _ in told] == list(range(1, 11))
    assert max(int(n) for _, n in told) <= MOST


def test_1_who_has_not_reported_in_jaro(hand):
    hand.menu("Kelengkapan", "belum melapor")
    hand.pick("Kecamatan", "Jaro")
    hand.reader.expect_title("1 dari 2 Kampung KB di Kec. Jaro belum melapor KB")
    hand.page.get_by_role("button", name="Garagata (Jaro)").wait_for()
    hand.done(1)


def test_2_the_village_nearest_to_berkelanjutan(hand):
    hand.menu("Naik kelas", "tinggal satu poin")
    hand.pick("Tujuan", "Berkelanjutan")
    hand.reader.expect_title("tinggal satu poin dari Berkelanjutan")
    hand.page.get_by_role("combobox", name="Kampung KB").wait_for()
    assert "Bilas (Upau)" in hand.reader.text()
    hand.done(2)


def test_3_the_slides_for_tanta(hand, tmp_path):
    hand.menu("Rapat", "Rapat 34 langkah")
    hand.pick("Kecamatan", "Tanta")
    hand.reader.expect_title("Kecamatan Tanta")
    hand.click(hand.page.get_by_role("button", name="Siapkan paket"))
    slides = hand.page.get_by_role("button", name="Salindia PPTX")
    slides.wait_for(timeout=5 * WAIT)
    with hand.page.expect_download() as download:
        hand.click(slides)
    download.value.save_as(tmp_path / "tanta.pptx")
    assert "ppt/presentation.xml" in ZipFile(BytesIO((tmp_path / "tanta.pptx").read_bytes())).namelist()
    assert download.value.suggested_filename.endswith(".pptx")
    hand.done(3)


def test_4_what_dinkes_must_do(hand):
    hand.menu("Lintas sektor", "tugas")
    hand.pick("Perangkat daerah", "Dinkes")
    hand.reader.expect_title("Dinkes: 41 tugas di 19 desa/kelurahan")
    hand.done(4)


def test_5_what_changed_between_two_dates(hand):
    hand.menu("Klasifikasi", "naik kelas")
    hand.pick("Tanggal pembanding", "16 Mei")
    hand.reader.expect_title("sejak 16 Mei 2023")
    hand.done(5)


def test_6_a_table_for_excel(hand, tmp_path):
    hand.menu("Peta", "sudah Kampung KB")
    hand.click(hand.page.get_by_text("Tabel: 131 desa/kelurahan"))
    with hand.page.expect_download() as download:
        hand.click(hand.page.get_by_role("button", name="Unduh XLSX"))
    download.value.save_as(tmp_path / "tabel.xlsx")
    assert "xl/workbook.xml" in ZipFile(tmp_path / "tabel.xlsx").namelist()
    hand.done(6)


def test_7_the_reasons_of_a_village(hand):
    hand.pick("Cari di seluruh dasbor", "Garagata")
    hand.reader.expect_title("Garagata (Kec. Jaro): Berkembang")
    hand.done(7)


def test_8_a_meeting_without_internet(hand):
    hand.menu("Rapat", "Rapat 34 langkah")
    with hand.page.context.expect_page() as opened:
        hand.click(hand.page.get_by_role("link", name="Mulai rapat"))
    show = opened.value
    heading = show.locator("#lembar h1")
    heading.wait_for()
    first = heading.inner_text()
    hand.page.context.set_offline(True)
    show.keyboard.press("ArrowRight")
    heading.filter(has_not_text=first).wait_for()
    hand.done(8)


def test_9_a_file_is_imported(own_hand, own, tmp_path):
    hand, (_, var) = own_hand, own
    hand.menu("Data", "")
    hand.page.get_by_role("textbox", name="Kode sekali pakai").focus()
    hand.page.keyboard.type(akses.issue(var))
    hand.page.keyboard.press("Enter")
    name = hand.page.get_by_role("textbox", name="Nama operator")
    name.focus()
    hand.page.keyboard.type("Siti")
    hand.page.keyboard.press("Enter")
    path = portal_files.write(tmp_path / "ekspor.xlsx", portal_files.rows("rekap-klasifikasi"), made="2023-10-31")
    with hand.page.expect_file_chooser() as chooser:
        hand.click(hand.page.get_by_test_id("stFileUploader").locator("button:visible").first)
    chooser.value.set_files(path)
    hand.click(hand.page.get_by_role("button", name="Periksa berkas"))
    hand.click(hand.page.get_by_role("button", name="Terbitkan"))
    hand.page.get_by_text("Entri 1 tercatat dan versi").first.wait_for(timeout=WAIT)
    hand.done(9)


def test_10_an_agreement_that_is_late(own_hand):
    own_hand.menu("Tindak lanjut", "kesepakatan")
    own_hand.pick("Status", "Lewat")
    own_hand.page.wait_for_url("**status=lewat*")
    own_hand.page.get_by_text("Latih Pokja").first.wait_for()
    own_hand.page.get_by_text("Lengkapi laporan").first.wait_for(state="detached")
    own_hand.done(10)
