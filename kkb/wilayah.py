"""Which kabupaten is read. A version may hold many; one is always chosen."""

from __future__ import annotations

from functools import lru_cache

from kkb import queries
from kkb.store import Warehouse


@lru_cache(maxsize=4)
def codes(warehouse: Warehouse) -> tuple[str, ...]:
    """The codes of all kabupaten of a version, in order."""
    return tuple(str(c) for c in queries.regencies(warehouse)["kode_kabupaten"])


def chosen(warehouse: Warehouse, wanted: str | None = None) -> Warehouse:
    """The warehouse as one kabupaten sees it: `wanted`, else the first. A version of one kabupaten stays as it is."""
    known = codes(warehouse)
    if len(known) < 2:
        return warehouse
    return warehouse.within(wanted if wanted in known else known[0])
