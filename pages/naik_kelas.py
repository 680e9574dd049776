"""Naik kelas: the cheapest sets of steps of every village to the next class or to the highest, and a what-if."""

import streamlit as st

from kkb import format as fmt
from kkb import queries
from kkb.bahasa import _
from kkb.compute.jalur import Board
from kkb.naskah import naik_kelas as naskah
from kkb.report import naik_kelas as report
from kkb.rows import by
from kkb.ui import parts, run
from kkb.ui.filter_bar import area_name, filter_bar
from kkb.ui.naik_kelas import board, distance_cards, goal_box, list_downloads, totals, village_box, village_list
from kkb.ui.simulasi import simulator, ways_up


@run.live
def village_part(known: Board, code: str) -> None:
    """One village: it redraws alone when a score is tried out."""
    village = known.of(code)
    if village is None:
        return
    left, right = st.columns(2, gap="large")
    with left:
        ways_up(known, village)
    with right:
        simulator(known, village)


chosen = run.chosen()
period = run.period()
known = board(period)
st.title(naskah.title(known.villages, chosen.kelas, area_name(short=True)))
filter_bar(beside=goal_box)
distance_cards(known)
st.markdown("\n".join(f"- {sentence}" for sentence in naskah.findings(known)))

nearest = known.villages[0].code if known.villages else None
shown = chosen.desa or nearest
listed = {v.code: naskah.place(v) for v in known.villages}
village_list(known, shown)
parts.source_line(
    parts.source_of("kampung_kb_klasifikasi.csv"),
    fmt.period(period),
    _("Rekap per {days}. Klik satu baris untuk membuka langkahnya.").format(days=report.recap_days(known)),
)
list_downloads(known)
village_box(listed, shown)
if shown in listed:
    village_part(known, shown)
elif chosen.desa:
    name = by(run.ask(queries.villages), "kode_desa")[chosen.desa]["nama_desa"]
    st.info(
        _("{village} belum berstatus Kampung KB per {period}, sehingga belum memiliki skor.").format(
            village=name, period=fmt.period(period)
        ),
        icon=":material/info:",
    )
    st.button(_("Tampilkan Kampung KB terdekat"), on_click=run.change, kwargs={"desa": None, "simulasi": ()})
totals(known)
