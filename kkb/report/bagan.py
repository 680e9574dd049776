"""A bar chart within a picture: bars lie, stand or are stacked; the value is written on each, so no axis is needed."""

from __future__ import annotations

from typing import Any

import numpy as np

from kkb import format as fmt
from kkb.charts import HIGHLIGHT
from kkb.rapat.lembar import Bars, Series
from kkb.report.kanvas import INK, POINT, Axes, Figure, Rectangle, font, text_width, wrap

THICK = 0.72
"""The width of a bar, or of a group of bars, over its share of the axis."""


def colours(bars: Bars, series: Series) -> list[str]:
    """The colour of each bar: a single series shows its highlighted category in the colour of emphasis."""
    alone = len(bars.series) == 1
    return [HIGHLIGHT if alone and n == bars.highlight else series.colour for n in range(len(bars.categories))]


def words(bars: Bars, series: Series) -> list[str]:
    """What is written on each bar: its own words or its number; '' where there is no value."""
    if bars.labels and len(bars.series) == 1:
        return list(bars.labels)
    return ["" if v is None else fmt.number(v, bars.decimals) for v in series.values]


def is_dark(colour: str) -> bool:
    """Whether white text is easier to read on the colour than black."""
    r, g, b = (int(colour[n : n + 2], 16) for n in (1, 3, 5))
    return 0.299 * r + 0.587 * g + 0.114 * b < 130


def draw(made: Figure, bars: Bars, size: float) -> None:
    """The chart on the whole sheet, with a legend above it when it has more than one series."""
    wide, high = made.get_figwidth() * POINT, made.get_figheight() * POINT
    top = _series_legend(made, bars, size) if len(bars.series) > 1 else 0.0
    if bars.is_lying:
        left = min(max(text_width(c, size) for c in bars.categories), 0.4 * wide) + size
        names = [wrap(c, size, left - size) for c in bars.categories]
        box = (left / wide, 0.0, 1 - left / wide, 1 - top / high)
    else:
        names = [wrap(c, size, 0.96 * wide / len(bars.categories)) for c in bars.categories]
        foot = 1.25 * size * max(len(n) for n in names) + 0.6 * size
        box = (0.0, foot / high, 1.0, 1 - (top + foot) / high)
    axes = made.add_axes(box)
    axes.set_frame_on(False)
    places = np.arange(len(bars.categories))
    if bars.is_lying:
        axes.set_yticks(places, ["\n".join(n) for n in names], font=font(size), color=INK)
        axes.set_xticks([])
        axes.set_ylim(len(places) - 0.5, -0.5)
    else:
        axes.set_xticks(places, ["\n".join(n) for n in names], font=font(size), color=INK)
        axes.set_yticks([])
        axes.set_xlim(-0.5, len(places) - 0.5)
    axes.tick_params(length=0)
    if bars.highlight is not None:
        axis = axes.yaxis if bars.is_lying else axes.xaxis
        axis.get_ticklabels()[bars.highlight].set_fontproperties(font(size, "Bold"))
    _bars(axes, bars, size, (wide * box[2], high * box[3]))


def _series_legend(made: Figure, bars: Bars, size: float) -> float:
    """Squares and names from the upper left; how many points of height they take."""
    wide, high = made.get_figwidth() * POINT, made.get_figheight() * POINT
    x, used = 0.0, size
    for s in bars.series:
        width = text_width(s.name, size) + 3 * size
        if x and x + width > wide:
            x, used = 0.0, used + 1.5 * size
        corner, y = (x / wide, 1 - used / high), 1 - used / high
        square = Rectangle(corner, size / wide, size / high, facecolor=s.colour, edgecolor="#595959", linewidth=0.5)
        square.set_transform(made.transFigure)
        made.add_artist(square)
        made.text((x + 1.4 * size) / wide, y + 0.15 * size / high, s.name, font=font(size), color=INK)
        x += width
    return used + 1.2 * size


def _bars(axes: Axes, bars: Bars, size: float, room: tuple[float, float]) -> None:
    places, count = np.arange(len(bars.categories), dtype=float), len(bars.series)
    thick = THICK if bars.is_stacked else THICK / count
    values = np.array([[np.nan if v is None else v for v in s.values] for s in bars.series])
    known = np.nan_to_num(values)
    most = max(float((known.sum(axis=0) if bars.is_stacked else known).max()), 1e-9)
    told = [words(bars, s) for s in bars.series]
    outside = [] if bars.is_stacked else [t for ts in told for t in ts]
    spare = (
        max((text_width(t, size, "Semibold") for t in outside), default=0.0) + size
        if bars.is_lying
        else 0.0
        if bars.is_stacked
        else 2 * size
    )
    length = room[0] if bars.is_lying else room[1]
    limit = most * length / max(length - spare, 0.3 * length)
    (axes.set_xlim if bars.is_lying else axes.set_ylim)(0, limit)
    base = np.zeros(len(places))
    for n, s in enumerate(bars.series):
        at = places if bars.is_stacked else places + (n - (count - 1) / 2) * thick
        drawn = axes.barh if bars.is_lying else axes.bar
        where: dict[str, Any] = {"left": base} if bars.is_lying else {"bottom": base}
        drawn(at, known[n], thick * 0.96, color=colours(bars, s), edgecolor="#595959", linewidth=0.4, **where)
        for i, text in enumerate(told[n]):
            if text and not (bars.is_stacked and known[n][i] == 0):
                end = base[i] + known[n][i]
                spot = base[i] + known[n][i] / 2 if bars.is_stacked else end + limit * 0.4 * size / length
                _value(axes, bars, spot, at[i], text, size, is_dark(s.colour))
        if bars.is_stacked:
            base = base + known[n]


def _value(axes: Axes, bars: Bars, value: float, place: float, text: str, size: float, dark: bool) -> None:
    """A number: in the middle of a stacked piece, at the end of any other bar."""
    x, y = (value, place) if bars.is_lying else (place, value)
    inside: dict[str, Any] = {"ha": "center", "va": "center", "color": "white" if dark else INK}
    beside: dict[str, Any] = {"ha": "left", "va": "center"} if bars.is_lying else {"ha": "center", "va": "bottom"}
    axes.text(x, y, text, font=font(size, "Semibold"), **(inside if bars.is_stacked else beside))
