"""The figures of the first page."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from kkb import format as fmt
from kkb.charts import CLASS_COLOURS, HIGHLIGHT, INK, LINE, MUTED, layout


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
            constraintext="none",
            hovertemplate=f"%{{x}}<br>{fmt.class_name(code)}: %{{y}}<extra></extra>",
        )
    figure.update_layout(barmode="stack")
    layout(figure, 330, legend=True)
    figure.update_xaxes(type="category", tickangle=-40)
    figure.update_yaxes(visible=False)
    figure.update_layout(legend={"y": 1.01, "yanchor": "bottom", "x": 0}, margin={"t": 30})
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
            line={"color": INK, "width": 2},
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
    layout(figure, 400)
    figure.update_layout(margin={"r": 120})
    return figure.update_xaxes(visible=False, range=[0, 100])
