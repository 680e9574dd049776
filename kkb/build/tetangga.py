"""Which villages border each other, found once in the build."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely


def neighbours(folder: Path, villages: pd.DataFrame) -> pd.DataFrame:
    """One row per village and neighbour (`kode_desa`, `kode_tetangga`), so each border is told from both sides.

    Neighbours share a stretch of border; villages that meet in a single point do not count.
    """
    shapes = gpd.read_file(folder / "batas/desa.geojson").set_index("kode_desa")["geometry"]
    shapes = shapes.loc[list(villages["kode_desa"])]
    codes, places = np.asarray(shapes.index), np.asarray(shapes.values)
    one, other = shapely.STRtree(places).query(places, predicate="intersects")
    shared = (one != other) & (shapely.length(shapely.intersection(places[one], places[other])) > 0)
    table = pd.DataFrame({"kode_desa": codes[one[shared]], "kode_tetangga": codes[other[shared]]})
    return table.sort_values(["kode_desa", "kode_tetangga"], ignore_index=True)
