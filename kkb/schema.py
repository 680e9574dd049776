"""The contract of every fact table: columns, meaning, unit, key and range, each declared once.

A column says what one value is, what may stand there in words, and which values fit. `check` returns every problem of a
table, not only the first; it looks at whole columns, since it runs before every build and every import.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kkb.errors import Problem

VILLAGE = r"^\d{10}$"
DISTRICT = r"^\d{6}$"
REGENCY = r"^\d{4}$"
DATE = r"^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$"
PERIOD = r"^\d{4}(-\d{2}(-\d{2})?)?$"

EXACT = 2.0**53
"""Up to this a float holds every whole number."""
Fits = Callable[[pd.Series], pd.Series]
"""Says of each of some values whether it fits; what it says of blanks does not count."""


@dataclass(frozen=True)
class Column:
    """One column: its type ('str', 'Int64' or 'Float64'), what one value is, what may stand there in words, whether it
    may be blank, and a test that says of each value whether it fits."""

    dtype: str
    meaning: str
    allowed: str
    is_blank_allowed: bool
    fits: Fits


@dataclass(frozen=True)
class Contract:
    """One fact table: its file below the facts folder, what one row is, its key and its columns in order.

    A table that is `brought` has no file: all its rows come with what staff import.
    """

    name: str
    file: str
    one_row: str
    key: tuple[str, ...]
    columns: Mapping[str, Column]
    brought: bool = False

    def empty(self) -> pd.DataFrame:
        """The table without a row, typed."""
        return pd.DataFrame({n: pd.Series(dtype=t) for n, t in self.types.items()})

    @property
    def types(self) -> dict[str, str]:
        """The type of each column as `read` gives it, in order."""
        return {name: column.dtype for name, column in self.columns.items()}


def _column(dtype: str, meaning: str, allowed: str, fits: Fits, *, blank: bool = False) -> Column:
    return Column(dtype, meaning, f"{allowed}, atau kosong" if blank else allowed, blank, fits)


def text(meaning: str, *, blank: bool = False) -> Column:
    """Free text."""
    return _column("str", meaning, "teks", pd.Series.notna, blank=blank)


def code(meaning: str, pattern: str, allowed: str, *, blank: bool = False) -> Column:
    """A code that must match `pattern`."""
    return _column("str", meaning, allowed, lambda values: values.str.match(pattern), blank=blank)


def one_of(meaning: str, values: list[str], *, blank: bool = False) -> Column:
    """One word of a closed list."""
    return _column("str", meaning, " | ".join(values), lambda given: given.isin(values), blank=blank)


def whole(meaning: str, low: int, high: int, *, blank: bool = False) -> Column:
    """A whole number from `low` to `high`, both included."""
    allowed = f"bilangan bulat {low} sampai {high}"
    return _column("Int64", meaning, allowed, lambda values: values.between(low, high), blank=blank)


def number(meaning: str, low: float, high: float, *, blank: bool = False) -> Column:
    """A number from `low` to `high`, both included, with a decimal point."""
    allowed = f"angka {low:g} sampai {high:g} dengan titik desimal"
    return _column("Float64", meaning, allowed, lambda values: values.between(low, high), blank=blank)


def flag(meaning: str) -> Column:
    """true, or blank: the portal writes only what is so."""
    return one_of(meaning, ["true"], blank=True)


def date(meaning: str, *, blank: bool = False) -> Column:
    """A day, ISO 8601."""
    return code(meaning, DATE, "tanggal TTTT-BB-HH", blank=blank)


def period(meaning: str, *, blank: bool = False) -> Column:
    """A year, a month or a day, ISO 8601: no more exact than the source."""
    return code(meaning, PERIOD, "TTTT, TTTT-BB, atau TTTT-BB-HH", blank=blank)


def village_code() -> Column:
    """The Kemendagri code of a village."""
    return code("kode desa/kelurahan Kemendagri", VILLAGE, "10 angka tanpa titik")


def read(folder: Path, contract: Contract) -> pd.DataFrame:
    """The table as text, one row a line of the file; blanks are missing. OSError if the file cannot be read."""
    return pd.read_csv(folder / contract.file, dtype="str", keep_default_na=False, na_values=[""], encoding="utf-8")


def check(contract: Contract, raw: pd.DataFrame) -> tuple[pd.DataFrame, list[Problem]]:
    """Type and check one table read by `read`.

    Returns the typed table and all its problems; the table is only fit for use when there are none. Cells that
    cannot be read as their type are reported and then blanked, so that one bad cell hides no other.
    """
    wanted = list(contract.columns)
    problems = [
        Problem(contract.file, 1, name, None, "kolom ini harus ada") for name in wanted if name not in raw.columns
    ] + [
        Problem(contract.file, 1, str(name), None, "kolom ini tidak dikenal; hapus")
        for name in raw.columns
        if name not in wanted
    ]
    if problems:
        return raw, problems
    typed, broken = _typed(contract, raw)
    wrong = {(row, name) for name, column in contract.columns.items() for row in _unfit(typed[name], column)}
    problems = [_problem(contract, raw, row, name) for row, name in sorted(wrong | broken)]
    problems += _duplicates(contract, raw)
    return typed, sorted(problems, key=lambda p: (p.row or 0, p.column or ""))


def _unfit(values: pd.Series, column: Column) -> list[int]:
    """The rows with a value that does not fit, or with a blank where none may be; the first has the number 2."""
    given = values.notna().to_numpy()
    fit = given & column.fits(values).to_numpy(dtype=bool, na_value=False)
    return [int(n) + 2 for n in np.flatnonzero(given & ~fit if column.is_blank_allowed else ~fit)]


def _problem(contract: Contract, raw: pd.DataFrame, row: int, column: str) -> Problem:
    value = raw[column].iloc[row - 2]
    shown = "" if pd.isna(value) else str(value)
    return Problem(contract.file, row, column, shown, contract.columns[column].allowed)


def is_whole(values: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which numbers are whole and small enough that a float holds each such number; no others fit an Int64 column."""
    whole: NDArray[np.bool_] = (np.floor(values) == values) & (np.abs(values) <= EXACT)
    return whole


def _typed(contract: Contract, raw: pd.DataFrame) -> tuple[pd.DataFrame, set[tuple[int, str]]]:
    """The typed table, and the rows (the first is 2) and columns of cells that cannot be read as their type."""
    typed = raw.copy()
    found: set[tuple[int, str]] = set()
    for name, column in contract.columns.items():
        if column.dtype == "str":
            continue
        values = pd.to_numeric(raw[name], errors="coerce").to_numpy(dtype=float, na_value=np.nan)
        broken = np.isnan(values) & raw[name].notna().to_numpy()
        if column.dtype == "Int64":
            broken |= ~np.isnan(values) & ~is_whole(values)
        found |= {(int(str(i)) + 2, name) for i in raw.index[broken]}
        typed[name] = pd.Series(np.where(broken, np.nan, values), index=raw.index, dtype=column.dtype)
    return typed, found


def _duplicates(contract: Contract, raw: pd.DataFrame) -> list[Problem]:
    key = list(contract.key)
    return [
        Problem(
            contract.file,
            int(str(i)) + 2,
            ", ".join(key),
            ", ".join(str(v) for v in raw.loc[i, key]),
            "satu baris saja untuk tiap kunci",
        )
        for i in raw.index[raw.duplicated(key)]
    ]
