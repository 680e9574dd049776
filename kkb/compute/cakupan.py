"""Coverage of many areas added up."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from kkb.compute.klasifikasi import CLASSES

TOP = CLASSES[2:]


@dataclass(frozen=True)
class Total:
    """Areas together. `regencies` are their kabupaten, of which `known` have a classification on the date; all other
    counts are of the villages of those, and 0 when there is none."""

    regencies: int
    known: int
    villages: int
    reached: int
    classed: int
    top: int
    reported: int


def total(areas: pd.DataFrame) -> Total:
    """The sum of areas as `queries.area_coverage` gives them; one without data adds its kabupaten only."""
    return Total(
        regencies=int(areas["jumlah_kabupaten"].sum()),
        known=int(areas["jumlah_berdata"].sum()),
        villages=int(areas["jumlah_wilayah"].sum()),
        reached=int(areas["jumlah_kampung_kb"].sum()),
        classed=int(areas[list(CLASSES)].sum().sum()),
        top=int(areas[list(TOP)].sum().sum()),
        reported=int(areas["jumlah_lapor"].sum()),
    )
