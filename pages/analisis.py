"""Analisis: how one indicator is spread, whether it goes with another, and whether like villages lie together."""

import streamlit as st

from kkb.naskah import analisis as naskah
from kkb.ui import analisis as ui
from kkb.ui import ruang, sebaran
from kkb.ui.filter_bar import area_name, filter_bar

a, b = ui.pair()
told = ui.beside(a, b)

st.title(naskah.title(told.found, a, b, area_name(short=True), told.part))
filter_bar(beside=lambda: ui.pair_boxes(a, b), indicator=ui.dated(a, b))
with st.container(gap="xxsmall"):
    st.markdown(naskah.correlation(told.found))
    pattern = st.empty()

left, right = st.columns([1.25, 1], gap="medium")
with left:
    ui.relation(a, b, told)
with right:
    sebaran.distribution(a, "a")

ruang.section(a, b, pattern.markdown)

left, right = st.columns(2, gap="medium")
with left:
    sebaran.distribution(b, "b")
with right:
    sebaran.outliers(a, b)
