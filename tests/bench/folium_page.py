"""The usual map page in Streamlit: folium's GeoJson with a style function in st_folium, run by `folium_app.py`.

Written as the examples of the three libraries do, without any of our tricks: what is read is cached, the map is made
anew in each run, the whole page runs again with each choice, and all that st_folium can tell comes back.
"""

from __future__ import annotations

import sys
from pathlib import Path

import folium
import streamlit as st
from streamlit_folium import st_folium

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from kkb import charts
from kkb import format as fmt
from kkb.bahasa import field
from tests.bench import bahan

LEAFLET = "/leaflet"

folium.Map.default_js = [("leaflet", f"{LEAFLET}/leaflet.js")]
folium.Map.default_css = [("leaflet_css", f"{LEAFLET}/leaflet.css")]


@st.cache_data
def features(version: str, code: str, period: str) -> dict[str, object]:
    """The villages with colour and class as GeoJSON."""
    shown = bahan.picture(version, code, period)
    said = zip(bahan.villages(version), shown.colours, shown.labels, strict=True)
    rows = [v | {"properties": v["properties"] | {"warna": colour, "kelas": label}} for v, colour, label in said]
    return {"type": "FeatureCollection", "features": rows}


st.set_page_config(page_title="Kampung KB Tabalong (folium)", layout="wide")
version = bahan.current().version
rows = bahan.indicators(version)
left, right = st.columns([2, 1])
with left:
    title = st.empty()
    code = st.selectbox("Indikator", list(rows), format_func=lambda code: field(rows[code], "nama"))
    days = list(rows[code]["periode"])
    day = st.selectbox("Tanggal data", days, index=len(days) - 1, format_func=fmt.period)
    district = st.selectbox("Kecamatan", bahan.districts(version))
    shown = bahan.picture(version, code, day)
    title.title(shown.title)
    st.html(bahan.legend_html(shown))
    west, south, east, north = bahan.bounds(version, district)
    the_map = folium.Map(tiles=None, attr=" ")
    the_map.fit_bounds([[south, west], [north, east]])
    folium.GeoJson(
        features(version, code, day),
        style_function=lambda village: {
            "fillColor": village["properties"]["warna"],
            "fillOpacity": 0.88,
            "color": bahan.EDGE,
            "weight": 0.8,
        },
        tooltip=folium.GeoJsonTooltip(["n", "c", "kelas"], ["Desa", "Kecamatan", "Kelas"]),
    ).add_to(the_map)
    told = st_folium(the_map, key="peta", height=470, use_container_width=True)
    if told and told.get("last_active_drawing"):
        village = told["last_active_drawing"]["properties"]
        st.write(f"**{village['n']}**: {village['kelas']}")
    st.caption(shown.source)
with right:
    first = bahan.beginning(version)
    st.html(bahan.figures_html(version, first))
    st.write("Per kecamatan")
    st.bar_chart(
        bahan.bars(version, first).set_index("nama_kecamatan")[["jumlah_kampung_kb", "kesenjangan"]],
        color=[charts.DONE, charts.TO_GO],
        horizontal=True,
        height=340,
    )
