"""The figure of the target page."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from kkb import format as fmt
from kkb import rupa
from kkb.bahasa import _
from kkb.charts import DONE, INK, LINE, TO_GO, layout


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
        marker={"symbol": "diamond-open", "size": 11, "color": INK, "line": {"width": 2}},
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
    figure.add_vrect(x0=last, x1=today, fillcolor=LINE, opacity=0.15, line_width=0)
    figure.add_annotation(
        x=last,
        y=0.08,
        yref="paper",
        text=_("belum ada data"),
        showarrow=False,
        xanchor="left",
        xshift=6,
    )
    figure.add_vline(x=deadline, line={"color": rupa.BOTH_RED, "width": 2})
    figure.add_annotation(
        x=deadline,
        y=0.82,
        yref="paper",
        text=_("tenggat {year}").format(year=deadline[:4]),
        showarrow=False,
        textangle=-90,
        xshift=-10,
    )
    layout(figure, 340, legend=True)
    figure.update_xaxes(type="date", tickformat="%Y", dtick="M24", tickangle=0, showgrid=False)
    figure.update_layout(legend={"y": -0.12}, margin={"t": 16})
    return figure.update_yaxes(range=[0, target * 1.12], title=None, showgrid=True)
