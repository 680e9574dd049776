"""From the nation to a province, to a kabupaten, by clicks on the maps; to a village by search; and what axe asks."""

from tests.browser.conftest import Reader, serving
from tests.browser.test_aksesibel import settle, violations


def test_a_click_leads_from_the_nation_to_a_kabupaten(browser, nations, tmp_path):
    with serving(nations[400], tmp_path / "server.log") as address:
        size = {"width": 1366, "height": 600}  # less than the map needs
        context = browser.new_context(viewport=size, locale="id-ID", bypass_csp=True)
        page = context.new_page()
        page.set_default_timeout(30_000)
        reader = Reader(page, address).open("/nasional")
        drawn = page.frame_locator("iframe[src*=streamlit_folium]")
        settle(page)
        assert violations(page) == []
        province = drawn.get_by_role("button", name="Provinsi Contoh 02")
        assert province.inner_text().split("\n")[0] == "Provinsi Contoh 02"
        province.locator("span").click()  # the mark itself has no size
        reader.expect_title("1 kabupaten/kota di Provinsi Contoh 02")
        reader.expect_address("/nasional?provinsi=12")
        drawn.get_by_role("button", name="Contoh 002").wait_for()
        assert drawn.locator("path.kkb-unit").count() == 1
        drawn.locator("path.kkb-unit").click(position={"x": 20, "y": 20})
        reader.expect_address("/peta?kabupaten=1201&provinsi=12")
        reader.expect_title("di Contoh 002 sudah Kampung KB")
        page.go_back()
        reader.expect_title("1 kabupaten/kota di Provinsi Contoh 02")
        box = page.get_by_role("textbox", name="Cari desa, kecamatan, atau kabupaten di semua provinsi")
        box.fill("Dsa Cntoh 131")
        box.press("Enter")
        page.get_by_role("button", name="Desa Contoh 131, Kec. Contoh 12, Contoh 003").click()
        page.wait_for_url(address + "/desa?kabupaten=1301&provinsi=12&desa=1301122131")
        page.get_by_role("heading", level=1).filter(has_text="Desa Contoh 131").wait_for()
        assert box.input_value() == ""
        context.close()


SHOWN = """() => [...document.querySelectorAll(".kkb-wilayah")].filter((e) => !e.style.visibility).map((e) => {
  const box = e.firstChild.getBoundingClientRect();
  return [box.left, box.right, box.top, box.bottom, innerWidth];
})"""


def test_names_on_a_narrow_map_are_neither_cut_nor_on_each_other(browser, nations, tmp_path):
    with serving(nations[400], tmp_path / "server.log") as address:
        context = browser.new_context(viewport={"width": 320, "height": 844}, locale="id-ID")
        page = context.new_page()
        page.set_default_timeout(30_000)
        Reader(page, address).open("/nasional")
        page.frame_locator("iframe[src*=streamlit_folium]").get_by_role("button", name="Provinsi Contoh 01").wait_for()
        frame = next(f for f in page.frames if "streamlit_folium" in f.url)
        for height in (844, 1900):
            page.set_viewport_size({"width": 320, "height": height})
            page.wait_for_timeout(500)
            shown = frame.evaluate(SHOWN)
            assert len(shown) > 1
            assert all(left >= 0 and right <= width for left, right, _top, _bottom, width in shown), shown
            for n, (left, right, top, bottom, _width) in enumerate(shown):
                others = shown[:n]
                assert all(right < a or left > b or bottom < c + 8 or top > d - 8 for a, b, c, d, _ in others), shown
        context.close()
