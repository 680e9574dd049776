"""Takes the measures of all pages in turn, so that noise hits all alike."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from playwright.sync_api import Browser, BrowserContext, sync_playwright

from kkb import format as fmt
from tests.bench import bahan, skrip
from tests.bench.kunjungan import KINDS, VILLAGES, Visit, Wire, arrive
from tests.bench.servers import Site, memory, serving

CYCLE = ("KKB04", "DS01", "KKB02", "SK10")
"""Indicators switched to, one after another: an index, IDM, the class, a score."""
CLICKED = (40, 90)
"""Villages clicked on, by their place among the shapes of the map."""
MIN_VISITS, MIN_SWITCHES = 6, 20
VIEWPORT = {"width": 1366, "height": 768}
WINDOW_MS = 2000
"""Chromium is busy with its own address bar for about a second after it opened a window."""

Samples = dict[str, dict[str, list[float]]]
"""Values by page and measure."""


class Bench:
    """The measures of all sites; `samples` collects their values."""

    def __init__(self, browser: Browser, sites: list[Site]) -> None:
        version = bahan.current().version
        legend = bahan.picture(version, bahan.STATUS).legend
        colours = [str(row["warna"]).lower() for row in legend if row["bagian"] == "kelas"]
        rows = bahan.indicators(version)
        self.browser, self.sites = browser, sites
        self.script = skrip.watch(colours, VILLAGES)
        self.names = [str(rows[code]["nama"]) for code in CYCLE]
        self.dates = [fmt.period(day) for day in rows[CYCLE[0]]["periode"][-2:]]
        self.district = bahan.districts(version)[1]
        self.samples: Samples = {s.server.name: defaultdict(list) for s in sites}

    @contextmanager
    def reader(self) -> Iterator[BrowserContext]:
        """A browser with an empty cache."""
        context = self.browser.new_context(viewport=VIEWPORT)
        context.add_init_script(self.script)
        try:
            yield context
        finally:
            context.close()

    @contextmanager
    def visit(self, site: Site, *, wired: bool = False) -> Iterator[Visit]:
        """A first visit. `wired` counts its bytes, which costs time."""
        with self.reader() as context:
            yield self._arrive(site, context, wired)

    def _arrive(self, site: Site, context: BrowserContext, wired: bool = False) -> Visit:
        page = context.new_page()
        page.wait_for_timeout(WINDOW_MS)
        return arrive(site, page, Wire(context.new_cdp_session(page)) if wired else None)

    def _add(self, site: Site, **values: float) -> None:
        for measure, value in values.items():
            self.samples[site.server.name][measure].append(value)

    def _having(self, what: str) -> list[Site]:
        """The sites that have such boxes."""
        return [site for site in self.sites if getattr(KINDS[site.server.name], what)]

    def _in_turn(self, sites: list[Site], rounds: int) -> Iterator[tuple[int, Site]]:
        """Number of the round and site, forth in one round and back in the next. Tells on stderr how far it is."""
        for n in range(rounds):
            print(f"  round {n + 1} of {rounds}", file=sys.stderr)
            for site in sites if n % 2 == 0 else reversed(sites):
                yield n, site

    def warm_up(self) -> None:
        """One visit of each, so that imports of the servers are not counted."""
        for site in self.sites:
            with self.visit(site) as visit:
                visit.watch()

    def visits(self, rounds: int) -> None:
        """Visits of a new browser and at once the same again, with all that it kept; then the bytes of some more."""
        for _, site in self._in_turn(self.sites, rounds):
            with self.reader() as context:
                first = self._arrive(site, context)
                first.watch()
                first.page.close()
                again = self._arrive(site, context)
            for name, times in (("cold", first.times), ("warm", again.times)):
                self._add(site, **dict(zip((name, f"{name}_whole", f"{name}_ready"), times, strict=True)))
        for _, site in self._in_turn(self.sites, 2):
            with self.visit(site, wired=True) as visit:
                visit.watch()
                self._add(site, cold_bytes=visit.wire.bodies / 1e3, cold_wire=visit.wire.encoded / 1e3)

    def switches(self, count: int) -> None:
        """Switches in one page of each site, in turns of one cycle, after a cycle that is not counted."""
        blocks = 1 + -(-count // len(self.names))
        sites = self._having("option")
        with ExitStack() as pages:
            visits = {site: pages.enter_context(self.visit(site)) for site in sites}
            for visit in visits.values():
                visit.watch()
            for block, site in self._in_turn(sites, blocks):
                visits[site].page.bring_to_front()
                for name in self.names:
                    times = visits[site].choose("Indikator", name)
                    found = dict(zip(("switch", "switch_frame", "switch_settled"), times, strict=True))
                    self._add(site, **found if block else {})
            for site in sites:
                self._add(site, memory=memory(site.pid))

    def acts(self, rounds: int) -> None:
        """Dates, kecamatan and villages in one page of each site that has them, after a round that is not counted."""
        sites = self._having("every_district")
        with ExitStack() as pages:
            visits = {site: pages.enter_context(self.visit(site)) for site in sites}
            for visit in visits.values():
                visit.watch()
                visit.choose("Indikator", self.names[0])
            for block, site in self._in_turn(sites, 1 + rounds):
                visit = visits[site]
                visit.page.bring_to_front()
                found = [
                    *({"date": visit.date(self.dates[n], back=n == 0)} for n in (0, 1)),
                    *({"district": visit.district(name)} for name in (self.district, None)),
                    *({"village": visit.village(place)} for place in CLICKED),
                ]
                for values in found if block else ():
                    self._add(site, **values)

    def switch_bytes(self) -> None:
        """Bytes of two cycles, apart from the timed ones, because counting costs time."""
        for site in self._having("option"):
            with self.visit(site, wired=True) as visit:
                visit.watch()
                for name in self.names * 2:
                    bodies, encoded = visit.wire.bodies, visit.wire.encoded
                    visit.choose("Indikator", name)
                    self._add(
                        site,
                        switch_bytes=(visit.wire.bodies - bodies) / 1e3,
                        switch_wire=(visit.wire.encoded - encoded) / 1e3,
                    )

    def memory_end(self) -> None:
        """Memory of the servers now."""
        for site in self._having("option"):
            self._add(site, memory_end=memory(site.pid))


def measured(chromium: str, rounds: int) -> Samples:
    """Serve all pages and take every measure."""
    with ExitStack() as stack:
        sites = [stack.enter_context(serving(kind.server)) for kind in KINDS.values()]
        playwright = stack.enter_context(sync_playwright())
        browser = playwright.chromium.launch(executable_path=chromium)
        stack.callback(browser.close)
        bench = Bench(browser, sites)
        for what, take in (
            ("first visits", bench.warm_up),
            ("switches", lambda: bench.switches(max(MIN_SWITCHES, 2 * rounds))),
            ("dates, kecamatan and villages", lambda: bench.acts(rounds)),
            ("bytes of switches", bench.switch_bytes),
            ("visits, the longest part", lambda: bench.visits(max(MIN_VISITS, rounds))),
            ("memory", bench.memory_end),
        ):
            print(what, file=sys.stderr)
            take()
    return bench.samples
