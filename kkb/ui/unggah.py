"""Bringing a file in from the browser: choose, check, see the difference, publish; the history and taking back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
import streamlit as st

from kkb import config, journal, terima
from kkb import format as fmt
from kkb.bahasa import _
from kkb.errors import Problem
from kkb.ingest import sheets
from kkb.terima import Report
from kkb.ui import errors, operator, parts

_CHECKED = "kkb-unggah"
_DONE = "kkb-terbit"
_NAME = "kkb-nama"


def who_box() -> None:
    """Who brings the data in: it stands in the journal."""
    st.text_input(_("Nama operator"), key=_NAME, max_chars=80, help=_("Dicatat di jurnal bersama setiap perubahan."))


def _who() -> str:
    return str(st.session_state.get(_NAME, "")).strip()


def _folders() -> tuple[Path, Path]:
    return config.facts_dir(), config.var_dir()


def bring() -> None:
    """Choose a file and its date, and check it; what was found is kept until it is published or another is chosen."""
    file = st.file_uploader(
        _("Ekspor portal: rekap-klasifikasi atau rekap-kampung"),
        type=["xlsx", "xls", "ods", "csv"],
        on_change=_forget,
        key="berkas",
    )
    if file is None:
        return
    with TemporaryDirectory() as folder:
        path = _write(folder, file.name, file.getvalue())
        made = sheets.created(path)
    day = st.date_input(
        _("Tanggal data"),
        value=date.fromisoformat(made) if made else None,
        max_value="today",
        format="DD/MM/YYYY",
        on_change=_forget,
        key=f"tanggal-{file.file_id}",
        help=_("Tanggal ekspor di portal; diisi dari tanggal pembuatan berkas bila tercatat."),
        width=220,
    )
    clicked = st.button(_("Periksa berkas"), type="primary", icon=":material/fact_check:", disabled=day is None)
    if clicked and day is not None:
        with errors.shown(), st.spinner(_("Membaca dan membandingkan…")):
            holder = TemporaryDirectory()
            found = terima.prepare(_write(holder.name, file.name, file.getvalue()), day.isoformat(), *_folders())
            st.session_state[_CHECKED] = (holder, found)


def _write(folder: str, name: str, content: bytes) -> Path:
    path = Path(folder) / (Path(name).name or "berkas")
    path.write_bytes(content)
    return path


def _forget() -> None:
    st.session_state.pop(_CHECKED, None)


def report() -> None:
    """What the checked file would change, and the button that publishes it."""
    if done := st.session_state.pop(_DONE, None):
        st.success(done, icon=":material/check_circle:")
    if _CHECKED not in st.session_state:
        return
    found: Report = st.session_state[_CHECKED][1]
    said = found.contribution
    st.subheader(_title(found))
    st.markdown(
        _(
            "`{file}` ({kind}), data per {day}: dibaca {read} baris, {matched} cocok dengan desa/kelurahan di sini, "
            "{outside} baris kabupaten lain disisihkan."
        ).format(
            file=found.path.name.replace("`", ""),
            kind=said.kind,
            day=fmt.period(said.as_of),
            read=fmt.number(said.read),
            matched=fmt.number(said.matched),
            outside=fmt.number(said.outside),
        )
    )
    if said.problems:
        _problems(_("Masalah yang harus diperbaiki dahulu: {n}"), said.problems, "masalah")
    if said.warnings:
        _problems(_("Nilai yang perlu diperiksa: {n}"), said.warnings, "periksa")
    if found.notes:
        _notes(found.notes)
    if len(found.changes):
        names = {
            "tabel": _("Tabel"),
            "kunci": _("Tanggal dan tempat"),
            "kolom": _("Kolom"),
            "lama": _("Lama"),
            "baru": _("Baru"),
        }
        title = _("Angka yang berubah: {n}").format(n=fmt.number(len(found.changes)))
        st.markdown(f"**{title}**")
        parts.table(
            found.changes.rename(columns=names), key="perubahan", title=title, file_name="perubahan", notes=[title]
        )
    if not said.problems and not found.is_empty:
        note = st.text_input(_("Catatan untuk jurnal"), max_chars=200)
        if st.button(_("Terbitkan"), type="primary", icon=":material/publish:", disabled=not _who(), help=_need()):
            _publish(found, note.strip())


def _notes(notes: Sequence[tuple[str, str]]) -> None:
    title = _("Angka yang perlu diperiksa kewajarannya: {n}").format(n=fmt.number(len(notes)))
    with st.expander(title, icon=":material/help:"):
        shown = pd.DataFrame(notes, columns=[_("Desa/kelurahan"), _("Catatan")])
        parts.table(shown, key="kewajaran", title=title, file_name="kewajaran", notes=[title])


def _need() -> str | None:
    return None if _who() else _("Isi nama operator terlebih dahulu.")


def _title(found: Report) -> str:
    if found.contribution.problems:
        return _("Berkas belum dapat diterbitkan")
    if found.is_empty:
        return _("Tidak ada perbedaan dengan yang sudah terbit")
    fresh = sum(found.fresh.values())
    changed = found.changes["kunci"].nunique()
    return _("{fresh} baris baru, {changed} baris berubah").format(fresh=fmt.number(fresh), changed=fmt.number(changed))


def _problems(title: str, listed: Sequence[Problem], key: str) -> None:
    title = title.format(n=fmt.number(len(listed)))
    st.markdown(f"**{title}**")
    shown = pd.DataFrame(
        {
            _("Berkas"): [p.file for p in listed],
            _("Baris"): [p.row for p in listed],
            _("Kolom"): [p.column for p in listed],
            _("Tertulis"): [p.value for p in listed],
            _("Yang diperbolehkan"): [p.allowed for p in listed],
        }
    )
    parts.table(shown, key=key, title=title, file_name=key, notes=[title])


def _publish(found: Report, note: str) -> None:
    with errors.shown(), st.spinner(_("Membangun versi baru…")):
        operator.require()
        entry, version = terima.publish(found, _who(), note, *_folders())
        _forget()
        st.session_state[_DONE] = _("Entri {n} tercatat dan versi {version} terbit.").format(
            n=entry.nomor, version=version
        )
        st.rerun()


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
    with st.container(horizontal=True, vertical_alignment="bottom"):
        number = st.selectbox(
            _("Batalkan entri"),
            sorted(standing, reverse=True),
            index=None,
            key="batal",
            width=220,
            placeholder=_("nomor entri"),
        )
        blocked = number is None or not _who()
        clicked = st.button(_("Batalkan"), icon=":material/undo:", disabled=blocked, help=_need())
    if clicked and number is not None:
        _take_back(number)


def _take_back(number: int) -> None:
    with errors.shown(), st.spinner(_("Membangun versi baru…")):
        operator.require()
        entry, version = terima.take_back(number, _who(), "", *_folders())
        st.session_state[_DONE] = _("Entri {n} dibatalkan (entri {m}) dan versi {version} terbit.").format(
            n=number, m=entry.nomor, version=version
        )
        st.rerun()
