"""Kecamatan: how the kecamatan rank by any indicator, and, for one of them, the sheet its camat takes along."""

import streamlit as st

from kkb.bahasa import _
from kkb.naskah import kecamatan as naskah
from kkb.selection import CLASS
from kkb.ui import camat, camat_angka, cetak, kecamatan, kecamatan_banding, kesepakatan, klasifikasi, run
from kkb.ui.filter_bar import filter_bar, indicator_box


def all_districts() -> None:
    """No kecamatan is chosen: the ranking, the like groups, the little maps, and all measures side by side."""
    code = run.chosen().indikator
    known = kecamatan.ranking(code)

    def boxes() -> None:
        indicator_box()
        klasifikasi.earlier_box(known.period, code, _("Tanggal lebih awal untuk melihat perubahan peringkat."))

    st.title(naskah.title(known.table, known.measure, known.indicator))
    filter_bar(beside=boxes, indicator=code)
    klasifikasi.earlier_note(known.period, code)
    kecamatan.findings(known)
    kecamatan.board(known)
    kecamatan.board_files(known)
    kecamatan_banding.groups(known)
    kecamatan_banding.little_maps(known)
    kecamatan_banding.all_measures(known)


def one_district(code: str) -> None:
    """The sheet of one kecamatan; on paper without choices, links and downloads."""
    here = camat.district(code)
    camat.heading(here)
    with cetak.screen_only("saring"):
        filter_bar(indicator=CLASS)
        camat.ways_on()
        camat.cards(here)
    left, right = st.columns([1.5, 1], gap="medium")
    with left:
        camat.kampung_kb(here)
        camat_angka.standing(here)
    with right:
        camat_angka.around(here)
        camat_angka.history(here)
    camat_angka.left(here)
    kesepakatan.of_district(code)
    with cetak.screen_only("unduh"):
        camat_angka.take_away(here)


cetak.for_paper()
chosen = run.chosen().kecamatan
if chosen is None:
    all_districts()
else:
    one_district(chosen)
