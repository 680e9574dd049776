"""What a person does with the app, in a real browser against the real server."""

import json
import re
import shutil
import urllib.error
import urllib.request
from urllib.parse import urlsplit

import pytest

from kkb import queries, store
from kkb.build import build
from tests.browser.conftest import Reader, serving

PAGES = (
    "/",
    "/peta",
    "/klasifikasi",
    "/naik-kelas",
    "/kecamatan",
    "/desa?desa=6309042009",
    "/lintas-sektor?opd=DINKES",
    "/analisis",
    "/target",
    "/tindak-lanjut",
    "/rapat?kecamatan=630903",
    "/kelengkapan",
    "/data",
    "/metodologi",
    "/panduan",
)
SIZES = {"laptop": (1366, 768), "small": (1024, 768), "phone": (390, 844)}


def fills(frame):
    """Code of each village's colour: how many villages have which fill."""
    counts = frame.evaluate(
        "Object.entries([...document.querySelectorAll('path.leaflet-interactive')]"
        ".reduce((n, p) => (n[p.getAttribute('fill')] = (n[p.getAttribute('fill')] || 0) + 1, n), {}))"
    )
    return dict(counts)


def click_village(warehouse, frame, code):
    """Click inside a village's polygon on the map, as a person would."""
    place = list(queries.villages(warehouse)["kode_desa"]).index(code)
    point = frame.evaluate(
        """(n) => {
            const path = [...document.querySelectorAll('path.leaflet-interactive')]
                .filter((p) => p.kkbPlace === n)[0];
            const box = path.getBBox();
            const at = path.ownerSVGElement.createSVGPoint();
            for (let i = 1; i < 20; i++) for (let j = 1; j < 20; j++) {
                at.x = box.x + box.width * i / 20;
                at.y = box.y + box.height * j / 20;
                if (path.isPointInFill(at)) {
                    const s = at.matrixTransform(path.getScreenCTM());
                    if (document.elementFromPoint(s.x, s.y) === path) return [s.x, s.y];
                }
            }
            return null;
        }""",
        place,
    )
    assert point, f"{code} cannot be clicked"
    frame.locator("body").click(position={"x": point[0], "y": point[1]})


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("/peta?kecamatan=630908&indikator=KKB02", "0 dari 2 Kampung KB di Kec. Muara Harus berkelas Berkelanjutan"),
        ("/target", "107 desa/kelurahan belum Kampung KB per 28 Agustus 2023; tenggat 2024 telah lewat"),
        ("/metodologi", "Setiap angka: arti, rumus, sumber, dan tanggalnya"),
    ],
)
def test_a_deep_link_works_as_the_first_visit_after_a_start(browser, published, tmp_path, path, title):
    with serving(published, tmp_path / "log") as address:
        page = browser.new_page()
        assert Reader(page, address).open(path).title() == title
        assert page.get_by_text("Page not found").count() == 0
        page.close()


def test_the_map_shows_131_villages_in_their_classes(reader):
    frame = reader.open("/peta").map()
    assert frame.locator("path.leaflet-interactive").count() == 131
    assert fills(frame) == {"#0072B2": 24, "#E69F00": 107}


def test_switching_the_indicator_recolours_the_map_on_screen(reader):
    frame = reader.open("/peta").map()
    frame.evaluate("window.same = true")
    reader.choose("Indikator", "Klasifikasi Kampung KB")
    reader.expect_title("4 dari 24 Kampung KB di Tabalong berkelas Berkelanjutan")
    frame.wait_for_function("document.querySelectorAll('path[fill=\"#ffffcc\"]').length === 10")
    assert fills(frame) == {"#ffffcc": 10, "#a1dab4": 6, "#41b6c4": 4, "#225ea8": 4, "url(#kkb-4)": 107}
    assert frame.evaluate("window.same") is True
    reader.expect_address("/peta?indikator=KKB02")


def test_missing_values_are_hatched_and_never_a_class(reader):
    frame = reader.open("/peta?indikator=SK11").map()
    assert fills(frame) == {"#ffffcc": 16, "#a1dab4": 2, "#225ea8": 2, "url(#kkb-5)": 4, "url(#kkb-4)": 107}
    patterns = frame.evaluate("[...document.querySelectorAll('pattern')].map((p) => p.id)")
    assert {"kkb-4", "kkb-5"} <= set(patterns)


@pytest.mark.parametrize(("code", "district"), [("6309032012", "Tanta"), ("6309082004", "Muara Harus")])
def test_a_click_on_the_map_opens_the_right_padangin(reader, warehouse, code, district):
    frame = reader.open(f"/peta?kecamatan={code[:6]}").map()
    click_village(warehouse, frame, code)
    reader.page.get_by_text(f"Desa di Kecamatan {district}").wait_for()
    reader.expect_address(f"/peta?kecamatan={code[:6]}&desa={code}")


def test_a_click_at_kabupaten_level_opens_a_village(reader, warehouse):
    frame = reader.open("/peta").map()
    click_village(warehouse, frame, "6309122005")
    reader.page.get_by_text("Desa di Kecamatan Bintang Ara").wait_for()
    reader.expect_address("/peta?desa=6309122005")


def test_a_click_on_a_name_goes_to_the_kecamatan_and_the_path_leads_back(reader):
    frame = reader.open("/peta").map()
    frame.locator(".kkb-label", has_text="Jaro").first.click()
    reader.expect_title("2 dari 9 desa/kelurahan di Kec. Jaro sudah Kampung KB (22,2%)")
    reader.page.get_by_role("button", name="Garagata", exact=True).click()
    reader.page.get_by_text("Desa di Kecamatan Jaro").wait_for()
    reader.expect_address("/peta?kecamatan=630911&desa=6309112008")
    reader.page.get_by_role("button", name="Kec. Jaro").click()
    reader.expect_address("/peta?kecamatan=630911")
    reader.page.get_by_role("button", name="Tabalong", exact=True).click()
    reader.expect_address("/peta")
    reader.expect_title("24 dari 131 desa/kelurahan di Tabalong sudah Kampung KB (18,3%)")


def test_choices_survive_a_change_of_page_and_back_walks_back(reader):
    reader.open("/peta?kecamatan=630903")
    reader.map()
    reader.choose("Indikator", "IDM")
    reader.expect_address("/peta?kecamatan=630903&indikator=DS01")
    reader.choose("Kecamatan", "Jaro")
    reader.expect_title("IDM: 7 dari 9 desa di Kec. Jaro berstatus Mandiri")
    reader.page.get_by_test_id("stSidebar").get_by_role("link", name="Ringkasan").click()
    reader.expect_title("2 dari 9 desa/kelurahan di Kec. Jaro berstatus Kampung KB")
    reader.expect_address("/?kecamatan=630911&indikator=DS01")
    for path, title in (
        ("/peta?kecamatan=630911&indikator=DS01", "IDM: 7 dari 9 desa di Kec. Jaro berstatus Mandiri"),
        ("/peta?kecamatan=630903&indikator=DS01", "IDM: 14 dari 14 desa di Kec. Tanta berstatus Mandiri"),
        ("/peta?kecamatan=630903", "2 dari 14 desa/kelurahan di Kec. Tanta sudah Kampung KB (14,3%)"),
    ):
        reader.page.go_back()
        reader.expect_title(title)
        assert reader.query() == path
    reader.page.go_forward()
    reader.expect_title("IDM: 14 dari 14 desa di Kec. Tanta berstatus Mandiri")


def test_two_dates_side_by_side_and_the_tile_map(reader):
    reader.open("/peta?indikator=KKB02&banding=2022-06-13")
    then = reader.map(1)  # only when both are there is it known which is which
    assert fills(reader.map(0))["#ffffcc"] == 12
    assert fills(then)["#ffffcc"] == 10
    frame = reader.open("/peta?indikator=KKB02&tampilan=petak").map()
    boxes = frame.evaluate(
        "[...document.querySelectorAll('path.leaflet-interactive')].map((p) => p.getBBox())"
        ".map((b) => Math.round(b.width) + 'x' + Math.round(b.height))"
    )
    assert len(boxes) == 131
    assert max(int(b.split("x")[0]) for b in boxes) - min(int(b.split("x")[0]) for b in boxes) <= 1


def test_the_table_under_the_map_holds_the_same_numbers(reader, tmp_path):
    reader.open("/peta?indikator=DS01&kecamatan=630905").map()
    reader.page.get_by_text("Tabel: 13 desa/kelurahan").click()
    with reader.page.expect_download() as download:
        reader.page.get_by_role("button", name="Unduh CSV").click()
    download.value.save_as(tmp_path / "idm.csv")
    lines = (tmp_path / "idm.csv").read_text(encoding="utf-8-sig").splitlines()
    assert download.value.suggested_filename == "kampung-kb_DS01_2024.csv"
    assert lines[0] == "Kode;Desa/kelurahan;Kecamatan;Keterangan;Nilai"
    assert len(lines) == 14


def test_the_plan_is_kept_in_the_link_and_moves_coverage(reader):
    reader.open("/target?kecamatan=630909")
    reader.page.get_by_role("button", name="Pilih semua").click()
    reader.page.get_by_text("29 dari 131").wait_for()
    reader.page.wait_for_url("**rencana=*")  # the address is written after the picture
    kept = reader.query()
    assert kept.count(".") == 4
    reader.open(kept)
    reader.page.get_by_text("29 dari 131").wait_for()
    reader.page.go_back()
    reader.page.get_by_text("5 desa dipilih di bawah").wait_for()


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
@pytest.mark.parametrize("path", PAGES)
def test_pages_fit_and_ask_no_other_host(browser, address, path, size):
    context = browser.new_context(viewport={"width": size[0], "height": size[1]})
    page = context.new_page()
    asked, failed = [], []
    page.on("request", lambda r: asked.append(r.url))
    page.on("console", lambda m: failed.append(m.text) if "Content Security Policy" in m.text else None)
    page.on("pageerror", lambda e: failed.append(str(e)))
    reader = Reader(page, address).open(path)
    if path in ("/", "/peta") or "desa=" in path:
        reader.map()
    page.wait_for_timeout(1500)
    hosts = {urlsplit(u).netloc for u in asked if not u.startswith(("data:", "blob:"))}
    assert hosts == {urlsplit(address).netloc}
    assert failed == []
    wide = page.evaluate(
        "(() => { const m = document.querySelector('[data-testid=stMain]');"
        " return Math.max(m.scrollWidth - m.clientWidth, document.documentElement.scrollWidth - innerWidth) })()"
    )
    assert wide <= 0
    context.close()


def test_a_step_that_is_tried_shows_its_class_and_travels_in_the_link(reader):
    reader.open("/naik-kelas?desa=6309082004")
    reader.page.get_by_text("Kini Dasar → simulasi Dasar").wait_for()
    reader.page.get_by_role("button", name="Coba").first.click()
    reader.page.get_by_text("Kini Dasar → simulasi Mandiri").wait_for()
    reader.expect_address("/naik-kelas?desa=6309082004&simulasi=SK11-2")
    reader.page.reload()
    reader.page.get_by_text("Kini Dasar → simulasi Mandiri").wait_for()
    reader.page.go_back()
    reader.page.get_by_text("Kini Dasar → simulasi Dasar").wait_for()


def test_english_is_one_click_away_and_travels_along(reader):
    reader.open("/")
    reader.page.get_by_role("button", name="English").or_(reader.page.get_by_role("radio", name="English")).click()
    reader.expect_address("/?bahasa=en")
    reader.page.get_by_test_id("stSidebar").get_by_role("link", name="Map").click()
    reader.expect_address("/peta?bahasa=en")
    assert "villages" in reader.title()


def test_a_wrong_link_says_so_and_shows_the_default(reader):
    reader.open("/peta?kecamatan=abc&indikator=KKB00")
    reader.page.get_by_text("“abc” pada tautan tidak dikenali untuk kecamatan").wait_for()
    assert reader.title() == "24 dari 131 desa/kelurahan di Tabalong sudah Kampung KB (18,3%)"


def test_a_new_version_is_seen_on_the_next_rerun_and_a_torn_one_is_not(browser, golden_facts, facts, tmp_path):
    build(golden_facts, tmp_path / "var")
    with serving(tmp_path / "var", tmp_path / "log") as address:
        page = browser.new_page()
        reader = Reader(page, address).open("/peta")
        assert "dari 21 desa" in reader.title()
        build(facts, tmp_path / "var")
        reader.choose("Indikator", "Klasifikasi Kampung KB")
        reader.expect_title("4 dari 24 Kampung KB di Tabalong berkelas Berkelanjutan")
        reader.map()
        torn = store.path_of(tmp_path / "var", "0123456789ab")
        shutil.copy(store.path_of(tmp_path / "var", (tmp_path / "var/CURRENT").read_text().strip()), torn)
        torn.write_bytes(torn.read_bytes()[:100_000])
        store.publish(tmp_path / "var", "0123456789ab")
        reader.open("/")
        page.get_by_text("Versi data 0123456789ab tidak utuh").wait_for()
        assert reader.title() == "24 dari 131 desa/kelurahan di Tabalong berstatus Kampung KB"
        page.close()


def test_nothing_built_is_a_plain_sentence(browser, tmp_path):
    with serving(tmp_path / "kosong", tmp_path / "log") as address:
        page = browser.new_page()
        page.goto(f"{address}/peta")
        page.get_by_text("Data belum dibangun sehingga belum ada angka").wait_for()
        assert "Traceback" not in page.content()
        page.close()


def test_assets_never_change_under_an_address_and_answers_carry_headers(reader):
    reader.open("/peta").map()
    addresses = reader.page.evaluate(
        "[...document.querySelectorAll('iframe')].flatMap((f) =>"
        " f.contentWindow.performance.getEntriesByType('resource').map((e) => e.name))"
    )
    ours = [a for a in addresses if "/aset/" in a or "/lapisan/" in a]
    assert len(ours) >= 5
    for url in ours:
        with urllib.request.urlopen(url) as answer:
            assert "immutable" in answer.headers["Cache-Control"]
            assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
    with urllib.request.urlopen(next(u for u in ours if "/lapisan/" in u)) as answer:
        assert len(json.load(answer)["unit"]) == 131


@pytest.mark.parametrize(
    "path",
    [
        "/aset/0000000000000000/peta.js",
        "/aset/{key}/../server.py",
        "/aset/{key}/%2e%2e/server.py",
        "/lapisan/x.json",
    ],
)
def test_nothing_else_can_be_fetched(address, path):
    from kkb.ui.assets import files_key

    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(address + path.replace("{key}", files_key()))
    refused.value.close()
    assert refused.value.code in (400, 403, 404)


def test_a_village_prints_on_two_sheets_with_its_map_whole(reader, warehouse):
    frame = reader.open("/desa?desa=6309042009").map()
    reader.page.get_by_role("button", name="Unduh CSV").wait_for()
    near = [*queries.village_neighbours(warehouse, "6309042009", "2023-08-28")["nama_desa"], "Mahe Seberang"]
    assert sorted(frame.locator(".kkb-desa").all_inner_texts()) == sorted(near)
    assert len(re.findall(rb"/Type\s*/Page\b", reader.page.pdf(format="A4"))) == 2
    reader.page.emulate_media(media="print")
    assert not reader.page.get_by_role("combobox", name="Kecamatan").is_visible()
    assert not reader.page.locator("[data-testid=stSidebar]").is_visible()
    drawn = frame.evaluate("document.querySelector('.leaflet-container').offsetWidth")
    assert drawn <= reader.page.locator("iframe[src*=streamlit_folium]").bounding_box()["width"]
    assert drawn < 300
