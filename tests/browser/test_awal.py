"""The first paint in a real browser: there before Streamlit, gone after it, and usable in between."""

import gzip
import re
import urllib.error
import urllib.request

import pytest

from tests.browser.conftest import Reader, serving
from tests.browser.test_app import fills

MAP = "#kkb-awal-peta path.leaflet-interactive"


@pytest.fixture
def held(browser, address):
    """A page to which Streamlit's scripts do not come, as on a line too slow for them."""
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    page = context.new_page()
    page.route("**/static/js/**", lambda route: route.abort())
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield Reader(page, address), errors
    context.close()


@pytest.mark.parametrize(
    ("path", "told"), [("/", "berstatus Kampung KB"), ("/peta?indikator=KKB02", "berkelas Berkelanjutan")]
)
def test_the_map_and_the_finding_do_not_wait_for_streamlit(held, path, told):
    reader, errors = held
    reader.page.goto(reader.address + path)
    reader.page.wait_for_function(f"document.querySelectorAll('{MAP}').length === 131")
    assert told in reader.page.locator("#kkb-awal").inner_text()
    assert "Sumber: Portal Kampung KB" in reader.page.locator("#kkb-awal").inner_text()
    assert sum(fills(reader.page).values()) == 131
    assert len(fills(reader.page)) > 1
    assert errors == []
    width = reader.page.evaluate("document.getElementById('kkb-awal').scrollWidth")
    assert width <= 1366


def test_the_bars_say_what_they_show_though_the_map_shows_something_else(held):
    reader, _ = held
    reader.page.goto(reader.address + "/peta?indikator=DS01")
    beside = reader.page.locator("#kkb-awal .kkb-dua > div").nth(1).inner_text()
    assert re.search(r"Per kecamatan\s+sudah\s+belum", beside)
    assert "Sumber: Portal Kampung KB, BKKBN. Data per 28 Agustus 2023." in beside


def test_a_click_on_a_kecamatan_and_a_link_work_already(held):
    reader, _ = held
    reader.page.goto(reader.address + "/peta")
    reader.page.wait_for_selector(MAP, state="attached")
    reader.page.locator("#kkb-awal-peta").get_by_text("Haruai", exact=True).click()
    reader.page.wait_for_url("**/peta?kecamatan=630905")
    assert "Kec. Haruai" in reader.page.locator(".kkb-judul").inner_text()
    link = reader.page.locator("#kkb-awal nav").get_by_text("Profil desa")
    assert link.get_attribute("href") == "/desa?kecamatan=630905"


@pytest.mark.parametrize("path", ["/", "/peta", "/peta?tampilan=petak", "/peta?kecamatan=999999"])
def test_it_gives_way_to_the_page(reader, path):
    reader.page.goto(reader.address + path)
    reader.page.wait_for_function("!document.getElementById('kkb-awal')")
    reader.map()
    assert reader.page.locator("[data-testid=stMain] h1").count() == 1


def test_where_nothing_is_built_it_hides_no_message(browser, tmp_path):
    (tmp_path / "var").mkdir()
    with serving(tmp_path / "var", tmp_path / "log") as address:
        page = browser.new_page()
        page.goto(address + "/peta")
        page.get_by_text("make run").first.wait_for()
        assert page.locator("#kkb-awal").count() == 0
        page.close()


def test_an_indicator_is_on_the_map_before_the_server_answers(reader):
    reader.open("/peta")
    frame = reader.map()
    reader.page.wait_for_load_state("networkidle")
    reader.page.wait_for_timeout(500)
    reader.page.context.set_offline(True)  # a line that has just died; the socket is still thought to be open
    reader.choose("Indikator", "IDM")
    frame.wait_for_function(
        "new Set([...document.querySelectorAll('path.leaflet-interactive')].map(p => p.getAttribute('fill'))).size >= 4"
    )
    assert frame.locator(".kkb-nama").inner_text() == "IDM", "until the title says it, the map does"
    reader.page.context.set_offline(False)


def test_a_village_is_marked_before_the_server_answers(reader):
    reader.open("/peta")
    frame = reader.map()
    reader.page.wait_for_load_state("networkidle")
    marked = frame.locator("path.kkb-terpilih")
    assert marked.count() == 0
    reader.page.context.set_offline(True)  # as above
    frame.locator("path.leaflet-interactive").nth(40).dispatch_event("click")
    marked.wait_for(state="attached")
    assert marked.count() == 1
    reader.page.context.set_offline(False)


def test_streamlit_is_not_fetched_before_the_map_is_painted(browser, address):
    page = browser.new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url.removeprefix(address)))
    held = []
    page.route("**/lapisan/**", lambda route: held.append(route))
    page.goto(address + "/peta", wait_until="commit")
    page.locator("#kkb-awal .kkb-judul").wait_for()
    page.wait_for_load_state("load")
    assert not [path for path in asked if path.startswith("/static/js/")]
    assert len(held) == 1
    held.pop().continue_()
    page.unroute("**/lapisan/**")
    page.get_by_role("heading", level=1).wait_for()
    assert [path for path in asked if path.startswith("/static/js/")]
    assert [path for path in asked if path.endswith("/_stcore/health")] == ["/_stcore/health"]
    page.close()


@pytest.mark.parametrize("missing", ["**/lapisan/**", "**/peta.js", "**/leaflet.js"])
def test_streamlit_comes_also_where_the_map_cannot_be_painted(browser, address, missing):
    page = browser.new_page()
    page.route(missing, lambda route: route.fulfill(status=404))
    page.goto(address + "/peta", wait_until="commit")
    page.get_by_role("heading", level=1).filter(has_text="Kampung KB").wait_for()
    page.close()


def test_on_a_slow_line_the_map_is_first(browser, address):
    """400 kbit/s and 300 ms: the finding is there while Streamlit's scripts are still on their way."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.set_default_timeout(120_000)
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    line = {"offline": False, "latency": 300, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
    session.send("Network.emulateNetworkConditions", line)
    page.goto(address + "/", wait_until="commit")
    page.wait_for_function(f"document.querySelectorAll('{MAP}').length === 131")
    assert page.locator("[data-testid=stApp]").count() == 0
    assert "24 dari 131" in page.locator(".kkb-judul").inner_text()
    assert page.evaluate("document.getElementById('kkb-awal').scrollWidth") <= 390
    page.locator("[data-testid=stMain] h1").wait_for()
    context.close()


def _get(address, **headers):
    return urllib.request.urlopen(urllib.request.Request(address, headers=headers), timeout=20)


def test_pages_and_bundles_travel_compressed(address):
    zipped = {"Accept-Encoding": "gzip"}
    for path in ("/", "/peta"):
        answer = _get(address + path, **zipped)
        html = gzip.decompress(answer.read()).decode()
        assert "kkb-awal" in html
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    bundle = re.search(r"static/js/index\.[\w-]+\.js", html).group(0)
    small, plain = _get(f"{address}/{bundle}", **zipped).read(), _get(f"{address}/{bundle}").read()
    assert gzip.decompress(small) == plain
    assert len(small) < len(plain) / 2
    for wrong in ("/warna/x/id/akhir.json", "/static/..%2f..%2fconfig.py"):
        with pytest.raises(urllib.error.HTTPError, match="40"):
            _get(address + wrong, **zipped)
