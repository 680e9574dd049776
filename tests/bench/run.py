"""Our map page beside others that do the same, in one run: `python -m tests.bench.run [--rounds 12] [--json PATH]`.

Beside ours: Dash with dash-leaflet, Panel with Bokeh, the usual Streamlit page with folium, and as the limit a bare
Leaflet page with nothing to choose. All servers run on this machine, one browser visits all, and every measure takes
the pages in turn, so that noise hits all alike: read the ratios, not the milliseconds. Needs a built warehouse,
Chromium, and the packages of requirements-bench.txt.

- cold: a browser with an empty cache, from the start of the navigation to all villages painted by their class; the
  second line waits for the bars per kecamatan too, so that drawing them late is no gain.
  Our page shows the map and the bars in its first answer and takes them away when Streamlit has drawn its own: the line
  "own map" is the time until then, when boxes and tables are there too; for the others it is that of the map.
- warm: the same browser comes again, in a new page, when the first visit is all there and closed.
- painted, where Leaflet draws (ours, Dash, folium, bare Leaflet): every village has a polygon with the colour of its
  class. Bokeh draws on a canvas: there it is the moment at which the canvas has been filled once for each village, in
  the colours of the classes, in one go. That is before Bokeh calls its document idle, and so in favour of Panel.
- switch: from the choice of another indicator to all villages having their new fill: an attribute (ours), new polygons
  in place of the old (dash-leaflet), a new map in a new frame (folium), a canvas drawn in other colours (Bokeh); all
  count when the last village has it. The choice is a click on an option, in Panel's native box the event that the box
  tells its page.
- date (one step back and one forth, ours with a key on the slider), kecamatan and village, where the page has them:
  from the choice or click to the last change of nodes, texts, shapes or canvases, since two dates may look alike on
  the map. Pages differ in what they show then: ours opens a profile, the others tell name and class.
- bytes: bodies of answers and payload of websocket frames; on the wire: as sent, compressed and with headers.
- memory: resident memory of a server process and its children; none for the bare page, which is a file.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import sys
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Any

from kkb.errors import KkbError
from tests.bench import bahan, ukur
from tests.bench.tabel import goals_of, rows_of, table

PACKAGES = ("streamlit", "streamlit-folium", "folium", "dash", "dash-leaflet", "panel", "bokeh", "playwright", "duckdb")


def _machine() -> dict[str, Any]:
    return {"cores": os.cpu_count(), "load": os.getloadavg(), "versions": {p: version(p) for p in PACKAGES}}


def main() -> int:
    """Run, print, and write JSON if asked. The exit code is 1 only when it could not measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=12, help="visits per page, half the switches and other acts")
    parser.add_argument("--json", type=Path, help="write the results here as well")
    chosen = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if chromium is None:
        print("No Chromium found: install it, or name it in the variable CHROMIUM.", file=sys.stderr)
        return 1
    try:
        bahan.current()
    except KkbError as error:
        print(f"{error}\nThe benchmark builds nothing: run `python -m kkb build` first.", file=sys.stderr)
        return 1
    machine = _machine()
    print(f"{machine['cores']} cores, load {machine['load'][0]:.1f} at the start", file=sys.stderr)
    rows = rows_of(ukur.measured(chromium, chosen.rounds))
    goals = goals_of(rows)
    print(table(rows, goals))
    if chosen.json:
        result = {"machine": machine, "measures": [asdict(row) for row in rows], "goals": goals}
        chosen.json.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
