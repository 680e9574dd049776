"""Bars in plain HTML, so that the map page does not have to load plotly."""

from __future__ import annotations

from html import escape

import pandas as pd

from kkb.charts import DONE, TO_GO
from kkb.rows import records


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
