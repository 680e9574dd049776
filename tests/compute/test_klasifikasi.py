"""The class rule: on every published row of Tabalong, on drawn scores, and at the edges of its limits."""

import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kkb import queries
from kkb.compute import klasifikasi as rule_of
from kkb.compute.klasifikasi import CLASSES, INDICES, ITEMS
from tests.conftest import FACTS

TABLE = pd.read_csv(FACTS / "aturan_item.csv")
RULE = rule_of.rules(TABLE)[-1]
SCORES = st.fixed_dictionaries({code: st.integers(1, item.ceiling) for code, item in RULE.items.items()})


def published():
    """The 288 published rows, columns SK01 to SK12 beside indices and class."""
    return pd.read_csv(FACTS / "kampung_kb_klasifikasi.csv", dtype={"kode_desa": "str"}).rename(columns=ITEMS)


def latest_recaps(scores):
    """The recap of each published row: the latest of the village up to that day; flags as booleans."""
    recap = pd.read_csv(FACTS / "kampung_kb_rekap.csv", dtype={"kode_desa": "str"})
    for name in [c for c in recap if c.startswith("is_")]:
        recap[name] = recap[name].eq(True)
    recap = recap.assign(tanggal=pd.to_datetime(recap["tanggal"])).sort_values("tanggal")
    dated = scores.assign(tanggal=pd.to_datetime(scores["tanggal"])).sort_values("tanggal", kind="stable")
    return pd.merge_asof(dated, recap, on="tanggal", by="kode_desa", suffixes=("", "_rekap"))


def test_every_published_class_and_index_of_tabalong_is_reproduced():
    rows = published()
    means = rule_of.indices(rows, RULE)
    assert len(rows) == 288
    assert list(rule_of.classes(means, RULE)) == list(rows["klasifikasi"])
    for index in INDICES:
        assert (means[index] - rows[f"indeks_{index}"]).abs().max() < 0.006


def test_scores_from_the_recap_of_the_same_day_are_those_published():
    rows = latest_recaps(published())
    same_day = rows[rows["tanggal"] == "2022-10-27"]
    counted = rule_of.item_scores(same_day, RULE)
    assert len(same_day) == 24
    for code in ("SK01", "SK05", "SK07", "SK09", "SK10", "SK11", "SK12"):
        assert list(counted[code]) == list(same_day[code]), code
    for code in ("SK02", "SK06"):
        known = counted[code].notna()
        assert (counted.loc[known, code] == same_day.loc[known, code]).all()
    assert counted[list(rule_of.NOT_IN_RECAP)].isna().all(axis=None)


def test_one_village_is_measured_as_a_table_of_them_is():
    rows = latest_recaps(published())
    rows = rows[rows["tanggal"] == "2023-08-28"]
    whole = rule_of.measures(rows)
    for n, row in zip(rows.index, rows.to_dict("records"), strict=True):
        assert rule_of.measures_of(row) == {c: None if pd.isna(v) else v for c, v in whole.loc[n].items()}


def test_four_villages_have_no_kb_report_at_the_last_date():
    rows = latest_recaps(published())
    last = rows[rows["tanggal"] == "2023-08-28"]
    silent = last[~rule_of.is_reported(last, "SK10")]
    assert sorted(silent["kode_desa"]) == ["6309022002", "6309042009", "6309052004", "6309112008"]
    counted = rule_of.item_scores(silent, RULE)
    assert (counted[["SK10", "SK11", "SK12"]] == 1).all(axis=None)
    assert rule_of.measures(silent)[["SK10", "SK11", "SK12"]].isna().all(axis=None)


@given(SCORES, st.sampled_from(sorted(RULE.items)))
def test_raising_an_item_never_lowers_a_class(scores, code):
    raised = {**scores, code: min(scores[code] + 1, RULE.items[code].ceiling)}
    assert CLASSES.index(rule_of.class_of(raised, RULE)) >= CLASSES.index(rule_of.class_of(scores, RULE))


@given(st.lists(SCORES, min_size=2, max_size=6), st.randoms())
def test_the_order_of_rows_never_matters_and_tables_agree_with_single_villages(villages, random):
    table = pd.DataFrame(villages)
    mixed = table.sample(frac=1, random_state=random.randint(0, 99))
    means = rule_of.indices(mixed, RULE)
    found = rule_of.classes(means, RULE).sort_index()
    assert list(found) == [rule_of.class_of(v, RULE) for v in villages]
    assert [{i: m[i] for i in INDICES} for m in means.sort_index().to_dict("records")] == [
        {i: rule_of.index_of(v, RULE, i) for i in INDICES} for v in villages
    ]


@pytest.mark.parametrize(
    ("passed", "name"),
    [
        ("", "dasar"),
        ("input", "dasar"),
        ("proses", "dasar"),
        ("output", "dasar"),
        ("input proses", "berkembang"),
        ("input output", "mandiri"),
        ("proses output", "mandiri"),
        ("input proses output", "berkelanjutan"),
    ],
)
def test_the_class_by_which_indices_pass(passed, name):
    assert rule_of.class_if(frozenset(passed.split())) == name


@pytest.mark.parametrize(
    ("code", "measure", "score"),
    [
        *[("SK02", n, s) for n, s in ((0, 1), (1, 2), (2, 3), (4, 3), (5, 4))],
        *[("SK03", n, s) for n, s in ((0, 1), (1, 2), (2, 2), (3, 3), (4, 3), (5, 4))],
        *[("SK04", n, s) for n, s in ((0, 1), (1, 2), (2, 3))],
        *[("SK06", n, s) for n, s in ((0, 1), (1, 2), (3, 3), (4, 4))],
        *[("SK08", n, s) for n, s in ((0, 1), (3, 2), (4, 3), (6, 3), (7, 4))],
        *[("SK09", n, s) for n, s in ((9, 1), (10, 2), (20, 2), (21, 3), (30, 3), (31, 4))],
        *[("SK10", n, s) for n, s in ((29, 1), (30, 2), (40, 2), (41, 3), (50, 3), (51, 4))],
        *[("SK11", n, s) for n, s in ((19, 1), (20, 2), (22, 2), (23, 3), (24, 3), (25, 4))],
        *[("SK12", n, s) for n, s in ((13, 1), (12, 2), (10, 2), (9, 3), (7, 3), (6, 4), (0, 4))],
    ],
)
def test_the_limits_of_the_official_rule(code, measure, score):
    assert RULE.items[code].score(measure) == score


def test_halves_are_rounded_to_the_even_number_as_the_portal_does():
    parts, wholes = np.array([9, 1, 3, 5]), np.array([40, 8, 8, 0])
    assert list(rule_of.percent(parts, wholes)) == [22, 12, 38, 0]
    assert [rule_of.percent(int(a), int(b)) for a, b in zip(parts, wholes, strict=True)] == [22, 12, 38, 0]


def test_a_later_rule_does_not_change_the_past():
    later = TABLE.assign(berlaku_mulai="2026-01-01", ambang_indeks=3.5)
    both = rule_of.rules(pd.concat([later, TABLE]))
    assert rule_of.in_force(both, "2022-06-12") is None
    old, new = (rule_of.in_force(both, day) for day in ("2025-12-31", "2026-01-01"))
    assert (old.since, new.since) == ("2022-06-13", "2026-01-01")
    scores = dict.fromkeys(RULE.items, 3)
    assert (rule_of.class_of(scores, old), rule_of.class_of(scores, new)) == ("berkelanjutan", "dasar")


def test_the_warehouse_holds_the_rule_and_the_scores(warehouse):
    rule = rule_of.in_force(rule_of.rules(queries.item_rules(warehouse)), "2023-08-28")
    assert [i.ceiling for i in rule.items.values()] == [4, 4, 4, 3, 3, 4, 4, 4, 4, 4, 4, 4]
    scores = queries.item_scores(warehouse, "2023-08-28")
    assert len(scores) == 24 * 12
    wide = scores.pivot(index="kode_desa", columns="kode_indikator", values="nilai")
    classes = scores.drop_duplicates("kode_desa").set_index("kode_desa")["kelas"]
    assert list(rule_of.classes(rule_of.indices(wide, rule), rule)) == list(classes[wide.index])
    silent = scores[scores["keadaan"] == "belum_melapor"]
    assert sorted(silent.loc[silent["kode_indikator"] == "SK10", "nama_desa"]) == sorted(
        ["Ampukung", "Garagata", "Mahe Seberang", "Nawin"]
    )


def test_all_passing_sets_are_ordered_by_class():
    ranks = {
        frozenset(s): CLASSES.index(rule_of.class_if(frozenset(s)))
        for n in range(4)
        for s in itertools.combinations(INDICES, n)
    }
    assert all(ranks[a] <= ranks[b] for a in ranks for b in ranks if a <= b)
