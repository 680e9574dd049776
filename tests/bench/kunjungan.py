"""A reader at one of the pages: how each page is handled, and how long it takes from an act to what is then seen."""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import CDPSession, Error, Frame, Page

from tests.bench import bahan, panel_page, skrip
from tests.bench.servers import DASH, FOLIUM, LEAFLET, OURS, PANEL, Server, Site

VILLAGES = 131
HOVER_MS = 300
ANSWER_MS = 1500
"""An answer may come so long after the box has closed or the button was let go, and counts as a change all the same."""
Act = Callable[[], None]
"""Something that a reader does at once; what had to be done before (a list opened) is done."""


def _streamlit_option(page: Page, label: str, name: str) -> Act:
    return _listed(page, f'[role="combobox"][aria-label*="{label}"]', name)


def _dash_option(page: Page, label: str, name: str) -> Act:
    return _listed(page, f"button#{label.split()[0].lower()}", name)


def _listed(page: Page, box: str, name: str) -> Act:
    page.locator(box).click()
    option = page.get_by_role("option", name=name, exact=True)
    page.get_by_role("option").first.wait_for()
    if not option.count():  # the list is long, and Streamlit draws only what is in sight
        page.keyboard.type(name)
    option.hover()
    page.wait_for_timeout(HOVER_MS)
    return lambda: option.click(delay=40)


def _native_option(page: Page, label: str, name: str) -> Act:
    box = page.get_by_label(label)
    return lambda: box.select_option(label=name) and None


def _streamlit_frame(page: Page) -> Frame:
    return [f for f in page.frames if "streamlit_folium" in f.url][-1]


def _shape(page: Page, frame: Frame, place: int) -> tuple[float, float]:
    """Where on the page a village of a Leaflet map can be clicked, the map scrolled into sight."""
    if frame == page.main_frame:
        page.locator(".leaflet-container").scroll_into_view_if_needed()
        x, y = frame.evaluate(skrip.INSIDE, place)
        return x, y
    element = frame.frame_element()
    element.scroll_into_view_if_needed()
    x, y = frame.evaluate(skrip.INSIDE, place)
    box = element.bounding_box()
    assert box
    return box["x"] + x, box["y"] + y


def _on_canvas(page: Page, _frame: Frame, place: int) -> tuple[float, float]:
    """Where on the page a village of the canvas can be clicked."""
    box = page.locator(".bk-Figure").first.bounding_box()
    assert box
    x, y = panel_page.pixel(bahan.current().version, place)
    return box["x"] + x, box["y"] + y


@dataclass(frozen=True)
class Kind:
    """What differs between the pages: server, the frame of the map, how an option is chosen (None: nothing to choose),
    the name of all kecamatan in their box (None: no dates, kecamatan and click), and where a village is."""

    server: Server
    option: Callable[[Page, str, str], Act] | None = None
    frame: Callable[[Page], Frame] = lambda page: page.main_frame
    every_district: str | None = None
    village: Callable[[Page, Frame, int], tuple[float, float]] = _shape


KINDS = {
    kind.server.name: kind
    for kind in (
        Kind(OURS, _streamlit_option, _streamlit_frame, "Semua"),
        Kind(DASH, _dash_option, every_district=bahan.ALL),
        Kind(PANEL, _native_option, every_district=bahan.ALL, village=_on_canvas),
        Kind(FOLIUM, _streamlit_option, _streamlit_frame, bahan.ALL),
        Kind(LEAFLET),
    )
}


class Wire:
    """Counts what a page receives."""

    def __init__(self, session: CDPSession) -> None:
        self.bodies = self.encoded = 0
        session.on("Network.dataReceived", self._body)
        session.on("Network.loadingFinished", self._answer)
        session.on("Network.webSocketFrameReceived", self._frame)
        session.send("Network.enable")

    def _body(self, event: dict[str, Any]) -> None:
        self.bodies += event["dataLength"]

    def _answer(self, event: dict[str, Any]) -> None:
        self.encoded += int(event["encodedDataLength"])

    def _frame(self, event: dict[str, Any]) -> None:
        frame = event["response"]
        text = frame["payloadData"]
        length = len(text.encode() if frame["opcode"] == 1 else base64.b64decode(text))
        self.bodies += length
        self.encoded += length + (2 if length < 126 else 4 if length < 65536 else 10)


@dataclass(frozen=True)
class Visit:
    """A page on screen, its map and chart drawn. `times` are the milliseconds until then: of the map, of map and chart,
    of the page's own map."""

    site: Site
    page: Page
    wire: Wire | None
    times: tuple[float, float, float]

    @property
    def kind(self) -> Kind:
        """How this page is handled."""
        return KINDS[self.site.server.name]

    def settle(self, since: float = 0, quiet: int = 600) -> float:
        """Wait for a change after `since` and then for `quiet` ms without one; gives the time of the last change."""
        last: float = self.page.evaluate(skrip.QUIET, [since, quiet])
        return last

    def watch(self) -> None:
        """Wait until all is there."""
        self.page.wait_for_load_state("networkidle")
        self.settle()

    def choose(self, label: str, name: str) -> tuple[float, float, float]:
        """Choose an option of a box. Milliseconds to the new fill, to the frame after it, to the last change."""
        assert self.kind.option
        act = self.kind.option(self.page, label, name)
        start = self._begin(act)
        filled, shown = self.page.evaluate(skrip.AWAIT, "filled")
        return filled - start, shown - start, self.settle() - start

    def date(self, name: str, back: bool) -> float:
        """Choose the date `name`, one step back or forth. Milliseconds to the last change."""
        slider = self.page.get_by_role("slider", name="Tanggal data")
        if not slider.count():
            return self._option("Tanggal data", name)
        slider.focus()
        return self._last(lambda: slider.press("ArrowLeft" if back else "ArrowRight"))

    def district(self, name: str | None) -> float:
        """Choose a kecamatan, or all. Milliseconds to the last change."""
        return self._option("Kecamatan", name or str(self.kind.every_district))

    def village(self, place: int) -> float:
        """Click on a village by its place among the shapes, or on the next that can be clicked. Milliseconds to the
        last change.

        Our page moves the shape of the chosen one to the end, so that its place is not that of its code. On the canvas
        it is, and the page must name it: a click beside it would change nothing.
        """
        x, y = self.kind.village(self.page, self.kind.frame(self.page), place)
        self.page.mouse.move(x, y)
        self.page.wait_for_timeout(HOVER_MS)
        took = self._last(lambda: self.page.mouse.click(x, y, delay=40))
        if self.kind.village is _on_canvas:
            name = bahan.villages(bahan.current().version)[place]["properties"]["n"]
            self.page.get_by_text(name).filter(visible=True).first.wait_for()
        return took

    def _option(self, label: str, name: str) -> float:
        assert self.kind.option
        return self._last(self.kind.option(self.page, label, name))

    def _last(self, act: Act) -> float:
        start = self._begin(act)
        return self.settle(start, ANSWER_MS) - start

    def _begin(self, act: Act) -> float:
        """Do it; gives the time at which the page heard of it."""
        self.page.evaluate(skrip.ARM)
        act()
        start: float = self.page.evaluate(skrip.AWAIT, "begun")
        return start


def arrive(site: Site, page: Page, wire: Wire | None = None) -> Visit:
    """Go to the page and wait for the map and the chart. The error says what the page shows instead."""
    page.goto(site.url, wait_until="commit")
    try:
        painted = page.evaluate(skrip.AWAIT, "painted")
        owned = page.evaluate(skrip.AWAIT, "owned")
        charted = page.evaluate(skrip.AWAIT, "charted") if KINDS[site.server.name].option else painted
    except Error as error:
        raise RuntimeError(f"{site.server.name}: {error.message}; it says: {page.inner_text('body')}") from error
    start = page.evaluate("performance.timeOrigin")
    return Visit(site, page, wire, (painted - start, max(painted, charted) - start, owned - start))
