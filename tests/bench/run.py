"""Our map page and the same page in Dash, measured in one run: `python tests/bench/run.py [--rounds 12] [--json PATH]`.

Both servers run on this machine, one browser visits both, and every measure alternates between them, so that noise
hits both alike: read the ratios, not the milliseconds. Needs a built warehouse, Chromium, and requirements-bench.txt.

- cold: a browser with an empty cache, from the start of the navigation to all villages painted by their class.
- switch: from the click on an option of the box "Indikator" to the end of the task that gave all villages their new
  fill. Ours sets the attribute; dash-leaflet draws new polygons instead, which counts the same.
- bytes: bodies of answers and payload of websocket frames. "On the wire" is as sent: compressed, with headers.
- memory: resident memory of a server and its children.
"""

from __future__ import annotations

import argparse
import base64
import json
import os
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, CDPSession, Frame, Locator, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
from kkb import config, queries, store
from kkb.errors import KkbError

VILLAGES = 131
FIRST = "KKB00"
CYCLE = ("KKB04", "DS01", "KKB02", "SK10")
"""Indicators switched to, again and again: an index, IDM, the class, a score."""
MIN_COLD, MIN_SWITCHES, BYTE_VISITS = 6, 20, 2
VIEWPORT = {"width": 1366, "height": 768}
START_SECONDS = 60

COLD = """(() => {
  const colours = %s, count = %d;
  if (window === top && !top.kkbPainted) top.kkbPainted = new Promise((done) => { top.kkbDone = done; });
  const painted = (node) => colours.includes((node.getAttribute("fill") || "").toLowerCase());
  const look = () => {
    const villages = document.getElementsByClassName("leaflet-interactive");
    if (villages.length < count || [...villages].filter(painted).length < count) return;
    top.kkbDone(performance.timeOrigin + performance.now());
  };
  const watch = () => new MutationObserver(look).observe(
    document, {subtree: true, childList: true, attributes: true, attributeFilter: ["fill"]});
  watch();
  if (window !== top) addEventListener("DOMContentLoaded", watch);
})();"""
"""Runs first in every frame; tells the page when the villages are painted. A frame gets its document after that."""

CONTENT = """() => {
  top.kkbLast = performance.timeOrigin + performance.now();
  new MutationObserver(() => { top.kkbLast = performance.timeOrigin + performance.now(); })
    .observe(document, {subtree: true, childList: true, characterData: true});
}"""
"""Notes the last change of content in a frame."""

QUIET = """() => new Promise((done) => {
  const look = () => performance.timeOrigin + performance.now() - top.kkbLast > 600 ? done(top.kkbLast) : setTimeout(look, 50);
  look();
})"""

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
      records.forEach(({target, addedNodes, type}) => {
        [...(type === "attributes" ? [target] : addedNodes)].filter(village).forEach((node) => seen.add(node));
      });
      if (seen.size < count) return;
      watch.disconnect();
      const filled = now(), {port1, port2} = new MessageChannel();
      port1.onmessage = () => done([filled, now()]);
      requestAnimationFrame(() => port2.postMessage(0));
    });
    watch.observe(document, {subtree: true, childList: true, attributes: true, attributeFilter: ["fill"]});
  });
}"""
"""Waits for the new fill of all villages, by attribute or by a new polygon, and for the frame that shows it."""

AWAIT = """(name) => Promise.race([
  top[name], new Promise((_, fail) => setTimeout(() => fail(new Error(`no ${name} within 60 s`)), 60000)),
])"""


@dataclass(frozen=True)
class Kind:
    """What differs between the two pages: how to serve, and where the map and the box are."""

    name: str
    command: tuple[str, ...]
    path: str
    health: str
    map_frame: Callable[[Page], Frame | None]
    box: Callable[[Page], Locator]


@dataclass(frozen=True)
class Site:
    """A page being served."""

    kind: Kind
    pid: int
    url: str


@dataclass
class Samples:
    """What was measured of one site, by measure."""

    values: dict[str, list[float]] = field(default_factory=dict)

    def add(self, measure: str, value: float) -> None:
        """One more value."""
        self.values.setdefault(measure, []).append(value)


def _folium_frame(page: Page) -> Frame | None:
    return next((f for f in page.frames if "streamlit_folium" in f.url), None)


OURS = Kind(
    "ours",
    ("-m", "streamlit", "run", "app.py", "--server.address", "127.0.0.1", "--server.port"),
    "/peta",
    "/_stcore/health",
    _folium_frame,
    lambda page: page.get_by_role("combobox", name="Indikator"),
)
DASH = Kind(
    "dash",
    ("tests/bench/dash_page.py", "--port"),
    "/",
    "/",
    lambda page: page.main_frame,
    lambda page: page.locator("button#indikator"),
)

MEASURES = {
    "switch": ("switch: click to new fill", "ms"),
    "switch_frame": ("switch: click to the frame after it", "ms"),
    "switch_settled": ("switch: click to last change of content", "ms"),
    "cold": ("cold: navigation to painted map", "ms"),
    "switch_bytes": ("bytes per switch", "kB"),
    "switch_wire": ("bytes per switch, on the wire", "kB"),
    "cold_bytes": ("bytes of a cold visit", "kB"),
    "cold_wire": ("bytes of a cold visit, on the wire", "kB"),
    "memory": ("memory of the server, one viewer", "MB"),
    "memory_end": ("memory of the server, after all visits", "MB"),
}
GOALS = (
    ("switch, ratio <= 0.8", "switch", True, 0.8),
    ("bytes per switch <= 15 kB", "switch_bytes", False, 15),
    ("cold, ratio <= 1.0", "cold", True, 1.0),
    ("memory with one viewer < 350 MB", "memory", False, 350),
)
"""Text, measure, whether the ratio counts (else our median), and the limit."""


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@contextmanager
def serving(kind: Kind) -> Iterator[Site]:
    """A server of one page, from the moment it answers; it is gone afterwards, whatever happens."""
    address = f"http://127.0.0.1:{(port := _free_port())}"
    with tempfile.TemporaryFile("w+") as log:
        process = subprocess.Popen(
            [sys.executable, *kind.command, str(port)],
            cwd=ROOT, stdout=log, stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
        try:
            _wait(process, address + kind.health)
            yield Site(kind, process.pid, address + kind.path)
        except BaseException:
            log.seek(0)
            print(f"--- log of {kind.name}\n{log.read()}---", file=sys.stderr)
            raise
        finally:
            _stop(process)


def _wait(process: subprocess.Popen[bytes], url: str) -> None:
    deadline = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise RuntimeError(f"{url} does not answer (exit code {process.poll()})")


def _stop(process: subprocess.Popen[bytes]) -> None:
    for sign in (signal.SIGTERM, signal.SIGKILL):
        if process.poll() is None:
            os.killpg(process.pid, sign)
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                continue


def memory(pid: int) -> float:
    """Resident memory of a process and its descendants, in MB."""
    parents = {}
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            lines = dict(line.split(":", 1) for line in status.read_text().splitlines() if ":" in line)
        except OSError:
            continue
        resident = int(lines.get("VmRSS", "0 kB").split()[0])
        parents[int(lines["Pid"])] = (int(lines["PPid"]), resident)
    family, grown = {pid}, True
    while grown:
        more = {child for child, (parent, _) in parents.items() if parent in family} - family
        family, grown = family | more, bool(more)
    return sum(parents[p][1] for p in family if p in parents) * 1024 / 1e6


class Wire:
    """Counts what a page receives, from the moment it is made."""

    def __init__(self, session: CDPSession) -> None:
        self.bodies = self.encoded = 0
        session.on("Network.dataReceived", self._data)
        session.on("Network.loadingFinished", self._finished)
        session.on("Network.webSocketFrameReceived", self._frame)
        session.send("Network.enable")

    def _data(self, event: dict[str, Any]) -> None:
        self.bodies += event["dataLength"]

    def _finished(self, event: dict[str, Any]) -> None:
        self.encoded += int(event["encodedDataLength"])

    def _frame(self, event: dict[str, Any]) -> None:
        frame = event["response"]
        text = frame["payloadData"]
        length = len(text.encode() if frame["opcode"] == 1 else base64.b64decode(text))
        self.bodies += length
        self.encoded += length + (2 if length < 126 else 4 if length < 65536 else 10)

    def reset(self) -> None:
        """Start again from nothing."""
        self.bodies = self.encoded = 0


@contextmanager
def visit(browser: Browser, site: Site, colours: list[str], *, wired: bool = False) -> Iterator[Any]:
    """A first visit, up to the painted map: gives the page, milliseconds taken, and the counter if `wired`."""
    context = browser.new_context(viewport=VIEWPORT)
    context.add_init_script(COLD % (json.dumps(colours), VILLAGES))
    page = context.new_page()
    wire = Wire(context.new_cdp_session(page)) if wired else None
    try:
        page.goto(site.url, wait_until="commit")
        taken = page.evaluate(AWAIT, "kkbPainted") - page.evaluate("performance.timeOrigin")
        yield page, taken, wire
    finally:
        context.close()


def map_frame(page: Page, site: Site) -> Frame:
    """The frame the map is in."""
    frame = site.kind.map_frame(page)
    if frame is None:
        raise RuntimeError(f"{site.kind.name}: the map has no frame")
    return frame


def settle(page: Page) -> float:
    """Wait until nothing has changed for a while; gives the time of the last change."""
    last: float = page.evaluate(QUIET)
    page.wait_for_timeout(150)
    return last


def watch_content(page: Page, site: Site) -> None:
    """From now on `settle` knows of changes in the page and in the map; waits until there are none."""
    for frame in {page.main_frame, map_frame(page, site)}:
        frame.evaluate(CONTENT)
    settle(page)


def switch(page: Page, site: Site, name: str) -> dict[str, float]:
    """Choose an indicator with the mouse; the measures of this switch in milliseconds."""
    site.kind.box(page).click()
    option = page.get_by_role("option", name=name, exact=True)
    option.hover()
    page.wait_for_timeout(300)
    page.evaluate(CLICK)
    map_frame(page, site).evaluate(FILL, VILLAGES)
    option.click(delay=40)
    start = page.evaluate(AWAIT, "kkbClick")
    filled, shown = page.evaluate(AWAIT, "kkbFill")
    settled = settle(page)
    return {"switch": filled - start, "switch_frame": shown - start, "switch_settled": settled - start}


def measure_cold(browser: Browser, sites: list[Site], colours: list[str], samples: dict[str, Samples], rounds: int) -> None:
    """Cold visits, each site first in every other round; then the bytes of some more."""
    for n in range(rounds):
        for site in sites if n % 2 == 0 else sites[::-1]:
            with visit(browser, site, colours) as (_, taken, _wire):
                samples[site.kind.name].add("cold", taken)
    for site in sites * BYTE_VISITS:
        with visit(browser, site, colours, wired=True) as (page, _, wire):
            watch_content(page, site)
            page.wait_for_load_state("networkidle")
            samples[site.kind.name].add("cold_bytes", wire.bodies / 1e3)
            samples[site.kind.name].add("cold_wire", wire.encoded / 1e3)


def measure_switches(
    browser: Browser, sites: list[Site], colours: list[str], samples: dict[str, Samples], names: list[str], count: int
) -> None:
    """Switches in one settled page of each site, in alternating blocks of one cycle, after a cycle to warm up."""
    with ExitStack() as open_pages:
        pages = []
        for site in sites:
            page, _, _ = open_pages.enter_context(visit(browser, site, colours))
            watch_content(page, site)
            pages.append((page, site))
        for block in range(1 + -(-count // len(names))):
            for page, site in pages if block % 2 == 0 else pages[::-1]:
                page.bring_to_front()
                for name in names:
                    for measure, value in switch(page, site, name).items():
                        if block:
                            samples[site.kind.name].add(measure, value)
        for _, site in pages:
            samples[site.kind.name].add("memory", memory(site.pid))


def measure_switch_bytes(
    browser: Browser, sites: list[Site], colours: list[str], samples: dict[str, Samples], names: list[str]
) -> None:
    """Bytes of the same switches, apart from the timed ones so that counting them costs no time there."""
    for site in sites:
        with visit(browser, site, colours, wired=True) as (page, _, wire):
            watch_content(page, site)
            for name in names * 2:
                wire.reset()
                switch(page, site, name)
                samples[site.kind.name].add("switch_bytes", wire.bodies / 1e3)
                samples[site.kind.name].add("switch_wire", wire.encoded / 1e3)


def measure(chromium: str, rounds: int) -> dict[str, Samples]:
    """Everything, of both sites."""
    colours, names = _of_warehouse()
    samples = {"ours": Samples(), "dash": Samples()}
    with ExitStack() as running:
        sites = [running.enter_context(serving(kind)) for kind in (OURS, DASH)]
        playwright = running.enter_context(sync_playwright())
        browser = playwright.chromium.launch(executable_path=chromium)
        running.callback(browser.close)
        for site in sites:
            with visit(browser, site, colours) as (page, _, _wire):
                watch_content(page, site)
        measure_switches(browser, sites, colours, samples, names, max(MIN_SWITCHES, 2 * rounds))
        measure_switch_bytes(browser, sites, colours, samples, names)
        measure_cold(browser, sites, colours, samples, max(MIN_COLD, rounds))
        for site in sites:
            samples[site.kind.name].add("memory_end", memory(site.pid))
    return samples


def _of_warehouse() -> tuple[list[str], list[str]]:
    """Colours of the classes of the first indicator, and the names of those in CYCLE. KkbError when not built."""
    warehouse = store.current(config.var_dir())
    legend = queries.legend(warehouse, FIRST)
    names = queries.map_indicators(warehouse).set_index("kode_indikator")["nama"]
    return [str(c).lower() for c in legend.loc[legend["bagian"] == "kelas", "warna"]], [str(names[c]) for c in CYCLE]


@dataclass(frozen=True)
class Spread:
    """The middle of some values."""

    median: float
    p25: float
    p75: float
    n: int


def spread(values: list[float]) -> Spread:
    """Median and quartiles."""
    if len(values) == 1:
        return Spread(values[0], values[0], values[0], 1)
    low, middle, high = statistics.quantiles(values, n=4, method="inclusive")
    return Spread(middle, low, high, len(values))


def report(samples: dict[str, Samples]) -> dict[str, Any]:
    """All results as plain values."""
    rows = []
    for key, (text, unit) in MEASURES.items():
        ours, dash = (spread(samples[s].values[key]) for s in ("ours", "dash"))
        rows.append(
            {"measure": key, "text": text, "unit": unit, "ours": asdict(ours), "dash": asdict(dash),
             "ratio": ours.median / dash.median}
        )  # fmt: skip
    found = {row["measure"]: row for row in rows}
    goals = []
    for text, key, is_ratio, limit in GOALS:
        value = found[key]["ratio"] if is_ratio else found[key]["ours"]["median"]
        met = value < limit if " < " in text else value <= limit
        goals.append({"goal": text, "value": value, "met": met})
    return {"measures": rows, "goals": goals}


def table(result: dict[str, Any]) -> str:
    """The results to read."""
    head = ("measure", "ours", "Dash", "ours/Dash", "ours p25-p75", "Dash p25-p75", "n")
    lines = [head, *(_line(row) for row in result["measures"])]
    widths = [max(len(line[n]) for line in lines) for n in range(len(head))]
    text = [
        "  ".join(cell.ljust(w) if n == 0 else cell.rjust(w) for n, (cell, w) in enumerate(zip(line, widths, strict=True)))
        for line in lines
    ]
    goals = [f"{g['goal']}: {g['value']:.2f}, {'met' if g['met'] else 'NOT met'}" for g in result["goals"]]
    return "\n".join([text[0], "-" * len(text[0]), *text[1:], "", *goals])


def _line(row: dict[str, Any]) -> tuple[str, ...]:
    places = 0 if row["unit"] == "ms" else 1
    ours, dash = row["ours"], row["dash"]
    return (
        f"{row['text']} [{row['unit']}]",
        f"{ours['median']:.{places}f}",
        f"{dash['median']:.{places}f}",
        f"{row['ratio']:.2f}",
        f"{ours['p25']:.{places}f}-{ours['p75']:.{places}f}",
        f"{dash['p25']:.{places}f}-{dash['p75']:.{places}f}",
        f"{ours['n']}/{dash['n']}",
    )


def main() -> int:
    """Run, print, and write JSON if asked. Exit code 1 only when it could not measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=12, help="cold visits of each page, and half the switches")
    parser.add_argument("--json", type=Path, help="also write the results here")
    chosen = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if chromium is None:
        print("No Chromium: install it, or name it in the variable CHROMIUM.", file=sys.stderr)
        return 1
    try:
        _of_warehouse()
    except KkbError as error:
        print(f"{error}\nThe benchmark builds nothing: run `python -m kkb build` first.", file=sys.stderr)
        return 1
    result = report(measure(chromium, chosen.rounds))
    print(table(result))
    if chosen.json:
        chosen.json.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
