"""What a checked file would change, as a page: how it was understood, what is wrong or odd, and the difference."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from kkb import format as fmt
from kkb.bahasa import _
from kkb.charts import unggah as charts
from kkb.errors import SHOWN, FileError, Problem
from kkb.ingest import jenis
from kkb.report.tables import MOST
from kkb.teks import literal, short
from kkb.terima import Report
from kkb.ui import parts


def failure(error: FileError) -> None:
    """A file that cannot be read at all, with every cell that is in the way."""
    st.error(f"**{literal(error.message)}**\n\n{literal(error.hint)}", icon=":material/error:")
    if error.problems:
        _problems(_("Yang harus diperbaiki: {n}"), error.problems, "masalah")


def report(found: Report) -> None:
    """What was read, what is wrong or odd, and the difference to what is published."""
    said = found.contribution
    st.header(_title(found))
    when = _(", data per {day}").format(day=fmt.period(said.as_of)) if said.as_of else ""
    counts = [
        _("dibaca {n} baris").format(n=fmt.number(said.read)),
        _("{n} cocok dengan wilayah di sini").format(n=fmt.number(said.matched)),
        *_counted(said.outside, _("{n} baris kabupaten lain disisihkan")),
        *_counted(said.aside, _("{n} baris jumlah atau pilihan Anda disisihkan")),
        *_counted(said.blank, _("{n} isian kosong dilewati, tidak dihitung nol")),
    ]
    st.markdown(f"**{literal(found.name)}** ({jenis.title(said.kind)}{when}): {', '.join(counts)}.")
    for words in said.told:
        st.text(words)
    if said.problems:
        _problems(_("Masalah yang harus diperbaiki dahulu: {n}"), said.problems, "masalah")
        st.caption(_("Perbaiki sel itu di berkas asalnya, lalu unggah dan periksa lagi. Tidak ada yang disimpan."))
    if said.warnings:
        _problems(_("Nilai yang perlu diperiksa: {n}"), said.warnings, "periksa")
    if found.notes:
        _notes(found.notes)
    _difference(found)


def _counted(n: int, words: str) -> list[str]:
    return [words.format(n=fmt.number(n))] if n else []


def _difference(found: Report) -> None:
    names = table_names()
    if any(found.fresh.values()) or any(found.same.values()) or len(found.changes):
        changed = found.changes.groupby("tabel")["kunci"].nunique()
        lines = [
            _("{table}: {fresh} baris baru, {changed} berubah, {same} sama").format(
                table=names[name],
                fresh=fmt.number(fresh),
                changed=fmt.number(changed.get(name, 0)),
                same=fmt.number(found.same[name]),
            )
            for name, fresh in found.fresh.items()
        ]
        st.markdown("  \n".join(lines))
    if len(found.changes):
        headers = {
            "tabel": _("Tabel"),
            "kunci": _("Tanggal dan tempat"),
            "kolom": _("Kolom"),
            "lama": _("Lama"),
            "baru": _("Baru"),
        }
        title = _("Angka yang berubah: {n}").format(n=fmt.number(len(found.changes)))
        st.markdown(f"**{title}**")
        shown = found.changes.assign(tabel=found.changes["tabel"].map(names)).rename(columns=headers)
        parts.table(shown, key="perubahan", title=title, file_name="perubahan", notes=[title])


def table_names() -> dict[str, str]:
    """What each table that a file can change is called."""
    return {
        "klasifikasi": _("Skor dan kelas"),
        "rekap": _("Rekap"),
        "pembanding_klasifikasi": _("Pembanding"),
        "idm": _("IDM"),
        "indeks_desa": _("Indeks Desa"),
        "keputusan": _("SK Kampung KB"),
        "kegiatan": _("Kegiatan"),
        "target": _("Target"),
        "nilai_indikator": _("Nilai indikator"),
    }


def _notes(notes: Sequence[tuple[str, str]]) -> None:
    title = _("Angka yang perlu diperiksa kewajarannya: {n}").format(n=fmt.number(len(notes)))
    with st.expander(title, icon=":material/help:"):
        shown = pd.DataFrame(notes, columns=[_("Desa/kelurahan"), _("Catatan")])
        parts.table(shown, key="kewajaran", title=title, file_name="kewajaran", notes=[title])


def _title(found: Report) -> str:
    if found.contribution.problems:
        return _("Berkas belum dapat diterbitkan")
    if found.is_empty:
        return _("Tidak ada perbedaan dengan yang sudah terbit")
    fresh = sum(found.fresh.values())
    changed = found.changes["kunci"].nunique()
    return _("{fresh} baris baru, {changed} baris berubah").format(fresh=fmt.number(fresh), changed=fmt.number(changed))


def _problems(title: str, listed: Sequence[Problem], key: str) -> None:
    """A block per problem, readable on a phone, and the whole list as files."""
    title = title.format(n=fmt.number(len(listed)))
    st.markdown(f"**{title}**")
    st.html(charts.problems(listed[:SHOWN]))
    if len(listed) > SHOWN:
        st.caption(_("… dan {n} lagi; semuanya ada di berkas unduhan.").format(n=fmt.number(len(listed) - SHOWN)))
    columns = {
        _("Berkas"): [p.file for p in listed],
        _("Lembar"): [p.sheet for p in listed],
        _("Baris"): pd.array([p.row for p in listed], dtype="Int64"),
        _("Kolom"): [p.column for p in listed],
        _("Tertulis"): [None if p.value is None else short(p.value, MOST) for p in listed],
        _("Yang diperbolehkan"): [p.allowed for p in listed],
    }
    parts.downloads(pd.DataFrame(columns), key=key, title=title, file_name=key, notes=[title])
