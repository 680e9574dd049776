"""Finding the table in a sheet: which rows are its header, which columns it has, and where its rows stand.

Headers may stand anywhere in the first rows, under titles, on up to three levels with merged cells; a row of column
numbers under them is skipped.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kkb.ingest.jenis import KINDS, PLACE, Kind, label
from kkb.ingest.sheets import Cell, Sheet

WITHIN = 20
"""The header begins in one of so many first rows."""
LEVELS = 3
_IDM = re.compile(r"(?P<before>\d{4})?(nilai)?(?P<name>iks|ike|ikl|idm|statusidm|status)(?P<after>\d{4})?")


@dataclass(frozen=True)
class Table:
    """One recognised table. `columns` maps our column names to places in a row, `headers` the same to the header as
    written; `wide` holds (indicator code or '', period or '') of columns that carry values, `idm` (name, year or '').
    `rows` are those under the header with anything in them, `lines` their numbers in the file."""

    sheet: str
    kind: str
    columns: Mapping[str, int]
    headers: Mapping[int, str]
    wide: Mapping[int, tuple[str, str]]
    idm: Mapping[int, tuple[str, str]]
    rows: Sequence[Sequence[Cell]]
    lines: Sequence[int]
    header_line: int

    def cell(self, row: int, place: int) -> Cell:
        """A cell of a row (by its place from 0), '' beyond its end."""
        cells = self.rows[row]
        return cells[place] if place < len(cells) else ""


def find(sheet: Sheet, indicators: Mapping[str, str], kind: str | None, indicator: str | None) -> Table | None:
    """The table of a sheet, None if there is none. `indicators` maps the label of a code or name to the code; `kind`
    and `indicator` are what whoever brings it has said."""
    best: tuple[int, int, int] | None = None
    chosen: Table | None = None
    for start in range(min(WITHIN, len(sheet.rows))):
        for levels in range(1, LEVELS + 1):
            if start + levels > len(sheet.rows):
                break
            names = _headers(sheet, start, levels)
            for candidate in KINDS.values():
                if kind not in (None, candidate.name):
                    continue
                found = _as(candidate, names, indicators, indicator)
                if found is None:
                    continue
                columns, wide, idm = found
                dated = sum(year != "" for _name, year in idm.values())
                weight = (len(columns) + len(wide) + len(idm) + dated, -levels, -start)
                if best is None or weight > best:
                    best = weight
                    rows, lines = _body(sheet, start + levels)
                    headers = {n: " › ".join(dict.fromkeys(parts)) for n, parts in enumerate(names)}
                    chosen = Table(sheet.name, candidate.name, columns, headers, wide, idm, rows, lines, start + levels)
    return chosen


def _headers(sheet: Sheet, start: int, levels: int) -> list[tuple[str, ...]]:
    """The texts over each column, from the top level down."""
    rows = sheet.rows[start : start + levels]
    width = max(len(r) for r in rows)
    filled = []
    for depth, row in enumerate(rows):
        texts = [" ".join(str(c).split()) for c in row] + [""] * (width - len(row))
        if depth < levels - 1:
            for n in range(1, width):
                texts[n] = texts[n] or texts[n - 1]
        filled.append(texts)
    return [tuple(t for t in column if t) for column in zip(*filled, strict=True)]


def _as(
    kind: Kind, names: Sequence[tuple[str, ...]], indicators: Mapping[str, str], indicator: str | None
) -> tuple[dict[str, int], dict[int, tuple[str, str]], dict[int, tuple[str, str]]] | None:
    """Columns, value columns and IDM columns under these headers, if they make a table of this kind."""
    labels = [(label(" ".join(parts)), label(parts[-1]) if parts else "") for parts in names]
    columns: dict[str, int] = {}
    for column in (*PLACE, *kind.columns):
        for word in column.labels:
            place = next((n for n, both in enumerate(labels) if word in both and n not in columns.values()), None)
            if place is not None:
                columns[column.name] = place
                break
    if not {"kode_desa", "nama_desa", "kecamatan"} & columns.keys():
        return None
    wide, idm = {}, {}
    free = [n for n in range(len(labels)) if n not in columns.values()]
    if kind.name == "nilai":
        wide = {n: found for n in free if (found := _value_column(labels[n], indicators, indicator))}
    if kind.name == "idm":
        idm = {n: found for n in free if (found := _idm(labels[n]))}
        return (columns, wide, idm) if {"iks", "ike", "ikl"} <= {name for name, _year in idm.values()} else None
    is_told = wide or any(m in columns for m in kind.marks)
    if not is_told or any(n not in columns for n in kind.needed):
        return None
    if kind.name == "indeks-desa" and sum(m in columns for m in kind.marks) < 3:
        return None
    return columns, wide, idm


def _idm(both: tuple[str, str]) -> tuple[str, str] | None:
    """Which part of the IDM a column is, and its year if the header says it."""
    found = next((m for text in both if (m := _IDM.fullmatch(text))), None)
    if found is None:
        return None
    return "status" if "status" in found["name"] else found["name"], found["before"] or found["after"] or ""


def _value_column(
    both: tuple[str, str], indicators: Mapping[str, str], indicator: str | None
) -> tuple[str, str] | None:
    """A column named by an indicator, with or without a year; or by a year alone when the indicator was said."""
    for text in both:
        found = re.fullmatch(r"(?P<name>.+?)(?P<year>(?:19|20)\d{2})?", text)
        if found and found["name"] in indicators:
            return indicators[found["name"]], found["year"] or ""
        if text in indicators:
            return indicators[text], ""
        if indicator and re.fullmatch(r"(19|20)\d{2}", text):
            return "", text
    return None


def _body(sheet: Sheet, start: int) -> tuple[list[Sequence[Cell]], list[int]]:
    rows: list[Sequence[Cell]] = []
    lines: list[int] = []
    for n, row in enumerate(sheet.rows[start:], start + 1):
        filled = [c for c in row if c not in ("", None)]
        if not filled or (not rows and _is_numbering(filled)):
            continue
        rows.append(row)
        lines.append(n)
    return rows, lines


def _is_numbering(cells: Sequence[Cell]) -> bool:
    """Whether a row merely counts the columns: 1, 2, 3 or (1), (2), (3)."""
    texts = [re.sub(r"[()]|\.0$", "", str(c)) for c in cells]
    return len(texts) > 1 and texts == [str(n) for n in range(1, len(texts) + 1)]
