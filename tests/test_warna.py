"""Classes can be told apart by those who see colours otherwise, in grey, and without any colour."""

from html import escape
from itertools import combinations

import pandas as pd
import pytest

from kkb import charts, maps, queries
from kkb.charts import ruang
from kkb.rows import records

LIKE = {
    "plain": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.01182, 0.04294, 0.968881)),
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.3039)),
    "grey": ((0.2126, 0.7152, 0.0722),) * 3,
}
"""How a linear RGB colour is seen: matrices of Machado, Oliveira and Fernandes (2009), severity 1; luminance."""
LEAST = 8
"""CIE76 between any two classes: 2.3 is just seen side by side; 8 is more than three times that."""


def linear(colour):
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    return [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]


def lab(rgb):
    r, g, b = (min(max(p, 0), 1) for p in rgb)
    xyz = (
        (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047,
        0.2126 * r + 0.7152 * g + 0.0722 * b,
        (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883,
    )
    x, y, z = (v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116 for v in xyz)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def seen(colour, sight):
    rgb = linear(colour)
    return lab([sum(m * p for m, p in zip(row, rgb, strict=True)) for row in LIKE[sight]])


def apart(one, other, sight):
    return sum((a - b) ** 2 for a, b in zip(seen(one, sight), seen(other, sight), strict=True)) ** 0.5


@pytest.fixture
def schemes(warehouse):
    """Each map scheme once: its legend."""
    table = queries.map_indicators(warehouse).drop_duplicates("skema_peta")
    return {r["skema_peta"]: queries.legend(warehouse, r["kode_indikator"]) for r in records(table)}


@pytest.mark.parametrize("sight", LIKE)
def test_classes_of_every_map_stay_apart(schemes, sight):
    close = {}
    for name, legend in schemes.items():
        rows = [(r["label"], r["warna"], r["motif"]) for r in records(legend)]
        for (one, a, m), (other, b, n) in combinations(rows, 2):
            same_pattern = (m if isinstance(m, str) else "") == (n if isinstance(n, str) else "")
            if same_pattern and apart(a, b, sight) < LEAST:
                close[name, one, other] = round(apart(a, b, sight), 1)
    assert close == {}


@pytest.mark.parametrize("sight", LIKE)
def test_patterns_of_neighbours_stay_apart(warehouse, sight):
    legend = queries.legend(warehouse, "DS01")
    rows = records(ruang.classes(legend[legend["bagian"] == "keadaan"]))
    marks = [(r["label"], r["warna"], r["motif"] if isinstance(r["motif"], str) else "") for r in rows]
    close = [
        (one, other) for (one, a, m), (other, b, n) in combinations(marks, 2) if m == n and apart(a, b, sight) < LEAST
    ]
    assert len(marks) >= 6
    assert close == []


@pytest.mark.parametrize("sight", LIKE)
def test_colours_of_charts_stay_apart(sight):
    pairs = [(charts.DONE, charts.TO_GO), *combinations(charts.CLASS_COLOURS.values(), 2)]
    assert [p for p in pairs if apart(*p, sight) < LEAST] == []


def test_ordered_classes_get_darker_so_that_grey_keeps_their_order():
    light = [seen(c, "grey")[0] for c in charts.CLASS_COLOURS.values()]
    assert light == sorted(light, reverse=True)


def test_a_state_without_a_class_has_a_pattern_and_everything_has_a_word(schemes):
    for legend in schemes.values():
        assert not (legend["label"].isna() | (legend["label"] == "")).any()
        states = legend[legend["bagian"] == "keadaan"]
        assert states["motif"].notna().all()
        html = maps.legend_html(legend, dict.fromkeys(legend["kode_kelas"], 1))
        assert all(escape(label) in html for label in legend["label"])


def test_the_measure_sees_a_bad_pair():
    assert apart("#d7191c", "#1a9641", "plain") > 5 * LEAST
    assert apart("#b35900", "#7a7a00", "deuteranopia") < apart("#b35900", "#7a7a00", "plain") / 2
    assert pd.Series(["#000000", "#ffffff"]).map(lambda c: seen(c, "grey")[0]).round().tolist() == [0, 100]
