"""Spread, outliers and bins: nothing missing is counted, nothing known is lost."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kkb import queries
from kkb.compute import analisis

IDM_2024 = ("DS01", "2024")


def rows(*numbers, missing=0):
    states = ["ada"] * len(numbers) + ["belum_melapor"] * missing
    codes = [f"63090120{n:02d}" for n in range(len(states))]
    return pd.DataFrame({"kode_desa": codes, "nilai": [*numbers, *[1.0] * missing], "keadaan": states})


def test_a_village_without_a_report_is_counted_apart_whatever_number_stands_there():
    found = analisis.spread(rows(2.0, 3.0, 4.0, missing=2))
    assert (found.n, found.total, found.mean, found.median) == (3, 5, 3.0, 3.0)
    assert found.states == {"belum_melapor": 2}


def test_outliers_lie_beyond_one_and_a_half_interquartile_ranges():
    found = analisis.outliers(rows(1.0, 10.0, 11.0, 12.0, 13.0, 14.0, 15.0, 18.0, 21.5, missing=1))
    assert list(zip(found["nilai"], found["sisi"], strict=True)) == [(1.0, "rendah"), (21.5, "tinggi")]
    assert analisis.outliers(rows(10.0, 10.0, 11.0, 12.0, 13.0, 14.0, 15.0, 18.0, 21.0)).empty, "on the fence"


def test_outliers_of_the_real_idm_are_those_beyond_the_fences(warehouse):
    values = queries.village_values(warehouse, *IDM_2024)
    found, odd = analisis.spread(values), analisis.outliers(values)
    assert (found.n, found.total) == (121, 131)
    assert (odd["sisi"].value_counts().to_dict()) == {"rendah": 8, "tinggi": 2}
    beyond = (values["nilai"] < found.low_fence) | (values["nilai"] > found.high_fence)
    assert set(odd["nama_desa"]) == set(values[beyond]["nama_desa"])


@given(st.lists(st.floats(-1000, 1000).map(lambda x: round(x, 4)), min_size=1, max_size=200))
def test_every_value_is_in_one_bin_and_the_bins_have_round_limits(numbers):
    values = pd.Series(numbers, dtype=float)
    table = analisis.bins(values)
    assert table["jumlah"].sum() == len(values)
    assert table["dari"].iloc[0] <= values.min() + 1e-6
    assert table["sampai"].iloc[-1] >= values.max() - 1e-6
    assert len(table) <= 2 * analisis.MANY_BINS + 2


def test_bins_take_in_their_lower_limit():
    table = analisis.bins(pd.Series([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]))
    assert list(table["jumlah"]) == [1] * 9


def test_the_output_index_of_villages_without_a_report_is_no_value(warehouse):
    day = "2023-08-28"
    silent = analisis.without_reports(queries.item_scores(warehouse, day))
    published = queries.village_values(warehouse, "KKB06", day)
    kept = analisis.only_reported("KKB06", published, silent)
    assert len(silent) == 5
    assert (kept["keadaan"] == "ada").sum() == 24 - 5
    assert (kept["keadaan"] == "belum_melapor").sum() == 5
    assert analisis.only_reported("KKB05", published, silent) is published


@pytest.mark.parametrize(
    ("numbers", "expected"), [((1, 2, 3), True), ((0.5, 1), False), ((12, 40), False), (tuple(range(9)), False)]
)
def test_few_small_whole_numbers_are_groups(numbers, expected):
    assert analisis.are_groups(rows(*map(float, numbers), missing=1)) is expected


def test_kecamatan_add_up_to_the_kabupaten(warehouse):
    values = queries.village_values(warehouse, *IDM_2024)
    parts = [analisis.spread(part) for _, part in values.groupby("kode_kecamatan")]
    whole = analisis.spread(values)
    assert sum(p.n for p in parts) == whole.n
    assert sum(p.mean * p.n for p in parts) == pytest.approx(whole.mean * whole.n)
