"""The test for neighbours that are alike: the numbers of esda, always the same, and who is left out."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pandas as pd
import pytest

from kkb import queries
from kkb.compute import ruang


def tables(warehouse, code="DS01", period="2024"):
    return queries.village_values(warehouse, code, period), queries.neighbours(warehouse)


@pytest.fixture
def idm(warehouse):
    """The values, who can be tested, and the test."""
    values, neighbours = tables(warehouse)
    found = ruang.reach(values, neighbours)
    return values, found, ruang.pattern(values, found)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("code", ["DS01", "DS02", "DS03", "DS04"])
def test_the_numbers_are_those_of_esda_run_directly(warehouse, code):
    from esda import Moran, Moran_Local
    from libpysal.weights import W

    values, neighbours = tables(warehouse, code)
    test = ruang.pattern(values, ruang.reach(values, neighbours))
    known = values[values["keadaan"] == "ada"].set_index("kode_desa")["nilai"]
    edges = warehouse.rows("SELECT * FROM tetangga_desa", {})
    edges = edges[edges["kode_desa"].isin(known.index) & edges["kode_tetangga"].isin(known.index)]
    near = {code: list(edges[edges["kode_desa"] == code]["kode_tetangga"]) for code in known.index}
    weights = W(near, id_order=list(known.index), silence_warnings=True)
    np.random.seed(ruang.SEED)
    whole = Moran(known.to_numpy(), weights, transformation="r", permutations=9_999)
    local = Moran_Local(known.to_numpy(), weights, transformation="r", permutations=9_999, seed=ruang.SEED)
    assert (test.moran, test.expected) == pytest.approx((whole.I, -1 / 120))
    assert test.p == pytest.approx(2 * whole.p_sim)
    assert list(test.villages["kode_desa"]) == list(known.index)
    np.testing.assert_allclose(test.villages["moran_lokal"], local.Is)
    np.testing.assert_allclose(test.villages["p"], np.minimum(1, 2 * local.p_sim))
    ranked = np.sort(test.villages["p"])
    firm = [p for k, p in enumerate(ranked, 1) if p <= ruang.ALPHA * k / len(ranked)]
    assert len(test.firm) == sum(ranked <= max(firm, default=-1))
    names = {1: "tt", 2: "rt", 3: "rr", 4: "tr"}
    assert list(test.villages["kuadran"]) == [names[q] for q in local.q]


def test_global_and_local_follow_from_the_formula(idm):
    _, found, test = idm
    rows = test.villages
    z = rows["nilai"] - rows["nilai"].mean()
    lag = rows["rata_tetangga"] - rows["nilai"].mean()
    assert test.moran == pytest.approx((z * lag).sum() / (z**2).sum())
    np.testing.assert_allclose(rows["moran_lokal"], (len(rows) - 1) * z * lag / (z**2).sum())
    assert list(rows["jumlah_tetangga"]) == [len(found.near[k]) for k in rows["kode_desa"]]
    assert (rows["kuadran"] == "tt").equals((z > 0) & (lag > 0))
    assert (rows["kuadran"] == "rt").equals((z <= 0) & (lag > 0))


def test_many_readers_at_once_get_the_same_numbers_and_leave_the_generator_alone(warehouse):
    jobs = []
    for code in ("DS01", "DS02", "DS03", "DS04"):
        values, neighbours = tables(warehouse, code)
        jobs.append((values, ruang.reach(values, neighbours)))
    alone = [ruang.pattern(*job) for job in jobs]
    np.random.seed(1)
    before = np.random.get_state()[1].tolist()
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda job: ruang.pattern(*job), jobs * 4))
    assert np.random.get_state()[1].tolist() == before
    for n, test in enumerate(together):
        assert test.p == alone[n % 4].p
        pd.testing.assert_frame_equal(test.villages, alone[n % 4].villages)


def test_scattered_kampung_kb_cannot_be_tested(warehouse):
    values, neighbours = tables(warehouse, "KKB02", "2023-08-28")
    found = ruang.reach(values, neighbours)
    assert (found.n, len(found.near), len(found.alone)) == (24, 17, 7)
    assert not ruang.can_test(values, found)


def test_a_village_whose_neighbours_have_no_value_is_left_out_and_named(warehouse):
    values, neighbours = tables(warehouse)
    lonely = "6309052004"
    around = neighbours[neighbours["kode_desa"] == lonely]["kode_tetangga"]
    values = values.assign(keadaan=values["keadaan"].mask(values["kode_desa"].isin(around), "belum_melapor"))
    found = ruang.reach(values, neighbours)
    assert found.alone == (lonely,)
    test = ruang.pattern(values, found)
    assert len(test.villages) == 121 - len(around) - 1
    assert lonely not in set(test.villages["kode_desa"])
    assert test.villages["jumlah_tetangga"].min() >= 1


def test_pieces_that_do_not_border_each_other_are_counted():
    values = pd.DataFrame({"kode_desa": list("abcde"), "nilai": range(5), "keadaan": "ada"})
    borders = pd.DataFrame([("a", "b"), ("b", "a"), ("c", "d"), ("d", "c")], columns=["kode_desa", "kode_tetangga"])
    found = ruang.reach(values, borders)
    assert (found.groups, found.alone) == (2, ("e",))


def test_values_that_do_not_differ_are_not_tested(warehouse):
    values, neighbours = tables(warehouse)
    assert not ruang.can_test(values.assign(nilai=1.0), ruang.reach(values, neighbours))


def test_the_village_in_two_pieces_is_known(warehouse):
    assert ruang.in_pieces(queries.map_layer(warehouse, "peta")["isi"].iloc[0]) == {"Nawin": 2}


def test_esda_is_not_loaded_before_it_is_needed():
    code = "import sys, kkb.charts.ruang, kkb.naskah.ruang; assert not {'esda', 'scipy', 'libpysal'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)
