"""Workbooks: xlsx, xlsm and ods (zip), xls (OLE). Values only: macros, links and formulas are never looked at."""

from __future__ import annotations

import datetime
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from typing import BinaryIO

from python_calamine import CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from kkb.ingest.child import biff, marks
from kkb.ingest.child.answer import Answer, Limits, RefusedError
from kkb.ingest.child.marks import Errors, Marks, Range

Row = list[object]


def zipped(file: BinaryIO, answer: Answer, limits: Limits) -> None:
    """The sheets of an xlsx, xlsm or ods file."""
    with zipfile.ZipFile(file) as archive:
        telling = _checked(archive, limits)
        with _opened(file) as book:
            found = marks.of(archive, telling)
            _sheets(book, [found.get(sheet.name, Marks()) for sheet in book.sheets_metadata], answer, limits)


def compound(file: BinaryIO, answer: Answer, limits: Limits) -> None:
    """The sheets of an xls file."""
    found = biff.errors(file.read())
    with _opened(file) as book:
        _sheets(book, [Marks(found.get(n, {})) for n in range(len(book.sheet_names))], answer, limits)


def created(file: BinaryIO) -> str | None:
    """The day on which a workbook says it was made (ISO 8601), None when it does not say."""
    with zipfile.ZipFile(file) as archive, archive.open("docProps/core.xml") as part:
        core = part.read(100_000).decode("utf-8", errors="replace")
    found = re.search(r"<dcterms:created[^>]{0,200}>(\d{4}-\d{2}-\d{2})T", core)
    return datetime.date.fromisoformat(found[1]).isoformat() if found else None


def _opened(file: BinaryIO) -> CalamineWorkbook:
    file.seek(0)
    try:
        return CalamineWorkbook.from_filelike(file)
    except PasswordError as error:
        raise RefusedError("password") from error


def _checked(archive: zipfile.ZipFile, limits: Limits) -> set[str]:
    """Unpacks every entry to see how large it is; gives those in which there is something to mark."""
    entries = archive.infolist()
    if len(entries) > limits.entries:
        raise RefusedError("large")
    if any(entry.flag_bits & 1 for entry in entries):
        raise RefusedError("password")
    if any(entry.filename.endswith("/workbook.bin") for entry in entries):
        raise RefusedError("xlsb")
    left = limits.unpacked
    telling = set()
    for entry in entries:
        with archive.open(entry) as packed:
            end = b""
            while part := packed.read(1 << 18):
                left -= len(part)
                if left < 0:
                    raise RefusedError("large")
                part = end + part
                if entry.filename == "META-INF/manifest.xml" and b"encryption-data" in part:
                    raise RefusedError("password")
                if any(sign in part for sign in marks.TELLING):
                    telling.add(entry.filename)
                end = part[-100:]
    return telling


def _sheets(book: CalamineWorkbook, marked: list[Marks], answer: Answer, limits: Limits) -> None:
    known = book.sheets_metadata
    if len(known) > limits.sheets:
        raise RefusedError("large")
    for place, about in enumerate(known):
        if about.typ == SheetTypeEnum.WorkSheet:
            sheet = book.get_sheet_by_index(place)
            if sheet.end is not None:
                answer.room((sheet.end[0] + 1) * (sheet.end[1] + 2))
            merged = [*(sheet.merged_cell_ranges or ()), *marked[place].merged]
            rows = _filled(_marked(_rows(sheet), marked[place].errors), merged, limits.cells)
            answer.sheet(about.name, rows, is_visible=about.visible == SheetVisibleEnum.Visible)


def _rows(sheet: CalamineSheet) -> Iterator[Row]:
    """All rows from the first line and column on."""
    if sheet.start is None:
        return
    left: Row = [""] * sheet.start[1]
    for row in sheet.iter_rows():
        yield [*left, *row]


def _marked(rows: Iterator[Row], errors: Errors) -> Iterator[Row]:
    for place, row in enumerate(rows):
        for column, text in errors.get(place, ()):
            if column < len(row):
                row[column] = text
        yield row


def _filled(rows: Iterator[Row], merged: list[Range], most: int) -> Iterator[Row]:
    """Every cell of a merged range gets the value of its first cell, as far as there are rows and columns."""
    starting = defaultdict(list)
    for (top, left), (bottom, right) in merged:
        starting[top].append((left, right, bottom))
    running: list[tuple[int, int, int, object]] = []
    for place, row in enumerate(rows):
        for left, right, bottom in starting.get(place, ()):
            if left < len(row):
                running.append((left, min(right, len(row) - 1), bottom, row[left]))
        for left, right, _bottom, value in running:
            row[left : right + 1] = [value] * (right - left + 1)
            most -= right - left + 1
        if most < 0:
            raise RefusedError("large")
        running = [r for r in running if r[2] > place]
        yield row
