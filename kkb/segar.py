"""A database that is opened anew after so many questions.

DuckDB 1.5.5 keeps some kilobytes of every question until its database is closed (docs/keandalan.md): a server that
stays up for weeks would grow for ever.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress

import duckdb

from kkb.errors import StoreError

QUESTIONS = 2_000
"""After so many cursors the database is opened anew: about 16 MB."""


class Fresh:
    """Cursors of one database. `opened` is the connection to begin with, `again` makes the next one; where that raises
    StoreError or duckdb.Error, the old one stays in use until as many questions later.

    An old database is closed when its last cursor is. Safe from any thread; nobody waits while one thread opens anew.
    """

    def __init__(self, opened: duckdb.DuckDBPyConnection, again: Callable[[], duckdb.DuckDBPyConnection]) -> None:
        self._connection, self._again = opened, again
        self._asked = 0
        self._lock = threading.Lock()

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """A cursor of its own, to be closed by who asked."""
        with self._lock:
            self._asked += 1
            is_due = self._asked == QUESTIONS
            connection = self._connection
        if is_due:
            with suppress(StoreError, duckdb.Error):
                connection = self._again()
            with self._lock:
                self._connection, self._asked = connection, 0
        return connection.cursor()

    def close(self) -> None:
        """Close the database, unless a cursor is still open."""
        self._connection.close()
