"""What runs in the browser and takes the times; all of them are milliseconds since the epoch, alike in every frame."""

from __future__ import annotations

import json

_WATCH = """(() => {
  const colours = %s, count = %d, FEWEST_BARS = 12;
  const now = () => performance.timeOrigin + performance.now();
  if (window === top && !top.banding) {
    const noted = top.banding = { last: 0, waiting: new Set(["painted", "charted", "owned"]), fill: null, fills: "" };
    for (const name of noted.waiting) noted[name] = new Promise((done) => { noted["note_" + name] = done; });
  }
  const noted = top.banding;
  const note = (name) => { if (noted.waiting.delete(name)) noted["note_" + name](now()); };
  const VILLAGE = "path.leaflet-interactive";
  const BARS = ".barlayer .point path, .mark-rect path, :is(.stHtml, .kkb-dua) [style*='grid-template-columns']";
  const filled = () => {
    const fill = noted.fill, at = now(), { port1, port2 } = new MessageChannel();
    noted.fill = null;
    port1.onmessage = () => fill.done([at, now()]);
    requestAnimationFrame(() => port2.postMessage(0));
  };
  const painted = (node) => colours.includes((node.getAttribute("fill") || "").toLowerCase());

  const look = () => {
    const villages = document.getElementsByClassName("leaflet-interactive");
    if (villages.length >= count && [...villages].filter(painted).length >= count) {
      note("painted");
      if (!document.getElementById("kkb-awal")) note("owned");
    }
    if (document.querySelector(BARS)) note("charted");
  };
  const changed = (records) => {
    noted.last = now();
    if (noted.waiting.size) look();
    if (!noted.fill) return;
    for (const { type, target, addedNodes } of records) {
      if (type === "characterData") continue;
      for (const node of type === "attributes" ? [target] : addedNodes) {
        if (node.nodeType === 1 && node.matches(VILLAGE)) noted.fill.seen.add(node);
      }
    }
    if (noted.fill.seen.size >= count) filled();
  };
  const watch = (root) => new MutationObserver(changed).observe(root, {
    subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ["fill", "d"],
  });
  watch(document);
  if (window !== top) addEventListener("DOMContentLoaded", () => watch(document));
  const attach = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function (options) {
    const root = attach.call(this, options);
    watch(root);
    return root;
  };

  const fill = CanvasRenderingContext2D.prototype.fill;
  let canvases = new Map();
  const drawn = () => {
    noted.last = now();
    for (const fills of canvases.values()) {
      if (fills.filter((colour) => colours.includes(colour)).length >= count) ["painted", "owned"].forEach(note);
      if (fills.length >= count) {
        const all = fills.join();
        if (noted.fill && all !== noted.fills) filled();
        noted.fills = all;
      } else if (fills.length >= FEWEST_BARS) note("charted");
    }
    canvases = new Map();
  };
  CanvasRenderingContext2D.prototype.fill = function (...how) {
    fill.apply(this, how);
    if (!canvases.size) queueMicrotask(drawn);
    if (!canvases.has(this.canvas)) canvases.set(this.canvas, []);
    canvases.get(this.canvas).push(this.fillStyle);
  };

  const begun = () => { if (noted.begin) noted.begin(now()); };
  for (const type of ["click", "input", "keydown"]) addEventListener(type, begun, { capture: true });
})();"""


def watch(colours: list[str], villages: int) -> str:
    """Runs first in every frame and notes in the top window what `AWAIT` waits for and when anything changed last.

    Villages are polygons of Leaflet with a fill, or parts of a canvas that were filled in one go. A frame begins as an
    empty document and gets its own in the same window, hence its second `watch`; Bokeh draws inside shadow roots.
    """
    return _WATCH % (json.dumps(colours), villages)


ARM = """() => {
  top.banding.begun = new Promise((done) => { top.banding.begin = done; });
  top.banding.filled = new Promise((done) => { top.banding.fill = { seen: new Set(), done }; });
}"""
"""From now on waits for the reader's act (a click, a key, or another option of a native box), and for a new fill of all
villages, by attribute, by new polygons or by a canvas that is drawn in other colours, and the frame that shows it."""

QUIET = """([since, quiet]) => new Promise((done, fail) => {
  const now = () => performance.timeOrigin + performance.now(), begun = now();
  const look = () => {
    const last = top.banding.last;
    if (last > since && now() - last > quiet) done(last);
    else if (now() - begun > 60000) fail(new Error(last > since ? "never quiet within 60 s" : "no change within 60 s"));
    else setTimeout(look, 50);
  };
  look();
})"""
"""Waits until nodes, texts, shapes or canvases have changed after `since`, and then not for `quiet` milliseconds; gives
the time of the last change."""

AWAIT = """(name) => Promise.race([
  top.banding[name], new Promise((_, fail) => setTimeout(() => fail(new Error(`no ${name} within 60 s`)), 60000)),
])"""

INSIDE = """(place) => {
  for (const path of [...document.querySelectorAll("path.leaflet-interactive")].slice(place)) {
    const box = path.getBBox(), point = path.ownerSVGElement.createSVGPoint(), matrix = path.getScreenCTM();
    for (let n = 2; n < 40; n += 1) {
      for (let i = 1; i < n; i += 1) for (let j = 1; j < n; j += 1) {
        [point.x, point.y] = [box.x + (box.width * i) / n, box.y + (box.height * j) / n];
        const on = point.matrixTransform(matrix);
        if (path.isPointInFill(point) && document.elementFromPoint(on.x, on.y) === path) return [on.x, on.y];
      }
    }
  }
  throw new Error("no place to click on a village");
}"""
"""A place in its window where a click meets a village: the one at this place among the shapes, or the next where names
or buttons cover that."""
