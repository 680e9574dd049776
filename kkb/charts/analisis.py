"""Two indicators beside each other: points where both are measured, strips where one is ordered, counts where both
are."""

from __future__ import annotations

from html import escape

import pandas as pd
import plotly.graph_objects as go

from kkb import format as fmt
from kkb import rupa
from kkb.bahasa import _
from kkb.charts import HIGHLIGHT, INK, LINE, MUTED, PAPER, layout
from kkb.compute.analisis import Variable
from kkb.compute.hubungan import pairs, with_both
from kkb.naskah.analisis import value
from kkb.rows import Row, records

CHOSEN = rupa.BOTH_RED
BOX_FROM = 5
"""Villages in a group from which its quartiles are drawn; fewer are shown as points only."""
LANES = (0.0, 0.13, -0.13, 0.26, -0.26)
HEIGHT = 300
NAMED = 8
"""So many villages at one place are named when it is pointed at."""


def place_name(row: Row) -> str:
    """A village and its kecamatan, ready for a hover text."""
    return escape(f"{row['nama_desa']} ({row['nama_kecamatan']})")


def _dots(
    figure: go.Figure, a: Variable, b: Variable, table: pd.DataFrame, marker: dict[str, object], name: str
) -> None:
    """One dot per pair of values; where several villages have the same pair it is larger and holds their number."""
    places = [
        (float(same["nilai_b"].iloc[0]), float(same["nilai_a"].iloc[0]), [place_name(r) for r in records(same)])
        for _pair, same in table.groupby(["nilai_a", "nilai_b"])
    ]
    figure.add_scatter(
        x=[x for x, _y, _names in places],
        y=[y for _x, y, _names in places],
        mode="markers+text",
        name=name,
        text=[fmt.number(len(names)) if len(names) > 1 else "" for _x, _y, names in places],
        textfont={"size": 12, "color": rupa.ink_on(str(marker["color"]))},
        marker={
            "color": marker["color"],
            "size": [18 if len(names) > 1 else marker["size"] for _x, _y, names in places],
            "opacity": 1,
            "line": {"color": PAPER, "width": 0.8},
        },
        customdata=[
            ["<br>".join([*names[:NAMED], *(["…"] if len(names) > NAMED else [])]), value(a, y), value(b, x)]
            for x, y, names in places
        ],
        hovertemplate=f"%{{customdata[0]}}<br>{escape(a.name)}: %{{customdata[1]}}<br>"
        f"{escape(b.name)}: %{{customdata[2]}}<extra></extra>",
    )


def two_lines(name: str) -> str:
    """The name of a group with what is in brackets on a line of its own, ready for an axis."""
    return escape(name).replace(" (", "<br>(")


def axis_title(words: str) -> dict[str, object]:
    """The title of an axis, clear of its numbers."""
    return {"text": escape(words), "standoff": 12}


def points(a: Variable, b: Variable, rows: pd.DataFrame, others: pd.DataFrame, village: str | None) -> go.Figure:
    """One point a village: `b` across, `a` upwards. `others` are villages outside the area, in grey."""
    figure = go.Figure()
    for table, colour, size, name in (
        (with_both(others), MUTED, 6, _("kecamatan lain")),
        (with_both(rows), HIGHLIGHT, 8, _("kecamatan ini")),
    ):
        if len(table):
            _dots(figure, a, b, table, {"color": colour, "size": size}, name)
    chosen = with_both(rows)
    for row in records(chosen[chosen["kode_desa"] == village]):
        _ring(figure, row["nilai_b"], row["nilai_a"], row)
    layout(figure, HEIGHT + 40, legend=len(with_both(others)) > 0)
    figure.update_layout(legend={"y": 1.02, "yanchor": "bottom"}, margin={"t": 28 if len(with_both(others)) else 8})
    figure.update_xaxes(title=axis_title(b.name), showgrid=True, zeroline=False, **ticks(b))
    return figure.update_yaxes(title=axis_title(a.name), showgrid=True, zeroline=False, **ticks(a))


def ticks(variable: Variable) -> dict[str, str]:
    """How the numbers on an axis are written."""
    return {"tickformat": f",.{min(variable.decimals, 2)}f"}


def _ring(figure: go.Figure, x: float, y: float, row: Row) -> None:
    figure.add_scatter(
        x=[x],
        y=[y],
        mode="markers",
        marker={"symbol": "circle-open", "size": 15, "color": CHOSEN, "line": {"width": 3}},
        hoverinfo="skip",
        showlegend=False,
    )
    figure.add_annotation(
        x=x, y=y, text=f"<b>{escape(row['nama_desa'])}</b>", showarrow=False, yshift=16, bgcolor=PAPER
    )


def strips(grouped: Variable, measured: Variable, rows: pd.DataFrame, side: str, village: str | None) -> go.Figure:
    """One strip per group, the lowest at the bottom: a point a village, the median as a bar with its number, and the
    quartiles as a box where the group has some villages. `side` is that of the grouped indicator in `rows`.

    A cross is a village whose group holds scores given for want of a report.
    """
    known = with_both(rows).rename(
        columns={f"nilai_{side}": "kelompok", f"nilai_{'b' if side == 'a' else 'a'}": "ukuran"}
    )
    figure = go.Figure()
    present = [g for g in grouped.groups if (known["kelompok"] == g).any()]
    for place, group in enumerate(present):
        members = known[known["kelompok"] == group].sort_values(["ukuran", "kode_desa"])
        _strip(figure, grouped, measured, members, place)
        for n, row in enumerate(records(members)):
            if row["kode_desa"] == village:
                _ring(figure, row["ukuran"], place + LANES[n % len(LANES)], row)
    layout(figure, max(HEIGHT, 66 * len(present) + 70))
    counts = known["kelompok"].value_counts()
    figure.update_yaxes(
        tickmode="array",
        tickvals=list(range(len(present))),
        ticktext=[f"{two_lines(grouped.groups[g])}<br>n = {fmt.number(counts[g])}" for g in present],
        range=[-0.55, len(present) - 0.3],
        showgrid=False,
        zeroline=False,
    )
    return figure.update_xaxes(title=axis_title(measured.name), showgrid=True, zeroline=False, **ticks(measured))


def _strip(figure: go.Figure, grouped: Variable, measured: Variable, members: pd.DataFrame, place: int) -> None:
    middle = float(members["ukuran"].median())
    if len(members) >= BOX_FROM:
        lower, upper = (float(members["ukuran"].quantile(q)) for q in (0.25, 0.75))
        figure.add_shape(
            type="rect",
            x0=lower,
            x1=upper,
            y0=place - 0.34,
            y1=place + 0.34,
            fillcolor=grouped.colours.get(float(members["kelompok"].iloc[0]), MUTED),
            opacity=0.45,
            line={"color": LINE, "width": 0.8},
            layer="below",
        )
    figure.add_shape(
        type="line",
        x0=middle,
        x1=middle,
        y0=place - 0.36,
        y1=place + 0.36,
        line={"color": INK, "width": 3},
        layer="between",
    )
    figure.add_annotation(
        x=middle,
        y=place + 0.36,
        yanchor="bottom",
        text=_("median {value}").format(value=value(measured, middle)),
        showarrow=False,
        font={"size": 12},
    )
    silent = members["kode_desa"].isin(list(grouped.silent))
    lanes = [place + LANES[n % len(LANES)] for n in range(len(members))]
    figure.add_scatter(
        x=list(members["ukuran"]),
        y=lanes,
        mode="markers",
        marker={
            "symbol": ["x-thin" if s else "circle" for s in silent],
            "size": [9 if s else 8 for s in silent],
            "color": HIGHLIGHT,
            "opacity": 1,
            "line": {"color": [INK if s else PAPER for s in silent], "width": [2 if s else 0.8 for s in silent]},
        },
        customdata=[
            [place_name(r), value(measured, r["ukuran"]), value(grouped, r["kelompok"])] for r in records(members)
        ],
        hovertemplate=f"%{{customdata[0]}}<br>{escape(measured.name)}: %{{customdata[1]}}<br>"
        f"{escape(grouped.name)}: %{{customdata[2]}}<extra></extra>",
    )


def counts(a: Variable, b: Variable, rows: pd.DataFrame) -> go.Figure:
    """How many villages have each pair of groups: `b` across, `a` upwards, circles as large as the number in them."""
    counted = pairs(rows)
    most = counted["jumlah"].max()
    figure = go.Figure(
        go.Scatter(
            x=[escape(value(b, v)) for v in counted["nilai_b"]],
            y=[escape(value(a, v)) for v in counted["nilai_a"]],
            mode="markers+text",
            text=[f"<b>{fmt.number(n)}</b>" for n in counted["jumlah"]],
            marker={
                "size": [20 + 34 * (n / most) ** 0.5 for n in counted["jumlah"]],
                "color": MUTED,
                "line": {"color": LINE},
            },
            hoverinfo="skip",
        )
    )
    layout(figure, HEIGHT + 40)
    for axis, variable in ((figure.update_xaxes, b), (figure.update_yaxes, a)):
        axis(
            type="category",
            categoryorder="array",
            categoryarray=[escape(name) for name in variable.groups.values()],
            range=[-0.6, len(variable.groups) - 0.4],
            title=axis_title(variable.name),
            showgrid=True,
        )
    return figure


def relation(a: Variable, b: Variable, rows: pd.DataFrame, others: pd.DataFrame, village: str | None) -> go.Figure:
    """The picture that fits the two indicators."""
    if a.groups and b.groups:
        return counts(a, b, rows)
    if a.groups or b.groups:
        return strips(a, b, rows, "a", village) if a.groups else strips(b, a, rows, "b", village)
    return points(a, b, rows, others, village)
