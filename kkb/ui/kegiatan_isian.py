"""An activity typed in by an operator: it takes the way of an imported file, so it is journalled and can be taken
back."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import streamlit as st

from kkb import format as fmt
from kkb import queries, terima
from kkb.bahasa import _
from kkb.errors import EntryError
from kkb.ingest.pilihan import Choices
from kkb.rows import by
from kkb.rupa import strong
from kkb.ui import errors, laporan_unggah, operator, run, unggah

_ROUND = "kkb-isian-kegiatan"
LONGEST = 200


def new() -> None:
    """The form for one activity, closed until it is opened."""
    label = _("Catat kegiatan desa/kelurahan")
    with st.expander(label, icon=":material/add_location:", key="isian-kegiatan", on_change="rerun") as opened:
        if opened.open and (row := _form()):
            _publish(row)


def _form() -> dict[str, str] | None:
    """What was typed, by the columns of the template; None until it is sent."""
    names = {
        code: _("{village} ({district})").format(village=row["nama_desa"], district=row["nama_kecamatan"])
        for code, row in by(run.rows(queries.villages), "kode_desa").items()
    }
    chosen = run.chosen().desa
    n = st.session_state.get(_ROUND, 0)

    def text(label: str, key: str, width: int) -> str:
        return st.text_input(label, max_chars=LONGEST, key=f"kegiatan-{key}-{n}", width=width)

    def number(label: str, key: str, step: int) -> str:
        found = st.number_input(label, 0, None, None, step, key=f"kegiatan-{key}-{n}", width=190)
        return "" if found is None else str(int(found))

    with st.form("kegiatan-baru", border=False):
        with st.container(horizontal=True):
            village = st.selectbox(
                _("Desa/kelurahan"),
                list(names),
                list(names).index(chosen) if chosen else None,
                format_func=names.__getitem__,
                key=f"kegiatan-desa-{n}-{chosen}",
                placeholder=_("pilih desa/kelurahan"),
                width=300,
            )
            day = st.date_input(
                _("Tanggal kegiatan"),
                None,
                min_value=date(2000, 1, 1),
                max_value=date.fromisoformat(fmt.today()),
                format="DD/MM/YYYY",
                key=f"kegiatan-tanggal-{n}",
                width=170,
            )
            name = text(_("Nama kegiatan"), "nama", 420)
        with st.container(horizontal=True):
            doer = text(_("Pelaksana"), "pelaksana", 300)
            fund = text(_("Sumber dana"), "dana", 220)
            budget = number(_("Anggaran (Rp)"), "anggaran", 100_000)
            people = number(_("Peserta"), "peserta", 1)
        note = text(_("Keterangan"), "keterangan", 600)
        sent = st.form_submit_button(
            strong(_("Terbitkan kegiatan")),
            icon=":material/publish:",
            disabled=not unggah.who(),
            help=unggah.need(),
        )
    if not sent:
        return None
    told = {"kode_desa": village or "", "tanggal": day.isoformat() if day else "", "kegiatan": name.strip()}
    more = {"opd": doer, "sumber_dana": fund, "anggaran_rp": budget, "peserta_jiwa": people, "keterangan": note}
    return {**told, **more}


def _publish(row: dict[str, str]) -> None:
    with errors.shown(), TemporaryDirectory() as folder, st.spinner(_("Membangun versi baru…")):
        operator.require()
        if not all(row[c] for c in ("kode_desa", "tanggal", "kegiatan")):
            raise EntryError(
                _("Desa/kelurahan, tanggal, dan nama kegiatan harus diisi."), _("Lengkapi lalu simpan lagi.")
            )
        path = Path(folder) / "isian-kegiatan.csv"
        with path.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file, delimiter=";").writerows([row, row.values()])
        source = _("diisi operator {who}").format(who=unggah.who())
        found = terima.prepare(path, Choices(kind="kegiatan", source=source), *unggah.folders())
        if found.contribution.problems:
            laporan_unggah.report(found)
            return
        if found.is_empty:
            raise EntryError(
                _("Kegiatan itu sudah tercatat."), _("Ubah tanggal atau namanya bila kegiatannya memang berbeda.")
            )
        entry, version = terima.publish(found, unggah.who(), "", *unggah.folders())
        st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1
        unggah.say(_("Entri {n} tercatat dan versi {version} terbit.").format(n=entry.nomor, version=version))
