"""Moves between dates, weakest items and the order of the table, on the real numbers and on made-up villages."""

import pandas as pd
import pytest

from kkb import queries
from kkb.compute import perubahan
from kkb.compute.perubahan import NO_STATUS, NOT_SCORED, Tally

FIRST, LAST = "2022-06-13", "2023-08-28"


def village(code, kelas, index=2.0):
    return {
        "kode_desa": code,
        "nama_desa": f"Desa {code}",
        "kode_kecamatan": "1",
        "nama_kecamatan": "K",
        "kelas": kelas,
        "indeks_input": index,
        "indeks_proses": index,
        "indeks_output": index,
    }


def test_every_way_a_village_can_go():
    earlier = pd.DataFrame(
        [village("a", "dasar"), village("b", "mandiri"), village("c", "dasar"), village("d", "dasar")]
    )
    later = pd.DataFrame(
        [village("a", "mandiri"), village("b", "berkembang"), village("d", None), village("e", "dasar")]
    )
    moved = perubahan.moves(earlier, later).set_index("kode_desa")
    assert moved["gerak"].to_dict() == {"a": "naik", "b": "turun", "e": "baru", "c": "lepas", "d": "lepas"}
    assert (moved.loc["a", "langkah"], moved.loc["b", "langkah"]) == (2, -1)
    assert pd.isna(moved.loc["e", "langkah"])
    assert (moved.loc["e", "kelas_lama"], moved.loc["c", "kelas_baru"], moved.loc["d", "kelas_baru"]) == (
        NO_STATUS,
        NO_STATUS,
        NOT_SCORED,
    )
    assert perubahan.tally(moved) == Tally(rose=1, fell=1, stayed=0, new=1, gone=2)


def test_moves_agree_with_the_question_on_every_pair_of_dates(warehouse):
    dates = list(queries.coverage_history(warehouse)["periode"])
    for date in dates[1:]:
        moved = perubahan.moves(queries.village_classes(warehouse, dates[0]), queries.village_classes(warehouse, date))
        asked = queries.class_moves(warehouse, dates[0], date)
        changed = moved[moved["gerak"] != "tetap"]
        assert dict(zip(changed["kode_desa"], changed["langkah"], strict=True)) == dict(
            zip(asked["kode_desa"], asked["langkah"], strict=True)
        )
        assert perubahan.flows(moved)["jumlah"].sum() == 24


def test_the_flows_end_in_the_published_mix(warehouse):
    moved = perubahan.moves(queries.village_classes(warehouse, FIRST), queries.village_classes(warehouse, LAST))
    flows = perubahan.flows(moved)
    assert flows.groupby("kelas_lama")["jumlah"].sum().to_dict() == {
        "dasar": 12,
        "berkembang": 6,
        "mandiri": 3,
        "berkelanjutan": 3,
    }
    assert flows.groupby("kelas_baru")["jumlah"].sum().to_dict() == {
        "dasar": 10,
        "berkembang": 6,
        "mandiri": 4,
        "berkelanjutan": 4,
    }


def test_mkjp_is_the_weakest_item_and_who_did_not_report_is_told(warehouse):
    weak = perubahan.weakest(queries.item_scores(warehouse, LAST))
    mkjp = weak.iloc[0]
    assert tuple(mkjp) == ("SK11", 22, 4, 24)
    reporting = mkjp["jumlah"] - mkjp["belum_melapor"]
    assert (reporting, mkjp["jumlah"] - mkjp["di_bawah"]) == (20, 2)


def test_a_change_from_no_report_to_score_1_is_a_change(warehouse):
    changes = perubahan.item_changes(queries.item_scores(warehouse, FIRST), queries.item_scores(warehouse, LAST))
    habau_hulu = changes[changes["kode_desa"] == "6309012011"].set_index("kode_indikator")
    assert tuple(habau_hulu.loc["SK11", ["nilai_lama", "keadaan_lama", "nilai_baru", "keadaan_baru"]]) == (
        1,
        "belum_melapor",
        1,
        "ada",
    )
    assert "SK02" not in habau_hulu.index


@pytest.mark.parametrize(
    ("order", "first", "last"),
    [
        ("kelas", "Kasiau Raya", "Mahe Seberang"),
        ("kecamatan", "Habau Hulu", "Kaong"),
        ("SK11", "Garagata", "Kaong"),
    ],
)
def test_the_order_of_the_table(warehouse, order, first, last):
    scores = queries.item_scores(warehouse, LAST)
    names = scores.drop_duplicates("kode_desa").set_index("kode_desa")["nama_desa"]
    found = [names[code] for code in perubahan.village_order(scores, order)]
    assert (len(found), found[0], found[-1]) == (24, first, last)
    if order == "SK11":
        assert set(found[:4]) == {"Garagata", "Nawin", "Ampukung", "Mahe Seberang"}


def test_the_province_is_the_sum_of_its_kabupaten(warehouse):
    mixes = perubahan.class_mixes(queries.comparison(warehouse, LAST), "6309")
    assert {name: sum(mix.values()) for name, mix in mixes.items()} == {"6309": 24, "provinsi": 787, "00": 32740}
    assert round(perubahan.upper_share(mixes["6309"]), 1) == 33.3
