"""The two exports of the Kampung KB portal: recognised by their headers, typed, checked cell by cell.

Rows are nationwide or of any area and carry names, not codes: matching them to villages is not done here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kkb.bahasa import _
from kkb.compute.klasifikasi import CLASSES, ITEMS
from kkb.errors import AmbiguousNumberError, FileError, Problem
from kkb.ingest import angka
from kkb.ingest.sheets import Cell, Sheet, sheets
from kkb.schema import is_whole
from kkb.teks import one_line

PLACE = {
    "Kampung KB": "nama_kampung_kb",
    "Provinsi": "provinsi",
    "Kabupaten": "kabupaten",
    "Kecamatan": "kecamatan",
    "Desa": "desa",
}
"""Header -> our name of the columns that say which village a row is."""
SCORES = {
    **dict(
        zip(
            (
                "Input Pokja",
                "Input Sumber Dana",
                "Input Poktan",
                "Input Sarana",
                "Input PKB/PLKB",
                "Proses Penggunaan Data",
                "Proses Operasional",
                "Proses Lintas Sektor",
                "Output Poktan",
                "Output CPR",
                "Output MKJP",
                "Output Unmet Need",
            ),
            ITEMS,
            strict=True,
        )
    ),
    "Index Input": "indeks_input",
    "Index Proses": "indeks_proses",
    "Index Output": "indeks_output",
    "Klasifikasi": "klasifikasi",
}
RECAP = {
    "Jumlah Sumber Dana": "sumber_dana_jumlah",
    "Pokja Pengurusan": "is_pokja_pengurus",
    "Pokja SK": "is_pokja_sk",
    "Pokja Pelatihan": "is_pokja_pelatihan",
    "Pokja Jumlah": "pokja_anggota_jiwa",
    "Pokja Jumlah Terlatih": "pokja_terlatih_jiwa",
    "PLKB Pendamping": "is_plkb_pendamping",
    "Regulasi": "is_regulasi",
    "Regulasi Jumlah": "regulasi_jumlah",
    "RKM": "is_rkm",
    "Penggunaan Data": "is_penggunaan_data",
    "Jumlah Mekanisme Operasional": "mekanisme_operasional_jumlah",
    "Pus": "pus_pasangan",
    "Penduduk": "penduduk_jiwa",
    "Keluarga": "keluarga_kk",
    "Remaja": "remaja_jiwa",
    "Memiliki Balita": "punya_balita_kk",
    "Memiliki Remaja": "punya_remaja_kk",
    "Memiliki Lansia": "punya_lansia_kk",
    "BKB": "bkb_kk",
    "BKR": "bkr_kk",
    "BKL": "bkl_kk",
    "UPPKA": "uppka_kk",
    "PIKR": "pikr_jiwa",
    "IUD": "iud_pasangan",
    "MOW": "mow_pasangan",
    "MOP": "mop_pasangan",
    "Kondom": "kondom_pasangan",
    "Implan": "implan_pasangan",
    "Suntik": "suntik_pasangan",
    "Pil": "pil_pasangan",
    "Hamil": "hamil_pasangan",
    "Anak Segera": "anak_segera_pasangan",
    "Anak Kemudian": "anak_kemudian_pasangan",
    "Tidak Ingin Anak": "tidak_ingin_anak_pasangan",
}
KINDS = {"rekap-klasifikasi": SCORES, "rekap-kampung": RECAP}
MOST = 1_000_000
"""More people, families or couples than this no village has."""
HEADER_WITHIN = 20
"""The header is looked for in so many first rows."""
Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Export:
    """One export: `kind` is a key of KINDS, `table` has the columns of PLACE and of the kind by our names, one row a
    Kampung KB in the order of the file; figures Int64 or Float64 with missing values, flags bool, places as text.
    `lines` says in which line of the file each row stands (the first is 1). `odd` lists cells that can be read but
    cannot be true, such as a negative number of couples; the table has them too.
    """

    kind: str
    file: str
    sheet: str
    table: pd.DataFrame
    lines: tuple[int, ...]
    odd: tuple[Problem, ...]


def read(path: Path) -> Export:
    """Read one export. FileError when it is none, or with every cell that is wrong."""
    name = one_line(path.name)
    found = find(name, sheets(path), None)
    if found is None:
        raise FileError(
            _("Berkas {file} bukan ekspor portal Kampung KB yang dikenal.").format(file=name),
            _(
                "Yang dikenal: rekap-klasifikasi (kolom Input Pokja sampai Klasifikasi) dan rekap-kampung (kolom "
                "Jumlah Sumber Dana sampai Tidak Ingin Anak). Unduh ulang dari portal dan jangan ubah judul kolomnya."
            ),
        )
    return found


def find(name: str, book: Sequence[Sheet], decimals: str | None) -> Export | None:
    """The export in a file called `name`, None when it holds none; `decimals` is a key of `angka.SIGNS`.

    FileError with every cell that is wrong, AmbiguousNumberError with those that may mean two.
    """
    sheet, place = next(((s, p) for s in book if s.is_visible and (p := _header(s))), (None, None))
    if sheet is None or place is None:
        return None
    row, kind = place
    table, odd = _typed(name, sheet, row, kind, decimals)
    return Export(kind, name, sheet.name, table.reset_index(drop=True), tuple(int(n) for n in table.index), tuple(odd))


def _plain(cell: Cell) -> str:
    return " ".join(str(cell).split()).casefold()


def _header(sheet: Sheet) -> tuple[int, str] | None:
    """Place of the header row and the kind it belongs to: most of its columns are there."""
    for place, row in enumerate(sheet.rows[:HEADER_WITHIN]):
        names = {_plain(cell) for cell in row}
        for kind, columns in KINDS.items():
            if sum(_plain(c) in names for c in columns) > len(columns) / 2:
                return place, kind
    return None


def _typed(file: str, sheet: Sheet, header: int, kind: str, decimals: str | None) -> tuple[pd.DataFrame, list[Problem]]:
    wanted = {**PLACE, **KINDS[kind]}
    places = {_plain(cell): n for n, cell in reversed(list(enumerate(sheet.rows[header])))}
    missing = [name for name in wanted if _plain(name) not in places]
    if missing:
        words = _("kolom ini harus ada")
        raise _wrong(file, [Problem(file, header + 1, name, None, words, sheet.name) for name in missing])
    body = sheet.rows[header + 1 :]
    lines = [n for n, row in enumerate(body, header + 2) if any(cell not in ("", None) for cell in row)]
    rows = [body[n - header - 2] for n in lines]
    if not rows:
        raise _wrong(file, [Problem(file, header + 2, None, None, _("sedikitnya satu baris data"), sheet.name)])
    columns = list(zip_longest(*rows, fillvalue=""))
    blank = ("",) * len(rows)
    index = pd.Index(lines)
    table: dict[str, pd.Series] = {}
    problems: list[Problem] = []
    odd: list[Problem] = []
    asked: list[Problem] = []
    for name, ours in wanted.items():
        place = places[_plain(name)]
        cells = pd.Series(columns[place] if place < len(columns) else blank, index=index, dtype=object)
        read = _column(ours)(cells, decimals)
        table[ours] = read.values
        for told, where in ((problems, read.wrong), (odd, read.odd)):
            told += [Problem(file, int(n), name, str(cells[n]), read.allowed, sheet.name) for n in cells.index[where]]
        for n in cells.index[read.asked]:
            asked.append(Problem(file, int(n), name, str(cells[n]), angka.readings(str(cells[n])), sheet.name))
    if asked:
        raise AmbiguousNumberError(file, sorted(asked, key=lambda p: p.row or 0))
    if problems:
        raise _wrong(file, sorted(problems, key=lambda p: p.row or 0))
    return pd.DataFrame(table), sorted(odd, key=lambda p: p.row or 0)


def _wrong(file: str, problems: list[Problem]) -> FileError:
    return FileError(
        _("Berkas {file} tidak dapat dipakai: ada {n} masalah.").format(file=file, n=len(problems)),
        _("Perbaiki sel yang disebutkan atau unduh ulang dari portal, lalu ulangi. Tidak ada yang disimpan."),
        problems,
    )


@dataclass(frozen=True)
class _Read:
    """A typed column; where its cells cannot be read, cannot be true, or may mean two numbers; and what is allowed."""

    values: pd.Series
    wrong: Flags
    odd: Flags
    asked: Flags
    allowed: str


def _column(name: str) -> Callable[[pd.Series, str | None], _Read]:
    if name in PLACE.values():
        return lambda cells, _decimals: _place(cells, blank=name == "nama_kampung_kb")
    if name.startswith("is_"):
        return lambda cells, _decimals: _flag(cells)
    if name == "klasifikasi":
        return lambda cells, _decimals: _class(cells)
    if name.startswith("indeks_"):
        return lambda cells, decimals: _number(cells, decimals, 1, 4, whole=False)
    if name in ITEMS:
        return lambda cells, decimals: _number(cells, decimals, 1, 4, whole=True)
    return _count


def _never(cells: pd.Series) -> Flags:
    return np.zeros(len(cells), dtype=bool)


def _texts(cells: pd.Series, as_read: Callable[[str], str]) -> pd.Series:
    """Cells as texts. Most cells of an export repeat, so each text is looked at once."""
    texts = [str(cell) for cell in cells.tolist()]
    known = {text: as_read(text) for text in set(texts)}
    return pd.Series([known[text] for text in texts], index=cells.index, dtype="str")


def _plain_text(cells: pd.Series) -> pd.Series:
    return _texts(cells, lambda text: text.strip().casefold())


def _place(cells: pd.Series, *, blank: bool) -> _Read:
    texts = _texts(cells, lambda text: " ".join(text.split()))
    odd = _never(cells) if blank else (texts == "").to_numpy()
    return _Read(texts, _never(cells), odd, _never(cells), _("teks, tidak kosong"))


def _flag(cells: pd.Series) -> _Read:
    plain = _plain_text(cells)
    truth = plain.isin(["true", "1", "1.0", "ya"])
    wrong = ~truth & ~plain.isin(["", "false", "0", "0.0", "tidak"])
    return _Read(truth, wrong.to_numpy(), _never(cells), _never(cells), _("TRUE, FALSE, atau kosong"))


def _class(cells: pd.Series) -> _Read:
    plain = _plain_text(cells).replace("paripurna", CLASSES[-1])
    allowed = " | ".join(c.capitalize() for c in CLASSES)
    return _Read(plain, ~plain.isin(CLASSES).to_numpy(), _never(cells), _never(cells), allowed)


def _numbers(cells: pd.Series, limits: angka.Limits, decimals: str | None) -> tuple[Numbers, Flags]:
    """Numbers, NaN where a cell is none; and where a text may mean two."""
    given = cells.tolist()
    kinds = Counter(map(type, given))
    texts, asked = _never(cells), _never(cells)
    if kinds[str] > given.count(""):
        texts = np.array([isinstance(cell, str) and cell != "" for cell in given])
    numbers = pd.to_numeric(cells.mask(texts), errors="coerce").to_numpy(dtype=float, na_value=np.nan).copy()
    if texts.any():
        (read,) = angka.read([cells[texts].tolist()], [limits], decimals)
        numbers[texts] = [np.nan if value is None else value for value in read.values]
        asked[np.flatnonzero(texts)[sorted(read.ambiguous)]] = True
    if kinds[bool]:
        numbers[[isinstance(cell, bool) for cell in given]] = np.nan
    numbers[np.isinf(numbers)] = np.nan
    return numbers, asked


def _number(cells: pd.Series, decimals: str | None, low: int, high: int, *, whole: bool) -> _Read:
    values, asked = _numbers(cells, (low, high), decimals)
    wrong = ~((values >= low) & (values <= high))
    words = _("angka {low} sampai {high}")
    if whole:
        wrong |= ~is_whole(values)
        words = _("bilangan bulat {low} sampai {high}")
    typed = _typed_as("Int64" if whole else "Float64", cells, values, wrong)
    return _Read(typed, wrong & ~asked, _never(cells), asked, words.format(low=low, high=high))


def _count(cells: pd.Series, decimals: str | None) -> _Read:
    values, asked = _numbers(cells, angka.ANY, decimals)
    missing = np.isnan(values)
    wrong = ~missing & ~is_whole(values)
    wrong[missing] = ~_plain_text(cells[missing]).isin(angka.NOTHING).to_numpy()
    odd = ((values < 0) | (values > MOST)) & ~wrong
    allowed = _("bilangan bulat {low} sampai {high}, atau kosong").format(low=0, high=MOST)
    return _Read(_typed_as("Int64", cells, values, wrong), wrong & ~asked, odd, asked, allowed)


def _typed_as(dtype: str, cells: pd.Series, values: Numbers, wrong: Flags) -> pd.Series:
    """Numbers of a column in its type, missing where they are wrong."""
    return pd.Series(np.where(wrong, np.nan, values), index=cells.index, dtype=dtype)
