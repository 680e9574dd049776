"""Plotly figures, one module a page, and bars in plain HTML for the map page: each draws the table it is given.

Titles, units, sources and dates stand on the page around them.
"""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go

from kkb import format as fmt
from kkb import rupa

DONE, TO_GO, HIGHLIGHT = "#0072B2", "#E69F00", "#0072B2"
MUTED, SILENT = "#B8C4CE", "#BDBDBD"
LINE = rupa.BOTH
"""Around a fill in a picture."""
INK, PAPER, TINT = "#000037", "#000038", "#000040"
"""Stand-ins that Streamlit replaces in a figure by the text, the ground and the second ground of the theme shown."""
CLASS_COLOURS = {
    "dasar": "#ffffcc",
    "berkembang": "#a1dab4",
    "mandiri": "#41b6c4",
    "berkelanjutan": "#225ea8",
}
CONFIG = {"displayModeBar": False, "scrollZoom": False, "locale": "id"}


class Ready(go.Figure):  # type: ignore[misc]
    """A figure that was drawn and checked before, as the dictionary that it was then; it can only be shown."""

    def __init__(self, content: dict[str, Any]) -> None:
        self._content = content

    def to_dict(self) -> dict[str, Any]:
        """What travels to the browser."""
        return self._content


def layout(figure: go.Figure, height: int, *, legend: bool = False) -> go.Figure:
    """The look that all figures share; `height` in pixels."""
    words = {"size": 13, "color": INK}
    figure.update_layout(
        height=height,
        margin={"l": 4, "r": 4, "t": 8, "b": 4, "pad": 0},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        font={"size": 13, "color": INK, "family": "Source Sans, Arial, sans-serif"},
        separators=fmt.separators(),
        showlegend=legend,
        legend={"orientation": "h", "y": -0.18, "x": 0, "traceorder": "normal", "font": words},
        dragmode=False,
        bargap=0.25,
        hoverlabel={"font": words},
    )
    figure.update_xaxes(fixedrange=True, automargin=True, tickfont=words, title={"font": words})
    figure.update_yaxes(fixedrange=True, automargin=True, tickfont=words, title={"font": words})
    return figure
