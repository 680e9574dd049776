"""Any spreadsheet or text table as plain cells, or a FileError that says why not.

The kind is told by the first bytes, never by the name: xlsx and ods (zip), xls (OLE), else text with commas, semicolons
or tabs in UTF-8, UTF-16 or Windows-1252.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

from kkb.bahasa import _
from kkb.errors import FileError

Cell = object
"""A cell: text, number, bool, date, or '' when blank."""
MOST_BYTES = 50_000_000
"""The largest file that is read: a national export has 3 MB."""
MOST_UNPACKED = 500_000_000
"""The most a zipped workbook may hold."""
_DELIMITERS = ",;\t"


@dataclass(frozen=True)
class Sheet:
    """One sheet: its name ('' in a text file) and its rows from the first line on, all cells of a row in order."""

    name: str
    rows: Sequence[Sequence[Cell]]
    is_visible: bool = True
    is_text: bool = False


def sheets(path: Path) -> list[Sheet]:
    """All sheets of a file, in order. FileError when it cannot be read."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            start = file.read(8)
    except OSError as error:
        raise _unreadable(path, error.strerror or type(error).__name__) from error
    if size > MOST_BYTES:
        raise _unreadable(path, _("lebih besar dari {n} MB").format(n=MOST_BYTES // 1_000_000))
    if start.startswith(b"PK\x03\x04"):
        _check_unpacked(path)
        return _workbook(path)
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        return _workbook(path)
    return [Sheet("", _text_rows(path, path.read_bytes()))]


def created(path: Path) -> str | None:
    """The day on which a workbook says it was made (ISO 8601), None when it does not say."""
    try:
        with zipfile.ZipFile(path) as archive:
            core = archive.read("docProps/core.xml")[:100_000].decode("utf-8", errors="replace")
    except (zipfile.BadZipFile, KeyError, OSError, RuntimeError, ValueError):
        return None
    found = re.search(r"<dcterms:created[^>]*>(\d{4}-\d{2}-\d{2})T", core)
    return found[1] if found else None


def _unreadable(path: Path, reason: str) -> FileError:
    return FileError(
        _("Berkas {file} tidak dapat dibaca: {reason}.").format(file=path.name, reason=reason),
        _("Berikan berkas xlsx, xls, ods, atau CSV seperti yang diunduh dari portal, tanpa diubah."),
    )


def _check_unpacked(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            for entry in archive.infolist():
                with archive.open(entry) as packed:
                    left = MOST_UNPACKED
                    while chunk := packed.read(1 << 20):
                        left -= len(chunk)
                        if left < 0:
                            raise _unreadable(path, _("isinya terlalu besar setelah dibuka"))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        raise _unreadable(path, _("buku kerja rusak atau dilindungi kata sandi")) from error


def _workbook(path: Path) -> list[Sheet]:
    try:
        with CalamineWorkbook.from_path(str(path)) as book:
            return [
                Sheet(name, book.get_sheet_by_name(name).to_python(skip_empty_area=False)) for name in book.sheet_names
            ]
    except (CalamineError, OSError, ValueError) as error:
        raise _unreadable(path, _("buku kerja rusak atau dilindungi kata sandi")) from error


def _text_rows(path: Path, content: bytes) -> list[list[str]]:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = content.decode("utf-16", errors="replace")
    else:
        if b"\x00" in content:
            raise _unreadable(path, _("bukan teks dan bukan buku kerja"))
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = content.decode("cp1252", errors="replace")
    if text.lstrip()[:1] in ("<", "%", "{"):
        raise _unreadable(path, _("bukan tabel, walaupun namanya seperti tabel"))
    head = text[:10_000]
    delimiter = max(_DELIMITERS, key=head.count)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise _unreadable(path, _("tanda kutip tidak ditutup atau sel terlalu panjang")) from error
