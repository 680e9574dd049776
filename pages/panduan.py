"""Panduan: the guide for officials, presenters and data staff, with its pictures."""

import streamlit as st

from kkb import bahasa
from kkb.bahasa import _
from kkb.ui import cetak, panduan

title, rest = panduan.text()
cetak.for_paper()
st.title(title)
if bahasa.language() != "id":
    st.info(_("Panduan ini ditulis dalam bahasa Indonesia."), icon=":material/translate:")
st.markdown(rest, width=860)
