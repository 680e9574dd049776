"""WCAG 2.2 AA by axe-core on every page, the language a reader hears, the keyboard, and colours that stay apart."""

import pytest
from axe_playwright_python.base import AXE_SCRIPT

from kkb.ui import menu
from tests.browser.conftest import Reader

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
STREAMLIT: dict[tuple[str, str], str] = {}
"""What Streamlit itself does wrong: (rule, part of the element's HTML) -> why it stays. Empty: nothing is excused."""
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
PATHS = (*(f"/{e.path}" for e in menu.entries()), *MORE)


def settle(page):
    """Wait until Streamlit has drawn all of the page and the first paint is gone."""
    page.get_by_role("heading", level=1).first.wait_for()
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]", state="attached")
    page.wait_for_function("!document.getElementById('kkb-awal') && !document.querySelector('[data-stale=true]')")
    page.wait_for_timeout(700)


def violations(page):
    """What axe finds on the page and in its frames: 'rule: element', without what STREAMLIT names."""
    for frame in page.frames:
        frame.evaluate(AXE_SCRIPT)
    found = page.evaluate(
        "(tags) => axe.run(document, {resultTypes: ['violations'], runOnly: {type: 'tag', values: tags}})", RULES
    )
    nodes = [(rule["id"], node["html"]) for rule in found["violations"] for node in rule["nodes"]]
    return [
        f"{rule}: {html[:160]}"
        for rule, html in nodes
        if not any(rule == known and part in html for known, part in STREAMLIT)
    ]


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


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("path", PATHS)
def test_a_page_has_no_violation(free, path, language):
    free.page.goto(free.address + in_language(path, language))
    settle(free.page)
    assert free.page.evaluate("document.documentElement.lang") == language
    assert free.page.title().endswith(" - Kampung KB")
    assert violations(free.page) == []


def test_a_phone_and_a_dark_desktop_see_the_same_page_without_violation(browser, address):
    """There is one theme, a light one, whatever the system prefers: no text may turn light on a light ground."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, bypass_csp=True, color_scheme="dark")
    page = context.new_page()
    page.goto(address + "/")
    settle(page)
    assert page.evaluate("getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor") == (
        "rgb(255, 255, 255)"
    )
    assert violations(page) == []
    context.close()
