"""Plausibility rules: what the real recap shows, and what each rule asks for."""

import pandas as pd
import pytest

from kkb import queries
from kkb.compute import kewajaran

DAY = "2023-08-28"


def flagged(recap):
    found = kewajaran.check(recap)
    names = recap["nama_desa"]
    return {(names[i], code) for code in found.columns for i in found.index[found[code]]}


def test_what_the_last_recap_of_tabalong_shows(warehouse):
    assert flagged(queries.recap(warehouse, DAY)) == {
        ("Masukau", "cpr_tanpa_unmet_need"),
        ("Panaan", "jiwa_per_keluarga"),
        ("Garagata", "pokja_terlatih_jiwa>pokja_anggota_jiwa"),
    }


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        ("jiwa_per_keluarga", {"penduduk_jiwa": 8 * 193 + 1}),
        ("peserta_lebih_dari_pus", {"suntik_pasangan": 61}),
        ("rincian_lebih_dari_pus", {"hamil_pasangan": 5}),
        ("pus_pasangan>keluarga_kk", {"pus_pasangan": 194}),
        ("bkb_kk>punya_balita_kk", {"bkb_kk": 53}),
        ("pikr_jiwa>remaja_jiwa", {"pikr_jiwa": 171}),
        ("punya_lansia_kk>keluarga_kk", {"punya_lansia_kk": 194}),
        ("pokja_terlatih_jiwa>pokja_anggota_jiwa", {"pokja_terlatih_jiwa": 9}),
    ],
)
def test_each_rule_begins_where_it_says(warehouse, code, changes):
    recap = queries.recap(warehouse, DAY)
    village = recap[recap["nama_desa"] == "Kasiau Raya"]
    assert code not in {c for _n, c in flagged(village.assign(**{k: v - 1 for k, v in changes.items()}))}
    assert code in {c for _n, c in flagged(village.assign(**changes))}


def test_nothing_is_said_of_a_report_that_was_not_made(warehouse):
    recap = queries.recap(warehouse, DAY)
    silent = recap[recap["nama_desa"] == "Garagata"].assign(pokja_terlatih_jiwa=1)
    assert flagged(silent) == set()
    assert kewajaran.total(silent, kewajaran.METHODS).isna().all()


def test_figures_that_never_change_are_found(warehouse):
    found = kewajaran.unchanged(queries.recap_history(warehouse, DAY)).set_index("kode_desa")
    assert len(found) == 24
    panaan, lumbang = found.loc["6309122005"], found.loc["6309072006"]
    assert (str(panaan["sejak"].date()), panaan["jumlah_rekap"], panaan["is_lama"]) == ("2022-06-07", 13, True)
    assert (str(lumbang["sejak"].date()), lumbang["jumlah_rekap"], lumbang["is_lama"]) == ("2023-05-31", 3, False)


def test_one_changed_figure_or_a_new_blank_ends_the_run(warehouse):
    history = queries.recap_history(warehouse, DAY, "6309122005")
    for value in (85, pd.NA):
        changed = history.assign(pil_pasangan=history["pil_pasangan"].astype("Int64"))
        changed.loc[9:, "pil_pasangan"] = value
        assert kewajaran.unchanged(changed)["jumlah_rekap"].iloc[0] == 4


def test_a_row_is_as_the_one_above_when_figures_and_blanks_are_the_same():
    rows = pd.DataFrame({"a": [1, 1, 1, 2, 2], "b": [None, None, 0, 0, 0]}, dtype="Int64")
    assert list(kewajaran.as_before(rows)) == [False, True, False, False, True]
    assert len(kewajaran.as_before(rows.head(0))) == 0
