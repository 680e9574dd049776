"""For admins: the accounts that were given a role, giving one, and ending all logins of an account."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from kkb import config, peran
from kkb import format as fmt
from kkb.bahasa import _
from kkb.errors import EntryError
from kkb.peran import ADMIN, NONE, OPERATOR, READER, Event
from kkb.teks import literal
from kkb.ui import errors, masuk, operator, parts, unggah


def roles() -> dict[str, str]:
    """What each role may do, in words."""
    return {
        READER: _("Pembaca: membaca"),
        OPERATOR: _("Operator: mengunggah data, mencatat kesepakatan"),
        ADMIN: _("Admin: juga membatalkan entri dan mengatur akun"),
        NONE: _("Tanpa peran"),
    }


def accounts() -> None:
    """The list, what was changed and who left, and the boxes that change it; nothing for others than admins."""
    if not operator.is_admin() or not masuk.configured():
        return
    st.header(_("Akun dan peran"))
    known, words = peran.listed(config.var_dir()), roles()
    if known:
        listed = pd.DataFrame({_("Akun"): list(known), _("Peran"): [words[r] for r in known.values()]})
        parts.table(listed, key="akun", title=_("Akun dan peran"), file_name="akun", notes=[_("Akun dan peran")])
    else:
        st.caption(_("Daftar peran masih kosong: peran berasal dari klaim server login."))
    with st.form("akun-peran", border=False), st.container(horizontal=True, vertical_alignment="bottom"):
        account = st.text_input(_("Akun (surel)"), max_chars=peran.LONGEST, key="akun-nama", width=300)
        role = st.selectbox(_("Peran"), list(words), format_func=words.__getitem__, key="akun-jenis", width=330)
        given = st.form_submit_button(_("Beri peran"), icon=":material/person_add:")
        ended = st.form_submit_button(_("Akhiri semua sesinya"), icon=":material/devices_off:")
    if given:
        _give(account, role)
    if ended:
        _end(account)
    _history()


def _give(account: str, role: str) -> None:
    with errors.shown():
        operator.require(ADMIN)
        who = masuk.person()
        if who and account.strip().lower() == who.email:
            raise EntryError(_("Peran sendiri tidak dapat diubah."), _("Mintalah kepada admin lain."))
        peran.give(config.var_dir(), unggah.who(), account, role)
        unggah.say(_("Peran {account} tercatat.").format(account=literal(account.strip())))


def _end(account: str) -> None:
    with errors.shown():
        operator.require(ADMIN)
        if not account.strip():
            raise EntryError(_("Akun belum diisi."), _("Tulis surel akun yang sesinya diakhiri."))
        peran.end(config.var_dir(), unggah.who(), account.strip().lower())
        unggah.say(_("Semua sesi {account} diakhiri.").format(account=literal(account.strip())))


def _words(event: Event) -> str:
    if event.aksi == "peran":
        return _("memberi peran {role}").format(role=event.peran)
    return _("keluar dari satu sesi") if event.sesi else _("mengakhiri semua sesi")


def _history() -> None:
    known = [e for e in peran.events(config.var_dir()) if not e.sesi]
    if not known:
        return
    shown = pd.DataFrame(
        {
            _("Waktu"): [fmt.moment(e.saat) for e in known],
            _("Oleh"): [e.oleh for e in known],
            _("Tindakan"): [_words(e) for e in known],
            _("Akun"): [e.akun.rpartition("#")[2] for e in known],
        }
    ).iloc[::-1]
    title = _("Riwayat akun")
    parts.table(shown, key="riwayat-akun", title=title, file_name="riwayat-akun", notes=[title])
