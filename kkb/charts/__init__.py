"""Plotly figures, one module a page, and bars in plain HTML for the map page: each draws the table it is given.

Titles, units, sources and dates stand on the page around them.
"""

from __future__ import annotations

import plotly.graph_objects as go

from kkb import format as fmt

DONE, TO_GO, LINE, HIGHLIGHT = "#0072B2", "#E69F00", "#595959", "#0072B2"
MUTED = "#B8C4CE"
CLASS_COLOURS = {
    "dasar": "#ffffcc",
    "berkembang": "#a1dab4",
    "mandiri": "#41b6c4",
    "berkelanjutan": "#225ea8",
}
CONFIG = {"displayModeBar": False, "scrollZoom": False, "locale": "id"}


def layout(figure: go.Figure, height: int, *, legend: bool = False) -> go.Figure:
    """The look that all figures share; `height` in pixels."""
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
