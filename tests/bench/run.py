"""Our map page and the same page in Dash, in one run: `python tests/bench/run.py [--rounds 12] [--json PATH]`.

Both servers run on this machine, one browser visits both, and every measure alternates between them, so that
noise hits both alike: read the ratios, not the milliseconds. Needs a built warehouse, Chromium, and the packages of
requirements-bench.txt.

- cold: a browser with an empty cache, from the start of the navigation to all villages painted by their class; the
  second line waits for the bars per kecamatan too, so that drawing them late is no gain.
  Our page shows the map and the bars in its first answer and takes them away when Streamlit has drawn its own: the line
  "ready" is the time until then, when boxes and tables are there too; for Dash it is that of the map.
- switch: from the click on an option of the box "Indikator" to all villages having their new fill. Our page sets
  the attribute, dash-leaflet puts new polygons in place of the old; both count when the last village has it.
- bytes: bodies of answers and payload of websocket frames; on the wire: as sent, compressed and with headers.
- memory: resident memory of a server process and its children.
"""

from __future__ import annotations

import argparse
import base64
import json
import os
import shutil
import signal
import statistics
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, CDPSession, Error, Frame, Locator, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from kkb import config, queries, store
from kkb.errors import KkbError
from tests.bench.servers import DASH, OURS, Server, Site, memory, serving

VILLAGES = 131
FIRST = "KKB00"
CYCLE = ("KKB04", "DS01", "KKB02", "SK10")
"""Indicators switched to, one after another: an index, IDM, the class, a score."""
MIN_COLD, MIN_SWITCHES = 6, 20
VIEWPORT = {"width": 1366, "height": 768}
WINDOW_MS = 2000
"""Chromium is busy with its own address bar for about a second after it opened a window."""
PACKAGES = ("streamlit", "streamlit-folium", "dash", "dash-leaflet", "playwright", "duckdb")

COLD = """(() => {
  const colours = %s, count = %d;
  const note = (name) => top[name](performance.timeOrigin + performance.now());
  if (window === top && !top.kkbPainted) {
    top.kkbPainted = new Promise((done) => { top.kkbPaint = done; });
    top.kkbCharted = new Promise((done) => { top.kkbChart = done; });
    top.kkbOwned = new Promise((done) => { top.kkbOwn = done; });
  }
  const painted = (node) => colours.includes((node.getAttribute("fill") || "").toLowerCase());
  const look = () => {
    const villages = document.getElementsByClassName("leaflet-interactive");
    if (villages.length >= count && [...villages].filter(painted).length >= count) {
      note("kkbPaint");
      if (!document.getElementById("kkb-awal")) note("kkbOwn");
    }
    const plotly = document.getElementsByClassName("barlayer")[0]?.querySelector(".point path");
    if (plotly || document.querySelector(":is(.stHtml, .kkb-dua) [style*='grid-template-columns']")) note("kkbChart");
  };
  const watch = () => new MutationObserver(look).observe(
    document, {subtree: true, childList: true, attributes: true, attributeFilter: ["fill"]});
  watch();
  if (window !== top) addEventListener("DOMContentLoaded", watch);
})();"""
"""Runs first in every frame and tells the page when the villages are painted, also by the page itself, and when the
chart has bars.

A frame begins as an empty document and gets its own in the same window, hence the second `watch`.
"""

CONTENT = """() => {
  const note = () => { top.kkbLast = performance.timeOrigin + performance.now(); };
  note();
  new MutationObserver(note).observe(document, {subtree: true, childList: true, characterData: true});
}"""
"""From now on notes the last change of content in a frame."""

QUIET = """() => new Promise((done) => {
  const still = () => performance.timeOrigin + performance.now() - top.kkbLast > 600;
  const look = () => { if (still()) done(top.kkbLast); else setTimeout(look, 50); };
  look();
})"""
"""Waits until content has not changed for a while; gives the time of the last change."""

CLICK = """() => {
  top.kkbClick = new Promise((done) => document.addEventListener(
    "click", () => done(performance.timeOrigin + performance.now()), {capture: true, once: true}));
}"""

FILL = """(count) => {
  const now = () => performance.timeOrigin + performance.now();
  const village = (node) => node.nodeType === 1 && node.matches("path.leaflet-interactive");
  top.kkbFill = new Promise((done) => {
    const seen = new Set();
    const watch = new MutationObserver((records) => {
      for (const {type, target, addedNodes} of records) {
        const changed = type === "attributes" ? [target] : [...addedNodes];
        changed.filter(village).forEach((node) => seen.add(node));
      }
      if (seen.size < count) return;
      watch.disconnect();
      const filled = now(), {port1, port2} = new MessageChannel();
      port1.onmessage = () => done([filled, now()]);
      requestAnimationFrame(() => port2.postMessage(0));
    });
    watch.observe(document, {subtree: true, childList: true, attributes: true, attributeFilter: ["fill"]});
  });
}"""
"""Waits for a new fill of all villages, by attribute or by a new polygon, and for the frame that shows it."""

AWAIT = """(name) => Promise.race([
  top[name], new Promise((_, fail) => setTimeout(() => fail(new Error(`no ${name} within 60 s`)), 60000)),
])"""


@dataclass(frozen=True)
class Kind:
    """What differs between the two pages: how to serve them, and where the map and the box are."""

    server: Server
    map_frame: Callable[[Page], Frame]
    box: Callable[[Page], Locator]


KINDS = {
    OURS.name: Kind(
        OURS,
        map_frame=lambda page: next(f for f in page.frames if "streamlit_folium" in f.url),
        box=lambda page: page.get_by_role("combobox", name="Indikator"),
    ),
    DASH.name: Kind(DASH, map_frame=lambda page: page.main_frame, box=lambda page: page.locator("button#indikator")),
}

MEASURES = {
    "switch": ("switch: click to new fill", "ms"),
    "switch_frame": ("switch: click to the frame after it", "ms"),
    "switch_settled": ("switch: click to last change of content", "ms"),
    "cold": ("cold: navigation to painted map", "ms"),
    "cold_whole": ("cold: navigation to painted map and chart", "ms"),
    "cold_ready": ("cold: navigation to the page's own map", "ms"),
    "switch_bytes": ("bytes per switch", "kB"),
    "switch_wire": ("bytes per switch, on the wire", "kB"),
    "cold_bytes": ("bytes of a cold visit", "kB"),
    "cold_wire": ("bytes of a cold visit, on the wire", "kB"),
    "memory": ("memory of the server, one viewer", "MB"),
    "memory_end": ("memory of the server, after all visits", "MB"),
}
GOALS = (
    ("switch: ratio <= 0.8", "switch", "ratio", lambda value: value <= 0.8),
    ("bytes per switch: <= 15 kB", "switch_bytes", "ours", lambda value: value <= 15),
    ("cold: ratio <= 1.0", "cold", "ratio", lambda value: value <= 1.0),
    ("memory with one viewer: < 350 MB", "memory", "ours", lambda value: value < 350),
)


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
    """A page on screen, its map and chart drawn. `times` are the milliseconds until then, by measure."""

    site: Site
    page: Page
    wire: Wire | None
    times: dict[str, float]

    @property
    def map_frame(self) -> Frame:
        """The frame the map is in."""
        return KINDS[self.site.server.name].map_frame(self.page)

    def watch(self) -> None:
        """Wait until all is there; from now on `settle` can be asked."""
        self.page.wait_for_load_state("networkidle")
        for frame in {self.page.main_frame, self.map_frame}:
            frame.evaluate(CONTENT)
        self.settle()

    def settle(self) -> float:
        """Wait until nothing changes any more; gives the time of the last change."""
        last: float = self.page.evaluate(QUIET)
        return last

    def switch(self, name: str) -> dict[str, float]:
        """Choose an indicator with the mouse; gives each measure in milliseconds."""
        KINDS[self.site.server.name].box(self.page).click()
        option = self.page.get_by_role("option", name=name, exact=True)
        self.page.get_by_role("option").first.wait_for()
        if not option.count():  # the list is long, and Streamlit draws only what is in sight
            self.page.keyboard.type(name)
        option.hover()
        self.page.wait_for_timeout(300)
        self.page.evaluate(CLICK)
        self.map_frame.evaluate(FILL, VILLAGES)
        option.click(delay=40)
        start = self.page.evaluate(AWAIT, "kkbClick")
        filled, shown = self.page.evaluate(AWAIT, "kkbFill")
        times = {"switch": filled, "switch_frame": shown, "switch_settled": self.settle()}
        return {measure: end - start for measure, end in times.items()}


def _cold_times(page: Page) -> dict[str, float]:
    """Waits for the map and the chart. The error says what the page shows instead."""
    try:
        painted = page.evaluate(AWAIT, "kkbPainted")
        charted = page.evaluate(AWAIT, "kkbCharted")
        owned = page.evaluate(AWAIT, "kkbOwned")
    except Error as error:
        raise RuntimeError(f"no map or no chart; the page says: {page.inner_text('body')}") from error
    start = page.evaluate("performance.timeOrigin")
    return {"cold": painted - start, "cold_whole": max(painted, charted) - start, "cold_ready": owned - start}


class Bench:
    """The measures of both sites; `samples` collects their values by site and measure."""

    def __init__(self, browser: Browser, sites: list[Site], colours: list[str], names: list[str]) -> None:
        self.browser, self.sites, self.names = browser, sites, names
        self.script = COLD % (json.dumps(colours), VILLAGES)
        self.samples: dict[str, dict[str, list[float]]] = {s.server.name: defaultdict(list) for s in sites}

    @contextmanager
    def visit(self, site: Site, *, wired: bool = False) -> Iterator[Visit]:
        """A visit with an empty cache. `wired` counts its bytes, which costs time."""
        context = self.browser.new_context(viewport=VIEWPORT)
        context.add_init_script(self.script)
        page = context.new_page()
        page.wait_for_timeout(WINDOW_MS)
        wire = Wire(context.new_cdp_session(page)) if wired else None
        try:
            page.goto(site.url, wait_until="commit")
            yield Visit(site, page, wire, _cold_times(page))
        finally:
            context.close()

    def _add(self, site: Site, **values: float) -> None:
        for measure, value in values.items():
            self.samples[site.server.name][measure].append(value)

    def _in_turn(self, rounds: int) -> Iterator[tuple[int, Site]]:
        """Number of the round and site, so that each site comes first in every other round."""
        for n in range(rounds):
            for site in self.sites if n % 2 == 0 else reversed(self.sites):
                yield n, site

    def warm_up(self) -> None:
        """One visit of each, so that imports of the servers are not counted."""
        for site in self.sites:
            with self.visit(site) as visit:
                visit.watch()

    def cold(self, rounds: int) -> None:
        """Cold visits, then the bytes of some more."""
        for _, site in self._in_turn(rounds):
            with self.visit(site) as visit:
                self._add(site, **visit.times)
        for _, site in self._in_turn(2):
            with self.visit(site, wired=True) as visit:
                visit.watch()
                self._add(site, cold_bytes=visit.wire.bodies / 1e3, cold_wire=visit.wire.encoded / 1e3)

    def switches(self, count: int) -> None:
        """Switches in one page of each site, in turns of one cycle, after a cycle that is not counted."""
        blocks = 1 + -(-count // len(self.names))
        with ExitStack() as pages:
            visits = {site: pages.enter_context(self.visit(site)) for site in self.sites}
            for visit in visits.values():
                visit.watch()
            for block, site in self._in_turn(blocks):
                visits[site].page.bring_to_front()
                for name in self.names:
                    times = visits[site].switch(name)
                    self._add(site, **times if block else {})
            for site in self.sites:
                self._add(site, memory=memory(site.pid))

    def switch_bytes(self) -> None:
        """Bytes of two cycles, apart from the timed ones, because counting costs time."""
        for site in self.sites:
            with self.visit(site, wired=True) as visit:
                visit.watch()
                for name in self.names * 2:
                    bodies, encoded = visit.wire.bodies, visit.wire.encoded
                    visit.switch(name)
                    self._add(
                        site,
                        switch_bytes=(visit.wire.bodies - bodies) / 1e3,
                        switch_wire=(visit.wire.encoded - encoded) / 1e3,
                    )

    def memory_end(self) -> None:
        """Memory of the servers now."""
        for site in self.sites:
            self._add(site, memory_end=memory(site.pid))


def run(chromium: str, rounds: int) -> dict[str, dict[str, list[float]]]:
    """Serve both pages and take every measure."""
    colours, names = of_warehouse()
    with ExitStack() as stack:
        sites = [stack.enter_context(serving(KINDS[kind].server)) for kind in KINDS]
        playwright = stack.enter_context(sync_playwright())
        browser = playwright.chromium.launch(executable_path=chromium)
        stack.callback(browser.close)
        bench = Bench(browser, sites, colours, names)
        bench.warm_up()
        bench.switches(max(MIN_SWITCHES, 2 * rounds))
        bench.switch_bytes()
        bench.cold(max(MIN_COLD, rounds))
        bench.memory_end()
    return bench.samples


def of_warehouse() -> tuple[list[str], list[str]]:
    """Class colours of the first indicator, and the names of those in CYCLE. KkbError without a warehouse."""
    warehouse = store.current(config.var_dir())
    legend = queries.legend(warehouse, FIRST)
    colours = legend.loc[legend["bagian"] == "kelas", "warna"]
    names = queries.map_indicators(warehouse).set_index("kode_indikator")["nama"]
    return [str(c).lower() for c in colours], [str(names[code]) for code in CYCLE]


def summary(values: list[float]) -> dict[str, float]:
    """Median, quartiles and number of values."""
    cuts = statistics.quantiles(values, n=4, method="inclusive") if len(values) > 1 else values * 3
    return {"median": cuts[1], "p25": cuts[0], "p75": cuts[2], "n": len(values)}


@dataclass(frozen=True)
class Row:
    """One measure of both sites."""

    measure: str
    text: str
    unit: str
    ours: dict[str, float]
    dash: dict[str, float]
    ratio: float


def rows_of(samples: dict[str, dict[str, list[float]]]) -> list[Row]:
    """One row per measure, in the order of MEASURES."""
    rows = []
    for measure, (text, unit) in MEASURES.items():
        ours, dash = (summary(samples[name][measure]) for name in ("ours", "dash"))
        rows.append(Row(measure, text, unit, ours, dash, ours["median"] / dash["median"]))
    return rows


def goals_of(rows: list[Row]) -> list[dict[str, Any]]:
    """Each goal with the value it is held against."""
    found = {row.measure: {"ratio": row.ratio, "ours": row.ours["median"]} for row in rows}
    return [
        {"goal": text, "value": found[measure][part], "met": good(found[measure][part])}
        for text, measure, part, good in GOALS
    ]


def table(rows: list[Row], goals: list[dict[str, Any]]) -> str:
    """The results to read."""
    head = ("measure", "ours", "Dash", "ours/Dash", "ours p25-p75", "Dash p25-p75", "n")
    lines = [head, *(_cells(row) for row in rows)]
    widths = [max(len(cell) for cell in column) for column in zip(*lines, strict=True)]
    first, *others = widths
    text = [
        "  ".join([line[0].ljust(first), *(c.rjust(w) for c, w in zip(line[1:], others, strict=True))])
        for line in lines
    ]
    verdicts = [f"{g['goal']}: {g['value']:.2f}, {'met' if g['met'] else 'NOT met'}" for g in goals]
    return "\n".join([text[0], "-" * len(text[0]), *text[1:], "", *verdicts])


def _cells(row: Row) -> tuple[str, ...]:
    places = 0 if row.unit == "ms" else 1
    ours, dash = row.ours, row.dash
    return (
        f"{row.text} [{row.unit}]",
        f"{ours['median']:.{places}f}",
        f"{dash['median']:.{places}f}",
        f"{row.ratio:.2f}",
        f"{ours['p25']:.{places}f}-{ours['p75']:.{places}f}",
        f"{dash['p25']:.{places}f}-{dash['p75']:.{places}f}",
        f"{ours['n']}/{dash['n']}",
    )


def _machine() -> dict[str, Any]:
    return {"cores": os.cpu_count(), "load": os.getloadavg(), "versions": {p: version(p) for p in PACKAGES}}


def main() -> int:
    """Run, print, and write JSON if asked. The exit code is 1 only when it could not measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=12, help="cold visits per page, half the switches")
    parser.add_argument("--json", type=Path, help="write the results here as well")
    chosen = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if chromium is None:
        print("No Chromium found: install it, or name it in the variable CHROMIUM.", file=sys.stderr)
        return 1
    try:
        of_warehouse()
    except KkbError as error:
        print(f"{error}\nThe benchmark builds nothing: run `python -m kkb build` first.", file=sys.stderr)
        return 1
    machine = _machine()
    print(f"{machine['cores']} cores, load {machine['load'][0]:.1f} at the start", file=sys.stderr)
    rows = rows_of(run(chromium, chosen.rounds))
    goals = goals_of(rows)
    print(table(rows, goals))
    if chosen.json:
        result = {"machine": machine, "measures": [asdict(row) for row in rows], "goals": goals}
        chosen.json.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
