"""The picture of who went from which class to which, between two dates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from kkb import format as fmt
from kkb.charts import CLASS_COLOURS, INK, LINE, PAPER, TINT, layout
from kkb.compute.perubahan import STATES
from kkb.naskah.klasifikasi import movement_label, state_name
from kkb.rows import Row, records

WITHOUT_CLASS, STAYED = PAPER, TINT
GAP = 0.09
"""Room between two classes, as a part of all villages; enough for a label where a class has one village only."""
STEPS = 24


@dataclass(frozen=True)
class _Side:
    """One date: where each class begins (from the top down), and how many villages it has."""

    begins: dict[str, float]
    counts: dict[str, int]


def class_flow(flows: pd.DataFrame, earlier: str, later: str) -> go.Figure:
    """Bands from the class at one date to the class at another, the highest class on top, as wide as villages are many.

    `flows` is the answer of `perubahan.flows`. Rises and falls are outlined and named; a fall is hatched too.
    """
    total = int(flows["jumlah"].sum())
    left, right = _side(flows, "kelas_lama", total), _side(flows, "kelas_baru", total)
    place = {code: n for n, code in enumerate(reversed(STATES))}
    rows = sorted(records(flows), key=lambda r: (place[r["kelas_lama"]], place[r["kelas_baru"]]))
    starts = _stacked(rows, left, "kelas_lama", "kelas_baru", place)
    ends = _stacked(rows, right, "kelas_baru", "kelas_lama", place)
    bands = list(zip(rows, starts, ends, strict=True))
    bands.sort(key=lambda b: b[0]["gerak"] != "tetap")
    nodes = [*_nodes(left, is_left=True), *_nodes(right, is_left=False)]
    days = [
        {
            "x": x,
            "y": 1,
            "yref": "paper",
            "yanchor": "bottom",
            "xanchor": anchor,
            "text": f"<b>{fmt.short_period(day)}</b>",
            "showarrow": False,
            "font": {"size": 13},
        }
        for x, anchor, day in ((0, "right", earlier), (1, "left", later))
    ]
    # All at once: added one by one, each is checked again with every other.
    words = [*(_words(*band) for band in bands), *(words for _shape, words in nodes), *days]
    figure = go.Figure([_band(*band) for band in bands])
    figure.update_layout(annotations=words, shapes=[shape for shape, _words in nodes])
    layout(figure, 360)
    bottom = max(side.begins[c] + side.counts[c] for side in (left, right) for c in side.begins)
    figure.update_xaxes(visible=False, range=[-0.03, 1.03], automargin=False)
    figure.update_yaxes(visible=False, range=[bottom * 1.02, -0.02 * bottom], automargin=False)
    return figure.update_layout(margin={"l": 116, "r": 116, "t": 30, "b": 6})


def _side(flows: pd.DataFrame, column: str, total: int) -> _Side:
    counts = {str(k): int(n) for k, n in flows.groupby(column)["jumlah"].sum().items()}
    begins, y = {}, 0.0
    for code in reversed(STATES):
        if code in counts:
            begins[code] = y
            y += counts[code] + GAP * total
    return _Side(begins, counts)


def _stacked(rows: list[Row], side: _Side, own: str, other: str, place: dict[str, int]) -> list[float]:
    """Where each row begins within its class, those from or to the highest class on top."""
    found = [0.0] * len(rows)
    y = dict(side.begins)
    for n in sorted(range(len(rows)), key=lambda n: place[rows[n][other]]):
        found[n] = y[rows[n][own]]
        y[rows[n][own]] += rows[n]["jumlah"]
    return found


def _band(row: Row, start: float, end: float) -> dict[str, Any]:
    """The trace of those who went one way, from where it begins on the left to where it begins on the right."""
    steps = [n / STEPS for n in range(STEPS + 1)]
    upper = [start + (end - start) * t * t * (3 - 2 * t) for t in steps]
    stayed = row["gerak"] == "tetap"
    return {
        "type": "scatter",
        "x": [*steps, *reversed(steps)],
        "y": [*upper, *(y + row["jumlah"] for y in reversed(upper))],
        "mode": "lines",
        "fill": "toself",
        "fillcolor": STAYED if stayed else CLASS_COLOURS.get(row["kelas_baru"], WITHOUT_CLASS),
        "fillpattern": {"shape": "/", "fgcolor": INK, "size": 9, "solidity": 0.2}
        if row["gerak"] in ("turun", "lepas")
        else None,
        "line": {"color": LINE if stayed else INK, "width": 0.4 if stayed else 1.4},
        "hoveron": "fills",
        "hoverinfo": "text",
        "text": f"{state_name(row['kelas_lama'])} → {state_name(row['kelas_baru'])}: "
        f"{movement_label(row['gerak'], row['jumlah'])}",
    }


def _words(row: Row, start: float, end: float) -> dict[str, Any]:
    """The annotation of the same."""
    stayed, words = row["gerak"] == "tetap", movement_label(row["gerak"], row["jumlah"])
    return {
        "x": 0.03 if stayed else 0.985,
        "y": (start if stayed else end) + row["jumlah"] / 2,
        "xanchor": "left" if stayed else "right",
        "text": words if stayed else f"<b>{words}</b>",
        "showarrow": False,
        "font": {"size": 12},
        "bgcolor": None if stayed else PAPER,
        "borderpad": 1,
    }


def _nodes(side: _Side, *, is_left: bool) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """The classes of one date, each as its shape and its annotation."""
    return [
        (
            {
                "type": "rect",
                "x0": -0.03 if is_left else 1,
                "x1": 0 if is_left else 1.03,
                "y0": y,
                "y1": y + side.counts[code],
                "fillcolor": CLASS_COLOURS.get(code, WITHOUT_CLASS),
                "line": {"color": LINE, "width": 1},
            },
            {
                "x": -0.03 if is_left else 1.03,
                "y": y + side.counts[code] / 2,
                "xanchor": "right" if is_left else "left",
                "xshift": -4 if is_left else 4,
                "text": f"{state_name(code)}: <b>{fmt.number(side.counts[code])}</b>",
                "showarrow": False,
            },
        )
        for code, y in side.begins.items()
    ]
