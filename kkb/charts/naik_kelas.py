"""The way up in plain HTML: index bars against the pass mark, class chips, and the lines of a set of steps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

import pandas as pd

from kkb import format as fmt
from kkb import maps, rupa
from kkb.bahasa import _
from kkb.charts import CLASS_COLOURS, DONE, SILENT, TO_GO
from kkb.rows import Row, records

BOTTOM, TOP = 1, 4
"""The lowest and the highest mean an index can have."""


@dataclass(frozen=True)
class Bar:
    """One index: its name, its mean now and as tried out, its pass mark, and whether a report behind it is missing."""

    name: str
    now: float
    tried: float
    mark: float
    missing: int
    is_unreported: bool


def index_bars(bars: Iterable[Bar]) -> str:
    """One row per index: a bar with the pass mark, the mean in digits, and in words whether it passes."""
    rows = "".join(_bar(bar) for bar in bars)
    return (
        '<div style="display:grid;grid-template-columns:3.6rem minmax(3rem,1fr) minmax(7rem,12rem);gap:.35rem .6rem;'
        f'align-items:center;font-size:.875rem">{rows}</div>'
    )


def _bar(bar: Bar) -> str:
    is_unknown = bool(bar.missing) and bar.is_unreported and bar.tried == bar.now
    width, fill = (
        (100.0, maps.fill(SILENT, "arsir")) if is_unknown else (_place(bar.tried), TO_GO if bar.missing else DONE)
    )
    mark = f"left:calc({_place(bar.mark):.1f}% - 1px)"
    return (
        f"<span>{escape(bar.name)}</span>"
        '<span aria-hidden="true" style="position:relative;height:.9rem;background:var(--palung)">'
        f'<span style="position:absolute;inset:0 auto 0 0;width:{width:.1f}%;background:{fill}"></span>'
        f'<span style="position:absolute;top:-.2rem;bottom:-.2rem;width:2px;background:var(--tinta);{mark}">'
        "</span></span>"
        f"<span>{_told(bar, is_unknown)}</span>"
    )


def _told(bar: Bar, is_unknown: bool) -> str:
    value = fmt.number(bar.tried, 2)
    if is_unknown:
        words = _("belum melapor (portal: {value})")
        return escape(words.format(value=value))
    if bar.tried != bar.now:
        value = f"{fmt.number(bar.now, 2)} → {value}"
    state = _("kurang {n} poin").format(n=fmt.number(bar.missing)) if bar.missing else _("lulus")
    return f"<b>{value}</b> · {escape(state)}"


def _place(mean: float) -> float:
    return 100 * (mean - BOTTOM) / (TOP - BOTTOM)


def class_chip(kelas: str) -> str:
    """The name of a class on its colour."""
    colour = CLASS_COLOURS[kelas]
    return (
        f'<span style="background:{colour};color:{rupa.ink_on(colour)};border:1px solid var(--batas);'
        f'border-radius:.25rem;padding:.1rem .5rem;font-weight:600">{escape(fmt.class_name(kelas))}</span>'
    )


def class_change(now: str, tried: str) -> str:
    """The class as tried out beside the present one, both by name."""
    before, after = escape(_("Kini")), escape(_("simulasi"))
    return (
        '<div style="font-size:1rem;display:flex;flex-wrap:wrap;gap:.4rem;align-items:center">'
        f"{before} {class_chip(now)} → {after} {class_chip(tried)}</div>"
    )


def score_label(name: str, now: str, *, is_moved: bool) -> str:
    """An item of the simulator with its present score; heavy where it was moved."""
    weight = 700 if is_moved else 400
    return (
        f'<div style="font-size:.875rem;line-height:1.25;font-weight:{weight}">{escape(name)} '
        f'<span style="color:var(--redup);white-space:nowrap">· {escape(now)}</span></div>'
    )


def step_lines(lines: Sequence[tuple[str, str, str]]) -> str:
    """The steps of one way: heading, what it takes, and who owns the item, a line each."""
    shown = "".join(
        f'<div style="margin:.1rem 0"><b>{escape(heading)}</b>: {escape(words)} '
        f'<span style="color:var(--redup)">{escape(owners)}</span></div>'
        for heading, words, owners in lines
    )
    return f'<div style="font-size:.875rem;line-height:1.4">{shown}</div>'


def class_style(name: object) -> str:
    """The colours of a table cell that holds the name of a class."""
    kelas = str(name).lower()
    if kelas not in CLASS_COLOURS:
        return ""
    return f"background-color:{CLASS_COLOURS[kelas]};color:{rupa.ink_on(CLASS_COLOURS[kelas])}"


def district_table(districts: pd.DataFrame) -> str:
    """`jalur.district_totals` as a table narrow enough for a phone; nought is shown faintly."""

    def cell(value: str, weak: bool = False) -> str:
        return f'<td style="padding:.25rem .15rem;text-align:right{";color:var(--redup)" if weak else ""}">{value}</td>'

    heads = "".join(
        f'<th style="padding:.25rem .15rem;text-align:right;font-weight:600">{escape(words)}</th>'
        for words in (fmt.class_name("berkelanjutan"), _("Kurang 1 poin"), _("Poin kurang"), _("Lapor dahulu"))
    )
    body = "".join(
        f'<tr style="border-top:1px solid var(--garis)"><td style="padding:.25rem 0">'
        f"{escape(row['nama_kecamatan'])}</td>"
        + cell(fmt.of(row["sampai"], row["jumlah"]), not row["sampai"])
        + "".join(cell(fmt.number(row[name]), not row[name]) for name in ("satu", "poin", "lapor"))
        + "</tr>"
        for row in records(districts)
    )
    return (
        '<table style="width:100%;border-collapse:collapse;font-size:.84rem;line-height:1.35"><thead><tr>'
        f'<th style="text-align:left;font-weight:600">{escape(_("Kecamatan"))}</th>{heads}</tr></thead>'
        f"<tbody>{body}</tbody></table>"
    )


def office_blocks(offices: pd.DataFrame) -> str:
    """One block per row of `report.naik_kelas.offices`: the office, its two counts, its items and the villages."""
    return "".join(_office(list(offices.columns), row) for row in records(offices))


def _office(names: list[str], row: Row) -> str:
    office, able, needed, *lists = names
    told = "".join(
        f'<div><span style="color:var(--redup)">{escape(name)}:</span> {escape(str(row[name]))}</div>'
        for name in lists
        if row[name] != fmt.MISSING
    )
    counts = f"{able} {fmt.number(row[able])} · {needed} {fmt.number(row[needed])}"
    return (
        '<div style="border-top:1px solid var(--garis);padding:.4rem 0;font-size:.875rem;line-height:1.4">'
        f'<div style="display:flex;flex-wrap:wrap;justify-content:space-between;gap:.2rem 1rem"><b>'
        f"{escape(str(row[office]))}</b><span>{escape(counts)}</span></div>{told}</div>"
    )
