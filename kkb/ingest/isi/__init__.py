"""What the tables that staff bring say, kind by kind: records for our tables, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from kkb.bahasa import _
from kkb.errors import FileError, Problem
from kkb.ingest import match
from kkb.ingest.isi import desa, nilai
from kkb.ingest.isi.pembaca import Reader, shown
from kkb.ingest.match import Matched, Places
from kkb.ingest.tabel import Table
from kkb.teks import short


def read(reader: Reader) -> Mapping[str, pd.DataFrame]:
    """All that the tables say, by table of ours; what is wrong stands in `reader.said`."""
    kind = reader.tables[0].kind
    {
        "nilai": nilai.values,
        "target": nilai.targets,
        "keputusan": desa.decrees,
        "kegiatan": desa.activities,
        "idm": desa.idm,
        "indeks-desa": desa.village_index,
    }[kind](reader)
    return reader.checked()


def unmatched(file: str, table: Table, matched: Matched, known: Places) -> list[Problem]:
    """The rows of this kabupaten that could not be matched, and how to mend each."""
    places = {name: table.columns.get(name) for name in ("kode_desa", "nama_desa", "kecamatan")}
    code, name, district = places["kode_desa"], places["nama_desa"], places["kecamatan"]
    problems = []
    for row, words in matched.wrong.items():
        place = code if code is not None and table.cell(row, code) != "" else name if name is not None else district
        header = table.headers.get(place) if place is not None else None
        value = None if place is None else shown(table.cell(row, place))
        problems.append(Problem(file, table.lines[row], header, value, words, table.sheet))
    for row, near in matched.unknown.items():
        words = _("desa/kelurahan di kabupaten ini")
        if near:
            words = _("desa/kelurahan di kabupaten ini, mungkin {names}").format(
                names=", ".join(known.names[k] for k in near)
            )
        value = " ".join(str(table.cell(row, name)).split()) if name is not None else ""
        if district is not None:
            value = f"{value} ({' '.join(str(table.cell(row, district)).split())})"
        problems.append(Problem(file, table.lines[row], table.headers.get(name or 0), value, words, table.sheet))
    return problems


def other_names(tables: Sequence[Table], matched: Sequence[Matched], known: Places) -> str | None:
    """A sentence on rows whose name is not that of their code; None when there are none."""
    found = []
    for table, match_ in zip(tables, matched, strict=True):
        place = table.columns.get("nama_desa")
        for row, code in match_.codes.items() if place is not None and "kode_desa" in table.columns else ():
            name = " ".join(str(table.cell(row, place)).split()) if place is not None else ""
            if name and code in known.names and not known.is_called(code, name):
                found.append((table.lines[row], name, known.names[code]))
    if not found:
        return None
    line, name, official = found[0]
    return _(
        "Yang dipakai ialah kode desa; namanya berbeda pada {n} baris, misalnya baris {row}: “{name}”, "
        "resminya {official}."
    ).format(n=len(found), row=line, name=name, official=official)


def no_indicator(file: str) -> FileError:
    """A sheet of values that says of nothing what they are values of."""
    return FileError(
        _("Berkas {file} berisi nilai, tetapi tidak menyebut indikatornya.").format(file=file),
        _("Pilih indikatornya, atau tambahkan kolom kode_indikator."),
        command=_("Sebutkan indikatornya dengan --indikator KODE, atau tambahkan kolom kode_indikator."),
    )


def unknown_indicator(code: str) -> FileError:
    """A code that was said and is in no catalogue."""
    return FileError(
        _("Indikator “{code}” tidak ada di katalog.").format(code=short(code)),
        _("Pilih indikator yang ada di katalog."),
        command=_("Kode yang ada tertulis di lembar Indikator; buat dengan `python -m kkb template nilai`."),
    )


def rows_of(table: Table) -> list[match.Row]:
    """How each row of a table names its area."""
    places = {n: table.columns.get(n) for n in ("nama_desa", "kecamatan", "kabupaten", "provinsi")}
    code = table.columns.get("kode_desa")

    def text(row: int, name: str) -> str | None:
        place = places[name]
        return None if place is None else " ".join(str(table.cell(row, place)).split())

    return [
        match.Row(
            None if code is None else table.cell(row, code),
            text(row, "nama_desa"),
            text(row, "kecamatan"),
            text(row, "kabupaten"),
            text(row, "provinsi"),
        )
        for row in range(len(table.rows))
    ]
