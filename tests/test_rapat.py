"""The pack of a meeting: complete, from one version, and of the same numbers wherever they are counted."""

from datetime import date

import pandas as pd
import pytest

from kkb import bahasa, queries, store
from kkb.build import build
from kkb.errors import EmptyError
from kkb.rapat import susun
from kkb.selection import STATUS
from tests import golden
from tests.conftest import FACTS

TODAY = date(2026, 11, 28)


@pytest.fixture(scope="module")
def warehouse(published):
    return store.current(published)


@pytest.fixture(scope="module")
def pack(warehouse):
    bahasa.use("id")
    return susun.pack(warehouse, None, None, TODAY)


def test_the_agenda_names_every_part_once(pack, warehouse):
    assert list(dict.fromkeys(s.part for s in pack.sheets)) == list(susun.PARTS[:-1]), "nothing is agreed yet"
    keys = [s.key for s in pack.sheets]
    assert len(keys) == len(set(keys))
    assert sum(s.part == "kecamatan" for s in pack.sheets) == 12
    assert [s.key for s in pack.villages] == [f"desa/{k}" for k in queries.villages(warehouse)["kode_desa"]]
    assert all(s.title and s.source for s in (*pack.sheets, *pack.villages))
    assert not [p for s in (*pack.sheets, *pack.villages) for p in s.points if "**" in p or "nan" in p.lower().split()]


def test_sums_agree_between_sheets(pack, warehouse):
    status = queries.village_values(warehouse, STATUS, pack.period)
    done = int((status["kelas"] == "sudah").sum())
    whole = pack.sheet("kabupaten/cakupan")
    assert [(k.code, k.count) for k in whole.map.legend][:2] == [("sudah", done), ("belum", 131 - done)]
    districts = [s for s in pack.sheets if s.part == "kecamatan"]
    assert sum((s.grid.rows["Kampung KB"] == "sudah").sum() for s in districts) == done
    assert sum(len(s.grid.rows) for s in districts) == 131
    assert sum(pack.sheet("kabupaten/target").chart.series[0].values) == 131 - done
    last = [s.values[-1] for s in pack.sheet("kabupaten/kelas").chart.series]
    assert sum(last) == done
    scored = [s for s in pack.villages if "Skor" in s.grid.rows.columns]
    assert len(scored) == done


def test_a_village_that_did_not_report_shows_no_score_for_it(pack):
    silent = next(s for s in pack.villages if s.title.startswith("Garagata"))
    scores = silent.grid.rows.set_index("Butir")["Skor"]
    assert scores.isna().sum() == 4
    assert "belum melapor" in [f.value for f in silent.figures]


def test_a_kecamatan_has_a_pack_of_its_own_with_the_same_words(pack, warehouse):
    own = susun.pack(warehouse, "630903", None, TODAY)
    assert own.sheet("kecamatan/630903").title == pack.sheet("kecamatan/630903").title
    assert {s.key for s in own.villages} == {s.key for s in pack.villages if s.choice["desa"].startswith("630903")}
    assert own.seal != pack.seal
    with pytest.raises(ValueError, match="999999"):
        susun.pack(warehouse, "999999", None, TODAY)


def test_an_earlier_day_and_the_other_language(warehouse):
    bahasa.use("en")
    try:
        early = susun.pack(warehouse, "630903", "2022-06-13", TODAY)
    finally:
        bahasa.use("id")
    assert (early.period, early.scored, early.language) == ("2022-06-13", "2022-06-13", "en")
    assert early.sheet("kabupaten/cakupan").title == "Kampung KB in Tanta district: 2 of 14 villages"
    assert "2023" not in early.sheet("kabupaten/cakupan").points[0]


def test_without_kampung_kb_data_there_is_no_pack(tmp_path):
    build(golden.write(FACTS, tmp_path / "data", empty=True), tmp_path / "var")
    with pytest.raises(EmptyError):
        susun.pack(store.current(tmp_path / "var"), None, None, TODAY)


def test_missing_stays_missing_in_grids(pack):
    rows = pd.concat([s.grid.rows for s in pack.sheets if s.part == "kecamatan"])
    outside = rows[rows["Kampung KB"] == "belum"]
    assert outside[["Indeks input", "Indeks proses", "Indeks output", "Poin"]].isna().all(axis=None)
    assert rows["IDM 2024"].isna().sum() == 10


def test_all_villages_are_asked_for_at_once(warehouse, monkeypatch):
    asked = []
    rows = store.Warehouse.rows
    monkeypatch.setattr(store.Warehouse, "rows", lambda own, sql, told: asked.append(sql) or rows(own, sql, told))
    susun.pack(warehouse, None, None, TODAY, outline=True)
    outline = len(asked)
    susun.pack(warehouse, None, None, TODAY)
    assert len(asked) - outline <= outline + 9, "what only the show needs, once for all villages"
    assert outline < 40
