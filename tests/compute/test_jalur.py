"""Where every village stands on its way up, what its ways take, and the totals of offices and kecamatan."""

import pytest

from kkb import queries
from kkb.compute import jalur, kebutuhan, klasifikasi
from kkb.rows import by

DAYS = ("2022-06-13", "2022-11-22", "2023-08-28")


@pytest.fixture
def rule(warehouse):
    return klasifikasi.rules(queries.item_rules(warehouse))[-1]


@pytest.fixture
def stand(warehouse, rule):
    """The villages of a date on their way to a goal."""
    return lambda day="2023-08-28", goal="berikut": jalur.villages(queries.item_scores(warehouse, day), rule, goal)


@pytest.fixture
def owners(warehouse, rule):
    catalogue = by(queries.indicators(warehouse), "kode_indikator")
    return {code: tuple(catalogue[code]["opd"].split("; ")) for code in rule.items}


def test_six_villages_are_one_point_away_and_five_must_report_first(stand):
    found = stand()
    assert jalur.counts(found) == {"satu": 6, "dekat": 7, "jauh": 2, "lapor": 5, "sampai": 4}
    assert [(v.name, v.district_name, v.routes[0].reaches) for v in found[:6]] == [
        ("Bilas", "Upau", "berkelanjutan"),
        ("Binjai", "Muara Uya", "mandiri"),
        ("Karangan Putih", "Kelua", "mandiri"),
        ("Padangin", "Muara Harus", "mandiri"),
        ("Purui", "Jaro", "berkelanjutan"),
        ("Walangkir", "Tanta", "mandiri"),
    ]
    assert {v.name: v.waits for v in found if v.waits} == {
        "Habau Hulu": ("poktan",),
        "Ampukung": ("kb", "poktan"),
        "Garagata": ("kb", "poktan"),
        "Mahe Seberang": ("kb", "poktan"),
        "Nawin": ("kb", "poktan"),
    }


def test_to_the_highest_class_two_are_one_point_away(stand):
    found = stand(goal="berkelanjutan")
    assert [v.name for v in found if v.group == "satu"] == ["Bilas", "Purui"]


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("goal", ["berikut", "berkelanjutan"])
def test_every_example_of_a_way_leads_where_its_route_says(stand, rule, day, goal):
    for village in stand(day, goal):
        for route in village.routes:
            for index, ways in route.ways.items():
                for way in ways:
                    steps = jalur.example(way, index, route, {}, rule)
                    assert jalur.class_after(village, steps, rule) == route.reaches
                    assert sum(n - village.scores[c] for c, n in steps.items()) == village.points


def test_an_example_keeps_what_is_tried_in_another_index_only(stand, rule):
    village = next(v for v in stand(goal="berkelanjutan") if v.name == "Walangkir")
    route = village.routes[0]
    kept = jalur.example({"SK07": 4}, "proses", route, {"SK12": 3, "SK06": 2, "SK01": 4}, rule)
    assert kept == {"SK07": 4, "SK12": 3}


@pytest.mark.parametrize("day", DAYS)
def test_counting_ways_together_gives_what_counting_each_alone_gives(warehouse, stand, rule, day):
    recaps = by(queries.recap(warehouse, day), "kode_desa")
    for village in stand(day):
        for way, needs in jalur.needs_by_way(village, recaps[village.code], rule).items():
            assert needs == kebutuhan.needs(recaps[village.code], village.scores, dict(way), rule)


def test_tried_scores_that_do_not_exist_or_change_nothing_are_left_out(stand, rule):
    village = next(v for v in stand() if v.name == "Walangkir")
    pairs = [("SK04", 4), ("SK01", village.scores["SK01"]), ("SK11", 2), ("SK01", 9), ("SK99", 2)]
    assert jalur.tried(pairs, village, rule) == {"SK11": 2}


@pytest.mark.parametrize("goal", ["berikut", "berkelanjutan"])
def test_an_office_is_needed_where_no_set_goes_without_it(stand, owners, goal):
    found = stand(goal=goal)
    table = jalur.office_items(found, owners)
    for village in (v for v in found if v.is_open):
        sets = [set(s) for route in village.routes for s in route.sets()]
        for office in {o for names in owners.values() for o in names}:
            owned = {c for c, names in owners.items() if office in names}
            mine = table[(table["opd"] == office) & (table["kode_desa"] == village.code)]
            assert set(mine["kode_indikator"]) == owned & set().union(*sets)
            if len(mine):
                assert mine["is_opd_wajib"].all() == all(owned & s for s in sets)
                needed = set(mine.loc[mine["is_butir_wajib"], "kode_indikator"])
                assert needed == owned & set.intersection(*sets)


def test_villages_that_must_report_first_are_in_no_total(stand, owners):
    found = stand()
    waiting = {v.code for v in found if v.waits}
    assert not waiting & set(jalur.office_items(found, owners)["kode_desa"])
    totals = jalur.district_totals(found).set_index("nama_kecamatan")
    assert totals["poin"].sum() == sum(v.points for v in found if v.is_open) == 30
    assert totals.loc["Jaro", ["jumlah", "sampai", "satu", "lapor", "poin"]].tolist() == [2, 0, 1, 1, 1]
    assert totals["jumlah"].eq(2).all()
