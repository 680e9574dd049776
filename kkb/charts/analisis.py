"""Two indicators beside each other: points where both are measured, strips where one is ordered, counts where both
are."""

from __future__ import annotations

from html import escape
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from kkb import format as fmt
from kkb import rupa
from kkb.bahasa import _
from kkb.charts import HIGHLIGHT, INK, LINE, MUTED, PAPER, look
from kkb.compute.analisis import Variable
from kkb.compute.hubungan import pairs, with_both
from kkb.naskah.analisis import value
from kkb.rows import Row, first, records

CHOSEN = rupa.BOTH_RED
BOX_FROM = 5
"""Villages in a group from which its quartiles are drawn; fewer are shown as points only."""
LANES = (0.0, 0.13, -0.13, 0.26, -0.26)
HEIGHT = 300
NAMED = 8
"""So many villages at one place are named when it is pointed at."""
Content = dict[str, Any]
"""What a figure holds, as `go.Figure.to_dict` gives it."""


def place_name(row: Row) -> str:
    """A village and its kecamatan, ready for a hover text."""
    return escape(f"{row['nama_desa']} ({row['nama_kecamatan']})")


def _dots(a: Variable, b: Variable, table: pd.DataFrame, colour: str, size: int, name: str) -> dict[str, object]:
    """One dot per pair of values; where several villages have the same pair it is larger and holds their number."""
    same: dict[tuple[float, float], list[str]] = {}
    for row in records(table.sort_values(["nilai_a", "nilai_b"], kind="stable")):
        same.setdefault((float(row["nilai_b"]), float(row["nilai_a"])), []).append(place_name(row))
    places = [(x, y, names) for (x, y), names in same.items()]
    return {
        "type": "scatter",
        "x": [x for x, _y, _names in places],
        "y": [y for _x, y, _names in places],
        "mode": "markers+text",
        "name": name,
        "text": [fmt.number(len(names)) if len(names) > 1 else "" for _x, _y, names in places],
        "textfont": {"size": 12, "color": rupa.ink_on(colour)},
        "marker": {
            "color": colour,
            "size": [18 if len(names) > 1 else size for _x, _y, names in places],
            "opacity": 1,
            "line": {"color": PAPER, "width": 0.8},
        },
        "customdata": [
            ["<br>".join([*names[:NAMED], *(["…"] if len(names) > NAMED else [])]), value(a, y), value(b, x)]
            for x, y, names in places
        ],
        "hovertemplate": f"%{{customdata[0]}}<br>{escape(a.name)}: %{{customdata[1]}}<br>"
        f"{escape(b.name)}: %{{customdata[2]}}<extra></extra>",
    }


def two_lines(name: str) -> str:
    """The name of a group with what is in brackets on a line of its own, ready for an axis."""
    return escape(name).replace(" (", "<br>(")


def axis_title(words: str) -> dict[str, object]:
    """The title of an axis, clear of its numbers."""
    return {"text": escape(words), "standoff": 12}


def points(a: Variable, b: Variable, rows: pd.DataFrame, others: pd.DataFrame) -> go.Figure:
    """One point a village: `b` across, `a` upwards. `others` are villages outside the area, in grey."""
    here, around = with_both(rows), with_both(others)
    dots = [
        _dots(a, b, table, colour, size, name)
        for table, colour, size, name in (
            (around, MUTED, 6, _("kecamatan lain")),
            (here, HIGHLIGHT, 8, _("kecamatan ini")),
        )
        if len(table)
    ]
    return go.Figure(
        dots,
        look(
            HEIGHT + 40,
            showlegend=len(around) > 0,
            legend={"y": 1.02, "yanchor": "bottom"},
            margin={"t": 28 if len(around) else 8},
            xaxis={"title": axis_title(b.name), "showgrid": True, "zeroline": False, **ticks(b)},
            yaxis={"title": axis_title(a.name), "showgrid": True, "zeroline": False, **ticks(a)},
        ),
    )


def ticks(variable: Variable) -> dict[str, str]:
    """How the numbers on an axis are written."""
    return {"tickformat": f",.{min(variable.decimals, 2)}f"}


def _ring(x: float, y: float) -> dict[str, object]:
    """Around the chosen village."""
    return {
        "type": "scatter",
        "x": [x],
        "y": [y],
        "mode": "markers",
        "marker": {"symbol": "circle-open", "size": 15, "color": CHOSEN, "line": {"width": 3}},
        "hoverinfo": "skip",
        "showlegend": False,
    }


def _ring_name(x: float, y: float, row: Row) -> dict[str, object]:
    """What is written at the ring."""
    text = f"<b>{escape(row['nama_desa'])}</b>"
    return {"x": x, "y": y, "text": text, "showarrow": False, "yshift": 16, "bgcolor": PAPER}


def strips(grouped: Variable, measured: Variable, rows: pd.DataFrame, side: str) -> go.Figure:
    """One strip per group, the lowest at the bottom: a point a village, the median as a bar with its number, and the
    quartiles as a box where the group has some villages. `side` is that of the grouped indicator in `rows`.

    A cross is a village whose group holds scores given for want of a report.
    """
    known = _by_group(rows, side)
    present = _present(grouped, known)
    traces: list[dict[str, object]] = []
    shapes: list[dict[str, object]] = []
    notes: list[dict[str, object]] = []
    for place, group in enumerate(present):
        members = known[known["kelompok"] == group]
        middle = float(members["ukuran"].median())
        shapes += [*_quartiles(grouped, members, place), _median(middle, place)]
        notes.append(_median_words(measured, middle, place))
        traces.append(_strip(grouped, measured, members, place))
    counts = known["kelompok"].value_counts()
    return go.Figure(
        traces,
        look(
            max(HEIGHT, 66 * len(present) + 70),
            shapes=shapes,
            annotations=notes,
            yaxis={
                "tickmode": "array",
                "tickvals": list(range(len(present))),
                "ticktext": [f"{two_lines(grouped.groups[g])}<br>n = {fmt.number(counts[g])}" for g in present],
                "range": [-0.55, len(present) - 0.3],
                "showgrid": False,
                "zeroline": False,
            },
            xaxis={"title": axis_title(measured.name), "showgrid": True, "zeroline": False, **ticks(measured)},
        ),
    )


def _by_group(rows: pd.DataFrame, side: str) -> pd.DataFrame:
    """The villages with both values, in the order of the points of a strip: `kelompok`, and `ukuran` along it."""
    names = {f"nilai_{side}": "kelompok", f"nilai_{'b' if side == 'a' else 'a'}": "ukuran"}
    return with_both(rows).rename(columns=names).sort_values(["ukuran", "kode_desa"])


def _present(grouped: Variable, known: pd.DataFrame) -> list[float]:
    """The groups that have a strip, the lowest first."""
    return [g for g in grouped.groups if (known["kelompok"] == g).any()]


def _quartiles(grouped: Variable, members: pd.DataFrame, place: int) -> list[dict[str, object]]:
    """The box of a strip; none where there are few villages."""
    if len(members) < BOX_FROM:
        return []
    lower, upper = (float(members["ukuran"].quantile(q)) for q in (0.25, 0.75))
    return [
        {
            "type": "rect",
            "x0": lower,
            "x1": upper,
            "y0": place - 0.34,
            "y1": place + 0.34,
            "fillcolor": grouped.colours.get(float(members["kelompok"].iloc[0]), MUTED),
            "opacity": 0.45,
            "line": {"color": LINE, "width": 0.8},
            "layer": "below",
        }
    ]


def _median(middle: float, place: int) -> dict[str, object]:
    """The bar at the median of a strip."""
    ends = {"x0": middle, "x1": middle, "y0": place - 0.36, "y1": place + 0.36}
    return {"type": "line", **ends, "line": {"color": INK, "width": 3}, "layer": "between"}


def _median_words(measured: Variable, middle: float, place: int) -> dict[str, object]:
    """What is written at the median of a strip."""
    return {
        "x": middle,
        "y": place + 0.36,
        "yanchor": "bottom",
        "text": _("median {value}").format(value=value(measured, middle)),
        "showarrow": False,
        "font": {"size": 12},
    }


def _strip(grouped: Variable, measured: Variable, members: pd.DataFrame, place: int) -> dict[str, object]:
    """The points of a strip."""
    silent = members["kode_desa"].isin(list(grouped.silent))
    return {
        "type": "scatter",
        "x": list(members["ukuran"]),
        "y": [place + LANES[n % len(LANES)] for n in range(len(members))],
        "mode": "markers",
        "marker": {
            "symbol": ["x-thin" if s else "circle" for s in silent],
            "size": [9 if s else 8 for s in silent],
            "color": HIGHLIGHT,
            "opacity": 1,
            "line": {"color": [INK if s else PAPER for s in silent], "width": [2 if s else 0.8 for s in silent]},
        },
        "customdata": [
            [place_name(r), value(measured, r["ukuran"]), value(grouped, r["kelompok"])] for r in records(members)
        ],
        "hovertemplate": f"%{{customdata[0]}}<br>{escape(measured.name)}: %{{customdata[1]}}<br>"
        f"{escape(grouped.name)}: %{{customdata[2]}}<extra></extra>",
    }


def counts(a: Variable, b: Variable, rows: pd.DataFrame) -> go.Figure:
    """How many villages have each pair of groups: `b` across, `a` upwards, circles as large as the number in them."""
    counted = pairs(rows)
    most = counted["jumlah"].max()
    return go.Figure(
        {
            "type": "scatter",
            "x": [escape(value(b, v)) for v in counted["nilai_b"]],
            "y": [escape(value(a, v)) for v in counted["nilai_a"]],
            "mode": "markers+text",
            "text": [f"<b>{fmt.number(n)}</b>" for n in counted["jumlah"]],
            "marker": {
                "size": [20 + 34 * (n / most) ** 0.5 for n in counted["jumlah"]],
                "color": MUTED,
                "line": {"color": LINE},
            },
            "hoverinfo": "skip",
        },
        look(HEIGHT + 40, xaxis=_group_axis(b), yaxis=_group_axis(a)),
    )


def _group_axis(variable: Variable) -> dict[str, object]:
    return {
        "type": "category",
        "categoryorder": "array",
        "categoryarray": [escape(name) for name in variable.groups.values()],
        "range": [-0.6, len(variable.groups) - 0.4],
        "title": axis_title(variable.name),
        "showgrid": True,
    }


def relation(a: Variable, b: Variable, rows: pd.DataFrame, others: pd.DataFrame) -> go.Figure:
    """The picture that fits the two indicators; `with_ring` puts the chosen village into it."""
    if a.groups and b.groups:
        return counts(a, b, rows)
    if a.groups or b.groups:
        return strips(a, b, rows, "a") if a.groups else strips(b, a, rows, "b")
    return points(a, b, rows, others)


def with_ring(content: Content, a: Variable, b: Variable, rows: pd.DataFrame, village: str) -> Content:
    """The content of the picture of `relation` with a ring around a village, right after the points it is one of. The
    same where the village has no point."""
    if a.groups and b.groups:
        return content
    known = with_both(rows)
    chosen = known[known["kode_desa"] == village]
    if chosen.empty:
        return content
    row = first(chosen)
    at, after = (row["nilai_b"], row["nilai_a"]), len(content["data"])
    if a.groups or b.groups:
        side, grouped = ("a", a) if a.groups else ("b", b)
        known = _by_group(rows, side)
        group = row[f"nilai_{side}"]
        lane = list(known[known["kelompok"] == group]["kode_desa"]).index(village)
        after = _present(grouped, known).index(group) + 1
        at = row["nilai_b" if a.groups else "nilai_a"], after - 1 + LANES[lane % len(LANES)]
    data, notes = content["data"], content["layout"].get("annotations", [])
    return {
        **content,
        "data": [*data[:after], _ring(*at), *data[after:]],
        "layout": content["layout"] | {"annotations": [*notes[:after], _ring_name(*at, row), *notes[after:]]},
    }
