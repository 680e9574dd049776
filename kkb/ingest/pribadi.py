"""Data of persons never get in: a file that looks as if it held some is refused, or, where the list is a known one,
summed up to the village first. What is kept then is the sum; the list itself is never stored.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kkb.bahasa import _
from kkb.errors import FileError, Problem
from kkb.ingest import match, waktu
from kkb.ingest.jenis import label
from kkb.ingest.match import Places
from kkb.ingest.sheets import Cell, Sheet

_WITHIN = 20
"""Headers are looked for in so many first rows."""
_STRONG = re.compile(
    r"nik|nik(anak|ibu|balita|istri|suami|kepalakeluarga|ortu|orangtua|pus)|nomorindukkependudukan"
    r"|(no|nomor)(nik|kk|kartukeluarga|keluarga|kia|bpjs|hp|wa|whatsapp|telp|telepon|tlp|handphone|ponsel|rekening)"
    r"|hp|telp|telepon|handphone|ponsel|whatsapp|(tgl|tanggal)(lahir|kelahiran)|tempattanggallahir|ttl"
    r"|nama(lengkap|anak|balita|bayi|ibu|ayah|ortu|orangtua|istri|suami|kepalakeluarga|kk|pus|bumil|peserta|kader|lansia"
    r"|remaja|penerima|warga|penduduk|orang|responden|siswa|pasien|catin|akseptor)(kandung)?"
)
"""Headers, as `label` writes them, of columns about one person or family."""
_WEAK = re.compile(r"nama|alamat(lengkap|rumah|tinggal|domisili|ktp)?|email|surel")
"""Headers that are so only beside one of those."""
_ID = re.compile(r"\d{6}([0-6]\d|7[01])(0[1-9]|1[0-2])\d{2}\d{4}")
"""A NIK: area, day of birth (plus 40 for women), month, year, counter. A family card number looks the same."""
_PHONE = re.compile(r"(\+?62|0)8\d{8,11}")

WEIGHING = ("tbu", "tanggalpengukuran", "desakel")
"""Headers that tell a list of weighed children (e-PPGBM)."""
STUNTED = {"sangatpendek": True, "pendek": True, "normal": False, "tinggi": False}
"""Length for age as e-PPGBM writes it -> whether the child is stunted."""
INDICATOR = "ST02"


@dataclass(frozen=True)
class Summary:
    """A known list of persons summed up to the village: `rows` as a table of kind nilai, its header first; `read` rows
    of persons, of which `matched` live here and `outside` elsewhere; `problems` are those that could not be counted."""

    rows: tuple[tuple[str, ...], ...]
    read: int
    matched: int
    outside: int
    problems: tuple[Problem, ...]


def check(file: str, book: Sequence[Sheet]) -> None:
    """FileError when a sheet, hidden ones too, looks as if it held data of persons. Cells are counted, never shown."""
    problems = [
        Problem(file, row, header, None, words, sheet.name)
        for sheet in book
        for row, header, words in [*_headers(sheet), *_values(sheet)]
    ]
    if problems:
        raise FileError(
            _("Berkas {file} memuat data pribadi dan tidak diterima.").format(file=file),
            _(
                "Hapus kolom yang disebutkan, atau jumlahkan dahulu per desa/kelurahan, lalu ulangi. Tidak ada yang "
                "disimpan."
            ),
            problems,
        )


def _headers(sheet: Sheet) -> list[tuple[int, str, str]]:
    for n, row in enumerate(sheet.rows[:_WITHIN], 1):
        texts = [(label(c), " ".join(str(c).split())) for c in row if isinstance(c, str) and len(c) < 60]
        strong = [t for lab, t in texts if _STRONG.fullmatch(lab)]
        if strong:
            weak = [t for lab, t in texts if _WEAK.fullmatch(lab)]
            return [(n, t, _("tanpa kolom tentang orang atau keluarga")) for t in dict.fromkeys([*strong, *weak])]
    return []


def _values(sheet: Sheet) -> list[tuple[int, str, str]]:
    # Most cells of an export repeat, so each value is looked at once (0.05 instead of 0.11 s for the nation).
    personal = {cell for cell in set().union(*sheet.rows) if _is_personal(cell)}
    if not personal:
        return []
    seen: dict[int, list[int]] = {}
    for n, row in enumerate(sheet.rows, 1):
        for place, cell in enumerate(row):
            if cell in personal:
                seen.setdefault(place, []).append(n)
    return [
        (
            rows[0],
            _("ke-{n}").format(n=place + 1),
            _("tanpa NIK, nomor KK, atau nomor telepon (ada {n} sel)").format(n=len(rows)),
        )
        for place, rows in seen.items()
    ]


def _is_personal(cell: Cell) -> bool:
    if isinstance(cell, str):
        if len(cell) < 10:
            return False
        text = re.sub(r"[\s'.-]", "", cell)
        return bool(_ID.fullmatch(text) or _PHONE.fullmatch(text))
    return isinstance(cell, int | float) and 1e15 <= cell < 1e16 and bool(_ID.fullmatch(f"{cell:.0f}"))


def mentioned(text: str) -> bool:
    """Whether a sentence holds a NIK, a family card number or a telephone number."""
    numbers = re.findall(r"\+?\d(?:[\s'.-]?\d)*", text)
    return any(_is_personal(n) for n in numbers)


def weighing(sheet: Sheet) -> tuple[int, Mapping[str, int]] | None:
    """Place of the header of a list of weighed children and of its columns, None when the sheet is none."""
    for n, row in enumerate(sheet.rows[:_WITHIN]):
        columns = {label(c): place for place, c in reversed(list(enumerate(row))) if isinstance(c, str)}
        if all(w in columns for w in WEIGHING):
            return n, columns
    return None


def summary(file: str, sheet: Sheet, header: int, columns: Mapping[str, int], known: Places, source: str) -> Summary:
    """Children measured and stunted, per village and month; of several measurements in a month the last counts."""
    lines = [n for n, row in enumerate(sheet.rows[header + 1 :], header + 2) if any(c not in ("", None) for c in row)]

    def cell(line: int, name: str) -> Cell:
        row, place = sheet.rows[line - 1], columns.get(name)
        return row[place] if place is not None and place < len(row) else ""

    def text(line: int, name: str) -> str | None:
        return " ".join(str(cell(line, name)).split()) if name in columns else None

    found = match.match(
        [match.Row(None, text(n, "desakel"), text(n, "kec"), text(n, "kabkota"), text(n, "prov")) for n in lines], known
    )
    problems = [
        Problem(
            file, lines[row], "Desa/Kel", text(lines[row], "desakel"), _("desa/kelurahan di kabupaten ini"), sheet.name
        )
        for row in sorted({*found.unknown, *found.wrong})
    ]
    last: dict[tuple[str, str, object], tuple[str, bool]] = {}
    for row, village in found.codes.items():
        line = lines[row]
        day, word = waktu.day(cell(line, "tanggalpengukuran")), label(cell(line, "tbu"))
        if word == "":
            continue
        if day is None or word not in STUNTED:
            header_text = "Tanggal Pengukuran" if day is None else "TB/U"
            words = _("tanggal") if day is None else _("Sangat Pendek, Pendek, Normal, atau Tinggi")
            problems.append(Problem(file, line, header_text, None, words, sheet.name))
            continue
        who = (village, day[:7], text(line, "nik") or row)
        if who not in last or last[who][0] <= day:
            last[who] = (day, STUNTED[word])
    counts: dict[tuple[str, str], list[bool]] = {}
    for (village, month, _who), (_day, stunted) in last.items():
        counts.setdefault((village, month), []).append(stunted)
    head = ("kode_desa", "kode_indikator", "periode", "nilai", "pembilang", "penyebut", "sumber")
    rows = [
        (village, INDICATOR, month, "", str(sum(all_)), str(len(all_)), source)
        for (village, month), all_ in sorted(counts.items())
    ]
    return Summary((head, *rows), len(lines), len(found.codes), len(found.outside), tuple(problems))
