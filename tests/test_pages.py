"""Every page by AppTest on a small warehouse: both languages, odd links, nothing there, nothing built."""

import shutil

import pandas as pd
import pytest

from kkb import queries, store, terima
from kkb.build import build
from kkb.build.facts import refresh_fingerprints
from kkb.config import ROOT
from kkb.ingest.pilihan import Choices
from kkb.naskah import kesegaran
from kkb.ui import parts, run
from tests import golden, halaman

PAGES = (
    "ringkasan",
    "peta",
    "klasifikasi",
    "naik_kelas",
    "kecamatan",
    "desa",
    "lintas_sektor",
    "analisis",
    "target",
    "tindak_lanjut",
    "rapat",
    "kelengkapan",
    "data",
    "metodologi",
    "panduan",
)


@pytest.fixture
def open_page(monkeypatch, golden_published):
    """Opens a page of the small warehouse, or of another data folder."""

    def opened(page, folder=golden_published, **query):
        monkeypatch.setenv("KKB_DATA", str(folder))
        return halaman.opened(page, **query)

    return opened


def words(app):
    """All the text a reader sees, in one string."""
    kinds = ("title", "header", "markdown", "caption", "error", "warning", "info", "success")
    return "\n".join(str(e.value) for kind in kinds for e in getattr(app, kind))


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_in_both_languages(open_page, page, language):
    app = open_page(page, bahasa=language)
    assert not app.error
    assert len(app.title) == 1


def test_ringkasan_says_the_numbers_of_the_small_warehouse(open_page):
    app = open_page("ringkasan")
    assert app.title[0].value == "4 dari 21 desa/kelurahan di Tabalong berstatus Kampung KB"
    assert [(m.label, m.value) for m in app.metric] == [
        ("Cakupan", "19,0%"),
        ("Kesenjangan", "17"),
        ("Susunan kelas", "3 · 1 · 0 · 0"),
        ("Pelaporan KB", "4 dari 4"),
        ("Tanggal data", "28 Agu 2023"),
    ]
    assert "17 desa/kelurahan lainnya belum" in words(app)


def test_a_kecamatan_and_a_date_narrow_everything(open_page):
    app = open_page("ringkasan", kecamatan="630908", tanggal="2022-06-13")
    assert app.title[0].value == "2 dari 7 desa/kelurahan di Kec. Muara Harus berstatus Kampung KB"
    assert app.metric[0].value == "28,6%"
    assert "13 Juni 2022" in words(app)
    assert "28 Agustus 2023" not in words(app)


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ({}, "4 dari 21 desa/kelurahan di Tabalong sudah Kampung KB (19,0%)"),
        ({"indikator": "KKB02"}, "0 dari 4 Kampung KB di Tabalong berkelas Berkelanjutan"),
        ({"indikator": "DS01"}, "IDM: 18 dari 21 desa di Tabalong berstatus Mandiri"),
        (
            {"indikator": "SK10", "kecamatan": "630903"},
            "Skor CPR: 2 dari 2 Kampung KB di Kec. Tanta mencapai ambang kelulusan 3",
        ),
    ],
)
def test_the_title_of_the_map_is_its_finding(open_page, query, title):
    assert open_page("peta", **query).title[0].value == title


@pytest.mark.parametrize(("code", "district"), [("6309032012", "Tanta"), ("6309082004", "Muara Harus")])
def test_the_profile_is_of_the_right_padangin(open_page, code, district):
    app = open_page("peta", desa=code)
    assert app.header[0].value == "Padangin"
    assert f"Desa di Kecamatan {district}" in words(app)
    assert "Nama ini digunakan oleh 2 desa" in words(app)


@pytest.mark.parametrize("query", [{}, {"kecamatan": "630903"}, {"desa": "6309032012"}])
def test_figures_beside_the_map_always_carry_their_source(open_page, query):
    app = open_page("peta", indikator="DS01", **query)
    sources = [c.value for c in app.caption if "Portal Kampung KB" in c.value]
    assert sources, "the panel names no source"
    if "desa" not in query:
        assert "28 Agustus 2023" in sources[0]


@pytest.mark.parametrize("view", [{"tampilan": "petak"}, {"banding": "2022-06-13"}, {"dasar": "1"}])
def test_other_views_of_the_map(open_page, view):
    app = open_page("peta", indikator="KKB02", **view)
    assert not app.error
    if "banding" in view:
        assert "**13 Juni 2022**" in words(app)


def test_target_counts_the_plan_and_keeps_it_in_the_link(open_page):
    app = open_page("target", rencana="6309032001.6309032002.6309032012")
    assert {m.label: m.value for m in app.metric}["Setelah rencana"] == "6 dari 131"
    next(b for b in app.button_group if b.key == "rencana-630903").select("Warukin").run()
    assert app.query_params["rencana"] == "6309032001.6309032002.6309032004"
    assert {m.label: m.value for m in app.metric}["Setelah rencana"] == "7 dari 131"


def test_choosing_an_indicator_puts_its_code_in_the_link(open_page):
    app = open_page("peta")
    next(b for b in app.selectbox if b.label == "Indikator").select("DS01").run()
    assert app.query_params["indikator"] == "DS01"
    assert app.title[0].value.startswith("IDM")


@pytest.mark.parametrize("page", list(PAGES[:-3]))
@pytest.mark.parametrize(
    "query",
    [
        {"kecamatan": "999999"},
        {"desa": "6309999999"},
        {"indikator": "<script>alert(1)</script>"},
        {"tanggal": "kemarin"},
        {"rencana": "1.2.3", "menuju": "9999-99"},
        {"simulasi": "SK13-2.SK01-9", "kelas": "tertinggi"},
        {"tampilan": "' OR 1=1 --", "bahasa": "xx", "banding": "2023-99-99", "dasar": "ya"},
    ],
)
def test_an_unknown_code_in_a_link_is_told_and_the_page_still_works(open_page, page, query):
    app = open_page(page, **query)
    assert not app.error
    assert len(app.title) == 1
    assert any("tidak dikenali" in w.value for w in app.warning)
    assert not any("<script" in w.value.replace("\\<", "") for w in app.warning), "shown as it is, never as HTML"


def test_a_date_before_the_first_shows_the_first(open_page):
    app = open_page("ringkasan", tanggal="2019-01-01")
    assert "Data per 1 Januari 2019 tidak tersedia; yang ditampilkan adalah data per 13 Juni 2022." in words(app)


@pytest.mark.parametrize("page", PAGES)
def test_nothing_built_says_what_to_do(open_page, tmp_path, page):
    app = open_page("ringkasan", folder=tmp_path)
    assert "Data belum dibangun" in app.error[0].value
    assert "make run" in app.error[0].value


@pytest.fixture(scope="module")
def empty_published(tmp_path_factory, facts):
    folder = tmp_path_factory.mktemp("empty")
    build(golden.write(facts, folder / "data", empty=True), folder / "var")
    return folder / "var"


@pytest.mark.parametrize("page", [p for p in PAGES if p not in ("tindak_lanjut", "data", "metodologi", "panduan")])
def test_no_kampung_kb_data_says_what_to_do(open_page, empty_published, page):
    app = open_page(page, folder=empty_published)
    assert "Belum ada tanggal data Kampung KB" in app.error[0].value


def test_the_method_page_needs_no_kampung_kb_data(open_page, empty_published):
    assert not open_page("metodologi", folder=empty_published).error


def test_a_torn_version_is_told_and_the_last_good_one_shown(open_page, golden_published, tmp_path):
    for path in golden_published.iterdir():
        shutil.copy(path, tmp_path)
    store.path_of(tmp_path, "abcdef012345").write_bytes(b"setengah jadi")
    store.publish(tmp_path, "abcdef012345")
    app = open_page("ringkasan", folder=tmp_path)
    assert "Versi data abcdef012345 tidak utuh" in app.warning[0].value
    assert app.metric[1].value == "17"


def test_an_error_in_a_page_shows_no_traceback(open_page, monkeypatch):
    monkeypatch.setattr("kkb.naskah.ringkasan.coverage", lambda *_: 1 / 0)
    app = open_page("ringkasan")
    assert "Halaman ini tidak dapat ditampilkan" in app.error[0].value
    assert "ZeroDivisionError" not in words(app)


def test_klasifikasi_says_when_nothing_moved_and_when_nothing_is_earlier(open_page):
    app = open_page("klasifikasi", tanggal="2023-08-28")
    assert app.title[0].value == "Tidak ada Kampung KB di Tabalong yang berubah kelas sejak 13 Juni 2022"
    assert "seluruh 4 Kampung KB tetap pada kelasnya" in words(app)
    first_date = open_page("klasifikasi", tanggal="2022-06-13")
    assert "13 Juni 2022 adalah tanggal data pertama" in first_date.info[0].value
    assert first_date.title[0].value == "3 dari 4 Kampung KB di Tabalong berkelas Dasar per 13 Juni 2022"


@pytest.fixture
def open_real(open_page, published):
    """Opens a page of the real warehouse."""
    return lambda page, **query: open_page(page, folder=published, **query)


def test_klasifikasi_between_two_real_dates(open_real):
    app = open_real("klasifikasi")
    assert app.title[0].value == "3 Kampung KB di Tabalong naik kelas, tidak ada yang turun sejak 13 Juni 2022"
    assert [s.value for s in app.header] == [
        "10 Dasar, 6 Berkembang, 4 Mandiri, dan 4 Berkelanjutan",
        "Mandiri dan Berkelanjutan: Tabalong 33,3%, Kalimantan Selatan 9,4%, dan Indonesia 19,2%",
        "21 dari 24 Kampung KB tetap pada kelasnya",
        "3 berubah kelas; butir yang skornya berubah",
        "97 dari 288 skor butir di bawah 3, termasuk 17 belum melapor",
        "Butir yang paling sering di bawah 3: MKJP, 22 dari 24 Kampung KB",
    ]
    text = words(app).replace("\u00a0", " ")
    assert "Pokja 3 → 4; CPR 1 (belum melapor) → 4" in text
    assert "Indeks output 2,25 → 3,25 (mencapai 3)" in text
    assert "rekap portal per 12 Juni 2023" in text
    assert {b.label for b in app.button if b.key.startswith("pindah")} == {
        "Hapalah (Banua Lawas)",
        "Lumbang (Muara Uya)",
        "Habau Hulu (Banua Lawas)",
    }


def test_klasifikasi_tells_a_fall_in_one_kecamatan(open_real):
    app = open_real("klasifikasi", kecamatan="630908", tanggal="2022-11-10")
    assert app.title[0].value == "1 Kampung KB di Kec. Muara Harus turun kelas, tidak ada yang naik sejak 13 Juni 2022"
    assert "**turun**: Berkembang → Dasar" in words(app).replace("\u00a0", " ")
    assert "tetap pada tingkat kabupaten" in words(app)


def test_klasifikasi_keeps_the_earlier_date_and_the_order_in_the_link(open_real):
    app = open_real("klasifikasi", banding="2022-09-22")
    assert app.title[0].value.startswith("4 Kampung KB di Tabalong naik kelas")
    next(b for b in app.selectbox if b.label == "Urutkan menurut").select("SK11").run()
    assert (app.query_params["urut"], app.query_params["banding"]) == ("SK11", "2022-09-22")
    late = open_real("klasifikasi", tanggal="2022-11-10", banding="2023-05-16")
    assert "16 Mei 2023 bukan tanggal data sebelum 10 November 2022; pembandingnya 13 Juni 2022." in words(late)


WALANGKIR, MAHE_SEBERANG = "6309032003", "6309042009"


def markup(app):
    """The words drawn as HTML."""
    return "\n".join(str(e.proto.body) for e in app.get("html"))


def test_the_way_up_puts_the_nearest_first_and_says_which_index_leads_further(open_page):
    app = open_page("naik_kelas")
    assert app.title[0].value == "2 Kampung KB di Tabalong tinggal satu poin dari kelas di atasnya"
    assert [(m.label, m.value) for m in app.metric] == [
        ("Kurang 1 poin", "2 dari 4"),
        ("Kurang 2–3 poin", "2 dari 4"),
        ("Kurang ≥ 4 poin", "0 dari 4"),
        ("Lapor dahulu", "0 dari 4"),
        ("Berkelanjutan", "0 dari 4"),
    ]
    assert (
        "1 poin pada indeks **output** membawa Padangin (Muara Harus) dan Walangkir (Tanta) langsung ke **Mandiri**; "
        "1 poin pada indeks lain hanya sampai Berkembang."
    ) in words(app)
    assert list(app.dataframe[0].value["Kampung KB"]) == ["Padangin", "Walangkir", "Harus", "Padangin"]


def test_each_way_says_what_it_takes_and_whose_it_is(open_page):
    app = open_page("naik_kelas", desa=WALANGKIR)
    assert "Walangkir (Tanta): kurang 1 poin ke Mandiri atau Berkembang" in words(app)
    drawn = markup(app)
    for way in (
        "<b>MKJP 1→2</b>: alihkan 12 peserta KB ke MKJP, atau tambah 15 peserta MKJP baru (kini 13%, perlu 20%)",
        "<b>Unmet need 2→3</b>: layani 2 PUS unmet need (kini 10%, paling tinggi 9%)",
        "<b>Penggunaan data 1→2</b>: tambah 1 jenis data (kini 0, perlu 1)",
        "<b>Mekanisme operasional 3→4</b>: tambah 1 kegiatan (kini 4, perlu 5)",
        "[usulan: DP3AP2KB, Dinkes]",
    ):
        assert way in drawn


def test_a_way_can_be_tried_moved_further_and_taken_back(open_page):
    app = open_page("naik_kelas")
    app.selectbox(key="pilih-desa").select(WALANGKIR).run()
    app.button(key=f"coba-{WALANGKIR}-1-output-0").click().run()
    assert app.query_params["simulasi"] == "SK11-2"
    assert "Skor naik 1 poin: kelas naik dari Dasar ke Mandiri." in words(app)
    app.button_group(key=f"simulasi-{WALANGKIR}-SK07").set_value(4).run()
    assert app.query_params["simulasi"] == "SK07-4.SK11-2"
    assert "Skor naik 2 poin: kelas naik dari Dasar ke Berkelanjutan." in words(app)
    app.button_group(key=f"simulasi-{WALANGKIR}-SK07").set_value(3).run()
    assert app.query_params["simulasi"] == "SK11-2"
    next(b for b in app.button if b.label == "Kembalikan ke skor kini").click().run()
    assert "simulasi" not in app.query_params
    assert app.query_params["desa"] == WALANGKIR


def test_a_fall_is_said_to_be_one(open_page):
    app = open_page("naik_kelas", desa=WALANGKIR, simulasi="SK01-2")
    assert "Skor turun 1 poin: kelas tetap Dasar." in words(app)
    assert "**Andai turun:** Pokja 3→2." in words(app)


def test_scores_tried_out_are_not_carried_to_another_village(open_page):
    app = open_page("naik_kelas", desa=WALANGKIR, simulasi="SK11-2")
    app.selectbox(key="pilih-desa").select("6309082004").run()
    assert app.query_params["desa"] == "6309082004"
    assert "simulasi" not in app.query_params


def test_a_score_above_the_ceiling_in_a_link_is_told_and_not_used(open_page):
    app = open_page("naik_kelas", desa=WALANGKIR, simulasi="SK04-4")
    assert any("Sarana 4 pada tautan melampaui skor tertinggi" in w.value for w in app.warning)
    assert "Pilih skor di bawah" in words(app)


def test_a_village_without_the_status_has_no_scores_and_a_way_back(open_page):
    app = open_page("naik_kelas", desa="6309032001")
    assert "belum berstatus Kampung KB per 28 Agustus 2023" in app.info[0].value
    assert not any(b.label == "Coba" for b in app.button)
    next(b for b in app.button if b.label == "Tampilkan Kampung KB terdekat").click().run()
    assert "desa" not in app.query_params
    assert any(b.label == "Coba" for b in app.button)


def test_where_the_report_is_missing_it_comes_first_and_no_count_is_made_up(open_page, published):
    app = open_page("naik_kelas", folder=published, desa=MAHE_SEBERANG, kelas="berkelanjutan")
    assert "Kirim laporan KB dan laporan poktan lebih dahulu" in app.warning[0].value
    assert "Menurut skor portal ada 2.387 himpunan langkah" in words(app)
    assert "belum melapor (portal: 1,00)" in markup(app)
    assert "**Indeks output** (kini belum melapor): 8 poin, 31 cara" in words(app)


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("day", ["2022-06-13", "2022-10-27", "2022-11-22", "2022-12-26", "2023-05-16"])
def test_the_way_up_opens_on_other_dates(open_page, published, day, language):
    app = open_page("naik_kelas", folder=published, tanggal=day, bahasa=language)
    assert not app.error


@pytest.fixture
def forgotten():
    """Nothing is remembered of other tests, and nothing for them of what is made here."""
    run._made.cache_clear()
    yield
    run._made.cache_clear()


def test_an_area_without_kampung_kb_has_no_way_up_yet(open_page, forgotten, monkeypatch):
    monkeypatch.setattr("kkb.compute.jalur.villages", lambda *_: ())
    app = open_page("naik_kelas")
    assert app.title[0].value == "Belum ada Kampung KB di Tabalong"
    assert not app.error


def html(app):
    """All that is drawn as plain HTML, in one string."""
    return "\n".join(str(e.proto.body) for e in app.get("html"))


@pytest.fixture
def open_village(open_page, published):
    """Opens the page of one village of the real warehouse."""
    return lambda code, **query: open_page("desa", folder=published, desa=code, **query)


@pytest.mark.parametrize(
    ("code", "title"),
    [
        ("6309112008", "Garagata (Kec. Jaro): Berkembang; laporan KB dan poktan belum ada"),
        ("6309062008", "Masukau (Kec. Murung Pudak): Berkelanjutan; kelas tertinggi"),
        ("6309032012", "Padangin (Kec. Tanta): Dasar; kurang 2 poin untuk Mandiri"),
        ("6309082004", "Padangin (Kec. Muara Harus): Dasar; kurang 1 poin untuk Berkembang"),
        ("6309062005", "Kasiau (Kec. Murung Pudak) belum Kampung KB; IDM 2024 Mandiri"),
        ("6309041003", "Agung (Kec. Tanjung) belum Kampung KB; IDM tidak berlaku untuk kelurahan"),
    ],
)
def test_the_title_of_a_village_is_its_finding(open_village, code, title):
    app = open_village(code)
    assert app.title[0].value == title
    assert "data per 28 Agustus 2023 · versi data" in app.caption[0].value


def test_plausibility_notes_give_the_figures_and_are_no_verdict(open_village):
    masukau = words(open_village("6309062008"))
    assert "CPR 99,3% (297 dari 299 PUS), sedangkan unmet need 0" in masukau
    assert "bukan kesalahan yang pasti" in masukau
    assert "Penduduk 638 jiwa, sedangkan keluarga 346: 1,8 jiwa per keluarga" in words(open_village("6309122005"))


def test_a_report_that_was_not_made_is_never_a_low_score(open_village):
    app = open_village("6309112008")
    body = html(app)
    assert body.count("repeating-linear-gradient(135deg,#4d4d4d") >= 4
    assert "Laporan KB pada rekap 12 Juni 2023 kosong" in body
    assert "1 dari 4" not in body
    assert "Partisipasi poktan† 1→3" in words(app)
    assert "tidak dapat diperiksa kewajarannya" in words(app)


def test_reasons_say_what_was_measured_and_the_limits(open_village):
    body = html(open_village("6309062008"))
    for part in (
        "4% (11 dari 297 peserta); skor 1: &lt; 20%. Skor 2: 20–22%.",
        "2 unsur (pengurus ada, jumlah anggota ada, pelatihan tidak tercatat); skor 3: 2 unsur. Skor 4: ≥ 3 unsur.",
        "Rekap tidak memuat butir ini; menurut skornya ≥ 2 sarana. Skor tertinggi butir ini 3.",
        "Usulan: DP3AP2KB; Dinkes",
    ):
        assert part in body


def test_a_village_without_the_status_says_what_is_known_and_what_is_not(open_village):
    text = words(open_village("6309062005"))
    assert "Tidak tercatat sebagai Kampung KB pada ekspor portal mana pun" in text
    assert "2 dari 10 desa/kelurahan berstatus Kampung KB: Masukau dan Kasiau Raya." in text
    assert "Tidak diketahui: kelas" in text


def test_every_kampung_kb_has_a_page_on_the_first_date(open_village, warehouse):
    app = open_village("6309012001", tanggal="2022-06-13")
    for code in queries.recap(warehouse, "2022-06-13")["kode_desa"]:
        app.query_params["desa"] = code
        app.run()
        assert not app.error, code
        assert "data per 13 Juni 2022" in app.caption[0].value


def test_choosing_a_village_or_a_neighbour_puts_its_code_in_the_link(open_page):
    app = open_page("desa", simulasi="SK01-4")
    assert "Pilih desa/kelurahan" in app.title[0].value
    next(b for b in app.button_group if b.key == "tawar-sudah").select("Padangin (Muara Harus)").run()
    assert dict(app.query_params) == {"desa": "6309082004"}
    next(b for b in app.button_group if b.key == "tetangga").select("Padangin (Kec. Tanta): Dasar").run()
    assert app.query_params["desa"] == "6309032012"
    next(b for b in app.selectbox if b.key == "pilih-desa").select("6309032001").run()
    assert app.title[0].value.startswith("Murung Baru (Kec. Tanta) belum Kampung KB")


def test_kelengkapan_says_who_did_not_report_and_writes_the_reminder(open_real, warehouse):
    app = open_real("kelengkapan")
    assert app.title[0].value == "4 dari 24 Kampung KB di Tabalong belum melapor KB dan 5 belum melapor poktan"
    assert [(m.label, m.value) for m in app.metric] == [
        ("Lapor KB", "20 dari 24"),
        ("Lapor poktan", "19 dari 24"),
        ("Isian kosong", "22,6%"),
        ("Angka tetap", "19 dari 24"),
        ("Umur rekap", "77 hari"),
    ]
    assert [s.value for s in app.header] == [
        "5 Kampung KB dengan laporan kosong",
        "Teks pengingat per kecamatan, siap disalin",
        "Setelah rekap 7 Juni 2022, angka baru ada pada 7 dari 288 laporan KB dan 6 dari 288 laporan poktan",
        "190 dari 840 isian rekap kosong; bagian terbesar pada kelompok Poktan (32,5%)",
        "3 catatan kewajaran pada 3 Kampung KB",
        "Rekap laporan 77 hari lebih tua daripada data klasifikasi terbaru",
        kesegaran.catalogue_title(queries.indicators(warehouse)),
    ]
    assert [t.label for t in app.tabs][:5] == ["Haruai (1)", "Jaro (1)", "Kelua (1)", "Tanjung (1)", "Banua Lawas (1)"]
    assert len(app.code) == 12
    letter = next(c.value for c in app.code if c.value.startswith("Yth. Camat Kelua"))
    assert "- Desa Ampukung: laporan KB dan laporan poktan kosong pada semua 13 rekap sejak 7 Juni 2022." in letter


def test_kelengkapan_agrees_with_the_first_page_on_every_date(open_real, warehouse):
    first, app = open_real("ringkasan"), open_real("kelengkapan")
    for day in queries.coverage_history(warehouse)["periode"]:
        for page in (first, app):
            page.query_params["tanggal"] = day
            page.run()
            assert not page.error, day
        told = {m.label: m.value for m in first.metric}["Pelaporan KB"]
        assert {m.label: m.value for m in app.metric}["Lapor KB"] == told


@pytest.mark.parametrize(
    ("day", "recap", "same"),
    [
        ("2022-06-13", "7 Juni 2022", "–"),
        ("2022-10-27", "27 Oktober 2022", "–"),
        ("2022-12-26", "15 Desember 2022", "18 dari 24"),
        ("2023-05-16", "31 Januari 2023", "18 dari 24"),
    ],
)
def test_kelengkapan_reads_no_recap_after_its_date(open_real, day, recap, same):
    app = open_real("kelengkapan", tanggal=day)
    assert not app.error
    assert all(f"menurut rekap per {recap}\n" in c.value for c in app.code)
    assert {m.label: m.value for m in app.metric}["Angka tetap"] == same


def test_kelengkapan_of_one_kecamatan_has_its_one_reminder_and_leads_to_the_village(open_real):
    app = open_real("kelengkapan", kecamatan="630902")
    assert [c.value.splitlines()[0] for c in app.code] == ["Yth. Camat Kelua"]
    assert {m.label: m.value for m in app.metric}["Angka tetap"] == "1 dari 2"
    assert "angka baru ada pada 0 dari 24 laporan KB" in words(app)
    assert not app.tabs
    assert 'href="desa?kecamatan=630902&amp;desa=6309022011"' in html(app)
    app.button(key="kosong-6309022002").click().run()
    assert app.query_params["desa"] == "6309022002"
    assert app.title[0].value.startswith("Ampukung (Kec. Kelua)")


def _without(facts, folder, file):
    golden.write(facts, folder / "data")
    golden.keep(folder / "data", f"kampung_kb_{file}.csv", lambda t: t["kode_desa"] == "")
    refresh_fingerprints(folder / "data")
    build(folder / "data", folder / "var")
    return folder / "var"


def test_kelengkapan_without_any_recap_counts_nothing_as_zero(open_page, facts, tmp_path):
    app = open_page("kelengkapan", folder=_without(facts, tmp_path, "rekap"))
    assert app.title[0].value == "Belum ada rekap laporan Kampung KB di Tabalong"
    assert not app.error
    assert not app.code
    assert not app.metric
    assert "Belum ada rekap laporan sampai dengan tanggal ini." in app.info[0].value


@pytest.fixture
def taken(monkeypatch):
    """What the download buttons of a page hold: key -> table."""
    found = {}
    real = parts.downloads

    def downloads(rows, *, key, **more):
        found[key] = rows() if callable(rows) else rows
        real(rows, key=key, **more)

    monkeypatch.setattr("kkb.ui.parts.downloads", downloads)
    return found


@pytest.mark.parametrize(
    ("query", "title"),
    [
        (
            {},
            "Tiap kecamatan memiliki 2 Kampung KB; cakupan tertinggi di Upau (2 dari 6), terendah di Banua Lawas dan "
            "Tanjung (2 dari 15)",
        ),
        (
            {"indikator": "KKB02"},
            "Bagian Kampung KB Mandiri ke atas: tertinggi di Murung Pudak dan Upau (2 dari 2), terendah di 6 kecamatan "
            "(0 dari 2)",
        ),
        (
            {"indikator": "KKB06"},
            "Rata-rata Indeks Output di 7 kecamatan yang datanya lengkap: tertinggi di Murung Pudak (3,63), "
            "terendah di Bintang Ara dan Muara Harus (2,63)",
        ),
        ({"indikator": "DS01"}, "Rata-rata IDM: tertinggi di Murung Pudak (0,8845), terendah di Muara Uya (0,7949)"),
        (
            {"kecamatan": "630911"},
            "Kec. Jaro: 2 dari 9 desa/kelurahan sudah Kampung KB; Garagata belum mengirim laporan KB dan laporan "
            "poktan",
        ),
        (
            {"kecamatan": "630903"},
            "Kec. Tanta: 2 dari 14 desa/kelurahan sudah Kampung KB; Walangkir kurang 1 poin ke Mandiri atau Berkembang",
        ),
    ],
)
def test_the_title_of_the_kecamatan_page_is_its_finding(open_real, query, title):
    assert open_real("kecamatan", **query).title[0].value == title


def test_the_ranking_says_ties_small_numbers_and_who_waits(open_real):
    app = open_real("kecamatan")
    text = words(app)
    assert "Satu Kampung KB setara dengan 6,7–16,7 poin persen." in text
    assert "Dengan tambahan satu Kampung KB, Tanjung beralih dari peringkat 11 ke 6." in text
    assert "angka dan peringkat tidak berubah" in text
    assert "bukan penetapan resmi" in text
    assert "(bersama 1 lainnya) · tetap · kelompok: 2 dari 5" in html(app)
    output = open_real("kecamatan", indikator="KKB06")
    assert "Tidak diperingkat karena ada Kampung KB yang belum melapor" in words(output)
    assert html(output).count("tanpa peringkat") >= 5


def test_the_ranking_compares_with_the_date_in_the_link(open_real):
    app = open_real("kecamatan", indikator="KKB02", banding="2022-12-26")
    assert "Sejak 26 Desember 2022, naik peringkat: Muara Uya" in words(app)
    next(b for b in app.selectbox if b.label == "Indikator").select("KKB04").run()
    assert (app.query_params["indikator"], app.query_params["banding"]) == ("KKB04", "2022-12-26")
    first_date = open_real("kecamatan", tanggal="2022-06-13")
    assert "13 Juni 2022 adalah tanggal data pertama" in words(first_date)


@pytest.mark.parametrize("indicator", ["KKB00", "KKB02"])
def test_the_downloaded_ranking_adds_up_to_the_kabupaten_on_every_date(open_real, taken, warehouse, indicator):
    history = queries.coverage_history(warehouse)
    counts = queries.class_counts(warehouse)
    upper = counts[counts["kelas"].isin(["mandiri", "berkelanjutan"])].groupby("periode")["jumlah"].sum()
    for period, reached in zip(history["periode"], history["jumlah_kampung_kb"], strict=True):
        app = open_real("kecamatan", tanggal=period, indikator=indicator)
        assert not app.error
        table = taken["kecamatan-peringkat"]
        expected = (reached, 131) if indicator == "KKB00" else (upper[period], reached)
        assert (table["Terhitung"].sum(), table["Seluruhnya"].sum()) == expected, period


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_kecamatan_has_its_sheet_and_together_they_hold_every_village(open_real, taken, warehouse, language):
    app, sheets = open_real("kecamatan", kecamatan="630901", bahasa=language), []
    for code in queries.districts(warehouse)["kode_kecamatan"]:
        app.query_params["kecamatan"] = code
        app.run()
        assert not app.error, code
        sheets.append(taken["kecamatan-desa"])
    together = pd.concat(sheets)
    assert together.iloc[:, 0].nunique() == len(together) == 131
    assert together.iloc[:, 3].value_counts().to_list() == [107, 24]


@pytest.mark.parametrize("day", ["2022-06-13", "2022-09-22", "2022-12-26", "2023-06-19"])
def test_the_sheet_opens_on_other_dates(open_real, day):
    app = open_real("kecamatan", kecamatan="630901", tanggal=day)
    assert not app.error
    assert app.title[0].value.startswith("Kec. Banua Lawas: 2 dari 15")


def test_the_sheet_keeps_what_was_not_reported_apart(open_real, taken):
    app = open_real("kecamatan", kecamatan="630911")
    assert "belum melapor (portal: 1,00)" in html(app)
    assert "kirim laporan KB dan laporan poktan" in words(app)
    table = taken["kecamatan-desa"].set_index("Desa/kelurahan")
    assert pd.isna(table.loc["Garagata", "Indeks output"])
    assert "skor 1 dari portal" in table.loc["Garagata", "Catatan"]
    assert table.loc["Purui", "Indeks output"] == 2.75
    assert app.metric[4].value == "1 dari 2"


def test_the_sheet_tells_a_kelurahan_that_idm_does_not_apply(open_real, taken):
    app = open_real("kecamatan", kecamatan="630904")
    assert "IDM tidak berlaku untuk 4 kelurahan." in words(app)
    assert html(app).count("Tidak berlaku (kelurahan)") == 4
    assert taken["kecamatan-desa"]["Status IDM"].value_counts()["Tidak berlaku (kelurahan)"] == 4


def test_the_sheet_leads_on_and_back(open_real):
    app = open_real("kecamatan", kecamatan="630903", desa=WALANGKIR)
    app.button(key="ke-naik_kelas").click().run()
    assert app.query_params["kecamatan"] == "630903"
    assert "desa" not in app.query_params
    app = open_real("kecamatan", kecamatan="630903")
    app.button(key="semua-kecamatan").click().run()
    assert "kecamatan" not in app.query_params
    assert app.title[0].value.startswith("Tiap kecamatan")


def test_a_kecamatan_without_kampung_kb_has_a_sheet(open_page, forgotten, monkeypatch):
    monkeypatch.setattr("kkb.compute.jalur.villages", lambda *_: ())
    app = open_page("kecamatan", kecamatan="630903")
    assert app.title[0].value == "Kec. Tanta: belum ada Kampung KB dari 14 desa/kelurahan"
    assert not app.error


def test_the_kecamatan_page_without_kampung_kb_data_says_what_to_do(open_page, empty_published):
    for query in ({}, {"kecamatan": "630903"}):
        app = open_page("kecamatan", folder=empty_published, **query)
        assert "Belum ada tanggal data Kampung KB" in app.error[0].value


@pytest.fixture
def files(monkeypatch):
    """The tables behind the download buttons of the page opened next, by key."""
    taken = {}

    def take(rows, *, key, title, file_name, notes):
        taken[key] = rows() if callable(rows) else rows

    monkeypatch.setattr("kkb.ui.parts.downloads", take)
    return taken


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ({}, "Klasifikasi Kampung KB dan IDM: hubungan belum jelas (24 desa/kelurahan)"),
        (
            {"indikator": "DS02", "terhadap": "DS03"},
            "Desa dengan IKS lebih tinggi cenderung memiliki IKE lebih tinggi (121 desa/kelurahan)",
        ),
        (
            {"indikator": "DS01", "terhadap": "KKB00"},
            "Kampung KB cenderung memiliki IDM lebih rendah daripada yang belum (121 desa/kelurahan)",
        ),
        (
            {"indikator": "DS01", "terhadap": "DS04"},
            "IDM dan IKL berkaitan menurut cara menghitungnya (121 desa/kelurahan)",
        ),
        (
            {"indikator": "SK12", "terhadap": "SK10"},
            "Skor CPR sama di semua 20 desa/kelurahan, sehingga tidak dapat dihubungkan",
        ),
        (
            {"kecamatan": "630903"},
            "Klasifikasi Kampung KB dan IDM: hanya 2 desa/kelurahan di Kec. Tanta memiliki keduanya, terlalu sedikit",
        ),
        (
            {"kecamatan": "630904", "indikator": "KKB06"},
            "Indeks Output dan IDM: hanya 1 desa/kelurahan di Kec. Tanjung memiliki keduanya, terlalu sedikit",
        ),
    ],
)
def test_the_title_of_the_analysis_is_whether_two_indicators_go_together(open_real, query, title):
    app = open_real("analisis", **query)
    assert not app.error
    assert app.title[0].value == title


def test_the_analysis_says_how_sure_it_is_and_what_it_does_not_prove(open_real):
    text = words(open_real("analisis"))
    assert "Spearman 0,29 (selang kepercayaan 95%: -0,14 sampai dengan 0,63) atas 24 dari 131" in text
    assert "Selang Spearman memuat nol" in text
    assert "Jumlah desa/kelurahan sedikit" in text
    assert "Jumlah desa/kelurahan sedikit" not in words(open_real("analisis", indikator="DS02", terhadap="DS03"))
    assert "Korelasi tidak membuktikan sebab akibat" in text
    assert "Tanggalnya berbeda: Klasifikasi Kampung KB 28 Agustus 2023, IDM 2024." in text
    assert "5 desa/kelurahan yang belum lengkap melapor" in text
    assert "sekitar 6 akan tampak berpola karena kebetulan saja" in text
    assert "Wilayah Nawin terdiri atas 2 bagian terpisah" in text


def test_scattered_kampung_kb_are_not_tested_for_a_pattern_and_idm_is(open_real):
    app = open_real("analisis")
    assert "dari 24 desa/kelurahan yang memiliki nilai, hanya 17 yang berbatasan langsung" in app.info[0].value
    assert "cenderung serupa IDM-nya (indeks Moran 0,29; p < 0,001; n = 121)" in words(app)
    none = open_real("analisis", indikator="SK12", terhadap="SK11")
    assert "Pola ruang tidak dapat diuji" in [s.value for s in none.header]
    assert not open_real("analisis", indikator="DS01", terhadap="KKB00").info


def test_a_status_is_no_number_to_test_for_a_pattern(open_real):
    app = open_real("analisis", terhadap="KKB00")
    assert "Pola ruang tidak dapat diuji" in [s.value for s in app.header]
    assert "Pola ruang Status Kampung KB tidak diuji: sudah atau belum bukan angka" in app.info[0].value


def test_the_output_index_without_a_report_is_set_apart_in_picture_and_file(open_real, files):
    app = open_real("analisis", indikator="KKB06")
    assert "Belum melapor: <b>5</b>" in markup(app)
    assert "5 desa/kelurahan tidak disertakan karena laporannya belum lengkap; Indeks Output di sana" in words(app)
    table = files["analisis-sebaran-a"]
    assert (table["Keterangan"] == "Belum melapor").sum() == 5
    assert table["Nilai"].notna().sum() == 19


def test_files_of_the_analysis_hold_the_numbers_on_the_page(open_real, files):
    app = open_real("analisis", indikator="DS01")
    pattern = files["analisis-ruang"]["Pola"].value_counts()
    told = next(s.value for s in app.header if "dikelilingi" in s.value)
    for name in ("Tinggi dikelilingi tinggi", "Rendah dikelilingi rendah", "Rendah dikelilingi tinggi"):
        assert f"{pattern[name]} {name.lower()}" in told
        assert f"{name}: {pattern[name]}</b>" in markup(app)
    assert len(files["analisis-ruang"]) == 121
    assert files["analisis-hubungan"][["IDM", "Klasifikasi Kampung KB"]].notna().all(axis=1).sum() == 24
    assert len(files["analisis-pencilan-DS01"]) == 10


def test_the_kecamatan_of_the_analysis_add_up(open_real, files, warehouse):
    whole = open_real("analisis", indikator="DS01") and dict(files)
    found = dict.fromkeys(("analisis-ruang", "analisis-sebaran-a", "analisis-hubungan"), 0)
    values = 0
    for code in queries.districts(warehouse)["kode_kecamatan"]:
        files.clear()
        assert not open_real("analisis", indikator="DS01", kecamatan=code).error
        values += files["analisis-sebaran-a"]["Nilai"].notna().sum()
        for key in found:
            found[key] += len(files[key])
    assert found == {key: len(whole[key]) for key in found}
    assert values == whole["analisis-sebaran-a"]["Nilai"].notna().sum() == 121


def test_choosing_the_second_indicator_puts_both_in_the_link(open_page):
    app = open_page("analisis")
    app.selectbox(key="pilih-terhadap").select("SK11").run()
    assert dict(app.query_params) == {"indikator": "KKB02", "terhadap": "SK11"}
    app.selectbox(key="pilih-indikator").select("DS01").run()
    assert dict(app.query_params) == {"indikator": "DS01", "terhadap": "SK11"}
    assert not app.error


@pytest.mark.parametrize("query", [{"terhadap": "DS99"}, {"indikator": "<b>"}, {"kecamatan": "1", "desa": "2"}])
def test_an_odd_link_to_the_analysis_is_told(open_page, query):
    app = open_page("analisis", **query)
    assert not app.error
    assert any("tidak dikenali" in w.value for w in app.warning)


def test_the_analysis_without_kampung_kb_says_what_to_do(open_page, empty_published):
    assert "Belum ada tanggal data Kampung KB" in open_page("analisis", folder=empty_published).error[0].value


def test_a_village_chosen_on_the_map_of_neighbours_is_read_out(open_real):
    app = open_real("analisis", desa="6309032012")
    assert "**Padangin** (Tanta): IDM 0,8335; rata-rata 5 tetangganya 0,8324; p" in words(app)
    app.button(key="analisis-lepas").click().run()
    assert "desa" not in app.query_params
    assert "6309041003: " not in words(open_real("analisis", desa="6309041003"))
    assert "tidak diuji" in words(open_real("analisis", desa="6309041003"))


def test_both_can_be_turned_round_where_both_have_a_pattern(open_real):
    app = open_real("analisis", indikator="DS02", terhadap="DS01")
    app.button(key="analisis-tukar").click().run()
    assert dict(app.query_params) == {"indikator": "DS01", "terhadap": "DS02"}


@pytest.fixture(scope="module")
def decreed(tmp_path_factory, published):
    """The real warehouse and a later list of decrees: one village new to it, one already in the portal."""
    folder = tmp_path_factory.mktemp("sk")
    var = shutil.copytree(published, folder / "var")
    rows = [
        "kode_desa;status;tanggal_sk;nomor_sk",
        "6309032004;sudah;15/09/2023;188.45/1",
        "6309032012;sudah;01/03/2018;2",
    ]
    (folder / "sk.csv").write_text("\n".join(rows))
    report = terima.prepare(folder / "sk.csv", Choices(as_of="2024-01-31", source="SK Bupati"), ROOT / "data", var)
    terima.publish(report, "uji", "", ROOT / "data", var)
    return var


@pytest.mark.parametrize(
    ("page", "query", "title"),
    [
        ("ringkasan", {}, "25 dari 131 desa/kelurahan di Tabalong berstatus Kampung KB"),
        ("peta", {}, "25 dari 131 desa/kelurahan di Tabalong sudah Kampung KB (19,1%)"),
        ("naik_kelas", {}, "6 Kampung KB di Tabalong tinggal satu poin dari kelas di atasnya"),
        ("kecamatan", {"kecamatan": "630903"}, "Kec. Tanta: 3 dari 14 desa/kelurahan sudah Kampung KB"),
        ("desa", {"desa": "6309032004"}, "Warukin (Kec. Tanta) sudah Kampung KB, tetapi belum dinilai portal"),
        ("desa", {"desa": "6309032012"}, "Padangin (Kec. Tanta): Dasar"),
        ("target", {}, "106 desa/kelurahan belum Kampung KB per 31 Januari 2024"),
    ],
)
def test_a_list_of_decrees_later_than_the_portal_hides_no_class(open_page, decreed, page, query, title):
    app = open_page(page, folder=decreed, **query)
    assert app.title[0].value.startswith(title)
    assert not app.error
    assert not app.exception
    if page == "ringkasan":
        cards = {m.label: m.value for m in app.metric}
        assert (cards["Susunan kelas"], cards["Pelaporan KB"]) == ("10 · 6 · 4 · 4", "20 dari 24")
        assert "klasifikasi portal per 28 Agustus 2023, 24 Kampung KB yang dinilai" in words(app)
        assert "SK Bupati" in words(app)
    if page == "kecamatan":
        assert "belum dinilai portal: Warukin." in words(app)
    if query.get("desa") == "6309032012":
        assert "SK: 2, 1 Maret 2018." in words(app)
