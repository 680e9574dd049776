"""Pictures as PNG, drawn on the server: maps with legend and inset, and charts, both exactly of the size asked for."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date
from typing import Any

from PIL.Image import Image

from kkb import bahasa
from kkb import format as fmt
from kkb.bahasa import _
from kkb.rapat.lembar import Bars, Key, MapView, Pack, Progress, Sheet, silent
from kkb.report import bagan, kanvas, peta_cetak
from kkb.report.kanvas import INK, PALE, Canvas, Line2D, Rect, Rectangle, text_width, wrap
from kkb.report.peta_cetak import LINE

WHOLE = (250, 150, 200)
"""Width and height in mm and dots per inch of a picture that stands alone."""
GAP = 6.0
"""Points between the map and its legend."""


def write(pack: Pack, progress: Progress = silent) -> bytes:
    """A ZIP with every map and chart of the agenda as PNG, each with its finding, source and stamp."""
    made, day = io.BytesIO(), date.fromisoformat(pack.made)
    with bahasa.speaking(pack.language), zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
        for n, sheet in enumerate(pack.sheets, 1):
            name = f"{n:02d}-{re.sub(r'[^A-Za-z0-9]+', '-', sheet.key).strip('-')}"
            for kind, png in _pictures(pack, sheet):
                member = zipfile.ZipInfo(f"{name}-{kind}.png", (day.year, day.month, day.day, 0, 0, 0))
                archive.writestr(member, png)
            progress(n / len(pack.sheets))
    return made.getvalue()


def _pictures(pack: Pack, sheet: Sheet) -> Iterator[tuple[str, bytes]]:
    def alone(picture: Image, title: str) -> bytes:
        whole = kanvas.framed(picture, sheet.title, (sheet.source, pack.stamp), 9, WHOLE[2])
        return kanvas.png(whole, title, pack.stamp, WHOLE[2])

    if sheet.map:
        yield _("peta"), alone(map_picture(pack.layer, sheet.map, *WHOLE, size=9), sheet.map.title)
    if sheet.chart:
        yield _("grafik"), alone(_chart(sheet.chart, *WHOLE, 11), sheet.chart.title)


def map_png(
    layer: str,
    view: MapView,
    width_mm: float,
    height_mm: float,
    dpi: int,
    *,
    legend: bool = True,
    stamp: str = "",
    size: float = 8.0,
) -> bytes:
    """One map as PNG; `stamp` goes into its metadata. For the rest see `map_picture`."""
    made = map_picture(layer, view, width_mm, height_mm, dpi, legend=legend, size=size)
    return kanvas.png(made, view.title, stamp, dpi)


def map_picture(
    layer: str,
    view: MapView,
    width_mm: float,
    height_mm: float,
    dpi: int,
    *,
    legend: bool = True,
    size: float = 8.0,
) -> Image:
    """One map; `layer` is the text of a layer set, `size` the smaller text in points.

    A sheet at least a fifth wider than high has the legend at the right, any other below; without a legend there is the
    map only, with the inset in its corner.
    """
    made = Canvas(width_mm, height_mm, dpi)
    wide, high = made.wide, made.high
    located = view.district is not None or view.village is not None
    if not legend:
        side = 0.24 * min(wide, high)
        inset = (wide - side - 3, high - side - 3, wide - 3, high - 3) if located else None
        peta_cetak.draw(made, layer, view, (0.0, 0.0, wide, high), size, inset)
    elif wide >= 1.2 * high:
        panel = min(max(_needed(view, size), 0.2 * wide), 0.36 * wide)
        bottom = _legend(made, view, (wide - panel, 0.0, wide - 1, high), size)
        side = min(panel, bottom - GAP)
        inset = (wide - side, 0.0, wide, side) if located and side > 40 else None
        peta_cetak.draw(made, layer, view, (0.0, 0.0, wide - panel - GAP, high), size, inset)
    else:
        side = 0.3 * wide if located else 0.0
        below = (0.0, 0.0, wide - side - (GAP if side else 0.0), high)
        used = high - _legend(made, view, below, size, measure=True)
        tall = max(used, 0.8 * side)
        _legend(made, view, (1.0, 0.0, below[2] - 1, tall), size)
        inset = (wide - side, 0.0, wide, tall) if located else None
        peta_cetak.draw(made, layer, view, (0.0, tall + GAP, wide, high), size, inset)
    return made.picture()


def chart_png(bars: Bars, width_mm: float, height_mm: float, dpi: int, *, stamp: str = "", size: float = 9.0) -> bytes:
    """One chart; `size` is that of its text in points."""
    return kanvas.png(_chart(bars, width_mm, height_mm, dpi, size), bars.title, stamp, dpi)


def _chart(bars: Bars, width_mm: float, height_mm: float, dpi: int, size: float) -> Image:
    made = kanvas.figure(width_mm, height_mm, dpi)
    bagan.draw(made, bars, size)
    return kanvas.picture(made)


def _needed(view: MapView, size: float) -> float:
    longest = max((text_width(k.label, size) + text_width(fmt.number(k.count), size) for k in view.legend), default=0.0)
    return longest + 4.2 * size


def _legend(made: Canvas, view: MapView, room: Rect, size: float, *, measure: bool = False) -> float:
    """The legend from the top of `room` down; where it ends. With `measure` it is only measured."""
    left, _bottom, right, top = room
    step, y = 1.5 * size, top

    def put(x: float, y: float, text: str, weight: str = "", colour: str = INK, anchor: str = "l") -> None:
        if not measure:
            made.text(x, y, text, size, weight, colour, anchor)

    for line in wrap(view.title, size, right - left, "Semibold"):
        y -= 1.2 * size
        put(left, y, line, "Semibold")
    y -= 1.25 * size
    put(right, y, _("desa/kelurahan"), "It", PALE, "r")
    columns = [k for k in view.legend if not k.is_state], [k for k in view.legend if k.is_state]
    for keys in columns:
        if keys is columns[1] and keys:
            y -= 0.45 * size
            if not measure:
                made.add(Line2D([left, right], [y, y], color="#bdbdbd", linewidth=0.6))
        for key in keys:
            lines = wrap(key.label, size, right - left - 3.8 * size)
            y -= step
            if not measure:
                _swatch(made, key, left, y - 0.2 * size, 1.7 * size, 1.05 * size)
            put(right, y, fmt.number(key.count), anchor="r")
            for n, line in enumerate(lines):
                y -= 1.15 * size if n else 0
                put(left + 2.2 * size, y, line)
    return y - 0.5 * size


def _swatch(made: Canvas, key: Key, x: float, y: float, width: float, height: float) -> None:
    made.add(Rectangle((x, y), width, height, facecolor=key.colour, edgecolor=LINE, linewidth=0.6))
    if key.pattern:
        hatch, colour, thick = peta_cetak.PATTERNS[key.pattern]
        looks: dict[str, Any] = {"hatch": hatch, "hatchcolor": colour, "hatch_linewidth": thick}
        made.add(Rectangle((x, y), width, height, facecolor="none", linewidth=0, **looks))
