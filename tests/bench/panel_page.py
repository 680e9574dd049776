"""The same map page in Panel and Bokeh: `python tests/bench/panel_page.py --port N`.

Written the fast way of Panel: the polygons travel once, a change of indicator or date patches two columns of them in
one event (the colour and the words of each village), with title, legend and source around the map. A new visitor gets
the document of an earlier one at once (`reuse_sessions`, "warm") while a session is made. No template, and no tools but
tap and hover. Panel's own files come from this server as it serves them: with a version in their address, cached, not
compressed; sessions made ahead must be told so (`dist_url`), or they would ask the internet. Answers are remembered per
version of the data, as our page does.
"""

from __future__ import annotations

import argparse
import sys
from functools import cache
from pathlib import Path
from typing import Any

import panel as pn
from bokeh.models import ColumnDataSource, HoverTool, Plot, Range1d, TapTool
from bokeh.plotting import figure
from panel.io.resources import LOCAL_DIST
from shapely.geometry import shape

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from kkb import charts
from kkb import format as fmt
from kkb.bahasa import field
from tests.bench import bahan

GAP = [float("nan")]
WIDTH, HEIGHT = 800, 470
"""Pixels of the map."""


@cache
def shapes(version: str) -> dict[str, list[Any]]:
    """What never changes of the villages: corners (parts are kept apart by a gap), names."""
    columns: dict[str, list[Any]] = {"xs": [], "ys": [], "desa": [], "kecamatan": []}
    for village in bahan.villages(version):
        rings = [r for part in village["geometry"]["coordinates"] for r in part]
        for axis, name in enumerate(("xs", "ys")):
            columns[name].append([number for r in rings for number in [*(p[axis] for p in r), *GAP]][:-1])
        columns["desa"].append(village["properties"]["n"])
        columns["kecamatan"].append(village["properties"]["c"])
    return columns


@cache
def paint(version: str, code: str, period: str) -> dict[str, list[str]]:
    """The two columns that change."""
    shown = bahan.picture(version, code, period)
    numbers = shown.numbers or [""] * len(shown.labels)
    words = [f"{label} ({n})" if n else label for label, n in zip(shown.labels, numbers, strict=True)]
    return {"warna": shown.colours, "kelas": words}


def _map(villages: ColumnDataSource) -> Plot:
    hover = HoverTool(tooltips="<b>@desa</b>, Kec. @kecamatan<br>@kelas")
    made = figure(
        width=WIDTH,
        height=HEIGHT,
        min_border=0,
        toolbar_location=None,
        tools=[TapTool(), hover],
        x_range=Range1d(),
        y_range=Range1d(),
        outline_line_color=None,
    )
    made.axis.visible = False
    made.grid.visible = False
    made.patches(
        "xs", "ys", source=villages, fill_color="warna", line_color=bahan.EDGE, line_width=0.8, nonselection_alpha=1
    )
    return made


def _window(version: str, district: str) -> tuple[float, float, float]:
    """West and south of the map, and degrees per pixel."""
    west, south, east, north = bahan.bounds(version, district)
    each = max((east - west) / WIDTH, (north - south) / HEIGHT)
    return (west + east - each * WIDTH) / 2, (south + north - each * HEIGHT) / 2, each


def _look_at(plot: Plot, version: str, district: str) -> None:
    west, south, each = _window(version, district)
    plot.x_range.update(start=west, end=west + each * WIDTH)
    plot.y_range.update(start=south, end=south + each * HEIGHT)


def pixel(version: str, place: int) -> tuple[float, float]:
    """Where a village is on the map of all, from its upper left corner."""
    west, south, each = _window(version, bahan.ALL)
    point = shape(bahan.villages(version)[place]["geometry"]).representative_point()
    return (point.x - west) / each, HEIGHT - (point.y - south) / each


def _bars(version: str, period: str) -> Plot:
    rows = bahan.bars(version, period)
    names = list(rows["nama_kecamatan"])
    made = figure(height=340, width=440, y_range=names, toolbar_location=None, tools="")
    made.hbar_stack(
        ["sudah", "belum"],
        y="kecamatan",
        height=0.8,
        color=[charts.DONE, charts.TO_GO],
        source={"kecamatan": names, "sudah": list(rows["jumlah_kampung_kb"]), "belum": list(rows["kesenjangan"])},
    )
    made.xaxis.visible = False
    made.grid.visible = False
    return made


def page() -> pn.Row:
    """The page as a visitor finds it, of the version that is current."""
    pn.state.curdoc.template_variables["dist_url"] = LOCAL_DIST
    version = bahan.current().version
    rows, first = bahan.indicators(version), bahan.beginning(version)
    indicator = pn.widgets.Select(
        name="Indikator", options={field(row, "nama"): code for code, row in rows.items()}, value=bahan.STATUS
    )
    date = pn.widgets.Select(name="Tanggal data", options=_dates(rows[bahan.STATUS]), value=first)
    district = pn.widgets.Select(name="Kecamatan", options=bahan.districts(version))
    shown = bahan.picture(version, bahan.STATUS, first)
    title, legend = pn.pane.HTML(f"<h1>{shown.title}</h1>"), pn.pane.HTML(bahan.legend_html(shown))
    source, chosen = pn.pane.HTML(shown.source), pn.pane.HTML("")
    painted = {name: list(column) for name, column in paint(version, bahan.STATUS, first).items()}
    villages = ColumnDataSource(shapes(version) | painted)  # a patch changes these lists themselves
    plot = _map(villages)
    _look_at(plot, version, bahan.ALL)

    def draw() -> None:
        now = bahan.picture(version, indicator.value, date.value)
        villages.patch({n: [(slice(len(v)), v)] for n, v in paint(version, indicator.value, date.value).items()})
        title.object, legend.object, source.object = f"<h1>{now.title}</h1>", bahan.legend_html(now), now.source

    def other_indicator(event: Any) -> None:
        days, before = _dates(rows[event.new]), date.value
        date.param.update(options=days, value=rows[event.new]["periode"][-1])
        if date.value == before:
            draw()

    def tapped(_name: str, _old: list[int], new: list[int]) -> None:
        texts = (f"<b>{villages.data['desa'][i]}</b>: {villages.data['kelas'][i]}" for i in new)
        chosen.object = "<br>".join(texts)

    indicator.param.watch(other_indicator, "value")
    date.param.watch(lambda _: draw(), "value")
    district.param.watch(lambda event: _look_at(plot, version, event.new), "value")
    villages.selected.on_change("indices", tapped)
    left = pn.Column(title, indicator, date, district, legend, pn.pane.Bokeh(plot), source, width=WIDTH + 20)
    right = pn.Column(pn.pane.HTML(bahan.figures_html(version, first)), pn.pane.Bokeh(_bars(version, first)), chosen)
    return pn.Row(left, right)


def _dates(row: dict[str, Any]) -> dict[str, str]:
    return {fmt.period(day): day for day in row["periode"]}


def main() -> None:
    """Serve until killed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=5006)
    port = parser.parse_args().port
    pn.extension()
    pn.config.reuse_sessions = "warm"
    pn.serve({"/": page}, address="127.0.0.1", port=port, show=False, title="Kampung KB Tabalong (Panel)")


if __name__ == "__main__":
    main()
