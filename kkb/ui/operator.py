"""Who may change data: those whose login has the role, or, where no login is set up, whoever gives a one-time code in
a browser at the server itself. Everything that acts asks here first, on the server, each time."""

from __future__ import annotations

import streamlit as st
from starlette.requests import HTTPConnection
from streamlit.runtime.scriptrunner import get_script_run_ctx

from kkb import akses, config, log, peran
from kkb.bahasa import _
from kkb.errors import KkbError
from kkb.peran import ADMIN, OPERATOR
from kkb.rupa import strong
from kkb.teks import literal
from kkb.ui import masuk

_OPERATOR = "kkb-operator"
_TRIED = "kkb-kode"
TYPES = ("xlsx", "xlsm", "xls", "ods", "csv", "tsv", "txt")
"""Endings of the names of files that may be sent."""
_MOST = 500
_uploading: dict[str, None] = {}
"""Sessions that may send files, newest last."""


def role() -> str | None:
    """The role of this session, None for a mere reader. A code is as good as the command line it came from."""
    if masuk.configured():
        who = masuk.person()
        return who.role if who else None
    return ADMIN if st.session_state.get(_OPERATOR) else None


def is_operator() -> bool:
    """Whether this session may bring data in and write agreements."""
    return peran.at_least(role(), OPERATOR)


def is_admin() -> bool:
    """Whether this session may take entries back and give roles."""
    return peran.at_least(role(), ADMIN)


def require(least: str = OPERATOR) -> None:
    """Raise KkbError unless this session has at least that role."""
    if peran.at_least(role(), least):
        return
    who = masuk.person()
    reason, name = ("kurang_peran", who.signature) if who else ("tanpa_masuk", None)
    log.access("tindakan_ditolak", refused=True, sebab=reason, oleh=name, perlu=least)
    way = (
        _("Masuk dengan akun yang mempunyai peran itu; bila sesi sudah berakhir, masuk lagi.")
        if masuk.configured()
        else _("Masuk dengan kode sekali pakai.")
    )
    what = (
        _("Hanya admin yang dapat melakukan ini.") if least == ADMIN else _("Hanya operator yang dapat mengubah data.")
    )
    raise KkbError(what, way)


def signature() -> str | None:
    """The name that a login gives to what is written; None where names are typed in."""
    who = masuk.person()
    return who.signature if who else None


def leave() -> None:
    """Stop being an operator; for callbacks."""
    st.session_state.pop(_OPERATOR, None)
    _uploading.pop(_session(), None)
    if masuk.configured():
        masuk.leave()


def receive() -> None:
    """Let the browser of this session send files, from now on; raises KkbError unless it is an operator's."""
    _uploading.pop(_session(), None)
    require()
    _uploading[_session()] = None
    while len(_uploading) > _MOST:
        _uploading.pop(next(iter(_uploading)))


def may_send(session: str, connection: HTTPConnection) -> bool:
    """Whether a session may send files, as it was last drawn and as its login is now; for the server's routes."""
    if session not in _uploading:
        return False
    if not masuk.configured():
        return True
    who = masuk.person_of(connection)
    return who is not None and peran.at_least(who.role, OPERATOR)


def _session() -> str:
    context = get_script_run_ctx()
    return context.session_id if context else ""


def gate(purpose: str) -> None:
    """The way in for operators: the login, or the code with what for and where it comes from, or why there is none."""
    _uploading.pop(_session(), None)
    if masuk.configured():
        _login(purpose)
    elif not masuk.is_local():
        st.markdown(
            purpose
            + " "
            + _(
                "Login belum diatur, sehingga di sini data hanya dapat dibaca. Pengelola server mengubah data di "
                "mesin server itu sendiri, atau mengatur login di secrets.toml."
            )
        )
    else:
        _code(purpose)


def _login(purpose: str) -> None:
    who, wrong = masuk.person(), masuk.complaint()
    if wrong:
        st.error(wrong, icon=":material/error:")
        return
    if who is None:
        st.markdown(purpose)
        st.button(strong(_("Masuk")), icon=":material/login:", on_click=st.login, key="gerbang-masuk")
        return
    told = _("Akun {name} tidak mempunyai peran operator. Mintalah kepada admin dasbor.")
    st.markdown(purpose)
    st.warning(told.format(name=literal(who.signature)), icon=":material/lock:")


def _code(purpose: str) -> None:
    told = _(
        "Mintalah kode sekali pakai kepada pengelola server; pengelola mendapatkannya dengan `python -m kkb kode`. "
        "Kode berlaku {n} menit."
    ).format(n=akses.MINUTES)
    st.markdown(f"{purpose} {told}")
    with st.form("kode-operator", width=420):
        st.text_input(_("Kode sekali pakai"), type="password", key=_TRIED)
        st.form_submit_button(_("Masuk"), on_click=_try)
    if st.session_state.get(_OPERATOR) is False:
        told = _("Kode tidak berlaku: salah, sudah dipakai, sudah lewat waktunya, atau sudah {n} kali dicoba.")
        st.error(told.format(n=akses.TRIES), icon=":material/lock:")


def _try() -> None:
    allowed = not masuk.configured() and masuk.is_local()
    if not allowed:
        log.access("kode_ditolak", refused=True, sebab="bukan_di_server")
    code = st.session_state.get(_TRIED, "")
    st.session_state[_OPERATOR] = allowed and akses.redeem(config.var_dir(), code)
