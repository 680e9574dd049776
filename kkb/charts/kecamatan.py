"""The kecamatan in plain HTML: the ranking with one square a village, the groups, and all measures side by side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from kkb import format as fmt
from kkb import maps
from kkb.charts import SILENT

SMALL, GREY = "font-size:.84rem", "var(--redup)"
LINE_TOP = "border-top:1px solid var(--garis)"


@dataclass(frozen=True)
class Square:
    """So many villages in one class or state: its colour, its pattern, and its name."""

    colour: str
    motif: str | None
    label: str
    n: int


@dataclass(frozen=True)
class Line:
    """One kecamatan. `rank` is a number or a dash, `count` its n of N, `notes` what else there is to say."""

    rank: str
    name: str
    link: str | None
    value: str
    count: str
    squares: Sequence[Square]
    notes: Sequence[str]


def ranking(heads: Sequence[str], lines: Iterable[Line], caption: str) -> str:
    """One line per kecamatan: rank, name, figure, n of N, a square a village, notes; it wraps on a phone.

    `heads` name these six columns.
    """
    style = f"display:flex;flex-wrap:wrap;gap:.1rem .7rem;align-items:center;{SMALL};line-height:1.3"
    top = "".join(
        f'<span style="{place};font-size:.78rem">{escape(h)}</span>' for h, place in zip(heads, PLACES, strict=True)
    )
    body = "".join(
        f'<div role="listitem" style="{LINE_TOP};padding:.24rem 0;{style}">'
        + "".join(f'<span style="{place}">{c}</span>' for c, place in zip(_cells(line), PLACES, strict=True))
        + "</div>"
        for line in lines
    )
    return f'<div style="{style};color:{GREY}">{top}</div><div role="list" aria-label="{escape(caption)}">{body}</div>'


PLACES = (
    "flex:0 0 1.6rem;text-align:right",
    "flex:0 0 6.6rem",
    "flex:0 0 4rem;text-align:right",
    "flex:0 0 5.2rem",
    "flex:0 1 11.5rem",
    "flex:1 1 20rem",
)
"""How wide the columns of the ranking are."""


def _cells(line: Line) -> list[str]:
    told = " · ".join(line.notes)
    return [
        f'<b style="font-size:1rem">{escape(line.rank)}</b>',
        name(line.name, line.link),
        f'<b style="font-size:1rem">{escape(line.value)}</b>',
        escape(line.count),
        squares(line.squares) if line.squares else "",
        f'<span style="color:{GREY}">{escape(told)}</span>',
    ]


def name(words: str, link: str | None) -> str:
    """A kecamatan that opens its own page."""
    if link is None:
        return f"<b>{escape(words)}</b>"
    return f'<a href="{escape(link)}" target="_self" style="color:var(--taut);font-weight:600">{escape(words)}</a>'


def squares(counts: Sequence[Square]) -> str:
    """One square a village, in the order of the legend; its words are for a screen reader and a mouse."""
    words = ", ".join(f"{s.label} {fmt.number(s.n)}" for s in counts)
    marks = "".join(
        f'<i style="display:inline-block;width:.62rem;height:.8rem;margin-right:2px;border:1px solid var(--batas);'
        f'background:{maps.fill(s.colour, s.motif)}"></i>'
        for s in counts
        for _n in range(s.n)
    )
    return f'<span role="img" aria-label="{escape(words)}" title="{escape(words)}" style="line-height:1">{marks}</span>'


def groups(blocks: Iterable[tuple[str, Sequence[Line]]]) -> str:
    """One block per group, side by side where there is room: its name, and its kecamatan with their rank in it."""
    inside = "".join(
        f'<div><div style="font-weight:700;border-bottom:2px solid var(--tegas);padding-bottom:.15rem">'
        f"{escape(words)}</div>" + "".join(_short(line) for line in lines) + "</div>"
        for words, lines in blocks
    )
    return (
        '<div style="display:grid;grid-template-columns:repeat(auto-fit,minmax(19rem,1fr));gap:1rem 1.6rem;'
        f'{SMALL};line-height:1.3">{inside}</div>'
    )


def _short(line: Line) -> str:
    told = " ".join([line.count, *line.notes])
    return (
        f'<div style="{LINE_TOP};padding:.25rem 0;display:flex;gap:.5rem;align-items:baseline">'
        f'<b style="flex:0 0 1.3rem;text-align:right">{escape(line.rank)}</b>'
        f'<span style="flex:0 0 6.6rem">{name(line.name, line.link)}</span>'
        f'<b style="flex:0 0 3.6rem;text-align:right">{escape(line.value)}</b>'
        f'<span style="color:{GREY}">{escape(told)}</span></div>'
    )


@dataclass(frozen=True)
class Cell:
    """One figure of the table of all measures: in words, its rank, and whether it is the best or waits for a report."""

    value: str
    rank: str
    is_best: bool = False
    is_waiting: bool = False


def matrix(heads: Sequence[tuple[str, str, bool]], rows: Iterable[tuple[str, str | None, Sequence[Cell]]]) -> str:
    """Kecamatan down, measures across; each cell has its figure and under it its rank.

    `heads` are name, address that ranks by it, and whether it is the present one. It scrolls sideways in itself.
    """
    sticky = "position:sticky;left:0;background:var(--latar);text-align:left;font-weight:400;padding-right:.4rem"
    top = "".join(
        f'<th scope="col" style="text-align:right;padding:.2rem .4rem;vertical-align:bottom;'
        f'font-weight:{700 if chosen else 400}"><a href="{escape(link)}" target="_self" style="color:var(--tinta);'
        f'text-decoration:underline dotted var(--tegas)">{escape(words)}</a></th>'
        for words, link, chosen in heads
    )
    body = "".join(
        f'<tr style="{LINE_TOP}"><th scope="row" style="{sticky}">{name(words, link)}</th>'
        + "".join(_matrix_cell(c) for c in cells)
        + "</tr>"
        for words, link, cells in rows
    )
    return (
        f'<div style="overflow-x:auto" tabindex="0" role="region"><table style="border-collapse:collapse;width:100%;'
        f'font-size:.8rem;line-height:1.25"><thead><tr><td style="{sticky}"></td>{top}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def _matrix_cell(cell: Cell) -> str:
    fill = "var(--tanda)" if cell.is_best else "var(--latar)"
    mark = f"{maps.swatch(SILENT, 'arsir')} " if cell.is_waiting else ""
    return (
        f'<td style="text-align:right;padding:.15rem .4rem;background:{fill};white-space:nowrap">{mark}<b>'
        f'{escape(cell.value)}</b><br><span style="color:{GREY}">{escape(cell.rank)}</span></td>'
    )


def village_squares(
    order: Mapping[str, tuple[str, str | None, str]], counts: Mapping[tuple[str, bool], int]
) -> list[Square]:
    """The squares of a kecamatan: `order` is class or state -> colour, pattern, name; `counts` (it, silent) -> n."""
    return [
        Square(colour, "arsir" if silent else motif, label, counts[code, silent])
        for code, (colour, motif, label) in order.items()
        for silent in (False, True)
        if counts.get((code, silent))
    ]
