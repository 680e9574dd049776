"""Any spreadsheet or text table as plain cells, or a FileError that says why not.

The kind is told by the first bytes, never by the name: xlsx, xlsm and ods (zip), xls (OLE), else text with commas,
semicolons or tabs in UTF-8, UTF-16 or Windows-1252. The file is read by a process of its own (`kkb.ingest.child`) with
bounds on memory and time: a file that is broken, huge or made to harm ends that process, never the server.
"""

from __future__ import annotations

import hashlib
import json
import os
import signal
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date, datetime
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any

from kkb import sambil
from kkb.bahasa import _
from kkb.config import ROOT
from kkb.errors import FileError
from kkb.ingest.child.answer import REFUSED, Limits
from kkb.teks import one_line, seen

Cell = object
"""A cell: text, int, float, bool, date, datetime, or '' when blank. What is no number (NaN, infinite) is text, as are
error cells (#N/A), times of day and durations."""
MOST_BYTES = 50_000_000
"""The largest file that is read: a national export has 2 MB."""
MOST_UNPACKED = 300_000_000
"""The most a zipped workbook may hold: a national export holds 13 MB."""
MOST_ENTRIES = 10_000
"""The most parts a zipped workbook may have."""
MOST_SHEETS = 500
MOST_CELLS = 3_000_000
"""The most cells of a file, blank ones in between and each row as one included. A national export has 0.7 million."""
MOST_ANSWER = 64_000_000
"""The most bytes that the cells may have as text."""
MEMORY = 300_000_000
"""Address space of the reading process in bytes. A national export takes 70 MB of it."""
SECONDS = 10
"""Wall and processor time of one reading. A national export takes 0.4 s."""
AT_ONCE = 2
"""So many files are read at the same time; others wait."""
_ENTRY = "import sys; sys.path += sys.argv[1:3]; from kkb.ingest.child.main import main; sys.exit(main(*sys.argv[3:]))"
_READ_ONLY = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_turns = threading.BoundedSemaphore(AT_ONCE)


@dataclass(frozen=True)
class Sheet:
    """One sheet: its name ('' in a text file) and its rows from the first line on, all cells of a row in order. Every
    cell of a merged range holds the value of the first. `is_text` says that all cells are text, as in a CSV file.
    Characters that cannot be seen are left out of texts (`kkb.teks`); `cleaned` counts the cells that had some."""

    name: str
    rows: Sequence[Sequence[Cell]]
    is_visible: bool = True
    is_text: bool = False
    cleaned: int = 0


def sheets(path: Path) -> list[Sheet]:
    """All sheets of a file, in order. FileError when it cannot be read."""
    with _read(path, "sheets") as answer:
        found: list[tuple[dict[str, Any], list[list[Cell]]]] = []
        for line in answer:
            told = json.loads(line, object_hook=_unmarked, parse_constant=str)
            if isinstance(told, dict):
                found.append(({**told, "cleaned": 0}, []))
            else:
                if b"\\u" in line:  # only then is there a character beyond ASCII, or one of control
                    found[-1][0]["cleaned"] += _clean(told)
                found[-1][1].extend(told)
    return [Sheet(one_line(h["sheet"]), rows, h["visible"], h["text"], h["cleaned"]) for h, rows in found]


@dataclass(frozen=True)
class Reading:
    """A file that is being read: the SHA-256 it had before, and its sheets to come, or the FileError."""

    sha256: str
    book: Future[list[Sheet]]


def begin(path: Path) -> Reading:
    """Begin to read a file, so that something else can be done meanwhile. FileError when it cannot be opened."""
    return Reading(fingerprint(path), sambil.begin(lambda: sheets(path), "berkas"))


def _clean(rows: list[list[Cell]]) -> int:
    """Leave out of the cells what cannot be seen; returns how many had some."""
    count = 0
    for row in rows:
        for place, cell in enumerate(row):
            if isinstance(cell, str) and (text := seen(cell)) != cell:
                row[place] = text
                count += 1
    return count


def fingerprint(path: Path) -> str:
    """SHA-256 of what a file holds, as hexadecimal text. FileError when it cannot be read."""
    with _opened(path) as file:
        return hashlib.sha256(file.read()).hexdigest()


def created(path: Path) -> str | None:
    """The day on which a workbook says it was made (ISO 8601), None when it does not say."""
    try:
        with _read(path, "created") as answer:
            day: str | None = json.loads(answer.read())
    except FileError:
        return None
    return day


@contextmanager
def _read(path: Path, task: str) -> Iterator[IO[bytes]]:
    """What the reading process says of a file. FileError when it cannot read the file or does not come to an end."""
    limits = Limits(MEMORY, MOST_ANSWER, MOST_UNPACKED, SECONDS, MOST_ENTRIES, MOST_SHEETS, MOST_CELLS)
    command = [sys.executable, "-I", "-S", "-c", _ENTRY, str(ROOT), _libraries(), task, json.dumps(asdict(limits))]
    try:
        with _opened(path) as file, TemporaryFile() as answer, TemporaryFile() as complaint, _turns:
            code = subprocess.run(  # noqa: S603
                command, stdin=file, stdout=answer, stderr=complaint, timeout=SECONDS, check=False
            ).returncode
            if code:
                raise _unreadable(path, *_why(*_complaint(code, complaint)))
            answer.seek(0)
            yield answer
    except subprocess.TimeoutExpired as error:
        raise _unreadable(path, *_why("slow")) from error
    except (OSError, ValueError, TypeError, LookupError) as error:
        raise _unreadable(path, *_why("stopped")) from error


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    """A regular file that is not too large; nothing else is opened, since a pipe or a device may never end."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise _unreadable(path, _("bukan berkas biasa"))
        file = os.fdopen(os.open(path, _READ_ONLY), "rb")
    except FileNotFoundError as error:
        raise _unreadable(path, _("tidak ditemukan")) from error
    except PermissionError as error:
        raise _unreadable(path, _("tidak ada izin membacanya")) from error
    except (OSError, ValueError) as error:
        raise _unreadable(path, getattr(error, "strerror", None) or type(error).__name__) from error
    with file:
        about = os.fstat(file.fileno())
        if not stat.S_ISREG(about.st_mode):
            raise _unreadable(path, _("bukan berkas biasa"))
        if about.st_size > MOST_BYTES:
            raise _unreadable(path, _("lebih besar dari {n} MB").format(n=MOST_BYTES // 1_000_000))
        yield file


@cache
def _libraries() -> str:
    """The folder from which the reading process imports the workbook reader."""
    found = find_spec("python_calamine")
    return str(Path(found.origin).parent.parent) if found and found.origin else ""


def _complaint(code: int, complaint: IO[bytes]) -> tuple[str, int | None]:
    """Why the reading process ended with this code: a name that `_why` knows, and the line of the file if it told."""
    size = complaint.seek(0, os.SEEK_END)
    complaint.seek(0)
    told = complaint.read(2_000)
    if code == REFUSED:
        complaint.seek(max(0, size - 2_000))
        reason, row = json.loads(complaint.read().splitlines()[-1])
        return reason, row
    if code == -getattr(signal, "SIGXCPU", 0):
        return "slow", None
    if code == -getattr(signal, "SIGKILL", 0) or b"memory allocation" in told or b"MemoryError" in told:
        return "large", None
    return ("damaged" if code < 0 else "stopped"), None


def _why(reason: str, row: int | None = None) -> tuple[str, str | None]:
    """The reason in words, and what to do about it."""
    table_only = _("Salin tabelnya saja ke buku kerja baru, simpan sebagai xlsx, lalu ulangi.")
    save_again = _("Buka berkas itu di Excel atau LibreOffice, simpan ulang sebagai xlsx, lalu ulangi.")
    mend = _("Perbaiki baris itu, atau simpan tabelnya sebagai xlsx, lalu ulangi.")
    words = {
        "large": (_("isinya terlalu besar setelah dibuka"), table_only),
        "slow": (_("isinya tidak selesai dibaca dalam {n} detik").format(n=SECONDS), table_only),
        "password": (
            _("dilindungi kata sandi"),
            _("Buka berkas itu, hapus kata sandinya, simpan, lalu ulangi."),
        ),
        "damaged": (_("buku kerja rusak"), save_again),
        "xlsb": (_("jenis xlsb tidak didukung"), save_again),
        "nul": (
            _("bukan teks dan bukan buku kerja (karakter NUL pada baris {row})").format(row=row),
            save_again,
        ),
        "no_table": (_("bukan tabel, walaupun namanya seperti tabel"), None),
        "line": (_("baris {row} terlalu panjang").format(row=row), mend),
        "cell": (_("sel pada baris {row} terlalu panjang atau tanda kutipnya tidak ditutup").format(row=row), mend),
        "quote": (_("tanda kutip pada baris {row} tidak ditutup atau salah tempat").format(row=row), mend),
        "disk": (_("ruang penyimpanan sementara penuh"), _("Sediakan ruang penyimpanan di server, lalu ulangi.")),
        "stopped": (
            _("pembaca berkas tidak dapat bekerja"),
            _("Hubungi pengelola server; berkasnya belum tentu salah."),
        ),
    }
    return words[reason]


def _unreadable(path: Path, reason: str, hint: str | None = None) -> FileError:
    return FileError(
        _("Berkas {file} tidak dapat dibaca: {reason}.").format(file=one_line(path.name), reason=reason),
        hint or _("Berikan tabelnya sebagai berkas xlsx, xls, ods, atau CSV."),
    )


def _unmarked(told: dict[str, Any]) -> object:
    """Dates come back from their marks; the head of a sheet stays."""
    if "date" in told:
        return date.fromisoformat(told["date"])
    return datetime.fromisoformat(told["datetime"]) if "datetime" in told else told
