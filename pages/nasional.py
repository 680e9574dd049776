"""Provinsi dan nasional: the provinces of the version, then the kabupaten of one; only where there are several."""

import streamlit as st

from kkb.naskah import nasional as naskah
from kkb.ui import nasional

here = nasional.shown()
st.title(naskah.title(here.total, here.name, here.period))
left, right = st.columns([2, 1], gap="medium")
with left:
    nasional.choices(here)
    nasional.area_map(here)
with right:
    nasional.crumbs(here)
    nasional.figures(here)
nasional.area_table(here)
