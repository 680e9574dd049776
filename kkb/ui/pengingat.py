"""The reminders: one text per kecamatan, ready to copy, and all of them as one file."""

from __future__ import annotations

import streamlit as st

from kkb import bahasa, queries
from kkb import format as fmt
from kkb.bahasa import _
from kkb.compute import kelengkapan as compute
from kkb.naskah import kelengkapan as naskah
from kkb.naskah import kewajaran, pengingat
from kkb.naskah.pengingat import District, Village
from kkb.rows import Row, by
from kkb.ui import parts, run
from kkb.ui.kelengkapan import RECAP, Known

HEIGHT = 330
"""Pixels of a reminder on screen; it scrolls within."""


def districts(seen: Known) -> list[District]:
    """What each kecamatan is to be reminded of, those with most blank reports first, in the language of reminders."""
    day = seen.day
    if day is None:
        return []
    with bahasa.speaking(pengingat.LANGUAGE):
        notes = kewajaran.told(seen.history)
        kinds = by(run.rows(queries.villages), "kode_desa")
        found = []
        for name, rows in seen.reports.groupby("nama_kecamatan"):
            villages = [_village(seen, kinds[code], notes) for code in rows["kode_desa"]]
            filled = (int(rows["is_lapor_kb"].sum()), int(rows["is_lapor_poktan"].sum()))
            found.append(District(str(name), tuple(villages), *filled, day))
    return sorted(found, key=lambda d: (-d.silent, d.kb + d.poktan - 2 * len(d.villages), d.name))


def _village(seen: Known, row: Row, notes: list[kewajaran.Note]) -> Village:
    code = row["kode_desa"]
    mine = [n for n in notes if n.village == code]
    names = naskah.columns()
    outside = [c for part, columns in compute.COLUMNS.items() if part not in compute.REPORTS for c in columns]
    known = code in seen.grid.index
    return Village(
        name=f"{str(row['jenis']).capitalize()} {row['nama_desa']}",
        silent=seen.silent(code) if known else "belum ada dalam rekap portal",
        blank=tuple(names[c] for c in outside if seen.grid.at[code, c] == compute.BLANK) if known else (),
        unchanged=next((n.words for n in mine if n.rule == kewajaran.UNCHANGED), ""),
        notes=tuple(n.words for n in mine if n.rule != kewajaran.UNCHANGED),
    )


def reminders(seen: Known) -> None:
    """A text per kecamatan in tabs, or the one of the chosen kecamatan, and the file that holds them all."""
    told = [d for d in districts(seen) if not d.is_complete]
    st.header(_("Teks pengingat per kecamatan, siap disalin"), anchor="pengingat")
    if not told:
        st.markdown(_("Tidak ada hal yang perlu diingatkan menurut rekap ini."))
        return
    source, version = parts.source_of(RECAP), run.now().warehouse.version
    labels = [f"{d.name} ({fmt.number(d.silent)})" if d.silent else d.name for d in told]
    places = st.tabs(labels) if len(told) > 1 else [st.container()]
    for place, district in zip(places, told, strict=True):
        # A code box of a fixed height cannot be scrolled by keyboard; a container with its copy button in it can.
        with place, st.container(height=HEIGHT, border=False):
            st.code(pengingat.letter(district, source, version), language=None, wrap_lines=True)
    st.download_button(
        _("Unduh TXT: {n} kecamatan").format(n=fmt.number(len(told))),
        pengingat.letters(told, source, version),
        f"pengingat_{run.chosen().kecamatan or 'semua'}_{seen.period}.txt",
        "text/plain",
        key="pengingat-txt",
        on_click="ignore",
        icon=":material/download:",
    )
    st.caption(
        _(
            "Tombol salin tampil di sudut kanan atas teks bila ditunjuk atau diketuk. Angka dalam kurung: Kampung KB "
            "dengan laporan kosong."
        )
    )
