"""The pace to the target and the what-if."""

from datetime import date

import pandas as pd
import pytest

from kkb import queries
from kkb.compute import target

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("planned", "month", "months", "pace"),
    [(0, "2027-12", 13, 9), (0, "2026-12", 1, 107), (107, "2027-12", 13, 0), (94, "2027-12", 13, 1)],
)
def test_pace_is_rounded_up(planned, month, months, pace):
    path = target.path(24, 131, planned, month, TODAY)
    assert (path.gap, path.months, path.pace) == (107, months, pace)


@pytest.mark.parametrize("month", ["2026-11", "2024-12"])
def test_no_month_left_has_no_pace(month):
    assert target.path(24, 131, 0, month, TODAY).pace is None


def test_a_reached_target_has_no_gap():
    path = target.path(131, 131, 0, "2026-11", TODAY)
    assert (path.gap, path.pace) == (0, 0)


def test_the_plan_lowers_the_gap_of_its_own_kecamatan_only(warehouse):
    districts = queries.district_coverage(warehouse, "2023-08-28")
    planned = pd.Series(["630903", "630903", "630908"])
    result = target.with_plan(districts, planned).set_index("kode_kecamatan")
    assert result.loc["630903", ["kesenjangan", "rencana", "kesenjangan_setelah"]].tolist() == [12, 2, 10]
    assert result.loc["630908", "kesenjangan_setelah"] == 4
    assert result["kesenjangan_setelah"].sum() == 107 - 3
    assert target.with_plan(districts, pd.Series([], dtype="str"))["rencana"].sum() == 0
