"""Figures of one village beside the others, and why an item has its score."""

import pandas as pd
import pytest

from kkb import queries
from kkb.compute import klasifikasi, rekap
from kkb.compute.alasan import reasons

DAY = "2023-08-28"


def beside(warehouse, code):
    recap = queries.recap(warehouse, DAY)
    return {b.code: b for b in rekap.beside(recap, rekap.figures(recap), code)}


def test_masukau_beside_the_others(warehouse):
    found = beside(warehouse, "6309062008")
    cpr = found["cpr_pct"]
    assert (cpr.value, cpr.n) == (pytest.approx(100 * 297 / 299), 19)
    assert cpr.peers == {"Kasiau Raya": pytest.approx(100 * 123 / 139)}
    assert found["penduduk_jiwa"].median == 1056
    assert found["mop_pasangan"].value == 0
    row = queries.recap(warehouse, DAY).set_index("kode_desa").loc["6309062008"]
    assert {"mop_pasangan", "unmet_need_pct", "pikr_pct"} <= rekap.blanks(row)
    assert "iud_pasangan" not in rekap.blanks(row)


def test_a_report_that_was_not_made_is_missing_and_not_zero(warehouse):
    found = beside(warehouse, "6309112008")
    assert all(pd.isna(found[c].value) for c in rekap.REPORTED)
    assert found["penduduk_jiwa"].value == 1657
    assert found["cpr_pct"].n == 20


def test_the_village_itself_is_not_in_the_median(warehouse):
    recap = queries.recap(warehouse, DAY)
    figures = rekap.figures(recap)
    others = figures.loc[recap["kode_desa"] != "6309122005", "mkjp_pct"]
    assert beside(warehouse, "6309122005")["mkjp_pct"].median == others.median()


def told(warehouse, code, changes=None, day=DAY):
    scores = queries.item_scores(warehouse, day)
    own = scores[scores["kode_desa"] == code]
    recap = queries.recap(warehouse, day)
    rule = klasifikasi.in_force(klasifikasi.rules(queries.item_rules(warehouse)), day)
    given = recap[recap["kode_desa"] == code].assign(**changes or {})
    by_item = {k: int(n) for k, n in zip(own["kode_indikator"], own["nilai"], strict=True)}
    return {r.item.code: r for r in reasons(given, by_item, rule)}


def test_each_state_of_a_reason(warehouse):
    garagata = told(warehouse, "6309112008")
    assert {c for c, r in garagata.items() if r.state == "belum_melapor"} == {"SK09", "SK10", "SK11", "SK12"}
    assert garagata["SK03"].state == "menurut_skor"
    assert (garagata["SK02"].state, garagata["SK02"].measure) == ("terukur", 6)
    later = told(warehouse, "6309112008", {"sumber_dana_jumlah": 3})["SK02"]
    assert (later.state, later.score, later.counted) == ("berbeda", 4, 3)
