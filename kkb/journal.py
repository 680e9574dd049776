"""The append-only journal of what staff brought: `jurnal.jsonl` in the data folder, one JSON object a line.

An entry either brings a file in (`aksi` impor) or takes an earlier entry back (`aksi` batal, `membatalkan` its number).
Nothing is ever changed or deleted: taking back a taking-back restores what it took.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from kkb import buku
from kkb.bahasa import _
from kkb.errors import StoreError

FILE = "jurnal.jsonl"
UPLOADS = "unggahan"


@dataclass(frozen=True)
class Entry:
    """One line. `nomor` counts from 1; `saat` is when (ISO 8601, UTC), `oleh` who.

    For an import: `sha256` names the stored file, `berkas` is the name it came with, `jenis` the kind of content, `per`
    the date of its data (ISO 8601), `koreksi` whether it changed figures already published, `catatan` a note, `opsi`
    what was said of how to read it (see `ingest.pilihan`).
    For a taking-back: `membatalkan` is the number of the entry, everything about a file is ''.
    """

    nomor: int
    saat: str
    oleh: str
    aksi: str
    sha256: str = ""
    berkas: str = ""
    jenis: str = ""
    per: str = ""
    koreksi: bool = False
    catatan: str = ""
    membatalkan: int | None = None
    opsi: Mapping[str, Any] = field(default_factory=dict)


def entries(folder: Path) -> tuple[Entry, ...]:
    """All entries, oldest first; none when the file is not there. StoreError names the line that cannot be read."""
    return buku.read(folder / FILE, Entry, _unreadable, _sound)


def _sound(entry: Entry) -> None:
    datetime.fromisoformat(entry.saat)
    if not isinstance(entry.opsi.get("names", {}), Mapping):
        raise ValueError("names")


def _unreadable(row: int) -> StoreError:
    return StoreError(
        _("Jurnal {name} baris {row} tidak dapat dibaca.").format(name=FILE, row=row),
        _("Pulihkan berkas jurnal dari cadangan; baris jurnal tidak boleh diubah."),
    )


def standing(all_entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """The entries that were not taken back, oldest first."""
    taken_back: set[int] = set()
    found = []
    for entry in reversed(all_entries):
        if entry.nomor not in taken_back:
            found.append(entry)
            if entry.membatalkan is not None:
                taken_back.add(entry.membatalkan)
    return tuple(reversed(found))


def in_force(all_entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """The imports that were not taken back, oldest first."""
    return tuple(e for e in standing(all_entries) if e.aksi == "impor")


def names_chosen(all_entries: Sequence[Entry]) -> dict[str, str]:
    """Names as written -> the village code chosen for them ('' to set them aside), remembered from imports in force."""
    return {name: code for e in in_force(all_entries) for name, code in e.opsi.get("names", {}).items()}


def line_of(entry: Entry) -> str:
    """The entry as a line of the journal, with its end."""
    return buku.line_of(asdict(entry))


def content(folder: Path, adding: Entry | None = None) -> bytes:
    """The journal as it is, or as it will be with one more entry at its end."""
    return buku.content(folder / FILE, line_of(adding) if adding else "")


def append(folder: Path, entry: Entry) -> None:
    """Write one entry at the end, whole or not at all, and wait until it is on disk."""
    buku.append(folder / FILE, line_of(entry))


def upload_path(folder: Path, sha256: str) -> Path:
    """Where a file that was brought is kept, unchanged."""
    return folder / UPLOADS / sha256
