"""The page of agreements: a reader reads, an operator writes, and what is written shows on the other pages."""

import json
import shutil
from datetime import date, timedelta

import pytest

from kkb import format as fmt
from kkb import journal, kesepakatan, queries, selection, store, terima
from kkb.compute import kesepakatan as compute
from kkb.ingest.pilihan import Choices
from kkb.kesepakatan import Draft, Known
from kkb.selection import Options, Selection
from kkb.ui import operator, unggah
from tests import halaman

PADANGIN, TANTA = "6309032012", "630903"
TODAY = fmt.today()
HOSTILE = "<img src=x onerror=alert(1)> **tebal** [klik](http://x) $x^2$ =1+1"


def day(n):
    return (date.fromisoformat(TODAY) + timedelta(days=n)).isoformat()


@pytest.fixture
def var(golden_published, tmp_path):
    """A data folder of its own with the small warehouse."""
    return shutil.copytree(golden_published, tmp_path / "var")


@pytest.fixture
def open_page(monkeypatch, var, golden_facts):
    """Opens a page of that folder, for a reader or an operator."""
    monkeypatch.setenv("KKB_DATA", str(var))
    monkeypatch.setenv("KKB_FAKTA", str(golden_facts))

    def opened(page="tindak_lanjut", who=None, **query):
        return halaman.opened(page, {operator._OPERATOR: True, unggah._NAME: who} if who else None, **query)

    return opened


def agree(var, **changes):
    warehouse = store.current(var)
    told = {"rapat": "Rapat koordinasi", "tanggal_rapat": day(-40), "isi": "Menyusun SK Pokja", "wilayah": [PADANGIN]}
    draft = Draft(**{**told, "kode_opd": "DPMD", "tenggat": day(-3), **changes})
    areas = {*queries.villages(warehouse)["kode_desa"], *queries.districts(warehouse)["kode_kecamatan"], "6309"}
    known = Known(frozenset(areas), frozenset(queries.offices(warehouse)["kode_opd"]), frozenset({"SK11"}))
    return kesepakatan.open_new(var, "Siti", draft, known, TODAY)


def shown(app):
    """All that is drawn as HTML."""
    return "\n".join(e.proto.body for e in app.get("html"))


def words(app):
    kinds = ("title", "header", "markdown", "caption", "error", "warning", "info", "success")
    return "\n".join(str(e.value) for kind in kinds for e in getattr(app, kind))


def box(app, kind, label):
    return next(b for b in getattr(app, kind) if b.label.strip("*") == label)


def opened(app, number):
    """Run with the history of an agreement open, which AppTest cannot click."""
    app.session_state[f"hanya-layar-riwayat-{number}"] = True
    app.run()


def test_an_empty_book_says_how_to_begin(open_page):
    app = open_page()
    assert app.title[0].value == "Belum ada kesepakatan rapat yang dicatat"
    assert "nama dan tanggal rapat" in words(app)
    assert "Data bawaan aplikasi tidak memuat kegiatan" in words(app)
    assert [b.label for b in app.get("download_button")] == ["Kegiatan desa/kelurahan"]
    assert not app.metric


def test_a_reader_reads_and_has_no_form(open_page, var):
    agree(var)
    agree(var, isi=HOSTILE, tenggat=day(0), kode_opd="DINKES")
    agree(var, wilayah=["6309"], tenggat=day(30))
    kesepakatan.set_status(var, "Siti", 3, "batal", TODAY, TODAY)
    app = open_page()
    assert app.title[0].value == "1 dari 2 kesepakatan lewat tenggat; terlama 3 hari: DPMD"
    assert [(m.label, m.value) for m in app.metric] == [
        ("Masih terbuka", "2 dari 2"),
        ("Lewat tenggat", "1 dari 2"),
        ("Segera jatuh tempo", "1 dari 2"),
        ("Selesai", "0 dari 2"),
        ("Kegiatan", "–"),
    ]
    assert "▲ Belum mulai, lewat tenggat 3 hari" in shown(app)
    assert "○ Belum mulai, jatuh tempo hari ini" in shown(app)
    assert "✕ Dibatalkan" in shown(app)
    assert f'href="desa?desa={PADANGIN}"' in shown(app)
    assert "&lt;img src=x onerror=alert(1)&gt; **tebal**" in shown(app)
    assert "<img" not in shown(app)
    assert HOSTILE not in words(app)
    assert not app.text_area
    assert not app.text_input
    assert "buku kesepakatan aplikasi ini, 4 catatan" in words(app)


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ({"kecamatan": "630908"}, "1 dari 1 kesepakatan masih terbuka, tanpa yang lewat tenggat"),
        ({"opd": "DPMD"}, "1 dari 1 kesepakatan lewat tenggat"),
        ({"status": "selesai"}, "Tidak ada kesepakatan untuk pilihan ini"),
        ({"status": "lewat"}, "1 dari 1 kesepakatan lewat tenggat"),
        ({"rapat": "2"}, "1 dari 1 kesepakatan masih terbuka"),
        ({"dibahas": day(5)}, f"2 kesepakatan dari 2 rapat dibahas lagi pada {fmt.period(day(5))}; 1 lewat tenggat"),
        ({"dibahas": day(-50)}, "Tidak ada yang perlu dibahas lagi"),
    ],
)
def test_the_address_chooses_what_is_shown(open_page, var, query, title):
    agree(var)
    agree(var, rapat="Rapat lain", wilayah=["6309"], kode_opd="DINKES", tenggat=day(30))
    app = open_page(**query)
    assert app.title[0].value.startswith(title)
    assert not app.error


@pytest.mark.parametrize(
    "query", [{"rapat": "99"}, {"rapat": "<b>"}, {"opd": "XX"}, {"status": "hilang"}, {"dibahas": "0001-01-01"}]
)
def test_an_odd_link_is_told(open_page, var, query):
    agree(var)
    app = open_page(**query)
    assert not app.error
    assert any("tautan" in w.value for w in app.warning)


def test_an_operator_writes_changes_and_comments(open_page, var):
    app = open_page(who="Siti")
    box(app, "text_input", "Nama rapat").input("Rapat evaluasi")
    box(app, "text_area", "Isi kesepakatan").input("Melatih Pokja")
    box(app, "multiselect", "Wilayah: desa/kelurahan, kecamatan, atau seluruh kabupaten").select(TANTA)
    box(app, "selectbox", "Perangkat daerah penanggung jawab").select("DPMD")
    send = box(app, "button", "Catat kesepakatan")
    send.click().run()
    assert "Isian “tenggat” bukan tanggal." in app.error[0].value
    assert box(app, "text_area", "Isi kesepakatan").value == "Melatih Pokja"
    box(app, "date_input", "Tenggat").set_value(date.fromisoformat(day(10)))
    box(app, "button", "Catat kesepakatan").click().run()
    assert "Kesepakatan nomor 1 tercatat." in words(app)
    assert not box(app, "text_area", "Isi kesepakatan").value
    (now,) = kesepakatan.agreements(var)
    assert (now.rapat, now.tanggal_rapat, now.wilayah, now.kode_opd) == ("Rapat evaluasi", TODAY, (TANTA,), "DPMD")
    opened(app, 1)
    app.selectbox(key="ubah-status-1-1").select("berjalan")
    app.text_area(key="ubah-catatan-1-1").input("Jadwal sudah ada")
    box(app, "button", "Simpan status").click()
    opened(app, 1)
    assert "Status kesepakatan nomor 1 tercatat." in words(app)
    opened(app, 1)
    app.button_group(key="tindakan-1").select("Geser tenggat")
    opened(app, 1)
    app.date_input(key="ubah-tenggat-1-2").set_value(date.fromisoformat(day(20)))
    box(app, "button", "Geser tenggat").click()
    opened(app, 1)
    assert "“alasan penggeseran” masih kosong" in app.error[0].value
    app.text_area(key="ubah-catatan-1-2").input("Menunggu narasumber")
    box(app, "button", "Geser tenggat").click()
    opened(app, 1)
    (now,) = kesepakatan.agreements(var)
    assert (now.status, now.tenggat, now.tenggat_semula) == ("berjalan", day(20), day(10))
    assert [(e.jenis, e.oleh, e.catatan) for e in now.lalu] == [
        ("buka", "Siti", ""),
        ("status", "Siti", "Jadwal sudah ada"),
        ("tenggat", "Siti", "Menunggu narasumber"),
    ]
    assert "digeser 1 kali" in shown(app)


def test_what_is_chosen_fills_in_the_form(open_page, var):
    app = open_page(who="Siti", desa=PADANGIN, indikator="SK11", opd="DPMD")
    assert box(app, "multiselect", "Wilayah: desa/kelurahan, kecamatan, atau seluruh kabupaten").value == [PADANGIN]
    assert box(app, "selectbox", "Perangkat daerah penanggung jawab").value == "DPMD"
    assert box(app, "selectbox", "Indikator atau butir, bila ada").value == "SK11"


def test_without_a_name_nothing_can_be_sent(open_page):
    app = open_page(who=" ")
    assert box(app, "button", "Catat kesepakatan").disabled


def test_an_operator_types_an_activity_in_and_it_is_published_like_a_file(open_page, var):
    app = open_page(who="Siti", desa=PADANGIN)

    def send():
        box(app, "button", "Terbitkan kegiatan").click()
        app.session_state["isian-kegiatan"] = True
        app.run()

    app.session_state["isian-kegiatan"] = True
    app.run()
    box(app, "text_input", "Nama kegiatan").input("=Rapat **desa**")
    send()
    assert "tanggal, dan nama kegiatan harus diisi" in app.error[0].value
    app.date_input(key="kegiatan-tanggal-0").set_value(date(2024, 8, 17))
    box(app, "number_input", "Anggaran (Rp)").set_value(1_500_000)
    send()
    (row,) = store.current(var).rows("SELECT * FROM kegiatan", {}).to_dict("records")
    assert (row["kode_desa"], row["periode"], row["kegiatan"]) == (PADANGIN, "2024-08-17", "=Rapat **desa**")
    assert (row["anggaran_rp"], row["sumber"]) == (1_500_000, "diisi operator Siti")
    assert [(e.jenis, e.oleh) for e in journal.entries(var)] == [("kegiatan", "Siti")]
    assert "1 kegiatan desa/kelurahan, 0 dikaitkan" in words(app)
    assert "Rp 1.500.000" in shown(app)


def test_an_item_that_a_village_lacks_leads_an_operator_to_the_form(open_page):
    assert not [b for b in open_page("naik_kelas").button_group if b.key == "sepakati"]
    app = open_page("naik_kelas", who="Siti", desa=PADANGIN)
    offer = next(b for b in app.button_group if b.key == "sepakati")
    assert offer.options == ["Pokja", "Sumber dana", "Sarana", "PKB/PLKB dan regulasi"]
    offer.select("Sarana").run()
    assert box(app, "selectbox", "Indikator atau butir, bila ada").value == "SK04"
    assert box(app, "multiselect", "Wilayah: desa/kelurahan, kecamatan, atau seluruh kabupaten").value == [PADANGIN]


@pytest.mark.parametrize("page", ["desa", "kecamatan"])
def test_agreements_and_activities_show_on_the_pages_of_their_area(open_page, var, golden_facts, tmp_path, page):
    choice = {"desa": PADANGIN} if page == "desa" else {"kecamatan": TANTA}
    app = open_page(page, **choice)
    assert "Kesepakatan dan kegiatan: belum ada yang tercatat" in words(app)
    agree(var)
    agree(var, wilayah=["6309"], isi="Untuk semua")
    agree(var, wilayah=["6309082004"], isi="Untuk tempat lain")
    agree(var, wilayah=[TANTA], isi="Sudah lewat")
    kesepakatan.set_status(var, "Siti", 4, "selesai", TODAY, TODAY)
    path = tmp_path / "kegiatan.csv"
    path.write_text(f"kode_desa;tanggal;kegiatan;peserta\n{PADANGIN};2024-08;Pelayanan <b>KB</b>;42\n")
    report = terima.prepare(path, Choices(source="Laporan PKB"), golden_facts, var)
    terima.publish(report, "uji", "", golden_facts, var)
    app = open_page(page, **choice)
    assert "Kesepakatan dan kegiatan: 2 terbuka, 2 lewat tenggat, 1 kegiatan" in words(app)
    assert "Menyusun SK Pokja" in shown(app)
    assert "Untuk semua" in shown(app)
    assert "Untuk tempat lain" not in shown(app)
    assert "Sudah lewat" not in shown(app)
    assert "Selain itu: 1 sudah selesai." in words(app)
    assert "Pelayanan &lt;b&gt;KB&lt;/b&gt;" in shown(app)
    assert "Sumber: Laporan PKB. Data per Agustus 2024." in words(app)
    app.button(key="hanya-layar-tindak-lanjut").click().run()
    assert app.title[0].value.startswith("2 dari 3 kesepakatan lewat tenggat")


def test_a_torn_book_is_told_and_the_page_of_a_village_still_stands(open_page, var):
    agree(var)
    path = var / kesepakatan.FILE
    path.write_bytes(path.read_bytes()[:-20])
    assert "baris 1 tidak dapat dibaca" in open_page().error[0].value
    app = open_page("desa", desa=PADANGIN)
    assert "baris 1 tidak dapat dibaca" in app.error[0].value
    assert app.get("download_button")


OPTIONS = Options(frozenset({TANTA}), {PADANGIN: TANTA}, {"KKB00": ("2023",), "KKB02": ("2023",)}, frozenset({"DPMD"}))


def test_the_address_gives_the_choice_back():
    chosen = Selection(opd="DPMD", rapat="12", status="lewat", dibahas="2026-12-10")
    assert selection.to_query(chosen) == {"opd": "DPMD", "rapat": "12", "status": "lewat", "dibahas": "2026-12-10"}
    assert selection.parse(selection.to_query(chosen), OPTIONS) == chosen


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("opd", "dpmd"),
        ("rapat", "0"),
        ("rapat", "1234567"),
        ("status", "x"),
        ("dibahas", "2026"),
        ("dibahas", "1999-01-01"),
    ],
)
def test_what_is_unknown_in_the_address_is_told_and_not_used(name, value):
    found = selection.parse({name: value}, OPTIONS)
    assert found == Selection()
    assert [(n.parameter, n.value) for n in found.notes] == [(name, value)]


def test_every_status_has_a_word_and_a_sign():
    from kkb.naskah import kesepakatan as naskah

    assert {naskah.status_name(s) for s in selection.STANDINGS} == {
        *("Masih terbuka", "Lewat tenggat", "Belum mulai", "Berjalan", "Selesai", "Batal")
    }
    assert set(naskah.MARKS) == set(compute.STATUSES)


def test_the_book_is_json_lines_that_anyone_can_read(var):
    agree(var)
    (line,) = (var / kesepakatan.FILE).read_text().splitlines()
    assert json.loads(line)["isi"] == "Menyusun SK Pokja"
