"""A dark page: no white flash before it, maps and figures on its side, a change at once, and light paper."""

import pytest

from kkb import rupa
from tests.browser.conftest import Reader
from tests.browser.test_aksesibel import GROUNDS, ground, rgb, settle

SEA = {side: rgb(getattr(rupa.TONES["peta"], side)) for side in ("light", "dark")}


@pytest.fixture
def night(browser, address):
    """A reader whose system asks for dark pages."""
    context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="id-ID", color_scheme="dark")
    page = context.new_page()
    page.set_default_timeout(30_000)
    yield Reader(page, address)
    context.close()


def ink_of_figure(page):
    """The red of the ink of the first words of a figure, 0 to 255."""
    return int(page.evaluate("document.querySelector('.js-plotly-plot .legendtext').style.fill.slice(4).split(',')[0]"))


def test_the_first_paint_is_dark_before_streamlit_is_there(night):
    night.page.route("**/static/js/**", lambda route: route.abort())
    night.page.goto(night.address + "/")
    night.page.wait_for_selector("#kkb-awal-peta path.leaflet-interactive", state="attached")
    assert night.page.locator(".stApp").count() == 0
    assert ground(night.page, "#kkb-awal") == GROUNDS["dark"]
    assert ground(night.page, "#kkb-awal-peta") == SEA["dark"]
    assert night.page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "light dark"


def test_map_and_figures_follow_a_change_and_paper_is_light(night):
    page = night.open("/").page
    settle(page)
    page.locator(".js-plotly-plot .legendtext").first.wait_for()
    for side in ("light", "dark"):
        with page.expect_event("load"):
            page.emulate_media(color_scheme=side)
        settle(page)
        assert ground(page) == GROUNDS[side]
        assert ground(night.map(), ".leaflet-container") == SEA[side]
        page.locator(".js-plotly-plot .legendtext").first.wait_for()
        assert (ink_of_figure(page) > 128) == (side == "dark"), "figures are drawn anew"
    drawn = ink_of_figure(page)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert ink_of_figure(page) == int(rupa.ON_PALE[1:3], 16)
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert ink_of_figure(page) == drawn
    frame = night.map()
    page.emulate_media(media="print")
    frame.wait_for_function(
        "(c) => getComputedStyle(document.getElementsByClassName('leaflet-container')[0]).backgroundColor === c",
        arg=SEA["light"],
    )
