"""The map of the single HTML file against a bare Leaflet page: `python -m tests.bench.satu [--rounds 15]`.

Both are files on disk, opened in turn by one browser with an empty cache and no network, so that noise hits both alike:
read the ratio, not the milliseconds. Measured is the time from the start of the navigation to the first frame that has
all villages. The Leaflet page has the same polygons and nothing else: no names, legend, outlines, agenda or tables, and
none of the content of the meeting. Needs a built warehouse and Chromium.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import sys
import tempfile
from datetime import date
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from kkb import config, store
from kkb.rapat import susun
from kkb.report import satu
from tests.bench import leaflet_page

GOAL = 2.0
VIEWPORT = {"width": 1366, "height": 768}
WINDOW_MS = 500
PAGES = {"ours": "#lembar path[data-desa]", "leaflet": "path.leaflet-interactive"}
WATCH = """(() => {
  window.kkbShown = new Promise((done) => {
    const look = () => {
      if (document.querySelectorAll(%s).length < %d) return requestAnimationFrame(look);
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => done(performance.now());
      port2.postMessage(0);
    };
    requestAnimationFrame(look);
  });
})();"""
"""Looks once a frame; the message comes after the frame in which all villages are there has been drawn."""


def pages(folder: Path) -> tuple[dict[str, Path], int]:
    """Both files, and how many villages they draw."""
    pack = susun.pack(store.current(config.var_dir()), None, None, date.today())
    layer = json.loads(pack.layer)
    made = {"ours": satu.write(pack), "leaflet": leaflet_page.page(layer, ["#E69F00"] * len(layer["unit"]))}
    for name, content in made.items():
        (folder / f"{name}.html").write_bytes(content)
    return {name: folder / f"{name}.html" for name in made}, len(layer["unit"])


def shown(browser: Browser, path: Path, selector: str, count: int) -> float:
    """Milliseconds until the frame that has all villages."""
    context = browser.new_context(viewport=VIEWPORT, offline=True)
    try:
        context.add_init_script(WATCH % (json.dumps(selector), count))
        page = context.new_page()
        page.wait_for_timeout(WINDOW_MS)
        page.goto(path.as_uri(), wait_until="commit")
        return float(page.evaluate("window.kkbShown"))
    finally:
        context.close()


def main() -> int:
    """Print the two times and their ratio as JSON. The exit code is 1 only when it could not measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=15)
    rounds = parser.parse_args().rounds
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if chromium is None:
        print("No Chromium found: install it, or name it in the variable CHROMIUM.", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        files, count = pages(Path(folder))
        browser = playwright.chromium.launch(executable_path=chromium)
        times: dict[str, list[float]] = {name: [] for name in PAGES}
        for n in range(rounds + 1):
            for name in list(PAGES) if n % 2 else reversed(PAGES):
                found = shown(browser, files[name], PAGES[name], count)
                if n:
                    times[name].append(found)
        browser.close()
    medians = {name: statistics.median(found) for name, found in times.items()}
    ratio = medians["ours"] / medians["leaflet"]
    result = {f"{name}_ms": round(value) for name, value in medians.items()}
    print(f"load {os.getloadavg()[0]:.1f}, {rounds} rounds", file=sys.stderr)
    print(json.dumps(result | {"ratio": round(ratio, 2), "goal": GOAL, "met": ratio <= GOAL}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
