"""Rows of a table as plain dictionaries, for code that reads them one by one."""

from __future__ import annotations

from typing import Any

import pandas as pd

Row = dict[str, Any]
"""One row: column name -> value, with pandas' own marks for what is missing."""


Table = pd.DataFrame | list[Row]
"""A table, or its rows."""


def records(table: Table) -> list[Row]:
    """All rows, in order."""
    if isinstance(table, list):
        return table
    names = [str(name) for name in table.columns]
    columns = [column.tolist() for _, column in table.items()]  # half the time of itertuples, with the same values
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]


def first(table: Table) -> Row:
    """The first row. IndexError when there is none."""
    return records(table[:1])[0]


def by(table: Table, key: str) -> dict[str, Row]:
    """Rows by the text of one column that has no duplicates, in order."""
    return {str(row[key]): row for row in records(table)}
