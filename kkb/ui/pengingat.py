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
from kkb.rows import Row, by, records
from kkb.ui import parts, run
from kkb.ui.kelengkapan import RECAP, Known, known

HEIGHT = 330
"""Pixels of a reminder on screen; it scrolls within."""


def districts(seen: Known) -> list[District]:
    """What each kecamatan is to be reminded of, those with most blank reports first. `seen` must be gathered in the
    language of reminders, which is to be spoken."""
    day = seen.day
    if day is None:
        return []
    kinds = by(run.rows(queries.villages), "kode_desa")
    cells = dict(zip(seen.grid.index, records(seen.grid), strict=True))
    rows: dict[str, list[Row]] = {}
    for row in records(seen.reports):
        rows.setdefault(str(row["nama_kecamatan"]), []).append(row)
    found = [
        District(
            name,
            tuple(_village(seen, kinds[r["kode_desa"]], cells.get(r["kode_desa"])) for r in mine),
            sum(bool(r["is_lapor_kb"]) for r in mine),
            sum(bool(r["is_lapor_poktan"]) for r in mine),
            day,
        )
        for name, mine in rows.items()
    ]
    return sorted(found, key=lambda d: (-d.silent, d.kb + d.poktan - 2 * len(d.villages), d.name))


@run.remembered
def _written(period: str, area: str | None) -> list[tuple[District, str]]:
    """The kecamatan with something to complete, each with its reminder."""
    return pengingat.letters(districts(known(period, area)), parts.source_of(RECAP), run.now().warehouse.version)


def _village(seen: Known, row: Row, cells: Row | None) -> Village:
    """What one village is asked for; `cells` are the states of its columns, None where the recap lacks it."""
    code = row["kode_desa"]
    mine = [n for n in seen.notes if n.village == code]
    names = naskah.columns()
    outside = [c for part, columns in compute.COLUMNS.items() if part not in compute.REPORTS for c in columns]
    return Village(
        name=f"{str(row['jenis']).capitalize()} {row['nama_desa']}",
        silent=seen.silent(code) if cells else "belum ada dalam rekap portal",
        blank=tuple(names[c] for c in outside if cells[c] == compute.BLANK) if cells else (),
        unchanged=next((n.words for n in mine if n.rule == kewajaran.UNCHANGED), ""),
        notes=tuple(n.words for n in mine if n.rule != kewajaran.UNCHANGED),
    )


def reminders(seen: Known, area: str | None) -> None:
    """A text per kecamatan in tabs, or the one of the chosen kecamatan, and the file that holds them all."""
    with bahasa.speaking(pengingat.LANGUAGE):
        told = _written(seen.period, area)
    st.header(_("Teks pengingat per kecamatan, siap disalin"), anchor="pengingat")
    if not told:
        st.markdown(_("Tidak ada hal yang perlu diingatkan menurut rekap ini."))
        return
    labels = [f"{d.name} ({fmt.number(d.silent)})" if d.silent else d.name for d, _text in told]
    places = st.tabs(labels) if len(told) > 1 else [st.container()]
    for place, (_district, text) in zip(places, told, strict=True):
        # A code box of a fixed height cannot be scrolled by keyboard; a container with its copy button in it can.
        with place, st.container(height=HEIGHT, border=False):
            st.code(text, language=None, wrap_lines=True)
    st.download_button(
        _("Unduh TXT: {n} kecamatan").format(n=fmt.number(len(told))),
        pengingat.joined([text for _district, text in told]),
        f"pengingat_{area or 'semua'}_{seen.period}.txt",
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
