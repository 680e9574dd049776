"""The first paint: the numbers of the page in the first answer, for any link; a plain page when there is nothing."""

import json
import re

import pytest

from kkb import queries
from kkb.selection import STATUS
from kkb.ui import awal, coats
from kkb.ui.options import options
from tests.halaman import opened


@pytest.fixture
def page(monkeypatch, published):
    monkeypatch.setenv("KKB_DATA", str(published))
    return awal.page


def state(html):
    return json.loads(re.search(r'id="kkb-awal-data">(.*?)</script>', html, re.DOTALL).group(1))["state"]


def title(html):
    return re.search(r'kkb-judul">(.*?)</div>', html).group(1)


def test_it_has_the_finding_the_source_and_a_colour_for_every_village(page, warehouse):
    html = page("peta", {})
    values = queries.village_values(warehouse, STATUS, "2023-08-28")
    assert title(html) == "24 dari 131 desa/kelurahan di Tabalong sudah Kampung KB (18,3%)"
    painted = state(html)
    labels = [painted["legend"][int(c, 36)]["label"] for c in painted["classes"]]
    assert labels.count("Sudah Kampung KB") == (values["kelas"] == "sudah").sum() == 24
    assert "Sumber: Portal Kampung KB, BKKBN. Data per 28 Agustus 2023." in html
    assert '<html lang="id">' in html
    assert html.index('<div id="root">') < html.index('id="kkb-awal"')


@pytest.mark.parametrize("path", ["", "peta"])
@pytest.mark.parametrize("query", [{}, {"kecamatan": "630903"}, {"bahasa": "en"}])
def test_its_title_is_the_title_of_the_page(page, path, query):
    shown = opened(path or "ringkasan", **query)
    assert title(page(path, query)) == shown.title[0].value


def test_a_link_is_followed(page):
    html = page("peta", {"indikator": "DS01", "kecamatan": "630903", "bahasa": "en"})
    assert '<html lang="en">' in html
    assert title(html).startswith("IDM: 14 of 14")
    assert state(html)["district"] == "630903"
    assert "kecamatan=630903" in html
    assert "24 dari 131" in page("", {})


@pytest.mark.parametrize("value", ["<script>x</script>", "630903' OR 1=1", "9" * 500, "\u202e</script>"])
def test_a_hostile_link_leaves_nothing_behind(page, value):
    for name in ("kecamatan", "indikator", "desa", "bahasa", "tanggal", "lain"):
        html = page("peta", {name: value})
        assert value not in html
        assert title(html).startswith("24 ")


def test_without_data_the_page_is_the_plain_one(page, monkeypatch, tmp_path):
    monkeypatch.setenv("KKB_DATA", str(tmp_path))
    assert page("peta", {}) == awal.bare({})
    assert 'id="kkb-awal"' not in page("peta", {})


def test_every_page_comes_in_the_language_of_its_address(page):
    for path in ("", "peta", "target"):
        assert '<html lang="en">' in page(path, {"bahasa": "en"})
        assert '<html lang="id">' in page(path, {})
        assert "<title>Kampung KB</title>" in page(path, {})


def test_the_coats_are_what_the_map_is_painted_with(page, warehouse):
    text = json.loads(coats.text_of(warehouse.version, "id", "akhir"))
    names = queries.map_indicators(warehouse)
    assert set(text) == set(names["nama"])
    for code in ("KKB00", "DS01", "SK10"):
        name = names.set_index("kode_indikator")["nama"][code]
        shown = state(page("peta", {"indikator": code}))
        assert text[name] == {k: shown[k] for k in ("classes", "values", "legend")}
    assert coats.text_of("lain", "id", "akhir") is None
    assert coats.text_of(warehouse.version, "id", "2023-01-01") is None
    assert coats.text_of(warehouse.version, "xx", "akhir") is None
    assert set(options(warehouse).periode) == set(names["kode_indikator"])
