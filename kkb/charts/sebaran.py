"""The spread of one indicator: a histogram where it is measured, bars where it is ordered."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from kkb import format as fmt
from kkb import rupa
from kkb.bahasa import _
from kkb.charts import HIGHLIGHT, INK, LINE, PAPER, SILENT, look
from kkb.charts.analisis import CHOSEN, HEIGHT, Content, axis_title, place_name, ticks, two_lines
from kkb.compute.analisis import FEW, Spread, Variable, bins, group_counts, spread
from kkb.naskah.analisis import value
from kkb.rows import records

BAR, ODD = "#7f9db3", rupa.BOTH_RED


def count_axis() -> dict[str, object]:
    """An axis that says what is counted; the numbers stand on the bars."""
    title = axis_title(_("banyaknya desa/kelurahan"))
    return {"title": title, "showticklabels": False, "showgrid": False, "zeroline": False, "ticks": ""}


def histogram(variable: Variable, rows: pd.DataFrame, found: Spread) -> go.Figure:
    """Villages per bin with the number on each bar, one mark a village under them, mean and median as lines.

    A cross marks an outlier; the last trace is for a ring around the chosen village.
    """
    known = rows[rows["keadaan"] == "ada"]
    table = bins(known["nilai"].astype(float))
    top = int(table["jumlah"].max())
    bars = {
        "type": "bar",
        "x": list((table["dari"] + table["sampai"]) / 2),
        "y": list(table["jumlah"]),
        "width": list((table["sampai"] - table["dari"]) * 0.96),
        "marker": {"color": BAR},
        "customdata": [
            _("{low} sampai {high}: {n} desa/kelurahan").format(
                low=value(variable, r["dari"]), high=value(variable, r["sampai"]), n=fmt.number(r["jumlah"])
            )
            for r in records(table)
        ],
        "hovertemplate": "%{customdata}<extra></extra>",
    }
    numbers = [
        {
            "x": (row["dari"] + row["sampai"]) / 2,
            "y": row["jumlah"],
            "yanchor": "bottom",
            "text": fmt.number(row["jumlah"]),
            "showarrow": False,
            "bgcolor": PAPER,
            "borderpad": 0,
        }
        for row in records(table[table["jumlah"] > 0])
    ]
    lines, words = _middles(variable, found)
    return go.Figure(
        [bars, *_marks(variable, known, found, -0.08 * top)],
        look(
            HEIGHT,
            margin={"t": 26},
            bargap=0.04,
            annotations=[*numbers, *words],
            shapes=lines,
            xaxis={"title": axis_title(variable.unit), "showgrid": False, **ticks(variable)},
            yaxis={"range": [-0.16 * top, top * 1.12], **count_axis()},
        ),
    )


def _middles(variable: Variable, found: Spread) -> tuple[list[dict[str, object]], list[dict[str, object]]]:
    """The lines of median and mean, and what is written at them."""
    first, second = sorted((("median", found.median, "solid"), ("mean", found.mean, "dash")), key=lambda m: m[1])
    words = {"median": _("median {value}"), "mean": _("rata-rata {value}")}
    lines: list[dict[str, object]] = []
    told: list[dict[str, object]] = []
    for (name, at, dash), anchor in ((first, "right"), (second, "left")):
        if name == "mean" and not variable.has_mean:
            continue
        line = {"color": INK, "dash": dash}
        lines.append({"type": "line", "x0": at, "x1": at, "y0": 0, "y1": 1, "yref": "y domain", "line": line})
        decimals = max(variable.decimals, 2) if name == "mean" else variable.decimals
        told.append(
            {
                "x": at,
                "y": 1,
                "yref": "y domain",
                "yanchor": "bottom",
                "xanchor": anchor,
                "xshift": 2 if anchor == "left" else -2,
                "text": words[name].format(value=fmt.number(at, decimals)),
                "showarrow": False,
            }
        )
    return lines, told


def _marks(variable: Variable, known: pd.DataFrame, found: Spread, height: float) -> list[Content]:
    """The marks of the villages, of outliers, and of a chosen one, which is not there yet."""
    odd = (known["nilai"] < found.low_fence) | (known["nilai"] > found.high_fence)
    return [
        {
            "type": "scatter",
            **_places(variable, rows, height),
            "mode": "markers",
            "marker": {"symbol": symbol, "color": colour, "size": size, "line": {"color": colour, "width": width}},
            "hovertemplate": "%{customdata[0]}: %{customdata[1]}<extra></extra>",
        }
        for rows, symbol, colour, size, width in (
            (known[~odd], "line-ns", INK, 8, 1),
            (known[odd], "x-thin", ODD, 9, 2),
            (known.head(0), "circle-open", CHOSEN, 13, 3),
        )
    ]


def _places(variable: Variable, rows: pd.DataFrame, height: float) -> Content:
    """Where the marks of villages are, and what they say."""
    return {
        "x": list(rows["nilai"]),
        "y": [height] * len(rows),
        "customdata": [[place_name(r), value(variable, r["nilai"])] for r in records(rows)],
    }


def group_bars(variable: Variable, rows: pd.DataFrame, silent_label: str) -> go.Figure:
    """Villages per group, the lowest at the bottom, with their number; those that did not report as a hatched bar."""
    counts = group_counts(rows, variable.groups)
    silent = int((rows["keadaan"] == "belum_melapor").sum())
    names, numbers = [two_lines(variable.groups[g]) for g in counts], list(counts.values())
    colours = [variable.colours.get(g, BAR) for g in counts]
    shapes = [""] * len(names)
    if silent:
        names, numbers, colours, shapes = (
            [*names, two_lines(silent_label)],
            [*numbers, silent],
            [*colours, SILENT],
            [*shapes, "/"],
        )
    return go.Figure(
        {
            "type": "bar",
            "x": numbers,
            "y": names,
            "orientation": "h",
            "text": [fmt.number(n) for n in numbers],
            "textposition": "outside",
            "cliponaxis": False,
            "marker": {
                "color": colours,
                "line": {"color": LINE, "width": 0.8},
                "pattern": {"shape": shapes, "fgcolor": "#4d4d4d", "size": 7, "solidity": 0.25},
            },
            "hoverinfo": "skip",
        },
        look(
            46 * len(names) + 90,
            xaxis={"range": [0, max(*numbers, 1) * 1.15], **count_axis()},
            yaxis={"type": "category", "ticks": ""},
        ),
    )


def dots(variable: Variable, rows: pd.DataFrame) -> go.Figure:
    """One line per village with its value, the lowest at the bottom, for few villages."""
    known = _in_lines(rows)
    return go.Figure(
        {
            "type": "scatter",
            "x": list(known["nilai"]),
            "y": [place_name(r) for r in records(known)],
            "mode": "markers+text",
            "text": [value(variable, v) for v in known["nilai"]],
            "textposition": "top center",
            "cliponaxis": False,
            "marker": {"size": 11, "color": [HIGHLIGHT] * len(known)},
            "hoverinfo": "skip",
        },
        look(
            44 * len(known) + 80,
            xaxis={"title": axis_title(variable.unit), "showgrid": True, "zeroline": False, **ticks(variable)},
            yaxis={"showgrid": True, "range": [-0.5, len(known) - 0.3]},
        ),
    )


def _in_lines(rows: pd.DataFrame) -> pd.DataFrame:
    """The villages with a value in the order of the lines of `dots`."""
    return rows[rows["keadaan"] == "ada"].sort_values(["nilai", "kode_desa"], ascending=True)


def distribution(variable: Variable, rows: pd.DataFrame, silent_label: str) -> go.Figure:
    """The picture of the spread that fits the indicator; there must be a value. `with_chosen` marks a village in it."""
    if variable.groups:
        return group_bars(variable, rows, silent_label)
    found = spread(rows)
    return dots(variable, rows) if found.n < FEW else histogram(variable, rows, found)


def with_chosen(content: Content, variable: Variable, rows: pd.DataFrame, village: str) -> Content:
    """The content of the picture of `distribution` with the chosen village in red: its dot, or a ring around its
    mark. The same where it has none."""
    known = _in_lines(rows)
    chosen = known[known["kode_desa"] == village]
    if variable.groups or chosen.empty:
        return content
    *others, last = content["data"]
    if len(known) < FEW:
        colours = [CHOSEN if k == village else HIGHLIGHT for k in known["kode_desa"]]
        return {**content, "data": [*others, {**last, "marker": {**last["marker"], "color": colours}}]}
    height = content["data"][1]["y"][0]
    return {**content, "data": [*others, {**last, **_places(variable, chosen, height)}]}
