"""A bare Leaflet page, the limit of what a map of these villages can be: `python tests/bench/leaflet_page.py --port N`.

One file with Leaflet, polygons and colours inside, served from a folder by Python's own `http.server`: no names, no
legend, no words, nothing to choose.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from kkb.config import ROOT
from tests.bench import bahan

PAGE = """<!doctype html><meta charset="utf-8"><title>Leaflet</title><style>%s
html, body, #map { height: 100%%; margin: 0; }</style><div id="map"></div><script>%s</script><script>
const layer = %s;
const map = L.map("map", { zoomSnap: 0.25 });
const ring = (deltas) => {
  const points = [];
  let lat = 0, lon = 0;
  for (let i = 0; i < deltas.length; i += 2) points.push([(lat += deltas[i]) / 1e4, (lon += deltas[i + 1]) / 1e4]);
  return points;
};
map.fitBounds(layer.batas.semua);
layer.unit.forEach((unit) => L.polygon(unit.g.map((part) => part.map(ring)),
  { color: "#595959", weight: 0.8, fillColor: unit.w, fillOpacity: 1 }).addTo(map));
</script>"""


def page(layer: dict[str, Any], colours: list[str]) -> bytes:
    """The page for one of our layer sets, with a colour for each of its villages."""
    leaflet = ROOT / "kkb" / "ui" / "aset" / "leaflet"
    units = [{"g": unit["g"], "w": colour} for unit, colour in zip(layer["unit"], colours, strict=True)]
    drawn = {"unit": units, "batas": {"semua": layer["batas"]["semua"]}}
    texts = [(leaflet / name).read_text(encoding="utf-8") for name in ("leaflet.css", "leaflet.js")]
    return (PAGE % (*texts, json.dumps(drawn, separators=(",", ":")))).encode()


class Quiet(SimpleHTTPRequestHandler):
    """Files of a folder, without a line for each request."""

    def log_message(self, *_: object) -> None:
        """Nothing."""


def main() -> None:
    """Serve until killed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=8000)
    port = parser.parse_args().port
    version = bahan.current().version
    with tempfile.TemporaryDirectory() as folder:
        made = page(bahan.layer(version), bahan.picture(version, bahan.STATUS).colours)
        (Path(folder) / "index.html").write_bytes(made)
        ThreadingHTTPServer(("127.0.0.1", port), partial(Quiet, directory=folder)).serve_forever()


if __name__ == "__main__":
    main()
