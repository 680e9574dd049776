"""What the bench of pages side by side tells of its values."""

import pytest

from tests.bench import leaflet_page
from tests.bench.tabel import GOALS, MEASURES, goals_of, rows_of, summary, table


def samples(**of_ours):
    """Values of every measure for three pages, those of ours as told."""
    pages = {page: {measure: [10.0, 20.0, 30.0] for measure in MEASURES} for page in ("ours", "dash", "panel")}
    pages["ours"].update(of_ours)
    return pages


def test_middle_and_quartiles():
    assert summary([1, 2, 3, 4, 5]) == {"median": 3, "p25": 2, "p75": 4, "n": 5}
    assert summary([7]) == {"median": 7, "p25": 7, "p75": 7, "n": 1}


def test_a_goal_is_held_against_its_page_or_its_unit():
    at_the_limit = {"switch": [16.0], "cold": [20.0], "warm": [20.0], "switch_bytes": [15.0], "memory": [350.0]}
    met = goals_of(rows_of(samples(**at_the_limit)))
    assert [g["value"] for g in met] == [0.8, 1, 1, 15, 350]
    assert all(g["met"] for g in met)
    above = {name: [values[0] + 0.5] for name, values in at_the_limit.items()}
    assert [g["met"] for g in goals_of(rows_of(samples(**above)))] == [False] * len(GOALS)


def test_a_page_without_a_measure_is_not_zero():
    found = samples()
    found["leaflet"] = {"cold": [5.0]}
    rows = {row.measure: row for row in rows_of(found)}
    assert "leaflet" not in rows["switch"].pages
    assert rows["cold"].pages["leaflet"]["median"] == 5
    lines = table(list(rows.values()), goals_of(list(rows.values()))).splitlines()
    assert lines[0].split() == ["measure", "ours", "dash", "panel", "leaflet"]
    cells = {line.partition("]")[0]: line.split()[-1] for line in lines if "]" in line}
    assert cells["switch: choice to new fill [ms"] == "-"
    assert cells["cold: navigation to painted map [ms"] == "(5-5)"


def test_the_bare_page_wants_a_colour_for_each_village():
    layer = {"unit": [{"g": []}, {"g": []}], "batas": {"semua": [[0, 0], [1, 1]]}}
    assert b'"w":"#0072B2"' in leaflet_page.page(layer, ["#0072B2", "#E69F00"])
    with pytest.raises(ValueError, match="shorter"):
        leaflet_page.page(layer, ["#0072B2"])
