"""Naik kelas: the cheapest sets of steps of every village to the next class or to the highest, and a what-if."""

import streamlit as st

from kkb import format as fmt
from kkb import queries
from kkb.bahasa import _
from kkb.naskah import naik_kelas as naskah
from kkb.report import naik_kelas as report
from kkb.rows import by
from kkb.ui import parts, run
from kkb.ui.filter_bar import area_name, filter_bar
from kkb.ui.naik_kelas import board, distance_cards, goal_box, list_downloads, totals, village_box, village_list
from kkb.ui.simulasi import Shown, shown, simulator, ways_up


@run.live
def village_part(seen: Shown) -> None:
    """One village: it redraws alone when a score is tried out."""
    left, right = st.columns(2, gap="large")
    with left:
        ways_up(seen)
    with right:
        simulator(seen)


chosen = run.chosen()
period = run.period()
known = board(period)
st.title(naskah.title(known.villages, chosen.kelas, area_name(short=True)))
filter_bar(beside=goal_box)
distance_cards(known)
st.markdown("\n".join(f"- {sentence}" for sentence in naskah.findings(known)))

village = known.of(chosen.desa) if chosen.desa else next(iter(known.villages), None)
code = village.code if village else None
listed = {v.code: naskah.place(v) for v in known.villages}
village_list(known, code)
parts.source_line(
    parts.source_of("kampung_kb_klasifikasi.csv"),
    fmt.period(period),
    _("Rekap per {days}. Klik satu baris untuk membuka langkahnya.").format(days=report.recap_days(known)),
)
list_downloads(known)
village_box(listed, code)
if village:
    village_part(shown(known, village))
elif chosen.desa:
    name = by(run.ask(queries.villages), "kode_desa")[chosen.desa]["nama_desa"]
    st.info(
        _("{village} belum berstatus Kampung KB per {period}, sehingga belum memiliki skor.").format(
            village=name, period=fmt.period(period)
        ),
        icon=":material/info:",
    )
    st.button(_("Tampilkan Kampung KB terdekat"), on_click=run.change, kwargs={"desa": None})
totals(known)
