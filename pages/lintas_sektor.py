"""Lintas sektor: what each office is to do, for which village, and how its indicators stand beside their targets."""

import streamlit as st

from kkb.bahasa import _
from kkb.compute import lintas as rule
from kkb.naskah import lintas as naskah
from kkb.selection import CLASS
from kkb.ui import cetak, kesepakatan, run
from kkb.ui import lintas_angka as angka
from kkb.ui import lintas_bagian as bagian
from kkb.ui.filter_bar import area_name, filter_bar
from kkb.ui.lintas import Sector, choices, sector


def all_offices(seen: Sector) -> None:
    """No office is chosen: what each of them has to do, the aims of Inpres 3/2022, and all indicators."""
    busy = sum(bool(rule.work(seen.own(code))) for code in seen.offices)
    st.title(naskah.title(seen.tasks, busy, area_name(short=True)))
    with cetak.screen_only("saring"):
        filter_bar(beside=choices, indicator=CLASS)
    bagian.all_offices(seen)
    take_away(seen, None)
    angka.aims(seen, None)
    angka.figures(seen, None)
    angka.without_data(seen, None)


def one_office(seen: Sector, code: str) -> None:
    """The list of one office, which prints on A4."""
    own, empty = seen.own(code), len(seen.empty(code))
    lifts = len(seen.lifts(code))
    st.title(naskah.office_title(seen.offices[code], own, seen.shared(code), empty, lifts))
    with cetak.screen_only("saring"):
        filter_bar(beside=choices, indicator=CLASS)
    bagian.lifted(seen, code)
    bagian.gaps(seen, [*rule.work(own), *rule.of_kind(own, "status")], code)
    bagian.shared(seen, code)
    bagian.tasks_source(seen)
    if not rule.work(own):
        angka.without_data(seen, code)
    take_away(seen, code)
    bagian.by_village(seen, code)
    bagian.silent(seen, code)
    kesepakatan.of_office(code)
    angka.figures(seen, code)
    if rule.work(own):
        angka.without_data(seen, code)
    angka.aims(seen, code)


def take_away(seen: Sector, code: str | None) -> None:
    """The tasks and the figures as files."""
    with cetak.screen_only("unduh"):
        left, right = st.columns(2)
        with left:
            bagian.task_files(seen, code)
        with right:
            angka.figure_files(seen, code)
        st.caption(_("Untuk mencetak pada kertas A4, tekan Ctrl+P."))


cetak.for_paper()
seen = sector()
chosen = run.chosen().opd
if chosen is None:
    all_offices(seen)
else:
    one_office(seen, chosen)
