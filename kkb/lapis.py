"""A map layer set read back into points: the one place that knows how `kkb.build.layers` codes its rings."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
"""Longitude and latitude, one row a point."""
Box = tuple[float, float, float, float]
"""West, south, east, north, in degrees."""
UNIT = 10_000
"""Whole numbers of a layer per degree."""


@dataclass(frozen=True)
class Area:
    """A village or kecamatan: its rings in degrees, first point not repeated. `parent` is a village's kecamatan by name
    and `spot` the place of a kecamatan's name."""

    code: str
    name: str
    rings: tuple[Points, ...]
    box: Box
    parent: str = ""
    spot: tuple[float, float] | None = None


@dataclass(frozen=True)
class Neighbour:
    """A kabupaten next to ours: its borders as lines, and the place of its name."""

    name: str
    lines: tuple[Points, ...]
    spot: tuple[float, float]


@dataclass(frozen=True)
class Layer:
    """A whole layer set. `box` is that of the kabupaten."""

    villages: dict[str, Area]
    districts: dict[str, Area]
    neighbours: tuple[Neighbour, ...]
    box: Box


@lru_cache(maxsize=4)
def read(text: str) -> Layer:
    """The layer set of a text made by `kkb.build.layers`."""
    told = json.loads(text)
    boxes = {k: (b[0][1], b[0][0], b[1][1], b[1][0]) for k, b in told["batas"].items()}
    return Layer(
        {u["k"]: Area(u["k"], u["n"], _rings(u), boxes[u["k"]], parent=u["c"]) for u in told["unit"]},
        {d["k"]: Area(d["k"], d["n"], _rings(d), boxes[d["k"]], spot=(d["t"][1], d["t"][0])) for d in told["garis"]},
        tuple(Neighbour(b["n"], tuple(points(line) for line in b["g"]), (b["t"][1], b["t"][0])) for b in told["latar"]),
        boxes["semua"],
    )


def _rings(area: dict[str, Any]) -> tuple[Points, ...]:
    return tuple(points(ring) for part in area["g"] for ring in part)


def points(deltas: Sequence[int]) -> Points:
    """[lat, lon, Δlat, Δlon, ...] in whole 1/10,000 degrees as points in degrees."""
    return np.cumsum(np.asarray(deltas, dtype=np.int64).reshape(-1, 2), axis=0)[:, ::-1] / UNIT
