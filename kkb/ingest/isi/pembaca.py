"""Reads the tables of one file that are of one kind: cells as figures and texts, and all there is to tell of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import pandas as pd

from kkb.bahasa import _
from kkb.contracts import BY_NAME
from kkb.errors import AmbiguousNumberError, Problem
from kkb.ingest import angka
from kkb.ingest.angka import Numbers
from kkb.ingest.jenis import DIMENSIONS, label
from kkb.ingest.match import Matched, Places
from kkb.ingest.pilihan import Choices
from kkb.ingest.sheets import Cell
from kkb.ingest.tabel import Table
from kkb.schema import check

YES = frozenset({"ya", "y", "1", "true", "ada", "sudah", "v", "x"})
NO = frozenset({"tidak", "t", "0", "false", "tidakada", "belum", "bukan"})
NUMBERS = {
    "nilai": ("nilai", "pembilang", "penyebut"),
    "target": ("target",),
    "kegiatan": ("anggaran_rp", "peserta_jiwa"),
    "indeks-desa": (*DIMENSIONS, "skor"),
    "idm": (),
    "keputusan": (),
}
"""Columns with figures, by kind."""
LONGEST = 300
"""Characters of a text that is kept."""
_BOUNDS = {"idm": (0.0, 1.0), "indeks-desa": (0.0, 100.0)}


@dataclass
class Said:
    """What was found: records by table with the place each came from, and all that is to be told."""

    records: dict[str, list[Mapping[str, object]]] = field(default_factory=dict)
    places: dict[str, list[tuple[Table, int]]] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    blank: int = 0


class Reader:
    """Reads the tables of one file that are of one kind."""

    def __init__(
        self,
        file: str,
        tables: Sequence[Table],
        matched: Sequence[Matched],
        known: Places,
        facts: Mapping[str, pd.DataFrame],
        choices: Choices,
    ) -> None:
        self.file, self.tables, self.matched, self.known = file, tables, matched, known
        self.facts, self.choices = facts, choices
        self.indicators = facts["indikator"].set_index("kode_indikator")
        self.by_label = indicator_labels(facts)
        self.said = Said()
        self.numbers = self._numbers()

    def _numbers(self) -> dict[tuple[int, int], Numbers]:
        """Figures of the matched rows, by table and place of the column. AmbiguousNumberError when one may mean two."""
        keys, columns, bounds = [], [], []
        for n, table in enumerate(self.tables):
            wanted = [table.columns[c] for c in NUMBERS[table.kind] if c in table.columns] + list(table.wide)
            wanted += [place for place, (name, _year) in table.idm.items() if name != "status"]
            for place in wanted:
                keys.append((n, place))
                rows = range(len(table.rows))
                columns.append([table.cell(r, place) if r in self.matched[n].codes else "" for r in rows])
                bounds.append(self._bounds(table, place))
        found = angka.read(columns, bounds, self.choices.decimals)
        asked = [
            self._problem(self.tables[n], row, place, angka.readings(str(columns[k][row])))
            for k, (n, place) in enumerate(keys)
            for row in sorted(found[k].ambiguous)
        ]
        if asked:
            raise AmbiguousNumberError(self.file, asked)
        return dict(zip(keys, found, strict=True))

    def _bounds(self, table: Table, place: int) -> angka.Limits:
        """The least and the most one column can hold, as far as it is about one thing."""
        if table.kind in _BOUNDS:
            return _BOUNDS[table.kind]
        said = table.wide.get(place, ("", ""))[0] or self.choices.indicator
        values = {table.columns.get("nilai"), table.columns.get("target"), *table.wide}
        if not said or "kode_indikator" in table.columns or place not in values:
            return angka.ANY
        return limits(str(self.indicators.loc[said, "satuan"]))

    def _problem(self, table: Table, row: int, place: int | None, allowed: str) -> Problem:
        header = table.headers.get(place) if place is not None else None
        value = None if place is None else shown(table.cell(row, place))
        return Problem(self.file, table.lines[row], header, value, allowed, table.sheet)

    def wrong(self, table: Table, row: int, name: str | int, allowed: str) -> None:
        """Tell that a cell, by our name of its column or its place, cannot be used."""
        place = table.columns.get(name) if isinstance(name, str) else name
        self.said.problems.append(self._problem(table, row, place, allowed))

    def odd(self, table: Table, row: int, name: str | int, expected: str) -> None:
        """Tell that a cell can be read but needs a look."""
        place = table.columns.get(name) if isinstance(name, str) else name
        self.said.warnings.append(self._problem(table, row, place, expected))

    def number(self, table: Table, row: int, name: str | int, low: float, high: float) -> float | None:
        """A figure within limits; None when blank or wrong, and the latter is told."""
        place = table.columns.get(name) if isinstance(name, str) else name
        if place is None:
            return None
        numbers = self.numbers[self.tables.index(table), place]
        value = numbers.values[row]
        allowed = _("angka {low} sampai {high}, atau kosong").format(low=angka.plain(low), high=angka.plain(high))
        if row in numbers.mixed:
            allowed = _("satu cara menulis desimal di seluruh berkas, koma atau titik")
            self.wrong(table, row, place, allowed)
        elif row in numbers.wrong and str(table.cell(row, place)).startswith("#"):
            self.wrong(table, row, place, _("{allowed}; rumus di sel ini galat").format(allowed=allowed))
        elif row in numbers.wrong or (value is not None and not low <= value <= high):
            self.wrong(table, row, place, allowed)
            value = None
        return value

    def text(self, table: Table, row: int, name: str) -> str:
        """A cell as text on one line, '' when blank or not there."""
        place = table.columns.get(name)
        if place is None:
            return ""
        value = table.cell(row, place)
        if isinstance(value, float) and value % 1 == 0:
            value = int(value)
        text = " ".join(str(value).split())
        return "" if text.casefold() in angka.NOTHING else text

    def words(self, table: Table, row: int, name: str) -> str:
        """A cell to keep as text; what is longer than LONGEST is cut, and that is told."""
        text = self.text(table, row, name)
        if len(text) > LONGEST:
            self.odd(table, row, name, _("paling banyak {n} karakter; sisanya tidak disimpan").format(n=LONGEST))
        return text[:LONGEST]

    def source(self, table: Table, row: int) -> str:
        """Whom a figure is from: the cell, what was said of the file, or else the file's own name."""
        return self.words(table, row, "sumber") or self.choices.source or f"berkas {self.file}"

    def rows(self) -> Iterable[tuple[Table, int, str]]:
        """Every matched row: its table, its place, the code of its area."""
        for table, matched in zip(self.tables, self.matched, strict=True):
            for row, area in matched.codes.items():
                yield table, row, area

    def add(self, name: str, record: Mapping[str, object], table: Table, row: int) -> None:
        """One record for one of our tables."""
        self.said.records.setdefault(name, []).append(record)
        self.said.places.setdefault(name, []).append((table, row))

    def checked(self) -> dict[str, pd.DataFrame]:
        """The records by table, held against the contracts; what breaks them is told at its cell."""
        made = {}
        for name, records in self.said.records.items():
            contract = BY_NAME[name]
            columns = [str(c) for c in contract.columns]
            raw = pd.DataFrame(records, columns=columns)
            texts = pd.DataFrame({c: [as_text(v) for v in raw[c]] for c in columns}, dtype="str")
            made[name], wrong = check(contract, texts.mask(texts == ""))
            key = list(contract.key)
            same = list(texts[key].itertuples(index=False, name=None))
            for p in wrong:
                n = (p.row or 2) - 2
                table, row = self.said.places[name][n]
                if p.column == ", ".join(key):
                    self._twice(table, row, *self.said.places[name][same.index(same[n])])
                    continue
                place = table.columns.get(p.column or "")
                told = self._problem(table, row, place, p.allowed)
                self.said.problems.append(told if place is not None else replace(told, column=p.column, value=p.value))
        return made

    def _twice(self, table: Table, row: int, other: Table, before: int) -> None:
        """Tell that a row is about what an earlier one has told already."""
        line = _("baris {row}").format(row=other.lines[before])
        where = line if other.sheet == table.sheet else _("lembar {sheet}").format(sheet=other.sheet) + f" {line}"
        words = _("satu baris saja untuk hal yang sama; sudah ada pada {where}, hapus salah satu").format(where=where)
        self.wrong(table, row, next(n for n in ("kode_desa", "nama_desa", "kecamatan") if n in table.columns), words)


def shown(cell: Cell) -> str:
    """A cell as a spreadsheet shows it here: decimal comma, whole numbers without one, TRUE and FALSE, day first."""
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float):
        return angka.plain(cell)
    return f"{cell:%d/%m/%Y}" if isinstance(cell, date) else str(cell)


def indicator_labels(facts: Mapping[str, pd.DataFrame]) -> dict[str, str]:
    """Codes and names of indicators as headers write them -> the code."""
    table = facts["indikator"]
    codes = dict(zip(table["nama"].map(label), table["kode_indikator"], strict=True))
    return codes | {label(c): str(c) for c in table["kode_indikator"]}


def as_text(value: object) -> str:
    """A cell for a contract: numbers as exact as they are, '' when missing."""
    if value is None or (isinstance(value, float) and value != value):
        return ""
    return repr(value) if isinstance(value, float) else str(value)


def limits(unit: str) -> tuple[float, float]:
    """The least and the most a figure of a unit can be."""
    return {
        "%": (0, 100),
        "% BABS": (0, 100),
        "indeks 0–100": (0, 100),
        "indeks 0–1": (0, 1),
        "skor 1–4": (1, 4),
        "skor 1–3": (1, 3),
    }.get(unit, (0, 1_000_000))
