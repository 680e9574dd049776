"""What the reading process says: lines of JSON, each the head of a sheet or a block of its rows, or why it stops."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import BinaryIO

BLOCK = 5_000
"""About so many cells travel in one line."""
REFUSED = 3
"""Exit code when the last line of standard error says why the file is not read."""


class RefusedError(Exception):
    """The file is not read on: `reason` is a name that `sheets` has words for, `row` the line it shows in (from 1)."""

    def __init__(self, reason: str, row: int | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.row = row


@dataclass(frozen=True)
class Limits:
    """The bounds of one reading: bytes of address space, of the answer and of what a zip unpacks to, seconds of
    computing, entries of a zip, sheets, and cells (a row counts as one more)."""

    memory: int
    answer: int
    unpacked: int
    seconds: int
    entries: int
    sheets: int
    cells: int


class Answer:
    """Writes sheets as they are read. RefusedError once there are more cells than allowed."""

    def __init__(self, out: BinaryIO, cells: int) -> None:
        self._out = out
        self._left = cells

    def sheet(
        self, name: str, rows: Iterable[Sequence[object]], *, is_visible: bool = True, is_text: bool = False
    ) -> None:
        """One sheet, row by row."""
        self._line({"sheet": name, "visible": is_visible, "text": is_text})
        block: list[Sequence[object]] = []
        size = 0
        for row in rows:
            block.append(row)
            size += len(row) + 1
            if size >= BLOCK:
                self._rows(block, size)
                block, size = [], 0
        self._rows(block, size)

    def room(self, cells: int) -> None:
        """RefusedError when so many cells more would be too many."""
        if cells > self._left:
            raise RefusedError("large")

    def _rows(self, block: list[Sequence[object]], size: int) -> None:
        self.room(size)
        self._left -= size
        if block:
            self._line(block)

    def _line(self, value: object) -> None:
        line = json.dumps(value, default=_marked, separators=(",", ":"))
        self._out.write(line.encode("ascii") + b"\n")


def _marked(cell: object) -> object:
    """Dates carry a mark; times of day and durations become the text that a spreadsheet shows."""
    if isinstance(cell, datetime.datetime):
        return {"datetime": cell.isoformat()}
    if isinstance(cell, datetime.date):
        return {"date": cell.isoformat()}
    if isinstance(cell, datetime.timedelta):
        seconds = round(cell.total_seconds())
        hours, rest = divmod(abs(seconds), 3600)
        return f"{'-' if seconds < 0 else ''}{hours}:{rest // 60:02}:{rest % 60:02}"
    return str(cell)
