"""Above the kabupaten: what is counted, the maps of provinces and of their kabupaten, the page, and the search."""

import json

import duckdb
import pytest
import shapely
from pandas.testing import assert_frame_equal

from kkb import lapis, queries, selection, store, wilayah
from kkb.build import atas
from kkb.compute.klasifikasi import CLASSES
from kkb.ui.options import options
from tests import golden
from tests.bench import nasional
from tests.halaman import opened

FIRST, LAST = golden.DATES
COUNTS = ["jumlah_wilayah", "jumlah_kampung_kb", *CLASSES, "jumlah_lapor"]
OWN_COUNT = """
    WITH lapor AS (
        SELECT kode_desa,
            coalesce(iud_pasangan, mow_pasangan, mop_pasangan, kondom_pasangan, implan_pasangan, suntik_pasangan,
                pil_pasangan, hamil_pasangan, anak_segera_pasangan, anak_kemudian_pasangan,
                tidak_ingin_anak_pasangan) IS NOT NULL
            AND coalesce(bkb_kk, bkr_kk, bkl_kk, uppka_kk, pikr_jiwa) IS NOT NULL AS lengkap
        FROM semua_rekap WHERE tanggal <= $day
        QUALIFY row_number() OVER (PARTITION BY kode_desa ORDER BY tanggal DESC) = 1
    )
    SELECT left(d.kode_desa, $digits) AS kode, count(*), count(s.kode_desa),
        count(*) FILTER (k.klasifikasi = 'dasar'), count(*) FILTER (k.klasifikasi = 'berkembang'),
        count(*) FILTER (k.klasifikasi = 'mandiri'), count(*) FILTER (k.klasifikasi = 'berkelanjutan'),
        count(k.kode_desa) FILTER (l.lengkap)
    FROM semua_desa AS d
    LEFT JOIN semua_status AS s ON s.kode_desa = d.kode_desa AND s.tercatat_sejak <= $day
    LEFT JOIN semua_klasifikasi AS k ON k.kode_desa = d.kode_desa AND k.tanggal = $day
    LEFT JOIN lapor AS l ON l.kode_desa = d.kode_desa
    WHERE left(d.kode_desa, 4) IN (SELECT left(kode_desa, 4) FROM semua_klasifikasi WHERE tanggal = $day)
    GROUP BY kode ORDER BY kode
"""


def seen(folder, code=None):
    """The version of a folder as one of its kabupaten sees it."""
    return wilayah.chosen(store.current(folder), code)


def counted(folder, day, digits):
    """The same counts, from the villages; by the first digits of their codes."""
    path = store.path_of(folder, store.published(folder))
    with duckdb.connect(str(path), read_only=True) as file:
        return file.execute(OWN_COUNT, {"day": day, "digits": digits}).fetchall()


def told(areas):
    """The counts of areas that have data, as `counted` gives them."""
    known = areas[areas["keadaan"] == "ada"]
    rows = known[["kode_wilayah", *COUNTS]].astype(dict.fromkeys(COUNTS, int))
    return list(rows.itertuples(index=False, name=None))


@pytest.mark.parametrize("which", ["nation", "divided"])
def test_areas_add_up_to_what_the_villages_say(request, which):
    folder = request.getfixturevalue("nations")[400] if which == "nation" else request.getfixturevalue("divided")
    warehouse = seen(folder)
    for day in queries.coverage_dates(warehouse)["periode"]:
        provinces = queries.area_coverage(warehouse, day, atas.NATION)
        assert told(provinces) == counted(folder, day, 2) != []
        below = [r for p in provinces["kode_wilayah"] for r in told(queries.area_coverage(warehouse, day, p))]
        assert below == counted(folder, day, 4)


def test_no_classification_is_no_data_and_not_zero(divided):
    warehouse = seen(divided)
    regencies = queries.area_coverage(warehouse, FIRST, "63").set_index("kode_wilayah")
    assert list(regencies["keadaan"]) == ["ada", "tanpa_data"]
    assert regencies.loc["6311", [*COUNTS, "nilai", "kelas"]].isna().all()
    (province,) = queries.area_coverage(warehouse, FIRST, atas.NATION).to_dict("records")
    assert (province["jumlah_berdata"], province["jumlah_kabupaten"], province["jumlah_wilayah"]) == (1, 2, 14)
    assert set(queries.area_coverage(warehouse, LAST, "63")["keadaan"]) == {"ada"}


def test_every_share_has_a_class(nations, divided):
    for folder in (nations[400], divided):
        warehouse = seen(folder)
        for day in queries.coverage_dates(warehouse)["periode"]:
            provinces = queries.area_coverage(warehouse, day, atas.NATION)
            for areas in (provinces, *(queries.area_coverage(warehouse, day, p) for p in provinces["kode_wilayah"])):
                assert (areas["kelas"].notna() == areas["nilai"].notna()).all()
        assert list(queries.area_legend(warehouse)["kode_kelas"])[-1] == "tanpa_data"


def layer(warehouse, code):
    return json.loads(queries.area_layer(warehouse, code)["isi"][0])


def test_just_the_children_are_drawn_in_the_order_of_their_figures(nations, divided):
    for folder in (nations[400], divided):
        warehouse = seen(folder)
        day = queries.coverage_dates(warehouse)["periode"].iloc[-1]
        provinces = sorted({code[:2] for code in wilayah.codes(warehouse)})
        for code in (atas.NATION, *provinces):
            drawn = [u["k"] for u in layer(warehouse, code)["unit"]]
            below = provinces if code == atas.NATION else [c for c in wilayah.codes(warehouse) if c[:2] == code]
            assert drawn == below == list(queries.area_coverage(warehouse, day, code)["kode_wilayah"])
        assert queries.area_layer(warehouse, "99").empty


def polygon(unit):
    return shapely.multipolygons(
        [shapely.Polygon(lapis.points(p[0]), [lapis.points(h) for h in p[1:]]) for p in unit["g"]]
    )


def test_kabupaten_are_their_villages_together_and_share_their_border(divided):
    one, other = (polygon(u) for u in layer(seen(divided), "63")["unit"])
    assert shapely.coverage_is_valid([one, other])
    assert shapely.intersection(one, other).length > 0.05
    for code, shape in (("6309", one), ("6311", other)):
        villages = json.loads(queries.map_layer(seen(divided, code), "peta")["isi"][0])["unit"]
        whole = shapely.union_all([polygon(u) for u in villages])
        assert shapely.symmetric_difference(whole, shape).area < 0.03 * whole.area
    assert all(shapely.Point(u["t"][::-1]).within(polygon(u)) for u in layer(seen(divided), "63")["unit"])


def test_specks_are_left_out_but_never_a_whole_area():
    land, speck = shapely.box(0, 0, 1, 1), shapely.box(2, 2, 2.001, 2.001)
    holed = shapely.Polygon(land.exterior, [shapely.box(0.5, 0.5, 0.501, 0.501).exterior])
    assert atas._without_specks(shapely.MultiPolygon([holed, speck]), 0.01).equals(land)
    assert atas._without_specks(speck, 0.01).equals(speck)


def test_one_kabupaten_has_no_page_no_entry_and_no_box(nations, monkeypatch):
    monkeypatch.setenv("KKB_DATA", str(nations[131]))
    app = opened("peta", provinsi="11")
    assert not app.text_input
    assert "Halaman Provinsi dan nasional" not in next(b for b in app.selectbox if b.key == "cari").options
    assert "nasional" not in [link.proto.page for link in app.get("page_link")]
    assert any("“11”" in w.value and "provinsi" in w.value for w in app.warning)
    assert not [b for b in app.button if b.key == "jejak-negara"]
    warehouse = seen(nations[131])
    assert queries.area_layer(warehouse, atas.NATION).empty and queries.area_legend(warehouse).empty
    monkeypatch.setenv("KKB_DATA", str(nations[400]))
    app = opened("peta")
    assert [t.key for t in app.text_input] == ["cari-semua"]
    assert "Halaman Provinsi dan nasional" in next(b for b in app.selectbox if b.key == "cari").options
    assert "nasional" in [link.proto.page for link in app.get("page_link")]


@pytest.mark.parametrize(("language", "heading"), [("id", "Kampung KB menurut"), ("en", "Kampung KB by")])
def test_the_page_goes_from_the_nation_to_a_province(nations, monkeypatch, language, heading):
    monkeypatch.setenv("KKB_DATA", str(nations[400]))
    app = opened("nasional", bahasa=language)
    assert not app.error and not app.warning
    assert app.header[0].value.startswith(heading)
    assert len(app.dataframe[0].value) == 3
    found = queries.area_coverage(seen(nations[400]), options(seen(nations[400])).periode["KKB00"][-1], atas.NATION)
    assert str(found["jumlah_kampung_kb"].sum()) in app.title[0].value
    next(b for b in app.selectbox if b.key == "pilih-provinsi").select("12").run()
    assert app.query_params["provinsi"] == "12"
    assert "Provinsi Contoh 02" in app.title[0].value
    assert list(app.dataframe[0].value.iloc[:, 0]) == ["1201"]
    next(b for b in app.button if b.key == "jejak-negara").click().run()
    assert "provinsi" not in app.query_params
    assert len(app.dataframe[0].value) == 3


def test_the_page_tells_what_is_not_known(divided, monkeypatch):
    monkeypatch.setenv("KKB_DATA", str(divided))
    app = opened("nasional", provinsi="63", tanggal=FIRST)
    assert "1 kabupaten/kota di Kalimantan Selatan" in app.title[0].value
    table = app.dataframe[0].value
    assert list(table["Kode"]) == ["6309", "6311"]
    assert table.iloc[1][["Kampung KB", "Bagian (%)", "Dasar"]].isna().all()
    assert app.dataframe[0].proto.placeholder == "–", "not the word None"
    assert any("tidak dihitung: 1 dari 2 kabupaten/kota" in c.value for c in app.caption)


def test_an_unknown_province_is_told_and_not_used(nations):
    known = options(seen(nations[400]))
    chosen = selection.parse({"provinsi": "99"}, known)
    assert (chosen.provinsi, [(n.parameter, n.value) for n in chosen.notes]) == (None, [("provinsi", "99")])
    assert selection.to_query(selection.parse({"provinsi": "12"}, known)) == {"provinsi": "12"}
    assert selection.parse({"provinsi": "11"}, options(seen(nations[131]))).provinsi is None


def test_any_place_is_found_also_when_it_is_misspelt(nations):
    warehouse = seen(nations[400], nasional.FIRST)
    for asked in ("Desa Contoh 135", "desa contoh 135", "Dsa Contoh 135", "Desa Cntoh 135", "contoh 135"):
        found = queries.place_search(warehouse, asked)
        assert len(found) <= 20
        best = found.iloc[0]
        assert (best["kode"][:4], best["nama"], best["nama_kabupaten"]) == ("1201", "Desa Contoh 135", "Contoh 002")
    assert list(queries.place_search(warehouse, "Contoh 003")["kode"])[:1] == ["1301"]
    assert len(queries.place_search(warehouse, "kec. contoh 01")["kode"][0]) == 6
    for asked in ("zzzzz", "", "  ", "%", "'; DROP TABLE desa"):
        assert queries.place_search(warehouse, asked).empty


def test_a_misspelt_village_of_another_kabupaten_is_found_and_opened(nations, monkeypatch):
    monkeypatch.setenv("KKB_DATA", str(nations[400]))
    app = opened("target", kecamatan="110101", rencana="1101012001")
    app.text_input(key="cari-semua").input("Desa Cntoh 135").run()
    hits = [b for b in app.button if str(b.key).startswith("ketemu-")]
    assert 0 < len(hits) <= 20
    assert hits[0].label == "Desa Contoh 135, Kec. Contoh 12, Contoh 002"
    hits[0].click().run()
    query = app.query_params
    assert (query["kabupaten"], query["desa"][:4]) == ("1201", "1201")
    assert not {"kecamatan", "rencana"} & query.keys()
    assert not app.warning and not app.error
    assert "Desa Contoh 135" in app.title[0].value
    assert app.text_input(key="cari-semua").value == ""


def test_what_is_not_found_is_told(nations, monkeypatch):
    monkeypatch.setenv("KKB_DATA", str(nations[400]))
    app = opened("peta")
    app.text_input(key="cari-semua").input("*zzzz*").run()
    assert any(r"\*zzzz\*" in c.value for c in app.caption)


def test_all_kabupaten_give_the_same_answers(nations):
    one, other = (seen(nations[400], code) for code in ("1101", "1201"))
    day = queries.coverage_dates(one)["periode"].iloc[-1]
    assert_frame_equal(queries.area_coverage(one, day, "00"), queries.area_coverage(other, day, "00"))
    assert_frame_equal(queries.place_search(one, "Contoh"), queries.place_search(other, "Contoh"))
