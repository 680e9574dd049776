"""DuckDB gives back what ended queries leave behind.

Each query leaves, for every block that it worked in, a dead entry in the queue in which DuckDB looks for memory to
free. The queue is tidied only when memory is short, and with a small warehouse it never is: one question about all
villages costs 8 kB for ever (duckdb 1.5.5), which `duckdb_memory()` does not tell. So memory is called short now and
then: a limit that cannot be kept is asked for, DuckDB frees what it can, refuses, and goes on with the limit it had.
Tables that were freed too are read from their file again.
"""

from __future__ import annotations

import itertools
import threading

import duckdb

ALLOWED = ["memory_limit"]
"""What a locked connection must let be changed for this (DuckDB's `allowed_configs`)."""
EVERY = 200
"""Queries from one tidying to the next."""

_queries = itertools.count(1)
_turn = threading.Lock()


def asked(connection: duckdb.DuckDBPyConnection) -> None:
    """To be told of each query that ended; tidies after every EVERYth, whatever connection it was asked of."""
    if next(_queries) % EVERY == 0:
        tidy(connection)


def tidy(connection: duckdb.DuckDBPyConnection) -> None:
    """Give back what ended queries left in the database of this connection; those that run are not disturbed.

    It takes milliseconds. duckdb.Error when the connection does not let the limit be changed.
    """
    with _turn, connection.cursor() as cursor:
        try:
            cursor.execute("SET memory_limit = '1B'")
        except duckdb.OutOfMemoryException:
            pass  # what is wanted: a database with anything open needs more than a byte
        finally:
            cursor.execute("RESET memory_limit")
