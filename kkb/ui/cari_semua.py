"""The box that finds a village, kecamatan or kabupaten anywhere in a version of several kabupaten.

The server looks, so that the names of a nation need not travel; at most twenty come back.
"""

from __future__ import annotations

import streamlit as st

from kkb import format as fmt
from kkb import queries
from kkb.bahasa import _
from kkb.naskah import nasional as naskah
from kkb.teks import literal, one_line, short
from kkb.ui import errors, run

KEY = "cari-semua"
LEAST = 2
"""Letters from which on it is looked for."""
MOST = 60
FEW, ROOM = 6, 330
"""More hits than so many scroll in so many pixels, so that the menu below stays near."""


@st.fragment
def box() -> None:
    """The box, and under it what was found: Enter looks, also with a letter missing; a button goes there."""
    with errors.shown():
        run.begin()
        if run.is_leaving():
            st.rerun(scope="app")
        text = st.text_input(
            _("Cari desa, kecamatan, atau kabupaten di semua provinsi"),
            key=KEY,
            max_chars=MOST,
            placeholder=_("Cari di semua provinsi…"),
            icon=":material/travel_explore:",
            label_visibility="collapsed",
        )
        asked = one_line(text or "")
        if len(asked) < LEAST:
            return
        found = run.rows(queries.place_search, kata=asked)
        if not found:
            st.caption(_("Tidak ada nama yang mirip dengan “{name}”.").format(name=literal(short(asked))))
            return
        st.caption(_("{n} yang paling mirip:").format(n=fmt.number(len(found))))
        with st.container(height=ROOM if len(found) > FEW else "content", border=False, gap="xxsmall"):
            for place in found:
                code = str(place["kode"])
                words = literal(naskah.place(place))
                st.button(words, key=f"ketemu-{code}", type="tertiary", on_click=_go, args=(code,))


def _go(code: str) -> None:
    st.session_state[KEY] = ""
    regency = code[:4]
    if len(code) == 10:
        run.visit_regency("desa", regency, desa=code)
    elif len(code) == 6:
        run.visit_regency("kecamatan", regency, kecamatan=code)
    else:
        run.visit_regency("peta", regency)
