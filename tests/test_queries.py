"""The numbers that everyone knows, out of the real warehouse."""

import pytest

from kkb import queries


def test_villages_of_tabalong(warehouse):
    villages = queries.villages(warehouse)
    assert len(villages) == 131
    assert villages["jenis"].value_counts().to_dict() == {"desa": 121, "kelurahan": 10}
    assert villages["kode_kecamatan"].nunique() == 12


def test_coverage_is_24_of_131_on_all_twelve_dates(warehouse):
    history = queries.coverage_history(warehouse)
    assert len(history) == 12
    assert set(zip(history["jumlah_kampung_kb"], history["jumlah_wilayah"], strict=True)) == {(24, 131)}
    assert round(100 * 24 / 131, 1) == 18.3


@pytest.mark.parametrize(("period", "mix"), [("2022-06-13", [12, 6, 3, 3]), ("2023-08-28", [10, 6, 4, 4])])
def test_class_mix(warehouse, period, mix):
    counts = queries.class_counts(warehouse)
    assert list(counts[counts["periode"] == period].sort_values("urutan")["jumlah"]) == mix


def test_idm_2024(warehouse):
    values = queries.village_values(warehouse, "DS01", "2024")
    assert values["kelas"].value_counts().to_dict() == {"mandiri": 90, "maju": 28, "berkembang": 3}
    assert values["keadaan"].value_counts().to_dict() == {"ada": 121, "tidak_berlaku": 10}
    assert set(values[values["keadaan"] == "tidak_berlaku"]["jenis"]) == {"kelurahan"}
    assert values["nilai"].mean() == pytest.approx(0.8349, abs=5e-5)


def test_the_states_are_kept_apart(warehouse):
    values = queries.village_values(warehouse, "SK11", "2023-08-28")
    assert values["keadaan"].value_counts().to_dict() == {"tidak_dinilai": 107, "ada": 20, "belum_melapor": 4}
    silent = values[values["keadaan"] == "belum_melapor"]
    assert set(silent["nama_desa"]) == {"Nawin", "Garagata", "Ampukung", "Mahe Seberang"}
    assert set(silent["nilai"]) == {1.0}
    assert silent["kelas"].isna().all()


def test_reporting(warehouse):
    reports = queries.reporting(warehouse, "2023-08-28")
    assert (len(reports), reports["is_lapor_kb"].sum(), reports["is_lapor_poktan"].sum()) == (24, 20, 19)
    assert {str(d)[:10] for d in reports["tanggal_rekap"]} == {"2023-06-12"}


def test_kecamatan_add_up_to_the_kabupaten(warehouse):
    for period in queries.coverage_history(warehouse)["periode"]:
        districts = queries.district_coverage(warehouse, period)
        assert districts["kesenjangan"].sum() == 107
        assert districts["jumlah_kampung_kb"].sum() == 24
        assert (districts["jumlah_kampung_kb"] == 2).all()
    for code in queries.districts(warehouse)["kode_kecamatan"]:
        part = queries.coverage_history(warehouse, code).iloc[-1]
        row = districts[districts["kode_kecamatan"] == code].iloc[0]
        assert (part["jumlah_kampung_kb"], part["jumlah_wilayah"]) == (row["jumlah_kampung_kb"], row["jumlah_wilayah"])


def test_movement_between_the_first_and_the_last_date(warehouse):
    moves = queries.class_moves(warehouse, "2022-06-13", "2023-08-28")
    assert {(r.nama_desa, r.kelas_lama, r.kelas_baru) for r in moves.itertuples()} == {
        ("Hapalah", "dasar", "mandiri"),
        ("Lumbang", "berkembang", "berkelanjutan"),
        ("Habau Hulu", "dasar", "berkembang"),
    }
    assert queries.last_change(warehouse, "2023-08-28")["periode"][0] == "2023-05-16"
    assert queries.last_change(warehouse, "2022-06-13")["periode"].isna().all()


def test_position_in_the_province(warehouse):
    table = queries.comparison(warehouse, "2023-08-28")
    own = table[table["kode_wilayah"] == "6309"].iloc[0]
    assert (own["peringkat"], own["jumlah_kampung_kb"], own["jumlah_wilayah"]) == (8, 24, 131)
    province = table[table["peringkat"].notna()]
    assert (len(province), province["jumlah_kampung_kb"].sum(), province["jumlah_wilayah"].sum()) == (13, 787, 2016)
    assert list(province["peringkat"][:4]) == [1, 1, 1, 4]
    nation = table[table["kode_wilayah"] == "00"].iloc[0]
    assert (nation["jumlah_kampung_kb"], nation["dasar"]) == (32740, 22240)


def test_every_date_of_the_comparison_holds_all_areas(warehouse):
    for period in queries.coverage_history(warehouse)["periode"]:
        assert len(queries.comparison(warehouse, period)) == 14


def test_both_padangin_are_told_apart(warehouse):
    profiles = {k: queries.village_facts(warehouse, k).iloc[0] for k in ("6309032012", "6309082004")}
    assert {p["nama_kecamatan"] for p in profiles.values()} == {"Tanta", "Muara Harus"}
    assert {p["nama_sama"] for p in profiles.values()} == {2}


def test_a_profile_never_reads_after_its_date_when_something_older_exists(warehouse):
    rows = queries.village_profile(warehouse, "6309012001", "2022-12-01").set_index("kode_indikator")
    assert rows.loc["KKB02", "periode"] == "2022-11-22"
    assert rows.loc["DS01", "periode"] == "2024"
    assert queries.village_profile(warehouse, "0000000000", "2022-12-01").empty


def test_every_map_indicator_says_something_of_every_village(warehouse):
    indicators = queries.map_indicators(warehouse)
    assert len(indicators) == 33
    for code, periods in zip(indicators["kode_indikator"], indicators["periode"], strict=True):
        for period in periods:
            values = queries.village_values(warehouse, code, period)
            assert len(values) == 131
            assert (values["kelas"].notna() == (values["keadaan"] == "ada")).all()


def test_the_plan_and_the_press_are_facts_with_a_source(warehouse):
    facts = queries.facts(warehouse).set_index("kode_fakta")
    press = facts.loc["pers-kampung-kb-2023-09-14"]
    assert (press["nilai"], press["tanggal"], press["sumber"]) == (24, "2023-09-14", "Metro7")
    assert facts.loc["rencana-kampung-kb-2024", "nilai"] == 131
    assert facts.loc["se-mendagri-2020", "tanggal"] == "2020-04-15"
    assert facts.loc["capaian-131-2024", "nilai"] != facts.loc["capaian-131-2024", "nilai"]
    known = facts[facts["jenis"] != "tidak-ditemukan"]
    assert known["sumber"].notna().all()
    target = queries.target(warehouse, "KKB01").iloc[0]
    assert (target["target"], target["tahun"], target["sumber"]) == (131, 2024, "Metro7")


def test_neighbours_share_a_border_and_are_told_from_both_sides(warehouse):
    pairs = {
        (code, other)
        for code in queries.villages(warehouse)["kode_desa"]
        for other in queries.village_neighbours(warehouse, code, "2023-08-28")["kode_desa"]
    }
    assert len(pairs) == 646
    assert pairs == {(b, a) for a, b in pairs}
    assert all(a != b for a, b in pairs)
    masukau = queries.village_neighbours(warehouse, "6309062008", "2023-08-28")
    assert list(masukau["nama_desa"]) == ["Kapar", "Kasiau", "Kasiau Raya", "Mabu'un", "Juai", "Wayau"]


def test_the_history_of_a_village_has_its_class_on_every_date(warehouse):
    history = queries.village_history(warehouse, "6309012011").set_index("periode")
    assert len(history) == 12
    assert history.loc["2023-05-16", "kelas"] == "dasar"
    assert history.loc["2023-06-19", ["kelas", "input", "output"]].tolist() == ["berkembang", 3.0, 2.0]
    assert queries.village_history(warehouse, "6309032001")["kelas"].isna().all()


def test_the_idm_of_a_village_stands_beside_medians_of_desa_only(warehouse):
    idm = queries.village_idm(warehouse, "6309062008").set_index("kode_indikator").loc["DS01"]
    assert (idm["nilai"], idm["label"]) == (0.9176, "Mandiri (> 0,8155)")
    assert (idm["jumlah_kecamatan"], idm["jumlah_kabupaten"]) == (5, 121)
    values = queries.village_values(warehouse, "DS01", idm["periode"])
    assert idm["median_kabupaten"] == values["nilai"].median()
    assert set(queries.village_idm(warehouse, "6309041003")["keadaan"]) == {"tidak_berlaku"}


def test_sources_of_all_indicators_at_once_are_those_of_each(warehouse):
    for period in ("2023-08-28", "2023-06-12", "2024"):
        known = queries.value_sources(warehouse, None, period)
        assert len(known)
        for code in queries.indicators(warehouse)["kode_indikator"]:
            alone = queries.value_sources(warehouse, code, period)
            assert list(known[known["kode_indikator"] == code]["sumber"]) == list(alone["sumber"])
