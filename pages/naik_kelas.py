"""Naik kelas: the cheapest sets of steps of every village to the next class or to the highest, and a what-if."""

import streamlit as st

from kkb import format as fmt
from kkb.bahasa import _
from kkb.naskah import naik_kelas as naskah
from kkb.report import naik_kelas as report
from kkb.selection import CLASS
from kkb.ui import kesepakatan_isian, parts, run
from kkb.ui.filter_bar import area_name, filter_bar
from kkb.ui.naik_kelas import (
    board,
    distance_cards,
    goal_box,
    list_downloads,
    totals,
    village_box,
    village_list,
    without_scores,
)
from kkb.ui.simulasi import Shown, shown, simulator, ways_up


@run.live
def village_part(seen: Shown) -> None:
    """One village: it redraws alone when a score is tried out."""
    left, right = st.columns(2, gap="medium")
    with left:
        ways_up(seen)
    with right:
        simulator(seen)


chosen = run.chosen()
period = run.period(CLASS)
known = board(period, chosen.kelas, chosen.kecamatan)
st.title(naskah.title(known.villages, chosen.kelas, area_name(short=True)))
filter_bar(beside=goal_box, indicator=CLASS)
distance_cards(known)
st.markdown("\n".join(f"- {sentence}" for sentence in naskah.findings(known)))

village = known.of(chosen.desa) if chosen.desa else next(iter(known.villages), None)
if chosen.desa and not village:
    without_scores(known, chosen.desa)
code = village.code if village else None
village_list(known, code)
parts.source_line(
    parts.source_of("kampung_kb_klasifikasi.csv"),
    fmt.period(period),
    _("Rekap per {days}. Klik satu baris untuk membuka langkahnya.").format(days=report.recap_days(known)),
)
list_downloads(known)
village_box(known, code)
if village:
    kesepakatan_isian.offer(known, village)
    village_part(shown(known, village))
totals(known)
