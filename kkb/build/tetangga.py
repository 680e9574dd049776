"""Which villages border each other, found once in the build."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely


def neighbours(shapes: gpd.GeoSeries) -> pd.DataFrame:
    """One row per village and neighbour (`kode_desa`, `kode_tetangga`), so each border is told from both sides.

    Neighbours share a stretch of border; villages that meet in a single point do not count. `shapes` are all villages
    by their code.
    """
    codes, places = np.asarray(shapes.index), np.asarray(shapes.values)
    one, other = shapely.STRtree(places).query(places, predicate="intersects")
    one, other = one[one < other], other[one < other]
    shared = shapely.length(shapely.intersection(places[one], places[other])) > 0
    pairs = list(zip(codes[one[shared]], codes[other[shared]], strict=True))
    both = sorted([*pairs, *((b, a) for a, b in pairs)])
    return pd.DataFrame(both, columns=["kode_desa", "kode_tetangga"], dtype="str")
