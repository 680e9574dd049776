"""Text, figures, tables and pictures one under the other, over as many pages as they need; drawn when all is placed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from math import ceil
from typing import Any

import pandas as pd
from PIL.Image import Image

from kkb import format as fmt
from kkb.rapat.lembar import Figure, Grid
from kkb.report import kertas
from kkb.report.kertas import FOOT, INK, INNER, LEFT, PALE, RULE, SHADE, TOP, Paper, line_height, width, wrap

Draw = Callable[[Paper], None]
ASCENT = 0.78
"""Where the baseline of a line lies, from its top, as part of the size of its text."""
TABLE_SIZES = (8.5, 8.0, 7.5, 7.0, 6.5, 6.0)
"""Sizes of the text of a table: the largest at which no word must be broken."""
MOST = 0.85
"""How large a part of the cells of a column shall stand on one line before longer ones get more room."""
PAD = 1.3
"""Room left and right in a cell, in millimetres."""


@dataclass
class Column:
    """One column of a table as it is drawn."""

    header: str
    texts: list[str]
    is_number: bool
    wide: float = 0.0


@dataclass
class Flow:
    """Places things from the top downwards. Where a page must hold everything, `scale` makes texts smaller, and
    `table_size` is the size of the text of tables at most.

    Each page is a list of drawings in reading order.
    """

    scale: float = 1.0
    table_size: float = TABLE_SIZES[0]
    pages: list[list[Draw]] = field(default_factory=lambda: [[]])
    y: float = TOP

    @property
    def room(self) -> float:
        """Millimetres left on the page."""
        return FOOT - self.y

    def turn(self) -> None:
        """Go on with a new page."""
        self.pages.append([])
        self.y = TOP

    def space(self, high: float) -> None:
        """Leave blank, at most to the end of the page."""
        self.y = min(self.y + high * self.scale, FOOT)

    def need(self, high: float) -> None:
        """Turn the page unless so many millimetres are left on it."""
        if high > self.room and self.y > TOP:
            self.turn()

    def put(self, high: float, draw: Callable[[Paper, float], None]) -> None:
        """Place something `high`, whole, and remember how it is drawn at its place."""
        self.need(high)
        top = self.y
        self.pages[-1].append(lambda paper: draw(paper, top))
        self.y += high

    def text(
        self,
        words: str,
        size: float,
        style: str = "",
        colour: str = INK,
        *,
        tag: str = "P",
        mark: str = "",
        indent: float = 0.0,
    ) -> None:
        """A paragraph, kept whole; `mark` stands before its first line, in the room of `indent`."""
        size *= self.scale
        lines = wrap(words, size, INNER - indent, style)

        def draw(paper: Paper, top: float) -> None:
            with paper.tagged(tag):
                if mark:
                    paper.words(LEFT, top + ASCENT * line_height(size), mark, size, style, colour)
                for n, line in enumerate(lines):
                    paper.words(LEFT + indent, top + (n + ASCENT) * line_height(size), line, size, style, colour)

        self.put(len(lines) * line_height(size), draw)

    def bullets(self, points: Sequence[str], size: float = 10.0) -> None:
        """Sentences one under the other."""
        for point in points:
            self.text(point, size, mark="•", indent=3.6)
            self.space(1.0)

    def figures(self, figures: Sequence[Figure]) -> None:
        """Key figures side by side: what it is, the value, and the words under it. Long words wrap, values shrink."""
        gap = 3.0
        wide = (INNER - gap * (len(figures) - 1)) / max(len(figures), 1)
        inside = wide - 2 * 2.2
        small = 8.0 * self.scale
        value = min(kertas.fitting(f.value, 15 * self.scale, inside, "B") for f in figures)
        value = max(value, 9 * self.scale)
        told = [
            (wrap(f.label, small, inside), wrap(f.value, value, inside, "B"), wrap(f.note, small, inside))
            for f in figures
        ]
        rows = [max(len(t[n]) for t in told) for n in range(3)]
        high = 3.4 + (rows[0] + rows[2]) * line_height(small) + rows[1] * line_height(value)

        def draw(paper: Paper, top: float) -> None:
            for n, (label, middle, note) in enumerate(told):
                left = LEFT + n * (wide + gap)
                with paper.untold():
                    paper.box(left, top, wide, high, SHADE)
                    paper.box(left, top, 0.8, high, kertas.ACCENT)
                with paper.tagged("P"):
                    y = top + 1.6
                    for lines, size, style, colour in (
                        (label, small, "", PALE),
                        (middle, value, "B", INK),
                        (note, small, "", PALE),
                    ):
                        for line in lines:
                            paper.words(left + 2.2, y + ASCENT * line_height(size), line, size, style, colour)
                            y += line_height(size)

        self.put(high, draw)

    def picture(self, make: Callable[[], Image], high: float, alt: str) -> None:
        """A picture over the whole width; made only when it is drawn."""

        def draw(paper: Paper, top: float) -> None:
            with paper.tagged("Figure", alt):
                paper.image(make(), LEFT, top, INNER, high)

        self.put(high, draw)

    def table(self, grid: Grid) -> None:
        """A table with its title. Rows are kept whole, and headers stand on each page."""
        columns = [_column(grid, str(name)) for name in grid.rows.columns]
        size = _fit(columns, self.table_size)
        line = line_height(size)
        heads = [wrap(c.header, size, c.wide - 2 * PAD, "B") for c in columns]
        cells = [[wrap(c.texts[n], size, c.wide - 2 * PAD) for c in columns] for n in range(len(grid.rows))]
        first = max([len(c) for c in cells[0]], default=1) if cells else 1
        head_high = max(len(h) for h in heads) * line + 1.6
        self.need(line_height(10.5 * self.scale) + 1 + head_high + first * line + 1)
        self.text(grid.title, 10.5, "B", tag="H2")
        self.space(0.8)
        self._head(columns, heads, size, head_high)
        for row in cells:
            high = max(len(c) for c in row) * line + 0.9
            if high > self.room:
                self.turn()
                self._head(columns, heads, size, head_high)
            self._row(columns, row, size, high)

    def _head(self, columns: Sequence[Column], heads: Sequence[list[str]], size: float, high: float) -> None:
        def draw(paper: Paper, top: float) -> None:
            with paper.untold():
                paper.box(LEFT, top, INNER, high, SHADE)
                paper.rule(LEFT, top + high, INNER, PALE, 0.3)
            with paper.tagged("P"):
                _cells(paper, columns, heads, size, top + 0.7, "B")

        self.put(high, draw)

    def _row(self, columns: Sequence[Column], row: Sequence[list[str]], size: float, high: float) -> None:
        def draw(paper: Paper, top: float) -> None:
            with paper.untold():
                paper.rule(LEFT, top + high, INNER, RULE)
            with paper.tagged("P"):
                _cells(paper, columns, row, size, top + 0.35, "")

        self.put(high, draw)


def _cells(
    paper: Paper, columns: Sequence[Column], texts: Sequence[list[str]], size: float, top: float, style: str
) -> None:
    left = LEFT
    for column, lines in zip(columns, texts, strict=True):
        for n, line in enumerate(lines):
            shift = column.wide - 2 * PAD - width(line, size, style) if column.is_number else 0.0
            paper.words(left + PAD + shift, top + (n + ASCENT) * line_height(size), line, size, style)
        left += column.wide


def _column(grid: Grid, name: str) -> Column:
    values = grid.rows[name]
    is_number = pd.api.types.is_numeric_dtype(values)
    places = grid.decimals.get(name, 0)
    return Column(name, [_text(v, places) for v in values], bool(is_number))


def _text(value: Any, decimals: int) -> str:
    if isinstance(value, str):
        return value or fmt.MISSING
    return fmt.MISSING if value is None or pd.isna(value) else fmt.number(value, decimals)


def _fit(columns: Sequence[Column], most: float) -> float:
    """Sets the width of each column and gives the size of the text: no word broken, few lines, all width used.

    Each column first gets room for its longest word, then for most of its cells, then for its longest one.
    """
    size = most
    for size in (most, *(s for s in TABLE_SIZES if s < most)):
        for column in columns:
            column.wide = _longest([w for t in (column.header, *column.texts) for w in kertas.parts(t)], size)
        if sum(c.wide for c in columns) <= INNER:
            break
    used = sum(c.wide for c in columns)
    if used > INNER:
        for column in columns:
            column.wide *= INNER / used
        return size
    for part in MOST, 1.0:
        wishes = [max(_longest([c.header, *c.texts], size, part) - c.wide, 0.0) for c in columns]
        level = _level(wishes, INNER - sum(c.wide for c in columns))
        for column, wish in zip(columns, wishes, strict=True):
            column.wide += min(wish, level)
    for column in columns:
        column.wide *= INNER / sum(c.wide for c in columns)
    return size


def _longest(texts: Sequence[str], size: float, part: float = 1.0) -> float:
    """Room for so large a part of the texts on one line each."""
    found = sorted(width(t, size, "B") for t in texts)
    return (found[ceil(part * len(found)) - 1] if found else 0.0) + 2 * PAD + 0.05


def _level(wishes: Sequence[float], spare: float) -> float:
    """The most that any wish is given, so that all together take `spare`: small wishes are met whole."""
    left, rest = len(wishes), spare
    for wish in sorted(wishes):
        if wish * left >= rest:
            return rest / left
        left, rest = left - 1, rest - wish
    return max(wishes)
