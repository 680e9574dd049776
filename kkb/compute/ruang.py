"""Whether villages with like values lie next to each other: global Moran's I and the local one of each village.

Neighbours are villages that share a border; each neighbour of a village weighs the same. Villages without a
neighbour that has a value are left out of the test. The numbers are those of esda on these weights.
"""

from __future__ import annotations

import json
import threading
import warnings
from dataclasses import dataclass

import numpy as np
import pandas as pd

PERMUTATIONS = 9_999
"""With 999 the smallest p possible, 0.002, is too coarse for the correction over more than a hundred villages."""
SEED = 6309
ALPHA = 0.05
ENOUGH = 30
"""Fewer villages with a value and a neighbour that has one are not tested; a limit of this application."""
PATTERNS = ("tt", "rr", "tr", "rt")
"""High among high, low among low, high among low, low among high."""
NOT_CLEAR, ALONE = "biasa", "tanpa_tetangga"
_QUADRANTS = {1: "tt", 2: "rt", 3: "rr", 4: "tr"}
_one_at_a_time = threading.Lock()
"""esda draws from numpy's one generator; two tests at once would change each other's numbers."""


@dataclass(frozen=True)
class Reach:
    """Which villages with a value border another that has one.

    `near` maps the code of each such village to its neighbours with a value, `alone` are the others, and `groups` the
    number of separate pieces that the former form.
    """

    near: dict[str, list[str]]
    alone: tuple[str, ...]
    groups: int

    @property
    def n(self) -> int:
        """Villages with a value."""
        return len(self.near) + len(self.alone)


@dataclass(frozen=True)
class Pattern:
    """The test. `moran` is the global I, `expected` its value if villages lay at random, `p` is two-sided.

    `villages` has a row per tested village: `kode_desa`, `nilai`, `jumlah_tetangga` (with a value), `rata_tetangga`,
    `moran_lokal`, `p` (two-sided), `p_fdr` (the same, corrected for testing every village, Benjamini and Hochberg),
    `kuadran` (one of PATTERNS) and `pola`: the quadrant if p is at most ALPHA, else 'biasa'.
    """

    moran: float
    expected: float
    p: float
    villages: pd.DataFrame

    @property
    def by_chance(self) -> int:
        """How many villages would seem to be part of a pattern if there were none."""
        return round(ALPHA * len(self.villages))

    @property
    def firm(self) -> list[str]:
        """Codes of the villages whose pattern holds after the correction for testing every village."""
        return [str(k) for k in self.villages.loc[self.villages["p_fdr"] <= ALPHA, "kode_desa"]]


def reach(values: pd.DataFrame, neighbours: pd.DataFrame) -> Reach:
    """Which villages of `queries.village_values` can be tested; `neighbours` as `queries.neighbours` gives them."""
    codes = [str(k) for k in values[values["keadaan"] == "ada"]["kode_desa"]]
    near: dict[str, list[str]] = {code: [] for code in codes}
    for one, other in zip(neighbours["kode_desa"], neighbours["kode_tetangga"], strict=True):
        if one in near and other in near:
            near[one].append(str(other))
    linked = {code: others for code, others in near.items() if others}
    return Reach(linked, tuple(code for code in codes if not near[code]), _pieces(linked))


def _pieces(near: dict[str, list[str]]) -> int:
    left, pieces = set(near), 0
    while left:
        pieces += 1
        edge = [left.pop()]
        while edge:
            found = left.intersection(near[edge.pop()])
            left -= found
            edge += found
    return pieces


def can_test(values: pd.DataFrame, found: Reach) -> bool:
    """Whether there are enough villages, and their values differ."""
    known = values[values["kode_desa"].isin(list(found.near))]["nilai"]
    return len(found.near) >= ENOUGH and known.nunique() > 1


def pattern(values: pd.DataFrame, found: Reach) -> Pattern:
    """The test of the villages in `found`, which `can_test`. The same tables always give the same numbers."""
    from esda import Moran, Moran_Local
    from libpysal.weights import W
    from scipy.stats import false_discovery_control

    codes = list(found.near)
    known = values.set_index("kode_desa")["nilai"].astype(float).loc[codes].to_numpy()
    weights = W(found.near, id_order=codes, silence_warnings=True)
    with _one_at_a_time, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        before = np.random.get_state()
        np.random.seed(SEED)
        whole = Moran(known, weights, permutations=PERMUTATIONS)
        local = Moran_Local(known, weights, permutations=PERMUTATIONS, seed=SEED)
        np.random.set_state(before)
    p = np.minimum(1.0, 2 * local.p_sim)
    quadrants = [_QUADRANTS[int(q)] for q in local.q]
    by_code = dict(zip(codes, known, strict=True))
    villages = pd.DataFrame(
        {
            "kode_desa": codes,
            "nilai": known,
            "jumlah_tetangga": [len(found.near[c]) for c in codes],
            "rata_tetangga": [float(np.mean([by_code[o] for o in found.near[c]])) for c in codes],
            "moran_lokal": local.Is,
            "p": p,
            "p_fdr": false_discovery_control(p),
            "kuadran": quadrants,
            "pola": [q if value <= ALPHA else NOT_CLEAR for q, value in zip(quadrants, p, strict=True)],
        }
    )
    return Pattern(float(whole.I), float(whole.EI), min(1.0, 2 * float(whole.p_sim)), villages)


def in_pieces(layer: str) -> dict[str, int]:
    """Name of each village of a map layer set that lies in separate pieces, and in how many."""
    return {unit["n"]: len(unit["g"]) for unit in json.loads(layer)["unit"] if len(unit["g"]) > 1}
