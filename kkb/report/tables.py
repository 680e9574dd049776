"""A table as CSV or XLSX, with its source and date inside the file."""

from __future__ import annotations

from io import BytesIO

import pandas as pd

from kkb.bahasa import _

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""A text that starts with one of these would run as a formula when a spreadsheet opens the CSV."""

MOST = 32_767
"""Characters that a cell of a workbook can hold."""


def csv(table: pd.DataFrame) -> bytes:
    """The table as CSV for spreadsheets set to Indonesian: `;`, decimal comma, UTF-8 with BOM."""
    safe = table.copy()
    for name in safe.columns:
        if not pd.api.types.is_numeric_dtype(safe[name]):
            safe[name] = [f"'{v}" if isinstance(v, str) and v.startswith(DANGEROUS) else v for v in safe[name]]
    return safe.to_csv(index=False, sep=";", decimal=",").encode("utf-8-sig")


def xlsx(table: pd.DataFrame, title: str, notes: list[str]) -> bytes:
    """The table as a workbook: true numbers, texts never run as formulas, and a second sheet with `notes`."""
    buffer = BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False}
    with pd.ExcelWriter(buffer, engine="xlsxwriter", engine_kwargs={"options": options}) as writer:
        data_sheet, source_sheet = _("Data"), _("Sumber")
        table.to_excel(writer, sheet_name=data_sheet, index=False, freeze_panes=(1, 0))
        sheet = writer.sheets[data_sheet]
        for n, name in enumerate(table.columns):
            longest = max([len(str(name)), *(len(str(v)) for v in table[name])])
            sheet.set_column(n, n, min(longest + 2, 60))
        sheet.autofilter(0, 0, max(len(table), 1), len(table.columns) - 1)
        pd.DataFrame({title: [n[:MOST] for n in notes]}).to_excel(writer, sheet_name=source_sheet, index=False)
        writer.sheets[source_sheet].set_column(0, 0, 100)
    return buffer.getvalue()
