"""Who may bring data in: a reader who has given a one-time code, until the tab is closed or the reader leaves."""

from __future__ import annotations

import streamlit as st

from kkb import akses, config
from kkb.bahasa import _
from kkb.errors import KkbError

_OPERATOR = "kkb-operator"
_TRIED = "kkb-kode"


def is_operator() -> bool:
    """Whether this session has given a code."""
    return bool(st.session_state.get(_OPERATOR))


def require() -> None:
    """Raise KkbError unless this session is an operator's."""
    if not is_operator():
        raise KkbError(_("Hanya operator yang dapat mengubah data."), _("Masuk dengan kode sekali pakai."))


def leave() -> None:
    """Stop being an operator; for callbacks."""
    st.session_state.pop(_OPERATOR, None)


def gate(purpose: str) -> None:
    """Ask for the code, and say what for and where it comes from."""
    told = _(
        "Mintalah kode sekali pakai kepada pengelola server; pengelola mendapatkannya dengan `python -m kkb kode`. "
        "Kode berlaku {n} menit."
    ).format(n=akses.MINUTES)
    st.markdown(f"{purpose} {told}")
    with st.form("kode-operator", width=420):
        st.text_input(_("Kode sekali pakai"), type="password", key=_TRIED)
        st.form_submit_button(_("Masuk"), on_click=_try)
    if st.session_state.get(_OPERATOR) is False:
        st.error(_("Kode tidak berlaku: salah, sudah dipakai, atau sudah lewat waktunya."), icon=":material/lock:")


def _try() -> None:
    st.session_state[_OPERATOR] = akses.redeem(config.var_dir(), st.session_state.get(_TRIED, ""))
