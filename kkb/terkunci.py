"""How DuckDB is set for readers: they cannot open other files, load extensions or change a setting through SQL."""

from __future__ import annotations

import duckdb

Settings = dict[str, str | bool | int | float | list[str]]
SETTINGS: Settings = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "python_enable_replacements": "false",
    "threads": "2",
}
"""What a database begins with; the rest is set by `lock` once it has attached what it is to read."""


def lock(connection: duckdb.DuckDBPyConnection) -> None:
    """Shut off other files and the settings, for good."""
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")


def is_locked(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether queries cannot reach other files, nor change that."""
    asked = "SELECT current_setting('enable_external_access'), current_setting('lock_configuration')"
    return connection.execute(asked).fetchall() == [(False, True)]


def text(words: str) -> str:
    """Words as SQL writes them."""
    return "'" + words.replace("'", "''") + "'"


def quoted(name: str) -> str:
    """A name as SQL writes it."""
    return '"' + name.replace('"', '""') + '"'
