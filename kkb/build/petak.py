"""Where each village stands on the equal-size tile map."""

from __future__ import annotations

import math

import pandas as pd

from kkb.rows import Row, records

BLOCK_COLUMNS = 3
TILE_COLUMNS = 3
GAP_ROWS = 1.3


def tile_layout(villages: pd.DataFrame, districts: pd.DataFrame) -> pd.DataFrame:
    """One row per village: `kode_desa`, `kode_kecamatan`, `kolom`, `baris` (tiles from the top left).

    Kecamatan are cut into bands from north to south and ordered west to east in each; the villages of a block are
    placed the same way. Ties fall back on the code, so the same villages always give the same map.
    Bands are `GAP_ROWS` apart, so `baris` need not be whole.
    """
    order = _reading_order(records(districts), "kode_kecamatan", BLOCK_COLUMNS)
    of: dict[str, list[Row]] = {code: [] for code in order}
    for village in records(villages):
        of[village["kode_kecamatan"]].append(village)
    rows, top = [], 0.0
    for first in range(0, len(order), BLOCK_COLUMNS):
        band = order[first : first + BLOCK_COLUMNS]
        for place, code in enumerate(band):
            for n, member in enumerate(_reading_order(of[code], "kode_desa", TILE_COLUMNS)):
                rows.append(
                    {
                        "kode_desa": member,
                        "kode_kecamatan": code,
                        "kolom": place * (TILE_COLUMNS + 1) + n % TILE_COLUMNS,
                        "baris": top + n // TILE_COLUMNS,
                    }
                )
        top += max(math.ceil(len(of[code]) / TILE_COLUMNS) for code in band) + GAP_ROWS
    return pd.DataFrame(rows, columns=["kode_desa", "kode_kecamatan", "kolom", "baris"])


def _reading_order(places: list[Row], code: str, per_band: int) -> list[str]:
    north_first = sorted(places, key=lambda p: (-p["label_lat"], p[code]))
    ordered: list[str] = []
    for first in range(0, len(north_first), per_band):
        band = sorted(north_first[first : first + per_band], key=lambda p: (p["label_lon"], p[code]))
        ordered += [str(p[code]) for p in band]
    return ordered
