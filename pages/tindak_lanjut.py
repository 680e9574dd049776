"""Tindak lanjut: what was agreed in meetings, how it stands, what is late, and the activities that go with it."""

import streamlit as st

from kkb.naskah import kesepakatan as naskah
from kkb.ui import cetak, kegiatan, kesepakatan, kesepakatan_isian, operator, run, tindak_lanjut, unggah

cetak.for_paper()
known = kesepakatan.book()
listed = tindak_lanjut.listed(known)
st.title(naskah.title(known.agreements, listed, known.today, kesepakatan.offices(), run.chosen().dibahas))
unggah.said()
with cetak.screen_only("saring"):
    tindak_lanjut.filters(known)
if known.agreements:
    tindak_lanjut.cards(known, listed)
if operator.is_operator():
    with cetak.screen_only("isian"):
        kesepakatan_isian.new(known)
if not known.agreements:
    tindak_lanjut.how_to_begin()
tindak_lanjut.agreements(known, listed)
kegiatan.listing(known)
if not operator.is_operator():
    with cetak.screen_only("masuk"):
        tindak_lanjut.for_operators()
