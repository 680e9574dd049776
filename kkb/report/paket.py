"""The files of a meeting: what kinds there are, how they are named, and who writes them."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from kkb.bahasa import _
from kkb.rapat.agenda import slug

if TYPE_CHECKING:  # the command line names the kinds long before it needs tables
    from kkb.rapat.lembar import Pack, Progress


@dataclass(frozen=True)
class Kind:
    """One kind of file: what it is called, the end of its name, its media type, and the module whose
    `write(pack, progress)` makes it.

    Files for the hall follow the agenda; an `is_data` file has every sheet, also those the talk leaves out.
    """

    name: str
    extension: str
    mime: str
    module: str
    is_data: bool = False


_OFFICE = "application/vnd.openxmlformats-officedocument"
KINDS = {
    "html": Kind("HTML", "html", "text/html", "satu"),
    "pptx": Kind("PPTX", "pptx", f"{_OFFICE}.presentationml.presentation", "salindia"),
    "pdf": Kind("PDF", "pdf", "application/pdf", "dokumen"),
    "xlsx": Kind("XLSX", "xlsx", f"{_OFFICE}.spreadsheetml.sheet", "buku", True),
    "geojson": Kind("GeoJSON", "geojson", "application/geo+json", "geo", True),
    "png": Kind("PNG", "png.zip", "application/zip", "gambar"),
    "naskah": Kind("TXT", "txt", "text/plain", "arahan"),
}
"""Kind of file by name, in the order they are offered."""


def label(kind: str) -> str:
    """What a kind of file is for, in a few words."""
    return {
        "html": _("Rapat dalam satu berkas HTML, untuk USB"),
        "pptx": _("Salindia PPTX, dapat disunting"),
        "pdf": _("Laporan PDF, siap cetak"),
        "xlsx": _("Tabel XLSX"),
        "geojson": _("Peta GeoJSON"),
        "png": _("Peta dan grafik PNG"),
        "naskah": _("Naskah TXT, tiga panjang"),
    }[kind]


def stem(pack: Pack) -> str:
    """How the name of every file of a pack begins: 'kampung-kb_tabalong_2023-08-28_0868cbc9'."""
    area = slug(pack.area_name if pack.area else pack.regency)
    return f"kampung-kb_{area}_{pack.period}_{pack.seal}"


def file_name(pack: Pack, kind: str) -> str:
    """The name of one file of a pack."""
    return f"{stem(pack)}.{KINDS[kind].extension}"


def write(pack: Pack, kind: str, progress: Progress) -> bytes:
    """One file. Its writer is imported only now, since some writers bring much with them."""
    if KINDS[kind].is_data:
        pack = replace(pack, sheets=(*pack.sheets, *pack.aside), aside=())
    made: bytes = import_module(f"kkb.report.{KINDS[kind].module}").write(pack, progress)
    return made


def bundle(files: Iterable[Path], target: Path) -> None:
    """All files in one ZIP, stored as they are: most are compressed already."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as whole:
        for path in files:
            whole.write(path, path.name)
