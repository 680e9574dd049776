"""The contract of every fact table: columns, meaning, unit, key and range, each declared once.

A contract is a pandera schema whose columns carry `meaning` (what one value is) and `allowed` (what may stand
there, in words). `check` returns every problem of a table, not only the first. From the same declarations come the
checks of the build and the data dictionary in `/metodologi`.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pandera.pandas as pa

from kkb.errors import Problem

VILLAGE = r"^\d{10}$"
DISTRICT = r"^\d{6}$"
REGENCY = r"^\d{4}$"
DATE = r"^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$"
PERIOD = r"^\d{4}(-\d{2}(-\d{2})?)?$"


@dataclass(frozen=True)
class Contract:
    """One fact table: its file below the facts folder, what one row is, its key and its pandera schema.

    A table that is `brought` has no file: all its rows come with what staff import.
    """

    name: str
    file: str
    one_row: str
    key: tuple[str, ...]
    schema: pa.DataFrameSchema
    brought: bool = False

    def empty(self) -> pd.DataFrame:
        """The table without a row, typed."""
        return pd.DataFrame({n: pd.Series(dtype=t) for n, t in self.types.items()})

    @property
    def types(self) -> dict[str, str]:
        """The type of each column as `read` gives it, in order. Pandas has two kinds of text, which compare unlike."""
        types = {str(n): str(c.dtype) for n, c in self.schema.columns.items()}
        return {n: "str" if t.startswith("string") else t for n, t in types.items()}


def _column(dtype: str, meaning: str, allowed: str, *checks: pa.Check, blank: bool = False) -> pa.Column:
    words = f"{allowed}, atau kosong" if blank else allowed
    return pa.Column(
        dtype,
        list(checks),
        nullable=blank,
        coerce=dtype != "str",
        metadata={"meaning": meaning, "allowed": words},
    )


def text(meaning: str, *, blank: bool = False) -> pa.Column:
    """Free text."""
    return _column("str", meaning, "teks", blank=blank)


def code(meaning: str, pattern: str, allowed: str, *, blank: bool = False) -> pa.Column:
    """A code that must match `pattern`."""
    return _column("str", meaning, allowed, pa.Check.str_matches(pattern), blank=blank)


def one_of(meaning: str, values: list[str], *, blank: bool = False) -> pa.Column:
    """One word of a closed list."""
    return _column("str", meaning, " | ".join(values), pa.Check.isin(values), blank=blank)


def whole(meaning: str, low: int, high: int, *, blank: bool = False) -> pa.Column:
    """A whole number from `low` to `high`, both included."""
    allowed = f"bilangan bulat {low} sampai {high}"
    return _column("Int64", meaning, allowed, pa.Check.in_range(low, high), blank=blank)


def number(meaning: str, low: float, high: float, *, blank: bool = False) -> pa.Column:
    """A number from `low` to `high`, both included, with a decimal point."""
    allowed = f"angka {low:g} sampai {high:g} dengan titik desimal"
    return _column("Float64", meaning, allowed, pa.Check.in_range(low, high), blank=blank)


def flag(meaning: str) -> pa.Column:
    """true, or blank: the portal writes only what is so."""
    return one_of(meaning, ["true"], blank=True)


def date(meaning: str, *, blank: bool = False) -> pa.Column:
    """A day, ISO 8601."""
    return code(meaning, DATE, "tanggal TTTT-BB-HH", blank=blank)


def period(meaning: str, *, blank: bool = False) -> pa.Column:
    """A year, a month or a day, ISO 8601: no more exact than the source."""
    return code(meaning, PERIOD, "TTTT, TTTT-BB, atau TTTT-BB-HH", blank=blank)


def village_code() -> pa.Column:
    """The Kemendagri code of a village."""
    return code("kode desa/kelurahan Kemendagri", VILLAGE, "10 angka tanpa titik")


def read(folder: Path, contract: Contract) -> pd.DataFrame:
    """The table as text, one row a line of the file; blanks are missing. OSError if the file cannot be read."""
    frame = pd.read_csv(folder / contract.file, dtype="str", keep_default_na=False, encoding="utf-8")
    return frame.mask(frame == "")


def check(contract: Contract, raw: pd.DataFrame) -> tuple[pd.DataFrame, list[Problem]]:
    """Type and check one table read by `read`.

    Returns the typed table and all its problems; the table is only fit for use when there are none. Cells that
    cannot be read as their type are reported and then blanked, so that one bad cell hides no other.
    """
    wanted = list(contract.schema.columns)
    problems = [
        Problem(contract.file, 1, name, None, "kolom ini harus ada") for name in wanted if name not in raw.columns
    ] + [
        Problem(contract.file, 1, str(name), None, "kolom ini tidak dikenal; hapus")
        for name in raw.columns
        if name not in wanted
    ]
    if problems:
        return raw, problems
    typed, problems = _typed(contract, raw)
    seen = {(p.row, p.column) for p in problems}
    try:
        contract.schema.validate(typed, lazy=True)
    except pa.errors.SchemaErrors as failed:
        cases = failed.failure_cases.dropna(subset=["index"])
        for column, index in zip(cases["column"], cases["index"], strict=True):
            row = int(index) + 2
            if (row, column) in seen:
                continue
            seen.add((row, column))
            problems.append(_problem(contract, raw, row, str(column)))
    problems += _duplicates(contract, raw)
    return typed, sorted(problems, key=lambda p: (p.row or 0, p.column or ""))


def _problem(contract: Contract, raw: pd.DataFrame, row: int, column: str) -> Problem:
    value = raw[column].iloc[row - 2]
    shown = "" if pd.isna(value) else str(value)
    metadata = contract.schema.columns[column].metadata or {}
    return Problem(contract.file, row, column, shown, str(metadata["allowed"]))


def _typed(contract: Contract, raw: pd.DataFrame) -> tuple[pd.DataFrame, list[Problem]]:
    typed = raw.copy()
    problems: list[Problem] = []
    for name, column in contract.schema.columns.items():
        if str(column.dtype) not in {"Int64", "Float64"}:
            continue
        values = pd.to_numeric(raw[name], errors="coerce").astype("Float64")
        broken = values.isna() & raw[name].notna()
        if str(column.dtype) == "Int64":
            broken |= (values % 1 != 0).fillna(False)
        problems += [_problem(contract, raw, int(str(i)) + 2, str(name)) for i in raw.index[broken]]
        typed[name] = values.mask(broken).astype(str(column.dtype))
    return typed, problems


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
