"""Templates: a workbook per kind of table, filled with the codes of every village, ready to be brought back."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO

import pandas as pd
import xlsxwriter

from kkb.bahasa import _
from kkb.ingest import jenis

IDM_COLUMNS = ("iks", "ike", "ikl", "idm", "status_idm")


def columns(kind: str) -> tuple[str, ...]:
    """Headers of a template, in order."""
    own = tuple(c.name for c in jenis.KINDS[kind].columns if c.name != "bulan")
    if kind == "nilai":
        own = tuple(c for c in own if c != "tahun")
    return ("kode_desa", "kecamatan", "nama_desa", *own, *(IDM_COLUMNS if kind == "idm" else ()))


def workbook(kind: str, tables: Mapping[str, pd.DataFrame], indicator: str | None = None) -> bytes:
    """The template of a kind as XLSX: a sheet to fill in, what goes into each column, and the indicators by code.

    With an `indicator` its code stands in every row already; one of the kabupaten only has that single row.
    """
    villages = tables["desa"].merge(tables["kecamatan"][["kode_kecamatan", "nama_kecamatan"]]).sort_values("kode_desa")
    if kind in ("idm", "indeks-desa"):
        villages = villages[villages["jenis"] == "desa"]
    rows = [list(r) for r in villages[["kode_desa", "nama_kecamatan", "nama_desa"]].itertuples(index=False)]
    if kind in ("target", "nilai"):
        area = tables["kabupaten"].iloc[0]
        wider = [[area["kode_kabupaten"], "", f"Kabupaten {area['nama_kabupaten']}"]]
        districts = tables["kecamatan"].sort_values("kode_kecamatan")
        wider += [[c, n, ""] for c, n in zip(districts["kode_kecamatan"], districts["nama_kecamatan"], strict=True)]
        levels = tables["indikator"].set_index("kode_indikator")["tingkat"]
        rows = wider[:1] if indicator and levels[indicator] == "kabupaten" else wider + rows
    headers = columns(kind)
    buffer = BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    with xlsxwriter.Workbook(buffer, options) as book:
        bold, text = book.add_format({"bold": True, "bg_color": "#DDEBF7"}), book.add_format({"num_format": "@"})
        sheet = book.add_worksheet(_("Isian"))
        for n, name in enumerate(headers):
            sheet.write_string(0, n, name, bold)
            sheet.set_column(n, n, 22 if n < 3 else max(14, len(name) + 2))
        for n, row in enumerate(rows, 1):
            for m, value in enumerate(row):
                sheet.write_string(n, m, str(value), text)
            if indicator:
                sheet.write_string(n, headers.index("kode_indikator"), indicator, text)
        sheet.freeze_panes(1, 3)
        guide = book.add_worksheet(_("Petunjuk"))
        guide.set_column(0, 0, 22)
        guide.set_column(1, 1, 100)
        lines = [(jenis.title(kind), ""), *((name, jenis.hint(kind, name)) for name in headers)]
        for n, (name, words) in enumerate(lines):
            guide.write_string(n, 0, name, bold)
            guide.write_string(n, 1, words)
        if "kode_indikator" in headers:
            _catalogue(book, tables["indikator"], bold, own=kind == "nilai")
    return buffer.getvalue()


def _catalogue(book: xlsxwriter.Workbook, indicators: pd.DataFrame, bold: object, *, own: bool) -> None:
    """The indicators; `own`: without those whose village values come from elsewhere."""
    sheet = book.add_worksheet(_("Indikator"))
    sheet.set_column(1, 1, 60)
    sheet.set_column(2, 3, 24)
    shown = indicators[indicators["asal"].isna()] if own else indicators
    names = {"kode_indikator": _("Kode"), "nama": _("Indikator"), "satuan": _("Satuan"), "tingkat": _("Tingkat")}
    for m, (column, header) in enumerate(names.items()):
        sheet.write_string(0, m, header, bold)
        for n, value in enumerate(shown[column], 1):
            sheet.write_string(n, m, str(value))
