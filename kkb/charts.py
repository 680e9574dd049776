"""Plotly figures, and bars in plain HTML for the map page: each draws the table it is given.

Titles, units, sources and dates stand on the page around them.
"""

from __future__ import annotations

from html import escape

import pandas as pd
import plotly.graph_objects as go

from kkb import format as fmt
from kkb.bahasa import _
from kkb.rows import records

DONE, TO_GO, LINE, HIGHLIGHT = "#0072B2", "#E69F00", "#595959", "#0072B2"
MUTED = "#B8C4CE"
CLASS_COLOURS = {
    "dasar": "#ffffcc",
    "berkembang": "#a1dab4",
    "mandiri": "#41b6c4",
    "berkelanjutan": "#225ea8",
}
CONFIG = {"displayModeBar": False, "scrollZoom": False, "locale": "id"}


def _layout(figure: go.Figure, height: int, *, legend: bool = False) -> go.Figure:
    figure.update_layout(
        template="none",
        height=height,
        margin={"l": 4, "r": 4, "t": 8, "b": 4},
        font={"size": 13, "color": "#1b1b1b", "family": "Source Sans, Arial, sans-serif"},
        separators=fmt.separators(),
        showlegend=legend,
        legend={"orientation": "h", "y": -0.18, "x": 0, "traceorder": "normal"},
        dragmode=False,
        bargap=0.25,
        hoverlabel={"font": {"size": 13}},
    )
    figure.update_xaxes(fixedrange=True, automargin=True)
    figure.update_yaxes(fixedrange=True, automargin=True)
    return figure


def district_bars(districts: pd.DataFrame) -> str:
    """Kampung KB out of villages per kecamatan, best covered on top, as HTML.

    Plain bars, so that the map page does not have to load plotly: half of all it would fetch.
    """
    rows = districts.assign(bagian=districts["jumlah_kampung_kb"] / districts["jumlah_wilayah"])
    rows = rows.sort_values(["bagian", "nama_kecamatan"], ascending=[False, True])
    unit = 100 / rows["jumlah_wilayah"].max()
    bars = "".join(
        f'<span style="text-align:right">{escape(row["nama_kecamatan"])}</span>'
        f'<span style="display:flex;height:1.05rem">{_segment(row["jumlah_kampung_kb"] * unit, DONE)}'
        f"{_segment(row['kesenjangan'] * unit, TO_GO)}</span>"
        f"<span>{row['jumlah_kampung_kb']} / {row['jumlah_wilayah']}</span>"
        for row in records(rows)
    )
    return (
        '<div style="display:grid;grid-template-columns:auto 1fr auto;gap:.35rem .5rem;align-items:center;'
        f'font-size:.84rem">{bars}</div>'
    )


def _segment(width: float, colour: str) -> str:
    return f'<span style="width:{width:.2f}%;background:{colour}"></span>'


def class_history(counts: pd.DataFrame, period: str) -> go.Figure:
    """Number of Kampung KB per class on each date, stacked from Dasar up; the shown date is outlined."""
    figure = go.Figure()
    labels = [fmt.short_period(p) for p in counts["periode"].unique()]
    for code, colour in CLASS_COLOURS.items():
        rows = counts[counts["kelas"] == code]
        figure.add_bar(
            x=labels,
            y=list(rows["jumlah"]),
            name=fmt.class_name(code),
            marker={"color": colour, "line": {"color": LINE, "width": 0.8}},
            text=[str(n) if n else "" for n in rows["jumlah"]],
            textposition="inside",
            insidetextanchor="middle",
            textangle=0,
            hovertemplate=f"%{{x}}<br>{fmt.class_name(code)}: %{{y}}<extra></extra>",
        )
    figure.update_layout(barmode="stack")
    _layout(figure, 330, legend=True)
    figure.update_xaxes(type="category", tickangle=-40)
    figure.update_yaxes(visible=False)
    figure.update_layout(legend={"y": 1.12, "x": 0}, margin={"t": 30})
    shown = fmt.short_period(period)
    if shown in labels:
        place = labels.index(shown)
        figure.add_shape(
            type="rect",
            x0=place - 0.46,
            x1=place + 0.46,
            y0=0,
            y1=1,
            yref="paper",
            line={"color": "#1b1b1b", "width": 2},
        )
    return figure


def regency_ranking(comparison: pd.DataFrame, area: str) -> go.Figure:
    """Coverage in % of each kabupaten/kota of the province, highest on top, the own one highlighted."""
    rows = comparison[comparison["peringkat"].notna()]
    rows = rows.sort_values(["peringkat", "nama_wilayah"], ascending=[False, False])
    percent = 100 * rows["jumlah_kampung_kb"] / rows["jumlah_wilayah"]
    own = rows["kode_wilayah"] == area
    names = [f"<b>{n}</b>" if mine else n for n, mine in zip(rows["nama_wilayah"], own, strict=True)]
    texts = [
        f"{fmt.percent(p)} ({a} / {b})"
        for p, a, b in zip(percent, rows["jumlah_kampung_kb"], rows["jumlah_wilayah"], strict=True)
    ]
    figure = go.Figure(
        go.Bar(
            x=list(percent),
            y=names,
            orientation="h",
            text=texts,
            textposition="outside",
            cliponaxis=False,
            hoverinfo="skip",
            marker={"color": [HIGHLIGHT if mine else MUTED for mine in own]},
        )
    )
    _layout(figure, 400)
    figure.update_layout(margin={"r": 120})
    return figure.update_xaxes(visible=False, range=[0, 100])


def target_path(
    history: pd.DataFrame,
    facts: pd.DataFrame,
    target: int,
    *,
    deadline: str,
    today: str,
    goal: str,
    planned: int,
) -> go.Figure:
    """Kampung KB on the way to `target`: portal dates as a line, facts as marks, the deadline, the way to `goal`.

    `facts` has `tanggal`, `nilai`, `uraian` and `sumber`; `deadline`, `today` and `goal` are days (ISO 8601).
    Between the last data date and `today` nothing is known, and the picture says so.
    """
    figure = go.Figure()
    reached = int(history["jumlah_kampung_kb"].iloc[-1])
    last = str(history["periode"].iloc[-1])
    figure.add_scatter(
        x=[today, goal],
        y=[reached + planned, target],
        mode="lines",
        name=_("Laju yang diperlukan"),
        line={"color": TO_GO, "dash": "dot", "width": 3},
        hoverinfo="skip",
    )
    figure.add_scatter(
        x=list(facts["tanggal"]),
        y=list(facts["nilai"]),
        mode="markers",
        name=_("Fakta bersumber lain"),
        marker={"symbol": "diamond-open", "size": 11, "color": "#1b1b1b", "line": {"width": 2}},
        customdata=[
            [fmt.period(t), fmt.number(v), s]
            for t, v, s in zip(facts["periode"], facts["nilai"], facts["sumber"], strict=True)
        ],
        hovertemplate="%{customdata[0]}: %{customdata[1]}<br>%{customdata[2]}<extra></extra>",
    )
    figure.add_scatter(
        x=list(history["periode"]),
        y=list(history["jumlah_kampung_kb"]),
        mode="lines+markers",
        name=_("Portal Kampung KB"),
        line={"color": DONE, "width": 3},
        marker={"size": 8},
        customdata=[fmt.period(p) for p in history["periode"]],
        hovertemplate="%{customdata}: %{y}<extra></extra>",
    )
    figure.add_hline(
        y=target,
        line={"color": LINE, "dash": "dash"},
        annotation_text=_("Target {n}").format(n=target),
        annotation_position="top left",
    )
    figure.add_vrect(x0=last, x1=today, fillcolor="#8a8a8a", opacity=0.15, line_width=0)
    figure.add_annotation(
        x=last,
        y=0.08,
        yref="paper",
        text=_("belum ada data"),
        showarrow=False,
        xanchor="left",
        xshift=6,
        font={"color": LINE},
    )
    figure.add_vline(x=deadline, line={"color": "#B2182B", "width": 2})
    figure.add_annotation(
        x=deadline,
        y=0.82,
        yref="paper",
        text=_("tenggat {year}").format(year=deadline[:4]),
        showarrow=False,
        textangle=-90,
        xshift=-10,
        font={"color": "#B2182B"},
    )
    _layout(figure, 340, legend=True)
    figure.update_xaxes(type="date", tickformat="%Y", dtick="M24", tickangle=0, showgrid=False)
    figure.update_layout(legend={"y": -0.12}, margin={"t": 16})
    return figure.update_yaxes(range=[0, target * 1.12], title=None, gridcolor="#e3e6e8")
