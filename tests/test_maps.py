"""What is sent to the map: every village in its class, nothing that can run as code."""

import json

import pandas as pd
import pytest
from streamlit_folium import _get_feature_group_string

from kkb import maps, queries

ASSETS = maps.Assets("/a/leaflet.js", "/a/leaflet.css", "/a/peta.js", "/a/peta.css", "/lapisan/x.json")


def sent(values, legend, **options):
    """The state as the browser gets it, through streamlit-folium."""
    base = maps.base(ASSETS, "peta")
    base.get_root().render()
    text = _get_feature_group_string(maps.paint(values, legend, **options), base)
    return json.loads(text.split("kkb.paint(", 1)[1].split(");\n", 1)[0].rstrip(");"))


def test_one_character_per_village_in_the_order_of_the_layer(warehouse):
    legend = queries.legend(warehouse, "KKB02")
    values = queries.village_values(warehouse, "KKB02", "2023-08-28")
    state = sent(values, legend, decimals=None, village="6309032012", district="630903")
    layer = json.loads(queries.map_layer(warehouse, "peta")["isi"][0])
    classes = dict(zip((u["k"] for u in layer["unit"]), state["classes"], strict=True))
    assert len(classes) == 131
    assert state["legend"][int(classes["6309062008"], 36)]["label"] == "Berkelanjutan"
    assert state["legend"][int(classes["6309032001"], 36)]["pattern"] == "titik"
    assert (state["village"], state["district"], state["values"]) == ("6309032012", "630903", None)


def test_both_layer_sets_hold_the_same_villages_once(warehouse):
    for name in ("peta", "petak"):
        layer = json.loads(queries.map_layer(warehouse, name)["isi"][0])
        codes = [u["k"] for u in layer["unit"]]
        assert codes == list(queries.villages(warehouse)["kode_desa"])
        assert {*codes, "semua"} <= set(layer["batas"])
        assert len(layer["garis"]) == 12


def test_tiles_have_one_size_and_do_not_overlap(warehouse):
    layer = json.loads(queries.map_layer(warehouse, "petak")["isi"][0])
    boxes = [layer["batas"][u["k"]] for u in layer["unit"]]
    assert len({(round(n - s, 3), round(e - w, 3)) for (s, w), (n, e) in boxes}) == 1
    assert len({(s, w) for (s, w), _ in boxes}) == 131


HOSTILE = [
    "</script><script>alert(1)</script>",
    "{{ 7 * 7 }}",
    "{% raw %}",
    "{# x #}",
    "a\u2028b",
    "\"'`\\",
    "&lt;b&gt;",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_text_from_data_reaches_the_map_as_text(warehouse, text):
    legend = queries.legend(warehouse, "KKB00").assign(label=text)
    values = queries.village_values(warehouse, "KKB00", "2023-08-28")
    assert sent(values, legend, decimals=None)["legend"][0]["label"] == text
    base = maps.base(ASSETS, "peta")
    maps.paint(values, legend, decimals=None).add_to(base)
    page = base.get_root().render()
    assert "<script>alert" not in page
    assert "49" not in page.split("kkb.paint", 1)[1].split("classes", 1)[0]


def test_the_legend_counts_and_sets_missing_apart(warehouse):
    legend = queries.legend(warehouse, "SK11")
    counts = maps.class_counts(queries.village_values(warehouse, "SK11", "2023-08-28"))
    html = maps.legend_html(legend, counts)
    assert "Skor 1: <b>16</b>" in html
    assert "Skor 3 (lulus): <b>0</b>" in html
    classes, states = html.split("border-left:2px", 1)
    assert "Belum melapor: <b>4</b>" in states
    assert "Belum melapor" not in classes
    assert "Tidak berlaku" not in html
    assert "gradient" in states
    assert "gradient" not in classes


def test_a_hostile_label_does_not_break_out_of_the_legend(warehouse):
    legend = queries.legend(warehouse, "KKB00").assign(label="<img src=x onerror=alert(1)>")
    assert "<img" not in maps.legend_html(legend, {"sudah": 1})


def test_no_address_of_another_host_unless_asked():
    assert "http" not in maps.base(ASSETS, "peta").get_root().render().replace("http-equiv", "")
    online = maps.base(ASSETS, "peta", base_map_url="https://ubin.contoh/{z}/{x}/{y}.png").get_root().render()
    assert "https://ubin.contoh" in online


def test_tooltips_hold_the_value_only_where_the_class_does_not_say_it(warehouse):
    values = queries.village_values(warehouse, "DS01", "2024")
    state = sent(values, queries.legend(warehouse, "DS01"), decimals=4)
    texts = state["values"].split("|")
    assert (len(texts), texts[0]) == (131, "0,7914")
    assert texts[list(values["keadaan"]).index("tidak_berlaku")] == ""
    assert isinstance(values, pd.DataFrame)


def test_villages_to_zoom_to_travel_only_where_they_are_asked_for(warehouse):
    legend = queries.legend(warehouse, "KKB02")
    values = queries.village_values(warehouse, "KKB02", "2023-08-28")
    assert "near" not in sent(values, legend, decimals=None)
    assert sent(values, legend, decimals=None, near=["6309032012"])["near"] == ["6309032012"]
