"""A chart on a slide that can be edited there: true numbers, in the colours of the dashboard."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import Any

import xlsxwriter
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.util import Pt

from kkb.rapat.lembar import Bars
from kkb.report import bagan
from kkb.report.kanvas import text_width
from kkb.report.salindia_alat import BROAD, GREY, INK, Place, describe, one_line, rgb

TYPES = {
    (False, False): XL_CHART_TYPE.COLUMN_CLUSTERED,
    (False, True): XL_CHART_TYPE.COLUMN_STACKED,
    (True, False): XL_CHART_TYPE.BAR_CLUSTERED,
    (True, True): XL_CHART_TYPE.BAR_STACKED,
}
"""The chart by whether its bars lie and whether they are stacked."""


def add(slide: Any, bars: Bars, at: Place, size: float) -> Any:
    """The chart in its place; `size` is that of its text in points."""
    data: Any = CategoryChartData(  # type: ignore[no-untyped-call]
        number_format=number_format(bars)
    )
    data.categories = [one_line(c) for c in bars.categories]
    for series in bars.series:
        data.add_series(one_line(series.name), series.values)
    frame = slide.shapes.add_chart(
        TYPES[bars.is_lying, bars.is_stacked], Pt(at.left), Pt(at.top), Pt(at.width), Pt(at.height), data
    )
    describe(frame, f"{bars.title}. {bars.alt}")
    chart = frame.chart
    chart.part.chart_workbook.update_from_xlsx_blob(_workbook(bars))
    chart.font.size = Pt(size)
    chart.font.color.rgb = rgb(INK)
    chart.has_title = True
    chart.chart_title.include_in_layout = False
    chart.chart_title.text_frame.text = one_line(bars.title)
    words = chart.chart_title.text_frame.paragraphs[0].runs[0].font
    words.size, words.bold, words.color.rgb = Pt(size), True, rgb(GREY)
    chart.has_legend = len(bars.series) > 1
    if chart.has_legend:
        chart.legend.position = XL_LEGEND_POSITION.TOP
        chart.legend.include_in_layout = False
        chart.legend.font.size = Pt(size)
    _axes(chart, bars, size, at.width if bars.is_lying else at.height)
    plot = chart.plots[0]
    plot.gap_width = 45
    if bars.is_stacked:
        plot.overlap = 100
    for n, series in enumerate(plot.series):
        _series(series, bars, n, size)
    return frame


def number_format(bars: Bars) -> str:
    """How a number is written on a bar: decimals, the sign of a percentage, and no 0 on a stacked piece of none."""
    shown = "#,##0" + ("." + "0" * bars.decimals if bars.decimals else "") + ('"%"' if bars.unit == "%" else "")
    return f"{shown};-{shown};;" if bars.is_stacked else shown


def _axes(chart: Any, bars: Bars, size: float, length: float) -> None:
    values, names = chart.value_axis, chart.category_axis
    values.visible = False
    values.has_major_gridlines = False
    values.minimum_scale, values.maximum_scale = 0, _most(bars, size, length)
    names.tick_labels.font.size = Pt(size)
    names.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    names.major_tick_mark = XL_TICK_MARK.NONE
    names.format.line.color.rgb = rgb("#BDBDBD")
    names.has_major_gridlines = False
    if bars.is_lying:
        names.reverse_order = True


def _most(bars: Bars, size: float, length: float) -> float:
    """Where the axis ends: no further than the bars and the words at their ends need."""
    known = [[v or 0.0 for v in s.values] for s in bars.series]
    if bars.is_stacked:
        return max(max(map(sum, zip(*known, strict=True))), 1e-9)
    words = [w for s in bars.series for w in bagan.words(bars, s)]
    spare = max(text_width(w, size * BROAD, "Bold") for w in words) + size if bars.is_lying else 2 * size
    names = max(text_width(c, size * BROAD) for c in bars.categories) + size if bars.is_lying else 4 * size
    room = max(length - names, 0.4 * length)
    return max(max(map(max, known)), 1e-9) * room / max(room - spare, 0.4 * room)


def _series(series: Any, bars: Bars, n: int, size: float) -> None:
    told = bars.series[n]
    series.format.fill.solid()
    series.format.fill.fore_color.rgb = rgb(told.colour)
    series.format.line.color.rgb = rgb("#595959")
    series.format.line.width = Pt(0.5)
    series.invert_if_negative = False
    labels = series.data_labels
    labels.show_value = True
    labels.number_format, labels.number_format_is_linked = number_format(bars), False
    labels.position = XL_LABEL_POSITION.CENTER if bars.is_stacked else XL_LABEL_POSITION.OUTSIDE_END
    labels.font.size, labels.font.bold = Pt(size), True
    dark = bars.is_stacked and bagan.is_dark(told.colour)
    labels.font.color.rgb = rgb("#FFFFFF" if dark else INK)
    if bars.highlight is not None:
        point = series.points[bars.highlight]
        point.format.fill.solid()
        point.format.fill.fore_color.rgb = rgb(bagan.colours(bars, told)[bars.highlight])
        point.format.line.color.rgb = rgb(INK)
        point.format.line.width = Pt(1.75)
    for i, (value, words) in enumerate(zip(told.values, bagan.words(bars, told), strict=True)):
        if value is not None and _needs_words(bars, value):
            label = series.points[i].data_label
            label.position = labels.position
            label.text_frame.text = one_line(words)
            font = label.text_frame.paragraphs[0].runs[0].font
            font.size, font.bold = Pt(size), True


def _needs_words(bars: Bars, value: float) -> bool:
    """Whether the label is written out: as words, or a number whose signs depend on the language of the reader's office
    program rather than on that of the slide."""
    own = bool(bars.labels) and len(bars.series) == 1
    return own or bars.decimals > 0 or abs(value) >= 1000


def _workbook(bars: Bars) -> bytes:
    """The numbers behind the chart, as its own sheet; no text in it runs as a formula."""
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        book.set_properties({"created": datetime(2000, 1, 1, tzinfo=UTC)})
        sheet = book.add_worksheet("Sheet1")
        for row, name in enumerate(bars.categories, 1):
            sheet.write_string(row, 0, one_line(name))
        for column, series in enumerate(bars.series, 1):
            sheet.write_string(0, column, one_line(series.name))
            for row, value in enumerate(series.values, 1):
                if value is not None:
                    sheet.write_number(row, column, value)
    return buffer.getvalue()
