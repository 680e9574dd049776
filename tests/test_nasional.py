"""A version with several kabupaten: one is always chosen, and nothing of another is seen."""

import json

from kkb import queries, store, wilayah
from kkb.ui import coats
from kkb.ui.options import options
from tests import pertanyaan
from tests.bench import nasional
from tests.halaman import opened

OTHER = "1201"
ABOVE = {"comparison", "regencies", *pertanyaan.OF_NATION}
"""Questions about all kabupaten: their answers are those of the nation."""


def test_a_nation_has_the_villages_asked_for():
    assert [sum(nasional.sizes(n)) for n in (131, 2_000, 84_000)] == [131, 2_000, 84_000]
    assert len(nasional.sizes(84_000)) == nasional.REGENCIES


def test_one_kabupaten_sees_its_own_rows_only(nations):
    whole = store.current(nations[400])
    for code in wilayah.codes(whole):
        seen = wilayah.chosen(whole, code)
        assert seen.key == f"{whole.version}-{code}"
        known = queries.villages(seen)
        assert len(known) and set(known["kode_desa"].str[:4]) == {code}
        assert len(queries.regency(seen)) == 1
        last = options(seen).periode["KKB02"][-1]
        assert len(queries.village_values(seen, "KKB02", last)) == len(known)
    assert queries.villages(whole).empty, "without a kabupaten nothing is seen"


def test_the_same_kabupaten_answers_the_same_in_any_nation(nations):
    alone, among = (wilayah.chosen(store.current(nations[n])) for n in (131, 400))
    assert (alone.area, among.area) == (None, nasional.FIRST)
    village = queries.villages(alone).iloc[40]
    periods = options(alone).periode["KKB02"]
    tried = pertanyaan.answers([periods[0], periods[-1]], village["kode_kecamatan"], village["kode_desa"])
    filled = pertanyaan.same(alone, among, set(pertanyaan.QUESTIONS) - ABOVE, tried)
    assert set(pertanyaan.QUESTIONS) - ABOVE - filled <= {"activities", "facts", "village_activities", "village_idm"}


def test_areas_above_the_kabupaten_are_seen_and_those_beside_it_are_not(nations):
    for code in (nasional.FIRST, OTHER):
        seen = wilayah.chosen(store.current(nations[400]), code)
        assert set(queries.area_values(seen)["kode_wilayah"]) == {"00", code[:2], code}
        assert set(queries.targets(seen)["kode_wilayah"]) <= {"00", code}


def test_facts_of_two_kabupaten_become_one_version(divided):
    for code, name, villages in (("6309", "Tabalong", 14), ("6311", "Lain", 7)):
        seen = wilayah.chosen(store.current(divided), code)
        assert list(queries.regency(seen)["nama_kabupaten"]) == [name]
        drawn = json.loads(queries.map_layer(seen, "peta")["isi"][0])["unit"]
        assert {u["k"][:4] for u in drawn} == {code}
        assert len(drawn) == villages == len(queries.villages(seen))


def test_an_unknown_kabupaten_becomes_the_first(nations):
    assert wilayah.chosen(store.current(nations[400]), "9999").area == nasional.FIRST


def test_real_data_stay_as_they_are(warehouse):
    assert wilayah.chosen(warehouse, "9999") is warehouse
    assert warehouse.key == warehouse.version


def test_colours_are_those_of_the_kabupaten_of_the_address(nations, monkeypatch):
    monkeypatch.setenv("KKB_DATA", str(nations[400]))
    whole = store.current(nations[400])
    texts = [coats.text_of(f"{whole.version}-{code}", "id", coats.LATEST) for code in (nasional.FIRST, OTHER)]
    assert all(texts) and texts[0] != texts[1]
    assert coats.text_of(f"{whole.version}-9999", "id", coats.LATEST) is None


def test_the_box_is_there_with_several_kabupaten_only(nations, monkeypatch):
    for villages, boxes in ((131, 0), (400, 1)):
        monkeypatch.setenv("KKB_DATA", str(nations[villages]))
        app = opened("peta")
        assert len([b for b in app.selectbox if b.label == "Kabupaten/kota"]) == boxes
    app = opened("peta", kabupaten=OTHER)
    box = next(b for b in app.selectbox if b.label == "Kabupaten/kota")
    assert box.value == OTHER
    assert {o.split(" ")[0] for o in box.options} == {"Contoh"}
