"""WCAG 2.2 AA by axe-core on every page, light and dark; the language a reader hears, the keyboard, and the way in."""

import pytest
from axe_playwright_python.base import AXE_SCRIPT

from kkb import rupa
from kkb.ui import menu
from tests.browser.conftest import Reader
from tests.browser.test_satu import files, packs  # noqa: F401

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
EXCUSED = {
    (
        "skip-link",
        'href="#',
    ): "In the show of a meeting these are addresses of steps, which its script opens, no anchors.",
}
"""What axe reports without a fault of ours: (rule, part of the element's HTML) -> why. Of Streamlit itself: nothing."""
MORE = (
    "/kecamatan?kecamatan=630911",
    "/desa?desa=6309112008",
    "/desa?desa=6309112001",
    "/peta?kecamatan=630903&indikator=KKB02&banding=2022-06-13",
    "/naik-kelas?desa=6309082004&simulasi=SK11-2",
    "/klasifikasi?banding=2022-06-13",
    "/lintas-sektor?opd=DINKES",
    "/kelengkapan?kecamatan=630911",
)
PATHS = (*(f"/{e.path}" for e in menu.entries(several=False)), *MORE)


def settle(page):
    """Wait until Streamlit has drawn all of the page and the first paint is gone."""
    page.get_by_role("heading", level=1).first.wait_for()
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]", state="attached")
    page.wait_for_function("!document.getElementById('kkb-awal') && !document.querySelector('[data-stale=true]')")
    page.wait_for_timeout(700)


def violations(page):
    """What axe finds on the page and in its frames: 'rule: element', without what EXCUSED names."""
    for frame in page.frames:
        frame.evaluate(AXE_SCRIPT)
    found = page.evaluate(
        "(tags) => axe.run(document, {resultTypes: ['violations'], runOnly: {type: 'tag', values: tags}})", RULES
    )
    nodes = [(rule["id"], node["html"]) for rule in found["violations"] for node in rule["nodes"]]
    return [
        f"{rule}: {html[:160]}"
        for rule, html in nodes
        if not any(rule == known and part in html for known, part in EXCUSED)
    ]


def rgb(colour):
    """A colour #rrggbb as a browser tells it."""
    return f"rgb({', '.join(str(int(colour[n : n + 2], 16)) for n in (1, 3, 5))})"


GROUNDS = {side: rgb(getattr(rupa.TONES["latar"], side)) for side in ("light", "dark")}


def ground(page, selector="[data-testid=stApp]"):
    """The colour an element stands on, as a browser tells it."""
    return page.evaluate("(s) => getComputedStyle(document.querySelector(s)).backgroundColor", selector)


@pytest.fixture
def free(browser, address):
    """A reader whose browser lets axe in, in spite of the content security policy."""
    context = browser.new_context(viewport={"width": 1366, "height": 768}, bypass_csp=True)
    page = context.new_page()
    page.set_default_timeout(30_000)
    yield Reader(page, address)
    context.close()


def in_language(path, language):
    return path if language == "id" else f"{path}{'&' if '?' in path else '?'}bahasa=en"


@pytest.mark.parametrize(("language", "scheme"), [("id", "light"), ("en", "dark")])
@pytest.mark.parametrize("path", PATHS)
def test_a_page_has_no_violation(free, path, language, scheme):
    """Each page once in each language and once on each side: words and colours do not depend on each other."""
    free.page.emulate_media(color_scheme=scheme)
    free.page.goto(free.address + in_language(path, language))
    settle(free.page)
    assert free.page.evaluate("document.documentElement.lang") == language
    assert free.page.title().endswith(" - Kampung KB")
    assert ground(free.page) == GROUNDS[scheme]
    assert violations(free.page) == []


def test_a_dark_phone_has_no_violation(browser, address):
    context = browser.new_context(viewport={"width": 390, "height": 844}, bypass_csp=True, color_scheme="dark")
    page = context.new_page()
    page.goto(address + "/")
    settle(page)
    assert violations(page) == []
    context.close()


def test_a_whole_meeting_in_one_file_has_no_violation(browser, files):  # noqa: F811
    context = browser.new_context(viewport={"width": 1366, "height": 768}, bypass_csp=True)
    page = context.new_page()
    for language in ("id", "en"):
        page.goto(files[language].as_uri())
        page.locator("#lembar h1").wait_for()
        for theme in ("first", "second", "third"):
            assert violations(page) == [], f"{language}, {theme}"
            page.keyboard.press("t")
    context.close()


def test_the_page_speaks_the_language_that_is_chosen(reader):
    page = reader.open("/peta").page
    reader.map()
    frame = page.locator("iframe[src*=streamlit_folium]")
    assert frame.get_attribute("title") == "Peta desa/kelurahan"
    page.get_by_text("English").click()
    page.wait_for_url("**bahasa=en*")
    page.wait_for_function("document.documentElement.lang === 'en'")
    page.wait_for_function("document.title === 'Map - Kampung KB'")
    page.locator("iframe[title='Map of villages']").wait_for()
    assert page.get_by_test_id("stSkipToContent").inner_text() == "Skip to the page's content"
    page.go_back()
    page.wait_for_function("document.documentElement.lang === 'id'")


def test_a_keyboard_is_enough_to_reach_any_village(reader):
    page = reader.open("/").page
    page.wait_for_function("!document.getElementById('kkb-awal')")
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.getAttribute('aria-label')") == "Cari di seluruh dasbor":
            break
    page.keyboard.type("padangin muara")
    page.get_by_role("option", name="Padangin (Muara Harus)").wait_for()
    page.keyboard.press("Enter")
    reader.expect_title("Padangin (Kec. Muara Harus)")
    assert page.url.endswith("/desa?desa=6309082004")
    page.keyboard.press("Tab")
    ring = page.evaluate("(s => s.outlineStyle + s.boxShadow)(getComputedStyle(document.activeElement))")
    assert ring != "nonenone", "what has the focus shows it"


def test_search_knows_pages_kecamatan_and_indicators_and_forgives_a_letter(reader):
    page = reader.open("/").page
    for typed, offered, address in (
        ("halaman target", "Halaman Target", "/target"),
        ("kecamatan jaro", "Kecamatan Jaro", "/kecamatan?kecamatan=630911"),
        ("peta mkjp", "Peta Skor MKJP", "/peta?kecamatan=630911&indikator=SK11"),
        ("hpalah", "Hapalah (Banua Lawas)", "/desa?kecamatan=630901&desa=6309012001&indikator=SK11"),
    ):
        page.get_by_role("combobox", name="Cari di seluruh dasbor").click()
        page.keyboard.type(typed)
        page.get_by_role("option", name=offered, exact=True).click()
        reader.expect_address(address)


def test_a_shared_link_and_its_picture_are_of_what_is_on_screen(reader):
    page = reader.open("/peta").page
    reader.map()
    reader.choose("Indikator", "IDM")
    page.wait_for_url("**indikator=DS01")
    page.get_by_role("button", name="Bagikan").click()
    page.get_by_role("img", name="Kode QR untuk tautan halaman ini").wait_for()
    shared = page.get_by_test_id("stPopoverBody").get_by_test_id("stCode")
    shared.filter(has_text=f"{reader.address}/peta?indikator=DS01").wait_for()


def test_the_guided_start_is_put_away_for_good(reader):
    page = reader.open("/").page
    start = page.get_by_role("complementary", name="Mulai di sini")
    start.wait_for()
    assert start.get_by_role("listitem").count() == 3
    title = page.get_by_role("heading", level=1).bounding_box()
    box = start.bounding_box()
    assert box["y"] + box["height"] <= title["y"] + 8, "it covers no answer"
    page.get_by_test_id("stSidebar").get_by_role("link", name="Peta", exact=True).click()
    page.wait_for_url("**/peta")
    start.wait_for(state="hidden")
    page.go_back()
    start.get_by_role("button", name="Tutup").click()
    start.wait_for(state="hidden")
    reader.open("/")
    page.wait_for_function("!document.getElementById('kkb-awal')")
    assert not start.is_visible()
