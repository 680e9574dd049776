"""The briefing on the page of a meeting: on what, how long, and the text ready to copy."""

from __future__ import annotations

import streamlit as st

from kkb.bahasa import _
from kkb.rapat import naskah
from kkb.rapat.lembar import Pack


def briefing(pack: Pack) -> None:
    """Drawn when it is opened."""
    with st.expander(_("Naskah siap salin"), icon=":material/article:", key="rapat-naskah", on_change="rerun") as box:
        if not box.open:
            return
        about = st.selectbox(
            _("Tentang"),
            naskah.subjects(pack),
            format_func=lambda key: naskah.subject_name(pack, key),
            key="rapat-naskah-tentang",
        )
        length = st.segmented_control(
            _("Panjang"),
            naskah.LENGTHS,
            format_func=naskah.length_name,
            default=naskah.LENGTHS[0],
            required=True,
            key="rapat-naskah-panjang",
        )
        found = naskah.brief(pack, about, length or naskah.LENGTHS[0])
        st.code(naskah.text(found), language=None, wrap_lines=True)
        st.caption(_("Angka dalam kurung siku menunjuk rujukannya; halaman asalnya ada di daftar agenda."))
