"""Every error a user may see, in one tree.

KkbError            message says what is wrong, hint says what to do, on a page or at the command line
├── FactError       a fact file breaks its contract; carries one Problem per cell
├── NotBuiltError   there is no warehouse yet
├── EmptyError      the warehouse has no date of Kampung KB data
├── StoreError      a warehouse or a book cannot be read or written
├── EntryError      what was typed in cannot be written down
└── FileError       a file that staff brought cannot be read or used; carries one Problem per cell
    └── AmbiguousNumberError  cells that may mean two numbers, until the decimal sign is said
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kkb.bahasa import _
from kkb.teks import short


@dataclass(frozen=True)
class Problem:
    """One thing wrong in one file.

    `row` is the line number in the file (the header is line 1), None when the whole file or column is meant.
    `value` is the text as it stands in the file, None when there is no cell to show. `sheet` is '' in a text file.
    """

    file: str
    row: int | None
    column: str | None
    value: str | None
    allowed: str
    sheet: str = ""

    def __str__(self) -> str:
        place = [_("berkas {file}").format(file=self.file)]
        if self.sheet:
            place.append(_("lembar {sheet}").format(sheet=self.sheet))
        if self.row is not None:
            place.append(_("baris {row}").format(row=self.row))
        if self.column is not None:
            place.append(_("kolom {column}").format(column=self.column))
        found = "" if self.value is None else _("tertulis “{value}”; ").format(value=short(self.value))
        return f"{', '.join(place)}: {found}" + _("yang diperbolehkan: {allowed}").format(allowed=self.allowed)


class KkbError(Exception):
    """Base of all errors meant for users.

    `hint` says what to do on a page, `command` what to do at the command line, where that is something else. `str()`,
    which the command line prints, gives the message and then the latter.
    """

    def __init__(self, message: str, hint: str, command: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.command = command or hint

    def __str__(self) -> str:
        return f"{self.message}\n{self.command}"


class FactError(KkbError):
    """Fact files that break their contract. `problems` lists all of them, not only the first."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(
            _("Data tidak dapat dibangun: ada {n} masalah.").format(n=len(problems)),
            _(
                "Perbaiki yang disebutkan lalu ulangi, atau hubungi pengelola server. Versi yang sedang ditampilkan "
                "tidak berubah."
            ),
            _(
                "Perbaiki sel yang disebutkan, lalu jalankan lagi `python -m kkb build`. "
                "Versi yang sedang ditampilkan tidak berubah."
            ),
        )
        self.problems = tuple(problems)

    def __str__(self) -> str:
        return "\n".join([self.message, *(f"  - {p}" for p in self.problems), self.command])


class NotBuiltError(KkbError):
    """No version has been published in the data folder."""

    def __init__(self) -> None:
        super().__init__(
            _("Data belum dibangun sehingga belum ada angka yang dapat ditampilkan."),
            _("Pengelola server: jalankan `make run`, atau `python -m kkb build`, lalu muat ulang halaman ini."),
            _("Jalankan `make run`, atau `python -m kkb build`."),
        )


class EmptyError(KkbError):
    """The warehouse has no classification date, so no page about Kampung KB can show anything."""

    def __init__(self) -> None:
        super().__init__(
            _("Belum ada tanggal data Kampung KB sehingga halaman ini belum dapat menampilkan apa pun."),
            _("Hubungi pengelola server: ekspor rekap klasifikasi dari portal belum ada dalam data."),
            _("Isi kampung_kb_klasifikasi.csv dari ekspor portal, lalu jalankan `python -m kkb build`."),
        )


class StoreError(KkbError):
    """A version or a book cannot be opened, read or written."""


SHOWN = 40
"""So many problems of a brought file are printed; the rest is counted."""


class FileError(KkbError):
    """A file that staff brought cannot be read or used. `problems` lists every wrong cell."""

    def __init__(
        self, message: str, hint: str, problems: Sequence[Problem] = (), *, command: str | None = None
    ) -> None:
        super().__init__(message, hint, command)
        self.problems = tuple(problems)

    def __str__(self) -> str:
        lines = [self.message, *(f"  - {p}" for p in self.problems[:SHOWN])]
        if len(self.problems) > SHOWN:
            lines.append(_("  … dan {n} masalah lainnya").format(n=len(self.problems) - SHOWN))
        return "\n".join([*lines, self.command])


class AmbiguousNumberError(FileError):
    """Cells such as '1.234' that may mean two numbers; each Problem says what it would be either way."""

    def __init__(self, file: str, problems: Sequence[Problem]) -> None:
        super().__init__(
            _("Berkas {file}: {n} angka dapat dibaca dengan dua cara.").format(file=file, n=len(problems)),
            _("Pilih tanda desimal berkas ini, koma atau titik, lalu periksa lagi."),
            problems,
            command=_("Sebutkan tanda desimal berkas ini dengan --desimal koma atau --desimal titik, lalu ulangi."),
        )


class EntryError(KkbError):
    """What was typed in cannot be written down."""
