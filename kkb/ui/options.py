"""What may be chosen in a version, asked once per version and kabupaten."""

from __future__ import annotations

from functools import lru_cache

from kkb import queries, wilayah
from kkb.selection import Options
from kkb.store import Warehouse


@lru_cache(maxsize=32)
def options(warehouse: Warehouse) -> Options:
    """Kecamatan, villages, offices, aims, kabupaten, provinces, and indicators with their periods."""
    regencies = wilayah.codes(warehouse)
    villages = queries.villages(warehouse)
    indicators = queries.map_indicators(warehouse)
    return Options(
        kecamatan=frozenset(villages["kode_kecamatan"]),
        desa=dict(zip(villages["kode_desa"], villages["kode_kecamatan"], strict=True)),
        periode={str(k): tuple(p) for k, p in zip(indicators["kode_indikator"], indicators["periode"], strict=True)},
        opd=frozenset(queries.offices(warehouse)["kode_opd"]),
        sasaran=frozenset(queries.activities(warehouse)["kode_sasaran"]),
        kabupaten=frozenset(regencies),
        provinsi=frozenset(code[:2] for code in regencies) if len(regencies) > 1 else frozenset(),
    )
