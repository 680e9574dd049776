"""Kelengkapan: who reported what and when, what is blank or old or implausible, and the text that reminds them."""

from datetime import date

import streamlit as st

from kkb.bahasa import _
from kkb.naskah import kelengkapan as naskah
from kkb.selection import CLASS
from kkb.ui import run
from kkb.ui.filter_bar import area_name, filter_bar
from kkb.ui.kelengkapan import cards, contents, known, silent_list
from kkb.ui.kelengkapan_tabel import column_table, plausibility, report_table
from kkb.ui.kesegaran import catalogue, filled, freshness
from kkb.ui.pengingat import reminders

period = run.period(CLASS)
seen = known(period, run.chosen().kecamatan)
st.title(naskah.title(seen.reports, area_name(short=True)))
filter_bar(indicator=CLASS)

if seen.day is None:
    st.info(_("Belum ada rekap laporan sampai dengan tanggal ini."), icon=":material/info:")
else:
    cards(seen)
    contents()
    left, right = st.columns([1, 1.35], gap="medium")
    with left:
        silent_list(seen)
    with right:
        reminders(seen, run.chosen().kecamatan)
    report_table(seen)
    column_table(seen)
    plausibility(seen)

left, right = st.columns(2, gap="medium")
with left:
    freshness(date.today())
with right:
    catalogue()
filled(period)
