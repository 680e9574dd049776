"""One village in plain HTML, so that it prints as it stands: class over time, indices, items, figures beside others."""

from __future__ import annotations

from base64 import b64encode
from datetime import date
from html import escape

import pandas as pd

from kkb import format as fmt
from kkb import maps, rupa
from kkb.bahasa import _
from kkb.charts import CLASS_COLOURS, HIGHLIGHT, SILENT
from kkb.compute.klasifikasi import INDICES
from kkb.rows import records

SMALL, TINY, GREY = "font-size:.84rem", "font-size:.78rem", "color:var(--redup)"
WIDTH, HEIGHT = 240, 60
"""Units of a line's drawing; it stretches to the width it is given."""


def class_strip(history: pd.DataFrame, period: str) -> str:
    """One square per date with the class in it and the date under it; the shown date is outlined."""
    cells = []
    for row in records(history):
        has_class = isinstance(row["kelas"], str)
        colour = CLASS_COLOURS[row["kelas"]] if has_class else "var(--latar)"
        words = fmt.class_name(row["kelas"]) if has_class else _("belum")
        ink = rupa.ink_on(colour) if has_class else "var(--tinta)"
        edge = "2px solid var(--tinta)" if row["periode"] == period else "1px solid var(--batas)"
        weight = 700 if row["periode"] == period else 400
        cells.append(
            f'<div role="listitem" style="text-align:center;{TINY};font-weight:{weight}">'
            f'<div style="background:{colour};color:{ink};border:{edge};padding:.15rem 0">{escape(words)}</div>'
            f"{escape(fmt.short_period(row['periode']))}</div>"
        )
    return (
        '<div role="list" style="display:grid;grid-template-columns:repeat(auto-fill,minmax(5rem,1fr));gap:.3rem">'
        f"{''.join(cells)}</div>"
    )


def index_lines(history: pd.DataFrame, period: str, marks: dict[str, float], notes: dict[str, str]) -> str:
    """The three indices over the dates as small lines from 1 to 4, the pass mark dashed, `notes` under their names."""
    rows = history[history["input"].notna()]
    shown = rows[rows["periode"] == period]
    parts = []
    for index in INDICES:
        value = fmt.number(shown[index].iloc[0], 2) if len(shown) else fmt.MISSING
        first, last = fmt.short_period(rows["periode"].iloc[0]), fmt.short_period(rows["periode"].iloc[-1])
        values = ", ".join(fmt.number(v, 2) for v in rows[index])
        alt = _("{index} dari {first} sampai dengan {last}: {values}").format(
            index=_(index.capitalize()), first=first, last=last, values=values
        )
        parts.append(
            f'<div style="{SMALL}"><b>{escape(_(index.capitalize()))} {value}</b>'
            f'<div style="{GREY}">{escape(notes[index])}</div>'
            f'<img src="{_line(rows, index, marks[index], period)}" alt="{escape(alt)}" '
            'style="display:block;width:100%;height:3.4rem;margin:.15rem 0;background:var(--bidang)">'
            f'<div style="display:flex;justify-content:space-between;{TINY};{GREY}">'
            f"<span>{escape(first)}</span><span>{escape(last)}</span></div></div>"
        )
    return f'<div style="display:grid;grid-template-columns:repeat(3,1fr);gap:1rem">{"".join(parts)}</div>'


def _line(rows: pd.DataFrame, index: str, mark: float, period: str) -> str:
    days = [date.fromisoformat(p).toordinal() for p in rows["periode"]]
    span = max(days[-1] - days[0], 1)

    def at(day: int, value: float) -> tuple[float, float]:
        return 7 + (WIDTH - 14) * (day - days[0]) / span, 8 + (HEIGHT - 16) * (4 - value) / 3

    points = [at(d, float(v)) for d, v in zip(days, rows[index], strict=True)]
    chosen = [p for p, day in zip(points, rows["periode"], strict=True) if day == period]
    level = at(days[0], mark)[1]
    still = 'vector-effect="non-scaling-stroke"'
    drawing = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" preserveAspectRatio="none">'
        f'<path d="M0 {level:.1f}H{WIDTH}" stroke="{rupa.BOTH_RED}" stroke-dasharray="5 4" {still}/>'
        f'<path d="M{" L".join(f"{x:.1f} {y:.1f}" for x, y in points)}" fill="none" stroke="{HIGHLIGHT}" '
        f'stroke-width="2" {still}/>'
        + "".join(
            f'<path d="M{x:.1f} {y:.1f}h.01" stroke="{rupa.BOTH}" stroke-width="9" stroke-linecap="round" {still}/>'
            for x, y in chosen
        )
        + "</svg>"
    )
    return f"data:image/svg+xml;base64,{b64encode(drawing.encode()).decode()}"


def table(head: list[tuple[str, str]], groups: list[tuple[str, list[list[str]]]]) -> str:
    """A plain table. `head` is (name, width) per column; cells are HTML, escaped already; groups with a line above."""
    cell = "padding:.2rem .6rem .2rem 0;vertical-align:top;text-align:left"
    names = "".join(f'<th scope="col" style="{cell};width:{w}">{escape(name)}</th>' for name, w in head)
    body = []
    for words, rows in groups:
        if words:
            body.append(
                '<tr style="break-after:avoid;border-top:1px solid var(--tegas);background:var(--bidang)">'
                f'<th colspan="{len(head)}" scope="colgroup" style="{cell}">{words}</th></tr>'
            )
        for row in rows:
            cells = "".join(f'<td style="{cell}">{c}</td>' for c in row)
            body.append(f'<tr style="break-inside:avoid;border-top:1px solid var(--garis)">{cells}</tr>')
    return (
        f'<table style="width:100%;border-collapse:collapse;{SMALL};line-height:1.3"><thead><tr>{names}</tr></thead>'
        f"<tbody>{''.join(body)}</tbody></table>"
    )


def two_lines(words: str, note: str) -> str:
    """A cell with a small grey line under its words."""
    return f'{escape(words)}<div style="{TINY};{GREY};font-weight:400">{escape(note)}</div>'


def not_reported() -> str:
    """The state of a figure whose report is empty, as a cell."""
    return f'<span style="white-space:nowrap;font-weight:400;{GREY}">{escape(_("belum melapor"))}</span>'


def score(value: int, ceiling: int, colour: str, is_known: bool) -> str:
    """A score as a cell: its colour and its number, hatched where the report is missing."""
    if not is_known:
        return f"{maps.swatch(SILENT, 'arsir')} {escape(_('belum melapor'))}"
    return f"{maps.swatch(colour, None)} <b>{escape(fmt.of(value, ceiling))}</b>"
