"""A pack as a workbook: one worksheet per table with true numbers and dates, all sentences, and all sources."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import Any

import pandas as pd
import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from kkb import bahasa, lapis
from kkb import format as fmt
from kkb.bahasa import _
from kkb.rapat.lembar import Bars, Pack, Progress, Sheet, silent
from kkb.rapat.susun import part_name
from kkb.report import semua_desa

LONGEST_NAME = 31
"""Characters in the name of a worksheet, at most; a rule of Excel."""
WIDEST = 60
"""Characters in a column before its texts are wrapped."""
HEAD = 3
"""Rows above the headers of a table: its title, its source, and a way back."""


@dataclass(frozen=True)
class Table:
    """One worksheet: its name, the finding it stands for, its rows, and the line on source and date."""

    name: str
    part: str
    title: str
    finding: str
    rows: pd.DataFrame
    decimals: Mapping[str, int]
    source: str


def write(pack: Pack, progress: Progress = silent) -> bytes:
    """The workbook: contents, the tables of the agenda, all villages, the sentences, the sources."""
    buffer = BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    with bahasa.speaking(pack.language), xlsxwriter.Workbook(buffer, options) as book:
        made = datetime.fromisoformat(pack.made)
        book.set_properties({"title": pack.title, "comments": pack.stamp, "created": made})
        pen = Pen(book)
        found = tables(pack)
        _contents(pen, pack, found)
        for place, table in enumerate(found, 1):
            pen.table(table)
            progress(place / len(found))
        pen.table(_sentences(pack))
        pen.table(_sources(pack))
    return buffer.getvalue()


def tables(pack: Pack) -> list[Table]:
    """Every table of the pack: all villages first, then the agenda, then the atlas as a whole."""
    names = _Names(pack)
    status = next(s for s in pack.sheets if s.part == "kecamatan")
    found = [
        Table(
            names.new(_("Semua desa")),
            _("Semua desa"),
            _("Semua desa/kelurahan di {area}").format(area=pack.area_name),
            pack.title,
            semua_desa.table(pack),
            semua_desa.decimals(pack),
            status.source,
        )
    ]
    for sheet in pack.sheets:
        for part in (sheet.chart, sheet.grid):
            if part is not None:
                rows, decimals = _bars(part) if isinstance(part, Bars) else (part.rows, part.decimals)
                name = names.of(sheet, part.title)
                found.append(Table(name, part_name(sheet.part), part.title, sheet.title, rows, decimals, sheet.source))
    return found + _atlas(pack, names)


def _bars(chart: Bars) -> tuple[pd.DataFrame, Mapping[str, int]]:
    """A chart as a table: a column for the categories, and one per series. Shares have the decimals of the chart."""
    kind = _("Tanggal data") if all(fmt.to_day(c) for c in chart.categories) else _("Nama")
    unit = f" ({chart.unit})" if chart.unit else ""
    columns: dict[str, Any] = {kind: list(chart.categories)}
    columns |= {f"{s.name}{unit}": pd.array(list(s.values), dtype="Float64") for s in chart.series}
    if chart.labels:
        columns[_("Keterangan")] = list(chart.labels)
    return pd.DataFrame(columns), {f"{s.name}{unit}": chart.decimals for s in chart.series}


def _atlas(pack: Pack, names: _Names) -> list[Table]:
    """The tables of all villages, those of a kind under each other."""
    kinds: dict[tuple[str, ...], list[Sheet]] = {}
    for sheet in pack.villages:
        if sheet.grid is not None:
            kinds.setdefault(tuple(str(c) for c in sheet.grid.rows.columns), []).append(sheet)
    places = lapis.read(pack.layer).villages
    found = []
    for sheets in kinds.values():
        parts = []
        for sheet in sheets:
            code = sheet.choice["desa"]
            rows = sheet.grid.rows.copy()  # type: ignore[union-attr]
            for place, (header, text) in enumerate(
                (
                    (_("Kode"), fmt.village_code(code)),
                    (_("Desa/kelurahan"), places[code].name),
                    (_("Kecamatan"), places[code].parent),
                )
            ):
                rows.insert(place, header, text)
            parts.append(rows)
        scored = _("Skor") in parts[0].columns
        title = _("Skor dan alasan tiap Kampung KB") if scored else _("Angka desa menurut indikator")
        first = sheets[0]
        found.append(
            Table(
                names.new(_("Butir Kampung KB") if scored else _("Angka desa lain")),
                _("Atlas desa"),
                title,
                _("{n} desa/kelurahan").format(n=fmt.number(len(sheets))),
                pd.concat(parts, ignore_index=True),
                first.grid.decimals,  # type: ignore[union-attr]
                first.source,
            )
        )
    return found


def _sentences(pack: Pack) -> Table:
    """Every sentence of the pack, by the key of its sheet."""
    rows = []
    for sheet in (*pack.sheets, *pack.villages):
        told = [(_("Judul"), sheet.title), *((_("Angka"), " · ".join(filter(None, f))) for f in _figures(sheet))]
        told += [(_("Kalimat"), p) for p in sheet.points]
        told += [(_("Catatan pembicara"), n) for n in sheet.notes]
        rows += [(sheet.key, kind, text, sheet.source) for kind, text in told]
    columns = [_("Lembar"), _("Jenis"), _("Isi"), _("Sumber")]
    unique = list(dict.fromkeys(rows))
    return Table(_("Naskah"), "", _("Naskah"), pack.title, pd.DataFrame(unique, columns=columns), {}, pack.stamp)


def _figures(sheet: Sheet) -> list[tuple[str, str, str]]:
    return [(f.label, f.value, f.note) for f in sheet.figures]


def _sources(pack: Pack) -> Table:
    """Every fact file: what it holds, publisher, date, licence, address."""
    headers = (_("Berkas"), _("Isi"), _("Penerbit"), _("Tanggal"), _("Lisensi atau atribusi"), _("Alamat"))
    rows = [(o.file, o.holds, o.publisher, o.date, o.licence, o.url) for o in pack.origins]
    told = _("Status per {status}; kelas dan laporan per {scored}. {stamp}.").format(
        status=fmt.period(pack.period), scored=fmt.period(pack.scored), stamp=pack.stamp
    )
    return Table(_("Sumber"), "", _("Sumber"), told, pd.DataFrame(rows, columns=list(headers)), {}, pack.stamp)


class _Names:
    """Names of worksheets: short, without forbidden characters, each given once."""

    def __init__(self, pack: Pack) -> None:
        self._layer = lapis.read(pack.layer)
        self._given = {n.lower() for n in (_("Daftar isi"), _("Naskah"), _("Sumber"))}

    def of(self, sheet: Sheet, title: str) -> str:
        """The name of a table of a sheet."""
        code = sheet.key.partition("/")[2]
        if sheet.part == "kecamatan":
            return self.new(_("Kec. {name}").format(name=self._layer.districts[code].name))
        if sheet.part == "desa":
            return self.new(_("Desa {name}").format(name=self._layer.villages[code].name))
        return self.new(code if sheet.part == "opd" else title)

    def new(self, text: str) -> str:
        """A name that was not given yet: whole words of the text, numbered when there are several of them."""
        clean = re.sub(r"[\[\]:*?/\\]", " ", text).strip("' ")
        for number in range(1, 1000):
            tail = f" {number}" if number > 1 else ""
            name = _cut(clean, LONGEST_NAME - len(tail)) + tail
            if name.lower() not in self._given:
                break
        self._given.add(name.lower())
        return name


def _cut(text: str, length: int) -> str:
    """As many whole words as fit."""
    if len(text) <= length:
        return text
    return text[: length + 1].rpartition(" ")[0] or text[:length]


class Pen:
    """Writes cells of one workbook: texts never as formulas, numbers and dates as such, missing as blank."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self.book = book
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.pale = book.add_format({"font_color": "#595959"})
        self.link = book.add_format({"font_color": "#0072B2", "underline": 1})
        self.header = book.add_format({"bold": True, "bg_color": "#DDEBF7", "text_wrap": True, "valign": "top"})
        self.text = book.add_format({"text_wrap": True, "valign": "top"})
        self.day = book.add_format({"num_format": "d mmm yyyy", "valign": "top", "align": "left"})
        self._numbers: dict[int, Any] = {}

    def number(self, decimals: int) -> Any:
        """The format of a number with so many decimals."""
        if decimals not in self._numbers:
            shape = "#,##0" + ("." + "0" * decimals if decimals else "")
            self._numbers[decimals] = self.book.add_format({"num_format": shape, "valign": "top"})
        return self._numbers[decimals]

    def table(self, table: Table) -> None:
        """One worksheet: title, source, a link back, then the table with a filter."""
        sheet = self.book.add_worksheet(table.name)
        sheet.write_string(0, 0, table.title, self.title)
        sheet.write_string(1, 0, f"{table.finding} — {table.source}", self.pale)
        sheet.write_url(2, 0, f"internal:'{_('Daftar isi')}'!A1", self.link, _("Kembali ke daftar isi"))
        for place, header in enumerate(table.rows.columns):
            values = list(table.rows[header])
            days = _days(values)
            sheet.write_string(HEAD, place, str(header), self.header)
            for row, value in enumerate(days or values, HEAD + 1):
                self._cell(sheet, row, place, value, table.decimals.get(str(header), 0))
            longest = max([min(len(str(header)), 18), *(len(str(v)) for v in values if not _is_missing(v))])
            sheet.set_column(place, place, max(8, min(longest + 3, WIDEST)))
        last = HEAD + len(table.rows)
        sheet.autofilter(HEAD, 0, max(last, HEAD + 1), len(table.rows.columns) - 1)
        sheet.freeze_panes(HEAD + 1, 0)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(HEAD)

    def _cell(self, sheet: Worksheet, row: int, column: int, value: Any, decimals: int) -> None:
        if _is_missing(value):
            return
        if isinstance(value, date):
            sheet.write_datetime(row, column, datetime(value.year, value.month, value.day), self.day)
        elif isinstance(value, str | bool):
            sheet.write_string(row, column, str(value), self.text)
        else:
            sheet.write_number(row, column, float(value), self.number(decimals))


def _is_missing(value: Any) -> bool:
    return not value if isinstance(value, str) else bool(pd.isna(value))


def _days(values: list[Any]) -> list[date | None] | None:
    """The column as dates when every text in it is a day; None when one is not, or when there is none."""
    found = [None if _is_missing(v) else fmt.to_day(v) if isinstance(v, str) else None for v in values]
    known = [v for v in values if not _is_missing(v)]
    return found if known and sum(d is not None for d in found) == len(known) else None


def _contents(pen: Pen, pack: Pack, found: list[Table]) -> None:
    """The first worksheet: what there is, with links."""
    sheet = pen.book.add_worksheet(_("Daftar isi"))
    sheet.write_string(0, 0, pack.title, pen.title)
    sheet.write_string(1, 0, pack.stamp, pen.pale)
    for place, (header, width) in enumerate(
        ((_("Lembar"), 34), (_("Bagian"), 20), (_("Tabel"), 52), (_("Baris"), 8), (_("Temuan"), 90))
    ):
        sheet.write_string(HEAD, place, header, pen.header)
        sheet.set_column(place, place, width)
    for row, table in enumerate([*found, _sentences(pack), _sources(pack)], HEAD + 1):
        name = table.name.replace("'", "''")
        sheet.write_url(row, 0, f"internal:'{name}'!A1", pen.link, table.name)
        for column, text in ((1, table.part), (2, table.title), (4, table.finding)):
            sheet.write_string(row, column, text, pen.text)
        sheet.write_number(row, 3, len(table.rows), pen.number(0))
    sheet.freeze_panes(HEAD + 1, 0)
