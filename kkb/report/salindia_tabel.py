"""Tables on slides, of a size that is read in the hall: what does not fit goes on, and what is left out is said."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Any

import pandas as pd
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Pt

from kkb import format as fmt
from kkb.bahasa import _
from kkb.rapat.lembar import Grid
from kkb.report.kanvas import text_width
from kkb.report.salindia_alat import BROAD, INK, LEADING, NAVY, PALE, Place, describe, lines_of, one_line

SIZES = (16.0, 14.0, 12.0, 11.0)
"""Text sizes of a table, in points, from the best."""
SIDE, TOP = 5.0, 2.0
"""Points around the text of a cell."""
WIDEST = 330.0
"""Points a column of sentences may ask for."""
LINES, SHORT = 4, 20
"""Most lines of a row, and letters up to which a text is not broken onto a second line."""
ESSENTIAL = 2
"""So many first columns always stay; they say of what a row is."""


@dataclass(frozen=True)
class Table:
    """A grid set in columns: texts by row, widths in points, heights of its head and rows, what was left
    out, and the lines of its highest row."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[bool, ...]
    widths: tuple[float, ...]
    size: float
    head: float
    heights: tuple[float, ...]
    dropped: tuple[str, ...]
    lines: int

    def pages(self, room: float, first: float = 0.0) -> list[tuple[int, int]]:
        """[(from row, to row)] for slides with `room` points of height: as few as can be, and about equally full. With
        `first` there is so much room on the slide before them, and it is filled."""
        start = self._fill(0, first) if first else 0
        if start == len(self.rows):
            return [(0, start)]
        fewest = len(self._cut(start, room))
        even = self.head + sum(self.heights[start:]) / fewest
        rest = next(p for n in range(21) if len(p := self._cut(start, even + (room - even) * n / 20)) <= fewest)
        return [(0, start), *rest] if start else rest

    def _fill(self, start: int, room: float) -> int:
        """The row after the last that has room."""
        used, n = self.head, start
        while n < len(self.rows) and used + self.heights[n] <= room:
            used, n = used + self.heights[n], n + 1
        return n

    def _cut(self, start: int, room: float) -> list[tuple[int, int]]:
        found = []
        while start < len(self.rows):
            end = max(self._fill(start, room), start + 1)
            found.append((start, end))
            start = end
        return found

    def height(self, start: int, end: int) -> float:
        """Points of height that so many of its rows take with the head."""
        return self.head + sum(self.heights[start:end])


def layout(grid: Grid, width: float, room: float) -> Table:
    """The grid within `width` points. Codes and columns without any value are left out, then the last columns until all
    rows are of at most LINES lines; in the largest text that needs no further slide of `room` points."""
    table = grid.rows
    columns = [one_line(str(c)) for c in table.columns]
    texts = {
        c: [cell(v, grid.decimals.get(str(name), 0)) for v in table.iloc[:, n]]
        for n, (c, name) in enumerate(zip(columns, table.columns, strict=True))
    }
    numeric = {c: bool(pd.api.types.is_numeric_dtype(table.iloc[:, n])) for n, c in enumerate(columns)}
    bare = {c for c in columns[ESSENTIAL:] if all(t in ("", fmt.MISSING) for t in texts[c])} | {_("Kode")}
    kept = [c for c in columns if c not in bare]
    while True:
        dropped = tuple(c for c in columns if c not in kept)
        is_least = len(kept) <= ESSENTIAL + 1
        found = []
        for size in SIZES:
            widths = _widths({c: texts[c] for c in kept}, size, width)
            if widths is None and is_least:
                widths = [width / len(kept)] * len(kept)
            if widths:
                found.append(_table(grid.title, kept, texts, numeric, widths, size, dropped))
        fitting = [t for t in found if is_least or t.lines <= LINES]
        if fitting:
            return min(fitting, key=lambda t: len(t.pages(room)))
        kept = kept[:-1]


def cell(value: Any, decimals: int) -> str:
    """A value as it is read; missing as a dash."""
    if isinstance(value, str):
        return one_line(value)
    if pd.isna(value):
        return fmt.MISSING
    return fmt.number(value, decimals) if isinstance(value, int | float) or hasattr(value, "dtype") else str(value)


def _widths(texts: dict[str, list[str]], size: float, width: float) -> list[float] | None:
    """Points for each column, or None when not even the longest words have room."""
    pad = 2 * SIDE + 1
    least, wished = [], []
    for name, cells in texts.items():
        words = [w for t in cells for w in ([t] if len(t) <= SHORT else t.split())]
        heads = max(text_width(w, size * BROAD, "Bold") for w in name.split() or [""])
        least.append(max([heads, *(text_width(w, size * BROAD) for w in words)]) + pad)
        whole = max([text_width(t, size * BROAD) for t in cells] + [0])
        wished.append(max(least[-1], min(whole + pad, WIDEST)))
    if sum(least) > width:
        return None
    spare = width - sum(least)
    asked = sum(w - n for w, n in zip(wished, least, strict=True))
    if asked <= spare:
        more = (spare - asked) / len(least)
        return [w + min(more, 40) for w in wished]
    return [n + (w - n) * spare / asked for w, n in zip(wished, least, strict=True)]


def _table(
    title: str,
    kept: list[str],
    texts: dict[str, list[str]],
    numeric: dict[str, bool],
    widths: list[float],
    size: float,
    dropped: tuple[str, ...],
) -> Table:
    def lines(cells: tuple[str, ...], weight: str) -> int:
        return max(lines_of(t, size, w - 2 * SIDE, weight) for t, w in zip(cells, widths, strict=True))

    rows = tuple(zip(*(texts[c] for c in kept), strict=True))
    counts = [lines(r, "") for r in rows]
    return Table(
        title,
        tuple(kept),
        rows,
        tuple(numeric[c] for c in kept),
        tuple(widths),
        size,
        lines(tuple(kept), "Bold") * size * LEADING + 2 * TOP,
        tuple(n * size * LEADING + 2 * TOP for n in counts),
        dropped,
        max(counts),
    )


def add(slide: Any, table: Table, start: int, end: int, at: Place) -> Any:
    """Rows `start` to `end` as a native table."""
    width, height = Pt(sum(table.widths)), Pt(table.height(start, end))
    frame = slide.shapes.add_table(1, 1, Pt(at.left), Pt(at.top), width, height)
    describe(frame, table.title)
    made = frame.table._tbl
    columns = "".join(f'<a:gridCol w="{Pt(w)}"/>' for w in table.widths)
    rows = [_row(table, table.heads, table.head, NAVY, "#FFFFFF", head=True)]
    for n in range(start, end):
        rows.append(_row(table, table.rows[n], table.heights[n], PALE if (n - start) % 2 else "#FFFFFF", INK))
    told = parse_xml(f"<a:tbl {nsdecls('a')}><a:tblGrid>{columns}</a:tblGrid>{''.join(rows)}</a:tbl>")
    for old in made.findall(qn("a:tblGrid")) + made.findall(qn("a:tr")):
        made.remove(old)
    made.extend(list(told))
    return frame


def _row(table: Table, texts: tuple[str, ...], height: float, fill: str, ink: str, *, head: bool = False) -> str:
    """One row as XML: a tenth of the time that it takes cell by cell."""
    look = f'sz="{round(table.size * 100)}" b="{int(head)}"'
    colour = f'<a:solidFill><a:srgbClr val="{ink.lstrip("#")}"/></a:solidFill>'
    cells = []
    for text, is_number in zip(texts, table.numeric, strict=True):
        run = f"<a:r><a:rPr {look}>{colour}</a:rPr><a:t>{escape(text)}</a:t></a:r>" if text else ""
        cells.append(
            f'<a:tc><a:txBody><a:bodyPr/><a:lstStyle/><a:p><a:pPr algn="{"r" if is_number else "l"}"/>{run}'
            f"<a:endParaRPr {look}/></a:p></a:txBody>"
            f'<a:tcPr marL="{Pt(SIDE)}" marR="{Pt(SIDE)}" marT="{Pt(TOP)}" marB="{Pt(TOP)}" '
            f'anchor="{"b" if head else "t"}"><a:solidFill><a:srgbClr val="{fill.lstrip("#")}"/></a:solidFill></a:tcPr>'
            "</a:tc>"
        )
    return f'<a:tr h="{Pt(height)}">{"".join(cells)}</a:tr>'
