"""Bar charts as lines and text on paper: sharp at any size, and their numbers can be selected and read aloud."""

from __future__ import annotations

from kkb import format as fmt
from kkb.charts import HIGHLIGHT, LINE
from kkb.rapat.lembar import Bars
from kkb.report.alir import ASCENT, Flow
from kkb.report.kertas import INK, INNER, LEFT, PALE, RULE, Paper, line_height, width, wrap

ROW, HIGHEST_ROW, GAP = 5.4, 9.0, 2.6
"""Height of a lying bar with the space to the next, where little and where much room is left; space around a name."""
TALL = 95.0
"""Height of standing bars, in millimetres, where there is room."""
LEAST = 3.2
"""A part of a bar that is lower than this has no number in it."""


def place(flow: Flow, chart: Bars) -> None:
    """The chart with its title, and a legend when it has several series."""
    size = 9 * flow.scale
    flow.text(f"{chart.title} ({chart.unit})" if chart.unit else chart.title, 10.5, "B", tag="H2")
    flow.space(1.0)
    if len(chart.series) > 1:
        _legend(flow, chart, size)
    if chart.is_lying:
        _lying(flow, chart, size)
    else:
        _standing(flow, chart, size)


def _legend(flow: Flow, chart: Bars, size: float) -> None:
    high = line_height(size)

    def draw(paper: Paper, top: float) -> None:
        left = LEFT
        for series in chart.series:
            with paper.untold():
                paper.box(left, top + 0.6, 3.2, high - 1.2, series.colour, LINE)
            with paper.tagged("P"):
                paper.words(left + 4.4, top + ASCENT * high, series.name, size)
            left += 4.4 + width(series.name, size) + 5

    flow.put(high + 1, draw)


def _told(chart: Bars, category: int, value: float | None) -> str:
    """The words on a bar."""
    if chart.labels and len(chart.series) == 1:
        return chart.labels[category]
    return fmt.MISSING if value is None else fmt.number(value, chart.decimals)


def _colour(chart: Bars, category: int, own: str) -> str:
    return HIGHLIGHT if category == chart.highlight and len(chart.series) == 1 else own


def _lying(flow: Flow, chart: Bars, size: float) -> None:
    """First category on top; the words stand right of each bar."""
    names = max(width(c, size, "B") for c in chart.categories)
    ends = max(width(_told(chart, n, v), size, "B") for s in chart.series for n, v in enumerate(s.values))
    left = LEFT + names + GAP
    room = LEFT + INNER - left - ends - GAP
    totals = [sum(s.values[n] or 0 for s in chart.series) for n in range(len(chart.categories))]
    most = max((*totals, *(v or 0 for s in chart.series for v in s.values)), default=0) or 1
    rows = 1 if chart.is_stacked else len(chart.series)
    high = min(max(flow.room * 0.7 / max(len(chart.categories), 1), ROW), HIGHEST_ROW) * (0.4 + 0.6 * rows)
    flow.need(high * len(chart.categories))
    for n, category in enumerate(chart.categories):

        def draw(paper: Paper, top: float, n: int = n, category: str = category) -> None:
            style = "B" if n == chart.highlight else ""
            thick = (high - 1.4) / rows
            middle = top + high / 2 + 0.34 * line_height(size) - 0.1
            start, ends_at = left, []
            for place, series in enumerate(chart.series):
                value = series.values[n]
                y = top + 0.7 + (0 if chart.is_stacked else place * thick)
                long = room * (value or 0) / most
                with paper.untold():
                    if long:
                        paper.box(start, y, long, thick, _colour(chart, n, series.colour), LINE)
                ends_at.append((start + long, y + thick / 2 + 0.34 * line_height(size) - 0.1))
                start += long if chart.is_stacked else 0
            with paper.tagged("P"):
                paper.words(left - GAP - width(category, size, style), middle, category, size, style)
                if chart.is_stacked:
                    told = " · ".join(_told(chart, n, s.values[n]) for s in chart.series)
                    paper.words(start + 1.4, middle, told, size, style)
                else:
                    for (x, y), series in zip(ends_at, chart.series, strict=True):
                        paper.words(x + 1.4, y, _told(chart, n, series.values[n]), size, style)

        flow.put(high, draw)


def _standing(flow: Flow, chart: Bars, size: float) -> None:
    """One stack, or one group of bars, per category, with the names under them."""
    count = len(chart.categories)
    step = INNER / max(count, 1)
    names = [wrap(c, size * 0.95, step - 2.6, "B") for c in chart.categories]
    totals = [sum(s.values[n] or 0 for s in chart.series) for n in range(count)]
    singles = [v or 0 for s in chart.series for v in s.values]
    most = max(totals if chart.is_stacked else singles, default=0) or 1
    tall = min(TALL, max(flow.room - 40, 50))
    under = max(len(n) for n in names) * line_height(size)
    thick = step * 0.72 / (1 if chart.is_stacked else len(chart.series))

    def draw(paper: Paper, top: float) -> None:
        ground = top + line_height(size) + tall
        with paper.untold():
            paper.rule(LEFT, ground, INNER, RULE, 0.3)
        for n in range(count):
            style = "B" if n == chart.highlight else ""
            _one(paper, chart, n, LEFT + n * step + step * 0.14, ground, tall / most, thick, size, style)
            with paper.tagged("P"):
                for m, line in enumerate(names[n]):
                    x = LEFT + (n + 0.5) * step - width(line, size * 0.95, style) / 2
                    paper.words(x, ground + 0.8 + (m + ASCENT) * line_height(size), line, size * 0.95, style)
                if chart.is_stacked:
                    told = fmt.number(totals[n], chart.decimals)
                    x = LEFT + (n + 0.5) * step - width(told, size, "B") / 2
                    paper.words(x, ground - totals[n] * tall / most - 1.0, told, size, "B")

    flow.put(line_height(size) + tall + under + 1.5, draw)


def _one(
    paper: Paper,
    chart: Bars,
    category: int,
    left: float,
    ground: float,
    unit: float,
    thick: float,
    size: float,
    style: str,
) -> None:
    """The bars of one category; `unit` is the height of a value of 1."""
    base = ground
    for place, series in enumerate(chart.series):
        value = series.values[category]
        x = left if chart.is_stacked else left + place * thick
        high = (value or 0) * unit
        fill = _colour(chart, category, series.colour)
        with paper.untold():
            if high:
                paper.box(x, base - high, thick, high, fill, LINE)
        told = _told(chart, category, value)
        inside = chart.is_stacked and high >= LEAST
        if inside or not chart.is_stacked:
            y = base - high / 2 + 0.34 * line_height(size) if inside else base - high - 1.0
            with paper.tagged("P"):
                colour = _on(fill) if inside else (INK if value is not None else PALE)
                paper.words(x + thick / 2 - width(told, size, style) / 2, y, told, size, style, colour)
        base -= high if chart.is_stacked else 0


def _on(fill: str) -> str:
    """Black or white, whichever is read more easily on a colour."""
    red, green, blue = (int(fill[n : n + 2], 16) for n in (1, 3, 5))
    return INK if 0.299 * red + 0.587 * green + 0.114 * blue > 140 else "#ffffff"
