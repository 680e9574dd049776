"""The history of the data, taking an entry back, and the templates to fill in."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from kkb import config, journal, terima
from kkb import format as fmt
from kkb.bahasa import _
from kkb.ingest import jenis
from kkb.peran import ADMIN
from kkb.ui import contoh, errors, operator, parts, unggah


def history() -> None:
    """What came in, when and from whom, newest first; an entry can be taken back."""
    known = journal.entries(config.var_dir())
    if not known:
        st.caption(_("Jurnal masih kosong: semua angka berasal dari data bawaan aplikasi."))
        return
    standing = {e.nomor for e in journal.standing(known)}
    shown = pd.DataFrame(
        {
            _("Nomor"): [e.nomor for e in known],
            _("Waktu"): [fmt.moment(e.saat) for e in known],
            _("Oleh"): [e.oleh for e in known],
            _("Tindakan"): [
                _("membatalkan entri {n}").format(n=e.membatalkan)
                if e.membatalkan is not None
                else _("{kind} per {day}").format(kind=e.jenis, day=fmt.period(e.per))
                for e in known
            ],
            _("Berkas"): [e.berkas or fmt.MISSING for e in known],
            _("Keterangan"): [
                ", ".join(
                    w
                    for w in (
                        _("koreksi") if e.koreksi else "",
                        _("dibatalkan") if e.nomor not in standing else "",
                        e.catatan,
                    )
                    if w
                )
                or fmt.MISSING
                for e in known
            ],
        }
    ).iloc[::-1]
    title = _("Riwayat data")
    parts.table(shown, key="riwayat", title=title, file_name="jurnal", notes=[title])
    if not operator.is_admin():
        st.caption(_("Membatalkan entri hanya dapat dilakukan oleh admin."))
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        number = st.selectbox(
            _("Batalkan entri"),
            sorted(standing, reverse=True),
            index=None,
            key="batal",
            width=220,
            placeholder=_("nomor entri"),
        )
        blocked = number is None or not unggah.who()
        clicked = st.button(_("Batalkan"), icon=":material/undo:", disabled=blocked, help=unggah.need())
    if clicked and number is not None:
        _take_back(number)


def _take_back(number: int) -> None:
    with errors.shown(), st.spinner(_("Membangun versi baru…")):
        operator.require(ADMIN)
        entry, version = terima.take_back(number, unggah.who(), "", *unggah.folders())
        unggah.say(
            _("Entri {n} dibatalkan (entri {m}) dan versi {version} terbit.").format(
                n=number, m=entry.nomor, version=version
            )
        )


def templates() -> None:
    """A template per kind of table, filled with the codes of every village."""
    st.caption(_("Kode dan nama semua desa/kelurahan sudah terisi; isi kolom lainnya, lalu unggah di atas."))
    with st.container(horizontal=True, gap="small"):
        for kind in jenis.KINDS:
            contoh.button(jenis.title(kind), kind)
