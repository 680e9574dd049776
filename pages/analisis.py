"""Analisis: how one indicator is spread, whether it goes with another, and whether like villages lie together."""

import streamlit as st

from kkb.compute import hubungan
from kkb.naskah import analisis as naskah
from kkb.ui import analisis as ui
from kkb.ui import ruang, run, sebaran
from kkb.ui.filter_bar import area_name, filter_bar

chosen = run.chosen()
period = run.period()
a, b = ui.pair()
rows = ui.both_rows(a, b)
found = hubungan.relation(rows, is_measured=ui.are_measured(a, b))
part = hubungan.part_and_whole(a.code, b.code, ui.index_of_items(period))

st.title(naskah.title(found, a, b, area_name(short=True), part))
filter_bar(beside=lambda: ui.pair_boxes(a, b), indicator=ui.dated(a, b))
with st.container(gap="xxsmall"):
    st.markdown(naskah.correlation(found))
    pattern = st.empty()

left, right = st.columns([1.25, 1], gap="medium")
with left:
    ui.relation(a, b, rows, found, part)
with right:
    sebaran.distribution(a, "a")

ruang.section(a, b, pattern.markdown)

left, right = st.columns(2, gap="medium")
with left:
    sebaran.distribution(b, "b")
with right:
    sebaran.outliers(a, b)
