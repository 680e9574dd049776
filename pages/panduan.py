"""Panduan: the guide for officials, presenters and data staff, with its pictures."""

import streamlit as st

from kkb import bahasa
from kkb.ui import cetak, panduan

title, rest = panduan.text(bahasa.language())
cetak.for_paper()
st.title(title)
st.markdown(rest, width=860)
