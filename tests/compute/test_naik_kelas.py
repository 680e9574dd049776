"""The ways up: every proposed set reaches its class, no part of it does, and none is left out."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kkb import queries
from kkb.compute import klasifikasi as rule_of
from kkb.compute import naik_kelas
from kkb.compute.klasifikasi import CLASSES
from tests.compute.test_klasifikasi import RULE, SCORES

TARGETS = st.sampled_from(CLASSES[1:])


def reaches(scores, steps, target):
    now = rule_of.class_of(naik_kelas.after(scores, steps), RULE)
    return CLASSES.index(now) >= CLASSES.index(target)


def every_set(scores, points):
    """By brute force: every way to raise items by so many points in all, within the ceilings."""
    rises = [range(min(points, item.ceiling - scores[code]) + 1) for code, item in RULE.items.items()]
    for rise in product(*rises):
        if sum(rise) == points:
            yield {c: scores[c] + r for c, r in zip(RULE.items, rise, strict=True) if r}


@settings(max_examples=200)
@given(SCORES, TARGETS, st.data())
def test_a_proposed_set_reaches_its_class_and_no_part_of_it_does(scores, target, data):
    plan = naik_kelas.plan(scores, RULE, target)
    assert plan is not None, "with these ceilings every class can be reached"
    if plan.points == 0:
        assert reaches(scores, {}, target)
        return
    for route in plan.routes:
        way = {i: data.draw(st.sampled_from(ways)) for i, ways in route.ways.items()}
        steps = {code: score for part in way.values() for code, score in part.items()}
        assert reaches(scores, steps, target)
        assert rule_of.class_of(naik_kelas.after(scores, steps), RULE) == route.reaches
        assert sum(steps[c] - scores[c] for c in steps) == plan.points
        for code, score in steps.items():
            assert scores[code] < score <= RULE.items[code].ceiling
            less = {**steps, code: score - 1}
            assert not reaches(scores, less, target), "one point less is enough"


@settings(max_examples=40)
@given(SCORES, TARGETS)
def test_no_cheaper_set_exists_and_none_of_the_same_price_is_left_out(scores, target):
    plan = naik_kelas.plan(scores, RULE, target)
    if not 0 < plan.points <= 3:
        return
    for points in range(plan.points):
        assert not any(reaches(scores, steps, target) for steps in every_set(scores, points))
    proposed = [tuple(sorted(s.items())) for route in plan.routes for s in route.sets()]
    expected = {tuple(sorted(s.items())) for s in every_set(scores, plan.points) if reaches(scores, s, target)}
    assert len(proposed) == len(set(proposed)) == sum(r.count for r in plan.routes)
    assert set(proposed) == expected


@given(SCORES, TARGETS)
def test_needed_items_are_in_every_set_and_others_are_not(scores, target):
    plan = naik_kelas.plan(scores, RULE, target)
    if plan.points == 0 or sum(r.count for r in plan.routes) > 500:
        return
    sets = [set(s) for route in plan.routes for s in route.sets()]
    assert plan.items == set().union(*sets)
    assert plan.needed == set.intersection(*sets)


def test_an_item_at_its_ceiling_is_never_proposed():
    scores = {**dict.fromkeys(RULE.items, 2), "SK04": 3, "SK05": 3}
    items = naik_kelas.plan(scores, RULE, "berkelanjutan").items
    assert "SK04" not in items and "SK05" not in items


def village(warehouse, name, district):
    rows = queries.item_scores(warehouse, "2023-08-28")
    rows = rows[(rows["nama_desa"] == name) & (rows["nama_kecamatan"] == district)]
    return dict(zip(rows["kode_indikator"], rows["nilai"], strict=True))


@pytest.mark.parametrize(
    ("name", "district"),
    [("Walangkir", "Tanta"), ("Karangan Putih", "Kelua"), ("Binjai", "Muara Uya"), ("Padangin", "Muara Harus")],
)
def test_four_villages_are_one_point_from_berkembang_and_one_other_point_from_mandiri(warehouse, name, district):
    scores = village(warehouse, name, district)
    assert naik_kelas.next_class(scores, RULE) == "berkembang"
    plan = naik_kelas.plan(scores, RULE, "berkembang")
    assert plan.points == 1
    assert [r.reaches for r in plan.routes] == ["mandiri", "berkembang"]


@pytest.mark.parametrize(("name", "district", "index"), [("Purui", "Jaro", "output"), ("Bilas", "Upau", "input")])
def test_two_villages_are_one_point_from_berkelanjutan(warehouse, name, district, index):
    plan = naik_kelas.plan(village(warehouse, name, district), RULE, "berkelanjutan")
    assert (plan.points, [dict(r.missing) for r in plan.routes]) == (1, [{index: 1}])


def test_at_the_top_there_is_nothing_to_do():
    top = {code: item.ceiling for code, item in RULE.items.items()}
    assert naik_kelas.next_class(top, RULE) is None
    assert naik_kelas.plan(top, RULE, "berkelanjutan").points == 0
