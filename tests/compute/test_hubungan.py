"""Correlation of two indicators, its interval, and what is related by its formula."""

import math

import pandas as pd
import pytest
from scipy import stats

from kkb import queries
from kkb.compute import hubungan

DAY = "2023-08-28"


def pair(warehouse, one, other):
    periods = {"DS": "2024"}
    a, b = (queries.village_values(warehouse, code, periods.get(code[:2], DAY)) for code in (one, other))
    return hubungan.both(a, b)


@pytest.mark.parametrize(("one", "other", "n"), [("KKB02", "DS01", 24), ("DS02", "DS03", 121), ("DS01", "KKB00", 121)])
def test_spearman_and_pearson_are_those_of_scipy(warehouse, one, other, n):
    rows = pair(warehouse, one, other)
    found = hubungan.relation(rows, is_measured=True)
    known = rows.dropna(subset=["nilai_a", "nilai_b"])
    assert (found.n, found.total) == (n, 131) == (len(known), len(rows))
    assert found.rank[0] == pytest.approx(stats.spearmanr(known["nilai_a"], known["nilai_b"]).statistic)
    linear = stats.pearsonr(known["nilai_a"], known["nilai_b"])
    interval = linear.confidence_interval(0.95)
    assert found.linear == pytest.approx((linear.statistic, interval.low, interval.high), abs=1e-6)


def test_the_interval_of_a_rank_correlation_is_wider():
    low, high = hubungan.interval(0.5, 28, is_rank=True)
    assert (math.atanh(high) - math.atanh(low)) / 2 == pytest.approx(1.959964 * math.sqrt(1.125 / 25))
    assert hubungan.interval(1.0, 28, is_rank=True) == (1.0, 1.0)


def test_class_and_idm_leave_the_direction_open_but_status_and_idm_do_not(warehouse):
    assert hubungan.relation(pair(warehouse, "KKB02", "DS01"), is_measured=False).direction == 0
    assert hubungan.relation(pair(warehouse, "KKB00", "DS01"), is_measured=False).direction == -1


def test_a_score_given_for_want_of_a_report_is_no_case(warehouse):
    assert hubungan.relation(pair(warehouse, "SK11", "DS01"), is_measured=False).n == 20


def table(a, b):
    rows = pd.DataFrame({"nilai_a": a, "nilai_b": b}, dtype=float)
    return rows.assign(kode_desa=[str(n) for n in range(len(rows))])


@pytest.mark.parametrize(
    ("a", "b", "reason"),
    [
        ([None] * 12, range(12), "kosong"),
        (range(9), range(9), "sedikit"),
        ([4] * 12, range(12), "tetap_a"),
        (range(12), [1] * 12, "tetap_b"),
        (range(12), range(12), ""),
    ],
)
def test_without_enough_cases_or_differences_there_is_no_correlation(a, b, reason):
    found = hubungan.relation(table(list(a), list(b)), is_measured=True)
    assert found.reason == reason
    assert (found.rank is None) == bool(reason)


@pytest.mark.parametrize(
    ("a", "b", "found"),
    [
        ("DS01", "DS03", ("DS03", "DS01")),
        ("KKB06", "KKB02", ("KKB06", "KKB02")),
        ("KKB02", "SK11", ("SK11", "KKB02")),
        ("SK11", "KKB06", ("SK11", "KKB06")),
        ("SK11", "KKB04", None),
        ("DS02", "DS03", None),
        ("KKB02", "DS01", None),
    ],
)
def test_what_is_counted_from_the_other_is_known(a, b, found):
    assert hubungan.part_and_whole(a, b, {"SK11": "output"}) == found
