"""Data: bring a file in, see what it would change, publish it, and take an entry back. For operators only."""

import streamlit as st

from kkb.bahasa import _
from kkb.ui import akun, operator, riwayat, unggah

st.title(_("Data: periksa, terbitkan, batalkan"))
if not operator.is_operator():
    operator.gate(_("Halaman ini hanya untuk operator data."))
else:
    left, right = st.columns([3, 1], vertical_alignment="bottom")
    with left:
        unggah.who_box()
    with right:
        st.button(_("Keluar"), icon=":material/logout:", on_click=operator.leave)
    unggah.bring()
    st.header(_("Contoh isian"))
    riwayat.templates()
    st.header(_("Riwayat"))
    riwayat.history()
    akun.accounts()
