"""The analysis page: what it remembers for the next reader, and the chosen village in figures drawn without it."""

import pytest
from streamlit.testing.v1.element_tree import Block

from kkb import bahasa
from kkb.charts import analisis as charts
from kkb.charts import sebaran
from kkb.compute import hubungan
from kkb.selection import Selection
from kkb.ui import analisis, run
from kkb.ui.options import options
from tests import halaman

CHOICES = (
    {},
    {"kecamatan": "630903"},
    {"tanggal": "2022-06-13"},
    {"indikator": "DS01"},
    {"indikator": "DS01", "terhadap": "DS02"},
    {"indikator": "DS01", "terhadap": "DS02", "desa": "6309032012"},
    {"bahasa": "en"},
)


def seen(choice):
    """All that stands on the page, but for the buttons of files, whose addresses differ each time."""
    elements = [e for e in halaman.opened("analisis", **choice).main if not isinstance(e, Block)]
    return [str(e.proto) for e in elements if e.type != "download_button"]


def test_what_others_chose_before_does_not_show(monkeypatch, published):
    monkeypatch.setenv("KKB_DATA", str(published))
    alone = []
    for choice in CHOICES:
        run._made.cache_clear()
        alone.append(seen(choice))
    assert all(one != other for n, one in enumerate(alone) for other in alone[:n]), "each choice is a page of its own"
    run._made.cache_clear()
    assert [seen(choice) for choice in CHOICES] == alone


def test_all_that_is_told_of_a_kecamatan_is_of_its_villages_only(monkeypatch, published):
    monkeypatch.setenv("KKB_DATA", str(published))
    halaman.opened("analisis")
    told = [m.value for m in halaman.opened("analisis", kecamatan="630903").markdown]
    counted = [m for m in told if m.startswith(("**Hubungan:**", "**Klasifikasi Kampung KB:**", "**IDM:**"))]
    assert ["dari 14 desa/kelurahan memiliki" in m for m in counted] == [True] * 3


@pytest.fixture
def reading(warehouse):
    bahasa.use("id")
    before = run._run.set(run.Run(warehouse, options(warehouse), Selection()))
    yield
    run._run.reset(before)


VILLAGE = "6309032012"
PERIODS = {"KKB02": "2023-08-28"}


@pytest.mark.parametrize(("one", "other"), [("DS01", "DS02"), ("KKB02", "DS01"), ("DS01", "KKB02")])
def test_the_ring_is_at_the_values_of_the_chosen_village(reading, one, other):
    a, b = (analisis.variable(code, PERIODS.get(code, "2024")) for code in (one, other))
    rows = hubungan.both(a.values, b.values)
    plain = charts.relation(a, b, rows, rows.head(0)).to_dict()
    ringed = charts.with_ring(plain, a, b, rows, VILLAGE)
    (ring,) = [t for t in ringed["data"] if t not in plain["data"]]
    (note,) = [n for n in ringed["layout"]["annotations"] if n not in plain["layout"].get("annotations", [])]
    assert note["text"] == "<b>Padangin</b>"
    places = {(x, y) for t in plain["data"] for x, y in zip(t["x"], t["y"], strict=True)}
    assert (ring["x"][0], ring["y"][0]) in places, "a point lies there"
    values = rows.set_index("kode_desa").loc[VILLAGE]
    assert {ring["x"][0], ring["y"][0]} & {values["nilai_a"], values["nilai_b"]}
    assert charts.with_ring(plain, a, b, rows, "6309999999") == plain


@pytest.mark.parametrize("villages", [131, 5])
def test_the_chosen_village_is_marked_in_a_spread(reading, villages):
    variable = analisis.variable("DS01", "2024")
    own = variable.values["kode_desa"] == VILLAGE
    rows = variable.values[own | (variable.values.index < villages)]
    plain = sebaran.distribution(variable, rows, "-").to_dict()
    marked = sebaran.with_chosen(plain, variable, rows, VILLAGE)
    *others, last = marked["data"]
    assert others == plain["data"][:-1]
    colours = last["marker"]["color"]
    each = [colours] * len(last["x"]) if isinstance(colours, str) else colours
    red = [x for x, colour in zip(last["x"], each, strict=True) if colour == charts.CHOSEN]
    assert red == list(variable.values[own]["nilai"])
    assert sebaran.with_chosen(plain, variable, rows, "6309999999") == plain
