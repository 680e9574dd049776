"""Profil desa: all that is known of one village, on one page that prints on A4."""

import streamlit as st

from kkb import format as fmt
from kkb import queries
from kkb.bahasa import _
from kkb.naskah import desa as naskah
from kkb.rows import records
from kkb.selection import CLASS, STATUS
from kkb.ui import cetak, kesepakatan, parts, run
from kkb.ui.desa import Village, around, class_over_time, items, village
from kkb.ui.desa_angka import figures, idm, plausibility, take_away, way_up
from kkb.ui.desa_pilih import offer, village_box
from kkb.ui.filter_bar import filter_bar

period = run.period(CLASS)
source = parts.source_of("kampung_kb_status.csv")


def choose() -> None:
    """No village is chosen yet."""
    st.title(_("Pilih desa/kelurahan untuk melihat profilnya"))
    filter_bar(beside=village_box, indicator=CLASS)
    st.markdown(_("Ketik nama pada kotak pencarian, atau pilih dari daftar di bawah ini."))
    offer(period)
    parts.source_line(source, fmt.period(period))


def heading(known: Village) -> None:
    """The finding, which village it is, and, on screen only, the choices."""
    figure = next(iter(records(known.idm)), None)
    st.title(naskah.title(known.facts, known.kelas, known.told, known.plan(known.next_class), figure, run.period()))
    st.caption(naskah.identity(known.facts, period, run.now().warehouse.version))
    with cetak.screen_only("saring"):
        filter_bar(beside=village_box, indicator=CLASS)
        st.caption(_("Untuk mencetak pada kertas A4, tekan Ctrl+P."))


def profile(known: Village) -> None:
    """A village with the status: its class, items, what is missing, and its figures beside the others."""
    left, right = st.columns([1.5, 1], gap="medium")
    with left:
        class_over_time(known)
        way_up(known)
    with right:
        around(known)
    items(known)
    left, right = st.columns(2, gap="medium")
    with left:
        plausibility(known)
        idm(known)
    with right:
        figures(known)


def what_is_known(known: Village) -> None:
    """A village without the status: what the sources say of it, and what they do not."""
    today = run.period()
    inside = run.ask(queries.village_values, indikator=STATUS, periode=today, kecamatan=known.code[:6])
    last = run.now().options.periode[STATUS][-1]
    left, right = st.columns([1.5, 1], gap="medium")
    with left:
        st.header(_("Yang diketahui dan yang belum"))
        parts.paragraphs(naskah.without_status(known.facts, today, last, inside))
        parts.source_line(parts.source_of_indicator(STATUS, today), fmt.period(today))
        idm(known)
    with right:
        around(known)


chosen = run.chosen().desa
cetak.for_paper()
if chosen is None:
    choose()
else:
    shown = village(chosen, period)
    heading(shown)
    if shown.kelas:
        profile(shown)
    else:
        what_is_known(shown)
    kesepakatan.of_village(chosen)
    with cetak.screen_only("unduh"):
        take_away(shown)
